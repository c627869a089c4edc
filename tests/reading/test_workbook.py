"""Workbooks as people return them: every slip is told with its cell."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from reportkit.model.diagnostic import Finding
from reportkit.reading import read
from reportkit.reading.source import Log
from reportkit.reading.workbook import INDICATORS, TABLES, Book, read_book

Change = Callable[[Any], None]
HEAD = ["need", "name", "unit", "definition", "previous", "current", "change", "missing", "source"]
SHOWN = [
    "必填",
    "名称",
    "单位",
    "口径说明",
    "上年值（2023）",
    "本年值（2024）",
    "增减",
    "缺值原因",
    "来源",
]
ROWS = {
    "students.total": "在校生人数",
    "teachers.total": "专任教师数",
    "graduates.rate": "去向落实率",
}


def book() -> Any:
    made = Workbook()
    made.active.title = "说明"
    sheet = made.create_sheet("指标")
    sheet.append([INDICATORS, *HEAD])
    sheet.append(["example", "1", "2024", "2023", "2024", "示例学校"])
    sheet.append([None, "指标"])
    sheet.append([None, *SHOWN])
    for identity, name in ROWS.items():
        sheet.append([identity, "★", name, "人"])
    table = made.create_sheet("专业")
    table.append([TABLES + "programmes", "c0", "c1"])
    table.append(["example", "1", "2024", "2023", "2024"])
    table.append([None, "专业"])
    table.append(["h0", "专业", "人数"])
    table.append(["r0", "甲", 30])
    return made


@pytest.fixture
def returned(tmp_path: Path) -> Callable[[Change], tuple[Book | None, list[Finding]]]:
    def back(change: Change) -> tuple[Book | None, list[Finding]]:
        made = book()
        change(made)
        file = tmp_path / "数据.xlsx"
        made.save(file)
        log = Log()
        return read_book(file, log, {name: key for key, name in ROWS.items()}), log.findings

    return back


def values(found: Book | None) -> dict[tuple[str, str], Decimal | None]:
    assert found is not None
    return {(o.indicator, o.period): o.value for o in found.observations}


def test_values_and_tables(returned: Any) -> None:
    def change(made: Any) -> None:
        made["指标"]["F5"], made["指标"]["G5"] = 1180, 1205
        made["指标"]["G7"] = 0.1 + 0.2
        made["指标"]["I6"] = "不适用"

    found, findings = returned(change)
    assert values(found) == {
        ("students.total", "2023"): Decimal(1180),
        ("students.total", "2024"): Decimal(1205),
        ("teachers.total", "2024"): None,
        ("graduates.rate", "2024"): Decimal("0.3"),
    }
    assert found.observations[0].place.cell == "指标!F5"
    assert found.tables["programmes"]["r0", "c1"].text == "30"
    assert found.organisation == "示例学校"
    assert findings == []


@pytest.mark.parametrize(
    ("value", "code", "read_as"),
    [
        ("约1200", "RK135", None),
        ("1,205", "RK135", Decimal(1205)),
        ("１２０５", "RK135", Decimal(1205)),
        ("1205人", "RK135", None),
        ("暂无", "RK135", None),
        ("1205", None, Decimal(1205)),
        ("=1000+205", "RK135", None),
    ],
)
def test_text_in_a_number_cell(
    returned: Any, value: str, code: str | None, read_as: Decimal | None
) -> None:
    found, findings = returned(lambda made: made["指标"].__setitem__("G5", value))
    assert [f.code for f in findings] == ([code] if code else [])
    assert all(f.place.cell == "指标!G5" for f in findings)
    assert values(found).get(("students.total", "2024")) == read_as


def test_moved_renamed_and_sorted(returned: Any) -> None:
    def change(made: Any) -> None:
        sheet = made["指标"]
        sheet["G5"] = 1205
        sheet.title = "学校指标"
        made.move_sheet(sheet, -1)
        sheet.move_range("A5:J5", rows=10)

    found, findings = returned(change)
    assert values(found) == {("students.total", "2024"): Decimal(1205)}
    assert findings == []


def test_hidden_cells_deleted(returned: Any) -> None:
    def change(made: Any) -> None:
        made["指标"]["G5"] = 1205
        made["指标"].delete_rows(1, 2)
        made["指标"].delete_cols(1)

    found, findings = returned(change)
    assert values(found) == {("students.total", "2024"): Decimal(1205)}
    assert [f.code for f in findings] == ["RK161"]


def test_copied_sheet(returned: Any) -> None:
    def change(made: Any) -> None:
        made["指标"]["G5"] = 1205
        copy = made.copy_worksheet(made["指标"])
        copy["G5"], copy["G6"] = 1206, 80

    found, findings = returned(change)
    assert values(found)["students.total", "2024"] == 1205
    assert values(found)["teachers.total", "2024"] == 80
    assert [f.code for f in findings] == ["RK161", "RK134"]
    assert findings[1].place.cell == "指标 Copy!G5"
    assert findings[1].related[0].place.cell == "指标!G5"


def test_missing_and_own_sheets(returned: Any) -> None:
    def change(made: Any) -> None:
        del made["指标"]
        own = made.create_sheet("社团")
        own["B2"], own["C3"] = "社团名", 12

    found, findings = returned(change)
    assert found.own == {"社团": (("社团名", ""), ("", "12"))}
    assert [f.args["sheet"] for f in findings if f.code == "RK161"] == ["社团", "指标"]


def test_sheet_of_another_standard(returned: Any) -> None:
    _, findings = returned(lambda made: made["专业"].__setitem__("A2", "another"))
    assert [f.args["sheet"] for f in findings] == ["专业"]


def test_unknown_row(returned: Any) -> None:
    def change(made: Any) -> None:
        made["指标"].append([None, "", "自己加的指标", "人", None, None, 5])

    _, findings = returned(change)
    assert [(f.code, f.place.cell) for f in findings] == [("RK161", "指标!C8")]


def test_no_workbook_of_a_kit(tmp_path: Path) -> None:
    made = Workbook()
    made.active["A1"] = "别的数据"
    made.save(tmp_path / "a.xlsx")
    result = read(tmp_path / "a.xlsx")
    assert result.submission is None
    assert "RK161" in {f.code for f in result.findings}


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"text", b"\xd0\xcf\x11\xe0" * 9])
def test_not_a_workbook(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(content)
    result = read(file)
    assert result.submission is None
    assert [f.code for f in result.findings] == ["RK150"]


def _with_sheet(file: Path, xml: str) -> None:
    """The workbook with another text as its second sheet."""
    buffer = io.BytesIO()
    book().save(buffer)
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, xml if name.endswith("sheet2.xml") else old.read(name))


SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


def test_a_million_cells_are_cut(tmp_path: Path) -> None:
    row = "".join(f'<c r="{chr(65 + i)}{{0}}"><v>1</v></c>' for i in range(20))
    rows = "".join(f'<row r="{n}">{row.format(n)}</row>' for n in range(1, 50_001))
    file = tmp_path / "a.xlsx"
    _with_sheet(file, f"{SHEET}{rows}</sheetData></worksheet>")
    log = Log()
    assert read_book(file, log) is not None
    assert any("过多" in f.args["reason"] for f in log.findings if f.code == "RK161")


@pytest.mark.parametrize(
    "xml",
    [
        f"<!DOCTYPE x [<!ENTITY a 'b'>]>{SHEET}</sheetData></worksheet>",
        f'{SHEET}<row r="x"><c r="ZZZ99999999" t="s"><v>99999</v></c>'
        '<c t="n"><v>1e999</v></c></row></sheetData></worksheet>',
        f"{SHEET}<row>",
    ],
)
def test_hostile_sheets(tmp_path: Path, xml: str) -> None:
    file = tmp_path / "a.xlsx"
    _with_sheet(file, xml)
    log = Log()
    assert read_book(file, log) is not None
    assert any(f.code == "RK161" for f in log.findings)
