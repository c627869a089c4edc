"""Units of values: 万元 in 元, and which units can be turned into each other.

A unit is a multiplier (十, 百, 千, 万, 亿) before a base; bases are alike only if they are the same
word, or words for the same thing (人, 名, 位).
"""

from decimal import Decimal

from reportkit.model.data import IndicatorKind

_WORTH = {"亿": 10**8, "万": 10**4, "千": 1000, "百": 100, "十": 10}
_ALIKE = {
    "名": "人",
    "位": "人",
    "％": "%",
    "平米": "平方米",
    "㎡": "平方米",
    "m²": "平方米",
    "人·次": "人次",
    "本": "册",
}
_SCALED = {"‰": ("%", Decimal("0.1")), "亩": ("平方米", Decimal("666.667"))}
_COUNTED = frozenset("项门所家部种册台套件次期支名人份条组班座间节场")
"""Measure words that the general 个 may stand for."""
MOST = {"人": Decimal(1500000000), "元": Decimal(10) ** 14}
"""More than there can be: people in a country, its product in a year."""


def split(unit: str) -> tuple[Decimal, str]:
    """The worth of a unit and the base that it is counted in: 万元 → 10000, 元."""
    worth, base = Decimal(1), unit.strip()
    if base in _SCALED:
        base, worth = _SCALED[base]
    while len(base) > 1 and base[0] in _WORTH:
        worth *= _WORTH[base[0]]
        base = base[1:]
    if base in _WORTH:
        return worth * _WORTH[base], ""
    return worth, _ALIKE.get(base, base)


def factor(unit: str, to: str) -> Decimal | None:
    """What a value in ``unit`` is multiplied by to be in ``to``; None where they do not fit.

    A bare 万 or 亿 takes the base of the other: 1.2 万 of what is counted in 人 is 12000 人.
    """
    (worth, base), (other, wanted) = split(unit), split(to)
    counted = "个" in (base, wanted) and {base, wanted} <= _COUNTED | {"个"}
    if base and wanted and base != wanted and not counted:
        return None
    return worth / other


def converted(value: Decimal, unit: str, to: str) -> Decimal | None:
    """``value`` in another unit, or None where that cannot be."""
    times = factor(unit, to)
    return None if times is None else value if times == 1 else (value * times).normalize() + 0


def absurd(value: Decimal, unit: str) -> bool:
    """Whether there cannot be so many."""
    worth, base = split(unit)
    most = MOST.get(base)
    return most is not None and abs(value) * worth > most


def kind_of(unit: str) -> IndicatorKind:
    """What kind of quantity is given in a unit, for an indicator that nobody defined."""
    base = split(unit)[1]
    if base in ("%", ":1"):
        return IndicatorKind.RATE if base == "%" else IndicatorKind.RATIO
    return IndicatorKind.AMOUNT if base.startswith("元") else IndicatorKind.COUNT
