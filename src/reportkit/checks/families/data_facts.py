"""RK401 to RK404, RK142: the values of indicators, in the data and in tables by their names."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from ...claims.ratios import turned_in_table
from ...composing.units import absurd, factor
from ...model.base import Place
from ...model.data import IndicatorKind
from ...model.diagnostic import Finding, Related, Severity
from ..context import Context
from ..ledger.indicators import (
    Group,
    Item,
    Recomputed,
    before,
    catalogue,
    observation_place,
    observed,
)
from ..registry import Basis, Needs, Source, emitted, rule

CATALOGUE = Source(Basis.STANDARD, "指标目录中的单位、范围、公式和相互关系")
_NEEDS = (Needs.SUBMISSION, Needs.STANDARD)
_TABLES = (*_NEEDS, Needs.REPORT)
_FINE = """
=== data/indicators.csv
indicator,period,value
staff.total,2023,50
staff.total,2022,48
"""
_OWN = """
=== report.yaml
indicators:
{definitions}
=== data/indicators.csv
indicator,period,value,unit
staff.total,2023,50,
{rows}
"""


def _own(*definitions: str, rows: str) -> str:
    lines = "\n".join(f"  - {{{each}}}" for each in definitions)
    return _OWN.format(definitions=lines, rows=rows)


_RATE = 'id: visits.rate, name: 到访率, unit: "%", kind: rate, minimum: 0, maximum: 100'
_SUM = "id: visits.total, name: 服务次数, unit: 次, formula: visits.first + visits.second"

emitted(
    code="RK142",
    name="previous-unusable",
    title="上年报送件用不了",
    severity=Severity.WARNING,
    source=Source(Basis.FORMAT, "report.yaml 的 previous：另一份报送件的相对路径"),
    why="读不到上年数据，与上年的比较就算不出来，也无从核对。",
    message="上年报送件“{path}”用不了：{reason}",
    expected="另一份报送件的文件夹或 JSON 文档的相对路径，如 ../2022/示例单位",
    hint="改正路径；没有上年报送件的，去掉 previous。",
    good=_FINE,
    bad="""
=== report.yaml
previous: ../../nowhere/2022
""",
)


@rule(
    code="RK401",
    name="value-out-of-range",
    title="指标值超出范围",
    severity=Severity.ERROR,
    source=CATALOGUE,
    why="超出范围的值不可能是真的，多为单位或小数点有误。",
    message="{name}（{label}）为 {given}，超出范围",
    expected="应当{range}",
    hint="核对数值和单位。",
    needs=_TABLES,
    good=_own(_RATE, rows="visits.rate,2023,95.5,"),
    bad=_own(_RATE, rows="visits.rate,2023,955,"),
)
def value_out_of_range(context: Context) -> Iterator[Finding]:
    """A value beyond the bounds of its indicator; in tables only what RK434 does not tell."""
    for group in context.groups:
        for item in group.items.values():
            low, high = item.indicator.minimum, item.indicator.maximum
            over = high is not None and item.low > high
            if over or (low is not None and item.high < low):
                if group.table and item.indicator.kind is IndicatorKind.RATE:
                    continue
                least = f"不小于 {low}" if low is not None else ""
                most = f"不大于 {high}" if high is not None else ""
                bounds = "，".join(filter(None, (least, most)))
                yield _finding("RK401", group, item, range=bounds)


@rule(
    code="RK402",
    name="unit-unfit",
    title="单位与指标不符",
    severity=Severity.ERROR,
    source=CATALOGUE,
    why="单位不能换算的值无法比较和汇总。",
    message="{name}的单位是“{unit}”，填的是“{given}”",
    expected="单位“{unit}”，或可以换算的单位（加 万、亿 等）",
    hint="改正单位；不填单位时按指标的单位。",
    needs=_NEEDS,
    good=_own("id: visits.cost, name: 经费, unit: 万元", rows="visits.cost,2023,0.0012,亿元"),
    bad=_own("id: visits.cost, name: 经费, unit: 万元", rows="visits.cost,2023,12,人"),
)
def unit_unfit(context: Context) -> Iterator[Finding]:
    """An observation in a unit that cannot be turned into its indicator's."""
    known = catalogue(context)
    for each in context.submission.data.observations:
        indicator = known.get(each.indicator)
        if indicator is None or not each.unit or not indicator.unit:
            continue
        if factor(each.unit, indicator.unit) is None:
            args = {"name": indicator.name, "unit": indicator.unit, "given": each.unit}
            place = each.place_of("unit") or observation_place(context, each)
            yield Finding(code="RK402", place=place, quote=each.unit, at=each.indicator, args=args)


@rule(
    code="RK403",
    name="formula-disagrees",
    title="指标值与公式不符",
    severity=Severity.ERROR,
    source=CATALOGUE,
    why="率、比和生均值由别的指标算出；不符时至少有一个数是错的。",
    message="{name}（{label}）为 {given}，按公式应为 {computed}",
    expected="按公式计算：{formula} = {computed}（四舍五入）",
    hint="核对各数；分母另有口径的，在 report.yaml 的 indicators 中用 alternatives 写明算式。",
    needs=_TABLES,
    good=_own(
        "id: visits.first, name: 上半年",
        "id: visits.second, name: 下半年",
        _SUM,
        rows="visits.first,2023,5,\nvisits.second,2023,7,\nvisits.total,2023,12,",
    ),
    bad=_own(
        "id: visits.first, name: 上半年",
        "id: visits.second, name: 下半年",
        _SUM,
        rows="visits.first,2023,5,\nvisits.second,2023,7,\nvisits.total,2023,13,",
    ),
)
def formula_disagrees(context: Context) -> Iterator[Finding]:
    """A given value that neither its formula nor an accepted alternative gives.

    Warning where the formula leaves the denominator open, info where only digits were cut off.
    """
    for group in context.groups:
        work = Recomputed(context, group)
        for item in group.items.values():
            formulas = (item.indicator.formula, *item.indicator.alternatives)
            tried = [(f, v) for f in formulas if f and (v := work.of(item, f)) is not None]
            if not tried or any(_agrees(item, value) for _, value in tried):
                continue
            if any(reversed_ratio(item, value) for _, value in tried):
                continue
            formula, value = min(tried, key=lambda each: abs(each[1] - item.value))
            if not work.exact(formula) and abs(value - item.value) <= item.step * 2:
                continue
            yield _finding(
                "RK403",
                group,
                item,
                severity=_doubt(item, value),
                computed=_like(value, item),
                formula=work.written(formula),
            )


@rule(
    code="RK410",
    name="ratio-reversed",
    title="比的方向写反",
    severity=Severity.ERROR,
    source=CATALOGUE,
    why="12.5:1 写成 1:12.5，意思完全相反。",
    message="{name}（{label}）写作 {given}，按{by}应为 {computed}，似为前后写反",
    expected="{formula}，写作 {computed}{direction:（%s）}",
    hint="把比的前后两项对调，或改正指标值。",
    needs=_TABLES,
    good=_own(
        "id: visits.all, name: 参加人数",
        "id: visits.pair, name: 每场人数比, unit: ':1', kind: ratio, decimals: 1, "
        "formula: visits.all / staff.total",
        rows="visits.all,2023,600,\nvisits.pair,2023,12.0,",
    ),
    bad=_own(
        "id: visits.all, name: 参加人数",
        "id: visits.pair, name: 每场人数比, unit: ':1', kind: ratio, decimals: 1, "
        "formula: visits.all / staff.total",
        rows="visits.all,2023,600,\nvisits.pair,2023,0.083,",
    ),
)
def ratio_reversed(context: Context) -> Iterator[Finding]:
    """A ratio that is the inverse of what its formula gives, or of what its label says."""
    told: set[tuple[object, ...]] = set()
    for finding in _reversed_by_formula(context):
        told.add(_spot(finding.place, finding.quote))
        yield finding
    for grid in context.grids:
        for found in turned_in_table(grid):
            if _spot(found.cell.place, found.cell.text) in told or found.cell.value is None:
                continue
            left, right = found.cell.value.pair or (0, 0)
            yield Finding(
                code="RK410",
                place=found.cell.place,
                quote=found.cell.text,
                args={
                    "name": found.label,
                    "label": "表中",
                    "given": found.cell.text,
                    "by": "名称",
                    "computed": f"{right}:{left}",
                    "formula": f"“{found.label}”是{found.first}与{found.second}之比",
                },
            )


def _spot(place: Place, quote: str) -> tuple[object, ...]:
    return place.line, place.column, place.cell, quote


def _reversed_by_formula(context: Context) -> Iterator[Finding]:
    for group in context.groups:
        work = Recomputed(context, group)
        for item in group.items.values():
            for formula in filter(None, (item.indicator.formula, *item.indicator.alternatives)):
                value = work.of(item, formula)
                if value is not None and reversed_ratio(item, value):
                    yield _finding(
                        "RK410",
                        group,
                        item,
                        by="两数",
                        computed=f"{value.quantize(Decimal('0.01')).normalize():f}:1",
                        formula=work.written(formula),
                        direction=item.indicator.direction,
                    )
                    break


def reversed_ratio(item: Item, value: Decimal) -> bool:
    """Whether a ratio is the other way round than computed, and not near 1:1."""
    if item.indicator.kind is not IndicatorKind.RATIO or value <= 0 or item.value <= 0:
        return False
    near = abs(item.value * value - 1) <= Decimal("0.05")
    return near and not Decimal("0.8") < value < Decimal("1.25")


def _agrees(item: Item, value: Decimal) -> bool:
    return _rounded(value, item.step) == item.value or abs(value - item.value) < Decimal("1e-12")


def _doubt(item: Item, value: Decimal) -> Severity | None:
    if _rounded(value, item.step, ROUND_DOWN) == item.value:
        return Severity.INFO
    return Severity.WARNING if item.indicator.alternatives else None


def _rounded(value: Decimal, step: Decimal, rounding: str = ROUND_HALF_UP) -> Decimal:
    return (value / step).quantize(Decimal(1), rounding=rounding) * step


def _like(value: Decimal, item: Item) -> str:
    finer = item.step / 10 if item.step <= 1 else Decimal(1)
    return f"{_rounded(value, finer).normalize():f}"


@rule(
    code="RK404",
    name="magnitude-absurd",
    title="数量级不合理",
    severity=Severity.ERROR,
    source=Source(Basis.INFERRED, "各期数值相差上百倍，或超过全国总量，必是单位或小数点有误"),
    why="差了几个数量级的数会毁掉整个汇总。",
    message="{name}（{label}）为 {given}{unit}，{reason}",
    expected="与其他各期同一数量级",
    hint="核对单位（元、万元、亿元）和小数点。",
    needs=_NEEDS,
    good=_FINE,
    bad=_own(
        "id: visits.cost, name: 经费, unit: 元",
        rows="visits.cost,2023,990000000000000,",
    ),
)
def magnitude_absurd(context: Context) -> Iterator[Finding]:
    """More than there can be, or a hundred times as much as in the year before."""
    groups = observed(context)
    for group in groups:
        for item in group.items.values():
            old = _last_year(groups, group, item)
            if absurd(item.value, item.indicator.unit):
                reason = "超过全国的总量"
            elif old is not None and old.value > 0 and _hundredfold(item, old):
                reason = f"上年是 {old.shown}，相差上百倍"
            else:
                continue
            yield _finding("RK404", group, item, unit=item.indicator.unit, reason=reason)


def _hundredfold(item: Item, old: Item) -> bool:
    ratio = item.value / old.value
    large = max(item.value, old.value) >= 100
    return large and (ratio >= 90 or 0 < ratio * 90 <= 1)


def jumps(context: Context) -> Iterator[Finding]:
    """RK415 for the data: more than half against last year, and not of a few."""
    groups = observed(context)
    for group in groups:
        for item in group.items.values():
            old = _last_year(groups, group, item)
            kind = item.indicator.kind
            if old is None or old.value <= 0 or kind in (IndicatorKind.RATE, IndicatorKind.RATIO):
                continue
            rate = (item.value - old.value) / old.value * 100
            few = max(item.value, old.value) < 50 and min(item.value, old.value) < 10
            if abs(rate) <= 50 or few or _hundredfold(item, old):
                continue
            yield Finding(
                code="RK415",
                place=item.place,
                quote=item.shown,
                at=item.indicator.id,
                args={
                    "subject": item.indicator.name,
                    "now": item.shown,
                    "before": old.shown,
                    "rate": f"{rate.quantize(Decimal('0.1')):f}",
                },
                related=(Related(place=old.place, quote=old.shown),),
            )


def _last_year(groups: list[Group], group: Group, item: Item) -> Item | None:
    earlier = before(group.period)
    for other in groups:
        if other.period == earlier and other.scope == group.scope:
            return other.items.get(item.indicator.id)
    return None


def means(context: Context) -> Iterator[Finding]:
    """RK423 by the catalogue: the whole of ``mean_of`` outside the range of its parts."""
    for group in context.groups:
        for item in group.items.values():
            members = [group.items[m] for m in item.indicator.mean_of if m in group.items]
            if len(members) < 2:
                continue
            ordered = sorted(members, key=lambda each: each.value)
            if ordered[0].low <= item.high and item.low <= ordered[-1].high:
                continue
            yield Finding(
                code="RK423",
                place=item.place,
                quote=item.shown,
                at="" if group.table else item.indicator.id,
                args={
                    "line": item.indicator.name,
                    "across": group.label,
                    "given": item.shown,
                    "low": ordered[0].shown,
                    "high": ordered[-1].shown,
                },
            )


def wholes(context: Context) -> Iterator[Finding]:
    """RK422 by the catalogue: an indicator above the one that it is a part of."""
    for group in context.groups:
        for item in group.items.values():
            whole = group.items.get(item.indicator.part_of or "")
            if whole is None or item.low <= whole.high:
                continue
            yield Finding(
                code="RK422",
                place=item.place,
                quote=item.shown,
                at="" if group.table else item.indicator.id,
                args={
                    "part": item.indicator.name,
                    "whole": whole.indicator.name,
                    "across": group.label,
                    "given": item.shown,
                    "of": whole.shown,
                },
                related=(Related(place=whole.place, quote=whole.shown),),
            )


def _finding(
    code: str, group: Group, item: Item, severity: Severity | None = None, **args: object
) -> Finding:
    return Finding(
        code=code,
        place=item.place,
        quote=item.shown,
        at="" if group.table else item.indicator.id,
        severity=severity,
        args={"name": item.indicator.name, "label": group.label, "given": item.shown, **args},
    )
