"""A scene as PNG, for programs that cannot show vector drawings."""

import io
import itertools
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportkit.writing.fonts import Face

from .scene import Area, Point, Scene, Stroke, Words

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

DPI = 300
_FINE = 2
"""Drawn so many times larger and reduced, for smooth edges."""


def png(scene: Scene, faces: Sequence[Face], dpi: int = DPI) -> bytes:
    """The picture at ``dpi``; ``faces`` are tried in turn for each character."""
    from PIL import Image, ImageDraw

    zoom = dpi / 72 * _FINE
    size = round(scene.width * zoom), round(scene.height * zoom)
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    for mark in scene.marks:
        match mark:
            case Area():
                draw.polygon(_scaled(mark.points, zoom), fill=mark.fill)
                if mark.edge:
                    outline = _scaled((*mark.points, mark.points[0]), zoom)
                    draw.line(outline, fill=mark.edge, width=round(0.75 * zoom))
            case Stroke():
                for points in _dashes(mark.points, mark.dash):
                    width = max(1, round(mark.width * zoom))
                    draw.line(_scaled(points, zoom), fill=mark.colour, width=width, joint="curve")
            case Words():
                _write(image, mark, faces, zoom)
    reduced = image.resize((size[0] // _FINE, size[1] // _FINE), Image.Resampling.LANCZOS)
    buffer = io.BytesIO()
    indexed = reduced.quantize(128, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    indexed.save(buffer, "PNG", dpi=(dpi, dpi), optimize=True)
    return buffer.getvalue()


def _scaled(points: tuple[Point, ...], zoom: float) -> list[Point]:
    return [(x * zoom, y * zoom) for x, y in points]


def _dashes(points: tuple[Point, ...], dash: tuple[float, ...]) -> list[tuple[Point, ...]]:
    """The strokes of a dashed line."""
    if not dash:
        return [points]
    found: list[tuple[Point, ...]] = []
    turn, left = 0, dash[0]
    for (x0, y0), (x1, y1) in itertools.pairwise(points):
        length = ((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5
        done = 0.0
        while length - done > 1e-6:
            step = min(left, length - done)
            if turn % 2 == 0:
                a, b = done / length, (done + step) / length
                found.append(
                    (
                        (x0 + (x1 - x0) * a, y0 + (y1 - y0) * a),
                        (x0 + (x1 - x0) * b, y0 + (y1 - y0) * b),
                    )
                )
            done, left = done + step, left - step
            if left <= 1e-6:
                turn += 1
                left = dash[turn % len(dash)]
    return found


def _write(image: Any, mark: Words, faces: Sequence[Face], zoom: float) -> None:
    from PIL import Image, ImageDraw

    size = max(1, round(mark.size * zoom))
    pieces = [
        (_font(face.path, max(face.index, 0), size), text) for face, text in _split(mark, faces)
    ]
    width = sum(font.getlength(text) for font, text in pieces)
    shift = {"start": 0.0, "middle": width / 2, "end": width}[mark.anchor]
    x, y = mark.x * zoom, mark.y * zoom
    if not mark.turned:
        _run(ImageDraw.Draw(image).text, pieces, x - shift, y, mark.colour)
        return
    strip = Image.new("L", (int(width) + 4, size * 2), 0)
    _run(ImageDraw.Draw(strip).text, pieces, 2, size * 1.4, 255)
    turned = strip.rotate(90, expand=True)
    place = round(x - size * 1.4), round(y - (width - shift) - 2)
    image.paste(Image.new("RGB", turned.size, mark.colour), place, turned)


def _run(
    text: Callable[..., None],
    pieces: list[tuple["FreeTypeFont", str]],
    x: float,
    y: float,
    ink: Any,
) -> None:
    for font, piece in pieces:
        text((x, y), piece, font=font, fill=ink, anchor="ls")
        x += font.getlength(piece)


def _split(mark: Words, faces: Sequence[Face]) -> list[tuple[Face, str]]:
    """The text in stretches of one face."""
    found: list[tuple[Face, str]] = []
    for char in mark.text:
        face = next((face for face in faces if char in face.coverage), faces[0] if faces else None)
        if face is None:
            continue
        if found and found[-1][0] is face:
            found[-1] = (face, found[-1][1] + char)
        else:
            found.append((face, char))
    return found


@cache
def _font(path: Path, index: int, size: int) -> "FreeTypeFont":
    from PIL import ImageFont

    return ImageFont.truetype(str(path), size, index=index, layout_engine=ImageFont.Layout.BASIC)
