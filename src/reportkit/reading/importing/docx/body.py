"""The story of a part, block by block, as items of the stream."""

import re
from collections.abc import Sequence
from dataclasses import replace

from reportkit.model.base import Place

from ..stream import Break, Item, Picture, Plot, Role, Text
from . import tables
from .document import Document
from .inline import Inline, Piece
from .names import (
    ALTERNATE,
    BOX,
    PPR,
    RPR,
    SDT,
    SDT_CONTENT,
    TBL,
    VAL,
    Element,
    P,
    W,
    branch,
    value,
)
from .numbering import Label
from .objects import Objects, Words
from .styles import Format, Style, outlined, read_format
from .texts import Stood, join, main_size, stand, without_looks

DEEPEST = 12
"""Levels of tables, text boxes and content controls in each other that are followed."""
_CAPTIONS = re.compile(r"[表图]|图表|table|figure|fig\.?|chart", re.IGNORECASE)
_CASES = re.compile(r"案例|case", re.IGNORECASE)
_NEAR = 12
"""Characters before the number of a caption."""
_WHOLE_LOOK = frozenset({"heading", "title", "subtitle", "caption", "case", "toc"})
_ONE_LINE = _WHOLE_LOOK - {"title", "subtitle"}
"""Roles whose line breaks are for looks only."""


class Part:
    """What the stories of one part share. ``place`` is None where paragraphs are counted.

    ``kept`` collects the pieces of paragraphs by their elements, for those who ask for it.
    """

    def __init__(self, document: Document, inline: Inline, objects: Objects) -> None:
        self.document = document
        self.inline = inline
        self.objects = objects
        self.place: Place | None = None
        self.kept: dict[Element, list[Piece]] | None = None

    def where(self, paragraph: Element, cell: str) -> Place:
        """The place of a paragraph; those of other parts stand where they are referred to."""
        if self.place is not None:
            return self.place
        number = self.document.numbers.get(paragraph)
        return Place(file=self.document.file, paragraph=number, cell=cell or None)


class Story:
    """Reads blocks into ``items``. ``skip`` sets all text aside for a reason."""

    def __init__(
        self,
        part: Part,
        *,
        boxed: bool = False,
        cell: str = "",
        key: str = "",
        skip: str = "",
        depth: int = 0,
    ) -> None:
        self.part = part
        self.document = part.document
        self.boxed, self.cell, self.key, self.skip = boxed, cell, key, skip
        self.depth = depth
        self.items: list[Item] = []
        self._gap = 0
        self._carried: list[Stood] = []

    def inner(self, *, boxed: bool | None = None, cell: str = "", skip: str = "") -> "Story":
        """A story in this one: a text box or a cell."""
        return Story(
            self.part,
            boxed=self.boxed if boxed is None else boxed,
            cell=cell or self.cell,
            key=self.key,
            skip=skip or self.skip,
            depth=self.depth + 1,
        )

    def read(self, parent: Element) -> "Story":
        """Read all blocks of ``parent``."""
        self._blocks(parent)
        if self._carried:
            carried, self._carried = self._carried, []
            self._emit(carried, carried[0].place, Style(), Format(), None)
        return self

    def _blocks(self, parent: Element) -> None:
        for child in parent:
            tag = child.tag
            if tag == P:
                self._paragraph(child)
            elif tag == TBL:
                self._table(child)
            elif tag == SDT:
                self._control(child)
            elif tag == ALTERNATE:
                chosen = branch(child)
                if chosen is not None:
                    self._blocks(chosen)
            elif tag == W + "altChunk":
                self.document.note("foreign")
            elif tag not in (PPR, W + "sectPr", W + "tblPr", W + "tcPr", BOX):
                self._blocks(child)

    def _control(self, element: Element) -> None:
        content = element.find(SDT_CONTENT)
        if content is None:
            return
        before = self.key
        self.key = value(element.find(W + "sdtPr"), W + "tag") or self.key
        self._blocks(content)
        self.key = before

    def _table(self, element: Element) -> None:
        if self.depth > DEEPEST:
            self.document.set_aside(
                " ".join(_said(element)), self.document.anywhere, "嵌套过深的表格"
            )
            return
        self.items += tables.read(element, self)

    def _paragraph(self, element: Element) -> None:
        properties = element.find(PPR)
        direct = read_format(properties)
        style = self.document.styles.paragraph(direct.style)
        given = direct.over(style.format)
        place = self.part.where(element, self.cell)
        pieces = self.part.inline.paragraph(element, style, skip=self.skip, key=self.key)
        if self.part.kept is not None:
            self.part.kept[element] = pieces
        stood, self._carried = self._carried, []
        stood += stand(pieces, place)
        self._set_aside(pieces, place)
        if _runs_on(properties):
            self._carried = stood
            return
        label = None if self.skip else self._number(direct, style, given)
        if given.page_before and self.items:
            self.items.append(Break(place))
        self._emit(stood, place, style, replace(given, outline=direct.outline), label)
        if _ends_page(properties) and not self.cell:
            self.items.append(Break(place))

    def _set_aside(self, pieces: Sequence[Piece], place: Place) -> None:
        for piece in pieces:
            if piece.kind == "aside":
                self.document.set_aside(piece.text, place, piece.reason)

    def _number(self, direct: Format, style: Style, given: Format) -> Label | None:
        if not given.num:
            return None
        numbering = self.document.numbering
        depth = direct.level
        if depth is None:
            bound = numbering.depth(given.num, style.id)
            depth = given.level if bound is None else bound
        return numbering.next(given.num, depth or 0)

    def _emit(
        self, stood: Sequence[Stood], place: Place, style: Style, given: Format, label: Label | None
    ) -> None:
        """The items of a paragraph: its text, cut at page ends, and what is anchored in it."""
        sample = _sample(stood, place, style, given, label)
        current: list[Stood] = []
        anchored: list[Item] = []
        for one in stood:
            kind = one.piece.kind
            if kind == "object":
                found = self._object(one)
                if _seen(current):
                    anchored += found
                else:
                    self.items += found
            elif kind == "page" or (kind == "soft" and sample.role not in _ONE_LINE):
                sample = self._text(current, anchored, place, sample)
                current, anchored = [], []
                self.document.count_item()
                if kind == "page" and not self.cell:
                    self.items.append(Break(one.place))
            else:
                current.append(one)
        self._text(current, anchored, place, sample, last=True)

    def _text(
        self,
        stood: Sequence[Stood],
        anchored: Sequence[Item],
        place: Place,
        sample: Text,
        *,
        last: bool = False,
    ) -> Text:
        """Add a stretch of a paragraph; give what the next one looks like."""
        joined = join(stood, place)
        if joined.blank and not (self.cell and sample.number):
            self._gap += last and not anchored
            self.items += anchored
            return sample
        self.document.count_item()
        spans = without_looks(joined) if sample.role in _WHOLE_LOOK else joined.spans
        self.items.append(
            replace(
                sample,
                text=joined.text,
                place=joined.place,
                spans=spans,
                size=main_size(stood),
                gap=self._gap,
                boxed=self.boxed,
                key=_key(stood) or self.key,
            )
        )
        self._gap = 0
        self.items += anchored
        return replace(sample, number="", indent=None)

    def _object(self, one: Stood) -> list[Item]:
        """The items of a drawing or an embedded object; text boxes are stories of their own."""
        made: list[Item] = []
        if one.piece.reason:
            for box in one.piece.node.iter(BOX):
                self.document.set_aside(" ".join(_said(box)), one.place, one.piece.reason)
            return made
        for found in self.part.objects.expand(one.piece.node, one.place):
            self.document.count_item()
            if isinstance(found, Picture | Plot):
                made.append(found)
            elif isinstance(found, Words):
                made.append(
                    Text(found.text, one.place.model_copy(update={"column": None}), boxed=True)
                )
            elif self.depth > DEEPEST:
                self.document.set_aside(" ".join(_said(found)), one.place, "嵌套过深的文本框")
            else:
                stack = self.part.inline.fresh()
                made += self.inner(boxed=True).read(found).items
                self.part.inline.back(stack)
        return made


def _sample(
    stood: Sequence[Stood], place: Place, style: Style, given: Format, label: Label | None
) -> Text:
    """What all stretches of a paragraph have in common."""
    role, level = style.role, style.level
    if given.outline is not None:
        role, level = outlined(role, level, given.outline)
    if any(one.piece.mark.toc and one.piece.text.strip() for one in stood):
        role, level = "toc", level if role == "toc" else None
    elif not role:
        role = _counted(stood)
    if label is not None and not role:
        role, level = "list", label.level
    indent = None
    if given.indent is not None:
        chars, twips = given.indent
        size = main_size(stood) or 10.5
        indent = chars if chars is not None else round((twips or 0) / 20 / size, 1)
    return Text(
        "",
        place,
        role=role,
        level=level,
        number=label.text if label else "",
        ordered=bool(label and label.ordered),
        align=given.align or "",
        indent=indent,
    )


def _counted(stood: Sequence[Stood]) -> Role:
    """The role that a SEQ field near the beginning tells."""
    before = 0
    for one in stood:
        sequence = one.piece.mark.sequence
        if sequence and before <= _NEAR:
            if _CASES.match(sequence):
                return "case"
            return "caption" if _CAPTIONS.match(sequence) else ""
        before += len(one.piece.text) if one.piece.visible else 0
    return ""


def _seen(stood: Sequence[Stood]) -> bool:
    return any(one.piece.visible and one.piece.text.strip() for one in stood)


def _key(stood: Sequence[Stood]) -> str:
    """The tag of the content control that all of the text stands in."""
    keys = {
        one.piece.mark.key for one in stood if one.piece.kind == "text" and one.piece.text.strip()
    }
    return keys.pop() if len(keys) == 1 else ""


def _runs_on(properties: Element | None) -> bool:
    """Whether the next paragraph continues this one: a deleted end, or a drop cap."""
    if properties is None:
        return False
    mark = properties.find(RPR)
    if mark is not None and any(mark.find(W + name) is not None for name in ("del", "moveFrom")):
        return True
    frame = properties.find(W + "framePr")
    return frame is not None and frame.get(W + "dropCap", "none") != "none"


def _ends_page(properties: Element | None) -> bool:
    section = None if properties is None else properties.find(W + "sectPr")
    if section is None:
        return False
    kind = section.find(W + "type")
    return kind is None or kind.get(VAL) not in ("continuous", "nextColumn")


def _said(element: Element) -> list[str]:
    return [item.text for item in element.iter(W + "t") if item.text]
