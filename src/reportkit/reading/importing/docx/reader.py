"""From an open package to the stream."""

from reportkit.reading.ooxml import Package, Refused

from ..stream import Stream
from .body import Story
from .document import Document
from .inline import HIDDEN
from .margins import part_of, read_notes, set_margins_aside
from .names import Element, R, W

_CORE = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
_REVISIONS = tuple(W + name for name in ("ins", "del", "moveFrom", "moveTo", "cellDel", "cellIns"))


def read(package: Package, file: str) -> Stream:
    """The items of an open package.

    Raises:
        Refused: the main part cannot be read or is too large.
    """
    document = Document(package, file)
    body = document.root.find(W + "body")
    if body is None:
        raise Refused("其中没有正文")
    story = Story(part_of(document, document.main, document.root)).read(body)
    read_notes(document)
    set_margins_aside(document)
    _tell(document)
    title, author, date = _properties(document)
    return Stream(
        file,
        "docx",
        tuple(story.items),
        document.notes,
        tuple(document.asides),
        title=title,
        author=author,
        date=date,
        findings=document.told(),
    )


def _tell(document: Document) -> None:
    """Count what is told about the whole file."""
    document.note("revision", sum(1 for _ in document.root.iter(*_REVISIONS)))
    document.note("hidden", sum(aside.reason == HIDDEN for aside in document.asides))
    package = document.package
    macros = "macroEnabled" in package.main_type or bool(document.parts("vbaProject"))
    document.note("macro", macros)
    found = document.root.xpath("//@r:*", namespaces={"r": R[1:-1]})
    used = {str(identity) for identity in found} if isinstance(found, list) else set()
    linked = [
        identity
        for identity, relation in package.relations(document.main).items()
        if relation.external and relation.kind != "hyperlink" and identity in used
    ]
    document.note("outside", len(linked))


def _properties(document: Document) -> tuple[str, str, str]:
    """Title, author and day of the last change that the file tells of itself."""
    names = document.package.related("", "core-properties")
    root = document.part(names[0], "文件属性") if names else None

    def said(name: str) -> str:
        found: Element | None = None if root is None else root.find(name)
        return " ".join((found.text or "").split()) if found is not None else ""

    return said(_CORE + "title"), said(_CORE + "creator"), said(_TERMS + "modified")[:10]
