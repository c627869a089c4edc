"""Sections with their headers and footers: page size, margins, page numbers, the draft mark."""

from collections.abc import Callable
from typing import Any, cast

from docx.enum.section import WD_HEADER_FOOTER, WD_ORIENT
from docx.oxml.parser import OxmlElement
from docx.oxml.section import CT_SectPr
from docx.parts.story import StoryPart
from docx.section import Section
from docx.shared import Mm

from reportkit.writing.plan import DRAFT_MARK, Zone

from .context import Context
from .fields import field, paragraph, text_run
from .inline import note_format
from .looks import colour, twips
from .styles import border
from .xml import Element, el, val

_FORMATS = {"roman": "lowerRoman", "arabic": "decimal", "none": "decimal"}
_SIDES = {"default": WD_HEADER_FOOTER.PRIMARY, "even": WD_HEADER_FOOTER.EVEN_PAGE}


class Sections:
    """Makes the ``w:sectPr`` of every section; headers and footers are made once a zone."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._started: set[Zone] = set()
        self._references: dict[Zone, list[tuple[str, str, str]]] = {}

    def properties(self, zone: Zone, *, landscape: bool = False) -> Element:
        """The properties of a section that ends here; the first of a zone restarts its pages.

        A section that begins with page 1 stands on a right-hand page by its odd number, blank page
        before it included; ``oddPage`` would say so twice, and LibreOffice then loses the header.
        """
        first = zone not in self._started
        self._started.add(zone)
        made = cast(CT_SectPr, OxmlElement("w:sectPr"))
        for kind, side, identity in self._parts(zone):
            add = made.add_headerReference if kind == "header" else made.add_footerReference
            add(_SIDES[side], identity)
        made.append(note_format(self._context))
        self._page(Section(made, self._context.package.document.part), landscape)
        number = self._context.style.page_number
        format_ = _FORMATS[number.front] if zone == "front" else "decimal"
        restart: dict[str, str | int] = {"start": 1} if first else {}
        made.append(el("w:pgNumType", {"fmt": format_, **restart}))
        made.append(el("w:docGrid", {"linePitch": 312}))
        return made

    def _page(self, section: Section, landscape: bool) -> None:
        """Size and margins; a landscape page is the upright one turned to the left."""
        page, number = self._context.style.page, self._context.style.page_number
        size = (page.width, page.height)
        sides = (page.top, page.bottom, page.inside, page.outside)
        if landscape:
            size = (page.height, page.width)
            sides = (page.inside, page.outside, page.bottom, page.top)
            section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = map(Mm, size)
        top, bottom, left, right = sides
        line = number.size * 1.3 * 25.4 / 72
        section.top_margin, section.bottom_margin = Mm(top), Mm(bottom)
        section.left_margin, section.right_margin = Mm(left), Mm(right)
        section.header_distance = Mm(max(8.0, min(top - 12, top * 0.6)))
        section.footer_distance = Mm(max(8.0, min(bottom - 7 - line, bottom - line - 2)))
        section.gutter = Mm(0)

    def _parts(self, zone: Zone) -> list[tuple[str, str, str]]:
        """(kind, side, relation) of the headers and footers of a zone."""
        if zone not in self._references:
            made = []
            for side in ("default", "even"):
                made.append(("header", side, self._header(zone)))
                made.append(("footer", side, self._footer(zone, side)))
            self._references[zone] = made
        return self._references[zone]

    def _header(self, zone: Zone) -> str:
        context = self._context
        words = self._running_head() if zone != "cover" else []
        shade = colour(context.style.texts["header"].colour)
        rule = el("w:pBdr", None, border("bottom", 0.5, shade, 4)) if words else None
        part, identity = _new(context.package.document.part.add_header_part)
        mark = [_watermark(int(identity.removeprefix("rId")))] if context.report.draft else []
        part.element[:] = [paragraph("Header", [*words, *mark], rule)]
        return identity

    def _running_head(self) -> list[Element]:
        """The words of the header; ``{chapter}`` is the heading that stands on the page."""
        made: list[Element] = []
        for index, text in enumerate(self._context.style.header.split("{chapter}")):
            made += field("STYLEREF 1", "") if index else []
            text = text.replace("{title}", self._context.report.title)
            made += [text_run(text)] if text else []
        return made

    def _footer(self, zone: Zone, side: str) -> str:
        style = self._context.style
        number = style.page_number
        silent = zone == "cover" or (zone == "front" and number.front == "none")
        outside = "right" if side == "default" else "left"
        place = "center" if number.side == "center" else outside
        before, _, after = number.pattern.partition("{n}")
        words = [text_run(before), *field("PAGE", "1"), text_run(after)]
        inset = None
        if place != "center":
            inset = el("w:ind", {f"{place}Chars": 100, place: twips(number.size)})
        part, identity = _new(self._context.package.document.part.add_footer_part)
        part.element[:] = [paragraph("Footer", () if silent else words, inset, val("w:jc", place))]
        return identity


def _new(make: Callable[..., Any]) -> tuple[StoryPart, str]:
    """A header or footer, and its relation; the library says nothing of types here."""
    part, identity = make()
    return part, str(identity)


def _watermark(number: int) -> Element:
    """草稿 across the page, in the way in which Word itself makes watermarks."""
    shape_type = el(
        "v:shapetype",
        {
            "id": "_x0000_t136",
            "coordsize": "21600,21600",
            "o:spt": 136,
            "adj": "10800",
            "path": "m@7,l@8,m@5,21600l@6,21600e",
        },
        el(
            "v:formulas",
            None,
            *[
                el("v:f", {"eqn": equation})
                for equation in (
                    "sum #0 0 10800",
                    "prod #0 2 1",
                    "sum 21600 0 @1",
                    "sum 0 0 @2",
                    "sum 21600 0 @3",
                    "if @0 @3 0",
                    "if @0 21600 @1",
                    "if @0 0 @2",
                    "if @0 @4 21600",
                )
            ],
        ),
        el("v:path", {"textpathok": "t", "o:connecttype": "rect"}),
        el("v:textpath", {"on": "t", "fitshape": "t"}),
        el("o:lock", {"v:ext": "edit", "text": "t", "shapetype": "t"}),
    )
    place = (
        "position:absolute;margin-left:0;margin-top:0;width:320pt;height:160pt;rotation:315;"
        "z-index:-251658752;mso-position-horizontal:center;"
        "mso-position-horizontal-relative:margin;mso-position-vertical:center;"
        "mso-position-vertical-relative:margin"
    )
    shape = el(
        "v:shape",
        {
            "id": f"Watermark{number}",
            "o:spid": f"_x0000_s{2048 + number}",
            "type": "#_x0000_t136",
            "style": place,
            "o:allowincell": "f",
            "fillcolor": "silver",
            "stroked": "f",
            "alt": DRAFT_MARK,
        },
        el("v:fill", {"opacity": ".5"}),
        el("v:textpath", {"style": "font-family:黑体;font-size:1pt", "string": DRAFT_MARK}),
        el("w10:wrap", {"anchorx": "margin", "anchory": "margin"}),
    )
    return el("w:r", None, el("w:pict", None, shape_type, shape))
