"""Builds models from data: what is wrong becomes a finding with its place, the rest is kept.

jsonschema judges the data first, as any other system would; pydantic then builds the model and
judges what a schema cannot say.
"""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel

from reportkit.model.base import Place
from reportkit.yamlio import Path, Tree

from .files import nearest
from .judges import Fault, published, typed, value_at
from .schema import TITLES, schema_of
from .source import Source, clean
from .values import Entry, Placing, Typing, resolve

M = TypeVar("M", bound=BaseModel)


def build(
    model: type[M],
    tree: Tree,
    source: Source,
    *,
    convert: bool,
    start: Place | None = None,
    cells: Mapping[str, Place] | None = None,
) -> M | None:
    """The model that ``tree`` holds. Every fault becomes a finding; what is wrong, or lacks
    something, is left out.

    ``start`` is the place of the whole if that is not where the tree begins, ``cells`` are the
    places of the values of a row. None if what is left is not enough.
    """
    typing = Typing(model, convert=convert)
    data = typing(tree.data)
    placing = Placing(tree, source, start, cells or {}, pointers=not convert)
    if not isinstance(data, Entry):
        source.log.add(
            "RK109",
            placing.value(()),
            key=TITLES[model.__name__],
            value="",
            reason="“键: 值”的形式",
            owner="",
        )
        return None
    for path, bad in typing.dirty:
        place, quote = placing.value(path), clean(str(value_at(data, path)))[0]
        source.log.add(
            "RK116", place, quote=quote, at=source.file, character=bad[0], count=len(bad)
        )
    gone: set[Path] = set()
    while faults := list(published(data, model)):
        if not _mend(faults, data, model, placing, gone):
            return None
    while isinstance(made := typed(data, model, placing), list):
        if not _mend(made, data, model, placing, gone):
            return None
    return made


def _mend(
    faults: list[Fault], data: Entry, model: type[BaseModel], placing: Placing, gone: set[Path]
) -> bool:
    """Report the faults and take out what is at fault; False if that is the whole.

    ``gone`` are paths of what was taken out before: that it is missing now is no news.
    """
    for fault in dict.fromkeys(faults):
        if not any(path[: len(fault.path)] == fault.path for path in gone):
            _report(fault, data, model, placing)
    paths = {fault.path[:-1] if fault.kind == "missing" else fault.path for fault in faults}
    gone |= paths
    for path in sorted(paths, key=_order, reverse=True):
        if not path:
            return False
        _remove(data, path)
    return True


def _order(path: Path) -> tuple[Any, ...]:
    return tuple(
        (isinstance(step, int), step if isinstance(step, int) else 0, str(step)) for step in path
    )


def _remove(data: Any, path: Path) -> None:
    """Take the value at ``path`` out."""
    for step in path[:-1]:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return  # gone with something around it
    if isinstance(data, dict):
        data.pop(path[-1], None)
    elif isinstance(data, list) and isinstance(path[-1], int) and path[-1] < len(data):
        del data[path[-1]]


def _report(fault: Fault, data: Entry, model: type[BaseModel], placing: Placing) -> None:
    owner, original = _owner(data, fault.path[:-1])
    schema = schema_of(model)
    properties = _properties(owner, schema)
    key = str(fault.path[-1]) if fault.path else ""
    path = (*original, *fault.path[len(original) :])
    log, title = placing.source.log, TITLES.get(owner.model, "")
    if fault.kind == "unknown":
        log.add(
            "RK107",
            placing.key(path),
            quote=key,
            key=key,
            owner=title,
            suggestion=nearest(key, properties),
            known=[name for name in properties if name != "type" or placing.pointers],
        )
    elif fault.kind == "missing":
        meaning = properties.get(key, {}).get("description", "")
        place = placing.start if placing.start and not original else placing.value(original)
        log.add("RK108", place, key=key, owner=title, meaning=meaning)
    else:
        value = value_at(data, fault.path)
        shown = "" if value is None or isinstance(value, dict | list) else str(value)
        log.add(
            "RK109",
            placing.value(path),
            quote=shown,
            key=key,
            value=shown[:80],
            reason=fault.reason,
            owner=title,
        )


def _owner(data: Entry, path: Path) -> tuple[Entry, Path]:
    """The innermost mapping on the way, with the path where it was written."""
    owner, rest = data, 0
    current: Any = data
    for at, step in enumerate(path):
        try:
            current = current[step]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(current, Entry):
            owner, rest = current, at + 1
    return owner, (*owner.path, *path[rest:])


def _properties(owner: Entry, schema: dict[str, Any]) -> dict[str, Any]:
    definition = schema["$defs"].get(owner.model) if "$defs" in schema else None
    found = resolve(definition or (schema if not owner.path else {}), schema)[0]
    return dict(found.get("properties", {}))
