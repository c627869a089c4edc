"""Writes chapter files that read back as the same chapters, whatever is in them.

Each block is written naturally and read back; what does not come back the same is spelled out as
data (``::: block``), a heading by attributes. So nothing can be lost, and little looks unnatural.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from reportkit.model.blocks import Block, Case, Chapter, Footnote, ListBlock, Section

from . import block_text
from .block_text import BlockWriter
from .markdown import read_chapters
from .review import sections
from .source import Log, Source


def file_text(chapters: Sequence[Chapter]) -> str | None:
    """The text of a file with these chapters; None if they cannot share one."""
    every = [block for c in chapters for s in sections([c]) for block in s.blocks]
    heads = [section for chapter in chapters for section in sections([chapter])]
    notes = [note for chapter in chapters for note in chapter.footnotes.values()]
    text = _text(chapters, set(), set(), set())
    if _returns(text, chapters):
        return text
    spelled = {id(block) for block in _unnatural(every)}
    explicit = {id(section) for section in heads if not _heading_returns(section)}
    strange = {id(note) for note in notes if not _note_returns(note)}
    text = _text(chapters, spelled, explicit, strange)
    if _returns(text, chapters):
        return text
    text = _text(chapters, set(map(id, every)), set(map(id, heads)), set(map(id, notes)))
    return text if _returns(text, chapters) else None


def _text(
    chapters: Sequence[Chapter], spelled: set[int], explicit: set[int], notes: set[int]
) -> str:
    writer = BlockWriter(spelled)
    parts: list[str] = []
    for chapter in chapters:
        for section, level in _levels(chapter, 1):
            parts.append(block_text.heading(section, level, explicit=id(section) in explicit))
            if section.blocks:
                parts.append(writer.blocks(section.blocks))
        plain = [(k, n) for k, n in chapter.footnotes.items() if id(n) not in notes]
        rest = [(k, n) for k, n in chapter.footnotes.items() if id(n) in notes]
        if plain:
            parts.append("\n".join(block_text.footnote(label, note) for label, note in plain))
        parts += [block_text.spelled_footnote(label, note) for label, note in rest]
    return "\n\n".join(parts) + "\n"


def _levels(section: Section, level: int) -> Iterator[tuple[Section, int]]:
    yield section, level
    for child in section.sections:
        yield from _levels(child, level + 1)


def _read(text: str) -> list[Chapter]:
    return read_chapters(Source("", text, Log()))


def _returns(text: str, chapters: Sequence[Chapter]) -> bool:
    return _data(_read(text)) == _data(chapters)


def _data(chapters: Sequence[Chapter]) -> list[dict[str, Any]]:
    return [chapter.model_dump(exclude={"file"}) for chapter in chapters]


def _unnatural(blocks: Sequence[Block]) -> Iterator[Block]:
    """Blocks that do not come back the same when they are written naturally, inner ones first."""
    found: set[int] = set()
    for block in blocks:
        for item in _inner_first(block):
            read = _read("#\n\n" + BlockWriter(found).block(item) + "\n")
            blank = len(read) == 1 and not read[0].sections and not read[0].footnotes
            same = blank and [b.model_dump() for b in read[0].blocks] == [item.model_dump()]
            if not same:
                found.add(id(item))
                yield item


def _inner_first(block: Block) -> Iterator[Block]:
    if isinstance(block, Case):
        for inner in block.blocks:
            yield from _inner_first(inner)
    elif isinstance(block, ListBlock):
        for item in block.items:
            for inner in item.blocks:
                yield from _inner_first(inner)
    yield block


def _heading_returns(section: Section) -> bool:
    alone = section.model_copy(update={"blocks": (), "sections": ()})
    read = _read(block_text.heading(alone, 1) + "\n")
    names = {"id", "title", "number", "numbered"}
    return len(read) == 1 and read[0].model_dump(include=names) == alone.model_dump(include=names)


def _note_returns(note: Footnote) -> bool:
    read = _read("#\n\n" + block_text.footnote("a", note) + "\n")
    return len(read) == 1 and not read[0].blocks and read[0].footnotes.get("a") == note
