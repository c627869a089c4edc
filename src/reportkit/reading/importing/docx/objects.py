"""Drawings, VML and embedded objects: the pictures, charts and text boxes in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from reportkit.model.base import Place

from ..stream import Picture, Plot
from . import chart
from .names import BOX, DGM, WP, A, C, Element, O, R, V, W, number, walk

if TYPE_CHECKING:
    from .document import Document

_EMU_A_TWIP = 635
PICTURE_LIMIT = 3000
"""Pictures that are taken out of a document."""
PICTURES_SIZE = 400_000_000
"""Bytes that they may have together."""
_LONGEST_ALT = 1000
_CHARTEX = "{http://schemas.microsoft.com/office/drawing/2014/chartex}chart"


@dataclass(frozen=True, slots=True)
class Words:
    """Text of a drawing that is not in paragraphs: WordArt, the labels of a SmartArt."""

    text: str


Found = Picture | Plot | Words | Element


class Objects:
    """Opens the objects of one part; ``width`` is that of the text block in twips."""

    def __init__(self, document: "Document", source: str, width: int) -> None:
        self.document = document
        self.relations = document.package.relations(source)
        self.width = max(width, 1)

    def expand(self, node: Element, place: Place) -> Iterator[Found]:
        """What ``node`` holds, in order; text boxes come as their ``w:txbxContent``."""
        if node.tag in (W + "altChunk", W + "subDoc"):
            self.document.note("foreign")
            return
        alt, percent = self._frame(node)
        for item in walk(node, frozenset({BOX})):
            if item.tag == BOX:
                yield item
            elif item.tag in (A + "blip", V + "imagedata"):
                yield self._picture(item, place, _alt(item) or alt, percent)
            elif item.tag == C + "chart":
                yield from self._chart(item, place, alt)
            elif item.tag == _CHARTEX:
                self.document.note("chart")
            elif item.tag == DGM + "relIds":
                yield from self._diagram(item)
            elif item.tag == V + "textpath" and item.get("string", "").strip():
                yield Words(item.get("string", ""))
            elif item.tag in (O + "OLEObject", W + "control"):
                self.document.note("object")

    def _frame(self, node: Element) -> tuple[str, int | None]:
        """Alternative text and width in percent of the text block."""
        properties = next(node.iter(WP + "docPr"), None)
        extent = next(node.iter(WP + "extent"), None)
        alt = "" if properties is None else properties.get("descr") or properties.get("title") or ""
        if extent is None:
            return alt, None
        percent = round(100 * number(extent.get("cx")) / _EMU_A_TWIP / self.width)
        return alt, min(100, max(10, percent))

    def _picture(self, item: Element, place: Place, alt: str, percent: int | None) -> Picture:
        identity = item.get(R + "embed") or item.get(R + "id") or ""
        relation = self.relations.get(identity)
        content, name = None, ""
        if relation is not None and not relation.external:
            name = PurePosixPath(relation.target).name
            content = self.document.picture(relation.target)
        elif relation is not None or item.get(R + "link"):
            linked = relation or self.relations.get(item.get(R + "link", ""))
            name = PurePosixPath(linked.target.replace("\\", "/")).name if linked else ""
        return Picture(place, content, name, alt.strip()[:_LONGEST_ALT], percent)

    def _chart(self, item: Element, place: Place, alt: str) -> Iterator[Plot]:
        relation = self.relations.get(item.get(R + "id", ""))
        root = None if relation is None else self.document.part(relation.target, "图表")
        if root is None:
            return
        rows = chart.rows_of(root)
        if not rows:
            self.document.note("chart")
        alt = alt.strip()[:_LONGEST_ALT]
        yield Plot(place, rows, chart.shape_of(root), chart.title_of(root), alt)

    def _diagram(self, item: Element) -> Iterator[Words]:
        relation = self.relations.get(item.get(R + "dm", ""))
        root = None if relation is None else self.document.part(relation.target, "SmartArt 图形")
        for paragraph in () if root is None else root.iter(A + "p"):
            text = "".join(part.text or "" for part in paragraph.iter(A + "t"))
            if text.strip():
                yield Words(text)


def _alt(item: Element) -> str:
    """What a picture in a group, or a VML picture, says of itself."""
    for parent in item.iterancestors():
        name = parent.tag.rpartition("}")[2]
        if name == "pic":
            properties = next((e for e in parent.iter() if e.tag.endswith("}cNvPr")), None)
            return "" if properties is None else properties.get("descr", "")
        if name == "shape":
            return parent.get("alt", "")
        if name in ("drawing", "pict", "object"):
            break
    return ""
