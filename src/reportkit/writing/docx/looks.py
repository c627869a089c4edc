"""A TextStyle in the words of Word: fonts, sizes, spacing, indents. All lengths in twips."""

import math

from reportkit.model.style import Font, Style, TextStyle

from .xml import Element, el, val

LANGUAGE = {"val": "en-US", "eastAsia": "zh-CN"}
_ALIGN = {"justify": "both", "left": "left", "center": "center", "right": "right"}


def twips(points: float) -> int:
    """Twentieths of a point."""
    return round(points * 20)


def mm(length: float) -> int:
    """Millimetres as twips."""
    return round(length * 1440 / 25.4)


def emu(length: float) -> int:
    """Millimetres as English metric units, in which drawings are measured."""
    return round(length * 36000)


def colour(value: str) -> str:
    """``#1F4E79`` as Word writes it."""
    return value.removeprefix("#").upper()


def text_width(style: Style) -> float:
    """Width of the text block in mm."""
    return style.page.width - style.page.inside - style.page.outside


def text_height(style: Style) -> float:
    """Height of the text block in mm."""
    return style.page.height - style.page.top - style.page.bottom


def pitch(style: Style, lines: float) -> float:
    """The height of so many lines of body text in pt; the page's stylesheet takes the same."""
    return (style.texts["body"].line or 20.0) * lines


def fonts(font: Font) -> Element:
    """Fonts by name, never by theme, and “”……— taken from the Chinese one."""
    return el(
        "w:rFonts",
        {
            "hint": "eastAsia",
            "ascii": font.latin,
            "eastAsia": font.word,
            "hAnsi": font.latin,
            "cs": font.latin,
        },
    )


def size(points: float) -> tuple[Element | None, Element, Element]:
    """``w:spacing``, ``w:sz`` and ``w:szCs`` for a type size.

    Word sets type in half points. A size between two is made of the larger one, with the
    characters that much closer: 15.75pt is 三号 (16pt) with 28 characters in 156 mm.
    """
    half = math.ceil(points * 2)
    closer = twips(points) - half * 10
    return val("w:spacing", closer) if closer else None, val("w:sz", half), val("w:szCs", half)


def run_look(text: TextStyle, style: Style, *, explicit: bool = False) -> Element:
    """``w:rPr`` of a style. ``explicit`` also switches off what a parent style switched on."""
    spacing, sz, sz_cs = size(text.size)
    if spacing is None and (explicit or _spaced(style)):
        spacing = val("w:spacing", 0)
    off = explicit and not text.bold
    return el(
        "w:rPr",
        None,
        fonts(style.fonts[text.font]),
        el("w:b") if text.bold else val("w:b", 0) if off else None,
        el("w:bCs") if text.bold else val("w:bCs", 0) if off else None,
        val("w:color", colour(text.colour)) if explicit or text.colour != "#000000" else None,
        spacing,
        sz,
        sz_cs,
    )


def _spaced(style: Style) -> bool:
    """Whether 正文, on which all styles are based, has its characters set closer."""
    return size(style.texts["body"].size)[0] is not None


def indent(text: TextStyle, *, first: float | None = None, left: float = 0) -> Element:
    """Indents in characters, with the same in twips for programs that know no characters.

    ``first`` overrides the first-line indent, ``left`` adds to the left one.
    """
    first = text.indent if first is None else first
    found = {"left": text.left + left, "right": text.right, "firstLine": first}
    attributes: dict[str, int] = {}
    for name, chars in found.items():
        attributes[f"{name}Chars"] = round(chars * 100)
        attributes[name] = twips(chars * text.size)
    return el("w:ind", attributes)


def line_spacing(text: TextStyle) -> Element:
    """Space above and below and the line pitch, exact where the style gives one."""
    pitch = {"line": twips(text.line), "lineRule": "exact"} if text.line else _AUTOMATIC
    return el("w:spacing", {"before": twips(text.before), "after": twips(text.after), **pitch})


_AUTOMATIC: dict[str, str | int] = {"line": 240, "lineRule": "auto"}


def paragraph_look(
    text: TextStyle,
    *,
    page_break: bool = False,
    outline: int | None = None,
    numbered: Element | None = None,
    tabs: Element | None = None,
    keep_lines: bool = False,
    base: bool = False,
) -> Element:
    """``w:pPr`` of a style; ``base`` is the one on which all others are based.

    It says two defaults of Word, because LibreOffice has others: no line of a paragraph alone on a
    page, and punctuation may stand beyond the edge. LibreOffice 7.4 takes the latter the wrong way
    round; where it lets punctuation stand out of a full line, it prints nothing in its place.
    """
    return el(
        "w:pPr",
        None,
        el("w:keepNext") if text.keep_with_next else val("w:keepNext", 0),
        el("w:keepLines") if keep_lines else None,
        el("w:pageBreakBefore") if page_break else None,
        el("w:widowControl") if base else None,
        numbered,
        tabs,
        val("w:overflowPunct", 1) if base else None,
        line_spacing(text),
        indent(text),
        val("w:jc", _ALIGN[text.align]),
        val("w:outlineLvl", outline) if outline is not None else None,
    )
