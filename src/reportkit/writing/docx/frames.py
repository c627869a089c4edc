"""What surrounds a block, and the frame that a case draws around its paragraphs."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from .context import Context
from .looks import twips
from .styles import border, shading
from .xml import Element, el, qname

CASE_INSET = 8.0
"""pt between the edge of the text block and the text of a case; the frame stands between them."""
_SPACE = 5
"""pt between the frame and the text."""


_POINT = 25.4 / 72
_TABLE, _PARAGRAPH, _BORDERS = qname("w:tbl"), qname("w:p"), qname("w:pBdr")
_SPACING, _AFTER_SPACING = qname("w:spacing"), (qname("w:ind"), qname("w:jc"))


@dataclass(frozen=True)
class Where:
    """What surrounds a block: the depth of lists, and whether it is in a case."""

    depth: int = 0
    case: bool = False


TOP = Where()


def frame(context: Context, where: Where, look: str) -> list[Element]:
    """Border, fill and indents of a paragraph in a case; nothing outside of cases.

    ``look`` is the key of the paragraph's text style. All paragraphs of a case have the same
    sides, or Word would draw a frame around each.
    """
    if not where.case:
        return []
    case, text, made = context.style.case, context.style.texts[look], []
    if case.border:
        colour = case.border.removeprefix("#")
        sides = [border(side, 0.5, colour, _SPACE) for side in ("top", "left", "bottom", "right")]
        made.append(el("w:pBdr", None, *sides))
    if case.fill:
        made.append(shading(case.fill))
    side = {"left": twips(CASE_INSET), "right": twips(CASE_INSET)}
    first = {
        "firstLineChars": round(text.indent * 100),
        "firstLine": twips(text.indent * text.size),
    }
    made.append(el("w:ind", {"leftChars": 0, "rightChars": 0, **side, **first}))
    return made


@contextmanager
def to_the_frame(context: Context, where: Where) -> Iterator[None]:
    """Let a table in a case reach the lines of its frame, which run on as the table's sides."""
    more = 2 * _SPACE * _POINT if where.case and context.style.case.border else 0.0
    context.width += more
    try:
        yield
    finally:
        context.width -= more


def run_on(made: Sequence[Element], context: Context) -> None:
    """Draw the frame of a case on beside the tables in it.

    Word ends the frame of paragraphs at a table. So the paragraphs above it go without their
    bottom line and those below without their top line, no space stands between, and the table
    takes over the sides and the fill.
    """
    tables = [place for place, element in enumerate(made) if element.tag == _TABLE]
    for place in tables:
        _take_over(made[place], context)
        if place:
            space(made[place - 1], "after", 0)
        if place + 1 < len(made):
            space(made[place + 1], "before", 0)
    for place, element in enumerate(made):
        lines = element[0].find(_BORDERS) if element.tag == _PARAGRAPH else None
        if lines is None:
            continue
        for side, open_ in (
            ("top", any(table < place for table in tables)),
            ("bottom", any(table > place for table in tables)),
        ):
            line = lines.find(qname(f"w:{side}"))
            if open_ and line is not None:
                lines.remove(line)


def _take_over(table: Element, context: Context) -> None:
    """The sides and the fill of the frame for a table."""
    case = context.style.case
    if case.border:
        colour = case.border.removeprefix("#")
        sides = [border(side, 0.5, colour) for side in ("left", "right")]
        layout = table[0].find(qname("w:tblLayout"))
        assert layout is not None
        layout.addprevious(el("w:tblBorders", None, *sides))
    if case.fill:
        for cell in table.iter(qname("w:tcPr")):
            align = cell.find(qname("w:vAlign"))
            if cell.find(qname("w:shd")) is None and align is not None:
                align.addprevious(shading(case.fill))


def space(element: Element, side: str, points: float) -> None:
    """Set the space before or after a paragraph."""
    if element.tag != _PARAGRAPH:
        return
    properties = element[0]
    spacing = properties.find(_SPACING)
    if spacing is None:
        spacing = el("w:spacing")
        after = [item for item in properties if item.tag in _AFTER_SPACING]
        after[0].addprevious(spacing) if after else properties.append(spacing)
    spacing.set(qname(f"w:{side}"), str(twips(points)))
