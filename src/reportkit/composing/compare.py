"""Tables and charts made from indicators: this period beside the earlier ones.

A comparison table has the columns 指标, 单位, each period, 增长量 and 增长率（%）. Growth is
computed from the values as printed, so that readers can check it; rates change by 个百分点 and have
no growth rate. What is missing prints as “—” and is reported, unless the data say why.
"""

import re
from decimal import Decimal

from reportkit.model.blocks import Chart, Table
from reportkit.model.data import Indicator

from .context import Context
from .facts import Fact, NoValueError, Wanted, show, year_before
from .filters import change, growth_rate, points
from .grid import Cell, Rows

MISSING = "—"
RATE_DECIMALS = 2
_YEAR = re.compile(r"(?:19|20)\d\d")


def comparison(context: Context, block: Table) -> Rows:
    """The rows of a comparison table, the header first."""
    periods = _periods(context, block)
    names = ["指标", "单位", *(period_name(each) for each in periods)]
    grows = len(periods) > 1
    rows = [names + (["增长量", "增长率（%）"] if grows else [])]
    for name in block.compare:
        indicator = _indicator(context, block, name)
        facts = [_fact(context, block, indicator, period) for period in periods]
        unit = next((fact.unit for fact in facts if fact), indicator.unit)
        row = [indicator.name, unit or MISSING]
        row += [fact.text if fact else MISSING for fact in facts]
        rows.append(row + (_growth(facts[-2], facts[-1]) if grows else []))
    return [[Cell(text, block.place, computed=True) for text in row] for row in rows]


def chart_rows(context: Context, block: Chart) -> Rows:
    """The rows of a chart of indicators: periods as categories if there are many, or one line.

    Otherwise the indicators are the categories, and each period is a series.
    """
    periods = _periods(context, block)
    indicators = [_indicator(context, block, name) for name in block.compare]
    names = [period_name(period) for period in periods]
    found = [[_fact(context, block, each, period) for period in periods] for each in indicators]
    texts = [[fact.text if fact else MISSING for fact in facts] for facts in found]
    if len(periods) > 2 or (len(indicators) == 1 and len(periods) > 1):
        rows = [["时期", *(each.name for each in indicators)]]
        rows += [
            [name, *values] for name, values in zip(names, zip(*texts, strict=True), strict=True)
        ]
    else:
        rows = [["指标", *names]]
        rows += [[each.name, *values] for each, values in zip(indicators, texts, strict=True)]
    return [[Cell(text, block.place, computed=True) for text in row] for row in rows]


def period_name(period: str) -> str:
    """A period as a column is headed: 2022 → 2022年; others as written."""
    return f"{period}年" if _YEAR.fullmatch(period) else period


def _periods(context: Context, block: Table | Chart) -> tuple[str, ...]:
    if block.periods:
        return block.periods
    current = context.facts.current
    try:
        return (year_before(current), current)
    except NoValueError:
        return (current,)


def _indicator(context: Context, block: Table | Chart, name: str) -> Indicator:
    try:
        return context.facts.indicator(name)
    except NoValueError:
        context.report("RK133", block.place_of("compare"), name, name=name)
        return Indicator.model_construct(id=name, name=name, unit="")


def _fact(context: Context, block: Table | Chart, indicator: Indicator, period: str) -> Fact | None:
    """The fact, or None where there is none; reported unless the data or a finding say so."""
    scope = block.scope or ""
    if indicator.id not in context.facts.indicators:
        return None
    try:
        return context.facts.find(Wanted(indicator.id, period, scope))
    except NoValueError as problem:
        if problem.code != "RK131":
            context.report(problem.code, block.place_of("compare"), indicator.id, **problem.args_)
        elif not context.facts.excused(indicator.id, period, scope):
            context.report(
                "RK136",
                block.place_of("compare"),
                indicator.id,
                name=indicator.name,
                id=indicator.id,
                period=period,
                scope=scope,
            )
        return None


def _growth(before: Fact | None, now: Fact | None) -> list[str]:
    """增长量 and 增长率 of two facts."""
    if before is None or now is None or before.unit != now.unit:
        return [MISSING, MISSING]
    difference: Decimal = change(now, before)
    if now.is_rate:
        return [f"{show(difference)}{points(now)}", MISSING]
    rate = growth_rate(now, before, RATE_DECIMALS)
    return [show(difference), MISSING if rate is None else show(rate)]
