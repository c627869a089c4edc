"""Quantities: a number with its unit, and the interval of true values that it stands for.

What is shown is rounded half up (四舍五入): 3.62万人 stands for 36150 up to 36250 人, 21% for 20.5
up to 21.5. A count in whole numbers without 万 or 亿 is exact. 约, 近, 余, 超过, 不足 and the like
make wider intervals; where a word gives no bound, the interval has none.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from .numerals import MAGNITUDES, Numeral, arabic, chinese, fold
from .spans import not_quantities
from .units import COUNTING, SCALES, Dimension, dimension, unit_at

_HALF = Decimal("0.5")
_BEFORE_MINUS = "为是率长降达幅比额量于"
_ENDLESS = Decimal("Infinity")
_ZERO = Decimal(0)


class Bound(StrEnum):
    """How the words around a number bound its true value."""

    SHOWN = ""
    ABOUT = "约"
    NEARLY = "近"
    MORE = "余"
    ABOVE = "超过"
    BELOW = "不足"
    RANGE = "至"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity at ``start`` to ``end`` of a text (with its unit, without words before it).

    ``shown`` is the number as written and ``scale`` the worth of its 万, 亿 or 亩; ``value``,
    ``low``, ``high`` and ``step`` (the worth of the last digit) are in the base unit. ``pair``
    holds both sides of a ratio, of which ``value`` is the quotient. ``scaled`` tells whether 万,
    千 … stood behind the number.
    """

    start: int
    end: int
    text: str
    shown: Decimal
    value: Decimal
    low: Decimal
    high: Decimal
    step: Decimal
    unit: str
    scale: Decimal = Decimal(1)
    bound: Bound = Bound.SHOWN
    pair: tuple[Decimal, Decimal] | None = None
    chinese: bool = False

    @property
    def dimension(self) -> Dimension:
        """What it measures."""
        return dimension(self.unit)

    @property
    def exact(self) -> bool:
        """Whether it stands for one value only."""
        return self.low == self.high

    @property
    def plain(self) -> bool:
        """Whether no word such as 约 or 超过 widens it."""
        return self.bound is Bound.SHOWN

    def meets(self, low: Decimal, high: Decimal) -> bool:
        """Whether it may stand for a value between ``low`` and ``high``."""
        return self.low <= high and low <= self.high


_BEFORE: tuple[tuple[Bound, tuple[str, ...]], ...] = (
    (Bound.BELOW, ("不足", "不到", "少于", "低于", "不超过", "不多于", "不高于", "未满", "最多")),
    (Bound.ABOVE, ("超过", "超出", "超", "突破", "逾", "高于", "多于", "大于", "不少于", "不低于",
                   "至少", "上", "满", "过")),
    (Bound.NEARLY, ("近", "将近", "接近")),
    (Bound.ABOUT, ("约", "约为", "大约", "约合", "约有", "约占", "大致", "基本达到")),
)  # fmt: skip
_WORDS_BEFORE = {word: bound for bound, words in _BEFORE for word in words}
_LONGEST_BEFORE = max(map(len, _WORDS_BEFORE))
_MEASURED = frozenset({Dimension.PERCENT, Dimension.POINTS, Dimension.AREA, Dimension.MONEY})
"""What is measured, not counted: even a whole number of it is rounded."""
_WEAK = frozenset({"上", "满", "过"})
"""Words that bound a number only where nothing else can be meant: 上千人, but not 以上3人."""

_TAIL = re.compile(
    r" ?(?P<scale>[十百千]?[万亿]|[十百千](?=[余多万亿]))?(?P<more>[余多])?"
    r"(?P<late>[十百千]?[万亿])?(?P<gap> ?)"
)
_AFTER = re.compile(
    r" ?(?:(?P<above>以上|及以上|有余|开外|余)|(?P<below>以下|以内|之内)|(?P<about>左右|上下))"
)
_RATIO = re.compile(r"(?<![\d.:])(\d+(?:\.\d+)?) ?(?::|比) ?(\d+(?:\.\d+)?)(?![\d:.]*\d)")
_CLOCK = re.compile(r"(?:0?[6-9]|1\d|2[0-4]):[0-5]\d")
_RANGE = re.compile(r" ?(?:~|-{1,2}|至|到) ?")


def scan(text: str) -> list[Quantity]:
    """The quantities of a text in reading order; dates, labels and codes are none."""
    return scan_folded(fold(text), text)


def scan_folded(folded: str, text: str) -> list[Quantity]:
    """As :func:`scan` for a text whose folded form is at hand."""
    taken = not_quantities(folded)
    found = [*_ratios(folded, taken), *_simple(folded, taken)]
    found.sort(key=lambda quantity: quantity.start)
    return [replace(q, text=text[q.start : q.end]) for q in _joined(found, folded)]


def _ratios(folded: str, taken: bytearray) -> Iterator[Quantity]:
    for found in _RATIO.finditer(folded):
        if any(taken[found.start() : found.end()]):
            continue
        left, right = Decimal(found[1]), Decimal(found[2])
        taken[found.start() : found.end()] = b"\1" * len(found[0])
        if not left or not right or _is_clock(folded, found):
            continue
        low = (left - _slack(left)) / (right + _slack(right))
        high = (left + _slack(left)) / (right - _slack(right))
        yield Quantity(
            found.start(), found.end(), "", left / right, left / right, low, high,
            _slack(left) * 2, ":", pair=(left, right),
        )  # fmt: skip


def _is_clock(folded: str, found: re.Match[str]) -> bool:
    if "比" in found[0] or "比" in folded[max(0, found.start() - 8) : found.start()]:
        return False
    return bool(_CLOCK.fullmatch(found[0].replace(" ", "")))


def _slack(side: Decimal) -> Decimal:
    """Half the last digit shown; the 1 of 1:20 is exact."""
    exponent = side.as_tuple().exponent
    assert isinstance(exponent, int)
    return _ZERO if side == 1 and exponent == 0 else Decimal(5).scaleb(exponent - 1)


def _simple(folded: str, taken: bytearray) -> Iterator[Quantity]:
    for numeral in arabic(folded):
        if not taken[numeral.start]:
            quantity = _quantity(folded, numeral)
            taken[quantity.start : quantity.end] = b"\1" * (quantity.end - quantity.start)
            yield quantity
    for numeral in chinese(folded):
        if taken[numeral.start] or not _may_count(folded, numeral):
            continue
        quantity = _quantity(folded, numeral)
        if quantity.unit in COUNTING or quantity.unit == "%":
            yield quantity


_FIXED_BEFORE = frozenset("第之统唯同专逐万单其另某哪每这那“‘《")
"""Characters before which a Chinese numeral is part of a word: 第三, 统一, 每一所."""


def _may_count(folded: str, numeral: Numeral) -> bool:
    before = folded[numeral.start - 1 : numeral.start]
    if _is_percent(folded, numeral):
        return True
    if before and before in _FIXED_BEFORE:
        return False
    if numeral.value == 1 or folded[numeral.start : numeral.end] in {"万", "千", "亿", "百"}:
        return False
    return not before.isdigit()


def _is_percent(folded: str, numeral: Numeral) -> bool:
    return folded.endswith("百分之", 0, numeral.start)


def _quantity(folded: str, numeral: Numeral) -> Quantity:
    tail = _TAIL.match(folded, numeral.end)
    assert tail is not None
    scale = _worth(tail["scale"]) * _worth(tail["late"])
    at = tail.end()
    unit = unit_at(folded, at)
    if not unit and not (tail["scale"] or tail["more"] or tail["late"]):
        at = numeral.end
    at += len(unit)
    if not unit and _is_percent(folded, numeral):
        unit = "%"
    worth = SCALES.get(unit, Decimal(1))
    bound, end = _bound(folded, numeral.start, at, bool(tail["more"]))
    negative = _negative(folded, numeral.start)
    shown = -numeral.value if negative else numeral.value
    step = numeral.step * scale * worth
    value = shown * scale * worth
    whole = step == 1 and scale == 1 and dimension(unit) not in _MEASURED
    low, high = _interval(value, step, bound, exact=whole)
    start = numeral.start - 1 if negative else numeral.start
    return Quantity(
        start, end, "", shown, value, low, high, step, unit, scale * worth, bound,
        chinese=numeral.chinese,
    )  # fmt: skip


def _worth(characters: str | None) -> Decimal:
    worth = Decimal(1)
    for char in characters or "":
        worth *= MAGNITUDES[char]
    return worth


def _negative(folded: str, start: int) -> bool:
    """A minus counts where nothing stands before it that it could join to: not in 2022-2024."""
    if start == 0 or folded[start - 1] != "-":
        return False
    before = folded[max(0, start - 4) : start - 1].rstrip(" ")[-1:]
    return before in _BEFORE_MINUS or not (before.isalnum() or before in "-~”》）)")


def _bound(folded: str, start: int, end: int, more: bool) -> tuple[Bound, int]:
    """The bound that the words before, inside and behind a number set, and where it then ends."""
    behind = _AFTER.match(folded, end)
    if behind is not None:
        for name, bound in (("above", Bound.ABOVE), ("below", Bound.BELOW), ("about", Bound.ABOUT)):
            if behind[name]:
                return (Bound.MORE if behind[name] == "余" else bound), behind.end()
    if more:
        return Bound.MORE, end
    before = folded[max(0, start - _LONGEST_BEFORE - 1) : start].rstrip(" ")
    for size in range(min(_LONGEST_BEFORE, len(before)), 0, -1):
        word = before[-size:]
        if word in _WORDS_BEFORE and word not in _WEAK:
            return _WORDS_BEFORE[word], end
    return Bound.SHOWN, end


def _interval(
    value: Decimal, step: Decimal, bound: Bound, *, exact: bool
) -> tuple[Decimal, Decimal]:
    half = _ZERO if exact else step * _HALF
    coarse = _coarse(value, step)
    match bound:
        case Bound.ABOUT:
            slack = max(coarse * _HALF, abs(value) * Decimal("0.02"))
            return value - slack, value + slack
        case Bound.NEARLY:
            return value - max(coarse, abs(value) * Decimal("0.05")), value + half
        case Bound.MORE:
            return value, value + coarse
        case Bound.ABOVE:
            return value - half, _ENDLESS
        case Bound.BELOW:
            return _ZERO, value + half
        case _:
            return value - half, value + half


def _coarse(value: Decimal, step: Decimal) -> Decimal:
    """The worth of the last digit that is not 0: 100 for 3200, 10000 for 1万."""
    if not value:
        return step
    _, digits, exponent = (value / step).normalize().as_tuple()
    assert isinstance(exponent, int)
    return step * Decimal(10) ** max(exponent, 0) if digits else step


def _joined(found: list[Quantity], folded: str) -> Iterator[Quantity]:
    """Quantities with ranges (20%~40%, 3至5人) made one."""
    waiting: Quantity | None = None
    for quantity in found:
        if waiting is not None and (whole := _range(waiting, quantity, folded)):
            waiting = whole
            continue
        if waiting is not None:
            yield waiting
        waiting = quantity
    if waiting is not None:
        yield waiting


def _range(first: Quantity, second: Quantity, folded: str) -> Quantity | None:
    between = folded[first.end : second.start]
    if first.pair or second.pair or len(between) > 4 or not _RANGE.fullmatch(between):
        return None
    same = first.unit in ("", second.unit)
    if not same or first.bound is Bound.RANGE or (first.unit == "" and first.chinese):
        return None
    scale = second.scale if first.unit == "" and first.scale == 1 else first.scale
    low = first.shown * scale
    if low >= second.value:
        return None
    return replace(
        second, start=first.start, low=low, value=low, shown=first.shown, bound=Bound.RANGE
    )
