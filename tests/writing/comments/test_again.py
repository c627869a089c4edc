"""A commented file that is checked again: old remarks give way to new ones, answers stay."""

from pathlib import Path

import pytest
from lxml import etree

from reportkit.writing.comments import write_comments
from tests.reading.importing.docx.word import Word, package, para, read, relations, told, write

from .told import W, commented, found, parts

_EXTENDED = "http://schemas.microsoft.com/office/word/2012/wordml"


@pytest.fixture
def word(tmp_path: Path) -> Word:
    return Word(tmp_path)


def test_remarks_of_an_earlier_check_give_way(word: Word) -> None:
    file = word.write(para("七、面临挑战") + para("后文"))
    once, twice = file.with_name("1次.docx"), file.with_name("2次.docx")
    write_comments(file, [found("旧一", 1, "七、"), found("旧二", 2), found("旧三")], once)
    assert told(read(once)) == {}
    write_comments(once, [found("新", 2, "后")], twice)
    assert [(text, said.split("\n")[1]) for text, said in commented(twice)] == [("后", "新")]
    root = etree.fromstring(parts(twice)["word/document.xml"])
    assert len(list(root.iter(f"{W}commentReference"))) == 1
    assert all(len(run) > 1 or run[0].tag != f"{W}rPr" for run in root.iter(f"{W}r") if len(run))


def test_answered_remarks_stay_with_their_answers(tmp_path: Path) -> None:
    def said(identity: int, author: str, text: str) -> str:
        paragraph = f'<w:p w14:paraId="0000000{identity}"><w:r><w:t>{text}</w:t></w:r></w:p>'
        return f'<w:comment w:id="{identity}" w:author="{author}">{paragraph}</w:comment>'

    def mark(identity: int, text: str) -> str:
        return (
            f'<w:commentRangeStart w:id="{identity}"/><w:r><w:t>{text}</w:t></w:r>'
            f'<w:commentRangeEnd w:id="{identity}"/>'
            f'<w:r><w:commentReference w:id="{identity}"/></w:r>'
        )

    comments = said(1, "reportkit", "问") + said(2, "写稿人", "答") + said(3, "reportkit", "旧")
    entries = "".join(
        f'<w15:commentEx w15:paraId="0000000{n}"{parent} w15:done="0"/>'
        for n, parent in [(1, ""), (2, ' w15:paraIdParent="00000001"'), (3, "")]
    )
    extended = f'<w15:commentsEx xmlns:w15="{_EXTENDED}">{entries}</w15:commentsEx>'
    entries_ = package(para(mark(1, "甲"), mark(2, ""), mark(3, "乙")), {"comments": comments})
    entries_["word/commentsExtended.xml"] = extended.encode()
    entries_["word/_rels/document.xml.rels"] = relations(
        ("k0", "comments", "comments.xml"), ("k1", "commentsExtended", "commentsExtended.xml")
    ).encode()
    file, out = write(tmp_path / "a.docx", entries_), tmp_path / "b.docx"
    write_comments(file, [found("新", 1, "乙")], out)
    after = parts(out)
    ids = [c.get(f"{W}id") for c in etree.fromstring(after["word/comments.xml"])]
    assert ids == ["1", "2", "4"] or ids == ["1", "2", "3"]
    assert [text for text, _ in commented(out)] == ["甲", "乙"]
    left = etree.fromstring(after["word/commentsExtended.xml"])
    assert [item.get(f"{{{_EXTENDED}}}paraId") for item in left] == ["00000001", "00000002"]
