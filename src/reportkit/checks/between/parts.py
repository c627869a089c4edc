"""Which organisations make up another one (the schools of a district …), and whether all filed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ...reading.roster import Entry
from .digest import Digest
from .gathering import Gathering, same_name

_BELOW = {"district": ("school",), "municipal": ("district", "school")}


@dataclass(frozen=True, slots=True)
class Parts:
    """The submissions of one level below ``whole``; ``known`` says how all of them are known.

    ``known`` is 名录 or the name of the indicator that counts them, and empty where nothing tells
    how many there are. ``expected`` is their number, ``absent`` the names that the roster has more.
    """

    whole: Digest
    filed: tuple[Digest, ...]
    known: str = ""
    expected: int = 0
    absent: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether all parts are certainly there."""
        return bool(self.known) and self.expected == len(self.filed)


def wholes(gathering: Gathering) -> Iterator[Parts]:
    """Every submission that is made up of others at hand, with these, by level.

    Left out where an organisation filed twice: nobody knows which one counts.
    """
    levels = _levels(gathering)
    for whole in gathering.this_year:
        for level in _BELOW.get(whole.level, ()):
            filed = tuple(
                part
                for part in gathering.this_year
                if part.level == level and _belongs(gathering, part, whole)
            )
            owners = {gathering.owner(part) for part in filed}
            if filed and len(owners) == len(filed):
                yield _coverage(gathering, levels, whole, level, filed)


def _belongs(gathering: Gathering, part: Digest, whole: Digest) -> bool:
    """Whether ``part`` lies in the region of ``whole`` and tells of the same time."""
    one, other = part.data_period, whole.data_period
    if (one.start, one.end) != (other.start, other.end):
        return False
    mine, its = part.organisation.region_code, whole.organisation.region_code
    if mine and its:
        return mine.startswith(_stem(its))
    if whole.level == "municipal":
        return sum(d.level == "municipal" for d in gathering.this_year) == 1
    return _lies_in(gathering.region(part), gathering, whole)


def _stem(code: str) -> str:
    """The digits of a region code that all regions in it share: 110000 → 11."""
    while code.endswith("00"):
        code = code[:-2]
    return code


def _lies_in(region: str, gathering: Gathering, whole: Digest) -> bool:
    if not region:
        return False
    own = gathering.region(whole)
    if own:
        return same_name(region) == same_name(own)
    return same_name(region) in same_name(whole.organisation.name)


def _coverage(
    gathering: Gathering, levels: Mapping[Entry, str], whole: Digest, level: str,
    filed: tuple[Digest, ...],
) -> Parts:  # fmt: skip
    listed = [entry for entry in _listed(gathering, whole) if levels[entry] == level]
    if listed:
        here = {gathering.entries.get(part.item) for part in filed}
        absent = tuple(entry.name for entry in listed if entry not in here)
        return Parts(whole, filed, "名录", len(filed) + len(absent), absent)
    for indicator in gathering.limits.counts_parts if level == "school" else ():
        value = gathering.values(whole).get((indicator, ""))
        if value is not None and value.value is not None:
            return Parts(whole, filed, value.name, int(value.value))
    return Parts(whole, filed)


def _listed(gathering: Gathering, whole: Digest) -> Iterator[Entry]:
    """The entries of the roster that lie in the region of ``whole``."""
    for entry in gathering.roster.entries if gathering.roster else ():
        if whole.level == "municipal" or _lies_in(entry.region, gathering, whole):
            yield entry


def _levels(gathering: Gathering) -> dict[Entry, str]:
    """The level of each entry of the roster; one that tells nothing is at the lowest."""
    if gathering.roster is None:
        return {}
    filed = {gathering.entries.get(digest.item): digest.level for digest in gathering.digests}
    under: dict[str, set[str]] = {}
    for digest in gathering.digests:
        under.setdefault(digest.standard, set()).add(digest.level)
    usual = {standard: min(levels) for standard, levels in under.items() if len(levels) == 1}
    return {
        entry: filed.get(entry) or usual.get(entry.standard, "school")
        for entry in gathering.roster.entries
    }
