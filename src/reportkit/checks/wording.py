"""From a finding to the words that a user reads.

Templates are Chinese with ``{argument}`` placeholders. ``{near:是否指“%s”？}`` is left out where
the argument is empty. Lists are joined with 、. Only warnings can be explained: what a hint says
about explanations stands in ``{explain:…}``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import Enum
from typing import Any

from ..model.diagnostic import Diagnostic, Finding, Severity
from .registry import Rule


class _Shown(str):
    """A value in a template; a format with %s is dropped where the value is empty."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        if not spec:
            return str(self)
        return spec.replace("%s", self) if self else ""


class _Missing(_Shown):
    """The name of an argument that the emitter did not give; only optional ones may be missing."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        if not spec:
            raise KeyError(str(self))
        return ""


class _Arguments(dict[str, _Shown]):
    strict = False

    def __missing__(self, key: str) -> _Shown:
        return _Missing(key) if self.strict else _Shown("")


def fill(template: str, arguments: Mapping[str, Any], *, strict: bool = False) -> str:
    """``template`` with its placeholders filled; ``strict`` refuses missing arguments."""
    values = _Arguments((key, _Shown(_text(value))) for key, value in arguments.items())
    values.strict = strict
    return template.format_map(values)


class _Blanks(dict[str, _Shown]):
    def __missing__(self, key: str) -> _Shown:
        return _Shown("…")


def fill_blank(template: str) -> str:
    """``template`` with every placeholder shown as …, to explain a rule without a finding."""
    return template.format_map(_Blanks())


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str) and not isinstance(value, Enum):
        return value
    if isinstance(value, bool):
        return "是" if value else ""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, Iterable):
        return "、".join(_text(item) for item in value)
    return str(value)


def fingerprint(subject: str) -> str:
    """The short mark of a text that an explanation is bound to; blanks do not count."""
    return hashlib.sha256("".join(subject.split()).encode()).hexdigest()[:12]


def diagnose(
    rule: Rule,
    finding: Finding,
    severity: Severity,
    *,
    strict: bool = False,
    imported: bool = False,
) -> Diagnostic:
    """The diagnostic of a finding: its rule's words filled with its arguments."""
    hint = (imported and rule.hint_report) or rule.hint
    arguments = {"explain": severity is Severity.WARNING, **finding.args}

    def words(template: str) -> str:
        return fill(template, arguments, strict=strict)

    message = words(rule.message)
    basis = finding.args.get("basis")
    return Diagnostic(
        code=rule.code,
        rule=rule.name,
        severity=severity,
        message=message,
        place=finding.place,
        section=finding.section,
        quote=finding.quote,
        expected=words(rule.expected),
        hint=words(hint),
        source=f"{rule.source}；{basis}" if basis else str(rule.source),
        at=finding.at,
        content=fingerprint(finding.subject or finding.quote or message),
        related=finding.related,
    )
