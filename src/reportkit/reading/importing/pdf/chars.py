"""Characters of a page → rows of text with their geometry. Lengths are in points."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from statistics import median
from typing import Any

from pypdfium2 import raw as pdfium

CHAR_LIMIT = 60_000
"""Characters that a page may have."""
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_TURNED = 0.05
_SKIPPED = frozenset((0, 10, 13, 0xFFFE, 0xFFFF, 0xFEFF))


@dataclass(frozen=True, slots=True)
class Char:
    """A character: its box, the height of its line and where its baseline is."""

    text: str
    x0: float
    x1: float
    y: float
    height: float


@dataclass(slots=True)
class Segment:
    """Characters of a row that stand together; ``starts`` are their left edges."""

    text: str
    x0: float
    x1: float
    starts: list[float] = field(default_factory=list)


@dataclass(slots=True)
class Row:
    """A row of a page, its baseline at ``y`` (from the bottom of the page)."""

    segments: list[Segment]
    y: float
    height: float

    @property
    def x0(self) -> float:
        """The left edge."""
        return self.segments[0].x0

    @property
    def x1(self) -> float:
        """The right edge."""
        return self.segments[-1].x1

    @property
    def text(self) -> str:
        """The text, its segments parted by tabs."""
        return "\t".join(segment.text for segment in self.segments)


@dataclass(slots=True)
class Page:
    """What a page shows as text. ``turned`` are characters that do not stand upright."""

    width: float
    height: float
    chars: list[Char]
    turned: str = ""

    @property
    def em(self) -> float:
        """The usual width of a Chinese character."""
        widths = [char.x1 - char.x0 for char in self.chars if char.text >= "\u2e80"]
        return median(widths) if widths else 10.5


def read_chars(textpage: Any, width: float, height: float) -> Page:
    """The characters of a page in the order in which it draws them, each drawn once."""
    page = Page(width, height, [])
    handle = textpage.raw
    x, y = ctypes.c_double(), ctypes.c_double()
    box = pdfium.FS_RECTF()
    seen: set[tuple[str, int, int]] = set()
    turned: list[str] = []
    for index in range(min(pdfium.FPDFText_CountChars(handle), CHAR_LIMIT)):
        code = pdfium.FPDFText_GetUnicode(handle, index)
        if code in _SKIPPED or 0xD800 <= code < 0xE000:
            continue
        if pdfium.FPDFText_IsGenerated(handle, index) == 1:
            continue
        pdfium.FPDFText_GetCharOrigin(handle, index, x, y)
        pdfium.FPDFText_GetLooseCharBox(handle, index, box)
        char = chr(code)
        if abs(pdfium.FPDFText_GetCharAngle(handle, index)) > _TURNED:
            turned.append(char)
            continue
        spot = (char, round(x.value * 2), round(y.value * 2))
        if spot in seen:  # drawn twice to look bold
            continue
        seen.add(spot)
        page.chars.append(Char(char, box.left, box.right, y.value, max(box.top - box.bottom, 1.0)))
    page.turned = "".join(turned).strip()
    return page


def rows(chars: Sequence[Char], em: float) -> list[Row]:
    """The rows of text from top to bottom."""
    lines: list[list[Char]] = []
    for char in sorted(chars, key=lambda c: -c.y):
        if lines and abs(lines[-1][0].y - char.y) <= 0.35 * em:
            lines[-1].append(char)
        else:
            lines.append([char])
    made = [_row(line, em) for line in _with_raised(lines, em)]
    return [row for row in made if row is not None]


def _with_raised(lines: list[list[Char]], em: float) -> Iterator[list[Char]]:
    """Small characters a little above a line belong to it: marks of footnotes."""
    position = 0
    while position < len(lines):
        line = lines[position]
        following = lines[position + 1] if position + 1 < len(lines) else None
        if following and _is_raised(line, following, em):
            marks = [
                Char(char.text.translate(RAISED), char.x0, char.x1, following[0].y, char.height)
                for char in line
            ]
            following += marks
        else:
            yield line
        position += 1


def _is_raised(line: list[Char], below: list[Char], em: float) -> bool:
    if len(line) > 12 or not all(
        char.text.isdecimal() or char.text in "[]*①②③④⑤⑥⑦⑧⑨" for char in line
    ):
        return False
    small = max(char.height for char in line) < 0.8 * median(char.height for char in below)
    return small and line[0].y - below[0].y < 0.8 * em


def _row(line: list[Char], em: float) -> Row | None:
    baseline = median(char.y for char in line)
    height = median([c.height for c in line if c.text >= "\u2e80"] or [c.height for c in line])
    line = [_raised(char, baseline, height, em) for char in line]
    line.sort(key=lambda char: char.x0)
    segments: list[Segment] = []
    last: Char | None = None
    for char in line:
        blank = char.text.isspace()
        gap = char.x0 - last.x1 if last else 0.0
        if not segments or gap > 1.5 * em:
            if blank:
                continue
            segments.append(Segment("", char.x0, char.x1))
        segment = segments[-1]
        if blank:
            if segment.text[-1:] != " ":
                segment.text += " "
                segment.starts.append(char.x0)
            continue
        if last and _parted(last, char, gap, em) and segment.text[-1:] not in (" ", ""):
            segment.text += " "
            segment.starts.append(last.x1)
        segment.text += char.text
        segment.starts += [char.x0] * len(char.text)
        segment.x1 = max(segment.x1, char.x1)
        last = char
    for segment in segments:
        segment.text = segment.text.rstrip()
    segments = [segment for segment in segments if segment.text]
    if not segments:
        return None
    return Row(segments, baseline, height)


def _raised(char: Char, baseline: float, height: float, em: float) -> Char:
    """A small digit above the baseline is the mark of a footnote."""
    if char.height < 0.8 * height and char.y > baseline + 0.1 * em and char.text.isdecimal():
        return replace(char, text=char.text.translate(RAISED))
    return char


def _parted(last: Char, char: Char, gap: float, em: float) -> bool:
    """Whether two Latin words stand next to each other without a blank in the file."""
    return gap > 0.22 * em and last.text.isascii() and char.text.isascii()


def align(block: Sequence[Row]) -> None:
    """Give rows of a table without lines the same columns: empty segments where cells are blank."""
    base = max(block, key=lambda row: len(row.segments)).segments
    bounds = [(segment.x0, segment.x1) for segment in base]
    for row in block:
        if len(row.segments) == len(base):
            continue
        cells: list[Segment | None] = [None] * len(base)
        for segment in row.segments:
            middle = (segment.x0 + segment.x1) / 2
            nearest = min(range(len(bounds)), key=lambda i: abs(sum(bounds[i]) / 2 - middle))
            cell = cells[nearest]
            if cell is None:
                cells[nearest] = segment
            else:
                cell.text += " " + segment.text
                cell.x1 = segment.x1
        row.segments = [
            cell or Segment("", bounds[index][0], bounds[index][0])
            for index, cell in enumerate(cells)
        ]
