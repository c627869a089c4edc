"""What tables say: each number with its subject, unit, scope and period from the labels around it.

Rule of the language: a label that names a thing is the subject; one that names a year, a kind of
school or an organisation says when and whose; 数量, 比例, 合计 name nothing. The caption says what
the labels leave out. The unit stands in the label, in a column of its own, or above the table.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from reportkit.model.base import Place
from reportkit.model.report import RCell, RChart, RTable, plain

from .cells import cell_value, is_missing
from .names import Whom, organisations, scopes
from .numerals import fold
from .passages import NOWHERE, Sheet
from .periods import Kind, Period, periods
from .quantity import Quantity, scan
from .subjects import Subject, subject
from .units import DIMENSIONS, Dimension

_BRACKET = re.compile(r"[（(]\s*(?:单位[:：])?\s*([^（）()\d]{1,8})\s*[）)]")
_GENERIC = re.compile(
    "数量|数据|数值|人数|数目|比例|占比|合计|总计|小计|共计|其中|项目|指标|名称|类别|分类|年度|情况|本年|上年|全市"
    "|单位|序号|数|总量|内容|统计|一览表|基本|汇总|明细|表|[：:、，,\\s/]"
)
_COUNTER = re.compile("序号|编号|代码|排名|名次|^(?:年份?|年度|届别)$")
_MEAN = re.compile("率|比例|比|平均|生均|人均|均|满意度|指数|增长|增减|%|％")
_COUNTS = frozenset(
    {Dimension.PERSON, Dimension.TURN, Dimension.COUNT, Dimension.MONEY, Dimension.AREA,
     Dimension.NONE}
)  # fmt: skip
COMPLEMENTS = (frozenset({"高职", "中职"}), frozenset({"公办", "民办"}))
"""Kinds of schools that make up the whole between them."""


@dataclass(frozen=True, eq=False)
class Fact:
    """A number of a table. ``labels`` are those of row and column; ``parts`` what it sums up."""

    sheet: Sheet
    quantity: Quantity
    labels: tuple[str, str]
    subject: Subject
    whom: Whom
    period: Period | None
    place: Place
    total: bool = False
    parts: tuple["Fact", ...] = ()

    @property
    def quote(self) -> str:
        """The labels with the value, as a reader finds it."""
        shown = " + ".join(part.quantity.text for part in self.parts) or self.quantity.text
        where = "，".join(label for label in self.labels if label)
        return f"{where}：{shown}" if where else shown


def facts(sheet: Sheet, region: tuple[str, ...]) -> list[Fact]:
    """The numbers of a table, and the sums of rows and columns that make up a whole."""
    if isinstance(sheet.block, RChart):
        return list(_plotted(sheet, sheet.block, region))
    table = _Table(sheet, sheet.block, region)
    single = list(table.facts())
    return [*single, *_sums(single)]


def _plotted(sheet: Sheet, block: RChart, region: tuple[str, ...]) -> Iterator[Fact]:
    """The values of a chart: categories label the rows, series the columns."""
    caption = plain(block.caption.title)
    for series in block.series:
        for label, value, shown in zip(block.categories, series.values, series.shown, strict=True):
            cell = cell_value(shown) if value is not None else None
            if cell is None:
                continue
            (own, period), (theirs, other), (whole, year) = (
                context(text, region) for text in (label, series.name, caption)
            )
            yield Fact(
                sheet=sheet,
                quantity=with_unit(cell.quantity, block.unit or unit_of(caption)),
                labels=(label, series.name),
                subject=named_subject(label, series.name, caption, region),
                whom=Whom(
                    own.scopes | theirs.scopes or whole.scopes,
                    own.organisations or theirs.organisations or whole.organisations,
                ),
                period=period or other or year,
                place=block.place or NOWHERE,
            )


class _Table:
    """A table as a grid of texts in which every covered position shows the cell that covers it."""

    def __init__(self, sheet: Sheet, block: RTable, region: tuple[str, ...]) -> None:
        self.sheet = sheet
        self.region = region
        rows = len(block.row_kinds)
        self.texts = [[""] * block.columns for _ in range(rows)]
        self.cells: list[list[RCell | None]] = [[None] * block.columns for _ in range(rows)]
        for cell in block.cells:
            text = plain(cell.runs).strip()
            for row in range(cell.row, min(rows, cell.row + cell.rowspan)):
                for column in range(cell.column, min(block.columns, cell.column + cell.colspan)):
                    self.texts[row][column] = text
            self.cells[cell.row][cell.column] = cell
        self.kinds = block.row_kinds
        self.columns = block.columns
        self.headers = block.header_rows or int(self._heads_itself())
        self.unit = (block.unit or "").removeprefix("单位：")
        self.caption = plain(block.caption.title)
        self._align_heads()
        self.heads = [self._head(column) for column in range(block.columns)]
        self.stubs = self._stubs()

    def _heads_itself(self) -> bool:
        first = self.texts[0] if self.texts else []
        return bool(first) and not any(cell_value(text) for text in first[1:])

    def _align_heads(self) -> None:
        """Put the labels of a lower header row over the columns of numbers.

        Where a table was taken from plain text, its joined cells are lost and the labels below
        them stand too far left; there are as many as columns of numbers.
        """
        body = range(self.headers, len(self.texts))
        numbers = [
            column
            for column in range(self.columns)
            if 2 * sum(_measured(self.texts[row][column]) for row in body) > len(body)
        ]
        for row in range(1, min(self.headers, len(self.texts))):
            cells = [cell for cell in self.cells[row] if cell is not None]
            own = [c.column for c in cells if self.texts[row][c.column]]
            if len(own) == len(numbers) and own == list(range(len(own))) and own != numbers:
                labels = [self.texts[row][column] for column in own]
                for column in own:
                    self.texts[row][column] = ""
                for column, label in zip(numbers, labels, strict=True):
                    self.texts[row][column] = label

    def _head(self, column: int) -> str:
        labels = [self.texts[row][column] for row in range(min(self.headers, len(self.texts)))]
        return " ".join(dict.fromkeys(label for label in labels if label))

    def _stubs(self) -> list[int]:
        """The columns that label the rows: those before the first column of numbers."""
        found: list[int] = []
        for column in range(self.columns):
            body = [self.texts[r][column] for r in range(self.headers, len(self.texts))]
            said = [text for text in body if text]
            numbers = sum(cell_value(text) is not None for text in said)
            if _COUNTER.search(self.heads[column]) or not said:
                found.append(column)
            elif numbers * 2 > len(said):
                break
            else:
                found.append(column)
        return found if len(found) < self.columns else [0]

    def facts(self) -> Iterator[Fact]:
        caption = context(self.caption, self.region)
        for row in range(self.headers, len(self.texts)):
            if self.kinds[row] in ("header", "group"):
                continue
            label = self._row_label(row)
            for column in range(self.columns):
                if column not in self.stubs and not _COUNTER.search(self.heads[column]):
                    yield from self._fact(row, column, label, caption)

    def _row_label(self, row: int) -> str:
        labels = [
            self.texts[row][column]
            for column in self.stubs
            if not (_COUNTER.search(self.heads[column]) and self.texts[row][column].isdecimal())
            and self.heads[column] not in ("单位", "计量单位")
        ]
        return " ".join(dict.fromkeys(label for label in labels if label))

    def _fact(
        self, row: int, column: int, label: str, caption: tuple[Whom, Period | None]
    ) -> Iterator[Fact]:
        cell = self.cells[row][column]
        value = cell_value(self.texts[row][column]) if cell is not None else None
        if cell is None or value is None:
            return
        head = self.heads[column]
        quantity = with_unit(value.quantity, self._unit(row, label, head))
        (own, period), (theirs, other) = context(label, self.region), context(head, self.region)
        whom = Whom(
            own.scopes | theirs.scopes or caption[0].scopes,
            own.organisations or theirs.organisations or caption[0].organisations,
        )
        yield Fact(
            sheet=self.sheet,
            quantity=quantity,
            labels=(label, head),
            subject=named_subject(label, head, self.caption, self.region),
            whom=whom,
            period=period or other or caption[1],
            place=cell.place or self.sheet.block.place or NOWHERE,
            total=self.kinds[row] in ("total", "subtotal"),
        )

    def _unit(self, row: int, label: str, head: str) -> str:
        for text in (head, label):
            if found := unit_of(text):
                return found
        for column in self.stubs:
            if self.heads[column] in ("单位", "计量单位"):
                return self.texts[row][column]
        return unit_of(self.caption) or self.unit


def _measured(text: str) -> bool:
    """Whether a cell holds a number, or the sign that there is none."""
    return cell_value(text) is not None or is_missing(text)


def context(text: str, region: tuple[str, ...]) -> tuple[Whom, Period | None]:
    """Whom and when a label names."""
    folded = fold(text)
    names = tuple(n.text for n in organisations(folded, 0, len(folded), region))
    found = [
        p
        for p in periods(folded, 0, len(folded))
        if p.kind in (Kind.YEAR, Kind.SCHOOL_YEAR, Kind.CLASS, Kind.LAST)
    ]
    return Whom(scopes(folded), names[:1]), found[-1] if found else None


def named_subject(label: str, head: str, caption: str, region: tuple[str, ...]) -> Subject:
    """What the labels of a row and a column name, else they with the caption."""
    names = [
        name.text
        for text in (label, head, caption)
        for name in organisations(text, 0, len(text), region)
    ]
    drop = (*names, *region)
    said = " ".join(_named(text) for text in (label, head))
    found = subject(said, drop)
    if len(found.bare) > 1:
        return found
    return subject(f"{_named(caption)} {said}", drop)


def _named(text: str) -> str:
    """A label without its unit; nothing where it names nothing."""
    bare = _BRACKET.sub("", text)
    return bare if _GENERIC.sub("", bare) else ""


def unit_of(label: str) -> str:
    """The unit that a label gives in brackets, if it is one that is known."""
    for found in reversed(_BRACKET.findall(label)):
        unit = str(found).strip()
        probe = scan(f"10{unit}")
        if len(probe) == 1 and probe[0].unit in DIMENSIONS and probe[0].end == len(unit) + 2:
            return unit
    return ""


def with_unit(quantity: Quantity, unit: str) -> Quantity:
    """A bare number with the unit that its label gives; one with a unit of its own stays."""
    if quantity.unit or not unit:
        return quantity
    probe = scan(f"10{unit}")
    if not probe or not probe[0].unit or quantity.pair:
        return quantity
    worth = probe[0].scale
    return replace(
        quantity,
        unit=probe[0].unit,
        scale=quantity.scale * worth,
        value=quantity.value * worth,
        low=quantity.low * worth,
        high=quantity.high * worth,
        step=quantity.step * worth,
        text=f"{quantity.text}{unit}",
    )


def _sums(single: Sequence[Fact]) -> Iterator[Fact]:
    """Wholes that the table does not print: over kinds of schools in a row, over a column."""
    rows: dict[tuple[str, str], list[Fact]] = {}
    columns: dict[str, list[Fact]] = {}
    for fact in single:
        if fact.quantity.dimension in _COUNTS and not _MEAN.search(" ".join(fact.labels)):
            rows.setdefault((fact.labels[0], fact.subject.key), []).append(fact)
            columns.setdefault(fact.labels[1], []).append(fact)
    for members in rows.values():
        if len(members) == 2 and members[0].whom.scopes | members[1].whom.scopes in COMPLEMENTS:
            yield _sum(members, Whom(), members[0].labels[0], "合计")
    for head, members in columns.items():
        alone = [m for m in members if m.whom.organisations and not m.total]
        if len(alone) == len(members) >= 3 and len({m.whom.organisations for m in alone}) > 1:
            yield _sum(alone, Whom(alone[0].whom.scopes), "", head)


def _sum(members: Sequence[Fact], whom: Whom, row: str, column: str) -> Fact:
    first = members[0].quantity
    low = sum((m.quantity.low for m in members), Decimal(0))
    high = sum((m.quantity.high for m in members), Decimal(0))
    value = sum((m.quantity.value for m in members), Decimal(0))
    quantity = replace(
        first, value=value, shown=value / first.scale, low=low, high=high, text=f"{value}"
    )
    return replace(
        members[0], quantity=quantity, whom=whom, labels=(row, column), parts=tuple(members)
    )
