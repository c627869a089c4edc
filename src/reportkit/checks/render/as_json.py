"""The check result for programs: one JSON object."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from ...model.base import Place
from ...model.diagnostic import Diagnostic
from .view import Checked, counts

VERSION = "1"
"""Version of this format; it rises when a key changes its meaning or goes away."""


def render_json(items: Sequence[Checked]) -> str:
    """``{"version", "submissions": [{"path", "title", "standard", "ok", "counts", …}]}``."""
    document = {"version": VERSION, "submissions": [_submission(item) for item in items]}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _submission(item: Checked) -> dict[str, Any]:
    found = counts(item.diagnostics)
    return {
        "path": item.path.as_posix(),
        "title": item.title,
        "standard": item.standard.id if item.standard else None,
        "ok": item.ok,
        "counts": {"error": found.error, "warning": found.warning, "info": found.info},
        "diagnostics": [_diagnostic(diagnostic) for diagnostic in item.diagnostics],
    }


def _diagnostic(found: Diagnostic) -> dict[str, Any]:
    return {
        "code": found.code,
        "rule": found.rule,
        "severity": found.severity.value,
        "message": found.message,
        **_place(found.place),
        "section": found.section,
        "quote": found.quote,
        "expected": found.expected,
        "hint": found.hint,
        "source": found.source,
        "explained": found.explained,
        "related": [
            {
                **({"item": other.item} if other.item else {}),
                **_place(other.place),
                "section": other.section,
                "quote": other.quote,
            }
            for other in found.related
        ],
        "at": found.at,
        "content": found.content,
    }


def _place(place: Place) -> dict[str, Any]:
    own = {"paragraph": place.paragraph, "page": place.page}  # of Word files and PDF only
    return {
        "file": place.file or None,
        "line": place.line,
        "column": place.column,
        "cell": place.cell,
        **{key: value for key, value in own.items() if value is not None},
    }
