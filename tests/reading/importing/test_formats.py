"""Which file is read how: by what is in it, not by its name; and what cannot be read."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from reportkit.reading import ReadResult, read

TEXT = "某区职业教育质量报告（2023）\n\n一、人才培养\n\n全区有学校两所，学生一千人。\n"


def reading(tmp_path: Path, name: str, content: bytes | str) -> ReadResult:
    file = tmp_path / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return read(file)


def archive(names: dict[str, str]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as made:
        for name, text in names.items():
            made.writestr(name, text)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ".docx"),
        ("a.txt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ".docx"),
        ("a.rtf", r"{\rtf1\ansi hello}", ".docx"),
        ("a.html", "<!DOCTYPE html><html><body><p>你好</p></body></html>", ".docx"),
        ("a.docx", "<html><body>网页改名</body></html>", ".docx"),
        ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(100), ""),
        ("a.txt", b"\xff\xd8\xff\xe0" + bytes(100), ""),
        ("a.zip", archive({"甲.txt": TEXT}), ""),
        ("a.docx", archive({"word/other.xml": "<a/>"}), ""),
        ("a.txt", b"", ""),
        ("a.txt", bytes(range(256)) * 20, ""),
        ("a.pdf", b"%PDF-1.7\nbroken", ""),
        ("a.docx", b"PK\x03\x04 cut off", ""),
    ],
)
def test_refused_with_what_to_do(
    tmp_path: Path, name: str, content: bytes | str, told: str
) -> None:
    result = reading(tmp_path, name, content)
    assert result.submission is None
    assert [f.code for f in result.findings] in (["RK150"], ["RK155"])
    finding = result.findings[0]
    assert finding.place.file == name
    assert told in str(finding.args)
    if finding.code == "RK150":
        assert finding.args["reason"]
        assert finding.args["advice"]


@pytest.mark.parametrize("name", ["a.txt", "a", "a.docx", "a.pdf", "报告.text"])
def test_text_whatever_its_name(tmp_path: Path, name: str) -> None:
    result = reading(tmp_path, name, TEXT)
    assert result.form == "text"
    assert result.submission is not None
    assert [c.title for c in result.submission.chapters] == ["人才培养"]


def test_markdown_whatever_its_name(tmp_path: Path) -> None:
    text = "# 某区职业教育质量报告\n\n## 一、人才培养\n\n学生**一千**人。\n\n### 德育\n\n十次。\n"
    for name in ("a.md", "a.txt"):
        result = reading(tmp_path, name, text)
        assert result.form == "markdown"
        assert result.submission is not None
        assert [c.title for c in result.submission.chapters] == ["人才培养"]


def test_only_blanks(tmp_path: Path) -> None:
    result = reading(tmp_path, "a.txt", " \n\u3000\n\n")
    assert result.submission is None
    assert [f.code for f in result.findings] == ["RK155"]


def test_broken_characters_do_not_stop_it(tmp_path: Path) -> None:
    result = reading(tmp_path, "a.txt", TEXT.encode() + b"\xff\xfe\n" + TEXT.encode())
    assert result.submission is not None
    assert "RK116" in {f.code for f in result.findings}


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    result = read(tmp_path / "a.txt")
    assert [f.code for f in result.findings] == ["RK101"]
