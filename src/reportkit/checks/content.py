"""What stands under a heading: whether anything, what kinds, and how many characters."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.base import Placed
from ..model.blocks import (
    Block,
    Case,
    Chart,
    Figure,
    ListBlock,
    Note,
    Paragraph,
    Raw,
    SignOff,
    Table,
)
from ..model.standard import Content
from .context import Node, block_texts, flatten, hanzi, plain

GUIDANCE = "〔填写提示〕"
"""How a paragraph begins that ``reportkit new`` wrote for the author to replace."""

LAST_YEAR = "〔上年文字，请改写〕"
"""How a text begins that was taken over from last year's report and is still to be rewritten."""

_KINDS: tuple[tuple[tuple[type, ...], Content], ...] = (
    ((Paragraph, ListBlock, Raw), Content.PROSE),
    ((Table,), Content.TABLE),
    ((Figure, Chart), Content.FIGURE),
    ((Case,), Content.CASE),
    ((ListBlock,), Content.LIST),
)


def is_guidance(block: Placed) -> bool:
    """Whether the block is guidance that still waits for the author's text."""
    return isinstance(block, Paragraph) and block.text.lstrip().startswith(GUIDANCE)


def is_last_year(block: Placed) -> bool:
    """Whether the block, or a note of it, is last year's text."""
    if isinstance(block, Paragraph):
        return block.text.lstrip().startswith(LAST_YEAR)
    notes = block.notes if isinstance(block, Table | Figure | Chart) else ()
    return any(note.lstrip().startswith(LAST_YEAR) for note in notes)


def is_blank(block: Block) -> bool:
    """Whether the block holds nothing to read."""
    match block:
        case Paragraph(text=text) | Note(text=text) | Raw(text=text):
            return not text.strip()
        case SignOff(lines=lines):
            return not any(line.strip() for line in lines)
        case ListBlock(items=items):
            return all(is_blank(b) for item in items for b in item.blocks)
        case Case(title=title, blocks=blocks):
            return not title.strip() and all(map(is_blank, blocks))
        case Table() | Figure() | Chart():
            return False


def hollow(node: Node) -> bool:
    """Whether nothing at all stands under the heading, not even in sections below."""
    return all(map(is_blank, node.section.blocks)) and all(map(hollow, node.children))


def unwritten(node: Node) -> bool:
    """Whether somewhere under the heading there is nothing yet, or only guidance."""
    blocks = [block for block in node.section.blocks if not is_blank(block)]
    if any(map(is_guidance, blocks)) or (not blocks and not node.children):
        return True
    return any(map(unwritten, node.children))


def kinds(node: Node) -> set[Content]:
    """The kinds of content under the heading, in sections below and in cases too."""
    found: set[Content] = set()
    for below in node.walk():
        for block, _ in flatten(below.section.blocks):
            if not is_guidance(block) and not is_blank(block):
                found.update(kind for types, kind in _KINDS if isinstance(block, types))
    return found


def texts(node: Node) -> Iterator[str]:
    """All texts under the heading, titles of sections below included."""
    for below in node.walk():
        yield plain(below.section.title)
        yield from block_words(below.section.blocks)


def block_words(blocks: tuple[Block, ...]) -> Iterator[str]:
    """All texts of blocks, those in lists and cases too; guidance left out."""
    for block, _ in flatten(blocks):
        if not is_guidance(block):
            yield from (plain(text) for text, _, _ in block_texts(block) if text)


def length(blocks: tuple[Block, ...]) -> int:
    """Number of Chinese characters in blocks."""
    return sum(map(hanzi, block_words(blocks)))


def section_length(node: Node) -> int:
    """Number of Chinese characters under the heading, headings left out."""
    return sum(length(below.section.blocks) for below in node.walk())
