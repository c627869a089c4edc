"""Titles as they are compared: without footnote marks, emphasis, spaces and kinds of quotes."""

import re
import unicodedata
from functools import cache, lru_cache

from reportkit.model.standard import SectionSpec, TableSpec

_MARKS = re.compile(r"\[\^[^\]]*\]|\\(?=[^\w\s])|\*+|\s+")
_QUOTES = str.maketrans(dict.fromkeys("“”‘’「」『』'", '"'))
_ANY = "*"


@lru_cache(maxsize=4096)
def bare(title: str) -> str:
    """The comparable form of a title: ``总体情况[^1]`` and ``总体 情况`` are the same."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", _MARKS.sub("", title))).translate(
        _QUOTES
    )


@cache
def _pattern(accepted: str) -> re.Pattern[str]:
    pieces = (re.escape(bare(piece)) for piece in accepted.split(_ANY))
    return re.compile(".*".join(pieces))


def is_titled(spec: SectionSpec | TableSpec, title: str) -> bool:
    """Whether ``title`` is the spec's own title. ``*`` in it stands for any text."""
    return _pattern(spec.title).fullmatch(bare(title)) is not None


def is_variant(spec: SectionSpec | TableSpec, title: str) -> bool:
    """Whether ``title`` is one of the other titles that the standard accepts."""
    found = bare(title)
    return any(_pattern(variant).fullmatch(found) for variant in spec.variants)


def likeness(one: str, other: str) -> float:
    """How alike two titles are, 0 to 100; one that contains the other counts as 90."""
    from rapidfuzz import fuzz

    a, b = sorted((bare(one), bare(other)), key=len)
    if len(a) >= 3 and a in b:
        return 90.0
    return float(fuzz.ratio(a, b))


def ecma_pattern(spec: SectionSpec) -> str:
    """A regular expression for JSON Schema that accepts what ``is_titled`` and variants accept.

    It allows spaces between characters and footnote marks behind the title. The empty variant,
    which means an untitled section, is left to the caller.
    """
    accepted = filter(None, dict.fromkeys((spec.title, *spec.variants)))
    return f"^({'|'.join(_spaced(title) for title in accepted)})$"


_QUOTED = "[“”‘’「」『』\"']"


def _spaced(accepted: str) -> str:
    letters = []
    for char in "".join(accepted.split()):
        if char == _ANY:
            letters.append("[\\s\\S]*")
        elif bare(char) == '"':
            letters.append(_QUOTED)
        else:
            letters.append(re.sub(r"([\\^$.*+?()\[\]{}|/-])", r"\\\1", char).replace("\\-", "-"))
    return "".join(f"\\s*{letter}" for letter in letters) + r"\s*(\[\^[^\]]*\]\s*)*"
