"""Which submissions are pooled: of one level, for one period, each organisation once.

A district's values hold those of its schools already, so levels are never mixed. Periods are the
same if they begin and end within ``WITHIN`` days of each other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ..checks.between import Digest
from ..checks.between.gathering import Gathering
from ..composing.facts import NoValueError, year_before
from ..composing.pools import NOWHERE, STATISTICS
from ..model.standard import Standard
from ..model.submission import DataPeriod
from ..reading.roster import Roster
from ..refusals import CannotDo
from .collecting import LeftOut

WITHIN = 45
EARLIER = 5
"""Years before the current period that are pooled."""
RANKS = ("school", "district", "municipal")
"""Levels of which each holds those before it."""
LEVELS = {
    "school": "校级",
    "district": "区级",
    "municipal": "市级",
    "enterprise": "企业",
    "other": "其他",
}
Word = TypeVar("Word", int, str)
_UNNAMED = re.compile(r"['\"{}\\]")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Member:
    """A submission that is pooled, with the region and group that its organisation belongs to."""

    digest: Digest
    region: str
    group: str

    @property
    def name(self) -> str:
        """The organisation."""
        return " ".join(self.digest.organisation.name.split())


@dataclass(frozen=True)
class Chosen:
    """What is pooled, for which report. ``periods`` are the current one and those before it."""

    level: str
    year: int
    period: DataPeriod
    periods: tuple[str, ...]
    members: tuple[Member, ...]
    left: tuple[LeftOut, ...]

    @property
    def current(self) -> str:
        """How the observations call the current period."""
        return self.periods[0]


def choose(
    digests: Sequence[Digest],
    target: Standard,
    *,
    level: str | None = None,
    year: int | None = None,
    period: DataPeriod | None = None,
    roster: Roster | None = None,
) -> Chosen:
    """Choose among all that could be read.

    Without ``level`` the level below that of ``target`` with most submissions is taken; without
    ``year`` the title year that most of them bear, of several the last.

    Raises:
        CannotDo: nothing is left to pool.
    """
    gathering = Gathering(digests, roster)
    if not gathering.digests:
        raise CannotDo("没有一份报送件读得出，无从汇总。")
    level = level or _level(gathering.digests, target)
    left = [
        _left(d, f"是{LEVELS[d.level]}报告，这次汇总的是{LEVELS[level]}的，合在一起会重复计算")
        for d in gathering.digests
        if d.level != level
    ]
    same = [d for d in gathering.digests if d.level == level]
    if not same:
        raise CannotDo(f"没有{LEVELS[level]}的报送件，无从汇总。")
    if period is None:
        year = _most([d.title_year for d in same]) if year is None else year
        named = [d for d in same if d.title_year == year]
        if not named:
            years = "、".join(str(y) for y in sorted({d.title_year for d in same}))
            raise CannotDo(f"没有标题年度是 {year} 的报送件；有的是 {years}。")
        current, window = None, _period([d.data_period for d in named])
    else:
        named, current, window = same, period.current or str(period.end.year), period
    fit = [d for d in named if _meets(d.data_period, window)]
    left += [_left(d, f"标题年度是 {d.title_year}，不是 {year}") for d in same if d not in named]
    left += [
        _left(d, f"数据时期是 {_span(d.data_period)}，不是 {_span(window)}")
        for d in named
        if d not in fit
    ]
    once = list(_once(gathering, fit, left))
    if not once:
        raise CannotDo(f"没有数据时期是 {_span(window)} 的报送件，无从汇总。")
    current = current or _most([d.current for d in once])
    members = tuple(
        Member(d, _region(gathering.region(d), target), _group(d, gathering.kind(d), target))
        for d in once
    )
    moved = window.model_copy(update={"current": current, "place": None, "places": None})
    return Chosen(
        level, _title_year(target, window), moved, tuple(_earlier(current)), members, tuple(left)
    )


def _title_year(target: Standard, window: DataPeriod) -> int:
    """The year in the title of a report under ``target`` on data of that window."""
    last, offset = window.end.year, target.year_offset
    if offset is None:
        return last
    near = range(last - 1, last + 4)
    return next((year for year in near if year - offset.at(year) == last), last)


def _level(digests: Sequence[Digest], target: Standard) -> str:
    below = RANKS[: RANKS.index(target.level)] if target.level in RANKS else RANKS
    counts: Counter[str] = Counter(d.level for d in digests)
    known = [name for name in below if counts[name]] or [name for name in LEVELS if counts[name]]
    return max(known, key=lambda name: counts[name])


def _most(given: Sequence[Word]) -> Word:
    counts = Counter(given)
    return max(counts, key=lambda each: (counts[each], each))


def _period(given: Sequence[DataPeriod]) -> DataPeriod:
    """The span that most have, of several the last."""
    counts = Counter((p.start, p.end) for p in given)
    span = max(counts, key=lambda each: (counts[each], each))
    return next(p for p in sorted(given, key=_words) if (p.start, p.end) == span)


def _words(period: DataPeriod) -> tuple[bool, str, str]:
    return period.label is None, period.label or "", period.current or ""


def _meets(one: DataPeriod, other: DataPeriod) -> bool:
    apart = abs((one.start - other.start).days), abs((one.end - other.end).days)
    return max(apart) <= WITHIN


def _span(period: DataPeriod) -> str:
    return f"{period.start:%Y-%m-%d} 至 {period.end:%Y-%m-%d}"


def _once(gathering: Gathering, fit: list[Digest], left: list[LeftOut]) -> Iterator[Digest]:
    """One submission of each organisation: the one that gives most values, of several the last."""
    owned: dict[int, list[Digest]] = {}
    for digest in fit:
        owned.setdefault(gathering.owner(digest), []).append(digest)
    for several in owned.values():
        best = max(several, key=lambda d: (sum(not v.computed for v in d.values), d.item))
        yield best
        left += [
            _left(d, f"与 {best.item} 是同一单位，只计一次；那一份的数据更全或排在后面")
            for d in several
            if d is not best
        ]


def _left(digest: Digest, reason: str) -> LeftOut:
    return LeftOut(digest.item, reason, digest.organisation.name)


def _region(name: str, target: Standard) -> str:
    """A region as a scope: without what an expression could not name, like no other scope."""
    name = " ".join(_UNNAMED.sub("", name).split()).lstrip("=+-@ ")
    others = {*STATISTICS, *(group.scope for group in target.compilation.groups)}
    return NOWHERE if not name or name in others else name


def _group(digest: Digest, kind: str, target: Standard) -> str:
    """The group of an organisation: as the roster says, or else by its name."""
    groups = target.compilation.groups
    if kind in {group.scope for group in groups}:
        return kind
    name = digest.organisation.name
    return next(
        (g.scope for g in groups if any(word == "*" or word in name for word in g.names)), ""
    )


def _earlier(current: str) -> Iterator[str]:
    """The current period and those before it, as far as they can be told."""
    yield current
    try:
        for _ in range(EARLIER):
            current = year_before(current)
            yield current
    except NoValueError:
        return


def years_back(period: str, digest: Digest) -> int | None:
    """How many years before the current one a period of a submission lies; None if unclear."""
    window = digest.data_period
    for back, name in enumerate(_earlier(digest.current)):
        if period == name:
            return back
    named = [int(year) for year in _YEAR.findall(period)]
    if len(named) == 2 and window.start.year < window.end.year:
        back = window.end.year - named[1]
        if named[1] - named[0] == 1 and 0 <= back <= EARLIER:
            return back
    return None
