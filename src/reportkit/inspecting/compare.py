"""Compare two forms of one report: word for word, number for number, table for table.

One file gives pieces (paragraphs, cells, notes), the other one long text; every piece must stand
in it after those before it, and nothing else may. What is printed again on other pages (running
heads, header rows, 续表) is known by standing in the first file already.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby, islice

from reportkit.model.base import Place
from reportkit.model.diagnostic import Finding

from .measured import Measured

NOTE = "\ue000"
"""Stands for a footnote mark, whose form may differ."""
PAGE = "\ue001"
"""Stands for the page number of an entry, where both files count pages by themselves."""
LEADER = "\ue002"
"""Stands for the dots between an entry and its page number."""
_FREE = re.compile(f"[{NOTE}{PAGE}{LEADER}]")
_MARK = r"(?:\[?\d\]?|\[\d+\]|\d{2,3})?"
_DOT, _NUMBER = "[.·…]{0,3}", re.compile(r"\d{1,4}|[ivxlc]{1,8}")
_ALIKE = 0.9
"""How alike the words of two texts are that tell the same with other numbers."""
_HEAD, _FOOT = 12, 1500
"""Characters by which the first part of a parted text is found, and what may stand between."""
_REPEATED = 240
"""Characters that heads of pages and of tables, printed again, may have."""
_BEGINNINGS = 60
"""Places that are tried for its first part."""
_NEAR, _SHORT, _FEW = 4000, 6, 600
"""How far ahead a piece is looked for first, and a short one at all."""
_BLANKS = re.compile(r"[\s\u200b\u00ad]+|[.·．…⋯]{2,}|_{2,}|〓|[-—–─―－]{1,}")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_FIGURES = re.compile(r"[\d.,%‰()/万亿千百人次项元个所年]+")
_AGAIN = re.compile(r"续表[\d.]*|附?表[\d.]*\(续\)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, a cell, a note. ``spare`` pieces need not be in the other file."""

    text: str
    place: Place
    table: int = 0
    row: int = 0
    spare: bool = False
    note: bool = False


@dataclass
class Flat:
    """The text of a file as one, and where its pages or paragraphs begin in it."""

    name: str
    text: str
    starts: list[int]
    places: list[Place]

    def place(self, offset: int) -> Place:
        """Where a character stands."""
        index = bisect_right(self.starts, offset) - 1
        return self.places[index] if index >= 0 else Place(file=self.name)


def normal(text: str) -> str:
    """Text as it is compared: no blanks, dashes, leaders; compatible characters made one."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text))


def plain(text: str) -> str:
    """Text without the signs that stand for what is not compared."""
    return _FREE.sub("", text)


def _pattern(said: str) -> re.Pattern[str]:
    made = re.escape(said)
    for sign, form in ((NOTE, _MARK), (PAGE, ""), (LEADER, _DOT)):
        made = made.replace(sign, form)
    return re.compile(made)


def pieces_of_pdf(measured: Measured) -> list[Piece]:
    """The lines of a PDF as pieces."""
    return [
        Piece(line.text, Place(file=measured.name, page=sheet.index + 1))
        for sheet in measured.sheets
        for line in sheet.text
    ]


def flat(name: str, pieces: Sequence[Piece]) -> Flat:
    """All pieces as one text; notes last."""
    made = Flat(name, "", [], [])
    parts, at = [], 0
    for piece in pieces:
        if text := normal(plain(piece.text)):
            made.starts.append(at)
            made.places.append(piece.place)
            parts.append(text)
            at += len(text)
    made.text = "".join(parts)
    return made


class Comparison:
    """``pieces`` of one file against the ``other``."""

    def __init__(self, name: str, pieces: Sequence[Piece], other: Flat) -> None:
        self.name, self.pieces, self.other = name, pieces, other
        self.covered = bytearray(len(other.text))
        self.known = "".join(normal(plain(piece.text)) for piece in pieces)
        self.cursor = 0
        self.entries: list[int] = []
        self.text = self.bare = other.text
        self.index = list(range(len(self.text)))
        words = {normal(piece.text) for piece in pieces if piece.spare} - {""}
        self.words = sorted(words, key=lambda word: -len(word))

    def findings(self) -> Iterator[Finding]:
        """RK731 text, RK732 numbers, RK733 tables."""
        self._take_notes_out()
        missing: list[tuple[Piece, int]] = []
        for _, row in groupby(
            [p for p in self.pieces if not (p.note or p.spare)],
            lambda p: (p.table, p.row, p.table or id(p)),
        ):
            missing += self._row(list(row))
        self._take_pages_out()
        yield from (found for piece, at in missing if (found := self._differs(piece, at)))
        yield from self._others()

    def _take_notes_out(self) -> None:
        """Notes stand at the foot of pages in the one, at the end in the other."""
        for piece in self.pieces:
            if piece.note:
                text = normal(piece.text)
                at = self.text.find(text)
                if at >= 0:
                    mark = re.search(r"(?:\[\d+\]|\d)?$", self.text[max(0, at - 4) : at])
                    start = at - (len(mark[0]) if mark else 0)
                    self._cover(start, at + len(text))
        self.index = [i for i, taken in enumerate(self.covered) if not taken]
        self.bare = "".join(self.text[i] for i in self.index)

    def _take_pages_out(self) -> None:
        """The page numbers of entries: digits behind them that nothing else has taken."""
        for at in self.entries:
            number = _NUMBER.match(self.bare, at)
            for place in self.index[at : number.end()] if number else ():
                if self.covered[place]:
                    break
                self.covered[place] = 1

    def _cover(self, start: int, end: int) -> None:
        self.covered[start:end] = b"\x01" * (end - start)

    def _row(self, row: Sequence[Piece]) -> list[tuple[Piece, int]]:
        """Find a paragraph, or the cells of a row in one go, or else each by itself."""
        if len(row) > 1 and self._find("".join(piece.text for piece in row), long=True):
            return []
        return [
            (piece, self.cursor)
            for piece in row
            if not self._find(piece.text) and not self._parted(piece.text)
        ]

    def _find(self, text: str, *, long: bool = False) -> bool:
        said = normal(text)
        if not said:
            return True
        if _FREE.search(said):
            pattern = _pattern(said)
            hit = pattern.search(self.bare, self.cursor)
            before = [] if hit else list(pattern.finditer(self.bare, 0, self.cursor))
            free = [found for found in before if not self.covered[self.index[found.start()]]]
            hit = hit or next(reversed(free or before), None)
            if hit is not None and said.endswith(PAGE):
                self.entries.append(hit.end())
            return hit is not None and self._hit(hit.start(), hit.end())
        short = len(said) <= _SHORT
        reach = _FEW if short else _NEAR
        at = self.bare.find(said, self.cursor, self.cursor + reach)
        if at < 0 and not short:
            at = self.bare.find(said, self.cursor)
        if at < 0 and (not short or not long):
            at = self._earlier(said)
        return at >= 0 and self._hit(at, at + len(said))

    def _parted(self, text: str) -> bool:
        """Find a text that goes on on the next page, behind what stands at the foot of this one."""
        said = normal(text)
        head = _FREE.split(said[:_HEAD])[0]
        if len(head) < 4:
            return False
        for at in self._places(head):
            stretches = self._stretches(said, at)
            if stretches:
                for start, end in stretches:
                    self._hit(start, end)
                return True
        return False

    def _places(self, head: str) -> Iterator[int]:
        """Where a text may begin: from the cursor on, then before it; the first few places."""
        places = [m.start() for m in islice(re.finditer(re.escape(head), self.bare), _BEGINNINGS)]
        further = self.bare.find(head, self.cursor)
        near = [] if further < 0 else [further]
        yield from dict.fromkeys((*near, *(p for p in places if p >= self.cursor), *places))

    def _stretches(self, said: str, at: int) -> list[tuple[int, int]]:
        """The stretches in which a text stands that begins at a place; none if it does not."""
        end = at
        while end - at < len(said) and end < len(self.bare) and self.bare[end] == said[end - at]:
            end += 1
        if end - at == len(said):
            return [(at, end)]
        for cut in range(end, max(at, end - 4), -1):
            rest = said[cut - at :]
            whole = _pattern(rest)
            reach = cut + _FOOT + len(said)
            if (hit := whole.search(self.bare, cut, reach)) and self._turned(cut, hit.start()):
                return [(at, cut), hit.span()]
            begins = self.bare.find(rest[:_HEAD], cut, reach) if len(rest) > _FOOT // 2 else -1
            if begins >= 0 and self._turned(cut, begins):
                following = self._stretches(rest, begins)
                return [(at, cut), *following] if following else []
        return []

    def _turned(self, cut: int, start: int) -> bool:
        """Whether another page has begun between two places."""
        return self._page(cut - 1) != self._page(start)

    def _page(self, at: int) -> int | None:
        place = self.other.place(self.index[at])
        return place.page if place.page is not None else at

    def _earlier(self, said: str) -> int:
        """A place before the cursor that no other piece has taken."""
        at = self.bare.rfind(said, 0, self.cursor)
        while at >= 0 and self.covered[self.index[at]]:
            at = self.bare.rfind(said, 0, at)
        return at

    def _hit(self, start: int, end: int) -> bool:
        for place in self.index[start:end]:
            self.covered[place] = 1
        near = self.cursor - 40 <= start <= self.cursor + 40 * _NEAR
        self.cursor = end if near else self.cursor
        return True

    def _differs(self, piece: Piece, at: int) -> Finding | None:
        """How a piece that was not found differs from what stands in its place."""
        said = normal(plain(piece.text))
        gap = self._gap(at, len(said))
        other = "".join(self.text[i] for i in gap)
        ratio = SequenceMatcher(None, said, other, autojunk=False).ratio() if other else 0.0
        like = ratio > 0.5 or (_DIGITS.fullmatch(said) and _DIGITS.fullmatch(other))
        if like:
            for i in gap:
                self.covered[i] = 1
            if pair := _other_number(said, other):
                return self._found("RK732", piece, value=pair[0], limit=pair[1])
        if piece.table:
            return self._found(
                "RK733", piece, table=str(piece.table), row=str(piece.row + 1), what=said[:60]
            )
        start = next((m.a + m.size for m in SequenceMatcher(
            None, said, other, autojunk=False).get_matching_blocks() if m.a == 0 == m.b and m.size),
            0) if like else 0  # fmt: skip
        excerpt = said[max(0, start - 8) : start + 50]
        return self._found("RK731", piece, where=self.other.name, what=excerpt)

    def _gap(self, at: int, length: int) -> list[int]:
        """Characters that nothing has taken, from near a place on."""
        begin = self.index[at] if at < len(self.index) else len(self.text)
        start = self.covered.find(b"\x00", begin, begin + 3 * length + 400)
        if start < 0:
            return []
        end = self.covered.find(b"\x01", start)
        end = len(self.text) if end < 0 else end
        return list(range(start, min(end, start + 2 * length + 20)))

    def _others(self) -> Iterator[Finding]:
        """What stands in the other file alone."""
        for hit in re.finditer(b"\x00+", bytes(self.covered)):
            text = _AGAIN.sub("", self.text[hit.start() : hit.end()])
            if len(text) < 2 or self._drawn(text):
                continue
            if len(text) <= _REPEATED and (text in self.known or self._made_of_known(text)):
                continue
            place = self.other.place(hit.start())
            args = {"where": self.name, "what": text[:60]}
            yield Finding(code="RK731", place=place, quote=text[:80], args=args, at=self.other.name)

    def _drawn(self, text: str) -> bool:
        """Whether a text is only what charts print: names of their data, figures, shares."""
        for word in self.words:
            text = text.replace(word, "")
        return bool(self.words) and not _FIGURES.sub("", text)

    def _made_of_known(self, text: str) -> bool:
        """Whether a text is put together of stretches that stand in the first file."""
        at = 0
        while at < len(text):
            size = min(len(text) - at, 200)
            while size >= 4 and text[at : at + size] not in self.known:
                size -= 1
            if size < 4:
                return at >= len(text) - 3 and text[at:] in self.known
            at += size
        return True

    def _found(self, code: str, piece: Piece, **args: str) -> Finding:
        return Finding(code=code, place=piece.place, quote=plain(piece.text)[:80],
                       args=args, at=self.name)  # fmt: skip


def _other_number(one: str, two: str) -> tuple[str, str] | None:
    """The first numbers that differ, in two texts that are alike but for numbers."""
    two = two[: len(one) + 2]
    a, b = (_DIGITS.sub("", text) for text in (one, two))
    if SequenceMatcher(None, a, b, autojunk=False).ratio() < _ALIKE:
        return None
    pairs = zip(_DIGITS.findall(one), _DIGITS.findall(two), strict=False)
    return next((pair for pair in pairs if pair[0] != pair[1]), None)
