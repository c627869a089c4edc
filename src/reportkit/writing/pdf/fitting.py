"""What does not fit as it stands, told before the layout: crowded tables, tall rows, long notes.

All measures are estimates by ``plan.units``; they choose between ways of setting that are each
sound, so that a wrong guess costs beauty only.
"""

import re
from collections.abc import Iterator
from math import ceil

from reportkit.model.report import RCell, RChart, RFigure, RTable, Run, Runs, plain
from reportkit.model.style import Style
from reportkit.writing import plan

MM = 72 / 25.4
_SMALLEST, _CROWDED = 0.6, 0.75
"""How much smaller the type of a crowded table may be; and is, where even that does not help."""
_TALL = 0.4
"""Share of a page from which on a row may be parted by a page."""
_SHORT_ROWS = 6
_NOTE = 10
"""Lines of a footnote from which on it is parted, so that it can go on, on the next page."""
_WORD = re.compile(r"[0-9A-Za-z.,%+−()]+")
_SENTENCE = re.compile(r"[^。！？；]*[。！？；]?[”’）》]*")


def room(style: Style, *, landscape: bool) -> tuple[float, float]:
    """Width and height of the text block, in points; a landscape page is the upright one turned."""
    page = style.page
    width = (page.width - page.inside - page.outside) * MM
    height = (page.height - page.top - page.bottom) * MM
    return (height, width) if landscape else (width, height)


class TableFit:
    """How a table is set: size of its type, rows that may be parted, whether it stays whole.

    ``crowded`` tells that numbers or words must be torn whatever the size.
    """

    def __init__(self, table: RTable, style: Style) -> None:
        look = style.texts["table"]
        width, height = room(style, landscape=table.landscape)
        padding = 2.6 * style.table.padding + style.table.line
        columns = [share * width - padding for share in plan.column_widths(table)]
        scale = _scale(table, columns, look.size)
        if scale < 1:  # crowded tables have narrower padding, too
            columns = [column + 1.6 * style.table.padding for column in columns]
            scale = min(1.0, _scale(table, columns, look.size))
        self.crowded = scale < _SMALLEST
        scale = _CROWDED if self.crowded else scale
        size = look.size * scale
        line = (look.line or look.size * 1.5) * scale
        rows: dict[int, int] = {}
        for cell in table.cells:
            if cell.rowspan == 1 and cell.column < len(columns):
                across = sum(columns[cell.column : cell.column + cell.colspan])
                rows[cell.row] = max(rows.get(cell.row, 1), _lines(cell, across, size))
        heights = {row: n * line + 2 * style.table.padding for row, n in rows.items()}
        self.tall = frozenset(row for row, tall in heights.items() if tall > _TALL * height)
        self.short = len(table.row_kinds) <= _SHORT_ROWS and sum(heights.values()) < 0.5 * height
        self.css = f"font-size:{size:.2f}pt;line-height:{line:.2f}pt" if scale < 1 else ""


def _scale(table: RTable, columns: list[float], size: float) -> float:
    """How much smaller the type must be for numbers and words to stay whole."""
    factor = 1.0
    for cell in table.cells:
        if cell.colspan == 1 and cell.column < len(columns):
            need = max((plan.units(word) for word in _WORD.findall(plain(cell.runs))), default=0)
            if need > 1:
                factor = min(factor, columns[cell.column] / (need * size / 2))
    return factor


def _lines(cell: RCell, width: float, size: float) -> int:
    return ceil(plan.units(plain(cell.runs)) * size / 2 / max(width, size))


def picture_room(figure: RFigure | RChart, style: Style) -> float:
    """How high the picture of a figure may be, in mm, for its caption and notes to stay with it."""
    width, height = room(style, landscape=False)
    caption, note = style.texts["figure_caption"], style.texts["note"]
    label = figure.caption.label_print + plain(figure.caption.title) + (figure.caption.owner or "")
    used = caption.before + caption.after
    used += _high(label, width, caption.size, caption.line)
    used += sum(_high(plain(one), width, note.size, note.line) + note.before
                for one in figure.notes)  # fmt: skip
    return max(40.0, (height - used) / MM - 15)


def _high(text: str, width: float, size: float, line: float | None) -> float:
    return ceil(plan.units(text) * size / 2 / width) * (line or 1.5 * size)


def _note_units(style: Style) -> int:
    look = style.texts["footnote"]
    return int(_NOTE * room(style, landscape=False)[0] / look.size * 2)


def note_parts(runs: Runs, style: Style) -> list[Runs]:
    """A footnote in parts of a few lines each: the engine moves notes to the next page, whole."""
    most = _note_units(style)
    if sum(plan.units(run.text) for run in runs) <= most:
        return [runs]
    parts: list[list[Run]] = [[]]
    used = 0
    for run in runs:
        for piece in _pieces(run.text, most):
            if used and used + plan.units(piece) > most:
                parts.append([])
                used = 0
            parts[-1].append(run.model_copy(update={"text": piece}))
            used += plan.units(piece)
    return [tuple(part) for part in parts]


def _pieces(text: str, most: int) -> Iterator[str]:
    """Sentences; such as are longer than a part are cut."""
    for match in _SENTENCE.finditer(text):
        sentence = match.group()
        for start in range(0, len(sentence), most // 2):
            yield sentence[start : start + most // 2]
