"""What the shares of a table are shares of: found by trying, because labels seldom say it.

A line of per cents is explained by a count line and the whole of that line, or by two count lines
divided cell by cell. What explains most of its cells is what the author did; the cells that it does
not explain are wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from reportkit.claims.grid import Cell, Grid, Line
from reportkit.claims.labels import Kind, adds_up, is_share
from reportkit.claims.quantity import Quantity
from reportkit.claims.units import Dimension

from .arithmetic import Expected, Verdict, quotient, total

HUNDRED = Decimal(100)
_MOST_LINES = 24


@dataclass(frozen=True, slots=True)
class Share:
    """A share with the part and the whole that it is computed from; ``names`` say which."""

    cell: Cell
    line: Line
    across: Line
    part: Quantity
    whole: Quantity
    names: tuple[str, str]
    expected: Expected
    verdict: Verdict


def shares(grid: Grid) -> Iterator[Share]:
    """Every share whose origin is known."""
    for lines, across in ((grid.columns, grid.rows), (grid.rows, grid.columns)):
        counts = [line for line in lines if _counts(line)][:_MOST_LINES]
        for line in lines:
            if line.kind is Kind.DATA and len(_percents(line)) > 1:
                yield from _explained(line, _near(line, counts), across)


def _percents(line: Line) -> list[Cell]:
    return [cell for cell in line.numbers if cell.percent]


def _counts(line: Line) -> bool:
    """Whether a line holds numbers of which shares can be taken."""
    return line.kind is not Kind.CHANGE and any(_countable(cell) for cell in line.numbers)


def _countable(cell: Cell) -> bool:
    assert cell.value is not None
    return cell.value.dimension not in (Dimension.PERCENT, Dimension.RATIO, Dimension.POINTS)


def _near(line: Line, counts: Sequence[Line]) -> list[Line]:
    """The count lines of the same years, those beside the line first."""
    same = [c for c in counts if not (c.name.years and line.name.years)
            or c.name.years == line.name.years]  # fmt: skip
    return sorted(same, key=lambda each: abs(each.index - line.index))


def _explained(line: Line, counts: Sequence[Line], across: Sequence[Line]) -> Iterator[Share]:
    best: list[Share] = []
    most = 0
    for count in counts:
        tries = [_of_whole(line, count, across)]
        tries += [
            _cell_by_cell(line, count, other, across) for other in counts if other is not count
        ]
        for found in tries:
            fit = sum(each.verdict is Verdict.FINE for each in found)
            if fit > most and _convincing(found):
                best, most = found, fit
        beside = line.index - count.index == 1 and is_share(line.label)
        if not best and beside and tries[0] and all(map(_about, tries[0])):
            best = tries[0]
    yield from best


def _about(share: Share) -> bool:
    """Whether a share is what was computed but for its last digit."""
    assert share.cell.value is not None
    return share.verdict is not Verdict.SIGN and share.expected.near(share.cell.value)


def _convincing(found: Sequence[Share]) -> bool:
    """Whether what was tried explains most cells, and not only those of 0 or 100 per cent."""
    telling = [each for each in found if each.expected.value not in (0, HUNDRED)]
    fitting = sum(each.verdict is Verdict.FINE for each in telling)
    off = len(telling) - fitting
    return fitting >= 2 and fitting * 2 > len(telling) and off <= max(1, fitting)


def _of_whole(line: Line, count: Line, across: Sequence[Line]) -> list[Share]:
    """Each cell as the share of its count in the whole of the count line."""
    whole, name = _whole(count, across)
    if whole is None:
        return []
    return [
        share
        for at, other in enumerate(across)
        if other.kind in (Kind.DATA, Kind.SUBTOTAL, Kind.PART)
        and (share := _share(line, other, at, count.cells[at], whole, (count.label, name)))
    ]


def _whole(count: Line, across: Sequence[Line]) -> tuple[Quantity | None, str]:
    for cell, other in zip(count.cells, across, strict=True):
        if other.kind is Kind.TOTAL and cell is not None and cell.value is not None:
            return cell.value, other.label
    parts = [
        cell.value
        for cell, other in zip(count.cells, across, strict=True)
        if other.kind is Kind.DATA and cell is not None and cell.value is not None
    ]
    if len(parts) < 2 or len({part.unit for part in parts}) > 1 or not adds_up(count.label):
        return None, ""
    found = total(parts)
    first = parts[0]
    scale = first.scale or Decimal(1)
    return replace(
        first, value=found.value, low=found.low, high=found.high, shown=found.value / scale
    ), "各项之和"


def _cell_by_cell(line: Line, count: Line, whole: Line, across: Sequence[Line]) -> list[Share]:
    """Each cell as the count divided by another count beside it."""
    found = []
    for at, other in enumerate(across):
        base = whole.cells[at]
        if other.kind is Kind.CHANGE or base is None or base.value is None:
            continue
        part = count.cells[at]
        if part is None or part.value is None or part.value.unit != base.value.unit:
            continue
        if share := _share(line, other, at, part, base.value, (count.label, whole.label)):
            found.append(share)
    return found


def _share(
    line: Line,
    other: Line,
    at: int,
    part: Cell | None,
    whole: Quantity,
    names: tuple[str, str],
) -> Share | None:
    cell = line.cells[at]
    if cell is None or not cell.percent or part is None or part.value is None:
        return None
    expected = quotient(part.value, whole, HUNDRED)
    if expected is None or cell.value is None or not _countable(part):
        return None
    verdict = expected.judge(cell.value)
    return Share(cell, line, other, part.value, whole, names, expected, verdict)


@dataclass(frozen=True, slots=True)
class Whole:
    """Shares that should make up a whole and do not."""

    line: Line
    cells: tuple[Cell, ...]
    total: Decimal
    slack: Decimal


def wholes(grid: Grid) -> Iterator[Whole]:
    """Lines of shares whose sum is near 100 per cent but not within rounding (±0.05 a share)."""
    for lines, across in ((grid.columns, grid.rows), (grid.rows, grid.columns)):
        for line in lines:
            if line.kind is not Kind.DATA or not is_share(line.label):
                continue
            cells = [
                cell
                for cell, other in zip(line.cells, across, strict=True)
                if other.kind is Kind.DATA and cell is not None and cell.percent
            ]
            stated = any(
                other.kind is Kind.TOTAL and cell is not None and _is_hundred(cell)
                for cell, other in zip(line.cells, across, strict=True)
            )
            if len(cells) < 2:
                continue
            values = [cell.value for cell in cells if cell.value is not None]
            summed = sum((value.value for value in values), Decimal(0))
            slack = sum((value.step / 2 for value in values), Decimal(0))
            off = abs(summed - HUNDRED)
            if off > slack and (stated or off <= 1):
                yield Whole(line, tuple(cells), summed, slack)


def _is_hundred(cell: Cell) -> bool:
    return cell.percent and cell.value is not None and cell.value.value == HUNDRED
