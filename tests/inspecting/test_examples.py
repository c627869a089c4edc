"""What is built from the examples is measured without a finding, and both forms are alike."""

from pathlib import Path

import pytest

from reportkit.inspecting import examine
from reportkit.workflow import open_submission
from reportkit.writing import layout, load_style, write_docx

EXAMPLES = sorted(
    file.parent for file in (Path(__file__).parents[2] / "submissions").glob("*/*/report.yaml")
)


@pytest.mark.parametrize("source", EXAMPLES, ids=lambda path: path.name)
def test_produced_files_have_no_findings(source: Path, tmp_path: Path) -> None:
    opened = open_submission(source)
    assert opened.report is not None
    style = load_style()
    made = layout(opened.report, style)
    word = tmp_path / "a.docx"
    write_docx(opened.report, style, word, pages=made.pages)
    pdf = made.content()
    assert [(f.code, f.place.page, f.args) for f in examine("a.pdf", pdf, style)[1]] == []
    found = examine("a.docx", word.read_bytes(), style, ("a.pdf", pdf))[1]
    assert [(f.code, f.place.paragraph, f.args) for f in found] == []
