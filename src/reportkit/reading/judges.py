"""The two judges of data: jsonschema against the published schema, pydantic against the model.

Each says what is wrong by keyword or error type, never by its English; :func:`_reason` words it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, ValidationError

from reportkit.yamlio import Path

from .schema import schema_of
from .values import Entry, Placing

M = TypeVar("M", bound=BaseModel)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong: ``path`` leads to the value, or to the key that is missing."""

    kind: Literal["unknown", "missing", "wrong"]
    path: Path
    reason: str = ""


def published(data: Entry, model: type[BaseModel]) -> Iterator[Fault]:
    """What jsonschema finds against the published schema."""
    for error in _validator(model).iter_errors(data):
        yield from _schema_faults(error)


def typed(data: Entry, model: type[M], placing: Placing) -> M | list[Fault]:
    """The model, or what pydantic finds."""
    try:
        return model.model_validate(placing(data))
    except ValidationError as error:
        return [_pydantic_fault(data, dict(detail)) for detail in error.errors(include_url=False)]


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
        yield Fault("wrong", path, _reason(keyword, error.validator_value))


_TYPES = {
    "string": "文字",
    "integer": "整数",
    "number": "数",
    "boolean": "true 或 false",
    "array": "列表（每项以“- ”开头，或写成 [甲, 乙]）",
    "object": "“键: 值”的形式",
}


_REASONS = {
    "const": "{}",
    "minimum": "不小于 {}",
    "maximum": "不大于 {}",
    "minLength": "至少写 {} 个字",
    "maxLength": "不超过 {} 个字",
    "minItems": "至少有 {} 项",
    "format": "日期，写成 2023-12-31 的形式",
    "contentEncoding": "base64 编码",
}


def _reason(keyword: str, wanted: Any) -> str:
    """Why a value is wrong: the keyword of JSON Schema that it breaks, and what that asks for."""
    if keyword == "type":
        return _TYPES.get(wanted, "类型合乎要求的内容")
    if keyword == "enum":
        return f"{'、'.join(map(str, wanted))} 之一"
    if keyword == "pattern":
        return next(
            (text for start, text in _PATTERNS if wanted.startswith(start)), "写法合乎要求的内容"
        )
    return _REASONS.get(keyword, "合乎要求的内容").format(wanted)


_PATTERNS = (
    ("^https?", "以 http:// 或 https:// 开头的网址"),
    ("^RK", "规则编号，如 RK201"),
    ("^[+-]", "数，只写数字和小数点"),
    ("^[A-Za-z]", "以英文字母开头，只用英文字母、数字和 _ . : -"),
    ("^[a-z一", "以小写英文字母或汉字开头，只用小写字母、汉字、数字和 _ ，各段以 . 分开"),
    ("^[a-z0-9]", "只用小写英文字母、数字和 -"),
    ("^.*[.](csv", ".csv 文件"),
)


_PYDANTIC = {
    "string_type": ("type", "string"),
    "int_": ("type", "integer"),
    "bool_": ("type", "boolean"),
    "tuple_type": ("type", "array"),
    "list_type": ("type", "array"),
    "model_": ("type", "object"),
    "dict_type": ("type", "object"),
    "decimal_": ("type", "number"),
    "float_": ("type", "number"),
    "date": ("format", "date"),
    "string_pattern_mismatch": ("pattern", "pattern"),
    "string_too_long": ("maxLength", "max_length"),
    "string_too_short": ("minLength", "min_length"),
    "too_short": ("minItems", "min_length"),
    "greater_than_equal": ("minimum", "ge"),
    "less_than_equal": ("maximum", "le"),
}
"""How error types of pydantic begin, as keyword and what it asks for (or where ``ctx`` has it)."""


def _pydantic_fault(data: Entry, detail: dict[str, Any]) -> Fault:
    kind, path = detail["type"], _data_path(data, detail["loc"])
    if kind == "missing":
        return Fault("missing", path)
    if kind == "extra_forbidden":
        return Fault("unknown", path)
    for start, (keyword, wanted) in _PYDANTIC.items():
        if kind.startswith(start):
            return Fault("wrong", path, _reason(keyword, detail.get("ctx", {}).get(wanted, wanted)))
    return Fault("wrong", path, _reason("", None))


def _data_path(data: Any, loc: tuple[int | str, ...]) -> Path:
    """pydantic's location without the tags of unions."""
    path: list[int | str] = []
    for at, step in enumerate(loc):
        inside = value_at(data, (step,))
        if isinstance(data, dict) and inside is None and step not in data and at < len(loc) - 1:
            continue
        data = inside
        path.append(step)
    return tuple(path)


def value_at(data: Any, path: Path) -> Any:
    """The value at ``path``, or None."""
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data
