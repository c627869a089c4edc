"""Finds the fences of a chapter file: ``::: kind {…}`` … ``:::`` and code fences.

Every fence gets an end, closed or not, so that one forgotten ``:::`` cannot swallow a chapter: an
unclosed case ends at the next heading, any other fence with its own lines.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass

from . import attributes
from .attributes import Attributes

KINDS = ("table", "figure", "chart", "case", "note", "sign-off", "block", "footnotes")
"""Kinds of fences. ``block`` spells any block out as data, ``footnotes`` footnotes."""
_DEPTH = 10
_ITEM = r"[ \t]*(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]+)*"
_COLONS = re.compile(rf"{_ITEM}([:：]{{3,}})[ \t]*")
_CODE = re.compile(rf"{_ITEM}(```+(?=[^`]*$)|~~~+)[ \t]*")
_CODE_END = re.compile(r"[ \t]*(```+|~~~+)[ \t]*$")
HEADING = re.compile(r"[ \t]*(#{1,6})(?:[ \t]+|$)")


@dataclass
class Fence:
    """A fence on lines ``start`` to ``end`` (from 0, ``end`` after the last line)."""

    kind: str
    start: int
    end: int
    column: int
    length: int
    attributes: Attributes
    closed: bool = False
    kind_column: int = 0

    @property
    def inner(self) -> range:
        """The lines between the fence lines."""
        return range(self.start + 1, max(self.start + 1, self.end - self.closed))


class Fences:
    """All fences of a file by the line on which they begin, and closing lines without a fence."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.by_line: dict[int, Fence] = {}
        self.stray: set[int] = set()
        self.unclosed: list[Fence] = []
        self._open: list[Fence] = []
        self._code_ends: dict[str, list[int]] = {"`": [], "~": []}
        for at, line in enumerate(lines):
            if end := _CODE_END.match(line):
                self._code_ends[end[1][0]].append(at)
        at = 0
        while at < len(lines):
            at = self._line(at)
        while self._open:
            self._abandon(len(lines))
        self.unclosed.sort(key=lambda fence: fence.start)

    def _line(self, at: int) -> int:
        line = self.lines[at]
        if code := _CODE.match(line):
            return self._code(at, code)
        if match := _COLONS.match(line):
            if line[match.end() :].strip(" \t:："):
                self._opening(at, match)
            else:
                self._closing(at, len(match[1]))
        return at + 1

    def _code(self, at: int, match: re.Match[str]) -> int:
        """A code fence; what is in it is nothing else."""
        fence = Fence("code", at, len(self.lines), match.start(1), len(match[1]), Attributes())
        ends = self._code_ends[match[1][0]]
        following = bisect_right(ends, at)
        if following < len(ends):
            fence.end, fence.closed = ends[following] + 1, True
        else:
            fence.end = self._natural_end(fence, len(self.lines))
            self.unclosed.append(fence)
        self.by_line[at] = fence
        return fence.end

    def _opening(self, at: int, match: re.Match[str]) -> None:
        line = self.lines[at].rstrip(" \t:：")
        brace = line.find("{", match.end())
        found = attributes.parse(line, brace) if brace >= 0 else Attributes()
        if found is None:
            brace, found = -1, Attributes()
        kind = line[match.end() : brace if brace >= 0 else len(line)].strip()
        if not kind and found.classes:
            kind = found.classes[0]
        fence = Fence(
            kind.replace("_", "-"),
            at,
            at,
            match.start(1),
            len(match[1]),
            found,
            kind_column=match.end(),
        )
        while self._open and not self._nests(self._open[-1], fence):
            self._abandon(at)
        self._open.append(fence)
        self.by_line[at] = fence

    def _nests(self, outer: Fence, inner: Fence) -> bool:
        """Whether ``inner`` may stand in ``outer``; if not, ``outer`` was not closed."""
        if len(self._open) >= _DEPTH or (outer.kind in KINDS and outer.kind != "case"):
            return False
        return outer.kind != inner.kind or outer.length > inner.length

    def _closing(self, at: int, length: int) -> None:
        if not self._open:
            self.stray.add(at)
            return
        if any(fence.length == length for fence in self._open):
            while self._open[-1].length != length:
                self._abandon(at)
        fence = self._open.pop()
        fence.end, fence.closed = at + 1, True

    def _abandon(self, limit: int) -> None:
        """The innermost fence is not closed before line ``limit``."""
        fence = self._open.pop()
        fence.end = self._natural_end(fence, limit)
        self.unclosed.append(fence)

    def _natural_end(self, fence: Fence, limit: int) -> int:
        """Where the content of an unclosed fence probably ends."""
        at = fence.start + 1
        if fence.kind == "case":
            while at < limit and not HEADING.match(self.lines[at]):
                at += 1
            return at
        at = self._paragraph_end(at, limit)
        after = at
        while after < limit and not self.lines[after].strip():
            after += 1
        rows = after < limit and self.lines[after].lstrip().startswith("|")
        return self._paragraph_end(after, limit) if rows else at

    def _paragraph_end(self, at: int, limit: int) -> int:
        while at < limit and self.lines[at].strip() and not HEADING.match(self.lines[at]):
            at += 1
        return at
