"""Page numbers from LibreOffice's rendering are those on which the entries really stand."""

import re
from pathlib import Path

import pytest

from reportkit.model.report import Heading
from reportkit.writing import load_style, office, write_docx
from reportkit.writing.docx.exact import exact_pages
from reportkit.writing.docx.walk import blocks_of
from tests.conftest import need
from tests.writing.printed import squeezed
from tests.writing.sample_report import sample
from tests.writing.tools import pdf_pages, to_pdf


def test_every_heading_stands_on_its_page(tmp_path: Path) -> None:
    need("LibreOffice", office.find())
    report, style = sample(), load_style("official")
    exact = exact_pages(report, style, {})
    assert exact.stable
    file = tmp_path / "report.docx"
    write_docx(report, style, file, pages=exact.pages)
    printed: dict[str, str] = {}
    for page in pdf_pages(to_pdf(file)):
        number = re.search(r"— *(\w+) *—", page)
        if number:
            printed[number[1]] = squeezed(page)
    headings = [item for item in blocks_of(report) if isinstance(item, Heading)]
    assert len(headings) > 5
    for heading in headings:
        assert squeezed(heading.text) in printed[exact.pages[heading.anchor]], heading.text


def test_without_libreoffice_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "find", lambda: None)
    with pytest.raises(office.OfficeUnavailable, match="没有 LibreOffice"):
        exact_pages(sample(), load_style("official"), {})


def test_a_program_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nsleep 60\n")
    program.chmod(0o755)
    monkeypatch.setattr(office, "find", lambda: program)
    monkeypatch.setattr(office, "TIME_LIMIT", 0.2)
    with pytest.raises(office.OfficeUnavailable, match="秒"):
        office.convert(b"", "docx", "pdf")
