"""Writes blocks and headings as Markdown. Not everything can be said naturally: what cannot is
spelled out as data (see ``chapter_text``).
"""

from collections.abc import Sequence
from typing import Literal

from reportkit.model.blocks import (
    Block,
    Case,
    Chart,
    Figure,
    Footnote,
    ListBlock,
    Note,
    Paragraph,
    Raw,
    Section,
    SignOff,
    Table,
)

from . import claims, pipe_table, yaml_text
from .attributes import quote
from .plain import slim

Kind = Literal["table", "figure", "case"]


class BlockWriter:
    """Writes blocks; those whose ``id()`` is in ``spelled`` as data."""

    def __init__(self, spelled: set[int]) -> None:
        self.spelled = spelled

    def blocks(self, blocks: Sequence[Block]) -> str:
        """Blocks with blank lines between them."""
        made: list[str] = []
        marker = 0
        for before, block in zip((None, *blocks), blocks, strict=False):
            marker = marker ^ 1 if _alike(before, block) else 0
            made.append(self.block(block, marker))
        return "\n\n".join(made)

    def block(self, block: Block, marker: int = 0) -> str:
        """One block; ``marker`` 1 keeps a list apart from the list before it."""
        if id(block) in self.spelled:
            return spelled(block)
        match block:
            case Paragraph() | Raw():
                return block.text
            case ListBlock():
                return self._list(block, marker)
            case Table() | Chart():
                return _grid(block)
            case Figure():
                return _figure(block)
            case Case():
                return self._case(block)
            case Note():
                label = [] if block.label == "注" else [("label", block.label)]
                return fence("note", _attributes(None, label), block.text)
            case SignOff():
                return fence("sign-off", "", "\n".join(block.lines))

    def _list(self, block: ListBlock, marker: int) -> str:
        items: list[str] = []
        loose = any(len(item.blocks) > 1 for item in block.items)
        for number, item in enumerate(block.items, block.start):
            start = f"{number}{'.)'[marker]} " if block.ordered else "-*"[marker] + " "
            text = self.blocks(item.blocks)
            if not item.blocks or not isinstance(item.blocks[0], Paragraph):
                text = "\n" + text
            indent = " " * len(start)
            lines = [line and indent + line for line in text.split("\n")]
            items.append(start.rstrip() if not lines[0] else start + lines[0].lstrip(" "))
            items[-1] += "".join("\n" + line for line in lines[1:] if items[-1] or line)
            items[-1] = items[-1].rstrip("\n")
        return ("\n\n" if loose else "\n").join(items)

    def _case(self, block: Case) -> str:
        pairs = _claim("title", block.title, block.number, "case")
        if block.owner is not None:
            pairs.append(("owner", block.owner))
        flags = ["run-in"] if block.run_in else []
        body = self.blocks(block.blocks)
        return fence("case", _attributes(block.id, pairs, flags), body, 3 + _depth(block))


def fence(kind: str, attributes: str, body: str, length: int = 3) -> str:
    """A fence with its body."""
    head = " ".join(part for part in (":" * length, kind, attributes) if part)
    return "\n".join(part for part in (head, body, ":" * length) if part)


def spelled(block: Block) -> str:
    """A block as data: whatever it holds, it reads back the same."""
    return fence("block", "", yaml_text.dump(slim(block)).rstrip("\n"))


def footnote(label: str, note: Footnote) -> str:
    """A footnote definition."""
    return f"[^{label}]: {note.text}"


def spelled_footnote(label: str, note: Footnote) -> str:
    """A footnote as data."""
    return fence("footnotes", "", f"{yaml_text.quoted(label)}: {yaml_text.quoted(note.text)}")


def heading(section: Section, level: int, *, explicit: bool = False) -> str:
    """The heading line of a section; ``explicit`` states title and number as attributes."""
    pairs: list[tuple[str, str]] = []
    title = section.title
    if explicit:
        pairs.append(("title", section.title))
        title = ""
        if section.number is not None:
            pairs.append(("number", section.number))
    elif section.number is None:
        if claims.heading(title).number is not None:
            pairs.append(("number", ""))
    else:
        gap = "" if section.number[-1] in "、）)：:〕】" else " "
        typed = f"{section.number}{gap}{title}".rstrip()
        split = claims.heading(typed)
        if (split.number, typed[split.offset :]) == (section.number, title):
            title = typed
        else:
            pairs.append(("number", section.number))
    if level > 6:
        pairs.append(("level", str(level)))
    classes = [] if section.numbered else [".unnumbered"]
    attributes = _attributes(section.id, pairs, classes)
    return " ".join(part for part in ("#" * min(level, 6), title, attributes) if part)


def _attributes(
    name: str | None, pairs: Sequence[tuple[str, str]], flags: Sequence[str] = ()
) -> str:
    parts = [f"#{name}"] if name is not None else []
    parts += [f"{key}={quote(value)}" for key, value in pairs]
    parts += flags
    return "{" + " ".join(parts) + "}" if parts else ""


def _claim(field: str, text: str, number: str | None, kind: Kind) -> list[tuple[str, str]]:
    """The caption with the number that was typed before it."""
    if number is None:
        plain = claims.caption(text, kind).number is None
        return ([(field, text)] if text else []) + ([] if plain else [("number", "")])
    typed = (number + ("" if number.endswith("】") else " ") + text).rstrip()
    split = claims.caption(typed, kind)
    if (split.number, typed[split.offset :]) == (number, text):
        return [(field, typed)]
    return ([(field, text)] if text else []) + [("number", number)]


def _grid(block: Table | Chart) -> str:
    options = slim(block)
    for key in ("type", "id", "caption", "number"):
        options.pop(key, None)
    pipes = _pipes(block)
    if pipes:
        options.pop("rows", None)
        options.pop("header_rows", None)
    kind: Kind = "table" if isinstance(block, Table) else "figure"
    pairs = _claim("caption", block.caption, block.number, kind)
    if isinstance(block, Table) and pipes and not (options or pairs or block.id):
        return pipes
    head = yaml_text.dump(options) if options else ""
    body = f"{head}\n{pipes}" if pipes and head else pipes or head.rstrip("\n")
    return fence(block.type, _attributes(block.id, pairs), body)


def _pipes(block: Table | Chart) -> str:
    """The rows as a pipe table, or nothing if they cannot be written so."""
    header = block.header_rows if isinstance(block, Table) else min(1, len(block.rows))
    if not block.rows or header > len(block.rows):
        return ""
    if any(cell != cell.strip() or "\n" in cell for row in block.rows for cell in row):
        return ""
    lines = ["| " + " | ".join(map(pipe_table.escape, row)) + " |" for row in block.rows]
    if any(map(pipe_table.is_delimiter, lines[:header])):
        return ""
    lines.insert(header, "|" + " --- |" * len(block.rows[0]))
    return "\n".join(lines)


def _figure(block: Figure) -> str:
    options = slim(block)
    if set(options) <= {"type", "image", "alt"} and block.image:
        alt = block.alt.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
        return f"![{alt}]({block.image})"
    pairs = _claim("caption", block.caption, block.number, "figure")
    if block.owner is not None:
        pairs.append(("owner", block.owner))
    for key in ("type", "id", "caption", "number", "owner"):
        options.pop(key, None)
    body = yaml_text.dump(options).rstrip("\n") if options else ""
    return fence("figure", _attributes(block.id, pairs), body)


def _alike(before: Block | None, block: Block) -> bool:
    """Whether two lists would run together."""
    return (
        isinstance(before, ListBlock)
        and isinstance(block, ListBlock)
        and before.ordered == block.ordered
    )


def _depth(block: Case) -> int:
    """How deep cases stand in this one."""
    inner = [_depth(item) + 1 for item in block.blocks if isinstance(item, Case)]
    for item in block.blocks:
        if isinstance(item, ListBlock):
            inner += [
                _depth(case) + 1 for i in item.items for case in i.blocks if isinstance(case, Case)
            ]
    return max(inner, default=0)
