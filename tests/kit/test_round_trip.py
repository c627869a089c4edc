"""Kit → filled in as a person would → the same content."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from reportkit.checks import check
from reportkit.composing import compose
from reportkit.kit import words
from reportkit.model.blocks import Figure, Paragraph, Section, Table
from reportkit.model.data import Dataset, Observation
from reportkit.model.submission import Submission
from reportkit.opening import open_submission
from reportkit.reading import ReadResult
from reportkit.standards import load

from ..writing.tools import saved_anew
from .conftest import STANDARDS, Kit, read
from .person import Excel, Word

each = pytest.mark.parametrize("name", STANDARDS)
TEXTS = (
    "本节第一段，写当年的做法和成效，共开展活动12次。",
    "一是加强组织领导；二是完善制度。",
)


def sections(items: tuple[Section, ...]) -> Iterator[Section]:
    for item in items:
        yield item
        yield from sections(item.sections)


def by_id(submission: Submission) -> dict[str, Section]:
    return {section.id or "": section for section in sections(submission.chapters)}


def observations(result: ReadResult) -> tuple[Observation, ...]:
    assert result.submission is not None
    return result.submission.data.observations


def fill(folder: Path, name: str) -> Word:
    """Type into every section that wants text, paste here and there, delete all guidance."""
    word = Word(folder / words.TEMPLATE)
    wanted = [spec for spec, _ in words.outline(load(name).outline) if words.wants_text(spec)]
    for spec in wanted[1:]:
        word.type(spec.id, f"{spec.title}：{TEXTS[0]}", TEXTS[1])
    rich = word.type(wanted[0].id, TEXTS[0])
    word.append(rich, "自己增加的标题", "heading 3")
    word.append(rich, "自己增加的标题下的内容。")
    word.append(rich, "【表】粘贴的表", "caption")
    word.paste_table(rich, [["项目", "数量"], ["甲", "3"], ["乙", "5"]])
    word.append(rich, "数据来源：学校统计", "表注")
    word.paste_picture(rich)
    word.append(rich, "【图】粘贴的图（示例学校）", "图题")
    word.append(rich, "【案例】一个案例（示例学校）", "案例标题")
    word.append(rich, "案例的正文，写背景、做法和成效。", "案例正文")
    word.fact("filed_on", "2024年12月20日")
    word.delete_guidance()
    return word


def as_filled(result: ReadResult, name: str) -> None:
    """The content is what was typed and pasted, each in its section."""
    assert result.submission is not None
    submission, standard = result.submission, load(name)
    found = by_id(submission)
    wanted = [spec for spec, _ in words.outline(standard.outline) if words.wants_text(spec)]
    for spec in wanted[1:]:
        texts = [b.text for b in found[spec.id].blocks if isinstance(b, Paragraph)]
        assert texts == [f"{spec.title}：{TEXTS[0]}", TEXTS[1]]
    for spec, _ in words.outline(standard.outline):
        assert spec.id in found, spec.title
    rich = found[wanted[0].id]
    assert [b.text for b in rich.blocks if isinstance(b, Paragraph)] == [TEXTS[0]]
    (own,) = rich.sections
    assert own.title == "自己增加的标题"
    kinds = [type(block).__name__ for block in own.blocks]
    assert kinds == ["Paragraph", "Table", "Figure", "Case"]
    table, figure, case = own.blocks[1:]
    assert isinstance(table, Table)
    assert table.rows == (("项目", "数量"), ("甲", "3"), ("乙", "5"))
    assert (table.caption, table.source) == ("粘贴的表", "数据来源：学校统计")
    assert isinstance(figure, Figure)
    assert (figure.caption, figure.owner) == ("粘贴的图", "示例学校")
    assert len(submission.assets) == 1
    assert case.title == "一个案例"  # type: ignore[union-attr]
    assert submission.metadata.organisation.name == "示例学校"
    assert str(submission.metadata.filed_on) == "2024-12-20"
    lost = [f for f in result.findings if f.code in ("RK157", "RK155", "RK150")]
    assert not lost
    codes = {d.code for d in check(result, standard, compose(submission, standard))}
    assert not codes & {"RK201", "RK202", "RK203", "RK206", "RK213", "RK216", "RK228"}


@each
def test_filled_in_word(kit: Kit, name: str) -> None:
    as_filled(read(fill(kit(name), name).save()), name)


@each
def test_tags_stripped(kit: Kit, name: str) -> None:
    word = fill(kit(name), name)
    word.strip_tags()
    as_filled(read(word.save()), name)


@each
def test_saved_by_libreoffice(kit: Kit, name: str) -> None:
    file = fill(kit(name), name).save()
    as_filled(read(saved_anew(file)), name)


@each
def test_untouched(kit: Kit, name: str) -> None:
    """Every section still to be written is told by RK228, and nothing else of the outline is."""
    standard = load(name)
    result = read(kit(name) / words.TEMPLATE)
    assert result.submission is not None
    found = check(result, standard, compose(result.submission, standard))
    wanted = {spec.id for spec, _ in words.outline(standard.outline) if words.wants_text(spec)}
    assert {d.at.removeprefix("sec:") for d in found if d.code == "RK228"} == wanted
    assert "RK213" not in {d.code for d in found}


def test_workbook_values(kit: Kit) -> None:
    folder = kit("moe-2024-school")
    excel = Excel(folder / words.WORKBOOK)
    excel.put("graduates.total", "current", 850)
    excel.put("graduates.total", "previous", 800)
    excel.put("graduates.placement_rate", "current", 96.35)
    excel.put("graduates.income", "missing", "不适用")
    excel.put("students.fulltime", "current", "=1000+200")
    table = excel.sheet("reportkit:table:satisfaction")
    table.cell(5, 5).value = 320
    excel.book.move_sheet(table, -2)
    excel.sheet("reportkit:indicators").title = "我的指标"
    file = saved_anew(excel.save())
    result = read(folder / words.TEMPLATE, file)
    values = {(o.indicator, o.period): o for o in observations(result)}
    assert values["graduates.total", "2024"].value == 850
    assert values["graduates.total", "2023"].value == 800
    assert values["graduates.placement_rate", "2024"].value == Decimal("96.35")
    assert values["graduates.income", "2024"].missing == "不适用"
    assert values["students.fulltime", "2024"].value == 1200
    tables = _tables(result)
    assert tables["tbl:scorecard"][1] == ("毕业生人数", "人", "{{ graduates.total }}")
    assert tables["tbl:satisfaction"][1][3] == "320"
    assert {f.code for f in result.findings} <= {"RK151", "RK164"}


def _tables(result: ReadResult) -> dict[str, tuple[tuple[str, ...], ...]]:
    assert result.submission is not None
    return {
        block.id or "": block.rows
        for section in sections(result.submission.chapters)
        for block in section.blocks
        if isinstance(block, Table)
    }


def test_numbers_typed_into_word_only(kit: Kit) -> None:
    word = Word(kit("moe-2024-school") / words.TEMPLATE)
    word.cell("scorecard", 1, 2, "850")
    word.cell("scorecard", 5, 2, "96.35%")
    word.cell("scorecard", 9, 2, "不适用")
    result = read(word.save())
    values = {o.indicator: o for o in observations(result)}
    assert values["graduates.total"].value == 850
    assert values["graduates.placement_rate"].value == Decimal("96.35")
    assert values["graduates.income"].missing == "不适用"


def test_two_places_that_differ(kit: Kit) -> None:
    folder = kit("moe-2024-school")
    word = Word(folder / words.TEMPLATE)
    word.cell("scorecard", 1, 2, "851")
    excel = Excel(folder / words.WORKBOOK)
    place = excel.put("graduates.total", "current", 850)
    result = read(word.save(), excel.save())
    (finding,) = [f for f in result.findings if f.code == "RK162"]
    assert finding.quote == "851"
    assert finding.related[0].place.cell == place


def test_outside_and_moved(kit: Kit) -> None:
    """What is typed between the places stays under its heading; tagged text finds its section."""
    word = Word(kit("moe-2023-district") / words.TEMPLATE)
    tags = word.tags(words.SECTION)
    first, second = tags[1], tags[2]
    word.type(first, "甲处写的内容。")
    content = word.type(second, "乙处写的内容。")
    control = word.control(words.SECTION + first).getparent()
    line = word.append(word.body, "写在填写处之外的一段。")._p
    control.addnext(line)
    word.body.append(content.getparent())
    result = read(word.save())
    assert result.submission is not None
    found = by_id(result.submission)
    texts = [b.text for b in found[first].blocks if isinstance(b, Paragraph)]
    assert texts == ["甲处写的内容。", "写在填写处之外的一段。"]
    assert [b.text for b in found[second].blocks if isinstance(b, Paragraph)] == ["乙处写的内容。"]
    assert [f.quote for f in result.findings if f.code == "RK160"] == ["写在填写处之外的一段。"]


def test_typed_numbers_stay_below(kit: Kit) -> None:
    """Headings with typed numbers in a place stand below its section, whatever their form."""
    word = Word(kit("moe-2024-school") / words.TEMPLATE)
    word.type(
        "moral", "一、课程思政", "内容甲，写做法和成效。", "二、心理健康", "内容乙，写做法和成效。"
    )
    result = read(word.save())
    assert result.submission is not None
    moral = by_id(result.submission)["moral"]
    assert [section.title for section in moral.sections] == ["课程思政", "心理健康"]


def test_previous_values(tmp_path: Path, made: Any) -> None:
    from reportkit.kit import make_kit
    from reportkit.standards.scaffold import new_submission
    from reportkit.writing import load_style

    standard = load("moe-2024-school")
    old = new_submission(standard, "示例学校", 2023)
    values = (Observation(indicator="teachers.total", period="2023", value=Decimal("160.5")),)
    old = old.model_copy(update={"data": Dataset(observations=values)})
    file = tmp_path / "a.xlsx"
    file.write_bytes(make_kit(standard, None, 2024, load_style(), old)[words.WORKBOOK])
    result = read(file)
    (found,) = [o for o in result.submission.data.observations if o.value is not None]  # type: ignore[union-attr]
    assert (found.indicator, found.period, found.value) == (
        "teachers.total",
        "2023",
        Decimal("160.5"),
    )


def test_text_is_never_a_formula(tmp_path: Path) -> None:
    from reportkit.kit import make_kit
    from reportkit.writing import load_style

    standard = load("moe-2024-school")
    table = standard.tables[0].model_copy(update={"title": "=1+1"})
    standard = standard.model_copy(update={"tables": (table,), "title": "@规范"})
    file = tmp_path / "a.xlsx"
    file.write_bytes(make_kit(standard, "=cmd()", 2024, load_style())[words.WORKBOOK])
    for sheet in load_workbook(file).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert cell.value.startswith("=IF("), cell.value


def test_same_bytes(made: Any) -> None:
    from reportkit.kit import make_kit
    from reportkit.writing import load_style

    name = STANDARDS[0]
    again = make_kit(load(name), "示例学校", 2024, load_style())
    assert again == made(name)


def test_table_that_only_the_workbook_has(kit: Kit) -> None:
    """It comes to its section; columns that follow from others are computed, cached or not."""
    folder = kit("bj-district-2020")
    excel = Excel(folder / words.WORKBOOK)
    sheet = excel.sheet("reportkit:table:scale-comparison")
    for row, texts in enumerate((("招生人数", 800, 850), ("在校生人数", 0, 12)), start=5):
        for column, value in enumerate(texts, start=2):
            sheet.cell(row, column).value = value
    result = read(folder / words.TEMPLATE, excel.save())
    assert result.submission is not None
    assert _tables(result)["tbl:scale-comparison"][1:] == (
        ("招生人数", "800", "850", "50", "6.25"),
        ("在校生人数", "0", "12", "12", ""),
    )
    scale = by_id(result.submission)["scale"]
    assert [type(block).__name__ for block in scale.blocks] == ["Paragraph", "Table"]


def test_what_a_blank_kit_lacks_is_told_where_it_is_filled_in(kit: Kit) -> None:
    """A missing indicator at its cell, the values of a table together."""
    folder = kit("moe-2024-school")
    book = open_submission(folder / words.WORKBOOK).diagnostics
    assert [(d.code, d.place.file) for d in book] == [("RK218", words.WORKBOOK)]
    assert (book[0].place.cell or "").startswith("指标!G")
    assert {(r.place.cell or "")[:4] for r in book[0].related} == {"指标!G"}
    text = open_submission(folder / words.TEMPLATE).diagnostics
    told = [d for d in text if d.code == "RK131"]
    assert 0 < len(told) <= len(words.mandated(load("moe-2024-school")))
    assert all("等" in d.message and d.related for d in told)
