"""Markdown from elsewhere → lines with what the marks say: headings, tables, pictures, looks.

Only marks that cannot be meant otherwise are taken as such. Numbers and bullets stay text, because
``1. 标题`` is a heading as often as an item, and lines stay lines, because much Markdown is the
output of a converter that broke paragraphs at the ends of pages.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from reportkit.model.base import Place

from .. import pipe_table
from ..files import unsafe
from ..images import IMAGE_LIMIT
from ..source import Log
from . import html_table
from .pieces import Piece
from .stream import Aside, Break, Cell, Grid, Item, NoteText, Picture, Span, Stream, Text
from .text_source import decoded, lines

_HEADING = re.compile(r"[ ]{0,3}(#{1,6})(?:[ \t\u3000]+|(?=[^#\s]))(.*?)[ \t]*#*[ \t]*$")
_UNDERLINE = re.compile(r"[ ]{0,3}(=+|-{3,})[ \t]*$")
_RULE = re.compile(r"[ ]{0,3}(?:[-*_][ \t]*){3,}$")
_FENCE = re.compile(r"[ ]{0,3}(`{3,}|~{3,})[^`]*$")
_QUOTE = re.compile(r"[ ]{0,3}>[ ]?")
_NOTE = re.compile(r"[ ]{0,3}\[\^([^\]\s]{1,40})\]:[ \t]*")
_MARK = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<stars>\*{1,3})(?=\S)(?P<strong>[^*\n]+?)(?<=\S)(?P=stars)"
    r"|!\[(?P<alt>[^\]\n]*)\]\((?P<image>[^)\s]+)(?:\s+[^)]*)?\)"
    r"|(?<!!)\[(?P<link>[^\]\n^][^\]\n]*)\]\((?P<address>[^)\s]*)(?:\s+[^)]*)?\)"
    r"|\[\^(?P<note>[^\]\s]{1,40})\]"
    r"|<sup>(?P<raised>[^<>]{1,6})</sup>"
    r"|<(?P<url>https?://[^<>\s]+)>"
    r"|(?P<tag></?[A-Za-z][^<>\n]*>)"
    r"|(?P<entity>&(?:#\d{1,6}|#x[0-9A-Fa-f]{1,6}|[A-Za-z]{2,30});)"
    r"|(?P<code>`+)(?P<literal>[^`\n]+)(?P=code)"
)
_BAR = re.compile(r"(?<!\\)\|")
_FRONT_LIMIT = 60


def read_markdown(file: str, content: bytes, log: Log, folder: Path | None = None) -> Stream | None:
    """The items of a Markdown file; pictures are looked for in ``folder``."""
    text = decoded(file, content, log)
    if text is None:
        return None
    plain = lines(file, text, log)
    return _Reader(plain, folder).stream()


class _Reader:
    def __init__(self, plain: Stream, folder: Path | None) -> None:
        self.plain, self.folder = plain, folder
        self.source = [item for item in plain.items if isinstance(item, Text | Break)]
        self.items: list[Item] = []
        self.asides: list[Aside] = []
        self.notes: dict[str, NoteText] = {}
        self.title = ""
        self.position = 0

    def stream(self) -> Stream:
        self._front_matter()
        while self.position < len(self.source):
            item = self.source[self.position]
            if isinstance(item, Break):
                self.items.append(item)
                self.position += 1
            else:
                self._line(item)
        return replace(
            self.plain,
            form="markdown",
            items=tuple(self.items),
            notes=self.notes,
            asides=tuple(self.asides),
            title=self.title,
        )

    def _aside(self, item: Text, reason: str) -> None:
        self.asides.append(Aside(item.text, item.place, reason))

    def _next(self, ahead: int = 1) -> Text | None:
        """The line that follows at once, without blank lines between."""
        at = self.position + ahead
        item = self.source[at] if at < len(self.source) else None
        return item if isinstance(item, Text) and item.gap == 0 else None

    def _front_matter(self) -> None:
        """Facts about the file between two lines of dashes at its start."""
        first = self.source[0] if self.source else None
        if not isinstance(first, Text) or first.text.strip() != "---" or first.place.line != 1:
            return
        for end, item in enumerate(self.source[1:_FRONT_LIMIT], 1):
            if isinstance(item, Text) and item.text.strip() in ("---", "..."):
                for each in self.source[: end + 1]:
                    assert isinstance(each, Text)
                    self._aside(each, "文件头的信息")
                    key, _, value = each.text.partition(":")
                    if key.strip().lower() == "title":
                        self.title = value.strip().strip("\"'")
                self.position = end + 1
                return

    def _line(self, item: Text) -> None:
        text = item.text
        following = self._next()
        if found := _HEADING.match(text):
            self._heading(item, len(found[1]), found.span(2))
        elif _FENCE.match(text):
            self._fence(item)
        elif _RULE.match(text):
            self._mark(item)
        elif found := _NOTE.match(text):
            self._note(item, found)
        elif text.lstrip().lower().startswith("<table"):
            self._html_table(item)
        elif following and pipe_table.begins(text.strip(), following.text.strip()):
            self._table()
        elif following and (under := _UNDERLINE.match(following.text)) and len(text) <= 60:
            self._heading(item, 1 if under[1][0] == "=" else 2, (0, len(text)))
            self._mark(following)
        else:
            start = found.end() if (found := _QUOTE.match(text)) else 0
            self._text(item, start, len(text))
            self.position += 1

    def _mark(self, item: Text) -> None:
        self._aside(item, "分隔线")
        self.position += 1

    def _heading(self, item: Text, level: int, span: tuple[int, int]) -> None:
        self._text(item, *span, level=level)
        self.position += 1

    def _fence(self, item: Text) -> None:
        """Code and the like: its lines as they stand."""
        mark = item.text.strip()[:3]
        self._mark(item)
        while self.position < len(self.source):
            line = self.source[self.position]
            if isinstance(line, Text) and line.text.strip().startswith(mark):
                self._mark(line)
                return
            self.items.append(line)
            self.position += 1

    def _note(self, item: Text, found: re.Match[str]) -> None:
        piece = Piece.of(item).cut(found.end())
        self.position += 1
        while (line := self._next(0)) and not _NOTE.match(line.text):
            piece = piece + Piece.of(line).strip()
            self.position += 1
        made = self._unmarked(piece)
        place = made.place.model_copy(update={"steps": made.steps})
        self.notes[found[1]] = NoteText(made.text, place, made.spans)

    def _text(self, item: Text, start: int, end: int, level: int | None = None) -> None:
        """A line without its marks; pictures in it come behind it."""
        pictures: list[Picture] = []
        piece = self._unmarked(Piece.of(item).cut(start, end), pictures)
        role = "heading" if level else item.role
        if piece.text.strip():
            place = piece.place.model_copy(update={"steps": piece.steps})
            self.items.append(
                replace(
                    item, text=piece.text, place=place, spans=piece.spans, level=level, role=role
                )
            )
        self.items += pictures

    def _unmarked(self, piece: Piece, pictures: list[Picture] | None = None) -> Piece:
        made, position = piece.cut(0, 0), 0
        for found in _MARK.finditer(piece.text):
            made = made + piece.cut(position, found.start())
            made = self._marked(made, piece, found, pictures)
            position = found.end()
        return made + piece.cut(position)

    def _marked(
        self, made: Piece, piece: Piece, found: re.Match[str], pictures: list[Picture] | None
    ) -> Piece:
        """What a mark shows, added to what came before it."""
        start = len(made.text)
        for name in ("escaped", "strong", "link", "raised", "literal", "url"):
            if found[name] is None:
                continue
            inner = piece.cut(*found.span(name))
            if name in ("strong", "link"):
                inner = self._unmarked(inner, pictures)
            end = start + len(inner.text)
            kinds = {"strong": "bold" if len(found["stars"] or "") > 1 else "italic",
                     "link": "link", "raised": "raised", "url": "link"}  # fmt: skip
            value = found["address"] if name == "link" else found["url"] or ""
            whole = made + inner
            if name in kinds and inner:
                span = Span(kinds[name], start, end, value if kinds[name] == "link" else "")  # type: ignore[arg-type]
                whole = replace(whole, spans=(*whole.spans, span))
            return whole
        if found["note"] is not None:
            return replace(made, spans=(*made.spans, Span("note", start, start, found["note"])))
        if found["entity"] is not None:
            shown = html.unescape(found[0])
            text = shown if len(shown) == 1 and shown.isprintable() else " "
            return made + replace(piece.cut(found.start(), found.start() + 1), text=text)
        if found["image"] is not None and pictures is not None:
            pictures.append(self._picture(found["image"], found["alt"], piece.at(found.start())))
        return made

    def _picture(self, path: str, alt: str, place: Place) -> Picture:
        name = path.rpartition("/")[2]
        content = None
        if self.folder is not None and unsafe(path) is None:
            target = self.folder / path
            try:
                inside = target.resolve().is_relative_to(self.folder.resolve())
                if inside and target.stat().st_size <= IMAGE_LIMIT:
                    content = target.read_bytes()
            except OSError:
                content = None
        return Picture(place, content, name, alt)

    def _table(self) -> None:
        """A pipe table; the rows above the line of dashes are its header."""
        rows: list[list[Piece]] = []
        header = None
        first = self.source[self.position]
        assert isinstance(first, Text)
        line: Text | None = first
        while line is not None and "|" in line.text:
            piece = Piece.of(line).strip()
            if header is None and pipe_table.is_delimiter(piece.text):
                header = len(rows)
            else:
                rows.append(list(self._cells(piece)))
            self.position += 1
            line = self._next(0)
        self.items.append(_grid(rows, header or 0, first.place))

    def _cells(self, piece: Piece) -> Iterator[Piece]:
        text = piece.text
        bars = [found.start() for found in _BAR.finditer(text)]
        start = 1 if text.startswith("|") else 0
        inner = [bar for bar in bars if bar >= start and bar != len(text) - 1]
        end = len(text) - (text.endswith("|") and len(text) - 1 in bars)
        for left, right in pairwise([start - 1, *inner, end]):
            yield self._unmarked(piece.cut(left + 1, right).strip())

    def _html_table(self, item: Text) -> None:
        """A table as converters write it, with cells that span rows and columns."""
        collected = [item]
        self.position += 1
        while "</table" not in collected[-1].text.lower() and self.position < len(self.source):
            line = self.source[self.position]
            self.position += 1
            if isinstance(line, Text):
                collected.append(line)
        whole = Piece.of(collected[0])
        for line in collected[1:]:
            whole = whole + Piece.of(line)
        grid = html_table.read(whole)
        if grid is not None:
            self.items.append(grid)
        else:
            for line in collected:
                self._text(line, 0, len(line.text))


def _grid(rows: list[list[Piece]], header: int, place: Place) -> Grid:
    columns = max(map(len, rows), default=1)
    cells = [
        Cell(
            piece.text,
            r,
            c,
            piece.place.model_copy(update={"steps": piece.steps}),
            spans=piece.spans,
        )
        for r, row in enumerate(rows)
        for c, piece in enumerate([*row, *[Piece("", ((0, place),))] * (columns - len(row))])
    ]
    return Grid(tuple(cells), len(rows), columns, place, header_rows=header)
