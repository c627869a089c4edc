"""What a reader must find in a produced file: every string of a report, in print order."""

from reportkit.model.report import (
    Heading,
    Para,
    Part,
    RBlock,
    RCase,
    RChart,
    Report,
    RFigure,
    RList,
    RTable,
    plain,
)


def texts(report: Report) -> list[str]:
    """Every string that a reader must find, in print order, one for each paragraph or cell."""
    return [text for part in report.parts for text in _part_texts(part, report)]


def _part_texts(part: Part, report: Report) -> list[str]:
    found = [part.title] if part.title else []
    found += [text for _, text in part.lines]
    found += [entry.text for entry in part.entries]
    for block in part.blocks:
        found += block_texts(block)
    return found


def block_texts(block: RBlock) -> list[str]:
    """The strings of one block in print order."""
    match block:
        case Heading():
            return [block.text]
        case Para():
            return [block.number + plain(block.runs)]
        case RList():
            return [
                text
                for item in block.items
                for text in _marked(item.marker, [t for b in item.blocks for t in block_texts(b)])
            ]
        case RTable():
            found = [block.caption.text, block.unit or ""]
            found += [plain(cell.runs) for cell in block.cells]
            return [*filter(None, found), *map(plain, block.notes)]
        case RFigure():
            found = [plain(picture.caption) for picture in block.pictures]
            return [*filter(None, found), block.caption.text, *map(plain, block.notes)]
        case RChart():
            return [block.caption.text, *map(plain, block.notes)]
        case RCase():
            inner = [text for b in block.blocks for text in block_texts(b)]
            if block.run_in and inner:
                return [plain(block.heading) + inner[0], *inner[1:]]
            return [plain(block.heading), *inner]


def _marked(marker: str, inner: list[str]) -> list[str]:
    return [marker + inner[0], *inner[1:]] if inner else [marker]
