"""Changes against values: 参训 253 人，较上年增加 58 人，增长 29.7%.

Value, absolute change and rate of change share one base: the value less the change. The value of
the year before is taken from where the report gives it. A change of rates is told in 百分点.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from .arithmetic import (
    HUNDRED,
    Interval,
    difference,
    digits,
    number,
    of,
    percent,
    rounded,
    scaled,
    telling,
    total,
)
from .book import Book, Reads, Value
from .claim import Claim, Role, direction, positive, signed
from .past import against_history, loose_changes
from .possible import no_base
from .reader import Read
from .units import Dimension, comparable
from .verdict import Verdict

_PERCENT_OF_RATE = frozenset({Role.RATE, Role.SHARE})
_RELATIVE = frozenset({Role.GROWTH, Role.TIMES})
_MOVED = _RELATIVE | {Role.CHANGE, Role.POINTS}
_FROM = re.compile(r"(?:从|由)[^，。；]{0,24}$")
_REACH = 4
_VALUES = _PERCENT_OF_RATE | {Role.COUNT}
_PAIRED = _VALUES | {Role.RATIO}


@dataclass(frozen=True, eq=False)
class Move:
    """A value with the change and the rate of change that a sentence gives for it."""

    value: Claim
    change: Claim | None = None
    rate: Claim | None = None


def moves(read: Read) -> Iterator[Move]:
    """Values with their changes."""
    found: dict[int, list[Claim]] = {}
    for claim in read.claims:
        if claim.of is not None and claim.role is not Role.SHARE and claim.sign:
            found.setdefault(id(claim.of), []).append(claim)
    for claim in read.claims:
        mine = found.get(id(claim), [])
        change = next((c for c in mine if c.role in (Role.CHANGE, Role.POINTS)), None)
        rate = next((c for c in mine if c.role is Role.GROWTH), None)
        if change or rate:
            yield Move(claim, change, rate)


def wrong_moves(book: Book, read: Read) -> Iterator[Verdict]:
    """The changes of a sentence that do not compute; each is told once."""
    told: set[int] = set()
    for verdict in _all_moves(book, read):
        if id(verdict.claim) not in told:
            told.add(id(verdict.claim))
            yield verdict


def _all_moves(book: Book, read: Read) -> Iterator[Verdict]:
    for before, after in pairs(read):
        for change in read.around(after):
            if _follows(change, after) and (verdict := _between(before, after, change)):
                yield verdict
    for move in moves(read):
        inner = _value_change_rate(move)
        if inner is not None:
            yield inner
        former = any(claim.former for claim in read.around(move.value))
        if inner is None and not former and (found := _no_base(move)):
            yield found
        if not former:
            yield from against_history(book, move.value, (move.change, move.rate))
    yield from _over_years(read)
    yield from loose_changes(book, read)


def _over_years(read: Read) -> Iterator[Verdict]:
    """A change over all years told before it: 2018年97.6%，2019年98.2%，2020年99%，三年提高1.4…"""
    for span, change in pairwise(read.claims):
        over = span.quantity.unit == "年" and not span.lead.strip() and span.item == change.item
        if not over or change.role not in _MOVED or not change.sign:
            continue
        run: list[Claim] = []
        before = [c for c in read.around(span) if c.quantity.start < span.quantity.start]
        for claim in reversed([c for c in before if c.role in _VALUES]):
            if run and not _of_series(claim, run[-1]):
                break
            run.append(claim)
        if len(run) > 1 and all(c.quantity.plain and not c.former for c in run):
            verdict = _between(run[-1], run[0], change)
            if verdict is not None:
                yield verdict


def _of_series(one: Claim, later: Claim) -> bool:
    """Whether two values are of one series, each with the year before it."""
    if one.role is not later.role or one.quantity.unit != later.quantity.unit:
        return False
    if one.period is None or later.period is None or one.period.year is None:
        return False
    return later.period.year == one.period.year + 1


def pairs(read: Read) -> Iterator[tuple[Claim, Claim]]:
    """Two values that a sentence gives of one thing, the earlier first.

    由12个增加到15个; 7681元，比上年的6901元增长11.3%.
    """
    claims = [c for c in read.claims if c.role in _PAIRED]
    for at, one in enumerate(claims):
        two = claims[at + 1] if at + 1 < len(claims) else None
        if one.former:
            other = claims[at - 1] if at and not claims[at - 1].former else two
        else:
            other = two if two is not None and two.reached and _FROM.search(one.lead) else None
        if other is None or not (one.quantity.plain and other.quantity.plain):
            continue
        if comparable(one.quantity.unit or other.quantity.unit, other.quantity.unit):
            yield one, other


def _follows(change: Claim, after: Claim) -> bool:
    """Whether a change is said of the later one of two values."""
    items = change.sentence.items
    if change.role not in _MOVED or not change.sign or change.unclear:
        return False
    if change.role is Role.CHANGE and not comparable(_unit(change, after), after.quantity.unit):
        return False
    near = items[change.item].segment == items[after.item].segment
    behind = 0 <= change.item - after.item <= _REACH
    return near and behind and change.quantity.start > after.quantity.start and not change.subject


def _between(before: Claim, after: Claim, change: Claim) -> Verdict | None:
    moved = difference(of(after.quantity), of(before.quantity))
    computed = percent(moved, of(before.quantity)) if change.role in _RELATIVE else moved
    measured = after.quantity.dimension in (Dimension.PERCENT, Dimension.RATIO)
    if computed is None or (change.role is Role.GROWTH and measured):
        return None
    if change.role is Role.TIMES:
        computed = Interval(*(v / HUNDRED for v in (computed.low, computed.high, computed.value)))
    same_way = computed.value * direction(change) >= 0
    fits = same_way and _magnitude(computed).meets(positive(change.quantity))
    sure = 0.9
    if fits:
        if not (_last_digit_off(moved, change) or wrong_base(moved, before, after, change)):
            return None
        sure = 0.7
    gap = scaled(moved.value, after.quantity)
    working = f"{_shown(after)}－{_shown(before)}＝{gap}"
    if change.role in _RELATIVE:
        sign = "%" if change.role is Role.GROWTH else "倍"
        shown = telling(computed.value, change.quantity.step)
        working += f"，÷{_shown(before)}＝{shown}{sign}"
        if change.role is Role.GROWTH and wrong_base(moved, before, after, change):
            working += f"（所印{digits(change.quantity.value)}%是除以{_shown(after)}得来的）"
    return Verdict(change, "增减与前后两数不符", working, (before, after), sure)


def _shown(value: Claim) -> str:
    """A value in a computation; a ratio by its quotient."""
    quantity = value.quantity
    return digits(quantity.value) if quantity.pair is not None else number(quantity)


def _last_digit_off(moved: Interval, change: Claim) -> bool:
    """Whether 百分点 differ from what the two printed rates give, if only by rounding."""
    shown = positive(change.quantity)
    return (
        change.role is Role.POINTS
        and shown.plain
        and shown.step <= abs(moved.value)
        and rounded(abs(moved.value), shown.step) != shown.value
    )


def wrong_base(moved: Interval, before: Value, after: Value, change: Claim) -> bool:
    """Whether a rate of growth is exactly what division by the later value gives."""
    shown = positive(change.quantity)
    if change.role is not Role.GROWTH or not shown.plain or not moved.value:
        return False
    if not (before.quantity.value > 0 and after.quantity.value > 0):
        return False
    right = abs(moved.value) / before.quantity.value * HUNDRED
    wrong = abs(moved.value) / after.quantity.value * HUNDRED
    telling_apart = abs(right - wrong) >= 3 * shown.step and shown.step < 1
    return telling_apart and rounded(wrong, shown.step) == shown.value


def _value_change_rate(move: Move) -> Verdict | None:
    """Absolute against relative change: both on the base value − change."""
    value, change, rate = move.value, move.change, move.rate
    if change is None or rate is None or change.role is not Role.CHANGE:
        return None
    if value.role is not Role.COUNT or not comparable(value.quantity.unit, _unit(change, value)):
        return None
    moved = signed(change)
    base = difference(of(value.quantity), moved)
    computed = percent(moved, base)
    if computed is None:
        return None
    shown = rate.quantity
    if _magnitude(computed).meets(positive(shown)):
        return _turned(move, change, rate) if computed.value * direction(rate) < 0 else None
    right = digits(rounded(abs(computed.value), shown.step))
    minus = "－" if change.sign > 0 else "＋"
    how = (
        f"{number(change.quantity)}÷（{number(value.quantity)}{minus}{number(change.quantity)}）"
        f"＝{telling(abs(computed.value), shown.step)}%，应为{right}%"
    )
    loose = not (value.quantity.plain and change.quantity.plain and rate.quantity.plain)
    return Verdict(
        claim=rate,
        what=f"增减率{digits(shown.value)}%与增减量不符",
        working=how,
        others=(value, change),
        confidence=0.85 if loose else 0.93,
    )


def _no_base(move: Move) -> Verdict | None:
    """A rate of growth that no whole number of the year before gives."""
    value, rate = move.value, move.rate
    if rate is None or move.change is not None or rate.subject or value.role is not Role.COUNT:
        return None
    near = 0 <= rate.item - value.item <= 1
    working = no_base(value.quantity, rate.quantity, int(direction(rate))) if near else ""
    if not working:
        return None
    return Verdict(
        claim=rate,
        what=f"没有哪个上年数能算出{digits(rate.quantity.value)}%",
        working=f"上年数{working}",
        others=(value,),
        confidence=0.65,
    )


def _turned(move: Move, change: Claim, rate: Claim) -> Verdict:
    return Verdict(
        claim=rate,
        what="增减量与增减率方向相反",
        working=f"“{change.quote.strip()}”与“{rate.quote.strip()}”一增一减",
        others=(move.value, change),
        confidence=0.9,
    )


def _unit(change: Claim, value: Claim) -> str:
    """The unit of a change; 增长了2.69亿 without one takes that of the value."""
    return change.quantity.unit or value.quantity.unit


def _magnitude(interval: Interval) -> Interval:
    if interval.value >= 0:
        return interval
    return Interval(-interval.high, -interval.low, -interval.value)


def points_as_percent(read: Read) -> Iterator[Verdict]:
    """A difference of two rates that is told in % and not in 百分点: 合格率98%，提高1.8%."""
    for claim in read.claims:
        value = claim.of
        if claim.role is not Role.GROWTH or value is None or value.role not in _PERCENT_OF_RATE:
            continue
        if claim.subject or any(c.role is Role.POINTS and c.of is value for c in read.claims):
            continue
        sure = 0.75 if claim.against is not None else 0.62
        yield Verdict(
            claim=claim,
            what="比率之差用了“%”",
            working=f"两个比率相减，差用百分点：{digits(claim.quantity.value)}个百分点",
            others=(value,),
            confidence=sure if value.of is None else 0.5,  # or the count grew whose share it is
        )


def changes_of_parts(book: Book, passage: Reads) -> Iterator[Verdict]:
    """Changes of parts against that of their whole: 减少2人，其中甲增加3人、乙减少5人."""
    for group in passage.groups:
        whole = book.changes.get(id(group.whole))
        parts = [book.changes.get(id(part)) for part in group.parts]
        known = [part for part in parts if part is not None]
        if whole is None or len(known) < 2 or len(known) < len(parts):
            continue
        if not total(p.quantity for p in group.parts).meets(group.whole.quantity):
            continue
        moved = [signed(part) for part in known]
        low, high = sum(m.low for m in moved), sum(m.high for m in moved)
        wanted = signed(whole)
        if wanted.low <= high and low <= wanted.high:
            continue
        value = Decimal(sum(m.value for m in moved))
        shown = "".join(f"{m.value:+f}" for m in moved)
        yield Verdict(
            claim=whole,
            what="各部分的增减相加与总的增减不符",
            working=f"{shown}＝{digits(value)}，所印为{digits(wanted.value)}",
            others=tuple(known),
            confidence=0.85,
        )
