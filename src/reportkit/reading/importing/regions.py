"""Which lines belong to tables, and the lines of notes, sources and units around them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..source import Log
from .captions import Label
from .contents import announced, key
from .numbers import Form
from .stream import Grid
from .units import Kind, Unit, Work, ends_sentence, is_object, like_title

_NOTE = re.compile(
    r"(?:注|备注|说明|附注|(?:数据|资料|图片|表格|信息)来源|来源|注\s*释)\s*\d{0,2}\s*[:：]"
)
_UNIT = re.compile(r"[（(]?\s*(?:计量)?单\s*位\s*[:：]\s*[^\s，。]{1,16}?\s*[）)]?")
_NUMERIC = re.compile(
    r"[-+−－]?[\d０-９][\d０-９,，.．/:：]*(?:%|％|‰|人|个|万|亿|元)?|[-—–－]{1,2}|/"
)
_TITLE = re.compile(r"[^，。；：]*(?:(?<![如见下上附])表|一览|情况|统计|名单|明细|对比|汇总)")
_LONGEST_TITLE = 40
_STRONG = {Form.CHAPTER, Form.SECTION, Form.CHINESE, Form.CHINESE_BRACKETS, Form.DECIMAL_2,
           Form.DECIMAL_3, Form.DECIMAL_4}  # fmt: skip
_LONGEST_CELLS = 60
_LEAST_NUMERIC_ROWS = 2
_FAR = 30
"""Lines between a caption and rows that may still be its own."""


def mark(work: Work) -> None:
    """Mark the rows of tables, below captions and without, and the lines of notes and units."""
    for unit in work.units:
        if unit.kind is Kind.BODY:
            if _NOTE.match(unit.text):
                unit.kind = Kind.NOTE
            elif _UNIT.fullmatch(unit.text):
                unit.kind = Kind.UNIT_LINE
    known = announced(work)
    index = 0
    while index < len(work.units):
        index = _titled_region(work, index, known) or _region(work, index)
    _titles(work, known)


def _titled_region(work: Work, index: int, known: set[str]) -> int:
    """Mark a line like 活动情况表 and the rows below it; where to look next, 0 if it is none."""
    units = work.units
    if not work.stream.lines or units[index].kind is not Kind.BODY:
        return 0
    if not _titled(units[index], known):
        return 0
    start = index + 1
    while start < len(units) and units[start].kind is Kind.UNIT_LINE:
        start += 1
    end = _end(units, start)
    if not _holds_table(units[start:end], least=2):
        return 0
    _entitle(units[index])
    _set(units[start:end])
    return end


def _entitle(unit: Unit) -> None:
    unit.kind, unit.label = Kind.CAPTION, Label("table", None, unit.piece)


def _titles(work: Work, known: set[str]) -> None:
    """A line like 活动情况表 right above a table of the source without caption is its title."""
    above: Unit | None = None
    for unit in work.units:
        if unit.kind is Kind.UNIT_LINE:
            continue
        table = unit.kind is Kind.ROW or isinstance(unit.item, Grid)
        if table and above and above.kind is Kind.BODY and _titled(above, known):
            _entitle(above)
        above = unit


def _titled(unit: Unit, known: set[str]) -> bool:
    """Whether a line is the title of a table and no heading that the contents announce."""
    if unit.number or (unit.hint and unit.hint.level is not None) or key(unit.text) in known:
        return False
    return bool(_TITLE.fullmatch(unit.text)) and like_title(unit.text, _LONGEST_TITLE)


def reunite(work: Work, log: Log) -> None:
    """Put rows without caption below the caption without rows that stands before them.

    A table that did not fit its page was moved behind the heading that followed it.
    """
    alone: int | None = None
    index = 0
    while index < len(work.units):
        unit = work.units[index]
        if unit.kind is Kind.CAPTION and unit.label and unit.label.kind == "table":
            following = work.units[index + 1] if index + 1 < len(work.units) else None
            bodied = following is not None and (
                following.kind in (Kind.ROW, Kind.UNIT_LINE) or is_object(following)
            )
            alone = None if bodied else index
            if bodied:
                index = _behind_rows(work.units, index + 1)
                continue
        elif unit.kind is Kind.ROW:
            end = _behind_rows(work.units, index)
            if alone is not None and index - alone <= _FAR:
                _move(work, alone, index, end, log)
            alone, index = None, end
            continue
        elif is_object(unit) and isinstance(unit.item, Grid):
            alone = None
        index += 1


def _behind_rows(units: Sequence[Unit], start: int) -> int:
    while start < len(units) and units[start].kind in (Kind.ROW, Kind.UNIT_LINE):
        start += 1
    return start


def _move(work: Work, caption: int, start: int, end: int, log: Log) -> None:
    label, first = work.units[caption].label, work.units[start]
    rows = work.units[start:end]
    del work.units[start:end]
    work.units[caption + 1 : caption + 1] = rows
    number = label.number.text if label and label.number else ""
    log.add("RK156", first.piece.place, quote=first.text, number=number,
            reason="的表身不在表题之下，已移到表题下")  # fmt: skip


def cells(text: str) -> list[str]:
    """The cells of a line: parted by tabs if there are any, else by blanks."""
    return text.split("\t") if "\t" in text else text.split()


def numeric(cell: str) -> bool:
    """Whether a cell holds a number, or the sign for none."""
    return _NUMERIC.fullmatch(cell.strip()) is not None


def _region(work: Work, index: int) -> int:
    """Mark the rows of a table that begins at ``index``; where to look next."""
    units = work.units
    unit = units[index]
    captioned = unit.kind is Kind.CAPTION and unit.label and unit.label.kind == "table"
    start = index + 1 if captioned else index
    if captioned:
        while start < len(units) and units[start].kind is Kind.UNIT_LINE:
            start += 1
        end = _end(units, start)
        if _holds_table(units[start:end], least=1):
            _set(units[start:end])
        return max(end, index + 1)
    if unit.kind is not Kind.BODY or not unit.text:
        return index + 1
    end = _grid_end(units, index)
    if end == index and work.stream.lines and _fragment(unit):
        end = _end(units, index)
        numbers = [u for u in units[index:end] if _numeric_row(u.text)]
        if len(numbers) < _LEAST_NUMERIC_ROWS or not _holds_table(units[index:end], least=2):
            end = index
    _set(units[index:end])
    return max(end, index + 1)


def _set(units: Sequence[Unit]) -> None:
    for unit in units:
        if unit.kind is Kind.BODY:
            unit.kind = Kind.ROW


def _grid_end(units: Sequence[Unit], start: int) -> int:
    """Where consecutive lines with tabs or pipes end; ``start`` if there are not two."""
    end = start
    while end < len(units) and units[end].kind is Kind.BODY and _is_grid_line(units[end].text):
        end += 1
    return end if end - start >= 2 else start


def _is_grid_line(text: str) -> bool:
    return "\t" in text or (text.startswith("|") and text.endswith("|") and len(text) > 2)


def _end(units: Sequence[Unit], start: int) -> int:
    """Where the lines that could be cells end."""
    end = start
    while end < len(units) and units[end].kind is Kind.BODY and _fragment(units[end]):
        end += 1
    return end


def _fragment(unit: Unit) -> bool:
    """Whether a line could be part of a table: no sentence, no heading."""
    text = unit.text
    if not text:
        return False
    if _is_grid_line(text):
        return True
    parts = cells(text)
    tabular = len(parts) >= 2 and sum(map(numeric, parts)) >= 1
    if unit.hint and unit.hint.level is not None:
        return False
    if unit.number and not (tabular and numeric(parts[-1])):
        strong = unit.number.form in _STRONG or unit.number.text[-1] in ".、．"
        bare = not any(char.isdigit() for char in unit.rest) and len(parts) == 2
        if (strong or bare) and like_title(unit.rest):
            return False
    if unit.width > _LONGEST_CELLS or ends_sentence(text):
        return False
    return tabular or (unit.width <= 30 and text[-1] not in "，：:")


def _numeric_row(text: str) -> bool:
    """Whether a line is a row of numbers with a name before them."""
    parts = cells(text)
    return len(parts) >= 3 and sum(map(numeric, parts)) >= 2


def _holds_table(units: Sequence[Unit], *, least: int) -> bool:
    """Whether the lines are more than a few words: some of them have several cells."""
    texts = [unit.text for unit in units if unit.text]
    rows = sum(len(cells(text)) >= 2 and any(map(numeric, cells(text))) for text in texts)
    split = sum("\t" in text or text.startswith("|") for text in texts)
    matrix = len(texts) >= 4 and sum(len(cells(text)) >= 2 for text in texts) >= 2
    return rows >= least or split >= least or matrix
