"""Rates against the two counts beside them: 推荐104人，录取83人，录取率79.8%.

The verb of the rate stands at the smaller count; the whole is the larger one nearest before it,
or the one that the rate's name leaves over (直接就业428人 for 对口就业率).
"""

import re
from collections.abc import Iterator, Sequence

from reportkit.vocabulary import groups

from .arithmetic import digits, number, of, percent
from .claim import Claim, Role
from .reader import Read
from .shares import confidence, working
from .subjects import contains
from .units import Dimension, comparable
from .verdict import Verdict

_NAME = re.compile(r"(?P<verb>[\u4e00-\u9fff]{2,4})率(?:为|达到?了?|约|是|高达|只有|仅为?| )*$")
_PLANNED = re.compile(r"(?P<verb>完成)了?[\u4e00-\u9fff]{0,6}计划(?:总?数)?的? *$")
_RATES = frozenset({Role.RATE, Role.SHARE})
_COUNTED = frozenset({Dimension.PERSON, Dimension.TURN, Dimension.COUNT})
_SAID = tuple((name, re.compile("|".join(verbs))) for name, verbs in groups("rate_verbs"))
"""Verbs by which a count may be told of which a rate bears another name."""
_NEAR = 6


def wrong_rates(read: Read) -> Iterator[Verdict]:
    """The rates of a sentence that their two counts do not give."""
    for rate in read.claims:
        if rate.role not in _RATES or rate.unclear or not rate.quantity.plain:
            continue
        name = _NAME.search(rate.lead.strip()) or _PLANNED.search(rate.lead.strip())
        if name is None or rate.quantity.unit != "%":
            continue
        counts = [c for c in read.around(rate) if _may_count(c, rate)]
        before = [c for c in counts if c.quantity.start < rate.quantity.start]
        behind = [c for c in counts if c.quantity.start > rate.quantity.start]
        if before and not any(_bears(c, name["verb"]) for c in before):
            behind = [c for c in behind if c.item == rate.item + 1 and _says(c, name["verb"])]
            before = [*before, *behind] if behind else []
        if (told := _judge(rate, name["verb"], before or behind)) is not None:
            yield told


def _may_count(claim: Claim, rate: Claim) -> bool:
    items = claim.sentence.items
    near = abs(claim.item - rate.item) <= _NEAR
    same = items[claim.item].segment == items[rate.item].segment
    plain = claim.role is Role.COUNT and claim.quantity.plain and claim.quantity.value > 0
    counted = claim.quantity.dimension in _COUNTED and not (claim.unclear or claim.former)
    modifies = claim.item == rate.item and not claim.lead.strip()  # 三个年级平均巩固率
    return near and same and plain and counted and not modifies


def _judge(rate: Claim, verb: str, counts: Sequence[Claim]) -> Verdict | None:
    """The rate against the count that bears its verb, and the wholes that it may be of."""
    part = next((c for c in reversed(counts) if _bears(c, verb)), None)
    if part is None:
        return None
    wholes = [
        c
        for c in counts
        if c is not part
        and c.quantity.value >= part.quantity.value
        and comparable(c.quantity.unit, part.quantity.unit)
    ]
    if not wholes or any(_gives(part, whole, rate) for whole in wholes):
        return None
    before = [c for c in wholes if c.quantity.start < part.quantity.start]
    whole = before[-1] if before else wholes[0]
    computed = percent(of(part.quantity), of(whole.quantity))
    if computed is None:
        return None
    shown = rate.quantity
    exact = _says(part, verb) and (len(wholes) == 1 or whole.item == part.item - 1)
    sure = confidence(computed.value, shown.value, shown.step, 1.0 if exact else 0.6)
    return Verdict(
        claim=rate,
        what=f"{verb}率{digits(shown.value)}%",
        working=working(number(part.quantity), number(whole.quantity), computed, rate),
        others=(part, whole),
        confidence=max(sure, 0.5),
    )


def _gives(part: Claim, whole: Claim, rate: Claim) -> bool:
    computed = percent(of(part.quantity), of(whole.quantity))
    return computed is not None and computed.meets(rate.quantity)


def _bears(claim: Claim, verb: str) -> bool:
    return _says(claim, verb) or contains(_words(claim), verb[-2:])


def _words(claim: Claim) -> str:
    return claim.lead + claim.tail + claim.subject.text


def _says(claim: Claim, verb: str) -> bool:
    """Whether a count is told by the verb of a rate, or by another word for it."""
    words = _words(claim)
    if verb in words:
        return True
    return any(verb.endswith(name) and said.search(words) for name, said in _SAID)
