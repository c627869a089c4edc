"""Headings → the tree of chapters, with the footnotes of each."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportkit.model.base import Place, Places
from reportkit.model.blocks import Block, Chapter, Footnote, Section

from .inline import render
from .notes import marks_of
from .pieces import Piece
from .units import AGAIN, Unit, Work

_DEEPEST = 99
"""Level of the untitled chapter of what stands before the first heading: nothing is below it."""


@dataclass(slots=True)
class Node:
    """A section while it is filled."""

    level: int
    section: Section
    blocks: list[Block] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)

    def freeze(self) -> Section:
        """The section with everything under it."""
        return self.section.model_copy(
            update={
                "blocks": tuple(self.blocks),
                "sections": tuple(child.freeze() for child in self.children),
            }
        )


class Tree:
    """The chapters of a report, built heading by heading."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.chapters: list[Node] = []
        self.footnotes: list[dict[str, Footnote]] = []
        self.used: set[str] = set()
        self._path: list[Node] = []

    def heading(self, unit: Unit) -> Piece | None:
        """Open the section of a heading; what stands behind its title is the text under it."""
        level = unit.level or 1
        while self._path and self._path[-1].level >= level:
            self._path.pop()
        if not self._path:
            self._chapter(level)
        number = unit.number
        end = len(unit.text) if unit.run_in is None else unit.run_in
        start = number.end if number else 0
        title = unit.piece.cut(start, max(start, end)).strip()
        text, place = self.render(title.without_look())
        parts = {"title": place}
        if number:
            parts["number"] = unit.piece.place
        section = Section(
            title=text,
            number=number.text[:40] if number else None,
            numbered=number is not None,
            place=(place if title else unit.piece.place).bare,
            places=Places(parts),
        )
        node = Node(level, section)
        if self._path:
            self._path[-1].children.append(node)
        else:
            self.chapters.append(node)
        self._path.append(node)
        return None if unit.run_in is None else unit.piece.cut(end).strip()

    def _chapter(self, level: int) -> None:
        self.footnotes.append({})

    def block(self, block: Block, place: Place) -> None:
        """Put a block under the last heading; before the first it makes an untitled chapter."""
        if not self._path:
            self._chapter(1)
            node = Node(_DEEPEST, Section(numbered=False, place=place.bare))
            self.chapters.append(node)
            self._path.append(node)
        self._path[-1].blocks.append(block)

    def open_blocks(self) -> list[Block]:
        """The blocks under the last heading."""
        return self._path[-1].blocks if self._path else []

    def render(self, piece: Piece) -> tuple[str, Place]:
        """Inline Markdown of a piece; footnotes that it refers to come into its chapter."""
        return render(piece, self._labels(piece))

    def _labels(self, piece: Piece) -> dict[str, str]:
        labels: dict[str, str] = {}
        for key in marks_of(piece):
            note = self.work.notes.get(key)
            if note is None:
                continue
            if not self.footnotes:
                self.footnotes.append({})
            here = self.footnotes[-1]
            label = str(len(here) + 1)
            text, place = render(note)
            here[label] = Footnote(text=text, place=place)
            labels[key] = label
            self.used.add(key)
            for span in piece.spans:
                if span.kind == "note" and span.value == key:
                    self.work.aside(piece.cut(span.start, span.end), "脚注号" + AGAIN)
        return labels

    def freeze(self) -> tuple[Chapter, ...]:
        """All chapters."""
        made = []
        for index, node in enumerate(self.chapters):
            frozen = node.freeze()
            values = {name: getattr(frozen, name) for name in type(frozen).model_fields}
            notes = self.footnotes[index] if index < len(self.footnotes) else {}
            made.append(Chapter.model_construct(**values, footnotes=notes))
        return tuple(made)
