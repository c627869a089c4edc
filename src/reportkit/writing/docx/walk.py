"""Walk through a report in print order."""

from collections.abc import Iterable, Iterator

from reportkit.model.report import (
    Heading,
    Label,
    Para,
    RBlock,
    RCase,
    RChart,
    Report,
    RFigure,
    RList,
    RTable,
)


def walk(blocks: Iterable[RBlock]) -> Iterator[RBlock]:
    """Every block, those inside lists and cases right after what holds them."""
    for block in blocks:
        yield block
        if isinstance(block, RList):
            for item in block.items:
                yield from walk(item.blocks)
        elif isinstance(block, RCase):
            yield from walk(block.blocks)


def blocks_of(report: Report) -> Iterator[RBlock]:
    """Every block of the report."""
    for part in report.parts:
        yield from walk(part.blocks)


def label_of(block: RBlock) -> Label | None:
    """The caption of a block that has one."""
    return block.caption if isinstance(block, RTable | RFigure | RChart | RCase) else None


def anchor_of(block: RBlock) -> str | None:
    """The anchor of a block, where it has one."""
    if isinstance(block, Heading | Para):
        return block.anchor
    label = label_of(block)
    return label.anchor if label is not None else None
