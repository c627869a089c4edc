"""Parts of the report: cover, statement, contents, lists, chapters, sign-off, colophon."""

from collections.abc import Sequence

from reportkit.model.report import Entry, Part
from reportkit.model.standard import PartKind
from reportkit.writing.plan import starts_page, title_lines

from .blocks import blocks
from .context import Context
from .cover import cover, statement
from .fields import PLAIN, field, field_end, field_start, paragraph, plain_paragraph, text_run
from .looks import pitch, twips
from .styles import HEADINGS
from .xml import Element, el, qname, val

_PARAGRAPH, _PROPERTIES = qname("w:p"), qname("w:pPr")
_BEFORE_BREAK = frozenset({qname("w:pStyle"), qname("w:keepNext"), qname("w:keepLines")})


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
    title = [plain_paragraph("PartTitle", item.title)] if item.title else []
    match item.kind:
        case PartKind.COVER:
            return cover(item, context)
        case PartKind.TOC:
            return [*title, *_contents(item.entries, context)]
        case PartKind.LIST_OF_TABLES | PartKind.LIST_OF_FIGURES | PartKind.LIST_OF_CASES:
            instruction = context.captions.instruction(item.kind)
            return [*title, *_listing(item.entries, instruction, context, "TableofFigures")]
        case PartKind.STATEMENT:
            return [*title, *[statement(role, text, context) for role, text in item.lines]]
        case PartKind.SIGN_OFF:
            space = [plain_paragraph("SignOff", "")] if item.lines else []
            return [*title, *space, *[plain_paragraph("SignOff", text) for _, text in item.lines]]
        case PartKind.COLOPHON:
            return [*title, *[plain_paragraph("Colophon", text) for _, text in item.lines]]
        case _:
            lines = [plain_paragraph("NormalIndent", text) for _, text in item.lines]
            return [*title, *lines, *blocks(item.blocks, context)]


def opening(title: str, context: Context) -> Element:
    """The title of a report without cover, above its first part, a line of text apart from it."""
    below = el("w:spacing", {"after": twips(pitch(context.style, 1))})
    words = text_run("\n".join(title_lines(title, context.style)))
    return paragraph("Title", [words], el("w:keepNext"), below)


def _break_before(made: Sequence[Element]) -> None:
    """Let the first paragraph begin a page, within a table or a frame too."""
    properties = next((item for first in made[:1] for item in first.iter(_PROPERTIES)), None)
    if properties is not None:
        before = sum(child.tag in _BEFORE_BREAK for child in properties)
        properties.insert(before, el("w:pageBreakBefore"))


def _anchor(first: Element, name: str, context: Context) -> None:
    """Put a part's bookmark around the content of its first paragraph."""
    if first.tag != _PARAGRAPH:
        return
    properties, *content = list(first)
    first[:] = [properties, *context.bookmarks.around(name, content)]


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
    return paragraph(style or f"TOC{min(entry.level, HEADINGS)}", [link])
