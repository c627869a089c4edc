"""Prose against tables: a claim and the cell whose labels say the same."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .arithmetic import digits, number
from .book import Book
from .claim import Claim, Role
from .sheets import Fact
from .subjects import Subject, contains, likeness
from .units import Dimension, comparable
from .verdict import Verdict

_ROLES = frozenset({Role.COUNT, Role.RATE, Role.SHARE, Role.RATIO})
_LIKE = 0.8
_SHORT = 3
_SCOPE = re.compile("口径|范围|不含|不包括|含(?!量)|包括|未计入|剔除")


@dataclass(frozen=True, eq=False)
class Match:
    """A fact that may be what a claim says, and how surely, 0 to 1."""

    fact: Fact
    sure: float


def against_tables(book: Book) -> Iterator[Verdict]:
    """Claims that differ from every cell that says the same; each cell is told once."""
    told: set[int] = set()
    conflicts = [found for claim in book.claims if (found := _conflict(book, claim))]
    for claim, match in sorted(conflicts, key=lambda pair: bool(pair[1].fact.parts)):
        fact = match.fact
        if id(fact) not in told and not any(id(part) in told for part in fact.parts):
            told.add(id(fact))
            yield _verdict(claim, match)


def _conflict(book: Book, claim: Claim) -> tuple[Claim, Match] | None:
    if claim.role not in _ROLES or claim.unclear or claim.former or not claim.quantity.unit:
        return None
    found = list(_matches(book, claim))
    if not found or any(_agree(claim, match.fact) for match in found):
        return None
    best = max(found, key=lambda match: match.sure)
    return (claim, best) if best.sure >= 0.5 else None


def _agree(claim: Claim, fact: Fact) -> bool:
    return claim.quantity.meets(fact.quantity.low, fact.quantity.high)


def _matches(book: Book, claim: Claim) -> Iterator[Match]:
    own = claim.also or claim.subject
    for bare, facts in book.facts_like(own.core, claim.whom):
        alike = _alike(own, facts[0].subject)
        for fact in facts if alike else ():
            if fact.sheet is None and (alike < 1 or _computed(claim)):
                continue
            if _can_be(book, claim, fact) and not _narrower(own.bare, bare, claim, fact):
                yield Match(fact, alike * _certainty(book, claim, fact))


def _alike(claim: Subject, fact: Subject) -> float:
    """1 for the same subject, less where one says a little more than the other, else 0."""
    if min(len(claim.bare), len(fact.bare)) < _SHORT:
        return 1.0 if claim.key == fact.key and (claim.telling or len(claim.key) > _SHORT) else 0.0
    if claim.bare == fact.bare:
        return 1.0
    like = likeness(claim.bare, fact.bare)
    if like < _LIKE or len(fact.bare) <= _SHORT:
        return 0.0
    return 0.8 if contains(claim.bare, fact.bare) or contains(fact.bare, claim.bare) else 0.0


def _computed(claim: Claim) -> bool:
    """Whether the number was taken from the data, with which it cannot disagree."""
    return claim.sentence.passage.computed(claim.quantity.start)


def _narrower(claim: str, fact: str, said: Claim, shown: Fact) -> bool:
    """Whether the side that says more about its subject has the smaller number, as it should."""
    gap = said.quantity.value - shown.quantity.value
    return gap < 0 if len(claim) > len(fact) else gap > 0 if len(claim) < len(fact) else False


def _can_be(book: Book, claim: Claim, fact: Fact) -> bool:
    if not comparable(claim.quantity.unit, fact.quantity.unit or claim.quantity.unit):
        return False
    return book.same_period(claim.period, fact.period) is not False


def _certainty(book: Book, claim: Claim, fact: Fact) -> float:
    sure = 0.88
    if book.same_period(claim.period, fact.period) is None:
        sure -= 0.15
    if not claim.sure:
        sure -= 0.2
    if claim.sentence.passage.case:
        sure -= 0.15
    if not fact.quantity.unit and fact.quantity.dimension is Dimension.NONE:
        sure -= 0.1
    if fact.sheet is not None and _SCOPE.search(book.notes_of(fact.sheet)):
        sure -= 0.4
    larger = max(abs(claim.quantity.value), abs(fact.quantity.value))
    if larger and abs(claim.quantity.value - fact.quantity.value) / larger > 0.5:
        sure -= 0.15
    return sure


def _verdict(claim: Claim, match: Match) -> Verdict:
    fact = match.fact
    caption = fact.where
    if fact.parts:
        shown = [digits(part.quantity.value / part.quantity.scale) for part in fact.parts]
        many = "＋".join(shown) if len(shown) <= 6 else f"{len(shown)}项相加"
        value = f"{many}＝{number(fact.quantity)}"
    else:
        value = number(fact.quantity)
    return Verdict(
        claim=claim,
        what=f"正文为{number(claim.quantity)}，{caption}为{number(fact.quantity)}",
        working=f"{caption}：{value}≠{number(claim.quantity)}",
        others=fact.parts[:4] or (fact,),
        confidence=match.sure,
    )
