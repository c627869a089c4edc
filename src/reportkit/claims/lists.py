"""Lists against their announced number: 四个环节：…, “甲”“乙”“丙”三大平台, 一是…二是….

A list that ends in 等 may be shorter than announced, never longer. 和, 与 and 及 before the last
member may also stand inside a member (文化和旅游), so both counts are allowed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportkit.model.base import Place
from reportkit.vocabulary import alternatives

from .claim import Claim, Role
from .quantity import Bound
from .reader import Read
from .units import words
from .verdict import Verdict

_UNITS = words("大 个 项 类 种 门 所 家 步 方面 步骤 维 支 条 本 位 名 部 层 级 环节")
_ABSTRACT = re.compile(rf"(?:\S{{0,8}}?)(?:{alternatives('countable_things')})")
_LAST = re.compile(r"以及|[和与及]")
_ENUMERATED = re.compile(r"(?:^|[，,；;。：:\s])(?P<n>[一二三四五六七八九十]{1,2})是")
_SPAN_WITHOUT_LIST = re.compile(r"[0-9]|等")
_NAMELY = re.compile(r"\s*(?:分别(?:是|为)|即(?!将|使|可|便))")
_MOST = 15
_FAR = 2


@dataclass(frozen=True, eq=False)
class Listed:
    """The words of a list, as the other side of its announcement."""

    place: Place
    quote: str


def wrong_counts(read: Read) -> Iterator[Verdict]:
    """Announced numbers that their list does not bear out."""
    for claim in read.claims:
        announced = _announced(claim)
        if announced is None:
            continue
        before = _before(claim)
        found = before or _behind(claim)
        if found is None:
            continue
        text, start, low, high, sure, open_end = found
        if low <= announced <= high or (open_end and high < announced):
            continue
        most = _FAR if before and not open_end else 3 * _FAR
        if min(abs(announced - low), abs(announced - high)) > most:
            continue
        listed = low if low == high else f"{low}或{high}"
        passage = claim.sentence.passage
        yield Verdict(
            claim=claim,
            what=f"称{announced}{claim.quantity.unit}，列出{listed}项",
            working=f"列出的是：{text}",
            others=(Listed(passage.place(start), text[:40]),),
            confidence=sure,
        )


def _announced(claim: Claim) -> int | None:
    quantity = claim.quantity
    if claim.role is not Role.COUNT or quantity.bound is not Bound.SHOWN or claim.unclear:
        return None
    value = quantity.value
    if quantity.unit not in _UNITS or value != value.to_integral_value() or not 2 <= value <= _MOST:
        return None
    return int(value)


_Found = tuple[str, int, int, int, float, bool]


def _before(claim: Claim) -> _Found | None:
    """A list directly before the number: 甲、乙、丙三个环节."""
    folded = claim.sentence.passage.folded
    if not _ABSTRACT.match(claim.tail):
        return None
    item = claim.sentence.items[claim.item]
    start = item.start
    index = claim.item
    while index > claim.item - 2 * _MOST and index > 0 and claim.sentence.items[index].mark == "、":
        index -= 1
        start = claim.sentence.items[index].start
    if index == claim.item and not folded[start : claim.quantity.start].rstrip().endswith("”"):
        return None
    text = folded[start : claim.quantity.start].strip()
    if claim.sentence.counts(start, claim.quantity.start):
        return None
    open_end = text.endswith("等")
    return _count(text.removesuffix("等"), start, 0.8 if "”" in text else 0.7, open_end)


def _count(text: str, start: int, sure: float, open_end: bool) -> _Found | None:
    """The members of a list; quotations that stand side by side are members too: “甲”“乙”."""
    parts = re.sub("([”》])([“《])", r"\1、\2", text).split("、")
    if len(parts) < 2:
        return None
    last = len(_LAST.findall(re.sub("[“《][^”》]*[”》]", "", parts[-1])))
    return text, start, len(parts), len(parts) + last, sure, open_end


def _behind(claim: Claim) -> _Found | None:
    """A list behind the number and a colon, or behind 分别是: 四个环节：甲、乙、丙、丁."""
    sentence = claim.sentence
    folded = sentence.passage.folded
    if claim.item + 1 >= len(sentence.items):
        return None
    own, following = sentence.items[claim.item], sentence.items[claim.item + 1]
    colon = following.mark in ("：", ":")
    said = _NAMELY.match(folded, following.start, following.end)
    direct = re.search(r"分别(?:是|为)", claim.tail)
    if not (colon or said or direct) or following.depth != own.depth:
        return None
    start = claim.quantity.end + direct.end() if direct else following.start
    start = said.end() if said else start
    members = [i for i in sentence.items if i.end > start and i.depth == own.depth]
    stop = members[0].end if members else start
    for member in members[1:]:
        if member.mark != "、":
            if member.mark in "；;" or colon:
                return None
            break
        stop = member.end
    text = folded[start:stop].strip()
    if _SPAN_WITHOUT_LIST.search(text):
        return None
    return _count(text, start, 0.75, False)


_CHINESE = "一二三四五六七八九十"
_NUMERALS = {char: value for value, char in enumerate(_CHINESE, 1)}


def wrong_enumeration(read: Sequence[Read]) -> Iterator[Verdict]:
    """三个方面：一是…二是…: as many 一是, 二是 as announced, where they run to the end."""
    for each in read:
        text = each.sentence.passage.folded
        for claim in each.claims:
            announced = _announced(claim)
            if announced is None or not _ABSTRACT.match(claim.tail):
                continue
            end = read[-1].sentence.end
            stop = min(end, claim.quantity.end + 24)
            first = _ENUMERATED.search(text, claim.quantity.end, stop)
            if first is None or first["n"] != "一":
                continue
            last = _last_of(text, first.start(), end)
            if last and last != announced and abs(last - announced) <= _FAR:
                passage = each.sentence.passage
                yield Verdict(
                    claim=claim,
                    what=f"称{announced}{claim.quantity.unit}，分述到“{_CHINESE[last - 1]}是”",
                    working=f"分述{last}项≠{announced}项",
                    others=(
                        Listed(passage.place(first.start()), text[first.start() : first.end()]),
                    ),
                    confidence=0.7,
                )


def _last_of(text: str, start: int, end: int) -> int:
    """The last number of the run 一是, 二是, 三是; 0 where it is broken."""
    expected = 1
    for found in _ENUMERATED.finditer(text, start, end):
        value = _NUMERALS.get(found["n"], 0)
        if value == 1 and expected > 1:
            break
        if value != expected:
            return 0
        expected += 1
    return expected - 1
