"""A filled template as its stream tells it: what the kit printed is set aside, the rest is kept.

Nothing is dropped for its place or its look: a line goes only if it says word for word what the
kit itself printed, or is a placeholder. Whoever changed a line meant something by it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ..model.base import Place
from ..model.standard import SectionSpec, Standard, TableSpec
from ..reading.importing.numbers import typed
from ..reading.importing.stream import Aside, Grid, Item, Stream, Text
from ..reading.importing.units import AGAIN, Kind, Work
from . import words

_PRINTED = "填报模板的固定文字" + AGAIN
_FACTS = "报告信息" + AGAIN
_UNTOUCHED = "没有填写的案例"
_OBJECTS = ("caption", "case", "note")


@dataclass(slots=True)
class Sheet:
    """What was found: the items to recognise, and what is known about them.

    ``headings`` gives the section of a heading by its paragraph; ``styled`` holds the paragraphs
    of headings that the program numbers; ``prompts`` the sections whose placeholder is still
    there; ``tables`` the mandated table by the paragraph of its first cell.
    """

    stream: Stream
    headings: dict[int, str] = field(default_factory=dict)
    styled: set[int] = field(default_factory=set)
    prompts: dict[str, Place] = field(default_factory=dict)
    tables: dict[int, str] = field(default_factory=dict)
    facts: dict[str, tuple[str, Place]] = field(default_factory=dict)
    outside: list[Text] = field(default_factory=list)
    tagged: bool = False


def read_sheet(stream: Stream, standard: Standard) -> Sheet:
    """Take a filled template apart."""
    return _Reader(stream, standard).run()


class _Reader:
    def __init__(self, stream: Stream, standard: Standard) -> None:
        self.standard = standard
        self.sheet = Sheet(stream)
        self.specs = {spec.id: (spec, level) for spec, level in words.outline(standard.outline)}
        self.titles = _unique(standard)
        self.fixed = words.fixed(standard)
        self.labels = {words.bare(fact.label): fact.key for fact in words.facts(standard)}
        self.tables = {spec.id: spec for spec in standard.tables}
        self.there = {_id(item, words.HEADING) for item in stream.items}
        self.sheet.tagged = any(_id(item, words.SECTION) for item in stream.items)
        self.items: list[tuple[Item, str]] = []
        self.moved: dict[str, list[Item]] = {}
        self.asides: list[Aside] = []
        self.current = ""

    def run(self) -> Sheet:
        items = self.sheet.stream.items
        index = 0
        while index < len(items):
            item = items[index]
            following = items[index + 1] if index + 1 < len(items) else None
            index += 1
            if isinstance(item, Text):
                index += self._text(item, following)
            elif not isinstance(item, Grid) or not self._known_grid(item):
                self._keep(item)
        stream = self.sheet.stream
        self.sheet.stream = replace(
            stream, items=tuple(self._in_order()), asides=(*stream.asides, *self.asides)
        )
        return self.sheet

    # -- lines -------------------------------------------------------------------------------

    def _text(self, item: Text, following: Item | None) -> int:
        """Take a line; tell how many of those behind it went with it."""
        if item.role == "heading" and self._heading(item):
            return 0
        if words.bare(item.text) in self.fixed:
            self._aside(item, _PRINTED)
        elif words.is_prompt(item.text):
            self._aside(item, _PRINTED)
            owner = _id(item, words.SECTION) or self.current
            self.sheet.prompts.setdefault(owner, item.place)
        elif words.CASE_TITLE in item.text and _is_prompt(following):
            assert isinstance(following, Text)
            self._aside(item, _UNTOUCHED)
            self._aside(following, _PRINTED)
            return 1
        else:
            if self.sheet.tagged and not item.key and item.role not in _OBJECTS:
                self.sheet.outside.append(item)
            self._keep(item)
        return 0

    def _heading(self, item: Text) -> bool:
        """Enter a section of the outline; a heading of the writer's own stays where it is."""
        tag = _id(item, words.HEADING)
        known = tag if tag in self.specs else ""
        if not known and not _id(item, words.SECTION):
            known = self.titles.get(words.bare(item.text), "")
        if item.number or known or typed(item.text) is None:
            self.sheet.styled.add(item.place.paragraph or 0)
        if not known:
            return False
        self.current = known
        self.sheet.headings[item.place.paragraph or 0] = known
        self.items.append((replace(item, level=self.specs[known][1]), known))
        return True

    def _keep(self, item: Item) -> None:
        """Keep an item where it stands, or with the section that its tag names."""
        owner = _id(item, words.SECTION) or _id(item, words.CASE)
        if owner not in self.specs or owner == self.current:
            self.items.append((item, self.current))
        elif owner in self.there or not isinstance(item, Text):
            self.moved.setdefault(owner, []).append(item)
        else:
            self._missing_heading(owner, item)
            self.items.append((item, owner))

    def _missing_heading(self, owner: str, item: Text) -> None:
        """The heading that stood above a tagged place and was deleted."""
        spec, level = self.specs[owner]
        self.current = owner
        self.there.add(owner)
        if spec.title and "" not in spec.variants:
            made = Text(spec.title, replace_column(item.place), role="heading", level=level)
            self.sheet.headings.setdefault(item.place.paragraph or 0, owner)
            self.items.append((made, owner))

    def _in_order(self) -> Iterator[Item]:
        """All items, those that stood elsewhere behind what stands in their section."""
        last = {owner: index for index, (_, owner) in enumerate(self.items)}
        for index, (item, owner) in enumerate(self.items):
            yield item
            if last[owner] == index:
                yield from self.moved.pop(owner, ())
        for rest in self.moved.values():
            yield from rest

    def _aside(self, item: Text, reason: str) -> None:
        self.asides.append(Aside(item.number + item.text, item.place, reason))

    # -- tables ------------------------------------------------------------------------------

    def _known_grid(self, grid: Grid) -> bool:
        """Whether a table is the sheet of facts or a sample, which are set aside."""
        rows = _rows(grid)
        if rows and tuple(rows[0]) == tuple(map(words.bare, words.FACTS_HEADER)):
            self._take_facts(grid)
            return True
        if tuple(map(tuple, rows)) == words.SAMPLE_TABLE:
            self.asides += [Aside(cell.text, cell.place, _PRINTED) for cell in grid.cells]
            return True
        tag = _id(grid, words.TABLE)
        identity = tag if tag in self.tables else self._by_words(rows)
        if identity:
            self.sheet.tables[grid.cells[0].place.paragraph or 0] = identity
        return False

    def _take_facts(self, grid: Grid) -> None:
        cells = {(cell.row, cell.column): cell for cell in grid.cells}
        for row in range(1, grid.rows):
            label, value = cells.get((row, 0)), cells.get((row, 1))
            key = self.labels.get(words.bare(label.text)) if label else None
            if key and value is not None:
                self.sheet.facts[key] = (value.text.strip(), value.place)
        self.asides += [Aside(cell.text, cell.place, _FACTS) for cell in grid.cells]

    def _by_words(self, rows: list[list[str]]) -> str:
        """The mandated table that has these rows."""
        for spec in self.standard.tables:
            wanted = [words.bare(row[0]) for row in spec.rows]
            first = {row[0] for row in rows if row}
            known = sum(name in first for name in wanted)
            if wanted and known * 5 >= len(wanted) * 4 and _headed(spec, rows):
                return spec.id
        return ""


def settle(sheet: Sheet, standard: Standard, work: Work) -> None:
    """Levels of headings: typed numbers stand below the styled heading above them."""
    levels = {spec.id: level for spec, level in words.outline(standard.outline)}
    above, shift = 1, None
    for unit in work.units:
        if unit.kind is not Kind.HEADING or unit.level is None:
            continue
        hint = unit.hint
        floor = levels.get(_id(hint, words.SECTION), 0) + 1 if hint else 1
        if hint is not None and hint.role == "heading":
            unit.level = max(unit.level, floor)
            above, shift = unit.level, None
            continue
        if shift is None:
            shift = max(0, max(above + 1, floor) - unit.level)
        unit.level = max(unit.level + shift, above + 1)


def replace_column(place: Place) -> Place:
    """The paragraph of a place alone."""
    return place.model_copy(update={"column": None, "steps": ()})


def _unique(standard: Standard) -> dict[str, str]:
    """Sections by title, for titles that only one has."""
    found: dict[str, list[SectionSpec]] = {}
    for spec, _ in words.outline(standard.outline):
        found.setdefault(words.bare(spec.title), []).append(spec)
    return {title: specs[0].id for title, specs in found.items() if len(specs) == 1}


def _id(item: Item | None, prefix: str) -> str:
    """What follows ``prefix`` in the tag of an item; nothing if it has another one."""
    key = item.key if isinstance(item, Text | Grid) else ""
    return key.removeprefix(prefix) if key.startswith(prefix) else ""


def _is_prompt(item: Item | None) -> bool:
    return isinstance(item, Text) and words.is_prompt(item.text)


def _rows(grid: Grid) -> list[list[str]]:
    made = [[""] * grid.columns for _ in range(grid.rows)]
    for cell in grid.cells:
        made[cell.row][cell.column] = words.bare(cell.text)
    return made


def _headed(spec: TableSpec, rows: list[list[str]]) -> bool:
    if not spec.header or not rows:
        return True
    return words.bare(spec.header[0][0]) == rows[0][0]
