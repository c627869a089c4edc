"""The same said twice with different numbers, anywhere in the prose.

Same means: the same subject in the same unit, for the same period, of the same schools. Where one
side does not say whose or when, the difference may be one of scope, and the finding only asks.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher

from reportkit.vocabulary import alternatives

from .arithmetic import digits, number, scaled, total
from .book import Book
from .claim import Claim, Role
from .quantity import Bound
from .sheets import COMPLEMENTS
from .subjects import contains
from .units import Dimension, comparable
from .verdict import Verdict

_LONG_ENOUGH = {Role.COUNT: 4, Role.RATE: 3, Role.SHARE: 3}
_DIGITS = 5
_MOST = 24
_PAIRS = 300
_COMMON = 4
_OF_WHOM = re.compile(alternatives("whom_rates_are_of"))


def said_twice(book: Book) -> Iterator[Verdict]:
    """Subjects with two values; the later one is told, with the first beside it."""
    for key, claims in _subjects(book):
        told: list[Claim] = []
        for claim in claims:
            if not _telling(key, claim) or claim.quantity.dimension is Dimension.TIME:
                continue
            rivals = [c for c in told[:_MOST] if _same(book, c, claim)]
            if any(c.quantity.meets(claim.quantity.low, claim.quantity.high) for c in rivals):
                continue
            if rivals:
                yield _verdict(book, rivals[0], claim)
            told.append(claim)


def _telling(key: str, claim: Claim) -> bool:
    """Whether the subject is more than a general noun, or one of those that stand for the whole."""
    if len(key) >= _LONG_ENOUGH[claim.role]:
        return True
    whole = not claim.sentence.passage.case and not claim.whom.organisations
    return claim.subject.telling and whole


def _subjects(book: Book) -> Iterator[tuple[str, list[Claim]]]:
    """Subjects with the claims that can be compared; shares go with the rates named 比例."""
    rates: dict[str, list[Claim]] = defaultdict(list)
    counts: dict[str, list[Claim]] = defaultdict(list)
    for claim in book.claims:
        if claim.unclear or claim.former or claim.quantity.bound is Bound.RANGE:
            continue
        if claim.role is Role.COUNT and claim.quantity.unit and claim.subject:
            counts[book.topics[id(claim)].key(claim.subject)].append(claim)
        elif key := rate_key(claim):
            rates[key].append(claim)
    yield from counts.items()
    yield from rates.items()


def rate_key(claim: Claim) -> str:
    """What a rate or share in percent is of, without 学员 and the like; nothing for others."""
    if claim.quantity.unit != "%" or claim.role not in (Role.RATE, Role.SHARE):
        return ""
    core = claim.subject.core
    if claim.role is Role.SHARE:
        core = core or (claim.of.subject.core if claim.of is not None else "")
        core = f"{core}比例" if core else ""
    return "".join(sorted(_OF_WHOM.sub("", core)))


def _same(book: Book, one: Claim, other: Claim) -> bool:
    return (
        (one.role is other.role or Role.COUNT not in (one.role, other.role))
        and one.sentence.passage is not other.sentence.passage
        and comparable(one.quantity.unit, other.quantity.unit)
        and one.whom == other.whom
        and (one.base == other.base or not (one.base and other.base))
        and book.leads_agree(one, other)
        and book.same_period(one.period, other.period) is True
    )


def _verdict(book: Book, first: Claim, second: Claim) -> Verdict:
    sure = 0.8 if first.role is Role.COUNT else 0.85
    if first.whom.organisations:
        sure -= 0.1
    if first.base != second.base or not (first.quantity.plain and second.quantity.plain):
        sure -= 0.15
    if not (first.sure and second.sure):
        sure -= 0.3
    if first.own_period != second.own_period:
        sure -= 0.1
    if bool(first.sentence.passage.case) != bool(second.sentence.passage.case):
        sure -= 0.1
    return Verdict(
        claim=second,
        what=f"前后两处分别为{number(first.quantity)}和{number(second.quantity)}",
        working=f"{number(first.quantity)}≠{number(second.quantity)}",
        others=(first,),
        confidence=sure,
    )


def almost_equal(book: Book) -> Iterator[Verdict]:
    """Long numbers about one thing that differ in one digit, or in the order of two: 2832.17."""
    seen: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in book.claims:
        told = False
        for mask in _masks(_shown(claim)):
            key = mask, claim.quantity.unit
            for other in seen[key]:
                if not told and _one_digit_off(book, other, claim):
                    told = True
                    yield Verdict(
                        claim=claim,
                        what=f"{number(claim.quantity)}与前文{number(other.quantity)}只差一个数字",
                        working=f"{number(other.quantity)}≠{number(claim.quantity)}",
                        others=(other,),
                        confidence=0.85 if claim.whom == other.whom else 0.7,
                    )
            if len(seen[key]) < _MOST:
                seen[key].append(claim)


def _masks(shown: str) -> Iterator[str]:
    """The digits with one of them left open, and with two neighbours in any order."""
    for at in range(len(shown)):
        yield f"{shown[:at]}*{shown[at + 1 :]}"
        pair = shown[at : at + 2]
        if len(set(pair)) == 2:
            yield f"{shown[:at]}[{''.join(sorted(pair))}]{shown[at + 2 :]}"


def nearly(one: Claim, other: Claim) -> bool:
    """Whether two long numbers differ in one digit, or in the order of two."""
    return not set(_masks(_shown(one))).isdisjoint(_masks(_shown(other)))


def _shown(claim: Claim) -> str:
    """The digits of a long exact number; nothing for others."""
    if claim.role is not Role.COUNT or claim.quantity.bound is not Bound.SHOWN or claim.unclear:
        return ""
    text = digits(claim.quantity.value, 6)
    significant = text.replace(".", "").strip("0")
    return text if len(significant) >= _DIGITS else ""


def _one_digit_off(book: Book, one: Claim, other: Claim) -> bool:
    if one.quantity.value == other.quantity.value or one.sentence is other.sentence:
        return False
    if book.same_period(one.period, other.period) is False:
        return False
    if one.whom.scopes != other.whom.scopes:
        return False
    first, second = one.subject.core, other.subject.core
    found = SequenceMatcher(None, first, second, autojunk=False).find_longest_match()
    return found.size >= _COMMON


def over_kinds(book: Book) -> Iterator[Verdict]:
    """A whole against the kinds of schools that make it up, wherever each of them is told.

    Counts must add up; a rate of all must lie between those of the kinds.
    """
    for key, claims in _subjects(book):
        if len(key) < 2 or not any(c.whom.scopes for c in claims):
            continue
        for kinds in COMPLEMENTS:
            parts = [_only(book, claims, frozenset({kind})) for kind in sorted(kinds)]
            whole = _only(book, claims, frozenset())
            if whole is not None and parts[0] is not None and parts[1] is not None:
                yield from _whole_of_kinds(book, whole, parts[0], parts[1])


def _only(book: Book, claims: list[Claim], scopes: frozenset[str]) -> Claim | None:
    """The claim about these schools in the year of the report, if all such claims agree."""
    found = [
        c
        for c in claims
        if c.whom.scopes == scopes
        and not c.whom.organisations
        and not c.sentence.passage.case
        and book.year_of(c.period) == book.year
    ]
    return found[0] if found and len({c.quantity.value for c in found}) == 1 else None


def _whole_of_kinds(book: Book, whole: Claim, one: Claim, other: Claim) -> Iterator[Verdict]:
    if not comparable(one.quantity.unit, whole.quantity.unit):
        return
    if whole.sentence is one.sentence is other.sentence:
        return
    if whole.role is Role.COUNT:
        added = total((one.quantity, other.quantity))
        if added.meets(whole.quantity) or added.value < whole.quantity.value / 2:
            return
        what = f"各类相加为{scaled(added.value, whole.quantity)}"
        working = f"{number(one.quantity)}＋{number(other.quantity)}"
        working += f"＝{scaled(added.value, whole.quantity)}≠{number(whole.quantity)}"
        yield Verdict(whole, what, working, (one, other), 0.75 if whole.sure else 0.55)
        return
    low = min(one.quantity.low, other.quantity.low)
    high = max(one.quantity.high, other.quantity.high)
    if whole.quantity.high < low or whole.quantity.low > high:
        shown = f"{number(one.quantity)}、{number(other.quantity)}"
        what = f"总体{number(whole.quantity)}不在各类{shown}之间"
        yield Verdict(whole, what, "总体比率介于各部分之间", (one, other), 0.75)


def whole_and_part(book: Book) -> Iterator[Verdict]:
    """A rate of 100 % for all, while a part of them has less: 全区升学率100%, 某校89%."""
    rates: dict[str, list[Claim]] = defaultdict(list)
    for claim in book.claims:
        if claim.role is Role.RATE and not claim.unclear and (key := rate_key(claim)):
            rates[key].append(claim)
    for key, claims in rates.items():
        if len(key) < _LONG_ENOUGH[Role.RATE]:
            continue
        wholes = [c for c in claims if c.quantity.plain and c.quantity.value == 100 and _all(c)]
        lower = [c for c in claims if c.quantity.high < 100 and not _all(c)]
        for whole in wholes[:1]:
            parts = [c for c in lower if c.sentence.passage is not whole.sentence.passage]
            if parts:
                yield Verdict(
                    claim=whole,
                    what=f"总体为100%，部分为{number(parts[0].quantity)}",
                    working=f"部分低于100%时总体不能是100%：{number(parts[0].quantity)}＜100%",
                    others=tuple(parts[:3]),
                    confidence=0.62,
                )


def _all(claim: Claim) -> bool:
    """Whether a claim is about all schools of the report."""
    return (
        not claim.whom.organisations and not claim.whom.scopes and not claim.sentence.passage.case
    )


def share_and_rate(book: Book) -> Iterator[Verdict]:
    """The share of a noun, given as 占比 here and as 比例 there, with different values."""
    shares = [
        c
        for c in book.claims
        if c.role is Role.SHARE and c.quantity.plain and c.of is not None and not c.base
    ]
    rates = [
        c
        for c in book.claims
        if c.role is Role.RATE and c.quantity.plain and c.subject.core.endswith("比例")
    ]
    rates = [c for c in rates if c.quantity.unit == "%"]
    for rate in rates[:_PAIRS]:
        noun = "".join(sorted(rate.subject.core.removesuffix("比例")))
        if len(noun) < 4:
            continue
        for share in shares[:_PAIRS]:
            assert share.of is not None
            key = share.of.subject.key
            if (
                key == noun
                or share.whom != rate.whom
                or book.same_period(share.period, rate.period) is False
            ):
                continue
            if not contains(key, noun) or len(key) > len(noun) + 2:
                continue
            if share.quantity.meets(rate.quantity.low, rate.quantity.high):
                continue
            yield Verdict(
                claim=rate,
                what=f"同一比例另一处为{number(share.quantity)}",
                working=f"{number(rate.quantity)}≠{number(share.quantity)}，或分母不同",
                others=(share, share.of),
                confidence=0.75,
            )
            break
