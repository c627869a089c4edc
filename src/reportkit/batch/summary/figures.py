"""What page, workbook and letters have in common: one row an item, counts by rule, the chapters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from ...checks.between import Chapter
from ...model.diagnostic import Diagnostic, Severity
from ...model.standard import Need, SectionSpec, Standard
from ...reading.roster import Entry
from ...standards.labels import LEVELS
from ..naming import order
from ..outcome import Outcome, State

Between = Mapping[str, Sequence[Diagnostic]]
"""What was found between submissions: by item, and under the empty name what concerns none."""

FORMS = {"folder": "文件夹", "json": "JSON", "kit": "填报表", "report": "报告原文"}


@dataclass(frozen=True)
class Row:
    """One item: what became of it, and what others have to do with it.

    ``names`` tell the organisations of all items apart; ``entry`` is what the roster says of this
    one; ``letter`` is the path of the letter.
    """

    outcome: Outcome
    between: tuple[Diagnostic, ...]
    standard: Standard | None
    names: Mapping[str, str]
    entry: Entry | None = None
    letter: str = ""

    @property
    def item(self) -> str:
        """The item's name."""
        return self.outcome.item.name

    @property
    def organisation(self) -> str:
        """Who files it; the item's name where that could not be read."""
        digest = self.outcome.digest
        return digest.organisation.name if digest else self.item

    @property
    def name(self) -> str:
        """The same, with the item's name where one files several."""
        return self.names.get(self.item, self.item)

    @property
    def region(self) -> str:
        """The district, as the organisation says or else the roster."""
        digest = self.outcome.digest
        own = digest.organisation.region if digest else None
        return own or (self.entry.region if self.entry else "")

    @property
    def code(self) -> str:
        """The code of the organisation."""
        digest = self.outcome.digest
        own = digest.organisation.code if digest else None
        return own or (self.entry.code if self.entry else "")

    @property
    def level(self) -> str:
        """The kind of report: 校级, 区级 …"""
        digest = self.outcome.digest
        return LEVELS[digest.level] if digest else ""

    @property
    def kind(self) -> str:
        """What the roster calls its kind, or else the kind of report."""
        return (self.entry.kind if self.entry else "") or self.level

    @property
    def standard_id(self) -> str:
        """The id of the standard."""
        digest = self.outcome.digest
        return digest.standard if digest else ""

    @cached_property
    def counts(self) -> Counter[Severity]:
        """Findings that ask for something, by severity; those between submissions not counted."""
        return Counter(d.severity for d in self.outcome.diagnostics if d.explained is None)

    @cached_property
    def explained(self) -> int:
        """Findings that the writer has explained."""
        return sum(d.explained is not None for d in (*self.outcome.diagnostics, *self.between))

    @cached_property
    def unexplained_between(self) -> int:
        """Findings between submissions that ask for something."""
        return sum(_asks(d) for d in self.between)

    @cached_property
    def verdict(self) -> str:
        """The state, with what is 合格 split by whether something is still to be explained."""
        if self.outcome.state is not State.PASSED:
            return self.outcome.state.value
        open_ones = self.counts[Severity.WARNING] + self.unexplained_between
        return "explain" if open_ones else "clean"

    @property
    def result(self) -> str:
        """The verdict in Chinese."""
        return RESULTS[self.verdict]

    @cached_property
    def codes(self) -> Counter[str]:
        """How often each rule asks for something, those between submissions too."""
        found = (*self.outcome.diagnostics, *self.between)
        return Counter(d.code for d in found if d.explained is None)

    def files(self, kind: str) -> tuple[str, ...]:
        """The paths of the files of a kind."""
        if kind == "letter":
            return (self.letter,) if self.letter else ()
        return tuple(file.path for file in self.outcome.files if file.kind == kind)


RESULTS = {
    "clean": "合格",
    "explain": "合格，待说明",
    **{state.value: state.label for state in State if state is not State.PASSED},
}
"""Verdicts from good to bad, with their names."""


def _asks(found: Diagnostic) -> bool:
    return found.explained is None and found.severity is not Severity.INFO


@dataclass(frozen=True)
class RuleCount:
    """How often a rule found something, and in how many items."""

    code: str
    title: str
    severity: Severity
    source: str
    findings: int
    items: int
    explained: int


@dataclass(frozen=True)
class Cell:
    """A chapter of an item: its size in Hanzi, or that it is empty, missing, or not asked for."""

    kind: Literal["size", "empty", "missing", "none"]
    hanzi: int = 0
    tables: int = 0
    figures: int = 0
    cases: int = 0


@dataclass(frozen=True)
class Matrix:
    """Chapters × items: ``columns`` are titles, ``cells`` one line for each row with chapters."""

    columns: tuple[str, ...]
    cells: tuple[tuple[Row, tuple[Cell, ...]], ...]


@dataclass(frozen=True)
class Summary:
    """All that is shown of a batch."""

    rows: tuple[Row, ...]
    loose: tuple[Diagnostic, ...]
    rules: tuple[RuleCount, ...]
    matrix: Matrix
    names: Mapping[str, str]

    @property
    def verdicts(self) -> dict[str, int]:
        """Number of items by verdict, from good to bad."""
        found = Counter(row.verdict for row in self.rows)
        return {verdict: found[verdict] for verdict in RESULTS if found[verdict]}

    def total(self, severity: Severity) -> int:
        """Findings of a severity in all items, those between submissions not counted."""
        return sum(row.counts[severity] for row in self.rows)

    @property
    def between(self) -> tuple[tuple[Row | None, Diagnostic], ...]:
        """All findings between submissions, with the item that each was found with."""
        own = ((row, found) for row in self.rows for found in row.between)
        return (*((None, found) for found in self.loose), *own)

    @cached_property
    def pairs(self) -> tuple[tuple[Row | None, Diagnostic], ...]:
        """The same, but what is told of both sides only once."""
        made: dict[object, tuple[Row | None, Diagnostic]] = {}
        for row, found in self.between:
            item = row.item if row else ""
            other = next((each for each in found.related if each.item), None)
            sides = {(item, found.place)} | ({(other.item, other.place)} if other else set())
            key = found.code, frozenset(sides), "" if other else found.message
            made.setdefault(key, (row, found))
        return tuple(made.values())


def summarise(
    outcomes: Iterable[Outcome],
    between: Between,
    standards: Mapping[str, Standard],
    letters: Mapping[str, str],
    entries: Mapping[str, Entry] | None = None,
) -> Summary:
    """Bring everything together. ``letters`` are paths, ``entries`` those of a roster, by item."""
    listed = sorted(outcomes, key=lambda outcome: order(outcome.item.name))
    names = _names(listed)
    rows = tuple(
        Row(
            outcome,
            tuple(between.get(outcome.item.name, ())),
            standards.get(outcome.digest.standard) if outcome.digest else None,
            names,
            (entries or {}).get(outcome.item.name),
            letters.get(outcome.item.name, ""),
        )
        for outcome in listed
    )
    loose = tuple(found for item, each in between.items() if item not in names for found in each)
    return Summary(rows, loose, tuple(_rules(rows, loose)), _matrix(rows), names)


def _names(outcomes: Sequence[Outcome]) -> dict[str, str]:
    """What tells the items apart: their organisations, and the items where one files two."""
    named = {
        each.item.name: each.digest.organisation.name if each.digest else each.item.name
        for each in outcomes
    }
    many = Counter(named.values())
    return {item: f"{who}（{item}）" if many[who] > 1 else who for item, who in named.items()}


def _rules(rows: Sequence[Row], loose: Sequence[Diagnostic]) -> Iterator[RuleCount]:
    """Rules by severity and number of items, most first."""
    from ...checks import get

    findings: Counter[str] = Counter(d.code for d in loose if d.explained is None)
    items: Counter[str] = Counter()
    explained: Counter[str] = Counter()
    first: dict[str, Diagnostic] = {d.code: d for d in reversed(loose)}
    rank = list(Severity)
    for row in rows:
        findings.update(row.codes)
        items.update(row.codes.keys())
        for found in (*row.outcome.diagnostics, *row.between):
            known = first.setdefault(found.code, found)
            if rank.index(found.severity) < rank.index(known.severity):
                first[found.code] = found
            explained[found.code] += found.explained is not None
    for code in sorted(first, key=lambda c: (rank.index(first[c].severity), -items[c], c)):
        rule, found = get(code), first[code]
        title = rule.title if rule else found.message
        source = str(rule.source) if rule else found.source
        yield RuleCount(
            code, title, found.severity, source, findings[code], items[code], explained[code]
        )


def _matrix(rows: Sequence[Row]) -> Matrix:
    used = Counter(row.standard_id for row in rows if row.standard)
    standards = {row.standard_id: row.standard for row in rows if row.standard}
    titles: dict[str, str] = {}
    columns: list[str] = []
    for name, _ in sorted(used.items(), key=lambda pair: (-pair[1], pair[0])):
        standard = standards[name]
        assert standard is not None
        _insert(columns, titles, standard.outline)
    others = any(_others(row, titles) for row in rows)
    cells = tuple(
        (row, (*(_cell(row, key) for key in columns), *([_rest(row, titles)] if others else [])))
        for row in rows
        if row.outcome.digest
    )
    return Matrix((*(titles[key] for key in columns), *(["其他"] if others else [])), cells)


def _insert(columns: list[str], titles: dict[str, str], outline: Iterable[SectionSpec]) -> None:
    """Add the chapters of a standard to the columns, each behind the one before it."""
    at = 0
    for spec in outline:
        if spec.need is Need.FORBIDDEN:
            continue
        if spec.id not in titles:
            titles[spec.id] = spec.title
            columns.insert(at, spec.id)
        at = columns.index(spec.id) + 1


def _cell(row: Row, key: str) -> Cell:
    assert row.outcome.digest is not None
    found = [chapter for chapter in row.outcome.digest.chapters if chapter.spec == key]
    if not found:
        outline = row.standard.outline if row.standard else ()
        need = next((spec.need for spec in outline if spec.id == key), Need.FORBIDDEN)
        return Cell("missing" if need is Need.REQUIRED else "none")
    return _sum(found)


def _rest(row: Row, titles: Mapping[str, str]) -> Cell:
    found = _others(row, titles)
    return _sum(found) if found else Cell("none")


def _others(row: Row, titles: Mapping[str, str]) -> list[Chapter]:
    chapters = row.outcome.digest.chapters if row.outcome.digest else ()
    return [chapter for chapter in chapters if chapter.spec not in titles]


def _sum(chapters: Iterable[Chapter]) -> Cell:
    found = list(chapters)
    sizes = [sum(getattr(each, name) for each in found) for name in _SIZES]
    return Cell("size" if any(sizes) else "empty", *sizes)


_SIZES = ("hanzi", "tables", "figures", "cases")
