"""Tables → grids of runs, the kinds of their rows, and which cells are numbers."""

import re
from collections.abc import Sequence

from reportkit.model.base import Place
from reportkit.model.blocks import Chart, Table
from reportkit.model.report import RCell, RowKind, RTable, Run, Runs, plain

from .captions import caption, notes, one_line
from .compare import computed
from .context import Context
from .grid import Cell, Rows, Span, fold, merge, square
from .runs import runs

_NUMBER = re.compile(
    r"[-+−－]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?\s?(?:%|％|‰|万|亿|个百分点)?"
    r"|\d+(?:\.\d+)?\s?[:：]\s?\d+(?:\.\d+)?"
    r"|[-–—－]{1,2}|/"
)
_CODE = re.compile(r"0\d+")
_KINDS: tuple[tuple[re.Pattern[str], RowKind], ...] = (
    (re.compile(r"其中.{0,40}"), "part"),
    (re.compile(r".{0,12}小计(?:[（(].*[）)])?[:：]?"), "subtotal"),
    (re.compile(r"(?:合计|总计|共计|总和)(?:数|人数)?(?:[（(].*[）)])?[:：]?"), "total"),
)


def table(context: Context, block: Table) -> RTable:
    """The composed table."""
    label = caption(context, block)
    made = computed(context, block)
    rows = square(written(context, block) if made is None else made.rows)
    header = min(block.header_rows if made is None else made.header, len(rows))
    if block.fold > 1:
        rows = fold(rows, header, block.fold)
    cells = tuple(_cell(context, span, header) for span in merge(rows, header))
    return RTable(
        caption=label,
        unit=f"单位：{one_line(block.unit)}" if block.unit else None,
        columns=len(rows[0]),
        header_rows=header,
        row_kinds=_row_kinds(cells, len(rows), header, len(rows[0])),
        cells=cells,
        widths=block.widths * block.fold,
        landscape=block.landscape,
        notes=notes(context, block),
        place=block.place,
    )


def written(context: Context, block: Table | Chart) -> Rows:
    """The rows that the author wrote, here or in a CSV file."""
    if block.data and not block.rows:
        body = context.submission.data.tables.get(block.data, ())
        return [
            [Cell(text, _csv_place(block.data, row, column)) for column, text in enumerate(cells)]
            for row, cells in enumerate(body)
        ]
    known = block.places
    return [
        [
            Cell(text, place or block.place, exact=place is not None)
            for column, text in enumerate(cells)
            for place in (known.get(f"rows.{row}.{column}") if known else None,)
        ]
        for row, cells in enumerate(block.rows)
    ]


def is_number(text: str) -> bool:
    """Whether a cell holds a number, a ratio or a mark for a missing one, but not a code."""
    text = text.strip()
    return bool(_NUMBER.fullmatch(text)) and not _CODE.fullmatch(text)


def _csv_place(file: str, row: int, column: int) -> Place:
    letters, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(65 + letter) + letters
    return Place(file=file, line=row + 1, cell=f"{letters}{row + 1}")


def _cell(context: Context, span: Span, header: int) -> RCell:
    cell = span.cell
    text: Runs = ()
    if cell.computed:
        text = (Run(text=cell.text, value=True, place=cell.place),) if cell.text else ()
    elif cell.text:
        text = runs(context, cell.text, cell.place, exact=cell.exact)
    numeric = span.row >= header and span.column > 0 and is_number(plain(text))
    return RCell(
        row=span.row,
        column=span.column,
        rowspan=span.rows,
        colspan=span.columns,
        runs=text,
        numeric=numeric,
        place=cell.place,
    )


def _row_kinds(cells: Sequence[RCell], rows: int, header: int, columns: int) -> tuple[RowKind, ...]:
    """The kind of each row, by the first cell in it that says something."""
    kinds: list[RowKind] = ["header" if row < header else "data" for row in range(rows)]
    judged: set[int] = set()
    for cell in cells:
        text = "".join(plain(cell.runs).split())
        if cell.row < header or cell.row in judged or not text:
            continue
        judged.add(cell.row)
        if cell.colspan == columns > 1:
            kinds[cell.row] = "group"
            continue
        kinds[cell.row] = next((kind for form, kind in _KINDS if form.fullmatch(text)), "data")
    return tuple(kinds)
