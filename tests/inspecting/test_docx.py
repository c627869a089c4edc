"""Planted faults of a Word document, and DOCX and PDF of one report compared."""

import io
import re
import zipfile
from functools import cache
from pathlib import Path

import pytest
from docx import Document
from docx.shared import Cm, Mm
from PIL import Image

from reportkit.inspecting import Unreadable, differences, examine
from reportkit.inspecting.compare import Comparison, Piece, flat
from reportkit.model.base import Place
from reportkit.model.diagnostic import Finding
from reportkit.writing import layout, load_style, write_docx

from ..writing.sample_report import sample


def _codes(content: bytes, styled: bool = True) -> set[str]:
    return {f.code for f in _found(content, styled)}


def _found(content: bytes, styled: bool = True) -> list[Finding]:
    return examine("测试.docx", content, load_style() if styled else None)[1]


@cache
def _both() -> tuple[bytes, bytes]:
    """DOCX and PDF of the sample report."""
    import tempfile

    report, style = sample(), load_style()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "a.docx")
        made = layout(report, style)
        write_docx(report, style, file, pages=made.pages)
        return file.read_bytes(), made.content()


def _edited(content: bytes, before: str, after: str, count: int = 1) -> bytes:
    """The document with its main part edited."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                text = data.decode()
                assert before in text
                data = text.replace(before, after, count).encode()
            new.writestr(name, data)
    return made.getvalue()


def test_our_own_document_has_no_errors() -> None:
    assert _codes(_both()[0]) <= {"RK722"}


def test_wrong_margin() -> None:
    wrong = _edited(_both()[0], 'w:left="1587"', 'w:left="1900"', -1)
    found = [f for f in _found(wrong) if f.code == "RK711"]
    assert [f.args["value"] for f in found] == ["33.5 mm"]


def test_long_table_without_repeated_header() -> None:
    document = Document()
    document.core_properties.title = "测试"
    table = document.add_table(rows=40, cols=2)
    for n, row in enumerate(table.rows):
        for cell in row.cells:
            cell.text = str(n)
    found = [f for f in _found(_saved(document), styled=False) if f.code == "RK718"]
    assert [f.args["rows"] for f in found] == ["40"]


@pytest.mark.parametrize(("pixels", "found"), [(120, True), (600, False)])
def test_picture_resolution(pixels: int, found: bool) -> None:
    document, stream = Document(), io.BytesIO()
    Image.effect_noise((pixels, pixels), 50).save(stream, "PNG")
    document.add_picture(io.BytesIO(stream.getvalue()), width=Cm(5.08))
    codes = _codes(_saved(document), styled=False)
    assert ("RK722" in codes) is found


def test_paper_of_another_size() -> None:
    document = Document()
    document.sections[0].page_width, document.sections[0].page_height = Mm(216), Mm(279)
    assert "RK710" in _codes(_saved(document))


def _saved(document: object) -> bytes:
    stream = io.BytesIO()
    document.save(stream)  # type: ignore[attr-defined]
    return stream.getvalue()


def _compared(word: bytes) -> list[Finding]:
    return differences(("报告.docx", word), ("报告.pdf", _both()[1]))


def test_both_forms_of_a_report_are_alike() -> None:
    assert [(f.code, f.args) for f in _compared(_both()[0])] == []


def test_paragraph_that_only_one_form_has() -> None:
    extra = "<w:p><w:r><w:t>这一段只在一份文件里有，另一份没有。</w:t></w:r></w:p>"
    word = _edited(_both()[0], "<w:body>", f"<w:body>{extra}")
    found = _compared(word)
    assert [(f.code, f.args["where"]) for f in found] == [("RK731", "报告.pdf")]
    assert "这一段只在一份文件里有" in found[0].args["what"]


def test_number_and_cell_that_differ() -> None:
    number = _compared(_edited(_both()[0], "1262", "1263"))
    assert "RK732" in {f.code for f in number}
    cell = _compared(_edited(_both()[0], ">招生数<", ">别的数<"))
    assert "RK733" in {f.code for f in cell}


def test_what_is_no_word_document() -> None:
    for content in (b"PK\x03\x04" + b"\x00" * 80, b"\xd0\xcf\x11\xe0" + b"\x00" * 600):
        with pytest.raises(Unreadable):
            examine("坏.docx", content)


def _pages(content: bytes, kind: str) -> bytes:
    """The document with a record that says where its page numbers come from."""
    made = io.BytesIO(content)
    with zipfile.ZipFile(made, "a") as archive:
        record = f'<record xmlns="urn:reportkit:record:1" pages="{kind}"/>'
        archive.writestr("customXml/item1.xml", record)
    return made.getvalue()


@pytest.mark.parametrize(("kind", "compared"), [("layout", True), ("exact", False)])
def test_page_numbers_are_compared_where_both_count_alike(kind: str, compared: bool) -> None:
    entry = next(e for part in sample().parts for e in part.entries if e.level == 1)
    before = f">{entry.text}</w:t></w:r>"
    word = _both()[0]
    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        text = archive.read("word/document.xml").decode()
    start = text.index(before)
    number = re.compile(r"<w:t>(\d+)</w:t>").search(text, start)
    assert number is not None
    other = text[start : number.start(1)] + str(int(number[1]) + 1)
    edited = _pages(_edited(word, text[start : number.end(1)], other), kind)
    assert bool(_compared(edited)) is compared


def test_paragraphs_that_begin_alike_and_turn_the_page() -> None:
    """The one that is parted by a page end is not the first that begins with its words."""
    begin = "各部门按年度计划推进这项工作，"
    pages = [[f"{begin}甲事已成。", f"{begin}乙事也"], ["3", "有了结果。"]]
    text = flat("甲.pdf", [Piece(line, Place(page=n)) for n, p in enumerate(pages) for line in p])
    words = [Piece(f"{begin}甲事已成。", Place()), Piece(f"{begin}乙事也有了结果。", Place())]
    assert list(Comparison("甲.docx", words, text).findings()) == []
