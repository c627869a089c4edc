"""A whole report is measured without an error, and its contents name the real pages."""

import pytest

from reportkit.composing import compose
from reportkit.inspecting import inspect_pdf
from reportkit.inspecting.pdf import measure
from reportkit.inspecting.structure import entries
from reportkit.standards import load
from reportkit.writing import layout, load_style

from ..generate import generate


@pytest.mark.parametrize("name", ["official", "plain"])
def test_a_generated_report(name: str) -> None:
    standard = load("bj-municipal-2025")
    report = compose(generate(standard, 9_000), standard)
    style = load_style(name)
    laid = layout(report, style)
    measured = measure("a.pdf", laid.content())
    assert laid.page_count > 25
    assert [(f.code, f.place.page, f.args) for f in inspect_pdf(measured, style)] == []
    told = {entry.title: entry.number for entry in entries(measured)}
    due = {
        "".join(entry.text.split()): laid.pages[entry.anchor]
        for part in report.parts
        for entry in part.entries
    }
    assert len(due) > 30
    assert {title: told.get(title) for title in due} == due
