"""Characters and fonts that are not there are said before anything is printed."""

from reportkit.model.base import Place
from reportkit.model.report import Para, Part, Report, Run
from reportkit.model.standard import PartKind
from reportkit.writing import layout, load_style

from .made import page_texts, read

RARE = "\U0003134a"  # the last of the CJK extension G


def report(text: str) -> Report:
    place = Place(file="chapters/1.md", line=3, column=1, columns=(1,))
    block = Para(runs=(Run(text=text, place=place),))
    return Report(
        title="报告",
        title_year=2023,
        organisation="示例学校",
        standard="s",
        standard_title="s",
        parts=(Part(kind=PartKind.BODY, anchor="a", blocks=(block,)),),
    )


def test_a_character_that_no_font_holds_is_found_with_its_place() -> None:
    made = layout(report(f"教师张{RARE}获奖，{RARE}老师"), load_style("plain"))
    found = [f for f in made.findings if f.code == "RK701"]
    assert len(found) == 1
    assert found[0].args["characters"] == RARE
    assert (found[0].place.file, found[0].place.line, found[0].place.column) == (
        "chapters/1.md",
        3,
        4,
    )
    assert "张" + RARE in found[0].quote
    assert "张〓获奖，〓老师" in "".join(page_texts(read(made)))


def test_names_with_everyday_rare_characters_are_printed() -> None:
    names = "喆堃昇珺垚燊翀玥祎頔"
    made = layout(report(f"教师{names}"), load_style())
    assert not [f for f in made.findings if f.code == "RK701"]
    assert names in "".join(page_texts(read(made)))


def test_slow_and_invisible_characters_are_replaced() -> None:
    made = layout(report("2021\u20112022年\u200b度\u00ad报\ufeff告"), load_style())
    assert "2021-2022年度报告" in "".join(page_texts(read(made)))
    assert not [f for f in made.findings if f.code == "RK701"]


def test_a_substituted_font_is_said_once() -> None:
    found = [f for f in layout(report("文字"), load_style()).findings if f.code == "RK702"]
    fonts = [f.args["font"] for f in found]
    assert len(fonts) == len(set(fonts))
    assert all(f.args["substitute"] for f in found)
