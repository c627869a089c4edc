"""Wholes with the parts that prose gives them: in brackets, behind 其中, in a list, before 共.

Rule of the language: 其中 may name some parts only; a list without it, with 分别 or with 其他 at
its end, names all; 等 says that some are left out. Brackets inside explain one part, and a second
其中 divides the last part again. Two parts that name attributes (双师型, 高级职称) may overlap;
parts that name the members of one family (一等奖, 二等奖) do not.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from .arithmetic import total
from .claim import Claim, Role
from .families import disjoint, opposites
from .reader import Read
from .sentences import Item, Sentence
from .units import Dimension, comparable

_MARK = re.compile(r"\s*(?:其中|包括|含(?!量)|包含|分别是|分别为|分为|由)")
_ALL = re.compile(r"\s*(?:分别是|分别为|分为)")
_OTHER = re.compile("其他|其它|其余|剩余")
_NEW = re.compile(r"\s*(?:另有|另外|此外|同时|还|另|累计|总计|全年|合计|目前|较|比|与|占)")
_TOTAL = re.compile(
    r"(?:一共|总共|共计|合计|总计|累计|共)(?:有|为|达到?|是|招收|录取|获得?|培训|投入|新增|完成)?\s*$"
)
_AT_END = re.compile(
    r"[\u4e00-\u9fff]{2,12}(?:一共|总共|共计|合计|总计|共|总数|总人数|总额|总量)(?:有|为|达到?|是)?"
)
_EACH = re.compile("(?:每[人生年月次场班校天]|均(?:为|达到?|约)?|平均[^，。；]{0,6})\\s*$")
_HOW_MANY = re.compile(r"\s*(?:以上|前述|上述)?\s*")
_ALMOST = Decimal("0.2")
_FAR = 60
"""Claims of a sentence that can be parts of one whole."""
_PASSED = 4
"""Items between a part and the next, with shares and changes in them."""
_TOPIC = re.compile(r"\s*[^0-9]{2,20}中\s*")
_JOINED = re.compile(r"\s*(?:以及|和|与|及)")
_WHOLE = re.compile("共|总|累计")
_YEAR = re.compile(r"\s*(?:(?:19|20)\d\d ?(?:学?年度?|届|级))?\s*")
_PRIZE = re.compile("奖|[金银铜]牌")
_WON = re.compile("[奖牌获]|名次")
_AND_SO_ON = re.compile("等(?!级|次|职|奖)")


class Mark(StrEnum):
    """How the parts are tied to the whole."""

    OF_THEM = "其中"
    ALL = "分别"
    BRACKETS = "括号"
    LIST = "列举"
    SUM = "合计"


@dataclass(frozen=True, eq=False)
class Group:
    """A whole with its parts. ``complete`` tells that the words claim to name all parts."""

    whole: Claim
    parts: tuple[Claim, ...]
    mark: Mark
    complete: bool
    disjoint: bool


def groups(read: Sequence[Read]) -> Iterator[Group]:
    """The wholes with parts in the sentences of one passage."""
    before: Read | None = None
    for each in read:
        if each.claims:
            yield from _in_sentence(each)
            if before is not None and _MARK.match(each.sentence.text):
                yield from _in_next(before, each)
            before = each


def _in_sentence(read: Read) -> Iterator[Group]:
    claims = read.claims
    for index, whole in enumerate(claims):
        if not _counts(whole):
            continue
        rest, before = claims[index + 1 : index + _FAR], claims[max(0, index - _FAR) : index]
        bracket = _bracketed(whole, rest)
        if bracket:
            yield _group(whole, bracket, Mark.BRACKETS)
        several = _one_of_several(whole, before)
        marked = None if several else _marked(whole, rest)
        if marked is not None:
            yield marked
        elif not (several or _some(whole)) and (listed := _listed(whole, rest)):
            yield _group(whole, listed, Mark.LIST, complete=True)
        if parts := _summed(whole, before):
            yield _group(whole, parts, Mark.SUM, complete=True)


def _counts(claim: Claim) -> bool:
    return (
        claim.role is Role.COUNT
        and not _EACH.search(claim.lead)
        and not (claim.unclear or claim.former)
        and claim.quantity.unit not in ("", "年")
    )


def _fits(whole: Claim, part: Claim) -> bool:
    """Whether a claim can be part of a whole: counted in the same unit, things by one word."""
    one, other = whole.quantity.unit, part.quantity.unit
    if not _counts(part) or not comparable(one, other):
        return False
    return one == other or whole.quantity.dimension is not Dimension.COUNT


def _item(claim: Claim) -> Item:
    return claim.sentence.items[claim.item]


def _bracketed(whole: Claim, rest: Sequence[Claim]) -> list[Claim]:
    """The parts in the brackets that open directly behind the whole."""
    items = whole.sentence.items
    depth, following = _item(whole).depth, whole.item + 1
    if following >= len(items) or items[following].depth != depth + 1:
        return []
    end = following
    while end < len(items) and items[end].depth > depth:
        end += 1
    inside = [c for c in rest if following <= c.item < end and _item(c).depth == depth + 1]
    return [c for c in inside if _fits(whole, c)]


def _marked(whole: Claim, rest: Sequence[Claim]) -> Group | None:
    """The parts behind 其中 or the like, when it stands behind the whole at the same depth."""
    items = whole.sentence.items
    own = _item(whole)
    start = whole.item + 1
    for index in range(start, min(len(items), start + _FAR)):
        item = items[index]
        if item.depth < own.depth:
            return None
        if item.depth > own.depth:
            continue
        text = whole.sentence.passage.folded[item.start : item.end]
        if _MARK.match(text):
            if _nearest(whole, rest, index):
                return _behind(whole, rest, index)
            return None
        if item.segment != own.segment or (_NEW.match(text) and not _only_change(rest, index)):
            return None
    return None


def _only_change(rest: Sequence[Claim], item: int) -> bool:
    return all(c.role is not Role.COUNT for c in rest if c.item == item)


def _one_of_several(whole: Claim, before: Sequence[Claim]) -> bool:
    """Whether the count is joined to others in its unit: 七门课程以及四门网络课程，其中…"""
    joined = _item(whole).mark == "、" or bool(_JOINED.match(whole.lead))
    segment = _item(whole).segment
    return joined and any(_fits(whole, c) and _item(c).segment == segment for c in before)


def _nearest(whole: Claim, rest: Sequence[Claim], mark: int) -> bool:
    """Whether no other whole in the same unit stands between the whole and the mark."""
    depth = _item(whole).depth
    return not any(c.item < mark and _item(c).depth == depth and _fits(whole, c) for c in rest)


def _behind(whole: Claim, rest: Sequence[Claim], mark: int) -> Group | None:
    sentence = whole.sentence
    text = sentence.passage.folded[sentence.items[mark].start : sentence.items[mark].end]
    parts = _until_next(whole, [c for c in rest if c.item >= mark], sentence, mark)
    if not parts:
        return None
    kind = Mark.ALL if _ALL.match(text) else Mark.OF_THEM
    return _group(whole, parts, kind, complete=kind is Mark.ALL)


def _until_next(
    whole: Claim, claims: Sequence[Claim], sentence: Sentence, mark: int
) -> list[Claim]:
    """The parts from ``mark`` on, up to a second 其中 or the beginning of something else."""
    depth = sentence.items[mark].depth
    stop = len(sentence.items)
    for index in range(mark + 1, min(stop, mark + 2 * _FAR)):
        item = sentence.items[index]
        text = sentence.passage.folded[item.start : item.end]
        anew = bool(_NEW.match(text)) and all(_counts(c) for c in claims if c.item == index)
        anew = anew or bool(_MARK.match(text) or _TOPIC.fullmatch(text))
        if item.depth < depth or (item.depth == depth and anew):
            stop = index
            break
    found: list[Claim] = []
    for claim in claims:
        if claim.item >= stop or _item(claim).depth != depth or not _fits(whole, claim):
            continue
        further = bool(found) and _item(claim).segment != _item(found[-1]).segment
        further = further and not _scoped([found[-1], claim])
        if further and claim.quantity.low > whole.quantity.high:
            break
        found.append(claim)
    return found


def _in_next(before: Read, read: Read) -> Iterator[Group]:
    """The parts in a sentence that begins with 其中; its whole stands in the sentence before."""
    first = next((c for c in read.claims if _counts(c)), None)
    if first is None:
        return
    wholes = [c for c in before.claims if _fits(first, c) and _item(c).depth == 0]
    if len(wholes) != 1:
        return
    parts = _until_next(wholes[0], read.claims, read.sentence, 0)
    if parts:
        yield _group(wholes[0], parts, Mark.OF_THEM)


def _listed(whole: Claim, rest: Sequence[Claim]) -> list[Claim]:
    """Three parts or more that follow a total directly, each beginning with its number.

    2022年共有8名学员结业，2人深造、3人就业、3人入伍; also 获奖6项：一等奖1项、二等奖2项、三等奖3项.
    """
    sentence = whole.sentence
    words = whole.lead + whole.tail
    parts: list[Claim] = []
    for claim in rest:
        beside = _item(claim).depth == _item(whole).depth
        beside = beside and _item(claim).segment == _item(whole).segment
        if claim.item != whole.item + 1 + len(parts) or not (beside and _fits(whole, claim)):
            break
        parts.append(claim)
    own = all(not _YEAR.sub("", p.lead) for p in parts) and bool(_WHOLE.search(words))
    family = disjoint([p.subject.text for p in parts]) if len(parts) > 1 else False
    if len(parts) < (2 if family else 3) or not (own or family):
        return []
    if any(part.quantity.low > whole.quantity.high for part in parts):
        return []
    if all(_PRIZE.search(p.lead + p.tail) for p in parts) and not _WON.search(words):
        return []  # 参加38个赛项，共获得一等奖2个、二等奖19个: contests are not divided into prizes
    last = sentence.items[parts[-1].item]
    tail = sentence.passage.folded[parts[-1].quantity.end : last.end]
    return [] if _AND_SO_ON.match(tail) else parts


def _summed(whole: Claim, before: Sequence[Claim]) -> list[Claim]:
    """The parts in front of a total: 技师30人、职员10人，共40人; 三项合计40人.

    Where the words say how many there are, so many are taken; of numbers parted by commas the last
    ones that give the total, if any do. Shares and changes between them are passed over.
    """
    lead = whole.lead.strip()
    counted = [c for c in before if c.role is Role.COUNT and not (c.former or _lasts(c))]
    if _item(whole).depth or not _TOTAL.fullmatch(lead):
        return _enumerated(whole, counted) if _AT_END.fullmatch(lead) else []
    if before and (many := _how_many(before[-1], whole)):
        last = [c for c in counted if c is not before[-1] and _may_add(whole, c)][-many:]
        return last if len(last) == many else []
    parts: list[Claim] = []
    for claim in reversed(counted):
        near = (parts[-1] if parts else whole).item
        if not _fits(whole, claim) or near - claim.item > _PASSED:
            break
        parts.append(claim)
        if len(parts) > 1 and total(p.quantity for p in parts).meets(whole.quantity):
            break
        if _item(claim).mark not in ("、", "，", ",", _item(whole).mark):
            break
    return parts[::-1] if len(parts) > 1 else []


def _may_add(whole: Claim, part: Claim) -> bool:
    """Whether a number can be added up to a total, be it told behind 分别 or not."""
    one, other = whole.quantity.unit, part.quantity.unit
    return comparable(one, other) and not _EACH.search(part.lead)


def _lasts(claim: Claim) -> bool:
    """Whether a number tells an age or a time, which stands among parts without being one."""
    return claim.quantity.dimension is Dimension.TIME or claim.quantity.unit == "岁"


def _how_many(claim: Claim, whole: Claim) -> int:
    """The number of parts that the words of a total tell: 三项合计; 0 if they do not."""
    close = claim.item == whole.item and _HOW_MANY.fullmatch(claim.lead) is not None
    value = claim.quantity.value
    return int(value) if close and 1 < value < _FAR and value % 1 == 0 else 0


def _enumerated(whole: Claim, counted: Sequence[Claim]) -> list[Claim]:
    """Parts in front of a total with a name of its own: 甲30人，乙28人，丙11人，学员共计69人.

    Nothing says that they belong to it but that they nearly add up, or name one family.
    """
    parts: list[Claim] = []
    for claim in reversed(counted):
        if not _fits(whole, claim) or claim.quantity.value > whole.quantity.value:
            break
        parts.insert(0, claim)
    if len(parts) < 2 or not whole.quantity.value:
        return []
    off = abs(total(p.quantity for p in parts).value / whole.quantity.value - 1)
    near = off <= _ALMOST and (len(parts) > 2 or disjoint([p.lead + p.tail for p in parts]))
    return parts if near else []


def _group(whole: Claim, parts: Sequence[Claim], mark: Mark, complete: bool = False) -> Group:
    last = parts[-1]
    text = last.sentence.passage.folded
    item = _item(last)
    closes = bool(_OTHER.search(last.lead)) and len(parts) > 1
    open_end = bool(_AND_SO_ON.match(text, last.quantity.end, item.end))
    complete = complete or (mark is Mark.BRACKETS and len(parts) > 1 and not _some(parts[0]))
    words = [_MARK.sub("", p.lead) + p.tail for p in parts]
    both = opposites(words)
    return Group(
        whole=whole,
        parts=tuple(parts),
        mark=mark,
        complete=(complete or closes or both) and not open_end,
        disjoint=both or disjoint(words) or _scoped(parts),
    )


def _some(first: Claim) -> bool:
    """Whether the words before the first part say that only some are named."""
    return bool(_MARK.match(first.lead))


def _scoped(parts: Sequence[Claim]) -> bool:
    """Whether the parts are told apart by the kind of school."""
    kinds = [p.whom.scopes for p in parts]
    return len(parts) > 1 and all(kinds) and len(set(kinds)) == len(kinds)
