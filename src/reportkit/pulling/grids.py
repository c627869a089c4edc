"""Tables: changed cells, rows that were added or taken away, and what else became of a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from reportkit.model.blocks import Table
from reportkit.model.report import RTable
from reportkit.reading.importing.inline import escape
from reportkit.reading.importing.stream import Cell, Grid
from reportkit.reading.pipe_table import MERGES

from .origin import Origin, Slot
from .units import NOTE, cell_text

if TYPE_CHECKING:
    from .compare import Comparison

_DATA = "表中的数取自数据（{file}），请改数据"
_SHAPE = "表的行列或合并变了，而这张表由数据生成，请改数据"
_ALIKE = 50.0


def compare(work: Comparison, origin: Origin, old: Grid, new: Grid) -> None:
    """Carry over what was changed in a table."""
    printed, table = origin.printed, origin.block
    if not isinstance(printed, RTable) or not isinstance(table, Table):
        return
    plain = old.columns == new.columns and _plain_rows(old) and _plain_rows(new)
    if plain and not origin.protected and table.fold == 1:
        _rows(work, origin, table, old, new)
    elif _shape(old) == _shape(new):
        _cells(work, origin, old, new)
    elif origin.protected or table.fold > 1:
        _told(work, origin, "", "", "conflict", _SHAPE)
    else:
        _rebuild(work, origin, table, old, new)


def source_text(cell: Cell) -> str:
    """The text of a new cell as inline Markdown."""
    return unmerged(escape(cell_text(cell)[0].replace(NOTE, "").strip()))


def unmerged(text: str) -> str:
    """The text of a cell, so that it does not join with its neighbour."""
    return "\\" + text if text.strip() in MERGES else text


def numbers(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Rows of a chart as they are compared: 12 and 12.0 are the same."""
    return [[re.sub(r"\.0+$", "", cell.strip()) for cell in row] for row in rows]


def _shape(grid: Grid) -> list[tuple[int, int, int, int]]:
    return sorted((c.row, c.column, c.rowspan, c.colspan) for c in grid.cells)


def _cells(work: Comparison, origin: Origin, old: Grid, new: Grid) -> None:
    """Compare cell by cell two tables of one shape."""
    places = {(cell.row, cell.column): cell for cell in new.cells}
    for cell in old.cells:
        _cell(work, origin, cell, places[cell.row, cell.column])


def _words(cell: Cell) -> str:
    return "".join(cell_text(cell)[0].split())


def _told(
    work: Comparison,
    origin: Origin,
    old: str,
    new: str,
    state: str,
    reason: str,
    slot: Slot | None = None,
) -> None:
    block = origin.block
    place = slot.place if slot and slot.place else block.place if block else None
    work.tell("表格", block, place, old=old.replace(NOTE, ""), new=new.replace(NOTE, ""),
              state=state, reason=reason)  # fmt: skip


def _slot(work: Comparison, origin: Origin, cell: Cell) -> Slot | None:
    """The text of the cell that was built at a place."""
    printed, table = origin.printed, origin.block
    assert isinstance(printed, RTable)
    assert isinstance(table, Table)
    found = next((c for c in printed.cells if (c.row, c.column) == (cell.row, cell.column)), None)
    return work.origins.cell(table, found) if found else None


def _cell(work: Comparison, origin: Origin, old: Cell, new: Cell) -> None:
    if _words(old) == _words(new):
        return
    before, after = cell_text(old)[0], cell_text(new)[0]
    if origin.protected:
        _told(work, origin, before, after, "conflict", _DATA.format(file=origin.protected))
        return
    slot = _slot(work, origin, old)
    if slot is None:
        _told(work, origin, before, after, "left", "这一格由程序印出，请在报送件中改")
        return
    whole = Origin(origin.printed, origin.block, (slot,))
    work.merge((slot,), whole, before, after, cell_text(new)[1])


def _plain_rows(grid: Grid) -> bool:
    """Whether no cell reaches over several rows or columns."""
    return all(cell.rowspan == cell.colspan == 1 for cell in grid.cells)


def _by_row(grid: Grid) -> list[list[Cell]]:
    made: list[list[Cell]] = [[] for _ in range(grid.rows)]
    for cell in sorted(grid.cells, key=lambda c: (c.row, c.column)):
        made[cell.row].append(cell)
    return made


def _rows(work: Comparison, origin: Origin, table: Table, old: Grid, new: Grid) -> None:
    """Rows were added or taken away; the others are compared cell by cell."""
    first, second = _by_row(old), _by_row(new)
    paired = _paired(first, second)
    gone = [i for i in range(len(first)) if i not in paired.values()]
    if not gone and len(first) == len(second):
        _cells(work, origin, old, new)
        return
    lines = _lines(work, table)
    file = work.rewriter.file(table)
    if file is None or len(lines) != len(first) or min(gone, default=99) < table.header_rows:
        _rebuild(work, origin, table, old, new)
        return
    for i in gone:
        line = lines[i]
        file.replace(file.starts[line - 1], file.starts[line], "", 2)
        _told(work, origin, _line(first[i]), "", "apply", "")
    last = -1
    for j, row in enumerate(second):
        if j in paired:
            last = paired[j]
            for before, after in zip(first[last], row, strict=True):
                _cell(work, origin, before, after)
            continue
        at = lines[max(last, table.header_rows - 1, 0)] + (last < table.header_rows)
        inside = file.lines[at - 1][: len(file.lines[at - 1]) - len(file.lines[at - 1].lstrip())]
        text = " | ".join(source_text(c).replace("\n", " ").replace("|", "\\|") for c in row)
        file.replace(file.behind(at), file.behind(at), f"\n{inside}| {text} |", 1)
        _told(work, origin, "", _line(row), "apply", "")


def _lines(work: Comparison, table: Table) -> list[int]:
    """The line of each row of a pipe table; nothing for tables that are written otherwise."""
    file = work.rewriter.file(table)
    made: list[int] = []
    for row in range(len(table.rows)):
        place = table.place_of(f"rows.{row}.0")
        if file is None or place is None or place.line is None or place.line in made:
            return []
        if not file.lines[place.line - 1].lstrip().startswith("|"):
            return []
        made.append(place.line)
    return made


def _paired(old: Sequence[Sequence[Cell]], new: Sequence[Sequence[Cell]]) -> dict[int, int]:
    """Which row each new row was."""
    from rapidfuzz import fuzz

    before, after = ([[_words(c) for c in row] for row in rows] for rows in (old, new))
    made: dict[int, int] = {}
    matcher = SequenceMatcher(
        None, [tuple(r) for r in before], [tuple(r) for r in after], autojunk=False
    )
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal" or (tag == "replace" and i2 - i1 == j2 - j1):
            made |= dict(zip(range(j1, j2), range(i1, i2), strict=True))
        elif tag == "replace":
            at = i1
            for j in range(j1, j2):
                scores = {
                    i: fuzz.ratio("\t".join(before[i]), "\t".join(after[j])) for i in range(at, i2)
                }
                best = max(scores, key=lambda i: scores[i], default=-1)
                if best >= 0 and scores[best] >= _ALIKE:
                    made[j], at = best, best + 1
    return made


def _line(row: Sequence[Cell]) -> str:
    return " | ".join(cell_text(cell)[0] for cell in row)


def _rebuild(work: Comparison, origin: Origin, table: Table, old: Grid, new: Grid) -> None:
    """Write the rows anew as they stand; cells that are as they were keep their sources."""
    if origin.protected:
        _told(work, origin, "", "", "conflict", _SHAPE)
        return
    known: dict[str, str] = {}
    for cell in old.cells:
        slot = _slot(work, origin, cell)
        if slot is not None:
            known.setdefault(_words(cell), slot.text)
    rows = [["" for _ in range(new.columns)] for _ in range(new.rows)]
    for cell in new.cells:
        text = known.get(_words(cell))
        if text is None:
            text = source_text(cell)
        for row in range(cell.row, cell.row + cell.rowspan):
            for column in range(cell.column, cell.column + cell.colspan):
                above, left = row > cell.row, column > cell.column
                rows[row][column] = "<<" if left else "^^" if above else text
    changed = table.model_copy(update={"rows": tuple(map(tuple, rows)), "places": None})
    work.rewriter.block(table, changed)
    said = (f"{grid.rows} 行 {grid.columns} 列" for grid in (old, new))
    before, after = said
    _told(work, origin, before, after, "apply", "")
