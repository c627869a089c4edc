"""YAML as text with places: nothing is guessed, nothing is hidden.

Scalars stay text (``010010`` and ``3:20`` are what was written; only an empty plain scalar, ``~``
and ``null`` are None), so that the models decide types. Duplicate keys, anchors, aliases, tags and
merge keys are problems with their place; size and depth are bounded.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal, NoReturn

MAX_SIZE = 4_000_000
"""Characters that a YAML text may have."""
MAX_DEPTH = 64
"""Levels of nesting that a YAML text may have."""
MAX_VALUES = 200_000
"""Values that a YAML text may have."""

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A position in the text; line and column from 1, in characters."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that this subset of YAML does not accept.

    ``kind`` says what: ``syntax``, ``duplicate`` (``detail`` is the key, ``other`` its first
    place), ``unsupported`` (``detail`` is the construct in Chinese) or ``size``.
    """

    kind: Literal["syntax", "duplicate", "unsupported", "size"]
    mark: Mark
    detail: str = ""
    other: Mark | None = None


@dataclass(frozen=True, slots=True)
class Tree:
    """The data (dict, list, str, None) with the place of every value and key by its path."""

    data: Any
    values: dict[Path, Mark] = field(default_factory=dict)
    keys: dict[Path, Mark] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def mark(self, path: Path) -> Mark:
        """The place of the value at ``path``, or of the nearest thing that contains it."""
        for end in range(len(path), -1, -1):
            found = self.keys.get(path[:end]) or self.values.get(path[:end])
            if found:
                return found
        return Mark(1, 1)


def parse(text: str) -> Tree:
    """Read one YAML document. Never raises: what is wrong stands in ``problems``."""
    import yaml

    if len(text) > MAX_SIZE:
        return Tree(None, problems=(Problem("size", Mark(1, 1), str(MAX_SIZE)),))
    reader = _Reader(yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
    try:
        data = reader.document()
    except _RefusedError as refused:
        return Tree(None, problems=(*reader.problems, refused.problem))
    except yaml.MarkedYAMLError as error:
        at = error.problem_mark or error.context_mark
        mark = _within(text, _mark(at)) if at else Mark(1, 1)
        problem = Problem("syntax", mark, error.problem or "")
        return Tree(None, problems=(*reader.problems, problem))
    except yaml.YAMLError as error:  # a character that YAML does not allow
        before = text[: getattr(error, "position", 0)]
        mark = Mark(before.count("\n") + 1, len(before) - before.rfind("\n"))
        return Tree(None, problems=(*reader.problems, Problem("syntax", mark)))
    return Tree(data, reader.values, reader.keys, tuple(reader.problems))


class _RefusedError(Exception):
    """Reading cannot go on."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.detail)
        self.problem = problem


def _mark(mark: Any) -> Mark:
    return Mark(mark.line + 1, mark.column + 1)


def _within(text: str, mark: Mark) -> Mark:
    """The mark, or the end of the last line if it lies behind the text."""
    lines = text.splitlines()
    if mark.line <= len(lines):
        return mark
    return Mark(max(1, len(lines)), len(lines[-1]) + 1 if lines else 1)


class _Reader:
    """Builds the data straight from the events, so that nothing unsafe is ever composed."""

    def __init__(self, events: Iterator[Any]) -> None:
        self.events = events
        self.values: dict[Path, Mark] = {}
        self.keys: dict[Path, Mark] = {}
        self.problems: list[Problem] = []

    def document(self) -> Any:
        import yaml

        data: Any = None
        seen = False
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if seen:
                    self._refuse(event, "第二个文档（---）")
                seen = True
                data = self._value(next(self.events), ())
        return data

    def _refuse(self, event: Any, what: str) -> NoReturn:
        raise _RefusedError(Problem("unsupported", _mark(event.start_mark), what))

    def _value(self, event: Any, path: Path) -> Any:
        import yaml

        if isinstance(event, yaml.AliasEvent):
            self._refuse(event, f"别名 *{event.anchor}")
        if event.anchor:
            self._refuse(event, f"锚点 &{event.anchor}")
        if len(self.values) >= MAX_VALUES:
            self._refuse(event, f"{MAX_VALUES} 个以上的值")
        mark = _mark(event.start_mark)
        self.values[path] = mark
        if event.tag:
            self.problems.append(Problem("unsupported", mark, f"标签 {event.tag}"))
        if isinstance(event, yaml.ScalarEvent):
            empty = not event.style and event.value in ("", "~", "null", "Null", "NULL")
            return None if empty else event.value
        if len(path) >= MAX_DEPTH:
            self._refuse(event, f"超过 {MAX_DEPTH} 层的嵌套")
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        return self._mapping(path)

    def _sequence(self, path: Path) -> list[Any]:
        import yaml

        items: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self._value(event, (*path, len(items))))
        return items

    def _mapping(self, path: Path) -> dict[str, Any]:
        import yaml

        result: dict[str, Any] = {}
        while not isinstance(key := next(self.events), yaml.MappingEndEvent):
            if not isinstance(key, yaml.ScalarEvent):
                self._refuse(key, "不是文字的键")
            mark, here = _mark(key.start_mark), (*path, key.value)
            if key.anchor or key.tag:
                self._refuse(key, "键上的锚点或标签")
            if not key.style and key.value == "<<":
                self._refuse(key, "合并键 <<")
            if key.value in result:
                problem = Problem("duplicate", mark, key.value, self.keys[here])
                self.problems.append(problem)
                self._value(next(self.events), (*here, "\0"))
                continue
            self.keys[here] = mark
            result[key.value] = self._value(next(self.events), here)
        return result
