"""Next year: last year's submission becomes this year's draft under another standard.

Sections go where the new outline treats the same matter (by id, by the crosswalk, by title); one
of the author's own goes along with the section above it. What has no place is told apart, so that
nothing is lost. Prose is marked as last year's (RK230 until it is rewritten), values become the
year to compare with, tables keep their structure and lose their numbers, figures stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportkit.model.blocks import Chapter, Footnote, Section
from reportkit.model.standard import Standard
from reportkit.model.submission import Metadata, Submission
from reportkit.reading.chapter_text import file_text
from reportkit.standards.match import match_outline
from reportkit.standards.scaffold import new_submission

from .content import Year, labels, renamed, rolled
from .data import own_indicators, rolled_data
from .outline import Node, Outline
from .years import current, moved_date, moved_period, shifted

__all__ = ["UNPLACED", "Rolled", "roll_forward"]

UNPLACED = "unplaced.md"
"""The file that keeps what has no place. No chapter: a check tells that it is there (RK113)."""


@dataclass(frozen=True)
class Rolled:
    """The draft, and the Markdown of what has no place in it (empty if all has)."""

    submission: Submission
    unplaced: str
    sections: int
    """Sections of last year that were placed."""


def roll_forward(old: Submission, source: Standard, target: Standard, year: int) -> Rolled:
    """The draft of the report titled ``year`` under ``target``; ``source`` is that of ``old``."""
    empty = new_submission(target, old.metadata.organisation.name, year)
    metadata = _metadata(old, source, target, year, empty.metadata)
    moved = _year(old, metadata)
    data = rolled_data(old, source, target, moved)
    own = own_indicators(old, source, target, data.observations, moved)
    metadata = metadata.model_copy(update={"indicators": own})
    chapters, notes = _own_notes(old.chapters)
    outline = Outline(empty.chapters, source, target)
    matches = match_outline(chapters, source)
    left = [rest for match in matches if (rest := outline.place(match)) is not None]
    files = {chapter.id: chapter.file for chapter in empty.chapters}
    made = tuple(
        _chapter(root, files.get(root.section.id), notes, outline.renamed, moved)
        for root in outline.roots
    )
    submission = Submission(
        metadata=metadata, chapters=_distinct(made), data=data, assets=old.assets
    )
    count = sum(1 for root in outline.roots for node in root.walk() if node.filled)
    return Rolled(submission, _unplaced(old, left, notes), count)


def _year(old: Submission, metadata: Metadata) -> Year:
    before, now = old.metadata.data_period, metadata.data_period
    by = now.end.year - before.end.year
    last = current(before)
    ends = {before.end.year, before.start.year, old.metadata.title_year}
    return Year(by, last, current(now), frozenset(ends | {year - 1 for year in ends}))


def _metadata(
    old: Submission, source: Standard, target: Standard, year: int, empty: Metadata
) -> Metadata:
    """Last year's facts with the years moved."""
    last = old.metadata
    by = year - last.title_year
    period = moved_period(last.data_period, target, year, by, source.id == target.id)
    cover = last.cover
    date = shifted(cover.date, by) if cover.date else None
    return last.model_copy(
        update={
            "standard": target.id,
            "title": shifted(last.title, by, {last.title_year})[:100],
            "title_year": year,
            "data_period": period,
            "filed_on": moved_date(last.filed_on, by),
            "cover": cover.model_copy(update={"date": date, "url": None}),
            "statement": {**empty.statement, **_kept(last.statement, empty.statement)},
            "sign_off": tuple(shifted(line, by) for line in last.sign_off),
            "colophon": shifted(last.colophon, by) if last.colophon else empty.colophon,
            "explanations": (),
            "previous": None,
            "place": None,
            "places": None,
        }
    )


def _kept(old: dict[str, str], new: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in old.items() if key in new}


def _own_notes(
    chapters: Sequence[Chapter],
) -> tuple[list[Chapter], dict[str, Footnote]]:
    """The chapters with labels of footnotes that are unique in the report, and all footnotes."""
    notes: dict[str, Footnote] = {}
    made: list[Chapter] = []
    for number, chapter in enumerate(chapters, 1):
        names: dict[str, str] = {}
        for label, note in chapter.footnotes.items():
            name = label
            while name in notes and notes[name].text != note.text:
                name = f"{label[:30]}-{number}" if name == label else name + "x"
            names[label] = name
            notes.setdefault(name, note)
        made.append(renamed(chapter, names, {}))
        for label, name in names.items():
            notes[name] = renamed(chapter.footnotes[label], names, {})
    return made, notes


def _chapter(
    root: Node,
    file: str | None,
    notes: dict[str, Footnote],
    sections: dict[str, str],
    year: Year,
) -> Chapter:
    """A chapter of the draft with its blocks as the new year wants them."""
    for node in root.walk():
        if node.filled:
            node.blocks = [rolled(block, year) for block in node.blocks]
    frozen = renamed(root.freeze(), {}, sections)
    used = _used(frozen, notes)
    values = {name: getattr(frozen, name) for name in Section.model_fields}
    footnotes = {
        name: notes[name].model_copy(update={"text": year.expressions(notes[name].text)})
        for name in used
    }
    return Chapter(**values, file=file, footnotes=footnotes)


def _used(section: Section, notes: dict[str, Footnote]) -> list[str]:
    """The footnotes marked in a section, and those marked in these."""
    found = labels(section) & set(notes)
    while more := {n for label in found for n in labels(notes[label]) & set(notes)} - found:
        found |= more
    return [label for label in notes if label in found]


def _distinct(chapters: tuple[Chapter, ...]) -> tuple[Chapter, ...]:
    """Every id once: a block or section that repeats one loses it."""
    seen: set[str] = set()

    def own(section: Section) -> Section:
        update: dict[str, object] = {"id": _once(section.id, seen)}
        update["blocks"] = tuple(_with_ids(block, seen) for block in section.blocks)
        update["sections"] = tuple(own(child) for child in section.sections)
        return section.model_copy(update=update)

    return tuple(own(chapter) for chapter in chapters)  # type: ignore[misc]


def _with_ids(block: object, seen: set[str]) -> object:
    update: dict[str, object] = {}
    if getattr(block, "id", None):
        update["id"] = _once(block.id, seen)  # type: ignore[attr-defined]
    if getattr(block, "blocks", None):
        update["blocks"] = tuple(_with_ids(each, seen) for each in block.blocks)  # type: ignore[attr-defined]
    return block.model_copy(update=update) if update else block  # type: ignore[attr-defined]


def _once(name: str | None, seen: set[str]) -> str | None:
    if name is None or name in seen:
        return None
    seen.add(name)
    return name


def _unplaced(old: Submission, left: Sequence[Section], notes: dict[str, Footnote]) -> str:
    """What has no place, as chapters that can be copied from; and what was left out on purpose."""
    if not left:
        return ""
    head = (
        "上年报送件中有下列内容，新规范没有对应的章节。需要的，抄到 chapters/ 里合适的位置；"
        "处理完请删去这个文件，它不会印出。\n\n"
    )
    made = []
    for section in left:
        values = {name: getattr(section, name) for name in Section.model_fields}
        used = {name: notes[name] for name in _used(section, notes)}
        made.append(Chapter(**values, footnotes=used))
    texts = [file_text([chapter]) or "" for chapter in made]
    return head + "\n".join(texts)
