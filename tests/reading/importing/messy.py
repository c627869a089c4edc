"""Composed reports as the texts that extraction from Word or PDF leaves: wrapped, numbered, messy.

The same report in many typographies: what the importer makes of each must be the same report.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hypothesis import strategies as st

from reportkit.model.report import (
    Heading,
    Para,
    RBlock,
    RCase,
    RChart,
    Report,
    RFigure,
    RList,
    RTable,
    plain,
)

NUMBERINGS: tuple[tuple[str, ...], ...] = (
    ("{cn}、", "（{cn}）", "{n}. ", "（{n}）"),
    ("{cn}、", "({cn})", "{n}.", "({n})"),
    ("{cn}、", "{n}. ", "（{n}）"),
    ("{n}.", "{path}", "{path}", "{path}"),
    ("{n} ", "{path} ", "{path} ", "{path} "),
    ("第{cn}章 ", "第{cn}节 ", "{cn}、", "（{cn}）"),
    ("第{n}章 ", "{path} ", "{path} "),
)


def width(text: str) -> float:
    """In Chinese characters, as on paper."""
    return sum(0.5 if char < "\u2000" else 1 for char in text)


@dataclass(frozen=True)
class Typography:
    """How a report was typed and what extraction made of it."""

    numbering: tuple[str, ...] = NUMBERINGS[0]
    width: int | None = None
    """Characters of a line; None for one line a paragraph."""
    blank_lines: bool = True
    """Blank lines between all lines."""
    indent: str = ""
    trailing: str = ""
    """What stands at the end of each paragraph."""
    page: int | None = None
    """Lines on a page; a page number stands at the end of each."""
    page_number: str = "- {n} -"
    toc: str | None = None
    """Leader of a typed table of contents; None for none."""
    cells: str = "\t"
    caption: str = "{word}{number} {title}"
    case: str = "【案例{number}】{title}{owner}"
    run_in: bool = False


@st.composite
def typographies(draw: st.DrawFn) -> Typography:
    wrapped = draw(st.booleans())
    blank_lines = draw(st.booleans())
    # without a sign where paragraphs begin, nobody can tell them apart when a line is full
    telling = not wrapped or not blank_lines
    return Typography(
        numbering=draw(st.sampled_from(NUMBERINGS)),
        width=draw(st.integers(30, 46)) if wrapped else None,
        blank_lines=blank_lines,
        indent=draw(st.sampled_from(("", "　　") if telling and not wrapped else ("　　", "    "))),
        trailing=draw(st.sampled_from(("", " "))),
        page=draw(st.sampled_from((None, 25, 40))),
        page_number=draw(st.sampled_from(("- {n} -", "第 {n} 页", "{n}", "— {n} —"))),
        toc=draw(st.sampled_from((None, "\t", " ........ ", "……"))),
        cells=draw(st.sampled_from(("\t", "|"))),
        caption=draw(
            st.sampled_from(
                ("{word}{number} {title}", "{word} {number} {title}", "{word}{number}　{title}")
            )
        ),
        case=draw(
            st.sampled_from(
                ("【案例{number}】{title}{owner}", "案例 {number} {title}{owner}",
                 "案例{number}：{title}{owner}")
            )
        ),
        run_in=draw(st.booleans()),
    )  # fmt: skip


def render(report: Report, look: Typography) -> str:
    """The text of a report."""
    return "\n".join(_Writer(report, look).lines())


class _Writer:
    def __init__(self, report: Report, look: Typography) -> None:
        self.report, self.look = report, look

    def lines(self) -> Iterator[str]:
        gap = [""] if self.look.blank_lines else []
        for count, line in enumerate(self._all(), 1):
            yield line
            yield from gap
            if self.look.page and count % self.look.page == 0:
                yield self.look.page_number.format(n=count // self.look.page)
                yield from gap

    def _all(self) -> Iterator[str]:
        yield self.report.title
        yield ""
        blocks = [b for part in self.report.parts for b in part.blocks]
        if self.look.toc is not None:
            yield "目 录"
            headings = [b for b in blocks if isinstance(b, Heading)]
            for page, heading in enumerate(headings, 1):
                yield f"{heading.text}{self.look.toc}{page}"
            yield ""
        for block in blocks:
            yield from self._block(block)

    def _block(self, block: RBlock) -> Iterator[str]:
        match block:
            case Heading():
                yield block.text
            case Para():
                yield from self._paragraph(block.number + plain(block.runs))
            case RList():
                for item in block.items:
                    for index, inner in enumerate(item.blocks):
                        assert isinstance(inner, Para)
                        marker = "" if index else f"{item.marker} "
                        yield from self._paragraph(marker + plain(inner.runs))
            case RTable():
                yield self._caption("表", block.caption.label[1:], plain(block.caption.title))
                if block.unit:
                    yield block.unit
                yield from self._rows(block)
                yield from (plain(note) for note in block.notes)
            case RFigure() | RChart():
                owner = f"（{block.caption.owner}）" if block.caption.owner else ""
                title = plain(block.caption.title) + owner
                yield from (plain(note) for note in block.notes)
                yield self._caption("图", block.caption.label[1:], title)
            case RCase():
                yield from self._case(block)

    def _caption(self, word: str, number: str, title: str) -> str:
        return self.look.caption.format(word=word, number=number, title=title)

    def _case(self, block: RCase) -> Iterator[str]:
        owner = f"（{block.caption.owner}）" if block.caption.owner else ""
        number = block.caption.label.removeprefix("案例")
        title = plain(block.caption.title)
        head = self.look.case.format(number=number, title=title, owner=owner)
        first, *rest = block.blocks
        if self.look.run_in and isinstance(first, Para):
            yield from self._paragraph(f"{head}。{plain(first.runs)}")
        else:
            yield head
            rest = [first, *rest]
        for inner in rest:
            yield from self._block(inner)

    def _rows(self, table: RTable) -> Iterator[str]:
        for index, row in enumerate(table.rows()):
            cells = [""] * table.columns
            for cell in row:
                cells[cell.column] = plain(cell.runs)
            if self.look.cells == "|":
                yield "| " + " | ".join(cells) + " |"
                if index == table.header_rows - 1:
                    yield "|" + " --- |" * table.columns
            else:
                yield self.look.cells.join(cells)

    def _paragraph(self, text: str) -> Iterator[str]:
        text = self.look.indent + text
        if self.look.width is None:
            yield text + self.look.trailing
            return
        line = ""
        for char in text:
            if width(line + char) > self.look.width:
                yield line
                line = ""
            line += char
        yield line + self.look.trailing
