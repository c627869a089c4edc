"""Comparing a printed number with what it should be: rounded, cut off, within rounding, or wrong.

Numbers are rounded half up (四舍五入). A printed number stands for every value that rounds to
it, so what is computed from printed numbers is an interval; what lies outside is surely wrong.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import StrEnum

from reportkit.claims.quantity import Quantity


class Verdict(StrEnum):
    """How a printed number compares with what was computed."""

    FINE = "fine"
    ROUNDING = "rounding"
    CUT = "cut"
    SIGN = "sign"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Expected:
    """What was computed from printed numbers: the value, and the bounds that rounding leaves."""

    value: Decimal
    low: Decimal
    high: Decimal

    def judge(self, given: Quantity) -> Verdict:
        """Whether ``given`` is this value."""
        if shown_as(self.value, given) == given.value or _same(self.value, given.value):
            return Verdict.FINE
        if shown_as(-self.value, given) == given.value:
            return Verdict.SIGN
        if shown_as(self.value, given, ROUND_DOWN) == given.value:
            return Verdict.CUT
        if given.meets(self.low, self.high):
            return Verdict.ROUNDING
        return Verdict.WRONG

    def near(self, given: Quantity) -> bool:
        """Whether the difference is one in the last digit, as slips of rounding are."""
        return abs(self.value - given.value) <= given.step * Decimal("1.5")


def _same(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) <= Decimal("1e-12") * max(abs(one), abs(other))


def shown_as(value: Decimal, like: Quantity, rounding: str = ROUND_HALF_UP) -> Decimal:
    """``value`` to the digits that ``like`` shows, in the base unit."""
    if not like.step or not value.is_finite():
        return value
    return (value / like.step).quantize(Decimal(1), rounding=rounding) * like.step


def total(parts: Sequence[Quantity]) -> Expected:
    """The sum."""
    return Expected(
        sum((p.value for p in parts), Decimal(0)),
        sum((p.low for p in parts), Decimal(0)),
        sum((p.high for p in parts), Decimal(0)),
    )


def difference(now: Quantity, before: Quantity) -> Expected:
    """What is now less what was before."""
    return Expected(now.value - before.value, now.low - before.high, now.high - before.low)


def growth(now: Quantity, before: Quantity) -> Expected | None:
    """The growth in per cent of ``before``; None where that may be 0."""
    if before.low <= 0 <= before.high:
        return None
    corners = [
        (n - b) / abs(b) * 100 for n in (now.low, now.high) for b in (before.low, before.high)
    ]
    value = (now.value - before.value) / abs(before.value) * 100
    return Expected(value, min(corners), max(corners))


def quotient(part: Quantity, whole: Quantity, times: Decimal = Decimal(1)) -> Expected | None:
    """``part`` divided by ``whole``; None where that may be 0."""
    if whole.low <= 0 <= whole.high:
        return None
    corners = [p / w * times for p in (part.low, part.high) for w in (whole.low, whole.high)]
    return Expected(part.value / whole.value * times, min(corners), max(corners))


def shown(value: Decimal, like: Quantity) -> str:
    """A computed value as printed beside ``like``, with one digit more where it has more."""
    exact = (value / like.scale).normalize()
    step = like.step / like.scale
    places = max(0, -int(step.adjusted())) if step else 2
    text = f"{exact:f}"
    if "." in text and len(text.split(".")[1]) > places + 1:
        text = f"{exact.quantize(Decimal(1).scaleb(-places - 1), rounding=ROUND_HALF_UP):f}"
    return text


def number(quantity: Quantity) -> str:
    """The number as it was written, without its unit."""
    return f"{quantity.shown:f}"
