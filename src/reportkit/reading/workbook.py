"""The workbook of a kit: observed values, and the cells of the standard's tables.

What a sheet is stands in hidden cells of its own: row 1 has the kind of sheet and the keys of the
columns, row 2 standard, version, periods, year and organisation, column A the keys of the rows.
So sheets and rows may be moved, copied and renamed. A sheet of indicators whose hidden cells are
gone is known by its visible headings; its rows then have names in place of ids.

Findings and their arguments: RK161 ``sheet``, ``reason``, ``advice``; RK134 and RK135 as in
``source``; RK150 where the file cannot be read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from reportkit.model.base import Place, Places
from reportkit.model.data import Observation
from reportkit.model.diagnostic import Severity

from .cells import Cell, Sheet, read_sheets
from .csv_table import number
from .ooxml import Damaged, Refused, open_package
from .result import ReadResult
from .source import Log

if TYPE_CHECKING:
    from reportkit.model.submission import Submission

_MARK = "reportkit:"
INDICATORS = _MARK + "indicators"
TABLES = _MARK + "table:"
NAMES = ("reportkit_sheet", "reportkit_standard")
"""Defined names of every sheet: the cell with its kind, and the one with the standard."""
_HEADINGS = {
    "名称": "name",
    "指标": "name",
    "单位": "unit",
    "上年值": "previous",
    "本年值": "current",
    "缺值原因": "missing",
    "来源": "source",
}
_VALUES = ("previous", "current")
_OWN_LIMIT = 20_000
"""Cells of a sheet of the writer's own that is kept as a table."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A cell of a table: its text (digits for numbers) and its place."""

    text: str
    place: Place


@dataclass(slots=True)
class Book:
    """What a workbook holds. ``tables`` has cells by (row key, column key) for each table;
    ``own`` the sheets that the writer added, ``blanks`` where this year's value of an indicator
    would stand that has none.
    """

    file: str
    standard: str = ""
    version: str = ""
    period: str = ""
    before: str = ""
    year: str = ""
    organisation: str = ""
    observations: list[Observation] = field(default_factory=list)
    tables: dict[str, dict[tuple[str, str], Entry]] = field(default_factory=dict)
    own: dict[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    blanks: dict[str, Place] = field(default_factory=dict)
    place: Place = field(default_factory=Place)

    @property
    def known(self) -> bool:
        """Whether any sheet of a kit was found."""
        return bool(self.standard or self.observations or self.tables)


def read_book(path: Path, log: Log, names: Mapping[str, str] | None = None) -> Book | None:
    """Read a workbook; None (and RK150) if it cannot be read.

    ``names`` gives the id of an indicator by its name, for rows that lost theirs.
    """
    try:
        with open_package(path, "xlsx") as package:
            reader = _Reader(path.name, log, names or {})
            sheets = list(read_sheets(package))
            reader.facts(sheets)
            for sheet in sheets:
                reader.take(sheet)
            return reader.finish()
    except Refused as refusal:
        log.findings.append(refusal.finding(path.name))
    return None


class _Reader:
    def __init__(self, file: str, log: Log, names: Mapping[str, str]) -> None:
        self.book = Book(file, place=Place(file=file))
        self.log, self.names = log, names
        self.seen: dict[tuple[str, str], Observation] = {}
        self.kinds: dict[str, str] = {}
        self.formulas: list[Place] = []

    def finish(self) -> Book:
        """The book, after everything that is told of it as a whole."""
        if not self.book.known:
            self._about("", "没有找到填报数据的工作表",
                        "请用 reportkit kit 生成的工作簿填写。", Severity.ERROR)  # fmt: skip
        elif INDICATORS not in self.kinds:
            self._about("指标", "缺少“指标”表", "请从原来的填报数据.xlsx 把这张表复制回来。",
                        Severity.ERROR)  # fmt: skip
        if self.formulas:
            self.log.add(
                "RK164",
                self.formulas[0],
                related=self.formulas[1:20],
                count=len(self.formulas),
            )
        return self.book

    def facts(self, sheets: Sequence[Sheet | Damaged]) -> None:
        """Take standard, periods and organisation from the first sheet that tells them."""
        for sheet in sheets:
            if isinstance(sheet, Sheet) and sheet.text(1, 1).startswith(_MARK):
                (self.book.standard, self.book.version, self.book.period, self.book.before,
                 self.book.year, self.book.organisation) = (
                    sheet.text(2, column) for column in range(1, 7)
                )  # fmt: skip
                return

    def take(self, sheet: Sheet | Damaged) -> None:
        """Read one sheet for what it is."""
        if isinstance(sheet, Damaged):
            self._about("", sheet.reason, sheet.advice, Severity.ERROR)
            return
        if sheet.cut:
            self._about(sheet.name, "单元格过多，只读了前面的一部分",
                        "请删去表格以外多余的行和列。", Severity.ERROR)  # fmt: skip
        kind = sheet.text(1, 1)
        if kind.startswith(_MARK):
            self._marked(sheet, kind)
        elif (headings := _headings(sheet)) is not None:
            row, keys = headings
            self._about(sheet.name, "隐藏的标记行被删去了，按表头和指标名称读入",
                        "请核对这张表的数值。", Severity.WARNING)  # fmt: skip
            self.kinds.setdefault(INDICATORS, sheet.name)
            self._indicators(sheet, keys, row + 1)
        elif sheet.cells and sheet.name != "说明" and not sheet.hidden:
            self._own(sheet)

    def _marked(self, sheet: Sheet, kind: str) -> None:
        facts = [sheet.text(2, column) for column in (1, 2)]
        if facts != [self.book.standard, self.book.version]:
            reason = f"属于另一个编制规范（{facts[0]} 版本 {facts[1]}），没有读入"
            advice = f"请换成 {self.book.standard} 版本 {self.book.version} 的表。"
            self._about(sheet.name, reason, advice, Severity.ERROR)
            return
        if kind in self.kinds:
            reason = f"与工作表“{self.kinds[kind]}”是同一张表的副本，两张合起来读"
            self._about(sheet.name, reason, "请核对后删去多余的一张。", Severity.WARNING)
        self.kinds.setdefault(kind, sheet.name)
        keys = {cell.text.strip(): column for column, cell in sheet.row(1).items() if column > 1}
        if kind == INDICATORS:
            self._indicators(sheet, keys, 3)
        elif kind.startswith(TABLES):
            self._table(sheet, kind.removeprefix(TABLES), keys)

    # -- indicators --------------------------------------------------------------------------

    def _indicators(self, sheet: Sheet, keys: Mapping[str, int], first: int) -> None:
        for row, cells in sheet.by_row().items():
            if row < first:
                continue
            texts = {key: cells[at].text.strip() for key, at in keys.items() if at in cells}
            identity = sheet.text(row, 1)
            filled = [key for key in (*_VALUES, "missing", "source") if texts.get(key)]
            if "name" not in texts or texts.get("current", "").startswith("本年值"):
                continue
            if "." not in identity or not identity.isascii():
                identity = self.names.get(texts["name"], "")
            if identity:
                self._row(sheet, row, cells, keys, identity)
            elif filled:
                place = self._place(sheet, row, keys["name"])
                reason = f"认不出“{texts['name']}”是哪个指标，这一行没有读入"
                advice = "请用表中原有的行填写。"
                self._about(sheet.name, reason, advice, Severity.ERROR, place, texts["name"])

    def _row(
        self, sheet: Sheet, row: int, cells: Mapping[int, Cell], keys: Mapping[str, int],
        identity: str,
    ) -> None:  # fmt: skip
        """The observations of a row: this year's with its reason and source, last year's."""
        periods = {"previous": self.book.before, "current": self.book.period}
        missing = _text(cells, keys.get("missing"))
        source = _text(cells, keys.get("source"))
        for key in _VALUES:
            at = keys.get(key)
            if at is None:
                continue
            place = self._place(sheet, row, at)
            cell = cells.get(at)
            value, told = self._value(cell, place, identity)
            now = key == "current"
            why = told or (missing if now else "")
            if now and value is None and not why:
                self.book.blanks.setdefault(identity, place)
            if value is None and not why and not (now and source):
                continue
            made = Observation(
                indicator=identity,
                period=periods[key] or key,
                value=value,
                missing=(why[:80] or None) if value is None else None,
                source=source[:300] if now else "",
                place=place,
                places=Places({"value": place, "indicator": self._place(sheet, row, keys["name"])}),
            )
            self._observe(made)

    def _observe(self, made: Observation) -> None:
        known = self.seen.get((made.indicator, made.period))
        if known is None:
            self.seen[made.indicator, made.period] = made
            self.book.observations.append(made)
        elif made.value is not None and made.value != known.value:
            if known.value is None:
                self.book.observations.remove(known)
                self.book.observations.append(made)
                self.seen[made.indicator, made.period] = made
                return
            related = [known.place] if known.place else []
            self.log.add("RK134", made.place or self.book.place, quote=f"{made.value}",
                         at=made.indicator, related=related, indicator=made.indicator,
                         period=made.period, scope="")  # fmt: skip

    def _value(self, cell: Cell | None, place: Place, at: str) -> tuple[Decimal | None, str]:
        """The number in a cell, and what stands there in place of one."""
        if cell is None:
            return None, ""
        if cell.formula and cell.kind == "number":
            self.formulas.append(place)
        if cell.kind == "number":
            return cell.number, ""
        if cell.kind == "nothing":
            reason = "是公式，但文件里没有存下结果；请用 Excel 或 WPS 打开并保存一次"
            self.log.add("RK135", place, quote="=", at=at, value="公式", reason=reason)
            return None, ""
        if not cell.text.strip():
            return None, ""
        text = cell.text.strip()
        value, reason = number(text)
        if cell.kind == "error":
            reason = "是公式的错误值，请改正公式或直接填数"
        elif value is None and any(char.isdigit() for char in text):
            reason = "数值只写数字，不带单位和说明"
        elif value is None:
            reason = "不是数；没有数值时请留空，并在“缺值原因”一栏写明"
        if reason:
            self.log.add("RK135", place, quote=text[:60], at=at, value=text[:60], reason=reason)
        return value, "" if value is not None else text

    # -- tables ------------------------------------------------------------------------------

    def _table(self, sheet: Sheet, identity: str, keys: Mapping[str, int]) -> None:
        cells = self.book.tables.setdefault(identity, {})
        for row, found in sheet.by_row().items():
            key = sheet.text(row, 1)
            if row < 3 or not key:
                key = f"+{sheet.name}!{row}" if row > 4 else ""
            if not key or key.startswith("h"):
                continue
            for column, at in keys.items():
                cell = found.get(at)
                if cell is None or not column.startswith("c") or cell.formula:
                    continue
                entry = Entry(cell.text.strip(), self._place(sheet, row, at))
                known = cells.setdefault((key, column), entry)
                if entry.text and known.text != entry.text:
                    self.log.add("RK162", entry.place, quote=entry.text[:60], at=f"tbl:{identity}",
                                 related=[known.place], value=entry.text[:60],
                                 other=known.text[:60], what="这一格")  # fmt: skip

    def _own(self, sheet: Sheet) -> None:
        """A sheet that the writer added is kept as a table."""
        rows = sheet.by_row()
        columns = [column for _, column in sheet.cells]
        first, last = min(columns), max(columns)
        size = (last - first + 1) * len(rows)
        if size > _OWN_LIMIT or sheet.cut:
            advice = "需要列入报告的表，请粘贴到填报模板.docx 中。"
            reason = "不是填报模板中的表，而且过大，没有读入"
            self._about(sheet.name, reason, advice, Severity.WARNING)
            return
        self._about(sheet.name, "不是填报模板中的表，存为数据文件，没有排进报告",
                    "需要列入报告的，请粘贴到填报模板.docx 中。", Severity.INFO)  # fmt: skip
        self.book.own[sheet.name] = tuple(
            tuple(cells[at].text if at in cells else "" for at in range(first, last + 1))
            for cells in rows.values()
        )

    # -- places and findings -----------------------------------------------------------------

    def _place(self, sheet: Sheet, row: int, column: int) -> Place:
        name = Cell(row, column, "").name
        return Place(file=self.book.file, cell=f"{sheet.name}!{name}")

    def _about(
        self,
        sheet: str,
        reason: str,
        advice: str,
        severity: Severity,
        place: Place | None = None,
        quote: str = "",
    ) -> None:
        where = place or Place(file=self.book.file, cell=f"{sheet}!A1" if sheet else None)
        self.log.add("RK161", where, quote=quote or sheet, at=self.book.file, severity=severity,
                     sheet=sheet, reason=reason, advice=advice)  # fmt: skip


def _text(cells: Mapping[int, Cell], at: int | None) -> str:
    return cells[at].text.strip() if at is not None and at in cells else ""


def _headings(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """The row of headings of a sheet of indicators, and the columns that they name."""
    for row in range(1, 11):
        keys: dict[str, int] = {}
        for column, cell in sheet.row(row).items():
            for heading, key in _HEADINGS.items():
                if cell.text.strip().startswith(heading):
                    keys.setdefault(key, column)
        if {"name", "current"} <= keys.keys():
            return row, keys
    return None


def read_workbook(path: Path) -> ReadResult:
    """A workbook alone as a submission without text, so that its data can be checked."""
    log = Log()
    book = read_book(path, log)
    submission = None if book is None or not book.known else data_only(book)
    return ReadResult(submission, path.parent, "workbook", tuple(log.findings))


def data_only(book: Book) -> Submission:
    """The submission that a workbook alone makes: its data, and one empty chapter."""
    from reportkit.model.blocks import Chapter
    from reportkit.model.data import Dataset
    from reportkit.model.submission import DataPeriod, Metadata, Organisation, Submission

    last = int(book.period) if book.period.isdecimal() and len(book.period) == 4 else 2000
    year = int(book.year) if book.year.isdecimal() and len(book.year) == 4 else last
    metadata = Metadata(
        standard=book.standard or "unknown",
        title=f"填报数据（{book.file}）"[:100],
        title_year=year,
        data_period=DataPeriod(
            start=date(last, 1, 1), end=date(last, 12, 31), current=book.period or None
        ),
        organisation=Organisation(name=book.organisation or "（单位全称）"),
        place=book.place,
    )
    chapter = Chapter(numbered=False, place=book.place)
    data = Dataset(observations=tuple(book.observations))
    return Submission(metadata=metadata, chapters=(chapter,), data=data)
