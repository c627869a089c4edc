"""Pipe tables: rows of cells with the column of each, and the line under the header."""

import re
from dataclasses import dataclass, field

_DELIMITER = re.compile(r"[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|)*[ \t]*:?-+:?[ \t]*\|?[ \t]*")
_BAR = re.compile(r"(?<!\\)\|")
MERGES = ("^^", "<<")


@dataclass
class Pipes:
    """Cells, and where each begins: line and column from 1, whether it stands letter by letter."""

    rows: list[list[str]] = field(default_factory=list)
    places: list[list[tuple[int, int, bool]]] = field(default_factory=list)
    header_rows: int = 0
    width: int | None = None
    delimiter: int | None = None


def is_delimiter(line: str) -> bool:
    """Whether ``line`` is the ``|---|---|`` under a header."""
    return "|" in line and "-" in line and _DELIMITER.fullmatch(line) is not None


def is_row(line: str) -> bool:
    """Whether ``line`` is written as a row of a table."""
    return line.lstrip(" \t").startswith("|")


def begins(line: str, following: str) -> bool:
    """Whether a table outside of a fence begins with ``line``.

    Either the line begins and ends with a pipe, or the next one is a delimiter.
    """
    line = line.strip()
    if line.startswith("|"):
        return len(line) > 1 and line.endswith("|") and not line.endswith("\\|")
    return _BAR.search(line) is not None and is_delimiter(following)


def continues(first: str, line: str) -> bool:
    """Whether ``line`` belongs to the table that begins with ``first``."""
    return is_row(line) if is_row(first) else _BAR.search(line) is not None


def parse(lines: list[str], numbers: list[int]) -> Pipes:
    """The table on ``lines``; ``numbers`` are their line numbers from 1.

    All rows above the delimiter are header rows; without a delimiter the first is.
    """
    table = Pipes()
    for line, number in zip(lines, numbers, strict=True):
        if table.delimiter is None and is_delimiter(line):
            table.delimiter, table.header_rows = number, len(table.rows)
            table.width = len(_cells(line, number)[0])
            continue
        cells, places = _cells(line, number)
        table.rows.append(cells)
        table.places.append(places)
    if table.delimiter is None:
        table.header_rows = min(1, len(table.rows))
    return table


def _cells(line: str, number: int) -> tuple[list[str], list[tuple[int, int, bool]]]:
    start = len(line) - len(line.lstrip())
    end = len(line.rstrip())
    start += line[start:end].startswith("|")
    if end - 1 >= start and line[end - 1] == "|" and line[end - 2 : end - 1] != "\\":
        end -= 1
    cells, places = [], []
    bounds = [m.start() for m in _BAR.finditer(line, start, end)]
    for left, right in zip([start, *(b + 1 for b in bounds)], [*bounds, end], strict=True):
        raw = line[left:right]
        text = raw.strip()
        column = left + len(raw) - len(raw.lstrip()) + 1
        cells.append(text.replace("\\|", "|"))
        places.append((number, column, "\\|" not in text))
    return cells, places


def escape(cell: str) -> str:
    """``cell`` as it stands between pipes."""
    return cell.replace("|", "\\|")
