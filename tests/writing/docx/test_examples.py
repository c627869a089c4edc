"""Each example submission: a valid Word file that prints the words of its report in order."""

from pathlib import Path

import pytest

from reportkit.composing import compose
from reportkit.reading import read
from reportkit.standards import load
from reportkit.writing import load_style, write_docx
from tests.writing.printed import missing
from tests.writing.tools import pdf_pages, to_pdf, traps, validate

_ROOT = Path(__file__).parents[3] / "submissions"
EXAMPLES = sorted(file.parent for file in _ROOT.glob("*/*/report.yaml"))


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda folder: folder.name)
def test_example(folder: Path, tmp_path: Path) -> None:
    submission = read(folder).submission
    assert submission is not None
    report = compose(submission, load(submission.metadata.standard))
    style, file = load_style(submission.metadata.style or "official"), tmp_path / "report.docx"
    findings = write_docx(report, style, file)
    assert findings == ()
    assert traps(file) == []
    assert validate(file) == []
    assert missing(report, style, pdf_pages(to_pdf(file))) == []
