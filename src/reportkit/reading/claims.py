"""Splits the number that an author typed off a heading, a caption or a case title.

The number is a claim: kept as typed, compared with the computed one, never printed as it stands.
"""

import re
from typing import Literal, NamedTuple

_CN = "一二三四五六七八九十百〇零"
_DIGITS = "[1-9][0-9]?"
_DOT = "[.．]"
_AFTER_DECIMAL = (
    "倍|万|亿|%|％|‰|‱|个百分点|元|米|平方|立方|公里|公顷|亩|小时|分钟|折|吨|千|版|级|度|寸|克|升|米|"
    "[0-9]"
)
_MEASURE = (
    "[年月日号所个名人项种门次家届类级大元万亿倍期场批条位部套台间亩册篇本支周天时分点岁余多]"
)

_HEADING = (
    re.compile(rf"第[{_CN}0-9]{{1,4}}(?:部分|[章节部编篇讲条])(?![{_CN}0-9])[、：:.．]?"),
    re.compile(rf"[（(〔[][{_CN}]{{1,4}}[)）〕\]][、.．]?"),
    re.compile(r"[（(][0-9]{1,2}[)）][、.．]?"),
    re.compile(rf"[{_CN}]{{1,4}}(?:、|{_DOT}|[ \u3000](?=\S))"),
    re.compile("[①-⑳][、.．]?"),
    re.compile(r"[0-9]{1,2}[)）、]"),
    re.compile(
        rf"{_DIGITS}{_DOT}(?=[0-9]{{4}}[—\-~～至年]|[0-9]\+|[0-9][A-Za-z]|[0-9]{{1,2}}[）)、]|\D|$)"
    ),
)
_DOTTED = re.compile(rf"{_DIGITS}(?:{_DOT}{_DIGITS})+(?![0-9])")
_BARE = re.compile(rf"[1-9][0-9]?[ \u3000]+(?=[\u4e00-\u9fff“《「])(?!{_MEASURE})")
_BACK = re.compile(r"[+×xX:：~～\-—A-Za-z]")
_UNIT = re.compile(_AFTER_DECIMAL)


class Split(NamedTuple):
    """``number`` as typed (None if there is none) and the offset at which the rest begins."""

    number: str | None
    offset: int


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t\u3000":
        at += 1
    return at


def heading(text: str) -> Split:
    """The number at the start of a heading: ``一、``, ``（一）``, ``1.``, ``1.1``, ``第一章`` …

    Numbers that are part of the wording (2022年, 1+X, 3D, 1.5倍, 十四五) are left alone.
    """
    end = _dotted(text)
    if not end:
        for pattern in _HEADING:
            if match := pattern.match(text):
                end = match.end()
                break
        else:
            match = _BARE.match(text)
            end = match.end() if match else 0
    if not end:
        return Split(None, 0)
    return Split(text[:end].rstrip(" \t\u3000"), _skip(text, end))


def _dotted(text: str) -> int:
    """Length of ``1.1``, ``1.1.1`` … if it is a number of a heading, otherwise 0."""
    match = _DOTTED.match(text)
    if not match:
        return 0
    end, rest = match.end(), text[match.end() :]
    parts = len(re.split(_DOT, match[0]))
    if _BACK.match(rest):  # 1.1+X, 2.3D, 3.5G: the last part belongs to the wording
        return match.end() - len(re.split(_DOT, match[0])[-1]) if parts == 2 or rest else 0
    if parts == 2 and _UNIT.match(rest):
        return 0
    if rest[:1] in (".", "．", "、") and not rest[1:2].isdigit():
        end += 1
    return end


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
        return Split(bracketed[0], _skip(text, bracketed.end()))
    match = re.match(rf"{word}[ \u3000]?(?:{_SEQUENCE})", text)
    if not match:
        return Split(None, 0)
    end, rest = match.end(), text[match.end() :]
    simple = not re.search(r"[-－–—.．]", match[0])
    separator = re.match(r"[ \t\u3000]*[：:、.．]?[ \t\u3000]*", rest)
    gap = separator.end() if separator else 0
    if rest and simple and not gap:
        return Split(None, 0)  # 表5G…, 图3D…, 案例一般…
    return Split(match[0], end + gap)
