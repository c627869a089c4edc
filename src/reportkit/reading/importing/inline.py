"""Pieces → inline Markdown: what the text says is escaped, what it looks like is marked.

``plain`` is the way back; the composer's parser and these two agree on what is a mark.
"""

import re
from collections.abc import Mapping

from reportkit.model.base import Place

from .pieces import Piece

_ESCAPE = re.compile(
    r"\\(?=[!-/:-@\[-`{-~]|$)|[`*]|\[(?=\^|[^\]\n]*\]\()|!(?=\[)"
    r"|<(?=[A-Za-z/!?])|&(?=#?[A-Za-z0-9]+;)|@(?=[A-Za-z])|\{(?=\{)"
)
_MARK = re.compile(
    r"\\([!-/:-@\[-`{-~])|\[\^[^\s\[\]^]+\]|\*+|\[((?:[^\[\]\\]|\\.)*)\]\(<?[^\s<>]*>?\)"
)
_WEB = re.compile(r"https?://[^\s<>()]+", re.IGNORECASE)


def plain(text: str) -> str:
    """The characters that inline Markdown made by ``render`` shows; footnote marks are left out."""
    return _MARK.sub(lambda found: found[1] or plain(found[2] or ""), text)


def escape(text: str) -> str:
    """Plain text as inline Markdown."""
    return _ESCAPE.sub(lambda found: "\\" + found[0], text)


def render(piece: Piece, notes: Mapping[str, str] | None = None) -> tuple[str, Place]:
    """The inline Markdown of a piece and its place, exact for every character.

    ``notes`` gives the label of each footnote that the piece may have a mark of.
    """
    inserts = _inserts(piece, notes or {})
    out: list[str] = []
    steps: list[tuple[int, Place]] = []
    length = position = 0
    for offset, skip, mark in inserts:
        if offset < position:
            continue
        length = _copy(piece, position, offset, length, out, steps)
        out.append(mark)
        length += len(mark)
        position = offset + skip
    _copy(piece, position, len(piece.text), length, out, steps)
    first = piece.place
    if not steps:
        steps = [(0, first)]
    return "".join(out), first.model_copy(update={"steps": tuple(steps)})


def _copy(
    piece: Piece, start: int, end: int, length: int, out: list[str], steps: list[tuple[int, Place]]
) -> int:
    """Copy characters as they are; each stretch that stands together gets a step."""
    if end <= start:
        return length
    part = piece.cut(start, end)
    out.append(part.text)
    steps += ((length + offset, place) for offset, place in part.steps)
    return length + len(part.text)


def _inserts(piece: Piece, notes: Mapping[str, str]) -> list[tuple[int, int, str]]:
    """What is put into the text: offset, number of characters it replaces, the mark."""
    made = [(found.start(), 0, "\\") for found in _ESCAPE.finditer(piece.text)]
    for span in piece.spans:
        if span.kind == "note" and span.value in notes:
            made.append((span.start, span.end - span.start, f"[^{notes[span.value]}]"))
        elif span.kind in ("bold", "italic") and _emphatic(piece, span.start, span.end):
            stars = "**" if span.kind == "bold" else "*"
            made += [(span.start, 0, stars), (span.end, 0, stars)]
        elif span.kind == "link" and _WEB.fullmatch(span.value):
            made += [(span.start, 0, "["), (span.end, 0, f"]({span.value})")]
    return sorted(made, key=lambda insert: insert[0])


def _emphatic(piece: Piece, start: int, end: int) -> bool:
    """Whether stars around the characters would work: not empty, no blank or star at the edges."""
    text = piece.text[start:end]
    around = piece.text[start - 1 : start] + piece.text[end : end + 1]
    edges = text[:1] + text[-1:]
    return bool(text) and edges.strip() == edges and "*" not in edges + around
