"""Tables of ``data/*.csv`` as facts: one cell by its labels, sums of rows and columns, a count.

``data/clubs.csv`` is known as ``clubs``, ``data/plan-2.csv`` as ``plan_2``. The first row is the
heading, with those below it that begin with ``^^``; the columns before the first column of numbers
label the rows. ``^^`` and ``<<`` repeat the label above or to the left. Rows and columns of totals
are in no sum, nor are marks for missing values; anything else that is no number refuses to be added
up.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import PurePosixPath

Rows = Sequence[Sequence[str]]
_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?")
_TOTAL = re.compile(r"(?:合计|小计|总计|共计|总和)")
_JOINED = frozenset({"^^", "<<"})
_MISSING = _JOINED | frozenset({"-", "--", "—", "——", "–", "/", "…", "不适用", "未统计"})
_COUNTER = re.compile(r"序号|编号|代码")
MOST_SHOWN = 5


class Blank(LookupError):
    """A cell that is still to be filled in."""


def named(path: str) -> str:
    """The name of a data file in expressions."""
    stem = PurePosixPath(path.replace("\\", "/")).stem
    return re.sub(r"\W", "_", stem).lower()


@dataclass(frozen=True)
class Sheet:
    """The body of a table in a file. ``LookupError`` where a label is none of its labels."""

    path: str
    rows: Rows

    @cached_property
    def _grid(self) -> list[list[str]]:
        width = max((len(row) for row in self.rows), default=0)
        grid: list[list[str]] = []
        for at, row in enumerate(self.rows):
            made = [cell.strip() for cell in row] + [""] * (width - len(row))
            for column, text in enumerate(made):
                if text == "^^" and at:
                    made[column] = grid[at - 1][column]
                elif text == "<<" and column:
                    made[column] = made[column - 1]
            grid.append(made)
        return grid

    @cached_property
    def head(self) -> int:
        """How many rows are headings."""
        at = 1
        while at < len(self.rows) and self.rows[at] and self.rows[at][0].strip() == "^^":
            at += 1
        return min(at, len(self.rows))

    @cached_property
    def stubs(self) -> int:
        """How many columns label the rows."""
        for column in range(len(self._grid[0]) if self._grid else 0):
            counts = any(_COUNTER.search(row[column]) for row in self._grid[: self.head])
            cells = [row[column] for row in self._grid[self.head :]]
            blank = all(not text or text in _MISSING for text in cells)
            if not counts and (blank or any(_number(text) is not None for text in cells)):
                return max(1, column)
        return 1

    def count(self) -> int:
        """How many rows there are below the headings, without groups, totals and blank rows."""
        body = enumerate(self._grid[self.head :], self.head)
        return sum(
            any(row[:1]) and len(set(row)) > 1 and not any(map(_TOTAL.match, self._row_labels[at]))
            for at, row in body
        )

    def cell(self, row: str, column: str) -> Decimal:
        """The number in the row and the column of these labels."""
        down = self._find(row, self._row_labels.items())
        across = self._find(column, self._heads.items())
        if len(down) != 1 or len(across) != 1:
            raise LookupError(f"“{row if len(down) != 1 else column}”不止一处")
        text = self._grid[down[0]][across[0]]
        if not text:
            raise Blank(f"“{row}”“{column}”一格空着")
        if (found := _number(text)) is None:
            raise LookupError(f"“{row}”“{column}”一格不是数")
        return found

    def total(self, labels: Sequence[str]) -> Decimal:
        """The sum over the rows and columns of these labels; over all where there are none."""
        down: set[int] = set()
        across: set[int] = set()
        for label in labels:
            rows = [at for at, names in self._row_labels.items() if label in names]
            columns = [at for at, names in self._heads.items() if label in names]
            if not rows and not columns:
                self._find(label, (*self._heads.items(), *self._row_labels.items()))
            down.update(rows)
            across.update(columns)
        return sum(self._numbers(down, across), Decimal(0))

    def _numbers(self, down: set[int], across: set[int]) -> Iterator[Decimal]:
        for row, names in self._row_labels.items():
            for column, heads in self._heads.items():
                chosen = (not down or row in down) and (not across or column in across)
                if not chosen or any(map(_TOTAL.match, (*names, *heads))):
                    continue
                cells = self.rows[row]
                text = cells[column].strip() if column < len(cells) else ""
                if (found := _number(text)) is not None:
                    yield found
                elif text not in _MISSING:
                    if not text:
                        raise Blank(f"第 {row + 1} 行空着，不能相加；没有数值的写“——”")
                    at = f"第 {row + 1} 行“{text[:20]}”"
                    raise LookupError(f"{at}不是数，不能相加；请写明加哪几行、哪几列")

    @cached_property
    def _row_labels(self) -> dict[int, set[str]]:
        return {
            at: _names(self._grid[at][: self.stubs]) for at in range(self.head, len(self._grid))
        }

    @cached_property
    def _heads(self) -> dict[int, set[str]]:
        width = len(self._grid[0]) if self._grid else 0
        return {
            at: _names([self._grid[row][at] for row in range(self.head)])
            for at in range(self.stubs, width)
        }

    def _find(self, label: str, names: Iterable[tuple[int, set[str]]]) -> list[int]:
        found = [at for at, known in names if label in known]
        if not found:
            known = list(dict.fromkeys(name for _, each in names for name in sorted(each) if name))
            raise LookupError(f"没有“{label}”，有的是 {'、'.join(known[:MOST_SHOWN])} 等")
        return found


def _number(text: str) -> Decimal | None:
    return Decimal(text) if _NUMBER.fullmatch(text) else None


def _names(labels: Sequence[str]) -> set[str]:
    """What a row or column can be called: by any of its labels, or by all in one."""
    said = list(dict.fromkeys(label for label in labels if label))
    return {*said, "".join(said)}
