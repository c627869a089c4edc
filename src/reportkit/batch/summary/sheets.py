"""A workbook that may be large: row after row, text that stays text, sheets that go on.

The same rows give the same bytes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from ...writing.plan import units

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

ROWS = 1_048_576
"""Rows that a sheet may have."""
_TEXT = 32_000
"""Characters of a cell; Excel takes 32,767 UTF-16 units."""
_LINKS = 65_000
"""Links of a sheet; Excel takes 65,530."""
_PITCH = 13.5
"""Height of a line in pt."""
_LINES = 12
"""Lines that are shown of a cell."""
_URL = 600
"""Bytes of a link; Excel takes 2,079 characters after it was escaped."""
_DIGITS = 15
"""Significant digits that Excel keeps of a number."""
_DAY = datetime(2000, 1, 1)
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Look = Literal["text", "wrap", "number", "link", "head", "good", "soft", "bad", "grey"]


@dataclass(frozen=True)
class Link:
    """A relative path that a cell leads to, and what the cell says."""

    path: str
    text: str


@dataclass(frozen=True)
class Marked:
    """A value with a look of its own, such as red for what is missing."""

    value: str | int
    look: Look


Value = str | int | Decimal | Link | Marked | None


@dataclass(frozen=True)
class Column:
    """A column: heading, width in characters, and how its cells look."""

    title: str
    width: float
    look: Look = "text"


class Book:
    """An XLSX file in the making; sheets are written one after the other."""

    def __init__(self, title: str) -> None:
        from xlsxwriter import Workbook

        self._file = io.BytesIO()
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book: Workbook = Workbook(self._file, options)
        self._book.set_properties(
            {"title": clean(title)[:200], "author": "reportkit", "created": _DAY}
        )
        self._formats: dict[tuple[Look, bool], Format] = {}

    def sheet(
        self, name: str, columns: Sequence[Column], rows: Iterable[Sequence[Value]], keep: int = 1
    ) -> int:
        """A sheet with a filter; ``keep`` columns stay in sight. Rows that do not fit go on in
        further sheets, （2）, （3） …; gives the number of sheets.
        """
        number, sheet, at = 1, self._begin(name, columns, keep), 0
        for row in rows:
            at += 1
            if at == ROWS:
                self._end(sheet, at - 1, columns)
                number, at = number + 1, 1
                sheet = self._begin(f"{name}（{number}）", columns, keep)
            lines = _lines(row, columns)
            if lines > 1:
                sheet.set_row(at, _PITCH * lines)
            for column, (value, spec) in enumerate(zip(row, columns, strict=True)):
                self._cell(sheet, at, column, value, spec.look)
        self._end(sheet, at, columns)
        return number

    def content(self) -> bytes:
        """The bytes of the file."""
        self._book.close()
        return self._file.getvalue()

    def _begin(self, name: str, columns: Sequence[Column], keep: int) -> Worksheet:
        sheet: Worksheet = self._book.add_worksheet(name)
        for at, column in enumerate(columns):
            sheet.set_column(at, at, column.width)
        sheet.freeze_panes(1, keep)
        sheet.set_row(0, 30)
        sheet.set_landscape()
        sheet.set_paper(8)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_footer("&C&P / &N")
        for at, column in enumerate(columns):
            sheet.write_string(0, at, column.title, self._format("head"))
        return sheet

    def _end(self, sheet: Worksheet, last: int, columns: Sequence[Column]) -> None:
        sheet.autofilter(0, 0, last, len(columns) - 1)

    def _cell(self, sheet: Worksheet, row: int, column: int, value: Value, look: Look) -> None:
        if isinstance(value, Marked):
            look = value.look
            value = value.value
        if value is None or value == "":
            return
        if isinstance(value, Link):
            url = f"external:{clean(value.path)}"
            if row <= _LINKS // 6 and len(url.encode()) < _URL:
                sheet.write_url(row, column, url, self._format("link"), value.text)
                return
            value = value.text
        if isinstance(value, int | Decimal):
            if _exact(value):
                sheet.write_number(row, column, float(value), self._format(look))
                return
            value = str(value)
        text = clean(value)
        quoted = text.startswith(_FORMULA)
        sheet.write_string(row, column, text, self._format(look, quoted))

    def _format(self, look: Look, quoted: bool = False) -> Format:
        """The format of a look; ``quoted`` keeps text text when somebody edits it."""
        key = (look, quoted)
        if key not in self._formats:
            properties = {**_ALL, **_LOOKS[look], "quote_prefix": quoted}
            self._formats[key] = self._book.add_format(properties)
        return self._formats[key]


_ALL = {"font_name": "宋体", "font_size": 10, "valign": "top"}
_LOOKS: dict[Look, dict[str, object]] = {
    "text": {},
    "wrap": {"text_wrap": True},
    "number": {"align": "right"},
    "link": {"font_color": "#1F5AA6", "underline": 1},
    "head": {
        "bold": True, "bg_color": "#E7ECF2", "valign": "vcenter", "text_wrap": True, "bottom": 1,
    },
    "good": {"font_color": "#1A6B3C"},
    "soft": {"font_color": "#7A4E00", "bg_color": "#FFF3D6"},
    "bad": {"font_color": "#9C1C14", "bg_color": "#FBE4E1"},
    "grey": {"font_color": "#8A9099"},
}  # fmt: skip


def clean(text: str) -> str:
    """Text without characters that XML cannot hold, cut to what a cell holds."""
    text = _ILLEGAL.sub("�", text)
    return text if len(text) <= _TEXT else text[:_TEXT] + "…（其余从略）"


def _lines(row: Sequence[Value], columns: Sequence[Column]) -> int:
    """Lines that the row takes; not every program finds out by itself."""
    most = 1
    for value, column in zip(row, columns, strict=True):
        if column.look == "wrap" and isinstance(value, str) and value:
            room = max(1, int(column.width) - 1)
            most = max(most, sum(-(-max(1, units(line)) // room) for line in value.split("\n")))
    return min(most, _LINES)


def _exact(value: int | Decimal) -> bool:
    """Whether Excel can hold the number as it is."""
    if not Decimal(value).is_finite():
        return False
    digits = Decimal(value).normalize().as_tuple().digits
    return len(digits) <= _DIGITS
