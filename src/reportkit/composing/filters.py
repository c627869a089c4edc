"""What can be said of a fact after a bar: ``{{ enrolment.total | versus_last_year }}``.

Each filter takes the fact that is asked for (or the number that arithmetic made of facts) and gives
another to ask for, or the text that prints. Rates change in percentage points (个百分点), never in
per cent of a per cent.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from reportkit.model.data import IndicatorKind

from .facts import Fact, Facts, NoValueError, Wanted, brief, rounded, show
from .numerals import chinese
from .sheets import Blank, Sheet, named
from .units import converted, split


@dataclass(frozen=True, slots=True)
class Amount:
    """What facts were added up to, in the unit of the first; empty where there was none."""

    value: Decimal
    unit: str


Value = Wanted | Decimal | Sheet | Amount
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


def no_cell(sheet: Sheet, problem: LookupError) -> NoValueError:
    """What a data file does not give: because it is not filled in, or was asked for wrongly."""
    if isinstance(problem, Blank):
        name = named(sheet.path)
        return NoValueError("RK131", f"缺：{name}", name=name, reason=str(problem))
    return invalid(str(problem))


def number(facts: Facts, value: Value) -> Decimal:
    """The bare number of a value."""
    return amount(facts, value).value


def amount(facts: Facts, value: Value) -> Amount:
    """A value with its unit."""
    match value:
        case Wanted():
            fact = facts.find(value)
            return Amount(fact.value, fact.unit)
        case Amount():
            return value
        case Sheet():
            raise invalid(f"{value.path} 是一张表，请写明取哪一格、合计（sum）还是行数（count）")
        case _:
            return Amount(value, "")


def joined(one: Amount, other: Amount, sign: int = 1) -> Amount:
    """The sum (or difference) in the unit of the first; units that do not fit are refused."""
    moved: Decimal | None = other.value
    if one.unit and other.unit and one.unit != other.unit:
        moved = converted(other.value, other.unit, one.unit)
    if moved is None:
        raise invalid(f"单位“{other.unit}”不能换算为“{one.unit}”，不能相加减")
    return Amount(one.value + sign * moved, one.unit or other.unit)


def text(facts: Facts, value: Value | str) -> str:
    """A value as it prints; what arithmetic made has at most two decimals."""
    if isinstance(value, Wanted):
        return facts.find(value).text
    if isinstance(value, str):
        return value
    return show(brief(number(facts, value)))


def change(now: Fact, before: Fact) -> Decimal:
    """The difference of two facts as printed, so that readers can check it."""
    return Decimal(now.text) - Decimal(before.within(now.unit).text)


def points(fact: Fact) -> str:
    """The unit in which the fact's change is told; the change of a ratio (a:1) has none."""
    if fact.is_rate:
        return "个千分点" if fact.unit == "‰" else "个百分点"
    return "" if fact.indicator.kind is IndicatorKind.RATIO else fact.unit


def growth_rate(now: Fact, before: Fact, decimals: int) -> Decimal | None:
    """The growth in per cent of ``before``; None where that is 0."""
    base = Decimal(before.within(now.unit).text)
    if base == 0:
        return None
    return rounded(change(now, before) / abs(base) * 100, decimals)


def _of(facts: Facts, value: Value, period: object) -> Wanted:
    return replace(_wanted(value, "of"), period=str(period))


def _scope(facts: Facts, value: Value, scope: object) -> Wanted:
    return replace(_wanted(value, "scope"), scope=str(scope))


def _with_unit(facts: Facts, value: Value) -> str:
    if isinstance(value, Amount):
        return show(brief(value.value)) + value.unit
    fact = _fact(facts, value, "with_unit")
    return fact.text + fact.unit


def _decimals(facts: Facts, value: Value, places: object) -> str:
    return show(number(facts, value), _places(places))


def _in_unit(facts: Facts, value: Value, unit: object, places: object = None) -> str:
    """The value in another unit (万人, 亿元), with its unit."""
    given, wanted = amount(facts, value), str(unit)
    if wanted in ("万", "亿"):
        wanted += split(given.unit)[1]
    moved = converted(given.value, given.unit, wanted) if given.unit else None
    if moved is None:
        raise invalid(f"单位“{given.unit}”不能换算为“{wanted}”")
    shown = show(brief(moved)) if places is None else show(moved, _places(places))
    return shown + wanted


def _versus_last_year(facts: Facts, value: Value) -> str:
    fact = _fact(facts, value, "versus_last_year")
    return _versus(fact, facts.previous(fact), "上年", UNCHANGED)


def _versus_period(facts: Facts, value: Value, period: object) -> str:
    fact = _fact(facts, value, "versus")
    name = str(period)
    before = facts.find(Wanted(fact.indicator.id, name, fact.scope))
    label = f"{name}年" if name.isdecimal() and len(name) == 4 else name
    return _versus(fact, before, label, f"与{label}持平")


def _versus(fact: Fact, before: Fact, label: str, unchanged: str) -> str:
    difference = change(fact, before)
    if difference == 0:
        return unchanged
    more, less = _WORDS[fact.indicator.kind]
    word = more if difference > 0 else less
    return f"较{label}{word}{show(abs(difference))}{points(fact)}"


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


def _change(facts: Facts, value: Value) -> str:
    """The change against last year without saying so: 增加58人."""
    fact = _fact(facts, value, "change")
    return _versus(fact, facts.previous(fact), "上年", UNCHANGED).removeprefix("较上年")


def _difference(facts: Facts, value: Value) -> Amount:
    """The bare change against last year, with its sign: -2."""
    fact = _fact(facts, value, "difference")
    return Amount(change(fact, facts.previous(fact)), points(fact))


def _growth_rate(facts: Facts, value: Value, decimals: object = 1) -> str:
    """The bare growth in per cent against last year, with its sign: -12.50."""
    fact, places = _fact(facts, value, "growth_rate"), _places(decimals)
    if fact.is_rate:
        raise invalid("率的变化用百分点表示，没有增长率；请用 difference")
    rate = growth_rate(fact, facts.previous(fact), places)
    if rate is None:
        raise invalid("上年数为 0，无法计算增长率")
    return show(rate, places)


def _sum(facts: Facts, value: Value, *labels: object) -> Decimal:
    """The sum of rows or columns of a data file, or of all its numbers."""
    sheet = _sheet(facts, value, "sum")
    try:
        return sheet.total([str(label) for label in labels])
    except LookupError as problem:
        raise no_cell(sheet, problem) from None


def _count(facts: Facts, value: Value) -> Decimal:
    return Decimal(_sheet(facts, value, "count").count())


def _in_words(facts: Facts, value: Value) -> str:
    """A whole number in Chinese numerals, as it is counted: 两, 三, 十二."""
    shown = number(facts, value)
    if shown != int(shown) or not 1 <= shown <= 9999:
        raise invalid("in_words 只能用于 1 至 9999 的整数")
    return "两" if shown == 2 else chinese(int(shown))


def _share_of(facts: Facts, value: Value, whole: object, decimals: object = 1) -> str:
    """The share in per cent of another indicator, of the same period and scope as the part."""
    if isinstance(value, Wanted):
        part, base = _pair(facts, value, whole, "share_of")
    else:
        given, other = amount(facts, value), amount(facts, Wanted(str(whole)))
        if other.value == 0:
            raise invalid(f"“{whole}”为 0，不能作除数")
        part, base = joined(Amount(Decimal(0), other.unit), given).value, other.value
    return show(part / base * 100, _places(decimals)) + "%"


def _ratio_to(facts: Facts, value: Value, other: object, decimals: object = 1) -> str:
    """The ratio to another indicator with the smaller side as 1: 1:2.5 or 12.1:1."""
    one, two = _pair(facts, value, other, "ratio_to")
    if one == 0:
        raise invalid("比的一项为 0")
    places = _places(decimals)
    if one <= two:
        return f"1:{_short(two / one, places)}"
    return f"{_short(one / two, places)}:1"


def _sum_with(facts: Facts, value: Value, *others: object) -> Decimal:
    """The sum of facts of the same period and scope, in the unit of the first."""
    first = _fact(facts, value, "plus")
    total = first.value
    for other in others:
        fact = facts.find(replace(_wanted(value, "plus"), name=str(other)))
        total += fact.within(first.unit).value
    return total


def _pair(facts: Facts, value: Value, other: object, name: str) -> tuple[Decimal, Decimal]:
    """Two facts of the same period and scope in one unit; the second is not 0."""
    first = _fact(facts, value, name)
    second = facts.find(replace(_wanted(value, name), name=str(other)))
    base = second.within(first.unit) if name == "share_of" else second
    if base.value == 0:
        raise invalid(f"“{second.indicator.name}”为 0，不能作除数")
    return first.value, base.value


def _short(value: Decimal, places: int) -> str:
    text = show(value, places)
    return text.rstrip("0").rstrip(".") if "." in text else text


FILTERS: dict[str, Callable[..., Value | str]] = {
    "of": _of,
    "scope": _scope,
    "with_unit": _with_unit,
    "decimals": _decimals,
    "in_unit": _in_unit,
    "versus_last_year": _versus_last_year,
    "versus": _versus_period,
    "growth": _growth,
    "share_of": _share_of,
    "ratio_to": _ratio_to,
    "plus": _sum_with,
    "change": _change,
    "difference": _difference,
    "growth_rate": _growth_rate,
    "in_words": _in_words,
    "sum": _sum,
    "count": _count,
}


def _wanted(value: object, name: str) -> Wanted:
    if not isinstance(value, Wanted):
        raise invalid(f"{name} 只能用于一个指标")
    return value


def _sheet(facts: Facts, value: object, name: str) -> Sheet:
    if isinstance(value, Wanted):
        facts.indicator(value.name)
    if not isinstance(value, Sheet):
        raise invalid(f"{name} 只能用于 data 文件夹中的表，如 clubs | {name}")
    return value


def _fact(facts: Facts, value: object, name: str) -> Fact:
    return facts.find(_wanted(value, name))


def _places(places: object) -> int:
    whole = int(places) if isinstance(places, Decimal) and places == int(places) else places
    if not isinstance(whole, int) or not 0 <= whole <= 6:
        raise invalid("小数位数应为 0 至 6")
    return whole
