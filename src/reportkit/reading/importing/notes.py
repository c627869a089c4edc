"""Footnotes that were typed: ¹ or ① in the text, and a line that begins with the same mark."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace

from . import captions
from .pieces import Piece
from .stream import Span
from .units import AGAIN, Kind, Unit, Work

_MARKS = "¹²³⁴-⁹①-⑳⑴-⒇❶-❿"
_DEFINITION = re.compile(
    rf"(?P<mark>[¹²³⁴-⁹]{{1,2}}|[{_MARKS}]|\[\d{{1,2}}\]|注\d{{1,2}}[:：])\s*(?=\S)"
)
_REACH = 400
"""Units before a footnote in which its mark is looked for."""


def take(work: Work) -> None:
    """Move typed footnotes into ``work.notes`` and put a mark where each is referred to.

    Marks may start anew on every page, so each footnote belongs to the nearest free mark before
    it. A line that begins with such a mark but that no text refers to stays text.
    """
    free: list[tuple[int, int, str]] = []
    taken: set[int] = set()
    for index, unit in enumerate(work.units):
        if not unit.text or unit.kind in (Kind.OBJECT, Kind.BREAK):
            continue
        found = _DEFINITION.match(unit.text)
        mark = _bare(found["mark"]) if found else ""
        referrer = _nearest(free, mark, index) if mark else None
        if found is None or referrer is None:
            free += ((index, at, sign) for at, sign in _marks(unit))
            continue
        free.remove(referrer)
        label = f"typed-{len(work.notes) + 1}"
        work.notes[label] = unit.piece.cut(found.end())
        work.aside(unit.piece.cut(0, found.end()), "脚注号" + AGAIN)
        _refer(work.units[referrer[0]], referrer[1], len(mark), label)
        unit.joined = True
        taken.add(index)
    work.units = [unit for index, unit in enumerate(work.units) if index not in taken]


def may_define(text: str) -> bool:
    """Whether a line begins as a footnote does."""
    return _DEFINITION.match(text) is not None


def _bare(mark: str) -> str:
    return mark.strip("[]注:：")


def _nearest(
    free: Sequence[tuple[int, int, str]], mark: str, index: int
) -> tuple[int, int, str] | None:
    """The earliest free mark of this sign since the last footnote block; the nearest before."""
    same = [each for each in free if each[2] == mark and index - each[0] <= _REACH]
    return same[-1] if same else None


def _marks(unit: Unit) -> Iterator[tuple[int, str]]:
    """Marks in a text that may refer to a footnote: behind a word, not counting off clauses."""
    text = unit.text
    for found in re.finditer(rf"[¹²³⁴-⁹]{{1,2}}|[{_MARKS}]", text):
        before = text[found.start() - 1] if found.start() else ""
        raised = unicodedata.category(found[0][0]) == "No" and "SUPERSCRIPT" in unicodedata.name(
            found[0][0]
        )
        if before and (raised or before not in "：:；;、（(“ "):
            yield found.start(), found[0]
    for span in unit.piece.spans:
        inner = text[span.start : span.end].strip("[]")
        if span.kind == "raised" and inner.isdecimal() and span.start:
            yield span.start, inner


def _refer(unit: Unit, offset: int, length: int, label: str) -> None:
    piece = unit.piece
    mark = Span("note", offset, offset + length, label)
    kept = tuple(s for s in piece.spans if s.kind != "raised" or s.start != offset)
    unit.piece = replace(piece, spans=(*kept, mark))
    if unit.kind is Kind.CAPTION:
        unit.label = captions.read(unit.piece) or unit.label


def marks_of(piece: Piece) -> list[str]:
    """The keys of the footnotes that a piece refers to, in order."""
    return [span.value for span in piece.spans if span.kind == "note"]
