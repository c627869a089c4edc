"""RK150 to RK152: Word, Excel and PDF files that reports are imported from."""

from __future__ import annotations

from ...model.diagnostic import Severity
from ..registry import Basis, Source, emitted

IMPORTED = Source(Basis.FORMAT, "可导入的文件：.docx、.xlsx、.txt、.md、有文字的 .pdf")
_FINE = """
# 工作

## 服务

面向社区开展服务活动十二次，参加人员逐年增加。
"""
_NO_EXAMPLE = "（导入文件时才会出现）"

emitted(
    code="RK150",
    name="file-unreadable",
    title="文件打不开",
    severity=Severity.ERROR,
    source=IMPORTED,
    why="文件读不出来，无从检查。",
    message="{file} 打不开：{reason}",
    expected="没有加密、没有损坏、内容与扩展名相符的文件",
    hint="{advice:%s}改好后再检查一次。",
    good=_FINE,
    bad=_NO_EXAMPLE,
)

emitted(
    code="RK151",
    name="content-set-aside",
    title="有内容没有作为正文读入",
    severity=Severity.INFO,
    source=IMPORTED,
    why="修订、隐藏文字、嵌入对象等在纸面上看不见或读不出来；说明怎样处理了，以便核对。",
    message="{what}{count:（%s 处）}：{how}",
    expected="正文是普通的文字、表格和图片",
    hint="{advice:%s}与原文件对照，看这样处理对不对。",
    good=_FINE,
    bad=_NO_EXAMPLE,
)

emitted(
    code="RK152",
    name="part-damaged",
    title="文件中有一部分损坏",
    severity=Severity.WARNING,
    source=IMPORTED,
    why="损坏的部分没有读入，检查结果可能不全。",
    message="{what}读不出来：{reason}",
    expected="文件完整",
    hint="用 Word 或 WPS 打开，核对这一部分后另存，再检查一次。",
    good=_FINE,
    bad=_NO_EXAMPLE,
)
