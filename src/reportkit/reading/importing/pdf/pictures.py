"""Pictures of a page."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from pypdfium2 import raw as pdfium

from reportkit.model.base import Place

from ..stream import Picture

_SMALLEST = 40.0
"""Points below which a picture is an ornament."""
_WHOLE = 0.8
"""Share of the page from which a picture is the page itself, scanned."""
_MOST = 40
_PIXELS = 20_000_000


@dataclass(frozen=True, slots=True)
class Found:
    """A picture and its upper edge on the page."""

    top: float
    picture: Picture


def pictures(page: Any, width: float, height: float) -> tuple[list[Found], bool]:
    """The pictures of a page, and whether one of them is the whole page."""
    made: list[Found] = []
    scanned = False
    for item in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=3):
        x0, y0, x1, y1 = item.get_bounds()
        if (x1 - x0) * (y1 - y0) > _WHOLE * width * height:
            scanned = True
        elif min(x1 - x0, y1 - y0) >= _SMALLEST and len(made) < _MOST:
            percent = max(10, min(100, round(100 * (x1 - x0) / (0.75 * width))))
            content = _content(item)
            if content is not None:
                name = "image.jpg" if content.startswith(b"\xff\xd8") else "image.png"
                made.append(Found(y1, Picture(Place(), content, name, width=percent)))
    return made, scanned


def _content(item: Any) -> bytes | None:
    """The file of a JPEG as it is in the PDF; other pictures as PNG."""
    import pypdfium2

    try:
        pixels = item.get_px_size()
        if pixels[0] * pixels[1] > _PIXELS:
            return None
        if item.get_filters()[-1:] == ["DCTDecode"]:
            return bytes(item.get_data())
        buffer = io.BytesIO()
        item.get_bitmap().to_pil().convert("RGB").save(buffer, format="PNG", compress_level=1)
        return buffer.getvalue()
    except (pypdfium2.PdfiumError, ValueError, OSError, MemoryError, NotImplementedError):
        return None
