"""RK502, RK512, RK513, RK518: shares and rates against their counts and against each other."""

from __future__ import annotations

from collections.abc import Iterator

from ...claims.means import outside_parts
from ...claims.measures import over_hundred
from ...claims.rates import wrong_rates
from ...claims.shares import wrong_shares
from ...claims.twice import share_and_rate, whole_and_part
from ...model.diagnostic import Finding, Severity
from ..context import Context
from ..registry import Basis, Source, rule
from ..verdicts import findings
from .claims_sums import CLAIMS, HINT


@rule(
    code="RK502",
    name="claim-share",
    title="占比与人数算不拢",
    severity=Severity.ERROR,
    source=Source(Basis.PRACTICE, "TF-06、TF-08：占比等于部分除以总数，四舍五入到所写的位数"),
    why="部分、总数和占比三个数，任何两个都能算出第三个，读者一算便知。",
    message="{what}与所给数量不符",
    expected="四舍五入到所写的位数：{working}",
    hint="按四舍五入重算占比；分母另有所指的，写明“占……的”。算据：{others}。（把握约{sure}%）",
    needs=CLAIMS,
    good="""
# 工作

## 服务

志愿者共320人，其中技师65人，占比20.3%。
""",
    bad="""
# 工作

## 服务

志愿者共320人，其中技师65人，占比23.2%。
""",
)
def share_against_count(context: Context) -> Iterator[Finding]:
    """A share that its count and base do not give."""
    for passage in context.book.passages:
        yield from findings("RK502", wrong_shares(context.book, passage))


@rule(
    code="RK513",
    name="claim-rate",
    title="比率与前面两个数算不拢",
    severity=Severity.WARNING,
    source=Source(Basis.PRACTICE, "IN-02、TF-06：比率等于部分除以总数"),
    why="同一句里给了两个人数又给比率，三者必须相符；分母不同的要写明。",
    message="{what}与前面的数量不符",
    expected="四舍五入到所写的位数：{working}",
    hint="重算比率，或写明比率的分母。算据：{others}。（把握约{sure}%）",
    needs=CLAIMS,
    good="""
# 工作

## 服务

本年选拔推荐160人，录取140人，录取率87.5%。
""",
    bad="""
# 工作

## 服务

本年选拔推荐160人，录取140人，录取率89.5%。
""",
)
def rate_against_counts(context: Context) -> Iterator[Finding]:
    """A rate that follows its two counts and does not divide."""
    for each in context.book.read:
        yield from findings("RK513", wrong_rates(each))


@rule(
    code="RK512",
    name="claim-whole",
    title="总体比率与另一处矛盾",
    severity=Severity.WARNING,
    source=Source(Basis.PRACTICE, "IN-12、IN-14：总体为100%时各部分都是100%；同一比例前后一致"),
    why="总体为100%而某一部分不足100%，或同一比例两处不同，两处必有一处不实或口径不同。",
    message="总体与部分矛盾：{what}",
    expected="总体与部分相容：{working}",
    hint=HINT,
    needs=CLAIMS,
    good="""
# 工作

## 服务

学员结业率98.5%。滨海市示例学院学员结业率96.2%。
""",
    bad="""
# 工作

## 服务

学员结业率100%。

### 分校

滨海市示例学院学员结业率达96.2%。
""",
)
def whole_against_part(context: Context) -> Iterator[Finding]:
    """100 % for all while a part has less; one share told with two values."""
    yield from findings("RK512", whole_and_part(context.book))
    yield from findings("RK512", share_and_rate(context.book))
    for each in context.book.read:
        yield from findings("RK512", outside_parts(each))


@rule(
    code="RK518",
    name="claim-over-hundred",
    title="比率超过100%",
    severity=Severity.ERROR,
    source=Source(Basis.PRACTICE, "IN-02：这类比率在0—100%之间"),
    why="合格率、就业率、满意度和占比都是部分占总体，不会超过100%。",
    message="比率不可能：{what}",
    expected="不超过100%；{working}",
    hint="核对数字和小数点。（把握约{sure}%）",
    needs=CLAIMS,
    good="""
# 工作

## 服务

本年度学员合格率96.5%，培训计划完成率112%。
""",
    bad="""
# 工作

## 服务

本年度培训的学员合格率196.5%。
""",
)
def rate_over_hundred(context: Context) -> Iterator[Finding]:
    """A rate that is a part of a whole and yet exceeds 100 %."""
    for claim in context.book.claims:
        yield from findings("RK518", over_hundred(claim))
