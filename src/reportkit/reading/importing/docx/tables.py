"""Tables: rows as they stand in the XML → a grid in which every position is covered once."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reportkit.model.base import Place

from ..stream import Cell, Grid, Item, Text
from .inline import DELETED
from .names import (
    ALTERNATE,
    PPR,
    SDT,
    SDT_CONTENT,
    TBL,
    TC,
    TR,
    VAL,
    Element,
    W,
    branch,
    number,
    on,
    value,
)
from .texts import Joined, lines, numbered

if TYPE_CHECKING:
    from .body import Story

CELL_LIMIT = 200_000
"""Cells that are read of one table."""
COLUMN_LIMIT = 200
"""Columns that a table may have (Word allows 63)."""
_ROW_PROPERTIES, _CELL_PROPERTIES = W + "trPr", W + "tcPr"


@dataclass(slots=True)
class _Cell:
    """A cell as it stands in a row. ``merge`` is ``restart``, ``continue`` or nothing."""

    element: Element | None
    row: int
    column: int
    colspan: int = 1
    rowspan: int = 1
    merge: str = ""


@dataclass(slots=True)
class _Rows:
    """The rows that were found, and the cells by their upper left position."""

    cells: dict[tuple[int, int], _Cell] = field(default_factory=dict)
    rows: int = 0
    columns: int = 0
    headers: int = 0


def read(table: Element, story: "Story") -> list[Item]:
    """The items of a table: its grid, then what is anchored in its cells.

    A table of a single cell is a frame around paragraphs; they come as boxed items.
    """
    found = _rows(table, story)
    if not found.cells:
        return []
    if found.rows == found.columns == 1:
        element = found.cells[0, 0].element
        return [] if element is None else story.inner(boxed=True).read(element).items
    _merge(found, story)
    return _grid(table, found, story)


def _rows(table: Element, story: "Story") -> _Rows:
    made = _Rows()
    for row in _inside(table, TR):
        properties = row.find(_ROW_PROPERTIES)
        if properties is not None and properties.find(W + "del") is not None:
            for cell in _inside(row, TC):
                story.inner(skip=DELETED).read(cell)
            continue
        if made.rows * max(1, made.columns) >= CELL_LIMIT:
            story.inner(skip="过大的表格的后半部分").read(row)
            story.document.note("table")
            continue
        column = min(_of_row(properties, "gridBefore"), COLUMN_LIMIT)
        for cell in _inside(row, TC):
            column = _add(made, cell, column, story)
        made.columns = max(made.columns, column)
        if made.headers == made.rows and properties is not None:
            made.headers += on(properties.find(W + "tblHeader"))
        made.rows += 1
    return made


def _add(made: _Rows, cell: Element, column: int, story: "Story") -> int:
    """Enter a cell at ``column``; give the column behind it."""
    properties = cell.find(_CELL_PROPERTIES)
    if properties is not None and properties.find(W + "cellDel") is not None:
        story.inner(skip=DELETED).read(cell)
        return column
    room = min(COLUMN_LIMIT, max(1, 2 * CELL_LIMIT // (made.rows + 1)))
    if column >= room:
        story.inner(skip="过宽的表格的后几列").read(cell)
        story.document.note("table")
        return column
    span = max(1, number(value(properties, W + "gridSpan"), 1))
    span = min(span, room - column)
    sideways = _merge_kind(properties, "hMerge")
    before = _left_of(made, column) if sideways == "continue" else None
    if before is not None:
        before.colspan += span
        story.inner(skip="被合并的单元格").read(cell)
    else:
        made.cells[made.rows, column] = _Cell(
            cell, made.rows, column, span, merge=_merge_kind(properties, "vMerge")
        )
    return column + span


def _left_of(made: _Rows, column: int) -> _Cell | None:
    """The cell before ``column`` in the row that is being read."""
    for at in range(column - 1, -1, -1):
        if (made.rows, at) in made.cells:
            return made.cells[made.rows, at]
    return None


def _merge_kind(properties: Element | None, name: str) -> str:
    found = None if properties is None else properties.find(W + name)
    return "" if found is None else found.get(VAL, "continue")


def _of_row(properties: Element | None, name: str) -> int:
    return max(0, number(value(properties, W + name)))


def _inside(parent: Element, wanted: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, through content controls and the like."""
    for child in parent:
        if child.tag == wanted:
            yield child
        elif child.tag == SDT:
            content = child.find(SDT_CONTENT)
            if content is not None:
                yield from _inside(content, wanted)
        elif child.tag == ALTERNATE:
            chosen = branch(child)
            if chosen is not None:
                yield from _inside(chosen, wanted)
        elif child.tag not in (TBL, TR, TC, PPR):
            yield from _inside(child, wanted)


def _merge(found: _Rows, story: "Story") -> None:
    """Let cells that continue the one above be part of it; what they hide is set aside."""
    above: dict[int, _Cell] = {}
    for (row, column), cell in sorted(found.cells.items()):
        first = above.get(column)
        if cell.merge == "continue" and first is not None and _continues(first, cell):
            first.rowspan += 1
            del found.cells[row, column]
            if cell.element is not None:
                story.inner(skip="被合并的单元格").read(cell.element)
        else:
            above[column] = cell


def _continues(first: _Cell, cell: _Cell) -> bool:
    level = first.row + first.rowspan == cell.row and first.colspan == cell.colspan
    return level and first.merge == "restart"


def _grid(table: Element, found: _Rows, story: "Story") -> list[Item]:
    default = story.part.where(next(table.iter(W + "p"), table), story.cell)
    cells: list[Cell] = []
    behind: list[Item] = []
    _fill(found)
    for (row, column), cell in sorted(found.cells.items()):
        text, rest = _content(cell, story, default)
        behind += rest
        made = Cell(text.text, row, column, text.place, cell.rowspan, cell.colspan, text.spans)
        cells.append(made)
    place = cells[0].place.model_copy(update={"column": None, "cell": None, "steps": ()})
    grid = Grid(
        tuple(cells),
        found.rows,
        found.columns,
        place,
        header_rows=found.headers or None,
        widths=_widths(table, found.columns),
        key=story.key,
    )
    return [grid, *behind]


def _fill(found: _Rows) -> None:
    """Cover what no cell covers: rows may be of unequal length."""
    covered = {
        (cell.row + down, cell.column + right)
        for cell in found.cells.values()
        for down in range(cell.rowspan)
        for right in range(cell.colspan)
    }
    for row in range(found.rows):
        for column in range(found.columns):
            if (row, column) not in covered:
                found.cells[row, column] = _Cell(None, row, column)


def _content(cell: _Cell, story: "Story", default: Place) -> tuple[Joined, list[Item]]:
    """The text of a cell, and what follows behind the table."""
    name = f"r{cell.row + 1}c{cell.column + 1}"
    name = f"{story.cell} {name}" if story.cell else name
    place = default.model_copy(update={"cell": name, "column": None})
    if cell.element is None:
        return Joined("", (), place), []
    items = story.inner(boxed=False, cell=name).read(cell.element).items
    first = next(cell.element.iter(W + "p"), None)
    if first is not None:
        place = story.part.where(first, name).model_copy(update={"column": 1})
    texts: list[Joined] = []
    behind: list[Item] = []
    for item in items:
        if isinstance(item, Text) and not item.boxed:
            texts.append(numbered(Joined(item.text, item.spans, item.place), item.number))
        elif isinstance(item, Grid):
            texts += _as_lines(item)
        else:
            behind.append(item)
    return lines(texts, place), behind


def _as_lines(grid: Grid) -> Iterator[Joined]:
    """The rows of a table in a cell, cells parted by tabs."""
    for row in range(grid.rows):
        parts = [cell for cell in grid.cells if cell.row == row]
        joined = Joined("", (), parts[0].place if parts else grid.place)
        made = lines([Joined(c.text, c.spans, c.place) for c in parts], joined.place)
        if made.text.strip():
            yield Joined(made.text.replace("\n", "\t"), made.spans, made.place)


def _widths(table: Element, columns: int) -> tuple[float, ...]:
    widths = [
        float(max(0, number(column.get(W + "w"))))
        for column in table.iterfind(f"{W}tblGrid/{W}gridCol")
    ]
    return tuple(widths) if len(widths) == columns and all(widths) else ()
