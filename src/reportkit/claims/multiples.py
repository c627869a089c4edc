"""Multiples: 是2015年0.69万人的2倍, 由260万元增加到532万元，翻了一番.

Rule of the language: A 是 B 的 n 倍 is A = n × B; 翻 n 番 is twice as much n times over; 多 and 余
add to it, 近 falls short of it.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from .arithmetic import digits, number
from .changes import pairs
from .claim import Claim, Role
from .numerals import chinese_value
from .quantity import Bound
from .reader import Read
from .units import comparable
from .verdict import Verdict

_OF = re.compile(r" ?(?:总[数量额])?的?(?:近|约|将近)? ?")
_IS = re.compile(r"(?:是|为|相当于|达到?)[^，。；]{0,16}$")
_DOUBLED = re.compile(
    r"(?P<near>近|将近|接近|几乎)?翻了?(?P<many>[一两二三四五])?番(?P<more>多|余)?"
)
_TENTH = Decimal("0.1")


def wrong_multiples(read: Read) -> Iterator[Verdict]:
    """The multiples of a sentence that its two values do not give."""
    claims = read.claims
    for at, times in enumerate(claims):
        if times.role is Role.TIMES and not times.sign and at >= 2:
            yield from _times(claims[at - 2], claims[at - 1], times)
    if "番" in read.sentence.text:
        yield from _doubled(read)


def _times(value: Claim, base: Claim, times: Claim) -> Iterator[Verdict]:
    folded = times.sentence.passage.folded
    between = _OF.fullmatch(folded, base.quantity.end, times.quantity.start)
    if between is None or not _IS.search(folded, value.quantity.end, base.quantity.start):
        return
    if not (_plain(value) and _plain(base)) or base.quantity.low <= 0:
        return
    if not comparable(value.quantity.unit, base.quantity.unit):
        return
    low = value.quantity.low / base.quantity.high
    high = value.quantity.high / base.quantity.low
    slack = times.quantity.step / 2
    if low <= times.quantity.high + slack and times.quantity.low - slack <= high:
        return
    right = value.quantity.value / base.quantity.value
    yield Verdict(
        claim=times,
        what=f"倍数{number(times.quantity)}与前面两数不符",
        working=f"{number(value.quantity)}÷{number(base.quantity)}＝{digits(right, 2)}倍",
        others=(value, base),
        confidence=0.85,
    )


def _plain(claim: Claim) -> bool:
    return claim.role is Role.COUNT and claim.quantity.bound is Bound.SHOWN and not claim.unclear


def _doubled(read: Read) -> Iterator[Verdict]:
    folded, start, end = read.sentence.passage.folded, read.sentence.start, read.sentence.end
    for found in _DOUBLED.finditer(folded, start, end):
        before = [pair for pair in pairs(read) if pair[1].quantity.start < found.start()]
        if not before:
            continue
        then, now = before[-1]
        if not (then.role is now.role is Role.COUNT) or then.quantity.value <= 0:
            continue
        wanted = Decimal(2) ** (chinese_value(found["many"] or "一") or 1)
        ratio = now.quantity.value / then.quantity.value
        low = wanted * (1 - _TENTH)
        high = wanted * 2 if found["more"] else wanted * (1 + _TENTH)
        if (found["more"] and ratio < wanted) or not low <= ratio <= high:
            yield Verdict(
                claim=now,
                what=f"称“{found[0]}”，实为{digits(ratio, 2)}倍",
                working=f"{number(now.quantity)}÷{number(then.quantity)}＝{digits(ratio, 2)}，"
                f"“{found[0]}”是{digits(wanted)}倍{'以上' if found['more'] else ''}",
                others=(then,),
                confidence=0.85,
            )
