"""Blocks of the report as elements of the document body."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from reportkit.model.report import (
    Heading,
    Para,
    RBlock,
    RCase,
    RChart,
    RFigure,
    RList,
    RTable,
    Run,
)
from reportkit.writing.plan import heading_look, units

from .context import Context
from .fields import paragraph, text_run
from .frames import CASE_INSET, TOP, Where, frame, run_on, space
from .inline import inline
from .looks import indent, pitch, twips
from .numbering import Place
from .objects import chart_block, figure_block, gap, table_block
from .styles import NORMAL_INDENT, heading_style
from .xml import Element, el, qname, val

_INDENT = qname("w:ind")
_CASE_GAP = 0.25
"""Lines of body text between the frame of a case and what stands around it."""


def blocks(items: Iterable[RBlock], context: Context, where: Where = TOP) -> list[Element]:
    """The elements of several blocks; the frames of two cases are kept apart."""
    made: list[Element] = []
    before: RBlock | None = None
    for item in items:
        if isinstance(before, RCase) and isinstance(item, RCase):
            space(made[-1], "after", _below(before, context))
            made.append(gap(context, where, _CASE_GAP))
        elements = block(item, context, where)
        if isinstance(before, RCase | RTable) and isinstance(item, RCase):
            space(elements[0], "before", 0)
        made += elements
        before = item
    return made


def block(item: RBlock, context: Context, where: Where) -> list[Element]:
    """The elements of one block, marked where the document is one that may come back."""
    made = _block(item, context, where)
    if context.marks is not None:
        context.marks.put(item, made)
    return made


def _block(item: RBlock, context: Context, where: Where) -> list[Element]:
    match item:
        case Heading():
            return [_heading(item, context)]
        case Para():
            return [_paragraph(item, context, where)]
        case RList():
            return _list(item, context, where)
        case RTable():
            return table_block(item, context, where)
        case RFigure():
            return figure_block(item, context, where)
        case RChart():
            return chart_block(item, context, where)
        case RCase():
            return _case(item, context, where)


def _heading(item: Heading, context: Context) -> Element:
    place = context.numbering.place(item)
    numbered = _numbered(place)
    if place is None and item.in_toc and context.numbering.bound(item.level):
        numbered = el("w:numPr", None, val("w:ilvl", 0), val("w:numId", 0))
    number = [] if place is not None or not item.number else [text_run(item.number)]
    content = [*context.captions.hidden(item), *number, *inline(item.runs, context)]
    return paragraph(
        heading_style(item.level, item.in_toc),
        context.bookmarks.around(context.bookmarks.page(item.anchor), content),
        numbered,
        indent(context.style.texts[heading_look(item.level, in_toc=item.in_toc)])
        if numbered is not None
        else None,
    )


def _numbered(place: Place | None) -> Element | None:
    """``w:numPr`` for a paragraph that its style does not put into a list already."""
    if place is None or place.by_style:
        return None
    return el("w:numPr", None, val("w:ilvl", place.level), val("w:numId", place.num))


_ROLES = {"note": ("TableNote", "note"), "sign_off": ("SignOff", "sign_off")}


def _paragraph(item: Para, context: Context, where: Where, lead: Sequence[Element] = ()) -> Element:
    """A paragraph; ``lead`` stands before its words."""
    usual = ("CaseBody", "case_body") if where.case else (NORMAL_INDENT, "body")
    style, look = _ROLES.get(item.role, usual)
    place = context.numbering.place(item) if item.role == "body" and not lead else None
    number = [text_run(item.number)] if item.number and place is None else []
    content = [*lead, *number, *inline(item.runs, context)]
    if item.anchor:
        content = context.bookmarks.around(context.bookmarks.page(item.anchor), content)
    sides = frame(context, where, look)
    if item.role == "address":
        sides = [indent(context.style.texts[look], first=0)]
    elif place is not None and not sides:
        sides = [indent(context.style.texts[look])]
    return paragraph(style, content, _numbered(place), *sides)


def _list(item: RList, context: Context, where: Where) -> list[Element]:
    """A list, each item hanging from its marker; in a case flush left from the second line on.

    Word draws a frame of its own around a paragraph whose indents differ from those beside it.
    """
    num = context.numbering.markers(item)
    look = context.style.texts["case_body" if where.case else "list"]
    widest = max((units(entry.marker) for entry in item.items), default=2) / 2
    hanging = max(1.0, widest + 0.5)
    left = max(context.style.texts["list"].left, hanging) + 2 * where.depth
    made: list[Element] = []
    for entry in item.items:
        first, rest = _first_paragraph(entry.blocks)
        marker = [] if num is not None else [text_run(f"{entry.marker}\t")]
        number = [text_run(first.number)] if first.number else []
        sides = frame(context, where, "case_body") or [
            el("w:tabs", None, el("w:tab", {"val": "left", "pos": twips(left * look.size)})),
            _hanging(left, hanging, look.size),
        ]
        made.append(
            paragraph(
                "CaseBody" if where.case else "ListParagraph",
                [*marker, *number, *inline(first.runs, context)],
                None if num is None else _numbered(Place(num, 0)),
                *sides,
            )
        )
        made += blocks(rest, context, replace(where, depth=where.depth + 1))
    return made


def _first_paragraph(items: Sequence[RBlock]) -> tuple[Para, Sequence[RBlock]]:
    """The paragraph beside the marker, and what stands below it."""
    if items and isinstance(items[0], Para):
        return items[0], items[1:]
    return Para(runs=()), items


def _hanging(left: float, hanging: float, size: float) -> Element:
    """Indents in characters of ``size``, with the same in twips."""
    sides = {"left": twips(left * size), "hanging": twips(hanging * size), "right": 0}
    chars = {"leftChars": round(left * 100), "hangingChars": round(hanging * 100)}
    return el("w:ind", {**sides, **chars})


def _case(item: RCase, context: Context, where: Where) -> list[Element]:
    """A case: its heading with the number as a field, then its blocks in one frame."""
    inside = replace(where, case=True)
    heading = _case_heading(item, context)
    full = context.width
    context.width = full - 2 * CASE_INSET * 25.4 / 72
    if item.run_in and item.blocks and isinstance(item.blocks[0], Para):
        first, rest = _paragraph(item.blocks[0], context, inside, heading), item.blocks[1:]
    else:
        sides = frame(context, inside, "case_heading")
        first, rest = paragraph("CaseHeading", heading, *sides), item.blocks
    made = [first, *blocks(rest, context, inside)]
    context.width = full
    run_on(made, context)
    apart = pitch(context.style, _CASE_GAP)
    space(made[0], "before", apart)
    space(made[-1], "after", apart + _below(item, context))
    return made


def _below(item: RCase, context: Context) -> float:
    """Space in pt that the last block of a case has below it: the caption of a picture has some."""
    last = item.blocks[-1] if item.blocks else None
    captioned = isinstance(last, RFigure | RChart) and last.caption.text and not last.notes
    return context.style.texts["figure_caption"].after if captioned else 0


def _case_heading(item: RCase, context: Context) -> list[Element]:
    """The heading line, its number (案例1-1) made of fields wherever it stands in the line."""
    label = item.caption.label
    runs = list(item.heading)
    index = next((i for i, run in enumerate(runs) if label and label in run.text), None)
    if index is None:
        return context.captions.whole(item.caption, inline(item.heading, context))
    run = runs[index]
    before, _, after = run.text.partition(label)
    look = inline((Run(text=label, bold=run.bold, italic=run.italic),), context)[0][0]
    content = [
        *inline((*runs[:index], run.model_copy(update={"text": before})), context),
        *context.captions.number(item.caption, look),
        *inline((run.model_copy(update={"text": after}), *runs[index + 1 :]), context),
    ]
    return context.captions.whole(item.caption, content)
