"""A paragraph as pieces: each stretch of text with the element that holds it.

The text of a paragraph is the visible pieces one after the other; a tab, a line break (``\\n``)
and a page break (``\\f``) count as one character. ``Place.column`` counts in this text, and
whoever wants to mark words in the file again (the writer of comments) walks the same pieces.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from . import fields
from .fields import Field, Fields
from .maths import linear
from .names import (
    ALTERNATE,
    BOX,
    ID,
    PPR,
    RPR,
    RUN,
    SDT,
    SDT_CONTENT,
    VAL,
    Element,
    M,
    O,
    R,
    V,
    W,
    branch,
    number,
    value,
)  # fmt: skip
from .styles import Looks, Style, Styles, read_looks
from .symbols import symbol, translated

Kind = Literal["text", "soft", "page", "note", "aside", "object"]

DELETED, MOVED, HIDDEN = "修订中删去的文字", "修订中移走的文字", "隐藏文字"
CODE, READING = "域代码", "注音"
_FEEDS = str.maketrans("\r\n\t", "   ")
_SWITCHES = ("b", "i", "raised", "vanish")


@dataclass(frozen=True, slots=True)
class Mark:
    """What surrounds a piece: its look, the link, note, field and content control it is in."""

    bold: bool = False
    italic: bool = False
    raised: bool = False
    size: float | None = None
    link: str = ""
    note: str = ""
    toc: bool = False
    sequence: str = ""
    key: str = ""


PLAIN = Mark()
"""What surrounds nothing special."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a paragraph.

    ``node`` is the element that holds it, ``run`` the ``w:r`` around that (None in formulas). The
    text of ``aside`` pieces is not visible; ``reason`` tells why. ``exact`` says that the text
    stands in ``node`` letter by letter.
    """

    kind: Kind
    text: str
    node: Element
    run: Element | None
    mark: Mark
    reason: str = ""
    exact: bool = False

    @property
    def visible(self) -> bool:
        """Whether the text counts as the paragraph's."""
        return self.kind in ("text", "soft", "page")


NotesKey = Callable[[str, str], str]
"""From ``footnote`` or ``endnote`` and the id to the key of the note."""


class Inline:
    """Reads the paragraphs of one part, which must come in document order.

    ``links`` are the external addresses of the part's relations by id; ``note_key`` names notes.
    """

    def __init__(
        self, styles: Styles, found: Fields, links: dict[str, str], note_key: NotesKey
    ) -> None:
        self.styles = styles
        self.fields = found
        self.links = links
        self.note_key = note_key
        self.stack: list[tuple[Field, bool]] = []
        self._looks: dict[tuple[object, ...], tuple[Mark, bool, str]] = {}
        self._style = Style()

    def paragraph(
        self, element: Element, style: Style, *, skip: str = "", key: str = ""
    ) -> list[Piece]:
        """The pieces of a paragraph; with ``skip`` all of them are set aside for this reason."""
        self._style = style
        return list(self._children(element, Mark(key=key) if key else PLAIN, skip))

    def fresh(self) -> list[tuple[Field, bool]]:
        """Begin another story (a text box); give what :meth:`back` wants."""
        stack, self.stack = self.stack, []
        return stack

    def back(self, stack: list[tuple[Field, bool]]) -> None:
        """Go on with the story that was left."""
        self.stack = stack

    def _children(self, parent: Element, mark: Mark, skip: str) -> Iterator[Piece]:
        for child in parent:
            tag = child.tag
            if tag == RUN:
                yield from self._run(child, mark, skip)
            elif tag in _SKIPPED:
                continue
            elif tag in (W + "del", W + "moveFrom"):
                reason = DELETED if tag == W + "del" else MOVED
                yield from self._children(child, mark, skip or reason)
            elif tag == W + "hyperlink":
                link = self.links.get(child.get(R + "id", ""), "")
                yield from self._children(child, replace(mark, link=link), skip)
            elif tag == SDT:
                content = child.find(SDT_CONTENT)
                if content is not None:
                    inside = replace(
                        mark, key=value(child.find(W + "sdtPr"), W + "tag") or mark.key
                    )
                    yield from self._children(content, inside, skip)
            elif tag == fields.SIMPLE:
                yield from self._simple(child, mark, skip)
            elif tag == ALTERNATE:
                chosen = branch(child)
                if chosen is not None:
                    yield from self._children(chosen, mark, skip)
            elif tag in (M + "oMath", M + "oMathPara"):
                text = linear(child).translate(_FEEDS)
                yield self._text(text, child, None, self._in_fields(mark), skip)
            elif tag in _OBJECTS:
                yield Piece("object", "", child, None, mark, skip)
            else:
                yield from self._children(child, mark, skip)

    def _simple(self, element: Element, mark: Mark, skip: str) -> Iterator[Piece]:
        made = fields.simple(element)
        self.stack.append((made, True))
        found = list(self._children(element, mark, skip))
        self.stack.pop()
        yield from found
        if not any(piece.text for piece in found) and (text := made.shown()):
            yield _piece(text, element, None, mark, skip)

    def _run(self, run: Element, mark: Mark, skip: str) -> Iterator[Piece]:
        looked, hidden, font = self._look(run.find(RPR))
        if mark is PLAIN:
            mark = looked
        else:
            looks = (looked.bold, looked.italic, looked.raised, looked.size)
            mark = Mark(*looks, mark.link, mark.note, mark.toc, mark.sequence, mark.key)
        reason = skip or (HIDDEN if hidden else "")
        yield from self._content(run, run, self._in_fields(mark), reason, font)

    def _content(
        self, parent: Element, run: Element, mark: Mark, skip: str, font: str
    ) -> Iterator[Piece]:
        for child in parent:
            tag = child.tag
            if tag == RPR:
                continue
            if tag in _TEXTS:
                text = translated(font, (child.text or "").translate(_FEEDS))
                yield self._text(text, child, run, mark, skip, exact=True)
            elif tag in _SIGNS:
                yield self._text(_SIGNS[tag], child, run, mark, skip)
            elif tag in (W + "br", W + "cr"):
                yield from self._break(child, run, mark, skip or self._code())
            elif tag == W + "sym":
                text = symbol(child.get(W + "font", ""), _hex(child.get(W + "char")))
                yield self._text(text, child, run, mark, skip)
            elif tag == fields.CHAR:
                shown = self._field(child)
                mark = self._in_fields(mark)
                if shown:
                    yield _piece(shown, child, run, mark, skip)
            elif tag in _NOTES:
                note = self.note_key(_NOTES[tag], child.get(ID, ""))
                yield Piece("note", "", child, run, replace(mark, note=note), skip)
                if child.get(W + "customMarkFollows") in ("1", "true", "on"):
                    mark = replace(mark, note=note)
            elif tag == ALTERNATE:
                chosen = branch(child)
                if chosen is not None:
                    yield from self._content(chosen, run, mark, skip, font)
            elif tag == W + "ruby":
                yield from self._ruby(child, mark, skip)
            elif tag in _OBJECTS:
                yield Piece("object", "", child, run, mark, skip or self._code())

    def _break(self, child: Element, run: Element, mark: Mark, skip: str) -> Iterator[Piece]:
        if skip:
            return
        page = child.get(W + "type") in ("page", "column")
        yield Piece("page" if page else "soft", "\f" if page else "\n", child, run, mark)

    def _ruby(self, ruby: Element, mark: Mark, skip: str) -> Iterator[Piece]:
        """The base of a text with its reading; the reading is set aside."""
        for part in ruby:
            if part.tag in (W + "rubyBase", W + "rt"):
                yield from self._children(
                    part, mark, skip or (READING if part.tag == W + "rt" else "")
                )

    def _field(self, mark: Element) -> str:
        """Follow a ``w:fldChar``; give the text of a field that ends without a result."""
        found = self.fields.get(mark)
        if found is None:
            return ""
        match mark.get(W + "fldCharType"):
            case "begin":
                self.stack.append((found, False))
            case "separate" if self.stack and self.stack[-1][0] is found:
                self.stack[-1] = (found, True)
            case "end" if any(field is found for field, _ in self.stack):
                while self.stack.pop()[0] is not found:
                    pass
                if not found.resulted and not self._code():
                    return found.shown().translate(_FEEDS)
        return ""

    def _text(
        self,
        text: str,
        node: Element,
        run: Element | None,
        mark: Mark,
        skip: str,
        *,
        exact: bool = False,
    ) -> Piece:
        code = self._code()
        if text.strip():
            for found, result in self.stack:
                found.resulted = found.resulted or result
        return _piece(text, node, run, mark, skip or code, exact=exact)

    def _code(self) -> str:
        """The reason to set text aside where it stands in an instruction."""
        return "" if all(result for _, result in self.stack) else CODE

    def _in_fields(self, mark: Mark) -> Mark:
        if not self.stack:
            return mark
        link, toc, sequence = mark.link, mark.toc, ""
        for found, result in self.stack:
            if result:
                link = found.link or link
                toc = toc or found.kind == "TOC"
                sequence = found.sequence or sequence
        return replace(mark, link=link, toc=toc, sequence=sequence)

    def _look(self, properties: Element | None) -> tuple[Mark, bool, str]:
        direct = read_looks(properties)
        key = (self._style.id, *direct.items())
        if key not in self._looks:
            self._looks[key] = self._resolve(direct)
        return self._looks[key]

    def _resolve(self, direct: Looks) -> tuple[Mark, bool, str]:
        named = self.styles.character(direct.get("style"))
        looks: dict[str, Any] = {**self.styles.defaults, **self._style.looks, **named, **direct}
        bold, italic, raised, hidden = (bool(looks.get(name)) for name in _SWITCHES)
        mark = Mark(bold, italic, raised, looks.get("sz"))
        return mark, hidden, str(direct.get("font") or named.get("font") or "")


def _piece(
    text: str, node: Element, run: Element | None, mark: Mark, skip: str, *, exact: bool = False
) -> Piece:
    if skip:
        return Piece("aside", text, node, run, mark, skip)
    return Piece("text", text, node, run, mark, exact=exact)


def _hex(code: str | None) -> int:
    try:
        return int(code or "", 16)
    except ValueError:
        return number(code)


_TEXTS = frozenset({W + "t", W + "delText"})
_SIGNS = {W + "tab": "\t", W + "ptab": "\t", W + "noBreakHyphen": "-"}
_NOTES = {W + "footnoteReference": "footnote", W + "endnoteReference": "endnote"}
_OBJECTS = frozenset({W + "drawing", W + "pict", W + "object", W + "altChunk", W + "subDoc"})
_SKIPPED = frozenset(
    {PPR, RPR, BOX, W + "sdtPr", W + "sdtEndPr", V + "shape", O + "OLEObject", VAL}
)
