"""What rules look at: the submission as a walk in reading order, with the places of everything."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from ..model.base import Place, Placed
from ..model.blocks import (
    Block,
    Case,
    Chapter,
    Chart,
    Figure,
    ListBlock,
    Note,
    Paragraph,
    Raw,
    Section,
    SignOff,
    Table,
)
from ..model.diagnostic import Finding, Severity
from .registry import Needs

if TYPE_CHECKING:
    from ..claims import Book
    from ..claims.grid import Grid
    from ..composing.pools import Pools
    from ..model.report import Report
    from ..model.standard import SectionSpec, Standard
    from ..model.submission import Submission
    from ..reading import ReadResult
    from .ledger.indicators import Group
    from .structure import Outline

_LOST = frozenset({"RK101", "RK103", "RK111", "RK114", "RK115", "RK120", "RK138", "RK304"})
_MARKUP = re.compile(r"\[\^[^\]\s]+\]|\*+|\\(?=\W)|\]\([^)\s]*\)|\[(?=[^\]]*\]\()")
_VALUE = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_HANZI = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
SEPARATOR = " › "

Role = Literal["title", "body", "caption", "cell", "note", "footnote", "sign_off"]


Part = tuple[str | int, ...]


@dataclass(slots=True)
class TextAt:
    """A text of the submission with its role; it is ``part`` of ``owner`` in section ``node``."""

    text: str
    role: Role
    node: Node
    owner: Placed
    part: Part = ()

    @property
    def place(self) -> Place:
        """Where the text begins, or its block or section if the reader knows no better."""
        return self.owner.place_of(".".join(map(str, self.part))) or self.node.place

    @property
    def at(self) -> str:
        """What an explanation calls it: the id of its block or section, or the file."""
        return getattr(self.owner, "id", None) or self.node.at


@dataclass(eq=False)
class Node:
    """A section in the tree of the submission. ``level`` is 1 for chapters."""

    section: Section
    parent: Node | None
    chapter: Chapter
    level: int
    spec: SectionSpec | None = None
    children: list[Node] = field(default_factory=list)
    heading: str = ""
    number: str = ""

    @property
    def place(self) -> Place:
        """Where the heading stands."""
        return self.section.place or Place(file=self.chapter.file or "")

    @property
    def at(self) -> str:
        """What an explanation calls this section: its id, or the file of its chapter."""
        node: Node | None = self
        while node is not None:
            if node.section.id:
                return node.section.id
            node = node.parent
        return self.chapter.file or self.place.file

    @property
    def root(self) -> Node:
        """The chapter that it belongs to."""
        return self.parent.root if self.parent else self

    @property
    def title(self) -> str:
        """The title without markup."""
        return plain(self.section.title)

    @cached_property
    def path(self) -> str:
        """The headings from the chapter down to this section."""
        own = self.heading or self.section.number or self.title
        return f"{self.parent.path}{SEPARATOR}{own}" if self.parent else own

    def walk(self) -> Iterator[Node]:
        """This section and all below it in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()


class Context:
    """One submission under one standard, with its composed report, as rules see it."""

    def __init__(
        self, result: ReadResult, standard: Standard | None, report: Report | None
    ) -> None:
        self.result = result
        self._standard = standard
        self._report = report
        problems = report.problems if report else ()
        read = {_spot(finding) for finding in result.findings}
        new = (finding for finding in problems if _spot(finding) not in read)
        self.findings: tuple[Finding, ...] = (*result.findings, *new)
        self._emitted: dict[str, list[Finding]] = {}
        for finding in self.findings:
            self._emitted.setdefault(finding.code, []).append(finding)
        self.has = frozenset(self._available())

    def _available(self) -> Iterator[Needs]:
        if self.result.submission is not None:
            yield Needs.SUBMISSION
        if self._standard is not None:
            yield Needs.STANDARD
        if self._report is not None:
            yield Needs.REPORT
        if not any(map(_loses_text, self.findings)):
            yield Needs.WHOLE

    @property
    def submission(self) -> Submission:
        """What was read; a rule that asks for it needs Needs.SUBMISSION."""
        assert self.result.submission is not None
        return self.result.submission

    @property
    def standard(self) -> Standard:
        """The standard; a rule that asks for it needs Needs.STANDARD."""
        assert self._standard is not None
        return self._standard

    @property
    def has_standard(self) -> bool:
        """Whether the standard is known."""
        return self._standard is not None

    @property
    def has_report(self) -> bool:
        """Whether the submission was composed."""
        return self._report is not None

    @property
    def report(self) -> Report:
        """The composed report; a rule that asks for it needs Needs.REPORT."""
        assert self._report is not None
        return self._report

    @property
    def emitted_codes(self) -> frozenset[str]:
        """Codes of what readers, composer and writers found."""
        return frozenset(self._emitted)

    def emitted(self, code: str) -> list[Finding]:
        """Findings with this code that came from readers, the composer or the writers."""
        return self._emitted.get(code, [])

    def place_in(self, file: str) -> Place:
        """A file of the folder form as a place; in the other forms, the file that was given."""
        place = self.submission.metadata.place
        if self.result.form != "folder" and place is not None:
            return Place(file=place.file)
        return Place(file=file)

    def manifest_place(self, key: str) -> Place:
        """Where the manifest has ``key``; without line if it does not have it."""
        places = self.submission.metadata.places
        found = places and (places.get(key) or places.get(f"{key}.0"))
        return found or self.place_in("report.yaml")

    @cached_property
    def chapters(self) -> tuple[Node, ...]:
        """The chapters as nodes."""
        return tuple(_node(c, None, c, 1) for c in self.submission.chapters)

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """All sections in reading order."""
        return tuple(node for chapter in self.chapters for node in chapter.walk())

    @cached_property
    def outline(self) -> Outline:
        """How the sections answer to the standard, and what is missing or out of order."""
        from .structure import Outline

        return Outline(self)

    @cached_property
    def grids(self) -> tuple[Grid, ...]:
        """The composed tables as lines of numbers; needs Needs.REPORT."""
        sheets = self.book.texts.sheets
        grids = (sheet.grid for sheet in sheets if sheet.block.type == "table")
        return tuple(grid for grid in grids if grid.has_numbers)

    @cached_property
    def pools(self) -> Pools:
        """What many organisations contributed to values that were pooled."""
        from ..composing.pools import pools_of

        return pools_of(self.submission)

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """Values of indicators that belong together, in the data and in tables; needs a report."""
        from .ledger.indicators import observed, tabled

        return (*observed(self), *(group for _, group in tabled(self)))

    @cached_property
    def book(self) -> Book:
        """All that prose and tables say in numbers; needs Needs.REPORT."""
        from ..claims import Book
        from ..claims.records import Records
        from .ledger.indicators import catalogue

        window = self.submission.metadata.data_period
        named = re.findall(r"(?:19|20)\d\d", window.current or "")
        year = int(named[-1]) if named else window.end.year
        if self.result.imported:  # such a report does not state its period
            return Book(self.report, guess=year)
        own = self.submission.data.observations
        records = Records(own, self.result.history, catalogue(self))
        return Book(self.report, year, records=records)

    @cached_property
    def unsettled(self) -> frozenset[Node]:
        """Chapters in which something is missing, so that its consequences are not told."""
        from .settled import unsettled

        return unsettled(self)

    @cached_property
    def lacking(self) -> bool:
        """Whether sections or mandated tables are missing or empty."""
        from .settled import lacking

        return lacking(self)

    @cached_property
    def missing_indicators(self) -> frozenset[str]:
        """Ids of required indicators without current value."""
        from .settled import missing_indicators

        return frozenset(required.id for required in missing_indicators(self))

    @property
    def settled(self) -> bool:
        """Whether nothing is missing, misplaced or out of order anywhere."""
        return self.outline.sound and not self.unsettled

    @cached_property
    def blocks(self) -> tuple[tuple[Node, Block, Case | None], ...]:
        """All blocks in reading order, those in lists and cases too, with the case around them."""
        return tuple(
            (node, block, case)
            for node in self.nodes
            for block, case in flatten(node.section.blocks)
        )

    @cached_property
    def texts(self) -> tuple[TextAt, ...]:
        """All texts in reading order."""
        return tuple(self._texts())

    def _texts(self) -> Iterator[TextAt]:
        for chapter in self.chapters:
            for node in chapter.walk():
                if node.section.title:
                    yield TextAt(node.section.title, "title", node, node.section, ("title",))
                for block, _ in flatten(node.section.blocks):
                    for text, role, part in block_texts(block):
                        if text:
                            yield TextAt(text, role, node, block, part)
            for note in chapter.chapter.footnotes.values():
                yield TextAt(note.text, "footnote", chapter, note, ("text",))

    @cached_property
    def _places(self) -> dict[str, tuple[list[int], list[Node]]]:
        """For each file the lines at which sections begin, in order."""
        places: dict[str, tuple[list[int], list[Node]]] = {}
        for node in self.nodes:
            place = node.place
            lines, nodes = places.setdefault(place.file, ([], []))
            lines.append(place.line or place.paragraph or 0)
            nodes.append(node)
        return places

    def node_at(self, place: Place) -> Node | None:
        """The section that a place lies in."""
        if self.result.submission is None:
            return None
        lines, nodes = self._places.get(place.file, ([], []))
        if not lines:
            return None
        row = bisect_right(lines, place.line or place.paragraph or 0) - 1
        return nodes[row] if row >= 0 else None


def _spot(finding: Finding) -> tuple[object, ...]:
    """What two findings of reading and composing about the same thing have in common."""
    place = finding.place
    return finding.code, place.file, place.line, place.pointer


def _loses_text(finding: Finding) -> bool:
    """Whether chapters or sections may only seem to be missing because of this finding."""
    if finding.code not in _LOST or finding.severity is Severity.WARNING:
        return False
    if finding.code == "RK103":
        return finding.args.get("encoding") == "未知编码"
    return finding.place.file.endswith((".yaml", ".md", ".json", "."))


def _node(section: Section, parent: Node | None, chapter: Chapter, level: int) -> Node:
    node = Node(section, parent, chapter, level)
    node.children = [_node(s, node, chapter, level + 1) for s in section.sections]
    return node


def flatten(
    blocks: tuple[Block, ...], case: Case | None = None
) -> Iterator[tuple[Block, Case | None]]:
    """Blocks in reading order, those inside lists and cases after what holds them."""
    for block in blocks:
        yield block, case
        if isinstance(block, ListBlock):
            for item in block.items:
                yield from flatten(item.blocks, case)
        elif isinstance(block, Case):
            yield from flatten(block.blocks, block)


def block_texts(block: Block) -> Iterator[tuple[str, Role, Part]]:
    """Text, role and part name of what a block itself holds, without blocks inside it."""
    match block:
        case Paragraph(text=text) | Raw(text=text):
            yield text, "body", ("text",)
        case Note(text=text):
            yield text, "note", ("text",)
        case SignOff(lines=lines):
            for i, line in enumerate(lines):
                yield line, "sign_off", ("lines", i)
        case Case(title=title):
            yield title, "caption", ("title",)
            yield block.owner or "", "caption", ("owner",)
        case Table() | Figure() | Chart():
            yield from _object_texts(block)
        case _:
            return


def _object_texts(block: Table | Figure | Chart) -> Iterator[tuple[str, Role, Part]]:
    yield block.caption, "caption", ("caption",)
    if isinstance(block, Figure):
        yield block.owner or "", "caption", ("owner",)
        for i, part in enumerate(block.parts):
            yield part.caption, "caption", ("parts", i, "caption")
    else:
        for i, row in enumerate(block.rows):
            for j, cell in enumerate(row):
                yield cell, "cell", ("rows", i, j)
    for i, note in enumerate(block.notes):
        yield note, "note", ("notes", i)
    yield block.source or "", "note", ("source",)


def plain(text: str) -> str:
    """Inline Markdown without its marks; values stay as expressions."""
    return _MARKUP.sub("", text).strip()


def hanzi(text: str) -> int:
    """Number of Chinese characters."""
    return len(_HANZI.findall(_VALUE.sub("", text)))
