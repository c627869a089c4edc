"""Documents made once for all tests of the Word writer."""

from collections.abc import Callable
from pathlib import Path

import pytest

from reportkit.model.report import Report
from reportkit.writing import load_style, write_docx
from tests.writing.sample_report import sample

Written = Callable[[str, str], Path]


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """The sample report in a numbering and a style, written once."""
    made: dict[tuple[str, str], Path] = {}
    folder = tmp_path_factory.mktemp("docx")

    def write(numbering: str = "chinese", style: str = "official") -> Path:
        key = (numbering, style)
        if key not in made:
            made[key] = folder / f"{numbering}-{style}.docx"
            write_docx(sample(numbering), load_style(style), made[key])
        return made[key]

    return write


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write any report; returns the file."""

    def do(report: Report, style: str = "official", name: str = "report") -> Path:
        file = tmp_path / f"{name}.docx"
        write_docx(report, load_style(style), file)
        return file

    return do
