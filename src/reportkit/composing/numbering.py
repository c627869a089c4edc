"""Numbers of headings, tables, figures and cases, given out before any text is composed.

Numbers are given in reading order, so that composing, which walks in the same order, takes them
one after the other, and references may point forwards. Figures and charts share one sequence.

* A section without number has no numbered sections of dotted numbers (``{path}``) below it; other
  patterns go on. A numbering that the standard gives to a section starts afresh there.
* In chapters without number, ``{chapter}`` is left out of labels (图1), and one sequence runs
  through all of them.
* Tables and figures with neither caption, id nor a typed number are not numbered.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from reportkit.model.blocks import Block, Case, Chart, Figure, ListBlock, Table
from reportkit.model.standard import Numbering, NumberingOverride
from reportkit.standards import Match

from .outline import OutlinedChapter, numbered
from .patterns import Count, by_chapter, canonical, fill, needs_path, without_chapter

ObjectKind = Literal["table", "figure", "case"]
Kind = Literal["table", "figure", "case", "section"]
_NUMERAL = re.compile(r"[\dIVXLCM一二三四五六七八九十百零()（）]*")
_PREFIX = {"table": "tbl", "figure": "fig", "case": "case"}


@dataclass(frozen=True, slots=True)
class SectionNumber:
    """The number of a section, with its separator, and the anchor of its heading."""

    anchor: str
    level: int
    number: str
    chapter: int | None


@dataclass(frozen=True, slots=True)
class ObjectNumber:
    """The label of a table, figure or case; empty if it is not numbered."""

    kind: ObjectKind
    anchor: str
    label: str
    chapter: int | None
    n: int | None


@dataclass(frozen=True, slots=True)
class Target:
    """What an id leads to: ``shown`` is what a reference prints.

    It is empty where the number does not say which one (一、 stands in every chapter) or where
    there is none; then ``number`` and ``title`` (inline Markdown) print in quotes.
    """

    kind: Kind
    anchor: str
    shown: str
    number: str
    title: str


@dataclass(slots=True)
class Plan:
    """All numbers in reading order, and the ways to find them.

    ``ids`` are those that authors gave, and those of the standard's sections.

    ``labels`` leads from (kind, label in canonical form) to the anchor; ``patterns`` are those in
    use for each kind.
    """

    sections: list[SectionNumber] = field(default_factory=list)
    chapters: list[SectionNumber] = field(default_factory=list)
    objects: list[ObjectNumber] = field(default_factory=list)
    ids: dict[str, Target] = field(default_factory=dict)
    labels: dict[tuple[str, str], str] = field(default_factory=dict)
    patterns: dict[Kind, dict[str, None]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Scheme:
    """The patterns in force, and for each the section that brought it in (0: the standard)."""

    heading: tuple[str, ...]
    objects: dict[ObjectKind, tuple[str | None, int]]

    @classmethod
    def of(cls, numbering: Numbering) -> "_Scheme":
        kinds: tuple[ObjectKind, ...] = ("table", "figure", "case")
        return cls(numbering.heading, {kind: (getattr(numbering, kind), 0) for kind in kinds})

    def changed(self, override: NumberingOverride, level: int, owner: int) -> "_Scheme":
        """The scheme below a section of ``level`` that numbers otherwise."""
        heading = self.heading
        if override.heading is not None:
            padding = ("",) * max(0, level - len(heading))
            heading = (*heading[:level], *padding, *override.heading)
        objects = dict(self.objects)
        for kind in objects:
            pattern = getattr(override, kind)
            if pattern is not None:
                objects[kind] = (pattern, owner)
        return _Scheme(heading, objects)


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where the walk is: level of the section, its dotted path, its chapter, its anchor."""

    level: int
    path: tuple[int, ...] | None
    chapter: int | None
    anchor: str


def number(chapters: Iterable[OutlinedChapter], numbering: Numbering) -> Plan:
    """Number everything in ``chapters``, which stand in print order."""
    walk = _Walk()
    scheme = _Scheme.of(numbering)
    for kind, (pattern, _) in scheme.objects.items():
        walk.plan.patterns[kind] = {pattern: None} if pattern else {}
    count = 0
    for position, each in enumerate(chapters, 1):
        count += numbered(each.match)
        walk.section(each.match, scheme, _Spot(1, (), None, f"sec-{position}"), count)
    walk.plan.ids = walk.mandated | walk.plan.ids
    return walk.plan


class _Walk:
    def __init__(self) -> None:
        self.plan = Plan()
        self.counts: Counter[tuple[object, ...]] = Counter()
        self.made: Counter[str] = Counter()
        self.mandated: dict[str, Target] = {}

    def section(self, match: Match, scheme: _Scheme, spot: _Spot, n: int) -> None:
        """Number the section, which is the ``n``-th of its siblings, and what stands in it."""
        pattern = scheme.heading[spot.level - 1] if spot.level <= len(scheme.heading) else ""
        above = spot.path
        counted = numbered(match) and (above is not None or not needs_path(pattern))
        here = (*above, n) if counted and above is not None else None
        chapter = n if spot.level == 1 and counted else spot.chapter
        spot = replace(spot, path=here, chapter=chapter)
        shown = fill(pattern, Count(n, chapter, here)) if counted else ""
        unique = _unique(pattern, shown, spot.level)
        own = SectionNumber(spot.anchor, spot.level, shown, chapter)
        self.plan.sections.append(own)
        if spot.level == 1:
            self.plan.chapters.append(own)
        self._remember(match, spot.anchor, shown, unique)
        if match.spec and match.spec.numbering:
            scheme = scheme.changed(match.spec.numbering, spot.level, len(self.plan.sections))
        self._blocks(match.section.blocks, scheme, spot.chapter)
        count = 0
        for position, child in enumerate(match.sections, 1):
            count += numbered(child)
            place = replace(spot, level=spot.level + 1, anchor=f"{spot.anchor}-{position}")
            self.section(child, scheme, place, count)

    def _remember(self, match: Match, anchor: str, shown: str, unique: bool) -> None:
        if not shown and not match.section.title.strip():
            return  # nothing that a reference could name or lead to
        own = _bare(shown) if unique else ""
        target = Target("section", anchor, own, shown, match.section.title)
        if match.section.id:
            self.plan.ids.setdefault(match.section.id, target)
        if match.spec:
            self.mandated.setdefault(match.spec.id, target)

    def _blocks(self, blocks: Iterable[Block], scheme: _Scheme, chapter: int | None) -> None:
        for block in blocks:
            match block:
                case Table():
                    self._object("table", block, block.caption, scheme, chapter)
                case Figure() | Chart():
                    self._object("figure", block, block.caption, scheme, chapter)
                case Case():
                    self._object("case", block, block.title, scheme, chapter)
                    self._blocks(block.blocks, scheme, chapter)
                case ListBlock():
                    for item in block.items:
                        self._blocks(item.blocks, scheme, chapter)
                case _:
                    pass

    def _object(
        self,
        kind: ObjectKind,
        block: Table | Figure | Chart | Case,
        caption: str,
        scheme: _Scheme,
        chapter: int | None,
    ) -> None:
        self.made[kind] += 1
        anchor = f"{_PREFIX[kind]}-{self.made[kind]}"
        pattern, owner = scheme.objects[kind]
        label, n = "", None
        named = kind == "case" or caption or block.id or block.number
        if pattern is not None and named:
            scope = chapter if by_chapter(pattern) else None
            self.counts[kind, owner, scope] += 1
            n = self.counts[kind, owner, scope]
            label = fill(pattern, Count(n, chapter, (chapter, n) if chapter else None))
            used = pattern if chapter is not None else without_chapter(pattern)
            self.plan.patterns[kind].setdefault(used)
            self.plan.labels.setdefault((kind, canonical(label)), anchor)
        self.plan.objects.append(ObjectNumber(kind, anchor, label, chapter, n))
        if block.id:
            self.plan.ids.setdefault(block.id, Target(kind, anchor, label, "", caption))


def _unique(pattern: str, shown: str, level: int) -> bool:
    """Whether a heading's number alone tells the reader which one: 第三章, 3.1, but not 三、."""
    if level == 1:
        return not _NUMERAL.fullmatch(_bare(shown))
    return "{path}" in pattern


def _bare(number: str) -> str:
    """A heading number without the separator before the title."""
    return number.strip().rstrip("、.．:：,，")
