"""What a comment says about a diagnostic, and which diagnostics become comments."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from reportkit.model.diagnostic import Diagnostic, Severity
from reportkit.reading.importing.docx.margins import OWN_AUTHOR

AUTHOR, INITIALS = OWN_AUTHOR, "rk"
_HEADS = {
    Severity.ERROR: "必须改正",
    Severity.WARNING: "改正或说明",
    Severity.INFO: "提示",
}
HEAD = re.compile(rf"RK\d{{3}} (?:{'|'.join(_HEADS.values())})(?:（\d+ 条）)?")
LABELLED = re.compile(r"(?:对照|应为|怎么改|原文)：|\d{1,2}\. |……共 \d+ 条")
"""How the first line of a remark reads, and how lines below its message begin."""
_MOST = 40
"""Findings without a place that one comment lists."""


@dataclass(frozen=True, slots=True)
class Remark:
    """The text of a comment: a bold first line and the lines under it."""

    head: str
    lines: tuple[str, ...]


def worth_saying(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Diagnostics that nobody has answered yet."""
    return [diagnostic for diagnostic in diagnostics if diagnostic.explained is None]


def remark(diagnostic: Diagnostic, *, quote: bool = False) -> Remark:
    """What is said at the place itself; with ``quote`` the words meant are repeated."""
    lines = [diagnostic.message]
    if quote and diagnostic.quote and diagnostic.quote not in diagnostic.message:
        lines.append(f"原文：“{diagnostic.quote}”")
    seen = [other.quote for other in diagnostic.related if other.quote]
    lines += [f"对照：“{words}”" for words in dict.fromkeys(seen)]
    lines += _advice(diagnostic)
    return Remark(_head(diagnostic), tuple(lines))


def _advice(diagnostic: Diagnostic) -> list[str]:
    told = (("应为", diagnostic.expected), ("怎么改", diagnostic.hint))
    return [f"{label}：{words}" for label, words in told if words]


def _head(diagnostic: Diagnostic) -> str:
    return f"{diagnostic.code} {_HEADS[diagnostic.severity]}"


def collected(diagnostics: Iterable[Diagnostic]) -> list[Remark]:
    """Findings that have no place in the file: one comment a rule, the gravest rules first."""
    by_rule: dict[tuple[int, str], list[Diagnostic]] = {}
    order = list(_HEADS)
    for one in diagnostics:
        by_rule.setdefault((order.index(one.severity), one.code), []).append(one)
    return [_together(found) for _, found in sorted(by_rule.items())]


def _together(found: list[Diagnostic]) -> Remark:
    first = found[0]
    if len(found) == 1:
        return remark(first)
    lines = [f"{n}. {_where(one)}{one.message}" for n, one in enumerate(found[:_MOST], 1)]
    if len(found) > _MOST:
        lines.append(f"……共 {len(found)} 条，其余见检查结果。")
    hints = dict.fromkeys(one.hint for one in found if one.hint)
    lines += [f"怎么改：{hint}" for hint in list(hints)[:3]]
    return Remark(f"{_head(first)}（{len(found)} 条）", tuple(lines))


def _where(diagnostic: Diagnostic) -> str:
    return f"［{diagnostic.section}］" if diagnostic.section else ""
