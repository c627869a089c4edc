"""Each fault planted in good Word files (ours, python-docx's, LibreOffice's) is found, measured."""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt
from PIL import Image

from reportkit.inspection import inspect
from reportkit.model.diagnostic import Diagnostic, Severity
from reportkit.model.report import Entry, Heading, Part, RBlock, Report
from reportkit.model.standard import PartKind
from reportkit.writing import layout, load_style, office, write_docx

from ..conftest import need
from ..writing.docx.reports import body, grid, para, report
from ..writing.sample_report import runs
from ..writing.tools import saved_anew

STYLE = load_style()
TEXT = "面向社区开展服务活动十二次，参加人员逐年增加，制度健全，成效稳定，各方参与，共同推进。"
Edit = Callable[[dict[str, str]], None]


def _report() -> Report:
    """Contents, four chapters of a page and a half, and a long table."""
    parts, entries = [], []
    for n, number in enumerate("一二三四", 1):
        title = runs(f"第{number}件事")
        heading = Heading(level=1, number=f"{number}、", runs=title, anchor=f"c{n}")
        texts = [f"{number}之{at}：{TEXT * 4}" for at in "甲乙丙丁戊己"]
        blocks: list[RBlock] = [heading, *map(para, texts)]
        if n == 2:
            blocks.append(grid(40, 3))
        parts.append(body(*blocks, n=n))
        entries.append(Entry(text=heading.text, anchor=heading.anchor, level=1))
    contents = Part(kind=PartKind.TOC, title="目录", anchor="toc", entries=tuple(entries))
    return report([contents, *parts])


@cache
def _ours() -> tuple[bytes, bytes]:
    """DOCX and PDF."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "a.docx")
        made = layout(_report(), STYLE)
        write_docx(_report(), STYLE, file, pages=made.pages)
        return file.read_bytes(), made.content()


@cache
def _saved() -> bytes:
    """Ours as LibreOffice saves it."""
    need("LibreOffice", office.find())
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "a.docx")
        file.write_bytes(_ours()[0])
        return saved_anew(file).read_bytes()


@cache
def _plain() -> bytes:
    """What somebody makes with Word by hand, as python-docx has it."""
    document = Document()
    document.core_properties.title = "示例报告"
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    normal = document.styles["Normal"]
    normal.font.size = Pt(16)
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = Pt(28.95)
    look = normal.element.get_or_add_rPr()
    look.get_or_add_rFonts().set(qn("w:eastAsia"), "仿宋_GB2312")
    language = OxmlElement("w:lang")
    language.set(qn("w:eastAsia"), "zh-CN")
    look.append(language)
    number = section.footer.paragraphs[0]
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = number.add_run()
        child = OxmlElement("w:fldChar" if kind else "w:instrText")
        child.set(qn("w:fldCharType"), kind) if kind else None
        child.text = text or None
        run._r.append(child)
    for _ in range(12):
        document.add_paragraph(TEXT * 3)
    stream = io.BytesIO()
    Image.effect_noise((800, 600), 60).save(stream, "PNG")
    document.add_picture(stream, width=Cm(8))
    document.paragraphs[-1].paragraph_format.line_spacing = 1.0
    table = document.add_table(rows=30, cols=2)
    for at, row in enumerate(table.rows):
        row.cells[0].text, row.cells[1].text = ("项目", "数量") if not at else ("甲", str(at))
    repeat = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


FILES: dict[str, Callable[[], bytes]] = {
    "ours": lambda: _ours()[0],
    "plain": _plain,
    "saved": _saved,
}
each = pytest.mark.parametrize("kind", FILES)


def edited(content: bytes, *edits: tuple[str, str, str]) -> bytes:
    """The file with (part, pattern, replacement) edits, each of which must change something."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            for part, pattern, text in edits:
                if re.fullmatch(part, name):
                    changed = re.sub(pattern, text.replace("\\", r"\\"), data.decode())
                    assert changed != data.decode(), (name, pattern)
                    data = changed.encode()
            new.writestr(name, data)
    return made.getvalue()


def found(
    content: bytes, tmp_path: Path, *, printed: bool = False, against: bytes = b""
) -> list[Diagnostic]:
    file, other = tmp_path / "报告.docx", tmp_path / "报告.pdf"
    file.write_bytes(content)
    other.write_bytes(against)
    made = inspect(file, style="official", against=other if against else None, printed=printed)
    assert all(d.source and d.expected for d in made.diagnostics)
    return list(made.diagnostics)


@each
def test_good_files_are_silent(kind: str, tmp_path: Path) -> None:
    need("LibreOffice", office.find())
    told = found(FILES[kind](), tmp_path, printed=True)
    if kind == "plain":  # type of 16 points gives 27 characters a line: 三号 by hand
        told = [d for d in told if d.code != "RK712"]
    assert [(d.code, d.message) for d in told] == []


@each
def test_wrong_margin(kind: str, tmp_path: Path) -> None:
    wrong = edited(FILES[kind](), ("word/document.xml", r'w:left="15\d\d"', 'w:left="1900"'))
    told = [d for d in found(wrong, tmp_path) if d.code == "RK711"]
    assert len(told) == 1
    assert "实测 33.5 mm" in told[0].message
    assert "28 mm" in told[0].expected
    assert "5.2.1" in told[0].source


@each
def test_font_that_nobody_has(kind: str, tmp_path: Path) -> None:
    wrong = edited(FILES[kind](), (r"word/styles\.xml", "仿宋_GB2312", "稀有手写体"))
    told = {d.code: d for d in found(wrong, tmp_path)}
    assert "稀有手写体" in told["RK713"].message
    assert told["RK713"].severity is Severity.WARNING
    body = [d for d in found(wrong, tmp_path) if d.code == "RK712" and "正文字体" in d.message]
    assert "稀有手写体" in body[0].message
    assert "仿宋_GB2312" in body[0].expected


@each
def test_header_row_not_repeated(kind: str, tmp_path: Path) -> None:
    wrong = edited(FILES[kind](), ("word/document.xml", r"<w:tblHeader[^>]*/>", ""))
    told = [d for d in found(wrong, tmp_path) if d.code == "RK718"]
    assert len(told) == 1
    assert re.search("共 (?:30|40) 行", told[0].message)


def test_picture_of_sixty_dots(tmp_path: Path) -> None:
    document = Document(io.BytesIO(_plain()))
    stream = io.BytesIO()
    Image.effect_noise((189, 142), 60).save(stream, "PNG")
    document.add_picture(stream, width=Cm(8))
    stream = io.BytesIO()
    document.save(stream)
    told = [d for d in found(stream.getvalue(), tmp_path) if d.code == "RK722"]
    assert len(told) == 1
    assert "60 dpi" in told[0].message
    assert "150 dpi" in told[0].expected


@pytest.mark.parametrize("kind", ["ours", "saved"])
def test_paragraph_missing_in_one(kind: str, tmp_path: Path) -> None:
    """The third paragraph of text is taken out of the Word file."""
    content = FILES[kind]()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        text = archive.read("word/document.xml").decode()
    assert found(content, tmp_path, against=_ours()[1]) == []
    body_ = [m for m in re.finditer(r"<w:p>(?:(?!<w:p>).)*?</w:p>", text) if TEXT in m[0]]
    cut = body_[-2]
    wrong = edited(content, ("word/document.xml", re.escape(cut[0]), ""))
    told = found(wrong, tmp_path, against=_ours()[1])
    assert {d.code for d in told} == {"RK731"}


@pytest.mark.parametrize(("kind", "severity"), [("ours", "info"), ("saved", "error")])
def test_contents_off_by_one(kind: str, severity: str, tmp_path: Path) -> None:
    """LibreOffice's own file is judged by its pages; others may have other fonts than Word had."""
    need("LibreOffice", office.find())
    content = FILES[kind]()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        text = archive.read("word/document.xml").decode()
    entry = re.search(r"第三件事</w:t>.*?<w:t>(\d+)</w:t>", text)
    assert entry is not None
    right = entry[1]
    wrong_one = entry[0].replace(f"<w:t>{right}<", f"<w:t>{int(right) + 1}<")
    wrong = edited(content, ("word/document.xml", re.escape(entry[0]), wrong_one))
    told = [d for d in found(wrong, tmp_path, printed=True) if d.code == "RK721"]
    assert [d.severity.value for d in told] == [severity]
    assert f"印第 {int(right) + 1} 页，实际在第 {right} 页" in told[0].message
