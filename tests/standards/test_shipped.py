"""The standards that travel with the program say what their sources say, and how sure it is."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportkit.model.data import Status
from reportkit.model.standard import Content, Fact, Need, PartKind, Standard
from reportkit.resources import schemas
from reportkit.standards import load
from reportkit.standards.crosswalk import sections

from .tools import SHIPPED

FOLDER = schemas() / "standards"
HANZI = re.compile("[\u4e00-\u9fff]")
SEVEN = ["人才培养", "服务贡献", "文化传承", "国际合作", "产教融合", "发展保障", "面临挑战"]
NINE = [
    "基本情况",
    "学生发展",
    "质量保障",
    "校企合作",
    "社会贡献",
    "政府履责",
    "特色创新",
    "学校党建工作情况",
    "主要问题和改进措施",
]
SIX = ["学生发展质量", "教育教学质量", "国际合作质量", "服务贡献质量", "政策落实质量", "面临挑战"]

shipped = pytest.mark.parametrize("name", SHIPPED)


def chapters(standard: Standard, *, needed: bool = True) -> list[str]:
    return [
        spec.title
        for spec in standard.outline
        if spec.part == "body" and spec.numbered and (spec.need is Need.REQUIRED or not needed)
    ]


def facts(standard: Standard) -> Iterator[Fact]:
    yield standard
    yield from standard.parts
    yield from sections(standard)
    yield from standard.tables
    yield from standard.required_indicators
    limits = (standard.limits.case, standard.limits.body, standard.limits.section)
    yield from filter(None, (*limits, standard.year_offset, standard.data_window))


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        ("bj-district-2020", NINE),
        ("bj-municipal-2022", SIX),
        ("moe-2023-district", SEVEN),
        ("moe-2024-school", SEVEN),
        ("bj-municipal-2025", ["基本概况", *SEVEN[:-1], "挑战与对策"]),
    ],
)
def test_chapters(name: str, titles: list[str]) -> None:
    assert chapters(load(name)) == titles


@shipped
def test_every_section_guides_the_writer(name: str) -> None:
    for spec in sections(load(name)):
        assert spec.guidance, spec.id
        assert len(HANZI.findall(spec.guidance)) >= 10, spec.guidance
        assert spec.guidance.endswith("。"), spec.guidance
        assert not re.search("[\u4e00-\u9fff，。；] [\u4e00-\u9fff]", spec.guidance), spec.guidance


@shipped
def test_nothing_claims_to_be_certain_without_a_source(name: str) -> None:
    for fact in facts(load(name)):
        assert fact.status is Status.ASSUMED or fact.basis, fact


@shipped
def test_official_facts_name_a_document(name: str) -> None:
    standard = load(name)
    for fact in (*facts(standard), *standard.indicators):
        if fact.status is Status.OFFICIAL:
            assert re.search(r"〔\d{4}〕\d+号", fact.basis or ""), fact


def test_all_of_the_enterprise_standard_is_assumed() -> None:
    assert {fact.status for fact in facts(load("moe-enterprise-2023"))} == {Status.ASSUMED}


@pytest.mark.parametrize(
    ("name", "heading", "case", "footnote"),
    [
        ("bj-district-2020", ("{n}.", "{path}", "{path}", "{path}"), "【", "{circled}"),
        ("bj-municipal-2022", ("{cn}、", "（{cn}）", "{n}. ", "（{n}）"), "【", "{circled}"),
        ("moe-2023-district", ("{cn}、", "{n}. ", "（{n}）"), "{", "{circled}"),
        ("moe-2024-school", ("{cn}、", "（{cn}）", "{n}. ", "（{n}）"), "{", "{circled}"),
        ("bj-municipal-2025", ("{cn}、", "（{cn}）", "{n}. ", "（{n}）"), "{", "{n}"),
    ],
)
def test_numbering(name: str, heading: tuple[str, ...], case: str, footnote: str) -> None:
    numbering = load(name).numbering
    assert numbering.heading == heading
    assert numbering.case_heading[0] == case
    assert numbering.footnote == footnote
    captions = (numbering.table, numbering.figure, numbering.case)
    assert captions == ("表{chapter}-{n}", "图{chapter}-{n}", "案例{chapter}-{n}")


def test_highlights_have_numbers_of_their_own() -> None:
    (highlights,) = (s for s in load("bj-municipal-2025").outline if s.id == "highlights")
    assert not highlights.numbered
    assert highlights.numbering is not None
    assert highlights.numbering.heading is not None
    assert highlights.numbering.heading[0] == "{cn}、"


LISTS = [PartKind.LIST_OF_CASES, PartKind.LIST_OF_FIGURES, PartKind.LIST_OF_TABLES]


@pytest.mark.parametrize(
    ("name", "order"),
    [
        ("bj-municipal-2022", [PartKind.COVER, PartKind.TOC, *reversed(LISTS), PartKind.PREFACE]),
        ("bj-municipal-2025", [PartKind.COVER, PartKind.PREFACE, PartKind.TOC, *LISTS]),
        ("moe-2024-school", [PartKind.COVER, PartKind.STATEMENT, PartKind.TOC]),
    ],
)
def test_front_matter_in_print_order(name: str, order: list[PartKind]) -> None:
    kinds = [spec.part for spec in load(name).parts if spec.need is Need.REQUIRED]
    assert kinds[: len(order)] == order
    assert kinds[len(order)] is PartKind.BODY


@pytest.mark.parametrize(
    ("name", "title_year", "offset"),
    [
        ("bj-district-2020", 2020, 0),
        ("bj-district-2020", 2023, 1),
        ("bj-municipal-2022", 2023, 1),
        ("moe-2023-district", 2023, 0),
        ("moe-2024-school", 2024, 0),
        ("bj-municipal-2025", 2025, 0),
    ],
)
def test_the_title_year_means_what_it_meant_then(name: str, title_year: int, offset: int) -> None:
    found = load(name).year_offset
    assert found is not None
    assert found.at(title_year) == offset


def test_six_indicator_tables_stand_in_the_annex_of_a_school() -> None:
    standard = load("moe-2024-school")
    titles = ["计分卡", "满意度调查表", "教学资源表", "国际影响表", "服务贡献表", "落实政策表"]
    assert [table.title for table in standard.tables] == titles
    assert {table.section for table in standard.tables} == {"indicator-tables"}
    annex = standard.outline[-1]
    assert (annex.id, annex.part, annex.status) == ("indicator-tables", "annex", Status.OFFICIAL)


def test_rows_of_the_satisfaction_table() -> None:
    rows = [row[0] for row in load("moe-2024-school").tables[1].rows]
    assert rows == [
        "在校生满意度",
        "其中：课堂育人满意度",
        "课外育人满意度",
        "思想政治课教学满意度",
        "公共基础课（不含思想政治课）教学满意度",
        "专业课教学满意度",
        "毕业生满意度",
        "其中：应届毕业生满意度",
        "毕业三年内毕业生满意度",
        "教职工满意度",
        "用人单位满意度",
        "家长满意度",
    ]


@shipped
def test_rows_and_their_indicators_agree_in_name_and_unit(name: str) -> None:
    standard = load(name)
    catalogue = {indicator.id: indicator for indicator in standard.indicators}
    for table in standard.tables:
        for row, wanted in zip(table.rows, table.indicators, strict=False):
            if wanted:
                found = catalogue[wanted]
                names = {found.name, *found.aliases}
                assert row[0].removeprefix("其中：") in names or row[0] in names, row
                assert len(row) < 4 or row[1] in ("", found.unit), row
                assert table.header[0][1] != "单位" or row[1] == found.unit, row


@shipped
def test_problems_and_measures_are_both_asked_for(name: str) -> None:
    last = [spec for spec in load(name).outline if spec.part == "body"][-1]
    assert len(last.covers) == 2


def test_only_schools_are_asked_for_cases_in_the_seven_parts() -> None:
    def talent(name: str) -> tuple[Content, ...]:
        return next(spec for spec in load(name).outline if spec.id == "talent").expects

    assert Content.CASE in talent("moe-2024-school")
    assert Content.CASE not in talent("moe-2023-district")


@shipped
def test_indicator_names_are_not_ambiguous(name: str) -> None:
    seen: dict[str, str] = {}
    for indicator in load(name).indicators:
        for word in {indicator.name, *indicator.aliases}:
            assert word not in seen, f"{word}: {seen.get(word)} and {indicator.id}"
            seen[word] = indicator.id


def test_standards_share_by_extending() -> None:
    """Each text of some length is written once in all the standards."""
    seen: dict[str, Path] = {}
    for file in sorted(FOLDER.glob("*/outline.yaml")):
        for line in file.read_text(encoding="utf-8").splitlines():
            text = line.strip().removeprefix("guidance: ")
            if len(HANZI.findall(text)) > 25 and not text.startswith(("basis", "variants")):
                assert text not in seen, f"{file.parent.name} repeats {seen[text].parent.name}"
                seen[text] = file
    assert [file.parent.name for file in FOLDER.glob("*/indicators.yaml")] == ["common"]
