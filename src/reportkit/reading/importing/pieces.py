"""Text with its origin: slices and joins keep the place of every character."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace

from reportkit.model.base import Place

from .stream import Cell, NoteText, Span, Text

BLANK = " \t\u00a0\u3000\u2002\u2003\u2009\u200b\ufeff"
"""What is cut off the edges of a text."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text. ``steps`` tell from which offset on it stands at which place."""

    text: str
    steps: tuple[tuple[int, Place], ...]
    spans: tuple[Span, ...] = ()

    @classmethod
    def of(cls, source: Text | Cell | NoteText) -> Piece:
        """The whole text of an item."""
        return cls(source.text, source.place.steps or ((0, source.place),), source.spans)

    def __bool__(self) -> bool:
        return bool(self.text)

    @property
    def place(self) -> Place:
        """Where the first character stands."""
        return self.at(0)

    def at(self, offset: int) -> Place:
        """Where a character stands."""
        return Place(steps=self.steps).stepped(offset)

    def cut(self, start: int, end: int | None = None) -> Piece:
        """The characters from ``start`` to ``end``."""
        end = len(self.text) if end is None else max(start, end)
        if start == 0 and end >= len(self.text):
            return self
        first = max(0, bisect_right(self.steps, start, key=lambda step: step[0]) - 1)
        steps = [(offset - start, place) for offset, place in self.steps[first + 1 :]
                 if offset < end]  # fmt: skip
        spans = [
            replace(span, start=max(span.start, start) - start, end=min(span.end, end) - start)
            for span in self.spans
            if span.start < end and (span.end > start or span.start == span.end >= start)
        ]
        return Piece(self.text[start:end], ((0, self.at(start)), *steps), tuple(spans))

    def strip(self, characters: str = BLANK) -> Piece:
        """Without blanks at the edges."""
        start = len(self.text) - len(self.text.lstrip(characters))
        return self.cut(start, max(start, len(self.text.rstrip(characters))))

    def without_look(self) -> Piece:
        """The same, but not bold or italic as a whole."""
        whole = (0, len(self.text))
        kept = [
            s for s in self.spans if s.kind not in ("bold", "italic") or (s.start, s.end) != whole
        ]
        return replace(self, spans=tuple(kept))

    def __add__(self, other: Piece) -> Piece:
        """Both, one after the other; marks of the same look that touch become one."""
        return Piece.joined((self, other))

    @classmethod
    def joined(cls, pieces: Iterable[Piece]) -> Piece:
        """All of them, one after the other."""
        texts: list[str] = []
        steps: list[tuple[int, Place]] = []
        spans: list[Span] = []
        size = 0
        for piece in pieces:
            texts.append(piece.text)
            steps += ((size + offset, place) for offset, place in piece.steps)
            spans += (replace(s, start=s.start + size, end=s.end + size) for s in piece.spans)
            size += len(piece.text)
        return cls("".join(texts), tuple(steps), _merged(spans))

    def pad(self, text: str) -> Piece:
        """The same with characters that the file does not hold, such as a blank."""
        return replace(self, text=self.text + text)


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    made: list[Span] = []
    ends: dict[tuple[str, str, int], int] = {}
    for span in spans:
        index = ends.pop((span.kind, span.value, span.start), None)
        if index is None:
            index = len(made)
            made.append(span)
        else:
            made[index] = replace(made[index], end=span.end)
        if span.kind != "note" and span.end > made[index].start:
            ends[span.kind, span.value, span.end] = index
    return tuple(made)
