"""RK153 to RK157: reports that were imported as they stand, and what had to be guessed in them."""

from __future__ import annotations

from ...model.diagnostic import Severity
from ..registry import emitted
from .office import IMPORTED

_FINE = """
# 工作

## 服务

面向社区开展服务活动十二次，参加人员逐年增加。
"""
_NO_EXAMPLE = "（导入文件时才会出现）"

emitted(
    code="RK153",
    name="encoding-converted",
    title="文件已按别的编码读入",
    severity=Severity.INFO,
    source=IMPORTED,
    why="编码认错时个别字会变样；原文件没有改动。",
    message="{file} 是 {encoding}，已转换后读入",
    expected="UTF-8 编码",
    hint="看标题和正文有没有乱码；有的话用记事本打开，“另存为”时编码选 UTF-8。",
    good=_FINE,
    bad=_NO_EXAMPLE,
)

emitted(
    code="RK154",
    name="import-guess",
    title="报告信息是从文中判断的",
    severity=Severity.INFO,
    source=IMPORTED,
    why="报告本身不写明所用规范、数据时期等，检查要用到，只能从封面、前言和落款判断。",
    message="{what}{unknown}判断为：{value}",
    expected="与实际相符",
    hint="规范不对时用 --standard 指定；其余各项导入后在 report.yaml 中改正。",
    good=_FINE,
    bad=_NO_EXAMPLE,
)

emitted(
    code="RK155",
    name="no-text",
    title="文件中没有文字",
    severity=Severity.ERROR,
    source=IMPORTED,
    why="扫描件每页是一张图片，没有可以检查的文字。",
    message="{file} 中没有文字{scanned:，%s 页都是图片}",
    expected="有文字的文件",
    hint="用原来的 Word 文件；只有扫描件时，先用文字识别（OCR）软件转成文字，核对后再导入。",
    good=_FINE,
    bad=_NO_EXAMPLE,
)

emitted(
    code="RK156",
    name="table-not-rebuilt",
    title="表格未能完全还原",
    severity=Severity.INFO,
    source=IMPORTED,
    why="文本文件和 PDF 不记录表格的格线，各格的文字可能连在一起或挪了位置。",
    message="{number:%s }表格{reason}",
    expected="表格与原文件一致",
    hint="与原文件对照；有 Word 文件时请导入 Word 文件。",
    good=_FINE,
    bad=_NO_EXAMPLE,
)

emitted(
    code="RK157",
    name="import-loss",
    title="有文字没有读入",
    severity=Severity.WARNING,
    source=IMPORTED,
    why="导入时逐字核对，这几个字没有归到任何地方，检查结果可能不全。",
    message="“{text}”等 {count} 个字没有读入",
    expected="每个字都读入，或说明未读入的原因",
    hint="请核对原文件此处，并把文件反馈给维护人。",
    good=_FINE,
    bad=_NO_EXAMPLE,
)
