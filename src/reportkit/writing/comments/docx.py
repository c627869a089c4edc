"""The writer's own Word file with comments at the words in question; all else stays as it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from reportkit.model.diagnostic import Diagnostic
from reportkit.reading.importing.docx.again import Walked, walk_again
from reportkit.reading.importing.docx.names import BOX, ID, PPR, TC, VAL, Element, P, W
from reportkit.reading.ooxml import Package

from .earlier import forget
from .find import find
from .repack import Repack
from .spots import Line, Spot, liftable
from .words import AUTHOR, INITIALS, Remark, collected, remark, worth_saying

_NAMESPACE = W[1:-1]
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_START, _END, _REFERENCE = (
    W + f"comment{name}" for name in ("RangeStart", "RangeEnd", "Reference")
)


@dataclass(frozen=True, slots=True)
class _Target:
    """Where a comment goes: words of a line, a line as a whole, or a mark: a note's in the line, or
    the begin of a table of contents, which Word makes anew with all that stands in it.
    """

    line: Line
    words: tuple[int, int] | None = None
    mark: Element | None = None
    contents: Element | None = None
    elsewhere: bool = False
    """Whether the words stand in the file, but not at the comment."""


def comment(
    package: Package, diagnostics: Iterable[Diagnostic], *, dated: bool = True
) -> tuple[Repack, int]:
    """The package with a comment for each diagnostic, ready to write, and their number.

    Explained diagnostics are left out. Findings without a place in the file are collected in
    comments at the first paragraph, one a rule.

    Raises:
        Refused: the document cannot be read.
    """
    walked = walk_again(package)
    lines = _Lines(walked)
    remarks: list[tuple[_Target, Remark]] = []
    homeless: list[Diagnostic] = []
    for diagnostic in worth_saying(diagnostics):
        target = lines.target(diagnostic)
        if target is None:
            homeless.append(diagnostic)
        else:
            remarks.append((target, remark(diagnostic, quote=target.elsewhere)))
    top = lines.top()
    if top is not None:
        remarks[:0] = [(_Target(top), text) for text in collected(homeless)]
    lines.split(target for target, _ in remarks)
    work = Repack(package)
    comments = _Comments(work, walked.root, dated)
    for target, text in remarks:
        comments.add(_spot(target), text)
    comments.finish()
    return work, len(remarks)


def _spot(target: _Target) -> Spot:
    if target.contents is not None:
        run = liftable(target.contents)
        return Spot(run, run, before=True)
    if target.mark is not None:
        run = liftable(target.mark)
        return Spot(run, run)
    return target.line.spot(*target.words) if target.words else target.line.whole()


class _Lines:
    """The paragraphs of a document, and which of them a diagnostic means."""

    def __init__(self, walked: Walked) -> None:
        self.walked = walked
        self._lines: dict[Element, Line] = {}
        self._numbers = {paragraph: number for number, paragraph in walked.by_number.items()}

    def line(self, paragraph: Element) -> Line:
        """The line of a paragraph."""
        if paragraph not in self._lines:
            pieces = self.walked.pieces.get(paragraph, [])
            self._lines[paragraph] = Line(paragraph, pieces)
        return self._lines[paragraph]

    def top(self) -> Line | None:
        """The first paragraph of the body that is no text box; None if there is none."""
        for paragraph in self.walked.body.iter(P):
            if next(paragraph.iterancestors(BOX), None) is None:
                return self.line(paragraph)
        return None

    def target(self, diagnostic: Diagnostic) -> _Target | None:
        """The words that a diagnostic means, or the paragraph or note that holds them."""
        number = diagnostic.place.paragraph
        paragraph = self.walked.by_number.get(number) if number is not None else None
        if paragraph is None:
            return None
        line = self.line(paragraph)
        quote, column = diagnostic.quote, diagnostic.place.column
        words = find(line.text, quote, column)
        contents = self._contents(line, words or (0, len(line.text)), number)
        if contents is not None:
            return _Target(line, contents=contents, elsewhere=words is not None)
        if words and not line.boxed:
            return _Target(line, words)
        for key, run in line.notes():
            if find(self.walked.notes.get(key, ""), quote, None):
                return _Target(line, mark=run, elsewhere=True)
        for other in self._same_cell(paragraph):
            words = find(other.text, quote, None)
            if words and not other.boxed:
                return _Target(other, words)
        return _Target(line, elsewhere=words is not None)

    def _contents(self, line: Line, words: tuple[int, int], number: int | None) -> Element | None:
        """The begin of the table of contents that words stand in; None if they stand in none."""
        if not line.in_contents(words):
            return None
        found = None
        for begin in self.walked.contents:
            paragraph = next(begin.iterancestors(P), None)
            if paragraph is not None and self._numbers[paragraph] <= (number or 0):
                found = begin
        return found

    def _same_cell(self, paragraph: Element) -> Iterable[Line]:
        cell = next(paragraph.iterancestors(TC), None)
        for other in () if cell is None else cell.iter(P):
            if other is not paragraph:
                yield self.line(other)

    def split(self, targets: Iterable[_Target]) -> None:
        """Split the runs of all lines where comments begin and end."""
        cuts: dict[Line, set[int]] = {}
        for target in targets:
            if target.words:
                cuts.setdefault(target.line, set()).update(target.words)
        for line, offsets in cuts.items():
            line.split(offsets)


class _Comments:
    """comments.xml, and the marks in the text that belong to it."""

    def __init__(self, work: Repack, document: Element, dated: bool) -> None:
        self.work = work
        self.document = document
        package = work.package
        named = package.related(package.main, "comments")
        self.name = named[0] if named else work.free_name(f"{_folder(package)}comments.xml")
        self.root = (
            package.tree(self.name)
            if named
            else etree.Element(W + "comments", nsmap={"w": _NAMESPACE})
        )
        forget(self.root, document, work)
        self._new = not named
        used = [*self.root.iter(W + "comment"), *document.iter(_REFERENCE, _START)]
        numbers = [int(e.get(ID, "")) for e in used if e.get(ID, "").lstrip("-").isdigit()]
        self._next = max([*numbers, -1]) + 1
        self._last: dict[Element, Element] = {}
        self._now = datetime.now().isoformat(timespec="seconds") if dated else ""

    def add(self, spot: Spot, text: Remark) -> None:
        """Mark a stretch and say something about it."""
        identity = str(self._next)
        self._next += 1
        start, end = etree.Element(_START, {ID: identity}), etree.Element(_END, {ID: identity})
        run = etree.Element(W + "r")
        etree.SubElement(run, _REFERENCE, {ID: identity})
        if spot.first.tag == P:
            spot.first.extend([start, end, run])
        elif spot.before:
            for one in (start, end, run):
                spot.first.addprevious(one)
        else:
            spot.first.addprevious(start)
            self._behind(spot.last, end, run)
        self.root.append(_comment(identity, self._now, text))

    def _behind(self, element: Element, *new: Element) -> None:
        """Put marks behind an element, and behind those that stand there already."""
        for one in new:
            before = self._last.get(element, element)
            one.tail, before.tail = before.tail, None
            before.addnext(one)
            self._last[element] = one

    def finish(self) -> None:
        """Hand over the changed parts."""
        if self._new:
            self.work.relate(self.work.package.main, "comments", self.name)
            self.work.declare(part=self.name, content_type=_TYPE)
        self.work.put(self.name, self.root)
        self.work.put(self.work.package.main, self.document)


def _folder(package: Package) -> str:
    folder, slash, _ = package.main.rpartition("/")
    return folder + slash


def _comment(identity: str, now: str, text: Remark) -> Element:
    attributes = {"id": identity, "author": AUTHOR, "initials": INITIALS}
    if now:
        attributes["date"] = now
    made = etree.Element(W + "comment", {W + name: value for name, value in attributes.items()})
    first = _paragraph(made)
    etree.SubElement(_run(first), W + "annotationRef")
    _say(_run(first, bold=True), text.head)
    for line in text.lines:
        _say(_run(_paragraph(made)), line)
    return made


def _paragraph(parent: Element) -> Element:
    """A paragraph whose look does not depend on the styles of the document."""
    paragraph = etree.SubElement(parent, W + "p")
    properties = etree.SubElement(paragraph, PPR)
    spacing = {"before": "0", "after": "40", "line": "240", "lineRule": "auto"}
    indent = {"left": "0", "firstLine": "0", "firstLineChars": "0"}
    for name, attributes in (("spacing", spacing), ("ind", indent), ("jc", {"val": "left"})):
        etree.SubElement(properties, W + name, {W + k: v for k, v in attributes.items()})
    return paragraph


def _run(paragraph: Element, *, bold: bool = False) -> Element:
    run = etree.SubElement(paragraph, W + "r")
    properties = etree.SubElement(run, W + "rPr")
    switch = {VAL: "1" if bold else "0"}
    etree.SubElement(properties, W + "b", switch)
    etree.SubElement(properties, W + "i", {VAL: "0"})
    etree.SubElement(properties, W + "color", {VAL: "auto"})
    etree.SubElement(properties, W + "sz", {VAL: "18"})
    return run


def _say(run: Element, text: str) -> None:
    said = etree.SubElement(
        run, W + "t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"}
    )
    said.text = "".join(c for c in text if c.isprintable() or c in "\t\n")
