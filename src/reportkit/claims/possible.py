"""Whether any whole number can stand behind a printed rate: 253人 is 85.4% of no number of people.

A share or a growth to one or two decimals, said of a small whole number, fits few wholes; where
it fits none, it was cut off, or one of the two is wrong.
"""

from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from .arithmetic import HUNDRED, digits, rounded
from .quantity import Quantity
from .units import Dimension

_COUNTED = frozenset({Dimension.PERSON, Dimension.TURN, Dimension.COUNT})
_FINE = Decimal("0.1")
_ONE = Decimal(1)


def countable(quantity: Quantity) -> bool:
    """Whether a quantity counts in whole numbers and is said exactly."""
    whole = quantity.plain and quantity.exact and quantity.value % 1 == 0 and quantity.value > 0
    return whole and quantity.dimension in _COUNTED


def no_whole(part: Quantity, share: Quantity) -> str:
    """How near whole numbers come to ``share`` per cent of them being ``part``; empty if one fits.

    Nothing is said of shares in whole per cent, or of 0.
    """
    if not countable(part) or share.low <= 0 or share.step > _FINE or not share.plain:
        return ""
    low, high = part.value / share.high * HUNDRED, part.value / share.low * HUNDRED
    return _nearest(low, high, lambda whole: part.value / whole * HUNDRED, share)


def no_base(value: Quantity, rate: Quantity, sign: int) -> str:
    """How near whole numbers come to having grown by ``rate`` per cent to ``value``."""
    if not countable(value) or rate.step > _FINE or not rate.plain or rate.low <= -HUNDRED:
        return ""
    slow, fast = sorted((_ONE + sign * rate.low / HUNDRED, _ONE + sign * rate.high / HUNDRED))
    if slow <= 0:
        return ""
    low, high = value.value / fast, value.value / slow
    return _nearest(low, high, lambda base: (value.value / base - 1) * HUNDRED * sign, rate)


def _nearest(
    low: Decimal, high: Decimal, rate: Callable[[Decimal], Decimal], shown: Quantity
) -> str:
    first = low.to_integral_value(ROUND_CEILING)
    if first <= high:
        return ""
    near = (high.to_integral_value(ROUND_FLOOR), first)
    tried = [whole for whole in near if whole > 0]
    return "，".join(
        f"为{digits(whole)}时是{digits(rounded(rate(whole), shown.step))}%" for whole in tried
    )
