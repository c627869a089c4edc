"""Holds data against the published JSON Schema and the model, and says in Chinese what is wrong.

jsonschema judges the data as any other system would; pydantic then builds the model and judges
what a schema cannot say. Both report faults by keyword or error type, never by their English.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ValidationError

from reportkit.model.base import Place
from reportkit.yamlio import Path, Tree

from .files import nearest
from .schema import TITLES, schema_of
from .source import Source, clean
from .values import Entry, Placing, Typing, resolve

M = TypeVar("M", bound=BaseModel)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: ``path`` leads to the value, or to the key that is missing."""

    kind: Literal["unknown", "missing", "wrong"]
    path: Path
    reason: str = ""


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
            reason="应写成“键: 值”的形式",
            owner="",
        )
        return None
    for path, bad in typing.dirty:
        place, quote = placing.value(path), clean(str(_at(data, path)))[0]
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


def published(data: Entry, model: type[BaseModel]) -> Iterator[Fault]:
    """What jsonschema finds against the published schema."""
    for error in _validator(model).iter_errors(data):
        yield from _schema_faults(error)


def typed(data: Entry, model: type[M], placing: Placing) -> M | list[Fault]:
    """The model, or what pydantic finds."""
    try:
        return model.model_validate(placing(data))
    except ValidationError as error:
        kinds: dict[str, Literal["missing", "unknown"]] = {
            "missing": "missing",
            "extra_forbidden": "unknown",
        }
        return [
            Fault(
                kinds.get(detail["type"], "wrong"),
                _data_path(data, detail["loc"]),
                _pydantic_reason(dict(detail)),
            )
            for detail in error.errors(include_url=False, include_context=True)
        ]


@cache
def _validator(model: type[BaseModel]) -> Any:
    from jsonschema import Draft202012Validator, FormatChecker
    from jsonschema.validators import extend

    checker = FormatChecker(formats=())
    checker.checks("date")(_is_date)
    types = Draft202012Validator.TYPE_CHECKER.redefine(
        "string", lambda _, value: isinstance(value, str | bytes)
    )
    keywords = {
        "contentEncoding": _encoding,
        "pattern": _pattern,
        "oneOf": _one_of(Draft202012Validator.VALIDATORS["oneOf"]),
    }
    return extend(  # type: ignore[no-untyped-call]
        Draft202012Validator, keywords, type_checker=types
    )(schema_of(model), format_checker=checker)


def _is_date(value: object) -> bool:
    from datetime import date

    if not isinstance(value, str):
        return True
    try:
        return bool(_DATE.fullmatch(value) and date.fromisoformat(value))
    except ValueError:
        return False


def _pattern(_: Any, pattern: str, instance: Any, __: Any) -> Iterator[Any]:
    """``$`` is the end of the text, not a place before a last line end."""
    from jsonschema import ValidationError as Invalid

    if isinstance(instance, str) and not re.search(re.sub(r"\$$", r"\\Z", pattern), instance):
        yield Invalid("pattern")


def _encoding(_: Any, __: str, instance: Any, ___: Any) -> Iterator[Any]:
    """base64 was turned into bytes before; what still is text is none."""
    from jsonschema import ValidationError as Invalid

    if isinstance(instance, str):
        yield Invalid("contentEncoding")


def _one_of(usual: Any) -> Any:
    """A union with a tag is judged by the alternative that the tag names."""

    def one_of(validator: Any, alternatives: Any, instance: Any, schema: Any) -> Iterator[Any]:
        if "discriminator" not in schema:
            yield from usual(validator, alternatives, instance, schema)
            return
        if not isinstance(instance, dict):
            return  # "type" says so
        from jsonschema import ValidationError as Invalid

        tag, mapping = schema["discriminator"]["propertyName"], schema["discriminator"]["mapping"]
        if tag not in instance:
            return  # "required" says so
        kind = instance[tag]
        if isinstance(kind, str) and kind in mapping:
            yield from validator.descend(instance, {"$ref": mapping[kind]})
        else:
            yield Invalid(
                "tag",
                validator="enum",
                path=[tag],
                validator_value=list(mapping),
                instance=kind,
                schema=schema,
            )

    return one_of


def _schema_faults(error: Any) -> Iterator[Fault]:
    path, keyword = tuple(error.absolute_path), error.validator
    if keyword == "required":
        for key in error.validator_value:
            if key not in error.instance:
                yield Fault("missing", (*path, key))
    elif keyword == "additionalProperties":
        patterns = error.schema.get("patternProperties", ())
        for key in error.instance:
            if key in error.schema.get("properties", ()):
                continue
            if not any(re.search(pattern, key) for pattern in patterns):
                yield Fault("unknown", (*path, key))
    elif keyword == "propertyNames":
        yield Fault("unknown", (*path, error.instance))
    elif keyword == "anyOf":
        kinds = [e for e in error.context if e.validator_value != "null"]
        deep = [e for e in kinds if e.validator != "type"] or kinds
        yield from _schema_faults(deep[0])
    else:
        yield Fault("wrong", path, _schema_reason(keyword, error.validator_value, error.schema))


_TYPES = {
    "string": "应为文字",
    "integer": "应为整数",
    "number": "应为数",
    "boolean": "应写 true 或 false",
    "array": "应为列表（每项以“- ”开头，或写成 [甲, 乙]）",
    "object": "应写成“键: 值”的形式",
}


def _schema_reason(keyword: str, wanted: Any, schema: dict[str, Any]) -> str:
    match keyword:
        case "type":
            return _TYPES.get(wanted, "类型不对")
        case "enum":
            return f"只能是 {'、'.join(map(str, wanted))} 之一"
        case "const":
            return f"只能是 {wanted}"
        case "pattern":
            return _by_pattern(wanted)
        case "contentEncoding":
            return "不是 base64 编码"
        case "format":
            return "日期应写成 2023-12-31 的形式"
        case "minimum":
            return f"不能小于 {wanted}"
        case "maximum":
            return f"不能大于 {wanted}"
        case "minLength":
            return "不能为空" if wanted == 1 else f"至少写 {wanted} 个字"
        case "maxLength":
            return f"不能超过 {wanted} 个字"
        case "minItems":
            return f"至少要有 {wanted} 项"
    return "不合要求"


_PATTERNS = (
    ("^https?", "应是以 http:// 或 https:// 开头的网址"),
    ("^RK", "应是规则编号，如 RK201"),
    ("^[+-]", "应为数，只写数字和小数点"),
    ("^[A-Za-z]", "应以英文字母开头，只用英文字母、数字和 _ . : -"),
    ("^[a-z][a-z0-9_]", "应以小写英文字母开头，只用小写字母、数字和 _ ，各段以 . 分开"),
    ("^[a-z0-9]", "只用小写英文字母、数字和 -"),
)


def _by_pattern(pattern: str) -> str:
    return next((text for start, text in _PATTERNS if pattern.startswith(start)), "写法不对")


def _pydantic_reason(detail: dict[str, Any]) -> str:
    kind, context = detail["type"], detail.get("ctx", {})
    match kind:
        case "string_type":
            return _TYPES["string"]
        case "int_type" | "int_parsing" | "int_from_float":
            return _TYPES["integer"]
        case "bool_type" | "bool_parsing":
            return _TYPES["boolean"]
        case "tuple_type" | "list_type":
            return _TYPES["array"]
        case "model_type" | "dict_type" | "model_attributes_type":
            return _TYPES["object"]
        case "string_pattern_mismatch":
            return _by_pattern(context["pattern"])
        case "string_too_long":
            return _schema_reason("maxLength", context["max_length"], {})
        case "string_too_short":
            return _schema_reason("minLength", context["min_length"], {})
        case "too_short":
            return _schema_reason("minItems", context["min_length"], {})
        case "greater_than_equal":
            return _schema_reason("minimum", context["ge"], {})
        case "less_than_equal":
            return _schema_reason("maximum", context["le"], {})
        case kind if kind.startswith("date"):
            return _schema_reason("format", "date", {})
        case kind if kind.startswith(("decimal", "float", "finite")):
            return _TYPES["number"]
    return "不合要求"


def _data_path(data: Any, loc: tuple[int | str, ...]) -> Path:
    """pydantic's location without the tags of unions."""
    path: list[int | str] = []
    for at, step in enumerate(loc):
        inside = _at(data, (step,))
        if isinstance(data, dict) and inside is None and step not in data and at < len(loc) - 1:
            continue
        data = inside
        path.append(step)
    return tuple(path)


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
        value = _at(data, fault.path)
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


def _at(data: Any, path: Path) -> Any:
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _properties(owner: Entry, schema: dict[str, Any]) -> dict[str, Any]:
    definition = schema["$defs"].get(owner.model) if "$defs" in schema else None
    found = resolve(definition or (schema if not owner.path else {}), schema)[0]
    return dict(found.get("properties", {}))
