"""Page numbers as LibreOffice finds them in the document itself, for the lists in it."""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass

from reportkit.composing.numerals import roman
from reportkit.model.report import Report
from reportkit.model.style import Style
from reportkit.writing.office import OfficeUnavailable, convert
from reportkit.writing.plan import Zone, zones

from .context import Context
from .walk import anchor_of, walk
from .writer import document

ROUNDS = 3
"""Renderings at most: other page numbers may make a list one line longer."""
_OPTIONS = 'writer_pdf_Export:{"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"}}'
_NAME = re.compile(r"Toc\d+$")


@dataclass(frozen=True)
class Exact:
    """Printed page number by anchor; ``stable`` if the last rendering found the same again."""

    pages: Mapping[str, str]
    stable: bool


def exact_pages(report: Report, style: Style, pages: Mapping[str, str]) -> Exact:
    """The printed page number of every anchor in LibreOffice's rendering of the document.

    ``pages`` are those to begin with; they stand where the rendering knows no better.

    Raises:
        OfficeUnavailable: LibreOffice is absent, or failed.
    """
    for _ in range(ROUNDS):
        context = Context(report, style, pages)
        rendered = convert(document(context), "docx", "pdf", options=_OPTIONS)
        found = {**pages, **_labels(context, _sheets(rendered))}
        if found == pages:
            return Exact(pages, stable=True)
        pages = found
    return Exact(pages, stable=False)


def _sheets(content: bytes) -> dict[str, int]:
    """The sheet (from 0) on which each bookmark for pages stands, by the end of its name.

    The names are written with an escaped underscore, which not every reader undoes.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(content))
        sheets = {
            page.indirect_reference.idnum: index
            for index, page in enumerate(reader.pages)
            if page.indirect_reference is not None
        }
        made = {}
        for name, target in reader.named_destinations.items():
            told, page = _NAME.search(name), getattr(target.page, "idnum", None)
            if told and page in sheets:
                made[told[0]] = sheets[page]
    except (PyPdfError, ValueError, KeyError, AttributeError) as error:
        raise OfficeUnavailable("LibreOffice 的输出读不出页码") from error
    if not made:
        raise OfficeUnavailable("LibreOffice 的版本过旧，输出中没有书签的位置")
    return made


def _labels(context: Context, sheets: Mapping[str, int]) -> dict[str, str]:
    """Printed page numbers: counted from the first sheet of the zone, roman in the front."""
    report = context.report
    where: dict[str, tuple[Zone, int]] = {}
    for part, zone in zip(report.parts, zones(report), strict=True):
        anchors = [part.anchor, *(anchor_of(block) for block in walk(part.blocks))]
        for anchor in anchors:
            name = context.bookmarks.page(anchor).lstrip("_") if anchor else ""
            if anchor and name in sheets:
                where.setdefault(anchor, (zone, sheets[name]))
    starts: dict[Zone, int] = {}
    for zone, sheet in where.values():
        starts[zone] = min(sheet, starts.get(zone, sheet))
    front = context.style.page_number.front
    made = {}
    for anchor, (zone, sheet) in where.items():
        number = sheet - starts[zone] + 1
        if zone != "cover":
            made[anchor] = (
                roman(number).lower() if (zone, front) == ("front", "roman") else str(number)
            )
    return made
