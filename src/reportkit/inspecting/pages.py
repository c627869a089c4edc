"""Rules on pages: size, margins, grid, right edges, blank pages, page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

from reportkit.model.base import Place
from reportkit.model.diagnostic import Finding
from reportkit.model.style import Style

from .measured import MM, Line, Measured, Sheet, millimetres

SIZE_OFF = 1.0
MARGIN_OFF = 1.0
"""Millimetres that paper and margins may be off: GB/T 9704—2012, 5.2.1 says ±1 mm."""
STRAIGHT, OFF_EDGE = 0.995, 0.5
"""Share of full lines that must end within so many points of the right edge."""
_HANGING = "，。、；：！？）】》」』”’…—％%.,;:)"
_ENDS, _PAIRS = "。：；！？:;!?", 3
_FULL = 15
"""Lines of body text from which on a page tells its margins."""
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True, slots=True)
class Block:
    """The text block of a page, as its lines of body text fill it. Points from the edges."""

    left: float
    right: float
    top: float
    bottom: float
    rows: int
    characters: int


def found(code: str, measured: Measured, page: int | None = None, **args: Any) -> Finding:
    """A finding on a page (from 0) of the file."""
    place = Place(file=measured.name, page=None if page is None else page + 1)
    quote = str(args.pop("quote", ""))[:80]
    return Finding(code=code, place=place, quote=quote, args=args, at=measured.name)


def page_size(measured: Measured, style: Style | None) -> Iterator[Finding]:
    """RK710: paper of another size than the look asks for, or of several sizes."""
    sizes = Counter(_upright(sheet) for sheet in measured.sheets)
    usual = sizes.most_common(1)[0][0]
    wanted = _rounded(style.page.width, style.page.height) if style else usual
    for size, pages in _pages_by(measured.sheets, _upright):
        off = max(abs(a - b) for a, b in zip(size, wanted, strict=True))
        if off > SIZE_OFF:
            yield found(
                "RK710", measured, pages[0], value=f"{size[0]} mm × {size[1]} mm",
                limit=f"{wanted[0]} mm × {wanted[1]} mm", pages=_ranges(pages),
            )  # fmt: skip


def _upright(sheet: Sheet) -> tuple[float, float]:
    return _rounded(*sorted((sheet.width / MM, sheet.height / MM)))


def _rounded(width: float, height: float) -> tuple[float, float]:
    return round(width, 0), round(height, 0)


def _pages_by(sheets: Sequence[Sheet], key: Any) -> list[tuple[Any, list[int]]]:
    made: dict[Any, list[int]] = {}
    for sheet in sheets:
        made.setdefault(key(sheet), []).append(sheet.index)
    return list(made.items())


def _ranges(pages: Sequence[int]) -> str:
    """Pages (from 0) as people write them: 3—5、9."""
    made = []
    for _, run in groupby(enumerate(pages), lambda pair: pair[1] - pair[0]):
        numbers = [page + 1 for _, page in run]
        made.append(str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}—{numbers[-1]}")
    return "、".join(made[:12]) + (" 等" if len(made) > 12 else "")


def block(sheet: Sheet, measured: Measured) -> Block | None:
    """The text block of a page that body text fills; None where too little of it stands there."""
    lines = [x for x in sheet.falling if measured.is_body(x) and not sheet.in_table(x)]
    rows = [list(run) for _, run in groupby(lines, lambda line: round(line.bottom / 4))]
    long = [line for line in lines if len(line.bare) >= 8]
    if len(rows) < _FULL or len(long) < _FULL // 2 or sheet.width > sheet.height:
        return None
    if _runs_on(sheet, measured) < _PAIRS:
        return None
    plain = [line.right for line in long if line.text.rstrip()[-1:] not in _HANGING]
    lefts = Counter(round(line.left, 1) for line in lines if len(line.bare) > 1)
    left = min((x for x, n in lefts.items() if n >= 2), default=min(lefts))
    widest = Counter(sum(len(line.bare) for line in row) for row in rows)
    most = max((n for n, times in widest.items() if times >= 2), default=0)
    right = max(plain, default=max(line.right for line in long))
    return Block(
        left, sheet.width - right, sheet.height - lines[0].top, lines[-1].bottom, len(rows), most
    )


def _runs_on(sheet: Sheet, measured: Measured) -> int:
    """How many lines go on on the next one: only such lines show where the text block ends."""
    return sum(
        measured.is_body(line) and measured.is_body(below)
        and line.right - line.left > 0.6 * sheet.width
        and line.bare[-1] not in _ENDS
        and below.left <= line.left + 1
        for line, below in pairwise(sheet.text)
    )  # fmt: skip


def page_margins(measured: Measured, style: Style | None) -> Iterator[Finding]:
    """RK711: body text that stands elsewhere on the page than the look says.

    Without a look only the left edge is judged, against that of most pages of the same side.
    """
    found_blocks = ((s, block(s, measured)) for s in measured.sheets)
    blocks = [(s.index, _is_left(s), b) for s, b in found_blocks if b]
    wanted = _wanted(style, blocks)
    off: dict[tuple[str, str, str], list[int]] = {}
    for index, parity, measured_block in blocks:
        for side, name in (("left", "左边距"), ("right", "右边距"), ("top", "上边距")):
            limit = wanted.get((side, parity))
            value = getattr(measured_block, side)
            slack = MARGIN_OFF * MM + (0.0 if side != "top" else _leading(style, measured))
            if side == "top" and not _begins_with_body(measured, index):
                continue
            if limit is not None and abs(value - limit) > slack:
                off.setdefault((name, millimetres(limit), millimetres(value)), []).append(index)
    for (name, limit_text, value_text), pages in off.items():
        yield found(
            "RK711", measured, pages[0], side=name, value=value_text,
            limit=f"{limit_text}（±{MARGIN_OFF:.0f} mm）", pages=_ranges(pages),
        )  # fmt: skip


def _is_left(sheet: Sheet) -> bool:
    """Whether it is a left-hand page: by its printed number, or else by its place."""
    return ordinal(sheet.number)[0] % 2 == 0 if sheet.number else sheet.index % 2 == 1


def _begins_with_body(measured: Measured, index: int) -> bool:
    first = measured.sheets[index].falling[0]
    return measured.is_body(first) and not measured.sheets[index].shapes_above(first.top)


def _leading(style: Style | None, measured: Measured) -> float:
    """What the first line's box may be higher than its type."""
    line = style.texts["body"].line if style else None
    return max((line or measured.body_size * 2) - measured.body_size, 0.0)


def _wanted(
    style: Style | None, blocks: Sequence[tuple[int, bool, Block]]
) -> dict[tuple[str, int], float]:
    if style is not None:
        page = style.page
        return {
            ("left", 0): page.inside * MM,
            ("left", 1): page.outside * MM,
            ("right", 0): page.outside * MM,
            ("right", 1): page.inside * MM,
            ("top", 0): page.top * MM,
            ("top", 1): page.top * MM,
        }
    made = {}
    for parity in (0, 1):
        lefts = Counter(round(b.left) for _, side, b in blocks if side == parity)
        if lefts:
            made["left", parity] = float(lefts.most_common(1)[0][0])
    return made


def grid(style: Style) -> tuple[int, int] | None:
    """Lines a page and characters a line that a look asks for; None if it leaves them open."""
    text, page = style.texts["body"], style.page
    if not text.line:
        return None
    height = (page.height - page.top - page.bottom) * MM
    width = (page.width - page.inside - page.outside) * MM
    return int(height / text.line + 0.01), int(width / text.size + 0.01)


def lines_per_page(measured: Measured, style: Style | None) -> Iterator[Finding]:
    """RK712: pages full of text that hold other numbers of lines or characters than asked for."""
    wanted = grid(style) if style else None
    if style is None or wanted is None:
        return
    size, pitch = style.texts["body"].size, style.texts["body"].line or 0.0
    pure = [
        made
        for sheet in measured.sheets
        if (made := block(sheet, measured)) and not sheet.shapes
        and all(measured.is_body(line) for line in sheet.text)
        and made.top < style.page.top * MM + pitch
        and made.bottom < style.page.bottom * MM + 2.5 * pitch
    ]  # fmt: skip
    if abs(measured.body_size - size) > 0.3:
        yield found("RK712", measured, what="正文字号", value=f"{measured.body_size:g} 磅",
                    limit=f"{size:g} 磅")  # fmt: skip
    elif len(pure) >= 2:
        rows = Counter(b.rows for b in pure).most_common(1)[0][0]
        characters = Counter(b.characters for b in pure).most_common(1)[0][0]
        if not wanted[0] - 1 <= rows <= wanted[0]:  # widows may cost a line
            yield found("RK712", measured, what="每面行数", value=f"{rows} 行",
                        limit=f"{wanted[0]} 行")  # fmt: skip
        if abs(characters - wanted[1]) > 2:
            yield found("RK712", measured, what="每行字数", value=f"{characters} 字",
                        limit=f"{wanted[1]} 字")  # fmt: skip


def straightness(measured: Measured) -> tuple[int, int, list[tuple[int, Line, float]]]:
    """(full lines, those that end at the right edge, the others with how far they are off)."""
    full, straight, ragged = 0, 0, []
    for sheet in measured.sheets:
        edges = block(sheet, measured)
        if edges is None or sheet.is_contents:
            continue
        right = sheet.width - edges.right
        for line, following in pairwise(sheet.text):
            if not _continued(line, following, edges, measured):
                continue
            full += 1
            off = line.right - right
            if line.text.rstrip()[-1:] in _HANGING and 0 < off <= line.size:
                off = 0.0
            straight += abs(off) <= OFF_EDGE
            if abs(off) > OFF_EDGE:
                ragged.append((sheet.index, line, off))
    return full, straight, ragged


def _continued(line: Line, following: Line, edges: Block, measured: Measured) -> bool:
    """Whether a paragraph goes on from one line to the next."""
    body = all(measured.is_body(one) and one.font == measured.body_font and not
               measured.is_title(one) for one in (line, following))  # fmt: skip
    below = 0 < line.bottom - following.bottom < 2.4 * line.size
    begins = abs(following.left - edges.left) < 1
    return body and below and begins and line.left - edges.left < 2.6 * line.size


def ragged(measured: Measured, style: Style | None) -> Iterator[Finding]:
    """RK715: too many full lines that do not end at the right edge."""
    full, straight, others = straightness(measured)
    if full >= 40 and straight / full < STRAIGHT:
        page, line, off = max(others, key=lambda other: abs(other[2]))
        yield found(
            "RK715", measured, page, value=f"{straight / full:.1%}（{full} 行中 {straight} 行）",
            limit=f"{STRAIGHT:.1%}", quote=line.text, off=f"{abs(off):.1f} 磅",
        )  # fmt: skip


def blank_pages(measured: Measured, style: Style | None) -> Iterator[Finding]:
    """RK719: blank pages; one on the back, before a page that must be a right one, is in order."""
    duplex = style is None or style.body_on_right
    last = len(measured.sheets) - 1
    for sheet in measured.sheets:
        back = sheet.index % 2 == 1 and sheet.index != last
        if sheet.blank and not (duplex and back):
            yield found("RK719", measured, sheet.index)


def page_numbers(measured: Measured, style: Style | None) -> Iterator[Finding]:
    """RK720: printed page numbers that are missing, or do not count on."""
    numbered = [sheet for sheet in measured.sheets if sheet.number]
    if not numbered:
        if len(measured.sheets) > 2:
            yield found("RK720", measured, what="没有印页码", value="无", limit="每页有页码")
        return
    before: Sheet | None = None
    for sheet in measured.sheets[numbered[0].index :]:
        if not sheet.number:
            if not sheet.blank and sheet.index < numbered[-1].index:
                yield found("RK720", measured, sheet.index, what="没有印页码", value="无",
                            limit="每页有页码")  # fmt: skip
            continue
        number, kind = ordinal(sheet.number)
        if before is not None:
            old, old_kind = ordinal(before.number)
            due = old + sheet.index - before.index
            if number != due and not (number == 1 and (kind != old_kind or old > 1)):
                yield found("RK720", measured, sheet.index, what="页码不连续",
                            value=sheet.number, limit=str(due))  # fmt: skip
        yield from _side(measured, sheet, number, style)
        before = sheet


def _side(measured: Measured, sheet: Sheet, number: int, style: Style | None) -> Iterator[Finding]:
    line = sheet.number_line
    if style is None or style.page_number.side != "outside" or line is None:
        return
    middle, right = sheet.width / 2, number % 2 == 1
    stands = (line.left + line.right) / 2
    if (right and stands < middle) or (not right and stands > middle):
        yield found("RK720", measured, sheet.index, what="页码位置不对",
                    value="居左" if right else "居右", limit="单页码居右、双页码居左")  # fmt: skip


def ordinal(number: str) -> tuple[int, str]:
    """A printed page number as (count, kind)."""
    if number.isdecimal():
        return int(number), "arabic"
    total = 0
    values = [_ROMAN.get(char, 0) for char in re.sub("[^ivxlc]", "", number)]
    for value, following in zip(values, [*values[1:], 0], strict=True):
        total += -value if value < following else value
    return total, "roman"
