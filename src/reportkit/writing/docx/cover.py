"""The cover, and the statement of authenticity with its blanks to fill in."""

from reportkit.model.report import Part, Run
from reportkit.writing.plan import title_lines

from .context import Context
from .fields import paragraph, plain_paragraph, text_run
from .inline import inline
from .looks import mm, twips
from .xml import Element, el

_STYLES = {"title": ("Title", "title"), "subtitle": ("Subtitle", "subtitle")}
_LINE = ("CoverLine", "cover_line")
_FOOT = frozenset({"issuer", "organisation", "date", "url"})
_SIGNED = frozenset({"date", "organisation", "issuer"})
_ABOVE = 0.22
"""Share of the text block above the first line."""
_BELOW = 0.12
"""Share of the text block below the last line."""


def cover(item: Part, context: Context) -> list[Element]:
    """Title in the upper part, who and when at the foot, held apart by the space before them."""
    height = context.height * 72 / 25.4
    used = sum(_height(role, text, context) for role, text in item.lines)
    free = max(0.0, height * (1 - _BELOW) - used)
    above = min(free / 2, height * _ABOVE)
    foot = _first_of_foot([role for role, _ in item.lines])
    made = []
    for index, (role, text) in enumerate(item.lines):
        space = above if index == 0 else free - above if index == foot else 0.0
        made.append(_line(role, text, space, context))
    return made


def _first_of_foot(roles: list[str]) -> int:
    """The line with which the lower group begins: the first who or when after the title."""
    title = roles.index("title") if "title" in roles else -1
    return next((i for i, role in enumerate(roles) if i > title and role in _FOOT), len(roles))


def _line(role: str, text: str, space: float, context: Context) -> Element:
    style, key = _STYLES.get(role, _LINE)
    look = context.style.texts[key]
    if role == "title":
        text = "\n".join(title_lines(text, context.style))
    link = text if role == "url" and text.startswith(("https://", "http://")) else None
    content = inline((Run(text=text, link=link),), context)
    before = el("w:spacing", {"before": twips(space + look.before)}) if space else None
    return paragraph(style, content, before)


def _height(role: str, text: str, context: Context) -> float:
    """Height in pt that a line of the cover takes, with its space above and below."""
    look = context.style.texts[_STYLES.get(role, _LINE)[1]]
    in_a_line = max(1, int(context.width * 72 / 25.4 / look.size))
    lines = -(-max(1, len(text)) // in_a_line)
    return lines * (look.line or look.size * 1.3) + look.before + look.after


def statement(role: str, text: str, context: Context) -> Element:
    """A line of the statement; what is left to fill in gets a ruled blank."""
    if role != "field":
        return plain_paragraph("SignOff" if role in _SIGNED else "Statement", text)
    look = context.style.texts["statement"]
    above = el("w:spacing", {"before": twips(look.before + look.size)})
    if not text.rstrip().endswith(("：", ":")):
        return paragraph("Statement", [text_run(text)], above)
    blank = el("w:tab", {"val": "left", "leader": "underscore", "pos": mm(context.width * 0.8)})
    tabs = el("w:tabs", None, blank)
    return paragraph("Statement", [text_run(text), el("w:r", None, el("w:tab"))], tabs, above)
