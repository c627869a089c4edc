"""Splits the number that an author typed off a heading, a caption or a case title.

The number is a claim: kept as typed, compared with the computed one, never printed as it stands.
"""

import re
from typing import Literal, NamedTuple

_CN = "[一二三四五六七八九十百〇零]"
_PART = "[1-9][0-9]?"
_DOT = "[.．]"
_BLANKS = " \t\u3000"

_DOTTED = re.compile(rf"{_PART}(?:{_DOT}{_PART})+(?![0-9])")
_QUANTITY = re.compile(
    "倍|万|亿|%|％|‰|‱|个百分点|元|米|平方|立方|公里|公顷|亩|小时|分钟|折|吨|千|版|级|度|寸|克|升"
)
"""What makes 1.5 a quantity and not a number of a heading."""
_WORDING = re.compile(r"[+×:：~～\-—A-Za-z]")
"""What makes the last part of 1.1+X, 2.3D, 3.5G belong to the wording."""
_MEASURE = (
    "(?:[月号届万亿倍批套亩册周岁余件篇间]|人(?![才员文事])|年(?!度)|日(?!常)|所(?!在)|个(?![人性])"
    "|名(?![师校])|项(?!目)|种(?![类植])|门(?!类)|次(?!序)|家(?![校庭])|类(?![型别])|级(?!别)|大(?![学赛])"
    "|元(?!素)|期(?!刊)|场(?![地所])|条(?!件)|位(?!置)|部(?!分)|台(?!账)|本(?![科校地])|支(?![部持撑])"
    "|天(?!津)|时(?![代事])|分(?![类析])|点(?!面)|多(?![元样措]))"
)
"""What makes 3 名 a quantity; 1 人才培养 is a heading."""
_SIMPLE = re.compile(
    "|".join(
        (
            rf"第(?:{_CN}|[0-9]){{1,4}}(?:部分|[章节部编篇讲条])(?!{_CN}|[0-9])[、：:.．]?",
            rf"[（(〔[](?:{_CN}{{1,4}}|[0-9]{{1,2}})[)）〕\]][、.．]?",
            rf"{_CN}{{1,4}}(?:、|{_DOT}|[ \u3000](?=\S))",
            r"[①-⑳][、.．]?",
            r"[0-9]{1,2}[)）、]",
            rf"{_PART}{_DOT}(?=[0-9]{{4}}[—\-~～至年]|[0-9](?:\+|[A-Za-z])|[0-9]{{1,2}}[）)、]|\D|$)",
            rf"{_PART}[ \u3000]+(?=[\u4e00-\u9fff“《「])(?!{_MEASURE})",
        )
    )
)


class Split(NamedTuple):
    """``number`` as typed (None if there is none) and the offset at which the rest begins."""

    number: str | None
    offset: int


def heading(text: str) -> Split:
    """The number at the start of a heading: ``一、``, ``（一）``, ``1.``, ``1.1``, ``第一章`` …

    Numbers that are part of the wording (2022年, 1+X, 3D, 1.5倍, 十四五) are left alone.
    """
    end = _dotted(text)
    if not end and (match := _SIMPLE.match(text)):
        end = match.end()
    return _split(text, text[:end].rstrip(_BLANKS), end) if end else Split(None, 0)


def _split(text: str, number: str, end: int) -> Split:
    while end < len(text) and text[end] in _BLANKS:
        end += 1
    return Split(number, end)


def _dotted(text: str) -> int:
    """Length of ``1.1``, ``1.1.1`` … if it is a number of a heading, otherwise 0."""
    match = _DOTTED.match(text)
    if not match:
        return 0
    end, rest = match.end(), text[match.end() :]
    parts = re.split(_DOT, match[0])
    if _WORDING.match(rest):
        return end - (1 if rest[0] == "+" else len(parts[-1]))
    if len(parts) == 2 and _QUANTITY.match(rest):
        return 0
    followed = rest[:1] in (".", "．", "、") and not rest[1:2].isdigit()
    return end + followed


_KINDS = {"table": "表", "figure": "图", "case": "案例"}
_SEQUENCE = (
    r"[0-9]{1,2}(?:[ ]?[-－–—.．][ ]?[0-9]{1,2})+(?![0-9])"
    r"|[0-9]{1,3}(?![0-9])|[一二三四五六七八九十]{1,3}"
)


def caption(text: str, kind: Literal["table", "figure", "case"]) -> Split:
    """The number at the start of a caption or case title: ``表7-1``, ``图 2-3``, ``【案例1-1】``.

    A number that runs into the wording (``表3-12025年…``) is left where it is.
    """
    word = _KINDS[kind]
    bracketed = re.match(rf"[【\[〔]\s*{word}\s*(?:{_SEQUENCE})\s*[】\]〕]", text)
    if bracketed:
        return _split(text, bracketed[0], bracketed.end())
    match = re.match(rf"({word}[ \u3000]?(?:{_SEQUENCE}))[ \t\u3000]*[：:、.．]?[ \t\u3000]*", text)
    if not match:
        return Split(None, 0)
    by_chapter = re.search(r"[-－–—.．]", match[1])
    runs_on = match.end() == match.end(1) < len(text)
    if runs_on and not by_chapter:
        return Split(None, 0)  # 表5G…, 图3D…, 案例一般…
    return Split(match[1], match.end())
