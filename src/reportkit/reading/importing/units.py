"""The working pieces of an import, and what is decided about each on the way."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import TYPE_CHECKING

from .numbers import Typed, parse, typed
from .pieces import BLANK, Piece
from .stream import Aside, Break, Cell, Grid, Item, Picture, Plot, Span, Stream, Text

if TYPE_CHECKING:
    from reportkit.model.submission import Contents

    from .captions import Label

_STARS = re.compile(r"\*\*(?=[^\s*])([^*\n]{1,200}?)(?<=[^\s*])\*\*")
_FINAL = "。！？!?…"
_CLOSERS = "”’\"')）】》」』〕]"
_LEADER = re.compile(r"[.．·]{4}|…{2}|\t")
_STOPS = re.compile(r"[。！？；!?;]")


AGAIN = "，由程序重新印出"
"""How the reason ends where what is set aside is a mark that the program prints anew."""


class Kind(Enum):
    """What a unit is."""

    BODY = auto()
    HEADING = auto()
    """A heading: with number and level, or an unnumbered one."""
    CAPTION = auto()
    ROW = auto()
    """A line of a table; ``Unit.label`` is the caption that it belongs to, if there is one."""
    NOTE = auto()
    """A note or source line: 注：…, 数据来源：…."""
    UNIT_LINE = auto()
    """单位：人, above a table."""
    ITEM = auto()
    """An item of a list."""
    SIGN_OFF = auto()
    OBJECT = auto()
    """A grid, picture or chart of the source."""
    BREAK = auto()


@dataclass(slots=True, eq=False)
class Unit:
    """A line, a paragraph or an object. ``level`` is that of a heading, from 1."""

    piece: Piece
    item: Item | Cell
    kind: Kind = Kind.BODY
    gap: int = 0
    indent: float = 0
    slack: float | None = None
    trailing: bool = False
    number: Typed | None = None
    level: int | None = None
    run_in: int | None = None
    """Where the text behind the title of a heading begins, if it stands on the same line."""
    label: Label | None = None
    part: Piece | None = None
    """The caption of a picture that is part of a figure."""
    joined: bool = False

    @property
    def text(self) -> str:
        """The text without blanks at its edges."""
        return self.piece.text

    @property
    def rest(self) -> str:
        """The text behind the number."""
        return self.text[self.number.end :] if self.number else self.text

    @property
    def hint(self) -> Text | None:
        """The item of the source, if it is text."""
        return self.item if isinstance(self.item, Text) else None

    @property
    def width(self) -> float:
        """Width of the text in Chinese characters."""
        return width(self.text)


@dataclass(slots=True)
class Work:
    """Everything about one import while it goes on."""

    stream: Stream
    units: list[Unit]
    asides: list[Aside] = field(default_factory=list)
    contents: list[Contents] = field(default_factory=list)
    notes: dict[str, Piece] = field(default_factory=dict)
    """Footnotes by the key that marks in the text have."""
    wrapped: bool = False
    """Whether lines are cut at the margin, so that a paragraph is many lines."""
    indented: bool = False
    """Whether the first lines of paragraphs, and no others, are indented."""

    def aside(self, piece: Piece, reason: str) -> None:
        """Note text that does not go into the submission as it stands."""
        if piece.text.strip():
            self.asides.append(Aside(piece.text, piece.place, reason))

    def drop(self, units: Iterable[Unit], reason: str) -> None:
        """Set whole units aside."""
        gone = {id(unit) for unit in units}
        for unit in self.units:
            if id(unit) in gone:
                self.aside(unit.piece, reason)
        self.units = [unit for unit in self.units if id(unit) not in gone]


def begin(stream: Stream) -> Work:
    """The units of a stream, blanks cut off and numbers recognised."""
    work = Work(stream, [], list(stream.asides))
    for item in stream.items:
        if isinstance(item, Text):
            unit = _text_unit(item, work)
            if unit is not None:
                work.units.append(unit)
        else:
            kind = Kind.BREAK if isinstance(item, Break) else Kind.OBJECT
            work.units.append(Unit(Piece("", ((0, item.place),)), item, kind))
    work.notes = {key: Piece.of(note).strip() for key, note in stream.notes.items()}
    if stream.lines:
        widths = [unit.width for unit in work.units if not _LEADER.search(unit.text)]
        work.wrapped = stream.form == "pdf" or _is_wrapped(widths)
    return work


def _text_unit(item: Text, work: Work) -> Unit | None:
    whole = Piece.of(item)
    if work.stream.form == "text":
        whole = _bold(whole, work)
    piece = whole.strip()
    if not piece and not item.number:
        return None
    left = len(whole.text) - len(whole.text.lstrip(BLANK))
    indent = width(whole.text[:left]) if item.indent is None else item.indent
    unit = Unit(piece, item, gap=item.gap, indent=indent, slack=item.slack)
    unit.trailing = whole.text[-1:] in BLANK
    unit.number = parse(item.number) if item.number else typed(piece.text)
    return unit


def _bold(piece: Piece, work: Work) -> Piece:
    """Pairs of ``**`` become a look."""
    if "**" not in piece.text:
        return piece
    parts: list[Piece] = []
    position = 0
    for found in _STARS.finditer(piece.text):
        inner = piece.cut(*found.span(1))
        bold = Span("bold", 0, len(inner.text))
        parts += piece.cut(position, found.start()), replace(inner, spans=(bold,))
        for start in (found.start(), found.end() - 2):
            work.aside(piece.cut(start, start + 2), "加粗标记" + AGAIN)
        position = found.end()
    return Piece.joined([*parts, piece.cut(position)]) if parts else piece


def width(text: str) -> float:
    """Width in Chinese characters: ASCII counts half."""
    return sum(0.5 if char < "\u2000" else 1.0 for char in text)


def _is_wrapped(widths: list[float]) -> bool:
    """Whether the lines were cut at a margin: most of the longer ones are about equally long."""
    longer = sorted(w for w in widths if w >= 15)
    if len(longer) < 8:
        return False
    full = longer[int(len(longer) * 0.9)]
    return full <= 75 and sum(w >= 0.85 * full for w in longer) >= 0.5 * len(longer)


def ends_sentence(text: str) -> bool:
    """Whether a sentence ends here: a stop, brackets and quotes behind it left out."""
    bare = text.rstrip(_CLOSERS + "0123456789①②③④⑤⑥⑦⑧⑨⑩¹²³⁴⁵⁶⁷⁸⁹")
    if bare[-1:] and bare[-1] in _FINAL:
        return True
    return text[-1:] != "" and text[-1] in _FINAL


def ends_line(text: str) -> bool:
    """Whether nothing of the same sentence can follow on the next line: stop, colon, semicolon."""
    return ends_sentence(text) or text[-1:] in "：:；;"


def like_title(text: str, longest: int = 45) -> bool:
    """Whether a text could be a title: short, without the stops of sentences, not cut short."""
    if not text or width(text) > longest or text[-1] in "，、；：。,;:":
        return False
    return not _STOPS.search(text)


def is_object(unit: Unit) -> bool:
    """Whether the unit is a table, picture or chart that the source knows."""
    return isinstance(unit.item, Grid | Picture | Plot)
