"""Ruled tables: the lines that a page draws → cells with their spans."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .drawings import is_chart
from .paths import Bounds, Path

_NEAR = 2.0
_SHORTEST = 8.0
_MOST_LINES = 4000

Line = tuple[float, float, float]
"""Where it is, and from where to where it goes: (y, x0, x1) or (x, y0, y1)."""


@dataclass(frozen=True, slots=True)
class Box:
    """A cell: rows and columns from 0, and its box on the page."""

    row: int
    column: int
    rowspan: int
    colspan: int
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Lattice:
    """A ruled table. ``xs`` are its vertical lines, by which parts on two pages are known."""

    boxes: tuple[Box, ...]
    xs: tuple[float, ...]
    ys: tuple[float, ...]

    @property
    def top(self) -> float:
        """The upper edge."""
        return self.ys[0]

    @property
    def bounds(self) -> Bounds:
        """Left, bottom, right, top."""
        return self.xs[0], self.ys[-1], self.xs[-1], self.ys[0]


def lattices(drawn: Sequence[Path]) -> list[Lattice]:
    """The ruled tables of a page from top to bottom; single frames are none."""
    flat, upright = _lines(drawn)
    if len(flat) < 2 or len(upright) < 2 or len(flat) + len(upright) > _MOST_LINES:
        return []
    made = [_lattice(*group) for group in _groups(_merged(flat), _merged(upright))]
    found = (m for m in made if m and len(m.boxes) > 1 and not is_chart(_inside(m, drawn)))
    return sorted(found, key=lambda m: -m.top)


def _inside(lattice: Lattice, drawn: Sequence[Path]) -> list[Path]:
    x0, y0, x1, y1 = lattice.bounds
    return [
        path
        for path in drawn
        if path.bounds[0] >= x0 - 1
        and path.bounds[2] <= x1 + 1
        and path.bounds[1] >= y0 - 1
        and path.bounds[3] <= y1 + 1
    ]


def _lines(drawn: Sequence[Path]) -> tuple[list[Line], list[Line]]:
    """Horizontal and vertical lines: thin paths, and the edges of others that are stroked."""
    flat: list[Line] = []
    upright: list[Line] = []
    for path in drawn:
        x0, y0, x1, y1 = path.bounds
        if path.flat and x1 - x0 >= _SHORTEST:
            flat.append(((y0 + y1) / 2, x0, x1))
        elif path.upright and y1 - y0 >= _SHORTEST / 2:
            upright.append(((x0 + x1) / 2, y0, y1))
        elif path.frame and x1 - x0 >= _SHORTEST and y1 - y0 >= _SHORTEST:
            flat += [(y0, x0, x1), (y1, x0, x1)]
            upright += [(x0, y0, y1), (x1, y0, y1)]
    return flat, upright


def _merged(lines: list[Line]) -> list[Line]:
    """Lines on top of each other and end to end are one."""
    made: list[Line] = []
    for at, start, end in sorted(lines, key=lambda line: (round(line[0] / _NEAR), line[1])):
        if made:
            last_at, last_start, last_end = made[-1]
            if abs(at - last_at) <= _NEAR and start <= last_end + _NEAR:
                made[-1] = (last_at, last_start, max(last_end, end))
                continue
        made.append((at, start, end))
    return made


def _groups(flat: list[Line], upright: list[Line]) -> Iterator[tuple[list[Line], list[Line]]]:
    """Lines that touch each other, however far around."""
    parent = list(range(len(flat) + len(upright)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for i, (y, x0, x1) in enumerate(flat):
        for j, (x, y0, y1) in enumerate(upright):
            if x0 - _NEAR <= x <= x1 + _NEAR and y0 - _NEAR <= y <= y1 + _NEAR:
                parent[root(i)] = root(len(flat) + j)
    found: dict[int, tuple[list[Line], list[Line]]] = {}
    for index in range(len(parent)):
        group = found.setdefault(root(index), ([], []))
        if index < len(flat):
            group[0].append(flat[index])
        else:
            group[1].append(upright[index - len(flat)])
    yield from found.values()


def _lattice(flat: list[Line], upright: list[Line]) -> Lattice | None:
    ys = _positions(line[0] for line in flat)[::-1]
    xs = _positions(line[0] for line in upright)
    if len(xs) < 2 or len(ys) < 2:
        return None
    taken: set[tuple[int, int]] = set()
    boxes: list[Box] = []
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            if (row, column) in taken:
                continue
            width, height = 1, 1
            middle = (ys[row] + ys[row + 1]) / 2
            while column + width < len(xs) - 1 and not _crosses(
                upright, xs[column + width], middle
            ):
                width += 1
            center = (xs[column] + xs[column + 1]) / 2
            while row + height < len(ys) - 1 and not _crosses(flat, ys[row + height], center):
                height += 1
            cells = {(row + r, column + c) for r in range(height) for c in range(width)}
            if cells & taken:
                cells, width, height = {(row, column)}, 1, 1
            taken |= cells
            boxes.append(
                Box(row, column, height, width, xs[column], ys[row + height],
                    xs[column + width], ys[row])
            )  # fmt: skip
    return Lattice(tuple(boxes), tuple(xs), tuple(ys))


def _positions(values: Iterator[float]) -> list[float]:
    """Different places, from low to high."""
    made: list[float] = []
    for value in sorted(values):
        if not made or value - made[-1] > _NEAR:
            made.append(value)
    return made


def _crosses(lines: Sequence[Line], at: float, other: float) -> bool:
    """Whether a line at ``at`` passes the place ``other``."""
    return any(
        abs(line[0] - at) <= _NEAR and line[1] - 0.5 <= other <= line[2] + 0.5 for line in lines
    )


def box_at(lattice: Lattice, x: float, y: float) -> Box | None:
    """The cell in which a point lies."""
    if not lattice.xs[0] - 1 <= x <= lattice.xs[-1] + 1:
        return None
    if not lattice.ys[-1] - 1 <= y <= lattice.ys[0] + 1:
        return None
    column = min(max(bisect_right(lattice.xs, x) - 1, 0), len(lattice.xs) - 2)
    rising = lattice.ys[::-1]
    row = len(rising) - 2 - min(max(bisect_right(rising, y) - 1, 0), len(rising) - 2)
    for box in lattice.boxes:
        if (
            box.row <= row < box.row + box.rowspan
            and box.column <= column < box.column + box.colspan
        ):
            return box
    return None
