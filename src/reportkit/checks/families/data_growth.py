"""RK411 to RK415: changes against an earlier period in tables."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ...claims.cells import with_unit
from ...claims.grid import Cell, Grid
from ...claims.labels import adds_up, is_growth
from ...claims.quantity import Quantity
from ...claims.units import Dimension, comparable
from ...model.diagnostic import Finding, Related, Severity
from ..context import Context
from ..ledger.arithmetic import Expected, Verdict, difference, growth, number, shown
from ..ledger.changes import Change, changes, periods
from ..registry import Basis, Needs, Source, rule

TABLES = Source(Basis.PRACTICE, "增长量 = 本期 − 上期，增长率 = 增长量 ÷ 上期，负数写明负号")
POINTS = Source(Basis.PRACTICE, "两个百分率之差以百分点计，不写作 %")
JUMP = Source(Basis.INFERRED, "较上年变动超过一半的数，多为小数点、单位或口径有误")
_FEW = Decimal(10)
_HALF = Decimal("50")
_TIMES = Decimal(5)
_TABLE = """
# 工作

## 服务

面向社区开展服务活动十二次，情况见 @tbl:visits。

::: table {{#tbl:visits caption="服务情况表"}}
| 项目 | 2022年 | 2023年 | {head} |
|---|---|---|---|
| 服务居民（人） | 320 | 344 | {cell} |
| 培训职工（人） | 80 | 90 | {other} |
:::
"""
_RATES = """
# 工作

## 服务

面向社区开展服务活动十二次，情况见 @tbl:visits。

::: table {{#tbl:visits caption="服务情况表"}}
| 项目 | 2022年 | 2023年 | 增减 |
|---|---|---|---|
| 居民满意率 | 92.5% | 94.3% | {cell} |
:::
"""


@rule(
    code="RK411",
    name="change-wrong",
    title="增长量与两期数不符",
    severity=Severity.ERROR,
    source=TABLES,
    why="增长量由两期数相减得到；不符时至少有一个数是错的。",
    message="“{subject}”的{label}为 {given}，按两期数应为 {expected}{sign}",
    expected="按两期数计算：{now} − {before} = {expected}",
    hint="核对两期的数和增长量；减少的写负数或“减少”。",
    needs=(Needs.REPORT,),
    good=_TABLE.format(head="增长量", cell="24", other="10"),
    bad=_TABLE.format(head="增长量", cell="42", other="10"),
)
def change_wrong(context: Context) -> Iterator[Finding]:
    """A difference of two periods that is not their difference."""
    for grid in context.grids:
        for change in changes(grid):
            given = _amount(change)
            if given is None or change.now.value is None or change.before.value is None:
                continue
            expected = _signless(difference(change.now.value, change.before.value), change, given)
            verdict = expected.judge(given)
            if verdict is not Verdict.FINE:
                yield _finding("RK411", grid, change, given, expected, verdict, rate=False)


@rule(
    code="RK412",
    name="growth-wrong",
    title="增长率与两期数不符",
    severity=Severity.ERROR,
    source=TABLES,
    why="增长率由两期数算出；不符时至少有一个数是错的，或用了另外的基数。",
    message="“{subject}”的{label}为 {given}，按两期数应为 {expected}%{sign}",
    expected="按两期数计算：({now} − {before}) ÷ {before} × 100% = {expected}%",
    hint="核对两期的数和增长率；下降的写负号。用了别的基数的，在表注中写明。",
    needs=(Needs.REPORT,),
    good=_TABLE.format(head="增长率（%）", cell="7.50", other="12.50"),
    bad=_TABLE.format(head="增长率（%）", cell="6.98", other="12.50"),
)
def growth_wrong(context: Context) -> Iterator[Finding]:
    """A rate of growth that the two periods do not give; what is only cut off is RK416's."""
    for grid in context.grids:
        judged = list(_judged(grid))
        for change, given, expected, verdict in judged:
            if verdict in (Verdict.SIGN, Verdict.WRONG):
                yield _finding("RK412", grid, change, given, expected, verdict, rate=True)
            elif verdict is Verdict.ROUNDING and _exact_else(judged, change):
                found = _finding("RK412", grid, change, given, expected, verdict, rate=True)
                yield found.model_copy(update={"severity": Severity.WARNING})


_Judged = tuple[Change, Quantity, Expected, Verdict]


def _judged(grid: Grid) -> Iterator[_Judged]:
    """The rates of growth of a table with what the two periods give."""
    for change in changes(grid):
        given, expected = _rate(change)
        if given is not None and expected is not None:
            yield change, given, expected, expected.judge(given)


def _exact_else(judged: list[_Judged], change: Change) -> bool:
    """Whether all other rates of the line come from the printed numbers, rounded as these are.

    Then the author computed them from what is printed, and one that does not is wrong.
    """
    others = [each for each in judged if each[0].line is change.line and each[0] is not change]
    open_ = [each for each in others if each[2].high - each[2].low > each[1].step]
    return len(open_) > 1 and all(verdict is Verdict.FINE for *_, verdict in others)


@rule(
    code="RK413",
    name="rounding-cut",
    title="似为截断而非四舍五入",
    severity=Severity.INFO,
    source=Source(Basis.CLAUSE, "GB/T 8170 数值修约规则；年报数据四舍五入"),
    why="直接去掉后面的数字，会使比率偏小，各项之和不足 100%。",
    message="“{subject}”的{label}为 {given}，四舍五入应为 {rounded}",
    expected="{formula} = {expected}，四舍五入为 {rounded}",
    hint="按四舍五入改正最后一位。",
    needs=(Needs.REPORT,),
    good=_TABLE.format(head="增长率（%）", cell="7.5", other="12.5"),
    bad="""
# 工作

## 服务

面向社区开展服务活动十二次，情况见 @tbl:visits。

::: table {#tbl:visits caption="服务情况表"}
| 项目 | 2022年 | 2023年 | 增长率（%） |
|---|---|---|---|
| 服务居民（人） | 300 | 317 | 5.6 |
| 培训职工（人） | 80 | 90 | 12.5 |
:::
""",
)
def rounding_cut(context: Context) -> Iterator[Finding]:
    """A rate of growth or a share whose digits were cut off."""
    from .data_shares import cut_shares

    for grid in context.grids:
        for change in changes(grid):
            given, expected = _rate(change)
            if given is None or expected is None or expected.judge(given) is not Verdict.CUT:
                continue
            now, before = change.now.value, change.before.value
            assert now is not None
            assert before is not None
            formula = f"({number(now)} − {number(before)}) ÷ {number(before)} × 100"
            yield cut(change.cell, change.subject, change.line.label, given, expected, formula)
    yield from cut_shares(context)


def cut(
    cell: Cell, subject: str, label: str, given: Quantity, expected: Expected, formula: str
) -> Finding:
    """A number whose digits were cut off instead of rounded."""
    from ..ledger.arithmetic import shown_as

    return Finding(
        code="RK413",
        place=cell.place,
        quote=cell.text,
        args={
            "subject": subject,
            "label": label,
            "given": cell.text,
            "expected": shown(expected.value, given),
            "rounded": f"{shown_as(expected.value, given) / given.scale:f}",
            "formula": formula,
        },
    )


@rule(
    code="RK414",
    name="points-as-percent",
    title="百分率之差应写百分点",
    severity=Severity.WARNING,
    source=POINTS,
    why="从 92.5% 到 94.3% 是提高 1.8 个百分点，不是增长 1.8%。",
    message="“{subject}”两期都是百分率，相差 {points} 个百分点，不应写作 {given}",
    expected="{now} − {before} = {points} 个百分点",
    hint="改写为“{points} 个百分点”，或在表头写明“（百分点）”。",
    needs=(Needs.REPORT,),
    good=_RATES.format(cell="1.8个百分点"),
    bad=_RATES.format(cell="1.8%"),
)
def points_as_percent(context: Context) -> Iterator[Finding]:
    """The difference of two rates with a per cent sign."""
    for grid in context.grids:
        for change in changes(grid):
            given, now, before = change.cell.value, change.now.value, change.before.value
            if given is None or now is None or before is None or not change.cell.percent:
                continue
            if {now.dimension, before.dimension} != {Dimension.PERCENT}:
                continue
            points, relative = difference(now, before), growth(now, before)
            if points.judge(given) is Verdict.FINE and not (
                relative and relative.judge(given) is Verdict.FINE
            ):
                yield Finding(
                    code="RK414",
                    place=change.cell.place,
                    quote=change.cell.text,
                    args={
                        "subject": change.subject,
                        "given": change.cell.text,
                        "points": number(given),
                        "now": change.now.text,
                        "before": change.before.text,
                    },
                )


@rule(
    code="RK415",
    name="jump",
    title="比上年变动超过一半",
    severity=Severity.WARNING,
    source=JUMP,
    why="变动过大的数，往往是小数点、单位或统计口径有误。",
    message="“{subject}”由 {before} 变为 {now}，变动 {rate}%",
    expected="（{now} − {before}）÷ {before} = {rate}%；变动不超过一半，或说明原因",
    hint="核对两期的数、单位和口径；确实如此的，在 report.yaml 的 explanations 中说明原因。",
    needs=(Needs.SUBMISSION, Needs.REPORT),
    good="""
=== data/indicators.csv
indicator,period,value
staff.total,2023,50
staff.total,2022,48
""",
    bad="""
=== data/indicators.csv
indicator,period,value
staff.total,2023,50
staff.total,2022,480
""",
)
def jump(context: Context) -> Iterator[Finding]:
    """A value that changed by more than half: in the data, or in a table of two periods.

    What the author wrote into a table may have another scope each year: info below five times.
    """
    from .data_facts import jumps

    yield from jumps(context)
    for grid in context.grids:
        if grid.computed:
            continue
        for now, before, across in periods(grid):
            for new, old, other in zip(now.cells, before.cells, across, strict=True):
                if new is None or old is None or not adds_up(f"{other.label} {now.name.topic}"):
                    continue
                if new.value is None or old.value is None or other.kind.value == "change":
                    continue
                if rate := leap(new.value, old.value):
                    subject = " ".join(filter(None, (other.label, now.name.topic)))
                    yield Finding(
                        code="RK415",
                        place=new.place,
                        quote=new.text,
                        severity=None if _shifted(new.value, old.value) else Severity.INFO,
                        args={
                            "subject": subject,
                            "now": new.text,
                            "before": old.text,
                            "rate": rate,
                        },
                        related=(Related(place=old.place, quote=old.text),),
                    )


def leap(now: Quantity, before: Quantity) -> str:
    """The change in per cent if it is more than half and not of a few; otherwise nothing."""
    few = min(abs(now.shown), abs(before.shown)) < _FEW
    if few and max(abs(now.shown), abs(before.shown)) < _FEW * 5:
        return ""
    if before.value <= 0 or not comparable(now.unit, before.unit):
        return ""
    if now.dimension in (Dimension.PERCENT, Dimension.POINTS, Dimension.RATIO):
        return ""
    rate = (now.value - before.value) / before.value * 100
    return f"{rate.quantize(Decimal('0.1')):f}" if abs(rate) > _HALF else ""


def _shifted(now: Quantity, before: Quantity) -> bool:
    """Whether a change is so large that a decimal point or a unit is likely to be wrong."""
    ratio = now.value / before.value
    return ratio >= _TIMES or ratio * _TIMES <= 1


def _is_rate(change: Change) -> bool:
    cell = change.cell
    assert cell.value is not None
    if cell.value.unit:
        return cell.percent
    return is_growth(change.line.label)


def _rates(change: Change) -> bool:
    """Whether the two periods are themselves rates."""
    assert change.now.value is not None
    return change.now.value.dimension in (Dimension.PERCENT, Dimension.RATIO)


def _comparable(change: Change) -> bool:
    now, before = change.now.value, change.before.value
    return now is not None and before is not None and now.unit == before.unit


def _amount(change: Change) -> Quantity | None:
    """The amount of change that a cell tells, in the unit of the two periods."""
    given = change.cell.value
    if given is None or not _comparable(change) or _is_rate(change) or not given.plain:
        return None
    points = given.dimension is Dimension.POINTS
    if _rates(change):
        return given if points or not given.unit else None
    if points or given.dimension is Dimension.TIMES:
        return None
    return given if given.unit else with_unit(given, change.before.unit)


def _rate(change: Change) -> tuple[Quantity | None, Expected | None]:
    given = change.cell.value
    if given is None or not _comparable(change) or not _is_rate(change) or _rates(change):
        return None, None
    assert change.now.value is not None
    assert change.before.value is not None
    expected = growth(change.now.value, change.before.value)
    if expected is None or not given.plain:
        return None, None
    return given, _signless(expected, change, given)


def _signless(expected: Expected, change: Change, given: Quantity) -> Expected:
    """Where the label itself says 减少 or 降幅, the number stands without a sign."""
    falls = any(word in change.line.label for word in ("减少", "下降", "降幅", "降低"))
    rises = any(word in change.line.label for word in ("增加", "增长", "增幅", "提高"))
    if falls and not rises and given.value >= 0:
        return Expected(-expected.value, -expected.high, -expected.low)
    return expected


def _finding(
    code: str,
    grid: Grid,
    change: Change,
    given: Quantity,
    expected: Expected,
    verdict: Verdict,
    *,
    rate: bool,
) -> Finding:
    now, before = change.now, change.before
    assert now.value is not None
    assert before.value is not None
    slight = verdict in (Verdict.ROUNDING, Verdict.CUT)
    return Finding(
        code=code,
        place=change.cell.place,
        quote=change.cell.text,
        severity=Severity.INFO if slight else None,
        args={
            "subject": change.subject or grid.caption,
            "label": change.line.label if len(change.line.label) < 20 else "变化",
            "given": change.cell.text,
            "expected": shown(expected.value, given),
            "now": _written(now.value),
            "before": _written(before.value),
            "sign": "，正负号相反" if verdict is Verdict.SIGN else "",
        },
        related=(
            Related(place=now.place, quote=now.text),
            Related(place=before.place, quote=before.text),
        ),
    )


def _written(quantity: Quantity) -> str:
    return number(quantity) if quantity.shown >= 0 else f"（{number(quantity)}）"
