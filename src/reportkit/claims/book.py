"""All that a report says in numbers: claims of prose and facts of tables, by their subject."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain

from reportkit import vocabulary
from reportkit.model.report import Report

from .claim import Claim, Role
from .names import Whom, organisations, scopes
from .parts import Group, groups
from .passages import Passage, Sheet, Texts, texts
from .periods import Kind, Period
from .reader import Read, read_passage
from .records import Records
from .sentences import Sentence
from .sheets import COMPLEMENTS, Fact, facts
from .topics import Topic, topics
from .units import comparable

_BACK = 60
_LABELS = 400
_NONE: frozenset[str] = frozenset()
_AREA_WORDS = vocabulary.words("authority_words")


Value = Claim | Fact
"""A number with its subject, scope and period, from prose or from a table."""


@dataclass(frozen=True, eq=False)
class Reads:
    """A passage with its sentences, and the wholes with parts in it."""

    passage: Passage
    read: tuple[Read, ...]

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The wholes that the passage divides into parts."""
        return tuple(groups(self.read))


@dataclass(eq=False)
class Book:
    """The claims and facts of one report.

    ``stated`` is the year of its data where a submission states it; ``guess`` one that was only
    guessed from the title. ``records`` are the submission's data.
    """

    report: Report
    stated: int | None = None
    guess: int | None = None
    records: Records = field(default_factory=Records)
    texts: Texts = field(init=False)

    def __post_init__(self) -> None:
        self.texts = texts(self.report)

    @cached_property
    def year(self) -> int | None:
        """The year of the data: as stated, else the one near the guess that most claims name."""
        if self.stated is not None or self.guess is None:
            return self.stated
        named = Counter(
            claim.period.year
            for claim in self.claims
            if claim.own_period and claim.period is not None and claim.period.kind is Kind.YEAR
        )
        near = (self.guess, self.guess + 1, self.guess - 1)
        return max(near, key=lambda year: named[year])

    @cached_property
    def region(self) -> tuple[str, ...]:
        """Names of the area or school that the whole report is about, longest first."""
        return _region(self.report.organisation)

    @cached_property
    def _whole(self) -> frozenset[str]:
        """The kind of schools that the title says the whole report is about, if it is one."""
        named = scopes(self.report.title)
        return named if len(named) == 1 and any(named <= pair for pair in COMPLEMENTS) else _NONE

    def kinds(self, text: str) -> frozenset[str]:
        """Kinds of schools that a text names, without the one that all of the report is about."""
        return scopes(text) - self._whole

    def _of_all(self, whom: Whom) -> Whom:
        kinds = whom.scopes - self._whole
        return whom if kinds == whom.scopes else Whom(kinds, whom.organisations)

    @cached_property
    def passages(self) -> tuple[Reads, ...]:
        """Each passage with its sentences and claims, in reading order."""
        found = tuple(
            Reads(passage, tuple(read_passage(passage, self.region)))
            for passage in self.texts.passages
        )
        if self._whole:
            for each in found:
                for read in each.read:
                    for claim in read.claims:
                        claim.whom = self._of_all(claim.whom)
        return found

    @cached_property
    def read(self) -> tuple[Read, ...]:
        """All sentences with their claims, in reading order."""
        return tuple(each for passage in self.passages for each in passage.read)

    @cached_property
    def _by_sentence(self) -> dict[int, tuple[Claim, ...]]:
        return {id(each.sentence): each.claims for each in self.read}

    def of_sentence(self, sentence: Sentence) -> tuple[Claim, ...]:
        """The claims of a sentence."""
        return self._by_sentence[id(sentence)]

    def names_of(self, sentence: Sentence) -> list[str]:
        """The organisations that a sentence names."""
        folded = sentence.passage.folded
        found = organisations(folded, sentence.start, sentence.end, self.region)
        return [name.text for name in found]

    @cached_property
    def changes(self) -> dict[int, Claim]:
        """The absolute change that the report gives for a value, by the id of the value."""
        return {id(c.of): c for c in self.claims if c.role is Role.CHANGE and c.of is not None}

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """All claims in reading order."""
        return tuple(claim for each in self.read for claim in each.claims)

    @cached_property
    def topics(self) -> dict[int, Topic]:
        """What each count is about beyond its own words, by the id of the claim."""
        return topics(((each.passage, each.read) for each in self.passages), self.kinds)

    def leads_agree(self, one: Claim, other: Claim) -> bool:
        """Whether two claims do not stand in two lists with different lines above them."""
        leads = {self.topics[id(c)].lead for c in (one, other) if id(c) in self.topics}
        return len(leads - {None}) < 2

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """All numbers of tables, with the sums that they imply, and those of the data."""
        tabled = (fact for sheet in self.texts.sheets for fact in facts(sheet, self.region))
        found = chain(tabled, self.records.facts(self.region))
        if not self._whole:
            return tuple(found)
        return tuple(replace(fact, whom=self._of_all(fact.whom)) for fact in found)

    @cached_property
    def _by_key(self) -> dict[str, list[Claim]]:
        index: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.claims:
            if claim.subject and not (claim.unclear or claim.former):
                index[claim.subject.bare].append(claim)
        return index

    def of_subject(self, bare: str, near: Passage | None = None) -> list[Claim]:
        """The claims about a subject, by its bare key: the first, or those around a passage."""
        found = self._by_key.get(bare, [])
        if near is None:
            return found[:_BACK]
        at = bisect_right(found, near.number, key=_passage_number)
        return found[max(0, at - _BACK) : at + _BACK]

    @cached_property
    def _by_section(self) -> dict[tuple[int, tuple[str, ...]], list[Claim]]:
        index: dict[tuple[int, tuple[str, ...]], list[Claim]] = defaultdict(list)
        for claim in self.claims:
            if claim.role is Role.COUNT and not (claim.unclear or claim.former):
                passage = claim.sentence.passage
                index[passage.chapter, passage.headings].append(claim)
        return index

    def section_claims(self, passage: Passage) -> list[Claim]:
        """The counts that stand in the section of a passage, up to it: the last ones, in order."""
        found = self._by_section.get((passage.chapter, passage.headings), [])
        end = bisect_right(found, passage.number, key=_passage_number)
        return found[max(0, end - _BACK) : end]

    @cached_property
    def _facts_by_end(self) -> dict[str, dict[str, dict[Whom, list[Fact]]]]:
        index: dict[str, dict[str, dict[Whom, list[Fact]]]] = {}
        for fact in self.facts:
            core = fact.subject.core
            if len(core) >= 2:
                keys = index.setdefault(core[-2:], {})
                if len(keys) < _LABELS or fact.subject.bare in keys:
                    by_whom = keys.setdefault(fact.subject.bare, {})
                    by_whom.setdefault(fact.whom, []).append(fact)
        return index

    def facts_like(self, core: str, whom: Whom) -> Iterator[tuple[str, list[Fact]]]:
        """Facts about ``whom`` whose subject ends in two characters that stand in ``core``."""
        seen: set[str] = set()
        for at in range(len(core) - 1):
            for bare, found in self._facts_by_end.get(core[at : at + 2], {}).items():
                if bare not in seen and whom in found:
                    seen.add(bare)
                    yield bare, found[whom][:_BACK]

    def notes_of(self, sheet: Sheet) -> str:
        """The notes that stand directly below a table."""
        found = []
        passages, at = self.texts.passages, sheet.after
        while at < len(passages) and passages[at].note:
            found.append(passages[at].text)
            at += 1
        return "\n".join(found)

    @cached_property
    def _facts_by_key(self) -> dict[str, list[Fact]]:
        index: dict[str, list[Fact]] = defaultdict(list)
        for fact in self.facts:
            index[fact.subject.bare].append(fact)
        return index

    def facts_of(self, bare: str) -> list[Fact]:
        """The numbers of tables about a subject, by its bare key."""
        return self._facts_by_key.get(bare, [])

    def year_of(self, period: Period | None) -> int | None:
        """The year that a claim speaks about; where it names none, that of the data."""
        plain = self._plain(period)
        if plain is None:
            return self.year
        if plain.kind is Kind.LAST and self.year is not None:
            return self.year - 1
        return plain.year if plain.kind in (Kind.YEAR, Kind.SCHOOL_YEAR) else None

    @cached_property
    def _dated(self) -> dict[tuple[str, Whom, int], list[Value]]:
        """Values for which the report names a year, by subject, whom and year."""
        index: dict[tuple[str, Whom, int], list[Value]] = defaultdict(list)
        values: list[Value] = [
            c
            for c in self.claims
            if c.quantity.plain and c.own_period and not (c.unclear or c.former)
        ]
        for value in (*values, *(fact for fact in self.facts if fact.period is not None)):
            year = self.year_of(value.period)
            if year is not None and value.subject:
                index[value.subject.bare, value.whom, year].append(value)
        return index

    def dated(self, bare: str, whom: Whom, year: int) -> list[Value]:
        """What the report gives for a subject and scope in a year that it names."""
        return self._dated.get((bare, whom, year), [])[:_BACK]

    def values_of(self, claim: Claim, year: int) -> list[Value]:
        """As :meth:`dated` for the subject of a claim, in the same role and unit."""
        return [
            value
            for value in self.dated(claim.subject.bare, claim.whom, year)
            if (isinstance(value, Fact) or value.role is claim.role)
            and comparable(value.quantity.unit or claim.quantity.unit, claim.quantity.unit)
        ]

    def same_period(self, one: Period | None, other: Period | None) -> bool | None:
        """Whether two claims speak about one period; None where one does not say."""
        first, second = self._plain(one), self._plain(other)
        if first is None and second is None:
            return True
        if first is None or second is None:
            named = first or second
            assert named is not None
            return True if named.year is not None and named.year == self.year else None
        if first.year is not None and first.year == second.year:
            return first.kind is second.kind or Kind.CLASS not in (first.kind, second.kind)
        return first.same(second)

    def _plain(self, period: Period | None) -> Period | None:
        """A goal that is reached within the year of the data is no goal."""
        if period is not None and period.kind is Kind.TARGET and period.year == self.year:
            return Period(Kind.YEAR, period.first, period.last, period.text, period.at)
        return period


def _passage_number(claim: Claim) -> int:
    return claim.sentence.passage.number


def _region(organisation: str) -> tuple[str, ...]:
    name = organisation
    for word in _AREA_WORDS:
        name = name.removesuffix(word)
    found = {name} if len(name) >= 2 else set()
    for mark in ("省", "市", "区", "县"):
        start = 0
        while (at := name.find(mark, start)) >= 0:
            found |= {name[: at + 1], name[start : at + 1], name[start:at]}
            start = at + 1
    return tuple(sorted((n for n in found if len(n) >= 2), key=lambda n: (-len(n), n)))
