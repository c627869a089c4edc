"""RK104 to RK110, RK140, RK141: ``report.yaml``, and the explanations in it."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.diagnostic import Finding, Severity
from ..context import Context
from ..registry import Basis, Source, emitted, rule

MANIFEST = "report.yaml"
MANIFEST_FORMAT = Source(Basis.FORMAT, "report.yaml 的 JSON Schema")
_FINE = """
=== report.yaml
title: 示例单位年度报告（2023）
"""

emitted(
    code="RK104",
    name="yaml-syntax",
    title="YAML 写法有误",
    severity=Severity.ERROR,
    source=MANIFEST_FORMAT,
    why="读不懂的部分之后全部作废。",
    message="YAML 写法有误{reason:：%s}",
    expected="每行“键: 值”，冒号后空一格，下级用空格缩进",
    hint="看标出的位置：常见的是冒号写成全角、缺空格、缩进用了制表符、引号不成对。",
    good=_FINE,
    bad="""
=== report.yaml
title: "示例单位年度报告（2023）
""",
)

emitted(
    code="RK105",
    name="yaml-duplicate-key",
    title="同一个键写了两次",
    severity=Severity.ERROR,
    source=MANIFEST_FORMAT,
    why="两处只会有一处生效，另一处白写了。",
    message="“{key}”写了两次",
    expected="每个键只写一次",
    hint="留下正确的一处，删去另一处。",
    good=_FINE,
    bad="""
=== report.yaml
title_year: 2023
title_year: 2024
""",
)

emitted(
    code="RK106",
    name="yaml-unsupported",
    title="不支持的 YAML 写法",
    severity=Severity.ERROR,
    source=MANIFEST_FORMAT,
    why="锚点、别名、标签等会使内容藏在别处，审读的人看不出来。",
    message="不支持{what}",
    expected="只用“键: 值”和“- 项”",
    hint="把内容直接写在这里。以 * 或 & 开头的文字请加引号。",
    good=_FINE,
    bad="""
=== report.yaml
title: &name 示例单位年度报告（2023）
""",
)

emitted(
    code="RK107",
    name="unknown-key",
    title="不认识的键",
    severity=Severity.ERROR,
    source=MANIFEST_FORMAT,
    why="写错的键不会生效，它的内容等于没有写。",
    message="{owner:%s中}没有“{key}”这一项",
    expected="{known:可以写：%s}",
    hint="{suggestion:是否指“%s”？}改正键名，或删去这一项。",
    good=_FINE,
    bad="""
=== report.yaml
tittle_year: 2023
title_year: 2023
""",
)

emitted(
    code="RK108",
    name="missing-key",
    title="缺少必填的项",
    severity=Severity.ERROR,
    source=MANIFEST_FORMAT,
    why="没有这一项，无法检查或印出。",
    message="{owner:%s}缺少“{key}”{meaning:（%s）}",
    expected="写有 {key}",
    hint="补上这一项。",
    good=_FINE,
    bad="""
=== report.yaml
title_year: (删去)
""",
)


@rule(
    code="RK109",
    name="wrong-value",
    title="填写的内容不合要求",
    severity=Severity.ERROR,
    source=MANIFEST_FORMAT,
    why="日期、数字、选项写错，程序无法使用。",
    message="{owner:%s的}“{key}”填写有误{value:：%s}",
    expected="{reason}（{key} 的写法）",
    hint="照“应为”改正这一项。",
    good=_FINE,
    bad="""
=== report.yaml
filed_on: 2024年1月10日
""",
)
def wrong_value(context: Context) -> Iterator[Finding]:
    """A value of the wrong kind, as readers tell, or a data window that ends before it begins."""
    yield from context.emitted("RK109")
    if context.result.submission is None:
        return
    window = context.submission.metadata.data_period
    if window.end < window.start:
        yield Finding(
            code="RK109",
            place=window.place_of("end") or context.manifest_place("data_period"),
            quote=str(window.end),
            at=MANIFEST,
            args={
                "key": "end",
                "value": str(window.end),
                "reason": f"截止日期不早于起始日期 {window.start}",
                "owner": "数据所属时期",
            },
        )


emitted(
    code="RK110",
    name="unknown-standard",
    title="没有这个编制规范",
    severity=Severity.ERROR,
    source=MANIFEST_FORMAT,
    why="不知道按哪个规范检查，章节、编号都无从核对。",
    message="没有编制规范“{standard}”",
    expected="reportkit standards 列出的标识之一",
    hint="{suggestions:是否指 %s？}改正 report.yaml 中的 standard。",
    good=_FINE,
    bad="""
=== report.yaml
standard: exampel
""",
)

ANSWERS = Source(Basis.FORMAT, "report.yaml 的 explanations：说明与其内容绑定")

emitted(
    code="RK140",
    name="explanation-lapsed",
    title="说明已经失效",
    severity=Severity.INFO,
    source=ANSWERS,
    why="说明是针对当时的内容写的；内容改了，要重新看一遍是否仍然成立。",
    message="对 {rule}（{at}）的说明已经失效：内容与说明时不同",
    expected="说明所附的指纹（content）为 {new}",
    hint="核对“{what}”；说明仍然成立的，把 content 改为 {new}，否则改正内容并删去说明。",
    good="""
=== report.yaml
filed_on: 2025-03-10
explanations:
  - {rule: RK224, at: report.yaml, content: 8b0daec5f8a5, reason: 因机构调整，经同意推迟报送}
""",
    bad="""
=== report.yaml
filed_on: 2025-03-10
explanations:
  - {rule: RK224, at: report.yaml, content: "000000000000", reason: 因机构调整，经同意推迟报送}
""",
)

emitted(
    code="RK141",
    name="explanation-unmatched",
    title="说明没有对应的问题",
    severity=Severity.INFO,
    source=ANSWERS,
    why="多余的说明会让审核的人误以为还有问题。",
    message="对 {rule}（{at}）的说明没有用处：{why}",
    expected="每条说明对应一条经验校验",
    hint="问题已经改正的，删去这条说明；位置写错的，照检查结果改正 at。",
    good=_FINE,
    bad="""
=== report.yaml
explanations:
  - {rule: RK224, at: report.yaml, content: 8b0daec5f8a5, reason: 因机构调整，经同意推迟报送}
""",
)
