"""A PDF → the stream of its lines, tables and pictures."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from reportkit.model.base import Place
from reportkit.model.diagnostic import Severity

from ...source import Log
from ..stream import Aside, Break, Cell, Grid, Item, Picture, Stream, Text
from .chars import RAISED, Char, Page, Row, align, read_chars, rows
from .drawings import Drawing, drawings
from .furniture import furniture
from .lattice import Box, Lattice, box_at, lattices
from .paths import paths
from .pictures import Found, pictures

PAGE_LIMIT = 3000
TIME_LIMIT = 120.0
"""Seconds that reading may take; what is left then is told."""
_GARBLED = 0.3
_FILLED = 0.4
_SMALLER = 0.92
_ENOUGH = 100
"""Rows from which the margins of left and right pages are measured apart."""
_CONTINUED = re.compile(
    r"[（(]?续(?:上?表)?[）)]?|续?附?表[^，。；]{0,40}[（(]续表?[）)]|续附?表[\d.—-]+.{0,40}"
)
_PITCH = 1.6
"""How many usual line pitches a gap between paragraphs is at least."""


@dataclass(slots=True)
class _Table:
    """A ruled table with the characters of each cell."""

    lattice: Lattice
    inside: dict[Box, list[Char]] = field(default_factory=dict)


@dataclass(slots=True)
class _Sheet:
    """One page, read."""

    number: int
    page: Page
    rows: list[Row]
    tables: list[_Table]
    pictures: list[Found]
    drawings: list[Drawing]
    scanned: bool


def read(file: str, content: bytes, log: Log) -> Stream | None:
    """The stream of a PDF; None (and a finding) if it cannot be read or has no text."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        _refuse(file, getattr(error, "err_code", None), log)
        return None
    try:
        return _read(file, document, log)
    finally:
        document.close()


def _refuse(file: str, code: int | None, log: Log) -> None:
    from pypdfium2 import raw

    locked = code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
    reason = "文件加了密码" if locked else "PDF 文件已损坏或不完整"
    advice = "请去掉打开密码后另存。" if locked else "请从原处重新复制一份，或由 Word 重新导出。"
    log.add("RK150", Place(file=file), at=file, file=file, reason=reason, advice=advice)


def _read(file: str, document: Any, log: Log) -> Stream | None:
    if len(document) > PAGE_LIMIT:
        reason = f"有 {len(document)} 页，不能超过 {PAGE_LIMIT} 页"
        log.add("RK150", Place(file=file), at=file, file=file, reason=reason,
                advice="请分成几个文件。")  # fmt: skip
        return None
    sheets = list(_sheets(file, document, log))
    chars = sum(len(sheet.page.chars) for sheet in sheets)
    scanned = [sheet.number for sheet in sheets if sheet.scanned]
    if not chars:
        log.add("RK155", Place(file=file), at=file, file=file, scanned=len(scanned) or "")
        return None
    odd = sum(not c.text.isprintable() or "\ue000" <= c.text < "\uf900"
              for sheet in sheets for c in sheet.page.chars)  # fmt: skip
    if odd > _GARBLED * chars:
        reason, advice = "字体没有文字编码，读出来是乱码", "请用原来的 Word 文件。"
        log.add("RK150", Place(file=file), at=file, file=file, reason=reason, advice=advice)
        return None
    if scanned:
        how, advice = "没有文字，未读入", "请换成有文字的页。"
        place = Place(file=file, page=scanned[0])
        log.add("RK151", place, what="扫描成图片的页", count=len(scanned), how=how, advice=advice)
    return _Composer(file, sheets).stream()


def _sheets(file: str, document: Any, log: Log) -> Iterator[_Sheet]:
    import pypdfium2

    begin = time.monotonic()
    heights: Counter[int] = Counter()
    for index in range(len(document)):
        place = Place(file=file, page=index + 1)
        if time.monotonic() - begin > TIME_LIMIT:
            log.add("RK152", place, what=f"第 {index + 1} 页以后",
                    reason=f"读取超过 {TIME_LIMIT:.0f} 秒")  # fmt: skip
            return
        try:
            sheet = document[index]
            width, height = sheet.get_size()
            page = read_chars(sheet.get_textpage(), width, height)
            drawn = paths(sheet)
            images, scanned = pictures(sheet, width, height)
        except (pypdfium2.PdfiumError, ValueError, OSError, MemoryError):
            log.add("RK152", place, what=f"第 {index + 1} 页", reason="内容已损坏",
                    severity=Severity.WARNING)  # fmt: skip
            continue
        tables, free = _tables(lattices(drawn), page.chars)
        heights.update(round(char.height) for char in page.chars if char.text >= "\u2e80")
        usual = heights.most_common(1)[0][0] if heights else 0
        charts, free = drawings(
            drawn, free, [table.lattice.bounds for table in tables],
            page=(0, 0, width, height), em=page.em, body=usual,
        )  # fmt: skip
        yield _Sheet(index + 1, page, rows(free, page.em), tables, images, charts,
                     scanned and not page.chars)  # fmt: skip
        sheet.close()


def _tables(found: Sequence[Lattice], chars: Sequence[Char]) -> tuple[list[_Table], list[Char]]:
    """Characters by cell; tables without text in two cells are drawings, their text is free."""
    tables = [_Table(lattice) for lattice in found]
    homes: list[tuple[Char, _Table | None]] = []
    for char in chars:
        x, y = (char.x0 + char.x1) / 2, char.y + char.height / 4
        home = None
        for table in tables:
            box = box_at(table.lattice, x, y)
            if box is not None:
                table.inside.setdefault(box, []).append(char)
                home = table
                break
        homes.append((char, home))
    real = [table for table in tables if _is_filled(table)]
    kept = {id(table) for table in real}
    return real, [char for char, home in homes if home is None or id(home) not in kept]


def _is_filled(table: _Table) -> bool:
    """Whether enough cells hold text; the grid of a chart has little."""
    return len(table.inside) > 1 and len(table.inside) > _FILLED * len(table.lattice.boxes)


class _Composer:
    """Puts rows, tables and pictures of all pages into one stream."""

    def __init__(self, file: str, sheets: Sequence[_Sheet]) -> None:
        self.file, self.sheets = file, sheets
        self.items: list[Item] = []
        self.asides: list[Aside] = []
        self.shown: list[str] = []
        pages = [(sheet.page.height, sheet.rows) for sheet in sheets]
        self.furniture = furniture(pages)
        body = [row for _, rows in pages for row in rows if id(row) not in self.furniture]
        heights = Counter(row.height // 0.5 / 2 for row in body for _ in row.text)
        self.height = heights.most_common(1)[0][0] if heights else 12.0
        self.margins = [_margins(body)] * 2
        for side in (0, 1):  # facing pages may have mirrored margins
            these = [sheet for sheet in sheets if sheet.number % 2 != side]
            own = [row for sheet in these for row in sheet.rows if id(row) not in self.furniture]
            if len(own) > _ENOUGH:
                self.margins[side] = _margins(own)
        steps = (a.y - b.y for _, rows in pages for a, b in pairwise(rows))
        self.pitch = _usual(step for step in steps if step > 4) or 20.0

    def stream(self) -> Stream:
        for sheet in self.sheets:
            self._sheet(sheet)
            self.items.append(Break(Place(file=self.file, page=sheet.number)))
        text = "\n".join(self.shown)
        items = tuple(_joined(self.items, self.asides))
        return Stream(self.file, "pdf", items, asides=tuple(self.asides), text=text, lines=True)

    def _place(self, sheet: _Sheet, text: str) -> Place:
        """A new line of the text that is shown."""
        self.shown.append(text)
        return Place(file=self.file, line=len(self.shown), column=1, page=sheet.number)

    def _sheet(self, sheet: _Sheet) -> None:
        if sheet.page.turned:
            place = self._place(sheet, sheet.page.turned)
            self.asides.append(Aside(sheet.page.turned, place, "水印或转向的文字"))
        things: list[tuple[float, int, object]] = [
            *((row.y, 0, row) for row in sheet.rows),
            *((table.lattice.top, 1, table) for table in sheet.tables),
            *((found.top, 2, found) for found in sheet.pictures),
            *((drawing.bounds[3], 2, drawing) for drawing in sheet.drawings),
        ]
        self._align(sheet.rows)
        self._mark_notes(sheet.rows)
        last: Row | None = None
        for _, _, thing in sorted(things, key=lambda each: (-each[0], each[1])):
            if isinstance(thing, Row):
                self._row(sheet, thing, last)
                last = thing
            elif isinstance(thing, _Table):
                self.items.append(self._table(sheet, thing))
            elif isinstance(thing, Found):
                place = Place(file=self.file, page=sheet.number, line=len(self.shown) + 1)
                self.items.append(replace(thing.picture, place=place))
            elif isinstance(thing, Drawing):
                self._drawing(sheet, thing.labels)

    def _mark_notes(self, page_rows: Sequence[Row]) -> None:
        """Footnotes stand below the text in smaller type; their numbers become raised."""
        for row in reversed([row for row in page_rows if id(row) not in self.furniture]):
            if row.height > _SMALLER * self.height:
                return
            first = row.segments[0]
            found = re.match(r"(\d{1,2})(?=[^\d.．、,，%])", first.text)
            if found:
                first.text = found[1].translate(RAISED) + first.text[found.end() :]

    def _drawing(self, sheet: _Sheet, labels: Sequence[Row]) -> None:
        """A chart or diagram: its text is set aside, the drawing itself cannot be kept."""
        at = Place(file=self.file, page=sheet.number, line=len(self.shown) + 1)
        for row in labels:
            place = self._place(sheet, row.text)
            self.asides.append(Aside(row.text, place, "图中的文字"))
        self.items.append(Picture(at))

    def _align(self, page_rows: Sequence[Row]) -> None:
        """Give the rows of tables without lines their columns."""
        block: list[Row] = []
        for row in [*page_rows, None]:
            if row is not None and len(row.segments) > 1 and id(row) not in self.furniture:
                block.append(row)
                continue
            if len(block) > 1 and max(len(each.segments) for each in block) > 2:
                align(block)
            block = []

    def _row(self, sheet: _Sheet, row: Row, last: Row | None) -> None:
        text = row.text
        place = self._place(sheet, text)
        reason = self.furniture.get(id(row))
        if reason is not None:
            self.asides.append(Aside(text, place, reason))
            return
        em = sheet.page.em
        left, right = self.margins[(sheet.number - 1) % 2]
        gap = last is not None and last.y - row.y > _PITCH * self.pitch
        self.items.append(
            Text(
                text,
                place,
                indent=max(0.0, round((row.x0 - left) / em, 1)),
                slack=max(0.0, round((right - row.x1) / em, 1)),
                gap=int(gap),
                size=round(row.height, 1),
            )
        )

    def _table(self, sheet: _Sheet, table: _Table) -> Grid:
        lattice, em = table.lattice, sheet.page.em
        texts = {box: _cell_text(table.inside.get(box, ()), em) for box in lattice.boxes}
        cells: list[Cell] = []
        for row in range(len(lattice.ys) - 1):
            own = [box for box in lattice.boxes if box.row == row]
            place = self._place(sheet, "\t".join(texts[box] for box in own))
            column = 1
            for box in own:
                at = place.model_copy(update={"column": column})
                cells.append(Cell(texts[box], row, box.column, at, box.rowspan, box.colspan))
                column += len(texts[box]) + 1
        first = cells[0].place
        widths = tuple(round(b - a, 1) for a, b in pairwise(lattice.xs))
        return Grid(tuple(cells), len(lattice.ys) - 1, len(lattice.xs) - 1, first, widths=widths)


def _cell_text(chars: Sequence[Char], em: float) -> str:
    """The lines of a cell joined; they were broken where the cell ends."""
    text = ""
    for row in rows(chars, em):
        line = row.text.replace("\t", " ")
        parted = text[-1:].isascii() and line[:1].isascii() and text[-1:].isalnum()
        text += f" {line}" if parted and line[:1].isalpha() else line
    return text


def _margins(body: Sequence[Row]) -> tuple[float, float]:
    """Where most rows begin and end."""
    return _usual(row.x0 for row in body), _usual(row.x1 for row in body if len(row.segments) == 1)


def _usual(values: Iterator[float] | Sequence[float]) -> float:
    """The most frequent value."""
    counts = Counter(round(value) for value in values)
    return float(counts.most_common(1)[0][0]) if counts else 0.0


def _joined(items: Sequence[Item], asides: list[Aside]) -> Iterator[Item]:
    """Tables that go on on the next page are one; a repeated header is set aside."""
    held: Grid | None = None
    waiting: list[Item] = []
    for item in items:
        if held is not None and isinstance(item, Break):
            waiting.append(item)
        elif held is not None and waiting and _is_continued(item):
            assert isinstance(item, Text)
            asides.append(Aside(item.text, item.place, "“续表”字样"))
        elif held is not None and waiting and isinstance(item, Grid) and _goes_on(held, item):
            held = _appended(held, item, asides)
            waiting = waiting[:1]
        else:
            if held is not None:
                yield held
            yield from waiting
            held, waiting = (item, []) if isinstance(item, Grid) else (None, [])
            if held is None:
                yield item
    if held is not None:
        yield held
    yield from waiting


def _is_continued(item: Item) -> bool:
    return isinstance(item, Text) and bool(_CONTINUED.fullmatch("".join(item.text.split())))


def _goes_on(first: Grid, second: Grid) -> bool:
    same = first.columns == second.columns
    return same and all(abs(a - b) < 3 for a, b in zip(first.widths, second.widths, strict=True))


def _appended(first: Grid, second: Grid, asides: list[Aside]) -> Grid:
    head = [cell.text for cell in first.cells if cell.row == 0]
    skip = int(head == [cell.text for cell in second.cells if cell.row == 0])
    rest = []
    for cell in second.cells:
        if cell.row < skip:
            if cell.text:
                asides.append(Aside(cell.text, cell.place, "转页后重复的表头"))
        else:
            rest.append(replace(cell, row=cell.row - skip + first.rows))
    return replace(first, cells=(*first.cells, *rest), rows=first.rows + second.rows - skip)
