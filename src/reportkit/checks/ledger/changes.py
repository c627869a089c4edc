"""Which lines of a table tell the change between which others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reportkit.claims.grid import Cell, Grid, Line
from reportkit.claims.labels import Kind


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that tells how ``now`` differs from ``before``; ``subject`` names what."""

    cell: Cell
    line: Line
    now: Cell
    before: Cell
    subject: str


def changes(grid: Grid) -> Iterator[Change]:
    """All cells of changes with the two cells that they are about."""
    for lines, across in ((grid.columns, grid.rows), (grid.rows, grid.columns)):
        for at, line in enumerate(lines):
            if line.kind is Kind.CHANGE and (pair := _pair(lines, at)):
                yield from _cells(line, *pair, across)


def periods(grid: Grid) -> Iterator[tuple[Line, Line, Sequence[Line]]]:
    """Pairs of lines of two successive years, newer first, with the lines across."""
    for lines, across in ((grid.columns, grid.rows), (grid.rows, grid.columns)):
        topics: dict[str, list[Line]] = {}
        for line in lines:
            if line.kind is not Kind.CHANGE and len(line.name.years) == 1:
                topics.setdefault(line.name.topic, []).append(line)
        for found in topics.values():
            ordered = sorted(found, key=lambda each: each.name.years[0])
            for before, now in pairwise(ordered):
                if now.name.years[0] - before.name.years[0] == 1:
                    yield now, before, across


def _cells(line: Line, now: Line, before: Line, across: Sequence[Line]) -> Iterator[Change]:
    trios = zip(line.cells, now.cells, before.cells, across, strict=True)
    for cell, new, old, other in trios:
        if cell is None or new is None or old is None or cell.value is None:
            continue
        if new.value is not None and old.value is not None and other.kind is not Kind.CHANGE:
            yield Change(cell, line, new, old, other.label)


def _pair(lines: Sequence[Line], at: int) -> tuple[Line, Line] | None:
    """The lines that the change at ``at`` is about: those it names, or the last two before it."""
    line = lines[at]
    dated = [each for each in lines if each.kind is not Kind.CHANGE and each.name.years]
    group = _group(dated, line, lines[:at])
    years: dict[int, Line] = {}
    for each in group:
        if each.name.years[-1] in years:
            return None
        years[each.name.years[-1]] = each
    if len(years) < 2:
        return None
    named = sorted(set(line.name.years), reverse=True)
    wanted = named[:2] if len(named) > 1 else []
    if len(named) == 1:
        newest = max(years)
        wanted = [newest, named[0]] if newest > named[0] else []
    wanted = wanted or sorted(years, reverse=True)[:2]
    if len(wanted) < 2 or any(year not in years for year in wanted):
        return None
    return years[wanted[0]], years[wanted[1]]


def _group(dated: Sequence[Line], line: Line, before: Sequence[Line]) -> list[Line]:
    topics = {each.name.topic for each in dated}
    if len(topics) == 1:
        return list(dated)
    if line.name.topic in topics and line.name.topic:
        return [each for each in dated if each.name.topic == line.name.topic]
    last = next((each for each in reversed(before) if each in dated), None)
    return [each for each in dated if last is not None and each.name.topic == last.name.topic]
