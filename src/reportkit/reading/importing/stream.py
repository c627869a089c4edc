"""What a source hands to the recogniser: the pieces of a file in reading order.

A source judges nothing. It gives every visible character of the file exactly once: in an item, in
a note, or among the pieces set aside with the reason. Hints say only what the file itself says (a
style, an outline level, an automatic number); where it says nothing they stay empty and the
recogniser goes by the text.

Contract for sources:

* ``Text.text`` is plain text as read, without line ends; tabs stay. Nothing is escaped.
* A Word paragraph is one ``Text``. Text files and PDF give one ``Text`` for each line and set
  ``Stream.lines``; blank lines become ``Text.gap``, not items.
* ``place`` is that of the first character of ``text``. In text files and PDF it has ``line`` and
  ``column`` (``Stream.text`` holds these lines), in Word ``paragraph`` and, in tables, ``cell``;
  ``column`` (from 1) counts the characters of the paragraph's text.
* An automatic number goes into ``number`` as rendered (``（一）``), not into ``text``.
* Pictures, breaks and text boxes are items at the point where they are anchored; a text box gives
  its paragraphs with ``boxed``.
* Deleted, hidden and repeated text (tracked deletions, headers, footers, page numbers) is set
  aside, never dropped.
"""

from dataclasses import dataclass, field
from typing import Literal

from reportkit.model.base import Place
from reportkit.model.diagnostic import Finding

from ..result import Aside

__all__ = [
    "Aside", "Break", "Cell", "Grid", "Item", "NoteText", "Picture", "Plot", "Span", "Stream",
    "Text",
]  # fmt: skip

SpanKind = Literal["bold", "italic", "link", "note", "raised"]
Form = Literal["text", "markdown", "docx", "pdf"]
Role = Literal[
    "", "title", "subtitle", "heading", "caption", "toc", "list", "case", "note", "sign_off"
]
Align = Literal["", "left", "center", "right", "justify"]


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``start`` to ``end`` of a text that look or act in a way of their own.

    ``value`` is the address of a link, or the key of a footnote in ``Stream.notes``; a footnote
    mark may be empty (``start == end``) where the file has no character for it. ``raised`` is
    superscript.
    """

    kind: SpanKind
    start: int
    end: int
    value: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph, or one line where the source does not know paragraphs.

    ``role`` and ``level`` come from styles: ``level`` is 1 for the chapters of a heading style or
    outline level, counts list levels from 0 with ``role`` ``list``, and the levels of a table of
    contents with ``toc``. ``key`` is the tag of a content control around the text. ``gap`` is the
    number of blank lines before it. ``indent`` (first line) and ``slack`` (room left at the line's
    end) are in characters, where the source knows the geometry.
    """

    text: str
    place: Place
    spans: tuple[Span, ...] = ()
    role: Role = ""
    level: int | None = None
    number: str = ""
    ordered: bool = False
    align: Align = ""
    size: float | None = None
    indent: float | None = None
    slack: float | None = None
    gap: int = 0
    boxed: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell at (row, column), both from 0, with its span. Paragraphs are parted by line ends."""

    text: str
    row: int
    column: int
    place: Place
    rowspan: int = 1
    colspan: int = 1
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; every position is covered by exactly one cell.

    ``header_rows`` is None where the file does not say. ``caption`` is one that the file ties to
    the table (alternative text is not). Pictures in cells follow as items behind the table, tables
    in cells as lines of the cell.
    """

    cells: tuple[Cell, ...]
    rows: int
    columns: int
    place: Place
    header_rows: int | None = None
    caption: str = ""
    widths: tuple[float, ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture. ``content`` is None where the file names one that it does not hold.

    ``name`` is a file name to keep (``image1.png``). ``width`` is in percent of the text width.
    """

    place: Place
    content: bytes | None = field(default=None, repr=False)
    name: str = ""
    alt: str = ""
    width: int | None = None


@dataclass(frozen=True, slots=True)
class Plot:
    """A chart with its data: the first row names the series, the first column the categories."""

    place: Place
    rows: tuple[tuple[str, ...], ...] = ()
    kind: Literal["auto", "column", "stacked", "bar", "line", "pie", "ring"] = "auto"
    title: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """The end of a page or section, where the file marks it or the page is known to end."""

    place: Place


Item = Text | Grid | Picture | Plot | Break


@dataclass(frozen=True, slots=True)
class NoteText:
    """The text of a footnote or endnote."""

    text: str
    place: Place
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Stream:
    """A file as its source gives it.

    ``file`` is its name as places have it. ``text`` is what diagnostics show by line, if the file
    has lines. ``lines`` says that items are lines, not paragraphs. ``title``, ``author`` and
    ``date`` are the file's own properties. ``findings`` tell what could not be read.
    """

    file: str
    form: Form
    items: tuple[Item, ...]
    notes: dict[str, NoteText] = field(default_factory=dict)
    asides: tuple[Aside, ...] = ()
    text: str | None = None
    lines: bool = False
    title: str = ""
    author: str = ""
    date: str = ""
    findings: tuple[Finding, ...] = ()
