"""Each example and a generated report: valid Word files that print the words of their PDF."""

from pathlib import Path

import pytest

from reportkit.composing import compose
from reportkit.inspecting import differences, examine
from reportkit.model.report import Report
from reportkit.reading import read
from reportkit.standards import load
from reportkit.writing import load_style, write_docx
from reportkit.writing.docx.estimate import estimate
from reportkit.writing.docx.exact import exact_pages
from tests.generate import generate
from tests.writing.printed import missing
from tests.writing.tools import pdf_pages, to_pdf, traps, validate

_ROOT = Path(__file__).parents[3] / "submissions"
EXAMPLES = sorted(file.parent for file in _ROOT.glob("*/*/report.yaml"))
STYLE = load_style("official")


def _example(folder: Path) -> Report:
    submission = read(folder).submission
    assert submission is not None
    return compose(submission, load(submission.metadata.standard))


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda folder: folder.name)
def test_example(folder: Path, tmp_path: Path) -> None:
    report, file = _example(folder), tmp_path / "report.docx"
    assert write_docx(report, STYLE, file) == ()
    assert traps(file) == []
    assert validate(file) == []
    printed = to_pdf(file)
    assert missing(report, STYLE, pdf_pages(printed)) == []
    assert _differ(file, printed) == []


def test_exact_pages_of_a_generated_report(tmp_path: Path) -> None:
    """Contents and lists of tables, figures, cases lead to the pages that LibreOffice prints."""
    standard = load("moe-2024-school")
    report, file = compose(generate(standard, 9000), standard), tmp_path / "report.docx"
    exact = exact_pages(report, STYLE, estimate(report, STYLE))
    assert exact.stable
    write_docx(report, STYLE, file, pages=exact.pages)
    assert traps(file) == []
    assert validate(file) == []
    printed = to_pdf(file)
    assert _differ(file, printed) == []
    facts, found = examine(printed.name, printed.read_bytes(), STYLE)
    assert int(dict(facts)["目录条目"]) > 40
    assert [f.args for f in found if f.code == "RK721"] == []


def _differ(file: Path, printed: Path) -> list[object]:
    pair = (file.name, file.read_bytes()), (printed.name, printed.read_bytes())
    return [(found.code, found.args) for found in differences(*pair)]
