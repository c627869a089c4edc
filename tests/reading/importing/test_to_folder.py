"""An imported report written as a folder reads back the same, without any finding."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportkit.model.submission import Submission
from reportkit.reading import read, write_document, write_folder

from .messy import Typography, render, typographies
from .test_open_reports import REPORTS
from .test_typographies import STANDARDS, composed, imported

TEXTS = Path(__file__).parent / "texts"


def document(submission: Submission, file: Path) -> object:
    """The JSON form without the names of chapter files."""
    write_document(submission, file)
    return without_files(json.loads(file.read_text(encoding="utf-8")))


def without_files(value: object) -> object:
    if isinstance(value, dict):
        return {k: without_files(v) for k, v in value.items() if k != "file"}
    return [without_files(v) for v in value] if isinstance(value, list) else value


def compare(submission: Submission, folder: Path) -> None:
    write_folder(submission, folder / "out")
    back = read(folder / "out")
    assert back.submission is not None
    assert [f for f in back.findings if f.code != "RK113"] == []
    assert document(back.submission, folder / "b.json") == document(submission, folder / "a.json")


FILES = [*sorted(TEXTS.iterdir()), *(sorted(REPORTS.glob("*.txt")) if REPORTS.exists() else [])]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_texts(file: Path, tmp_path: Path) -> None:
    submission = read(file).submission
    assert submission is not None
    compare(submission, tmp_path)


@settings(max_examples=15, deadline=None)
@given(look=typographies(), name=st.sampled_from(STANDARDS), seed=st.integers(0, 3))
def test_typographies(
    tmp_path_factory: pytest.TempPathFactory, look: Typography, name: str, seed: int
) -> None:
    submission, _ = imported(render(composed(name, look.numbering, seed), look))
    compare(submission, tmp_path_factory.mktemp("folder"))
