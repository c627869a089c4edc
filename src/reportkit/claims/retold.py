"""Facts told again: a sentence that repeats numbers of another, with one of them changed.

Highlights repeat what chapters and cases say, in other words. Where two sentences have a number in
common and rare words besides, they tell the same; a number that only one of them has, in the unit
and with the noun of one that only the other has, is told in two ways.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import combinations, pairwise
from math import log

from .arithmetic import digits, number
from .book import Book
from .claim import Claim, Role
from .quantity import Bound
from .sentences import Sentence
from .subjects import contains, likeness
from .twice import nearly
from .units import Dimension, comparable
from .verdict import Verdict

_LEAST = 10
"""A smaller number is no common ground by itself."""
_RARE = 0.05
"""Share of the passages in which a rare pair of characters stands at most."""
_ENOUGH = 6.0
"""How much rare words must weigh in common; the logarithm of how rare each is."""
_FEW = 20
"""Passages that are added, so that words of a short report weigh something too."""
_LIKE = 0.75
_FAR = 6
_COMMON = 5
"""A number that stands in more sentences is nothing special."""

_Pair = tuple[Sentence, Sentence]


def told_again(book: Book) -> Iterator[Verdict]:
    """Numbers that a sentence has otherwise than one that tells the same."""
    words = _Words(book)
    for (one, other), common in _pairs(book).items():
        if max(common) < _LEAST:
            continue
        weight = words.common(one, other)
        firm = len(common) > 1 or any(common.values())
        if weight < (_ENOUGH / 2 if firm else _ENOUGH):
            continue
        for first, second in _odd(book, one, other):
            if nearly(first, second):
                continue
            same = "、".join(digits(value) for value in sorted(common))
            yield Verdict(
                claim=second,
                what=f"两处所述相近，分别为{number(first.quantity)}和{number(second.quantity)}",
                working=f"两处同有{same}，而{number(first.quantity)}≠{number(second.quantity)}",
                others=(first,),
                confidence=0.7 if firm or weight > 2 * _ENOUGH else 0.62,
            )


def _pairs(book: Book) -> dict[_Pair, dict[Decimal, bool]]:
    """Sentences of different passages with the numbers that they have in common.

    Each number tells whether both say it of the same subject.
    """
    index: dict[tuple[Decimal, str], list[Claim]] = defaultdict(list)
    for claim in book.claims:
        if _counts(claim):
            index[claim.quantity.value, claim.quantity.unit].append(claim)
    found: dict[_Pair, dict[Decimal, bool]] = defaultdict(dict)
    for (value, _), claims in index.items():
        for one, other in combinations(claims if len(claims) <= _COMMON else (), 2):
            if one.sentence.passage is not other.sentence.passage:
                same = bool(one.subject) and one.subject.bare == other.subject.bare
                found[one.sentence, other.sentence][value] = same
    return found


def _counts(claim: Claim) -> bool:
    return (
        claim.role is Role.COUNT
        and claim.quantity.bound is Bound.SHOWN
        and not (claim.unclear or claim.former)
        and claim.quantity.unit != ""
        and claim.quantity.dimension is not Dimension.TIME
    )


def _odd(book: Book, one: Sentence, other: Sentence) -> Iterator[tuple[Claim, Claim]]:
    """Numbers that only one sentence has, where each has exactly one of the unit and noun."""
    firsts, seconds = _only(book, one, other), _only(book, other, one)
    for first in firsts:
        mates = [c for c in seconds if _alike(first, c)]
        alone = len(mates) == 1 and sum(_alike(c, mates[0]) for c in firsts) == 1
        if alone and book.same_period(first.period, mates[0].period) is not False:
            yield first, mates[0]


def _only(book: Book, mine: Sentence, theirs: Sentence) -> list[Claim]:
    """The numbers of a sentence that the other one does not have."""
    others = book.of_sentence(theirs)
    return [
        c for c in book.of_sentence(mine) if _counts(c) and not any(_says(o, c) for o in others)
    ]


def _says(one: Claim, other: Claim) -> bool:
    """Whether two numbers can be the same: equal, or one of them written more roughly."""
    first, second = one.quantity, other.quantity
    if not comparable(first.unit, second.unit):
        return False
    if first.plain and second.plain and first.step == second.step:
        return first.value == second.value
    return first.meets(second.low, second.high)


def _alike(one: Claim, other: Claim) -> bool:
    """Whether two numbers are of one noun in one unit, and not of another size altogether."""
    if one.quantity.unit != other.quantity.unit:
        return False
    if one.whom.scopes and other.whom.scopes and not one.whom.scopes & other.whom.scopes:
        return False
    low, high = sorted((one.quantity.value, other.quantity.value))
    if low * _FAR < high:
        return False
    first, second = one.subject.bare, other.subject.bare
    if not first or not second:
        return first == second
    return contains(first, second) or contains(second, first) or likeness(first, second) >= _LIKE


class _Words:
    """The pairs of characters of sentences, and how rare each is among the passages."""

    def __init__(self, book: Book) -> None:
        self.book = book
        count: Counter[str] = Counter()
        for passage in book.texts.passages:
            count.update(_grams(passage.folded))
        passages = len(book.texts.passages)
        most = max(2.0, _RARE * passages)
        scale = passages + _FEW
        self.weight = {g: log(scale / n) for g, n in count.items() if n <= most}

    def common(self, one: Sentence, other: Sentence) -> float:
        """How much the rare pairs weigh that two sentences have in common.

        Names of organisations weigh nothing: two cases of one school need not tell the same.
        """
        return sum(self.weight.get(gram, 0.0) for gram in self._own(one) & self._own(other))

    def _own(self, sentence: Sentence) -> frozenset[str]:
        text = sentence.text
        for name in self.book.names_of(sentence):
            text = text.replace(name, "，")
        return _grams(text)


@lru_cache(maxsize=20_000)
def _grams(text: str) -> frozenset[str]:
    return frozenset(
        pair
        for pair in map("".join, pairwise(text))
        if "\u4e00" <= pair[0] <= "\u9fff" and "\u4e00" <= pair[1] <= "\u9fff"
    )
