"""Names that every system can hold, unique among many, the same wherever they are made."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping

BYTES = 120
"""Bytes of UTF-8 that a name may have: with an ending and what Windows adds it stays in bounds."""
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\u202a-\u202e]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)


def order(path: str) -> tuple[str, str]:
    """A key that sorts paths alike on every system."""
    return unicodedata.normalize("NFC", path).casefold(), path


def safe(name: str) -> str:
    """``name`` as a file name that Windows, macOS and Linux can hold.

    Whatever had to be cut off is told apart by six characters of a digest.
    """
    made = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", name)).strip(" .\u3000")
    if _RESERVED.fullmatch(made) or made.startswith("."):
        made = f"_{made}"
    if len(made.encode()) > BYTES:
        made = f"{_cut(made, BYTES - 7)}~{_mark(name)}"
    return made or f"_{_mark(name)}"


def unique(wished: Mapping[str, str], taken: Collection[str] = ()) -> dict[str, str]:
    """A name for each relative path; those that clash get the mark of the path's digest.

    ``wished`` are the names that they would have alone, with ``/`` as ``-``. Names that differ
    only in case clash: some systems hold them as one. ``taken`` are in use for something else.
    """
    names = {path: safe(wish.replace("/", "-")) for path, wish in wished.items()}
    many = Counter(name.casefold() for name in (*names.values(), *taken))
    return {
        path: f"{_cut(name, BYTES - 7)}~{_mark(path)}" if many[name.casefold()] > 1 else name
        for path, name in names.items()
    }


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:6]


def _cut(name: str, size: int) -> str:
    """At most ``size`` bytes of the name, without half characters or blanks at the end."""
    return name.encode()[:size].decode("utf-8", "ignore").rstrip(" .")
