"""RK501, RK506, RK514: parts against their whole, lists against their announced number."""

from __future__ import annotations

from collections.abc import Iterator

from ...claims.lists import wrong_counts, wrong_enumeration
from ...claims.sums import beyond_hundred, overlapping_shares, wrong_sum
from ...model.diagnostic import Finding, Severity
from ..context import Context
from ..registry import Basis, Needs, Source, rule
from ..verdicts import findings

HINT = "与{others}核对，改正其中一处；口径不同的写明口径。（把握约{sure}%）"
CLAIMS = (Needs.SUBMISSION, Needs.REPORT)


@rule(
    code="RK501",
    name="claim-parts",
    title="分项之和与总数不符",
    severity=Severity.ERROR,
    source=Source(Basis.PRACTICE, "XC-06：一句中互不交叉的分项之和等于总数，容许各项末位的舍入差"),
    why="总数和分项是同一事实的两种写法，加不拢说明至少有一个数错了，或漏了一项。",
    message="分项与总数不符：{what}",
    expected="分项之和等于总数：{working}",
    hint=HINT + "“其中”只列一部分时，写“等”或补上其余。",
    needs=CLAIMS,
    good="""
# 工作

## 服务

全年共有9名学员结业，4人升学、3人就业、2人参军。培训经费12.5万元（其中区级拨款8.2万元，自筹4.3万元）。
""",
    bad="""
# 工作

## 服务

全年共有9名学员结业，4人升学、3人就业、1人参军。
""",
)
def parts_against_whole(context: Context) -> Iterator[Finding]:
    """Parts that exceed their whole, or fall short of it where all are named."""
    for passage in context.book.passages:
        yield from findings("RK501", map(wrong_sum, passage.groups))


@rule(
    code="RK506",
    name="claim-list",
    title="列举的项数与所称不符",
    severity=Severity.WARNING,
    source=Source(Basis.INFERRED, "XC-05：句中所称的项数等于列出的项数"),
    why="读者会去数；多一项少一项，就不知道是数错了还是漏写了。",
    message="列举与所称不符：{what}",
    expected="项数与列举相符；{working}",
    hint="数一数列出的各项，改正项数或补全列举；只举例时用“等”。（把握约{sure}%）",
    needs=CLAIMS,
    good="""
# 工作

## 服务

服务工作分为申请、受理、办理、回访四个环节，形成“宣讲”“咨询”“体验”等三个品牌。
""",
    bad="""
# 工作

## 服务

服务工作分为申请、受理、办理、回访五个环节。
""",
)
def list_against_count(context: Context) -> Iterator[Finding]:
    """Announced numbers that the list before or behind them does not bear out."""
    for passage in context.book.passages:
        for each in passage.read:
            yield from findings("RK506", wrong_counts(each))
        yield from findings("RK506", wrong_enumeration(passage.read))


@rule(
    code="RK514",
    name="claim-exclusive-shares",
    title="互不相容的各项占比合计不是100%",
    severity=Severity.WARNING,
    source=Source(Basis.PRACTICE, "TF-06：互不交叉的各项占比合计不超过100%"),
    why="一个人只有一种最高学历；各档占比加起来超过100%，多半是漏写了“及以上”。",
    message="各项占比互不相容：{what}",
    expected="合计不超过100%，列全时等于100%：{working}",
    hint="例如把“本科学历”写成“本科及以上学历”；" + HINT,
    needs=CLAIMS,
    good="""
# 工作

## 服务

技师中，本科及以上学历40人，占比100%，硕士学历10人，占比25%。
""",
    bad="""
# 工作

## 服务

技师中，本科学历40人，占比100%，硕士学历10人，占比25%。
""",
)
def exclusive_shares(context: Context) -> Iterator[Finding]:
    """Members of one family, or shares side by side, that add up to more than the whole."""
    for each in context.book.read:
        yield from findings("RK514", overlapping_shares(each))
        yield from findings("RK514", beyond_hundred(each))
