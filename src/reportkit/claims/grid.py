"""A composed table as lines of cells, read the same way along rows and along columns.

Every rule about tables looks at *lines*: a row is a line of cells, a column is one too. What holds
for periods in columns with 增长量 at the right holds for periods in rows with 增长量 below.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from reportkit.model.base import Place
from reportkit.model.report import RTable, plain

from .cells import cell_value, is_missing, unit_of, with_unit
from .labels import Kind, Named, is_growth, is_ordinal, is_rate, named
from .quantity import Quantity, scan
from .units import Dimension

_COUNTED = re.compile("人次$|人数$|份数$|次数$")
_UNIT_HEADS = frozenset({"单位", "计量单位"})


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """A cell of the body. ``unit`` is what its labels say; ``value`` carries it, too."""

    row: int
    column: int
    text: str
    place: Place
    value: Quantity | None = None
    unit: str = ""
    own_unit: str = ""
    signed: bool = False

    @property
    def blank(self) -> bool:
        """Whether it holds nothing at all."""
        return not self.text

    @property
    def missing(self) -> bool:
        """Whether it has a sign that there is no value."""
        return is_missing(self.text)

    @property
    def percent(self) -> bool:
        """Whether its value is in per cent."""
        return self.value is not None and self.value.dimension is Dimension.PERCENT


@dataclass(eq=False)
class Line:
    """A row or a column of the body with its label. ``cells`` are in order of the cross lines."""

    index: int
    label: str
    path: tuple[str, ...]
    name: Named
    place: Place | None = None
    cells: list[Cell | None] = field(default_factory=list)

    @property
    def kind(self) -> Kind:
        """What it is."""
        return self.name.kind

    @property
    def numbers(self) -> list[Cell]:
        """Its cells that hold a number."""
        return [cell for cell in self.cells if cell is not None and cell.value is not None]

    @cached_property
    def units(self) -> frozenset[str]:
        """The units of its numbers."""
        return frozenset(cell.value.unit for cell in self.numbers if cell.value is not None)


class Grid:
    """A table: ``rows`` and ``columns`` are its lines of numbers, stubs and headers left out."""

    def __init__(self, table: RTable) -> None:
        self.table = table
        self.caption = plain(table.caption.title)
        self.place = table.place or Place()
        self.unit = (table.unit or "").removeprefix("单位：").removeprefix("单位:").strip()
        self._fill()
        self.header = table.header_rows or int(self._heads_itself())
        self._align_heads()
        self._unfold()
        self.heads = [self._head(column) for column in range(self.width)]
        self.stubs = self._stubs()
        self.rows, self.columns = self._lines()

    def _fill(self) -> None:
        table = self.table
        self.height, self.width = len(table.row_kinds), table.columns
        self.texts = [[""] * self.width for _ in range(self.height)]
        self.places: list[list[Place | None]] = [[None] * self.width for _ in range(self.height)]
        self.covered = [[False] * self.width for _ in range(self.height)]
        self.groups = {i for i, kind in enumerate(table.row_kinds) if kind == "group"}
        for cell in table.cells:
            text = plain(cell.runs).strip()
            for row in range(cell.row, min(self.height, cell.row + cell.rowspan)):
                for column in range(cell.column, min(self.width, cell.column + cell.colspan)):
                    self.texts[row][column] = text
                    self.covered[row][column] = (row, column) != (cell.row, cell.column)
            self.places[cell.row][cell.column] = cell.place or self.place

    def _heads_itself(self) -> bool:
        first = self.texts[0] if self.texts else []
        return bool(first) and not any(cell_value(text) for text in first[1:])

    def _align_heads(self) -> None:
        """Put the labels of a lower header row over the columns of numbers.

        Where a table was taken from plain text, its joined cells are lost and the labels below
        them stand too far left; there are as many as columns of numbers.
        """
        numbers = [column for column in range(self.width) if self._measured(column)]
        for row in range(1, min(self.header, self.height)):
            texts, covered = self.texts[row], self.covered[row]
            own = [c for c in range(self.width) if texts[c] and not covered[c]]
            if len(own) == len(numbers) and own == list(range(len(own))) and own != numbers:
                labels = [texts[column] for column in own]
                for column in own:
                    texts[column] = ""
                for column, label in zip(numbers, labels, strict=True):
                    texts[column] = label

    def _measured(self, column: int) -> bool:
        """Whether most cells of a column hold a number, or the sign that there is none."""
        body = [self.texts[row][column] for row in range(self.header, self.height)]
        return 2 * sum(cell_value(t) is not None or is_missing(t) for t in body) > len(body)

    def _unfold(self) -> None:
        """A long table printed in several columns side by side is one table again."""
        head = self.texts[: self.header]
        for parts in (4, 3, 2):
            size = self.width // parts
            if not head or self.width % parts or size < 2:
                continue
            first = [row[:size] for row in head]
            rest = [[row[i : i + size] for row in head] for i in range(size, self.width, size)]
            if all(block == first for block in rest) and not self._numeric(0):
                self._stack(parts, size)
                return

    def _stack(self, parts: int, size: int) -> None:
        for grid in (self.texts, self.places, self.covered):
            body = grid[self.header :]
            stacked = [row[i * size : (i + 1) * size] for i in range(parts) for row in body]
            grid[:] = [row[:size] for row in grid[: self.header]] + stacked  # type: ignore[assignment]
        self.height, self.width, self.groups = len(self.texts), size, set()

    def _head(self, column: int) -> tuple[str, ...]:
        labels = [self.texts[row][column] for row in range(min(self.header, self.height))]
        return tuple(dict.fromkeys(label for label in labels if label))

    def _numeric(self, column: int) -> bool:
        if is_ordinal(self.texts[self.header - 1][column] if self.header else ""):
            return False
        body = [self.texts[row][column] for row in range(self.header, self.height)]
        said = [text for text in body if text and not is_missing(text)]
        return sum(cell_value(text) is not None for text in said) * 2 > len(said)

    def _stubs(self) -> list[int]:
        found: list[int] = []
        for column in range(self.width):
            if self._numeric(column):
                break
            found.append(column)
        return found if 0 < len(found) < self.width else [0]

    def _lines(self) -> tuple[list[Line], list[Line]]:
        body = [row for row in range(self.header, self.height) if row not in self.groups]
        across = [c for c in range(self.width) if c not in self.stubs and not self._counts(c)]
        rows = [self._row(row) for row in body]
        columns = [
            Line(
                c, " ".join(self.heads[c]), self.heads[c], self._column_name(c), self._head_place(c)
            )
            for c in across
        ]
        for line in rows:
            for column in columns:
                cell = self._cell(line, column)
                line.cells.append(cell)
                column.cells.append(cell)
        return rows, columns

    def _counts(self, column: int) -> bool:
        head = self.heads[column]
        return bool(head) and (is_ordinal(head[-1]) or self._tells_units(column))

    def _tells_units(self, column: int) -> bool:
        return any(label in _UNIT_HEADS for label in self.heads[column])

    def _column_name(self, column: int) -> Named:
        path = self.heads[column]
        own = [named(each) for each in path]
        if len(own) < 2:
            return own[0] if own else named("")
        kind = own[-1].kind if own[-1].kind is not Kind.DATA else own[0].kind
        years = tuple(year for each in own for year in each.years)
        topic = " ".join(each.topic for each in own if each.topic)
        return Named(kind, years, topic)

    def _row(self, row: int) -> Line:
        labels = [
            self.texts[row][column]
            for column in self.stubs
            if not self._counts(column) or (len(self.stubs) == 1 and is_ordinal_year(self, column))
        ]
        path = tuple(dict.fromkeys(label for label in labels if label))
        names = [named(label) for label in path] or [named("")]
        special = next((n for n in reversed(names) if n.kind is not Kind.DATA), None)
        years = tuple(year for each in names for year in each.years)
        topic = " ".join(each.topic for each in names if each.topic)
        kind = special.kind if special else Kind.DATA
        if special and special.kind is Kind.CHANGE:
            topic = special.topic
        place = next((p for column in self.stubs if (p := self.places[row][column])), None)
        return Line(row, " ".join(path), path, Named(kind, years, topic), place)

    def _head_place(self, column: int) -> Place | None:
        places = [self.places[row][column] for row in range(min(self.header, self.height))]
        return next((place for place in reversed(places) if place is not None), None)

    def _cell(self, row: Line, column: Line) -> Cell | None:
        r, c = row.index, column.index
        if self.covered[r][c]:
            return None
        text = self.texts[r][c]
        found = cell_value(text)
        place = self.places[r][c] or self.place
        unit = self._unit(row, column)
        if found is None:
            return Cell(r, c, text, place, unit=unit)
        value = with_unit(found.quantity, unit)
        return Cell(r, c, text, place, value, unit, found.quantity.unit, found.signed)

    def _unit(self, row: Line, column: Line) -> str:
        change = next((line for line in (row, column) if line.kind is Kind.CHANGE), None)
        first, second = (row, column) if change is row else (column, row)
        labels = [*reversed(first.path), *reversed(second.path)]
        if change is not None and is_growth(change.label):
            labels = list(change.path)
        for label in labels:
            if found := unit_of(label) or ("%" if fold_percent(label) else ""):
                return found
        if change is not None:
            return ""
        counted = _counted(column.label)
        for stub in range(self.width):
            if self._tells_units(stub):
                return counted or self.texts[row.index][stub]
        if is_rate(row.label) or is_rate(column.label):
            return ""
        return unit_of(self.caption) or self.unit or counted

    @cached_property
    def has_numbers(self) -> bool:
        """Whether any of its cells holds a number."""
        return any(line.numbers for line in self.rows)

    @cached_property
    def computed(self) -> bool:
        """Whether its numbers come from the data, and not from the author's hand."""
        return any(run.value for cell in self.table.cells for run in cell.runs)

    @property
    def notes(self) -> str:
        """Caption and notes as one text."""
        return self.caption + " ".join(plain(note) for note in self.table.notes)


def _counted(label: str) -> str:
    """The unit that a label such as 调查人次 counts in."""
    found = _COUNTED.search(label)
    return "" if found is None else found[0] if found[0] == "人次" else found[0][0]


def fold_percent(label: str) -> bool:
    """Whether a label ends in a per cent sign without brackets."""
    return label.rstrip().endswith(("%", "％"))


def is_ordinal_year(grid: Grid, column: int) -> bool:
    """Whether a lone stub column names the years that its rows are about."""
    return any(named(grid.texts[row][column]).years for row in range(grid.header, grid.height))


def base_unit(unit: str) -> str:
    """The unit that a label's unit is counted in: 元 for 万元; nothing for what is no unit."""
    probe = scan(f"10{unit}")
    return probe[0].unit if probe else ""
