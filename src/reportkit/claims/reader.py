"""From passages to claims: each number with its subject, scope, period and role."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from .claim import Claim, Role
from .names import ANAPHOR, Whom, organisations, scopes
from .passages import Passage
from .periods import Kind, Period, periods
from .quantity import Quantity
from .respective import distribute
from .roles import DOWN, UP, Reading, read
from .sentences import Item, Sentence, sentences
from .subjects import Subject, subject
from .units import Dimension

_JOIN = re.compile(r"以及|[和与及、]|并(?!被)")
_MOVED = re.compile("(?:增加|增长|提高|提升|扩大|上升|增|升|减少|下降|降低|缩减|降|减)(?:到|至|为)")
_YEAR_BEFORE = r"(?:去年|上一?个?学?年度?|前一?年|(?:19|20)\d\d ?学?年)(?:同期|末|底)?"
_THAN = re.compile(rf"(?:比|较|与|同|相比) ?{_YEAR_BEFORE} ?的 ?(?:约|近)?$")
_THAN_BARE = re.compile(rf"(?:比|较|与|同|相比) ?{_YEAR_BEFORE} ?$")
_MOVED_BY = re.compile(rf" ?(?:{UP}|{DOWN}|相比)")
_LAST_YEAR = re.compile(rf"{_YEAR_BEFORE}\s*$")
_LAST_WAS = re.compile(
    r"(?:而|其中)?(?:去年|上一?个?学?年度?)(?:同期)?(?:为|是|有|仅|只|仅为|只有|共有?)? ?"
)
_YEAR_WAS = re.compile(r"(?:而)?(?:19|20)\d\d ?年(?:同期)?(?:为|是|仅为|只有)")
_OF_NUMBER = re.compile("(?:总[数量额人]*)?的(?:比例为)?")
_TAIL_END = re.compile(
    "的|为|在|参加|参与|获|入选|入围|分别|来自|由|对|与|和|及|以及|中|通过|顺利|同台|开展|进行|占|较|比|达"
    "|累计|共|全部|均|被|将|从|等|成功|实现|同时|建立|签订|签署|达成|结成|，"
)
_VERB_FIRST = re.compile(
    " ?(?:开展|进行|参加|参与|获得?|入选|入围|分别|来自|用于|通过|顺利|均|占|较|比(?!例)|满足|面向)"
)
_RESPECTIVE = re.compile("分别(?!是|为|由|来自|位于|设|开设|设立|与)")
_EXCLUDES = re.compile(" ?(?:均?不含|不包括|不包含|不计|除)")
_FAR = 24
"""Items back, and claims back, in which the scope and the value of a number are looked for."""
_LEAD = 80
_SAME_KIND = frozenset({Dimension.MONEY, Dimension.AREA, Dimension.TIME, Dimension.PERCENT})


@dataclass(slots=True)
class _Carry:
    """What a sentence hands on to the next one of its passage."""

    period: Period | None = None
    whom: Whom = field(default_factory=Whom)
    region: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Read:
    """The sentences of a passage and the claims in each."""

    sentence: Sentence
    claims: tuple[Claim, ...]

    def around(self, claim: Claim) -> tuple[Claim, ...]:
        """The claims that stand near one in the sentence, itself among them."""
        at = bisect_left(self.claims, claim.quantity.start, key=_start_of)
        return self.claims[max(0, at - _FAR) : at + _FAR]


def _start_of(claim: Claim) -> int:
    return claim.quantity.start


def read_passage(passage: Passage, region: tuple[str, ...] = ()) -> list[Read]:
    """The claims of a passage, sentence by sentence; ``region`` names the report's own area."""
    carry = _Carry(_heading_period(passage), _owner(passage, region), region=region)
    return [Read(each, tuple(_claims(each, carry))) for each in sentences(passage)]


def _heading_period(passage: Passage) -> Period | None:
    for heading in reversed(passage.headings):
        for period in periods(heading, 0, len(heading)):
            if period.kind in (Kind.YEAR, Kind.SCHOOL_YEAR, Kind.CLASS):
                return period
    return None


def _owner(passage: Passage, region: tuple[str, ...]) -> Whom:
    if passage.owner:
        return Whom(organisations=(passage.owner,))
    for heading in reversed(passage.headings):
        names = tuple(n.text for n in organisations(heading, 0, len(heading), region))
        if names:
            return Whom(scopes(heading), names[:1])
    return Whom()


def _at(period: Period) -> int:
    return period.at


class _Frame:
    """One sentence while it is read: where periods, names and scopes stand in it."""

    def __init__(self, sentence: Sentence, carry: _Carry) -> None:
        self.sentence = sentence
        self.carry = carry
        self.folded = sentence.passage.folded
        self.periods = list(periods(self.folded, sentence.start, sentence.end))
        self.own = [p for p in self.periods if p.kind is not Kind.BASE]
        self.names = [
            (name.start, name.text)
            for name in organisations(self.folded, sentence.start, sentence.end, carry.region)
        ]

    def period(self, at: int) -> tuple[Period | None, bool]:
        """The period in force at ``at``, and whether this sentence names it."""
        item = self.sentence.items[self.sentence.item_at(at)].start
        index = bisect_left(self.own, at, key=_at)
        while index and self.own[index - 1].text == "累计" and self.own[index - 1].at < item:
            index -= 1
        return (self.own[index - 1], True) if index else (self.carry.period, False)

    def near(self, at: int) -> tuple[str, ...]:
        """The names in the words around a number."""
        first = bisect_left(self.names, (at - 2 * _LEAD, ""))
        return tuple(
            name for _, name in self.names[first : bisect_left(self.names, (at + _LEAD, ""))]
        )

    def against(self, item: int, at: int) -> Period | None:
        """The period that a number at ``at`` is compared with, from its item or those before."""
        first = self.sentence.items[max(0, item - 3)].start
        for index in range(bisect_left(self.periods, at, key=_at) - 1, -1, -1):
            period = self.periods[index]
            if period.at < first:
                break
            if period.kind is Kind.BASE:
                return period
        start = self.sentence.items[item].start
        if "同比" in self.folded[start:at] or "环比" in self.folded[start:at]:
            return Period(Kind.BASE, text="同比", at=start)
        return None

    def whom(self, item: int, at: int, end: int) -> tuple[Whom, bool]:
        """The scope in force for a number, and whether its own segment names it."""
        items = self.sentence.items
        segment = items[item].segment
        here = [i for i in range(max(0, item - _FAR), item + 1) if items[i].segment == segment]
        kinds: frozenset[str] = frozenset()
        for i in reversed(here):
            if _EXCLUDES.match(self.folded, items[i].start, items[i].end):
                continue
            stop = min(end, items[i].end) if i == item else items[i].end
            if kinds := scopes(self.folded, items[i].start, stop):
                break
        first = items[here[0]].start
        index = bisect_left(self.names, (first, ""))
        named = tuple(name for start, name in self.names[index : index + 1] if start < at)
        if kinds or named:
            return Whom(kinds, named[:1]), True
        opening = self.opening
        if opening.scopes or opening.organisations:
            return opening, segment == 0
        if ANAPHOR.match(self.folded[first:at].strip()) or self.sentence.passage.owner:
            return self.carry.whom, True
        return self.carry.whom, not self.carry.whom.organisations

    @cached_property
    def opening(self) -> Whom:
        """Whom the items before the first number of the sentence name."""
        first = self.sentence.quantities[0].start
        stop = self.sentence.items[self.sentence.item_at(first)].start
        kinds = scopes(self.folded, self.sentence.start, stop)
        named = tuple(name for start, name in self.names if start < stop)
        return Whom(kinds, named[:1])


def _claims(sentence: Sentence, carry: _Carry) -> list[Claim]:
    frame = _Frame(sentence, carry)
    made: list[Claim] = []
    for index, quantity in enumerate(sentence.quantities):
        claim = _claim(frame, index, quantity, made)
        _attach(claim, made)
        if claim.role is Role.SHARE and made and _inside(made[-1], claim):
            made[-1].unclear = True  # the whole that a share names is no part of anything
        made.append(claim)
    distribute(made)
    _pass_on(frame)
    return made


def _inside(number: Claim, claim: Claim) -> bool:
    """Whether a number stands in the words of the next one: 占总数4268人的6.84%."""
    return number.quantity.start >= claim.quantity.start - len(claim.lead)


def _pass_on(frame: _Frame) -> None:
    """Hand on what holds until something else is named: period and organisation."""
    carry = frame.carry
    dated = [p for p in frame.own if p.kind in (Kind.YEAR, Kind.SCHOOL_YEAR)]
    if dated:
        carry.period = dated[-1]
    if frame.names and not frame.sentence.passage.owner:
        carry.whom = Whom(organisations=(frame.names[0][1],))


def _claim(frame: _Frame, index: int, quantity: Quantity, made: Sequence[Claim]) -> Claim:
    sentence = frame.sentence
    at = sentence.item_at(quantity.start)
    item = sentence.items[at]
    lead, tail = _around(sentence, index, item)
    against = frame.against(at, quantity.start)
    reading = read(lead, tail, quantity.dimension, compared=against is not None)
    reading = _in_brackets(frame, at, lead, quantity, made) or reading
    period, own = frame.period(quantity.start)
    whom, sure = frame.whom(at, quantity.start, quantity.end + len(tail))
    listed = at > 0 and item.mark == "、"
    before = frame.folded[sentence.items[at - 1 if listed else at].start : quantity.start]
    return Claim(
        sentence=sentence,
        quantity=quantity,
        item=at,
        lead=lead,
        tail=tail,
        role=reading.role,
        subject=_subject(frame, at, lead, tail, reading, quantity),
        whom=whom,
        sure=sure,
        period=period,
        own_period=own,
        sign=reading.sign,
        base=reading.base,
        against=against,
        reached=reading.reached,
        unclear=bool(_RESPECTIVE.search(before)),
        also=_shared(frame, item, lead, made),
        former=_is_former(frame, at, lead, tail) or _year_before(lead, quantity, period, made),
    )


def _in_brackets(
    frame: _Frame, at: int, lead: str, quantity: Quantity, made: Sequence[Claim]
) -> Reading | None:
    """A bare per cent in the brackets behind a number: 合格52人（28.9%）, 增加58人（29.7%）."""
    items = frame.sentence.items
    if quantity.dimension is not Dimension.PERCENT or lead.strip() or not (at and made):
        return None
    last = made[-1]
    if items[at].depth != items[at - 1].depth + 1 or last.item != at - 1 or last.tail.strip():
        return None
    if last.role is Role.COUNT and not last.former:
        return Reading(Role.SHARE)
    return Reading(Role.GROWTH, last.sign) if last.role is Role.CHANGE else None


def _year_before(
    lead: str, quantity: Quantity, period: Period | None, made: Sequence[Claim]
) -> bool:
    """Whether a number only adds what was the year before: 2022年156人，…，2021年为218人."""
    if not _YEAR_WAS.fullmatch(lead.strip()) or period is None or period.year is None:
        return False
    now = [c for c in made if c.role is Role.COUNT and c.quantity.unit == quantity.unit]
    return any(c.period is not None and c.period.year == period.year + 1 for c in now)


def _is_former(frame: _Frame, at: int, lead: str, tail: str) -> bool:
    """Whether a number is the value compared with: 比上年的12人, 较上年12人增加, 较上年（12人）."""
    if _THAN.search(lead) or (_THAN_BARE.search(lead) and _MOVED_BY.match(tail)):
        return True
    if _LAST_WAS.fullmatch(lead.strip()):
        return True
    items = frame.sentence.items
    if at == 0 or items[at].depth <= items[at - 1].depth or lead.strip():
        return False
    return bool(_LAST_YEAR.search(frame.folded, items[at - 1].start, items[at - 1].end))


def _shared(frame: _Frame, item: Item, lead: str, made: Sequence[Claim]) -> Subject | None:
    """The subject with the modifier that its list says once: 被采用的专业标准24个、教材9本."""
    if item.mark != "、" or not made or made[-1].item != frame.sentence.item_at(item.start) - 1:
        return None
    first = made[-1]
    if first.also is not None:
        modifier = first.also.text[: first.also.text.rfind("的") + 1]
    else:
        modifier = first.lead[: first.lead.rfind("的") + 1]
    return subject(modifier + lead, frame.carry.region) if len(modifier) > 2 else None


def _around(sentence: Sentence, index: int, item: Item) -> tuple[str, str]:
    """The words before and behind a number that are its own, in its item."""
    folded = sentence.passage.folded
    quantity = sentence.quantities[index]
    start, end = max(item.start, quantity.start - _LEAD), item.end
    if index and sentence.quantities[index - 1].end > start:
        before = sentence.quantities[index - 1]
        share = folded.rfind("占", start, before.start)
        if share >= 0 and _OF_NUMBER.fullmatch(folded, before.end, quantity.start):
            start = share
        else:
            start = _parted(folded, before.end, quantity.start)[1]
    if index + 1 < len(sentence.quantities) and sentence.quantities[index + 1].start < end:
        end = _parted(folded, quantity.end, sentence.quantities[index + 1].start)[0]
    return folded[start : quantity.start], folded[quantity.end : end]


def _parted(folded: str, start: int, end: int) -> tuple[int, int]:
    """Where the words between two numbers of an item part: end of the first, start of the next."""
    between = folded[start:end]
    moved = _MOVED.search(between)
    if moved is not None:
        return start + moved.start(), start + moved.start()
    joins = list(_JOIN.finditer(between))
    if joins:
        return start + joins[-1].start(), start + joins[-1].end()
    genitive = between.find("的")
    if genitive > 0:
        return start + genitive, start + genitive + 1
    return end, start


def _subject(
    frame: _Frame, item: int, lead: str, tail: str, reading: Reading, quantity: Quantity
) -> Subject:
    """What is counted: the noun behind the number, else before it, else that of the item before."""
    head = lead if reading.cut is None else lead[: reading.cut]
    noun = _noun(tail) if quantity.dimension not in _SAME_KIND else ""
    region = frame.near(quantity.start) + frame.carry.region
    found = subject(head + noun, region)
    if found or reading.role not in (Role.COUNT, Role.RATE):
        return found
    for before in range(item - 1, max(-1, item - _FAR), -1):
        other = frame.sentence.items[before]
        if other.segment != frame.sentence.items[item].segment:
            break
        text = frame.folded[other.start : other.end]
        if frame.sentence.counts(other.start, other.end):
            break
        if found := subject(text, region):
            return found
    return found


def _noun(tail: str) -> str:
    if _VERB_FIRST.match(tail):
        return ""
    stop = _TAIL_END.search(tail, 1)
    return tail[: stop.start()] if stop else tail[:14]


_CHANGES = frozenset({Role.CHANGE, Role.GROWTH, Role.POINTS, Role.TIMES})


def _attach(claim: Claim, made: Sequence[Claim]) -> None:
    """Tie a change or share to the value that it is said of: the last one before it."""
    if claim.unclear or claim.role not in _CHANGES | {Role.SHARE}:
        return
    segment = claim.sentence.items[claim.item].segment
    depth = claim.sentence.items[claim.item].depth
    for other in made[: -_FAR - 1 : -1]:
        place = other.sentence.items[other.item]
        if place.segment != segment or place.depth > depth or other.former:
            continue
        if _inside(other, claim):
            continue
        if other.role in _wanted(claim) and not other.unclear and _said_of(claim, other):
            claim.of = other
            return


def _said_of(claim: Claim, value: Claim) -> bool:
    """Whether a change may be said of a value: it names nothing else itself."""
    if claim.role is Role.SHARE or not claim.subject:
        return True
    return claim.subject.bare == value.subject.bare


def _wanted(claim: Claim) -> frozenset[Role]:
    match claim.role:
        case Role.POINTS:
            return frozenset({Role.RATE, Role.SHARE})
        case Role.GROWTH:
            return frozenset({Role.COUNT, Role.RATE, Role.SHARE})
        case _:
            return frozenset({Role.COUNT})
