"""RK120 to RK127, RK137, RK138: how chapters are written."""

from __future__ import annotations

from ...model.diagnostic import Severity
from ..registry import Basis, Source, emitted

CHAPTERS = Source(Basis.FORMAT, "章节文件的写法（Markdown 与围栏）")
_FINE = """
# 工作

## 服务

面向社区开展服务活动十二次，情况见 @tbl:visits。

::: table {#tbl:visits caption="服务情况表"}
| 类别 | 次数 |
|---|---|
| 社区 | 12 |
:::
"""

emitted(
    code="RK120",
    name="fence-unclosed",
    title="围栏没有结束",
    severity=Severity.ERROR,
    source=CHAPTERS,
    why="没有结束的围栏会把后面的内容都包进去。",
    message="第 {line} 行开始的围栏没有结束的“:::”",
    expected="单独一行“:::”结束围栏",
    hint="在表、图或案例的末尾另起一行写“:::”。",
    good=_FINE,
    bad="""
# 工作

## 服务

面向社区开展服务活动十二次，情况见 @tbl:visits。

::: table {#tbl:visits caption="服务情况表"}
| 类别 | 次数 |
|---|---|
| 社区 | 12 |
""",
)

emitted(
    code="RK121",
    name="fence-unknown",
    title="不认识的围栏",
    severity=Severity.ERROR,
    source=CHAPTERS,
    why="不认识的围栏按原文照印，表和图就不成样子了。",
    message="没有“{kind}”这种围栏",
    expected="{known}之一",
    hint="{suggestion:是否指“%s”？}改正“:::”后面的名称；花括号、引号和 # 都用半角。",
    good=_FINE,
    bad="""
# 工作

## 服务

面向社区开展服务活动十二次，参加人员逐年增加。

::: tabel
情况从略
:::
""",
)

emitted(
    code="RK122",
    name="table-ragged",
    title="表格各行格数不同",
    severity=Severity.ERROR,
    source=CHAPTERS,
    why="少一格，后面的数据就错位了。",
    message="第 {row} 行有 {cells} 格，应为 {wanted} 格",
    expected="每行 {wanted} 格",
    hint="补齐或删去多余的“|”；没有数据的格写“—”；格中的“|”写作“\\|”。",
    good=_FINE,
    bad="""
# 工作

## 服务

面向社区开展服务活动十二次，情况见 @tbl:visits。

::: table {#tbl:visits caption="服务情况表"}
| 类别 | 次数 |
|---|---|
| 社区 | 12 |
| 企业 |
:::
""",
)

emitted(
    code="RK123",
    name="table-merge-invalid",
    title="合并单元格的写法不成立",
    severity=Severity.ERROR,
    source=CHAPTERS,
    why="合并的范围必须是长方形，否则无法排版。",
    message="第 {row} 行第 {column} 格的“{mark}”：{reason}",
    expected="^^ 与上格、<< 与左格合并，合成的范围是长方形",
    hint="核对合并标记；表身第一行不能与表头合并，第一列不能向左合并。",
    good=_FINE,
    bad="""
# 工作

## 服务

面向社区开展服务活动十二次，情况见 @tbl:visits。

::: table {#tbl:visits caption="服务情况表"}
| << | 次数 |
|---|---|
| 社区 | 12 |
:::
""",
)

emitted(
    code="RK126",
    name="raw-content",
    title="有不支持的内容，按原文印出",
    severity=Severity.ERROR,
    source=CHAPTERS,
    why="HTML、代码等不会起作用，会照原样印在报告里；行内代码可能确实要印，只要求改正或说明。",
    message="有不支持的内容（{what}），将按原文印出",
    expected="文字、表、图、案例、注和落款",
    hint="改用本格式的写法，或删去；尖括号本身要印出的，写作“\\<”。",
    good=_FINE,
    bad="""
# 工作

## 服务

面向社区开展服务活动<b>十二次</b>，参加人员逐年增加。
""",
)

emitted(
    code="RK127",
    name="duplicate-id",
    title="标识重复",
    severity=Severity.ERROR,
    source=CHAPTERS,
    why="两个对象用同一标识，引用时不知指哪一个。",
    message="标识“{id}”用了两次",
    expected="每个标识只用一次",
    hint="改掉其中一个，并核对引用它的地方。",
    good=_FINE,
    bad="""
# 工作

## 服务

服务情况见 @tbl:visits。

::: table {#tbl:visits caption="服务情况表"}
| 类别 | 次数 |
|---|---|
| 社区 | 12 |
:::

::: case {#tbl:visits title="节日活动进社区" owner="示例单位"}
组织人员走进社区，与居民共度节日。
:::
""",
)

emitted(
    code="RK137",
    name="link-forbidden",
    title="链接不是网址",
    severity=Severity.ERROR,
    source=CHAPTERS,
    why="报告公开以后，指向本机文件的链接别人打不开，还会泄露文件位置。",
    message="链接“{url}”不是网址",
    expected="以 http:// 或 https:// 开头的网址",
    hint="改为公开的网址，或去掉链接。",
    good=_FINE,
    bad="""
# 工作

## 服务

面向社区开展[服务活动](file:///share/list.docx)十二次，参加人员逐年增加。
""",
)

emitted(
    code="RK138",
    name="text-before-heading",
    title="标题之前有内容",
    severity=Severity.WARNING,
    source=CHAPTERS,
    why="第一个标题之前的内容不属于任何一章，会成为没有标题的一章。",
    message="第一个标题之前有内容",
    expected="文件以“# 标题”开头",
    hint="把这些内容移到标题之下；前言可写作“# {{.unnumbered}}”。",
    good=_FINE,
    bad="""
以下是本章内容。

# 工作

## 服务

面向社区开展服务活动十二次，参加人员逐年增加。
""",
)
