"""Parts of the report: cover, statement, contents, lists, chapters, sign-off, colophon."""

from collections.abc import Sequence

from reportkit.model.report import Entry, Part
from reportkit.model.standard import PartKind
from reportkit.writing.plan import starts_page

from .blocks import blocks
from .context import Context
from .fields import PLAIN, field, field_end, field_start, text_run
from .looks import twips
from .styles import HEADINGS
from .xml import Element, el, val

_COVER_STYLES = {"title": "Title", "subtitle": "Subtitle"}
_COVER_TOP = frozenset({"title", "subtitle", "year", "text", "field"})
_FOOT = 0.12
"""Share of the text block left free below the last line of a cover."""


def part(item: Part, context: Context, first_on_page: bool) -> list[Element]:
    """The elements of a part; the first one begins a page where the plan says so."""
    made = _content(item, context)
    if not first_on_page and starts_page(item, context.report):
        _break_before(made)
    bookmark = context.bookmarks.page(item.anchor)
    if made and item.kind not in (PartKind.COVER, PartKind.BODY):
        _anchor(made[0], bookmark, context)
    return made


def _content(item: Part, context: Context) -> list[Element]:
    title = [_paragraph("PartTitle", item.title)] if item.title else []
    match item.kind:
        case PartKind.COVER:
            return _cover(item, context)
        case PartKind.TOC:
            return [*title, *_contents(item.entries, context)]
        case PartKind.LIST_OF_TABLES | PartKind.LIST_OF_FIGURES | PartKind.LIST_OF_CASES:
            instruction = context.captions.instruction(item.kind)
            return [*title, *_listing(item.entries, instruction, context, "TableofFigures")]
        case PartKind.STATEMENT:
            return [*title, *[_statement(role, text) for role, text in item.lines]]
        case PartKind.SIGN_OFF:
            space = [_paragraph("SignOff", "")] if item.lines else []
            return [*title, *space, *[_paragraph("SignOff", text) for _, text in item.lines]]
        case PartKind.COLOPHON:
            return [*title, *[_paragraph("Colophon", text) for _, text in item.lines]]
        case _:
            lines = [_paragraph("NormalIndent", text) for _, text in item.lines]
            return [*title, *lines, *blocks(item.blocks, context)]


def opening(title: str) -> Element:
    """The title of a report without cover, above its first part."""
    return _paragraph("Title", title)


def _paragraph(style: str, text: str, *more: Element) -> Element:
    runs = [text_run(text)] if text else []
    return el("w:p", None, el("w:pPr", None, val("w:pStyle", style)), *runs, *more)


def _break_before(made: Sequence[Element]) -> None:
    """Let the first paragraph begin a page, if it is one."""
    if not made:
        return
    first = made[0]
    properties = first.find("{*}pPr")
    if properties is None:
        first = next((p for p in first.iter("{*}p")), first)
        properties = first.find("{*}pPr")
    if properties is not None:
        position = sum(child.tag.endswith(("}pStyle", "}keepNext")) for child in properties)
        properties.insert(position, el("w:pageBreakBefore"))


def _anchor(first: Element, name: str, context: Context) -> None:
    """Put a part's bookmark around the content of its first paragraph."""
    if not first.tag.endswith("}p"):
        return
    properties, *content = list(first)
    first[:] = [properties, *context.bookmarks.around(name, content)]


def _cover(item: Part, context: Context) -> list[Element]:
    """Title in the upper part, who and when at the foot, by space before the two groups."""
    page_height = context.height * 72 / 25.4
    top = [line for line in item.lines if line[0] in _COVER_TOP]
    foot = [line for line in item.lines if line[0] not in _COVER_TOP]
    used = sum(_line_height(role, text, context) for role, text in item.lines)
    free = max(0.0, page_height * (1 - _FOOT) - used)
    above = min(free * 0.45, page_height * 0.22)
    between = max(0.0, free - above)
    made = []
    for index, (role, text) in enumerate([*top, *foot]):
        style = _COVER_STYLES.get(role, "CoverLine")
        paragraph = _paragraph(style, text)
        if role == "url":
            paragraph = _url(style, text, context)
        space = above if index == 0 else between if index == len(top) else 0
        if space:
            paragraph[0].append(_space_before(style, space, context))
        made.append(paragraph)
    return made


def _url(style: str, text: str, context: Context) -> Element:
    from reportkit.model.report import Run

    from .inline import inline

    link = text if text.startswith(("https://", "http://")) else None
    return _paragraph(style, "", *inline((Run(text=text, link=link),), context))


_LOOKS = {"Title": "title", "Subtitle": "subtitle", "CoverLine": "cover_line"}


def _line_height(role: str, text: str, context: Context) -> float:
    """Height in pt that a line of the cover takes, with its space above and below."""
    look = context.style.texts[_LOOKS[_COVER_STYLES.get(role, "CoverLine")]]
    per_line = max(1, int(context.width * 72 / 25.4 / look.size))
    lines = -(-max(1, len(text)) // per_line)
    return lines * (look.line or look.size * 1.3) + look.before + look.after


def _space_before(style: str, space: float, context: Context) -> Element:
    look = context.style.texts[_LOOKS[style]]
    pitch = {"line": twips(look.line), "lineRule": "exact"} if look.line else {}
    return el(
        "w:spacing", {"before": twips(space + look.before), "after": twips(look.after), **pitch}
    )


def _statement(role: str, text: str) -> Element:
    """A line of the statement; what is left to fill in gets a ruled blank."""
    if role == "date":
        return _paragraph("SignOff", text)
    if role != "field" or not text.rstrip().endswith(("：", ":")):
        return _paragraph("Statement", text)
    made = _paragraph("Statement", text)
    made[0].append(
        el("w:tabs", None, el("w:tab", {"val": "left", "leader": "underscore", "pos": 7000}))
    )
    made.append(el("w:r", None, el("w:tab")))
    return made


def _contents(entries: Sequence[Entry], context: Context) -> list[Element]:
    """The contents as Word's own building block, so that Word offers to update it."""
    depth = max((entry.level for entry in entries), default=3)
    inside = _listing(entries, f'TOC \\o "1-{min(depth, HEADINGS)}" \\h \\z', context, None)
    gallery = el(
        "w:docPartObj",
        None,
        val("w:docPartGallery", "Table of Contents"),
        el("w:docPartUnique"),
    )
    block = el("w:sdt", None, el("w:sdtPr", None, gallery), el("w:sdtContent", None, *inside))
    return [block] if inside else []


def _listing(
    entries: Sequence[Entry], instruction: str, context: Context, style: str | None
) -> list[Element]:
    """A field whose result is one line an entry: text, dots, page."""
    lines = [_line(entry, context, style) for entry in entries]
    if lines:
        for position, element in enumerate(field_start(instruction)):
            lines[0].insert(1 + position, element)
        lines[-1].append(field_end())
    return lines


def _line(entry: Entry, context: Context, style: str | None) -> Element:
    name = context.bookmarks.page(entry.anchor)
    page = context.pages.get(entry.anchor, "")
    link = el(
        "w:hyperlink",
        {"anchor": name, "history": 1},
        text_run(entry.text),
        el("w:r", None, el("w:tab")),
        *field(f"PAGEREF {name} \\h", page, PLAIN),
    )
    return el(
        "w:p",
        None,
        el("w:pPr", None, val("w:pStyle", style or f"TOC{min(entry.level, HEADINGS)}")),
        link,
    )
