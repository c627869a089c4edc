"""What rules between submissions look at: all digests, whose they are, and who belongs to whom."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from ...composing.units import converted, split
from ...model.base import Place
from ...model.data import IndicatorKind
from ...model.diagnostic import Related
from ...reading.roster import Entry, Roster
from ..ledger.indicators import before
from .digest import Digest, Value
from .limits import Limits, limits
from .near import Pair, like_passages, like_pictures

MANIFEST = "report.yaml"
_BLANK = re.compile(r"\s+")
Mark = tuple[str, str]
"""Name or code of an organisation, and which of them it is."""
Key = tuple[str, str]
"""An indicator and a scope."""


class Known(NamedTuple):
    """A value of last year; the unit is empty where it is the indicator's own."""

    value: Decimal
    unit: str
    where: Related


class Gathering:
    """Many submissions, in the order of their names, and the roster if there is one."""

    def __init__(self, digests: Sequence[Digest], roster: Roster | None = None) -> None:
        self.digests = tuple(sorted(digests, key=lambda digest: digest.item))
        self.roster = roster
        self._values: dict[tuple[str, str], Mapping[Key, Value]] = {}

    @property
    def limits(self) -> Limits:
        """The bounds in force."""
        return limits()

    @cached_property
    def organisations(self) -> tuple[int, ...]:
        """Whose each digest is: the same number for the same name, or for a code that is sure.

        A code is sure if no two names claim it for one year: then a new name is a renaming.
        """
        names: dict[tuple[Mark, int], set[str]] = {}
        for digest in self.digests:
            for mark in identity(digest):
                key = mark, digest.title_year
                names.setdefault(key, set()).add(same_name(digest.organisation.name))
        shared = {mark for (mark, _), claiming in names.items() if len(claiming) > 1}
        numbers = list(range(len(self.digests)))

        def root(at: int) -> int:
            while numbers[at] != at:
                at = numbers[at]
            return at

        seen: dict[Mark, int] = {}
        for at, digest in enumerate(self.digests):
            for mark in identity(digest):
                if mark not in shared:
                    numbers[root(at)] = root(seen.setdefault(mark, at))
        return tuple(root(at) for at in range(len(self.digests)))

    def values(self, digest: Digest, period: str | None = None) -> Mapping[Key, Value]:
        """The numbers that a submission gives for a period, the current one if none is said."""
        wanted = digest.item, digest.current if period is None else period
        if wanted not in self._values:
            self._values[wanted] = {
                (value.indicator, value.scope): value
                for value in digest.values
                if value.value is not None and value.period == wanted[1]
            }
        return self._values[wanted]

    def about_others(self, digest: Digest) -> tuple[Value, ...]:
        """Current values whose scope may be another organisation, in data and in tables."""
        return tuple(
            value
            for value in (*self.values(digest).values(), *digest.told)
            if value.scope and value.period in ("", digest.current)
        )

    def last_year(self, digest: Digest) -> Mapping[Key, Known]:
        """What last year's submission gave: the one at hand, or else the one that is named."""
        old, period = self.year_before(digest), before(digest.current)
        if old is not None:
            return {
                key: Known(v.value, v.unit, other(old, v.place, shown(v.value)))
                for key, v in self.values(old, period).items()
                if v.value is not None and period
            }
        return {
            (o.indicator, o.scope): Known(
                o.value,
                o.unit,
                Related(place=Place(), item=digest.previous, quote=shown(o.value)),
            )
            for o in digest.before
            if o.period == period and o.value is not None and digest.previous
        }

    def owner(self, digest: Digest) -> int:
        """Whose a digest is."""
        return self.organisations[self._at[digest.item]]

    def item(self, name: str) -> Digest | None:
        """The digest of this name."""
        at = self._at.get(name)
        return None if at is None else self.digests[at]

    @cached_property
    def _at(self) -> Mapping[str, int]:
        return {digest.item: at for at, digest in enumerate(self.digests)}

    @cached_property
    def by_name(self) -> Mapping[str, tuple[Digest, ...]]:
        """Digests by the name of their organisation."""
        made: dict[str, tuple[Digest, ...]] = {}
        for digest in self.digests:
            name = same_name(digest.organisation.name)
            made[name] = (*made.get(name, ()), digest)
        return made

    @cached_property
    def year(self) -> int:
        """The year in the title of most submissions; of several the last."""
        years = Counter(digest.title_year for digest in self.digests)
        return max(years, key=lambda year: (years[year], year), default=0)

    @cached_property
    def this_year(self) -> tuple[Digest, ...]:
        """The submissions of that year."""
        return tuple(d for d in self.digests if d.title_year == self.year)

    @cached_property
    def _by_owner(self) -> Mapping[int, list[Digest]]:
        made: dict[int, list[Digest]] = {}
        for at, digest in enumerate(self.digests):
            made.setdefault(self.organisations[at], []).append(digest)
        return made

    def editions(self, of: Digest) -> tuple[Digest, ...]:
        """Other submissions of the same organisation for the same year and standard."""
        return tuple(
            digest
            for digest in self._by_owner[self.owner(of)]
            if digest is not of
            and (digest.title_year, digest.standard) == (of.title_year, of.standard)
        )

    def year_before(self, of: Digest) -> Digest | None:
        """The same organisation's submission of the year before, if there is just one."""
        found = [
            digest
            for digest in self._by_owner[self.owner(of)]
            if digest.title_year == of.title_year - 1 and digest.level == of.level
        ]
        return found[0] if len(found) == 1 else None

    @cached_property
    def passages(self) -> tuple[Pair, ...]:
        """Passages that two organisations have in common."""
        return like_passages(self.digests, self.organisations, self.limits)

    @cached_property
    def pictures(self) -> tuple[Pair, ...]:
        """Pictures that two organisations have in common, or one under several captions."""
        return like_pictures(self.digests, self.organisations, self.limits)

    @cached_property
    def entries(self) -> Mapping[str, Entry]:
        """The roster's entry for each digest that it has, by item: by name, else by a code."""
        known: dict[Mark, Entry] = {}
        for entry in self.roster.entries if self.roster else ():
            for mark in _marks(entry.name, entry.code, entry.credit_code):
                known.setdefault(mark, entry)
        found = {}
        for digest in self.digests:
            match = next((known[mark] for mark in identity(digest) if mark in known), None)
            if match is not None:
                found[digest.item] = match
        return found

    def kind(self, digest: Digest) -> str:
        """What the roster calls its kind, or nothing."""
        entry = self.entries.get(digest.item)
        return entry.kind if entry else ""

    def region(self, digest: Digest) -> str:
        """Where it lies, as it says itself, or else the roster."""
        entry = self.entries.get(digest.item)
        return digest.organisation.region or (entry.region if entry else "")


def same_name(name: str) -> str:
    """A name as it is compared: without blanks, with brackets of one kind."""
    return _BLANK.sub("", name).replace("(", "（").replace(")", "）")


def _marks(name: str, code: str | None, credit: str | None) -> Iterator[Mark]:
    yield "name", same_name(name)
    if code:
        yield "code", code
    if credit:
        yield "credit", credit


def identity(digest: Digest) -> tuple[Mark, ...]:
    """What tells an organisation from others: its name and its codes."""
    own = digest.organisation
    return tuple(_marks(own.name, own.code, own.credit_code))


def place_in(digest: Digest) -> Place:
    """Where a submission says who files it."""
    return digest.place if digest.place.file else Place(file=MANIFEST)


def other(digest: Digest, place: Place, quote: str = "", chapter: int | None = None) -> Related:
    """A place in another submission."""
    section = chapter_title(digest, chapter)
    return Related(place=place, quote=quote, item=digest.item, section=section)


def chapter_title(digest: Digest, chapter: int | None) -> str:
    """The title of a chapter by its index."""
    return "" if chapter is None else digest.chapters[chapter].title


def label(value: Value) -> str:
    """Period and scope of a value."""
    return f"{value.period}，{value.scope}" if value.scope else value.period


def number(value: Value, unit: str) -> Decimal | None:
    """A value in another unit; None if it is none, or cannot be in that unit."""
    if value.value is None:
        return None
    return converted(value.value, value.unit, unit) if value.unit != unit else value.value


def slack(value: Decimal, unit: str, kind: IndicatorKind, to: str) -> Decimal:
    """How far a value may lie from the true one, by its last digit, in the unit ``to``.

    What is counted one by one, and written out, is exact.
    """
    worth = split(unit)[0]
    exponent = value.as_tuple().exponent
    places = exponent if isinstance(exponent, int) and exponent < 0 else 0
    if kind is IndicatorKind.COUNT and worth == 1 and not places:
        return Decimal(0)
    half = Decimal(5).scaleb(places - 1)
    return converted(half, unit, to) or half if unit != to else half


def room(one: Decimal, other: Decimal) -> Decimal:
    """How far two tellings of one value may lie apart: the one with fewer digits is rounded."""
    return Decimal(0) if one == other else max(one, other)


def agree(one: Value, other: Value) -> bool:
    """Whether two values may be the same."""
    amount = number(other, one.unit)
    if one.value is None or other.value is None or amount is None:
        return False
    own = slack(one.value, one.unit, one.kind, one.unit)
    its = slack(other.value, other.unit, one.kind, one.unit)
    return abs(amount - one.value) <= room(own, its)


def shown(amount: Decimal) -> str:
    """A number without idle zeros or an exponent."""
    text = f"{amount.normalize() + 0:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
