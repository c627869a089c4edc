"""From words in a paragraph to the runs that hold them, split where the words begin and end."""

from collections.abc import Iterable, Iterator, Sequence
from copy import copy, deepcopy
from dataclasses import dataclass

from reportkit.reading.importing.docx.inline import Piece
from reportkit.reading.importing.docx.names import (
    ALTERNATE,
    BOX,
    PPR,
    RPR,
    RUN,
    SDT,
    Element,
    P,
    W,
    value,
)

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_CLOSED = tuple(W + name for name in ("text", "comboBox", "dropDownList", "date"))
"""Content controls that hold plain text only; comments stand around them and locked ones."""


@dataclass(frozen=True, slots=True)
class Spot:
    """The first and the last element of a stretch; both stand where comment marks may.

    ``before`` says that all marks stand before the first element, around nothing.
    """

    first: Element
    last: Element
    before: bool = False


class Line:
    """The visible text of one paragraph, and the elements that hold it from left to right."""

    def __init__(self, paragraph: Element, pieces: Sequence[Piece]) -> None:
        self.paragraph = paragraph
        self._pieces: list[tuple[int, int, Piece]] = []
        at = 0
        for piece in pieces:
            size = len(piece.text) if piece.visible else 0
            self._pieces.append((at, at + size, piece))
            at += size
        self.text = "".join(piece.text for piece in pieces if piece.visible)
        self._holders: list[tuple[int, int, Element]] = []

    def notes(self) -> Iterable[tuple[str, Element]]:
        """Keys of the footnotes that are marked in the paragraph, and the marks' runs."""
        for _, _, piece in self._pieces:
            if piece.kind == "note" and piece.run is not None:
                yield piece.mark.note, piece.run

    def split(self, offsets: Iterable[int]) -> None:
        """Let runs end at these offsets. May be called once, before :meth:`spot`."""
        cuts = sorted(set(offsets))
        by_run: dict[Element, list[tuple[int, int, Piece]]] = {}
        for start, end, piece in self._pieces:
            if piece.visible and start < end:
                holder = piece.node if piece.run is None else piece.run
                by_run.setdefault(holder, []).append((start, end, piece))
        for holder, pieces in by_run.items():
            start, end = pieces[0][0], pieces[-1][1]
            inner = [cut for cut in cuts if start < cut < end] if holder.tag == RUN else []
            self._holders += _split(holder, pieces, start, end, inner)

    def spot(self, start: int, end: int) -> Spot:
        """The elements from ``start`` to ``end``; the whole paragraph where nothing is there."""
        inside = [element for a, b, element in self._holders if a < end and b > start]
        if not inside:
            return self.whole()
        first, last = self._around_fields(inside[0], inside[-1])
        return Spot(liftable(first), liftable(last))

    def _around_fields(self, first: Element, last: Element) -> tuple[Element, Element]:
        """The stretch with the whole of fields that it begins or ends in.

        Comments in the result of a field are lost when the field is updated.
        """
        runs = list(self.paragraph.iter(RUN))
        at = {run: index for index, run in enumerate(runs)}
        if first not in at or last not in at:
            return first, last
        start, end = at[first], at[last]
        for a, b in _fields(runs):
            if a <= start <= b:
                start = min(start, a)
            if a <= end <= b:
                end = max(end, b)
        return runs[start], runs[end]

    def in_contents(self, words: tuple[int, int]) -> bool:
        """Whether words stand in a table of contents that Word makes."""
        return any(piece.mark.toc for a, b, piece in self._pieces if a < words[1] and b > words[0])

    @property
    def boxed(self) -> bool:
        """Whether the paragraph is in a text box, where comments cannot stand."""
        return next(self.paragraph.iterancestors(BOX), None) is not None

    def whole(self) -> Spot:
        """All content of the paragraph; the paragraph itself where it is empty."""
        return whole(self.paragraph)


def _fields(runs: Sequence[Element]) -> Iterator[tuple[int, int]]:
    """First and last run of each field that begins and ends among ``runs``."""
    begun: list[int] = []
    for index, run in enumerate(runs):
        for mark in run.iterchildren(W + "fldChar"):
            kind = mark.get(W + "fldCharType")
            if kind == "begin":
                begun.append(index)
            elif kind == "end" and begun:
                yield begun.pop(), index


def whole(paragraph: Element) -> Spot:
    """All content of a paragraph, or of the one around its text box."""
    boxes = list(paragraph.iterancestors(BOX))
    if boxes:
        run = liftable(boxes[-1])
        return Spot(run, run)
    content = [child for child in paragraph if child.tag != PPR]
    return Spot(content[0], content[-1]) if content else Spot(paragraph, paragraph)


def liftable(element: Element) -> Element:
    """The element, or the one around it before and behind which a comment's marks may stand."""
    found = element
    for ancestor in element.iterancestors():
        if ancestor.tag in (BOX, ALTERNATE, W + "ruby") or _closed(ancestor):
            found = ancestor
    while found.tag != RUN and _in_run(found):
        parent = found.getparent()
        assert parent is not None
        found = parent
    return found


def _closed(element: Element) -> bool:
    """Whether an element is a control within a line that takes no comments."""
    parent = element.getparent()
    if element.tag != SDT or parent is None or parent.tag in (W + "body", W + "tc", SDT):
        return False
    properties = element.find(W + "sdtPr")
    if properties is None or next(element.iter(P), None) is not None:
        return False
    if (value(properties, W + "lock") or "").casefold().endswith("contentlocked"):
        return True
    return any(properties.find(name) is not None for name in _CLOSED)


def _in_run(element: Element) -> bool:
    for ancestor in element.iterancestors():
        if ancestor.tag == RUN:
            return True
        if ancestor.tag == P:
            return False
    return False


def _split(
    run: Element, pieces: list[tuple[int, int, Piece]], start: int, end: int, cuts: list[int]
) -> list[tuple[int, int, Element]]:
    """Split a run at offsets; give the runs with their extents, from left to right."""
    made: list[tuple[int, int, Element]] = []
    for cut in reversed(cuts):
        tail = _cut(run, pieces, cut)
        if tail is not None:
            made.insert(0, (cut, end, tail))
            end = cut
    made.insert(0, (start, end, run))
    return made


def _cut(run: Element, pieces: list[tuple[int, int, Piece]], cut: int) -> Element | None:
    """Move what stands behind ``cut`` into a new run; None where nothing can be cut there."""
    for start, end, piece in pieces:
        if start < cut < end:
            if not piece.exact or piece.node.getparent() is not run:
                return None
            behind = _cut_text(piece.node, cut - start)
            break
        if start == cut:
            node = piece.node
            if node.getparent() is not run:
                return None
            behind = node
            break
    else:
        return None
    tail = run.makeelement(run.tag, {str(key): str(said) for key, said in run.attrib.items()})
    properties = run.find(RPR)
    if properties is not None:
        tail.append(deepcopy(properties))
    moved = [behind, *behind.itersiblings()]
    tail.extend(moved)
    _after(run, tail)
    return tail


def _cut_text(node: Element, offset: int) -> Element:
    """Cut a ``w:t`` in two; give the second, which stands behind the first."""
    text = node.text or ""
    tail = copy(node)
    node.text, tail.text = text[:offset], text[offset:]
    for part in (node, tail):
        part.set(_SPACE, "preserve")
    _after(node, tail)
    return tail


def _after(element: Element, new: Element) -> None:
    """Put ``new`` behind ``element``, blanks between the elements staying where they are."""
    new.tail, element.tail = element.tail, None
    element.addnext(new)
