"""Values that expressions want and the data lack: each told once, those of a table together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..model.base import Place
from ..model.blocks import Table
from ..model.diagnostic import Finding, Related
from .context import Context
from .settled import lacks_value

TOGETHER = 4
"""Values missing in one table from which on they are told in one finding."""
_NAMED, _RELATED = 5, 20
_Spot = tuple[str, int | None, int | None, str | None]


def once_each(context: Context, code: str) -> Iterator[Finding]:
    """The first finding about each value, with the places of the others.

    A table in which many values are missing, such as one that was not filled in yet, has one
    finding.
    """
    wanted: dict[tuple[str, ...], list[Finding]] = {}
    for finding in context.emitted(code):
        if not lacks_value(context, finding):
            args = finding.args
            key = tuple(str(args.get(name)) for name in ("id", "name", "period", "scope", "path"))
            wanted.setdefault(key, []).append(finding)
    groups = list(wanted.values())
    if len(groups) >= TOGETHER:
        yield from _by_table(context, groups)
    else:
        yield from map(_first, groups)


def _first(group: Sequence[Finding]) -> Finding:
    related = _related(group[1:])
    return group[0].model_copy(update={"related": related}) if related else group[0]


def _by_table(context: Context, groups: Sequence[Sequence[Finding]]) -> Iterator[Finding]:
    """Findings one by one, or together where they stand in one table."""
    tables = _cells(context)
    found: dict[str, list[Sequence[Finding]]] = {}
    for group in groups:
        found.setdefault(tables.get(_spot(group[0].place), ""), []).append(group)
    for table, members in found.items():
        if table and len(members) >= TOGETHER:
            yield _together(context, members)
        else:
            yield from map(_first, members)


def _together(context: Context, members: Sequence[Sequence[Finding]]) -> Finding:
    """One finding about all values that a table lacks, at the first of them."""
    known = {indicator.id: indicator.name for indicator in context.standard.indicators}
    names = [str(group[0].args.get("name", "")) for group in members]
    told = "、".join(known.get(name, name) for name in names[:_NAMED])
    if len(names) > _NAMED:
        told += f" 等 {len(names)} 项"
    first = members[0][0]
    args = {**first.args, "name": told, "ids": names}
    return first.model_copy(
        update={"args": args, "related": _related([group[0] for group in members[1:]])}
    )


def _related(others: Sequence[Finding]) -> tuple[Related, ...]:
    return tuple(Related(place=f.place, section=f.section, quote=f.quote)
                 for f in others[:_RELATED])  # fmt: skip


def _cells(context: Context) -> dict[_Spot, str]:
    """The table in which each cell stands, by the cell's place."""
    made: dict[_Spot, str] = {}
    for number, (_, block, _) in enumerate(context.blocks):
        if isinstance(block, Table):
            for part, place in (block.places or {}).items():
                if part.startswith("rows."):
                    made[_spot(place)] = str(number)
    return made


def _spot(place: Place) -> _Spot:
    return place.file, place.line, place.paragraph, place.cell
