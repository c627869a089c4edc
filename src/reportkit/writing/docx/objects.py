"""Objects with a caption: tables, figures, charts, each kept together with its words."""

from collections.abc import Sequence

from reportkit.model.report import Label, Picture, RChart, RFigure, RTable, Runs
from reportkit.writing.plan import pictures_beside

from .charts import chart
from .context import Context
from .fields import paragraph, text_run
from .frames import TOP, Where, frame, to_the_frame
from .inline import inline
from .looks import mm, pitch, twips
from .pictures import picture
from .styles import border
from .tables import table
from .xml import Element, el, val

_CAPTION_HEIGHT = 20.0
"""mm left below or above a tall picture for its caption."""
GAP = 0.5
"""Lines of body text below a table and its notes."""
_LOOKS = {"TableNote": "note", "TableUnit": "unit", "TableText": "table"}


def caption(label: Label, context: Context, where: Where, *, above: bool) -> list[Element]:
    """The caption of a table, figure or chart; nothing if it has neither number nor title."""
    if not label.text.strip():
        return []
    table_ = label.kind == "table"
    owner = [text_run(f"（{label.owner}）")] if label.owner else []
    content = context.captions.runs(label, [*inline(label.title, context), *owner])
    return [
        paragraph(
            "Caption" if table_ else "FigureCaption",
            content,
            el("w:keepNext") if above else val("w:keepNext", 0),
            *frame(context, where, "table_caption" if table_ else "figure_caption"),
        )
    ]


def _words(
    style: str,
    content: Sequence[Element],
    context: Context,
    where: Where,
    keep: bool,
    *,
    gap: float = 0,
) -> Element:
    """A line that belongs to an object: unit, note, caption of a part; ``gap`` pt below it."""
    look = context.style.texts[_LOOKS[style]]
    below = el("w:spacing", {"after": twips(look.after + gap)}) if gap else None
    frames = frame(context, where, _LOOKS[style])
    return paragraph(style, content, el("w:keepNext") if keep else None, below, *frames)


def _notes(
    notes: Sequence[Runs], context: Context, where: Where, *, room: float = 0
) -> list[Element]:
    """The notes of an object, kept together; ``room`` pt below the last one."""
    last = len(notes) - 1
    return [
        _words(
            "TableNote",
            inline(note, context),
            context,
            where,
            keep=index < last,
            gap=room if index == last else 0,
        )
        for index, note in enumerate(notes)
    ]


def table_block(item: RTable, context: Context, where: Where) -> list[Element]:
    """Caption, unit, table and notes, kept together."""
    above = context.style.table_caption == "above"
    head = caption(item.caption, context, where, above=above)
    room = pitch(context.style, GAP)
    under = [*(() if above else head), *_notes(item.notes, context, where, room=room)]
    unit = [text_run(item.unit)] if item.unit else []
    body: list[Element] = []
    with to_the_frame(context, where):
        for made in table(item, context, keep=bool(under)):
            body += [*([gap(context, where)] if body else ()), made]
    return [
        *(head if above else ()),
        *([_words("TableUnit", unit, context, where, True)] if unit else ()),
        *body,
        *(under or [gap(context, where)]),
    ]


def gap(context: Context, where: Where, lines: float = GAP) -> Element:
    """A short empty line: without it Word joins two tables, or the frames of two cases."""
    height = twips(pitch(context.style, lines))
    spacing = {"before": 0, "after": 0, "line": height, "lineRule": "exact"}
    return paragraph(None, (), el("w:spacing", spacing), *frame(context, where, "table"))


def figure_block(item: RFigure, context: Context, where: Where) -> list[Element]:
    """Picture or pictures, caption, notes."""
    above = context.style.figure_caption == "above"
    head = caption(item.caption, context, where, above=above)
    notes = _notes(item.notes, context, where)
    keep = bool(notes) or (bool(head) and not above)
    draw = _single if len(item.pictures) == 1 else _composite
    body = draw(item, context, where, keep) if item.pictures else []
    after = [gap(context, where)] if len(item.pictures) > 1 and not keep else []
    return [*(head if above else ()), *body, *(() if above else head), *notes, *after]


def chart_block(item: RChart, context: Context, where: Where) -> list[Element]:
    """Chart, caption, notes."""
    above = context.style.figure_caption == "above"
    head = caption(item.caption, context, where, above=above)
    notes = _notes(item.notes, context, where)
    run = chart(item, context, context.width)
    body = _picture(run, context, where, bool(notes) or (bool(head) and not above))
    return [*(head if above else ()), body, *(() if above else head), *notes]


def _picture(run: Element, context: Context, where: Where, keep: bool) -> Element:
    """A picture in a line of automatic height."""
    keeping = None if keep else val("w:keepNext", 0)
    return paragraph("Picture", [run], keeping, *frame(context, where, "figure_caption"))


def _missing(run: Element, width: float, context: Context, keep: bool) -> Element:
    """A box with words where a picture is missing, about as wide as the picture."""
    side = max(mm((context.width - width) / 2), 12 * 20)
    sides = [border(name, 0.75, "808080", 12) for name in ("top", "left", "bottom", "right")]
    return paragraph(
        "Picture",
        [run],
        None if keep else val("w:keepNext", 0),
        el("w:pBdr", None, *sides),
        el("w:spacing", {"before": 360, "after": 360}),
        el("w:ind", {"left": side, "right": side}),
    )


def _part(
    shown: Picture, context: Context, where: Where, width: float, height: float, keep: bool
) -> list[Element]:
    """One picture, or the box in its place, with its own caption."""
    run, found = picture(shown, context, width, height)
    made = [_picture(run, context, where, keep) if found else _missing(run, width, context, keep)]
    if shown.caption:
        made.append(_words("TableText", inline(shown.caption, context), context, where, keep))
    return made


def _single(item: RFigure, context: Context, where: Where, keep: bool) -> list[Element]:
    width = context.width * item.width / 100
    height = context.height - _CAPTION_HEIGHT
    return _part(item.pictures[0], context, where, width, height, keep)


def _composite(item: RFigure, context: Context, where: Where, keep: bool) -> list[Element]:
    """Several pictures beside each other, in a table without rules."""
    beside = pictures_beside(item)
    column = context.width * item.width / 100 / beside
    height = (context.height - _CAPTION_HEIGHT) / 2
    with to_the_frame(context, where):
        cell = mm(context.width / beside if where.case else column)
    full = context.width
    context.width = column
    rows = []
    for first in range(0, len(item.pictures), beside):
        shown = item.pictures[first : first + beside]
        span = beside + 1 - len(shown)
        cells = [
            _cell(_part(one, context, TOP, column - 4, height, keep), cell, span) for one in shown
        ]
        rows.append(el("w:tr", None, el("w:trPr", None, el("w:cantSplit")), *cells))
    context.width = full
    grid = [el("w:gridCol", {"w": cell}) for _ in range(beside)]
    properties = el(
        "w:tblPr",
        None,
        val("w:tblStyle", "TableNormal"),
        el("w:tblW", {"w": cell * beside, "type": "dxa"}),
        val("w:jc", "center"),
        el("w:tblLayout", {"type": "fixed"}),
    )
    return [el("w:tbl", None, properties, el("w:tblGrid", None, *grid), *rows)]


def _cell(content: Sequence[Element], width: int, span: int) -> Element:
    properties = el(
        "w:tcPr",
        None,
        el("w:tcW", {"w": width * span, "type": "dxa"}),
        val("w:gridSpan", span) if span > 1 else None,
        val("w:vAlign", "bottom"),
    )
    return el("w:tc", None, properties, *content)
