"""Captions of tables and figures and titles of cases: number, title, owner."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from reportkit.vocabulary import alternatives

from .pieces import Piece
from .units import Kind, Work, ends_sentence, like_title, width

ObjectKind = Literal["table", "figure", "case"]

_CN = "[一二三四五六七八九十]{1,3}"
_SEQUENCE = r"\d{1,2}\s{0,2}[-－‐‑–—−.．]\s{0,2}\d{1,2}"
_WORD = r"(?P<word>(?:附|续)?[表图]|(?:典型|优秀|特色)?案\s?例)"
_NUMBERED = re.compile(rf"{_WORD}\s{{0,3}}(?:{_SEQUENCE})(?P<tail>(?![\d%％])|(?=(?:19|20)\d\d))")
_SIMPLE = re.compile(rf"{_WORD}\s{{0,3}}(?:\d{{1,3}}|{_CN})(?=\s*[:：、.．]|[ \t\u3000]+\S)")
_BRACKETED = re.compile(
    rf"[【\[〔]\s*{_WORD}\s*(?P<number>{_SEQUENCE}|\d{{1,3}}|{_CN})?[^】\]〕\n]{{0,6}}[】\]〕]"
)
_NAMED = re.compile(rf"{_WORD}[:：]\s*(?=\S)")
_AFTER = re.compile(r"[ \t\u3000\u00a0]*[:：、.．]?[ \t\u3000\u00a0]*")
_RUN_TOGETHER = re.compile(
    rf"{_WORD}\s{{0,3}}\d{{1,2}}\s?[-－‐‑–—−.．]\s?\d{{1,2}}?(?=(?:19|20)\d\d)"
)
_SENTENCE = re.compile(
    r"[ \t\u3000]*(?:所示|显示|所列|表明|反映|可见|可知|可以|看出|列出|给出|说明了|为例|中的?[，,]"
    r"|[、，,；;。)）】]|[和与及至到—~～-]\s*[表图])"
)
_LISTED = re.compile(r"、(?![表图案附])")
_OWNER = re.compile(r"\s*[（(]\s*([^（）()]{2,60}?)\s*[）)]\s*$")
_ORGANISATION = re.compile(
    rf".*(?:{alternatives('organisation_endings')})(?:等)?|[\u4e00-\u9fff]{{1,4}}[区县市旗盟州省]"
)
_NOT_OWNER = re.compile(r"[:：]|^单位|数据|来源|左|右|上图|下图|[0-9]{4}|赛区|摄|课$|部分$")
_TITLE_BELOW = 32
_FIRST_SENTENCE = re.compile(r"[^。！？!?]{2,60}?[。！？!?](?![”’」』）)])")


@dataclass(frozen=True, slots=True)
class Label:
    """A caption taken apart. ``body`` is what follows the title of a case on the same line.

    ``left`` holds what goes into none of them: brackets and separators that are printed anew.
    """

    kind: ObjectKind
    number: Piece | None
    title: Piece
    owner: Piece | None = None
    body: Piece | None = None
    left: tuple[Piece, ...] = ()


def mark(work: Work) -> None:
    """Find all captions."""
    for unit in work.units:
        if unit.kind is not Kind.BODY or not unit.text:
            continue
        styled = unit.hint is not None and unit.hint.role == "caption"
        label = read(unit.piece, styled=styled)
        if label is None and unit.hint and unit.hint.role == "case":
            label = Label("case", None, unit.piece)
        if label is not None:
            unit.kind, unit.label = Kind.CAPTION, label
    _titles_below(work)


def _titles_below(work: Work) -> None:
    """Join 【案例分享】 alone on its line with the title on the next one."""
    gone: set[int] = set()
    for index, unit in enumerate(work.units[:-2]):
        label, below, text = unit.label, work.units[index + 1], work.units[index + 2]
        if label is None or label.kind != "case" or label.title:
            continue
        short = below.kind is Kind.BODY and like_title(below.text, _TITLE_BELOW)
        prose = text.kind is Kind.BODY and (ends_sentence(text.text) or text.width > _TITLE_BELOW)
        if short and prose and below.number is None and "，" not in below.text:
            titled = replace(label, title=below.piece)
            unit.label = _with_owner(titled, figure=True)
            unit.piece = unit.piece + below.piece
            gone.add(index + 1)
    work.units = [unit for index, unit in enumerate(work.units) if index not in gone]


def read(piece: Piece, *, styled: bool = False) -> Label | None:
    """The caption that a line is; None if it is none.

    ``styled`` says that the file itself calls it one: then 【表】 needs no number.
    """
    text = piece.text
    found = _BRACKETED.match(text) or _NUMBERED.match(text) or _SIMPLE.match(text)
    named = None if found else _NAMED.match(text)
    if found is None and named is None:
        return None
    match = found or named
    assert match is not None
    kind = _kind(match["word"])
    if match.re is _NUMBERED and _RUN_TOGETHER.match(text):
        return Label(kind, None, piece) if like_title(text, 70) else None
    bracketed = match.re is _BRACKETED
    if bracketed and kind != "case" and not match["number"] and not styled:
        return None
    gap = _AFTER.match(text, match.end())
    start = gap.end() if gap else match.end()
    rest = piece.cut(start)
    listed = match.re is _SIMPLE and _LISTED.match(text, match.end())
    if not bracketed and not listed and _SENTENCE.match(text, match.end()):
        return None
    number = piece.cut(0, match.end()).strip() if found and _has_number(match) else None
    left = [piece.cut(match.end(), start)] if number else [piece.cut(0, start)]
    if kind == "case":
        return _case(number, rest, left, bracketed)
    if not rest or not like_title(rest.text, 70):
        return None
    if match.re is _SIMPLE and width(rest.text) > 40:
        return None
    return _with_owner(Label(kind, number, rest, left=tuple(left)), figure=kind == "figure")


def _kind(word: str) -> ObjectKind:
    if "例" in word:
        return "case"
    return "table" if "表" in word else "figure"


def _has_number(match: re.Match[str]) -> bool:
    return match.re is not _BRACKETED or bool(match["number"])


def _case(number: Piece | None, rest: Piece, left: list[Piece], bracketed: bool) -> Label | None:
    if not rest:
        return Label("case", number, rest, left=tuple(left)) if bracketed else None
    if like_title(rest.text, 90):
        return _with_owner(Label("case", number, rest, left=tuple(left)), figure=True)
    first = _FIRST_SENTENCE.match(rest.text)
    if first is None:
        return None
    end = first.end() - 1
    if first.end() == len(rest.text) and not bracketed and number is None:
        return None
    left.append(rest.cut(end, end + 1) if rest.text[end] == "。" else rest.cut(end, end))
    end += rest.text[end] != "。"
    body = rest.cut(first.end()).strip()
    label = Label("case", number, rest.cut(0, end), None, body or None, tuple(left))
    return _with_owner(label, figure=True)


def _with_owner(label: Label, *, figure: bool) -> Label:
    """The organisation in brackets at the end of the title becomes the owner."""
    found = _OWNER.search(label.title.text) if figure else None
    if found is None or found.start() == 0 or not is_organisation(found[1]):
        return label
    title, owner = label.title.cut(0, found.start()), label.title.cut(*found.span(1))
    brackets = (
        label.title.cut(found.start(), found.start(1)),
        label.title.cut(found.end(1), found.end()),
    )
    return Label(label.kind, label.number, title, owner, label.body, (*label.left, *brackets))


def is_organisation(text: str) -> bool:
    """Whether a text in brackets names a school, an office, a district …"""
    return bool(_ORGANISATION.fullmatch(text)) and not _NOT_OWNER.search(text)
