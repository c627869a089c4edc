"""Changes against the past: the value of the year before, wherever the report gives it.

It may stand in other prose, in a table, in the submission's data or in last year's submission.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal

from .arithmetic import HUNDRED, difference, digits, number, of, percent, rounded, scaled, telling
from .book import Book, Value
from .claim import Claim, Role, signed
from .reader import Read
from .units import Dimension, comparable
from .verdict import Verdict

_LEVEL = re.compile(r"与(?:去年|上一?个?学?年度?|前一年)(?:同期)?(?P<about>基本|大致|大体)?持平")
_VALUES = frozenset({Role.RATE, Role.SHARE, Role.COUNT})
_MOST = 6
_HALF = Decimal("0.5")
_FAR = Decimal(5)
_FEW = Decimal(50)
_COUNTED = frozenset(
    {Dimension.PERSON, Dimension.TURN, Dimension.COUNT, Dimension.MONEY, Dimension.AREA}
)


def against_history(book: Book, value: Claim, changes: Sequence[Claim | None]) -> Iterator[Verdict]:
    """The changes that a sentence gives for a value, against the value of the year before."""
    year = book.year_of(value.period)
    if value.role not in _VALUES or year is None or not value.quantity.plain:
        return
    sides = [c for c in changes if c is not None and c.against is not None]
    if not sides:
        return
    wanted = sides[0].against.year if sides[0].against is not None else None
    earlier = book.values_of(value, wanted or year - 1)
    for claim in sides if earlier else ():
        verdicts = [_one_change(value, claim, before) for before in earlier[:_MOST]]
        if all(v is not None for v in verdicts):
            yield from (v for v in verdicts[:1] if v is not None)


def loose_changes(book: Book, read: Read) -> Iterator[Verdict]:
    """Changes told without their value: 2023年参训人数比2022年下降7.3%, both years being known."""
    last: Claim | None = None
    for claim in read.claims:
        if claim.role not in (Role.CHANGE, Role.GROWTH) or claim.of is not None:
            continue
        named = claim if claim.subject else last
        if named is None or named.against is None or claim.unclear or not claim.quantity.plain:
            continue
        last = named
        year = book.year_of(named.period)
        if year is None:
            continue
        before = named.against.year or year - 1
        nows = _counts(book, named, year)
        thens = _counts(book, named, before)
        verdicts = [
            _one_change(now, claim, then)
            for now in nows
            for then in thens
            if comparable(now.quantity.unit, then.quantity.unit)
            and (claim.role is Role.GROWTH or comparable(now.quantity.unit, claim.quantity.unit))
        ]
        if verdicts and all(v is not None for v in verdicts):
            yield from (v for v in verdicts[:1] if v is not None)


def _counts(book: Book, claim: Claim, year: int) -> list[Value]:
    """Plain counts of the claim's subject in a year."""
    found = book.dated(claim.subject.bare, claim.whom, year)
    return [v for v in found if v.quantity.dimension in _COUNTED and v.quantity.plain][:_MOST]


def _one_change(value: Value, change: Claim, before: Value) -> Verdict | None:
    moved = difference(of(value.quantity), of(before.quantity))
    growth = change.role is Role.GROWTH
    computed = percent(moved, of(before.quantity)) if growth else moved
    if computed is None:
        return None
    shown = signed(change)
    if computed.low <= shown.high and shown.low <= computed.high:
        return None
    gap = scaled(moved.value, value.quantity)
    working = f"{number(value.quantity)}－{number(before.quantity)}＝{gap}"
    result = scaled(computed.value, change.quantity)
    if growth:
        step = change.quantity.step
        working += f"，÷{number(before.quantity)}＝{telling(computed.value, step)}%"
        result = f"{digits(rounded(computed.value, step))}%"
    return Verdict(
        claim=change,
        what=f"与上年数{number(before.quantity)}对不上",
        working=f"{working}，应为{result}",
        others=(value, before),
        confidence=0.85,
    )


def not_level(book: Book, read: Read) -> Iterator[Verdict]:
    """与去年持平 where the report gives two values that differ by more than one in a hundred."""
    text = read.sentence.passage.folded
    for found in _LEVEL.finditer(text, read.sentence.start, read.sentence.end):
        at = bisect_right(read.claims, found.start(), key=_from) - 1
        value = read.claims[at] if at >= 0 else None
        if value is None or value.role not in _VALUES or found.start() - value.quantity.end > 6:
            continue
        year = book.year_of(value.period)
        earlier = book.values_of(value, year - 1) if year else []
        if earlier and all(_differs(value, other) for other in earlier):
            other = earlier[0]
            gap = abs(value.quantity.value - other.quantity.value)
            yield Verdict(
                claim=value,
                what="称与上年持平，与上年的数不同",
                working=f"{number(value.quantity)}与{number(other.quantity)}相差"
                f"{scaled(gap, value.quantity)}",
                others=(other,),
                confidence=0.8,
            )


def jumps(book: Book) -> Iterator[Verdict]:
    """Values more than half away from those of the year before, where no change is told.

    A few more or less is no jump; five times as much is likely to be a slip of the point.
    """
    for claim in book.claims:
        if claim.role is not Role.COUNT or not claim.quantity.plain or claim.former:
            continue
        year = book.year_of(claim.period)
        if not _alone(book, claim) or year != book.year or year is None:
            continue
        if claim.quantity.dimension not in _COUNTED:
            continue
        earlier = book.values_of(claim, year - 1)
        if earlier and all(_leaps(claim, other) for other in earlier):
            yield _jump(claim, earlier[0])


def _alone(book: Book, claim: Claim) -> bool:
    passage = claim.sentence.passage
    told = any(other.of is claim for other in book.of_sentence(claim.sentence))
    return not (told or passage.case or claim.unclear)


def _leaps(claim: Claim, other: Value) -> bool:
    now, then = claim.quantity.value, other.quantity.value
    return then > 0 and max(now, then) >= _FEW and abs(now - then) > then * _HALF


def _jump(claim: Claim, other: Value) -> Verdict:
    now, then = claim.quantity.value, other.quantity.value
    rate = (now - then) / then * HUNDRED
    far = now >= then * _FAR or now * _FAR <= then
    return Verdict(
        claim=claim,
        what=f"由上年的{number(other.quantity)}变为{number(claim.quantity)}",
        working=f"（{number(claim.quantity)}－{number(other.quantity)}）÷{number(other.quantity)}"
        f"＝{digits(rate, 1)}%",
        others=(other,),
        confidence=0.7 if far else 0.5,
    )


def _from(claim: Claim) -> int:
    return claim.quantity.start


def _differs(one: Claim, other: Value) -> bool:
    gap = abs(one.quantity.value - other.quantity.value)
    return gap > max(one.quantity.step / 2, abs(other.quantity.value) * Decimal("0.01"))
