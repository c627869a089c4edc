import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportkit.composing import compose
from reportkit.model.base import Place
from reportkit.model.blocks import Case, Figure, Paragraph, Table
from reportkit.model.report import Reference, Report
from reportkit.model.standard import Numbering, SectionSpec
from tests.builders import (
    CHINESE,
    DECIMAL,
    chapter,
    paragraph_runs,
    section,
    standard,
    submission,
    texts,
)

TABLE = Table(id="tbl:a", caption="规模", rows=(("甲", "乙"), ("1", "2")))
FIGURES = tuple(Figure(caption=f"图{n}", id=f"fig:{n}") for n in range(1, 13))


def composed(text: str, numbering: Numbering = DECIMAL) -> Report:
    """One chapter with 表1-1, 表1-2, 图1-1 … 图1-12, 案例1-1, and then a paragraph."""
    case = Case(id="case:m", title="做法")
    second = TABLE.model_copy(update={"id": "tbl:b"})
    first = chapter("情况", TABLE, second, *FIGURES, case, section("规模", id="sec:size"), id="top")
    return compose(submission(first, chapter("其他", text)), standard(numbering=numbering))


def found(report: Report) -> list[tuple[str, str | None]]:
    return [(each.text, each.target) for each in report.references]


def linked(report: Report) -> list[tuple[str, str]]:
    return [(run.text, run.link) for run in paragraph_runs(report) if run.link]


def test_references_by_id_print_the_label_and_lead_to_it() -> None:
    report = composed("见@tbl:a。（@fig:2、@fig:12）参见@case:m，@sec:size。")
    assert texts(report)[-1] == "见表1-1。（图1-2、图1-12）参见案例1-1，1.1。"
    assert linked(report) == [
        ("表1-1", "#tbl-1"),
        ("图1-2", "#fig-2"),
        ("图1-12", "#fig-12"),
        ("案例1-1", "#case-1"),
        ("1.1", "#sec-1-1"),
    ]
    assert all(not each.typed for each in report.references)


def test_a_blank_that_only_sets_a_reference_apart_is_not_printed() -> None:
    assert texts(composed("见 @tbl:a 和 @case:m。"))[-1] == "见表1-1 和案例1-1。"
    assert texts(composed("**要点** 正文见 @tbl:a。"))[-1] == "要点 正文见表1-1。"
    assert texts(composed("见 @sec:size 节。"))[-1] == "见 1.1 节。"


def test_references_may_point_forwards_and_stand_anywhere() -> None:
    table = Table(caption="见@fig:1", rows=(("@fig:1",),), notes=("见@fig:1",))
    made = submission(chapter("见@fig:1", "见@fig:1[^a]", table, FIGURES[0], notes={"a": "@fig:1"}))
    report = compose(made, standard())
    assert [each.text for each in report.references] == ["图1-1"] * 6


def test_an_unknown_id_is_printed_as_a_visible_gap() -> None:
    assert found(composed("见@tbl:a2、@tbl:a-、@tbl:a.")) == [
        ("〔未找到：@tbl:a2〕", None),
        ("表1-1", "tbl-1"),
        ("表1-1", "tbl-1"),
    ]
    report = composed("见@tbl:x。和 @sec:none，邮箱 a@case:b.cn，@某人，@nobody。")
    assert texts(report)[-1] == (
        "见〔未找到：@tbl:x〕。和〔未找到：@sec:none〕，邮箱 a@case:b.cn，@某人，@nobody。"
    )
    assert [(each.id, each.target) for each in report.references] == [
        ("tbl:x", None),
        ("sec:none", None),
    ]


def test_sections_whose_number_is_not_unique_are_named_by_their_title() -> None:
    report = composed("见@sec:top、@sec:size", CHINESE)
    assert texts(report)[-1] == "见“一、情况”、“（一）规模”"
    chapters = Numbering(heading=("第{cn}章 ", "第{cn}节 "))
    report = composed("见@sec:top、@sec:size", chapters)
    assert texts(report)[-1] == "见第一章、“第一节 规模”"


def test_sections_are_also_known_by_the_id_of_the_standard() -> None:
    spec = SectionSpec(id="basics", title="基本情况")
    made = submission(chapter("基本情况"), chapter("甲", "见@sec:basics", TABLE))
    numbering = Numbering(heading=("第{cn}章 ",))
    assert texts(compose(made, standard(spec, numbering=numbering)))[-1] == "见第一章"
    other = submission(chapter("基本情况"), chapter("甲", "见@sec:basics", id="basics"))
    assert texts(compose(other, standard(spec, numbering=numbering)))[-1] == "见第二章"


def test_what_the_standard_does_not_number_is_named_by_its_title() -> None:
    report = composed("见@case:m", DECIMAL.model_copy(update={"case": None}))
    assert texts(report)[-1] == "见“做法”"


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("见表1-1", ["表1-1"]),
        ("如图 1-3所示", ["图 1-3"]),
        ("如图 1 - 3 所示", ["图 1 - 3"]),
        ("（表1-2、表1-1）", ["表1-2", "表1-1"]),
        ("（结果见表1-1、表1-2）。", ["表1-1", "表1-2"]),
        ("。（见图1－5）", ["图1－5"]),
        ("见图1-8、图1-9、图1-10", ["图1-8", "图1-9", "图1-10"]),
        ("典型案例1-1和【案例1-1】", ["案例1-1", "案例1-1"]),
        ("见**表1-1**", ["表1-1"]),
        ("图1-2人才培养模式", ["图1-2"]),
        ("表1-2所示", ["表1-2"]),
    ],
)
def test_typed_references_are_linked_and_keep_their_text(text: str, labels: list[str]) -> None:
    report = composed(text)
    assert [each.text for each in report.references] == labels
    assert all(each.typed and each.target for each in report.references)
    assert [text for text, _ in linked(report)] == labels
    assert texts(report)[-1] == text.replace("*", "")


@pytest.mark.parametrize(
    "text",
    [
        "2-1",
        "代表2-3人参加",
        "编写案例2-3个",
        "地图1-1",
        "一览表中1-1",
        "表1-1-2",
        "表1-12025年情况",
        "表1-1.5",
        "图1-1a",
        "表一",
        "第1-1号",
        r"[图1-1](https://a.cn)",
    ],
)
def test_what_only_looks_like_a_reference(text: str) -> None:
    assert composed(text).references == ()


def test_typed_references_to_nothing() -> None:
    report = composed("见表9-9。")
    assert found(report) == [("表9-9", None)]
    assert texts(report)[-1] == "见表9-9。"
    assert linked(report) == []


@pytest.mark.parametrize("text", ["图1-2至图1-5", "图1-2～图1-5", "图 1-2 到图 1-5", "图1-2—图1-5"])
def test_a_range_refers_to_all_that_it_passes_over(text: str) -> None:
    report = composed(f"见{text}。")
    assert {each.target for each in report.references} == {"fig-2", "fig-3", "fig-4", "fig-5"}
    assert texts(report)[-1] == f"见{text}。"
    assert len(linked(report)) == 2


def test_captions_and_headings_hold_no_typed_references() -> None:
    table = Table(caption="表1-1的续表", rows=(("甲",),))
    made = submission(chapter("表1-1说明", table, Case(title="见图1-1")))
    assert compose(made, standard()).references == ()


def test_references_know_where_they_stand() -> None:
    place = Place(file="chapters/1.md", line=5, column=1, columns=(1, 1))
    paragraph = Paragraph(text="参见\n**见表1-1**和@tbl:a", place=place)
    report = compose(submission(chapter("甲", paragraph, TABLE)), standard())
    places = [(each.place.line, each.place.column) for each in report.references if each.place]
    assert places == [(6, 4), (6, 11)]
    assert [each.section for each in report.references] == ["1 甲", "1 甲"]


def test_own_patterns_are_found_too() -> None:
    numbering = Numbering(table="附表{n}", case="案例{cn}")
    made = submission(chapter("甲", TABLE, Case(title="一"), "见附表1和案例一，附表1-1，表1"))
    report = compose(made, standard(numbering=numbering))
    assert [each.text for each in report.references] == ["附表1", "案例一"]


@given(st.text("见表图案例1-2、至（） 。\n*@:tbla", max_size=40))
def test_typed_references_never_change_the_text(text: str) -> None:
    report = composed(text)
    typed = [each for each in report.references if each.typed]
    assert all(isinstance(each, Reference) for each in typed)
    if not set(text) & set("*@\n"):
        assert "".join(run.text for run in paragraph_runs(report)) == text
