"""Charts and diagrams of a page: shapes close together with the labels in and around them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .chars import Char, Row, rows
from .paths import THIN, Bounds, Path

_APART = 18.0
"""Points that shapes of one chart are apart at most; lines of a grid may be further apart."""
_GRID_APART = 60.0
_MOST = 5000
_SHAPES = 3
_GRID = 4
"""Horizontal lines from which few bars suffice."""
_LEAST_WIDTH, _LEAST_HEIGHT = 100.0, 50.0
_LARGEST = 0.7
_LONGEST_LABEL = 24
_UNIT = 4
_SMALLER = 0.92
_BESIDE = re.compile(
    r"\s*(?:[图表][\s\d一-九]|案例|【|注[\d]*[：:]|说明[：:]|单位[：:]|(?:数据|资料)?来源[：:])"
)
"""What stands near a chart and belongs to the text: captions, notes, units."""


@dataclass(slots=True)
class Drawing:
    """A chart or diagram: its box and the text in it."""

    bounds: Bounds
    labels: list[Row]


@dataclass(slots=True)
class _Region:
    bounds: Bounds
    paths: list[Path]


def drawings(
    drawn: Sequence[Path],
    chars: Sequence[Char],
    tables: Sequence[Bounds],
    *,
    page: Bounds,
    em: float,
    body: float,
) -> tuple[list[Drawing], list[Char]]:
    """Charts and diagrams outside of tables, and the characters that are not in them.

    ``em`` is the usual width of a character, ``body`` the height of running text.
    """
    prose = [row for row in rows(chars, em) if _is_prose(row, body)]
    free = [
        path
        for path in drawn
        if not any(_within(path.bounds, table) for table in tables)
        and not (_is_shape(path) and any(_holds(path.bounds, row) for row in prose))
    ]
    if len(free) > _MOST or not any(_is_shape(path) for path in free):
        return [], list(chars)
    labels = _small_labels(chars, em, body)
    parts = [_Region(path.bounds, [path]) for path in free]
    parts += [_Region(box, []) for box, _ in labels]
    made: list[Drawing] = []
    rest = list(chars)
    for region in _clustered(parts):
        if not _is_drawing(region, page):
            continue
        x0, y0, x1, y1 = _with_unit(region.bounds, labels, em)
        inside = [c for c in rest if x0 - 1 <= c.x0 and c.x1 <= x1 + 1 and y0 - 1 <= c.y <= y1]
        text = rows(inside, em)
        if any(_is_prose(row, body) for row in text):
            continue
        made.append(Drawing(region.bounds, text))
        gone = {id(char) for char in inside}
        rest = [char for char in rest if id(char) not in gone]
    return made, rest


def _small_labels(chars: Sequence[Char], em: float, body: float) -> list[tuple[Bounds, str]]:
    """Pieces of small type that may be labels."""
    small = [char for char in chars if char.height <= _SMALLER * body]
    made: list[tuple[Bounds, str]] = []
    for row in rows(small, em):
        if _BESIDE.match(row.text):
            continue
        for each in row.segments:
            if len(each.text) <= 2 * _LONGEST_LABEL:
                box = (each.x0, row.y, each.x1, row.y + 0.7 * row.height)
                made.append((box, each.text))
    return made


def _with_unit(bounds: Bounds, labels: Sequence[tuple[Bounds, str]], em: float) -> Bounds:
    """The box of a chart together with its unit, which may stand above it on the left."""
    x0, _, x1, y1 = bounds
    for box, text in labels:
        above = len(text) <= _UNIT and y1 - em < box[1] < y1 + 2 * em
        if above and x0 - 4 * em < box[0] < x1:
            bounds = _union(bounds, box)
    return bounds


def _clustered(parts: Sequence[_Region]) -> list[_Region]:
    """Parts that are near each other as one, however far around."""
    regions: list[_Region] = []
    for part in parts:
        whole, rest = part, []
        for region in regions:
            if _near(region.bounds, whole.bounds):
                whole = _Region(_union(region.bounds, whole.bounds), region.paths + whole.paths)
            else:
                rest.append(region)
        regions = [*rest, whole]
    return regions


def _is_drawing(region: _Region, page: Bounds) -> bool:
    x0, y0, x1, y1 = region.bounds
    width, height = x1 - x0, y1 - y0
    if width < _LEAST_WIDTH or height < _LEAST_HEIGHT:
        return False
    whole = (page[2] - page[0]) * (page[3] - page[1])
    return width * height <= _LARGEST * whole and is_chart(region.paths)


def _holds(bounds: Bounds, row: Row) -> bool:
    inside = bounds[1] <= row.y <= bounds[3]
    return inside and bounds[0] - THIN <= row.x0 and row.x1 <= bounds[2] + THIN


def _is_shape(path: Path) -> bool:
    return not (path.flat or path.upright)


def is_chart(members: Sequence[Path]) -> bool:
    """Whether slanted or curved shapes are among paths, or bars that grid lines pass through."""
    shapes = sum(path.drawn for path in members)
    flat = [path.bounds for path in members if path.flat]
    upright = [path.bounds for path in members if path.upright]
    enough = 1 if len(flat) > _GRID else _SHAPES
    for path in members:
        if shapes >= enough:
            return True
        if path.flat or path.upright or path.drawn:
            continue
        x0, y0, x1, y1 = path.bounds
        shapes += any(
            y0 + 2 < line[1] < y1 - 2 and line[0] < x0 and line[2] > x1 for line in flat
        ) or any(x0 + 2 < line[0] < x1 - 2 and line[1] < y0 and line[3] > y1 for line in upright)
    return shapes >= enough


def _is_prose(row: Row, body: float) -> bool:
    """Whether a frame is around text that is to be read: it is long and not small."""
    longest = max(len(segment.text) for segment in row.segments)
    return longest > _LONGEST_LABEL and row.height > _SMALLER * body


def _within(inner: Bounds, outer: Bounds) -> bool:
    return (
        inner[0] >= outer[0] - THIN
        and inner[1] >= outer[1] - THIN
        and inner[2] <= outer[2] + THIN
        and inner[3] <= outer[3] + THIN
    )


def _near(one: Bounds, other: Bounds) -> bool:
    across = one[0] - _APART <= other[2] and other[0] - _APART <= one[2]
    along = one[1] - _APART <= other[3] and other[1] - _APART <= one[3]
    if across and along:
        return True
    same = abs(one[0] - other[0]) <= THIN and abs(one[2] - other[2]) <= THIN
    return same and one[1] - _GRID_APART <= other[3] and other[1] - _GRID_APART <= one[3]


def _union(one: Bounds, other: Bounds) -> Bounds:
    return (
        min(one[0], other[0]), min(one[1], other[1]),
        max(one[2], other[2]), max(one[3], other[3]),
    )  # fmt: skip
