"""What a page draws besides text and pictures: rules, frames, bars, curves."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any

from pypdfium2 import raw as pdfium

PATH_LIMIT = 20_000
"""Drawn paths that a page may have."""
THIN = 2.5
"""Points that a line may be thick."""

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
        return self.bounds[3] - self.bounds[1] <= THIN

    @property
    def upright(self) -> bool:
        """Whether it is a vertical line."""
        return self.bounds[2] - self.bounds[0] <= THIN

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
