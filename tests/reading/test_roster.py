"""Rosters as offices make them: encodings, separators, headings, and what is wrong with them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportkit.model.diagnostic import Severity
from reportkit.reading.roster import Roster, read_roster

LINES = (
    "2025年应报送单位一览表,,,\n"
    "序号,单位名称（全称）,学校（机构）标识码,所在区,类别,规范\n"
    "1,第一工作站,3611000001,东区,甲类,moe-2024-school\n"
    "\n"
    "2,第二工作站,,西区,,\n"
)


def roster(content: bytes, root: Path, name: str = "名录.csv") -> Roster:
    file = root / name
    file.write_bytes(content)
    return read_roster(file)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("mark", [",", "\t", ";", "，"])
def test_encodings_and_separators(encoding: str, mark: str, tmp_path: Path) -> None:
    found = roster(LINES.replace(",", mark).encode(encoding), tmp_path)
    assert found.findings == ()
    first, second = found.entries
    assert (first.name, first.code, first.region) == ("第一工作站", "3611000001", "东区")
    assert (first.kind, first.standard, first.place.line) == ("甲类", "moe-2024-school", 3)
    assert (second.name, second.place.line, second.place.cell) == ("第二工作站", 5, "B5")


def test_a_workbook(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    notes = book.active
    assert notes is not None
    notes.append(["填表说明"])
    sheet = book.create_sheet("名录")
    for row in (["应报单位"], ["学校名称", "代码", "区县"], ["第一工作站", 3611000001, "东区"]):
        sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    found = roster(buffer.getvalue(), tmp_path, "名录.xlsx")
    (entry,) = found.entries
    assert (entry.name, entry.code, entry.region) == ("第一工作站", "3611000001", "东区")
    assert (entry.place.cell, found.findings) == ("A3", ())


@pytest.mark.parametrize(
    ("text", "reason", "severity", "entries"),
    [
        ("序号;甲\n1;2\n", "没有单位名称一列；首行是：序号、甲", Severity.ERROR, 0),
        ("\n\n", "名录是空的", Severity.ERROR, 0),
        ("名称,代码\n甲站,11\n甲站,11\n", "第 3 行“甲站”与前面“甲站”的名称、代码相同", None, 1),
        ("名称,代码\n甲站,11\n乙站,11\n", "第 3 行“乙站”与前面“甲站”的代码相同", None, 2),
        ("名称,代码\n,11\n乙站,12\n", "第 2 行没有单位名称", None, 1),
        ("名称,代码\n甲站,3.61E+09\n", "第 2 行的代码“3.61E+09”不是代码", None, 1),
    ],
)
def test_what_is_wrong_is_told(
    text: str, reason: str, severity: Severity | None, entries: int, tmp_path: Path
) -> None:
    found = roster(text.encode(), tmp_path)
    (told,) = found.findings
    assert (told.code, told.args["reason"], told.severity) == ("RK806", reason, severity)
    assert len(found.entries) == entries


def test_files_that_are_no_roster(tmp_path: Path) -> None:
    for content in (b"PK\x03\x04no", b"\xd0\xcf\x11\xe0old", b"\xff\xff\xff\x80", b"x" * 9_000_000):
        found = roster(content, tmp_path)
        assert [f.severity for f in found.findings] == [Severity.ERROR]
        assert found.entries == ()
    (told,) = read_roster(tmp_path / "none.csv").findings
    assert told.args["reason"] == "读不出名录文件"


@given(st.one_of(st.binary(max_size=300), st.text(max_size=200).map(lambda t: t.encode())))
def test_anything_is_read_without_raising(tmp_path_factory: object, content: bytes) -> None:
    file = Path(str(tmp_path_factory.getbasetemp())) / "any.csv"  # type: ignore[attr-defined]
    file.write_bytes("名称,代码\n".encode() + content)
    found = read_roster(file)
    names = [entry.name for entry in found.entries]
    assert len(set(names)) == len(names)
