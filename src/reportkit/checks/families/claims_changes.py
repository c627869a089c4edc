"""RK503, RK508, RK515, RK519: changes, percent against points, 持平, and jumps."""

from __future__ import annotations

from collections.abc import Iterator

from ...claims.changes import changes_of_parts, points_as_percent, wrong_moves
from ...claims.multiples import wrong_multiples
from ...claims.past import jumps, not_level
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
    source=Source(
        Basis.PRACTICE,
        "XC-01、XC-03、XC-04、TF-09：增减量＝本年－上年，增减率＝增减量÷上年；几倍、翻番与两数相符",
    ),
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
            yield from findings("RK503", wrong_multiples(each))
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


@rule(
    code="RK519",
    name="claim-jump",
    title="正文的数比上年变动超过一半",
    severity=Severity.WARNING,
    source=Source(Basis.INFERRED, "XC-07：较上年变动超过一半或差一位小数的，应当问一问"),
    why="变动过大而文中没有说明的数，往往是小数点、单位或统计口径有误。",
    message="变动过大：{what}，文中没有说明",
    expected="变动不超过一半，或说明原因：{working}",
    hint="核对两年的数、单位和口径；确实如此的，在文中写明增减和原因。上年：{others}。（把握约{sure}%）",
    needs=CLAIMS,
    good="""
# 工作

## 服务

2022年社区服务点48个。

2023年社区服务点96个，较上年增加48个，增长100%。
""",
    bad="""
# 工作

## 服务

2022年社区服务点480个。

2023年社区服务点48个。
""",
)
def jump_in_prose(context: Context) -> Iterator[Finding]:
    """A value far from that of the year before, with no word about it."""
    yield from findings("RK519", jumps(context.book))
