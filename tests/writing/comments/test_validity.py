"""Outside programs judge commented files: the Open XML SDK validator and LibreOffice."""

import random
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest

from reportkit.model.diagnostic import Diagnostic
from reportkit.reading.importing.stream import Text
from reportkit.writing import load_style, write_docx
from reportkit.writing.comments import write_comments
from tests.reading.importing.docx.word import read
from tests.writing.sample_report import sample
from tests.writing.tools import _convert, traps, validate

from .told import found


@pytest.fixture(scope="module", params=["ours", "python-docx"])
def commented(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A document of our own writer, or of another program, with comments all over."""
    folder = tmp_path_factory.mktemp("valid")
    file, out = folder / "a.docx", folder / "b.docx"
    if request.param == "ours":
        write_docx(sample(), load_style("official"), file)
    else:
        made = docx.Document()
        made.add_heading("一、基本情况", 1)
        paragraph = made.add_paragraph("学校共有专任教师")
        paragraph.add_run("313人").bold = True
        made.add_comment(paragraph.runs, "旧批注", author="审核", initials="s")
        made.add_table(2, 2).rows[0].cells[0].text = "合计"
        made.save(str(file))
    write_comments(file, [found("缺章", code="RK201"), *_everywhere(file)], out)
    return out


def _everywhere(file: Path) -> list[Diagnostic]:
    made = []
    chosen = random.Random(1)
    for item in read(file).items:
        if isinstance(item, Text) and len(item.text) > 1:
            start = chosen.randrange(len(item.text))
            place = item.place.at(item.text, start)
            quote = item.text[start : start + 4]
            made.append(found("x", place.paragraph, quote, place.column))
    return made


def test_the_validator_accepts_it(commented: Path) -> None:
    assert validate(commented) == []
    assert traps(commented) == []


def test_libre_office_shows_every_comment(commented: Path) -> None:
    with zipfile.ZipFile(commented) as archive:
        wanted = archive.read("word/comments.xml").count(b'author="reportkit"')
    odt = _convert(commented, "odt", ".odt")
    with zipfile.ZipFile(odt) as archive:
        shown = archive.read("content.xml").count(b"<dc:creator>reportkit")
    assert shown == wanted > 2


def test_workbooks(tmp_path: Path) -> None:
    file, out = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "数据"
    sheet["B4"] = 5
    made.save(file)
    write_comments(file, [found("应为六", cell="数据!B4"), found("缺表")], out)
    old = [error["description"] for error in validate(file)]
    assert [error["description"] for error in validate(out)] == old
    ods = _convert(out, "ods", ".ods")
    with zipfile.ZipFile(ods) as archive:
        content = archive.read("content.xml").decode()
    assert content.count("<office:annotation ") == 2
    assert "应为六" in content
