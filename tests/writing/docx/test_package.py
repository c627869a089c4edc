"""The file as a whole: identical bytes, written whole or not at all."""

import hashlib
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import pytest

from reportkit.writing import load_style, write_docx
from tests.writing.docx.conftest import Written
from tests.writing.sample_report import sample

_AGAIN = """
import sys
from pathlib import Path
from lxml import etree
from reportkit.writing import load_style, write_docx
etree.register_namespace("other", "http://schemas.openxmlformats.org/drawingml/2006/main")
from tests.writing.sample_report import sample
write_docx(sample(), load_style("official"), Path(sys.argv[1]))
"""


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def test_the_same_report_gives_the_same_bytes(written: Written, tmp_path: Path) -> None:
    again = tmp_path / "again.docx"
    root = Path(__file__).parents[3]
    subprocess.run([sys.executable, "-c", _AGAIN, str(again)], check=True, cwd=root, timeout=60)
    assert digest(again) == digest(written("chinese", "official"))


def test_python_docx_opens_it_and_nothing_of_its_template_is_left(written: Written) -> None:
    document = docx.Document(str(written("chinese", "official")))
    assert document.core_properties.title == sample().title
    assert document.core_properties.language == "zh-CN"
    assert "heading 1" in [style.element.name_val for style in document.styles]
    assert document.settings.odd_and_even_pages_header_footer
    assert [style.name for style in document.styles if style.name.startswith("Light")] == []
    names = {str(part.partname) for part in document.part.package.iter_parts()}
    assert not [name for name in names if "thumbnail" in name or "Effects" in name]
    widths = {section.page_width.mm for section in document.sections if section.page_width}
    assert {round(width) for width in widths} == {210, 297}


def test_entries_are_sorted_and_carry_no_time(written: Written) -> None:
    with zipfile.ZipFile(written("chinese", "official")) as archive:
        names = archive.namelist()
        assert names == sorted(names)
        assert names[0] == "[Content_Types].xml"
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "报告.docx"
    target.write_bytes(b"before")

    def full(file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_docx(sample(), load_style("official"), target)
    assert [file.name for file in tmp_path.iterdir()] == ["报告.docx"]
    assert target.read_bytes() == b"before"


def test_given_page_numbers_stand_in_the_lists(tmp_path: Path) -> None:
    from tests.writing.docx.test_structure import paragraphs, words
    from tests.writing.tools import part

    report = sample()
    anchors = [entry.anchor for p in report.parts for entry in p.entries]
    pages = {anchor: str(100 + n) for n, anchor in enumerate(anchors)}
    file = tmp_path / "report.docx"
    write_docx(report, load_style("official"), file, pages=pages)
    first = paragraphs(part(file, "word/document.xml"), "TOC1")[0]
    assert words(first) == "改革与发展亮点100"
