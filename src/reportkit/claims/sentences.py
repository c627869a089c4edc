"""Sentences, and in them the items between commas, semicolons, colons, list marks and brackets.

Rule of the language: a full stop ends a thought; a semicolon parts members of equal rank; 、 parts
the members of a list; brackets explain what stands before them. Marks inside “…”, 《…》 and inside
numbers part nothing.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .passages import Passage
from .quantity import Quantity, scan_folded

_MARK = re.compile(r"[。！？!?；;，,、:：()\[\]“”‘’《》【】\n]")
_STOPS = "。！？!?\n"
_OPEN, _CLOSE = "(（[【", ")）]】"
_QUOTES = {"“": "”", "‘": "’", "《": "》"}
_OPENING = re.compile("[“‘《]")
_LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True)
class Item:
    """Characters ``start`` to ``end`` between two marks. ``mark`` stands before it.

    ``depth`` counts the brackets around it, ``segment`` the semicolons of its sentence before it.
    """

    start: int
    end: int
    mark: str
    depth: int
    segment: int


@dataclass(frozen=True, eq=False, slots=True)
class Sentence:
    """A sentence of a passage with its items and quantities. ``number`` counts in the passage."""

    passage: Passage
    start: int
    end: int
    number: int
    items: tuple[Item, ...]
    quantities: tuple[Quantity, ...]

    @property
    def text(self) -> str:
        """The sentence as folded text."""
        return self.passage.folded[self.start : self.end]

    def counts(self, start: int, end: int) -> Sequence[Quantity]:
        """The quantities that begin in a stretch of the passage."""
        return _between(self.quantities, start, end)

    def item_at(self, offset: int) -> int:
        """Index of the item that holds a character of the passage."""
        return max(0, bisect_right(self.items, offset, key=_start) - 1)


def _start(item: Item) -> int:
    return item.start


def sentences(passage: Passage) -> Iterator[Sentence]:
    """The sentences of a passage."""
    folded = passage.folded
    found = scan_folded(folded, passage.text)
    taken = {i for q in found for i in range(q.start, q.end)}
    taken.update(_quoted(folded))
    start, number = 0, 0
    for stop in [*_stops(folded, taken), len(folded)]:
        if folded[start:stop].strip():
            inside = tuple(q for q in _between(found, start, stop))
            items = tuple(_items(folded, start, stop, taken))
            yield Sentence(passage, start, stop, number, items, inside)
            number += 1
        start = stop + 1


def _stops(folded: str, taken: set[int]) -> Iterator[int]:
    for mark in _MARK.finditer(folded):
        if mark[0] in _STOPS and mark.start() not in taken:
            yield mark.start()


def _between(found: Sequence[Quantity], start: int, stop: int) -> Sequence[Quantity]:
    first = bisect_right(found, start - 1, key=_from)
    return found[first : bisect_right(found, stop - 1, key=_from)]


def _from(quantity: Quantity) -> int:
    return quantity.start


def _quoted(folded: str) -> Iterator[int]:
    """Offsets inside short quotations and titles."""
    at = 0
    while at < len(folded):
        opening = _OPENING.search(folded, at)
        if opening is None:
            return
        close = folded.find(_QUOTES[opening[0]], opening.end(), opening.end() + _LONGEST_QUOTE)
        if close < 0:
            at = opening.end()
            continue
        yield from range(opening.start(), close)
        at = close + 1


def _items(folded: str, start: int, stop: int, taken: set[int]) -> Iterator[Item]:
    at, mark, depth, segment = start, "", 0, 0
    for found in _MARK.finditer(folded, start, stop):
        char, here = found[0], found.start()
        if here in taken or char in "“”‘’《》":
            continue
        if folded[at:here].strip() or mark in _OPEN:
            yield Item(at, here, mark, depth, segment)
        if char in _OPEN:
            depth += 1
        elif char in _CLOSE:
            depth = max(0, depth - 1)
        elif char in "；;" and depth == 0:
            segment += 1
        at, mark = found.end(), char
    if folded[at:stop].strip():
        yield Item(at, stop, mark, depth, segment)
