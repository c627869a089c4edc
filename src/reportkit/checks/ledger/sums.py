"""Which lines of a table add up to which total, and which parts stand under which whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportkit.claims.cells import with_unit
from reportkit.claims.families import largest_disjoint
from reportkit.claims.grid import Cell, Grid, Line
from reportkit.claims.labels import Kind, adds_up, is_rate, overlaps
from reportkit.claims.quantity import Quantity
from reportkit.claims.units import Dimension

from .arithmetic import Expected, Verdict, total

_LONGEST = 12
"""Lines that may be parts of one whole."""
_NEVER = frozenset({Dimension.PERCENT, Dimension.RATIO, Dimension.POINTS, Dimension.TIMES})


@dataclass(frozen=True, slots=True)
class Sum:
    """A total that is not the sum of its parts. ``sure`` tells whether nothing else explains it."""

    cell: Cell
    parts: tuple[Cell, ...]
    line: Line
    across: Line
    expected: Expected
    verdict: Verdict
    sure: bool


def wrong_sums(grid: Grid) -> Iterator[Sum]:
    """Totals and subtotals of rows and columns that do not add up in any way a reader may mean."""
    if overlaps(grid.notes):
        return
    for lines, across in ((grid.rows, grid.columns), (grid.columns, grid.rows)):
        for at, line in enumerate(lines):
            if line.kind in (Kind.TOTAL, Kind.SUBTOTAL) and not overlaps(line.label):
                yield from _check(lines, at, across)
            elif line.kind is Kind.PART and at and lines[at - 1].kind is Kind.DATA:
                yield from _divided(lines, at, across)


def _divided(lines: Sequence[Line], at: int, across: Sequence[Line]) -> Iterator[Sum]:
    """A whole whose parts begin with 其中 and go on below it: 总经费, 其中：甲, 乙, 丙.

    How far they go on is told by the columns in which they add up; there must be one.
    """
    whole = lines[at - 1]
    run = [lines[at]]
    for line in lines[at + 1 :]:
        if line.kind not in (Kind.DATA, Kind.PART) or len(run) == _LONGEST:
            break
        run.append(line)
    for size in range(len(run), 1, -1):
        found: list[Sum] = []
        for index, other in enumerate(across):
            cell = whole.cells[index]
            if cell is not None and cell.value is not None and _summable(cell, other):
                sum_ = _judge(whole, cell, [run[:size]], index, other)
                found += [sum_] if sum_ is not None else []
        wrong = [each for each in found if each.verdict is not Verdict.FINE]
        if len(found) - len(wrong) >= max(1, len(wrong)):
            yield from wrong
            return


def _check(lines: Sequence[Line], at: int, across: Sequence[Line]) -> Iterator[Sum]:
    choices = [choice for choice in _members(lines, at) if len(choice) > 1]
    if not choices:
        return
    wrong: list[Sum] = []
    fitting = 0
    for index, other in enumerate(across):
        cell = lines[at].cells[index]
        if cell is None or cell.value is None or not _summable(cell, other):
            continue
        found = _judge(lines[at], cell, choices, index, other)
        if found is not None and found.verdict is Verdict.FINE:
            fitting += cell.value.value != 0
        elif found is not None:
            wrong.append(found)
    if len(wrong) > 1 and not fitting and lines[at].kind is Kind.SUBTOTAL:
        return  # a total of something else: 办结总计 below 新收 and 结转
    leading = at == 0
    for each in wrong:
        sure = each.sure and (fitting > 0 or not leading) and fitting >= len(wrong) - 1
        yield Sum(each.cell, each.parts, each.line, each.across, each.expected, each.verdict, sure)


def _judge(
    line: Line, cell: Cell, choices: Sequence[Sequence[Line]], index: int, other: Line
) -> Sum | None:
    best: Sum | None = None
    assert cell.value is not None
    for choice in choices:
        cells = [each.cells[index] for each in choice]
        there = [c for c in cells if c is not None and not c.blank]
        parts = tuple(c for c in there if c.value is not None)
        if len(parts) < 2 or not _one_unit(parts):
            continue
        given = cell.value if cell.value.unit else with_unit(cell.value, parts[0].unit)
        if parts[0].value is None or given.unit != parts[0].value.unit:
            continue
        expected = total([c.value for c in parts if c.value is not None])
        verdict = expected.judge(given)
        sure = len(parts) == len(there) and all(_plain(c.value) for c in (cell, *parts))
        found = Sum(cell, parts, line, other, expected, verdict, sure)
        if verdict is Verdict.FINE:
            return found
        if best is None or abs(expected.value - cell.value.value) < abs(
            best.expected.value - cell.value.value
        ):
            best = found
    return best


def _plain(quantity: Quantity | None) -> bool:
    return quantity is not None and quantity.plain


def _summable(cell: Cell, other: Line) -> bool:
    assert cell.value is not None
    if other.kind is Kind.CHANGE or not adds_up(other.label) or is_rate(other.label):
        return False
    return cell.value.dimension not in _NEVER


def _one_unit(cells: Sequence[Cell]) -> bool:
    return len({c.value.unit for c in cells if c.value is not None}) == 1


def _members(lines: Sequence[Line], at: int) -> Iterator[list[Line]]:
    """Sets of lines that the total at ``at`` may sum up, the likeliest first."""
    line = lines[at]
    level = len(line.path)
    before = list(lines[:at])
    scope = before if any(_adds(each) for each in before) else list(lines[at + 1 :])
    if line.kind is Kind.SUBTOTAL:
        scope = _since(before, (Kind.SUBTOTAL, Kind.TOTAL)) or before
    own = [each for each in scope if _adds(each)]
    above = line.path[:-1] if level > 1 else ()
    if above:
        yield [each for each in own if each.path[: len(above)] == above]
    yield own
    yield [each for each in scope if each.kind is Kind.SUBTOTAL]
    yield [each for each in _since(before, (Kind.SUBTOTAL, Kind.TOTAL)) if _adds(each)]
    yield [each for each in own if each.kind is Kind.DATA and not _inside(scope, each)]
    yield [each for each in scope if each.kind in (Kind.DATA, Kind.PART)]
    yield [own[i] for i in largest_disjoint([each.label for each in own])]
    outer = [e for e in scope if e.kind is Kind.SUBTOTAL]
    yield [*outer, *(e for e in own if _after_last(scope, e))] if outer else []


def _adds(line: Line) -> bool:
    return line.kind is Kind.DATA and adds_up(line.label)


def _since(lines: Sequence[Line], kinds: tuple[Kind, ...]) -> list[Line]:
    found: list[Line] = []
    for line in reversed(lines):
        if line.kind in kinds:
            break
        found.insert(0, line)
    return found


def _inside(scope: Sequence[Line], line: Line) -> bool:
    """Whether the line may still belong to the 其中 above it."""
    return any(each.kind is Kind.PART for each in scope[: scope.index(line)])


def _after_last(scope: Sequence[Line], line: Line) -> bool:
    last = max((i for i, e in enumerate(scope) if e.kind is Kind.SUBTOTAL), default=-1)
    return scope.index(line) > last


@dataclass(frozen=True, slots=True)
class Part:
    """A part (其中) beside the whole that it stands under."""

    cell: Cell
    line: Line
    whole: Cell
    above: Line
    across: Line


def parts(grid: Grid) -> Iterator[Part]:
    """The cells of 其中 lines with the cells of the line that they are part of."""
    for lines, across in ((grid.rows, grid.columns), (grid.columns, grid.rows)):
        above: Line | None = None
        for line in lines:
            if line.kind is not Kind.PART:
                above = line if line.kind in (Kind.DATA, Kind.TOTAL, Kind.SUBTOTAL) else above
            elif above is not None:
                for cell, whole, other in zip(line.cells, above.cells, across, strict=True):
                    if cell is not None and whole is not None and other.kind is not Kind.CHANGE:
                        yield Part(cell, line, whole, above, other)
