"""Finds passages and pictures that two organisations have in common, without comparing all pairs.

Passages with common marks, and pictures with a common stretch of 16 bits in their looks, are
candidates; only these are compared, exactly. What many organisations have is nobody's own: its
marks count for nothing, and a passage mostly made of them is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from .digest import Digest, Passage, Picture
from .limits import Limits
from .passages import texts, unpacked, wordless
from .pictures import BITS, distance, same_greys

_BAND = 16
_COMMON_MARKS = 2
_SHARE = 4
"""A candidate has at least one in four marks of the shorter passage."""
_TWINS = 8
"""Passages of one organisation with the same mark that are looked at."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two things that are alike: the numbers of their digests, and of each among its kind there.

    ``percent`` is how much of the shorter text is the same, or of the bits of the looks.
    """

    first: int
    one: int
    second: int
    other: int
    percent: int


def like_passages(
    digests: Sequence[Digest], organisations: Sequence[int], bounds: Limits
) -> tuple[Pair, ...]:
    """Pairs of passages of two organisations that are (nearly) the same.

    ``organisations`` tells for each digest whose it is. A paragraph is compared with paragraphs, a
    case with cases.
    """
    owned = [(at, number) for at, d in enumerate(digests) for number in range(len(d.passages))]
    found = _Candidates(digests, organisations, owned, bounds)
    known: dict[int, list[str]] = {}

    def text(index: int) -> str:
        at, number = owned[index]
        if at not in known:
            known[at] = texts(digests[at])
        return wordless(known[at][number])

    pairs = []
    for one, other in found.pairs():
        percent = same_percent(text(one), text(other), bounds.alike_percent)
        if percent is not None:
            pairs.append(Pair(*owned[one], *owned[other], percent))
    return tuple(sorted(pairs, key=_order))


def same_percent(one: str, other: str, least: int) -> int | None:
    """How much of the shorter text stands in the longer one; None if less than ``least``."""
    from rapidfuzz import fuzz

    short, long = sorted((one, other), key=len)
    if not short:
        return None
    if len(long) * least <= len(short) * 100:
        score = fuzz.ratio(short, long, score_cutoff=least)
    else:
        score = fuzz.partial_ratio(short, long, score_cutoff=least)
    return int(score) if score else None


class _Candidates:
    """Passages by their marks."""

    def __init__(
        self,
        digests: Sequence[Digest],
        organisations: Sequence[int],
        owned: Sequence[tuple[int, int]],
        bounds: Limits,
    ) -> None:
        self.most = bounds.common(len(set(organisations)))
        self.owner = [organisations[at] for at, _ in owned]
        kept = [digests[at].passages[number] for at, number in owned]
        self.case = [passage.case is not None for passage in kept]
        self.marks = [0] * len(kept)
        self.entries = self._entries(kept)

    def _entries(self, kept: Sequence[Passage]) -> list[int]:
        """Mark and number of passage in one number, sorted, so that equal marks are neighbours."""
        entries = []
        for index, passage in enumerate(kept):
            marks = unpacked(passage.marks)
            self.marks[index] = len(marks)
            entries.extend([mark << 32 | index for mark in marks])
        entries.sort()
        return entries

    def pairs(self) -> Iterator[tuple[int, int]]:
        """Numbers of passages of two organisations with enough marks that not all have."""
        met: Counter[tuple[int, int]] = Counter()
        stock = [0] * len(self.marks)
        for group in self._groups():
            owners = {self.owner[index] for index in group}
            if len(owners) > self.most:
                for index in group:
                    stock[index] += 1
            elif len(owners) > 1 and len(group) <= self.most * _TWINS:
                met.update(
                    pair
                    for pair in combinations(group, 2)
                    if self.owner[pair[0]] != self.owner[pair[1]]
                )
        own = [2 * stock[index] < marks for index, marks in enumerate(self.marks)]
        for (one, other), common in met.items():
            least = min(self.marks[one] - stock[one], self.marks[other] - stock[other])
            enough = common >= min(_COMMON_MARKS, least) and common * _SHARE >= least
            if enough and own[one] and own[other] and self.case[one] == self.case[other]:
                yield one, other

    def _groups(self) -> Iterator[list[int]]:
        """Numbers of passages with the same mark, where there are several."""
        group: list[int] = []
        last = -1
        for entry in self.entries:
            mark, index = entry >> 32, entry & 0xFFFFFFFF
            if mark != last:
                if len(group) > 1:
                    yield group
                group, last = [], mark
            group.append(index)
        if len(group) > 1:
            yield group


def like_pictures(
    digests: Sequence[Digest], organisations: Sequence[int], bounds: Limits
) -> tuple[Pair, ...]:
    """Pairs of pictures of two organisations that are the same bytes or look the same.

    Of the pictures of one organisation only those with different captions are paired.
    """
    owned = [(at, number) for at, d in enumerate(digests) for number in range(len(d.pictures))]
    shown = [digests[at].pictures[number] for at, number in owned]
    owner = [organisations[at] for at, _ in owned]
    most = bounds.common(len(set(organisations)))
    seen: set[tuple[int, int]] = set()
    for group in _alike(shown):
        if len({owner[index] for index in group}) > most or len(group) > most * _TWINS:
            continue
        seen.update(
            (a, b)
            for a, b in combinations(group, 2)
            if owner[a] != owner[b] or shown[a].caption != shown[b].caption
        )
    pairs = []
    for a, b in seen:
        bits = _apart(shown[a], shown[b])
        if bits <= bounds.picture_bits:
            pairs.append(Pair(*owned[a], *owned[b], 100 * (BITS - bits) // BITS))
    return tuple(sorted(pairs, key=_order))


def _alike(shown: Sequence[Picture]) -> Iterable[list[int]]:
    """Numbers of pictures with the same bytes, or a stretch of bits in common."""
    groups: dict[tuple[int, str], list[int]] = {}
    for index, picture in enumerate(shown):
        groups.setdefault((-1, picture.sha256), []).append(index)
        for band in range(0, len(picture.look), _BAND // 4):
            bits = picture.look[band : band + _BAND // 4]
            if bits.strip("0"):
                groups.setdefault((band, bits), []).append(index)
    return groups.values()


def _apart(one: Picture, other: Picture) -> int:
    """In how many bits two pictures differ; all where they have other proportions."""
    if one.sha256 == other.sha256:
        return 0
    if not (one.look and other.look):
        return BITS
    if not same_greys(one.small, other.small):
        return BITS
    across, down = one.width * other.height, other.width * one.height
    if abs(across - down) * 20 > max(across, down):
        return BITS
    return distance(one.look, other.look)


def _order(pair: Pair) -> tuple[int, int, int, int]:
    return pair.first, pair.one, pair.second, pair.other
