"""Which unit of the edited document is which of the one as built.

Marks decide. Where they are lost, equal words in the same order do, then words that are much
alike between the same neighbours.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from .units import Unit

ALIKE = 60.0
"""Likeness (0 to 100) from which two texts between the same neighbours are one, edited."""
_UNIQUE = 8
"""Characters from which equal words in another place are the same paragraph, moved."""
_MOST = 4000
"""Pairs of texts that are compared in one gap."""


@dataclass(frozen=True)
class Paired:
    """``edited[n]`` is the index in the built document of edited unit ``n``, or None.

    ``kept`` are the marked units that are all there as marked: deletions are certain only if the
    file was made from the submission as it stands now (``same``). ``marks`` tells whether any
    mark was left at all.
    """

    edited: list[int | None]
    same: bool
    marks: bool

    def moved(self) -> set[int]:
        """Edited units that stand in another order than they were built in."""
        order = [(n, b) for n, b in enumerate(self.edited) if b is not None]
        rising = set(_longest([b for _, b in order]))
        return {n for n, b in order if b not in rising}


def pair(built: Sequence[Unit], edited: Sequence[Unit]) -> Paired:
    """Pair the units of two documents."""
    found: list[int | None] = [None] * len(edited)
    names = {unit.mark.name: n for n, unit in enumerate(built) if unit.mark}
    marked = [n for n, unit in enumerate(edited) if unit.mark]
    same = all(edited[n].mark.name in names for n in marked)  # type: ignore[union-attr]
    if same:
        _by_name(names, built, edited, found)
    else:
        _by_fingerprints(built, edited, found)
    _by_words(built, edited, found)
    _by_likeness(built, edited, found)
    _elsewhere(built, edited, found)
    return Paired(found, same, bool(marked))


def _by_name(
    names: dict[str, int], built: Sequence[Unit], edited: Sequence[Unit], found: list[int | None]
) -> None:
    """Each mark once; of several in one paragraph the one whose words are most like it."""
    taken: set[int] = set()
    for n, unit in enumerate(edited):
        marks = [m for m in (unit.mark, *unit.more) if m and names.get(m.name, -1) >= 0]
        wanted = [names[m.name] for m in marks if names[m.name] not in taken]
        wanted = [b for b in wanted if built[b].kind == unit.kind]
        if wanted:
            best = max(wanted, key=lambda b: _ratio()(built[b].words, unit.words))
            found[n] = best
            taken.add(best)


def _by_fingerprints(
    built: Sequence[Unit], edited: Sequence[Unit], found: list[int | None]
) -> None:
    """The submission was changed since: blocks are known by their words as built."""
    ours = [n for n, unit in enumerate(built) if unit.mark]
    theirs = [n for n, unit in enumerate(edited) if unit.mark]

    def keys(units: Sequence[Unit], which: Sequence[int]) -> list[tuple[str, str]]:
        return [(m.role, m.fingerprint) for n in which if (m := units[n].mark)]

    matcher = SequenceMatcher(None, keys(built, ours), keys(edited, theirs), autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal" or (tag == "replace" and i2 - i1 == j2 - j1):
            for i, j in zip(ours[i1:i2], theirs[j1:j2], strict=True):
                if built[i].kind == edited[j].kind:
                    found[j] = i


def _free(
    built: Sequence[Unit], edited: Sequence[Unit], found: Sequence[int | None]
) -> tuple[list[int], list[int]]:
    taken = set(found)
    ours = [n for n in range(len(built)) if n not in taken]
    theirs = [n for n in range(len(edited)) if found[n] is None]
    return ours, theirs


def _by_words(built: Sequence[Unit], edited: Sequence[Unit], found: list[int | None]) -> None:
    ours, theirs = _free(built, edited, found)
    first = [(built[n].kind, built[n].words) for n in ours]
    second = [(edited[n].kind, edited[n].words) for n in theirs]
    for block in SequenceMatcher(None, first, second, autojunk=False).get_matching_blocks():
        for step in range(block.size):
            found[theirs[block.b + step]] = ours[block.a + step]


def _by_likeness(built: Sequence[Unit], edited: Sequence[Unit], found: list[int | None]) -> None:
    """Between two neighbours that are known, the most alike in order."""
    alike = _ratio()
    ours, theirs = _free(built, edited, found)
    budget = _MOST
    for n in theirs:
        low = max((b for b in found[:n] if b is not None), default=-1)
        high = min((b for b in found[n + 1 :] if b is not None and b > low), default=len(built))
        start, end = bisect_left(ours, low + 1), bisect_left(ours, high)
        candidates = [b for b in ours[start:end] if built[b].kind == edited[n].kind]
        budget -= len(candidates)
        if not candidates or budget < 0:
            continue
        headings = [b for b in candidates if edited[n].level == built[b].level]
        if edited[n].level and len(headings) == 1:
            best, least = headings[0], 0.0
        else:
            best = max(candidates, key=lambda b: alike(built[b].words, edited[n].words))
            least = ALIKE if edited[n].kind == "text" else ALIKE / 2
        if alike(built[best].words, edited[n].words) >= least:
            found[n] = best
            ours.remove(best)


def _elsewhere(built: Sequence[Unit], edited: Sequence[Unit], found: list[int | None]) -> None:
    """Equal words that went elsewhere, where there is no doubt which."""
    ours, theirs = _free(built, edited, found)
    known: dict[str, list[int]] = {}
    for n in ours:
        if len(built[n].words) >= _UNIQUE:
            known.setdefault(built[n].words, []).append(n)
    for n in theirs:
        same = known.get(edited[n].words, [])
        if len(same) == 1 and built[same[0]].kind == edited[n].kind:
            found[n] = same[0]
            known[edited[n].words] = []


def _ratio() -> Callable[[str, str], float]:
    from rapidfuzz import fuzz

    return fuzz.ratio


def _longest(numbers: Sequence[int]) -> list[int]:
    """The longest rising part of a sequence."""
    tails: list[int] = []
    places: list[int] = []
    before: list[int] = [-1] * len(numbers)
    for n, number in enumerate(numbers):
        at = bisect_left(tails, number)
        if at == len(tails):
            tails.append(number)
            places.append(n)
        else:
            tails[at], places[at] = number, n
        before[n] = places[at - 1] if at else -1
    made, n = [], places[-1] if places else -1
    while n >= 0:
        made.append(numbers[n])
        n = before[n]
    return made
