"""The composed, numbered document (成文报告): what both writers print, word for word.

Every string here is final. Writers choose fonts and positions and nothing else.
"""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from .base import Placed
from .diagnostic import Finding
from .standard import PartKind
from .submission import Asset


class Run(Placed):
    """A stretch of text of one look. A footnote mark is a run with ``footnote`` and no text.

    ``link`` is ``#anchor`` for a cross-reference inside the report, or a web address.
    ``value`` marks text that came from data.
    """

    text: str = ""
    bold: bool = False
    italic: bool = False
    link: str | None = None
    footnote: int | None = Field(default=None, description="Index into Report.footnotes, from 0.")
    value: bool = False


Runs = tuple[Run, ...]


class Label(Placed):
    """The numbered caption of a table, figure or case.

    ``label`` is the number that references show (表1-1; empty where the standard does not
    number), ``label_print`` the same with brackets and separator as it stands before the title
    (``表1-1 ``, ``【案例1-1】``), ``claim`` what the author typed.
    """

    kind: Literal["table", "figure", "case"]
    anchor: str
    id: str | None = None
    label: str = ""
    label_print: str = Field(default="", description="Number with brackets and separator.")
    chapter: int | None = Field(default=None, description="Number of the chapter it stands in.")
    n: int | None = None
    claim: str | None = None
    title: Runs = ()
    owner: str | None = Field(default=None, description="Printed in （） after the title.")

    @property
    def text(self) -> str:
        """The caption as one line of plain text, as lists of tables show it."""
        owner = f"（{self.owner}）" if self.owner else ""
        return f"{self.label_print}{plain(self.title)}{owner}"


class Heading(Placed):
    """A heading. ``number`` includes its separator: ``一、``, ``1.1 ``."""

    type: Literal["heading"] = "heading"
    level: int = Field(ge=1, le=9)
    number: str = ""
    runs: Runs = ()
    anchor: str
    id: str | None = None
    claim: str | None = None
    in_toc: bool = True

    @property
    def text(self) -> str:
        """The heading as one line of plain text."""
        return self.number + plain(self.runs)


class Para(Placed):
    """A paragraph; ``number`` is the run-in number of a numbered paragraph without title.

    Only such a paragraph has an ``anchor``, an ``id`` and the author's ``claim``. A sign-off in
    the text is one paragraph a line. An ``address`` (主送) begins at the margin.
    """

    type: Literal["paragraph"] = "paragraph"
    role: Literal["body", "note", "sign_off", "raw", "address"] = "body"
    number: str = ""
    anchor: str | None = None
    id: str | None = None
    claim: str | None = None
    runs: Runs


class RListItem(Placed):
    """An item of a list with its printed marker (``•``, ``1.``)."""

    marker: str
    blocks: tuple["RBlock", ...]


class RList(Placed):
    """A list."""

    type: Literal["list"] = "list"
    ordered: bool
    items: tuple[RListItem, ...]


class RCell(Placed):
    """A cell that begins at (row, column), both from 0, and covers the given span."""

    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    runs: Runs = ()
    numeric: bool = False


RowKind = Literal["header", "data", "group", "part", "subtotal", "total"]


class RTable(Placed):
    """A table: ``cells`` in reading order; ``row_kinds`` one for each row, headers first.

    ``group`` is a row that spans the table, ``part`` a 其中 row; ``unit`` is the line above
    (单位：人).
    """

    type: Literal["table"] = "table"
    caption: Label
    unit: str | None = None
    columns: int
    header_rows: int
    row_kinds: tuple[RowKind, ...]
    cells: tuple[RCell, ...]
    widths: tuple[float, ...] = ()
    landscape: bool = False
    notes: tuple[Runs, ...] = ()

    def rows(self) -> list[list[RCell]]:
        """Cells grouped by the row in which they begin."""
        grid: list[list[RCell]] = [[] for _ in self.row_kinds]
        for cell in self.cells:
            grid[cell.row].append(cell)
        return grid


class Picture(Placed):
    """One image of a figure; ``asset`` is the path of a checked asset, or None if it is missing."""

    asset: str | None
    alt: str
    caption: Runs = ()


class RFigure(Placed):
    """A figure with one picture or several."""

    type: Literal["figure"] = "figure"
    caption: Label
    pictures: tuple[Picture, ...]
    width: int = Field(default=80, description="Percent of the text width.")
    notes: tuple[Runs, ...] = ()


class Series(Placed):
    """One series of a chart; None is a gap. ``shown`` holds the values as written."""

    name: str
    values: tuple[Decimal | None, ...]
    shown: tuple[str, ...]


class RChart(Placed):
    """A chart, its kind decided; ``unit`` is the unit alone (人)."""

    type: Literal["chart"] = "chart"
    caption: Label
    kind: Literal["column", "stacked", "bar", "line", "pie", "ring"]
    unit: str | None = None
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    alt: str
    notes: tuple[Runs, ...] = ()


class RCase(Placed):
    """A case. With ``run_in`` the heading and the first paragraph form one paragraph."""

    type: Literal["case"] = "case"
    caption: Label
    heading: Runs = Field(description="The whole heading line as the standard prints it.")
    run_in: bool = False
    blocks: tuple["RBlock", ...]


RBlock = Annotated[
    Heading | Para | RList | RTable | RFigure | RChart | RCase, Field(discriminator="type")
]


class Entry(Placed):
    """A line of the table of contents or of a list of tables, figures or cases."""

    level: int = 1
    text: str
    anchor: str


class Part(Placed):
    """A part of the report in print order.

    Cover, statement, sign-off and colophon carry ``lines`` of (role, text), with the roles
    ``title``, ``subtitle``, ``year``, ``organisation``, ``issuer``, ``date``, ``url``, ``text``
    and ``field``; the tables of contents carry ``entries``; the others carry ``blocks``. The body
    is one part for each chapter.
    """

    kind: PartKind
    title: str | None = None
    anchor: str
    lines: tuple[tuple[str, str], ...] = ()
    entries: tuple[Entry, ...] = ()
    blocks: tuple[RBlock, ...] = ()
    chapter: int | None = Field(default=None, description="Number of the chapter, if numbered.")
    section: str | None = Field(default=None, description="Id of the chapter.")


class FootnoteText(Placed):
    """A footnote in order of appearance, with its mark as printed when numbering runs on."""

    mark: str
    runs: Runs


class Reference(Placed):
    """A reference found in the text: made with ``@id``, or typed by the author (见表1-1).

    ``target`` is the anchor it leads to, or None if it leads nowhere.
    """

    kind: Literal["table", "figure", "case", "section"]
    text: str = Field(description="What the reader sees, e.g. 表1-1.")
    typed: bool
    id: str | None = None
    target: str | None = None
    section: str = ""
    case: str | None = Field(default=None, description="Anchor of the case that it stands in.")


class Report(Placed):
    """The composed report."""

    title: str
    title_year: int
    organisation: str
    issuer: str = ""
    standard: str
    standard_title: str
    language: str = "zh-CN"
    date: str = Field(default="", description="ISO date of filing, or empty.")
    draft: bool = False
    footnotes_restart: Literal["page", "report"] = "page"
    footnote_pattern: str = "{circled}"
    parts: tuple[Part, ...]
    footnotes: tuple[FootnoteText, ...] = ()
    labels: tuple[Label, ...] = Field(default=(), description="All captions in reading order.")
    references: tuple[Reference, ...] = ()
    assets: tuple[Asset, ...] = ()
    problems: tuple[Finding, ...] = Field(
        default=(), description="What could not be composed; it prints as a visible gap."
    )


def plain(runs: Runs) -> str:
    """The text of runs without any look; footnote marks are left out."""
    return "".join(run.text for run in runs)


for _model in (RListItem, RList, RCase, Part, Report):
    _model.model_rebuild()
