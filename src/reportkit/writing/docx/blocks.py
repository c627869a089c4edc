"""Blocks of the report as elements of the document body."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from reportkit.model.report import (
    Heading,
    Label,
    Para,
    RBlock,
    RCase,
    RChart,
    RFigure,
    RList,
    RTable,
    Run,
    Runs,
)
from reportkit.writing.plan import units

from .charts import chart
from .context import Context
from .fields import text_run
from .inline import inline
from .looks import indent, mm, twips
from .numbering import Place
from .pictures import picture
from .styles import NORMAL_INDENT, border, heading_style, shading
from .tables import table
from .xml import Element, el, val

_CAPTION_HEIGHT = 20.0
"""mm left below or above a tall picture for its caption."""
_CASE_INDENT = 0.5
"""Characters between the frame of a case and the text block."""


@dataclass(frozen=True)
class Where:
    """What surrounds a block: the depth of lists, and whether it is in a case."""

    depth: int = 0
    case: bool = False


def blocks(items: Iterable[RBlock], context: Context, where: Where = Where()) -> list[Element]:
    """The elements of several blocks."""
    return [element for item in items for element in block(item, context, where)]


def block(item: RBlock, context: Context, where: Where) -> list[Element]:
    """The elements of one block."""
    match item:
        case Heading():
            return [_heading(item, context)]
        case Para():
            return [_paragraph(item, context, where)]
        case RList():
            return _list(item, context, where)
        case RTable():
            return _table(item, context, where)
        case RFigure():
            return _figure(item, context, where)
        case RChart():
            return _chart(item, context, where)
        case RCase():
            return _case(item, context, where)


def _numbered(place: Place | None) -> Element | None:
    """``w:numPr`` for a paragraph that its style does not put into a list already."""
    if place is None or place.by_style:
        return None
    return el("w:numPr", None, val("w:ilvl", place.level), val("w:numId", place.num))


def _heading(item: Heading, context: Context) -> Element:
    place = context.numbering.place(item)
    style = context.style.texts[f"heading{min(item.level, 4)}"]
    numbered = _numbered(place)
    bound = item.in_toc and context.numbering.bound(item.level)
    if place is None and bound:
        numbered = el("w:numPr", None, val("w:ilvl", 0), val("w:numId", 0))
    number = [] if place is not None or not item.number else [text_run(item.number)]
    content = [*number, *inline(item.runs, context)]
    return el(
        "w:p",
        None,
        el(
            "w:pPr",
            None,
            val("w:pStyle", heading_style(item.level, item.in_toc)),
            numbered,
            indent(style) if numbered is not None else None,
        ),
        *context.bookmarks.around(context.bookmarks.page(item.anchor), content),
    )


def _paragraph(item: Para, context: Context, where: Where) -> Element:
    style = {"note": "TableNote", "sign_off": "SignOff"}.get(item.role)
    place = context.numbering.place(item) if item.role == "body" else None
    number = [text_run(item.number)] if item.number and place is None else []
    content = [*number, *inline(item.runs, context)]
    if item.anchor:
        content = context.bookmarks.around(context.bookmarks.page(item.anchor), content)
    look = context.style.texts["case_body" if where.case else "body"]
    numbered = _numbered(place)
    sides = _case_indent(context, where, style)
    if sides is None and numbered is not None:
        sides = indent(look)
    return el(
        "w:p",
        None,
        el(
            "w:pPr",
            None,
            val("w:pStyle", style or ("CaseBody" if where.case else NORMAL_INDENT)),
            numbered,
            *_frame(context, where),
            sides,
        ),
        *content,
    )


def _frame(context: Context, where: Where) -> list[Element]:
    """Border and fill of a paragraph in a case."""
    if not where.case:
        return []
    look, made = context.style.case, []
    if look.border:
        sides = [
            border(side, 0.5, look.border.removeprefix("#"), 4)
            for side in ("top", "left", "bottom", "right")
        ]
        made.append(el("w:pBdr", None, *sides))
    if look.fill:
        made.append(shading(look.fill))
    return made


_CASE_STYLES = {"TableNote": "note", "SignOff": "sign_off", "CaseHeading": "case_heading"}


def _case_indent(context: Context, where: Where, style: str | None) -> Element | None:
    """All paragraphs of a framed case have the same sides, or Word would draw several frames."""
    if not where.case:
        return None
    text = context.style.texts[_CASE_STYLES.get(style or "", "case_body")]
    side = twips(_CASE_INDENT * context.style.texts["body"].size)
    first = {
        "firstLineChars": round(text.indent * 100),
        "firstLine": twips(text.indent * text.size),
    }
    return el("w:ind", {"left": side, "right": side, **first})


def _list(item: RList, context: Context, where: Where) -> list[Element]:
    num = context.numbering.markers(item)
    text = context.style.texts["case_body" if where.case else "list"]
    widest = max(units(entry.marker) for entry in item.items) / 2
    hanging = max(1.0, widest + 0.5)
    left = max(context.style.texts["list"].left, hanging) + 2 * where.depth
    made: list[Element] = []
    for entry in item.items:
        inner = replace(where, depth=where.depth + 1)
        first, *rest = entry.blocks or (Para(runs=()),)
        if not isinstance(first, Para):
            first, rest = Para(runs=()), list(entry.blocks)
        marker = [] if num is not None else [text_run(f"{entry.marker}\t")]
        made.append(
            el(
                "w:p",
                None,
                el(
                    "w:pPr",
                    None,
                    val("w:pStyle", "CaseBody" if where.case else "ListParagraph"),
                    _numbered(None if num is None else Place(num, 0)),
                    *_frame(context, where),
                    el(
                        "w:tabs", None, el("w:tab", {"val": "left", "pos": twips(left * text.size)})
                    ),
                    _hanging(left, hanging, text.size),
                ),
                *marker,
                *inline(first.runs, context),
            )
        )
        for other in rest:
            made += block(other, context, inner)
    return made


def _hanging(left: float, hanging: float, size: float) -> Element:
    return el(
        "w:ind",
        {
            "leftChars": round(left * 100),
            "left": twips(left * size),
            "hangingChars": round(hanging * 100),
            "hanging": twips(hanging * size),
        },
    )


def caption(label: Label, context: Context, where: Where, *, above: bool) -> list[Element]:
    """The caption of a table, figure or chart; nothing if it has neither number nor title."""
    if not label.text.strip():
        return []
    style = "Caption" if label.kind == "table" else "FigureCaption"
    owner = [text_run(f"（{label.owner}）")] if label.owner else []
    rest = [*inline(label.title, context), *owner]
    keep = el("w:keepNext") if above else val("w:keepNext", 0)
    return [
        el(
            "w:p",
            None,
            el("w:pPr", None, val("w:pStyle", style), keep, *_frame(context, where)),
            *context.captions.runs(label, rest),
        )
    ]


def _plain_paragraph(
    style: str, content: Sequence[Element], context: Context, where: Where, *, keep: bool = False
) -> Element:
    return el(
        "w:p",
        None,
        el(
            "w:pPr",
            None,
            val("w:pStyle", style),
            el("w:keepNext") if keep else None,
            *_frame(context, where),
        ),
        *content,
    )


def _notes(notes: Sequence[Runs], context: Context, where: Where, keep: bool) -> list[Element]:
    return [
        _plain_paragraph(
            "TableNote",
            inline(note, context),
            context,
            where,
            keep=keep or index < len(notes) - 1,
        )
        for index, note in enumerate(notes)
    ]


def _table(item: RTable, context: Context, where: Where) -> list[Element]:
    """Caption, unit, table and notes, kept together."""
    above = context.style.table_caption == "above"
    head = caption(item.caption, context, where, above=above)
    unit = []
    if item.unit:
        unit = [_plain_paragraph("TableUnit", [text_run(item.unit)], context, where, keep=True)]
    follows = bool(item.notes) or (bool(head) and not above)
    tables = table(item, context, keep=follows)
    body: list[Element] = []
    for index, made in enumerate(tables):
        body += [made, *([_gap()] if index < len(tables) - 1 else [])]
    notes = _notes(item.notes, context, where, keep=bool(head) and not above)
    tail = [] if notes or (head and not above) else [_gap()]
    return [*(head if above else ()), *unit, *body, *notes, *(() if above else head), *tail]


def _gap() -> Element:
    """A short line between a table and what follows, or Word would join two tables."""
    spacing = {"before": 0, "after": 0, "line": 120, "lineRule": "exact"}
    return el(
        "w:p",
        None,
        el("w:pPr", None, el("w:spacing", spacing), el("w:ind", {"firstLine": 0})),
    )


def _figure(item: RFigure, context: Context, where: Where) -> list[Element]:
    above = context.style.figure_caption == "above"
    head = caption(item.caption, context, where, above=above)
    below = bool(head) and not above
    if len(item.pictures) == 1:
        body = _single(item, context, where, below or bool(item.notes))
    else:
        body = _composite(item, context, below or bool(item.notes))
    notes = _notes(item.notes, context, where, keep=below)
    return [*(head if above else ()), *body, *notes, *(() if above else head)]


def _room(context: Context, where: Where) -> float:
    """Width in mm that a picture may take."""
    return context.width - (6 if where.case else 0)


def _single(item: RFigure, context: Context, where: Where, keep: bool) -> list[Element]:
    shown = item.pictures[0]
    width = _room(context, where) * item.width / 100
    run, found = picture(shown, context, width, context.height - _CAPTION_HEIGHT)
    made = [_picture_paragraph(run, found, context, where, keep)]
    if shown.caption:
        text = inline(shown.caption, context)
        made.append(_plain_paragraph("TableText", text, context, where, keep=keep))
    return made


def _picture_paragraph(
    run: Element, found: bool, context: Context, where: Where, keep: bool
) -> Element:
    """A picture in a line of automatic height; a missing one is a box with words."""
    box = []
    if not found:
        sides = [border(side, 0.75, "808080", 12) for side in ("top", "left", "bottom", "right")]
        box = [el("w:pBdr", None, *sides)]
    return el(
        "w:p",
        None,
        el(
            "w:pPr",
            None,
            val("w:pStyle", "Picture"),
            None if keep else val("w:keepNext", 0),
            *(box or _frame(context, where)),
        ),
        run,
    )


def _composite(item: RFigure, context: Context, keep: bool) -> list[Element]:
    """Several pictures in two columns, each above its own caption."""
    width = context.width * item.width / 100
    column = width / 2
    rows = []
    height = (context.height - _CAPTION_HEIGHT) / 2
    for first in range(0, len(item.pictures), 2):
        pair = item.pictures[first : first + 2]
        cells = []
        for shown in pair:
            run, found = picture(shown, context, column - 6, height)
            paragraphs = [_picture_paragraph(run, found, context, Where(), keep)]
            if shown.caption:
                text = inline(shown.caption, context)
                paragraphs.append(_plain_paragraph("TableText", text, context, Where(), keep=keep))
            span = 2 if len(pair) == 1 else 1
            cells.append(
                el(
                    "w:tc",
                    None,
                    el(
                        "w:tcPr",
                        None,
                        el("w:tcW", {"w": mm(column) * span, "type": "dxa"}),
                        val("w:gridSpan", 2) if span == 2 else None,
                        val("w:vAlign", "bottom"),
                    ),
                    *paragraphs,
                )
            )
        rows.append(el("w:tr", None, el("w:trPr", None, el("w:cantSplit")), *cells))
    grid = [el("w:gridCol", {"w": mm(column)}) for _ in range(2)]
    properties = el(
        "w:tblPr",
        None,
        val("w:tblStyle", "TableNormal"),
        el("w:tblW", {"w": mm(column) * 2, "type": "dxa"}),
        val("w:jc", "center"),
        el("w:tblLayout", {"type": "fixed"}),
    )
    return [el("w:tbl", None, properties, el("w:tblGrid", None, *grid), *rows)]


def _chart(item: RChart, context: Context, where: Where) -> list[Element]:
    above = context.style.figure_caption == "above"
    head = caption(item.caption, context, where, above=above)
    below = bool(head) and not above
    run, found = chart(item, context, _room(context, where))
    body = [_picture_paragraph(run, found, context, where, below or bool(item.notes))]
    notes = _notes(item.notes, context, where, keep=below)
    return [*(head if above else ()), *body, *notes, *(() if above else head)]


def _case(item: RCase, context: Context, where: Where) -> list[Element]:
    """A case: its heading with the number as a field, then its blocks in one frame."""
    inside = replace(where, case=True)
    heading = _case_heading(item, context)
    width = context.width
    made: list[Element] = []
    rest: Sequence[RBlock] = item.blocks
    if item.run_in and rest and isinstance(rest[0], Para):
        first = _paragraph(rest[0].model_copy(update={"runs": rest[0].runs}), context, inside)
        for position, element in enumerate(heading):
            first.insert(1 + position, element)
        made.append(first)
        rest = rest[1:]
    else:
        properties = el(
            "w:pPr",
            None,
            val("w:pStyle", "CaseHeading"),
            *_frame(context, inside),
            _case_indent(context, inside, "CaseHeading"),
        )
        made.append(el("w:p", None, properties, *heading))
    context.width = width - 6
    made += blocks(rest, context, inside)
    context.width = width
    return made


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
