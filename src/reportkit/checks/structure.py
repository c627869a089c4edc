"""How a submission's outline answers to its standard, and the numbers it would have if put right.

A removed or swapped section shifts the numbers of everything behind it. Typed numbers are
therefore compared not only with the computed ones but also with those of the *repaired* outline
(what is missing counted, what is out of order moved), so that each break is reported once, by its
own rule.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..composing.numbering import Plan
from ..composing.numbering import number as number_all
from ..composing.outline import arrange, numbered
from ..model.standard import Need, SectionSpec
from ..standards.match import Match, walk
from ..standards.titles import bare
from .context import Node

if TYPE_CHECKING:
    from ..model.standard import Standard
    from .context import Context


@dataclass(frozen=True, slots=True)
class Gap:
    """A mandated section that is missing below ``parent`` (None: a chapter)."""

    spec: SectionSpec
    parent: Node | None
    before: Node | None
    """The first section that should stand behind it."""
    after: Node | None
    """The last section that should stand before it."""


@dataclass(frozen=True, slots=True)
class Disorder:
    """Sections below one parent that do not stand in the order of the standard."""

    parent: Node | None
    moved: tuple[Node, ...]
    order: tuple[SectionSpec, ...]


class Outline:
    """The match of every section, gaps, disorders, and the numbers of the repaired outline."""

    def __init__(self, context: Context) -> None:
        standard = context.standard
        arranged = arrange(context.submission, standard)
        self.plan: Plan = number_all(arranged, standard.numbering)
        self.matches: dict[Node, Match] = {}
        self.numbered: dict[Node, bool] = {}
        self.misplaced: set[Node] = set()
        nodes = {id(node.section): node for node in context.nodes}
        self.chapters = tuple(nodes[id(each.match.section)] for each in arranged)
        matches = walk([each.match for each in arranged])
        for match, number in zip(matches, self.plan.sections, strict=True):
            node = nodes[id(match.section)]
            if match.misplaced and not self._renamed(node.parent):
                self.misplaced.add(node)
            if not match.misplaced or node in self.misplaced:
                node.spec = match.spec
            node.number = number.number.strip()
            node.heading = _join(node.number or node.section.number or "", node.title)
            self.matches[node], self.numbered[node] = match, numbered(match)
        self._elsewhere = {node.spec.id for node in self.misplaced if node.spec}
        self.gaps: list[Gap] = []
        self.disorders: list[Disorder] = []
        self._absent: dict[Node | None, int] = {}
        self._own: dict[Node, int] = {}
        self._repaired: dict[Node, int] = {}
        self._group(None, context.chapters, _in_print_order(standard), self.chapters)
        for node in context.nodes:
            specs = node.spec.sections if node.spec else ()
            self._group(node, node.children, specs, node.children)

    def _renamed(self, node: Node | None) -> bool:
        """Whether the section or one above it only resembles a mandated one (RK205)."""
        while node is not None:
            if self.matches[node].suggestion is not None:
                return True
            node = node.parent
        return False

    def _group(
        self,
        parent: Node | None,
        nodes: Sequence[Node],
        specs: Sequence[SectionSpec],
        printed: Sequence[Node],
    ) -> None:
        """Find gaps and disorder among siblings, and number them as they are and as put right.

        ``nodes`` are the siblings as the author has them, ``printed`` as they are printed.
        """
        if parent and parent.spec and not parent.spec.ordered:
            specs = _as_found([spec for node in nodes if (spec := self._spec(node))], specs)
        rank = {spec.id: index for index, spec in enumerate(specs)}
        ranked = [(rank[s.id], node) for node in nodes if (s := self._spec(node)) and s.id in rank]
        kept = longest_rising([r for r, _ in ranked])
        moved = tuple(node for i, (_, node) in enumerate(ranked) if i not in kept)
        if moved:
            order = tuple(specs[r] for r, _ in sorted(ranked, key=lambda pair: pair[0]))
            self.disorders.append(Disorder(parent, moved, order))
        present = dict(ranked)
        absent = [r for r in range(len(specs)) if r not in present and self._due(specs[r], nodes)]
        settled = [pair for i, pair in enumerate(ranked) if i in kept]
        for r in absent:
            if specs[r].id not in self._elsewhere:
                self.gaps.append(Gap(specs[r], parent, *_around(r, settled)))
        self._absent[parent] = len(absent)
        own = 0
        for node in printed:
            own += self.numbered[node]
            self._own[node] = own
        self._repair(printed, rank, set(moved), [r for r in absent if specs[r].numbered])

    def _spec(self, node: Node) -> SectionSpec | None:
        """What the section is at its own place; None if it belongs elsewhere."""
        return None if node in self.misplaced else node.spec

    def _due(self, spec: SectionSpec, nodes: Sequence[Node]) -> bool:
        """Whether the absence of ``spec`` is a gap: required, and not there by another name."""
        renamed = any(self.matches[n].suggestion is spec for n in nodes)
        return spec.need is Need.REQUIRED and not renamed

    def _repair(
        self, nodes: Sequence[Node], rank: dict[str, int], moved: set[Node], absent: list[int]
    ) -> None:
        """Number siblings as if moved ones stood right, absent were there, repeated were not."""
        keys: dict[Node, tuple[int, int]] = {}
        last = -1
        for position, node in enumerate(nodes):
            spec = self._spec(node)
            here = rank.get(spec.id, last) if spec else last
            keys[node] = (here, position)
            if node not in moved:
                last = here
        count = 0
        seen: set[str] = set()
        for node in sorted(nodes, key=keys.__getitem__):
            title = bare(node.section.title)
            if node not in self.misplaced and not (title and title in seen):
                count += self.numbered[node]
            seen.add(title)
            self._repaired[node] = count + bisect_left(absent, keys[node][0])

    def absent(self, parent: Node | None) -> int:
        """How many mandated sections are missing below ``parent`` (None: chapters)."""
        return self._absent.get(parent, 0)

    def own(self, node: Node) -> int:
        """The number among siblings as composed."""
        return self._own[node]

    def repaired(self, node: Node) -> int:
        """The number among siblings in the outline put right."""
        return self._repaired[node]

    def disturbed(self, chapter: Node) -> bool:
        """Whether something in the chapter is missing, misplaced or out of order."""
        parents = {g.parent for g in self.gaps} | {d.parent for d in self.disorders}
        return any(node in parents or node in self.misplaced for node in chapter.walk())

    @property
    def sound(self) -> bool:
        """Whether nothing is missing, misplaced or out of order."""
        return not (self.gaps or self.disorders or self.misplaced)


def _in_print_order(standard: Standard) -> Sequence[SectionSpec]:
    """The chapters that the standard knows: preface, body and annex as its parts print them."""
    parts: list[str] = [spec.part.value for spec in standard.parts]
    parts += ["preface", "body", "annex"]
    return sorted(standard.outline, key=lambda spec: parts.index(spec.part))


def _as_found(found: Sequence[SectionSpec], specs: Sequence[SectionSpec]) -> Sequence[SectionSpec]:
    """The specs in the author's order where the standard leaves it free.

    Those that the author does not have keep their place behind their neighbour.
    """
    order = list({spec.id: spec for spec in found if spec in specs}.values())
    for index, spec in enumerate(specs):
        if spec not in order:
            before = specs[index - 1] if index else None
            order.insert(order.index(before) + 1 if before in order else 0, spec)
    return order


def _around(rank: int, settled: Sequence[tuple[int, Node]]) -> tuple[Node | None, Node | None]:
    before = next((node for r, node in settled if r > rank), None)
    after = next((node for r, node in reversed(settled) if r < rank), None)
    return before, after


def _join(number: str, title: str) -> str:
    """Number and title as one line: 一、标题, 1.1 标题."""
    gap = " " if number[-1:].isalnum() and number[-1:].isascii() else ""
    return f"{number}{gap}{title}" if title else number


def longest_rising(ranks: Sequence[int]) -> set[int]:
    """Positions of a longest non-falling run of ``ranks``: those that need not move."""
    tails: list[int] = []
    at: list[int] = []
    previous: list[int] = []
    for index, rank in enumerate(ranks):
        where = bisect_left(tails, rank + 1)
        previous.append(at[where - 1] if where else -1)
        tails[where : where + 1] = [rank]
        at[where : where + 1] = [index]
    kept: set[int] = set()
    index = at[-1] if at else -1
    while index >= 0:
        kept.add(index)
        index = previous[index]
    return kept
