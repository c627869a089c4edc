"""Dates that cannot be: month 13, 30 February, an end before its beginning, a programme too early.

The years in which national programmes began are public; a date before a programme that the same
sentence speaks about is a slip of the pen.
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass

from reportkit.model.base import Place
from reportkit.vocabulary import groups

from .passages import Passage
from .verdict import Verdict

_Y = r"(?P<y{0}>(?:1[89]|2\d)\d\d) ?年"
_DATE = re.compile(
    rf"(?:{_Y.format(1)} ?)?(?P<m>\d{{1,2}}) ?月(?!份?内)(?: ?(?P<d>\d{{1,2}}) ?[日号])?"
)
_POINT = r"(?P<y{0}>(?:19|20)\d\d) ?年(?: ?(?P<m{0}>\d{{1,2}}) ?月(?: ?(?P<d{0}>\d{{1,2}}) ?日)?)?"
_RANGE = re.compile(_POINT.format(1) + r" ?(?:至|到|-+|~|—+) ?" + _POINT.format(2))
_SCHOOL_YEAR = re.compile(r"(?P<a>(?:19|20)\d\d) ?年? ?(?:-+|~|至|—+) ?(?P<b>(?:19|20)\d\d) ?学年")
_YEAR = re.compile(r"(?<!\d)(?P<y>(?:1[5-9]|2[0-9])\d\d) ?年(?!级)")
_SENTENCE = re.compile("[^。！？\n]+")
FIRST_YEAR = 1860
AHEAD = 30

PROGRAMMES: tuple[tuple[str, int, str], ...] = tuple(
    ("|".join(listed), int(year), why) for why, (year, *listed) in groups("programmes")
)
"""Programme, the first year in which it can be spoken of, and the public fact."""

_PROGRAMMES = tuple((re.compile(words), year, fact) for words, year, fact in PROGRAMMES)


@dataclass(frozen=True, eq=False)
class Dated:
    """The words of a date at its place."""

    place: Place
    quote: str


def impossible_dates(passage: Passage, year: int | None) -> Iterator[Verdict]:
    """The dates of a passage that cannot be; ``year`` is that of the report."""
    yield from _no_such_day(passage)
    yield from _backwards(passage)
    yield from _far_away(passage, year)


def _verdict(
    passage: Passage, found: re.Match[str], what: str, working: str, sure: float
) -> Verdict:
    text = passage.text[found.start() : found.end()]
    return Verdict(Dated(passage.place(found.start()), text), what, working, (), sure)


def _no_such_day(passage: Passage) -> Iterator[Verdict]:
    for found in _DATE.finditer(passage.folded):
        month, day = int(found["m"]), int(found["d"] or 1)
        if passage.folded[found.start() - 1 : found.start()] in ("个", ".", "第"):
            continue
        if not 1 <= month <= 12:
            if found["y1"] or found["d"]:
                yield _verdict(passage, found, f"没有{month}月", "月份应为1—12", 0.95)
            continue
        year = int(found["y1"] or 2024)
        last = calendar.monthrange(year, month)[1]
        if not 1 <= day <= last:
            shown = f"{found['y1']}年{month}月" if found["y1"] else f"{month}月"
            yield _verdict(
                passage, found, f"{shown}没有{day}日", f"{shown}最后一天是{last}日", 0.95
            )


def _backwards(passage: Passage) -> Iterator[Verdict]:
    for found in _RANGE.finditer(passage.folded):
        first = _point(found, 1)
        last = _point(found, 2)
        size = min(len(first), len(last))
        if last[:size] < first[:size]:
            yield _verdict(passage, found, "起止颠倒", "结束早于开始", 0.93)
    for found in _SCHOOL_YEAR.finditer(passage.folded):
        if int(found["b"]) <= int(found["a"]):
            yield _verdict(
                passage, found, "学年起止颠倒", f"应为{found['a']}—{int(found['a']) + 1}学年", 0.92
            )


def _point(found: re.Match[str], side: int) -> tuple[int, ...]:
    values = (found[f"y{side}"], found[f"m{side}"], found[f"d{side}"])
    return tuple(int(value) for value in values if value)


def _far_away(passage: Passage, year: int | None) -> Iterator[Verdict]:
    for found in _YEAR.finditer(passage.folded):
        named = int(found["y"])
        if named < FIRST_YEAR or (year is not None and named > year + AHEAD):
            if _historic(passage.folded, found.start()):
                continue
            yield _verdict(passage, found, f"{named}年超出合理范围", "年份可能有误", 0.75)


def _historic(folded: str, at: int) -> bool:
    """Whether the words around speak of history or of a distant goal (2060年碳中和)."""
    around = folded[max(0, at - 20) : at + 24]
    return bool(
        re.search("历史|始建|创建|清|明|元|宋|朝|世纪|碳中和|远景|公元|远期|本世纪", around)
    )


def before_programme(passage: Passage) -> Iterator[Verdict]:
    """Dated events of programmes that did not yet exist in that year."""
    if "年" not in passage.folded:
        return
    for sentence in _SENTENCE.finditer(passage.folded):
        years = list(_YEAR.finditer(passage.folded, sentence.start(), sentence.end()))
        if not years:
            continue
        for words, first, fact in _PROGRAMMES:
            named = words.search(passage.folded, sentence.start(), sentence.end())
            if named is None or any(int(y["y"]) >= first for y in years):
                continue
            opening = years[0]
            if opening.start() < named.start() and not _since(passage.folded, opening):
                yield _verdict(
                    passage,
                    opening,
                    f"{opening['y']}年早于“{named[0]}”",
                    f"{fact}，句中年份为{opening['y']}年",
                    0.85,
                )
                break


def _since(folded: str, found: re.Match[str]) -> bool:
    """Whether the year begins a span that may reach later: 自2000年以来."""
    before = folded[max(0, found.start() - 2) : found.start()]
    behind = folded[found.end() : found.end() + 8]
    return any(word in before for word in ("自", "从", "于")) or bool(
        re.match(
            r"(?:\d{1,2}月)?(?:\d{1,2}日)?(?:以来|起|开始|成立|创办|建校|建成|创建|开办|至|到)",
            behind,
        )
    )
