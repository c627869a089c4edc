"""Tables that only set pictures side by side: their cells are captions, not data."""

from __future__ import annotations

import re
from collections.abc import Sequence

from . import captions
from .captions import Label
from .pieces import Piece
from .stream import Cell, Grid, Picture
from .units import AGAIN, Kind, Unit, Work

_LETTER = re.compile(r"[（(]?[a-zA-Z\d一二三四五六七八九十]{1,2}[)）.、]\s*")
_LONGEST = 40


def undo(work: Work) -> None:
    """Take such tables apart: pictures with a caption each, or one figure of several pictures."""
    made: list[Unit] = []
    units, index = work.units, 0
    while index < len(units):
        unit = units[index]
        pictures = _pictures(units, index + 1)
        index += 1
        if not isinstance(unit.item, Grid) or not pictures:
            made.append(unit)
            continue
        cells = [cell for cell in unit.item.cells if cell.text.strip()]
        labels = [captions.read(Piece.of(cell).strip()) for cell in cells]
        if cells and len(cells) == len(pictures) and all(map(_is_figure, labels)):
            for picture, cell, label in zip(pictures, cells, labels, strict=True):
                made += [picture, _caption(cell, label)]
            index += len(pictures)
        elif _is_composite(cells, pictures, units[index + len(pictures) :]):
            for picture, cell in zip(pictures, cells, strict=False):
                picture.part = _part(work, cell)
        elif cells:
            made.append(unit)
    work.units = made


def _pictures(units: Sequence[Unit], start: int) -> list[Unit]:
    end = start
    while end < len(units) and isinstance(units[end].item, Picture):
        end += 1
    return list(units[start:end])


def _is_figure(label: Label | None) -> bool:
    return label is not None and label.kind == "figure"


def _caption(cell: Cell, label: Label | None) -> Unit:
    unit = Unit(Piece.of(cell).strip(), cell, Kind.CAPTION)
    unit.label = label
    return unit


def _is_composite(cells: Sequence[Cell], pictures: Sequence[Unit], rest: Sequence[Unit]) -> bool:
    """Whether short texts, one for each picture or none, stand above the caption of a figure."""
    following = rest[0] if rest else None
    captioned = following is not None and _is_figure(following.label)
    short = all(len(cell.text) <= _LONGEST for cell in cells)
    return captioned and short and len(cells) in (0, len(pictures))


def _part(work: Work, cell: Cell) -> Piece:
    """The caption of a part without its letter, which is printed anew."""
    piece = Piece.of(cell).strip()
    found = _LETTER.match(piece.text)
    end = found.end() if found else 0
    work.aside(piece.cut(0, end), "分图的编号" + AGAIN)
    return piece.cut(end)
