"""The drawing that Excel wants for each cell comment (VML, as Excel itself writes it)."""

import re
from collections.abc import Iterable

from lxml import etree

from reportkit.reading.ooxml import Damaged, parse

_V, _X = "{urn:schemas-microsoft-com:vml}", "{urn:schemas-microsoft-com:office:excel}"
_NOTE = """\
<v:shape id="_x0000_s{id}" type="#_x0000_t202" style="position:absolute;margin-left:60pt;\
margin-top:2pt;width:260pt;height:150pt;z-index:{order};visibility:hidden" fillcolor="#ffffe1" \
o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/>\
<v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto">\
<div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/>\
<x:SizeWithCells/><x:Anchor>{left}, 15, {top}, 2, {right}, 31, {bottom}, 1</x:Anchor>\
<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData>\
</v:shape>"""
_SPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_DRAWING = """\
<xml {spaces}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{block}"/></o:shapelayout>\
<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" \
path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/>\
<v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype></xml>"""
_BLOCK = 1024
_COLUMNS, _ROWS = 5, 9
"""Size of a comment in cells."""


def new_drawing(number: int) -> bytes:
    """An empty drawing; ``number`` keeps its shapes apart from those of other sheets."""
    return _DRAWING.format(spaces=_SPACES, block=number + 1).encode()


def add_notes(drawing: bytes, cells: list[tuple[int, int]]) -> bytes:
    """``drawing`` with a hidden note for each cell (row and column from 0)."""
    at = drawing.rfind(b"</xml")
    if at < 0 or not cells:
        return drawing
    first = _free_id(drawing)
    notes = "".join(
        _NOTE.format(
            id=first + n, order=n + 1, row=row, column=column, left=column + 1,
            top=max(0, row - 1), right=column + 1 + _COLUMNS, bottom=max(0, row - 1) + _ROWS,
        )
        for n, (row, column) in enumerate(cells)
    )  # fmt: skip
    # The prefixes may be bound otherwise in a foreign drawing: each note brings its own.
    notes = notes.replace("<v:shape id", f"<v:shape {_SPACES} id")
    return drawing[:at] + notes.encode() + drawing[at:]


def without_notes(drawing: bytes, cells: Iterable[tuple[int, int]]) -> bytes | None:
    """``drawing`` without the notes of cells; None if it cannot be parsed."""
    gone = {(str(row), str(column)) for row, column in cells}
    try:
        root = parse(drawing, "vml")
    except Damaged:
        return None
    for shape in list(root.iter(_V + "shape")):
        place = shape.findtext(f".//{_X}Row"), shape.findtext(f".//{_X}Column")
        holder = shape.getparent()
        if place in gone and holder is not None:
            holder.remove(shape)
    return etree.tostring(root)


def _free_id(drawing: bytes) -> int:
    """An id behind all that are taken in this drawing."""
    taken = [int(found) for found in re.findall(rb"_x0000_s(\d+)", drawing)]
    block = re.search(rb'data="(\d+)', drawing)
    return max([*taken, (int(block[1]) if block else 1) * _BLOCK]) + 1
