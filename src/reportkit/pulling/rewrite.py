"""Puts changed texts into the files: letter by letter where they stand so, else the whole block."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from reportkit.model.base import Model, Placed
from reportkit.model.blocks import (
    Case,
    Chart,
    Figure,
    FigurePart,
    Footnote,
    ListBlock,
    Note,
    Paragraph,
    Section,
    SignOff,
    Table,
)
from reportkit.reading import block_text
from reportkit.reading.block_text import BlockWriter
from reportkit.reading.markdown import read_chapters
from reportkit.reading.source import Log, Source

from .origin import Slot
from .texts import Folder, TextFile

_DELICATE = set("\"'\\{}[]#:|&*!%@`<>?,\n")
"""Characters that mean something in attributes or YAML."""
_OPENING = re.compile(r"^(?:(\d{1,9})(?=[.)]))?([-+*#>|:~_.)])")
"""What makes a line a list, a heading, a quote, a table or a fence."""
_RAW = (Paragraph, Footnote, Section, Note, SignOff)
_SPANS: dict[type, tuple[str, ...]] = {
    Paragraph: ("paragraph_open", "fence", "raw"),
    ListBlock: ("bullet_list_open", "ordered_list_open", "fence"),
    Table: ("fence", "table"),
    Chart: ("fence",),
    Figure: ("fence", "paragraph_open"),
    Case: ("case_open", "fence"),
    Note: ("fence",),
    SignOff: ("fence",),
    Footnote: ("footnote",),
}


@dataclass(frozen=True)
class _Text:
    """A new text; ``spoken`` are the old and new one as they stand in the file, if they do."""

    slot: Slot
    new: str
    spoken: tuple[str, str] | None


class Rewriter:
    """Edits the files of a folder."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder
        self._blocks: dict[int, tuple[Placed, Placed]] = {}
        self._without: dict[int, list[str]] = {}
        self._texts: dict[int, tuple[Placed, list[_Text]]] = {}

    def file(self, owner: Placed) -> TextFile | None:
        """The file that a block stands in."""
        return self.folder.file(owner.place.file) if owner.place else None

    def span(self, owner: Placed) -> tuple[int, int] | None:
        """First line of a block (from 0), and the line behind it."""
        file = self.file(owner)
        if file is None or owner.place is None or owner.place.line is None:
            return None
        if isinstance(owner, Section):
            return owner.place.line - 1, owner.place.line
        if isinstance(owner, Note) and owner.place:
            return _note_span(file, owner.place.line)
        return file.span(owner.place.line, *_SPANS.get(type(owner), ()))

    def text(self, slot: Slot, new: str, block: Placed | None) -> bool:
        """Change one text of ``block`` to ``new``; False if that cannot be done here."""
        owner = block if isinstance(slot.owner, FigurePart) and block is not None else slot.owner
        file = self.file(owner)
        if file is None:
            return False
        spoken = None
        if slot.exact and slot.place and file.stands(slot.place, slot.text):
            spoken = _escaped(slot, file, new)
        if spoken is None and self.span(owner) is None:
            return False
        self._texts.setdefault(id(owner), (owner, []))[1].append(_Text(slot, new, spoken))
        return True

    def _letters(self, slot: Slot, file: TextFile, old: str, new: str) -> None:
        """Change only the letters that differ."""
        assert slot.place is not None
        matcher = SequenceMatcher(None, old, new, autojunk=False)
        for tag, i1, i2, j1, j2 in matcher.get_opcodes():
            if tag != "equal":
                start = file.offset(slot.place, old, i1)
                end = file.offset(slot.place, old, i2)
                file.replace(start, end, new[j1:j2])

    def block(self, old: Placed, new: Placed) -> None:
        """Let a block give way to another one."""
        self._blocks[id(old)] = (old, new)

    def without(self, block: Placed, part: str) -> None:
        """Let a block lose a part, such as ``notes.0``."""
        self._blocks.setdefault(id(block), (block, block))
        self._without.setdefault(id(block), []).append(part)

    def finish(self) -> None:
        """Edit the files; once, when all changes are known.

        A block is written anew where one of its texts cannot be changed letter by letter.
        """
        for key, (owner, texts) in self._texts.items():
            file = self.file(owner)
            if key not in self._blocks and file and all(text.spoken for text in texts):
                for text in texts:
                    if text.spoken:
                        self._letters(text.slot, file, *text.spoken)
                continue
            _, made = self._blocks.get(key, (owner, owner))
            for text in texts:
                made = with_part(made, _path(owner, text.slot), text.new)
            self._blocks[key] = (owner, made)
        self._whole()

    def _whole(self) -> None:
        """Write blocks, or the lines of headings and cases, anew."""
        for old, new in self._blocks.values():
            for part in sorted(self._without.get(id(old), ()), reverse=True):
                new = with_part(new, part.split("."), None)
            file, span = self.file(old), self.span(old)
            if file is None or span is None:
                continue
            first, last = span
            inside = file.lines[first][: len(file.lines[first]) - len(file.lines[first].lstrip())]
            if isinstance(new, Section):
                level = len(file.lines[first].lstrip()) - len(
                    file.lines[first].lstrip().lstrip("#")
                )
                text = block_text.heading(new, max(level, 1))
            elif isinstance(new, Case):
                empty = new.model_copy(update={"blocks": ()})
                colons = len(file.lines[first].strip()) - len(file.lines[first].strip().lstrip(":"))
                head = BlockWriter(set()).block(empty).split("\n")[0]
                text, last = ":" * colons + head.lstrip(":"), first + 1
            elif isinstance(new, Footnote):
                text = file.lines[first].split("]:")[0] + "]: " + new.text
            else:
                text = written(new)
            text = "\n".join(inside + line if line else line for line in text.split("\n"))
            file.replace(file.starts[first], file.behind(last), text)


def _path(owner: Placed, slot: Slot) -> list[str]:
    """Where the text of a slot stands in its block."""
    if isinstance(slot.owner, FigurePart) and isinstance(owner, Figure):
        index = [id(part) for part in owner.parts].index(id(slot.owner))
        return ["parts", str(index), slot.part]
    return slot.part.split(".")


def written(block: Any) -> str:
    """A block as Markdown that reads back the same."""
    text = BlockWriter(set()).block(block)
    return text if returns(text, block) else block_text.spelled(block)


def opening(text: str) -> str:
    """Inline Markdown that begins a paragraph, not a list, a heading or a fence."""
    return _OPENING.sub(lambda found: f"{found[1] or ''}\\{found[2]}", text)


def returns(text: str, block: Model) -> bool:
    """Whether the text of a block reads back as it."""
    read = read_chapters(Source("", f"#\n\n{text}\n", Log()))
    if len(read) != 1 or read[0].sections or read[0].footnotes:
        return False
    return [item.model_dump() for item in read[0].blocks] == [block.model_dump()]


def with_part(owner: Any, path: Sequence[str], new: str | None) -> Any:
    """A model with another text at ``path`` (``notes.0``, ``rows.2.3``); None takes it away."""
    name, *rest = path
    if isinstance(owner, tuple):
        index = int(name)
        if not rest and new is None:
            return (*owner[:index], *owner[index + 1 :])
        item = with_part(owner[index], rest, new) if rest else new
        return (*owner[:index], item, *owner[index + 1 :])
    value = with_part(getattr(owner, name), rest, new) if rest else new
    return owner.model_copy(update={name: value})


def _escaped(slot: Slot, file: TextFile, new: str) -> tuple[str, str] | None:
    """Old and new text as they stand in the file; None if the block must be written anew."""
    assert slot.place is not None
    assert slot.place.line is not None
    line = file.lines[slot.place.line - 1]
    before = line[: slot.place.columns[0] - 1][-1:]
    quoted = before in ('"', "'", "“") and line[
        slot.place.columns[0] - 1 + len(slot.text.split("\n")[0]) :
    ][:1] in ('"', "'", "”")
    if slot.part.startswith("rows.") and line.lstrip().startswith("|"):
        fine = new.strip() == new and "\n" not in new and new not in ("^^", "<<")
        return (slot.text, new.replace("|", "\\|")) if fine and slot.text else None
    if isinstance(slot.owner, _RAW) and not quoted and not _spelled(slot, file):
        return (slot.text, new) if _reads_back(slot.owner, slot.text, new) else None
    added = _added(slot.text, new)
    fine = bool(slot.text and new.strip()) and not added & _DELICATE and new.strip() == new
    return (slot.text, new) if fine else None


def _spelled(slot: Slot, file: TextFile) -> bool:
    """Whether a text stands in a fence that spells its block out as data."""
    owner = slot.owner
    if isinstance(owner, Paragraph | SignOff) and owner.place and owner.place.line:
        return file.lines[owner.place.line - 1].lstrip().startswith(
            (":::", "：：：")
        ) and isinstance(owner, Paragraph)
    return (
        isinstance(owner, Footnote) and "]:" not in file.lines[(owner.place.line or 1) - 1]
        if owner.place
        else False
    )


def _reads_back(owner: Placed, old: str, new: str) -> bool:
    if isinstance(owner, Paragraph):
        return returns(new, owner.model_copy(update={"text": new}))
    if isinstance(owner, Section):
        read = read_chapters(Source("", f"# {new}\n", Log()))
        return len(read) == 1 and (read[0].title, read[0].number) == (new, None)
    lines = new.split("\n")
    return (
        len(lines) == old.count("\n") + 1
        and all(line.strip() == line for line in lines)
        and not any(line.startswith((":::", "[^")) for line in lines)
    )


def _added(old: str, new: str) -> set[str]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return {
        char for tag, _, _, j1, j2 in matcher.get_opcodes() if tag != "equal" for char in new[j1:j2]
    }


def _note_span(file: TextFile, line: int | None) -> tuple[int, int] | None:
    """The fence around a note whose text begins on ``line``."""
    at = line or 1
    while at > 0:
        span = file.span(at, "fence")
        if span is not None:
            return span
        at -= 1
    return None
