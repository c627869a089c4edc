"""From text with places to data with types: the schema decides what each scalar is."""

import base64
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from reportkit.model import blocks, data, submission
from reportkit.model.base import Place, Placed, Places
from reportkit.yamlio import Mark, Path, Tree

from .files import tidy
from .schema import schema_of
from .source import Source, clean

PLACED = {
    name
    for module in (blocks, data, submission)
    for name, value in vars(module).items()
    if isinstance(value, type) and issubclass(value, Placed)
}
_PATHS = {"image", "data", "path", "file"}
_NAMED = {"Figure", "FigurePart", "Table", "Chart", "Asset", "Chapter"}
_INTEGER = re.compile(r"[+-]?[0-9]+")
_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")
_URL_SAFE = str.maketrans("-_", "+/", " \n")
_BOOLEANS = {"true": True, "false": False, "True": True, "False": False}


class Entry(dict[str, Any]):
    """A mapping with the path where it was written and the name of its model."""

    __slots__ = ("model", "path")

    def __init__(self, path: Path, model: str) -> None:
        super().__init__()
        self.path = path
        self.model = model


def resolve(schema: dict[str, Any], root: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """The schema behind a reference, with the name of its definition."""
    name = ""
    while "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        schema = root["$defs"][name]
    return schema, name


def pointer(path: Path) -> str:
    """``path`` as a JSON pointer (RFC 6901)."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


class Typing:
    """Gives the data of a tree the types that a model's schema asks for.

    ``convert`` turns text into numbers and booleans (YAML, where every scalar is text).
    """

    def __init__(self, model: type[BaseModel], *, convert: bool) -> None:
        self.root = schema_of(model)
        self.name = model.__name__
        self.convert = convert
        self.dirty: list[tuple[Path, list[str]]] = []

    def __call__(self, value: Any) -> Any:
        """``value`` with types; mappings become :class:`Entry`.

        ``dirty`` then says where control characters were replaced, and which.
        """
        return self._value(value, self.root, (), self.name)

    def _value(self, value: Any, schema: dict[str, Any], path: Path, name: str = "") -> Any:
        schema, found = resolve(schema, self.root)
        name = found or name
        if isinstance(value, Decimal):
            return _typed_number(value, schema.get("type"))
        if "anyOf" in schema:
            schema, name = self._choice(value, schema["anyOf"])
        if isinstance(value, dict):
            return self._mapping(value, schema, path, name)
        if isinstance(value, list):
            items = schema.get("items", {})
            return [self._value(v, items, (*path, i)) for i, v in enumerate(value)]
        if isinstance(value, str):
            return self._text(value, schema, path)
        if self.convert and value is None and schema.get("type") == "string" and path:
            return "" if isinstance(path[-1], int) else None
        return value

    def _text(self, value: str, schema: dict[str, Any], path: Path) -> Any:
        value, bad = clean(value)
        if bad:
            self.dirty.append((path, bad))
        if schema.get("contentEncoding") == "base64":
            return _bytes(value)
        return _scalar(value, schema.get("type")) if self.convert else value

    def _choice(self, value: Any, choices: list[dict[str, Any]]) -> tuple[dict[str, Any], str]:
        """The alternative that fits the kind of ``value``; text stays text where that is one."""
        wanted = "null" if value is None else None
        if isinstance(value, str | dict | list):
            wanted = {str: "string", dict: "object", list: "array"}[type(value)]
        options = [resolve(choice, self.root) for choice in choices]
        for option, name in options:
            if option.get("type") == wanted:
                return option, name
        return options[0]

    def _mapping(self, value: dict[str, Any], schema: dict[str, Any], path: Path, name: str) -> Any:
        if "discriminator" in schema:
            tag = value.get(schema["discriminator"]["propertyName"])
            target = schema["discriminator"]["mapping"].get(tag) if isinstance(tag, str) else None
            schema, name = resolve({"$ref": target}, self.root) if target else ({}, "")
        properties = schema.get("properties", {})
        patterns = schema.get("patternProperties", {})
        rest = next(iter(patterns.values()), schema.get("additionalProperties"))
        entry = Entry(path, name)
        for key, item in value.items():
            inner = properties.get(key) or (rest if isinstance(rest, dict) else {})
            typed = self._value(item, inner, (*path, key))
            if key in _PATHS and isinstance(typed, str) and name in _NAMED:
                typed = tidy(typed)
            if typed is None and self.convert and not _nullable(inner, self.root):
                continue  # "key:" with nothing behind it is as good as not written
            entry[clean(key)[0]] = typed
        return entry


def _nullable(schema: dict[str, Any], root: dict[str, Any]) -> bool:
    schema, _ = resolve(schema, root)
    kinds = [resolve(choice, root)[0].get("type") for choice in schema.get("anyOf", [schema])]
    return "null" in kinds or kinds == [None]


def _scalar(value: str, kind: Any) -> Any:
    if kind == "integer" and _INTEGER.fullmatch(value) and len(value) < 20:
        return int(value)
    if kind == "number" and _NUMBER.fullmatch(value) and len(value) < 40:
        return float(value)
    if kind == "boolean":
        return _BOOLEANS.get(value, value)
    return value


def _typed_number(value: Decimal, kind: Any) -> Any:
    if kind == "integer" and value == value.to_integral_value():
        return int(value)
    return float(value) if kind == "number" else value


def _bytes(value: str) -> Any:
    """The bytes that base64 stands for; the text itself if it is not base64."""
    try:
        return base64.b64decode(value.translate(_URL_SAFE), validate=True)
    except ValueError:
        return value


class Placing:
    """Adds to typed data the places that the models remember."""

    def __init__(
        self,
        tree: Tree,
        source: Source,
        start: Place | None,
        cells: Mapping[str, Place],
        *,
        pointers: bool,
    ) -> None:
        self.tree = tree
        self.source = source
        self.start = start
        self.cells = cells
        self.pointers = pointers

    def __call__(self, value: Any) -> Any:
        """Plain data with ``place`` and ``places`` in every mapping whose model knows them."""
        if isinstance(value, list):
            return [self(item) for item in value]
        if not isinstance(value, Entry):
            return value
        made = {key: self(item) for key, item in value.items()}
        if value.model in PLACED:
            parts: dict[str, Place] = {}
            prefix = pointer(value.path) if self.pointers else ""
            for key, item in value.items():
                self._part(parts, key, item, (*value.path, key), prefix)
            made["places"] = Places(parts)
            made["place"] = self._whole(value, parts)
        return made

    def _whole(self, entry: Entry, parts: dict[str, Place]) -> Place:
        """Where the text of a paragraph or the title of a section begins; else where it opens."""
        if not entry.path and self.start is not None:
            return self.start
        name = "title" if entry.model in ("Chapter", "Section") else "text"
        return parts.get(name) or self._place(self.tree.mark(entry.path), entry.path)

    def _place(self, mark: Mark, path: Path) -> Place:
        place = self.source.place(mark.line, mark.column)
        return place.model_copy(update={"pointer": pointer(path)}) if self.pointers else place

    def key(self, path: Path) -> Place:
        """Where the key of ``path`` is written, or else its value."""
        return self._place(self.tree.keys.get(path) or self.tree.mark(path), path)

    def value(self, path: Path) -> Place:
        """Where the value at ``path`` is written, or else its key."""
        if len(path) == 1 and str(path[0]) in self.cells:
            return self.cells[str(path[0])]
        return self._place(self.tree.values.get(path) or self.tree.mark(path), path)

    def _part(
        self, parts: dict[str, Place], name: str, value: Any, path: Path, prefix: str
    ) -> None:
        """Note the places of a value and, in a list, of its items."""
        if isinstance(value, list):
            for index, item in enumerate(value):
                if not isinstance(item, dict):
                    self._part(parts, f"{name}.{index}", item, (*path, index), prefix)
        elif not isinstance(value, dict):
            mark = self.tree.values.get(path) or self.tree.mark(path)
            here = f"{prefix}/{name.replace('.', '/')}" if self.pointers else None
            text = value if isinstance(value, str) else None
            parts[name] = self.source.locate(mark.line, mark.column, text, here)
