"""What is still missing, and where therefore other findings would only be its consequence.

When a section is missing, empty or misplaced, or a mandated table is not there, the objects,
footnotes and list entries that belong to it are missing as well. Rules about those wait until the
chapter is settled, so that each break is found by its own rule alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..composing import values_of
from ..composing.facts import NoValueError, Wanted
from ..model.base import Place
from ..model.blocks import Table
from ..model.diagnostic import Finding, Related
from ..model.standard import Need, RequiredIndicator, TableSpec
from ..standards.titles import bare
from .content import hollow, unwritten
from .context import Node

if TYPE_CHECKING:
    from ..composing.values import Values
    from .context import Context
    from .structure import Gap


def find_table(context: Context, spec: TableSpec) -> tuple[Node, Table] | None:
    """The table that stands for ``spec``: by id, by caption, or alone under its title."""
    titles = [bare(title) for title in (spec.title, *spec.variants)]
    fallback = None
    for node, block, _ in context.blocks:
        if not isinstance(block, Table):
            continue
        if (block.id or "").removeprefix("tbl:") == spec.id:
            return node, block
        name = bare(block.caption) or bare(node.section.title)
        if name in titles:
            return node, block
        if fallback is None and any(title in name for title in titles):
            fallback = node, block
    return fallback


def missing_tables(context: Context) -> Iterator[tuple[TableSpec, Node | None]]:
    """Required tables that are nowhere, with the section that should hold them.

    A table whose section is missing or not yet written is not told.
    """
    homes = {node.spec.id: node for node in context.nodes if node.spec}
    for spec in context.standard.tables:
        home = homes.get(spec.section or "")
        if spec.need is not Need.REQUIRED or (spec.section and home is None):
            continue
        if not (home is not None and unwritten(home)) and not find_table(context, spec):
            yield spec, home


def lacking(context: Context) -> bool:
    """Whether a mandated section or table is missing, or a section is empty."""
    return (
        bool(context.outline.gaps)
        or any(map(hollow, context.nodes))
        or any(True for _ in missing_tables(context))
        or any(True for _ in short_choices(context))
    )


def short_choices(context: Context) -> Iterator[tuple[Node, int]]:
    """Sections with fewer of the listed sections below than asked, and how many they have.

    Told only where nothing else is missing among them.
    """
    parents_with_gaps = {gap.parent for gap in context.outline.gaps}
    for node in context.nodes:
        spec = node.spec
        if spec is None or not spec.at_least or hollow(node) or node in parents_with_gaps:
            continue
        listed = {s.id for s in spec.sections if s.need is not Need.FORBIDDEN}
        found = len(listed & {child.spec.id for child in node.children if child.spec})
        if found < spec.at_least:
            yield node, found


def told_gaps(context: Context) -> list[Gap]:
    """Mandated sections that are missing, without those of a section that is empty altogether."""
    return [gap for gap in context.outline.gaps if gap.parent is None or not hollow(gap.parent)]


def orphans(context: Context, code: str) -> tuple[Related, ...]:
    """References that lead nowhere while something is missing: they may lead into it.

    They are told beside the first finding of one rule only: missing sections (RK201), else empty
    ones (RK207), else missing tables (RK216).
    """
    if not (context.has_standard and context.has_report and context.lacking):
        return ()
    if told_gaps(context):
        teller = "RK201"
    else:
        teller = "RK207" if any(map(hollow, context.nodes)) else "RK216"
    if code != teller:
        return ()
    return tuple(
        Related(place=r.place or Place(), section=r.section, quote=f"@{r.id}" if r.id else r.text)
        for r in context.report.references
        if r.target is None and not mistyped(context, r.id or "")
    )


def mistyped(context: Context, name: str) -> str:
    """The known id that an unknown one probably means, or nothing."""
    from rapidfuzz import process

    found = process.extractOne(name, list(context.outline.plan.ids), score_cutoff=75)
    return str(found[0]) if found and name else ""


def current_period(context: Context) -> str:
    """How the current period is written in the data."""
    window = context.submission.metadata.data_period
    return window.current or str(window.end.year)


def missing_indicators(context: Context) -> list[RequiredIndicator]:
    """Required indicators with neither value nor reason for the current period.

    What a formula computes from the data is given. A report as it stands has no data to look in.
    """
    if context.result.imported:
        return []
    period = current_period(context)
    observed = (o for o in context.submission.data.observations if o.period == period)
    given = {o.indicator for o in observed if o.value is not None or o.missing}
    lacking = [
        required
        for required in context.standard.required_indicators
        if required.need is Need.REQUIRED and required.id not in given
    ]
    if not lacking:
        return []
    values = values_of(context.submission, context.standard, context.result.history)
    return [required for required in lacking if not _computed(values, required.id)]


def _computed(values: Values, name: str) -> bool:
    """Whether the data give an indicator through its formula."""
    try:
        values.facts.find(Wanted(name))
    except NoValueError:
        return False
    return True


def lacks_value(context: Context, finding: Finding) -> bool:
    """Whether what the finding wants is the current value of a required indicator (RK218)."""
    if not context.has_standard:
        return False
    wanted = finding.args.get("id") or finding.args.get("name")
    same_period = finding.args.get("period") in (None, "", current_period(context))
    return same_period and wanted in context.missing_indicators


def unsettled(context: Context) -> frozenset[Node]:
    """Chapters in which something is missing, empty, misplaced or out of order."""
    homes = {home.root for _, home in missing_tables(context) if home is not None}
    return frozenset(
        chapter
        for chapter in context.chapters
        if chapter in homes
        or context.outline.disturbed(chapter)
        or any(map(hollow, chapter.walk()))
    )
