"""Files that are something else, broken or hostile: a clear message, at once, and no traceback."""

import io
import struct
import zipfile
from pathlib import Path

import pytest

from reportkit.reading import ooxml
from reportkit.reading.importing.docx import document, read_docx
from reportkit.reading.source import Log

from .word import Word, package, para, part, texts, write

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def refusal(file: Path) -> str:
    """Why a file is not read, with the advice."""
    log = Log()
    assert read_docx(file.name, file.read_bytes(), log) is None
    (finding,) = log.findings
    assert finding.code == "RK150"
    assert finding.args["advice"]
    return f"{finding.args['reason']}；{finding.args['advice']}"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空的"),
        (OLE + "WordDocument".encode("utf-16-le"), "旧版 Word"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (OLE + "Workbook".encode("utf-16-le"), "旧版 Excel"),
        (OLE, "旧格式"),
        (b"%PDF-1.7", ".pdf"),
        (b"{\\rtf1", "RTF"),
        (b"<html><body>", "网页"),
        (b"\xef\xbb\xbf<!DOCTYPE html>", "网页"),
        (b"MIME-Version: 1.0\r\n", "MHTML"),
        (b'<?xml version="1.0"?><pkg:package/>', "XML"),
        (b"\x89PNG\r\n", "图片"),
        (b"Rar!\x1a\x07", "压缩包"),
        ("年度报告".encode("gb18030"), ".txt"),
        (b"\x01\x02\x00\x03", "不是 Office 文件"),
        (b"PK\x03\x04" + bytes(100), "不完整"),
    ],
)
def test_what_the_file_really_is(tmp_path: Path, content: bytes, words: str) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(content)
    assert words in refusal(file)


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        ({"a.txt": b"x"}, "压缩包"),
        (
            {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b""},
            "OpenDocument",
        ),
        (package("", main_type=_SHEET), "Excel 工作簿"),
        (package("", main_type="x.presentationml.y"), "PowerPoint"),
        ({**package(""), "word/document.xml": b"<w:document"}, "损坏"),
        ({**package(""), "word/document.xml": b"\xff\xfe\x00"}, "损坏"),
        ({**package(""), "word/document.xml": part("w:document", "").encode()}, "没有正文"),
        ({**package(""), "../x": b""}, "指向外部"),
        ({**package(""), "C:\\x": b""}, "指向外部"),
        ({**package(""), "WORD/Document.xml": b""}, "两个"),
        ({**package(""), "word/media/a.png": bytes(8_000_000)}, "压缩炸弹"),
        ({**package(""), **{f"x{n}": b"" for n in range(10_001)}}, "10005 个文件"),
    ],
)
def test_what_is_wrong_with_the_package(
    tmp_path: Path, entries: dict[str, bytes], words: str
) -> None:
    assert words in refusal(write(tmp_path / "a.docx", entries))


@pytest.mark.parametrize("codec", ["utf-8", "utf-16"])
def test_entities_are_never_followed(tmp_path: Path, codec: str) -> None:
    secret = tmp_path / "secret"
    secret.write_text("秘密")
    text = (
        f'<!DOCTYPE w:document [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>"
    )
    entries = {**package(""), "word/document.xml": text.encode(codec)}
    assert "DOCTYPE" in refusal(write(tmp_path / "a.docx", entries))


def test_passwords_of_the_archive(tmp_path: Path) -> None:
    file = write(tmp_path / "a.docx", package(para("甲")))
    content = bytearray(file.read_bytes())
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        content[at + 8] |= 1
        at = content.find(b"PK\x01\x02", at + 1)
    file.write_bytes(content)
    assert "密码" in refusal(file)


def test_a_directory_too_large_is_not_loaded(tmp_path: Path) -> None:
    file = write(tmp_path / "a.docx", package(para("甲")))
    content = bytearray(file.read_bytes())
    struct.pack_into("<L", content, content.rfind(b"PK\x05\x06") + 12, 400_000_000)
    file.write_bytes(content)
    assert "目录过大" in refusal(file)


def test_damaged_entries(tmp_path: Path) -> None:
    file = write(tmp_path / "a.docx", package(para("甲" * 3000)))
    content = bytearray(file.read_bytes())
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        start = archive.getinfo("word/document.xml").header_offset
    for at in range(start + 60, start + 120):
        content[at] ^= 0x55
    file.write_bytes(content)
    assert "损坏" in refusal(file)


@pytest.mark.parametrize("keep", [0.1, 0.5, 0.9, 0.99])
def test_truncated_files(tmp_path: Path, keep: float) -> None:
    file = write(tmp_path / "a.docx", package(para("甲" * 3000)))
    content = file.read_bytes()
    file.write_bytes(content[: int(len(content) * keep)])
    assert "不完整" in refusal(file)


def test_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write(tmp_path / "a.docx", package(para("甲") * 20))
    monkeypatch.setattr(document, "ITEM_LIMIT", 10)
    assert "10 处文字" in refusal(file)
    monkeypatch.setattr(document, "PARAGRAPH_LIMIT", 10)
    assert "10 个段落" in refusal(file)
    monkeypatch.setattr(document, "TAG_LIMIT", 30)
    assert "过大" in refusal(file)
    monkeypatch.setattr(ooxml, "FILE_LIMIT", 10)
    with pytest.raises(ooxml.Refused, match="MB"):
        ooxml.open_package(file, "docx")


def test_no_such_file(tmp_path: Path) -> None:
    for path in (tmp_path / "none.docx", tmp_path):
        with pytest.raises(ooxml.Refused, match="不存在"):
            ooxml.open_package(path, "docx")


def test_nesting_without_end(tmp_path: Path) -> None:
    body = "<w:smartTag>" * 300 + "</w:smartTag>" * 300
    assert refusal(write(tmp_path / "a.docx", package(para(body))))
    deep = para("<w:smartTag>" * 200 + "<w:r><w:t>底</w:t></w:r>" + "</w:smartTag>" * 200)
    assert texts(Word(tmp_path)(deep)) == ["底"]


def test_files_that_other_programs_write_otherwise(tmp_path: Path) -> None:
    usual = package(para("甲"))
    backslashes = {name.replace("/", "\\"): content for name, content in usual.items()}
    strict = {
        name: content.replace(
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        ).replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )
        for name, content in usual.items()
    }
    no_types = {name: c for name, c in usual.items() if name != "[Content_Types].xml"}
    for entries in (backslashes, strict, no_types):
        log = Log()
        stream = read_docx("a.docx", write(tmp_path / "a.docx", entries).read_bytes(), log)
        assert stream is not None, log.findings
        assert texts(stream) == ["甲"]
