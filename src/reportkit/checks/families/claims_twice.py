"""RK504, RK505, RK511: the same fact said twice, in prose and in tables."""

from __future__ import annotations

from collections.abc import Iterator

from ...claims.compared import against_tables
from ...claims.retold import told_again
from ...claims.tables import tables_disagree
from ...claims.twice import almost_equal, over_kinds, said_twice
from ...model.diagnostic import Finding, Severity
from ..context import Context
from ..registry import Basis, Source, rule
from ..verdicts import findings
from .claims_sums import CLAIMS, HINT


@rule(
    code="RK504",
    name="claim-twice",
    title="同一数据前后不一致",
    severity=Severity.WARNING,
    source=Source(Basis.PRACTICE, "IN-14：同一指标在两处的值相同，除非时期或口径不同并已注明"),
    why="同一件事在亮点、正文和案例里写成两个数，读者不知道该信哪一个。",
    message="同一数据前后不一致：{what}",
    expected="两处一致：{working}",
    hint=HINT,
    needs=CLAIMS,
    good="""
# 工作

## 服务

2023年接待社区参观群众1260人次。

### 回顾

2023年接待社区参观群众1260人次，2022年为980人次。
""",
    bad="""
# 工作

## 服务

2023年接待社区参观群众1260人次。

### 回顾

2023年接待社区参观群众1320人次。
""",
)
def same_fact_twice(context: Context) -> Iterator[Finding]:
    """One subject, period, unit and scope with two values."""
    yield from findings("RK504", said_twice(context.book))
    yield from findings("RK504", over_kinds(context.book))
    yield from findings("RK504", told_again(context.book))


@rule(
    code="RK505",
    name="claim-table",
    title="正文、各表和数据不一致",
    severity=Severity.WARNING,
    source=Source(Basis.PRACTICE, "IN-14：正文与表中的同一指标一致，口径不同时注明"),
    why="表是汇总的依据；正文与表不一致，又没有注明口径，两处都不可信。",
    message="同一数据在不同处不一致：{what}",
    expected="两处一致：{working}",
    hint="改正其中一处；统计口径不同的，在表下注明。另一处：{others}。（把握约{sure}%）",
    needs=CLAIMS,
    good="""
# 工作

## 服务

::: table {#tbl:served caption="2023年服务情况"}
| 项目 | 数量 |
|---|---|
| 社区讲座场次（场） | 26 |
| 志愿服务时长（小时） | 1450 |
:::

志愿服务见 @tbl:served，全年志愿服务时长1450小时。
""",
    bad="""
# 工作

## 服务

::: table {#tbl:served caption="2023年服务情况"}
| 项目 | 数量 |
|---|---|
| 志愿服务人数（人） | 126 |
| 参加居民数（人） | 1450 |
:::

志愿服务见 @tbl:served，志愿服务人数达到162人。
""",
)
def prose_against_table(context: Context) -> Iterator[Finding]:
    """A claim that differs from every cell whose labels say the same."""
    yield from findings("RK505", against_tables(context.book))
    yield from findings("RK505", tables_disagree(context.book))


@rule(
    code="RK511",
    name="claim-almost-equal",
    title="两处数字只差一位",
    severity=Severity.WARNING,
    source=Source(Basis.INFERRED, "IN-14：同一金额在两处写法不同，只差一个数字"),
    why="五位以上的数字只差一位，说的又是同一件事，多半是抄错。",
    message="两处数字只差一位：{what}",
    expected="两处一致：{working}",
    hint=HINT,
    needs=CLAIMS,
    good="""
# 工作

## 服务

拨付社区服务专项补助1832.16万元。

### 保障

落实专项补助1832.16万元。
""",
    bad="""
# 工作

## 服务

拨付社区服务专项补助1832.16万元。

### 保障

落实专项补助1832.17万元。
""",
)
def number_almost_equal(context: Context) -> Iterator[Finding]:
    """Long numbers about one thing that differ in one digit."""
    yield from findings("RK511", almost_equal(context.book))
