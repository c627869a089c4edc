"""From a mark to the texts of the submission that print there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportkit.model.base import Place, Placed
from reportkit.model.blocks import (
    Block,
    Case,
    Chart,
    Figure,
    Footnote,
    ListBlock,
    ListItem,
    Note,
    Paragraph,
    Section,
    SignOff,
    Table,
)
from reportkit.model.report import (
    Heading,
    Para,
    RBlock,
    RCase,
    RCell,
    RChart,
    Report,
    RFigure,
    RList,
    RTable,
)
from reportkit.model.submission import Submission
from reportkit.writing.docx.marks import Mark
from reportkit.writing.docx.walk import blocks_of


@dataclass(frozen=True)
class Slot:
    """One text of a block: ``part`` is its name as :meth:`Placed.place_of` has it.

    ``place`` has ``columns`` where the text stands in its file letter by letter.
    """

    owner: Placed
    part: str
    text: str
    place: Place | None
    markup: bool = True

    @property
    def exact(self) -> bool:
        """Whether it stands in the file letter by letter."""
        return self.place is not None and bool(self.place.columns)


@dataclass(frozen=True)
class Origin:
    """What a unit was made from.

    ``block`` is the source block or section, ``item`` the list item that it stands in, ``slots``
    the texts that print, in print order. ``protected`` says why none of it may be changed.
    """

    printed: RBlock
    block: Placed | None
    slots: tuple[Slot, ...] = ()
    item: ListItem | None = None
    protected: str = ""


class Origins:
    """The blocks of a report, by number, with their sources."""

    def __init__(self, submission: Submission, report: Report) -> None:
        self.printed = list(blocks_of(report))
        self.parents: dict[int, Placed] = {}
        self.notes: dict[int, dict[str, Footnote]] = {}
        self._sources: dict[tuple[str, int | None, int | None], list[Placed]] = {}
        for chapter in submission.chapters:
            for source in _everything(chapter, self.parents):
                self.notes[id(source)] = chapter.footnotes
                if source.place is not None:
                    self._sources.setdefault(_key(source.place), []).append(source)

    def source(self, printed: RBlock) -> Placed | None:
        """The source of a printed block."""
        kinds = _KINDS[type(printed)]
        found = self._sources.get(_key(printed.place), []) if printed.place else []
        return next((item for item in found if isinstance(item, kinds)), None)

    def of(self, mark: Mark) -> Origin | None:
        """What the marked unit was made from."""
        if not 0 < mark.block <= len(self.printed):
            return None
        printed = self.printed[mark.block - 1]
        if isinstance(printed, RList):
            return self._item(printed, mark.n)
        source = self.source(printed)
        if isinstance(printed, RCase) and isinstance(source, Case):
            return Origin(printed, source, _case(printed, source, self))
        if isinstance(source, Table | Chart | Figure):
            return _object(printed, source, mark)
        if isinstance(printed, Para) and source is None:
            return self._line(printed)
        if isinstance(source, Section):
            return Origin(printed, source, (_slot(source, "title", source.title),))
        if isinstance(source, Paragraph | Note):
            return Origin(printed, source, (_slot(source, "text", source.text),))
        return Origin(printed, source)

    def inside(self, source: Placed, outer: set[int]) -> bool:
        """Whether a block stands in one of those with these ``id()``."""
        above = self.parents.get(id(source))
        while above is not None:
            if id(above) in outer and not isinstance(above, Section):
                return True
            above = self.parents.get(id(above))
        return False

    def _item(self, printed: RList, n: int) -> Origin | None:
        source = self.source(printed)
        if not isinstance(source, ListBlock) or n >= len(source.items):
            return None
        item = source.items[n]
        first = item.blocks[0] if item.blocks else None
        slots = (_slot(first, "text", first.text),) if isinstance(first, Paragraph) else ()
        return Origin(printed, source, slots, item)

    def _line(self, printed: Para) -> Origin:
        """A line of a sign-off, which prints as a paragraph of its own."""
        for source in (s for group in self._sources.values() for s in group):
            if isinstance(source, SignOff):
                for index, line in enumerate(source.lines):
                    if printed.place and source.place_of(f"lines.{index}") == printed.place:
                        return Origin(printed, source, (_slot(source, f"lines.{index}", line),))
        return Origin(printed, None)

    def cell(self, table: Table | Chart, cell: RCell) -> Slot | None:
        """The text of a cell that the author wrote in a chapter."""
        row, column = cell.row, cell.column
        if cell.place is not None and table.places is not None:
            for part, place in table.places.items():
                if part.startswith("rows.") and place == cell.place:
                    row, column = (int(number) for number in part.split(".")[1:])
                    break
        if isinstance(table, Table) and table.fold > 1 and (row, column) == (cell.row, cell.column):
            row = column = row if cell.row < table.header_rows else -1
        if not 0 <= row < len(table.rows) or not 0 <= column < len(table.rows[row]):
            return None
        return _slot(table, f"rows.{row}.{column}", table.rows[row][column])


_KINDS: dict[type, tuple[type, ...]] = {
    Heading: (Section,),
    Para: (Paragraph, Note),
    RList: (ListBlock,),
    RTable: (Table,),
    RFigure: (Figure,),
    RChart: (Chart,),
    RCase: (Case,),
}


def _everything(section: Section, parents: dict[int, Placed]) -> Iterator[Placed]:
    """A section with all that stands in it; ``parents`` learns what holds what."""
    yield section
    for block in section.blocks:
        yield from _blocks(block, section, parents)
    for child in section.sections:
        parents[id(child)] = section
        yield from _everything(child, parents)


def _blocks(block: Block, parent: Placed, parents: dict[int, Placed]) -> Iterator[Placed]:
    parents[id(block)] = parent
    yield block
    if isinstance(block, Case):
        for inner in block.blocks:
            yield from _blocks(inner, block, parents)
    elif isinstance(block, ListBlock):
        for item in block.items:
            parents[id(item)] = block
            for inner in item.blocks:
                yield from _blocks(inner, item, parents)


def _slot(owner: Placed, part: str, text: str, *, markup: bool = True) -> Slot:
    own = owner.places.get(part) if owner.places else None
    whole = isinstance(owner, Paragraph | Footnote | Section | Note)
    return Slot(owner, part, text, own or (owner.place if whole else None), markup)


def note_slot(note: Footnote) -> Slot:
    """The text of a footnote."""
    return _slot(note, "text", note.text)


def _case(printed: RCase, source: Case, origins: Origins) -> tuple[Slot, ...]:
    """Title and owner; of a case that runs in also its first paragraph."""
    made = [_slot(source, "title", source.title)]
    if source.owner:
        made.append(_slot(source, "owner", source.owner, markup=False))
    first = source.blocks[0] if source.blocks else None
    if printed.run_in and isinstance(first, Paragraph):
        made.append(_slot(first, "text", first.text))
    return tuple(made)


def _object(printed: RBlock, source: Table | Chart | Figure, mark: Mark) -> Origin:
    slots: Sequence[Slot] = ()
    protected = ""
    if mark.role == "caption":
        slots = [_slot(source, "caption", source.caption)]
        if isinstance(source, Figure) and source.owner:
            slots.append(_slot(source, "owner", source.owner, markup=False))
    elif mark.role == "unit" and isinstance(source, Table) and source.unit:
        slots = [_slot(source, "unit", source.unit, markup=False)]
    elif mark.role == "note":
        slots = _notes(source)[mark.n : mark.n + 1]
    elif mark.role == "part" and isinstance(source, Figure) and len(source.parts) == 1:
        slots = [_slot(source.parts[0], "caption", source.parts[0].caption)]
    elif mark.role == "grid" and isinstance(source, Table) and not source.rows:
        protected = source.data or "data/indicators.csv"
    return Origin(printed, source, tuple(slots), None, protected)


def _notes(source: Table | Chart | Figure) -> list[Slot]:
    made = [_slot(source, f"notes.{index}", text) for index, text in enumerate(source.notes)]
    if source.source:
        made.append(_slot(source, "source", source.source))
    if isinstance(source, Figure) and source.credit:
        made.append(_slot(source, "credit", source.credit, markup=False))
    return made


def _key(place: Place) -> tuple[str, int | None, int | None]:
    return place.file, place.line, place.column
