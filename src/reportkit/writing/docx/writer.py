"""Put the document together and write it: parts into sections, sections into the package."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from docx.opc.constants import CONTENT_TYPE

from reportkit.atomic import write_bytes
from reportkit.model.diagnostic import Finding
from reportkit.model.report import RBlock, Report, RTable
from reportkit.model.style import Style
from reportkit.writing.plan import Zone, opening_title, zones
from reportkit.writing.record import Record

from . import properties
from .context import DOCUMENT, Context
from .estimate import estimate
from .fields import paragraph
from .inline import footnotes
from .looks import text_height, text_width
from .marks import Marks
from .parts import opening, part
from .seal import seal
from .sections import Sections
from .styles import all_styles, font_table
from .xml import Element, el, qname

_NO_SECTION = (qname("w:sectPr"), qname("w:fldChar"))
"""A paragraph with one of these cannot end a section; a footer's PAGE would get lost in a field."""


def write_docx(
    report: Report,
    style: Style,
    path: Path,
    *,
    pages: Mapping[str, str] | None = None,
    record: Record | None = None,
) -> tuple[Finding, ...]:
    """Write ``report`` as a Word document at ``path``; return what was found about the file.

    ``pages`` gives the printed page label of each anchor, as a layout has found them; without it
    the labels in the lists are estimates. ``record`` travels in the file and says what it was made
    from. The file is written beside and then renamed.

    Raises:
        OSError: the file cannot be written; nothing is left behind.
    """
    pages = estimate(report, style) if pages is None else pages
    context = Context(report, style, pages, record)
    write_bytes(path, document(context))
    return tuple(context.findings)


def document(context: Context) -> bytes:
    """The bytes of the document, its blocks marked."""
    context.marks = Marks(context.report, context.bookmarks)
    return assemble(context, _body(context))


def plain_document(report: Report, style: Style) -> bytes:
    """The bytes of a document that nothing is read back from, such as a letter."""
    context = Context(report, style, estimate(report, style))
    return assemble(context, _body(context))


def assemble(context: Context, body: Element, styles: Iterable[Element] = ()) -> bytes:
    """The bytes of a document with this body; ``styles`` are those that only it has."""
    package, document = context.package, context.package.document
    document.element.replace(document.element.body, body)
    document.part.numbering_part.element.extend(context.numbering.elements())
    document.styles.element.extend(all_styles(context.style, context.numbering.main.forms))
    document.styles.element.extend(styles)
    document.settings.element.extend(properties.settings(context))
    number = context.style.page_number
    document.settings.odd_and_even_pages_header_footer = number.side == "outside"
    context.footnotes.extend(footnotes(context))
    fonts = font_table(context.style)
    package.add("word/fontTable.xml", fonts, CONTENT_TYPE.WML_FONT_TABLE)
    package.relate(DOCUMENT, "fontTable", "word/fontTable.xml")
    properties.describe(context.report, document.core_properties)
    application = properties.app_xml(context.report)
    package.add("docProps/app.xml", application, CONTENT_TYPE.OFC_EXTENDED_PROPERTIES)
    package.relate("", "extended-properties", "docProps/app.xml")
    if context.record is not None:
        seal(package, context.record)
    return package.to_bytes()


class _Body:
    """The document body, section by section."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.sections = Sections(context)
        self.element = el("w:body")
        self.open: tuple[Zone, bool] | None = None
        self.fresh = True

    def enter(self, zone: Zone, landscape: bool) -> None:
        """Begin a section where the zone or the way of the page changes."""
        if self.open not in (None, (zone, landscape)):
            self._close()
        self.open = (zone, landscape)
        width, height = text_width(self.context.style), text_height(self.context.style)
        self.context.width, self.context.height = (height, width) if landscape else (width, height)

    def add(self, elements: list[Element]) -> None:
        """Add elements to the section that is open."""
        self.element.extend(elements)
        self.fresh = self.fresh and not elements

    def _close(self) -> None:
        """Close the open section; its properties stand in its last paragraph."""
        if self.fresh:
            return
        last = self.element[-1]
        if last.tag != qname("w:p") or any(True for _ in last.iter(*_NO_SECTION)):
            last = _tiny()
            self.element.append(last)
        last[0].append(self._properties())
        self.fresh = True

    def _properties(self) -> Element:
        zone, landscape = self.open or ("body", False)
        return self.sections.properties(zone, landscape=landscape)

    def finish(self) -> Element:
        """Close the last section, whose properties stand at the end of the body."""
        self.element.append(self._properties())
        return self.element


def _body(context: Context) -> Element:
    body = _Body(context)
    report = context.report
    title = opening_title(report)
    for item, zone in zip(report.parts, zones(report), strict=True):
        for stretch, landscape in _stretches(item.blocks):
            body.enter(zone, landscape)
            if title:
                body.add([opening(title, context)])
                title = None
            shown = item.model_copy(update={"blocks": stretch})
            body.add(part(shown, context, body.fresh))
            item = item.model_copy(update={"title": None, "lines": (), "entries": ()})
    return body.finish()


def _stretches(blocks: tuple[RBlock, ...]) -> list[tuple[tuple[RBlock, ...], bool]]:
    """Runs of blocks that stand on upright pages, and tables that want a landscape page."""
    made: list[tuple[tuple[RBlock, ...], bool]] = []
    upright: list[RBlock] = []
    for block in blocks:
        if isinstance(block, RTable) and block.landscape:
            if upright or not made:
                made.append((tuple(upright), False))
            made.append(((block,), True))
            upright = []
        else:
            upright.append(block)
    if upright or not made:
        made.append((tuple(upright), False))
    return made


def _tiny() -> Element:
    """An empty paragraph of hardly any height, to hold a section's end after a table."""
    spacing = el("w:spacing", {"before": 0, "after": 0, "line": 20, "lineRule": "exact"})
    return paragraph(None, (), spacing, el("w:ind", {"firstLine": 0}))
