"""Where last year's sections stand in this year's outline."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from reportkit.model.blocks import Block, Paragraph, Section, Table
from reportkit.model.standard import Need, SectionSpec, Standard
from reportkit.standards.crosswalk import counterparts
from reportkit.standards.crosswalk import sections as specs_of
from reportkit.standards.match import Match
from reportkit.standards.scaffold import MARKER
from reportkit.standards.titles import is_titled, is_variant, likeness

_ALIKE = 60.0
"""Likeness (0 to 100) from which sections with the same id are the same matter."""


@dataclass
class Node:
    """A section of the draft. ``spec`` is None for one that last year's author had."""

    section: Section
    spec: SectionSpec | None = None
    blocks: list[Block] = field(default_factory=list)
    children: list["Node"] = field(default_factory=list)
    filled: bool = False

    def freeze(self) -> Section:
        """The section with everything under it."""
        below = tuple(child.freeze() for child in self.children)
        blocks = tuple(self.blocks) if self.filled else self.section.blocks
        if self.filled:
            blocks = (*blocks, *self._still_wanted())
        return self.section.model_copy(update={"blocks": blocks, "sections": below})

    def _still_wanted(self) -> Iterator[Block]:
        """Mandated tables that last year's section did not have, each with its guidance."""
        there = {(b.id, b.caption) for b in self.blocks if isinstance(b, Table)}
        ids, captions = {i for i, _ in there}, {c for _, c in there}
        pending: list[Block] = []
        for block in self.section.blocks[1:]:
            if isinstance(block, Paragraph) and block.text.startswith(MARKER):
                pending.append(block)
                continue
            if isinstance(block, Table) and block.id not in ids and block.caption not in captions:
                yield from (*pending, block)
            pending = []

    def walk(self) -> Iterator["Node"]:
        """This node and all below."""
        yield self
        for child in self.children:
            yield from child.walk()


class Outline:
    """The draft's outline while last year's sections are put into it."""

    def __init__(self, chapters: Sequence[Section], source: Standard, target: Standard) -> None:
        self.source, self.target = source, target
        self.specs = {s.id: s for s in specs_of(target) if s.need is not Need.FORBIDDEN}
        self.roots = [self._node(chapter) for chapter in chapters]
        self.by_id = {n.spec.id: n for root in self.roots for n in root.walk() if n.spec}
        self.parents = {id(c): n for root in self.roots for n in root.walk() for c in n.children}
        self._latest: dict[int, Node] = {}
        self.renamed: dict[str, str] = {}

    def _node(self, section: Section) -> Node:
        spec = self.specs.get(section.id or "")
        return Node(section, spec, children=[self._node(child) for child in section.sections])

    def place(self, match: Match, parent: Node | None = None) -> Section | None:
        """Put a section of last year and those below it into the outline.

        Gives what of it has no place: the section with what stays in it, or None.
        """
        section = match.section
        spec = self._target(match)
        node = self.by_id.get(spec.id) if spec is not None else None
        if node is not None:
            parent = self._receive(node, section)
        elif parent is not None:
            parent = self._beside(parent, section)
        below = [self.place(child, parent) for child in match.sections]
        if parent is not None:
            return None
        rest = tuple(child for child in below if child is not None)
        if not section.blocks and not rest and below:
            return None
        return section.model_copy(update={"sections": rest})

    def _receive(self, node: Node, section: Section) -> Node:
        """The node that holds the blocks of a section: its counterpart, or one below it."""
        if node.filled:
            return self._beside(node, section)
        self._touch(node)
        node.filled = bool(section.blocks)
        node.blocks += section.blocks
        if section.id and node.spec:
            self.renamed[section.id.removeprefix("sec:")] = node.spec.id
        spec = node.spec
        if spec is not None and section.title and _accepts(spec, section.title):
            node.section = node.section.model_copy(update={"title": section.title})
        return node

    def _beside(self, node: Node, section: Section) -> Node:
        """A section of the author's own below ``node``, or its blocks where none may be."""
        if node.spec is not None and not node.spec.free_sections:
            if section.title:
                node.blocks.append(Paragraph(text=f"以下是上年“{section.title}”的内容。"))
            node.blocks += section.blocks
            node.filled = node.filled or bool(node.blocks)
            return node
        own = section.model_copy(update={"sections": (), "blocks": (), "number": None})
        made = Node(own, None, list(section.blocks), filled=True)
        latest = self._latest.get(id(node))
        at = next((n for n, child in enumerate(node.children) if child is latest), -1)
        node.children.insert(at + 1, made)
        self.parents[id(made)] = node
        self._touch(made)
        return made

    def _touch(self, node: Node) -> None:
        """Let the author's own sections that come next stand behind this one."""
        above = self.parents.get(id(node))
        if above is not None:
            self._latest[id(above)] = node

    def _target(self, match: Match) -> SectionSpec | None:
        """The section of the new standard that treats the same matter."""
        old, title = match.spec, match.section.title
        same = self.specs.get(old.id) if old is not None else None
        if old is not None:
            found = counterparts(old.id, self.source, self.target)
            known = [self.specs[spec.id] for spec in found if spec.id in self.specs]
            if same is not None and (same in known or self._alike(old, same)):
                return same
            if known:
                return max(known, key=lambda spec: likeness(spec.title, title or old.title))
        titled = [spec for spec in self.specs.values() if title and _accepts(spec, title)]
        return titled[0] if len(titled) == 1 else same

    def _alike(self, old: SectionSpec, new: SectionSpec) -> bool:
        return _accepts(new, old.title) or likeness(old.title, new.title) >= _ALIKE


def _accepts(spec: SectionSpec, title: str) -> bool:
    return is_titled(spec, title) or (is_variant(spec, title) and bool(title))
