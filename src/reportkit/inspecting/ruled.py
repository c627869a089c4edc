"""Where the tables of a page stand, told by their rules; whatever the size of their type.

Programs draw the frame of a table as hairlines, as boxes of rows, or as both. All edges that are
long enough count as rules; between two of them is a row if text stands side by side there, or a
vertical rule runs through.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .measured import Line, Sheet

Box = tuple[float, float, float, float]
_HAIR, _NEAR = 3.0, 2.0
"""Points up to which a box is a line, and two rules are one."""
_WIDE, _HEAD = 0.25, 0.93
"""Share of the page that a rule is wide, and height above which it belongs to the running head."""


def tables(sheet: Sheet) -> list[Box]:
    """The areas of tables: left, bottom, right, top, in points."""
    rules = _rules(sheet)
    uprights = [box for box in sheet.shapes if box[2] - box[0] < _HAIR < box[3] - box[1]]
    found: list[Box] = []
    for (above, left, right), (below, other_left, other_right) in pairwise(rules):
        left, right = min(left, other_left), max(right, other_right)
        inside = [
            line for line in sheet.text
            if below - _NEAR <= _middle(line) <= above + _NEAR and left < line.right
            and line.left < right
        ]  # fmt: skip
        through = any(
            left + _HAIR < box[0] < right - _HAIR
            and min(box[3], above) - max(box[1], below) > 0.6 * (above - below)
            for box in uprights
        )
        if inside and (through or _beside(inside)):
            if found and abs(found[-1][1] - above) < _NEAR:
                last = found.pop()
                left, right, above = min(left, last[0]), max(right, last[2]), last[3]
            found.append((left, below, right, above))
    return found


def within(line: Line, areas: Sequence[Box]) -> bool:
    """Whether a line stands in one of the areas."""
    middle = _middle(line)
    return any(
        left - _NEAR <= line.left and line.right <= right + line.size and bottom <= middle <= top
        for left, bottom, right, top in areas
    )


def _middle(line: Line) -> float:
    return (line.top + line.bottom) / 2


def _beside(lines: Sequence[Line]) -> bool:
    """Whether most lines stand side by side."""
    level = [
        sum(abs(line.bottom - other.bottom) < 3 for other in lines[:60]) for line in lines[:60]
    ]
    return sum(count > 1 for count in level) * 2 > len(level)


def _rules(sheet: Sheet) -> list[tuple[float, float, float]]:
    """(height, left, right) of every rule of a page, from top to bottom."""
    rules: list[list[float]] = []
    for y, left, right in sorted(_edges(sheet), reverse=True):
        if rules and rules[-1][0] - y < _NEAR:
            rules[-1][1:] = min(rules[-1][1], left), max(rules[-1][2], right)
        else:
            rules.append([y, left, right])
    wide = _WIDE * sheet.width
    return [(y, a, b) for y, a, b in rules if b - a > wide and y < _HEAD * sheet.height]


def _edges(sheet: Sheet) -> Iterator[tuple[float, float, float]]:
    for left, bottom, right, top in sheet.shapes:
        if right - left < 2 * _HAIR:
            continue
        yield top, left, right
        if top - bottom > _HAIR:
            yield bottom, left, right
