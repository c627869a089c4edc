"""What was measured on a file: pages, runs of text with their boxes, pictures, links. Points."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

from .ruled import tables, within

T = TypeVar("T")
MM = 72 / 25.4
"""Points in a millimetre."""
_BLANKS = re.compile(r"\s+")
_NUMBER = re.compile(r"[-—–－ \s]*(?:第\s*)?(\d{1,4}|[ivxlcIVXLC]{1,8})(?:\s*页)?[-—–－ \s]*")
_LEADERS = re.compile(r"[.…·．]{4,}")
_LONG = 12
"""Characters from which on a line is rather text than a cell."""
_FOOT = 0.16
"""Share of a page's height, at its foot, in which page numbers stand."""


class Unreadable(Exception):
    """A file that cannot be measured; the text says in Chinese why, and what to do."""


@dataclass(frozen=True, slots=True)
class Font:
    """A font as the file names it. ``unshown`` are characters that it prints as .notdef."""

    name: str
    embedded: bool
    unshown: str = ""


@dataclass(slots=True)
class Line:
    """A stretch of text on one line, without wide gaps; the origin is the page's lower left."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    font: str
    others: list[tuple[str, str]] = field(default_factory=list)
    """Stretches in other fonts than the first one: (font, text)."""

    @property
    def bare(self) -> str:
        """The text without blanks."""
        return squeeze(self.text)


@dataclass(frozen=True, slots=True)
class Picture:
    """A raster picture as printed: pixels and points."""

    pixels: tuple[int, int]
    width: float
    height: float

    @property
    def dpi(self) -> int:
        """The lower of both resolutions."""
        return round(min(self.pixels[0] / self.width, self.pixels[1] / self.height) * 72)


@dataclass(frozen=True, slots=True)
class Link:
    """A link: a ``page`` (from 0) of the file, or an address; neither if it leads nowhere."""

    box: tuple[float, float, float, float]
    page: int | None = None
    address: str = ""


@dataclass
class Sheet:
    """One page. ``index`` counts from 0; ``shapes`` are boxes of drawings."""

    index: int
    width: float
    height: float
    lines: Sequence[Line]
    pictures: Sequence[Picture] = ()
    links: Sequence[Link] = ()
    shapes: Sequence[tuple[float, float, float, float]] = ()

    @property
    def blank(self) -> bool:
        """Whether nothing is printed on it, apart from a page number."""
        return not self.text and not self.pictures and not self.shapes

    @cached_property
    def number_line(self) -> Line | None:
        """The line that holds the printed page number."""
        low = [line for line in self.lines if line.top < self.height * _FOOT]
        found = [line for line in low if line.bare and _NUMBER.fullmatch(line.text.strip())]
        return min(found, key=lambda line: line.bottom, default=None)

    @cached_property
    def number(self) -> str:
        """The printed page number, empty if there is none."""
        line = self.number_line
        found = _NUMBER.fullmatch(line.text.strip()) if line else None
        return found[1].lower() if found else ""

    @cached_property
    def text(self) -> Sequence[Line]:
        """All lines but the page number, as they were drawn."""
        return [line for line in self.lines if line is not self.number_line and line.bare]

    @cached_property
    def falling(self) -> Sequence[Line]:
        """The lines from top to bottom."""
        return sorted(self.text, key=lambda line: (-line.top, line.left))

    def shapes_above(self, height: float) -> bool:
        """Whether something is drawn above a height, and not in the head of the page."""
        return any(box[3] > height + 1 and box[1] < self.height * 0.9 for box in self.shapes)

    @cached_property
    def tables(self) -> Sequence[tuple[float, float, float, float]]:
        """The areas of tables, as their rules show them."""
        return tables(self)

    def in_table(self, line: Line) -> bool:
        """Whether a line stands in a table."""
        return within(line, self.tables)

    @cached_property
    def is_contents(self) -> bool:
        """Whether it is part of a table of contents: three entries with leaders or more."""
        return sum(bool(_LEADERS.search(line.text)) for line in self.text) >= 3


@dataclass
class Measured:
    """A measured PDF."""

    name: str
    sheets: Sequence[Sheet]
    fonts: Sequence[Font] = ()
    titles: Sequence[tuple[str, int]] = ()
    """Bookmarks: their titles and pages (from 0)."""
    title: str = ""
    language: str = ""
    tagged: bool = False
    attachments: Sequence[str] = field(default_factory=tuple)

    @cached_property
    def body_size(self) -> float:
        """The size of type of most characters."""
        return self._most(lambda line: round(line.size * 4) / 4) or 0.0

    @cached_property
    def body_font(self) -> str:
        """The font of most characters."""
        return self._most(lambda line: line.font) or ""

    def _most(self, key: Callable[[Line], T]) -> T | None:
        lines = [x for sheet in self.sheets if not sheet.is_contents for x in sheet.text]
        long = [line for line in lines if len(line.bare) >= _LONG]
        counted: Counter[T] = Counter()
        for line in long or lines:
            counted[key(line)] += len(line.text)
        return counted.most_common(1)[0][0] if counted else None

    def all_lines(self) -> Iterator[Line]:
        """All lines but page numbers, page by page."""
        for sheet in self.sheets:
            yield from sheet.text

    @cached_property
    def running_heads(self) -> frozenset[str]:
        """What stands at the top of several pages."""
        tops = Counter(sheet.falling[0].bare for sheet in self.sheets if sheet.falling)
        return frozenset(text for text, count in tops.items() if count > 2)

    @cached_property
    def _titles(self) -> str:
        return "\n".join(squeeze(title) for title, _ in self.titles)

    def is_title(self, line: Line) -> bool:
        """Whether a line is a title in the bookmarks, or a part of one."""
        return len(line.bare) > 1 and line.bare in self._titles

    def is_body(self, line: Line) -> bool:
        """Whether a line is set in the size of the body."""
        return abs(line.size - self.body_size) <= 0.3


def squeeze(text: str) -> str:
    """Text without blanks."""
    return _BLANKS.sub("", text)


def millimetres(points: float) -> str:
    """A length for people."""
    return f"{points / MM:.1f} mm"
