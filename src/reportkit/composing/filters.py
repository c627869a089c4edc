"""What can be said of a fact after a bar: ``{{ enrolment.total | versus_last_year }}``.

Each filter takes the fact that is asked for (or the number that arithmetic made of facts) and gives
another to ask for, or the text that prints. Rates change in percentage points (个百分点), never in
per cent of a per cent.
"""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from reportkit.model.data import IndicatorKind

from .facts import Fact, Facts, NoValueError, Wanted, brief, rounded, show

Value = Wanted | Decimal
_GROWS = ("增加", "减少")
_RISES = ("提高", "下降")
_WORDS = {
    IndicatorKind.COUNT: _GROWS,
    IndicatorKind.AMOUNT: _GROWS,
    IndicatorKind.RATE: _RISES,
    IndicatorKind.RATIO: _RISES,
    IndicatorKind.INDEX: _RISES,
}
UNCHANGED = "与上年持平"


def invalid(reason: str) -> NoValueError:
    """An expression that asks for something that cannot be."""
    return NoValueError("RK130", "", reason=reason)


def number(facts: Facts, value: Value) -> Decimal:
    """The bare number of a value."""
    return facts.find(value).value if isinstance(value, Wanted) else value


def text(facts: Facts, value: Value | str) -> str:
    """A value as it prints; what arithmetic made has at most two decimals."""
    if isinstance(value, Wanted):
        return facts.find(value).text
    if isinstance(value, str):
        return value
    return show(brief(value))


def change(now: Fact, before: Fact) -> Decimal:
    """The difference of two facts as printed, so that readers can check it."""
    if now.unit != before.unit:
        raise invalid(f"两期单位不同：{before.unit}、{now.unit}")
    return Decimal(now.text) - Decimal(before.text)


def points(fact: Fact) -> str:
    """The unit in which the fact's change is told; the change of a ratio (a:1) has none."""
    if fact.is_rate:
        return "个千分点" if fact.unit == "‰" else "个百分点"
    return "" if fact.indicator.kind is IndicatorKind.RATIO else fact.unit


def growth_rate(now: Fact, before: Fact, decimals: int) -> Decimal | None:
    """The growth in per cent of ``before``; None where that is 0."""
    base = Decimal(before.text)
    if base == 0:
        return None
    return rounded(change(now, before) / abs(base) * 100, decimals)


def _of(facts: Facts, value: Value, period: object) -> Wanted:
    return replace(_wanted(value, "of"), period=str(period))


def _scope(facts: Facts, value: Value, scope: object) -> Wanted:
    return replace(_wanted(value, "scope"), scope=str(scope))


def _with_unit(facts: Facts, value: Value) -> str:
    fact = _fact(facts, value, "with_unit")
    return fact.text + fact.unit


def _decimals(facts: Facts, value: Value, places: object) -> str:
    return show(number(facts, value), _places(places))


def _versus_last_year(facts: Facts, value: Value) -> str:
    fact = _fact(facts, value, "versus_last_year")
    difference = change(fact, facts.previous(fact))
    if difference == 0:
        return UNCHANGED
    more, less = _WORDS[fact.indicator.kind]
    word = more if difference > 0 else less
    return f"较上年{word}{show(abs(difference))}{points(fact)}"


def _growth(facts: Facts, value: Value, decimals: object = 1) -> str:
    fact, places = _fact(facts, value, "growth"), _places(decimals)
    before = facts.previous(fact)
    difference = change(fact, before)
    if difference == 0:
        return UNCHANGED
    if fact.is_rate:
        word = _RISES[difference < 0]
        return f"{word}{show(abs(difference))}{points(fact)}"
    rate = growth_rate(fact, before, places)
    if rate is None:
        raise invalid("上年数为 0，无法计算增长率")
    return f"{'增长' if difference > 0 else '下降'}{show(abs(rate))}%"


FILTERS: dict[str, Callable[..., Value | str]] = {
    "of": _of,
    "scope": _scope,
    "with_unit": _with_unit,
    "decimals": _decimals,
    "versus_last_year": _versus_last_year,
    "growth": _growth,
}


def _wanted(value: object, name: str) -> Wanted:
    if not isinstance(value, Wanted):
        raise invalid(f"{name} 只能用于一个指标")
    return value


def _fact(facts: Facts, value: object, name: str) -> Fact:
    return facts.find(_wanted(value, name))


def _places(places: object) -> int:
    whole = int(places) if isinstance(places, Decimal) and places == int(places) else places
    if not isinstance(whole, int) or not 0 <= whole <= 6:
        raise invalid("小数位数应为 0 至 6")
    return whole
