"""Template and workbook together: values into the data, cells into the tables of the standard.

A number is kept once. What stands in the workbook counts; what was typed into the Word table only
is taken over as data, and where the two differ it is told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from ..model.base import Place
from ..model.blocks import Block, Chapter, Section, Table
from ..model.data import Dataset, Observation
from ..model.diagnostic import Finding
from ..model.standard import Standard, TableSpec
from ..model.submission import Submission
from ..reading.csv_table import number
from ..reading.source import Log
from ..reading.workbook import Book, Entry
from ..standards.scaffold import asked_indicators
from .marks import computed
from .words import bare

_UNSAFE = re.compile(r'[\\/:*?"<>|\s]+')
_ROW = re.compile(r"r(\d+)")


@dataclass(frozen=True, slots=True)
class Merged:
    """The submission with its data, and what was found on the way."""

    submission: Submission
    findings: tuple[Finding, ...]


def merge(submission: Submission, standard: Standard, book: Book | None) -> Merged:
    """Bind a template's text to the data of a workbook; without one to what its tables hold."""
    return _Merger(submission, standard, book).run()


class _Merger:
    def __init__(self, submission: Submission, standard: Standard, book: Book | None) -> None:
        self.submission, self.standard, self.book = submission, standard, book
        self.log = Log()
        period = submission.metadata.data_period
        self.period = (book.period if book else "") or str(period.end.year)
        self.observations = list(book.observations) if book else []
        self.known = {(o.indicator, o.period): o for o in self.observations}
        self.units = {indicator.id: indicator.unit for indicator in standard.indicators}
        self.specs = {f"tbl:{spec.id}": spec for spec in standard.tables}
        self.placed: set[str] = set()

    def run(self) -> Merged:
        chapters = tuple(map(self._section, self.submission.chapters))
        chapters = self._unplaced(chapters)
        self._asked()
        period = self.submission.metadata.data_period
        if self.period != str(period.end.year):
            period = period.model_copy(update={"current": self.period})
        metadata = self.submission.metadata.model_copy(update={"data_period": period})
        made = self.submission.model_copy(
            update={
                "metadata": metadata,
                "chapters": chapters,
                "data": Dataset(observations=tuple(self.observations), tables=self._own()),
            }
        )
        return Merged(made, tuple(self.log.findings))

    def _section(self, section: Chapter) -> Chapter:
        made = self._filled(section)
        assert isinstance(made, Chapter)
        return made

    def _filled(self, section: Section) -> Section:
        return section.model_copy(
            update={
                "blocks": tuple(map(self._block, section.blocks)),
                "sections": tuple(map(self._filled, section.sections)),
            }
        )

    def _block(self, block: Block) -> Block:
        spec = self.specs.get(block.id or "") if isinstance(block, Table) else None
        if not isinstance(block, Table) or spec is None:
            return block
        self.placed.add(spec.id)
        return self._table(block, spec)

    # -- tables ------------------------------------------------------------------------------

    def _table(self, block: Table, spec: TableSpec) -> Table:
        """The cells of a mandated table, from the workbook where the template has none."""
        rows = [list(row) for row in block.rows]
        header = block.header_rows
        entries = self.book.tables.get(spec.id, {}) if self.book else {}
        for index, at in _matched(spec, rows, header):
            bound = spec.indicators[index] if spec.indicators else ""
            wanted = spec.rows[index]
            for column, text in enumerate(wanted):
                if text or column >= len(rows[at]):
                    continue
                place = block.place_of(f"rows.{at}.{column}")
                typed = rows[at][column]
                if bound:
                    rows[at][column] = self._bound(bound, typed, place)
                    bound = ""
                else:
                    entry = entries.get((f"r{index}", f"c{column}"))
                    rows[at][column] = self._cell(typed, entry, place, spec)
        if not spec.rows and entries and not _has_body(rows, header):
            rows = rows[:header] + self._body(spec, entries)
        return block.model_copy(update={"rows": tuple(map(tuple, rows))})

    def _bound(self, indicator: str, typed: str, place: Place | None) -> str:
        """The cell of an indicator: its value in the data, or what was typed if it is no number."""
        expression = f"{{{{ {indicator} }}}}"
        known = self.known.get((indicator, self.period))
        text = _plain(typed)
        value, _ = number(text.replace(" ", "").removesuffix("%"))
        if known is None and text:
            if value is None and any(char.isdigit() for char in text):
                return typed
            self._observe(
                Observation(
                    indicator=indicator,
                    period=self.period,
                    value=value,
                    missing=None if value is not None else text[:80],
                    unit=self.units.get(indicator, ""),
                    place=place,
                )
            )
        elif known is not None and text and (known.value != value or value is None):
            other = known.missing or ("" if known.value is None else f"{known.value:f}")
            if other != text:
                self._differs(typed, other, place, known.place, indicator, "指标值")
        return expression

    def _cell(self, typed: str, entry: Entry | None, place: Place | None, spec: TableSpec) -> str:
        if entry is None or not entry.text:
            return typed
        text = _plain(typed)
        if text and bare(text) != bare(entry.text):
            self._differs(typed, entry.text, place, entry.place, f"tbl:{spec.id}", "这一格")
        return entry.text if not text else typed

    def _differs(
        self,
        typed: str,
        other: str,
        place: Place | None,
        there: Place | None,
        at: str,
        what: str,
    ) -> None:
        where = place or self.submission.metadata.place or Place()
        self.log.add("RK162", where, quote=typed[:60], at=at, related=[there] if there else [],
                     value=typed[:60], other=other[:60], what=what)  # fmt: skip

    def _body(self, spec: TableSpec, entries: Mapping[tuple[str, str], Entry]) -> list[list[str]]:
        """Rows that were filled in the workbook, columns that follow from others computed."""
        width = max(map(len, spec.header))
        numbers = sorted({int(m[1]) for key, _ in entries if (m := _ROW.fullmatch(key))})
        keys = [f"r{index}" for index in numbers]
        keys += [key for key in dict.fromkeys(k for k, _ in entries) if not _ROW.fullmatch(key)]
        rules = computed(spec.header[-1])
        made = []
        for key in keys:
            found = (entries.get((key, f"c{column}")) for column in range(width))
            row = [entry.text if entry else "" for entry in found]
            if not any(row):
                continue
            for column, (kind, old, new) in rules.items():
                row[column] = row[column] or _change(kind, row[old], row[new])
            made.append(row)
        return made

    def _unplaced(self, chapters: tuple[Chapter, ...]) -> tuple[Chapter, ...]:
        """Tables that only the workbook has go to their section."""
        for spec in self.standard.tables:
            entries = self.book.tables.get(spec.id, {}) if self.book else {}
            if spec.id in self.placed or not any(entry.text for entry in entries.values()):
                continue
            table = self._new_table(spec, entries)
            if table is not None:
                chapters = tuple(_with_table(c, spec.section, table) for c in chapters)
        return chapters

    def _new_table(self, spec: TableSpec, entries: Mapping[tuple[str, str], Entry]) -> Table | None:
        place = next((entry.place for entry in entries.values() if entry.text), None)
        header = tuple(spec.header)
        if spec.rows:
            blank = Table(
                id=f"tbl:{spec.id}", caption=spec.title, header_rows=len(header),
                rows=(*header, *spec.rows), place=place,
            )  # fmt: skip
            given = any(
                entry.text and (found := _ROW.fullmatch(key)) and column[1:].isdecimal()
                and not _at(spec.rows, int(found[1]), int(column[1:]))
                for (key, column), entry in entries.items()
            )  # fmt: skip
            return self._table(blank, spec) if given else None
        rows = self._body(spec, entries)
        if not rows:
            return None
        return Table(
            id=f"tbl:{spec.id}", caption=spec.title, header_rows=len(header),
            rows=(*header, *map(tuple, rows)), place=place,
        )  # fmt: skip

    # -- data --------------------------------------------------------------------------------

    def _observe(self, made: Observation) -> None:
        self.observations.append(made)
        self.known[made.indicator, made.period] = made

    def _asked(self) -> None:
        """A row without value for what is asked for and was not given."""
        for name in asked_indicators(self.standard):
            if (name, self.period) not in self.known:
                unit = self.units.get(name, "")
                self._observe(Observation(indicator=name, period=self.period, unit=unit))

    def _own(self) -> dict[str, tuple[tuple[str, ...], ...]]:
        made = {}
        for title, rows in (self.book.own if self.book else {}).items():
            made[f"data/{_UNSAFE.sub('-', title).strip('-.') or 'sheet'}.csv"] = rows
        return made


def _matched(spec: TableSpec, rows: list[list[str]], header: int) -> list[tuple[int, int]]:
    """Which row of a table is which of the standard, whatever their order."""
    free = list(range(header, len(rows)))
    made = []
    for index, wanted in enumerate(spec.rows):
        name = bare(wanted[0])
        at = next((r for r in free if rows[r] and bare(_plain(rows[r][0])) == name), None)
        if at is not None:
            free.remove(at)
            made.append((index, at))
    return made


def _has_body(rows: list[list[str]], header: int) -> bool:
    return any(cell.strip() for row in rows[header:] for cell in row)


def _plain(text: str) -> str:
    return text.replace("\\", "").replace("**", "").strip()


def _at(rows: tuple[tuple[str, ...], ...], row: int, column: int) -> str:
    inside = row < len(rows) and column < len(rows[row])
    return rows[row][column] if inside else ""


def _change(kind: str, old: str, new: str) -> str:
    """Growth, or the rate of growth in percent with two decimals, as the workbook computes it."""
    a, b = number(old)[0], number(new)[0]
    if a is None or b is None or (kind == "rate" and not a):
        return ""
    if kind == "diff":
        return f"{b - a:f}"
    rate = ((b - a) / a * 100).quantize(Decimal("0.01"), ROUND_HALF_UP).normalize()
    return f"{rate:f}"


def _with_table(chapter: Chapter, section: str | None, table: Table) -> Chapter:
    """The chapter with a table at the end of what stands directly under a heading."""

    def visit(each: Section) -> Section:
        update: dict[str, object] = {"sections": tuple(map(visit, each.sections))}
        if each.id == section:
            update["blocks"] = (*each.blocks, table)
        return each.model_copy(update=update)

    made = visit(chapter)
    assert isinstance(made, Chapter)
    return made
