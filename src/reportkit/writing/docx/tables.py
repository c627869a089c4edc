"""Tables, built row by row: real spans, repeated header rows, rows that do not break."""

import math
from collections.abc import Sequence
from copy import copy

from reportkit.model.report import RCell, RTable
from reportkit.model.style import TableLook
from reportkit.writing.plan import column_widths, is_long, units

from .context import Context
from .inline import inline
from .looks import mm
from .styles import border, shading
from .xml import Element, clean, el, val

MAX_COLUMNS = 60
"""Word opens no table of more than 63 columns; wider ones are printed in slices."""
_KEEP_ROWS = 6
_UNBROKEN_LINES = 20
_HEADER_LINES = 12

Slot = tuple[int, int, RCell | None]
"""Column, columns covered, and the cell that begins here (None: it began in a row above)."""


def table(block: RTable, context: Context, *, keep: bool = False) -> list[Element]:
    """The table without its caption; more than one for a table too wide for Word.

    ``keep`` holds its last row together with the paragraph that follows.
    """
    made = []
    for first in range(0, max(block.columns, 1), MAX_COLUMNS):
        last = min(first + MAX_COLUMNS, block.columns)
        made.append(_Table(block, context, first, last, keep).element())
    return made


class _Table:
    def __init__(self, block: RTable, context: Context, first: int, last: int, keep: bool) -> None:
        self.block, self.context = block, context
        self.first, self.last = first, max(last, first + 1)
        self.look: TableLook = context.style.table
        self.keep = keep
        shares = column_widths(block)[first : self.last] or (1.0,)
        width = mm(context.width)
        self.widths = [max(1, int(width * share / sum(shares))) for share in shares]
        self.widths[-1] += width - sum(self.widths)
        self.properties: dict[tuple[object, ...], Element] = {}

    def element(self) -> Element:
        block = self.block
        rows = _slots(block, self.first, self.last)
        made = el(
            "w:tbl",
            None,
            el(
                "w:tblPr",
                None,
                val("w:tblStyle", "ReportTable"),
                el("w:tblW", {"w": sum(self.widths), "type": "dxa"}),
                val("w:jc", "center"),
                el("w:tblLayout", {"type": "fixed"}),
                el("w:tblLook", {"val": "0620", **_LOOK}),
                val("w:tblCaption", clean(block.caption.text)[:200])
                if block.caption.text
                else None,
            ),
            el("w:tblGrid", None, *[el("w:gridCol", {"w": width}) for width in self.widths]),
        )
        together = len(rows) <= _KEEP_ROWS
        repeat = self._header_fits(rows)
        for index, slots in enumerate(rows):
            header = index < block.header_rows
            last = index == len(rows) - 1
            leads = block.row_kinds[index] == "group"
            keep_next = self.keep if last else (header or together or leads)
            made.append(self._row(index, slots, header and repeat, keep_next))
        return made

    def _header_fits(self, rows: Sequence[Sequence[Slot]]) -> bool:
        """A header taller than part of a page cannot be repeated."""
        header = rows[: self.block.header_rows]
        return len(header) < len(rows) and sum(map(self._lines, header)) <= _HEADER_LINES

    def _lines(self, slots: Sequence[Slot]) -> int:
        """About how many lines the tallest cell of a row takes."""
        size = self.context.style.texts["table"].size
        tallest = 1
        for column, span, cell in slots:
            if cell is None:
                continue
            width = sum(self.widths[column - self.first : column - self.first + span]) / 20
            text = "".join(run.text for run in cell.runs)
            tallest = max(tallest, math.ceil(units(text) * size / 2 / max(width - 8, size)))
        return tallest

    def _row(self, index: int, slots: Sequence[Slot], repeat: bool, keep: bool) -> Element:
        unbroken = self._lines(slots) <= _UNBROKEN_LINES
        row = el("w:tr")
        if unbroken or repeat:
            row.append(
                el(
                    "w:trPr",
                    None,
                    el("w:cantSplit") if unbroken else None,
                    el("w:tblHeader") if repeat else None,
                )
            )
        kind = self.block.row_kinds[index]
        ends_header = index == self.block.header_rows - 1
        for column, span, cell in slots:
            row.append(self._cell(kind, ends_header, column, span, cell, keep))
        return row

    def _cell(
        self, kind: str, ends_header: bool, column: int, span: int, cell: RCell | None, keep: bool
    ) -> Element:
        tall = cell is not None and cell.rowspan > 1
        merge = "restart" if tall else "continue" if cell is None else ""
        if cell is not None and tall and cell.row + cell.rowspan == self.block.header_rows:
            ends_header = True
        properties = self._cell_properties(kind, ends_header, column, span, merge)
        made = el("w:tc", None, copy(properties))
        long = cell is not None and kind != "header" and is_long(cell)
        paragraph = el("w:p", None, copy(self._paragraph_properties(kind, long, keep)))
        if cell is not None:
            paragraph.extend(inline(cell.runs, self.context))
        made.append(paragraph)
        return made

    def _cell_properties(
        self, kind: str, ends_header: bool, column: int, span: int, merge: str
    ) -> Element:
        key = ("cell", kind, ends_header, column, span, merge)
        if key not in self.properties:
            start = column - self.first
            fill = {"header": self.look.header_fill, "group": self.look.group_fill}.get(kind)
            three = self.look.rules == "three-line"
            rules = [border("top", self.look.line)] if three and kind == "total" else []
            rules += [border("bottom", self.look.line)] if three and ends_header else []
            self.properties[key] = el(
                "w:tcPr",
                None,
                el("w:tcW", {"w": sum(self.widths[start : start + span]), "type": "dxa"}),
                val("w:gridSpan", span) if span > 1 else None,
                val("w:vMerge", merge) if merge else None,
                el("w:tcBorders", None, *rules) if rules else None,
                shading(fill) if fill else None,
                val("w:vAlign", "center"),
            )
        return self.properties[key]

    def _paragraph_properties(self, kind: str, long: bool, keep: bool) -> Element:
        key = ("paragraph", kind, long, keep)
        if key not in self.properties:
            style = "TableHeader" if kind in ("header", "group") else "TableText"
            self.properties[key] = el(
                "w:pPr",
                None,
                val("w:pStyle", style),
                el("w:keepNext") if keep else None,
                val("w:jc", "both" if self.look.long == "justify" else "left") if long else None,
            )
        return self.properties[key]


_LOOK = {
    "firstRow": 1,
    "lastRow": 0,
    "firstColumn": 0,
    "lastColumn": 0,
    "noHBand": 1,
    "noVBand": 1,
}
_EMPTY = RCell(row=0, column=0)
"""Fills a place of the grid that no cell covers."""


def _slots(block: RTable, first: int, last: int) -> list[list[Slot]]:
    """The cells of columns ``first`` to ``last`` by rows, every place of the grid filled once."""
    rows = len(block.row_kinds)
    grid: list[dict[int, Slot]] = [{} for _ in range(rows)]
    taken: list[set[int]] = [set() for _ in range(rows)]
    for cell in block.cells:
        start, end = max(cell.column, first), min(cell.column + cell.colspan, last)
        if end <= start or not 0 <= cell.row < rows:
            continue
        for row in range(cell.row, min(cell.row + cell.rowspan, rows)):
            covered = set(range(start, end))
            if covered & taken[row]:
                continue
            taken[row] |= covered
            grid[row][start] = (start, end - start, cell if row == cell.row else None)
    for row in range(rows):
        for column in range(first, last):
            if column not in taken[row]:
                grid[row][column] = (column, 1, _EMPTY)
    return [[slots[column] for column in sorted(slots)] for slots in grid]
