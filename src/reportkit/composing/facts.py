"""The values of indicators: looked up among the observations, or computed by formula.

A fact is an indicator's value for one period and one scope. Everything that prose, tables and
charts take from the data comes through ``Facts``.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from reportkit.model.data import Dataset, Indicator, IndicatorKind, Observation
from reportkit.model.submission import DataPeriod

from .units import converted

_YEAR = re.compile(r"(?:19|20)\d\d")
DERIVED_DECIMALS = 2
LONGEST_SHOWN = 40


class NoValueError(Exception):
    """A value that cannot be given; ``code`` is that of the finding, ``args`` fill its message.

    ``gap`` is what prints instead.
    """

    def __init__(self, code: str, gap: str, **args: str) -> None:
        super().__init__(gap)
        self.code = code
        self.gap = gap
        self.args_ = args


@dataclass(frozen=True, slots=True)
class Wanted:
    """A fact that is asked for: of the current period, if no other is said, and of all scopes.

    ``above`` are the indicators that are being computed from it.
    """

    name: str
    period: str | None = None
    scope: str = ""
    above: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """The value of ``indicator`` for ``period`` and ``scope``, in ``unit``."""

    indicator: Indicator
    period: str
    scope: str
    value: Decimal
    unit: str

    @property
    def is_rate(self) -> bool:
        """Whether its change is told in percentage points."""
        return self.indicator.kind is IndicatorKind.RATE

    @property
    def text(self) -> str:
        """The value as it prints."""
        return show(self.value, self.indicator.decimals)

    def within(self, unit: str) -> "Fact":
        """The same fact in another unit, or ``NoValueError`` where the units do not fit."""
        if not unit or not self.unit or unit == self.unit:
            return self
        value = converted(self.value, self.unit, unit)
        if value is None:
            reason = f"单位“{self.unit}”不能换算为“{unit}”"
            raise NoValueError("RK130", f"缺：{self.indicator.id}", reason=reason)
        return replace(self, value=value, unit=unit)


Formula = Callable[[Indicator, Wanted], Decimal | None]


class Facts:
    """All values of a submission. ``formula`` computes those that nobody observed."""

    def __init__(
        self,
        data: Dataset,
        indicators: Iterable[Indicator],
        period: DataPeriod,
        history: Iterable[Observation] = (),
    ) -> None:
        self.current = period.current or str(period.end.year)
        self.indicators = {indicator.id: indicator for indicator in indicators}
        self.formula: Formula | None = None
        self._observed: dict[tuple[str, str, str], Observation] = {}
        self.used: set[tuple[str, str, str]] = set()
        for each in (*data.observations, *history):
            self._observed.setdefault((each.indicator, each.period, each.scope), each)
        for name in {each.indicator for each in data.observations}:
            self.indicators.setdefault(name, Indicator(id=name, name=name))

    def indicator(self, name: str) -> Indicator:
        """The definition of an indicator; one that is observed but not defined is bare."""
        found = self.indicators.get(name)
        if found is None:
            raise NoValueError("RK131", f"缺：{name}", name=name, reason="没有这个指标")
        return found

    def find(self, wanted: Wanted) -> Fact:
        """The fact, or ``NoValueError``."""
        name, scope = wanted.name, wanted.scope
        indicator = self.indicator(name)
        period = wanted.period or self.current
        observed = self._observed.get((name, period, scope))
        self.used.add((name, period, scope))
        if observed is not None and observed.value is not None:
            unit = observed.unit or indicator.unit
            return Fact(indicator, period, scope, observed.value, unit)
        asked = replace(wanted, period=period)
        value = self.formula(indicator, asked) if self.formula else None
        if value is None:
            reason = self._reason(name, period, scope)
            raise NoValueError(
                "RK131", f"缺：{name}", name=name, period=period, scope=scope, reason=reason
            )
        return Fact(indicator, period, scope, value, indicator.unit)

    def previous(self, fact: Fact) -> Fact:
        """The same fact a year before."""
        return self.find(Wanted(fact.indicator.id, year_before(fact.period), fact.scope))

    def excused(self, name: str, period: str, scope: str) -> bool:
        """Whether the data say why there is no value."""
        observed = self._observed.get((name, period, scope))
        return observed is not None and bool(observed.missing)

    def reason_missing(self, name: str, period: str, scope: str) -> str:
        """Why there is no value, in the words of the data; empty if they do not say."""
        observed = self._observed.get((name, period, scope))
        return (observed.missing or "") if observed is not None else ""

    def _reason(self, name: str, period: str, scope: str) -> str:
        observed = self._observed.get((name, period, scope))
        if observed is not None and observed.missing:
            return f"数据中注明“{observed.missing}”"
        where = f"{period}（{scope}）" if scope else period
        return f"数据中没有{where}的数值"


def year_before(period: str) -> str:
    """The period a year earlier: 2022 → 2021, 2024-2025学年 → 2023-2024学年."""
    before = _YEAR.sub(lambda match: str(int(match[0]) - 1), period)
    if before == period:
        raise NoValueError("RK131", f"缺：{period}的上年", name=period, reason="时期中没有年份")
    return before


def rounded(value: Decimal, decimals: int) -> Decimal:
    """``value`` to ``decimals`` places, halves away from zero (四舍五入)."""
    try:
        return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    except InvalidOperation:
        return value


def brief(value: Decimal) -> Decimal:
    """What arithmetic made, with at most ``DERIVED_DECIMALS`` places."""
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent >= -DERIVED_DECIMALS:
        return value
    return rounded(value, DERIVED_DECIMALS)


def show(value: Decimal, decimals: int | None = None) -> str:
    """A number as it prints: with the given places, or as it was written."""
    if decimals is not None:
        value = rounded(value, decimals)
    text = format(value, "f") if abs(value.adjusted()) < LONGEST_SHOWN else str(value)
    return text.removeprefix("-") if value == 0 else text
