"""Headings: title, typed number and attributes of a line, and the tree that headings make."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from reportkit.model.blocks import Block, Chapter, Footnote, Section
from reportkit.yamlio import Mark, Tree

from . import attributes, claims
from .files import nearest
from .options import attribute_tree
from .source import Source
from .validate import build

_OUTSIDE = 100
DEEPEST = 9
"""Levels of headings that a report may have."""
_KEYS = {"id", "title", "number", "level"}


@dataclass
class Node:
    """A heading while its file is read."""

    level: int
    section: Section
    blocks: list[Block] = field(default_factory=list)
    children: list["Node"] = field(default_factory=list)

    def freeze(self) -> Section:
        """The section with everything under it."""
        return self.section.model_copy(
            update={
                "blocks": tuple(self.blocks),
                "sections": tuple(child.freeze() for child in self.children),
            }
        )

    def chapter(self, file: str, footnotes: Mapping[str, Footnote]) -> Chapter:
        """The same as a chapter."""
        frozen = self.freeze()
        values = {name: getattr(frozen, name) for name in type(frozen).model_fields}
        return Chapter.model_construct(**values, file=file, footnotes=dict(footnotes))


class Outline:
    """The chapters of one file, built heading by heading."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.chapters: list[Node] = []
        self._path: list[Node] = []

    def heading(self, line: int, level: int, column: int) -> None:
        """Open the section of the heading on ``line`` (from 0), its text from ``column`` on."""
        section, level = read_heading(self.source, line, level, column)
        while self._path and self._path[-1].level >= level:
            self._path.pop()
        wanted = self._path[-1].level + 1 if self._path else 1
        if level > wanted:
            place = self.source.place(line + 1)
            self.source.log.add(
                "RK304",
                place,
                quote=self.source.line(line + 1).strip(),
                at=section.id or "",
                level=level,
                wanted=wanted,
            )
        node = Node(level, section)
        (self._path[-1].children if self._path else self.chapters).append(node)
        self._path.append(node)

    def block(self, block: Block) -> None:
        """Put a block under the last heading."""
        if not self._path:
            place = block.place or self.source.place(1)
            quote = self.source.line(place.line or 1).strip()
            self.source.log.add("RK138", place, quote=quote, at=self.source.file)
            first = Node(_OUTSIDE, Section(numbered=False, place=place))
            self.chapters.append(first)
            self._path.append(first)
        self._path[-1].blocks.append(block)


def read_heading(source: Source, line: int, level: int, column: int) -> tuple[Section, int]:
    """The section that a heading line opens, and its level."""
    text = source.lines[line]
    found = attributes.trailing(text[column:])
    end = column + found.start if found else len(text)
    tree = attribute_tree(found or attributes.Attributes(), line + 1, column)
    for key in [k for k in tree.data if k not in _KEYS]:
        mark = tree.keys[(key,)]
        source.log.add(
            "RK107",
            source.place(mark.line, mark.column),
            quote=key,
            key=key,
            owner="标题",
            suggestion=nearest(key, _KEYS),
            known=sorted(_KEYS),
        )
        del tree.data[key]
    level = _level(tree, source, level)
    title, at = _title(text[column:end], column)
    data: dict[str, Any] = tree.data
    if "title" not in data:
        number, offset = (None, 0) if "number" in data else claims.heading(title)
        data["title"] = title[offset:]
        tree.values[("title",)] = tree.keys[("title",)] = Mark(line + 1, at + offset + 1)
        if number:
            data["number"] = number
            tree.values[("number",)] = tree.keys[("number",)] = Mark(line + 1, at + 1)
    if data.get("number") == "":
        del data["number"]
    if found and "unnumbered" in found.classes:
        data["numbered"] = "false"
    start = source.place(line + 1, at + 1)
    made = build(Section, tree, source, convert=True, start=start) or Section(place=start)
    return made.model_copy(update={"place": made.place_of("title") or start}), level


def _level(tree: Tree, source: Source, level: int) -> int:
    """The level that the attributes state, otherwise that of the ``#``."""
    given = tree.data.pop("level", None)
    if given is None:
        return level
    if given.isascii() and given.isdigit() and 0 < int(given[:3]) <= DEEPEST:
        return int(given)
    mark = tree.values[("level",)]
    source.log.add(
        "RK109",
        source.place(mark.line, mark.column),
        quote=given,
        key="level",
        value=given,
        reason=f"1 至 {DEEPEST} 的整数",
        owner="标题",
    )
    return level


def _title(text: str, column: int) -> tuple[str, int]:
    """The title without blank edges and closing ``#``, and its column from 0."""
    stripped = text.rstrip()
    bare = stripped.rstrip("#")
    if bare != stripped and (not bare.strip() or bare[-1] in " \t"):
        stripped = bare
    title = stripped.strip()
    return title, column + len(text) - len(text.lstrip()) if title else column
