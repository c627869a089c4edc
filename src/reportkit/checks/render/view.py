"""What all output formats have in common: counts, groups, source lines, snippets to paste."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ...model.base import Place
from ...model.diagnostic import Diagnostic, Related, Severity
from ..context import SEPARATOR
from ..quoting import Sources, width

if TYPE_CHECKING:
    from ...model.standard import Standard
    from ...reading import ReadResult

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_FILES = {
    "report.yaml": "报告信息（report.yaml）",
    "contents.csv": "目录（contents.csv）",
    ".": "报送件",
}


class Checked(Protocol):
    """A checked submission."""

    @property
    def path(self) -> Path:
        """Where the submission is, as the user gave it."""

    @property
    def title(self) -> str:
        """The report's title, or the path where it could not be read."""

    @property
    def standard(self) -> Standard | None:
        """The standard, if it is known."""

    @property
    def result(self) -> ReadResult:
        """What was read, with the text of the sources."""

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What was found."""

    @property
    def ok(self) -> bool:
        """Whether no error stands."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Diagnostics that ask for something, by severity, and warnings already explained."""

    error: int
    warning: int
    info: int
    explained: int


def counts(diagnostics: Iterable[Diagnostic]) -> Counts:
    """How many diagnostics of each kind; explained ones count only as explained."""
    items = list(diagnostics)
    open_ones = [d.severity for d in items if d.explained is None]
    return Counts(
        open_ones.count(Severity.ERROR),
        open_ones.count(Severity.WARNING),
        open_ones.count(Severity.INFO),
        len(items) - len(open_ones),
    )


def verdict(checked: Checked) -> str:
    """The last line: 合格 or 不合格, with the counts."""
    found = counts(checked.diagnostics)
    parts = [
        f"{severity.label.replace('（', f' {number} 条（', 1)}" if "（" in severity.label
        else f"{severity.label} {number} 条"
        for severity, number in (
            (Severity.ERROR, found.error),
            (Severity.WARNING, found.warning),
            (Severity.INFO, found.info),
        )
        if number
    ]  # fmt: skip
    if found.explained:
        parts.append(f"已说明 {found.explained} 条")
    return f"{'合格' if checked.ok else '不合格'}：{'，'.join(parts) or '没有发现问题'}"


def label(diagnostic: Diagnostic) -> str:
    """The users' name of the severity."""
    if diagnostic.explained is not None:
        return "已说明"
    return diagnostic.severity.label.partition("（")[0]


def groups(diagnostics: Sequence[Diagnostic]) -> list[tuple[str, list[Diagnostic]]]:
    """Diagnostics by chapter, or by file where they stand in none, in the order given."""
    made: dict[str, list[Diagnostic]] = {}
    for diagnostic in diagnostics:
        file = diagnostic.place.file
        name = diagnostic.section.partition(SEPARATOR)[0]
        if not name:
            name = "数据" if file.startswith("data/") else _FILES.get(file, file or "全文")
        made.setdefault(name, []).append(diagnostic)
    return list(made.items())


def where(place: Place) -> str:
    """A place as compilers write it: chapters/3.md:12:5."""
    parts = [place.file or "（位置不明）"]
    if place.page is not None:
        return f"{parts[0]}（第 {place.page} 页）"
    if place.line is not None:
        parts.append(str(place.line))
        if place.column is not None:
            parts.append(str(place.column))
    elif place.paragraph is not None:
        parts.append(f"第 {place.paragraph} 段")
    elif place.pointer:
        parts.append(place.pointer)
    text = ":".join(parts)
    return f"{text}（单元格 {place.cell}）" if place.cell else text


def elsewhere(other: Related) -> str:
    """The place of the other side, with the submission that it lies in if that is another one."""
    return f"{other.item}　{where(other.place)}" if other.item else where(other.place)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A source line cut to size: what stands before the mark, the mark, and what follows."""

    line: int
    before: str
    marked: str
    after: str


def excerpt(sources: Sources, place: Place, quote: str, columns: int) -> Excerpt | None:
    """The line at ``place`` with ``quote`` marked, at most ``columns`` wide."""
    if place.line is None or (line := sources.line(place.file, place.line)) is None:
        return None
    if not line.strip():
        return None
    at = (place.column or 1) - 1
    quoted = quote and line.startswith(quote, at)
    if not quoted and quote and (found := line.find(quote)) >= 0:
        at, quoted = found, True
    if not quoted and quote and place.column:
        same = takewhile(lambda pair: pair[0] == pair[1], zip(quote, line[at:], strict=False))
        quote = "".join(char for char, _ in same)  # the rest of it is on the next line
        quoted = len(quote) > 1
    if not quoted:
        at = at if place.column else len(line) - len(line.lstrip())
    marked = quote if quoted else line[at : at + 1] if place.column else line[at:].rstrip()
    return _cut(place.line, line[:at], marked, line[at + len(marked) :], columns)


def _cut(line: int, before: str, marked: str, after: str, columns: int) -> Excerpt:
    before, marked, after = (visible(part) for part in (before, marked, after))
    marked = _head(marked, columns - 4)
    room = columns - width(marked)
    before = _tail(before, max(room - min(width(after), room // 2), 4))
    return Excerpt(line, before, marked, _head(after, max(room - width(before), 4)))


def _head(text: str, columns: int) -> str:
    if width(text) <= columns:
        return text
    kept, used = "", 1
    for char in text:
        used += width(char)
        if used > columns:
            break
        kept += char
    return kept + "…"


def _tail(text: str, columns: int) -> str:
    if width(text) <= columns:
        return text
    kept, used = 0, 1
    for char in reversed(text):
        used += width(char)
        if used > columns:
            break
        kept += 1
    return "…" + text[len(text) - kept :]


def visible(text: str) -> str:
    """Text without what would upset a terminal; tabs as four blanks."""
    return _CONTROL.sub("�", text.replace("\t", "    ").replace("\n", " "))


def snippet(diagnostic: Diagnostic) -> str:
    """The entry of ``explanations`` that would explain a warning, as YAML."""
    return (
        f"  - rule: {diagnostic.code}  # {visible(diagnostic.message)[:40]}\n"
        f"    at: {_scalar(diagnostic.at)}\n"
        f"    content: {_scalar(diagnostic.content)}\n"
        f"    reason: （写明原因）"
    )


def _scalar(text: str) -> str:
    """A YAML scalar; quoted where plain text could be read as something else."""
    plain = re.fullmatch(r"[A-Za-z\u4e00-\u9fff][\w.:/-]*[\w]", text) and ": " not in text
    return text if plain else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def open_warnings(item: Checked) -> list[Diagnostic]:
    """Warnings that still ask for a correction or an explanation.

    A report that is checked as it stands has no place for explanations.
    """
    if item.result.as_handed_in:
        return []
    return [d for d in item.diagnostics if d.severity is Severity.WARNING and d.explained is None]
