"""RK160 to RK164: filled templates and workbooks."""

from __future__ import annotations

from ...model.diagnostic import Severity
from ..registry import Basis, Source, emitted

KIT = Source(Basis.FORMAT, "reportkit kit 生成的填报模板和填报数据")
_FINE = """
# 工作

## 服务

面向社区开展服务活动十二次，参加人员逐年增加。
"""
_NO_EXAMPLE = "（读填报模板时才会出现）"

emitted(
    code="RK160",
    name="kit-outside",
    title="有内容写在填写处之外",
    severity=Severity.INFO,
    source=KIT,
    why="写在填写处之外的内容按它上面的标题归入各节，请核对位置。",
    message="有 {count} 段内容写在填写处之外，已按所在标题归入",
    expected="内容写在各节的填写处",
    hint="看归入的章节对不对；不对的，移到该节的填写处再导入一次。",
    good=_FINE,
    bad=_NO_EXAMPLE,
)

emitted(
    code="RK161",
    name="workbook-sheet",
    title="填报文件或工作表有误",
    severity=Severity.ERROR,
    source=KIT,
    why="缺少、重复或改动过的表会丢数据。",
    message="{sheet:工作表“%s”：}{reason}",
    expected="由 reportkit kit 生成、隐藏的标记行列没有删去的填报模板和填报数据",
    hint="{advice:%s}改好后再读一次。",
    good=_FINE,
    bad=_NO_EXAMPLE,
)

emitted(
    code="RK162",
    name="kit-values-differ",
    title="两处填的不一样",
    severity=Severity.ERROR,
    source=KIT,
    why="同一个数填在两处而不一致，不知以哪个为准。",
    message="{what}填了“{value}”，另一处填的是“{other}”",
    expected="两处一致，或只填一处",
    hint="核对后改成一致；指标值以填报数据为准读入。",
    good=_FINE,
    bad=_NO_EXAMPLE,
)

emitted(
    code="RK163",
    name="kit-version",
    title="填报文件的规范版本不同",
    severity=Severity.WARNING,
    source=KIT,
    why="规范改版后，表和指标可能有增减。",
    message="{file} 按版本 {made} 生成，现在的规范是版本 {now}",
    expected="与规范版本一致的填报文件",
    hint="运行 reportkit standards 看规范，用新版本生成的填报文件核对有无增减。",
    good=_FINE,
    bad=_NO_EXAMPLE,
)

emitted(
    code="RK164",
    name="workbook-formula",
    title="数值由公式算出",
    severity=Severity.INFO,
    source=KIT,
    why="只读公式保存的结果；公式引用的文件改了，结果不会跟着变。",
    message="有 {count} 个数值由公式算出，按文件里保存的结果读入",
    expected="直接填写的数",
    hint="核对结果是否最新；不放心的，复制后“选择性粘贴”为数值。",
    good=_FINE,
    bad=_NO_EXAMPLE,
)
