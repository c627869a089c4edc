"""Takes our own remarks of an earlier check out of cell comments, unless somebody answered them.

A cell has one comment, to which Excel and people add text; so our remarks are known by their form:
a line with code and severity, below it the message and lines that begin with our labels. Where any
other line stands below ours, somebody has answered, and the comment stays as it is.
"""

import re
from collections.abc import Sequence

from reportkit.reading.ooxml import Element

from .words import HEAD, LABELLED

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def forget(comment: Element) -> bool:
    """Remove our unanswered remarks from a comment; tell whether there were any."""
    text = comment.find(_S + "text")
    if text is None:
        return False
    said = "".join(item.text or "" for item in text.iter(_S + "t"))
    start = _ours(said)
    if start is None:
        return False
    _shorten(text, start)
    return True


def is_empty(comment: Element) -> bool:
    """Whether a comment says nothing."""
    return not any((item.text or "").strip() for item in comment.iter(_S + "t"))


def _ours(said: str) -> int | None:
    """Where our remarks begin, if nothing but ours stands from there on."""
    lines = re.split(r"(?<=\n)", said.replace("\r\n", "\n"))
    plain = [line.strip() for line in lines]
    first = next((n for n, line in enumerate(plain) if HEAD.fullmatch(line)), None)
    if first is None or not _only_ours(plain[first:]):
        return None
    return len("".join(lines[:first]).rstrip("\n"))


def _only_ours(lines: Sequence[str]) -> bool:
    message = False
    for line in lines:
        if HEAD.fullmatch(line):
            message = True
        elif message:
            message = False
        elif line and not LABELLED.match(line):
            return False
    return True


def _shorten(text: Element, length: int) -> None:
    """Keep the first characters of a comment's text, in their runs."""
    left = length
    for item in list(text.iter(_S + "t")):
        said = item.text or ""
        item.text = said[:left]
        left = max(0, left - len(said))
        if not item.text:
            run = item.getparent()
            holder = text if run is text else run
            assert holder is not None
            text.remove(item if holder is text else holder)
