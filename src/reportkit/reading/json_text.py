"""JSON with places: every value and key knows its line and column, equal keys are seen."""

import json
import re
from bisect import bisect_right
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from reportkit.yamlio import Mark, Path, Tree

MAX_DEPTH = 64
"""Levels of nesting that a document may have."""
MAX_VALUES = 2_000_000
"""Values that a document may have."""
_TOKEN = re.compile(
    r"""[ \t\n\r]*(?:
        (?P<mark>[{}\[\],:])
      | (?P<string>"[^"\\\x00-\x1f]*(?:\\.[^"\\\x00-\x1f]*)*")
      | (?P<number>-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)(?![0-9A-Za-z.+-])
      | (?P<word>true|false|null)(?![0-9A-Za-z])
    )""",
    re.VERBOSE,
)
_BLANK = re.compile(r"[ \t\n\r]*")
_WORDS = {"true": True, "false": False, "null": None}


@dataclass
class JsonTree:
    """The tree of a document. ``fault`` says in Chinese why it is not JSON, and where."""

    tree: Tree
    fault: str = ""
    mark: Mark = field(default_factory=lambda: Mark(1, 1))
    repeated: list[tuple[str, Mark, Mark]] = field(default_factory=list)


class _FaultError(Exception):
    def __init__(self, offset: int, reason: str) -> None:
        super().__init__(reason)
        self.offset = offset
        self.reason = reason


def parse(text: str) -> JsonTree:
    """Read one JSON document. Never raises: what is wrong stands in ``fault``."""
    reader = _Reader(text)
    try:
        data = reader.document()
    except _FaultError as fault:
        return JsonTree(Tree(None), fault.reason, reader.mark(fault.offset))
    tree = Tree(data, reader.values, reader.keys)
    return JsonTree(tree, repeated=reader.repeated)


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.starts = [0, *(m.end() for m in re.finditer("\n", text))]
        self.values: dict[Path, Mark] = {}
        self.keys: dict[Path, Mark] = {}
        self.repeated: list[tuple[str, Mark, Mark]] = []

    def mark(self, offset: int) -> Mark:
        line = bisect_right(self.starts, offset)
        return Mark(line, offset - self.starts[line - 1] + 1)

    def document(self) -> Any:
        data = self._value(self._token(), ())
        rest = _BLANK.match(self.text, self.at)
        if rest and rest.end() < len(self.text):
            raise _FaultError(rest.end(), "文档结束后还有多余的内容")
        return data

    def _token(self) -> re.Match[str]:
        match = _TOKEN.match(self.text, self.at)
        if match is None:
            raise self._unreadable()
        self.at = match.end()
        return match

    def _unreadable(self) -> _FaultError:
        blank = _BLANK.match(self.text, self.at)
        offset = blank.end() if blank else self.at
        char = self.text[offset : offset + 1]
        reasons = {
            "": "内容没有写完",
            '"': "引号没有成对，或文字中有没有转义的换行",
            "'": "文字应当用双引号",
            "“": "引号应当用半角",
            "：": "冒号应当用半角",
            "，": "逗号应当用半角",
            "/": "JSON 中不能写注释",
        }
        return _FaultError(offset, reasons.get(char, f"不认识的内容“{char}”"))

    def _value(self, token: re.Match[str], path: Path) -> Any:
        kind = token.lastgroup
        start = token.start(kind or 0)
        self.values[path] = self.mark(start)
        if len(self.values) > MAX_VALUES:
            raise _FaultError(start, f"内容超过 {MAX_VALUES} 项")
        if kind == "string":
            return self._string(token)
        if kind == "number":
            return _number(token["number"])
        if kind == "word":
            return _WORDS[token["word"]]
        if len(path) >= MAX_DEPTH:
            raise _FaultError(start, f"嵌套超过 {MAX_DEPTH} 层")
        if token["mark"] == "{":
            return self._object(path)
        if token["mark"] == "[":
            return self._array(path)
        raise _FaultError(start, f"这里应当是一个值，不是“{token['mark']}”；是否多写了逗号？")

    def _string(self, token: re.Match[str]) -> str:
        raw = token["string"]
        if "\\" not in raw:
            return raw[1:-1]
        try:
            return str(json.loads(raw))
        except json.JSONDecodeError:
            raise _FaultError(token.start("string"), "文字中有不认识的转义（\\）") from None

    def _object(self, path: Path) -> dict[str, Any]:
        made: dict[str, Any] = {}
        token = self._token()
        if token["mark"] == "}":
            return made
        while True:
            if token.lastgroup != "string":
                offset = token.start(token.lastgroup or 0)
                raise _FaultError(offset, "这里应当是双引号中的键；是否多写了逗号？")
            key = self._string(token)
            mark, here = self.mark(token.start("string")), (*path, key)
            self._expect(":")
            if key in made:
                self.repeated.append((key, mark, self.keys[here]))
                self._value(self._token(), (*here, "\0"))
            else:
                self.keys[here] = mark
                made[key] = self._value(self._token(), here)
            if self._expect(",}") == "}":
                return made
            token = self._token()

    def _array(self, path: Path) -> list[Any]:
        made: list[Any] = []
        token = self._token()
        if token["mark"] == "]":
            return made
        while True:
            made.append(self._value(token, (*path, len(made))))
            if self._expect(",]") == "]":
                return made
            token = self._token()

    def _expect(self, marks: str) -> str:
        before = self.at
        token = self._token()
        found = token["mark"]
        if found is None or found not in marks:
            blank = _BLANK.match(self.text, before)
            offset = blank.end() if blank else before
            raise _FaultError(offset, f"这里应当是 {' 或 '.join(marks)}；是否漏写了逗号？")
        return found


def _number(text: str) -> int | Decimal | str:
    """A number; whole ones as int. One that is absurdly long stays text and is refused later."""
    if len(text) > 40:
        return text
    value = Decimal(text)
    if abs(value.adjusted()) > 30:
        return text
    if value == value.to_integral_value() and "." not in text:
        return int(value)
    if value == value.to_integral_value():
        return value
    return Decimal(f"{value:f}")
