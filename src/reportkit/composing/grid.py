"""Rows of cells → a grid with spans; long tables folded into columns side by side.

``^^`` joins a cell with the one above, ``<<`` with the one to the left. What is joined must be a
rectangle that does not reach from the header into the body; otherwise the part of it that is one,
counted from its first cell, is joined, and the rest stays empty.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from reportkit.model.base import Place

ABOVE, LEFT = "^^", "<<"


class Cell(NamedTuple):
    """A cell as written, or as computed: then ``computed``, and the text is no Markdown."""

    text: str
    place: Place | None = None
    exact: bool = False
    computed: bool = False


@dataclass(slots=True)
class Span:
    """A cell in the grid: where it begins, and how far it reaches."""

    row: int
    column: int
    cell: Cell
    rows: int = 1
    columns: int = 1


Rows = list[list[Cell]]
_EMPTY = Cell("")


def square(rows: Rows) -> Rows:
    """The rows with empty cells added so that all are as long as the longest."""
    columns = max((len(row) for row in rows), default=0) or 1
    return [row + [_EMPTY] * (columns - len(row)) for row in rows] or [[_EMPTY]]


def fold(rows: Rows, header: int, times: int) -> Rows:
    """A long table as ``times`` groups of columns side by side, each under the same header.

    Cells joined across the end of a group are parted: the text is repeated.
    """
    heads, body = rows[:header], rows[header:]
    columns = len(rows[0])
    height = -(-len(body) // times)
    folded = [row * times for row in heads]
    for offset in range(height):
        line: list[Cell] = []
        for group in range(times):
            index = group * height + offset
            row = body[index] if index < len(body) else [_EMPTY] * columns
            if not offset and index < len(body):
                row = [_above(body, index, column) for column in range(columns)]
            line += row if group == 0 else [_unjoined(row[0]), *row[1:]]
        folded.append(line)
    return folded


def _above(body: Rows, index: int, column: int) -> Cell:
    """The cell that a ``^^`` at the top of a group continues."""
    while index and body[index][column].text.strip() == ABOVE:
        index -= 1
    return body[index][column]


def _unjoined(cell: Cell) -> Cell:
    """A first cell of a group never joins with the group to the left."""
    return cell._replace(text="") if cell.text.strip() == LEFT else cell


def merge(rows: Rows, header: int) -> list[Span]:
    """The cells that print, in reading order."""
    owners = _owners(rows, header)
    spans: list[Span] = []
    covered: set[tuple[int, int]] = set()
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            if (row, column) in covered:
                continue
            if owners.get((row, column), (row, column)) != (row, column) or _joins(cell):
                spans.append(Span(row, column, cell._replace(text="")))
                continue
            span = _reach(Span(row, column, cell), owners, rows) if owners else None
            spans.append(span or Span(row, column, cell))
            if span is not None and (span.rows, span.columns) != (1, 1):
                covered.update(_cells(span))
    return spans


def _joins(cell: Cell) -> bool:
    return not cell.computed and cell.text.strip() in (ABOVE, LEFT)


def _owners(rows: Rows, header: int) -> dict[tuple[int, int], tuple[int, int]]:
    """For each joined cell the cell that it belongs to."""
    owners: dict[tuple[int, int], tuple[int, int]] = {}
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            mark = cell.text.strip() if _joins(cell) else ""
            if mark == LEFT and column:
                before = (row, column - 1)
            elif mark == ABOVE and row and row != header:
                before = (row - 1, column)
            else:
                continue
            owners[row, column] = owners.get(before, before)
    return owners


def _reach(span: Span, owners: dict[tuple[int, int], tuple[int, int]], rows: Rows) -> Span:
    """The span made as wide, then as high, as the cells that belong to it allow."""
    own = (span.row, span.column)

    def belongs(row: int, column: int) -> bool:
        return owners.get((row, column)) == own

    columns = 1
    while belongs(span.row, span.column + columns):
        columns += 1
    height = 1
    while all(
        belongs(span.row + height, column) for column in range(span.column, span.column + columns)
    ):
        height += 1
    return replace(span, rows=height, columns=columns)


def _cells(span: Span) -> Sequence[tuple[int, int]]:
    return [
        (row, column)
        for row in range(span.row, span.row + span.rows)
        for column in range(span.column, span.column + span.columns)
    ]
