"""The structure of a tagged PDF, made from the elements of the HTML instead of from its boxes.

WeasyPrint makes a structure element of every box: a paragraph over two pages becomes two, every
line a span, and page numbers read as text. Here each HTML element is one structure element,
however many lines and pages it takes, in the order of the document. Running heads, page numbers
and repeated header rows are artifacts; footnotes are notes beside their calls; contents are TOC.
Sources: ISO 32000-1, 14.7 and 14.8; ISO 14289-1 (PDF/UA-1), 7.

What is replaced, all in WeasyPrint 70: ``Stream.marked`` (what a mark on a page stands for) and
``pdf.add_tags`` (the tree of structure).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint import pdf as engine_pdf
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.pdf import pydyf
from weasyprint.pdf.stream import Stream

from .patching import SUPPORTED, replaced

_SVG = "{http://www.w3.org/2000/svg}"
_ROLES = {
    **{name: name.upper() for name in ("p", "h1", "h2", "h3", "h4", "h5", "h6")},
    **{name: name.upper() for name in ("tr", "th", "td")},
    "section": "Sect",
    "table": "Table",
    "thead": "THead",
    "tbody": "TBody",
    "ul": "L",
    "ol": "L",
    "li": "LI",
    "a": "Link",
    "img": "Figure",
    f"{_SVG}svg": "Figure",
}
_CLASSES = {
    "case": "Art",
    "contents": "TOC",
    "figure": "Div",
    "item": "LBody",
    "mark": "Lbl",
    "fn": "Note",
    "figure_caption": "Caption",
}
_ROWS = frozenset(("THead", "TBody", "TR"))
_CAPTIONS = frozenset(("table_caption", "unit"))
_HEADINGS = frozenset(("H1", "H2", "H3", "H4", "H5", "H6"))
_PAGINATION = pydyf.Dictionary({"Type": "/Pagination"})
_LONGEST = 200
"""Characters of a link's description."""


class Node(pydyf.Object):  # type: ignore[misc]
    """A structure element. ``kids`` are other nodes, (page, mark) pairs and annotations."""

    def __init__(self, role: str, parent: "Node | None") -> None:
        super().__init__()
        self.role, self.parent = role, parent
        self.kids: list[Any] = []
        self.extra = b""
        self.above = b""
        if parent is not None:
            parent.kids.append(self)

    def before(self, other: "Node") -> None:
        """Move in front of another kid of the same parent."""
        assert self.parent is not None
        self.parent.kids.remove(self)
        self.parent.kids.insert(self.parent.kids.index(other), self)

    @property
    def data(self) -> bytes:
        """The element as PDF; its marks are on the page of the first, or say theirs."""
        above = self.parent.reference if self.parent is not None else self.above
        page = next((kid[0] for kid in self.kids if isinstance(kid, tuple)), None)
        kids = b" ".join(_kid(kid, page) for kid in self.kids)
        made = b"<</Type/StructElem/S/%s/P %s" % (self.role.encode(), above)
        if page is not None:
            made += b"/Pg %d 0 R" % page
        return made + self.extra + b"/K[" + kids + b"]>>"


def _kid(kid: Any, page: int | None) -> bytes:
    if isinstance(kid, Node):
        return bytes(kid.reference)
    number, mark = kid
    if isinstance(mark, pydyf.Object):
        return b"<</Type/OBJR/Pg %d 0 R/Obj %s>>" % (number, mark.reference)
    return b"%d" % mark if number == page else b"<</Type/MCR/Pg %d 0 R/MCID %d>>" % (number, mark)


class Tree:
    """The structure of one document, built while its pages are walked through."""

    def __init__(self, pdf: pydyf.PDF, root: Any) -> None:
        self._pdf = pdf
        self._above = {child: parent for parent in root.iter() for child in parent}
        self._nodes: dict[Any, Node] = {}
        self._levels: list[int] = []
        self.document = self._add("Document", None)
        self.notes: list[tuple[bytes, Node]] = []

    def _add(self, role: str, parent: Node | None) -> Node:
        node = Node(role, parent)
        self._pdf.add_object(node)
        return node

    def leaf(self, box: Any) -> Node:
        """The node that the marks of a text or picture belong to."""
        pseudo = (box.element_tag or "").partition("::")[2]
        if pseudo == "footnote-call":
            note = self.node(box.element)
            return self._call(note, box.element)
        if pseudo == "footnote-marker":
            return self._part(box.element, "Lbl", self.node(box.element))
        return self.node(box.element)

    def node(self, element: Any) -> Node:
        """The node of an element, or of the nearest one around it that has one."""
        if element not in self._nodes:
            above = self._above.get(element)
            if above is not None:
                self.node(above)  # a row makes its cells
        if element not in self._nodes:
            self._nodes[element] = self._made(element)
        return self._nodes[element]

    def _made(self, element: Any) -> Node:
        above = self._above.get(element)
        if above is None:
            return self.document
        names = (element.get("class") or "").split()
        role = next((_CLASSES[name] for name in names if name in _CLASSES), None)
        role = role or _ROLES.get(element.tag)
        if "more" in names:  # a footnote goes on
            beside = list(above)
            return self.node(beside[beside.index(element) - 1])
        if not _CAPTIONS.isdisjoint(names) and (table := above.find("table")) is not None:
            return self._add("P", self._part(table, "Caption", self.node(table)))
        if role is None:
            return self.node(above)
        if role == "Lbl":
            return self._add(role, self.node(self._above[above]))
        if above.tag == "li" and role != "LBody":
            return self._add(role, self._part(above, "LBody", self.node(above)))
        if role == "LBody":
            return self._part(above, role, self.node(above))
        parent = self.node(above)
        if role == "Link" and parent.role == "TOC":
            return self._add(role, self._add("Reference", self._add("TOCI", parent)))
        if role == "Note" and parent.role in _HEADINGS and parent.parent is not None:
            parent = parent.parent
        node = self._nodes[element] = self._add(self._stepped(role), parent)
        if role in _ROWS:
            for child in element:
                self.node(child)  # empty cells leave no mark, but they count
        return self._with_attributes(node, element)

    def _part(self, element: Any, role: str, parent: Node) -> Node:
        """The one part of a node that has this role."""
        key = (element, role)
        if key not in self._nodes:
            self._nodes[key] = self._add(role, parent)
        return self._nodes[key]

    def _call(self, note: Node, element: Any) -> Node:
        """The call of a footnote: where it stands in the text, before its note."""
        block = self.node(self._above[element])
        call = self._part(element, "Reference", block)
        if note.parent is block and block.kids.index(note) < block.kids.index(call):
            call.before(note)
        return call

    def _stepped(self, role: str) -> str:
        """Headings go down by one level at a time, as readers by ear need it."""
        if role in _HEADINGS:
            level = int(role[1])
            self._levels = [above for above in self._levels if above < level] + [level]
            return f"H{len(self._levels)}"
        return role

    def _with_attributes(self, node: Node, element: Any) -> Node:
        if node.role == "TH":
            node.extra = b"/A<</O/Table/Scope/Column%s>>" % _spans(element)
        elif node.role == "TD" and (spans := _spans(element)):
            node.extra = b"/A<</O/Table%s>>" % spans
        elif node.role == "L":
            kind = b"Decimal" if element.tag == "ol" else b"Disc"
            node.extra = b"/A<</O/List/ListNumbering/%s>>" % kind
        elif node.role == "Figure":
            title = element.find(f"{_SVG}title")
            alt = title.text if title is not None else element.get("alt")
            node.extra = b"/Alt " + pydyf.String(alt or "").data
        elif node.role == "Note":
            mark = b"n%06d" % len(self.notes)
            node.extra = b"/ID(%s)" % mark
            self.notes.append((mark, node))
        return node


def _spans(element: Any) -> bytes:
    made = b""
    for key, name in (("colspan", b"ColSpan"), ("rowspan", b"RowSpan")):
        if (count := element.get(key)) and int(count) > 1:
            made += b"/%s %d" % (name, int(count))
    return made


def add_tags(pdf: pydyf.PDF, document: Any, version: Any, streams: list[Any]) -> None:
    """Stands in for the engine's ``add_tags``: the tree, and which mark belongs to which node."""
    root = document.pages[0]._page_box.children[0].element
    tree = Tree(pdf, root)
    pages = pdf.pages["Kids"][::3]
    marks: list[bytes] = []
    owners: list[Node] = []
    for index, (page, stream) in enumerate(zip(document.pages, streams, strict=True)):
        found: dict[int, Node] = {}
        height = page.height * 0.75
        for box in _leaves(page._page_box, stream._tags):
            if box.link_annotation is not None:
                node = tree.node(box.element)
                node.kids.append((pages[index], box.link_annotation))
                _describe(box, len(document.pages) + len(owners))
                owners.append(node)
            if box in stream._tags:
                mark = stream._tags[box]["mcid"]
                node = found[mark] = tree.leaf(box)
                node.kids.append((pages[index], mark))
                if node.role == "Figure":
                    node.extra += _frame(box, height)
        row = b" ".join(found[mark].reference for mark in sorted(found))
        marks.append(b"%d[%s]" % (index, row))
    _finish(pdf, tree, marks, [node.reference for node in owners], len(document.pages))


def _describe(box: Any, number: int) -> None:
    annotation = box.link_annotation
    annotation["StructParent"] = number
    words = "".join(box.element.itertext()).strip()[:_LONGEST]
    if words:
        annotation["Contents"] = pydyf.String(words)


def _frame(box: Any, height: float) -> bytes:
    """Where a picture stands on its page, in points from the lower left corner."""
    left, top = box.content_box_x() * 0.75, box.content_box_y() * 0.75
    right, bottom = left + box.width * 0.75, top + box.height * 0.75
    return b"/A<</O/Layout/Placement/Block/BBox[%.2f %.2f %.2f %.2f]>>" % (
        left, height - bottom, right, height - top,
    )  # fmt: skip


def _leaves(box: Any, tags: Any) -> Iterator[Any]:
    """The boxes of a page that hold marks or links, in reading order; margins are artifacts."""
    if isinstance(box, AbsolutePlaceholder):
        box = box._box
    if isinstance(box, boxes.MarginBox):
        return
    if box in tags or box.link_annotation is not None:
        yield box
    for child in getattr(box, "children", ()):
        yield from _leaves(child, tags)


def _finish(pdf: pydyf.PDF, tree: Tree, marks: list[bytes], links: list[bytes], pages: int) -> None:
    """Write the root of the structure, and what the catalog says of it."""
    parents = marks + [b"%d %s" % (pages + n, reference) for n, reference in enumerate(links)]
    table = pydyf.Dictionary({"Nums": b"[" + b" ".join(parents) + b"]"})
    pdf.add_object(table)
    root = pydyf.Dictionary({
        "Type": "/StructTreeRoot",
        "K": pydyf.Array([tree.document.reference]),
        "ParentTree": table.reference,
        "ParentTreeNextKey": len(parents),
    })  # fmt: skip
    if tree.notes:
        names = b" ".join(b"(%s) %s" % (mark, node.reference) for mark, node in tree.notes)
        root["IDTree"] = pydyf.Dictionary({"Names": b"[" + names + b"]"})
    pdf.add_object(root)
    tree.document.above = root.reference
    pdf.catalog["StructTreeRoot"] = root.reference
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})


class _Marks:
    """Says what a mark on a page is: text of an element, or an artifact."""

    def __init__(self) -> None:
        self._heads: dict[Any, Any] = {}
        self._first: dict[Any, int] = {}
        self._root: Any = None

    def __call__(self, document: Any) -> None:
        """Learn which elements stand in header rows."""
        root = document.pages[0]._page_box.children[0].element
        for head in root.iter("thead"):
            for element in head.iter():
                self._heads[element] = head

    @contextmanager
    def marked(self, stream: Any, box: Any, tag: str) -> Iterator[None]:
        """Stands in for the engine's ``Stream.marked``."""
        if stream._tags is None:
            yield
        elif box.element is None or _is_leader(box) or self._again(stream, box):
            pydyf.Stream.begin_marked_content(stream, "Artifact", _PAGINATION)
            yield
            pydyf.Stream.end_marked_content(stream)
        else:
            with _MARKED(stream, box, tag):
                yield

    def _again(self, stream: Any, box: Any) -> bool:
        """Whether it is part of a header row that stood on an earlier page."""
        head = self._heads.get(box.element)
        return head is not None and self._first.setdefault(head, id(stream._tags)) != id(
            stream._tags
        )


def _is_leader(box: Any) -> bool:
    text = getattr(box, "text", "")
    return box.element_tag == "a::after" and bool(text) and not text.strip(". ")


_MARKED = Stream.marked


@contextmanager
def structure(document: Any) -> Iterator[None]:
    """Tag documents by their elements while open."""
    if not SUPPORTED:
        yield
        return
    marks = _Marks()
    marks(document)
    parts: list[tuple[Any, str, Callable[..., Any]]] = [
        (Stream, "marked", lambda stream, box, tag: marks.marked(stream, box, tag)),
        (engine_pdf, "add_tags", add_tags),
    ]
    with replaced(parts):
        yield
