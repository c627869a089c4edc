"""What stands around the chapters: cover, sign-off at the end of a part, colophon."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from reportkit.vocabulary import alternatives

from .captions import is_organisation
from .pieces import Piece
from .units import AGAIN, Kind, Unit, Work, ends_line, ends_sentence

_YEAR = r"(?:19|20)\d\d|[二○〇零一][○〇零一二三四五六七八九]{3}"
DATE = re.compile(
    rf"(?P<year>{_YEAR})\s*年\s*(?P<month>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})\s*月"
    rf"(?:\s*(?P<day>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})\s*日)?"
)
_YEAR_LINE = re.compile(rf"[（(]?\s*(?:{_YEAR})\s*年?度?\s*[）)]?")
_URL = re.compile(r"<?(https?://[^\s<>]+)>?")
_ISSUER = re.compile(r".*(?:编委会|编写组|课题组|项目组|委员会|教委|人民政府|编制|发布)")
_REPORT = re.compile(r"报\s*告|年\s*报")
_NAME = re.compile(rf"《[^《》]{{2,60}}》\s*(?:(?:{_YEAR})\s*年?度?)?")
_STATEMENT = re.compile(r".{0,30}(?:真实性|责任)(?:责任)?(?:声明|承诺书?)")
_SIGNED = re.compile(r"单位(?:名称)?[（(]|法定代表人|签[名字章]|盖章|日\s*期|年\s*月\s*日")
_LABEL = re.compile(rf"(?:{alternatives('cover_labels')})?(?:单位|机构|时间|日期)[:：]\s*")
_MOST_LINES = 30
_MOST_SIGNED = 6


@dataclass(slots=True)
class Front:
    """What was found around the chapters; ``leading`` is how many units are cover."""

    title: Piece | None = None
    year: Piece | None = None
    issuer: Piece | None = None
    date: Piece | None = None
    url: Piece | None = None
    sign_off: list[Piece] = field(default_factory=list)
    colophon: list[Piece] = field(default_factory=list)


def take(work: Work) -> Front:
    """Move cover lines, the sign-off at the end and the colophon out of the text."""
    front = Front()
    _statement(work)
    _cover(work, front)
    _back(work, front)
    _signed(work)
    return front


def _statement(work: Work) -> None:
    """The statement of authenticity before the text; its words are printed by the standard."""
    before = [unit for unit in work.units[:_MOST_LINES] if unit.kind is not Kind.BREAK]
    start = next((i for i, unit in enumerate(before) if _STATEMENT.fullmatch(unit.text)), None)
    if start is None or any(unit.kind is Kind.HEADING for unit in before[:start]):
        return
    end = start + 1
    for index in range(start + 1, len(before)):
        if before[index].kind is not Kind.BODY:
            break
        if _SIGNED.search(before[index].text) and before[index].width <= 30:
            end = index + 1
    if end > start + 1:
        work.drop(before[start:end], "内容真实性责任声明")


def _cover(work: Work, front: Front) -> None:
    """The lines before the first heading or sentence."""
    cover: list[Unit] = []
    for unit in work.units[:_MOST_LINES]:
        if unit.kind is Kind.BREAK:
            continue
        styled = unit.hint is not None and unit.hint.role in ("title", "subtitle")
        if unit.kind is not Kind.BODY or (ends_sentence(unit.text) and not styled):
            break
        if (unit.width > 40 or ends_line(unit.text)) and not styled:
            break
        cover.append(unit)
    title = _title_lines(cover)
    if title:
        front.title = title[0].piece
        for unit in title[1:]:
            front.title = front.title + unit.piece
    named = {id(unit) for unit in title}
    for unit in cover:
        if id(unit) not in named:
            _cover_line(work, front, unit)
    gone = {id(unit) for unit in cover}
    work.units = [unit for unit in work.units if id(unit) not in gone]


def _title_lines(cover: Sequence[Unit]) -> list[Unit]:
    """The lines that make the title: up to the one that says 报告, from the first that could."""
    styled = [unit for unit in cover if unit.hint and unit.hint.role == "title"]
    if styled:
        return styled
    last = next((i for i, unit in enumerate(cover) if _REPORT.search(unit.text)), None)
    if last is None:
        return list(cover[:1]) if len(cover) == 1 else []
    usual = min((unit.gap for unit in cover[1:]), default=0)
    first = last
    while first > 0 and last - first < 4 and not _apart(cover[first - 1], cover[first], usual):
        first -= 1
    following = cover[last + 1] if last + 1 < len(cover) else None
    end = last + 1
    if following and _YEAR_LINE.fullmatch(following.text) and following.text[0] in "（(":
        end += 1
    return list(cover[first:end])


def _apart(unit: Unit, following: Unit, usual: int) -> bool:
    """Whether a line of the cover does not belong to the title that goes on below it."""
    text = unit.text
    if _YEAR_LINE.fullmatch(text) or DATE.fullmatch(text) or _URL.fullmatch(text):
        return True
    return following.gap > usual or bool(_ISSUER.fullmatch(text)) or bool(_LABEL.match(text))


def _cover_line(work: Work, front: Front, unit: Unit) -> None:
    piece = unit.piece
    if label := _LABEL.match(piece.text):
        work.aside(piece.cut(0, label.end()), "封面的栏目名")
        piece = piece.cut(label.end())
    if url := _URL.fullmatch(piece.text):
        if front.url is None and len(url[1]) <= 300:
            front.url = piece.cut(*url.span(1))
            work.aside(piece.cut(0, url.start(1)), "网址的括号" + AGAIN)
            work.aside(piece.cut(url.end(1)), "网址的括号" + AGAIN)
            return
    elif DATE.fullmatch(piece.text) and front.date is None:
        front.date = piece
        return
    elif _YEAR_LINE.fullmatch(piece.text) and front.year is None:
        front.year = piece
        work.aside(piece, "封面的年份" + AGAIN)
        return
    elif front.issuer is None and is_issuer(piece.text):
        front.issuer = piece
        return
    work.aside(piece, "封面上的其他文字")


def is_issuer(text: str) -> bool:
    """Whether a line names who issues the report."""
    return len(text) <= 40 and (is_organisation(text) or _ISSUER.fullmatch(text) is not None)


def _back(work: Work, front: Front) -> None:
    """The last lines: who signs, when, and the name of the report printed at the very end."""
    lines: list[Unit] = []
    for unit in reversed(work.units):
        if unit.kind is Kind.BREAK:
            continue
        short = unit.kind is Kind.BODY and unit.width <= 40 and not ends_line(unit.text)
        if not short or unit.number or len(lines) == _MOST_SIGNED:
            break
        lines.insert(0, unit)
    name = next((i for i, unit in enumerate(lines) if _NAME.fullmatch(unit.text)), None)
    if name is not None:
        tail = lines[name:]
        if all(_NAME.fullmatch(u.text) or _is_date(u) or is_issuer(u.text) for u in tail):
            front.colophon = [unit.piece for unit in tail]
            _remove(work, tail)
            lines = lines[:name]
    while lines and not (_is_date(lines[0]) or is_issuer(lines[0].text)):
        lines = lines[1:]
    dated = any(map(_is_date, lines))
    if lines and (dated or front.colophon) and all(_is_date(u) or is_issuer(u.text) for u in lines):
        front.sign_off = [unit.piece for unit in lines]
        _remove(work, lines)


def _is_date(unit: Unit) -> bool:
    return DATE.fullmatch(unit.text) is not None or _YEAR_LINE.fullmatch(unit.text) is not None


def _remove(work: Work, units: Sequence[Unit]) -> None:
    gone = {id(unit) for unit in units}
    work.units = [unit for unit in work.units if id(unit) not in gone]


def _signed(work: Work) -> None:
    """Who and when at the end of a preface: a sign-off inside the text."""
    units = [unit for unit in work.units if unit.kind is not Kind.BREAK]
    for index in range(1, len(units)):
        issuer, date = units[index - 1], units[index]
        if issuer.kind is date.kind is Kind.BODY and DATE.fullmatch(date.text):
            following = units[index + 1] if index + 1 < len(units) else None
            closed = following is None or following.kind is Kind.HEADING
            if closed and is_issuer(issuer.text):
                issuer.kind = date.kind = Kind.SIGN_OFF
