"""RK421 to RK424: totals, parts and values between them in tables."""

from __future__ import annotations

from collections.abc import Iterator

from ...claims.grid import Grid, Line
from ...claims.labels import Kind, is_rate, named
from ...claims.units import Dimension, comparable
from ...model.diagnostic import Finding, Related, Severity
from ..context import Context
from ..ledger.arithmetic import Verdict, number, shown
from ..ledger.sums import Part, Sum, parts, wrong_sums
from ..registry import Basis, Needs, Source, rule

TOTALS = Source(Basis.PRACTICE, "合计、总计、小计等于各项之和")
PARTS = Source(Basis.PRACTICE, "“其中”各项是上一项的一部分")
_MOST_SHOWN = 12
_TABLE = """
# 工作

## 服务

面向社区开展服务活动十二次，情况见 @tbl:visits。

::: table {{#tbl:visits caption="服务情况表" unit="人"}}
{rows}
:::
"""


def _rows(total: str, part: str = "78") -> str:
    return f"""| 项目 | 2022年 | 2023年 |
|---|---|---|
| 社区居民 | 320 | 344 |
| 企业职工 | 80 | 90 |
| 其中：青年职工 | 75 | {part} |
| 合计 | 400 | {total} |"""


@rule(
    code="RK421",
    name="total-wrong",
    title="合计不等于各项之和",
    severity=Severity.ERROR,
    source=TOTALS,
    why="读者首先核对合计；不符时不知是哪一个数错了。",
    message="“{line}”{across:（%s）}为 {given}，各项之和为 {expected}，相差 {difference}",
    expected="各项之和：{formula} = {expected}",
    hint="核对各项和合计；有未列出的项目的，补一行“其他”；有重复计算的，在表注中写明。",
    needs=(Needs.REPORT,),
    good=_TABLE.format(rows=_rows("434")),
    bad=_TABLE.format(rows=_rows("443")),
)
def total_wrong(context: Context) -> Iterator[Finding]:
    """A total or subtotal, in rows or columns, that no reading of the table adds up to."""
    for grid in context.grids:
        for found in wrong_sums(grid):
            yield _sum_finding(found)


def _sum_finding(found: Sum) -> Finding:
    given = found.cell.value
    assert given is not None
    values = [cell.value for cell in found.parts if cell.value is not None]
    terms = [number(value) for value in values[:_MOST_SHOWN]]
    more = ["…"] if len(values) > _MOST_SHOWN else []
    slight = found.verdict in (Verdict.ROUNDING, Verdict.CUT)
    severity = Severity.INFO if slight else None if found.sure else Severity.WARNING
    return Finding(
        code="RK421",
        place=found.cell.place,
        quote=found.cell.text,
        severity=severity,
        args={
            "line": found.line.label,
            "across": found.across.label,
            "given": found.cell.text,
            "expected": shown(found.expected.value, given),
            "difference": shown(abs(found.expected.value - given.value), given),
            "formula": " + ".join([*terms, *more]),
        },
        related=tuple(Related(place=cell.place, quote=cell.text) for cell in found.parts[:20]),
    )


@rule(
    code="RK422",
    name="part-above-whole",
    title="其中项大于所属的总项",
    severity=Severity.ERROR,
    source=PARTS,
    why="部分不会大于整体；多为填错了行，或两项口径不同。",
    message="“{part}”{across:（%s）}为 {given}，大于“{whole}”的 {of}",
    expected="不大于 {of}",
    hint="核对这两个数；不是上一项的一部分的，去掉“其中”。",
    needs=(Needs.REPORT,),
    good=_TABLE.format(rows=_rows("434")),
    bad=_TABLE.format(rows=_rows("434", part="109")),
)
def part_above_whole(context: Context) -> Iterator[Finding]:
    """A 其中 line above its whole, or an indicator above the one that it is a part of."""
    from .data_facts import wholes

    told = set()
    for finding in wholes(context):
        told.add((finding.place.line, finding.place.cell, finding.quote))
        yield finding
    for grid in context.grids:
        for found in parts(grid):
            one, other = found.cell.value, found.whole.value
            if one is None or other is None or not comparable(one.unit, other.unit):
                continue
            if one.dimension in (Dimension.PERCENT, Dimension.RATIO) or one.low <= other.high:
                continue
            place = found.cell.place
            if not _same_things(found) or (place.line, place.cell, found.cell.text) in told:
                continue
            yield Finding(
                code="RK422",
                place=found.cell.place,
                quote=found.cell.text,
                args={
                    "part": found.line.label,
                    "whole": found.above.label,
                    "across": found.across.label,
                    "given": found.cell.text,
                    "of": found.whole.text,
                },
                related=(Related(place=found.whole.place, quote=found.whole.text),),
            )


def _same_things(found: Part) -> bool:
    """Whether both lines count the same: people and money always, things by their noun."""
    assert found.cell.value is not None
    if found.cell.value.dimension in (
        Dimension.PERSON, Dimension.TURN, Dimension.MONEY, Dimension.AREA,
    ):  # fmt: skip
        return True
    part, whole = _noun(found.line.label), _noun(found.above.label)
    return bool(part) and part[-2:] == whole[-2:]


def _noun(label: str) -> str:
    bare = named(label).topic.removeprefix("其中").strip("：: ")
    for word in ("总数", "数量", "总量", "数", "总"):
        bare = bare.removesuffix(word)
    return bare


@rule(
    code="RK423",
    name="mean-out-of-range",
    title="总体比率不在各项之间",
    severity=Severity.WARNING,
    source=Source(Basis.INFERRED, "总体的比率是各部分比率的加权平均，应在最小值与最大值之间"),
    why="总体满意度低于（或高于）每一项，说明口径不同或填错了行。",
    message="“{line}”{across:（%s）}为 {given}，不在各项 {low}～{high} 之间",
    expected="在 {low} 与 {high} 之间",
    hint="核对各项；总体是单独调查、不由各项得出的，在表注中写明并在 explanations 中说明。",
    needs=(Needs.REPORT,),
    good=_TABLE.format(
        rows="""| 对象 | 人数 | 满意率（%） |
|---|---|---|
| 居民 | 60 | 95.0 |
| 职工 | 40 | 92.5 |
| 合计 | 100 | 94.0 |"""
    ),
    bad=_TABLE.format(
        rows="""| 对象 | 人数 | 满意率（%） |
|---|---|---|
| 居民 | 60 | 95.0 |
| 职工 | 40 | 92.5 |
| 合计 | 100 | 91.0 |"""
    ),
)
def mean_out_of_range(context: Context) -> Iterator[Finding]:
    """The rate of a total line outside the rates of its parts, in tables and by the catalogue."""
    from .data_facts import means

    yield from means(context)
    for grid in context.grids:
        for lines, across in ((grid.rows, grid.columns), (grid.columns, grid.rows)):
            for line in lines:
                if line.kind is Kind.TOTAL:
                    yield from _means(grid, line, lines, across)


def _means(grid: Grid, line: Line, lines: list[Line], across: list[Line]) -> Iterator[Finding]:
    members = [each for each in lines if each.kind is Kind.DATA]
    for at, other in enumerate(across):
        cell = line.cells[at]
        if cell is None or cell.value is None or not cell.percent or not is_rate(other.label):
            continue
        values = [
            c.value for m in members if (c := m.cells[at]) is not None and c.value is not None
        ]
        if len(values) < 2 or other.kind is Kind.CHANGE or cell.value.value == 100:
            continue
        low, high = min(v.low for v in values), max(v.high for v in values)
        if low <= cell.value.high and cell.value.low <= high:
            continue
        if abs(sum(v.value for v in values) - cell.value.value) <= cell.value.step * len(values):
            continue
        ordered = sorted(values, key=lambda v: v.value)
        yield Finding(
            code="RK423",
            place=cell.place,
            quote=cell.text,
            args={
                "line": line.label,
                "across": other.label,
                "given": cell.text,
                "low": number(ordered[0]),
                "high": number(ordered[-1]),
            },
        )
