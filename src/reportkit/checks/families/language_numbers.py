"""RK611 to RK615: how numbers, dates and units are written; RK616: data of persons."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportkit.vocabulary import groups

from ...model.diagnostic import Finding, Severity
from ..context import Context
from ..prose import prose
from ..registry import Basis, Needs, Source, rule

_NUMBERS = Source(Basis.CLAUSE, "出版物上数字用法（GB/T 15835—2011）")
_N = r"\d+(?:\.\d+)?"
_RANGE = re.compile(rf"(?<![\d.%-])({_N}) ?([~～—–至]|-(?!-)) ?({_N}) ?%")
_MONTH, _DAY = "(?:1[0-2]|0?[1-9])", r"(?:3[01]|[12]\d|0?[1-9])"
_DATES = (
    (re.compile(r"(?<!\d)\d{4}年0[1-9]月(?:0?\d日)?|(?<!\d)\d{1,2}月0[1-9]日"), "月、日前不写0"),
    (re.compile(r"(?<!\d)\d{1,2}月\d{1,2}号(?!楼|院|文|线|门|厅|馆)"), "用“日”，不用“号”"),
    (re.compile(rf"(?<![\d.])(?:19|20)\d\d[./]{_MONTH}[./]{_DAY}(?![\d.])"), "写全年、月、日"),
    (re.compile(r"(?<![\d.])\d\d年(?=(?:1[0-2]|[1-9])月)"), "年份写四位数"),
)
_ABOUT = re.compile(
    r"(?:大约|约|将近|接近|近|超过|逾|不足) ?\d[\d.,]* ?[百千万亿]*"
    r"(?:[余多]|[^\d，。；、（）]{0,6}(?:左右|上下))"
)
_UNITS = tuple(
    (re.compile(rf"(?<=[\d百千万亿]) ?(?:{'|'.join(listed)})"), name)
    for name, listed in groups("units_as_spoken")
)
_PHONE = re.compile(r"(?<![\d-])1[3-9]\d{9}(?![\d-])")
_CARD = re.compile(r"(?<![\dA-Za-z])[1-9]\d{5}(?:19|20)\d{9}[\dXx](?![\dA-Za-z])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@rule(
    code="RK611",
    name="open-range",
    title="百分数的范围前一个数缺“%”",
    severity=Severity.INFO,
    source=_NUMBERS,
    why="“20～40%”也可以读成从20到40%；两个数都带“%”才没有歧义。",
    message="“{text}”前一个数没有“%”",
    expected="应写{right}",
    hint="两个数都写“%”。",
    needs=(Needs.SUBMISSION,),
    good="# 工作\n\n## 服务\n\n面向社区开展服务，参加的居民占20%～40%。\n",
    bad="# 工作\n\n## 服务\n\n面向社区开展服务，参加的居民占20～40%。\n",
)
def open_range(context: Context) -> Iterator[Finding]:
    """A range of per cent of which only the second number has the sign."""
    for text in prose(context, "body", "caption", "cell", "note", "footnote"):
        for found in _RANGE.finditer(text.text):
            low, mark, high = found.groups()
            right = f"{low}%{mark}{high}%"
            yield text.finding("RK611", *found.span(), text=found[0], right=right)


@rule(
    code="RK612",
    name="date-form",
    title="日期的写法不规范",
    severity=Severity.INFO,
    source=_NUMBERS,
    why="正式文件的日期写全年、月、日，年份四位，月、日不补0。",
    message="日期“{text}”写法不规范",
    expected="日期的写法：{right}",
    hint="改为“2023年9月1日”这样的写法。",
    needs=(Needs.SUBMISSION,),
    good="# 工作\n\n## 服务\n\n2023年9月1日起面向社区开展服务，人数逐年增加。\n",
    bad="# 工作\n\n## 服务\n\n2023年09月01日起面向社区开展服务，人数逐年增加。\n",
)
def date_form(context: Context) -> Iterator[Finding]:
    """Dates with zeros, with 号, with points, or with two digits of the year."""
    for text in prose(context, "title", "body", "caption", "note", "footnote"):
        for form, right in _DATES:
            for found in form.finditer(text.text):
                yield text.finding("RK612", *found.span(), text=found[0], right=right)


@rule(
    code="RK613",
    name="doubly-about",
    title="概数的说法重叠",
    severity=Severity.INFO,
    source=_NUMBERS,
    why="“约”和“余”“左右”说的是同一件事，连用就成了病句。",
    message="“{text}”里概数说了两次",
    expected="只留一个表示概数的词",
    hint="删去“{text}”里多余的表示概数的词。",
    needs=(Needs.SUBMISSION,),
    good="# 工作\n\n## 服务\n\n面向社区开展服务，参加的居民300余人。\n",
    bad="# 工作\n\n## 服务\n\n面向社区开展服务，参加的居民约300余人。\n",
)
def doubly_about(context: Context) -> Iterator[Finding]:
    """About and odd said of one number."""
    for text in prose(context, "body", "caption", "note", "footnote"):
        for found in _ABOUT.finditer(text.text):
            yield text.finding("RK613", *found.span(), text=found[0])


@rule(
    code="RK614",
    name="unit-as-spoken",
    title="计量单位用了俗称",
    severity=Severity.INFO,
    source=Source(Basis.CLAUSE, "国际单位制及其应用（GB 3100—1993）"),
    why="正式文件用法定计量单位的名称，全文一致。",
    message="“{text}”不是法定计量单位的名称",
    expected="用“{right}”",
    hint="改为“{right}”。",
    needs=(Needs.SUBMISSION,),
    good="# 工作\n\n## 服务\n\n新设服务点一处，面积120平方米，面向社区开放。\n",
    bad="# 工作\n\n## 服务\n\n新设服务点一处，面积120平米，面向社区开放。\n",
)
def unit_as_spoken(context: Context) -> Iterator[Finding]:
    """Spoken names of units behind a number."""
    for text in prose(context, "body", "caption", "cell", "note", "footnote"):
        for form, right in _UNITS:
            for found in form.finditer(text.text):
                yield text.finding("RK614", *found.span(), text=found[0].strip(), right=right)


@rule(
    code="RK616",
    name="personal-data",
    title="有个人信息",
    severity=Severity.WARNING,
    source=Source(Basis.CLAUSE, "个人信息保护法：公开个人信息应取得个人同意"),
    why="年度报告要公开发布，个人的证件号码和手机号码不应写进去。",
    message="有{what}",
    expected="不写个人的证件号码和手机号码",
    hint="删去号码；需要联系方式的，用办公电话{explain:；确实可以公开的，可以说明}。",
    needs=(Needs.SUBMISSION,),
    good="# 工作\n\n## 服务\n\n面向社区开展服务，咨询电话010-12345678。\n",
    bad="# 工作\n\n## 服务\n\n面向社区开展服务，咨询电话13912345678。\n",
)
def personal_data(context: Context) -> Iterator[Finding]:
    """Mobile numbers, and identity numbers whose check digit is right (GB 11643-1999)."""
    for text in prose(context, "title", "body", "caption", "cell", "note", "footnote"):
        for found in _PHONE.finditer(text.text):
            yield text.finding("RK616", *found.span(), what="手机号码")
        for found in _CARD.finditer(text.text):
            if _is_card(found[0]):
                yield text.finding("RK616", *found.span(), what="居民身份证号码")


def _is_card(number: str) -> bool:
    total = sum(int(d) * w for d, w in zip(number[:17], _WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == number[17].upper()
