"""For each typed number of a submission the fact that it should come from."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from reportkit.checks.literals import Typed, typed
from reportkit.claims import Book
from reportkit.claims.claim import Claim, Role
from reportkit.claims.numerals import fold
from reportkit.composing import values_of
from reportkit.composing.facts import NoValueError, Wanted, show
from reportkit.composing.units import factor
from reportkit.composing.values import Values
from reportkit.model.data import Indicator, Observation
from reportkit.model.report import Report
from reportkit.model.standard import Standard
from reportkit.model.submission import Submission
from reportkit.pulling.texts import Folder

from .naming import identifier, period, scope, unit

_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_COMPUTED = {
    Role.GROWTH: "增长率应当由两个数算出，如 {{ 指标 | growth(2) }}",
    Role.CHANGE: "增减量应当由两个数算出，如 {{ 指标 | versus_last_year }}",
    Role.POINTS: "增减量应当由两个数算出，如 {{ 指标 | versus_last_year }}",
    Role.SHARE: "占比应当由两个数算出，如 {{ 部分 | share_of('总数') }}",
    Role.RATIO: "比应当由两个数算出，如 {{ 指标 | ratio_to('另一指标') }}",
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """``digits`` at a place of a file, and the fact to take them from.

    ``indicator`` may also be an expression; then there is nothing to observe. What is not to be
    taken over (``take`` is false) says why in ``reason``.
    """

    take: bool
    file: str
    line: int
    column: int
    digits: str
    quote: str
    indicator: str
    scope: str
    period: str
    unit: str
    reason: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """The fact, as observations tell them apart."""
        return self.indicator, self.period, self.scope


def propose(
    submission: Submission,
    standard: Standard,
    report: Report,
    root: Path,
    history: tuple[Observation, ...] = (),
) -> list[Proposal]:
    """Proposals by file and line. Same name, scope, period, unit and value are one fact."""
    values = values_of(submission, standard, history)
    work = _Work(values, Folder(root), standard.indicators)
    for each in typed(submission, report, Book(report)):
        if not each.apart:
            work.add(each)
    return work.made


class _Work:
    """Names the facts so that no two different ones bear the same name."""

    def __init__(self, values: Values, folder: Folder, catalogue: Sequence[Indicator]) -> None:
        self.values = values
        self.folder = folder
        self.made: list[Proposal] = []
        self.known: dict[tuple[str, str, str], tuple[str, str]] = {}
        self.names = {name for each in catalogue for name in (each.name, *each.aliases)}
        self.catalogue = _named_once(catalogue)
        self.seen: set[tuple[str, int, int]] = set()

    def add(self, each: Typed) -> None:
        place = each.place
        if place.line is None or place.column is None:
            return
        spot = (place.file, place.line, place.column)
        if spot in self.seen:
            return
        self.seen.add(spot)
        digits = _first_digits(each)
        proposal = Proposal(
            take=True,
            file=place.file,
            line=place.line,
            column=place.column,
            digits=digits,
            quote=each.quote,
            indicator=identifier(each),
            scope=scope(each),
            period=period(each, self.values.facts.current),
            unit=unit(each.quantity, digits),
        )
        reason = self._unfit(each, proposal)
        if reason:
            self.made.append(replace(proposal, take=False, reason=reason))
        else:
            self.made.append(self._named(proposal))

    def _unfit(self, each: Typed, proposal: Proposal) -> str:
        """Why a number cannot simply become a fact."""
        if each.quantity.pair is not None:
            return _COMPUTED[Role.RATIO]
        if isinstance(each.said, Claim) and each.said.role in _COMPUTED:
            return _COMPUTED[each.said.role]
        if not proposal.indicator:
            return "看不出数的是什么，请写上指标名"
        if proposal.digits != f"{Decimal(proposal.digits):f}":
            return "数的写法不能由程序印出"
        file = self.folder.file(proposal.file)
        stands = file is not None and file.lines[proposal.line - 1].startswith(
            proposal.digits, proposal.column - 1
        )
        return "" if stands else "原文不是逐字写在文件里的"

    def _named(self, proposal: Proposal) -> Proposal:
        """The proposal with a name that is free, or that of the same fact."""
        said = (proposal.digits, proposal.unit)
        if (official := self._official(proposal)) is not None:
            self.known[official.key] = said
            return official
        for candidate in self._candidates(proposal):
            key = (candidate, proposal.period, proposal.scope)
            if self.known.get(key) == said or self._same(key, proposal):
                return replace(proposal, indicator=candidate)
            taken = candidate in self.values.facts.indicators or candidate in self.names
            if key not in self.known and not taken:
                self.known[key] = said
                return replace(proposal, indicator=candidate)
        raise AssertionError("numbered candidates never end")

    def _candidates(self, proposal: Proposal) -> Iterator[str]:
        """The name, and others where it is taken; one of the catalogue stands for the whole."""
        name = proposal.indicator
        if proposal.scope and name in self.names:
            name = f"分项{name}"
        yield name
        number = 2
        while True:
            yield f"{name}_{number}"
            number += 1

    def _official(self, proposal: Proposal) -> Proposal | None:
        """The proposal under the id of the catalogue, if it bears the name of one of its own.

        Only for numbers of the whole, in a unit that fits, that print as they are written: what is
        said of one organisation may be about a part of it that is not named.
        """
        indicator = self.catalogue.get(proposal.indicator)
        if indicator is None or proposal.scope or not factor(proposal.unit, indicator.unit):
            return None
        key = (indicator.id, proposal.period, "")
        free = self.known.get(key) in (None, (proposal.digits, proposal.unit))
        prints = show(Decimal(proposal.digits), indicator.decimals) == proposal.digits
        if not prints or not ((free and self._unknown(key)) or self._same(key, proposal)):
            return None
        return replace(proposal, indicator=indicator.id)

    def _unknown(self, key: tuple[str, str, str]) -> bool:
        try:
            self.values.facts.find(Wanted(*key))
        except NoValueError:
            return True
        return False

    def _same(self, key: tuple[str, str, str], proposal: Proposal) -> bool:
        """Whether the data have this fact already, as it is printed."""
        name, when, whose = key
        if name not in self.values.facts.indicators:
            return False
        try:
            fact = self.values.facts.find(Wanted(name, when, whose))
        except NoValueError:
            return False
        return (fact.text, fact.unit) == (proposal.digits, proposal.unit)


def _named_once(catalogue: Iterable[Indicator]) -> dict[str, Indicator]:
    """The indicators by names and aliases that only one of them bears."""
    found: dict[str, list[Indicator]] = defaultdict(list)
    for indicator in catalogue:
        for name in {indicator.name, *indicator.aliases}:
            found[name].append(indicator)
    return {name: bearers[0] for name, bearers in found.items() if len(bearers) == 1}


def _first_digits(each: Typed) -> str:
    found = _DIGITS.search(fold(each.quantity.text))
    return found[0] if found else ""
