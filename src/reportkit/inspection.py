"""Inspect a produced file (DOCX or PDF, ours or anyone's): measure it, and word what was found."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .model.diagnostic import Diagnostic, Severity
from .refusals import CannotDo

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .model.diagnostic import Finding

_BLANK_PAGES = 'writer_pdf_Export:{"IsSkipEmptyPages":{"type":"boolean","value":"false"}}'
SHOWN = 8
"""Findings of one rule that the text form lists."""


@dataclass(frozen=True)
class Inspected:
    """What was measured: ``facts`` are (name, value) pairs for people."""

    path: Path
    facts: tuple[tuple[str, str], ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def ok(self) -> bool:
        """Whether no error was found."""
        return not self.count(Severity.ERROR)

    def count(self, severity: Severity) -> int:
        """Number of diagnostics of a severity."""
        return sum(found.severity is severity for found in self.diagnostics)


def inspect(
    path: Path, *, style: str | None = None, against: Path | None = None, printed: bool = True
) -> Inspected:
    """Measure a file. ``style`` is the look that it should have, ``against`` its other form.

    A Word document is ``printed`` by LibreOffice, where that is installed, to see its pages.

    Raises:
        CannotDo: a file cannot be read, or the look is unknown.
    """
    from .inspecting import Unreadable, examine
    from .workflow import load_look

    look = load_look(style) if style else None
    other = (against.name, _content(against)) if against else None
    printer = _Printer()
    try:
        facts, findings = examine(
            path.name, _content(path), look, other, printer if printed else None
        )
    except Unreadable as error:
        raise CannotDo(str(error)) from error
    return Inspected(path, (*facts, *printer.notes), word(findings))


class _Printer:
    """Has Word documents printed by LibreOffice, blank pages too; notes why it could not."""

    def __init__(self) -> None:
        self.notes: list[tuple[str, str]] = []

    def __call__(self, content: bytes) -> bytes | None:
        from .writing.office import OfficeUnavailable, convert

        try:
            return convert(content, "docx", "pdf", options=_BLANK_PAGES)
        except OfficeUnavailable as error:
            self.notes = [("排印", f"没有排印（{error}），页码、标题和表题的位置未查")]
            return None


def word(findings: Sequence[Finding]) -> tuple[Diagnostic, ...]:
    """Findings of the inspection in their rules' words, page by page."""
    from .checks.catalogue import rules
    from .checks.wording import diagnose

    register = {rule.code: rule for rule in rules()}
    made = []
    for finding in findings:
        rule = register[finding.code]
        made.append(diagnose(rule, finding, finding.severity or rule.severity))
    return tuple(sorted(made, key=lambda d: (d.place.file, d.code, d.place.page or 0)))


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CannotDo(f"读不了 {path}：不存在，或没有读取权限。") from error


def render(inspected: Inspected, form: str) -> str:
    """The result as ``text`` or ``json``."""
    return _json(inspected) if form == "json" else "\n".join(_text(inspected)) + "\n"


def _text(inspected: Inspected) -> list[str]:
    made = [str(inspected.path)]
    made += [f"  {name}：{value}" for name, value in inspected.facts]
    shown: dict[str, int] = {}
    for found in inspected.diagnostics:
        shown[found.code] = shown.get(found.code, 0) + 1
        if shown[found.code] > SHOWN:
            continue
        label = found.severity.label.partition("（")[0]
        made += [
            f"  {_where(found)}{found.code} {label} {found.message}",
            f"      应为：{found.expected}　依据：{found.source}",
            f"      改法：{found.hint}",
        ]
    for code, count in shown.items():
        if count > SHOWN:
            made.append(f"  {code} 另有 {count - SHOWN} 处未列出（--format json 列出全部）")
    counts = "，".join(f"{s.label} {inspected.count(s)} 条" for s in Severity)
    return [*made, f"{'合格' if inspected.ok else '不合格'}：{counts}"]


def _where(found: Diagnostic) -> str:
    place = found.place
    if place.page is not None:
        return f"第 {place.page} 页 "
    return f"第 {place.paragraph} 段 " if place.paragraph is not None else ""


def _json(inspected: Inspected) -> str:
    document = {
        "version": "1",
        "file": inspected.path.as_posix(),
        "ok": inspected.ok,
        "measured": dict(inspected.facts),
        "diagnostics": [
            {
                "code": found.code,
                "rule": found.rule,
                "severity": found.severity.value,
                "message": found.message,
                "expected": found.expected,
                "hint": found.hint,
                "source": found.source,
                "quote": found.quote,
                "page": found.place.page,
                "paragraph": found.place.paragraph,
            }
            for found in inspected.diagnostics
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"
