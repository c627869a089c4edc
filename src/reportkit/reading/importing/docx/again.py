"""The same walk once more, for whoever marks words in a document that was read."""

from dataclasses import dataclass

from reportkit.reading.ooxml import Package, Refused

from .body import Story
from .document import Document
from .inline import Piece
from .margins import part_of, read_notes
from .names import Element, W


@dataclass(frozen=True)
class Walked:
    """A document's tree with the pieces of its paragraphs, as the import saw them.

    ``by_number`` finds paragraphs as ``Place.paragraph`` counts them. ``notes`` are the texts of
    footnotes by the key that their marks (pieces of kind ``note``) carry. ``contents`` are the
    begins of the fields that make tables of contents.
    """

    root: Element
    body: Element
    by_number: dict[int, Element]
    pieces: dict[Element, list[Piece]]
    notes: dict[str, str]
    contents: tuple[Element, ...]


def walk_again(package: Package) -> Walked:
    """Walk the main part of a package; its tree may then be changed and written.

    Raises:
        Refused: it cannot be read.
    """
    document = Document(package, "")
    body = document.root.find(W + "body")
    if body is None:
        raise Refused("其中没有正文")
    part = part_of(document, document.main, document.root)
    part.kept = {}
    Story(part).read(body)
    read_notes(document)
    by_number = {number: paragraph for paragraph, number in document.numbers.items()}
    notes = {key: note.text for key, note in document.notes.items()}
    contents = tuple(f.begin for f in part.inline.fields if f.kind == "TOC")
    return Walked(document.root, body, by_number, part.kept, notes, contents)
