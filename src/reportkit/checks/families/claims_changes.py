"""RK503, RK508, RK515: changes against values, percent against points, 持平 against two values."""

from __future__ import annotations

from collections.abc import Iterator

from ...claims.changes import changes_of_parts, not_level, points_as_percent, wrong_moves
from ...model.diagnostic import Finding, Severity
from ..context import Context
from ..registry import Basis, Source, rule
from ..verdicts import findings
from .claims_sums import CLAIMS, HINT


@rule(
    code="RK503",
    name="claim-change",
    title="增减与数值算不拢",
    severity=Severity.ERROR,
    source=Source(Basis.PRACTICE, "XC-01、XC-03、TF-09：增减量＝本年－上年，增减率＝增减量÷上年"),
    why="本年数、增减量和增减率以同一个上年数为基数，三者必须相符，正负号也要相符。",
    message="增减算不拢：{what}",
    expected="增减与两个数相符：{working}",
    hint=HINT,
    needs=CLAIMS,
    good="""
# 工作

## 服务

2023年服务4600人次，较上年增加600人次，增长15%。
""",
    bad="""
# 工作

## 服务

2023年服务4600人次，较上年增加600人次，增长13%。
""",
)
def change_against_values(context: Context) -> Iterator[Finding]:
    """A change that value, rate or the value of the year before contradict."""
    book = context.book
    for passage in book.passages:
        for each in passage.read:
            yield from findings("RK503", wrong_moves(book, each))
        yield from findings("RK503", changes_of_parts(book, passage))


@rule(
    code="RK508",
    name="claim-points",
    title="比率之差应当用百分点",
    severity=Severity.WARNING,
    source=Source(Basis.PRACTICE, "TF-10：两个比率之差用百分点表示"),
    why="合格率从90%到92%是提高2个百分点，提高2%则是到91.8%，意思不同。",
    message="{what}，应当用“百分点”",
    expected="用百分点；{working}",
    hint="把“%”改为“个百分点”，或写明是相对增幅。所说的比率：{others}。（把握约{sure}%）",
    needs=CLAIMS,
    good="""
# 工作

## 服务

服务满意度96.5%，较上年提高1.5个百分点。
""",
    bad="""
# 工作

## 服务

服务满意度96.5%，较上年提高1.5%。
""",
)
def percent_for_points(context: Context) -> Iterator[Finding]:
    """A difference of two rates that is told in percent."""
    for each in context.book.read:
        yield from findings("RK508", points_as_percent(each))


@rule(
    code="RK515",
    name="claim-level",
    title="称与上年持平，数值不同",
    severity=Severity.WARNING,
    source=Source(Basis.INFERRED, "XC-02：称持平而相差超过1%"),
    why="读者会拿上年的数来对；相差超过1%就不是持平。",
    message="“持平”不实：{what}",
    expected="相差不超过1%：{working}",
    hint="写出增减的数量，或核对两处的数。另一处：{others}。（把握约{sure}%）",
    needs=CLAIMS,
    good="""
# 工作

## 服务

2022年社区服务点48个。

2023年社区服务点48个，与上年持平。
""",
    bad="""
# 工作

## 服务

2022年社区服务点48个。

2023年社区服务点53个，与上年持平。
""",
)
def level_is_not_level(context: Context) -> Iterator[Finding]:
    """与上年持平 where the report gives two values that differ."""
    for each in context.book.read:
        yield from findings("RK515", not_level(context.book, each))
