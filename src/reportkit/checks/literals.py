"""Numbers that were typed into prose, titles, tables and charts, and which of them are no data.

A number that an expression printed, or that stands in a data file, is no literal. Numerals in
Chinese characters (三项工作), numbers in names (“3+2”, 《…》) and those that the vocabulary lists
are set apart: they are wording, not quantities of the data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from reportkit import vocabulary
from reportkit.claims import Book
from reportkit.claims.cells import cell_value, unit_of, with_unit
from reportkit.claims.claim import Claim
from reportkit.claims.passages import Passage
from reportkit.claims.quantity import Quantity, scan
from reportkit.claims.reader import read_passage
from reportkit.composing.grid import ABOVE, LEFT
from reportkit.composing.tables import is_number
from reportkit.model.base import Place
from reportkit.model.blocks import Block, Case, Chart, ListBlock, Section, Table
from reportkit.model.report import Heading, RBlock, RCase, Report, Runs, plain
from reportkit.model.submission import Submission

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_QUOTED = re.compile(r"“[^”]*”|《[^》]*》|〔[^〕]*〕")
_DATES = re.compile(r"\d{1,2}月\d{1,2}日(?:[至到、—~～-]+\d{1,2}日)+")
_LISTED = re.compile(r"(?<![\d.])\d+是")
_EXPRESSION = re.compile(r"\{\{.*?\}\}(?: ?[:：] ?1(?![\d.]))?")
_COUNTER = re.compile(r"序号|编号|代码|年份|年度|时期|^(?:计量)?单位$")


class Apart(StrEnum):
    """Why a number is wording and no quantity of the data."""

    NO = ""
    WORDS = "汉字数词"
    NAME = "名称"
    DATE = "日期"
    LISTED = "列举的序号"


@dataclass(frozen=True, slots=True)
class Cell:
    """A number in the author's own table or chart, with its labels."""

    caption: str
    row: str
    column: str
    owner: str


@dataclass(frozen=True, slots=True, eq=False)
class Typed:
    """A typed number: what it says, where its digits begin, and what it is said of."""

    quote: str
    quantity: Quantity
    place: Place
    section: str
    said: Claim | Cell
    apart: Apart = Apart.NO


def typed(submission: Submission, report: Report, book: Book) -> list[Typed]:
    """All typed numbers by file and line."""
    found = [*_prose(report, book), *_tables(submission)]
    return sorted(found, key=_order)


def _order(each: Typed) -> tuple[str, int, int]:
    place = each.place
    return place.file, place.line or place.paragraph or 0, place.column or 0


def _prose(report: Report, book: Book) -> Iterator[Typed]:
    for claim in book.claims:
        yield from _claim(claim)
    for runs, place in _titles(report):
        passage = Passage(plain(runs), runs, place or Place(), -1)
        for read in read_passage(passage, book.region):
            for claim in read.claims:
                if not claim.quantity.chinese:
                    yield from _claim(claim)


def _titles(report: Report) -> Iterator[tuple[Runs, Place | None]]:
    for label in report.labels:
        yield label.title, label.place
    for part in report.parts:
        for heading in _headings(part.blocks):
            yield heading.runs, heading.place


def _headings(blocks: Iterable[RBlock]) -> Iterator[Heading]:
    for block in blocks:
        if isinstance(block, Heading):
            yield block
        elif isinstance(block, RCase):
            yield from _headings(block.blocks)


def _claim(claim: Claim) -> Iterator[Typed]:
    passage, quantity = claim.sentence.passage, claim.quantity
    at = 0
    for run in passage.runs:
        at += len(run.text)
        if quantity.start < at:
            if run.value or (run.link or "").startswith("#"):
                return
            break
    yield Typed(
        quote=claim.quote,
        quantity=quantity,
        place=passage.place(quantity.start),
        section=" › ".join(claim.section),
        said=claim,
        apart=_apart(passage.text, quantity),
    )


def _apart(text: str, quantity: Quantity) -> Apart:
    if quantity.chinese or (not quantity.unit and quantity.value == 0):
        return Apart.WORDS
    return next(
        (why for start, end, why in _set_apart(text) if start <= quantity.start < end), Apart.NO
    )


@lru_cache(maxsize=64)
def _set_apart(text: str) -> tuple[tuple[int, int, Apart], ...]:
    """The stretches of a text whose numbers are no data."""
    patterns = (
        (_QUOTED, Apart.NAME),
        (re.compile(vocabulary.alternatives("names_with_numbers")), Apart.NAME),
        (_DATES, Apart.DATE),
        (_LISTED, Apart.LISTED),
    )
    return tuple((*m.span(), why) for pattern, why in patterns for m in pattern.finditer(text))


def _tables(submission: Submission) -> Iterator[Typed]:
    for chapter in submission.chapters:
        yield from _section(chapter, ())


def _section(section: Section, above: tuple[str, ...]) -> Iterator[Typed]:
    headings = (*above, section.title) if section.title else above
    for block in section.blocks:
        yield from _block(block, " › ".join(headings), "")
    for each in section.sections:
        yield from _section(each, headings)


def _block(block: Block, section: str, owner: str) -> Iterator[Typed]:
    match block:
        case Case():
            for inner in block.blocks:
                yield from _block(inner, section, block.owner or "")
        case ListBlock():
            for item in block.items:
                for inner in item.blocks:
                    yield from _block(inner, section, owner)
        case Table() | Chart():
            yield from _cells(block, section, owner)
        case _:
            pass


def _cells(block: Table | Chart, section: str, owner: str) -> Iterator[Typed]:
    """The numbers of rows that the author wrote; in headings and labels those with a unit."""
    head = block.header_rows if isinstance(block, Table) else 1
    grid = _joined(block.rows)
    for at, row in enumerate(block.rows):
        for column, text in enumerate(row):
            if at >= head and _counts(grid[:head], column):
                continue
            for quantity in _quantities(text, at < head or (not column and not is_number(text))):
                labels = " ".join(dict.fromkeys(r[column] for r in grid[:head] if r[column]))
                stubs = " ".join(dict.fromkeys(t for t in grid[at][:column] if _names(t)))
                unit = unit_of(labels) or unit_of(stubs) or block.unit or ""
                place = block.place_of(f"rows.{at}.{column}") or Place()
                yield Typed(
                    quote=f"{stubs}，{labels}：{text}",
                    quantity=with_unit(quantity, unit),
                    place=place.at(text, quantity.start).bare,
                    section=section,
                    said=Cell(block.caption, stubs, labels, owner),
                )


def _quantities(text: str, label: bool) -> Iterator[Quantity]:
    """The numbers of a cell; of a heading or label only those with a unit."""
    whole = cell_value(text)
    if whole is not None and not label:
        yield whole.quantity
        return
    for quantity in scan(_EXPRESSION.sub(lambda found: "，" * len(found[0]), text)):
        if not quantity.chinese and not (label and (not quantity.unit or _apart(text, quantity))):
            yield quantity


def _joined(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    grid: list[list[str]] = []
    for at, row in enumerate(rows):
        made = [text.strip() for text in row]
        for column, text in enumerate(made):
            if text == ABOVE and at and column < len(grid[at - 1]):
                made[column] = grid[at - 1][column]
            elif text == LEFT and column:
                made[column] = made[column - 1]
        grid.append(made)
    return [row + [""] * (max(map(len, grid)) - len(row)) for row in grid]


def _counts(heads: Sequence[Sequence[str]], column: int) -> bool:
    return any(_COUNTER.search(row[column]) for row in heads)


def _names(text: str) -> bool:
    return bool(text) and not re.fullmatch(r"[\d.,%＋+-]+|.*\{\{.*", text)
