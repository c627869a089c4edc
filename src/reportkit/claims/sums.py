"""Parts against their whole, and members of one family against 100 %.

Parts that all are named must add up to the whole; parts behind 其中 must not exceed it. What is
rounded may differ by half its last digit for each part.
"""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from .arithmetic import HUNDRED, Interval, difference, digits, number, of, scaled, total
from .claim import Claim, Role
from .families import cross, largest_disjoint
from .parts import Group, Mark
from .quantity import Bound
from .reader import Read
from .shares import implied
from .verdict import Verdict

_CLOSE = Decimal("1.15")
_FEWEST = 3
_OTHER = re.compile("其他|其它|其余")
_LITTLE = Decimal(106)
_HALF = Decimal("0.5")
_MOST = Decimal("0.9")
_MANY = Decimal("0.8")
_SURE = {Mark.ALL: 0.92, Mark.LIST: 0.92, Mark.SUM: 0.9, Mark.BRACKETS: 0.9, Mark.OF_THEM: 0.75}


def wrong_sum(group: Group) -> Verdict | None:
    """What is wrong about a whole and its parts, if anything."""
    whole = of(group.whole.quantity)
    alone = _without_subtotals(group.parts)
    if len(alone) > 1 and total(part.quantity for part in alone).meets(group.whole.quantity):
        return None
    parts = group.parts
    if len(parts) == 1:
        return _too_large(group, parts[0]) if whole.high < parts[0].quantity.low else None
    added = total(part.quantity for part in parts)
    if added.meets(group.whole.quantity):
        return None
    if not (group.complete or group.disjoint) and _some_add_up(group):
        return None
    over = added.low >= whole.high and added.value > whole.value
    sure = _excess(group, added) if over else _gap(group, added)
    if sure is None:
        return None
    return _verdict(group, parts, added, sure)


def _without_subtotals(parts: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """The parts without those that only add up the ones before: 甲3件、乙4件，两项7件，其余5件."""
    kept: list[Claim] = []
    for part in parts:
        before = [claim.quantity for claim in kept]
        if len(kept) < 2 or not total(before).meets(part.quantity):
            kept.append(part)
    return tuple(kept)


def _too_large(group: Group, part: Claim) -> Verdict | None:
    if not part.quantity.plain or not group.whole.quantity.plain:
        return None
    return Verdict(
        claim=part,
        what=f"其中一项{number(part.quantity)}大于总数{number(group.whole.quantity)}",
        working=f"{number(part.quantity)}＞{number(group.whole.quantity)}",
        others=(group.whole,),
        confidence=0.9 if group.mark is Mark.OF_THEM else 0.7,
    )


def _some_add_up(group: Group) -> bool:
    """Whether parts that stand side by side add up, so that the others sort the whole anew."""
    values = [part.quantity for part in group.parts]
    for start in range(len(values)):
        for end in range(start + 2, len(values) + 1):
            if end - start < len(values) and total(values[start:end]).meets(group.whole.quantity):
                return True
    return False


def _excess(group: Group, added: Interval) -> float | None:
    """How surely parts that exceed the whole are a mistake, and not counted twice on purpose."""
    whole = group.whole.quantity.value
    if any(part.quantity.low > group.whole.quantity.high for part in group.parts):
        return 0.9 if group.complete or group.disjoint else 0.8
    if group.disjoint or group.complete:
        return 0.92
    if cross([part.lead + part.tail for part in group.parts]) or whole <= 0:
        return None
    if added.value / whole <= _CLOSE:
        return 0.9
    return 0.65 if added.value / whole <= 2 else None


def _gap(group: Group, added: Interval) -> float | None:
    """How surely parts that fall short of the whole leave something out by mistake."""
    whole = group.whole.quantity.value
    if not all(p.quantity.plain for p in group.parts):
        return None
    if not group.whole.quantity.plain:
        rough = group.whole.quantity.bound in (Bound.ABOUT, Bound.NEARLY, Bound.MORE)
        return 0.65 if rough and group.disjoint and group.complete else None
    share = added.value / whole if whole > 0 else Decimal(0)
    if group.complete:
        return _SURE[group.mark] if share >= _HALF else 0.7
    if group.disjoint and share >= _MOST:
        return 0.7
    least = _MANY if len(group.parts) >= _FEWEST else _MOST
    return 0.45 if share >= least else None


def _verdict(group: Group, parts: Sequence[Claim], added: Interval, sure: float) -> Verdict:
    whole = group.whole.quantity
    sum_ = "＋".join(scaled(p.quantity.value, whole).removesuffix(whole.unit) for p in parts)
    gap = difference(added, of(whole)).value
    word = "多出" if gap > 0 else "少"
    return Verdict(
        claim=group.whole,
        what=f"{len(parts)}项相加为{scaled(added.value, whole)}，与总数{number(whole)}不符",
        working=f"{sum_}＝{scaled(added.value, whole)}≠{number(whole)}，"
        f"{word}{scaled(abs(gap), whole)}",
        others=tuple(parts),
        confidence=sure,
    )


def overlapping_shares(read: Read) -> Iterator[Verdict]:
    """Members of one family whose shares add up to more than 100 %: 本科 100%, 硕士 7.3%."""
    for segment in _segments(read):
        counted = [c for c in segment if c.role is Role.SHARE and c.of is not None]
        if len(counted) < 2:
            continue
        texts = [c.of.lead + c.of.tail for c in counted if c.of is not None]
        chosen = [counted[i] for i in largest_disjoint(texts)]
        added = total(c.quantity for c in chosen)
        if len(chosen) < 2 or added.low <= HUNDRED or not all(c.quantity.plain for c in chosen):
            continue
        if not _one_base(chosen):
            continue
        counts = [c.of for c in chosen if c.of is not None]
        shown = "＋".join(f"{digits(c.quantity.value)}%" for c in chosen)
        yield Verdict(
            claim=counts[0],
            what=f"互不相容的{len(chosen)}项占比合计{digits(added.value)}%，超过100%",
            working=f"{shown}＝{digits(added.value)}%＞100%",
            others=(*counts[1:], *chosen),
            confidence=0.85,
        )


def _one_base(shares: Sequence[Claim]) -> bool:
    """Whether the counts of the shares ask for one whole; else a share is wrong by itself."""
    bases = [base for share in shares if (base := implied(share)) is not None]
    return not bases or max(b.low for b in bases) <= min(b.high for b in bases)


def beyond_hundred(read: Read) -> Iterator[Verdict]:
    """Shares side by side that add up to a little more than 100 %, beyond rounding."""
    run: list[Claim] = []
    for claim in (*read.claims, None):
        if claim is not None and claim.role is Role.SHARE and (not run or _next_to(run[-1], claim)):
            run.append(claim)
            continue
        yield from _too_much(run)
        run = [claim] if claim is not None and claim.role is Role.SHARE else []


def _next_to(one: Claim, other: Claim) -> bool:
    """Whether two shares stand in neighbouring items and speak of one base."""
    near = other.item - one.item <= 2 and other.sentence is one.sentence
    return near and (not other.base or other.base == one.base)


def _too_much(run: Sequence[Claim]) -> Iterator[Verdict]:
    texts = [c.subject.text or (c.of.lead + c.of.tail if c.of else "") for c in run]
    added = total(c.quantity for c in run)
    plain = all(c.quantity.plain for c in run) and len(set(texts)) == len(run)
    if len(run) < _FEWEST or not plain or cross(texts) or not _one_base(run):
        return
    if _OTHER.search(texts[-1]) and not added.meets_interval(HUNDRED, HUNDRED):
        shown = "＋".join(f"{digits(c.quantity.value)}%" for c in run)
        yield Verdict(
            claim=run[-1],
            what=f"连同其他在内的{len(run)}项占比合计{digits(added.value)}%",
            working=f"{shown}＝{digits(added.value)}%≠100%",
            others=tuple(run[:-1]),
            confidence=0.8,
        )
    elif added.low > HUNDRED and added.value <= _LITTLE:
        shown = "＋".join(f"{digits(c.quantity.value)}%" for c in run)
        yield Verdict(
            claim=run[-1],
            what=f"并列的{len(run)}项占比合计{digits(added.value)}%",
            working=f"{shown}＝{digits(added.value)}%＞100%",
            others=tuple(run[:-1]),
            confidence=0.65,
        )


def _segments(read: Read) -> Iterator[list[Claim]]:
    found: dict[int, list[Claim]] = {}
    for claim in read.claims:
        found.setdefault(claim.sentence.items[claim.item].segment, []).append(claim)
    yield from found.values()
