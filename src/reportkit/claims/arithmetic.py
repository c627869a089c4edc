"""Arithmetic on quantities as intervals, and numbers written so that a reader can follow.

All rounding is half up (四舍五入), to the digits that the report shows.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, DivisionByZero, InvalidOperation

from .quantity import Quantity

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Interval:
    """The values that a computation may have, with the one that the shown digits give."""

    low: Decimal
    high: Decimal
    value: Decimal

    def meets(self, quantity: Quantity) -> bool:
        """Whether a quantity may stand for one of the values.

        What is rounded half up stays below its upper bound: 1.8 is less than 1.85.
        """
        if not self.meets_interval(quantity.low, quantity.high):
            return False
        rounded_up = quantity.plain and not quantity.exact
        if self.low == quantity.high and rounded_up and self.value != self.low:
            return False
        return not (quantity.low == self.high and self.value != self.high and rounded_up)

    def meets_interval(self, low: Decimal, high: Decimal) -> bool:
        """Whether it has a value between ``low`` and ``high``."""
        return self.low <= high and low <= self.high


def of(quantity: Quantity) -> Interval:
    """The interval of a quantity."""
    return Interval(quantity.low, quantity.high, quantity.value)


def total(quantities: Iterable[Quantity]) -> Interval:
    """The sum."""
    low = high = value = Decimal(0)
    for each in quantities:
        low, high, value = low + each.low, high + each.high, value + each.value
    return Interval(low, high, value)


def difference(one: Interval, other: Interval) -> Interval:
    """``one`` less ``other``."""
    return Interval(one.low - other.high, one.high - other.low, one.value - other.value)


def percent(part: Interval, whole: Interval) -> Interval | None:
    """``part`` in percent of a positive ``whole``; None where the whole may be 0."""
    if whole.low <= 0 or whole.value <= 0:
        return None
    try:
        corners = [p / w for p in (part.low, part.high) for w in (whole.low, whole.high)]
        low, high = min(corners) * HUNDRED, max(corners) * HUNDRED
        return Interval(low, high, part.value / whole.value * HUNDRED)
    except (InvalidOperation, DivisionByZero):
        return None


def rounded(value: Decimal, step: Decimal) -> Decimal:
    """``value`` rounded half up to the last digit shown."""
    try:
        return (value / step).quantize(Decimal(1), ROUND_HALF_UP) * step
    except InvalidOperation:
        return value


def truncated(value: Decimal, shown: Decimal, step: Decimal) -> bool:
    """Whether ``shown`` is ``value`` cut off after the last digit instead of rounded."""
    return step > 0 and abs(shown) <= abs(value) < abs(shown) + step


def digits(value: Decimal, places: int = 4) -> str:
    """A number without needless digits: at most ``places`` behind the point."""
    if not value.is_finite():
        return "…"
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    if -exponent > places:
        value = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def telling(value: Decimal, step: Decimal) -> str:
    """A computed value with as many digits as show to which ``step`` it is rounded.

    27.8548 to a step of 0.01 is 27.8548, not 27.855, which would seem to round to 27.86.
    """
    right = rounded(value, step)
    exponent = step.normalize().as_tuple().exponent
    places = max(1, -exponent if isinstance(exponent, int) else 0) + 1
    for more in range(places, places + 4):
        shown = digits(value, more)
        if rounded(Decimal(shown), step) == right:
            return shown
    return digits(value, places + 4)


def scaled(value: Decimal, like: Quantity) -> str:
    """A value of the base unit in the scale and unit of another quantity: 115384 → 11.5384万人."""
    word = {Decimal(10**4): "万", Decimal(10**8): "亿"}.get(like.scale, "")
    unit = "" if like.unit == ":" else like.unit
    return f"{digits(value / like.scale)}{word}{unit}"


def number(quantity: Quantity) -> str:
    """A quantity as written, without blanks and words around it."""
    if quantity.pair is not None:
        return f"{digits(quantity.pair[0])}:{digits(quantity.pair[1])}"
    return scaled(quantity.value, quantity)
