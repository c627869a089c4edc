"""The values of indicators: looked up among the observations, or computed by formula.

A fact is an indicator's value for one period and one scope. Everything that prose, tables and
charts take from the data comes through ``Facts``.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import cached_property

from reportkit.model.data import Dataset, Indicator, IndicatorKind, Observation
from reportkit.model.submission import DataPeriod

from .sheets import Rows, Sheet, named
from .units import converted, kind_of

_YEAR = re.compile(r"(?:19|20)\d\d")
DERIVED_DECIMALS = 2
LONGEST_SHOWN = 40
MOST_SCOPES = 4
LIKE = 75
"""How alike (of 100) two names are of which one may be a slip for the other."""


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
    """All values of a submission. ``formula`` computes those that nobody observed.

    ``own`` are the ids that the submission defines itself; an id that stands only in its data is
    one, too, in the unit of its first value. Tables of ``data/*.csv`` are known by their names.
    """

    def __init__(
        self,
        data: Dataset,
        indicators: Iterable[Indicator],
        period: DataPeriod,
        history: Iterable[Observation] = (),
        own: Iterable[str] = (),
    ) -> None:
        self.current = period.current or str(period.end.year)
        self.indicators = {indicator.id: indicator for indicator in indicators}
        self.sheets = _sheets(data.tables)
        self.formula: Formula | None = None
        self._observed: dict[tuple[str, str, str], Observation] = {}
        self._scopes: dict[str, dict[str, dict[str, None]]] = {}
        self._own = set(own)
        self.used: set[tuple[str, str, str]] = set()
        for each in (*data.observations, *history):
            self._observed.setdefault((each.indicator, each.period, each.scope), each)
            periods = self._scopes.setdefault(each.indicator, {})
            periods.setdefault(each.period, {})[each.scope] = None
        for each in data.observations:
            if each.indicator not in self.indicators:
                self._own.add(each.indicator)
                self.indicators[each.indicator] = bare(each)

    @cached_property
    def _by_name(self) -> dict[str, str]:
        """The id behind each name that only one indicator bears."""
        names = Counter(indicator.name for indicator in self.indicators.values())
        return {i.name: i.id for i in self.indicators.values() if names[i.name] == 1}

    def indicator(self, name: str) -> Indicator:
        """The definition of an indicator by id or name; one that is only observed is bare."""
        found = self.indicators.get(name) or self.indicators.get(self._by_name.get(name, ""))
        if found is None:
            near = nearest(name, (*self.indicators, *self._by_name, *self.sheets))
            reason = "没有这个指标" + (f"，是否指 {near}？" if near else "")
            raise NoValueError("RK131", f"缺：{name}", name=name, reason=reason)
        return found

    def within(self, wanted: Wanted, text: str) -> Wanted:
        """``wanted`` narrowed by what stands in brackets behind it: a scope, or else a period."""
        periods = self._scopes.get(self.indicator(wanted.name).id, {})
        if text not in periods and any(text in scopes for scopes in periods.values()):
            return replace(wanted, scope=text)
        if text in periods or _YEAR.search(text):
            return replace(wanted, period=text)
        return replace(wanted, scope=text)

    def scope_meant(self, name: str, period: str) -> str:
        """The scope that an id without any means."""
        try:
            return self._only_scope(self.indicator(name), period)
        except NoValueError:
            return ""

    def _only_scope(self, indicator: Indicator, period: str) -> str:
        """The scope that is meant where none is said: all, or the only one of an own indicator."""
        scopes = self._scopes.get(indicator.id, {}).get(period, {})
        if indicator.id not in self._own or "" in scopes or not scopes or indicator.formula:
            return ""
        if len(scopes) == 1:
            return next(iter(scopes))
        name, shown = indicator.id, "、".join(list(scopes)[:MOST_SCOPES])
        reason = (
            f"有 {len(scopes)} 个口径（{shown}），请写明是哪一个，如 {name}['{next(iter(scopes))}']"
        )
        raise NoValueError("RK131", f"缺：{name}", name=name, period=period, reason=reason)

    def find(self, wanted: Wanted) -> Fact:
        """The fact, or ``NoValueError``."""
        indicator = self.indicator(wanted.name)
        name, period = indicator.id, wanted.period or self.current
        scope = wanted.scope or self._only_scope(indicator, period)
        observed = self._observed.get((name, period, scope))
        self.used.add((name, period, scope))
        if observed is not None and observed.value is not None:
            unit = observed.unit or indicator.unit
            return Fact(indicator, period, scope, observed.value, unit)
        asked = replace(wanted, name=name, period=period)
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
        known = [each for each in self._scopes.get(name, {}).get(period, {}) if each]
        only = f"，只有口径 {'、'.join(known[:MOST_SCOPES])} 的" if known else ""
        return f"数据中没有{where}的数值{only}"


def bare(observation: Observation) -> Indicator:
    """The definition of an indicator that only the data name: what its first value says."""
    name, unit = observation.indicator, observation.unit
    return Indicator.model_construct(id=name, name=name, unit=unit, kind=kind_of(unit))


def _sheets(tables: Mapping[str, Rows]) -> dict[str, Sheet]:
    """The data files by the names that expressions use; a name that two bear is nobody's."""
    names = Counter(named(path) for path in tables)
    return {
        named(path): Sheet(path, rows) for path, rows in tables.items() if names[named(path)] == 1
    }


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name that is most like ``name``, or nothing."""
    from rapidfuzz import fuzz, process

    found = process.extractOne(name, list(known), scorer=fuzz.ratio, score_cutoff=LIKE)
    return str(found[0]) if found else ""


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
