"""RK100 to RK103, RK111 to RK119: the files of a submission."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.diagnostic import Finding, Severity
from ..context import Context
from ..registry import Basis, Source, emitted, rule

FORMAT = Source(Basis.FORMAT, "报送件文件夹的格式")
_FINE = """
=== report.yaml
title: 示例单位年度报告（2023）
"""

emitted(
    code="RK100",
    name="internal-error",
    title="检查程序自身出错",
    severity=Severity.WARNING,
    source=Source(Basis.FORMAT, "检查程序自身"),
    why="某条规则没有查完，结果可能不全；报送件本身未必有错。",
    message="{what}，这一项没有查完",
    expected="每条规则都能查完",
    hint="请把报送件和这条信息一起反馈给维护人。",
    good=_FINE,
    bad="（程序出错时才会出现，没有例子）",
)

emitted(
    code="RK101",
    name="path-missing",
    title="找不到文件或文件夹，或其中是空的",
    severity=Severity.ERROR,
    source=FORMAT,
    why="没有内容，无从检查。",
    message="{path} 不能用：{reason}",
    expected="有内容、读得出的报送件文件夹（内有 report.yaml）、章节文件或 JSON 文档",
    hint="核对路径和文件内容；新的报送件可用 reportkit new 建立。",
    good=_FINE,
    bad="""
=== chapters/2.md
""",
)

emitted(
    code="RK102",
    name="manifest-missing",
    title="没有 report.yaml",
    severity=Severity.ERROR,
    source=FORMAT,
    why="report.yaml 写明单位、年度、所用规范和各章文件，没有它无法检查。",
    message="文件夹中没有 {path}",
    expected="文件夹中有 report.yaml",
    hint="{suggestion:是否应把 %s 改名为 report.yaml？}核对路径；新建可用 reportkit new。",
    good=_FINE,
    bad="""
=== report.yaml (删去)
""",
)

emitted(
    code="RK103",
    name="encoding",
    title="文件不是 UTF-8 编码",
    severity=Severity.ERROR,
    source=FORMAT,
    why="编码不同的文件在别的电脑上会变成乱码。",
    message="{file} 是 {encoding}，不是 UTF-8",
    expected="UTF-8 编码（有无 BOM 均可）",
    hint="用记事本打开，“另存为”时编码选 UTF-8；从 Excel 导出时选“CSV UTF-8”。",
    good=_FINE,
    bad="""
=== chapters/3.md (GBK)
# 总结

主要问题是经费来源单一，改进措施是拓宽渠道。
""",
)

emitted(
    code="RK111",
    name="chapter-file-missing",
    title="找不到章节文件",
    severity=Severity.ERROR,
    source=FORMAT,
    why="chapters 中列出的文件不在，这一章就没有了；在它补上之前，不再报告缺少章节。",
    message="找不到章节文件 {file}",
    expected="文件夹中有 {file}",
    hint="{suggestion:是否指 %s？}核对文件名（大小写、全角半角），或从 chapters 中删去。",
    good=_FINE,
    bad="""
=== report.yaml
chapters: [chapters/1.md, chapters/2.md, chapters/3.md, chapters/4.md, chapters/5.md]
""",
)

emitted(
    code="RK112",
    name="chapter-listed-twice",
    title="同一章节文件列了两次",
    severity=Severity.ERROR,
    source=FORMAT,
    why="同一章会印两遍。",
    message="{file} 列了两次",
    expected="每个文件列一次",
    hint="删去多列的一处。",
    good=_FINE,
    bad="""
=== report.yaml
chapters: [chapters/1.md, chapters/2.md, chapters/3.md, chapters/3.md, chapters/4.md]
""",
)


@rule(
    code="RK113",
    name="file-unused",
    title="文件没有用到",
    severity=Severity.INFO,
    source=FORMAT,
    why="可能忘了列入 chapters，或引用时写错了文件名。",
    message="{file} 没有用到",
    expected="每个文件都被 report.yaml 或某一章用到",
    hint="要用的，列入 chapters 或在正文中引用；不用的移出文件夹。",
    good=_FINE,
    bad="""
=== chapters/draft.md
# 草稿

这是还没有列入的内容。
=== report.yaml
chapters: [chapters/1.md, chapters/2.md, chapters/3.md, chapters/4.md]
""",
)
def file_unused(context: Context) -> Iterator[Finding]:
    """A file that nothing uses. Waits while something is missing: it may belong there."""
    known = context.has_standard and context.result.submission is not None
    if not (known and context.lacking):
        yield from context.emitted("RK113")


emitted(
    code="RK114",
    name="path-outside",
    title="路径离开了报送件文件夹",
    severity=Severity.ERROR,
    source=FORMAT,
    why="报送件要能整个文件夹一起交出去，文件夹外的文件别人没有。",
    message="路径“{path}”不能用：{reason}",
    expected="报送件文件夹内的相对路径，如 figures/a.png",
    hint="把文件复制到报送件文件夹内，再写相对路径。",
    good=_FINE,
    bad="""
# 工作

## 服务

面向社区开展服务活动十二次，情况见 @fig:visits。

::: figure {#fig:visits caption="服务现场" image="../outside.png"}
:::
""",
)

emitted(
    code="RK115",
    name="too-large",
    title="文件或内容过大",
    severity=Severity.ERROR,
    source=FORMAT,
    why="过大的内容多半是误放的，也无法排版。",
    message="{what}有 {size}，超过 {limit}",
    expected="不超过 {limit}",
    hint="确认是不是放错了文件；图片请缩小，长段落请分段，大表请分成几个。",
    good=_FINE,
    bad="""
=== chapters/2.md (重复 40000 次)
# 工作

## 服务

面向社区开展服务活动十二次，参加人员逐年增加，活动内容不断丰富，形成了固定的做法。
""",
)

emitted(
    code="RK116",
    name="control-character",
    title="有看不见的控制字符",
    severity=Severity.ERROR,
    source=FORMAT,
    why="从其他软件粘贴时带入的控制字符，印出来是方框或使文件损坏。",
    message="有控制字符 {character}{count:，共 %s 个}",
    expected="没有控制字符",
    hint="在标出的位置删去看不见的字符，或重新键入这一行。",
    good=_FINE,
    bad="""
# 工作

## 服务

面向社区开展␀服务活动十二次，参加人员逐年增加。
""",
)

emitted(
    code="RK117",
    name="image-missing",
    title="找不到图片",
    severity=Severity.ERROR,
    source=FORMAT,
    why="没有图片，印出来是空缺。",
    message="找不到图片 {path}",
    expected="文件夹中有 {path}",
    hint="{suggestion:是否指 %s？}核对文件名（大小写、扩展名）。",
    good=_FINE,
    bad="""
# 工作

## 服务

面向社区开展服务活动十二次，情况见 @fig:visits。

::: figure {#fig:visits caption="服务现场" image="figures/visits.png"}
:::
""",
)

emitted(
    code="RK118",
    name="image-broken",
    title="图片打不开",
    severity=Severity.ERROR,
    source=FORMAT,
    why="损坏的、扩展名不对的图片无法印出。",
    message="图片 {path} 不能用：{reason}",
    expected="完好的 PNG、JPEG、GIF、WebP、TIFF 或 BMP 图片，扩展名与内容一致",
    hint="用看图软件打开，另存为 PNG 或 JPEG。",
    good=_FINE,
    bad="""
# 工作

## 服务

面向社区开展服务活动十二次，情况见 @fig:visits。

::: figure {#fig:visits caption="服务现场" image="figures/visits.png"}
:::
=== figures/visits.png
不是图片
""",
)

emitted(
    code="RK119",
    name="image-too-large",
    title="图片过大",
    severity=Severity.ERROR,
    source=FORMAT,
    why="像素过多的图片会耗尽内存，印出来也看不出更清楚。",
    message="图片 {path} 不能用：{reason}",
    expected="大小合适的图片",
    hint="缩小到宽 2000 像素左右再放入。",
    good=_FINE,
    bad="""
# 工作

## 服务

面向社区开展服务活动十二次，情况见 @fig:visits。

::: figure {#fig:visits caption="服务现场" image="figures/visits.png"}
:::
=== figures/visits.png (PNG 9000×9000)
""",
)
