"""Attributes in braces: ``{#id .class key="value" flag}``, as in Pandoc, with their columns."""

import re
from dataclasses import dataclass, field

_TOKEN = re.compile(
    r"""\s*(?:
        \#(?P<id>[^\s{}"'=]+)
      | \.(?P<cls>[^\s{}"'=]+)
      | (?P<key>[A-Za-z][A-Za-z0-9_-]*)(?P<eq>\s*=\s*(?:
            "(?P<double>(?:[^"\\]|\\.)*)" | '(?P<single>[^']*)'
          | “(?P<wide>[^“”]*(?:“[^”]*”[^“”]*)*)”
          | (?P<bare>[^\s{}"'“”]+)))?
    )(?=[\s}])""",
    re.VERBOSE,
)
_ATTEMPTS = 20
_ESCAPE = re.compile(r'\\(["\\nt]|u[0-9a-fA-F]{4})')


@dataclass
class Attributes:
    """``values`` by key (``#id`` as ``id``, a flag as ``true``); columns from 0 in the line."""

    values: dict[str, str] = field(default_factory=dict)
    columns: dict[str, int] = field(default_factory=dict)
    value_columns: dict[str, int] = field(default_factory=dict)
    classes: list[str] = field(default_factory=list)
    repeated: list[tuple[str, int]] = field(default_factory=list)
    start: int = 0

    def put(self, key: str, value: str, column: int, value_column: int) -> None:
        """Enter a value; a key that is already there is noted as repeated."""
        if key in self.values:
            self.repeated.append((key, column))
            return
        self.values[key] = value
        self.columns[key] = column
        self.value_columns[key] = value_column


def parse(line: str, start: int, *, flags: bool = True) -> Attributes | None:
    """The attributes if ``line`` from ``start`` on is one list in braces and nothing more."""
    end = len(line.rstrip())
    if start >= end or line[start] != "{" or line[end - 1] != "}":
        return None
    found = Attributes(start=start)
    at = start + 1
    while line[at : end - 1].strip():
        match = _TOKEN.match(line, at)
        if match is None or match.end() > end - 1:
            return None
        if match["key"] and match["eq"] is None and not flags:
            return None
        _enter(found, match)
        at = match.end()
    return found


def trailing(line: str) -> Attributes | None:
    """The attributes at the end of a heading, if there are any; ``{{ value }}`` are none."""
    if not line.rstrip().endswith("}"):
        return None
    at = line.find("{")
    for _ in range(_ATTEMPTS):
        if at < 0:
            break
        if line[at - 1 : at] != "\\" and (found := parse(line, at, flags=False)):
            return found
        at = line.find("{", at + 1)
    return None


def _enter(found: Attributes, match: re.Match[str]) -> None:
    if match["id"] is not None:
        found.put("id", match["id"], match.start("id"), match.start("id"))
    elif match["cls"] is not None:
        found.classes.append(match["cls"])
        found.columns.setdefault("." + match["cls"], match.start("cls"))
    elif match["eq"] is None:
        found.put(match["key"], "true", match.start("key"), match.start("key"))
    else:
        group = next(g for g in ("double", "single", "wide", "bare") if match[g] is not None)
        value = match[group] if group != "double" else _ESCAPE.sub(_unescape, match[group])
        found.put(match["key"], value, match.start("key"), match.start(group))


def _unescape(match: re.Match[str]) -> str:
    code = match[1]
    if code[0] == "u" and len(code) == 5:
        return chr(int(code[1:], 16))
    return {"n": "\n", "t": "\t"}.get(code, code)


def quote(value: str) -> str:
    """``value`` in double quotes, as :func:`parse` reads it back."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n").replace("\t", "\\t") + '"'
