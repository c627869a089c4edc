"""The catalogue's indicators, wherever their values stand: in the data, or in the author's tables.

Values of one period and scope, or of one line of a table, form a *group*; what the catalogue says
of indicators (formula, part of, between) is true within a group, whatever its scope.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from reportkit.claims.grid import Grid, Line
from reportkit.claims.labels import Kind
from reportkit.composing.facts import Facts, NoValueError, Wanted, year_before
from reportkit.composing.pools import STATISTICS, is_pooled
from reportkit.composing.units import converted
from reportkit.composing.values import Values
from reportkit.model.base import Place
from reportkit.model.data import Dataset, Indicator, IndicatorKind, Observation
from reportkit.standards.titles import bare

if TYPE_CHECKING:
    from ..context import Context

_ID = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+")


@dataclass(frozen=True, slots=True)
class Item:
    """A value of an indicator, in the indicator's unit; ``shown`` is how it was written."""

    indicator: Indicator
    value: Decimal
    step: Decimal
    shown: str
    place: Place

    @property
    def low(self) -> Decimal:
        """The least that it may stand for."""
        return self.value - self.slack

    @property
    def high(self) -> Decimal:
        """The most that it may stand for."""
        return self.value + self.slack

    @property
    def slack(self) -> Decimal:
        """Half the last digit; a whole number is exact."""
        return Decimal(0) if self.step >= 1 and self.value % 1 == 0 else self.step / 2


@dataclass(slots=True)
class Group:
    """Values that belong together. ``period`` is empty where a table does not say it."""

    label: str
    period: str
    scope: str
    items: dict[str, Item] = field(default_factory=dict)
    table: bool = False
    topic: str = ""


def observed(context: Context) -> list[Group]:
    """The submission's own values, by period and scope; what does not fit its unit is left out.

    Values that were pooled belong together only if the same organisations gave them; medians and
    the like belong to nothing.
    """
    known = catalogue(context)
    groups: dict[tuple[str, str, frozenset[str]], Group] = {}
    for each in context.submission.data.observations:
        indicator = known.get(each.indicator) or Indicator(id=each.indicator, name=each.indicator)
        item = _item(indicator, each, context)
        if item is None or (is_pooled(each) and each.scope in STATISTICS):
            continue
        label = f"{each.period}，{each.scope}" if each.scope else each.period
        key = (each.period, each.scope, context.pools.who(each))
        group = groups.setdefault(key, Group(label, each.period, each.scope))
        group.items.setdefault(each.indicator, item)
    return list(groups.values())


def _item(indicator: Indicator, each: Observation, context: Context) -> Item | None:
    if each.value is None:
        return None
    unit = each.unit or indicator.unit
    value = converted(each.value, unit, indicator.unit) if indicator.unit else each.value
    if value is None:
        return None
    exponent = each.value.as_tuple().exponent
    step = Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)
    moved = converted(step, unit, indicator.unit) if indicator.unit else step
    return Item(
        indicator, value, abs(moved or step), f"{each.value:f}", observation_place(context, each)
    )


def observation_place(context: Context, each: Observation) -> Place:
    """Where the value of an observation stands."""
    return each.place_of("value") or context.place_in("data/indicators.csv")


def catalogue(context: Context) -> Mapping[str, Indicator]:
    """All indicators by id; the submission's own definitions come first."""
    standard = context.standard.indicators if context.has_standard else ()
    return {i.id: i for i in (*standard, *context.submission.metadata.indicators)}


def tabled(context: Context) -> Iterator[tuple[Grid, Group]]:
    """Values in the author's tables whose row or column bears the name of an indicator."""
    names = _names(context)
    for grid in context.grids:
        if grid.computed:
            continue
        for lines, across in ((grid.rows, grid.columns), (grid.columns, grid.rows)):
            matched = [(line, found) for line in lines if (found := names.get(_key(line.label)))]
            for at, other in enumerate(across):
                if other.kind is not Kind.CHANGE and (group := _group(matched, at, other)):
                    yield grid, group


def _group(matched: list[tuple[Line, Indicator]], at: int, other: Line) -> Group | None:
    years = other.name.years
    period = str(years[0]) if len(years) == 1 and years[0] > 0 else ""
    group = Group(other.label, period, "", table=True, topic=other.name.topic)
    for line, indicator in matched:
        cell = line.cells[at]
        if cell is None or cell.value is None or not cell.value.plain:
            continue
        if cell.value.pair:
            if indicator.kind is IndicatorKind.RATIO:
                item = Item(indicator, cell.value.value, cell.value.step, cell.text, cell.place)
                group.items.setdefault(indicator.id, item)
            continue
        unit = _per_head(cell.own_unit or cell.unit or indicator.unit, indicator.unit)
        value = converted(cell.value.shown, _written(cell.text, unit), indicator.unit)
        if value is None or line.kind is Kind.CHANGE:
            continue
        step = cell.value.step / cell.value.scale if cell.value.scale else cell.value.step
        group.items.setdefault(indicator.id, Item(indicator, value, step, cell.text, cell.place))
    return group if group.items else None


def _per_head(unit: str, wanted: str) -> str:
    """The unit of a value per head as the catalogue writes it: 万元 becomes 万元/生."""
    _, slash, head = wanted.partition("/")
    return f"{unit}/{head}" if slash and "/" not in unit else unit


def _written(text: str, unit: str) -> str:
    """The unit of a cell with the 万 or 亿 that stands in it."""
    for worth in ("亿", "万"):
        if worth in text and worth not in unit:
            return worth + unit
    return unit


def _names(context: Context) -> dict[str, Indicator]:
    """Indicators by their names; a name that two bear is nobody's."""
    names: dict[str, Indicator] = {}
    shared: set[str] = set()
    for indicator in catalogue(context).values():
        for name in (indicator.name, *indicator.aliases):
            key = _key(name)
            if key in names and names[key].id != indicator.id:
                shared.add(key)
            names.setdefault(key, indicator)
    return {key: found for key, found in names.items() if key not in shared and len(key) > 2}


def _key(label: str) -> str:
    text = bare(label.split("（单位")[0]).removeprefix("其中").strip("：: ")
    for opening, closing in (("（", "）"), ("(", ")")):
        if text.endswith(closing) and opening in text:
            inside = text[text.rindex(opening) + 1 : -1]
            if len(inside) <= 4:
                text = text[: text.rindex(opening)]
    return text


class Recomputed:
    """Formulas over the values of one group."""

    def __init__(self, context: Context, group: Group) -> None:
        self.context = context
        self.group = group
        self.period = group.period or "0"

    @cached_property
    def _values(self) -> Values:
        given = tuple(
            Observation(indicator=name, period=self.period, value=item.value)
            for name, item in self.group.items.items()
        )
        window = self.context.submission.metadata.data_period
        known = catalogue(self.context).values()
        return Values(Facts(Dataset(observations=given), known, window))

    def of(self, item: Item, formula: str) -> Decimal | None:
        """What a formula gives; None if it is for the reader or lacks a value."""
        needed = _ids(formula)
        if not needed or item.indicator.id in needed or not needed <= self.group.items.keys():
            return None
        try:
            asked = Wanted("", self.period, above=(item.indicator.id,))
            return self._values.computed(formula, asked)
        except NoValueError:
            return None

    def written(self, formula: str) -> str:
        """The formula with the numbers of the group in the place of ids."""
        text = _ID.sub(lambda found: f"{self.group.items[found[0]].value:f}", formula)
        return text.replace("*", "×").replace("/", "÷")

    def exact(self, formula: str) -> bool:
        """Whether all numbers of the formula are whole, so that it leaves nothing to rounding."""
        return all(self.group.items[name].slack == 0 for name in _ids(formula))


def _ids(formula: str) -> set[str]:
    return set(_ID.findall(formula))


def before(period: str) -> str | None:
    """The period a year earlier, if the period names a year."""
    try:
        return year_before(period)
    except NoValueError:
        return None
