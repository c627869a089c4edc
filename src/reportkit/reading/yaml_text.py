"""Writes YAML that people like to read and that this program reads back letter by letter."""

import json
import re
from typing import Any

_PLAIN = re.compile(
    "[A-Za-z\u4e00-\u9fff（《“「【]"
    "[0-9A-Za-z\u3400-\u9fff（）《》“”‘’「」【】、，。；？！—…·/._ +-]*"
)
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WORDS = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def dump(data: dict[str, Any]) -> str:
    """``data`` (mappings, lists, text, numbers, booleans) as YAML in block style."""
    return "".join(line + "\n" for line in _mapping(data, ""))


def scalar(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, str):
        return value if _is_plain(value) else quoted(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(k)}: {scalar(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(scalar, value)) + "]"
    return json.dumps(value)


def quoted(text: str) -> str:
    """``text`` in double quotes on one line."""
    made = json.dumps(text, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", made)


def _is_plain(text: str) -> bool:
    if _DATE.fullmatch(text):
        return True
    if text != text.strip() or text.lower() in _WORDS:
        return False
    return len(text) < 200 and _PLAIN.fullmatch(text) is not None


def _key(key: str) -> str:
    return key if _is_plain(key) and len(key) < 80 else quoted(key)


def _mapping(data: dict[str, Any], indent: str) -> list[str]:
    lines: list[str] = []
    for key, value in data.items():
        start = f"{indent}{_key(key)}:"
        if isinstance(value, dict) and value:
            lines += [start, *_mapping(value, indent + "  ")]
        elif isinstance(value, list) and value and not _short(value):
            lines += [start, *_sequence(value, indent + "  ")]
        else:
            lines.append(f"{start} {scalar(value)}")
    return lines


def _short(items: list[Any]) -> bool:
    """Whether a list reads well on one line."""
    simple = not any(isinstance(item, dict | list) for item in items)
    return simple and sum(len(str(item)) + 2 for item in items) <= 60


def _sequence(items: list[Any], indent: str) -> list[str]:
    lines: list[str] = []
    for item in items:
        if isinstance(item, dict) and item:
            inner = _mapping(item, indent + "  ")
            lines += [f"{indent}- {inner[0].lstrip()}", *inner[1:]]
        else:
            lines.append(f"{indent}- {scalar(item)}")
    return lines
