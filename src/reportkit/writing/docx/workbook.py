"""The workbook inside a chart: one sheet with categories down and series across."""

from collections.abc import Sequence
from decimal import Decimal

from docx.opc.constants import CONTENT_TYPE
from docx.opc.package import OpcPackage
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from .package import RELATIONS, zipped
from .xml import NAMESPACES, Element, child, clean, plain_root, qname, serialise

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET = "Sheet1"

Value = str | Decimal | None


def workbook(rows: Sequence[Sequence[Value]]) -> bytes:
    """An XLSX file holding ``rows``; texts are stored as text, whatever they begin with."""
    package = OpcPackage()
    book = Part(PackURI("/xl/workbook.xml"), CONTENT_TYPE.SML_SHEET_MAIN, _book())
    sheet = Part(PackURI("/xl/worksheets/sheet1.xml"), CONTENT_TYPE.SML_WORKSHEET, _sheet(rows))
    package.relate_to(book, f"{RELATIONS}officeDocument")
    book.relate_to(sheet, f"{RELATIONS}worksheet")
    return zipped(package)


def reference(column: int, first: int, last: int) -> str:
    """The cells of a column (from 0) from row ``first`` to ``last`` (from 1)."""
    name = column_name(column)
    start = f"{SHEET}!${name}${first}"
    return start if first == last else f"{start}:${name}${last}"


def column_name(column: int) -> str:
    """A, B, … Z, AA for 0, 1, … 25, 26."""
    name = ""
    column += 1
    while column:
        column, digit = divmod(column - 1, 26)
        name = chr(65 + digit) + name
    return name


def _book() -> bytes:
    made = plain_root(_MAIN, "workbook", r=NAMESPACES["r"])
    sheet = child(child(made, "sheets"), "sheet", name=SHEET, sheetId="1")
    sheet.set(qname("r:id"), "rId1")
    return serialise(made)


def _sheet(rows: Sequence[Sequence[Value]]) -> bytes:
    made = plain_root(_MAIN, "worksheet")
    data = child(made, "sheetData")
    for number, values in enumerate(rows, start=1):
        row = child(data, "row", r=str(number))
        for column, value in enumerate(values):
            if value is not None:
                _cell(row, f"{column_name(column)}{number}", value)
    return serialise(made)


def _cell(row: Element, place: str, value: str | Decimal) -> None:
    cell = child(row, "c", r=place)
    if isinstance(value, Decimal):
        child(cell, "v", f"{value:f}")
        return
    cell.set("t", "inlineStr")
    child(child(cell, "is"), "t", clean(value))
