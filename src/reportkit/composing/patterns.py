"""Number patterns of a standard (``表{chapter}-{n}``), used to print and to find numbers.

A pattern is literal text with the placeholders that ``model.standard.Numbering`` names.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from .numerals import chinese, circled, roman

_PLACEHOLDER = re.compile(r"\{(n|cn|roman|circled|path|chapter)\}")
_CHAPTER = re.compile(r"\{chapter\}[^\w{]?|\{chapter\}")
_DASHES = "-－‐‑–—−"


@dataclass(frozen=True, slots=True)
class Count:
    """What a pattern is filled with: an own number, and where the object stands.

    ``path`` holds the numbers from the chapter down to the object; it is None where one of the
    sections above has no number.
    """

    n: int
    chapter: int | None = None
    path: tuple[int, ...] | None = None


def fill(pattern: str, count: Count) -> str:
    """The number that ``pattern`` makes of ``count``.

    In a chapter without number ``{chapter}`` is left out with the mark that follows it, so that
    ``图{chapter}-{n}`` gives 图1 there.
    """
    if count.chapter is None:
        pattern = without_chapter(pattern)
    values = {
        "n": str(count.n),
        "cn": chinese(count.n),
        "roman": roman(count.n),
        "circled": circled(count.n),
        "path": ".".join(map(str, count.path or (count.n,))),
        "chapter": str(count.chapter),
    }
    return _PLACEHOLDER.sub(lambda match: values[match[1]], pattern)


def without_chapter(pattern: str) -> str:
    """The pattern as it is used where no chapter has a number."""
    return _CHAPTER.sub("", pattern)


def by_chapter(pattern: str) -> bool:
    """Whether objects with this pattern are counted anew in every chapter."""
    return "{chapter}" in pattern or "{path}" in pattern


def needs_path(pattern: str) -> bool:
    """Whether the pattern shows the numbers of the sections above."""
    return "{path}" in pattern or "{chapter}" in pattern


def canonical(label: str) -> str:
    """A label without blanks and with one kind of dash, so that 图 5－8 equals 图5-8."""
    return "".join("-" if char in _DASHES else char for char in label if not char.isspace())


@lru_cache(maxsize=64)
def expression(pattern: str) -> str:
    """A regular expression for labels of this pattern as authors type them.

    Blanks may stand around numbers, and any dash for a hyphen.
    """
    parts: list[str] = []
    position = 0
    for match in _PLACEHOLDER.finditer(pattern):
        parts.append(_literal(pattern[position : match.start()]))
        parts.append(_NUMBERS[match[1]])
        position = match.end()
    parts.append(_literal(pattern[position:]))
    return r"[ \u00a0\u3000]?".join(part for part in parts if part)


_NUMBERS = {
    "n": r"\d{1,3}",
    "chapter": r"\d{1,2}",
    "path": r"\d{1,2}(?:\.\d{1,2}){0,4}",
    "cn": "[一二三四五六七八九十百零]{1,5}",
    "roman": "[IVXLCM]{1,8}",
    "circled": "[\u2460-\u2473\u3251-\u325f\u32b1-\u32bf]",
}


def _literal(text: str) -> str:
    stripped = "".join(text.split())
    return "".join(f"[{_DASHES}]" if char in _DASHES else re.escape(char) for char in stripped)
