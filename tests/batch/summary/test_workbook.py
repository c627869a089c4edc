"""The workbook of a batch: text stays text, numbers are numbers, nothing falls off the end."""

import csv
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from reportkit.batch.outcome import State
from reportkit.batch.summary import sheets
from reportkit.batch.summary.figures import summarise
from reportkit.batch.summary.workbook import workbook
from reportkit.model.base import Place
from tests.batch.outcomes import copies, diagnostic
from tests.writing.tools import saved_anew, validate

from .sample import CHANGE, STANDARDS, batch, outcome, summary

HOSTILE = ("=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "\t=1", "a\x00b\x0bc\ufffe", "_x0041_")


def opened(content: bytes) -> Any:
    return load_workbook(io.BytesIO(content))


def table(book: Any, name: str) -> list[dict[str, Any]]:
    head, *rows = book[name].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


@pytest.fixture(scope="module")
def content() -> bytes:
    return workbook(summary(), "审核汇总")


def test_sheets(content: bytes) -> None:
    book = opened(content)
    assert book.sheetnames == [
        "总表", "问题", "规则统计", "章节×单位", "指标值", "说明", "报送件之间",
    ]  # fmt: skip
    for sheet in book:
        assert sheet.freeze_panes
        assert sheet.auto_filter.ref == sheet.dimensions


def test_items(content: bytes) -> None:
    rows = {row["报送单位"]: row for row in table(opened(content), "总表")}
    third = rows["丙处"]
    assert (third["结果"], third["逻辑校验"], third["提示"], third["已说明"]) == ("有错误", 2, 2, 1)
    assert rows["甲处"]["结果"] == "合格，待说明"
    assert rows["甲处"]["报送件之间"] == 1
    assert rows["坏 文件"]["情况"] == "文件不完整，打不开。"
    sheet = opened(content)["总表"]
    links = {cell.hyperlink.target for row in sheet.iter_rows() for cell in row if cell.hyperlink}
    assert "甲\\甲处年度报告（2025）.pdf" in links
    assert "审核意见\\坏%20文件.docx" in links


def test_findings_in_words_of_the_writer(content: bytes) -> None:
    found = table(opened(content), "问题")
    change = next(row for row in found if row["规则编号"] == "RK412")
    assert (change["章节"], change["位置"]) == ("二、工作 › （一）服务", "表2-1“合计”一行")
    assert change["行"] == 14
    assert [row["严重程度"] for row in found if row["单位的说明"]] == ["已说明"]


def test_chapters_values_and_explanations(content: bytes) -> None:
    book = opened(content)
    chapters = {row["报送单位"]: row for row in table(book, "章节×单位")}
    assert chapters["丙处"]["概况"] == "缺"
    assert chapters["丙处"]["工作"] == "空"
    assert (chapters["丙处"]["展望"], chapters["丙处"]["其他"]) == (None, 20)
    assert chapters["甲处"]["工作"] == 3000
    values = [row for row in table(book, "指标值") if row["报送单位"] == "甲处"]
    assert [row["数值"] for row in values] == [120, 12.5, None]
    assert [row["得来"] for row in values] == ["填报", "计算", "填报"]
    assert values[2]["缺值原因"] == "不公开"
    assert [row["对应"] for row in table(book, "说明")] == ["采用", "未对上"]


def test_both_sides_of_what_is_between(content: bytes) -> None:
    rows = table(opened(content), "报送件之间")
    assert [row["报送单位"] for row in rows] == [None, "乙处", "甲处"]
    assert rows[2]["另一处"].startswith("乙处　工作　chapters/2.md 第 22 行：逐台")


@pytest.mark.parametrize("text", HOSTILE)
def test_text_is_never_a_formula_nor_broken_xml(text: str) -> None:
    bad = diagnostic("RK201", text, Place(), quote=text)
    made = outcome(text, bad, region=text, reason=text)
    book = opened(workbook(summarise([made], {}, STANDARDS, {}), text))
    cell = book["问题"]["L2"]
    assert cell.data_type == "s"
    assert cell.quotePrefix == (text[0] in "=+-@\t")
    said = cell.value.replace("_x005F_", "_").strip()
    assert said == text.replace("\x00", "�").replace("\x0b", "�").replace("\ufffe", "�").strip()


def test_long_text_is_cut_and_exact_numbers_stay_exact() -> None:
    assert sheets.clean("长" * 40_000).endswith("…（其余从略）")
    assert len(sheets.clean("长" * 40_000)) < 32_767
    book = sheets.Book("t")
    columns = [sheets.Column("a", 10), sheets.Column("b", 10)]
    book.sheet("s", columns, [(12345678901234567, 123456789012345)])
    sheet = opened(book.content())["s"]
    assert [cell.value for cell in sheet[2]] == ["12345678901234567", 123456789012345]


def test_rows_that_do_not_fit_go_on_in_a_further_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "ROWS", 4)
    book = sheets.Book("t")
    assert book.sheet("问题", [sheets.Column("号", 9)], [(n,) for n in range(7)]) == 3
    made = opened(book.content())
    assert made.sheetnames == ["问题", "问题（2）", "问题（3）"]
    assert [[row[0] for row in s.iter_rows(values_only=True)] for s in made] == [
        ["号", 0, 1, 2], ["号", 3, 4, 5], ["号", 6],
    ]  # fmt: skip


def test_the_same_batch_gives_the_same_bytes(content: bytes) -> None:
    made, between = batch()
    again = workbook(summarise(made[::-1], between, STANDARDS, {}), "审核汇总")
    paths = {each.item.name: f"审核意见/{each.item.name}.docx" for each in made}
    assert workbook(summarise(made[::-1], between, STANDARDS, paths), "审核汇总") == content
    assert again != content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}


def test_valid_by_the_open_xml_sdk(tmp_path: Path) -> None:
    made = [*batch()[0], *copies([outcome("多", *[CHANGE] * 30, state=State.FAILED)], 40)]
    file = tmp_path / "summary.xlsx"
    file.write_bytes(workbook(summarise(made, batch()[1], STANDARDS, {}), "审核汇总"))
    assert validate(file) == []


def test_libreoffice_reads_it_alike(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "summary.xlsx"
    file.write_bytes(content)
    anew = table(load_workbook(saved_anew(file)), "指标值")
    assert anew == table(opened(content), "指标值")
    stream = io.StringIO()
    csv.writer(stream).writerows(row.values() for row in anew)
    assert "甲处" in stream.getvalue()
