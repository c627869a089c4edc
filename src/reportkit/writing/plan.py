"""What both writers must decide alike: zones of page numbers, new pages, shared words, columns."""

import re
from collections.abc import Sequence
from typing import Literal

from reportkit.model.report import Part, Picture, RCell, Report, RFigure, RTable, plain
from reportkit.model.standard import PartKind
from reportkit.model.style import Style

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


HEADING_LOOKS = 4
"""Levels of headings that have looks of their own; deeper ones take the last."""


def heading_look(level: int, *, in_toc: bool) -> str:
    """Key of ``Style.texts`` for a heading; a chapter outside the contents is set like 目录."""
    return f"heading{min(level, HEADING_LOOKS)}" if in_toc or level > 1 else "part_title"


def missing_picture(picture: Picture) -> str:
    """What stands in the box where a picture could not be printed."""
    return f"（图片缺失：{picture.alt}）" if picture.alt else "（图片缺失）"


def units(text: str) -> int:
    """Printed width of a text in half-widths: two for a Chinese character, one for a Latin one."""
    return sum(2 if ord(char) > 0x2E7F or char in "“”‘’—…·①②③④⑤⑥⑦⑧⑨⑩" else 1 for char in text)


def title_lines(title: str, style: Style) -> tuple[str, ...]:
    """A title in lines that are alike in length, each within the text block.

    GB/T 9704—2012, 7.3.1: no word is torn, and the lines make a trapezium or a rhombus. What stands
    in brackets, Latin words and numbers stay whole; what stands in brackets at the end has a line
    of its own where that saves the rest from being broken.
    """
    look = style.texts["title"]
    width = (style.page.width - style.page.inside - style.page.outside) * 72 / 25.4
    room = max(2, int(width / look.size * 2))
    count = -(-units(title) // room)
    if count < 2:
        return (title,)
    head, bracket, tail = title.rpartition("（")
    if head and title.endswith("）") and max(units(head), units(bracket + tail)) <= room:
        return head, bracket + tail
    pieces = _WHOLE.findall(title)
    made: list[str] = []
    line, left = "", units(title)
    for piece in pieces:
        aim = left / max(1, count - len(made))
        over = units(line) + units(piece) - room
        if line and (over > 0 or units(line) + units(piece) / 2 > aim):
            made.append(line)
            left -= units(line)
            line = ""
        line += piece
    return (*made, line)


_WHOLE = re.compile(
    r"[“《（〈「]?(?:（[^（）]{1,12}）|《[^《》]{1,16}》|“[^“”]{1,16}”|[A-Za-z0-9.,%—–-]+年?度?|.)"
    r"[，。、；：！？）》”’〉」]*"
)
"""What a line of a title may not cut: brackets, words and numbers, marks with what they follow."""


def pictures_beside(figure: RFigure) -> int:
    """How many pictures of a composite figure stand beside each other."""
    return 3 if len(figure.pictures) % 3 == 0 else 2


def is_long(cell: RCell) -> bool:
    """Whether a body cell holds running text, which is justified instead of centred."""
    return not cell.numeric and sum(len(run.text) for run in cell.runs) > LONG_CELL


def column_widths(table: RTable) -> tuple[float, ...]:
    """Shares of the columns, adding up to 1: as the author says, or by what stands in them.

    Short texts keep their line where there is room; columns of numbers are equally wide.
    """
    if len(table.widths) == table.columns and sum(table.widths) > 0:
        whole = sum(table.widths)
        return tuple(width / whole for width in table.widths)
    columns = _columns(table)
    needs = [min(widest, _SHORT) + _PADDING for widest, _, _ in columns]
    wants = [
        max(need, min(average, _WIDEST))
        for need, (_, average, _) in zip(needs, columns, strict=True)
    ]
    _equalise(wants, [numeric for _, _, numeric in columns])
    room = _LINE - sum(needs)
    more = [want - need for want, need in zip(wants, needs, strict=True)]
    if sum(wants) > _LINE and room > 0 and sum(more) > 0:
        wants = [need + room * part / sum(more) for need, part in zip(needs, more, strict=True)]
    elif sum(wants) > _LINE:
        wants = needs
    return tuple(want / sum(wants) for want in wants)


_LINE = 84.0
"""Half-widths on a line of a table as wide as the text."""
_PADDING = 2.0
_SHORT = 12.0
"""Texts up to this width are kept on one line if possible."""
_WIDEST = 60.0


def _columns(table: RTable) -> list[tuple[float, float, bool]]:
    """Of each column: width of its longest text, a width good for most, whether all is numbers."""
    texts: list[list[float]] = [[4.0] for _ in range(table.columns)]
    numeric = [True] * table.columns
    for cell in table.cells:
        if cell.column >= table.columns or cell.colspan != 1:
            continue
        texts[cell.column].append(float(units(plain(cell.runs))))
        if cell.row >= table.header_rows and cell.runs:
            numeric[cell.column] = numeric[cell.column] and cell.numeric
    return [
        (max(widths), _PADDING + (max(widths) + 2 * sum(widths) / len(widths)) / 3, number)
        for widths, number in zip(texts, numeric, strict=True)
    ]


def _equalise(widths: list[float], numeric: Sequence[bool]) -> None:
    """Give neighbouring columns of numbers the width of the widest, if that costs little."""
    found = [width for width, number in zip(widths, numeric, strict=True) if number]
    if len(found) > 1 and max(found) * len(found) <= _LINE * 0.8:
        for index, number in enumerate(numeric):
            if number:
                widths[index] = max(found)
