"""References that authors typed (见表1-1, 图5-8至图5-10, 【案例3-1】) found in plain text.

What counts as one is built from the standard's label patterns. Text that only looks like a label
is told apart: 代表2-3人 (the label begins inside a word, or a measure word follows), 表1-1-2, 2-1.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .numbering import Kind
from .patterns import canonical, expression

_INSIDE_WORDS = {
    "表": "代发外列报量课仪手填钟电水附",
    "图": "地蓝企意试构版插附力妄贪草绘制",
}
_NOT_AFTER = r"(?![\dA-Za-z]|[-－‐‑–—−.．][\d])"
_MEASURED = re.compile(
    r"\s?(?:[个位家门件套份张幅篇本册天周万亿倍%％]|人(?![才员数口])|名(?![称单])|项(?!目)"
    r"|所(?![示列述])|部(?!分)|种(?!类)|年(?![度份])|次(?!数))"
)
_RANGE = re.compile(r"\s?(?:至|到|[~～—–－-]{1,2})\s?")
_DIGITS = re.compile(r"\d+")
_LAST_NUMBER = re.compile(r"\d+$")
_MOST_IN_RANGE = 50


@dataclass(frozen=True, slots=True)
class Typed:
    """A typed reference: where it stands in the text, and the label it names, in canonical form."""

    kind: Kind
    start: int
    end: int
    label: str
    through: tuple[str, ...] = ()


class Scanner:
    """Finds typed references by the label patterns of each kind."""

    def __init__(self, patterns: Mapping[Kind, Iterable[str]]) -> None:
        pairs = [(kind, pattern) for kind, these in patterns.items() for pattern in these]
        pairs = [(kind, pattern) for kind, pattern in pairs if _recognisable(pattern)]
        pairs.sort(key=lambda pair: -len(pair[1]))
        self._kinds = [kind for kind, _ in pairs]
        either = "|".join(f"({expression(pattern)})" for _, pattern in pairs)
        self._expression = re.compile(f"(?:{either}){_NOT_AFTER}") if pairs else None

    def find(self, text: str) -> list[Typed]:
        """All typed references in ``text``, in order."""
        if self._expression is None:
            return []
        found: list[Typed] = []
        for match in self._expression.finditer(text):
            if not _stands_alone(text, match):
                continue
            assert match.lastindex is not None
            kind, label = self._kinds[match.lastindex - 1], canonical(match[0])
            through = _between(text, found[-1], match.start(), kind, label) if found else ()
            found.append(Typed(kind, match.start(), match.end(), label, through))
        return found


def _recognisable(pattern: str) -> bool:
    """Whether a label begins with a word and holds a number."""
    return not pattern.startswith("{") and "{" in pattern


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """Whether the match is a label and no quantity (代表2-3人)."""
    before = text[match.start() - 1] if match.start() else ""
    if before and before in _INSIDE_WORDS.get(match[0][0], ""):
        return False
    numbers = [int(number) for number in _DIGITS.findall(match[0])]
    return numbers != sorted(numbers) or not _MEASURED.match(text, match.end())


def _between(text: str, last: Typed, start: int, kind: Kind, label: str) -> tuple[str, ...]:
    """The labels that a range passes over: 图5-9 in 图5-8至图5-10."""
    if last.kind != kind or not _RANGE.fullmatch(text, last.end, start):
        return ()
    first, second = _LAST_NUMBER.search(last.label), _LAST_NUMBER.search(label)
    if not first or not second or last.label[: first.start()] != label[: second.start()]:
        return ()
    numbers = range(int(first[0]) + 1, int(second[0]))
    if len(numbers) > _MOST_IN_RANGE:
        return ()
    return tuple(f"{label[: second.start()]}{number}" for number in numbers)
