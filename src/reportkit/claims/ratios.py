"""Ratios against their two counts, and their direction: 生师比 has the students first."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from reportkit.vocabulary import alternatives, groups

from .arithmetic import digits, number
from .book import Book
from .claim import Claim, Role
from .grid import Cell, Grid
from .names import scopes
from .numerals import fold
from .subjects import subject
from .units import comparable
from .verdict import Verdict

_PAIR = re.compile(
    r"(?P<a>[^，。；、：:]{1,14}?)(?:与|和|及|同)(?P<b>[^，。；：:]{1,14}?)(?:的|之)?(?:人数|数量)?(?:之)?"
    r"(?:比例|比率|配比|之比|比)(?:关系)?(?:为|达到?|约|是|大约|近|接近| )*$"
)
_KNOWN = tuple(
    (re.compile(rf"{name}(?:例)?(?:为|达到?|约|是|降至|降到| )*$"), first, second)
    for name, (first, second) in groups("named_ratios")
)
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_STUDENTS = re.compile(alternatives("learners"))


def wrong_ratios(book: Book) -> Iterator[Verdict]:
    """Ratios that are turned round, or that their two counts do not give."""
    for claim in book.claims:
        if claim.role is not Role.RATIO or claim.quantity.pair is None:
            continue
        sides = _sides(claim)
        if sides is None:
            continue
        found = _against_counts(book, claim, *sides)
        if found is not None:
            if found.confidence:
                yield found
        else:
            yield from _direction(claim, *sides)


@dataclass(frozen=True, eq=False)
class Turned:
    """A ratio of a table that is turned round: the cell, the label that names it, both nouns."""

    cell: Cell
    label: str
    first: str
    second: str


def turned_in_table(grid: Grid) -> Iterator[Turned]:
    """Cells such as 12.1:1 under a label whose name has the smaller side first, or the reverse."""
    for line in (*grid.rows, *grid.columns):
        sides = _named_in(line.label)
        for cell in line.numbers if sides else ():
            pair = cell.value.pair if cell.value is not None else None
            if sides and pair is not None and _against_sense(*sides, *pair):
                yield Turned(cell, line.label, *sides)


def _named_in(label: str) -> tuple[str, str] | None:
    bare = _BRACKETS.sub("", fold(label)).strip("：: ")
    for words, first, second in _KNOWN:
        if words.search(bare):
            return first, second
    found = _PAIR.search(bare)
    return (found["a"].strip(), found["b"].strip()) if found else None


def _against_sense(first: str, second: str, left: Decimal, right: Decimal) -> bool:
    """Whether a ratio says that there are more who teach than who learn."""
    learners, others = bool(_STUDENTS.search(first)), bool(_STUDENTS.search(second))
    return (learners and "师" in second and left < right) or (
        "师" in first and others and left > right
    )


def _sides(claim: Claim) -> tuple[str, str] | None:
    lead = claim.lead.rstrip()
    for words, first, second in _KNOWN:
        if words.search(lead):
            return first, second
    found = _PAIR.search(lead)
    return (found["a"].strip(), found["b"].strip()) if found else None


def _against_counts(book: Book, claim: Claim, first: str, second: str) -> Verdict | None:
    """Compares with the counts of both sides in the same section; no confidence where they fit."""
    ones, others = (_counts(book, claim, noun) for noun in (first, second))
    closest: Verdict | None = None
    for one in ones:
        for other in others:
            if other.quantity.value <= 0 or one.quantity.value <= 0:
                continue
            if not comparable(one.quantity.unit, other.quantity.unit):
                continue
            verdict = _compare(claim, one, other)
            if verdict.confidence == 0:
                return verdict
            if closest is None or verdict.confidence > closest.confidence:
                closest = verdict
    return closest


def _compare(claim: Claim, one: Claim, other: Claim) -> Verdict:
    shown = claim.quantity
    right = one.quantity.value / other.quantity.value
    turned = 1 / right
    slack = right * Decimal("0.001")
    if shown.low - slack <= right <= shown.high + slack:
        return Verdict(claim, "", "", (), 0.0)
    assert shown.pair is not None
    left, unit = shown.pair
    ratio = f"1:{digits(turned, 2)}" if right < 1 else f"{digits(right, 2)}:1"
    working = f"{number(one.quantity)}:{number(other.quantity)}＝{ratio}"
    turned_slack = turned * Decimal("0.001")
    if shown.low - turned_slack <= turned <= shown.high + turned_slack and left != unit:
        return Verdict(claim, "比例写反", f"{working}，不是{number(shown)}", (one, other), 0.93)
    same = one.sentence is other.sentence is claim.sentence
    return Verdict(
        claim, f"{number(shown)}与两数之比不符", working, (one, other), 0.85 if same else 0.55
    )


def _counts(book: Book, claim: Claim, noun: str) -> list[Claim]:
    """Plain counts of a noun in the section of the ratio, of the same schools; nearest first."""
    named = subject(noun, book.region)
    wanted = book.kinds(noun) or claim.whom.scopes
    found = []
    for each in reversed(book.section_claims(claim.sentence.passage)):
        mine = each.subject.bare
        if not mine or each.whom.organisations != claim.whom.organisations:
            continue
        alike = mine == named.bare or each.subject.core.endswith(named.core)
        alike = alike or _both_students(noun, each)
        if alike and each.whom.scopes == wanted and each.quantity.plain:
            found.append(each)
    return found[:4] or _beside(book, claim, noun)


def _beside(book: Book, claim: Claim, noun: str) -> list[Claim]:
    """Counts of the ratio's own sentence that name the kind, or bear the noun in their words."""
    kinds = scopes(noun)
    counts = (c for c in book.of_sentence(claim.sentence) if c.role is Role.COUNT)
    plain = ((c, c.lead + c.tail) for c in counts if c.quantity.plain)
    return [c for c, words in plain if (scopes(words) == kinds if kinds else noun in words)]


def _both_students(noun: str, claim: Claim) -> bool:
    return bool(_STUDENTS.search(noun)) and "在校生" in claim.subject.core


def _direction(claim: Claim, first: str, second: str) -> Iterator[Verdict]:
    """生师比 1:12 has fewer students than teachers; nobody means that."""
    assert claim.quantity.pair is not None
    left, right = claim.quantity.pair
    if _against_sense(first, second, left, right):
        yield Verdict(
            claim,
            "比例方向不对",
            f"{first}与{second}之比应为{digits(right)}:{digits(left)}",
            (),
            0.75,
        )
