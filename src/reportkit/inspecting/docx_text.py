"""The words of a Word document as pieces to compare, automatic numbers included."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportkit.reading.importing.docx import read_docx
from reportkit.reading.importing.stream import Cell, Grid, Plot, Stream, Text
from reportkit.reading.ooxml import Refused, open_package
from reportkit.reading.source import Log

from .compare import LEADER, NOTE, PAGE, Piece
from .measured import Unreadable

_PROGRAM = "docProps/app.xml"
_RECORD = "{urn:reportkit:record:1}record"
_ENTRY = re.compile(r"\t([^\t]{0,8})$")
"""The page number of an entry in a list of contents."""


def pieces_of_docx(name: str, content: bytes) -> list[Piece]:
    """Paragraphs, cells and notes in reading order.

    Raises:
        Unreadable: it is no Word document, is encrypted, or is damaged.
    """
    log = Log()
    stream = read_docx(name, content, log)
    if stream is None:
        args = log.findings[-1].args
        raise Unreadable(f"读不了 {name}：{args.get('reason', '')}。{args.get('advice', '')}")
    own = page_source(content) not in ("", "layout")
    return list(_pieces(stream, own))


def page_source(content: bytes) -> str:
    """Where the page numbers in a document come from, as far as it says so.

    ``office`` if LibreOffice has saved it; for ours what the record in it says: ``exact`` (from
    LibreOffice's rendering), ``layout`` (the PDF's), ``estimate``; otherwise nothing.
    """
    try:
        with open_package(content, "docx") as package:
            if _PROGRAM in package and b"LibreOffice" in package.read(_PROGRAM):
                return "office"
            for name in package.names:
                if name.startswith("customXml/"):
                    root = package.tree(name)
                    if root.tag == _RECORD:
                        return root.get("pages", "")
    except Refused:
        pass
    return ""


def _pieces(stream: Stream, own: bool) -> Iterator[Piece]:
    table = 0
    for item in stream.items:
        if isinstance(item, Text):
            text = item.number + _marked(item)
            if item.role == "toc":
                text = _ENTRY.sub(LEADER + (PAGE if own else r"\1"), text)
            yield Piece(text, item.place)
        elif isinstance(item, Grid):
            table += 1
            for cell in sorted(item.cells, key=lambda cell: (cell.row, cell.column)):
                yield Piece(_marked(cell), cell.place, table, cell.row)
        elif isinstance(item, Plot):
            for row in ((item.title,), *item.rows):
                for text in row:
                    yield Piece(text or "", item.place, spare=True)
    for note in stream.notes.values():
        yield Piece(note.text, note.place, note=True)


def _marked(item: Text | Cell) -> str:
    """The text with a sign of its own for each footnote mark."""
    text = item.text
    for span in sorted(item.spans, key=lambda span: -span.start):
        if span.kind == "note":
            text = text[: span.start] + NOTE + text[span.end :]
    return text
