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
from reportkit.model.report import RChart, plain

from .cells import cell_value, unit_of, with_unit
from .grid import Grid
from .labels import Kind as LineKind
from .names import Whom, organisations, scopes
from .numerals import fold
from .passages import NOWHERE, Sheet
from .periods import Kind, Period, periods
from .quantity import Quantity
from .subjects import Subject, subject
from .units import Dimension

_BRACKET = re.compile(r"[（(]\s*(?:单位[:：])?\s*([^（）()\d]{1,8})\s*[）)]")
_GENERIC = re.compile(
    "数量|数据|数值|人数|数目|比例|占比|合计|总计|小计|共计|其中|项目|指标|名称|类别|分类|年度|情况|本年|上年|全市"
    "|单位|序号|数|总量|内容|统计|一览表|基本|汇总|明细|表|[：:、，,\\s/]"
)
_MEAN = re.compile("率|比例|比|平均|生均|人均|均|满意度|指数|增长|增减|%|％")
_COUNTS = frozenset(
    {Dimension.PERSON, Dimension.TURN, Dimension.COUNT, Dimension.MONEY, Dimension.AREA,
     Dimension.NONE}
)  # fmt: skip
COMPLEMENTS = (frozenset({"高职", "中职"}), frozenset({"公办", "民办"}))
"""Kinds of schools that make up the whole between them."""


@dataclass(frozen=True, eq=False)
class Fact:
    """A number of a table or of the data. ``labels`` are those of row and column.

    ``parts`` is what it sums up, ``sheet`` the table, if it stands in one, ``source`` where else.
    """

    sheet: Sheet | None
    quantity: Quantity
    labels: tuple[str, str]
    subject: Subject
    whom: Whom
    period: Period | None
    place: Place
    total: bool = False
    parts: tuple["Fact", ...] = ()
    source: str = ""

    @property
    def where(self) -> str:
        """The number of its table, or what else it stands in."""
        return self.source or (self.sheet is not None and self.sheet.caption.label) or "表"

    @property
    def quote(self) -> str:
        """The labels with the value, as a reader finds it."""
        shown = " + ".join(part.quantity.text for part in self.parts) or self.quantity.text
        where = "，".join(label for label in self.labels if label)
        return f"{where}：{shown}" if where else shown


def facts(sheet: Sheet, region: tuple[str, ...]) -> list[Fact]:
    """The numbers of a table or chart, and the sums of rows and columns that make up a whole."""
    if isinstance(sheet.block, RChart):
        return list(_plotted(sheet, sheet.block, region))
    single = list(_tabled(sheet, sheet.grid, region))
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


def _tabled(sheet: Sheet, grid: Grid, region: tuple[str, ...]) -> Iterator[Fact]:
    """The values of a table; lines of changes hold none."""
    whole, year = context(grid.caption, region)
    for row in grid.rows:
        own, period = context(row.label, region)
        for cell, column in zip(row.cells, grid.columns, strict=True):
            if cell is None or cell.value is None or LineKind.CHANGE in (row.kind, column.kind):
                continue
            theirs, other = context(column.label, region)
            yield Fact(
                sheet=sheet,
                quantity=cell.value,
                labels=(row.label, column.label),
                subject=named_subject(row.label, column.label, grid.caption, region),
                whom=Whom(
                    own.scopes | theirs.scopes or whole.scopes,
                    own.organisations or theirs.organisations or whole.organisations,
                ),
                period=period or other or year,
                place=cell.place,
                total=row.kind in (LineKind.TOTAL, LineKind.SUBTOTAL),
            )


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
