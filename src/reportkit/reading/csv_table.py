"""CSV files: indicator values, bodies of tables, and contents lists that the author typed."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal, NamedTuple, cast

from reportkit.model.base import Place, Places
from reportkit.model.data import Observation
from reportkit.model.submission import Contents, ContentsEntry
from reportkit.yamlio import Mark, Tree

from .files import TEXT_LIMIT, nearest
from .source import Source
from .validate import build

_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}([,，][0-9]{3})+(\.[0-9]+)?")
_HEADERS = {
    "indicator": "indicator",
    "指标": "indicator",
    "指标标识": "indicator",
    "period": "period",
    "时期": "period",
    "年度": "period",
    "value": "value",
    "数值": "value",
    "指标值": "value",
    "scope": "scope",
    "口径": "scope",
    "统计口径": "scope",
    "unit": "unit",
    "单位": "unit",
    "计量单位": "unit",
    "source": "source",
    "来源": "source",
    "数据来源": "source",
    "missing": "missing",
    "缺失原因": "missing",
    "无数值原因": "missing",
}
COLUMNS = ("indicator", "period", "value", "scope", "unit", "source", "missing")
_KINDS = {
    "toc": "toc",
    "目录": "toc",
    "tables": "tables",
    "表目录": "tables",
    "figures": "figures",
    "图目录": "figures",
    "cases": "cases",
    "案例目录": "cases",
}


def columns_of(header: Sequence[str]) -> dict[str, int]:
    """Where each known column stands in the first row of ``data/indicators.csv``."""
    found: dict[str, int] = {}
    for index, cell in enumerate(header):
        if name := _HEADERS.get(cell.strip().casefold()):
            found.setdefault(name, index)
    return found


class Row(NamedTuple):
    """A row: its number (from 1, as a sheet shows it), the line it begins on, its cells."""

    number: int
    line: int
    cells: list[str]


def cell_name(row: int, column: int) -> str:
    """The name of a cell as a sheet shows it; ``row`` from 1, ``column`` from 0."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return f"{name}{row}"


def rows(source: Source) -> list[Row]:
    """The rows of a CSV file without blank lines. Unpaired quotes are reported (RK124)."""
    found: list[Row] = []
    try:
        found.extend(_rows(source.text, strict=True))
    except csv.Error:
        line = found[-1].line + 1 if found else 1
        source.log.add(
            "RK124",
            source.place(line),
            quote=source.line(line).strip(),
            at=source.file,
            reason="引号没有成对；含引号的文字，引号要写成两个，整格再加引号",
        )
        return list(_rows(source.text, strict=False))
    return found


def _rows(text: str, *, strict: bool) -> Iterator[Row]:
    csv.field_size_limit(TEXT_LIMIT)
    reader = csv.reader(io.StringIO(text, newline=""), strict=strict)
    line = 1
    for number, cells in enumerate(reader, 1):
        if cells:
            yield Row(number, line, cells)
        line = reader.line_num + 1


def table(source: Source) -> tuple[tuple[str, ...], ...]:
    """The body of a table. Rows with another number of cells than the first are reported."""
    found = rows(source)
    if not found:
        source.log.add("RK124", source.place(1), at=source.file, reason="文件是空的")
        return ()
    _suspicious(source, found[0])
    wanted = len(found[0].cells)
    for row in found:
        if len(row.cells) != wanted and any(cell.strip() for cell in row.cells):
            _ragged(source, row, wanted)
    return trim(tuple(tuple(row.cells) for row in found))


def trim(body: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    """``body`` without the blank rows at its end that sheets leave behind."""
    end = len(body)
    while end and not any(cell.strip() for cell in body[end - 1]):
        end -= 1
    return body[:end]


def _suspicious(source: Source, first: Row) -> None:
    """A file whose columns are not separated by commas."""
    if len(first.cells) == 1:
        for mark, name in (("\t", "制表符"), (";", "分号"), ("，", "全角逗号"), ("；", "全角分号")):
            if mark in first.cells[0]:
                source.log.add(
                    "RK124",
                    source.place(1),
                    quote=source.line(1),
                    at=source.file,
                    reason=f"各列应当用半角逗号分开，这里用了{name}",
                )
                return


def observations(source: Source) -> tuple[Observation, ...]:
    """The values in ``data/indicators.csv``."""
    found = rows(source)
    columns = _columns(source, found[0]) if found else None
    if columns is None:
        if not found:
            source.log.add("RK124", source.place(1), at=source.file, reason="文件是空的")
        return ()
    made: list[Observation] = []
    wanted = len(found[0].cells)
    for row in found[1:]:
        if not any(cell.strip() for cell in row.cells):
            continue
        if any(cell.strip() for cell in row.cells[wanted:]):
            _ragged(source, row, wanted)
        if (observation := _observation(source, row, columns)) is not None:
            made.append(observation)
    return tuple(made)


def _ragged(source: Source, row: Row, wanted: int) -> None:
    source.log.add(
        "RK122",
        Place(file=source.file, line=row.line, cell=cell_name(row.number, 0)),
        quote=source.line(row.line).strip(),
        at=source.file,
        row=row.number,
        cells=len(row.cells),
        wanted=wanted,
    )


def _columns(source: Source, header: Row) -> dict[int, str] | None:
    """What each column holds; None if a needed column is missing."""
    _suspicious(source, header)
    columns: dict[int, str] = {}
    for index, cell in enumerate(header.cells):
        name = _HEADERS.get(cell.strip().casefold())
        place = Place(file=source.file, line=header.line, cell=cell_name(header.number, index))
        if name in columns.values():
            source.log.add("RK105", place, quote=cell, key=cell.strip(), related=[source.place(1)])
        elif name:
            columns[index] = name
        elif cell.strip():
            source.log.add(
                "RK107",
                place,
                quote=cell,
                key=cell.strip(),
                owner="指标数据",
                suggestion=nearest(cell.strip(), _HEADERS),
                known=list(COLUMNS),
            )
    missing = [name for name in COLUMNS[:3] if name not in columns.values()]
    for name in missing:
        source.log.add(
            "RK108",
            source.place(1),
            quote=source.line(1),
            key=name,
            owner="指标数据",
            meaning=f"首行缺少 {name} 列",
        )
    return None if missing else columns


def _observation(source: Source, row: Row, columns: dict[int, str]) -> Observation | None:
    data: dict[str, str] = {}
    parts: dict[str, Place] = {}
    for index, name in columns.items():
        cell = row.cells[index].strip() if index < len(row.cells) else ""
        parts[name] = Place(file=source.file, line=row.line, cell=cell_name(row.number, index))
        if cell:
            data[name] = cell
    text = data.pop("value", "")
    value, reason = number(text)
    if reason:
        source.log.add(
            "RK135",
            parts["value"],
            quote=text,
            at=data.get("indicator", ""),
            value=text,
            reason=reason,
        )
        if value is None:
            data.setdefault("missing", text[:80])
    place = parts["value"]
    tree = Tree(data, {(name,): Mark(row.line, 1) for name in parts})
    made = build(Observation, tree, source, convert=True, start=place, cells=parts)
    return made and made.model_copy(
        update={"value": value, "place": place, "places": Places(parts)}
    )


def number(text: str) -> tuple[Decimal | None, str]:
    """The number that ``text`` is, and why it is not written as it should be."""
    if not text:
        return None, ""
    if _NUMBER.fullmatch(text) and len(text) <= 40:
        return Decimal(text), ""
    narrow = unicodedata.normalize("NFKC", text).replace("−", "-").strip()
    if _GROUPED.fullmatch(narrow):
        return Decimal(re.sub("[,，]", "", narrow)), "数值中不要写千位分隔符"
    if _NUMBER.fullmatch(narrow) and len(narrow) <= 40:
        return Decimal(narrow), "数字应当用半角"
    if re.fullmatch(r"[+-]?[0-9.]+[eE][+-]?[0-9]+", narrow):
        return None, "不能用科学计数法，请写出全部数字"
    if _NUMBER.fullmatch(narrow):
        return None, "位数过多，不可能是实际的数"
    if re.match(r"[+-]?[0-9]", narrow):
        return None, "数值只写数字，单位写在 unit 列"
    return None, "不是数；没有数值时请留空，并在 missing 列写明原因"


def contents(source: Source) -> tuple[Contents, ...]:
    """The lists in ``contents.csv``, in the order in which they first appear."""
    lists: dict[str, list[ContentsEntry]] = {}
    places: dict[str, Place] = {}
    for row in _body(source, rows(source)):
        cells = [cell.strip() for cell in row.cells] + ["", "", ""]
        place = Place(file=source.file, line=row.line, cell=cell_name(row.number, 1))
        kind = _KINDS.get(cells[0].casefold())
        if kind is None or not cells[1] or any(cells[3:]):
            reason = f"每行应为“目录种类,条目,页码”，种类为 {'、'.join(_KINDS)} 之一"
            source.log.add(
                "RK124", place, quote=source.line(row.line).strip(), at=source.file, reason=reason
            )
            continue
        entry = ContentsEntry(text=cells[1][:400], page=cells[2][:20], place=place)
        lists.setdefault(kind, []).append(entry)
        places.setdefault(kind, place)
    Kind = Literal["toc", "tables", "figures", "cases"]  # noqa: N806
    return tuple(
        Contents(kind=cast(Kind, kind), entries=tuple(entries), place=places[kind])
        for kind, entries in lists.items()
    )


def _body(source: Source, found: list[Row]) -> Iterator[Row]:
    """The rows below the header; the header may be left out."""
    if found:
        _suspicious(source, found[0])
        if _KINDS.get(found[0].cells[0].strip().casefold()):
            yield found[0]
    yield from (row for row in found[1:] if any(cell.strip() for cell in row.cells))
