"""分别: numbers that are told in the order of others: 男生620人、女生580人，分别占51.7%和48.3%.

Rule of the language: as many numbers behind 分别 as counts directly before it, in the same order.
What finds no partner stays unclear and is compared with nothing.
"""

from collections.abc import Iterator, Sequence

from .claim import Claim, Role
from .subjects import subject
from .units import comparable

_PAIRED = frozenset({Role.SHARE, Role.CHANGE, Role.GROWTH, Role.POINTS})


def distribute(claims: Sequence[Claim]) -> None:
    """Give the claims behind 分别 the counts that they are said of."""
    for start, end in _runs(claims):
        run = claims[start:end]
        counts = _counts(claims[:start], len(run))
        first = run[0]
        if first.role not in _PAIRED or not counts:
            continue
        for claim, count in zip(run, counts, strict=True):
            claim.of, claim.unclear = count, False
            claim.role, claim.sign, claim.base = first.role, first.sign, first.base
            claim.whom, claim.subject = count.whom, subject("")


def _runs(claims: Sequence[Claim]) -> Iterator[tuple[int, int]]:
    """Stretches of two unclear claims or more in one unit."""
    start = 0
    for index in range(1, len(claims) + 1):
        ends = index == len(claims) or not (claims[index].unclear and claims[start].unclear)
        ends = ends or not comparable(claims[index].quantity.unit, claims[start].quantity.unit)
        if ends:
            if claims[start].unclear and index - start > 1:
                yield start, index
            start = index


def _counts(before: Sequence[Claim], number: int) -> list[Claim]:
    """The last counts before 分别, if there are so many in one unit side by side."""
    found = list(before[-number:])
    fits = len(found) == number and all(
        c.role is Role.COUNT
        and not c.unclear
        and comparable(c.quantity.unit, found[0].quantity.unit)
        for c in found
    )
    return found if fits else []
