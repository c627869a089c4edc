"""Frames over pages end below their last line, not at the foot of the page.

A block that goes on, on the next page, fills the rest of its page, as CSS has it: the frame of a
case ran on empty where its next picture did not fit. What is replaced, in WeasyPrint 70:
``layout.layout_backgrounds``, which paints frames once a page is complete.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint import layout
from weasyprint.formatting_structure import boxes

from .patching import SUPPORTED, replaced

FRAME = "case"
_SLACK = 1.5
"""Lines that may be empty below the last one."""


def shorten(box: Any) -> None:
    """Cut the empty end off the frames in a box."""
    for child in getattr(box, "children", ()):
        if isinstance(child, boxes.BlockLevelBox):
            shorten(child)
    if box.element is not None and FRAME in (box.element.get("class") or "").split():
        inner = [child for child in box.children if isinstance(child, boxes.BlockLevelBox)]
        ends = [x.position_y + x.margin_height() for x in inner if x.is_in_normal_flow()]
        spare = box.content_box_y() + box.height - max(ends, default=0.0)
        if ends and spare > _SLACK * box.style["font_size"] * 1.8:
            box.height -= spare


def _layout_backgrounds(page: Any, *rest: Any) -> None:
    shorten(page.children[0])
    _ENGINE(page, *rest)


_ENGINE = layout.layout_backgrounds


@contextmanager
def fitting_frames() -> Iterator[None]:
    """Shorten frames in pages that are made while open."""
    if not SUPPORTED:
        yield
        return
    with replaced([(layout, "layout_backgrounds", _layout_backgrounds)]):
        yield
