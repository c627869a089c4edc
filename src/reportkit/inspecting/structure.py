"""Rules on what belongs together: headings, captions, tables over pages, contents, links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from reportkit.model.diagnostic import Finding
from reportkit.model.style import Style

from .measured import Line, Measured, Sheet, squeeze
from .pages import found

_CAPTION = re.compile(
    r"附?(表|图)\s?(?:\d+|[一二三四五六七八九十]+)(?:[-‐‑－—–.．]\d+)*(?:\s|（续）|$|(?=[一-鿿]))"
)
_CONTINUED = re.compile(r"续表|(?:表|附表).{0,12}[（(]续[）)]")
_HEADING = re.compile(
    r"第[一二三四五六七八九十百\d]+[章节篇]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[）)]"
)
_ENTRY = re.compile(r"(?P<title>.*?)[\s.…·．]*(?P<number>\d{1,4}|[ivxlc]{1,8})?\s*$", re.IGNORECASE)
_LEADERS = re.compile(r"[.…·．]{3,}\s*")
_YEARS = re.compile(r"(?:19|20)\d\d(?:[—–-](?:19|20)\d\d)?(?:学?年度?)")
_UNIT = re.compile(r"[（(]?单位[:：]")
_SIGN = 8
"""Characters of a header row that tell whether it is there again."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a table of contents with the page number that it prints."""

    sheet: int
    title: str
    number: str
    target: int | None


def _below(sheet: Sheet, line: Line) -> bool:
    """Whether anything of the text or a drawing follows below a line."""
    foot = sheet.number_line
    floor = max(foot.top if foot else 0.0, sheet.height * 0.04)
    if any(other.top < line.bottom + 1 and other is not line for other in sheet.text):
        return True
    return any(floor < box[3] < line.bottom + 2 and box[3] - box[1] > 3 for box in sheet.shapes)


def headings_at_foot(measured: Measured, style: Style | None) -> Iterator[Finding]:
    """RK716: a heading with nothing of its section below it on the page."""
    for sheet in measured.sheets[:-1]:
        if sheet.is_contents or len(sheet.text) < 3:
            continue
        notes = _body_floor(sheet, measured)
        line = min(
            (x for x in sheet.text if x.bottom > notes), key=lambda x: x.bottom, default=None
        )
        if line is None or line.bottom > sheet.height * 0.5 or not _heading(line, measured):
            continue
        if not any(line.bottom > box[3] > notes and box[3] - box[1] > 3 for box in sheet.shapes):
            yield found("RK716", measured, sheet.index, what=line.text.strip()[:40],
                        quote=line.text)  # fmt: skip


def _body_floor(sheet: Sheet, measured: Measured) -> float:
    """Height below which only footnotes stand: small type under a short rule, or under nothing."""
    rules = [
        box[3]
        for box in sheet.shapes
        if box[3] - box[1] < 2 and 20 < box[2] - box[0] < sheet.width * 0.4
        and box[3] < sheet.height * 0.6
    ]  # fmt: skip
    for height in sorted(rules, reverse=True):
        under = [line for line in sheet.text if line.top < height + 2]
        if sum(box[3] <= height + 1 for box in sheet.shapes) > 1:
            continue  # a rule of a table
        if under and all(line.size < measured.body_size - 1 for line in under):
            return height
    return 0.0


def _heading(line: Line, measured: Measured) -> bool:
    if measured.titles:
        return (
            measured.is_title(line)
            and len(line.bare) > 2
            and any(squeeze(title).endswith(line.bare) for title, _ in measured.titles)
        )
    short = len(line.bare) < 30 and line.bare[-1] not in "。；，："
    return short and line.font != measured.body_font and bool(_HEADING.match(line.bare))


def captions_apart(measured: Measured, style: Style | None) -> Iterator[Finding]:
    """RK717: the caption of a table at the foot of a page, of a figure at the head of one."""
    above = {
        "表": (style.table_caption if style else "above") == "above",
        "图": (style.figure_caption if style else "below") == "above",
    }
    for sheet in measured.sheets:
        if sheet.is_contents:
            continue
        for line in sheet.text:
            kind = _CAPTION.match(line.text.strip())
            if kind is None or (measured.is_body(line) and line.font == measured.body_font):
                continue
            before = above[kind[1]]
            apart = not _below(sheet, line) if before else _is_first(sheet, line)
            if apart and not _listed(sheet, line):
                where = "页末" if before else "页首"
                yield found("RK717", measured, sheet.index, what=line.text.strip()[:40],
                            where=where, quote=line.text)  # fmt: skip


def _is_first(sheet: Sheet, line: Line) -> bool:
    higher = any(other.top > line.top + 1 for other in sheet.text)
    return not higher and not any(box[3] > line.top + 2 for box in sheet.shapes)


def _listed(sheet: Sheet, line: Line) -> bool:
    """Whether the line is an entry of a list: it has leaders, or a number at its right."""
    level = [x for x in sheet.text if abs(x.bottom - line.bottom) < 3 and x is not line]
    return bool(_LEADERS.search(line.text)) or any(x.bare.isdecimal() for x in level)


def headers_not_repeated(measured: Measured, style: Style | None) -> Iterator[Finding]:
    """RK718: a table goes on, on the next page, without its header row."""
    start: str | None = None
    for sheet, following in zip(measured.sheets, measured.sheets[1:], strict=False):
        bottom, top = _table_at_foot(sheet, measured), _table_at_head(following, measured)
        if not bottom or not top or _columns(bottom) != _columns(top):
            start = None
            continue
        sign = start if start and len(bottom) == len(sheet.text) else _sign(bottom)
        text = "".join(line.bare for line in top)
        if not text.startswith(sign[:_SIGN]) and not _numeric(sign):
            yield found("RK718", measured, following.index, quote=text[:30], header=sign[:20])
        start = sign


def _numeric(text: str) -> bool:
    """Whether a row is one of numbers rather than of names; years are names of columns."""
    text = _YEARS.sub("", text)
    return sum(char.isdecimal() for char in text) * 2 > len(text)


def _sign(rows: Sequence[Line]) -> str:
    """The text of the first row, as far as it stands on one line."""
    level = takewhile(lambda line: abs(line.bottom - rows[0].bottom) < 3, rows)
    return "".join(line.bare for line in level)[:20]


def _cells(lines: Sequence[Line], sheet: Sheet, measured: Measured) -> list[Line]:
    """The lines from the first on that stand in a table, or are set smaller than body text."""
    small = measured.body_size - 0.5
    return list(takewhile(lambda line: line.size < small or sheet.in_table(line), lines))


def _table_at_foot(sheet: Sheet, measured: Measured) -> list[Line]:
    """The lines of a table that reaches the foot of the page, as drawn."""
    floor = _body_floor(sheet, measured)
    lines = [line for line in sheet.text if line.bottom > floor]
    kept = _cells(lines[::-1], sheet, measured)[::-1]
    for index in range(len(kept) - 1, -1, -1):
        row = "".join(x.bare for x in kept if abs(x.bottom - kept[index].bottom) < 3)
        if _CAPTION.match(row) or _UNIT.match(row):
            kept = kept[index + 1 :]
            break
    kept = [line for line in kept if sheet.in_table(line)] or kept
    return kept if _is_table(kept, sheet) and kept[-1].bottom < sheet.height * 0.3 else []


def _table_at_head(sheet: Sheet, measured: Measured) -> list[Line]:
    lines = list(sheet.text)
    while lines and (_CONTINUED.search(lines[0].bare) or lines[0].bottom > sheet.height * 0.9):
        lines.pop(0)
    lines = [line for line in lines if not _CONTINUED.search(line.bare)]
    kept = _cells(lines, sheet, measured)
    kept = list(takewhile(lambda line: not _CAPTION.match(line.text.strip()), kept))
    first = kept[0].top if kept else 0.0
    return kept if _is_table(kept, sheet) and first > sheet.height * 0.6 else []


def _is_table(lines: Sequence[Line], sheet: Sheet) -> bool:
    """Whether lines stand side by side, and between rules."""
    rows = [sum(abs(line.bottom - other.bottom) < 3 for other in lines) for line in lines[:60]]
    ruled = sum(1 for box in sheet.shapes if box[3] - box[1] < 3 or box[2] - box[0] < 3)
    return len(lines) >= 3 and sum(n >= 2 for n in rows) >= len(rows) * 0.5 and ruled >= 2


def _columns(lines: Sequence[Line]) -> int:
    """Columns: the most lines that stand side by side."""
    return max(sum(abs(line.bottom - other.bottom) < 3 for other in lines) for line in lines[:80])


def entries(measured: Measured) -> list[Entry]:
    """The entries of the tables of contents and lists."""
    made = []
    for sheet in measured.sheets:
        if not sheet.is_contents:
            continue
        title, rows = "", _rows(sheet)
        led_rows = [row for row in rows if any(_LEADERS.search(line.text) for line in row)]
        edge = max((row[-1].right for row in led_rows), default=0.0)
        for row in rows:
            text = " ".join(line.text for line in row)
            if squeeze(text) in measured.running_heads:
                continue
            read = _ENTRY.fullmatch(text)
            apart = len(row) > 1 and row[-1].right > sheet.width * 0.7
            led = _LEADERS.search(text) or (apart and row[-1].bare == (read and read["number"]))
            led = led or (read is not None and _full(read, row, edge, measured))
            if read is None or not read["number"] or not led:
                title = title + text if len(text) > 12 else ""
                continue
            ends = (row[0], row[-1])  # some programs link the page number only
            target = next(
                (link.page for line in ends for link in sheet.links if _inside(line, link.box)),
                None,
            )
            made.append(Entry(sheet.index, squeeze(title + read["title"]),
                              read["number"].lower(), target))  # fmt: skip
            title = ""
    return made


def _full(read: re.Match[str], row: Sequence[Line], edge: float, measured: Measured) -> bool:
    """Whether an entry leaves no room for leaders: its number ends where those of others end."""
    number = read["number"] or ""
    there = number.isdecimal() and 0 < int(number) <= len(measured.sheets)
    return there and not read["title"][-1:].isdigit() and abs(row[-1].right - edge) < 2


def _rows(sheet: Sheet) -> list[list[Line]]:
    rows: list[list[Line]] = []
    for line in sheet.falling:
        if rows and abs(rows[-1][0].top - line.top) < line.size * 0.5:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda line: line.left) for row in rows]


def _inside(line: Line, box: tuple[float, float, float, float]) -> bool:
    left, bottom, right, top = box
    middle = (line.top + line.bottom) / 2
    return bottom - 1 <= middle <= top + 1 and left - 2 <= line.left + line.size <= right + 2


def contents_pages(measured: Measured, style: Style | None) -> Iterator[Finding]:
    """RK721: an entry of the contents whose page number is not that of its title."""
    starts = [_starts(sheet) for sheet in measured.sheets]
    for entry in entries(measured):
        if len(entry.title) < 2:
            continue
        stands = [
            sheet
            for sheet, text in zip(measured.sheets, starts, strict=True)
            if not sheet.is_contents and _begins(text, entry.title)
        ]
        if entry.target is not None and measured.sheets[entry.target] in stands:
            stands = [measured.sheets[entry.target]]
        real = [sheet.number for sheet in stands]
        if entry.number in real:
            continue
        yield found(
            "RK721", measured, entry.sheet, what=entry.title[:40], value=entry.number,
            limit="、".join(filter(None, real[:3])), quote=entry.title, absent="" if real else "是",
        )  # fmt: skip


def _starts(sheet: Sheet) -> tuple[str, set[int]]:
    """All text of a page without blanks, and where lines begin in it."""
    text, places = "", set()
    for line in sheet.text:
        places.add(len(text))
        text += line.bare
    return text, places


def _begins(page: tuple[str, set[int]], title: str) -> bool:
    text, places = page
    at = text.find(title)
    while at >= 0:
        if at in places:
            return True
        at = text.find(title, at + 1)
    return False
