"""Turns a fence into its block: ``table``, ``figure``, ``chart``, ``note``, ``sign-off`` …"""

import re
from typing import Any, Literal, TypeVar

from reportkit.model.base import Place, Places
from reportkit.model.blocks import (
    Block,
    Case,
    Chapter,
    Chart,
    Figure,
    Footnote,
    Note,
    SignOff,
    Table,
)
from reportkit.yamlio import Mark, Path, Tree

from . import claims, pipe_table
from .fences import Fence
from .files import nearest
from .options import attribute_tree, diagnosis, join, yaml_tree
from .schema import BLOCKS
from .source import Source
from .validate import build

B = TypeVar("B", Table, Chart)
_OPTION = re.compile(r"[ \t]*[A-Za-z][A-Za-z_-]*:(?:[ \t]|$)")
_CLAIMS: dict[str, tuple[str, Literal["table", "figure", "case"]]] = {
    "table": ("caption", "table"),
    "figure": ("caption", "figure"),
    "chart": ("caption", "figure"),
    "case": ("title", "case"),
}


class FenceReader:
    """Reads the fences of one chapter file. Methods return None where nothing could be made."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.footnotes: dict[str, Footnote] = {}

    def start(self, fence: Fence) -> Place:
        """The place of the opening line."""
        return self.source.place(fence.start + 1, fence.column + 1)

    def block(self, fence: Fence) -> Block | None:
        """The block of a fence that is neither a case nor of an unknown kind."""
        match fence.kind:
            case "table":
                return self._grid(Table, fence)
            case "chart":
                return self._grid(Chart, fence)
            case "figure":
                return self._figure(fence)
            case "note":
                return self._note(fence)
            case "sign-off":
                return self._sign_off(fence)
        return self._any(fence)

    def case(self, fence: Fence) -> Case | None:
        """A case, still without its blocks."""
        tree = self._attributes(fence)
        if "run-in" in fence.attributes.classes:
            tree.data.setdefault("run_in", "true")
        self._known(tree, fence, {"id", "title", "number", "owner", "run_in"})
        made: Case | None = self._build(Case, tree, fence)
        return made

    def _attributes(self, fence: Fence) -> Tree:
        for key, column in fence.attributes.repeated:
            first = self.source.place(fence.start + 1, fence.attributes.columns[key] + 1)
            place = self.source.place(fence.start + 1, column + 1)
            self.source.log.add("RK105", place, quote=key, key=key, related=[first])
        return attribute_tree(fence.attributes, fence.start + 1)

    def _known(self, tree: Tree, fence: Fence, keys: set[str]) -> None:
        """Options that have no meaning in braces are reported and dropped."""
        for key in [k for k in tree.data if k not in keys]:
            mark = tree.keys[(key,)]
            self.source.log.add(
                "RK107",
                self.source.place(mark.line, mark.column),
                quote=key,
                key=key,
                owner=fence.kind,
                suggestion=nearest(key, keys),
                known=sorted(keys),
            )
            del tree.data[key]

    def _head(self, fence: Fence, lines: dict[int, str]) -> Tree | None:
        """Attributes and YAML; ``lines`` are the lines of the head by number from 0."""
        trees = [self._attributes(fence)]
        if any(line.strip() for line in lines.values()):
            first = min(lines)
            text = "\n".join(lines.get(n, "") for n in range(first, max(lines) + 1))
            head = yaml_tree(text, first + 1, self.source)
            if head is None:
                return None
            if not isinstance(head.data, dict):
                number, reason = diagnosis(self.source, first + 1, "这里应写“键: 值”")
                line = self.source.line(number).strip()
                self.source.log.add("RK104", self.source.place(number), quote=line, reason=reason)
                return None
            trees.append(head)
        return join(trees, self.source)

    def _build(self, model: Any, tree: Tree, fence: Fence) -> Any:
        if fence.kind in _CLAIMS:
            self._split(tree, *_CLAIMS[fence.kind])
        return build(model, tree, self.source, convert=True, start=self.start(fence))

    def _split(self, tree: Tree, field: str, kind: Literal["table", "figure", "case"]) -> None:
        """Split a typed number off the caption, unless the number is given explicitly."""
        if tree.data.get("number", False) in ("", None):
            del tree.data["number"]
            return
        text = tree.data.get(field)
        if "number" in tree.data or not isinstance(text, str):
            return
        number, offset = claims.caption(text, kind)
        if number is None:
            return
        mark = tree.values[(field,)]
        place = self.source.locate(mark.line, mark.column, text)
        tree.data[field], tree.data["number"] = text[offset:], number
        tree.keys[("number",)] = tree.values[("number",)] = mark
        if place.columns and place.column is not None:
            tree.values[(field,)] = Mark(mark.line, place.column + offset)

    def _grid(self, model: type[B], fence: Fence) -> B | None:
        lines = self.source.lines
        rows = [n for n in fence.inner if pipe_table.is_row(lines[n])]
        rows = [n for i, n in enumerate(rows) if n == rows[0] + i]
        head = {n: lines[n] for n in fence.inner if n not in set(rows)}
        tail = [n for n in head if rows and n > rows[-1] and lines[n].strip()]
        notes = tail if tail and not _OPTION.match(lines[tail[0]]) else []
        tree = self._head(fence, {n: line for n, line in head.items() if n not in notes})
        if tree is None:
            return None
        made: B | None = self._build(model, tree, fence)
        if made is None:
            return None
        if notes:
            more = tuple(lines[n].strip() for n in notes)
            made = made.model_copy(update={"notes": made.notes + more})
        return with_rows(made, rows, self.source) if rows else made

    def _figure(self, fence: Fence) -> Figure | None:
        tree = self._head(fence, {n: self.source.lines[n] for n in fence.inner})
        return None if tree is None else self._build(Figure, tree, fence)

    def _note(self, fence: Fence) -> Note | None:
        tree = self._attributes(fence)
        self._known(tree, fence, {"label"})
        text, place = self._text(fence)
        tree.data["text"] = text
        made: Note | None = self._build(Note, tree, fence)
        if made is None:
            return None
        places = dict(made.places.items()) if made.places else {}
        return made.model_copy(update={"place": place, "places": Places({**places, "text": place})})

    def _sign_off(self, fence: Fence) -> SignOff | None:
        tree = self._attributes(fence)
        self._known(tree, fence, set())
        numbers = [n for n in fence.inner if self.source.lines[n].strip()]
        tree.data["lines"] = [self.source.lines[n].strip() for n in numbers]
        for index, n in enumerate(numbers):
            line = self.source.lines[n]
            column = len(line) - len(line.lstrip()) + 1
            tree.values[("lines", index)] = Mark(n + 1, column)
        made: SignOff | None = self._build(SignOff, tree, fence)
        return made

    def _any(self, fence: Fence) -> Block | None:
        """``block``: any block spelled out as data."""
        tree = self._head(fence, {n: self.source.lines[n] for n in fence.inner})
        if tree is None:
            return None
        kind = tree.data.get("type")
        if not isinstance(kind, str) or kind not in BLOCKS:
            mark = tree.values.get(("type",))
            place = self.source.place(mark.line, mark.column) if mark else self.start(fence)
            self.source.log.add(
                "RK109",
                place,
                quote=str(kind or ""),
                key="type",
                value=str(kind or ""),
                reason=f"{'、'.join(BLOCKS)} 之一",
                owner="block",
            )
            return None
        made: Block | None = self._build(BLOCKS[kind], tree, fence)
        return made

    def read_footnotes(self, fence: Fence) -> bool:
        """``footnotes``: labels and texts as data."""
        tree = self._head(fence, {n: self.source.lines[n] for n in fence.inner})
        if tree is None:
            return False
        data = {key: {"text": text} for key, text in tree.data.items()}
        values: dict[Path, Mark] = {
            ("footnotes", path[0], "text"): mark for path, mark in tree.values.items() if path
        }
        keys: dict[Path, Mark] = {("footnotes", *path): mark for path, mark in tree.keys.items()}
        whole = Tree({"footnotes": data}, values, keys)
        made = build(Chapter, whole, self.source, convert=True, start=self.start(fence))
        for label, note in made.footnotes.items() if made else ():
            self.footnotes.setdefault(label, note)
        return made is not None

    def _text(self, fence: Fence) -> tuple[str, Place]:
        """The lines in a fence as one text without blank edges, and its place."""
        lines = self.source.lines
        filled = [n for n in fence.inner if lines[n].strip()]
        if not filled:
            return "", self.start(fence)
        numbers = range(filled[0], filled[-1] + 1)
        columns = tuple(len(lines[n]) - len(lines[n].lstrip()) + 1 for n in numbers)
        text = "\n".join(lines[n].strip() for n in numbers)
        return text, self.source.place(numbers[0] + 1, columns[0], columns)


def with_rows(block: B, numbers: list[int], source: Source, offset: int = 0) -> B:
    """``block`` with the pipe table that stands on these lines (from 0).

    ``offset`` characters of the first line (the marker of a list) do not belong to it.
    """
    lines = [source.lines[n] for n in numbers]
    lines[0] = " " * offset + lines[0][offset:]
    pipes = pipe_table.parse(lines, [n + 1 for n in numbers])
    parts: dict[str, Place] = dict(block.places.items()) if block.places else {}
    for r, places in enumerate(pipes.places):
        for c, (line, column, exact) in enumerate(places):
            parts[f"rows.{r}.{c}"] = source.place(line, column, (column,) if exact else ())
    if pipes.width is not None and pipes.delimiter is not None and pipes.rows:
        wanted = len(pipes.rows[0])
        if pipes.width != wanted:
            source.log.add(
                "RK122",
                source.place(pipes.delimiter),
                quote=source.line(pipes.delimiter).strip(),
                row=pipes.header_rows + 1,
                cells=pipes.width,
                wanted=wanted,
            )
    update: dict[str, Any] = {"rows": tuple(map(tuple, pipes.rows)), "places": Places(parts)}
    if isinstance(block, Table):
        update["header_rows"] = min(pipes.header_rows, 5)
    return block.model_copy(update=update)
