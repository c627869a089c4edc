"""Captions and references that Word keeps as fields, read back from a file as it stands."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from reportkit.composing import compose
from reportkit.model.blocks import Case, Chart, Figure, Table
from reportkit.model.report import Report
from reportkit.model.submission import Submission
from reportkit.standards import load
from reportkit.workflow import open_submission
from reportkit.writing import load_style, write_docx
from reportkit.writing.docx.walk import blocks_of, label_of
from tests.generate import generate

from .test_typographies import blocks

STANDARD = load("moe-2024-school")
CODES = {f"RK3{n}" for n in (11, 12, 13, 14, 15, 21, 22, 23, 31, 32)}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Report]:
    report = compose(generate(STANDARD, 12000), STANDARD)
    file = tmp_path_factory.mktemp("word") / "report.docx"
    write_docx(report, load_style("official"), file)
    return file, report


def captions(submission: Submission) -> Iterator[tuple[str, str]]:
    for block in blocks(submission.chapters):
        if isinstance(block, Table | Figure | Chart) and block.caption:
            yield block.number or "", block.caption
        elif isinstance(block, Case):
            yield block.number or "", block.title


def found(file: Path) -> list[tuple[str, str]]:
    opened = open_submission(file, standard=STANDARD.id)
    return [(d.code, d.quote) for d in opened.diagnostics if d.code in CODES]


def test_numbers_and_titles_are_those_that_word_shows(written: tuple[Path, Report]) -> None:
    file, report = written
    opened = open_submission(file, standard=STANDARD.id)
    assert opened.result.submission is not None
    labels = [label for block in blocks_of(report) if (label := label_of(block)) and label.label]
    wanted = [(label.label, "".join(run.text for run in label.title)) for label in labels]
    assert len(wanted) > 8
    read = [(number, title) for number, title in captions(opened.result.submission) if number]
    assert [number for number, _ in read] == [number for number, _ in wanted]
    assert [title for _, title in read] == [title for _, title in wanted]


def test_what_is_right_is_silent(written: tuple[Path, Report]) -> None:
    assert found(written[0]) == []


@pytest.mark.parametrize(
    ("field", "words", "code"), [("REF _Ref", "表9-9", "RK322"), ("SEQ 图", "9", "RK312")]
)
def test_results_that_somebody_typed_over(
    written: tuple[Path, Report], field: str, words: str, code: str, tmp_path: Path
) -> None:
    """A field shows what Word left in it, right or wrong."""
    file = tmp_path / "edited.docx"
    with zipfile.ZipFile(written[0]) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                content = _typed_over(content.decode(), field, words).encode()
            new.writestr(name, content)
    assert code in {one for one, _ in found(file)}


def _typed_over(text: str, field: str, words: str) -> str:
    """The result of the last visible field of a kind exchanged."""
    shown = re.compile(
        rf"<w:instrText[^>]*> {field}[^<]*</w:instrText>(?:(?!<w:t>).)*\"separate\".*?<w:t>([^<]*)"
    )
    hit = list(shown.finditer(text))[-1]
    return text[: hit.start(1)] + words + text[hit.end(1) :]
