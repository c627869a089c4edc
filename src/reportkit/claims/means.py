"""Means against their total and number: 合作企业12家，接收216人，平均每家接收18人; 班均44.9人.

Rule of the language: the word before 均, or behind 平均每, tells by what the total is divided. A
mean is told in the sentence of both; where a pair of them gives it, it is right.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from .arithmetic import digits, number
from .claim import Claim, Role
from .reader import Read
from .units import comparable
from .verdict import Verdict

_PER = r"人班场校次家户台期所门间天"
_MEAN = re.compile(
    rf"平均每[个一]?(?P<each>[{_PER}])[^，。；]{{0,8}}$"
    rf"|(?P<mean>[{_PER}])均[^，。；]{{0,6}}$|平均(?P<size>班)额(?:为|达)?$"
)
_FIXED = re.compile("标准|补助|补贴|不低于|不少于|奖励|定额|每生|规定|发放")
_ALSO = {"校": ("所", "校"), "班": ("个", "班"), "人": ("人", "名", "位", "人次")}
_HALF = Decimal("0.5")
_OVERALL = re.compile("总体|整体|总的|综合|总满意")
_FEWEST = 3


def wrong_means(read: Read) -> Iterator[Verdict]:
    """Means that no total and number of their sentence give."""
    for claim in read.claims:
        found = _MEAN.search(claim.lead.rstrip())
        if found is None or claim.role is not Role.COUNT or claim.former or claim.unclear:
            continue
        if _FIXED.search(claim.lead) or not claim.quantity.value:
            continue
        per = found["each"] or found["mean"] or found["size"]
        near = [c for c in read.around(claim) if _may_be(c, claim)]
        heads = [c for c in near if _counts(c, per)]
        totals = [c for c in near if comparable(c.quantity.unit, claim.quantity.unit)]
        tried = [(t, h) for t in totals for h in heads if t is not h]
        if tried and not any(_gives(t, h, claim) for t, h in tried):
            total, head = tried[-1]
            right = total.quantity.value / head.quantity.value / claim.quantity.scale
            places = 2 if claim.quantity.unit else 4
            yield Verdict(
                claim=claim,
                what=f"平均数{number(claim.quantity)}与总数、个数不符",
                working=f"{number(total.quantity)}÷{number(head.quantity)}"
                f"＝{digits(right, places)}（所印{digits(claim.quantity.shown)}）",
                others=(total, head),
                confidence=0.7 if len(tried) == 1 else 0.55,
            )


def outside_parts(read: Read) -> Iterator[Verdict]:
    """An overall rate of satisfaction that lies below or above all those told beside it."""
    rates = [c for c in read.claims if c.role is Role.RATE and "满意" in c.lead and not c.former]
    wholes = [c for c in rates if _OVERALL.search(c.lead)]
    parts = [c for c in rates if c not in wholes]
    if len(wholes) != 1 or len(parts) < _FEWEST:
        return
    whole = wholes[0]
    low = min(parts, key=lambda c: c.quantity.low)
    high = max(parts, key=lambda c: c.quantity.high)
    if whole.quantity.high < low.quantity.low or whole.quantity.low > high.quantity.high:
        shown = f"{number(low.quantity)}～{number(high.quantity)}"
        yield Verdict(
            claim=whole,
            what=f"总体{number(whole.quantity)}不在各项{shown}之间",
            working=f"总体由各项得出时介于{shown}",
            others=(low, high),
            confidence=0.6,
        )


def _may_be(claim: Claim, mean: Claim) -> bool:
    count = claim.role is Role.COUNT and claim.quantity.plain and claim.quantity.value > 0
    return count and claim is not mean and not (claim.former or claim.unclear)


def _counts(claim: Claim, per: str) -> bool:
    """Whether a count tells how many there are of what the mean divides by."""
    unit = claim.quantity.unit
    if unit == "个":
        return per in claim.lead[-3:] + claim.tail[:3]
    return unit in _ALSO.get(per, (per,))


def _gives(total: Claim, head: Claim, mean: Claim) -> bool:
    slack = mean.quantity.step * _HALF
    low = total.quantity.low / max(head.quantity.high, Decimal(1))
    high = total.quantity.high / max(head.quantity.low, Decimal(1))
    return low <= mean.quantity.high + slack and mean.quantity.low - slack <= high
