"""What surrounds the body: notes, comments, headers and footers, and the file's properties."""

from collections.abc import Iterator
from dataclasses import replace

from reportkit.model.base import Place

from ..stream import NoteText, Picture, Plot, Span, Text
from .body import Part, Story
from .document import Document
from .fields import Fields
from .inline import Inline
from .names import ID, TEXT, Element, P, V, W, number, walk
from .objects import Objects
from .texts import Joined, lines

_NOTES = (("footnote", "footnotes", "脚注"), ("endnote", "endnotes", "尾注"))
_MARGINS = (("header", "页眉"), ("footer", "页脚"))
OWN_AUTHOR = "reportkit"
"""Who signs the comments that a check wrote into the file; they are no work left undone."""
_REFERENCES = frozenset(f"{W}{kind}Reference" for kind in ("footnote", "endnote", "comment"))


def part_of(document: Document, name: str, root: Element) -> Part:
    """What reading a part of the document takes."""
    links = {
        identity: relation.target
        for identity, relation in document.package.relations(name).items()
        if relation.kind == "hyperlink" and relation.external
    }
    inline = Inline(document.styles, Fields(root), links, document.note_key)
    return Part(document, inline, Objects(document, name, _text_width(document.root)))


def _text_width(root: Element) -> int:
    """Width of the text block of the last section in twips; of A4 as Word sets it, if unknown."""
    sections = list(root.iter(W + "sectPr"))
    if not sections:
        return 8306
    size, margins = sections[-1].find(W + "pgSz"), sections[-1].find(W + "pgMar")
    if size is None or margins is None:
        return 8306
    whole = number(size.get(W + "w"), 11906)
    return whole - sum(number(margins.get(W + side), 1800) for side in ("left", "right"))


def read_notes(document: Document) -> None:
    """Footnotes and endnotes by key; those without a mark in the text are set aside."""
    marks = _marks(document)
    for kind, relation, label in _NOTES:
        for name in document.parts(relation):
            root = document.part(name, label)
            if root is None:
                continue
            part = part_of(document, name, root)
            for element in root.iterfind(W + kind):
                if element.get(W + "type", "normal") == "normal":
                    key = (kind, element.get(ID, ""))
                    part.place = marks.get(key, document.anywhere)
                    _read_note(part, element, document.note_ids.get(key), label)


def _marks(document: Document) -> dict[tuple[str, str], Place]:
    """The places of the paragraphs with the marks of notes and comments."""
    made = {}
    for item in document.root.iter(*_REFERENCES):
        paragraph = next(item.iterancestors(P), None)
        number = None if paragraph is None else document.numbers.get(paragraph)
        kind = item.tag.rpartition("}")[2].removesuffix("Reference")
        made[kind, item.get(ID, "")] = Place(file=document.file, paragraph=number)
    return made


def _read_note(part: Part, element: Element, key: str | None, label: str) -> None:
    place, document = part.where(element, ""), part.document
    story = Story(part).read(element)
    joined = lines([Joined(i.text, i.spans, place) for i in _texts(story)], place)
    if any(isinstance(item, Picture | Plot) for item in story.items):
        document.note("object")
    if key is None:
        document.set_aside(joined.text, place, f"没有标记的{label}")
        return
    text = joined.text.replace("\n", " ")
    start = len(text) - len(text.lstrip())
    document.notes[key] = NoteText(text[start:], place, _moved(joined, -start))


def _moved(joined: Joined, by: int) -> tuple[Span, ...]:
    return tuple(
        replace(span, start=max(0, span.start + by), end=span.end + by)
        for span in joined.spans
        if span.end + by > 0 and span.kind != "note"
    )


def _texts(story: Story) -> Iterator[Text]:
    for item in story.items:
        if isinstance(item, Text):
            yield item


def set_margins_aside(document: Document) -> None:
    """Headers, footers and comments: not part of the body, but kept with the reason."""
    for kind, label in _MARGINS:
        seen = set()
        for name in document.parts(kind):
            root = document.part(name, label)
            text = "" if root is None else _plain(root)
            if text not in seen:
                seen.add(text)
                document.set_aside(text, document.anywhere, label)
    marks = _marks(document)
    for name in document.parts("comments"):
        root = document.part(name, "批注")
        for element in () if root is None else root.iterfind(W + "comment"):
            author = element.get(W + "author", "")
            place = marks.get(("comment", element.get(ID, "")), document.anywhere)
            document.set_aside(_plain(element), place, f"批注（{author}）" if author else "批注")
            document.note("comment", author != OWN_AUTHOR)


def _plain(root: Element) -> str:
    """All words of a part, paragraphs parted by blanks; WordArt (watermarks) too."""
    words: list[str] = []
    for item in walk(root):
        if item.tag == TEXT:
            words.append(item.text or "")
        elif item.tag in (P, W + "tab", W + "br"):
            words.append(" ")
        elif item.tag == V + "textpath":
            words.append(f" {item.get('string', '')} ")
    return " ".join("".join(words).split())
