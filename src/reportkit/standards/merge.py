"""Merges a standard into the one that it extends.

Mappings merge by key; ``parts``, ``outline``, ``sections``, ``tables``, ``indicators``,
``required_indicators`` and ``duties`` merge item by item, by their identity. An item of the heir
may say ``remove: true``, or ``before:``/``after:`` another to take its place there. Other lists
and all facts with a status (``year_offset``, each limit …) are replaced as a whole. Whoever changes
what an inherited item demands states its ``status`` anew: an old source must not vouch for a new
demand.
"""

from typing import Any

from reportkit.model.base import Place

from .errors import Faults
from .source import Entry

IDENTITY = {
    "parts": "part",
    "outline": "id",
    "tables": "id",
    "indicators": "id",
    "required_indicators": "id",
    "duties": "id",
}
"""Lists of a standard whose items merge one by one, and the key that tells items apart."""
_NESTED = {"sections": "id"}
DIRECTIVES = ("remove", "before", "after")
_MERGED = ("numbering", "limits", "severities", "compilation")
_NOT_DEMANDS = frozenset(
    {"id", "part", "sections", "guidance", "variants", "numbering", "text", "fields", "aliases"}
    | {"pools", "pooling", "weights"}
    | {"status", "basis", *DIRECTIVES}
)


def merge(parent: Entry, child: Entry, faults: Faults) -> Entry:
    """The standard ``child`` with everything that it inherits from ``parent``."""
    return _mapping(parent, child, IDENTITY, faults)


def settle(root: Entry, faults: Faults) -> Entry:
    """A standard that extends nothing: directives have no meaning there and are refused."""
    return merge(Entry(root.place), root, faults)


def _mapping(parent: Entry, child: Entry, lists: dict[str, str], faults: Faults) -> Entry:
    result = parent.copy()
    result.place = child.place
    for key, value in child.items():
        place = child.places[key]
        if key in lists and isinstance(value, list):
            old = parent.get(key)
            old = old if isinstance(old, list) else []
            value = _items(key, lists[key], old, value, place, faults)
        elif key in _MERGED and isinstance(value, Entry) and isinstance(parent.get(key), Entry):
            inner = parent[key].copy()
            for name, item in value.items():
                inner.put(name, item, value.places[name])
            value = inner
        result.put(key, value, place)
    return result


def _items(
    key: str, name: str, old: list[Any], new: list[Any], place: Place, faults: Faults
) -> list[Any]:
    result = list(old)
    seen: set[str] = set()
    for item in new:
        if not isinstance(item, Entry):
            faults.add(place, f"{key} 的每一项都应当是“键: 值”的形式")
            continue
        ident = item.get(name)
        if not isinstance(ident, str):
            faults.add(item.place, f"{key} 的这一项缺少 {name}")
            continue
        if ident in seen:
            faults.add(item.place, f"{key} 中 {ident} 写了两次")
            continue
        seen.add(ident)
        _apply(key, name, item, result, faults)
    return result


def _apply(key: str, name: str, item: Entry, result: list[Any], faults: Faults) -> None:
    """Put one item of the heir into ``result``."""
    ident = item[name]
    at = _find(result, name, ident)
    if "remove" in item:
        if item["remove"] != "true":
            faults.add(item.places["remove"], "remove 只能写 true")
        elif at is None:
            faults.add(item.place, f"上级规范的 {key} 中没有 {ident}，无从删除")
        else:
            del result[at]
        return
    inherited = result[at] if at is not None else Entry(item.place)
    if at is not None:
        _stated_anew(ident, inherited, item, faults)
    merged = _mapping(inherited, item, _NESTED, faults)
    if "status" in item and "basis" not in item:
        merged.pop("basis", None)
    for directive in DIRECTIVES:
        merged.pop(directive, None)
    moves = [directive for directive in ("before", "after") if directive in item]
    if not moves:
        if at is None:
            result.append(merged)
        else:
            result[at] = merged
        return
    if at is not None:
        del result[at]
    target = _find(result, name, item[moves[0]])
    if target is None or len(moves) > 1:
        faults.add(item.places[moves[0]], f"{key} 中没有 {item[moves[0]]}，或 before、after 并用")
        return
    result.insert(target + (moves[0] == "after"), merged)


def _find(items: list[Any], name: str, ident: str) -> int | None:
    for index, item in enumerate(items):
        if item.get(name) == ident:
            return index
    return None


def _stated_anew(ident: str, inherited: Entry, item: Entry, faults: Faults) -> None:
    changed = [key for key in item if key not in _NOT_DEMANDS and item[key] != inherited.get(key)]
    if changed and "status" not in item:
        faults.add(
            item.places[changed[0]],
            f"{ident} 改了上级规范的 {'、'.join(changed)}，请同时写明 status（和 basis）",
        )
