"""Values per head against total and head count: 生均设备值 1.2 万元, 设备总值, 在校生.

Small differences and slips of the point are told; what is far off counts other heads.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from .arithmetic import digits, number
from .book import Book, Value
from .claim import Claim, Role
from .sheets import Fact
from .subjects import subject
from .units import Dimension, comparable
from .verdict import Verdict

_PER_HEAD = re.compile("^(?:生均|每生)(?P<what>.+)")
_ALONE = re.compile("(?:生均|每生平均)(?:为|达到?|约)?")
_HEADS = ("在校生", "全日制在校生", "折合在校生")
_NEAR = (Decimal("0.75"), Decimal("1.34"))
_TENS = tuple(Decimal(10) ** power for power in (-4, -3, -2, -1, 1, 2, 3, 4))


def wrong_per_head(book: Book) -> Iterator[Verdict]:
    """Values per head that total and head count do not give."""
    for claim in book.claims:
        if claim.role is not Role.COUNT or not claim.quantity.plain or claim.unclear:
            continue
        found = _PER_HEAD.match(claim.subject.core)
        if found is not None:
            totals = [v for v in _values(book, claim, found["what"]) if v.quantity.value > 0]
        elif _ALONE.fullmatch(claim.lead.strip()):
            totals = _before(book, claim)
        else:
            continue
        heads = [v for noun in _HEADS for v in _values(book, claim, noun) if _people(v)]
        verdicts = [_compare(claim, t, h) for t in totals for h in heads]
        told = [v for v in verdicts if v is not None]
        if told and len(told) == len(verdicts):
            yield max(told, key=lambda verdict: verdict.confidence)


def _before(book: Book, claim: Claim) -> list[Value]:
    """The total that a bare 生均 is of: the value in its unit directly before it."""
    near = book.of_sentence(claim.sentence)
    at = near.index(claim)
    last = near[at - 1] if at else None
    fits = last is not None and last.role is Role.COUNT and last.quantity.plain
    return [last] if fits and last and comparable(last.quantity.unit, claim.quantity.unit) else []


def _people(value: Value) -> bool:
    return value.quantity.dimension is Dimension.PERSON and value.quantity.value > 0


def _values(book: Book, claim: Claim, noun: str) -> list[Value]:
    """Plain values of a noun for the schools and the period of the claim."""
    key = subject(noun, book.region).bare
    found: list[Value] = []
    values: list[Value] = [*book.of_subject(key), *book.facts_of(key)]
    for value in values:
        counts = isinstance(value, Fact) or (value.role is Role.COUNT and value.quantity.plain)
        same = value.whom == claim.whom and book.same_period(value.period, claim.period)
        if counts and same:
            found.append(value)
    return found[:3]


def _compare(claim: Claim, total: Value, heads: Value) -> Verdict | None:
    shown = claim.quantity
    low = total.quantity.low / max(heads.quantity.high, Decimal(1))
    high = total.quantity.high / max(heads.quantity.low, Decimal(1))
    if shown.low <= high and low <= shown.high:
        return None
    right = total.quantity.value / heads.quantity.value
    ratio = shown.value / right if right else Decimal(0)
    slipped = any(abs(ratio / ten - 1) < Decimal("0.02") for ten in _TENS)
    beside = isinstance(total, Claim) and total.sentence is claim.sentence
    if not slipped and not beside and not _NEAR[0] <= ratio <= _NEAR[1]:
        return None
    return Verdict(
        claim=claim,
        what=f"人均数{number(shown)}与总数、人数不符",
        working=f"{number(total.quantity)}÷{number(heads.quantity)}"
        f"＝{digits(right / shown.scale)}（所印{digits(shown.shown)}）",
        others=(total, heads),
        confidence=0.85 if slipped else 0.7,
    )
