"""Fields with their cached results, bookmarks and links: what Word needs to keep numbers alive."""

from collections.abc import Iterable, Sequence
from copy import copy

from .looks import LANGUAGE
from .xml import Element, clean, el, qname, val

_RUN, _TEXT, _TAB, _BREAK = qname("w:r"), qname("w:t"), qname("w:tab"), qname("w:br")
_SPACE = qname("xml:space")


def look(
    *,
    bold: bool = False,
    italic: bool = False,
    style: str | None = None,
    font: str | None = None,
    hidden: bool = False,
) -> Element:
    """``w:rPr`` of a run: the Chinese font for “”……— (another one if given), language Chinese."""
    return el(
        "w:rPr",
        None,
        val("w:rStyle", style) if style else None,
        el("w:rFonts", {"hint": "eastAsia"} | ({"eastAsia": font} if font else {})),
        *([el("w:b"), el("w:bCs")] if bold else ()),
        *([el("w:i"), el("w:iCs")] if italic else ()),
        el("w:vanish") if hidden else None,
        el("w:lang", LANGUAGE),
    )


_NAMES = (
    "pStyle keepNext keepLines pageBreakBefore numPr pBdr shd tabs overflowPunct spacing ind jc",
    "outlineLvl sectPr",
)
_ORDER = {qname(f"w:{name}"): place for place, name in enumerate(" ".join(_NAMES).split())}


def paragraph(
    style: str | None, content: Iterable[Element], *properties: Element | None
) -> Element:
    """A paragraph; its properties are put into the order that the schema wants."""
    given = [item for item in properties if item is not None]
    if style:
        given.append(val("w:pStyle", style))
    given.sort(key=lambda item: _ORDER[item.tag])
    return el("w:p", None, el("w:pPr", None, *given), *content)


def plain_paragraph(style: str, text: str) -> Element:
    """A paragraph of one plain run."""
    return paragraph(style, [text_run(text)] if text else [])


PLAIN = look()
_HIDDEN = look(hidden=True)


def text_run(text: str, properties: Element = PLAIN) -> Element:
    """A run of text; line feeds and tabs become breaks and tabs."""
    run = el("w:r", None, copy(properties))
    rest = clean(text)
    while rest:
        cut = min((at for at in (rest.find("\n"), rest.find("\t")) if at >= 0), default=-1)
        piece = rest if cut < 0 else rest[:cut]
        if piece:
            made = run.makeelement(_TEXT)
            made.text = piece
            if piece[0] == " " or piece[-1] == " " or "  " in piece:
                made.set(_SPACE, "preserve")
            run.append(made)
        if cut < 0:
            break
        run.append(run.makeelement(_BREAK if rest[cut] == "\n" else _TAB))
        rest = rest[cut + 1 :]
    return run


def field(
    instruction: str, result: str | Sequence[Element], properties: Element = PLAIN
) -> list[Element]:
    """A complex field showing ``result``, which stands until the user updates it."""
    shown = [text_run(result, properties)] if isinstance(result, str) else list(result)
    return [*field_start(instruction, properties), *shown, field_end(properties)]


def field_start(instruction: str, properties: Element = PLAIN) -> list[Element]:
    """The runs before a field's result."""
    code = el("w:instrText", {"xml:space": "preserve"})
    code.text = f" {clean(instruction)} "
    return [
        el("w:r", None, copy(properties), el("w:fldChar", {"fldCharType": "begin"})),
        el("w:r", None, copy(properties), code),
        el("w:r", None, copy(properties), el("w:fldChar", {"fldCharType": "separate"})),
    ]


def field_end(properties: Element = PLAIN) -> Element:
    """The run after a field's result."""
    return el("w:r", None, copy(properties), el("w:fldChar", {"fldCharType": "end"}))


def hidden_field(instruction: str) -> list[Element]:
    """A field without result, such as an entry for a list (TC)."""
    code = el("w:instrText", {"xml:space": "preserve"})
    code.text = f" {clean(instruction)} "
    return [
        el("w:r", None, copy(_HIDDEN), el("w:fldChar", {"fldCharType": "begin"})),
        el("w:r", None, copy(_HIDDEN), code),
        el("w:r", None, copy(_HIDDEN), el("w:fldChar", {"fldCharType": "end"})),
    ]


class Bookmarks:
    """Bookmarks by the report's anchors: ``_Toc…`` for pages, ``_Ref…`` for the words referred to.

    Names and ids come from the order of first use, so the same report gives the same file.
    """

    def __init__(self) -> None:
        self._names: dict[tuple[str, str], str] = {}
        self._placed: set[str] = set()
        self._last = 0

    def page(self, anchor: str) -> str:
        """The bookmark that tells the page of an anchor."""
        return self._name("_Toc", anchor)

    def words(self, anchor: str) -> str:
        """The bookmark around the words that a reference repeats."""
        return self._name("_Ref", anchor)

    def _name(self, prefix: str, anchor: str) -> str:
        return self._names.setdefault((prefix, anchor), f"{prefix}{100000001 + len(self._names)}")

    def around(self, name: str, content: Sequence[Element]) -> list[Element]:
        """``content`` between the ends of a bookmark; a name is placed only once."""
        if name in self._placed:
            return list(content)
        self._placed.add(name)
        self._last += 1
        start = el("w:bookmarkStart", {"id": self._last, "name": name})
        return [start, *content, el("w:bookmarkEnd", {"id": self._last})]
