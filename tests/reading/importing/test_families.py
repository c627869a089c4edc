"""Reports of other families than the open ones: their habits in miniature, in words of our own."""

from pathlib import Path

import pytest

from reportkit.model.blocks import Case, Figure, ListBlock, Paragraph, Table
from reportkit.model.diagnostic import Severity
from reportkit.model.submission import Submission
from reportkit.reading import ReadResult, read
from reportkit.workflow import open_submission

from .test_typographies import blocks, objects, outline, prose

TEXTS = Path(__file__).parent / "texts"


@pytest.fixture(scope="module")
def decimal() -> ReadResult:
    """一 to 三 levels of decimal numbers, uncaptioned year-on-year tables, unnumbered cases."""
    return read(TEXTS / "decimal.txt")


@pytest.fixture(scope="module")
def quality() -> ReadResult:
    """A typed contents and lists, 一、（一）1., run-in cases, a folded table, notes by page."""
    return read(TEXTS / "quality.txt")


def submission(result: ReadResult) -> Submission:
    assert result.submission is not None
    return result.submission


def everything(result: ReadResult) -> list[object]:
    return list(blocks(submission(result).chapters))


def test_nothing_is_lost(decimal: ReadResult, quality: ReadResult) -> None:
    assert "RK157" not in {f.code for f in (*decimal.findings, *quality.findings)}


def test_decimal_outline(decimal: ReadResult) -> None:
    assert list(outline(submission(decimal).chapters)) == [
        (1, "1基本情况"), (2, "1.1规模和结构"), (2, "1.2设施设备"), (2, "1.3教师队伍"),
        (3, "1.3.1结构"), (3, "1.3.2培训"),
        (1, "2学生发展"), (2, "2.1学生素质"), (3, "2.1.1德育工作"), (3, "2.1.2文化课合格率"),
        (2, "2.2就业质量"),
        (1, "3质量保障"), (2, "3.1专业布局"), (2, "3.3教师培养培训"),
        (1, "4党建工作"),
        (1, "5主要问题和改进措施"), (2, "5.1主要问题"), (2, "5.2改进措施"),
    ]  # fmt: skip


def test_tables_that_follow_as_in_the_table_below(decimal: ReadResult) -> None:
    first, second = objects(everything(decimal), Table)
    assert first.rows == (
        ("项目", "2019年", "2020年", "增长数", "增长率"),
        ("招生数（人）", "500", "550", "50", "10.00%"),
        ("在校生数（人）", "1500", "1530", "30", "2.00%"),
        ("毕业生数（人）", "480", "456", "-24", "-5.00%"),
        ("职普招生比例", "0.41:1", "0.42:1", "—", "—"),
    )
    assert second.rows[1] == ("生均仪器设备值（万元）", "3.0", "3.2", "0.2")
    assert first.number is second.number is None


def test_cases_without_numbers(decimal: ReadResult) -> None:
    below, beside = objects(everything(decimal), Case)
    assert (below.title, below.number) == ("青蓝工程助力新教师成长", None)
    assert len(below.blocks) == 1
    assert (beside.title, len(beside.blocks)) == ("劳动教育进课堂", 2)


def test_decimal_cover(decimal: ReadResult) -> None:
    metadata = submission(decimal).metadata
    assert metadata.title == "松河区中等职业教育质量年度报告（2020）"
    assert metadata.cover.issuer == "松河区教育委员会"
    assert str(metadata.filed_on) == "2020-12-10"
    assert metadata.data_period.end.year == 2020


def test_quality_outline(quality: ReadResult) -> None:
    assert list(outline(submission(quality).chapters)) == [
        (1, "前言"), (1, "一、学生发展质量"), (2, "（一）立德树人"), (3, "1.思政课程建设"),
        (3, "2.德育活动"), (2, "（二）就业质量"), (1, "二、教育教学质量"),
        (2, "（一）专业建设质量"), (1, "三、面临挑战"),
    ]  # fmt: skip
    opening = submission(quality).chapters[0]
    assert isinstance(opening.blocks[1], ListBlock)
    assert [len(item.blocks) for item in opening.blocks[1].items] == [1, 1, 1]


def test_run_in_cases(quality: ReadResult) -> None:
    first, second, third = objects(everything(quality), Case)
    assert (first.number, first.title, first.run_in) == (
        "【案例1-1】", "“一校一品”育人品牌建设", True,
    )  # fmt: skip
    opening = first.blocks[0]
    assert isinstance(opening, Paragraph)
    assert opening.text.startswith("云岭职业学校立足校情")
    assert len(first.blocks) == 2
    assert (second.title, third.title) == ("校企联动促就业", "专业群建设经验")
    assert not third.run_in


def test_footnotes_that_begin_anew_on_each_page(quality: ReadResult) -> None:
    chapter = submission(quality).chapters[1]
    notes = {key: note.text for key, note in chapter.footnotes.items()}
    assert notes == {
        "1": "思政课指中国特色社会主义等四门必修课程。",
        "2": "品牌名称由学生投票产生。",
        "3": "统计时点为2022年9月1日。",
    }
    text = "".join(prose(list(blocks((chapter,)))))
    assert "见图1-1" in text
    assert "思政课，建设" in text


def test_folded_table_and_table_with_a_head_of_single_lines(quality: ReadResult) -> None:
    folded, plain = objects(everything(quality), Table)
    assert folded.number == "表1-1"
    assert folded.rows[3] == ("3", "第三职校", "160", "158", "合计", "", "810", "677")
    assert folded.notes == ("注：第五职校为新建学校。",)
    assert folded.source == "数据来源：市教育局统计"
    assert plain.rows == (
        ("专业类别", "专业数（个）", "在校生（人）"),
        ("加工制造", "20", "6000"),
        ("信息技术", "15", "5200"),
        ("财经商贸", "12", "4100"),
    )


def test_typed_lists(quality: ReadResult) -> None:
    lists = {each.kind: each.entries for each in submission(quality).contents}
    assert {kind: len(entries) for kind, entries in lists.items()} == {
        "toc": 9, "tables": 2, "figures": 1, "cases": 3,
    }  # fmt: skip
    assert (lists["toc"][5].text, lists["toc"][5].page) == ("（二）就业质量", "5")


def test_foreign_markdown() -> None:
    result = read(TEXTS / "foreign.md")
    assert result.form == "markdown"
    assert list(outline(submission(result).chapters)) == [
        (1, "1基本情况"), (2, "1.1规模和结构"), (2, "1.2设施设备"), (1, "2学生发展"),
    ]  # fmt: skip
    own = everything(result)
    typed, html = objects(own, Table)
    assert (typed.number, typed.caption, len(typed.rows)) == ("表1-1", "规模情况表", 3)
    assert html.rows == (("指标", "数值", "<<"), ("面积", "甲", "1"), ("^^", "乙", "2"))
    (figure,) = objects(own, Figure)
    assert (figure.caption, figure.owner) == ("校园一角", "松河职业学校")
    assert [n.text for c in submission(result).chapters for n in c.footnotes.values()] == [
        "含民办学校。"
    ]
    assert "RK157" not in {f.code for f in result.findings}


@pytest.mark.parametrize(
    ("name", "standard"), [("decimal", "bj-district-2020"), ("quality", "bj-municipal-2022")]
)
def test_checked_as_they_stand(name: str, standard: str) -> None:
    opened = open_submission(TEXTS / f"{name}.txt")
    assert opened.standard is not None
    assert opened.standard.id == standard
    errors = {d.code for d in opened.diagnostics if d.severity is Severity.ERROR}
    assert errors == {"RK201"}
    warnings = {d.code for d in opened.diagnostics if d.severity is Severity.WARNING}
    assert warnings <= {"RK314"}


def test_a_number_left_out_is_found(tmp_path: Path) -> None:
    text = (TEXTS / "decimal.txt").read_text(encoding="utf-8")
    file = tmp_path / "report.txt"
    file.write_text(text.replace("2.2 就业", "2.3 就业").replace("\n1.2 设", "\n1.1 设"), "utf-8")
    found = {(d.code, d.quote) for d in open_submission(file).diagnostics if d.code[:3] == "RK3"}
    assert ("RK302", "2.3") in found
    assert ("RK303", "1.1") in found
