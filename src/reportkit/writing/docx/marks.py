"""Invisible marks that tell from which block of the report a paragraph or table came.

A mark is a hidden bookmark, which Word, WPS and LibreOffice all keep: ``_rk_<block>_<blocks>
<role><n>_<fingerprint>``. ``block`` counts the blocks of the report in print order from 1,
``blocks`` is how many there are, ``role`` says what of the block it is, ``n`` counts within the
role, and the fingerprint is that of the words as they were written. So a reader can tell which
words were edited, and whether the file was made from the same report.
"""

import hashlib
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from reportkit.model.report import RBlock, Report, RTable

from .walk import blocks_of
from .xml import Element, qname

if TYPE_CHECKING:
    from .fields import Bookmarks

Role = Literal["text", "caption", "unit", "note", "part", "grid", "picture"]
_LETTERS: dict[Role, str] = {
    "text": "t", "caption": "c", "unit": "u", "note": "n", "part": "x", "grid": "g", "picture": "p",
}  # fmt: skip
_ROLES = {letter: role for role, letter in _LETTERS.items()}
_STYLES: dict[str, Role] = {
    "Caption": "caption",
    "FigureCaption": "caption",
    "TableUnit": "unit",
    "TableText": "part",
    "Picture": "picture",
}
_NAME = re.compile(r"_rk_(\d{1,7})_(\d{1,7})([a-z])(\d{1,5})_([0-9a-f]{8})")
_P, _TBL, _PPR, _STYLE, _VAL, _TEXT = (
    qname(f"w:{name}") for name in ("p", "tbl", "pPr", "pStyle", "val", "t")
)
_START, _BOOKMARK, _DRAWING = (qname(f"w:{name}") for name in ("bookmarkStart", "name", "drawing"))
_BLANKS = re.compile(r"\s+")


class Mark(NamedTuple):
    """A mark taken apart."""

    block: int
    blocks: int
    role: Role
    n: int
    fingerprint: str

    @property
    def name(self) -> str:
        """The bookmark's name."""
        return f"_rk_{self.block}_{self.blocks}{_LETTERS[self.role]}{self.n}_{self.fingerprint}"


def parse(name: str) -> Mark | None:
    """The mark that a bookmark's name is; None for other bookmarks."""
    found = _NAME.fullmatch(name)
    if found is None or found[3] not in _ROLES:
        return None
    return Mark(int(found[1]), int(found[2]), _ROLES[found[3]], int(found[4]), found[5])


def fingerprint(element: Element) -> str:
    """Eight hex digits of the words in a paragraph or table; blanks do not count."""
    words = _BLANKS.sub("", "".join(item.text or "" for item in element.iter(_TEXT)))
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:8]


class Marks:
    """Puts the marks of one report into its document."""

    def __init__(self, report: Report, bookmarks: "Bookmarks") -> None:
        self._numbers = {id(block): n for n, block in enumerate(blocks_of(report), 1)}
        self._bookmarks = bookmarks

    def put(self, block: RBlock, elements: Sequence[Element]) -> None:
        """Mark the elements of a block that no block in it has marked already."""
        number = self._numbers.get(id(block))
        if number is None:
            return
        counted: dict[Role, int] = {}
        for element in elements:
            role = _role(block, element)
            holder = next(element.iter(_P), None)
            if role is None or holder is None or _marked(element):
                continue
            n = counted[role] = counted.get(role, -1) + 1
            mark = Mark(number, len(self._numbers), role, n, fingerprint(element))
            first = holder[0] if len(holder) and holder[0].tag == _PPR else None
            content = [child for child in holder if child is not first]
            holder[:] = [
                *([first] if first is not None else ()),
                *self._bookmarks.around(mark.name, content),
            ]


def _marked(element: Element) -> bool:
    """Whether a block inside has put its mark already."""
    return any(parse(item.get(_BOOKMARK, "")) for item in element.iter(_START))


def _role(block: RBlock, element: Element) -> Role | None:
    """What of a block an element is; None for what says nothing."""
    if element.tag == _TBL:
        return "grid" if isinstance(block, RTable) else "picture"
    if element.tag != _P:
        return None
    if not _BLANKS.sub("", "".join(item.text or "" for item in element.iter(_TEXT))):
        return "picture" if next(element.iter(_DRAWING), None) is not None else None
    style = element.find(f"{_PPR}/{_STYLE}")
    name = "" if style is None else style.get(_VAL, "")
    if block.type in ("table", "figure", "chart"):
        return _STYLES.get(name, "note")
    return "text"
