"""One claim: a number in prose with what it says of whom, when, and compared with what."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from reportkit.model.base import Place

from .arithmetic import Interval, of
from .cells import negated
from .names import Whom
from .periods import Period
from .quantity import Quantity
from .sentences import Sentence
from .subjects import Subject

LONGEST_QUOTE = 36
LONGEST_TAIL = 12


class Role(StrEnum):
    """What a number says of its subject."""

    COUNT = "数量"
    RATE = "比率"
    SHARE = "占比"
    CHANGE = "增减量"
    GROWTH = "增减率"
    POINTS = "百分点"
    TIMES = "倍数"
    RATIO = "比例"


@dataclass(eq=False, slots=True)
class Claim:
    """A number and its meaning.

    ``lead`` and ``tail`` are the words before and behind it in its item. ``sign`` is -1 for a
    decrease. ``base`` is the noun behind 占. ``of`` is the value that a change or share belongs to.
    ``own_period`` and ``sure`` tell whether period and scope stand in the claim's own words;
    ``against`` is the period compared with. ``also`` is the subject with the words that a list
    says only once (被采用的专业标准24个、课程标准215个). ``reached`` marks 提高到, ``former`` the
    value that is compared with (比上年的12人), ``unclear`` what cannot be assigned (分别).
    """

    sentence: Sentence
    quantity: Quantity
    item: int
    lead: str
    tail: str
    role: Role
    subject: Subject
    whom: Whom
    sure: bool
    period: Period | None
    own_period: bool
    sign: int = 0
    base: str = ""
    against: Period | None = None
    reached: bool = False
    unclear: bool = False
    of: "Claim | None" = None
    also: Subject | None = None
    former: bool = False

    @property
    def place(self) -> Place:
        """Where the number stands."""
        return self.sentence.passage.place(self.quote_start)

    @property
    def quote_start(self) -> int:
        """Where the quote begins: at the item, or where it gets too long, nearer the number."""
        start = self.sentence.items[self.item].start if self.sentence.items else 0
        text = self.sentence.passage.folded
        start = max(start, self.quantity.start - LONGEST_QUOTE)
        while start < self.quantity.start and text[start].isspace():
            start += 1
        return start

    @property
    def quote(self) -> str:
        """The words of the claim up to its unit, and a few behind it, as printed."""
        behind = len(self.tail.rstrip()) if len(self.tail) <= LONGEST_TAIL else 0
        return self.sentence.passage.text[self.quote_start : self.quantity.end + behind]

    @property
    def section(self) -> tuple[str, ...]:
        """The headings above it."""
        return self.sentence.passage.headings


def direction(claim: Claim) -> Decimal:
    """Which way a change goes, 1 or -1; 下降-3.5% is taken as it is meant, downwards."""
    return Decimal(-1) if claim.sign < 0 or claim.quantity.shown < 0 else Decimal(1)


def positive(quantity: Quantity) -> Quantity:
    """The quantity without its minus."""
    return quantity if quantity.shown >= 0 else negated(quantity)


def signed(change: Claim) -> Interval:
    """The interval of a change, negative for a decrease."""
    shown = of(positive(change.quantity))
    if direction(change) < 0:
        return Interval(-shown.high, -shown.low, -shown.value)
    return shown
