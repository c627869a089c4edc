"""The text files of a submission folder while they are edited: only the lines concerned change.

Offsets count characters of the text with ``\\n`` as line end; what is written keeps the file's own
line ends and byte order mark.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from reportkit.model.base import Place
from reportkit.reading.block_rules import tokenize

_BOM = "\ufeff"


@dataclass(frozen=True)
class Edit:
    """Characters ``start`` to ``end`` give way to ``text``; at one place by rank."""

    start: int
    end: int
    text: str
    rank: int = 0


class TextFile:
    """A file as it was read, with the edits to it."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        raw = content.decode("utf-8")
        self.bom = raw.startswith(_BOM)
        self.crlf = "\r\n" in raw
        self.text = raw.removeprefix(_BOM).replace("\r\n", "\n").replace("\r", "\n")
        self.lines = self.text.split("\n")
        self.edits: list[Edit] = []

    @cached_property
    def starts(self) -> list[int]:
        """Offset of each line, and of what would follow the last."""
        made = [0]
        for line in self.lines:
            made.append(made[-1] + len(line) + 1)
        return made

    @cached_property
    def _spans(self) -> dict[tuple[str, int], int]:
        """Kind and first line (from 0) of each block → the line behind it."""
        made: dict[tuple[str, int], int] = {}
        for token in tokenize(self.lines)[0]:
            if token.map is not None:
                start, end = token.map
                while end > start + 1 and not self.lines[min(end, len(self.lines)) - 1].strip():
                    end -= 1
                made.setdefault((token.type, start), end)
        return made

    def span(self, line: int, *kinds: str) -> tuple[int, int] | None:
        """First line (from 0) and the line behind the block that begins on ``line`` (from 1)."""
        for kind in kinds:
            if (kind, line - 1) in self._spans:
                return line - 1, self._spans[kind, line - 1]
        return None

    def offset(self, place: Place, text: str, at: int) -> int:
        """Offset in the file of character ``at`` of ``text``, which stands at ``place``."""
        row = text.count("\n", 0, at)
        within = at - (text.rfind("\n", 0, at) + 1)
        assert place.line is not None
        return self.starts[place.line - 1 + row] + place.columns[row] - 1 + within

    def stands(self, place: Place, text: str) -> bool:
        """Whether ``text`` stands letter by letter at ``place``."""
        if place.line is None or len(place.columns) != text.count("\n") + 1:
            return False
        return all(
            self.lines[place.line - 1 + row].startswith(part, place.columns[row] - 1)
            for row, part in enumerate(text.split("\n"))
            if place.line - 1 + row < len(self.lines)
        )

    def replace(self, start: int, end: int, text: str, rank: int = 0) -> None:
        """Change characters."""
        self.edits.append(Edit(start, end, text, rank))

    def insert(self, at: int, text: str, rank: int = 1) -> None:
        """Put a block behind the line that ends at ``at``, with blank lines around it."""
        end = self.text.find("\n", at + 1)
        following = self.text[at + 1 : end if end >= 0 else len(self.text)].strip()
        apart = Edit(at, at, "\n", 5)
        if following.strip(":：") and apart not in self.edits:
            self.edits.append(apart)
        self.replace(at, at, f"\n\n{text}", rank)

    def drop(self, first: int, last: int) -> None:
        """Take lines ``first`` to ``last`` (behind) away, with the blank lines that follow if there
        are some before.
        """
        end = last
        while end < len(self.lines) and not self.lines[end].strip():
            end += 1
        before = self.lines[first - 1].strip() if first else ""
        if before.strip(":：") and not before.startswith(":::") and end < len(self.lines):
            end = last  # what stood together is kept apart from what follows
        if end < len(self.lines):
            self.replace(self.starts[first], self.starts[end], "", 2)
            return
        while first > 0 and not self.lines[first - 1].strip():
            first -= 1
        start = self.starts[first] - 1 if first else 0
        self.replace(start, self.starts[last] - 1, "", 2)

    def behind(self, last: int) -> int:
        """Offset of the end of the line before line ``last``."""
        return self.starts[last] - 1

    def excerpt(self, first: int, last: int) -> str:
        """Lines ``first`` to ``last`` (behind) with the edits within them, which are used up."""
        start, end = self.starts[first], self.behind(last)
        inside = [e for e in self.edits if start <= e.start and e.end <= end and e.rank == 0]
        self.edits = [e for e in self.edits if e not in inside]
        return _apply(
            self.text[start:end], [Edit(e.start - start, e.end - start, e.text) for e in inside]
        )

    def result(self) -> bytes:
        """The file with its edits."""
        text = _apply(self.text, self.edits)
        if self.crlf:
            text = text.replace("\n", "\r\n")
        return ((_BOM if self.bom else "") + text).encode("utf-8")


def _apply(text: str, edits: Iterable[Edit]) -> str:
    ordered: Sequence[tuple[int, Edit]] = sorted(
        enumerate(edits), key=lambda item: (item[1].start, item[1].rank, item[0])
    )
    made, at = [], 0
    for _, edit in ordered:
        if edit.start > at:
            made.append(text[at : edit.start])
            at = edit.start
        made.append(edit.text)
        at = max(at, edit.end)
    return "".join([*made, text[at:]])


@dataclass
class Folder:
    """The text files of a submission by their names."""

    root: Path
    files: dict[str, TextFile] = field(default_factory=dict)

    def file(self, name: str) -> TextFile | None:
        """A file of the folder; None where it is not UTF-8 text inside."""
        if name not in self.files:
            try:
                self.files[name] = TextFile((self.root / name).read_bytes())
            except (OSError, UnicodeDecodeError):
                return None
        return self.files[name]

    def changed(self) -> dict[str, bytes]:
        """New contents of the files that were edited."""
        made = {name: file.result() for name, file in self.files.items() if file.edits}
        return {n: content for n, content in made.items() if content != self.files[n].content}
