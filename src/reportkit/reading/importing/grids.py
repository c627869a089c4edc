"""Lines of a table → rows of cells, as far as the lines still show them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from .pieces import Piece
from .regions import numeric
from .stream import Grid

_PARTS = re.compile(r"\S+")
_RULE = re.compile(r"[|:\-\s]+")
_OPENS = "（(【["
_MOST_COLUMNS = 60

Row = list[Piece]


@dataclass(frozen=True, slots=True)
class Rows:
    """Cells by row; ``^^`` and ``<<`` join as in the model. ``rebuilt`` is False where the lines
    could not be told into cells and each is a row of its own.
    """

    rows: list[Row]
    header: int
    rebuilt: bool = True
    left: tuple[Piece, ...] = ()


def from_grid(grid: Grid) -> Rows:
    """The rows of a table of the source."""
    nothing = Piece("", ((0, grid.place),))
    rows: list[Row] = [[nothing] * grid.columns for _ in range(grid.rows)]
    for cell in grid.cells:
        for r in range(cell.row, min(cell.row + cell.rowspan, grid.rows)):
            for c in range(cell.column, min(cell.column + cell.colspan, grid.columns)):
                mark = "<<" if c > cell.column else "^^" if r > cell.row else ""
                rows[r][c] = Piece(mark, ((0, cell.place),)) if mark else Piece.of(cell)
    header = _header_of(rows) if grid.header_rows is None else grid.header_rows
    return Rows(rows, min(header, 5))


def from_lines(lines: Sequence[Piece]) -> Rows:
    """The rows that lines of text show: parted by pipes, by tabs, or by blanks."""
    if sum(line.text.startswith("|") for line in lines) * 2 > len(lines):
        return _piped(lines)
    if any("\t" in line.text for line in lines):
        rows = _square([_split(line, "\t") for line in lines])
        return _joined_header(Rows(rows, _header_of(rows)))
    return _blank_parted(lines) or Rows([[line] for line in lines], 0, rebuilt=False)


def _split(line: Piece, separator: str) -> Row:
    row, start = [], 0
    while (end := line.text.find(separator, start)) >= 0:
        row.append(line.cut(start, end).strip())
        start = end + 1
    return [*row, line.cut(start).strip()]


def _square(rows: list[Row]) -> list[Row]:
    """Rows of one length, filled up with empty cells."""
    columns = max(map(len, rows))
    return [[*row, *[_empty(row[-1])] * (columns - len(row))] for row in rows]


def _empty(near: Piece) -> Piece:
    return Piece("", ((0, near.place),))


def _piped(lines: Sequence[Piece]) -> Rows:
    rows: list[Row] = []
    left: list[Piece] = []
    header = 0
    for line in lines:
        if _RULE.fullmatch(line.text) and "-" in line.text:
            header = header or len(rows)
            left.append(line)
            continue
        inner = line.cut(1) if line.text.startswith("|") else line
        row = _split(inner, "|")
        rows.append(row[:-1] if len(row) > 1 and not row[-1] else row)
        left += (line.cut(i, i + 1) for i, char in enumerate(line.text) if char == "|")
    rows = _square(rows) if rows else []
    return Rows(rows, min(header, 5) if header else _header_of(rows), left=tuple(left))


def _header_of(rows: list[Row]) -> int:
    """How many rows stand above the first one with a number behind its name."""
    if len(rows) < 2:
        return 0
    for index, row in enumerate(rows):
        values = [cell.text for cell in row[1:] if cell]
        if any(map(numeric, values)):
            return min(index, 3)
    return 1


def _joined_header(table: Rows) -> Rows:
    """Empty cells of a header of two rows join with the label above them or to their left."""
    if table.header != 2:
        return table
    top, below = ([*row] for row in table.rows[:2])
    for column in range(len(top)):
        if not below[column] and top[column]:
            below[column] = Piece("^^", below[column].steps)
        elif below[column] and not top[column] and column:
            top[column] = Piece("<<", top[column].steps)
    return Rows([top, below, *table.rows[2:]], 2)


def _blank_parted(lines: Sequence[Piece]) -> Rows | None:
    """Rows parted by blanks: as many cells as most rows with numbers have."""
    split = [[line.cut(*found.span()) for found in _PARTS.finditer(line.text)] for line in lines]
    data = [i for i, row in enumerate(split) if len(row) >= 2 and _has_number(row)]
    if not data:
        return None
    counts = Counter(len(split[i]) for i in data)
    columns = max(counts, key=lambda size: (counts[size], size))
    first = next(i for i in data if len(split[i]) == columns)
    if columns > _MOST_COLUMNS or any(len(row) != columns for row in split[first:]):
        return None
    header = _header(
        [cell for row in split[:first] for cell in row],
        columns,
        [row for row in split[:first] if len(row) == columns],
    )
    return Rows([*header, *split[first:]], len(header)) if header is not None else None


def _has_number(row: Row) -> bool:
    return any(numeric(cell.text) for cell in row[1:])


def _header(cells: list[Piece], columns: int, whole: list[Row]) -> list[Row] | None:
    """The header rows that fragments of labels make; None if they do not fit the columns."""
    if not cells:
        return []
    merged = _with_brackets(cells)
    if len(merged) == columns:
        return [merged]
    if len(whole) * columns == len(cells):
        return whole
    return _two_rows(merged, columns)


def _with_brackets(cells: list[Piece]) -> list[Piece]:
    """Fragments that begin with a bracket belong to the label before them."""
    made: list[Piece] = []
    for cell in cells:
        if made and cell.text[0] in _OPENS:
            made[-1] = made[-1] + cell
        else:
            made.append(cell)
    return made


def _two_rows(cells: list[Piece], columns: int) -> list[Row] | None:
    """A stub, group labels, and under each group the same labels again."""
    for size in range(2, columns):
        groups, odd = divmod(columns - 1, size)
        below = cells[-(columns - 1) :]
        above = cells[: -(columns - 1)]
        if odd or groups < 2 or len(above) < groups + 1:
            continue
        texts = [cell.text for cell in below]
        if texts != texts[:size] * groups or (len(above) - 1) % groups:
            continue
        each = (len(above) - 1) // groups
        row: Row = [above[0]]
        for group in range(groups):
            label = above[1 + group * each]
            for more in above[2 + group * each : 1 + (group + 1) * each]:
                label = label + more
            row += [label, *(Piece("<<", label.steps[:1]) for _ in range(size - 1))]
        return [row, [Piece("^^", above[0].steps[:1]), *below]]
    return None
