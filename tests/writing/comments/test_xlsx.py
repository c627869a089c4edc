"""Comments in the cells of the writer's own workbook."""

import re
from pathlib import Path

import openpyxl
import pytest
from lxml import etree
from openpyxl.comments import Comment
from openpyxl.styles import Font

from reportkit.reading.ooxml import Refused
from reportkit.writing.comments import write_comments
from reportkit.writing.comments.xlsx import cell_name, cell_position

from ..tools import saved_anew
from .told import found, parts


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A workbook of two sheets, with a link, a table, a formula and a comment of somebody."""
    file = tmp_path / "数据.xlsx"
    made = openpyxl.Workbook()
    first = made.active
    assert first is not None
    first.title = "指标 数据"
    first.append(["指标", "2022", "2023"])
    first.append(["招生数", 195, 253])
    first["D2"] = "=C2-B2"
    first["A1"].font = Font(bold=True)
    second = made.create_sheet("教师")
    second["B4"] = 12
    second["B4"].comment = Comment("已与人事处核对", "校办")
    second["A1"], second["B1"] = "项目", "人数"
    second.add_table(openpyxl.worksheet.table.Table(displayName="T", ref="A1:B4"))
    made.save(file)
    return file


def answer(file: Path, *diagnostics: object) -> tuple[Path, int]:
    """The commented workbook; what is no comment must keep its bytes or its content."""
    out = file.with_name("out.xlsx")
    count = write_comments(file, diagnostics, out)  # type: ignore[arg-type]
    before, after = parts(file), parts(out)
    for name, content in before.items():
        if "/worksheets/sheet" in name and name.endswith(".xml"):
            old, new = etree.fromstring(content), etree.fromstring(after[name])
            for root in (old, new):
                for drawing in root.findall("{*}legacyDrawing"):
                    root.remove(drawing)
            assert etree.tostring(old, method="c14n") == etree.tostring(new, method="c14n")
        elif not name.endswith(".rels") and name != "[Content_Types].xml" and "omment" not in name:
            assert after[name] == content
    return out, count


def comments(file: Path) -> dict[str, str]:
    """All comments by sheet and cell."""
    made = {}
    for sheet in openpyxl.load_workbook(file):
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment:
                    made[f"{sheet.title}!{cell.coordinate}"] = cell.comment.text
    return made


def test_comments_stand_in_their_cells(book: Path) -> None:
    out, count = answer(
        book,
        found("比上年增长过快", cell="指标 数据!C2", code="RK412"),
        found("应为整数", cell="'指标 数据'!$C$2", code="RK405"),
        found("空", cell="指标 数据!C9"),
        found("缺少一张表"),
        found("没有这张表", cell="经费!B1"),
    )
    said = comments(out)
    assert count == 4
    assert sorted(said) == ["指标 数据!A1", "指标 数据!C2", "指标 数据!C9", "教师!B4"]
    assert said["指标 数据!C2"].startswith("RK412 必须改正\n比上年增长过快\n应为：六、")
    assert "RK405 必须改正\n应为整数" in said["指标 数据!C2"]
    assert "缺少一张表" in said["指标 数据!A1"]
    assert "没有这张表" in said["指标 数据!A1"]


def test_comments_of_others_are_kept(book: Path) -> None:
    out, _ = answer(book, found("与上年差别大", cell="教师!B4"), found("新", cell="教师!A1"))
    said = comments(out)
    assert said["教师!B4"].startswith("已与人事处核对")
    assert "与上年差别大" in said["教师!B4"]
    assert "新" in said["教师!A1"]


def test_a_drawing_holds_a_note_for_each_new_cell(book: Path) -> None:
    out, _ = answer(book, found("x", cell="教师!B4"), found("y", cell="教师!A2"), found("z"))
    drawings = [content for name, content in parts(out).items() if name.endswith(".vml")]
    assert sorted(len(re.findall(rb"Row>\d+<", c)) for c in drawings) == [1, 2]
    for content in drawings:
        etree.fromstring(content)


def test_names_of_cells() -> None:
    for name, position in (
        ("A1", (0, 0)),
        ("Z9", (8, 25)),
        ("AA10", (9, 26)),
        ("XFD2", (1, 16383)),
    ):
        assert cell_position(name) == position
        assert cell_name(*position) == name
    for name in ("", "A0", "XFE1", "A1048577", "甲1", "1A"):
        assert cell_position(name) is None


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"))
    with pytest.raises(Refused, match="旧版 Excel"):
        write_comments(file, [found("x")], tmp_path / "b.xlsx")


def again(file: Path, *diagnostics: object) -> Path:
    """The commented workbook as the next check comments it."""
    out = file.with_name(f"again-{file.name}")
    write_comments(file, diagnostics, out)  # type: ignore[arg-type]
    return out


def test_remarks_of_an_earlier_check_give_way(book: Path) -> None:
    """What is mended is gone with its note, what is not is said once, others' words stay."""
    first, _ = answer(
        book,
        found("与上年差别大", cell="教师!B4"),
        found("新", cell="教师!A1"),
        found("应为整数", cell="指标 数据!C2"),
        found("缺少一张表"),
    )
    second = again(first, found("应为整数", cell="指标 数据!C2"))
    said = comments(second)
    assert sorted(said) == ["指标 数据!C2", "教师!B4"]
    assert said["指标 数据!C2"] == comments(first)["指标 数据!C2"]
    assert said["教师!B4"] == "已与人事处核对"
    drawings = [content for name, content in parts(second).items() if name.endswith(".vml")]
    assert sum(len(re.findall(rb"Row>\d+<", c)) for c in drawings) == 2
    assert parts(again(second, found("应为整数", cell="指标 数据!C2"))) == parts(second)


def test_answered_remarks_stay(book: Path) -> None:
    first, _ = answer(book, found("应为整数", cell="指标 数据!C2"))
    made = openpyxl.load_workbook(first)
    cell = made["指标 数据"]["C2"]
    assert cell.comment is not None
    cell.comment = Comment(cell.comment.text + "\n已核对，无误", "reportkit")
    answered = first.with_name("answered.xlsx")
    made.save(answered)
    said = comments(again(answered, found("应为整数", cell="指标 数据!C2")))["指标 数据!C2"]
    assert "已核对，无误\n\nRK" in said


def test_remarks_are_known_after_libre_office_has_saved_them(book: Path) -> None:
    first, _ = answer(book, found("应为整数", cell="指标 数据!C2"), found("新", cell="教师!B4"))
    saved = saved_anew(first)
    assert comments(again(saved)) == {"教师!B4": "已与人事处核对"}
