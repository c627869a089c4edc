"""PDFs that another program printed from a Word document: planted faults, and nothing else."""

from __future__ import annotations

import io
import re
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from PIL import Image

from reportkit.inspecting import examine
from reportkit.writing import layout, load_style, write_docx
from reportkit.writing.office import convert, find

from ..conftest import need
from ..writing.sample_report import sample

DOCUMENT = "word/document.xml"
USUAL = {"RK712", "RK719", "RK724"}
"""What that program's own fonts, pages and missing tags give rise to."""


@pytest.fixture(scope="module")
def word(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    need("LibreOffice", find())
    file: Path = tmp_path_factory.mktemp("word") / "a.docx"
    write_docx(sample(), load_style(), file, pages=layout(sample(), load_style()).pages)
    return file.read_bytes()


def codes(content: bytes) -> set[str]:
    printed = convert(content, "docx", "pdf")
    return {finding.code for finding in examine("a.pdf", printed, load_style())[1]} - USUAL


def rewritten(content: bytes, replacements: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as source, ZipFile(stream, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, replacements.get(name, source.read(name)))
    return stream.getvalue()


def member(content: bytes, name: str) -> bytes:
    with ZipFile(io.BytesIO(content)) as package:
        return package.read(name)


def test_faults_of_a_printed_word_document(word: bytes) -> None:
    assert codes(word) == set()
    text = member(word, DOCUMENT).decode()
    wide = re.sub(r'(<w:pgMar[^>]*w:left=")\d+', r"\g<1>1900", text)
    bare = re.sub(r"<w:tblHeader[^>]*/>", "", wide)
    with ZipFile(io.BytesIO(word)) as package:
        media = [name for name in package.namelist() if name.startswith("word/media/")]
    coarse = {name: _coarse(member(word, name)) for name in media}
    found = codes(rewritten(word, {DOCUMENT: bare.encode(), **coarse}))
    assert found >= {"RK711", "RK718", "RK722"}


def test_a_page_in_the_contents_that_is_off_by_one(word: bytes) -> None:
    text = member(word, DOCUMENT).decode()
    second = text.index("PAGEREF", text.index("PAGEREF") + 10)
    entry = re.compile(r"<w:t>(\d+)</w:t>").search(text, second)
    assert entry is not None
    off = text[: entry.start(1)] + str(int(entry[1]) + 1) + text[entry.end(1) :]
    assert codes(rewritten(word, {DOCUMENT: off.encode()})) == {"RK721"}


def _coarse(content: bytes) -> bytes:
    """A picture with a tenth of its pixels each way."""
    stream = io.BytesIO()
    with Image.open(io.BytesIO(content)) as image:
        small = image.resize((max(1, image.width // 10), max(1, image.height // 10)))
        small.save(stream, image.format)
    return stream.getvalue()
