"""The account of an import: every character of the source is in the submission or set aside.

Blanks do not count. What the submission holds besides (marks of inline Markdown, numbers of lists)
does not count either; what it holds of the source is compared character by character.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from reportkit.model.base import Place
from reportkit.model.blocks import (
    Block,
    Case,
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
from reportkit.model.submission import Submission

from .inline import plain
from .stream import Aside, Grid, Plot, Stream, Text

_JOINS = ("^^", "<<")


def account(
    stream: Stream, submission: Submission, asides: Iterable[Aside]
) -> list[tuple[str, Place]]:
    """What of the source is nowhere: the characters that are missing, by item, with its place."""
    kept = Counter[str]()
    for text in (*texts(submission), *(aside.text for aside in asides)):
        kept.update(bare(text))
    kept.subtract(Counter("".join(bare(text) for text, _ in source(stream))))
    missing = {char: -count for char, count in kept.items() if count < 0}
    if not missing:
        return []
    return list(_places(stream, "".join(map(bare, texts(submission))), missing))


def gained(stream: Stream, submission: Submission, asides: Iterable[Aside]) -> Counter[str]:
    """Characters that the submission and what was set aside hold more often than the source."""
    kept = Counter[str]()
    for text in (*texts(submission), *(aside.text for aside in asides)):
        kept.update(bare(text))
    kept.subtract(Counter("".join(bare(text) for text, _ in source(stream))))
    return +kept


def bare(text: str) -> str:
    """A text without blanks."""
    return "".join(char for char in text if not char.isspace() and char not in "\u200b\ufeff")


def _places(stream: Stream, kept: str, missing: dict[str, int]) -> Iterator[tuple[str, Place]]:
    """What is missing, first from items that are not there as they stand, then from their twins."""
    items = [(bare(text), place) for text, place in source(stream)]
    for own, place in sorted(items, key=lambda item: item[0] in kept):
        lost = []
        for char in own:
            if missing.get(char, 0) > 0:
                missing[char] -= 1
                lost.append(char)
        if lost:
            yield "".join(lost), place


def source(stream: Stream) -> Iterator[tuple[str, Place]]:
    """All text of a stream with its places."""
    for item in stream.items:
        if isinstance(item, Text):
            yield item.number + item.text, item.place
        elif isinstance(item, Grid):
            for cell in item.cells:
                yield cell.text, cell.place
        elif isinstance(item, Plot):
            yield item.title + "".join(cell for row in item.rows for cell in row), item.place
    for note in stream.notes.values():
        yield note.text, note.place
    for aside in stream.asides:
        yield aside.text, aside.place


def texts(submission: Submission) -> Iterator[str]:
    """All text of a submission as it reads, without the marks of inline Markdown."""
    metadata = submission.metadata
    cover = metadata.cover
    yield metadata.title
    yield from filter(None, (cover.subtitle, cover.issuer, cover.date, cover.url))
    yield from metadata.sign_off
    yield metadata.colophon or ""
    for chapter in submission.chapters:
        yield from _section(chapter)
        for note in chapter.footnotes.values():
            yield plain(note.text)
    for contents in submission.contents:
        for entry in contents.entries:
            yield entry.text + entry.page


def _section(section: Section) -> Iterator[str]:
    yield section.number or ""
    yield plain(section.title)
    yield from _blocks(section.blocks)
    for below in section.sections:
        yield from _section(below)


def _blocks(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph(text=text):
                yield plain(text)
            case Raw(text=text):
                yield text
            case Note():
                yield block.label
                yield plain(block.text)
            case SignOff():
                yield from map(plain, block.lines)
            case ListBlock():
                for item in block.items:
                    yield from _blocks(item.blocks)
            case Case():
                yield from (block.number or "", plain(block.title), block.owner or "")
                yield from _blocks(block.blocks)
            case Table() | Figure() | Chart():
                yield from _object(block)


def _object(block: Table | Figure | Chart) -> Iterator[str]:
    yield block.number or ""
    yield plain(block.caption)
    if isinstance(block, Figure):
        yield block.owner or ""
        yield from (plain(part.caption) for part in block.parts)
    else:
        yield block.unit or ""
        yield from (plain(cell) for row in block.rows for cell in row if cell not in _JOINS)
    yield from map(plain, block.notes)
    yield plain(block.source or "")
