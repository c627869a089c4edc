"""The check result as one self-contained page to read or print, grouped by chapter."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ...model.diagnostic import Diagnostic
from ..quoting import Sources
from .view import (
    Checked,
    counts,
    elsewhere,
    excerpt,
    groups,
    label,
    open_warnings,
    snippet,
    verdict,
    where,
)

TEMPLATE = "page.html.j2"
COLUMNS = 400


def render_html(items: Sequence[Checked]) -> str:
    """One page for one or more submissions."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    page = environment.get_template(TEMPLATE)
    return page.render(items=[_submission(item) for item in items])


def _submission(item: Checked) -> dict[str, Any]:
    sources = Sources(item.result.sources)
    return {
        "title": item.title,
        "path": item.path.as_posix(),
        "standard": item.standard,
        "ok": item.ok,
        "verdict": verdict(item),
        "counts": counts(item.diagnostics),
        "groups": [
            {"name": name, "diagnostics": [_diagnostic(sources, d) for d in diagnostics]}
            for name, diagnostics in groups(item.diagnostics)
        ],
        "snippets": [snippet(d) for d in open_warnings(item)],
    }


def _diagnostic(sources: Sources, found: Diagnostic) -> dict[str, Any]:
    return {
        "kind": "explained" if found.explained is not None else found.severity.value,
        "label": label(found),
        "found": found,
        "where": where(found.place),
        "excerpt": excerpt(sources, found.place, found.quote, COLUMNS),
        "related": [(elsewhere(other), other.quote) for other in found.related],
    }
