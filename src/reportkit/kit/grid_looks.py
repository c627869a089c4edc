"""How the sheets of a workbook look and behave: fonts, fills, locks, input checks, print."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from typing import Any, Literal

from ..writing.plan import units
from .marks import column_letter

Rule = tuple[Literal["whole", "decimal"], str, str]
"""Kind of number, and the bounds as texts; empty where there is none."""
DAY = datetime(2000, 1, 1)
"""The day on which every kit was made, so that the same kit gives the same bytes."""
_FONT = (
    "b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color",
    "name", "family", "charset", "scheme",
)  # fmt: skip
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def look(cell: Any, *, bold: bool = False, fill: str = "", wrap: bool = False) -> None:
    """Font, fill and frame of a cell."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

    cell.font = Font(name="宋体", size=14 if bold and not fill else 11, bold=bold)
    cell.alignment = Alignment(vertical="center", wrap_text=wrap)
    if fill:
        cell.fill = PatternFill("solid", fgColor=fill)
        line = Side(style="thin", color="BFBFBF")
        cell.border = Border(left=line, right=line, top=line, bottom=line)


def fit(sheet: Any, first: int) -> None:
    """Heights of rows by the text in them: not every program fits wrapped text by itself."""
    for row in sheet.iter_rows(min_row=first):
        lines = 1
        for cell in row:
            if cell.data_type == "s" and cell.alignment.wrap_text:
                width = sheet.column_dimensions[column_letter(cell.column)].width
                lines = max(lines, -(-units(str(cell.value)) // max(1, int(width) - 1)))
        sheet.row_dimensions[row[0].row].height = 5 + 14 * lines
    sheet.row_dimensions[3].height = 24


def protect(sheet: Any) -> None:
    """Lock a sheet without a password; its looks and the order of its rows stay free."""
    protection = sheet.protection
    protection.sheet = True
    protection.formatColumns = protection.formatRows = protection.formatCells = False
    protection.sort = protection.autoFilter = False


def page(sheet: Any, *, landscape: bool) -> None:
    """A4, as wide as the page, headings on every page."""
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "3:4"


def number_rule(kind: Literal["whole", "decimal"], low: str, high: str) -> Any:
    """An input check: a number of this kind within bounds."""
    from openpyxl.worksheet.datavalidation import DataValidation

    rule = DataValidation(type=kind, operator="between", allow_blank=True)
    rule.formula1, rule.formula2 = low or "-1000000000000", high or "1000000000000"
    what = "整数" if kind == "whole" else "数"
    bounds = f"不小于 {low}" if low else ""
    bounds += ("，" if low and high else "") + (f"不大于 {high}" if high else "")
    rule.errorTitle, rule.error = (
        "请核对",
        f"这里只填{what}{'，' + bounds if bounds else ''}，不写单位。",
    )
    rule.showErrorMessage = True
    return rule


def settled(buffer: io.BytesIO) -> bytes:
    """The same archive without times, so that the same kit gives the same bytes; looks in order."""
    made = io.BytesIO()
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>2000-01-01T00:00:00Z", content)
            elif name == "xl/styles.xml":
                content = _in_order(content)
            entry = zipfile.ZipInfo(name, DAY.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, content)
    return made.getvalue()


def _in_order(styles: bytes) -> bytes:
    """The looks with what makes up a font in the order of the schema, which openpyxl does not keep.

    ECMA-376, 18.8.22; Excel takes any order, validators do not.
    """
    from lxml import etree

    root = etree.fromstring(styles)
    for font in root.iter("{*}font"):
        font[:] = sorted(font, key=lambda item: _FONT.index(etree.QName(item).localname))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
