from datetime import date

from reportkit.composing import compose
from reportkit.model.blocks import Case, Figure, SignOff, Table
from reportkit.model.report import Part, Report
from reportkit.model.standard import Need, PartKind, PartSpec, SectionSpec
from reportkit.model.submission import Contents, ContentsEntry, Cover
from tests.builders import CHINESE, chapter, optional, section, standard, submission

ALL = tuple(PartKind)
PREFACE = SectionSpec(id="preface", title="前言", part="preface", numbered=False)
ANNEX = SectionSpec(id="annex", title="附件", part="annex", numbered=False)
TABLE = Table(caption="规模", rows=(("甲",),))
FIGURE = Figure(caption="校门", image="a.png", owner="示例学校")


def kinds(report: Report) -> list[str]:
    return [part.kind.value for part in report.parts]


def part(report: Report, kind: PartKind) -> Part:
    return next(each for each in report.parts if each.kind is kind)


def test_parts_stand_in_the_order_of_the_standard() -> None:
    made = submission(
        chapter("附件", TABLE),
        chapter("情况", FIGURE),
        chapter("前言"),
        colophon="《示例》\n2022年",
    )
    report = compose(made, standard(PREFACE, ANNEX, parts=ALL))
    assert kinds(report) == [
        "cover", "preface", "toc", "list_of_tables", "list_of_figures",
        "body", "annex", "sign_off", "colophon",
    ]  # fmt: skip
    order = (PartKind.TOC, PartKind.PREFACE, PartKind.BODY)
    assert kinds(compose(made, standard(PREFACE, ANNEX, parts=order))) == [
        "toc", "preface", "body", "annex",
    ]  # fmt: skip


def test_chapters_are_printed_even_where_the_standard_names_no_parts_for_them() -> None:
    made = submission(chapter("情况"), chapter("前言"), chapter("附件"))
    report = compose(made, standard(PREFACE, ANNEX, parts=()))
    assert kinds(report) == ["preface", "body", "annex"]


def test_the_body_is_one_part_a_chapter() -> None:
    made = submission(chapter("前言"), chapter("甲", id="a"), chapter("乙"))
    report = compose(made, standard(PREFACE, SectionSpec(id="b", title="乙")))
    assert [(each.chapter, each.section) for each in report.parts if each.blocks] == [
        (None, "preface"),
        (1, "a"),
        (2, "b"),
    ]


def test_contents_hold_three_levels_of_what_follows_them() -> None:
    deep = section("二", section("三", section("四")))
    made = submission(chapter("前言"), chapter("甲", deep))
    spec = standard(PREFACE, parts=(PartKind.PREFACE, PartKind.TOC, PartKind.BODY))
    toc = part(compose(made, spec), PartKind.TOC)
    assert toc.title == "目录"
    assert [(entry.level, entry.text) for entry in toc.entries] == [
        (1, "1 甲"),
        (2, "1.1 二"),
        (3, "1.1.1 三"),
    ]
    spec = standard(PREFACE, parts=(PartKind.TOC, PartKind.PREFACE, PartKind.BODY))
    assert part(compose(made, spec), PartKind.TOC).entries[0].text == "前言"


def test_lists_repeat_the_captions_word_for_word() -> None:
    case = Case(title="做法", owner="示例学校", blocks=(FIGURE,))
    bare = Table(rows=(("甲",),))
    report = compose(
        submission(chapter("甲", TABLE, bare, FIGURE, case)),
        standard(numbering=CHINESE, parts=ALL),
    )
    lists = {each.kind.value: [entry.text for entry in each.entries] for each in report.parts}
    assert lists["list_of_tables"] == ["表1-1 规模"]
    assert lists["list_of_figures"] == ["图1-1 校门（示例学校）", "图1-2 校门（示例学校）"]
    assert lists["list_of_cases"] == ["案例1-1 做法（示例学校）"]
    anchors = {label.anchor for label in report.labels}
    for each in report.parts:
        if each.kind in (PartKind.LIST_OF_TABLES, PartKind.LIST_OF_FIGURES):
            assert {entry.anchor for entry in each.entries} <= anchors


def test_empty_lists_are_left_out() -> None:
    assert kinds(compose(submission(chapter("甲")), standard(parts=ALL))) == [
        "cover", "toc", "body", "sign_off",
    ]  # fmt: skip


def test_an_optional_list_is_printed_where_the_author_typed_it() -> None:
    spec = standard(parts=(optional(PartKind.TOC), PartKind.BODY))
    typed = Contents(kind="toc", entries=(ContentsEntry(text="一、甲", page="1"),))
    assert kinds(compose(submission(chapter("甲")), spec)) == ["body"]
    assert kinds(compose(submission(chapter("甲"), contents=[typed]), spec)) == ["toc", "body"]


def test_the_cover() -> None:
    cover = Cover(subtitle="（中职）", issuer="编委会", date="2023年3月", url="https://a.cn/report")
    report = compose(submission(chapter("甲"), cover=cover), standard(parts=ALL))
    assert part(report, PartKind.COVER).lines == (
        ("year", "2022"),
        ("title", "示例单位年度报告"),
        ("subtitle", "（中职）"),
        ("issuer", "编委会"),
        ("date", "2023年3月"),
        ("url", "https://a.cn/report"),
    )
    made = submission(chapter("甲"), title="示例报告（2022）", filed_on=date(2022, 12, 23))
    report = compose(made, standard(parts=ALL))
    assert part(report, PartKind.COVER).lines == (
        ("title", "示例报告（2022）"),
        ("issuer", "示例单位"),
        ("date", "2022年12月"),
    )


def test_an_optional_cover_needs_something_to_say() -> None:
    spec = standard(parts=(optional(PartKind.COVER), PartKind.BODY))
    assert kinds(compose(submission(chapter("甲")), spec)) == ["body"]
    made = submission(chapter("甲"), cover=Cover(date="2022年"))
    assert kinds(compose(made, spec)) == ["cover", "body"]


def test_the_statement_is_filled_in() -> None:
    statement = PartSpec(
        part=PartKind.STATEMENT,
        title="声明",
        text="{organisation}对《{title}》负责。\n{unknown}",
        fields=("法定代表人", "日期"),
    )
    made = submission(chapter("甲"), statement={"法定代表人": "某某"})
    report = compose(made, standard(parts=(statement, PartKind.BODY)))
    made_part = part(report, PartKind.STATEMENT)
    assert made_part.title == "声明"
    assert made_part.lines == (
        ("text", "示例单位对《示例单位年度报告》负责。"),
        ("text", "{unknown}"),
        ("field", "法定代表人：某某"),
        ("field", "日期："),
    )


def test_the_sign_off() -> None:
    made = submission(chapter("甲"), sign_off=("示例区教委", "2022年12月23日"))
    spec = standard(parts=(PartKind.BODY, optional(PartKind.SIGN_OFF)))
    assert part(compose(made, spec), PartKind.SIGN_OFF).lines == (
        ("issuer", "示例区教委"),
        ("date", "2022年12月23日"),
    )
    assert kinds(compose(submission(chapter("甲")), spec)) == ["body"]
    required = standard(parts=(PartKind.BODY, PartKind.SIGN_OFF))
    dated = submission(chapter("甲"), filed_on=date(2022, 12, 3))
    assert part(compose(dated, required), PartKind.SIGN_OFF).lines == (
        ("issuer", "示例单位"),
        ("date", "2022年12月3日"),
    )
    signed = submission(chapter("甲", section("子", SignOff(lines=("示例单位",)))))
    assert kinds(compose(signed, required)) == ["body"]


def test_forbidden_parts_are_never_printed() -> None:
    spec = standard(parts=tuple(PartSpec(part=kind, need=Need.FORBIDDEN) for kind in PartKind))
    made = submission(
        chapter("甲", TABLE), cover=Cover(date="2022年"), sign_off=("某",), colophon="某"
    )
    assert kinds(compose(made, spec)) == ["body"]


def test_the_report_carries_what_writers_need() -> None:
    made = submission(chapter("甲"), filed_on=date(2022, 12, 3), assets=["figures/a.png"])
    report = compose(made, standard(), draft=True)
    assert (report.title, report.title_year, report.organisation) == (
        "示例单位年度报告", 2022, "示例单位",
    )  # fmt: skip
    assert (report.date, report.draft, report.standard) == ("2022-12-03", True, "test")
    assert [asset.path for asset in report.assets] == ["figures/a.png"]
