"""A drawing made of four kinds of marks, in points, y downwards: what all chart backends draw."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

Point = tuple[float, float]
Anchor = Literal["start", "middle", "end"]

INK = "#262626"
GRID = "#D9D9D9"
AXIS = "#7F7F7F"
PAPER = "#FFFFFF"


@dataclass(frozen=True)
class Area:
    """A filled polygon."""

    points: tuple[Point, ...]
    fill: str
    edge: str | None = None


@dataclass(frozen=True)
class Stroke:
    """A polyline; ``dash`` gives the lengths of strokes and gaps."""

    points: tuple[Point, ...]
    colour: str = INK
    width: float = 0.75
    dash: tuple[float, ...] = ()


@dataclass(frozen=True)
class Words:
    """One line of text; ``y`` is its baseline. ``turned`` text reads upwards."""

    x: float
    y: float
    text: str
    size: float
    anchor: Anchor = "start"
    colour: str = INK
    turned: bool = False


Mark = Area | Stroke | Words


@dataclass
class Scene:
    """A drawing of the given size in points."""

    width: float
    height: float
    marks: list[Mark] = field(default_factory=list)

    def add(self, *marks: Mark) -> None:
        """Put marks on top of those already there."""
        self.marks.extend(marks)

    def box(self, x: float, y: float, width: float, height: float, look: "Look") -> None:
        """A filled rectangle with the hatching of its series."""
        left, right = sorted((x, x + width))
        top, bottom = sorted((y, y + height))
        self.add(Area(((left, top), (right, top), (right, bottom), (left, bottom)), look.colour))
        for line in hatching(left, top, right, bottom, look.hatch):
            self.add(Stroke(line, PAPER, 0.6))


@dataclass(frozen=True)
class Look:
    """How a series is told from the others, in colour and without."""

    colour: str
    hatch: str
    marker: str
    dash: tuple[float, ...]


_HATCHES = ("", "/", "\\", "-", "x", "|", "/|", "\\-")
_MARKERS = ("circle", "square", "triangle", "diamond", "down", "cross", "circle", "square")
_DASHES: tuple[tuple[float, ...], ...] = (
    (),
    (5, 2),
    (2, 2),
    (7, 2, 2, 2),
    (),
    (4, 3),
    (1, 2),
    (8, 3),
)


def looks(colours: tuple[str, ...], count: int) -> list[Look]:
    """The looks of so many series, by turns."""
    return [
        Look(
            colours[i % len(colours)],
            _HATCHES[i % len(_HATCHES)],
            _MARKERS[i % len(_MARKERS)],
            _DASHES[i % len(_DASHES)],
        )
        for i in range(count)
    ]


def hatching(
    left: float, top: float, right: float, bottom: float, pattern: str, step: float = 4
) -> Iterator[tuple[Point, Point]]:
    """The lines of a hatching within a rectangle."""
    if "-" in pattern:
        y = top + step / 2
        while y < bottom:
            yield (left, y), (right, y)
            y += step
    if "|" in pattern:
        x = left + step / 2
        while x < right:
            yield (x, top), (x, bottom)
            x += step
    for sign, wanted in ((1, "/"), (-1, "\\")):
        if wanted in pattern or "x" in pattern:
            yield from _slanting(left, top, right, bottom, sign, step)


def _slanting(
    left: float, top: float, right: float, bottom: float, sign: int, step: float
) -> Iterator[tuple[Point, Point]]:
    """Lines at 45°: x + sign * y = c, cut at the edges."""
    corners = [x + sign * y for x in (left, right) for y in (top, bottom)]
    c = min(corners) + step
    while c < max(corners):
        ends = []
        for x in (left, right):
            y = (c - x) * sign
            if top <= y <= bottom:
                ends.append((x, y))
        for y in (top, bottom):
            x = c - sign * y
            if left < x < right:
                ends.append((x, y))
        if len(ends) >= 2:
            yield ends[0], ends[1]
        c += step * 1.4


def marker(shape: str, x: float, y: float, size: float, colour: str) -> Area:
    """A point of a line chart or a legend."""
    from math import cos, pi, sin

    half = size / 2
    if shape == "square":
        points = [
            (x - half, y - half),
            (x + half, y - half),
            (x + half, y + half),
            (x - half, y + half),
        ]
    elif shape == "triangle":
        points = [(x, y - half), (x + half, y + half), (x - half, y + half)]
    elif shape == "down":
        points = [(x - half, y - half), (x + half, y - half), (x, y + half)]
    elif shape == "diamond":
        points = [(x, y - half), (x + half, y), (x, y + half), (x - half, y)]
    elif shape == "cross":
        t = half / 2.5
        points = [
            (x - half, y - t), (x - t, y - t), (x - t, y - half), (x + t, y - half),
            (x + t, y - t), (x + half, y - t), (x + half, y + t), (x + t, y + t),
            (x + t, y + half), (x - t, y + half), (x - t, y + t), (x - half, y + t),
        ]  # fmt: skip
    else:
        points = [(x + half * cos(pi * k / 12), y + half * sin(pi * k / 12)) for k in range(24)]
    return Area(tuple(points), colour, PAPER)


def text_width(text: str, size: float) -> float:
    """Estimated width of a text: full-width characters one em, others a little over half."""
    return size * sum(1.0 if _wide(char) else 0.56 for char in text)


def _wide(char: str) -> bool:
    return ord(char) >= 0x2E80 or char in "“”‘’—…·①②③④⑤⑥⑦⑧⑨⑩"


def wrap(text: str, size: float, width: float) -> list[str]:
    """The text in lines not wider than ``width``; words and numbers stay whole if they fit."""
    lines, line = [], ""
    for piece in _pieces(text):
        if line and text_width(line + piece, size) > width:
            lines.append(line)
            line = piece.lstrip()
        else:
            line += piece
        while text_width(line, size) > width and len(line) > 1:
            cut = max(1, _fitting(line, size, width))
            lines.append(line[:cut])
            line = line[cut:]
    lines.append(line)
    return [part for part in lines if part] or [""]


def _fitting(text: str, size: float, width: float) -> int:
    used = 0.0
    for count, char in enumerate(text):
        used += text_width(char, size)
        if used > width:
            return count
    return len(text)


_CLOSING = frozenset("，。、；：！？）》」』】〕”’%％,.;:!?)]")


def _pieces(text: str) -> Iterator[str]:
    """Where a line may break: between Chinese characters, around words, never before a stop."""
    piece = ""
    for char in text:
        joined = piece and (
            char in _CLOSING
            or piece[-1] in "（《「『【〔“‘("
            or not (_wide(char) or _wide(piece[-1]))
        )
        if piece and not joined:
            yield piece
            piece = ""
        piece += char
    if piece:
        yield piece
