"""RK431 to RK437: units, decimals, impossible values and blanks in tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from ...claims.grid import Cell, Line, base_unit
from ...claims.labels import Kind, adds_up, is_rate, is_share
from ...claims.units import Dimension, comparable, dimension
from ...model.diagnostic import Finding, Severity
from ..context import Context
from ..registry import Basis, Needs, Source, rule

UNITS = Source(Basis.PRACTICE, "期刊和学术出版（CY/T 170）对表格的要求：有数值就有计量单位")
DECIMALS = Source(Basis.PRACTICE, "同一栏数值的小数位数一致")
_BARE = re.compile(
    "(?:^| )(?:数量|数值|总量)$|金额|经费|投入|收入|支出|面积|产值|到款额|到账额|资金|总值|价值"
)
_OVER = re.compile(
    "完成率|增长|增幅|增速|达成|入学率|报到率|同比|覆盖|利用率|使用率|增减|变化|供需|需求|比例"
)
_HUNDRED = Decimal(100)
_FEWEST = 3
_SAME = frozenset({"同上", "同左", "同前", "〃", "″", "同右"})
_TABLE = """
# 工作

## 服务

面向社区开展服务活动十二次，情况见 @tbl:visits。

::: table {{#tbl:visits caption="服务情况表"}}
{rows}
:::
"""


def _made(*rows: str) -> str:
    head, *body = rows
    rule_line = "|---" * (head.count("|") - 1) + "|"
    return _TABLE.format(rows="\n".join([head, rule_line, *body]))


def _said(line: Line) -> bool:
    return bool(line.numbers) and all(not cell.value.unit for cell in line.numbers if cell.value)


@rule(
    code="RK431",
    name="unit-missing",
    title="数值没有单位",
    severity=Severity.INFO,
    source=UNITS,
    why="同是“经费”，元、万元、亿元相差万倍；没有单位的数不能用。",
    message="“{labels}”一{axis}的数值没有单位",
    expected="单位写在表头（如“经费（万元）”）、单位栏或表的右上方",
    hint="在表头写上单位，或用 unit 写明全表的单位。",
    needs=(Needs.REPORT,),
    good=_made("| 项目 | 经费（元） |", "| 印刷 | 1200 |", "| 场地 | 3400 |"),
    bad=_made("| 项目 | 经费 |", "| 印刷 | 1200 |", "| 场地 | 3400 |"),
)
def unit_missing(context: Context) -> Iterator[Finding]:
    """Numbers under labels that do not tell in what they are counted; told once for a table."""
    for grid in context.grids:
        axis, found = "栏", [line for line in grid.columns if _unitless(line)]
        if not any(_BARE.search(line.label) for line in grid.columns):
            axis, found = "行", [line for line in grid.rows if _unitless(line)]
        if found:
            yield Finding(
                code="RK431",
                place=found[0].place or grid.place,
                quote=found[0].path[-1],
                args={"labels": dict.fromkeys(line.label for line in found), "axis": axis},
            )


def _unitless(line: Line) -> bool:
    if line.kind is not Kind.DATA or not _said(line) or not _BARE.search(line.label):
        return False
    return adds_up(line.label) and not is_rate(line.label)


@rule(
    code="RK432",
    name="unit-contradicts",
    title="单位前后矛盾",
    severity=Severity.WARNING,
    source=UNITS,
    why="表头写的单位与格内的单位不同，读者不知以哪个为准。",
    message="表头的单位是“{head}”，格内写的是“{cell}”",
    expected="格内不写单位，或与表头相同",
    hint="统一单位；个别数值单位确实不同的，另立一行或一栏。",
    needs=(Needs.REPORT,),
    good=_made("| 项目 | 人数（人） |", "| 居民 | 120 |", "| 职工 | 60 |"),
    bad=_made("| 项目 | 人数（人） |", "| 居民 | 120 |", "| 职工 | 30% |"),
)
def unit_contradicts(context: Context) -> Iterator[Finding]:
    """A cell with a unit of another dimension than its header, or fractions among per cents."""
    for grid in context.grids:
        for line in grid.columns:
            if line.kind is Kind.CHANGE:
                continue
            for cell, row in zip(line.cells, grid.rows, strict=True):
                if cell is None or row.kind is Kind.CHANGE or not cell.own_unit or not cell.unit:
                    continue
                if not _agree(cell) and not is_rate(row.label):
                    args = {"head": cell.unit, "cell": cell.text}
                    yield Finding(code="RK432", place=cell.place, quote=cell.text, args=args)
            yield from _fractions(line)


def _agree(cell: Cell) -> bool:
    unit = base_unit(cell.unit)
    if not unit:
        return True
    if comparable(unit, cell.own_unit):
        return True
    counted = {Dimension.COUNT, Dimension.PERSON, Dimension.TURN, Dimension.OTHER}
    return {dimension(unit), dimension(cell.own_unit)} <= counted


def _fractions(line: Line) -> Iterator[Finding]:
    """0.1409 among 14.09: a share that was not turned into per cent."""
    percents = [cell for cell in line.numbers if cell.percent and not cell.own_unit]
    values = [cell.value for cell in percents if cell.value is not None]
    large = [v for v in values if abs(v.value) > 1]
    for cell in percents:
        value = cell.value
        if value is None or len(large) * 3 < len(values) * 2:
            continue
        finest = min(each.step for each in large)
        if 0 < abs(value.value) < 1 and value.step * 100 <= finest:
            args = {"head": "%", "cell": f"{cell.text}（似为小数形式，应为 {value.value * 100:f}）"}
            yield Finding(code="RK432", place=cell.place, quote=cell.text, args=args)


@rule(
    code="RK433",
    name="decimals-mixed",
    title="同一栏的小数位数不一致",
    severity=Severity.INFO,
    source=DECIMALS,
    why="位数不一致不便比较，也常是录入时丢了末位的 0 或多舍了一位。",
    message="“{label}”多数保留 {usual} 位小数，{cells} 只有 {own} 位",
    expected="都保留 {usual} 位小数",
    hint="统一小数位数，末位的 0 不要省。",
    needs=(Needs.REPORT,),
    good=_made(
        "| 对象 | 满意率（%） |", "| 居民 | 95.00 |", "| 职工 | 92.51 |", "| 儿童 | 93.42 |"
    ),
    bad=_made("| 对象 | 满意率（%） |", "| 居民 | 95 |", "| 职工 | 92.51 |", "| 儿童 | 93.42 |"),
)
def decimals_mixed(context: Context) -> Iterator[Finding]:
    """Fewer decimals in a few cells of a column than in the others of the same unit."""
    for grid in context.grids:
        told: set[tuple[int, int]] = set()
        for lines, across in ((grid.columns, grid.rows), (grid.rows, grid.columns)):
            for line in lines:
                yield from _mixed(line, across, told)


def _mixed(line: Line, across: list[Line], told: set[tuple[int, int]]) -> Iterator[Finding]:
    by_unit: dict[str, list[Cell]] = {}
    for cell, other in zip(line.cells, across, strict=True):
        if cell is not None and cell.value is not None and cell.value.pair is None:
            if other.kind is Kind.CHANGE and line.kind is not Kind.CHANGE:
                continue
            key = f"{cell.value.unit}/{cell.value.scale}/{cell.signed and cell.own_unit}"
            if line.kind is Kind.CHANGE:
                key += "".join(sorted(unit for unit in other.units if unit != cell.value.unit))
            by_unit.setdefault(key, []).append(cell)
    for cells in by_unit.values():
        if len(cells) < _FEWEST:
            continue
        places = {id(cell): _decimals(cell) for cell in cells}
        usual, often = Counter(places.values()).most_common(1)[0]
        odd = [c for c in cells if places[id(c)] < usual and not _round(c)]
        if usual == 0 or often * 2 <= len(cells) or not odd:
            continue
        if any((cell.row, cell.column) in told for cell in odd):
            continue
        told.update((cell.row, cell.column) for cell in odd)
        yield Finding(
            code="RK433",
            place=odd[0].place,
            quote=odd[0].text,
            args={
                "label": line.label,
                "usual": usual,
                "own": places[id(odd[0])],
                "cells": [cell.text for cell in odd[:5]],
            },
        )


def _decimals(cell: Cell) -> int:
    assert cell.value is not None
    exponent = cell.value.shown.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _round(cell: Cell) -> bool:
    """0 and 100 per cent are complete without decimals."""
    return cell.value is not None and cell.value.value in (0, _HUNDRED)


@rule(
    code="RK434",
    name="value-impossible",
    title="不可能的数值",
    severity=Severity.ERROR,
    source=Source(Basis.PRACTICE, "百分率在 0 至 100 之间，数量和金额不为负"),
    why="超过 100% 的合格率、负的人数不可能存在。",
    message="“{label}”为 {given}，{reason}",
    expected="应为{expected}",
    hint="核对数值；表示增减的，在表头写明“增长量”等。",
    needs=(Needs.REPORT,),
    good=_made("| 对象 | 满意率（%） |", "| 居民 | 95.0 |", "| 职工 | 92.5 |"),
    bad=_made("| 对象 | 满意率（%） |", "| 居民 | 950 |", "| 职工 | 92.5 |"),
)
def value_impossible(context: Context) -> Iterator[Finding]:
    """A rate above 100 per cent or below 0, or a negative count, in a table."""
    for grid in context.grids:
        for row in grid.rows:
            for cell, column in zip(row.cells, grid.columns, strict=True):
                if cell is None or cell.value is None:
                    continue
                labels = f"{row.label} {column.label}"
                changes = Kind.CHANGE in (row.kind, column.kind)
                may_exceed = changes or _OVER.search(f"{labels} {grid.caption}")
                share = is_share(labels) and cell.percent and "增" not in labels
                if may_exceed and not share:
                    continue
                if found := _impossible(cell, labels):
                    reason, expected, severity = found
                    yield Finding(
                        code="RK434",
                        place=cell.place,
                        quote=cell.text,
                        severity=severity,
                        args={
                            "label": labels.strip(),
                            "given": cell.text,
                            "reason": reason,
                            "expected": expected,
                        },
                    )


def _impossible(cell: Cell, labels: str) -> tuple[str, str, Severity | None] | None:
    value = cell.value
    assert value is not None
    if cell.percent and is_rate(labels):
        if value.low > _HUNDRED:
            sure = None if re.search("合格率|满意|占比|通过率|比重", labels) else (Severity.WARNING)
            return "超过 100%", "0 至 100%", sure
        if value.value < 0:
            return "小于 0", "0 至 100%", None
    counted = (Dimension.PERSON, Dimension.TURN, Dimension.COUNT, Dimension.AREA)
    if value.value < 0 and value.dimension in counted:
        return "数量不会是负数", "0 或正数", None
    whole = value.scale != 1 or not value.value % 1
    if value.dimension is Dimension.PERSON and not whole and "均" not in labels:
        return "人数应为整数", "整数", Severity.WARNING
    return None


@rule(
    code="RK435",
    name="cell-blank",
    title="表中有空格",
    severity=Severity.INFO,
    source=Source(Basis.PRACTICE, "没有数据的格写“—”或“/”，不留空白"),
    why="空白看不出是没有、未统计，还是漏填。",
    message="“{label}”一{axis}有 {count} 格空着",
    expected="填数，或写“—”，并在表注中说明原因",
    hint="没有的写 0，不适用或未统计的写“—”。",
    needs=(Needs.REPORT,),
    good=_made("| 对象 | 人数（人） |", "| 居民 | 95 |", "| 职工 | — |", "| 儿童 | 30 |"),
    bad=_made("| 对象 | 人数（人） |", "| 居民 | 95 |", "| 职工 |  |", "| 儿童 | 30 |"),
)
def cell_blank(context: Context) -> Iterator[Finding]:
    """Blank cells in a column of numbers; a column that is mostly blank has merged cells."""
    for grid in context.grids:
        for line in grid.columns:
            cells = [
                cell
                for cell, row in zip(line.cells, grid.rows, strict=True)
                if cell is not None and row.kind not in (Kind.GROUP, Kind.CHANGE)
            ]
            blanks = [cell for cell in cells if cell.blank]
            if blanks and len(blanks) * 2 < len(cells) and len(line.numbers) * 2 > len(cells):
                yield Finding(
                    code="RK435",
                    place=blanks[0].place,
                    args={"label": line.label, "axis": "栏", "count": len(blanks)},
                )


@rule(
    code="RK436",
    name="same-as-above",
    title="表中写“同上”“同左”",
    severity=Severity.WARNING,
    source=Source(Basis.PRACTICE, "表内不用“同上”“同左”，相同的内容照写或合并单元格"),
    why="表被拆页、排序或汇总后，“同上”就不知指哪里。",
    message="表中写了“{given}”",
    expected="具体的文字或数字",
    hint="照写一遍，或与相邻的格合并（^^ 与上格，<< 与左格）。",
    needs=(Needs.REPORT,),
    good=_made("| 对象 | 地点 |", "| 居民 | 社区 |", "| 职工 | 社区 |"),
    bad=_made("| 对象 | 地点 |", "| 居民 | 社区 |", "| 职工 | 同上 |"),
)
def same_as_above(context: Context) -> Iterator[Finding]:
    """同上, 同左 and ditto marks in any table."""
    from ...model.report import RTable, plain

    for sheet in context.book.texts.sheets:
        if not isinstance(sheet.block, RTable):
            continue
        for cell in sheet.block.cells:
            text = plain(cell.runs).strip()
            if text in _SAME and cell.place is not None:
                yield Finding(code="RK436", place=cell.place, quote=text, args={"given": text})
