"""Finds the words that a diagnostic quotes in the text of a paragraph or cell."""

import re
from difflib import SequenceMatcher

_MARKUP = re.compile(r"\[\^[^\]]*\]|\*\*|\\(?=[^\w\s])|…$")
_ENOUGH = 4
"""Characters that must agree where a quote stands there only in part."""


def find(text: str, quote: str, column: int | None) -> tuple[int, int] | None:
    """Start and end (from 0) of ``quote`` in ``text``, nearest to ``column`` (from 1); or None.

    Blanks and marks of Markdown do not count; where only a part of the quote stands in the text
    (a number that Word counts is not in it), the part is taken.
    """
    if not quote or not text:
        return None
    near = (column or 1) - 1
    if text.startswith(quote, near):
        return near, near + len(quote)
    exact = _nearest(text, quote, near)
    if exact is not None:
        return exact, exact + len(quote)
    return _loosely(text, quote, near)


def _nearest(text: str, words: str, near: int) -> int | None:
    found: list[int] = []
    at = text.find(words)
    while at >= 0 and len(found) < 200:
        found.append(at)
        at = text.find(words, at + 1)
    return min(found, key=lambda start: abs(start - near)) if found else None


def _loosely(text: str, quote: str, near: int) -> tuple[int, int] | None:
    offsets = [at for at, char in enumerate(text) if not char.isspace()]
    dense = "".join(text[at] for at in offsets)
    wanted = "".join(_MARKUP.sub("", quote).split())
    if not wanted or not dense:
        return None
    before = sum(at < near for at in offsets)
    start = _nearest(dense, wanted, before)
    size = len(wanted)
    if start is None:
        match = SequenceMatcher(None, dense[:4000], wanted[:400], autojunk=False)
        start, _, size = match.find_longest_match()
        if size < min(_ENOUGH, len(wanted), len(dense)) or size * 2 < len(wanted):
            return None
    return offsets[start], offsets[start + size - 1] + 1
