"""Page numbers where no layout has been made: each block's height, reckoned from its text.

Good to a page or so over a chapter; Word makes them exact when the reader updates the contents.
"""

import io
import math
from collections.abc import Iterable

from reportkit.composing.numerals import roman
from reportkit.model.report import (
    Heading,
    Label,
    Para,
    Part,
    RBlock,
    RCase,
    RChart,
    Report,
    RFigure,
    RList,
    RTable,
    Runs,
    plain,
)
from reportkit.model.standard import PartKind
from reportkit.model.style import Style
from reportkit.writing.plan import (
    column_widths,
    heading_look,
    pictures_beside,
    starts_page,
    units,
    zones,
)

from .looks import pitch, text_height, text_width
from .objects import GAP

_POINT = 72 / 25.4
_PICTURE = 0.6
"""Height of a picture of unknown shape, as a share of its width."""
_ABOVE, _CASE = 6.0, 12.0
"""pt above a picture, and above and below a case with its frame."""


def shape(content: bytes) -> float | None:
    """Height of a picture as a share of its width, or None if it is none."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(content)) as image:
            return image.height / image.width
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def estimate(report: Report, style: Style) -> dict[str, str]:
    """The printed page label of every anchor, as far as it can be told without a layout."""
    reckoning = _Reckoning(style, report)
    before = None
    for part, zone in zip(report.parts, zones(report), strict=True):
        if zone != before:
            reckoning.enter(roman_labels=zone == "front" and style.page_number.front == "roman")
            before = zone
        chapter = part.kind is PartKind.BODY and style.chapter_new_page
        if starts_page(part, report) or chapter:
            reckoning.new_page()
        reckoning.part(part)
    return reckoning.labels


class _Reckoning:
    def __init__(self, style: Style, report: Report) -> None:
        self.style = style
        self.shapes = {asset.path: shape(asset.content) for asset in report.assets}
        self.notes = [plain(note.runs) for note in report.footnotes]
        self.width = text_width(style) * _POINT
        self.height = text_height(style) * _POINT
        self.labels: dict[str, str] = {}
        self.page, self.used, self.roman = 1, 0.0, False

    def enter(self, *, roman_labels: bool) -> None:
        self.page, self.used, self.roman = 1, 0.0, roman_labels

    def new_page(self) -> None:
        if self.used:
            self.page, self.used = self.page + 1, 0.0

    def mark(self, anchor: str | None) -> None:
        if anchor:
            number = roman(self.page).lower() if self.roman else str(self.page)
            self.labels.setdefault(anchor, number)

    def take(self, height: float, *, whole: bool = False) -> None:
        """Use up ``height``; what must stay ``whole`` goes to the next page if it does not fit."""
        if whole and self.used + height > self.height and self.used:
            self.new_page()
        self.used += height
        while self.used > self.height:
            self.page, self.used = self.page + 1, self.used - self.height

    def text(self, key: str, text: str, width: float | None = None) -> float:
        """The height of a paragraph."""
        look = self.style.texts[key]
        room = (width or self.width) - (look.left + look.right) * look.size
        halves = units(text) + 2 * look.indent
        lines = max(1, math.ceil(halves * look.size / 2 / max(room, look.size)))
        return lines * (look.line or look.size * 1.3) + look.before + look.after

    def part(self, part: Part) -> None:
        self.mark(part.anchor)
        if part.title:
            self.take(self.text("part_title", part.title), whole=True)
        for _, text in part.lines:
            self.take(self.text("body", text))
        for entry in part.entries:
            self.take(self.text(f"toc{min(entry.level, 3)}", entry.text))
        self.blocks(part.blocks)

    def blocks(self, blocks: Iterable[RBlock], key: str = "body") -> None:
        for block in blocks:
            self.block(block, key)

    def block(self, block: RBlock, key: str) -> None:
        match block:
            case Heading():
                height = self.text(heading_look(block.level, in_toc=block.in_toc), block.text)
                follows = self.text("body", "")
                if self.used + height + follows > self.height:
                    self.new_page()
                self.mark(block.anchor)
                self.take(height)
            case Para():
                self.mark(block.anchor)
                self.take(self.text(key, block.number + plain(block.runs)))
                self.footnotes(block.runs)
            case RList():
                for item in block.items:
                    self.blocks(item.blocks, key)
            case RTable():
                self.table(block)
            case RFigure():
                self.figure(block)
            case RChart():
                height = self.style.chart.height * _POINT + _ABOVE
                self.framed(block.caption, "figure_caption", height)
                self.under(block.notes)
            case RCase():
                self.mark_after(block.caption, self.text("case_heading", plain(block.heading)))
                self.blocks(block.blocks, "case_body")
                self.take(2 * _CASE)

    def footnotes(self, runs: Runs) -> None:
        """The footnotes of a paragraph stand on its page."""
        for run in runs:
            if run.footnote is not None and run.footnote < len(self.notes):
                self.take(self.text("footnote", self.notes[run.footnote]))

    def mark_after(self, label: Label, height: float) -> None:
        """Mark a heading line that stays with what follows, and use it up."""
        if self.used + 2 * height > self.height:
            self.new_page()
        self.mark(label.anchor)
        self.take(height)

    def framed(self, label: Label, key: str, height: float) -> None:
        """A picture with its caption on one page; the caption tells the page."""
        whole = min(height + self.text(key, label.text), self.height)
        if self.used + whole > self.height:
            self.new_page()
        self.mark(label.anchor)
        self.take(whole)

    def figure(self, block: RFigure) -> None:
        columns = 1 if len(block.pictures) == 1 else pictures_beside(block)
        width = self.width * block.width / 100 / columns
        tall = [
            width * (self.shapes.get(shown.asset or "") or _PICTURE)
            + (self.text("table", plain(shown.caption)) if shown.caption else 0)
            for shown in block.pictures
        ]
        rows = [max(tall[i : i + columns]) for i in range(0, len(tall), columns)]
        height = min(sum(rows) + _ABOVE, self.height * 0.9)
        self.framed(block.caption, "figure_caption", height)
        self.under(block.notes)

    def under(self, notes: Iterable[Runs]) -> None:
        """Notes below an object."""
        for note in notes:
            self.take(self.text("note", plain(note)))

    def table(self, block: RTable) -> None:
        """Rows as tall as their longest cell; the caption stays with the first row."""
        if block.landscape:
            self.new_page()
        widths = [share * self.width for share in column_widths(block)]
        padding = 2 * self.style.table.padding
        heights = [padding + self.text("table", "")] * len(block.row_kinds)
        for cell in block.cells:
            if cell.row < len(heights) and cell.rowspan == 1:
                width = sum(widths[cell.column : cell.column + cell.colspan]) - padding
                height = padding + self.text("table", plain(cell.runs), max(width, 8.0))
                heights[cell.row] = max(heights[cell.row], height)
        head = self.text("table_caption", block.caption.text) if block.caption.text else 0.0
        head += self.text("unit", block.unit) if block.unit else 0.0
        if self.used + head + sum(heights[: block.header_rows + 1]) > self.height:
            self.new_page()
        self.mark(block.caption.anchor)
        self.take(head)
        for height in heights:
            self.take(height, whole=height < self.height)
        self.under(block.notes)
        self.take(pitch(self.style, GAP))
        if block.landscape:
            self.new_page()
