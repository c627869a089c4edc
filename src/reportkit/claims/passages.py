"""The texts of a composed report in reading order, with the place of every character."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from reportkit.model.base import Place
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
    Run,
    Runs,
    plain,
)

from .grid import Grid
from .numerals import fold

NOWHERE = Place()


@dataclass(frozen=True, eq=False)
class Passage:
    """A paragraph, list item, note or footnote as one text.

    ``headings`` are the headings above it, from the chapter down; ``owner`` is the organisation of
    the case that it stands in, ``case`` whether it stands in one. ``number`` counts passages.
    """

    text: str
    runs: Runs
    block: Place
    number: int
    headings: tuple[str, ...] = ()
    chapter: int = 0
    case: str = ""
    owner: str = ""
    note: bool = False

    @cached_property
    def folded(self) -> str:
        """The text with narrow digits and signs; as long as ``text``."""
        return fold(self.text)

    @cached_property
    def _starts(self) -> list[int]:
        starts, at = [], 0
        for run in self.runs:
            starts.append(at)
            at += len(run.text)
        return starts

    def computed(self, offset: int) -> bool:
        """Whether a character comes from the data, and not from the author's hand."""
        index = bisect_right(self._starts, offset) - 1
        return index >= 0 and bool(self.runs[index].value)

    def place(self, offset: int) -> Place:
        """Where character ``offset`` stands in the source."""
        if not self.runs:
            return self.block
        index = bisect_right(self._starts, offset) - 1
        run = self.runs[index]
        if run.place is None:
            return self.block
        if run.value:
            return run.place.bare
        within = offset - self._starts[index]
        if run.place.steps or not self.block.steps:
            return _inside(run, within)
        return self.block.at("", _source_offset(self.block, run.place) + within)


def _inside(run: Run, within: int) -> Place:
    assert run.place is not None
    if run.place.steps or run.place.columns:
        return run.place.at(run.text, within).bare
    if run.place.column is None or within == 0:
        return run.place.bare
    return run.place.model_copy(update={"column": run.place.column + within})


def _source_offset(block: Place, run: Place) -> int:
    """The offset in the block's source at which a run begins, from where it stands."""
    where = (run.line or run.paragraph or 0, run.column or 0)
    index = bisect_right(block.steps, where, key=_where) - 1
    offset, place = block.steps[max(0, index)]
    return offset + max(0, where[1] - (place.column or 0))


def _where(step: tuple[int, Place]) -> tuple[int, int]:
    place = step[1]
    return place.line or place.paragraph or 0, place.column or 0


@dataclass(frozen=True, eq=False)
class Sheet:
    """A table or chart with the headings above it and the passage that stands before it."""

    block: RTable | RChart
    headings: tuple[str, ...]
    chapter: int
    after: int
    case: str = ""
    owner: str = ""

    @cached_property
    def grid(self) -> Grid:
        """A table as lines of cells; for tables only."""
        assert isinstance(self.block, RTable)
        return Grid(self.block)

    @property
    def caption(self) -> Label:
        """Its caption."""
        return self.block.caption


@dataclass(frozen=True, eq=False)
class Texts:
    """All passages and tables of a report."""

    passages: tuple[Passage, ...]
    sheets: tuple[Sheet, ...]


def texts(report: Report) -> Texts:
    """The passages and tables of the report's body, with its footnotes at the end."""
    walk = _Walk()
    chapter = 0
    for part in report.parts:
        if not part.blocks:
            continue
        chapter += 1
        walk.headings = [part.title] if part.title else []
        walk.levels = [0] if part.title else []
        walk.chapter = chapter
        walk.blocks(part.blocks)
    walk.headings, walk.levels = [], []
    for note in report.footnotes:
        walk.add(note.runs, note.place, note=True)
    return Texts(tuple(walk.passages), tuple(walk.sheets))


class _Walk:
    """Goes through the blocks with the headings that are in force."""

    def __init__(self) -> None:
        self.passages: list[Passage] = []
        self.sheets: list[Sheet] = []
        self.headings: list[str] = []
        self.levels: list[int] = []
        self.chapter = 0
        self.case = ""
        self.owner = ""

    def blocks(self, blocks: Iterable[RBlock]) -> None:
        for block in blocks:
            self._block(block)

    def _block(self, block: RBlock) -> None:
        match block:
            case Heading():
                while self.levels and self.levels[-1] >= block.level:
                    self.levels.pop()
                    self.headings.pop()
                self.levels.append(block.level)
                self.headings.append(plain(block.runs))
            case Para():
                if block.role in ("body", "note", "raw"):
                    self.add(block.runs, block.place, note=block.role == "note")
            case RList():
                for item in block.items:
                    self.blocks(item.blocks)
            case RCase():
                self._case(block)
            case RTable() | RChart():
                self._sheet(block)
            case RFigure():
                self._notes(block.notes, block.place)

    def _case(self, block: RCase) -> None:
        before = self.case, self.owner
        self.case = plain(block.caption.title) or "案例"
        self.owner = block.caption.owner or ""
        self.blocks(block.blocks)
        self.case, self.owner = before

    def _sheet(self, block: RTable | RChart) -> None:
        sheet = Sheet(
            block, tuple(self.headings), self.chapter, len(self.passages), self.case, self.owner
        )
        self.sheets.append(sheet)
        self._notes(block.notes, block.place)

    def _notes(self, notes: Iterable[Runs], place: Place | None) -> None:
        for note in notes:
            self.add(note, place, note=True)

    def add(self, runs: Runs, place: Place | None, *, note: bool = False) -> None:
        text = plain(runs)
        if not text.strip():
            return
        self.passages.append(
            Passage(
                text=text,
                runs=runs,
                block=place or NOWHERE,
                number=len(self.passages),
                headings=tuple(self.headings),
                chapter=self.chapter,
                case=self.case,
                owner=self.owner,
                note=note,
            )
        )
