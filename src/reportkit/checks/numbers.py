"""Numbers as authors type them: of headings (一、 （一） 1.1 第一章), tables, figures and cases."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from ..composing.numerals import chinese, circled, roman

_CN = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_CN_CLASS = "[零〇一二两三四五六七八九十百千]"
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_DASH = re.compile("[-－‐‑–—−﹣]+")


class Style(StrEnum):
    """The families of heading numbers, with an example of each."""

    CHAPTER = "第一章"
    CHINESE = "一、"
    CHINESE_BRACKETS = "（一）"
    DECIMAL = "1."
    BRACKETS = "（1）"
    CIRCLED = "①"
    ROMAN = "I."


@dataclass(frozen=True, slots=True)
class Number:
    """A heading number: its family and its values; decimal numbers have one for each level."""

    style: Style
    values: tuple[int, ...]

    @property
    def own(self) -> int:
        """The number among siblings."""
        return self.values[-1]

    def with_own(self, own: int) -> str:
        """How the number would be written with ``own`` instead of its own."""
        match self.style:
            case Style.CHAPTER:
                return f"第{chinese(own)}章"
            case Style.CHINESE:
                return f"{chinese(own)}、"
            case Style.CHINESE_BRACKETS:
                return f"（{chinese(own)}）"
            case Style.BRACKETS:
                return f"（{own}）"
            case Style.CIRCLED:
                return circled(own)
            case Style.ROMAN:
                return f"{roman(own)}."
            case Style.DECIMAL:
                dotted = ".".join(map(str, (*self.values[:-1], own)))
                return dotted if len(self.values) > 1 else f"{dotted}."


_HEADING = (
    (Style.CHAPTER, re.compile(rf"第({_CN_CLASS}+|\d+)[^\d\s]{{1,2}}")),
    (Style.CHINESE, re.compile(rf"({_CN_CLASS}+)[、.,:]?")),
    (Style.CHINESE_BRACKETS, re.compile(rf"\(({_CN_CLASS}+)\)[、.]?")),
    (Style.DECIMAL, re.compile(r"(\d+(?:\.\d+)*)[、.,:)]?")),
    (Style.BRACKETS, re.compile(r"\((\d+)\)[、.]?")),
    (Style.ROMAN, re.compile(r"([IVXLC]+)[、.]?")),
)


def heading_number(text: str) -> Number | None:
    """The number that a heading claims; None if the text is not a number.

    Width and blanks do not count: ``（一）``, ``(一)`` and ``( 一 )`` are the same.
    """
    bare = "".join(text.split())
    if len(bare) == 1 and unicodedata.category(bare) == "No":
        return Number(Style.CIRCLED, (int(unicodedata.numeric(bare)),))
    bare = unicodedata.normalize("NFKC", bare)
    for style, pattern in _HEADING:
        if found := pattern.fullmatch(bare):
            values = tuple(_value(piece) for piece in found[1].split("."))
            return Number(style, values) if 0 not in values else None
    return None


@dataclass(frozen=True, slots=True)
class ObjectNumber:
    """The number of a table, figure or case: ``表2-10`` has chapter 2 and n 10."""

    word: str
    chapter: int | None
    n: int


_OBJECT = re.compile(
    rf"[【\[(]?(?P<word>[^\d\[【(]*?)"
    rf"(?:(?P<chapter>\d+|{_CN_CLASS}+)[-.](?P<n>\d+|{_CN_CLASS}+)|(?P<only>\d+|{_CN_CLASS}+))"
    r"[】\])]?[:.、]?"
)


def object_number(text: str) -> ObjectNumber | None:
    """The number that a caption or reference claims; None if the text is not one."""
    bare = _DASH.sub("-", unicodedata.normalize("NFKC", "".join(text.split())))
    found = _OBJECT.fullmatch(bare)
    if found is None:
        return None
    chapter = found["chapter"]
    n = _value(found["n"] or found["only"])
    return ObjectNumber(found["word"], _value(chapter) if chapter else None, n)


def _value(text: str) -> int:
    if text.isdecimal():
        return int(text[:9])
    if set(text) <= _ROMAN.keys():
        return _roman(text)
    if not set(text) & _UNITS.keys():
        return int("".join(str(_CN[char]) for char in text)[:9])
    total, digit = 0, 0
    for char in text:
        if char in _UNITS:
            total += (digit or 1) * _UNITS[char]
            digit = 0
        else:
            digit = _CN[char]
    return total + digit


def _roman(text: str) -> int:
    values = [_ROMAN[char] for char in text]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)


class Fault(StrEnum):
    """What can be wrong with one number in a sequence."""

    WRONG = "wrong"
    SKIPPED = "skipped"
    DUPLICATE = "duplicate"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Break:
    """A place where a typed sequence breaks off. ``expected`` is the number that should stand.

    For SKIPPED, ``expected`` up to ``got`` - 1 are the numbers left out. MOVED is a number that
    is missing further away, where the others leave a place for it.
    """

    fault: Fault
    index: int
    expected: int
    got: int


def breaks(claims: Sequence[int | None], numbers: Sequence[int]) -> Iterator[Break]:
    """Where typed ``claims`` leave the computed ``numbers``, once for each cause.

    After a skipped or repeated number the shifted sequence counts as right. A number after which
    the old sequence goes on is wrong by itself; of two that changed places only the first is told.
    What stands far from its place is told, and then taken as if it stood there.
    """
    found = list(_breaks(claims, numbers))
    moved = _moved(claims) if found and list(numbers) == sorted(numbers) else []
    if not moved:
        yield from found
        return
    order = [index for index in range(len(claims)) if index not in moved]
    for index in moved:
        claim = claims[index] or 0
        behind = (at for at, other in enumerate(order) if (claims[other] or 0) > claim)
        order.insert(next(behind, len(order)), index)
    found = [Break(Fault.MOVED, index, numbers[index], claims[index] or 0) for index in moved]
    rest = _breaks([claims[index] for index in order], numbers)
    found += (replace(fault, index=order[fault.index]) for fault in rest)
    yield from sorted(found, key=lambda fault: fault.index)


def _moved(claims: Sequence[int | None]) -> list[int]:
    """The few claims that stand two places or more from where the others leave a gap for them.

    Where they stand, the others go on as if they were not there.
    """
    known = [(index, claim) for index, claim in enumerate(claims) if claim is not None]
    kept = _rising([claim for _, claim in known])
    values = [0, *(known[at][1] for at in kept)]
    made = []
    for at, (index, claim) in enumerate(known):
        if at in kept or claim in values:
            continue
        here, there = bisect_left(kept, at), bisect_left(values, claim) - 1
        goes_on = here == len(kept) or values[here + 1] - values[here] == 1
        fits = there < len(kept) or claim == values[-1] + 1
        if goes_on and fits and abs(here - there) >= 2:
            made.append(index)
    return made if len(made) * 5 <= len(known) else []


def _rising(values: Sequence[int]) -> list[int]:
    """Positions of a longest strictly rising run."""
    tails: list[int] = []
    before: list[int] = []
    for index, value in enumerate(values):
        at = bisect_left(tails, value, key=values.__getitem__)
        before.append(tails[at - 1] if at else -1)
        tails[at : at + 1] = [index]
    kept: list[int] = []
    index = tails[-1] if tails else -1
    while index >= 0:
        kept.insert(0, index)
        index = before[index]
    return kept


def _breaks(claims: Sequence[int | None], numbers: Sequence[int]) -> Iterator[Break]:
    shift = old_shift = 0
    seen: set[int] = set()
    awaited: set[int] = set()
    for index, (claim, number) in enumerate(zip(claims, numbers, strict=True)):
        if claim is None:
            continue
        expected = number + shift
        if claim == expected or (claim == number + old_shift and claim not in seen):
            shift = old_shift = claim - number
        elif claim not in awaited:
            rest = [(c, n) for c, n in zip(claims, numbers, strict=True)][index + 1 :]
            fault = _fault(claim, expected, shift, seen, [(c, n) for c, n in rest if c])
            yield Break(fault, index, expected, claim)
            awaited.add(expected)
            if fault is not Fault.WRONG:
                old_shift, shift = shift, claim - number
        seen.add(claim)


def _fault(
    claim: int, expected: int, shift: int, seen: set[int], rest: list[tuple[int, int]]
) -> Fault:
    goes_on = bool(rest) and rest[0][0] - rest[0][1] == shift
    if claim in seen:
        return Fault.DUPLICATE
    if claim < expected or goes_on or any(later == expected for later, _ in rest):
        return Fault.WRONG
    return Fault.SKIPPED
