"""What is still missing, and where therefore other findings would only be its consequence.

When a section is missing, empty or misplaced, or a mandated table is not there, the objects,
footnotes and list entries that belong to it are missing as well. Rules about those wait until the
chapter is settled, so that each break is found by its own rule alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..model.blocks import Table
from ..model.standard import Need, TableSpec
from ..standards.titles import bare
from .content import hollow, unwritten
from .context import Node

if TYPE_CHECKING:
    from .context import Context


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
