"""A Word document as units: paragraphs, tables and pictures in reading order, with their marks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from reportkit.model.diagnostic import Finding
from reportkit.reading.importing.docx import read_docx
from reportkit.reading.importing.docx.names import PPR, TBL, VAL, Element, P, W
from reportkit.reading.importing.stream import (
    Cell,
    Grid,
    NoteText,
    Picture,
    Plot,
    Span,
    Stream,
    Text,
)
from reportkit.reading.ooxml import open_package
from reportkit.reading.source import Log
from reportkit.writing.docx.marks import Mark, fingerprint, parse

NOTE = "\ue000"
"""Stands in a text where a footnote is marked."""


@dataclass(frozen=True)
class Unit:
    """A paragraph, a table or a picture.

    ``text`` holds ``NOTE`` for each footnote, whose keys are ``notes``. ``more`` are the marks of
    paragraphs that were joined to this one. ``now`` is the fingerprint of the words as they stand,
    ``style`` the id of the paragraph's style, ``lines`` the items of a paragraph with line breaks.
    """

    kind: Literal["text", "grid", "picture"]
    item: Text | Grid | Picture | Plot
    text: str = ""
    notes: tuple[str, ...] = ()
    mark: Mark | None = None
    more: tuple[Mark, ...] = ()
    now: str = ""
    style: str = ""
    lines: tuple[Text, ...] = ()

    @property
    def words(self) -> str:
        """The text without blanks, for comparison."""
        return "".join(self.text.split())

    @property
    def level(self) -> int:
        """The level of a heading from 1; 0 for all else."""
        heading = isinstance(self.item, Text) and self.item.role == "heading"
        return (self.item.level or 1) if heading and isinstance(self.item, Text) else 0


@dataclass(frozen=True)
class Document:
    """The units of a document and the texts of its footnotes by key."""

    units: tuple[Unit, ...]
    notes: dict[str, NoteText]


@dataclass
class _Marked:
    """What the XML says of a paragraph beside its text."""

    element: Element
    marks: list[Mark] = field(default_factory=list)


def read_document(file: str, content: bytes) -> tuple[Document | None, tuple[Finding, ...]]:
    """The units of a Word document; None, and the findings that say why, if it cannot be read."""
    log = Log()
    stream = read_docx(file, content, log)
    if stream is None:
        return None, tuple(log.findings)
    with open_package(content, "docx") as package:
        marked = _paragraphs(package.tree(package.main))
    return Document(tuple(_units(stream, marked)), stream.notes), ()


def _paragraphs(root: Element) -> dict[int, _Marked]:
    """Paragraphs as ``Place.paragraph`` counts them, with the marks in or before them."""
    found: dict[int, _Marked] = {}
    numbers: dict[Element, int] = {}
    waiting: list[Mark] = []
    for element in root.iter(P, W + "bookmarkStart"):
        if element.tag == P:
            numbers[element] = len(numbers) + 1
            found[len(numbers)] = _Marked(element, waiting)
            waiting = []
        elif (mark := parse(element.get(W + "name", ""))) is not None:
            holder = next(element.iterancestors(P), None)
            if holder is None:
                waiting.append(mark)
            else:
                found[numbers[holder]].marks.append(mark)
    return found


def _units(stream: Stream, marked: dict[int, _Marked]) -> Iterator[Unit]:
    pending: list[Text] = []
    for item in stream.items:
        if isinstance(item, Text):
            if item.role == "toc":
                continue
            if pending and pending[0].place.paragraph != item.place.paragraph:
                yield _text(pending, marked)
                pending = []
            pending.append(item)
            continue
        if pending:
            yield _text(pending, marked)
            pending = []
        if isinstance(item, Grid):
            yield _grid(item, marked)
        elif isinstance(item, Picture | Plot):
            mark, more, now, style = _said(marked, [item.place.paragraph])
            yield Unit("picture", item, "", (), mark, more, now, style)
    if pending:
        yield _text(pending, marked)


def _text(items: list[Text], marked: dict[int, _Marked]) -> Unit:
    """One paragraph, whose items are its lines."""
    read = [shown(item.text, item.spans) for item in items]
    numbers = [items[0].place.paragraph]
    numbers += [place.paragraph for item in items for _, place in item.place.steps]
    mark, more, now, style = _said(marked, numbers)
    text = "\n".join(text for text, _ in read)
    notes = tuple(key for _, keys in read for key in keys)
    return Unit("text", items[0], text, notes, mark, more, now, style, tuple(items))


def _grid(item: Grid, marked: dict[int, _Marked]) -> Unit:
    cells = [shown(cell.text, cell.spans) for cell in item.cells]
    text = "\t".join(text for text, _ in cells)
    notes = tuple(key for _, keys in cells for key in keys)
    first = [item.cells[0].place.paragraph] if item.cells else []
    mark, more, now, style = _said(marked, first, table=True)
    return Unit("grid", item, text, notes, mark, more, now, style)


def _said(
    marked: dict[int, _Marked], numbers: Iterable[int | None], *, table: bool = False
) -> tuple[Mark | None, tuple[Mark, ...], str, str]:
    """First mark, further marks, fingerprint and style of paragraphs that make one unit."""
    known = [marked[n] for n in dict.fromkeys(numbers) if n is not None and n in marked]
    if not known:
        return None, (), "", ""
    marks = [mark for one in known for mark in one.marks]
    first = known[0].element
    holder = next(first.iterancestors(TBL), first) if table else first
    style = first.find(f"{PPR}/{W}pStyle")
    name = "" if style is None else style.get(VAL, "")
    return marks[0] if marks else None, tuple(marks[1:]), fingerprint(holder), name


def shown(text: str, spans: Iterable[Span]) -> tuple[str, tuple[str, ...]]:
    """A text with ``NOTE`` for each mark of a footnote, and the keys of the notes."""
    made, keys, at = [], [], 0
    for span in spans:
        if span.kind == "note" and span.start >= at:
            made += [text[at : span.start], NOTE]
            keys.append(span.value)
            at = span.end
    return "".join([*made, text[at:]]), tuple(keys)


def cell_text(cell: Cell) -> tuple[str, tuple[str, ...]]:
    """The text of a cell as :func:`shown` gives it."""
    return shown(cell.text, cell.spans)
