"""Tables and charts made from indicators: this period beside the earlier ones.

A comparison table has the columns 指标, 单位, each period, 增长量 and 增长率（%）. Growth is
computed from the values as printed, so that readers can check it; rates change by 个百分点 and have
no growth rate. What is missing prints as a gap and is reported; where the data say why, as “—”.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from reportkit.model.blocks import Chart, Table
from reportkit.model.data import Indicator

from .context import Context
from .facts import Fact, NoValueError, Wanted, show, year_before
from .filters import change, growth_rate, points
from .grid import Cell, Rows
from .runs import GAP

MISSING = "—"
LACKING = f"{GAP}缺〕"
RATE_DECIMALS = 2
SHARE_DECIMALS = 1
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Computed:
    """The rows of a computed table, of which the first ``header`` are its header."""

    rows: Rows
    header: int = 1


def computed(context: Context, block: Table) -> Computed | None:
    """The body of a table that is made from the data, or None if the author wrote it."""
    if block.fill:
        return mandated(context, block)
    if not block.compare:
        return None
    return Computed(_FORMS[block.form](context, block))


def series(context: Context, block: Table) -> Rows:
    """The rows of a time series: a period a row, an indicator a column."""
    periods = _periods(context, block)
    indicators = [_indicator(context, block, name) for name in block.compare]
    columns = [[_fact(context, block, each, period) for period in periods] for each in indicators]
    units = [_unit(each, facts) for each, facts in zip(indicators, columns, strict=True)]
    head = [
        f"{each.name}（{unit}）" if unit else each.name
        for each, unit in zip(indicators, units, strict=True)
    ]
    rows = [["时期", *head]]
    for at, period in enumerate(periods):
        row = [
            _shown(context, block, each, period, column[at])
            for each, column in zip(indicators, columns, strict=True)
        ]
        rows.append([period_name(period), *row])
    return _cells(block, rows)


def breakdown(context: Context, block: Table) -> Rows:
    """The rows of a breakdown of the current (or last given) period: 数量, 占比 and 合计.

    Indicators that are part of another one above them stand as 其中 and are not added up.
    """
    period = _periods(context, block)[-1]
    indicators = [_indicator(context, block, name) for name in block.compare]
    facts = [_fact(context, block, each, period) for each in indicators]
    unit = next((fact.unit for fact in facts if fact), "")
    moved = [fact and _moved(context, block, fact, unit) for fact in facts]
    listed = {each.id for each in indicators}
    parts = [each.part_of in listed for each in indicators]
    whole: Decimal | None = sum(
        (Decimal(fact.text) for fact, part in zip(moved, parts, strict=True) if fact and not part),
        Decimal(0),
    )
    if any(fact is None and not part for fact, part in zip(moved, parts, strict=True)):
        whole = None
    rows = [["项目", f"数量（{unit}）" if unit else "数量", "占比（%）"]]
    for each, fact, part in zip(indicators, moved, parts, strict=True):
        name = f"其中：{each.name.removeprefix('其中：')}" if part else each.name
        rows.append([name, _shown(context, block, each, period, fact), _share(fact, whole)])
    rows.append(["合计", MISSING if whole is None else show(whole), "100" if whole else MISSING])
    return _cells(block, rows)


def mandated(context: Context, block: Table) -> Computed | None:
    """A table that the standard lays down, its blank cells filled from the data.

    The first blank cell of a row is the value; a further one is filled from the value with the
    column's heading as scope (调查人次), if there is one. A value that is missing shows its reason.
    """
    spec = next((each for each in context.standard.tables if each.id == block.fill), None)
    if spec is None or not spec.indicators:
        name = block.fill or ""
        reason = "规范没有这张表，或没有列出各行的指标"
        context.report("RK130", block.place_of("fill"), name, expression=name, reason=reason)
        return Computed(_cells(block, [[f"{GAP}缺：{name}〕"]]), 0)
    heads = spec.header[-1] if spec.header else ()
    period = (block.periods or (context.facts.current,))[-1]
    rows = [list(row) for row in spec.header]
    for row, name in zip(spec.rows, spec.indicators, strict=False):
        blanks = [at for at, text in enumerate(row) if not text]
        made = list(row)
        for at in blanks:
            scope = None if at == blanks[0] or at >= len(heads) else heads[at]
            made[at] = _filled(context, block, name, period, scope)
        rows.append(made)
    return Computed(_cells(block, rows), len(spec.header))


def _filled(context: Context, block: Table, name: str, period: str, scope: str | None) -> str:
    if not name:
        return MISSING
    if scope is not None:
        try:
            return context.facts.find(Wanted(name, period, scope)).text
        except NoValueError:
            return MISSING
    indicator = _indicator(context, block, name)
    fact = _fact(context, block, indicator, period, "fill")
    if fact is None:
        return context.facts.reason_missing(name, period, block.scope or "") or LACKING
    return fact.within(indicator.unit).text


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
        row += [
            _shown(context, block, indicator, period, fact)
            for period, fact in zip(periods, facts, strict=True)
        ]
        rows.append(row + (_growth(facts[-2], facts[-1]) if grows else []))
    return _cells(block, rows)


_FORMS = {"comparison": comparison, "series": series, "breakdown": breakdown}


def chart_rows(context: Context, block: Chart) -> Rows:
    """The rows of a chart of indicators: periods as categories if there are many, or one line.

    Otherwise the indicators are the categories, and each period is a series.
    """
    periods = _periods(context, block)
    indicators = [_indicator(context, block, name) for name in block.compare]
    names = [period_name(period) for period in periods]
    found = [[_fact(context, block, each, period) for period in periods] for each in indicators]
    texts = [
        [
            _shown(context, block, each, period, fact)
            for period, fact in zip(periods, facts, strict=True)
        ]
        for each, facts in zip(indicators, found, strict=True)
    ]
    if len(periods) > 2 or (len(indicators) == 1 and len(periods) > 1):
        rows = [["时期", *(each.name for each in indicators)]]
        rows += [
            [name, *values] for name, values in zip(names, zip(*texts, strict=True), strict=True)
        ]
    else:
        rows = [["指标", *names]]
        rows += [[each.name, *values] for each, values in zip(indicators, texts, strict=True)]
    return _cells(block, rows)


def _cells(block: Table | Chart, rows: list[list[str]]) -> Rows:
    return [[Cell(text, block.place, computed=True) for text in row] for row in rows]


def _shown(
    context: Context, block: Table | Chart, indicator: Indicator, period: str, fact: Fact | None
) -> str:
    """The value as it prints; “—” where the data say why there is none, otherwise a gap."""
    if fact is not None:
        return fact.text
    return MISSING if context.facts.excused(indicator.id, period, block.scope or "") else LACKING


def _unit(indicator: Indicator, facts: list[Fact | None]) -> str:
    return next((fact.unit for fact in facts if fact), indicator.unit)


def _moved(context: Context, block: Table, fact: Fact, unit: str) -> Fact | None:
    """The fact in the unit of the table; reported where that cannot be."""
    try:
        return fact.within(unit)
    except NoValueError as problem:
        name = fact.indicator.id
        problem.args_.setdefault("expression", name)
        context.report(problem.code, block.place_of("compare"), name, **problem.args_)
        return None


def _share(fact: Fact | None, whole: Decimal | None) -> str:
    if fact is None or not whole:
        return MISSING
    return show(Decimal(fact.text) / whole * 100, SHARE_DECIMALS)


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


def _fact(
    context: Context, block: Table | Chart, indicator: Indicator, period: str, part: str = "compare"
) -> Fact | None:
    """The fact, or None where there is none; reported unless the data or a finding say so."""
    scope = block.scope or ""
    if indicator.id not in context.facts.indicators:
        return None
    try:
        with context.using(block.place):
            return context.facts.find(Wanted(indicator.id, period, scope))
    except NoValueError as problem:
        if problem.code != "RK131":
            context.report(problem.code, block.place_of(part), indicator.id, **problem.args_)
        elif not context.facts.excused(indicator.id, period, scope):
            context.report(
                "RK136",
                block.place_of(part),
                indicator.id,
                name=indicator.name,
                id=indicator.id,
                period=period,
                scope=scope,
            )
        return None


def _growth(before: Fact | None, now: Fact | None) -> list[str]:
    """增长量 and 增长率 of two facts."""
    if before is None or now is None:
        return [MISSING, MISSING]
    try:
        difference: Decimal = change(now, before)
    except NoValueError:
        return [MISSING, MISSING]
    if now.is_rate:
        return [f"{show(difference)}{points(now)}", MISSING]
    rate = growth_rate(now, before, RATE_DECIMALS)
    return [show(difference), MISSING if rate is None else show(rate)]
