"""RK405 to RK409: definitions of indicators, thresholds, and tables against the data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ...composing import values_of
from ...composing.facts import NoValueError, Wanted
from ...model.diagnostic import Finding, Related, Severity
from ..context import Context
from ..ledger.indicators import Group, Item, catalogue
from ..registry import Basis, Needs, Source, rule

_DASHES = re.compile("[-－—–~～至]+")
OWN = Source(Basis.FORMAT, "report.yaml 的 indicators")
_NEEDS = (Needs.SUBMISSION, Needs.STANDARD)
_FINE = """
=== report.yaml
indicators:
  - {id: visits.first, name: 上半年, unit: 次}
  - {id: visits.second, name: 下半年, unit: 次}
  - {id: visits.total, name: 服务次数, unit: 次, formula: visits.first + visits.second}
=== data/indicators.csv
indicator,period,value
staff.total,2023,50
visits.first,2023,5
visits.second,2023,7
"""


@rule(
    code="RK405",
    name="indicator-duplicate",
    title="同一指标定义了两次",
    severity=Severity.ERROR,
    source=OWN,
    why="两个定义的单位或公式不同时，不知以哪个为准。",
    message="指标“{id}”定义了两次：{names}",
    expected="每个指标只定义一次",
    hint="删去重复的一个；确是两个指标的，用不同的标识。",
    needs=_NEEDS,
    good=_FINE,
    bad=_FINE.replace("id: visits.second", "id: visits.first")
    .replace("visits.second,2023,7\n", "")
    .replace(" + visits.second", " * 2"),
)
def indicator_duplicate(context: Context) -> Iterator[Finding]:
    """Two definitions of one id among the submission's own indicators."""
    seen: dict[str, str] = {}
    for indicator in context.submission.metadata.indicators:
        if indicator.id in seen:
            yield Finding(
                code="RK405",
                place=indicator.place or context.manifest_place("indicators"),
                quote=indicator.id,
                at=indicator.id,
                args={"id": indicator.id, "names": [seen[indicator.id], indicator.name]},
            )
        seen.setdefault(indicator.id, indicator.name)


@rule(
    code="RK406",
    name="formula-broken",
    title="公式算不出来",
    severity=Severity.ERROR,
    source=OWN,
    why="公式里有不认识的指标、除数为 0 或写法不对，要用时印出来是一处空缺。",
    message="指标“{id}”的公式算不出来：{reason}",
    expected="由已有指标、数字和加减乘除组成的算式，除数不为 0",
    hint="改正公式“{formula}”；只供人看的公式用汉字写。",
    needs=_NEEDS,
    good=_FINE,
    bad=_FINE.replace("+ visits.second", "+ visits.secnd"),
)
def formula_broken(context: Context) -> Iterator[Finding]:
    """A formula of the submission's own indicators that fails although its values are there."""
    work = values_of(context.submission, context.standard, context.result.history)
    known = catalogue(context)
    for indicator in context.submission.metadata.indicators:
        for formula in filter(None, (indicator.formula, *indicator.alternatives)):
            needed = [name for name in work.needs(formula) if name.isascii()]
            unknown = [name for name in needed if name not in known]
            reason = f"没有指标“{'、'.join(unknown)}”" if unknown and "." in "".join(needed) else ""
            if not unknown and needed:
                try:
                    work.computed(formula, Wanted("", work.facts.current, above=(indicator.id,)))
                except NoValueError as problem:
                    if problem.code == "RK130":
                        reason = problem.args_.get("reason", "")
                    elif problem.code == "RK132":
                        reason = f"循环：{problem.args_.get('path', '')}"
            if reason and not _told(context, indicator.id):
                yield Finding(
                    code="RK406",
                    place=indicator.place_of("formula") or context.manifest_place("indicators"),
                    quote=formula,
                    at=indicator.id,
                    args={"id": indicator.id, "formula": formula, "reason": reason},
                )


def _told(context: Context, name: str) -> bool:
    """Whether the composer already told of this formula where it was wanted."""
    return any(
        name in str(finding.args.get("path", finding.args.get("expression", "")))
        for code in ("RK130", "RK132")
        for finding in context.emitted(code)
    )


@rule(
    code="RK407",
    name="below-threshold",
    title="未达到对照的标准值",
    severity=Severity.INFO,
    source=Source(Basis.STANDARD, "指标目录所列的办学条件标准"),
    why="读者会拿这些标准对照；未达到的应当知道，并可在报告中说明。",
    message="{name}（{label}）为 {given}，{applies}的标准是{bound}",
    expected="{bound}（依据：{basis}）",
    hint="核对数值；确实未达到的，建议在问题与措施中说明。不适用本单位的可以不理。",
    needs=(*_NEEDS, Needs.REPORT),
    good=_FINE,
    bad="""
=== report.yaml
indicators:
  - id: visits.books
    name: 人均图书
    thresholds:
      - {applies: 服务站, at_least: 30, basis: 虚构的标准}
=== data/indicators.csv
indicator,period,value
staff.total,2023,50
visits.books,2023,12
""",
)
def below_threshold(context: Context) -> Iterator[Finding]:
    """A current value short of every threshold that is listed for it."""
    current = context.submission.metadata.data_period
    period = current.current or str(current.end.year)
    for group in context.groups:
        if group.scope or group.table or group.period != period:
            continue
        for item in group.items.values():
            limits = item.indicator.thresholds
            short = [limit for limit in limits if _short(item, limit.at_least, limit.at_most)]
            if short and len(short) == len(limits):
                yield Finding(
                    code="RK407",
                    place=item.place,
                    quote=item.shown,
                    at=item.indicator.id,
                    args={
                        "name": item.indicator.name,
                        "label": group.label,
                        "given": item.shown,
                        "applies": "、".join(limit.applies for limit in short),
                        "bound": "、".join(
                            f"不低于 {limit.at_least}"
                            if limit.at_least is not None
                            else f"不高于 {limit.at_most}"
                            for limit in short
                        ),
                        "basis": "；".join(dict.fromkeys(limit.basis for limit in short)),
                    },
                )


def _short(item: Item, least: object, most: object) -> bool:
    below = isinstance(least, Decimal) and item.high < least
    return below or (isinstance(most, Decimal) and item.low > most)


@rule(
    code="RK408",
    name="data-table-conflict",
    title="表中的数与指标数据不符",
    severity=Severity.WARNING,
    source=Source(Basis.PRACTICE, "同一指标、时期和口径的数，各处相同"),
    why="同一个数写了两遍，改了一处忘了另一处。",
    message="表中“{name}”（{label}）为 {given}，data/indicators.csv 中为 {data}",
    expected="两处相同（允许四舍五入）",
    hint="在表中用 {{{{ {id} }}}} 取值；口径不同的，在表头或 scope 一栏写明。",
    needs=(*_NEEDS, Needs.REPORT),
    good="""
=== chapters/2.md
# 工作

## 服务

面向社区开展服务活动十二次，情况见 @tbl:visits。

::: table {#tbl:visits caption="人员变化表"}
| 项目 | 2022年 | 2023年 |
|---|---|---|
| 人员总数（人） | 48 | 50 |
:::
""",
    bad="""
=== chapters/2.md
# 工作

## 服务

面向社区开展服务活动十二次，情况见 @tbl:visits。

::: table {#tbl:visits caption="人员变化表"}
| 项目 | 2022年 | 2023年 |
|---|---|---|
| 人员总数（人） | 48 | 53 |
:::
""",
)
def data_table_conflict(context: Context) -> Iterator[Finding]:
    """A table row that bears an indicator's name with another value than the data give."""
    given: dict[str, list[Group]] = {}
    for each in context.groups:
        if not each.table and not each.scope:
            given.setdefault(_plain(each.period), []).append(each)
    for group in context.groups:
        match = _same_period(group, given)
        if not group.table or match is None:
            continue
        for name, item in group.items.items():
            other = match.items.get(name)
            if other is None or _meet(item, other):
                continue
            yield Finding(
                code="RK408",
                place=item.place,
                quote=item.shown,
                args={
                    "id": name,
                    "name": item.indicator.name,
                    "label": group.label,
                    "given": item.shown,
                    "data": f"{other.value:f}",
                },
                related=(Related(place=other.place, quote=other.shown),),
            )


def _same_period(group: Group, given: dict[str, list[Group]]) -> Group | None:
    """The data of the one period that a table's line names and nothing else.

    2023年 is not the school year 2022—2023: what is counted over other months may differ.
    """
    if not group.period or group.topic:
        return None
    found = given.get(_plain(group.label), [])
    return found[0] if len(found) == 1 else None


def _plain(period: str) -> str:
    """A period without what can be written in several ways: 2023年度 → 2023."""
    joined = _DASHES.sub("-", "".join(period.split()))
    return joined.removesuffix("度").removesuffix("年") if "学年" not in joined else joined


def _meet(one: Item, other: Item) -> bool:
    return one.value - one.step / 2 <= other.high and other.low <= one.value + one.step / 2


@rule(
    code="RK409",
    name="period-empty",
    title="本期没有数据",
    severity=Severity.WARNING,
    source=Source(Basis.FORMAT, "data_period 的 current 与数据中的时期写法一致"),
    why="时期写法不一致时，程序以为本期什么都没有填。",
    message="本期写作“{current}”，数据中只有 {periods}",
    expected="数据中有“{current}”的数值",
    hint="把 data_period 的 current 改成数据中的写法，或改正数据中的时期。",
    needs=_NEEDS,
    good=_FINE,
    bad="""
=== report.yaml
data_period: {start: 2023-01-01, end: 2023-12-31, current: 2023年度}
=== data/indicators.csv
indicator,period,value,missing
staff.total,2023,50,
staff.total,2023年度,,未统计
""",
)
def period_empty(context: Context) -> Iterator[Finding]:
    """No value at all for the current period, where there are values for others."""
    window = context.submission.metadata.data_period
    current = window.current or str(window.end.year)
    values = [o for o in context.submission.data.observations if o.value is not None]
    if values and not any(o.period == current for o in values):
        if context.missing_indicators:  # RK218 tells
            return
        yield Finding(
            code="RK409",
            place=context.place_in("data/indicators.csv"),
            at="data/indicators.csv",
            args={"current": current, "periods": list(dict.fromkeys(o.period for o in values))[:5]},
        )
