"""RK509, RK510, RK517: units, ratios and values per head that contradict what is beside them."""

from __future__ import annotations

from collections.abc import Iterator

from ...claims.means import wrong_means
from ...claims.measures import wrong_units
from ...claims.perhead import wrong_per_head
from ...claims.ratios import wrong_ratios
from ...model.diagnostic import Finding, Severity
from ..context import Context
from ..registry import Basis, Source, rule
from ..verdicts import findings
from .claims_sums import CLAIMS, HINT


@rule(
    code="RK509",
    name="claim-ratio",
    title="比例与两数不符或写反",
    severity=Severity.ERROR,
    source=Source(Basis.PRACTICE, "IN-07：比例的方向与名称一致，比值与两数相符"),
    why="比例写反，一名师傅带十二名学员就成了十二名师傅带一名学员。",
    message="比例有误：{what}（{quote}）",
    expected="与两数之比相符：{working}",
    hint="按“前者:后者”的次序改写比例。{others:算据：%s。}（把握约{sure}%）",
    needs=CLAIMS,
    good="""
# 工作

## 服务

服务站现有指导师傅20人，在册学员250人，学员与指导师傅之比为12.5:1。
""",
    bad="""
# 工作

## 服务

服务站现有指导师傅20人，在册学员250人，指导师傅与学员之比为12.5:1。
""",
)
def ratio_against_counts(context: Context) -> Iterator[Finding]:
    """A ratio that its two counts do not give, or that is turned round."""
    yield from findings("RK509", wrong_ratios(context.book))


@rule(
    code="RK510",
    name="claim-unit",
    title="单位与所说的不符",
    severity=Severity.WARNING,
    source=Source(Basis.PRACTICE, "LA-06：人次与人、百分点与%、万元与万不混用"),
    why="单位错了，数字就不能汇总：人次当成人数会成倍放大。",
    message="单位有误：{what}（{quote}）",
    expected="写作“{working}”",
    hint="按实际统计的对象改单位。（把握约{sure}%）",
    needs=CLAIMS,
    good="""
# 工作

## 服务

服务活动参与人次1450人次，投入经费3.5万元。
""",
    bad="""
# 工作

## 服务

服务活动参与人次1450人，受到社区好评。
""",
)
def unit_contradicts(context: Context) -> Iterator[Finding]:
    """Units that contradict the words before them."""
    for each in context.book.read:
        yield from findings("RK510", wrong_units(each))


@rule(
    code="RK517",
    name="claim-per-head",
    title="人均数、平均数与总数算不拢",
    severity=Severity.WARNING,
    source=Source(Basis.PRACTICE, "IN-09：人均值由总数和同日的人数算得"),
    why="生均值是办学条件的门槛指标，小数点错一位就从达标变成不达标。",
    message="{what}，核对单位和小数点",
    expected="总数除以人数或个数：{working}",
    hint=HINT,
    needs=CLAIMS,
    good="""
# 工作

## 服务

在校生1000人，教学仪器设备总值1250万元，生均教学仪器设备值1.25万元。
""",
    bad="""
# 工作

## 服务

在校生1000人，教学仪器设备总值1250万元，生均教学仪器设备值12.5万元。
""",
)
def per_head_against_total(context: Context) -> Iterator[Finding]:
    """A value per head that total and head count do not give."""
    yield from findings("RK517", wrong_per_head(context.book))
    for each in context.book.read:
        yield from findings("RK517", wrong_means(each))
