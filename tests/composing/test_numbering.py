import pytest

from reportkit.composing import compose
from reportkit.model.blocks import Case, Chart, Figure, ListBlock, ListItem, Section, Table
from reportkit.model.report import Report
from reportkit.model.standard import Numbering, NumberingOverride, PartKind, SectionSpec
from tests.builders import CHINESE, DECIMAL, chapter, para, section, standard, submission, texts

TABLE = Table(caption="题", rows=(("甲", "乙"), ("1", "2")))
FIGURE = Figure(caption="题", image="figures/a.png")
CHART = Chart(caption="题", rows=(("年度", "数"), ("2021", "1"), ("2022", "2")))


def labels(report: Report) -> list[str]:
    return [label.label for label in report.labels]


def test_decimal_headings() -> None:
    made = submission(
        chapter("甲", section("子", section("孙"), section("孙")), section("子")),
        chapter("乙", *(section(f"第{n}节") for n in range(1, 13))),
    )
    report = compose(made, standard(numbering=DECIMAL))
    assert texts(report)[:5] == ["1 甲", "1.1 子", "1.1.1 孙", "1.1.2 孙", "1.2 子"]
    assert texts(report)[-1] == "2.12 第12节"


def test_chinese_headings_start_afresh_in_every_chapter() -> None:
    made = submission(
        chapter("甲", section("子", section("孙", section("四级")))), chapter("乙", section("子"))
    )
    report = compose(made, standard(numbering=CHINESE))
    assert texts(report) == ["一、甲", "（一）子", "1. 孙", "四级", "二、乙", "（一）子"]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("第{cn}章 ", ["第一章 甲", "第二章 乙"]),
        ("{n}.", ["1.甲", "2.乙"]),
        ("{roman} ", ["I 甲", "II 乙"]),
        ("{circled}", ["①甲", "②乙"]),
        ("{chapter}. ", ["1. 甲", "2. 乙"]),
    ],
)
def test_patterns_of_headings(pattern: str, expected: list[str]) -> None:
    report = compose(
        submission(chapter("甲"), chapter("乙")),
        standard(numbering=Numbering(heading=(pattern,))),
    )
    assert texts(report) == expected


def test_sections_without_number_do_not_count() -> None:
    made = submission(
        chapter("前言", numbered=False),
        chapter("甲", section("不编号", section("其下"), numbered=False), section("编号")),
    )
    report = compose(made, standard(numbering=DECIMAL))
    assert texts(report) == ["前言", "1 甲", "不编号", "其下", "1.1 编号"]


def test_a_chapter_with_its_own_numbering() -> None:
    """Highlights: not numbered themselves, their sections 一、 二、 like chapters."""
    spec = SectionSpec(
        id="highlights",
        title="亮点",
        numbered=False,
        numbering=NumberingOverride(heading=("{cn}、",), figure="亮点图{n}"),
    )
    made = submission(
        chapter("亮点", section("其一", FIGURE), section("其二", FIGURE)),
        chapter("概况", section("规模", FIGURE)),
    )
    report = compose(made, standard(spec, numbering=CHINESE))
    assert texts(report) == ["亮点", "一、其一", "二、其二", "一、概况", "（一）规模"]
    assert labels(report) == ["亮点图1", "亮点图2", "图1-1"]


def test_objects_are_counted_by_chapter_and_kind() -> None:
    case = Case(title="题", blocks=(para("正文"), FIGURE, TABLE))
    items = ListBlock(items=(ListItem(blocks=(TABLE,)),))
    made = submission(
        chapter("甲", TABLE, FIGURE, CHART, section("子", case, items)),
        chapter("乙", CHART, TABLE, case),
    )
    report = compose(made, standard())
    assert labels(report) == [
        "表1-1", "图1-1", "图1-2", "案例1-1", "图1-3", "表1-2", "表1-3",
        "图2-1", "表2-1", "案例2-1", "图2-2", "表2-2",
    ]  # fmt: skip


def test_chapters_without_number_share_one_sequence_of_labels() -> None:
    made = submission(
        chapter("前言", FIGURE, numbered=False),
        chapter("亮点", FIGURE, TABLE, numbered=False),
        chapter("甲", FIGURE),
    )
    report = compose(made, standard())
    assert labels(report) == ["图1", "图2", "表1", "图1-1"]


def test_annex_tables_by_override() -> None:
    spec = SectionSpec(
        id="annex",
        title="附件",
        part="annex",
        numbered=False,
        numbering=NumberingOverride(table="附表{n}"),
    )
    made = submission(chapter("附件", section("一", TABLE), TABLE), chapter("甲", TABLE))
    parts = (PartKind.BODY, PartKind.ANNEX)
    report = compose(made, standard(spec, parts=parts))
    assert texts(report) == ["1 甲", "附件", "一"]
    assert labels(report) == ["表1-1", "附表1", "附表2"]


def test_cases_may_be_counted_in_chinese_or_not_at_all() -> None:
    case = Case(title="题")
    made = submission(chapter("甲", case, case), chapter("乙", case))
    through = DECIMAL.model_copy(update={"case": "案例{cn}"})
    assert labels(compose(made, standard(numbering=through))) == ["案例一", "案例二", "案例三"]
    constant = DECIMAL.model_copy(update={"case": "案例分享"})
    report = compose(made, standard(numbering=constant))
    assert report.labels[0].text == "【案例分享】题"
    unnumbered = DECIMAL.model_copy(update={"case": None})
    assert compose(made, standard(numbering=unnumbered)).labels[0].text == "题"


def test_tables_without_caption_are_not_numbered() -> None:
    bare = Table(rows=(("甲",),))
    named = Table(rows=(("甲",),), id="tbl:a")
    report = compose(submission(chapter("甲", bare, named, TABLE)), standard())
    assert labels(report) == ["", "表1-1", "表1-2"]
    assert [label.text for label in report.labels] == ["", "表1-1", "表1-2 题"]


def test_claims_are_kept_and_never_printed() -> None:
    table = TABLE.model_copy(update={"number": "表7-1"})
    made = submission(chapter("甲", table, section("子", number="（三）"), number="六、"))
    report = compose(made, standard())
    assert texts(report) == ["1 甲", "1.1 子"]
    assert report.labels[0].text == "表1-1 题"
    assert report.labels[0].claim == "表7-1"


def test_numbered_paragraphs_without_title() -> None:
    made = submission(
        chapter(
            "甲",
            section(
                "质量保证",
                Section(title="", blocks=(para("第一段。"), para("再一段。")), number="1.1.1"),
                Section(title="", blocks=(TABLE,)),
                section("有题", "正文"),
            ),
        )
    )
    report = compose(made, standard())
    assert texts(report) == [
        "1 甲", "1.1 质量保证", "1.1.1 第一段。", "再一段。", "1.1.2 ", "1.1.3 有题", "正文",
    ]  # fmt: skip
    toc = next(part for part in report.parts if part.kind is PartKind.TOC)
    assert [entry.text for entry in toc.entries] == ["1 甲", "1.1 质量保证", "1.1.3 有题"]


def test_an_untitled_chapter_without_number_is_only_its_text() -> None:
    report = compose(submission(chapter("", "导语。", numbered=False)), standard())
    assert texts(report) == ["导语。"]


def test_anchors_are_unique_and_the_same_every_time() -> None:
    made = submission(
        *(chapter("甲", TABLE, FIGURE, section("子", TABLE, section("孙"))) for _ in range(3))
    )
    first, second = compose(made, standard()), compose(made, standard())
    assert first == second
    anchors = [label.anchor for label in first.labels]
    for part in first.parts:
        anchors.append(part.anchor)
        anchors += [block.anchor for block in part.blocks if block.type == "heading"]
    assert len(anchors) == len(set(anchors))
