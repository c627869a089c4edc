"""Diagnostics for readers and programs: plain text, JSON, SARIF 2.1.0, and one HTML page."""

from __future__ import annotations

from collections.abc import Iterable

from .view import Checked

FORMATS = ("text", "json", "sarif", "html")


def render(
    results: Iterable[Checked], form: str, *, colour: bool = False, sources: bool = False
) -> str:
    """The check results of one or more submissions as ``form``: text, json, sarif or html.

    ``colour`` (text only) uses terminal colours; ``sources`` (text only) adds where each rule
    comes from.
    """
    items = list(results)
    match form:
        case "text":
            from .text import render_text

            return render_text(items, colour=colour, sources=sources)
        case "json":
            from .as_json import render_json

            return render_json(items)
        case "sarif":
            from .sarif import render_sarif

            return render_sarif(items)
        case "html":
            from .html import render_html

            return render_html(items)
    raise ValueError(form)


__all__ = ["FORMATS", "Checked", "render"]
