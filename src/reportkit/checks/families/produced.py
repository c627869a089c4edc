"""RK7xx: the produced DOCX and PDF. Found by the writers while they print."""

from __future__ import annotations

from ...model.diagnostic import Severity
from ..registry import Basis, Source, emitted

PRINTED = Source(Basis.PRACTICE, "付印文件的字体和图片应当齐全")
_FINE = """
# 工作

## 服务

面向社区开展服务活动十二次，参加人员逐年增加。
"""
_NO_EXAMPLE = "（输出文件时才会出现，与本机所装字体有关）"

emitted(
    code="RK701",
    name="glyph-missing",
    title="字体中没有这个字",
    severity=Severity.WARNING,
    source=PRINTED,
    why="缺字印出来是方框或空白，人名中尤其常见。",
    message="{font:字体“%s”中}没有“{characters}”{count:（共 %s 处）}",
    expected="所用字体含有报告中的每一个字",
    hint="换用字数较全的字体，或安装所缺的字体；运行 reportkit doctor 可看本机的字体。",
    good=_FINE,
    bad=_NO_EXAMPLE,
)

emitted(
    code="RK702",
    name="font-substituted",
    title="字体被替代",
    severity=Severity.INFO,
    source=PRINTED,
    why="本机没有版式要求的字体，PDF 用了相近的字体；正式付印前应在装有该字体的电脑上输出。",
    message="没有字体“{font}”{characters:中的“%s”}，用“{substitute}”代替",
    expected="本机装有“{font}”",
    hint="安装该字体后重新输出；运行 reportkit doctor 可看缺哪些字体。",
    good=_FINE,
    bad=_NO_EXAMPLE,
)

emitted(
    code="RK703",
    name="picture-missing",
    title="图片没有印出",
    severity=Severity.ERROR,
    source=PRINTED,
    why="图片读不出来，印出的是一行说明。",
    message="图片“{picture}”没有印出",
    expected="每张图片都印出",
    hint="核对图片文件；打不开的请另存为 PNG 或 JPEG。",
    good=_FINE,
    bad=_NO_EXAMPLE,
)

emitted(
    code="RK704",
    name="table-crowded",
    title="表太宽，数字要拆开印",
    severity=Severity.WARNING,
    source=PRINTED,
    why="一格里的数字拆成几行，容易读错。",
    message="{table}有 {columns} 列，缩小字号也放不下，PDF 中有的数字或词语拆成了几行",
    expected="每个数字印在一行之内",
    hint="把表改为横排（landscape: true），减少列数、改用较大的单位，或拆成几张表。",
    good=_FINE,
    bad="（输出文件时才会出现，与表的列数和数字的位数有关）",
)
