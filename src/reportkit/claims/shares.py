"""Shares against count and base: 高级技师 65 人，占全体技师的 21%.

The base is named behind 占, by a topic (全体技师中), by the whole of 其中, by the share before, or
by the broader noun of the same section. A pair of count and base that gives the share settles it;
only where none does is the share wrong.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from reportkit.vocabulary import alternatives

from .arithmetic import (
    HUNDRED,
    Interval,
    difference,
    digits,
    number,
    of,
    percent,
    rounded,
    telling,
    total,
    truncated,
)
from .book import Book, Reads
from .claim import Claim, Role, signed
from .families import FAMILIES, covers
from .parts import Group
from .possible import no_whole
from .reader import Read
from .subjects import contains, subject
from .units import comparable
from .verdict import Verdict

_TOPIC = re.compile(r"^\s*(?:在|其中)?(?P<noun>[^，。]{2,24}?)(?:当中|之中|中)\s*$")
_PEOPLE = re.compile(rf"(?:{alternatives('learners')})$")
_AMOUNTS_TO = re.compile("(?:为|即|共|计|达|有|约)+")
_NEAR = Decimal(2)
_POINT = Decimal(1)
_FEWEST = 3


@dataclass(frozen=True, eq=False)
class Base:
    """A whole that a share may be of, and how surely it is the one, 0 to 1."""

    claim: Claim
    strength: float


def wrong_shares(book: Book, passage: Reads) -> Iterator[Verdict]:
    """The shares in the sentences of one passage that count and base do not give."""
    named = ""
    for each in passage.read:
        asked: list[Asked] = []
        for claim in each.claims:
            if claim.role is Role.SHARE and claim.quantity.plain:
                if counts := _counts_of(each, claim):
                    bases = tuple(_bases(book, each, claim, counts[0], passage.groups, named))
                    asked.append(Asked(claim, counts, bases, _added(passage.groups, counts[0])))
                named = claim.base or named
        yield from _of_sentence(book, each, asked)


@dataclass(frozen=True, eq=False)
class Asked:
    """A share with the counts that it is of, and the wholes that it may be of."""

    share: Claim
    counts: tuple[Claim, ...]
    bases: tuple[Base, ...]
    added: tuple[Interval, ...] = ()

    @property
    def part(self) -> Interval:
        """The counts added up."""
        return total(count.quantity for count in self.counts)

    def fitting(self) -> Iterator[Claim]:
        """The wholes that give the share."""
        for base in self.bases:
            computed = percent(self.part, of(base.claim.quantity))
            if computed is not None and computed.meets(self.share.quantity):
                yield base.claim

    def of_sum(self) -> bool:
        """Whether it is the share of all parts added up, whatever their total was said to be."""
        shares = (percent(self.part, added) for added in self.added)
        return any(share is not None and share.meets(self.share.quantity) for share in shares)


def _counts_of(read: Read, share: Claim) -> tuple[Claim, ...]:
    if (behind := _told_behind(read, share)) is not None:
        return (behind,)
    count = share.of
    if count is not None and _same_thing(share, count) and not _of_a_list(read, count):
        return (count,)
    return _members(read, share)


def _added(groups: Sequence[Group], count: Claim) -> tuple[Interval, ...]:
    """The sums of the complete groups that a count is a part of."""
    return tuple(
        total(part.quantity for part in group.parts)
        for group in groups
        if count in group.parts and len(group.parts) > 2
    )


def _told_behind(read: Read, share: Claim) -> Claim | None:
    """The count of a share that is told after it: 设备支出占62.5%，为2006.6万元."""
    near = read.around(share)
    at = near.index(share)
    following = near[at + 1] if at + 1 < len(near) else None
    if following is None or following.role is not Role.COUNT or not share.subject:
        return None
    said = following.item == share.item + 1 and _AMOUNTS_TO.fullmatch(following.lead.strip())
    return following if said and not following.tail.strip() else None


def _of_sentence(book: Book, read: Read, asked: Sequence[Asked]) -> Iterator[Verdict]:
    """The wrong shares of a sentence; a whole that gives one of them is likely that of all."""
    fitting = [base for each in asked for base in each.fitting()]
    loose: list[Claim] = []
    for each in asked:
        if each.of_sum():
            continue
        if any(True for _ in each.fitting()):
            if moved := _moved(book, read, each.share, each.bases):
                yield moved
            continue
        known = [Base(b.claim, max(b.strength, 0.95)) for b in each.bases if b.claim in fitting]
        verdict = _judge(each, known or each.bases)
        if verdict is not None:
            yield verdict
        elif not any(base.strength for base in each.bases):
            loose.append(each.share)
    told = list(odd_one_out(loose))
    yield from told or filter(None, map(_of_no_whole, loose))


def _of_no_whole(share: Claim) -> Verdict | None:
    """A share directly behind its count that no whole number gives."""
    count = share.of
    if count is None or not 0 <= share.item - count.item <= 1:
        return None
    nearest = no_whole(count.quantity, share.quantity)
    if not nearest:
        return None
    return Verdict(
        claim=share,
        what=f"没有哪个总数能算出占比{digits(share.quantity.value)}%，占比",
        working=f"总数{nearest}",
        others=(count,),
        confidence=0.65,
    )


def _same_thing(share: Claim, count: Claim) -> bool:
    """Whether the share is said of the count before it: it names nothing else itself."""
    if not count.quantity.plain or count.quantity.value <= 0:
        return False
    return not share.subject or share.subject.bare == count.subject.bare


def _of_a_list(read: Read, count: Claim) -> bool:
    """Whether the count ends a list whose share is told together: 甲6所、乙7所，占40%."""
    if count.sentence.items[count.item].mark != "、":
        return False
    near = read.around(count)
    before = [c for c in near if c.item == count.item - 1 and c.role is Role.COUNT]
    told = [c.of for c in near if c.role is Role.SHARE]
    return any(claim not in told for claim in before)


def odd_one_out(shares: Sequence[Claim]) -> Iterator[Verdict]:
    """Of shares whose base is not told, the one that asks for another base than all the others.

    52人占28.9%、78人占43.3%、46人占35.6%: the first two are of 180, the third would be of 129.
    """
    bases = [implied(share) for share in shares]
    if len(shares) < _FEWEST or not all(bases):
        return
    known = [base for base in bases if base is not None]
    for index, share in enumerate(shares):
        others = [base for i, base in enumerate(known) if i != index]
        low, high = max(b.low for b in others), min(b.high for b in others)
        count = share.of
        if low > high or count is None or known[index].meets_interval(low, high):
            continue
        middle = (low + high) / 2
        whole = Interval(middle, middle, middle)
        computed = percent(of(count.quantity), whole)
        if computed is not None:
            yield Verdict(
                claim=share,
                what=f"占比{digits(share.quantity.value)}%",
                working=f"其余各项的总数约为{digits(middle, 0)}，"
                + working(number(count.quantity), digits(middle, 0), computed, share),
                others=(count, *(s for s in shares if s is not share)),
                confidence=0.8,
            )


def implied(share: Claim) -> Interval | None:
    """The whole that a count and its share ask for."""
    count, shown = share.of, share.quantity
    if count is None or shown.low <= 0 or count.quantity.low <= 0:
        return None
    return Interval(
        count.quantity.low / shown.high * HUNDRED,
        count.quantity.high / shown.low * HUNDRED,
        count.quantity.value / shown.value * HUNDRED,
    )


def _bases(
    book: Book, read: Read, share: Claim, count: Claim, groups: Sequence[Group], named: str
) -> Iterator[Base]:
    if stated := _in_words(read, share):
        yield Base(stated, 1.0)
        return
    for group in groups:
        if count in group.parts:
            yield Base(group.whole, 1.0)
    topic = _topic(share)
    for noun, strength in ((share.base, 1.0), (topic, 1.0), (named, 0.85)):
        if noun:
            yield from _named(book, share, count, noun, strength)
        if noun and strength == 1.0:
            return
    yield from _broader(book, share, count)
    yield from _before(book, read, share, count)


def _in_words(read: Read, share: Claim) -> Claim | None:
    """The whole whose number stands in the words of the share: 占总数4268人的6.84%."""
    start = share.quantity.start - len(share.lead)
    inside = (c for c in read.around(share) if start <= c.quantity.start < share.quantity.start)
    return next(inside, None) if share.base else None


def _before(book: Book, read: Read, share: Claim, count: Claim) -> Iterator[Base]:
    """Larger counts before the count in its sentence: what it may be of, but need not be."""
    for each in read.around(share):
        if each.quantity.start >= count.quantity.start:
            return
        if each.quantity.low >= count.quantity.low and _may_be_base(book, each, count, share):
            yield Base(each, 0.0)


def _topic(share: Claim) -> str:
    """The noun of an item 全体技师中 before the share in its sentence."""
    sentence = share.sentence
    for item in reversed(sentence.items[: share.item]):
        found = _TOPIC.match(sentence.passage.folded[item.start : item.end])
        if found:
            return found["noun"]
    return ""


def _named(book: Book, share: Claim, count: Claim, noun: str, strength: float) -> Iterator[Base]:
    """Values of the noun: those of the same scope, else the nearest one before in the passage."""
    keys = dict.fromkeys(
        subject(each, book.region).bare for each in (noun, _PEOPLE.sub("", noun)) if each
    )
    wanted = book.kinds(noun) or share.whom.scopes
    found = [
        c
        for key in keys
        for c in book.of_subject(key, share.sentence.passage)
        if c is not count and _may_be_base(book, c, count, share)
    ]
    same = [c for c in found if c.whom.scopes == wanted and _near(c, share)]
    if not same and not book.kinds(noun):
        same = [c for c in found if c.sentence.passage is share.sentence.passage]
        strength *= 0.95
    first = [c for c in same if _stands_before(c, share)]
    first = first or [c for c in same if c.quantity.value >= count.quantity.value]
    for claim in same:
        yield Base(claim, strength if first and claim is first[-1] else 0.0)


def _stands_before(base: Claim, share: Claim) -> bool:
    one, other = base.sentence.passage.number, share.sentence.passage.number
    return (one, base.quantity.start) < (other, share.quantity.start)


def _near(base: Claim, share: Claim) -> bool:
    """Whether both stand under the same heading of the first or second level, and whose alike."""
    one, other = base.sentence.passage, share.sentence.passage
    return one.chapter == other.chapter and one.headings[:2] == other.headings[:2]


def _may_be_base(book: Book, base: Claim, count: Claim, share: Claim) -> bool:
    return (
        base.role is Role.COUNT
        and base.quantity.plain
        and comparable(base.quantity.unit, count.quantity.unit)
        and book.same_period(base.period, share.period) is not False
        and base.whom.organisations == count.whom.organisations
    )


def _broader(book: Book, share: Claim, count: Claim) -> Iterator[Base]:
    """Counts of a broader noun in the same scope, earlier in the same section."""
    passage = share.sentence.passage
    for each in book.section_claims(passage):
        if each is count or (
            each.sentence.passage is passage and each.quantity.start >= share.quantity.start
        ):
            continue
        key = each.subject.bare
        if len(key) < 2 or key == count.subject.bare or not contains(count.subject.bare, key):
            continue
        larger = each.quantity.value >= count.quantity.value
        same = each.whom.scopes == count.whom.scopes
        if larger and same and _may_be_base(book, each, count, share):
            yield Base(each, 0.75)


def _members(read: Read, share: Claim) -> tuple[Claim, ...]:
    """The counts that a share takes together: 博士12人、硕士40人，硕士以上占26%."""
    for family in range(len(FAMILIES)):
        wanted = covers(family, share.subject.text)
        if len(wanted) < 2:
            continue
        found: list[Claim] = []
        seen: frozenset[int] = frozenset()
        for claim in read.around(share):
            own = covers(family, claim.lead + claim.tail) if claim.role is Role.COUNT else None
            before = claim.quantity.end <= share.quantity.start and claim.quantity.plain
            if own and before and own <= wanted and not own & seen:
                found.append(claim)
                seen |= own
        if seen == wanted and len(found) > 1:
            return tuple(found)
    return ()


def _moved(book: Book, read: Read, share: Claim, bases: Sequence[Base]) -> Verdict | None:
    """The change of a share in points, against the changes that count and base are given."""
    points = next((c for c in read.around(share) if c.role is Role.POINTS and c.of is share), None)
    change = book.changes.get(id(share.of))
    if points is None or change is None or share.of is None or not points.quantity.plain:
        return None
    for base in bases:
        other = book.changes.get(id(base.claim))
        if other is None or not (change.quantity.plain and other.quantity.plain):
            continue
        count, whole = of(share.of.quantity), of(base.claim.quantity)
        now = percent(count, whole)
        then = percent(difference(count, signed(change)), difference(whole, signed(other)))
        if now is None or then is None:
            continue
        gap = difference(now, then)
        shown, slack = signed(points), share.quantity.step
        if gap.low - slack <= shown.high and shown.low <= gap.high + slack:
            return None
        return Verdict(
            claim=points,
            what=f"占比升降{digits(points.quantity.value)}个百分点与人数的增减不符",
            working=f"上年{digits(then.value, 2)}%，本年{digits(now.value, 2)}%，"
            f"相差{digits(gap.value, 2)}个百分点",
            others=(share, change, other),
            confidence=0.75,
        )
    return None


def _judge(asked: Asked, bases: Sequence[Base]) -> Verdict | None:
    """The share against the surest of the wholes, of which none gives it."""
    share, shown = asked.share, asked.share.quantity
    best: tuple[float, Base, Interval] | None = None
    for base in bases:
        computed = percent(asked.part, of(base.claim.quantity))
        if computed is not None:
            sure = confidence(computed.value, shown.value, shown.step, base.strength)
            if best is None or sure > best[0]:
                best = sure, base, computed
    if best is None or best[0] < 0.5:
        return None
    sure, base, computed = best
    return Verdict(
        claim=share,
        what=f"占比{digits(shown.value)}%",
        working=working(added(asked.counts), number(base.claim.quantity), computed, share),
        others=tuple(c for c in (*asked.counts, base.claim) if c is not share),
        confidence=sure,
    )


def added(counts: Sequence[Claim]) -> str:
    """Counts as a sum: （12人＋40人）."""
    shown = "＋".join(number(count.quantity) for count in counts)
    return f"（{shown}）" if len(counts) > 1 else shown


def working(part: str, whole: str, computed: Interval, share: Claim) -> str:
    """The division written out, with the value that should stand."""
    shown = share.quantity
    right = digits(rounded(computed.value, shown.step))
    cut = truncated(computed.value, shown.value, shown.step)
    how = "（所印为直接截断，未四舍五入）" if cut else ""
    return f"{part}÷{whole}＝{telling(computed.value, shown.step)}%，应为{right}%{how}"


def confidence(computed: Decimal, shown: Decimal, step: Decimal, strength: float) -> float:
    """How surely the share is wrong: near misses hardly come by chance, far ones need a sure base.

    ``strength`` tells how surely the base is the right one.
    """
    off = abs(computed - shown)
    if off <= _NEAR * step and step <= Decimal("0.1") and strength:
        return 0.92
    if off <= _POINT:
        return 0.92 * strength
    if strength < 0.85:
        return 0.0
    return (0.9 if computed <= HUNDRED else 0.7) * strength
