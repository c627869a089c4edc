"""RK416 and RK417: shares against the counts that they come from, and against 100 per cent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ...claims.grid import Cell
from ...claims.quantity import Quantity
from ...model.base import Place
from ...model.diagnostic import Finding, Severity
from ...model.report import RChart
from ..context import Context
from ..ledger.arithmetic import Verdict, number, shown
from ..ledger.shares import HUNDRED, Share, shares, wholes
from ..registry import Basis, Needs, Source, rule

SHARES = Source(Basis.PRACTICE, "占比 = 部分 ÷ 总体 × 100%，各部分占比之和为 100%（每项允许 0.05）")
_TABLE = """
# 工作

## 服务

面向社区开展服务活动十二次，情况见 @tbl:visits。

::: table {{#tbl:visits caption="服务情况表"}}
| 对象 | 人数（人） | 占比（%） |
|---|---|---|
| 居民 | 120 | {first} |
| 职工 | 60 | {second} |
| 儿童 | 20 | 10.0 |
| 合计 | 200 | 100.0 |
:::
"""
_LONE = """
# 工作

## 服务

面向社区开展服务活动十二次，情况见 @tbl:visits。

::: table {{#tbl:visits caption="服务情况表"}}
| 对象 | 占比（%） |
|---|---|
| 居民 | {first} |
| 职工 | 30.0 |
| 儿童 | 10.0 |
| 合计 | 100.0 |
:::
"""


@rule(
    code="RK416",
    name="share-wrong",
    title="占比与数量不符",
    severity=Severity.ERROR,
    source=SHARES,
    why="占比由数量算出；同表其他各行相符，说明只是这一行错了。",
    message="“{subject}”的{label}为 {given}，按数量应为 {expected}%",
    expected="按数量计算：{part} ÷ {whole} × 100% = {expected}%",
    hint="核对数量和占比；按四舍五入保留相同的小数位数。",
    needs=(Needs.REPORT,),
    good=_TABLE.format(first="60.0", second="30.0"),
    bad=_TABLE.format(first="50.0", second="30.0"),
)
def share_wrong(context: Context) -> Iterator[Finding]:
    """A share that the counts do not give, where they give the other shares of its line."""
    for grid in context.grids:
        for share in shares(grid):
            if share.verdict in (Verdict.WRONG, Verdict.SIGN):
                near = share.cell.value is not None and share.expected.near(share.cell.value)
                yield _finding(share, Severity.WARNING if near else None)


def _finding(share: Share, severity: Severity | None) -> Finding:
    given = share.cell.value
    assert given is not None
    return Finding(
        code="RK416",
        place=share.cell.place,
        quote=share.cell.text,
        severity=severity,
        args={
            "subject": share.across.label,
            "label": share.line.label,
            "given": share.cell.text,
            "expected": shown(share.expected.value, given),
            "part": number(share.part),
            "whole": number(share.whole),
        },
    )


def cut_shares(context: Context) -> Iterator[Finding]:
    """RK413 for shares."""
    from .data_growth import cut

    for grid in context.grids:
        for share in shares(grid):
            if share.verdict is Verdict.CUT and share.cell.value is not None:
                formula = f"{number(share.part)} ÷ {number(share.whole)} × 100"
                subject, label = share.across.label, share.line.label
                yield cut(share.cell, subject, label, share.cell.value, share.expected, formula)


@rule(
    code="RK417",
    name="shares-not-whole",
    title="各项占比之和不是 100%",
    severity=Severity.WARNING,
    source=SHARES,
    why="构成一个整体的各项，占比之和应为 100%，四舍五入的误差每项不超过 0.05。",
    message="“{label}”各项之和为 {total}%，超出四舍五入的误差（±{slack}）",
    expected="各项之和应为 100% ± {slack}，现为 {formula} = {total}%",
    hint="核对各项占比；没有列全的，补“其他”一项。",
    needs=(Needs.REPORT,),
    good=_LONE.format(first="60.0"),
    bad=_LONE.format(first="59.0"),
)
def shares_not_whole(context: Context) -> Iterator[Finding]:
    """Shares of a table, or slices of a pie, that do not make up a whole; quiet beside RK416."""
    for grid in context.grids:
        told = {id(s.line) for s in shares(grid) if s.verdict is not Verdict.FINE}
        for found in wholes(grid):
            if id(found.line) in told:
                continue
            values = [cell.value for cell in found.cells if cell.value is not None]
            yield _whole(found.line.label, found.cells[0], values, found.total, found.slack)
    for chart in _pies(context):
        yield from _pie(chart)


def _whole(
    label: str, first: Cell, values: Sequence[Quantity], total: Decimal, slack: Decimal
) -> Finding:
    return Finding(
        code="RK417",
        place=first.place,
        quote=first.text,
        args={
            "label": label,
            "total": f"{total:f}",
            "slack": f"{slack.normalize():f}",
            "formula": " + ".join(number(value) for value in values[:15]),
        },
    )


def _pies(context: Context) -> Iterator[RChart]:
    for sheet in context.book.texts.sheets:
        if isinstance(sheet.block, RChart) and sheet.block.kind in ("pie", "ring"):
            yield sheet.block


def _pie(chart: RChart) -> Iterator[Finding]:
    if (chart.unit or "") not in ("%", "％") or len(chart.series) != 1:
        return
    values = [value for value in chart.series[0].values if value is not None]
    if len(values) != len(chart.series[0].values) or len(values) < 2:
        return
    steps = [Decimal(1).scaleb(min(0, int(value.as_tuple().exponent))) for value in values]
    summed, slack = sum(values, Decimal(0)), sum(steps, Decimal(0)) / 2
    if slack < abs(summed - HUNDRED) <= 5:
        yield Finding(
            code="RK417",
            place=chart.place or Place(),
            at=chart.caption.id or "",
            args={
                "label": chart.caption.text,
                "total": f"{summed:f}",
                "slack": f"{slack.normalize():f}",
                "formula": " + ".join(f"{value:f}" for value in values),
            },
        )
