"""RK507, RK516: dates that cannot be."""

from __future__ import annotations

from collections.abc import Iterator

from ...claims.dates import before_programme, impossible_dates
from ...model.diagnostic import Finding, Severity
from ..context import Context
from ..registry import Basis, Source, rule
from ..verdicts import findings
from .claims_sums import CLAIMS


@rule(
    code="RK507",
    name="claim-date",
    title="日期不可能",
    severity=Severity.ERROR,
    source=Source(Basis.PRACTICE, "XC-10：日期真实存在，起止有序，年份合理"),
    why="不存在的日期、颠倒的起止都是笔误，读者据此找不到任何依据。",
    message="日期有误：{what}（{quote}）",
    expected="真实有序的日期；{working}",
    hint="查对原始材料，改正日期。（把握约{sure}%）",
    needs=CLAIMS,
    good="""
# 工作

## 服务

2023年2月28日开始，2023年3月1日至2023年6月30日开展服务活动。
""",
    bad="""
# 工作

## 服务

2023年2月30日，服务中心在社区开展服务活动。
""",
)
def date_impossible(context: Context) -> Iterator[Finding]:
    """Days that do not exist, ends before beginnings, years out of range."""
    book = context.book
    for passage in book.texts.passages:
        yield from findings("RK507", impossible_dates(passage, book.year))


@rule(
    code="RK516",
    name="claim-programme-year",
    title="年份早于所说的事",
    severity=Severity.WARNING,
    source=Source(Basis.INFERRED, "XC-10：年份与所说计划、政策的公开起始年份相符"),
    why="全国性计划和政策的起始年份是公开的，早于它的年份多半是少写或错写了数字。",
    message="年份有误：{what}",
    expected="不早于起始年份：{working}",
    hint="查对批文，改正年份；确有先行试点的写明。（把握约{sure}%）",
    needs=CLAIMS,
    good="""
# 工作

## 服务

2021年服务项目入选提质培优行动计划承接项目。
""",
    bad="""
# 工作

## 服务

2012年服务项目入选提质培优行动计划承接项目。
""",
)
def year_before_programme(context: Context) -> Iterator[Finding]:
    """A dated event of a programme that did not yet exist."""
    for passage in context.book.texts.passages:
        yield from findings("RK516", before_programme(passage))
