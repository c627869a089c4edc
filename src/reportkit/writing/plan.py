"""What both writers must decide alike: zones of page numbers, new pages, shared words, columns."""

from typing import Literal

from reportkit.model.report import Part, Picture, RCell, Report, RTable, plain
from reportkit.model.standard import PartKind

Zone = Literal["cover", "front", "body"]
DRAFT_MARK = "草稿"
_BOOKISH = frozenset(
    {
        PartKind.COVER,
        PartKind.STATEMENT,
        PartKind.TOC,
        PartKind.LIST_OF_TABLES,
        PartKind.LIST_OF_FIGURES,
        PartKind.LIST_OF_CASES,
    }
)
_NEW_PAGE = _BOOKISH | {PartKind.PREFACE, PartKind.ANNEX, PartKind.COLOPHON}
LONG_CELL = 20
"""Cells with more characters than this are set justified, not centred."""


def zones(report: Report) -> tuple[Zone, ...]:
    """The zone of each part of the report.

    The cover has no page number; what stands before the first chapter is numbered apart, and the
    body begins with page 1. A report without cover, statement and lists has no front matter: its
    preface opens the body.
    """
    bookish = is_book(report)
    found: list[Zone] = []
    body = False
    for part in report.parts:
        body = body or part.kind in (PartKind.BODY, PartKind.ANNEX)
        if part.kind is PartKind.COVER:
            found.append("cover")
        else:
            found.append("body" if body or not bookish else "front")
    return tuple(found)


def is_book(report: Report) -> bool:
    """Whether the report has a cover, a statement or lists, and so is bound like a book."""
    return any(part.kind in _BOOKISH for part in report.parts)


def opening_title(report: Report) -> str | None:
    """The title to print above the first part, for a report without cover."""
    covered = any(part.kind is PartKind.COVER for part in report.parts)
    return None if covered else report.title


def starts_page(part: Part, report: Report) -> bool:
    """Whether a part other than a chapter begins on a new page (chapters: Style says)."""
    return part.kind is PartKind.ANNEX or (is_book(report) and part.kind in _NEW_PAGE)


def missing_picture(picture: Picture) -> str:
    """What stands in the box where a picture could not be printed."""
    return f"（图片缺失：{picture.alt}）" if picture.alt else "（图片缺失）"


def units(text: str) -> int:
    """Printed width of a text in half-widths: two for a Chinese character, one for a Latin one."""
    return sum(2 if ord(char) > 0x2E7F or char in "“”‘’—…·①②③④⑤⑥⑦⑧⑨⑩" else 1 for char in text)


def is_long(cell: RCell) -> bool:
    """Whether a body cell holds running text, which is justified instead of centred."""
    return not cell.numeric and sum(len(run.text) for run in cell.runs) > LONG_CELL


def column_widths(table: RTable) -> tuple[float, ...]:
    """Shares of the columns, adding up to 1: as the author says, or by what stands in them."""
    if len(table.widths) == table.columns and sum(table.widths) > 0:
        total = sum(table.widths)
        return tuple(width / total for width in table.widths)
    widest = [4.0] * table.columns
    sums = [0.0] * table.columns
    counts = [1] * table.columns
    for cell in table.cells:
        if cell.colspan != 1 or cell.column >= table.columns:
            continue
        width = min(units(plain(cell.runs)), 120)
        widest[cell.column] = max(widest[cell.column], min(width, 36))
        sums[cell.column] += width
        counts[cell.column] += 1
    weights = [
        max(wide**0.75, (total / count) ** 0.9)
        for wide, total, count in zip(widest, sums, counts, strict=True)
    ]
    whole = sum(weights)
    return tuple(weight / whole for weight in weights)
