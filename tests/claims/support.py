"""Reports made of a few paragraphs and tables, and what the rules on claims say of them."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any, cast

from reportkit.checks import rules
from reportkit.checks.context import Context
from reportkit.claims import Book
from reportkit.model.base import Place
from reportkit.model.diagnostic import Finding
from reportkit.model.report import (
    Heading,
    Label,
    Para,
    Part,
    RBlock,
    RCase,
    RCell,
    Report,
    RowKind,
    RTable,
    Run,
)
from reportkit.model.standard import PartKind

RULES = [rule for rule in rules() if rule.code.startswith("RK5")]
YEAR = 2023


def para(text: str, line: int = 1) -> Para:
    """A paragraph that stands on a line of the source."""
    place = Place(file="a.md", line=line, column=1)
    return Para(runs=(Run(text=text, place=place),), place=place)


def heading(text: str, level: int = 1) -> Heading:
    return Heading(level=level, runs=(Run(text=text),), anchor=text)


def case(text: str, owner: str) -> RCase:
    """A case of an organisation with one paragraph."""
    label = Label(kind="case", anchor=f"case-{owner}", title=(Run(text="做法"),), owner=owner)
    return RCase(caption=label, heading=(), blocks=(para(text),))


def table(
    caption: str, rows: Sequence[Sequence[str]], *, unit: str | None = None, notes: str = ""
) -> RTable:
    """A table with one header row; rows that begin with 合计 are totals."""
    kinds: list[RowKind] = ["header"]
    kinds.extend("total" if row[0] == "合计" else "data" for row in rows[1:])
    cells = [
        RCell(row=i, column=j, runs=(Run(text=text),), place=Place(file="a.md", line=50 + i))
        for i, row in enumerate(rows)
        for j, text in enumerate(row)
    ]
    return RTable(
        caption=Label(kind="table", anchor="t", label="表1-1", title=(Run(text=caption),)),
        unit=f"单位：{unit}" if unit else None,
        columns=len(rows[0]),
        header_rows=1,
        row_kinds=tuple(kinds),
        cells=tuple(cells),
        notes=((Run(text=notes),),) if notes else (),
    )


def report(*blocks: RBlock | str, organisation: str = "示例区教育委员会") -> Report:
    """A report of one chapter; a string is a paragraph on the line of its number."""
    made = [para(b, i) if isinstance(b, str) else b for i, b in enumerate(blocks, 1)]
    part = Part(kind=PartKind.BODY, title="概况", anchor="c1", blocks=tuple(made), chapter=1)
    return Report(
        title="年度报告",
        title_year=YEAR,
        organisation=organisation,
        standard="example",
        standard_title="示例",
        parts=(part,),
    )


def book(*blocks: RBlock | str, **more: Any) -> Book:
    return Book(report(*blocks, **more), YEAR)


def findings(*blocks: RBlock | str, **more: Any) -> list[Finding]:
    """What all rules on claims find."""
    context = cast(Context, SimpleNamespace(book=book(*blocks, **more)))
    return [finding for rule in RULES for finding in rule.find(context)]


def codes(*blocks: RBlock | str, **more: Any) -> list[str]:
    """The codes of what is found."""
    return [finding.code for finding in findings(*blocks, **more)]
