"""A table written in HTML, as converters put it into Markdown."""

from __future__ import annotations

import html
import re
from dataclasses import replace

from .pieces import Piece
from .stream import Cell, Grid

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)([^<>]*)>|<!--.*?-->", re.DOTALL)
_SPAN = re.compile(r"(row|col)span\s*=\s*[\"']?\s*(\d{1,3})", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9A-Fa-f]{1,6}|[A-Za-z]{2,30});")
_MOST_SPAN = 100
_MOST_CELLS = 20_000


def read(whole: Piece) -> Grid | None:
    """The grid of one ``<table>``; None if there are no cells in it."""
    placed: dict[tuple[int, int], int] = {}
    cells: list[Cell] = []
    row, header = -1, 0
    content: Piece | None = None
    spans, position = (1, 1), 0
    for found in _TAG.finditer(whole.text):
        if content is not None:
            content = content + _text(whole.cut(position, found.start()))
        position = found.end()
        closing, name = found[1], (found[2] or "").lower()
        if name == "tr" and not closing:
            row += 1
        elif name in ("td", "th") and not closing:
            row = max(row, 0)
            spans, content = _spans(found[3]), whole.cut(found.end(), found.end())
            header = max(header, row + 1) if name == "th" else header
        elif name in ("td", "th") and content is not None and len(cells) < _MOST_CELLS:
            cells.append(_place(content, row, spans, placed))
            content = None
    if not cells:
        return None
    rows = max(cell.row + cell.rowspan for cell in cells)
    columns = max(cell.column + cell.colspan for cell in cells)
    return Grid(
        (*cells, *_missing(placed, rows, columns, whole)),
        rows,
        columns,
        whole.place,
        header_rows=header or None,
    )


def _spans(attributes: str) -> tuple[int, int]:
    given = {name.lower(): int(size) for name, size in _SPAN.findall(attributes)}
    return (
        min(max(given.get("row", 1), 1), _MOST_SPAN),
        min(max(given.get("col", 1), 1), _MOST_SPAN),
    )


def _place(
    content: Piece, row: int, spans: tuple[int, int], placed: dict[tuple[int, int], int]
) -> Cell:
    """The cell at the first free column of its row; it covers what is free of its span."""
    column = 0
    while (row, column) in placed:
        column += 1
    height, width = spans
    while width > 1 and any((row, column + c) in placed for c in range(width)):
        width -= 1
    for r in range(height):
        for c in range(width):
            placed[row + r, column + c] = 1
    piece = content.strip()
    place = piece.place.model_copy(update={"steps": piece.steps})
    return Cell(piece.text, row, column, place, height, width, piece.spans)


def _missing(
    placed: dict[tuple[int, int], int], rows: int, columns: int, whole: Piece
) -> list[Cell]:
    return [
        Cell("", r, c, whole.place)
        for r in range(rows)
        for c in range(columns)
        if (r, c) not in placed
    ]


def _text(piece: Piece) -> Piece:
    """Characters with entities read."""
    made, position = piece.cut(0, 0), 0
    for found in _ENTITY.finditer(piece.text):
        shown = html.unescape(found[0])
        text = shown if len(shown) == 1 and shown.isprintable() else " "
        made = made + piece.cut(position, found.start())
        made = made + replace(piece.cut(found.start(), found.start() + 1), text=text)
        position = found.end()
    return made + piece.cut(position)
