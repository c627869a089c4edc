"""What a page draws besides text and pictures: rules, frames, bars, curves."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pypdfium2 import raw as pdfium

PATH_LIMIT = 20_000
"""Drawn paths that a page may have."""
_THIN = 2.5
_APART = 15.0
_MOST = 1500
_SHAPES = 3
_LEAST_WIDTH, _LEAST_HEIGHT = 100.0, 50.0

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Path:
    """A drawn path: its bounds (left, bottom, right, top), outline and number of segments."""

    bounds: Bounds
    stroked: bool
    segments: int

    @property
    def flat(self) -> bool:
        """Whether it is a horizontal line."""
        return self.bounds[3] - self.bounds[1] <= _THIN

    @property
    def upright(self) -> bool:
        """Whether it is a vertical line."""
        return self.bounds[2] - self.bounds[0] <= _THIN

    @property
    def frame(self) -> bool:
        """Whether it outlines a rectangle."""
        return self.stroked and 4 <= self.segments <= 6

    @property
    def drawn(self) -> bool:
        """Whether it is slanted or curved, as no part of a table is."""
        thin = self.flat or self.upright
        return not thin and (self.segments > 6 or (self.stroked and self.segments < 4))


def paths(page: Any) -> list[Path]:
    """All paths of a page."""
    made: list[Path] = []
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    for item in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_PATH,), max_depth=3):
        if len(made) >= PATH_LIMIT:
            break
        pdfium.FPDFPath_GetDrawMode(item.raw, fill, stroke)
        segments = pdfium.FPDFPath_CountSegments(item.raw)
        made.append(Path(item.get_bounds(), bool(stroke.value), segments))
    return made


def drawings(drawn: Sequence[Path], tables: Sequence[Bounds], page: Bounds) -> list[Bounds]:
    """Where charts and diagrams are: shapes close together, outside of tables."""
    free = [path for path in drawn if not any(_within(path.bounds, t) for t in tables)]
    if len(free) > _MOST:
        return []
    regions: list[tuple[Bounds, list[Path]]] = []
    for path in free:
        members, whole, rest = [path], path.bounds, []
        for region, inside in regions:
            if _near(region, whole):
                whole = _union(whole, region)
                members += inside
            else:
                rest.append((region, inside))
        regions = [*rest, (whole, members)]
    return [region for region, members in regions if _is_drawing(region, members, page)]


def _is_drawing(region: Bounds, members: Sequence[Path], page: Bounds) -> bool:
    width, height = region[2] - region[0], region[3] - region[1]
    if width < _LEAST_WIDTH or height < _LEAST_HEIGHT:
        return False
    whole = (page[2] - page[0]) * (page[3] - page[1])
    return width * height <= 0.7 * whole and is_chart(members)


def is_chart(members: Sequence[Path]) -> bool:
    """Whether slanted or curved shapes are among paths, or bars that grid lines pass through."""
    shapes = sum(path.drawn for path in members)
    flat = [path.bounds for path in members if path.flat]
    upright = [path.bounds for path in members if path.upright]
    for path in members:
        if shapes >= _SHAPES:
            return True
        if path.flat or path.upright or path.drawn:
            continue
        x0, y0, x1, y1 = path.bounds
        shapes += any(
            y0 + 2 < line[1] < y1 - 2 and line[0] < x0 and line[2] > x1 for line in flat
        ) or any(x0 + 2 < line[0] < x1 - 2 and line[1] < y0 and line[3] > y1 for line in upright)
    return shapes >= _SHAPES


def _within(inner: Bounds, outer: Bounds) -> bool:
    return (
        inner[0] >= outer[0] - _THIN
        and inner[1] >= outer[1] - _THIN
        and inner[2] <= outer[2] + _THIN
        and inner[3] <= outer[3] + _THIN
    )


def _near(one: Bounds, other: Bounds) -> bool:
    return (
        one[0] - _APART <= other[2]
        and other[0] - _APART <= one[2]
        and one[1] - _APART <= other[3]
        and other[1] - _APART <= one[3]
    )


def _union(one: Bounds, other: Bounds) -> Bounds:
    return (
        min(one[0], other[0]), min(one[1], other[1]),
        max(one[2], other[2]), max(one[3], other[3]),
    )  # fmt: skip
