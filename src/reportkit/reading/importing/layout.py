"""Tables that only set pictures side by side, and lines of their captions: no data, no prose."""

from __future__ import annotations

import re
from collections.abc import Sequence

from . import captions
from .captions import Label
from .pieces import Piece
from .stream import Cell, Grid, Picture
from .units import AGAIN, Kind, Unit, Work

_LETTER = re.compile(r"[（(]?[a-zA-Z\d一二三四五六七八九十]{1,2}[)）.、]\s*")
_PARTS = re.compile(r"[（(][a-h][)）]")
_LONGEST = 40


def undo(work: Work) -> None:
    """Take such tables apart: pictures with a caption each, or one figure of several pictures."""
    made: list[Unit] = []
    units, index = work.units, 0
    while index < len(units):
        unit = units[index]
        end = _lettered(work, units, index)
        if end:
            made += [each for each in units[index:end] if isinstance(each.item, Picture)]
            index = end
            continue
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
                picture.part = _bare(work, Piece.of(cell).strip())
        elif cells:
            made.append(unit)
    work.units = made


def _lettered(work: Work, units: Sequence[Unit], start: int) -> int:
    """Where pictures with lines of lettered captions end: （a）…（b）…; 0 if there are none."""
    pictures: list[Unit] = []
    parts: list[Piece] = []
    end = start
    for end in range(start, len(units)):
        unit = units[end]
        if isinstance(unit.item, Picture):
            pictures.append(unit)
        elif pictures and unit.kind is Kind.BODY and _PARTS.match(unit.text):
            parts += _parts(unit.piece)
        else:
            break
    following = units[end].label if end < len(units) else None
    if not parts or len(parts) != len(pictures) or not _is_figure(following):
        return 0
    letters = [part.text[1] for part in parts]
    if letters != [chr(ord("a") + place) for place in range(len(parts))]:
        return 0
    for picture, part in zip(pictures, parts, strict=True):
        picture.part = _bare(work, part)
    return end


def _parts(piece: Piece) -> list[Piece]:
    starts = [found.start() for found in _PARTS.finditer(piece.text)]
    ends = [*starts[1:], len(piece.text)]
    return [piece.cut(*span).strip() for span in zip(starts, ends, strict=True)]


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


def _bare(work: Work, piece: Piece) -> Piece:
    """The caption of a part without its letter, which is printed anew."""
    found = _LETTER.match(piece.text)
    end = found.end() if found else 0
    work.aside(piece.cut(0, end), "分图的编号" + AGAIN)
    return piece.cut(end)
