"""What surrounds a block, and the frame that a case draws around its paragraphs."""

from dataclasses import dataclass

from .context import Context
from .looks import twips
from .styles import border, shading
from .xml import Element, el

CASE_INSET = 8.0
"""pt between the edge of the text block and the text of a case; the frame stands between them."""
_SPACE = 5
"""pt between the frame and the text."""


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
