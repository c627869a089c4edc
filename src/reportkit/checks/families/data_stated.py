"""RK451 to RK456: what must be said with a number, told once and never judged."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...claims.stated import too_exact, unstated
from ...model.diagnostic import Finding, Severity
from ...model.report import RTable
from ..context import Context
from ..registry import Basis, Source, rule
from ..verdicts import findings
from .claims_sums import CLAIMS

_SAID = "“{quote}”没有写明{what}"
_ASKED = "应当{working}"
_FEWEST = 2
_FROM = re.compile("来源|出处|取自|引自")


@rule(
    code="RK451",
    name="class-unstated",
    title="就业、升学比率没有写明届别和时点",
    severity=Severity.INFO,
    source=Source(Basis.PRACTICE, "IN-04：就业、升学比率写明是哪一届、统计到哪一天"),
    why="同一届的就业率，七月和十二月相差很大；不写届别和时点，就无法与别处比较。",
    message=_SAID,
    expected=_ASKED,
    hint="例如写作“截至2023年8月31日，2023届……率为……”。全文写明一次即可。",
    needs=CLAIMS,
    good="""
# 工作

## 服务

截至2023年8月31日，2023届学员就业率96.2%。
""",
    bad="""
# 工作

## 服务

学员就业率96.2%，社区反映良好。
""",
)
def class_unstated(context: Context) -> Iterator[Finding]:
    """Rates of leavers without class or reference date anywhere."""
    yield from findings("RK451", [unstated(context.book, "rates_of_classes")])


@rule(
    code="RK452",
    name="denominator-unstated",
    title="比率没有写明分母",
    severity=Severity.INFO,
    source=Source(Basis.PRACTICE, "IN-05、IN-08：对口就业率、双师比例写明以什么为分母"),
    why="分母不同，比例可以相差二三十个百分点。",
    message=_SAID,
    expected=_ASKED,
    hint="写作“占……的百分之几”，或同时写出分子、分母。全文写明一次即可。",
    needs=CLAIMS,
    good="""
# 工作

## 服务

服务站“双师型”人员占专任人员的62.5%。
""",
    bad="""
# 工作

## 服务

服务站“双师型”比例达到62.5%，社区反映良好。
""",
)
def denominator_unstated(context: Context) -> Iterator[Finding]:
    """Rates whose denominator is ambiguous and stated nowhere."""
    for key in ("rates_of_employed", "shares_of_dual"):
        yield from findings("RK452", [unstated(context.book, key)])


@rule(
    code="RK453",
    name="survey-unstated",
    title="收入没有写明调查来源",
    severity=Severity.INFO,
    source=Source(Basis.PRACTICE, "IN-06：月收入、起薪写明由哪项调查得来，单位为元"),
    why="调查的时间不同，结果就不同；自报和第三方调查的也不同。",
    message=_SAID,
    expected=_ASKED,
    hint="写明是哪项调查、什么时候的收入。全文写明一次即可。",
    needs=CLAIMS,
    good="""
# 工作

## 服务

据跟踪调查，学员结业半年后平均月收入4250元。
""",
    bad="""
# 工作

## 服务

学员结业后平均月收入4250元，比较稳定。
""",
)
def survey_unstated(context: Context) -> Iterator[Finding]:
    """Incomes without the survey that they come from."""
    yield from findings("RK453", [unstated(context.book, "incomes")])


@rule(
    code="RK454",
    name="money-too-exact",
    title="正文中金额的小数过多",
    severity=Severity.INFO,
    source=Source(Basis.INFERRED, "IN-11：正文中以万元、亿元为单位的金额保留两位小数"),
    why="精确到角的金额不便阅读，也常是从账表中照抄、没有核对的迹象。",
    message="金额“{what}”的小数超过两位",
    expected=_ASKED,
    hint="正文保留两位小数，精确的数放在表中。",
    needs=CLAIMS,
    good="""
# 工作

## 服务

全年投入服务经费35.68万元。
""",
    bad="""
# 工作

## 服务

全年投入服务经费35.6784万元。
""",
)
def money_too_exact(context: Context) -> Iterator[Finding]:
    """Money in prose with more than two decimals of 万元."""
    yield from findings("RK454", [too_exact(context.book)])


@rule(
    code="RK455",
    name="funding-unstated",
    title="生均经费没有写明口径和年份",
    severity=Severity.INFO,
    source=Source(Basis.PRACTICE, "IN-18：生均经费写明是哪一种经费、哪一年的统计"),
    why="口径不同的经费相差数倍，统计年份又常比报告早一年。",
    message=_SAID,
    expected=_ASKED,
    hint="例如写作“2022年生均公用经费支出……元”。全文写明一次即可。",
    needs=CLAIMS,
    good="""
# 工作

## 服务

2022年服务站生均公用经费支出1250元。
""",
    bad="""
# 工作

## 服务

服务站生均投入达到1250元，逐步提高。
""",
)
def funding_unstated(context: Context) -> Iterator[Finding]:
    """Funding per head without its kind or its year."""
    yield from findings("RK455", [unstated(context.book, "funding_per_head")])


@rule(
    code="RK456",
    name="source-unstated",
    title="有的表没有数据来源",
    severity=Severity.INFO,
    source=Source(Basis.INFERRED, "TF-11：数据取自别处的表，表下写明数据来源"),
    why="多数表写了来源，少数没有写，读者会以为后者无从查考。",
    message="{given} 张表写了数据来源，{tables} 没有写",
    expected="数据取自别处的表都写明来源",
    hint="在表下补写“数据来源：……”；本单位自己统计的可以不写。",
    needs=CLAIMS,
    good="""
# 工作

## 服务

::: table {#tbl:a caption="2023年服务情况" source="服务台账"}
| 项目 | 数量（次） |
|---|---|
| 讲座 | 26 |
| 展览 | 14 |
:::

见 @tbl:a。
""",
    bad="""
# 工作

## 服务

::: table {#tbl:a caption="2023年服务情况" source="服务台账"}
| 项目 | 数量（次） |
|---|---|
| 讲座 | 26 |
| 展览 | 14 |
:::

::: table {#tbl:b caption="2023年培训情况" source="培训台账"}
| 项目 | 数量（次） |
|---|---|
| 短训 | 16 |
| 轮训 | 24 |
:::

::: table {#tbl:c caption="2023年宣传情况"}
| 项目 | 数量（次） |
|---|---|
| 海报 | 36 |
| 广播 | 44 |
:::

见 @tbl:a、@tbl:b、@tbl:c。
""",
)
def source_unstated(context: Context) -> Iterator[Finding]:
    """Tables without source, where most of the report's tables of numbers have one."""
    book = context.book
    tables = [s for s in book.texts.sheets if isinstance(s.block, RTable) and s.grid.has_numbers]
    given = [s for s in tables if _FROM.search(book.notes_of(s))]
    lacking = [s for s in tables if s not in given]
    if lacking and len(given) >= max(_FEWEST, len(lacking)):
        first = lacking[0]
        yield Finding(
            code="RK456",
            place=first.grid.place,
            quote=first.caption.text,
            args={
                "given": len(given),
                "tables": [s.caption.label or s.caption.text for s in lacking],
            },
        )
