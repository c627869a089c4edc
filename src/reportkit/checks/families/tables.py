"""RK133, RK216 to RK218: the tables and indicators that a standard demands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.blocks import Table
from ...model.diagnostic import Finding, Related, Severity
from ...model.standard import Need
from ...standards.titles import bare
from ..context import Context
from ..facts import standing
from ..registry import Basis, Needs, Source, rule
from ..settled import (
    current_period,
    find_table,
    lacks_value,
    missing_indicators,
    missing_tables,
    orphans,
)

TABLES = Source(Basis.STANDARD, "所选规范列出的表")
INDICATORS = "data/indicators.csv"
MANIFEST = "report.yaml"
MOST_RELATED = 20
_LEAD = re.compile(r"^(?:其中|[一二三四五六七八九十\d]+)?[:：、.]?")


@rule(
    code="RK216",
    name="table-missing",
    title="缺少必有的表",
    severity=Severity.ERROR,
    source=TABLES,
    why="规定的表是汇总和比较的依据，缺一张就不能汇总。",
    message="缺少“{title}”",
    expected="有表“{title}”{variants:（也可题为“%s”）}",
    hint="按规定的格式补上这张表。{guidance:填写提示：%s}{lost:另见的引用找不到对象，%s。}",
    needs=(Needs.SUBMISSION, Needs.STANDARD, Needs.WHOLE),
    good="""
=== chapters/4.md
# 附表

::: table {#tbl:people caption="人员情况表"}
| 类别 | 人数 |
|---|---|
| 技师 | 40 |
| 职员 | 10 |
:::
""",
    bad="""
=== chapters/3.md
# 总结

主要问题是经费来源单一，改进措施是拓宽渠道。
=== chapters/4.md
# 附表

人员情况另行报送，此处不再列出，请参阅有关材料，详见单位网站所载说明。
""",
)
def table_missing(context: Context) -> Iterator[Finding]:
    """A required table is nowhere in the report; told only where its section is written."""
    lost = orphans(context, "RK216")
    for spec, home in missing_tables(context):
        yield Finding(
            code="RK216",
            place=home.place if home else context.place_in(MANIFEST),
            quote=home.section.title if home else "",
            at=home.at if home else spec.id,
            args={
                "title": spec.title,
                "variants": "”“".join(spec.variants),
                "guidance": spec.guidance,
                "lost": "可能指向它" if lost else "",
                "basis": standing(spec),
            },
            related=lost,
        )
        lost = ()


@rule(
    code="RK217",
    name="table-row-missing",
    title="规定的表缺行",
    severity=Severity.ERROR,
    source=TABLES,
    why="规定的行一行都不能少；没有数据的行也要保留，写明“不适用”。",
    message="“{title}”缺少 {count} 行：{rows}",
    expected="有规定的全部 {total} 行",
    hint="补上缺少的行；没有数据时写“—”或“不适用”。",
    needs=(Needs.SUBMISSION, Needs.STANDARD),
    good="""
=== chapters/4.md
# 附表

::: table {#tbl:people caption="人员情况表"}
| 类别 | 人数 |
|---|---|
| 技师 | 40 |
| 职员 | 不适用 |
:::
""",
    bad="""
=== chapters/4.md
# 附表

::: table {#tbl:people caption="人员情况表"}
| 类别 | 人数 |
|---|---|
| 技师 | 40 |
:::
""",
)
def table_row_missing(context: Context) -> Iterator[Finding]:
    """A mandated table lacks rows, known by their first cell or by their indicator."""
    for spec in context.standard.tables:
        found = find_table(context, spec)
        if found is None or spec.need is Need.FORBIDDEN:
            continue
        node, table = found
        if table.fill == spec.id:
            continue
        if table.data is not None and table.data not in context.submission.data.tables:
            continue
        labels = _labels(context, table)
        indicators = spec.indicators or ("",) * len(spec.rows)
        missing = [
            row[0]
            for row, indicator in zip(spec.rows, indicators, strict=False)
            if row and _label(row[0]) not in labels and (indicator not in table.compare)
        ]
        if missing:
            yield Finding(
                code="RK217",
                place=table.place or node.place,
                quote=table.caption,
                at=table.id or node.at,
                args={
                    "title": spec.title,
                    "rows": missing,
                    "count": len(missing),
                    "total": len(spec.rows),
                    "basis": standing(spec),
                },
            )


def _labels(context: Context, table: Table) -> set[str]:
    """What stands in the first columns of the body, in comparable form."""
    rows = context.submission.data.tables.get(table.data or "", table.rows)
    return {_label(cell) for row in rows for cell in row[:3]}


def _label(text: str) -> str:
    return _LEAD.sub("", bare(text))


@rule(
    code="RK218",
    name="indicator-missing",
    title="缺少必报的指标值",
    severity=Severity.ERROR,
    source=Source(Basis.STANDARD, "所选规范列出的必报指标"),
    why="必报指标用于汇总；没有数据也要写明原因。",
    message="缺少必报指标：{names}",
    expected="{period} 的值，或无数据的原因",
    hint="在 data/indicators.csv 中各加一行：指标标识（{ids}）、{period}、数值；"
    "没有数据的在 missing 一栏写“不适用”等原因。",
    hint_report="在填报数据的“指标”表中填好；没有数据的在“缺值原因”一栏写明。",
    needs=(Needs.SUBMISSION, Needs.STANDARD),
    good="""
=== data/indicators.csv
indicator,period,value
staff.total,2023,50
""",
    bad="""
=== data/indicators.csv
indicator,period,value
staff.total,2022,48
""",
)
def indicator_missing(context: Context) -> Iterator[Finding]:
    """A required indicator has neither value nor reason for the current period; told once.

    Where the text wants its value is told here too, and not again by RK131 and RK136.
    """
    missing = missing_indicators(context)
    if missing:
        names = {indicator.id: indicator.name for indicator in context.standard.indicators}
        ids = [required.id for required in missing]
        blanks = [(name, place) for name in ids if (place := context.result.blanks.get(name))]
        yield Finding(
            code="RK218",
            place=blanks[0][1] if blanks else context.place_in(INDICATORS),
            at=INDICATORS,
            args={
                "names": [names.get(name, name) for name in ids],
                "ids": ids,
                "period": current_period(context),
                "basis": standing(missing[0]),
            },
            related=(
                *(Related(place=place, quote=names.get(name, name)) for name, place in blanks[1:]),
                *(
                    Related(place=f.place, section=f.section, quote=f.quote)
                    for code in ("RK131", "RK136")
                    for f in context.emitted(code)
                    if lacks_value(context, f)
                ),
            )[:MOST_RELATED],
        )
