"""What changed from one standard to another, as data."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import Enum
from typing import Any, Literal

from pydantic import BaseModel

from reportkit.model.base import Placed
from reportkit.model.standard import SectionSpec, Standard

Kind = Literal["added", "removed", "renamed", "moved", "changed"]
What = Literal[
    "standard",
    "part",
    "section",
    "table",
    "indicator",
    "required_indicator",
    "numbering",
    "limit",
    "duty",
]


@dataclass(frozen=True, slots=True)
class Difference:
    """One key whose value changed; values as in ``standard.yaml``, None where there was none."""

    key: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that was added, removed, renamed, moved, or changed in other ways.

    ``path`` names where it stands (titles from the chapter down), in the new standard, or in the
    old one if it was removed. ``differences`` list changed keys of a renamed or changed thing.
    """

    kind: Kind
    what: What
    id: str
    title: str
    path: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()


def diff(a: Standard, b: Standard) -> list[Change]:
    """All changes from ``a`` to ``b``: of the outline, parts, tables, indicators, numbers,
    limits, duties.

    Things are the same if their ids are the same.
    """
    return [
        *_keys("standard", "", "", _scalars(a), _scalars(b)),
        *_parts(a, b),
        *_outline(a, b),
        *_listed("table", a.tables, b.tables, "title"),
        *_listed("indicator", a.indicators, b.indicators, "name"),
        *_required(a, b),
        *_keys("numbering", "", "", _plain(a.numbering), _plain(b.numbering)),
        *_keys("limit", "", "", _plain(a.limits), _plain(b.limits)),
        *_listed("duty", a.duties, b.duties, "title"),
    ]


_SCALARS = (
    "title",
    "level",
    "year",
    "title_example",
    "file_name",
    "year_offset",
    "data_window",
    "status",
    "basis",
    "severities",
    "placeholders",
)


def _scalars(standard: Standard) -> dict[str, Any]:
    data = _plain(standard)
    return {key: data.get(key) for key in _SCALARS}


def _plain(value: Any) -> Any:
    """A model as plain data without what is only the default None."""
    if isinstance(value, BaseModel):
        names = (name for name in type(value).model_fields if name not in Placed.model_fields)
        return {name: _plain(getattr(value, name)) for name in names}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Enum):
        return value.value
    return value


def _differences(a: Mapping[str, Any], b: Mapping[str, Any]) -> tuple[Difference, ...]:
    keys = dict.fromkeys((*a, *b))
    return tuple(
        Difference(key, a.get(key), b.get(key)) for key in keys if a.get(key) != b.get(key)
    )


def _keys(
    what: What, name: str, title: str, a: Mapping[str, Any], b: Mapping[str, Any]
) -> Iterator[Change]:
    changed = _differences(a, b)
    if changed:
        yield Change("changed", what, name, title, differences=changed)


def _listed(
    what: What,
    old: Sequence[BaseModel],
    new: Sequence[BaseModel],
    name: str,
) -> Iterator[Change]:
    """Changes of things with an id, called by ``name``; the order of such lists means nothing."""
    before = {item["id"]: item for item in map(_plain, old)}
    after = {item["id"]: item for item in map(_plain, new)}
    for key, item in before.items():
        if key not in after:
            yield Change("removed", what, key, item[name])
    for key, item in after.items():
        if key not in before:
            yield Change("added", what, key, item[name])
        elif changed := _differences(before[key], item):
            renamed = any(difference.key == name for difference in changed)
            kind: Kind = "renamed" if renamed else "changed"
            yield Change(kind, what, key, item[name], differences=changed)


def _required(a: Standard, b: Standard) -> Iterator[Change]:
    names = {item.id: item.name for item in (*a.indicators, *b.indicators)}
    old, new = a.required_indicators, b.required_indicators
    for change in _listed("required_indicator", old, new, "id"):
        yield replace(change, title=names.get(change.id, change.id))


def _parts(a: Standard, b: Standard) -> Iterator[Change]:
    before = {spec.part.value: _plain(spec) for spec in a.parts}
    after = {spec.part.value: _plain(spec) for spec in b.parts}
    moved = _moved(list(before), list(after))
    for key, item in after.items():
        title = item["title"] or ""
        if key not in before:
            yield Change("added", "part", key, title)
            continue
        if changed := _differences(before[key], item):
            yield Change("changed", "part", key, title, differences=changed)
        if key in moved:
            yield Change("moved", "part", key, title)
    for key, item in before.items():
        if key not in after:
            yield Change("removed", "part", key, item["title"] or "")


@dataclass(frozen=True, slots=True)
class _Spot:
    spec: SectionSpec
    parent: str
    path: tuple[str, ...]


def _spots(
    specs: Sequence[SectionSpec], parent: str = "", path: tuple[str, ...] = ()
) -> Iterator[_Spot]:
    for spec in specs:
        yield _Spot(spec, parent, path)
        yield from _spots(spec.sections, spec.id, (*path, spec.title))


def _outline(a: Standard, b: Standard) -> Iterator[Change]:
    before = {spot.spec.id: spot for spot in _spots(a.outline)}
    after = {spot.spec.id: spot for spot in _spots(b.outline)}
    moved = _rearranged(before, after)
    for key, spot in before.items():
        if key not in after:
            yield Change("removed", "section", key, spot.spec.title, spot.path)
    for key, spot in after.items():
        title = spot.spec.title
        if key not in before:
            yield Change("added", "section", key, title, spot.path)
            continue
        changed = _differences(_own(before[key].spec), _own(spot.spec))
        if any(difference.key == "title" for difference in changed):
            yield Change("renamed", "section", key, title, spot.path, changed)
        elif changed:
            yield Change("changed", "section", key, title, spot.path, changed)
        if key in moved:
            where = (Difference("parent", before[key].path, spot.path),)
            yield Change("moved", "section", key, title, spot.path, where)


def _own(spec: SectionSpec) -> dict[str, Any]:
    data: dict[str, Any] = _plain(spec)
    del data["sections"]
    return data


def _rearranged(before: Mapping[str, _Spot], after: Mapping[str, _Spot]) -> set[str]:
    """Sections that have another parent, or another place among the siblings that stayed."""
    common = [key for key in before if key in after]
    moved = {key for key in common if before[key].parent != after[key].parent}
    stayed = [key for key in common if key not in moved]
    for parent in {before[key].parent for key in stayed}:
        siblings = {key for key in stayed if before[key].parent == parent}
        moved |= _moved(
            [key for key in before if key in siblings], [key for key in after if key in siblings]
        )
    return moved


def _moved(old: list[str], new: list[str]) -> set[str]:
    """Which of the common items must move to turn one order into the other."""
    old = [key for key in old if key in new]
    new = [key for key in new if key in old]
    kept = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return set(old) - {key for block in kept for key in old[block.a : block.a + block.size]}
