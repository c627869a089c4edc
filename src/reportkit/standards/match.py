"""Finds the mandated section that each section of a submission stands for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from reportkit.model.blocks import Section
from reportkit.model.standard import Need, SectionSpec, Standard

from .titles import is_titled, is_variant, likeness

How = Literal["id", "title", "variant", "near"]

NEAR = 65.0
"""Likeness from which a title that fits nowhere suggests a mandated section."""


@dataclass(frozen=True, slots=True)
class Match:
    """What one section of a submission is, as far as its standard knows it.

    ``spec`` is None for a section of the author's own; ``how`` is then ``near`` if
    ``suggestion`` is a missing section with a title much like it, else None. ``misplaced``
    means that the standard has ``spec`` in another place. ``sections`` mirror those of the section.
    """

    section: Section
    spec: SectionSpec | None
    how: How | None
    level: int
    suggestion: SectionSpec | None = None
    misplaced: bool = False
    sections: tuple["Match", ...] = ()


def match_outline(chapters: Sequence[Section], standard: Standard) -> tuple[Match, ...]:
    """The match of every chapter, in order; deeper sections in ``Match.sections``.

    Among the sections that the standard has in the same place a section is known by its id, by
    its title, or by an accepted variant. What is left is looked for in the whole outline by id,
    and by title among mandatory sections that are missing: those are misplaced.
    """
    draft = [_Draft(chapter, 1) for chapter in chapters]
    _assign(draft, standard.outline)
    _rescue(draft, standard.outline)
    _suggest(draft, standard.outline)
    return tuple(item.finish() for item in draft)


def walk(matches: Sequence[Match]) -> Iterator[Match]:
    """All matches in reading order."""
    for match in matches:
        yield match
        yield from walk(match.sections)


def section_id(section: Section) -> str:
    """The section's id without the prefix that references use (``sec:``); empty if none."""
    return (section.id or "").removeprefix("sec:")


@dataclass(slots=True)
class _Draft:
    section: Section
    level: int
    spec: SectionSpec | None = None
    how: How | None = None
    suggestion: SectionSpec | None = None
    misplaced: bool = False
    sections: list["_Draft"] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.sections = [_Draft(section, self.level + 1) for section in self.section.sections]

    def take(self, spec: SectionSpec, how: How) -> None:
        self.spec, self.how = spec, how

    def finish(self) -> Match:
        return Match(
            self.section,
            self.spec,
            self.how,
            self.level,
            self.suggestion,
            self.misplaced,
            tuple(item.finish() for item in self.sections),
        )


def _drafts(items: Sequence[_Draft]) -> Iterator[_Draft]:
    for item in items:
        yield item
        yield from _drafts(item.sections)


def _nameable(item: _Draft) -> bool:
    """A numbered paragraph has no title to be known by."""
    return bool(item.section.title) or not item.section.numbered


def _assign(items: Sequence[_Draft], specs: Sequence[SectionSpec]) -> None:
    """Match siblings with the specs of the same place, and go down."""
    by_id = {spec.id: spec for spec in specs}
    for item in items:
        spec = by_id.get(section_id(item.section))
        if spec is not None and item.spec is None:
            item.take(spec, "id")
    for item in items:
        for spec in specs:
            if item.spec is None and _nameable(item) and is_titled(spec, item.section.title):
                item.take(spec, "title")
    taken = {item.spec.id for item in items if item.spec is not None}
    for item in items:
        for spec in specs:
            free = item.spec is None and spec.id not in taken and _nameable(item)
            if free and is_variant(spec, item.section.title):
                item.take(spec, "variant")
                taken.add(spec.id)
    for item in items:
        _assign(item.sections, item.spec.sections if item.spec is not None else ())


def _rescue(items: Sequence[_Draft], outline: Sequence[SectionSpec]) -> None:
    """Match what stands in the wrong place with what is missing in its own.

    A section is missing only where the section that should hold it is there.
    """
    missing = _missing(outline, items)
    for item in _drafts(items):
        if item.spec is None and (spec := _elsewhere(item, missing)) is not None:
            item.take(spec, "id" if section_id(item.section) == spec.id else "title")
            item.misplaced = True
            _assign(item.sections, spec.sections)
            missing = _missing(outline, items)


def _missing(outline: Sequence[SectionSpec], items: Sequence[_Draft]) -> list[SectionSpec]:
    """Specs that nothing matches, below such as something matches."""
    found = {item.spec.id for item in _drafts(items) if item.spec is not None}

    def below(specs: Sequence[SectionSpec]) -> Iterator[SectionSpec]:
        for spec in specs:
            if spec.id in found:
                yield from below(spec.sections)
            else:
                yield spec

    return list(below(outline))


def _elsewhere(item: _Draft, missing: Sequence[SectionSpec]) -> SectionSpec | None:
    for spec in missing:
        if section_id(item.section) == spec.id:
            return spec
    if not item.section.title:
        return None
    titled = [
        spec
        for spec in missing
        if spec.need is Need.REQUIRED and is_titled(spec, item.section.title)
    ]
    return titled[0] if len(titled) == 1 else None


def _suggest(items: Sequence[_Draft], specs: Sequence[SectionSpec]) -> None:
    """Name the missing section that an unknown one may be meant for."""
    found = {item.spec.id for item in items if item.spec is not None}
    missing = [spec for spec in specs if spec.id not in found and spec.need is not Need.FORBIDDEN]
    for item in items:
        if item.spec is None and item.section.title and missing:
            scores = [(likeness(item.section.title, spec.title), spec) for spec in missing]
            score, spec = max(scores, key=lambda scored: scored[0])
            if score >= NEAR:
                item.how, item.suggestion = "near", spec
        _suggest(item.sections, item.spec.sections if item.spec is not None else ())
