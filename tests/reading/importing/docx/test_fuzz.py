"""Broken and twisted files never raise: they are read as far as they go, or refused."""

import io
import random
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from reportkit.reading.importing.docx import read_docx
from reportkit.reading.importing.stream import Stream, Text
from reportkit.reading.source import Log
from reportkit.writing.comments import Refused, write_comments
from tests.writing.comments.told import found

from .test_fields import BEGIN, END, SEPARATE, code
from .test_objects import CONTENT, IMAGE, INLINE, box
from .test_structure import STYLES, level, lists, numbered
from .test_tables import DOWN, GOES_ON
from .word import cell, field, package, para, read, row, run, styled, table, write

BODY = (
    styled("1", "一、概况")
    + para("前", '<w:ins w:id="1">' + run("增") + "</w:ins>", "<w:del w:id='2'><w:r><w:delText>删"
           "</w:delText></w:r></w:del>", field("REF x", "表1"), INLINE, box(para("框")))
    + numbered("项")
    + table(row(cell("甲", properties=DOWN), "乙"),
            row(cell("", properties=GOES_ON), cell(table(row("丙", "丁")), para())))
    + para(BEGIN + code("TOC") + SEPARATE, "目录") + para(END)
    + para('<w:sdt><w:sdtPr><w:tag w:val="k"/></w:sdtPr><w:sdtContent>' + run("控") +
           "</w:sdtContent></w:sdt>", '<w:r><w:footnoteReference w:id="5"/></w:r>')
    + '<w:sectPr><w:pgSz w:w="11906"/><w:pgMar w:left="1000" w:right="1000"/></w:sectPr>'
)  # fmt: skip
PARTS = {
    "styles": STYLES,
    "numbering": lists(level(0, "%1."), level(1, "%1.%2")),
    "footnotes": f'<w:footnote w:id="5">{para("注")}</w:footnote>',
}
ENTRIES = package(BODY, PARTS, IMAGE, raw=CONTENT)


def survives(content: bytes) -> Stream | None:
    """Read: a stream, or nothing and one RK150."""
    log = Log()
    stream = read_docx("a.docx", content, log)
    if stream is None:
        assert [finding.code for finding in log.findings] == ["RK150"]
        return None
    assert not log.findings
    assert {finding.code for finding in stream.findings} <= {"RK151", "RK152"}
    return stream


def zipped(entries: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()


PACKED = zipped(ENTRIES)


def test_the_file_to_be_twisted_is_whole() -> None:
    stream = survives(PACKED)
    assert stream is not None
    assert not [finding for finding in stream.findings if finding.code == "RK152"]


@given(
    st.lists(
        st.tuples(st.integers(0, len(PACKED) - 1), st.integers(1, 255)), min_size=1, max_size=8
    )
)
@settings(max_examples=150, deadline=None)
def test_bytes_of_the_archive(changes: Sequence[tuple[int, int]]) -> None:
    content = bytearray(PACKED)
    for at, change in changes:
        content[at] ^= change
    survives(bytes(content))


@given(st.integers(0, len(PACKED)), st.binary(max_size=40))
@settings(max_examples=60, deadline=None)
def test_cut_and_lengthened_archives(at: int, more: bytes) -> None:
    survives(PACKED[:at] + more)
    survives(PACKED[:at] + more + PACKED[at:])


@given(st.sampled_from(sorted(ENTRIES)), st.integers(0, 10_000), st.binary(max_size=6))
@settings(max_examples=100, deadline=None)
def test_bytes_of_a_part(name: str, at: int, new: bytes) -> None:
    old = ENTRIES[name]
    at %= len(old)
    survives(zipped({**ENTRIES, name: old[:at] + new + old[at + len(new) :]}))


ODD = ("", "-1", "99999999999", "甲", "0.5", "restart", "continue", "9e999", "nan", "0x10", "5")


def twist(content: bytes, chance: random.Random) -> bytes:
    """Elements moved, doubled, removed and renamed; attributes given odd values."""
    root = etree.fromstring(content)
    for _ in range(chance.randint(1, 12)):
        elements = [item for item in root.iter() if item.getparent() is not None]
        if not elements:
            break
        one, other = chance.choice(elements), chance.choice(elements)
        match chance.randrange(6):
            case 0:
                if other not in one.iter():
                    other.append(one)
            case 1:
                other.addnext(etree.fromstring(etree.tostring(one)))
            case 2:
                one.getparent().remove(one)
            case 3:
                one.tag = other.tag
            case 4 if one.attrib:
                key = chance.choice(list(one.attrib))
                one.set(
                    key, chance.choice(["", "-1", "99999999999", "甲", "0.5", "restart", "9e999"])
                )
            case 5:
                one.attrib.clear()
    return etree.tostring(root)


@given(st.integers(0, 2**32))
@settings(max_examples=250, deadline=None)
def test_twisted_xml(seed: int) -> None:
    chance = random.Random(seed)
    name = chance.choice(
        ["word/document.xml"] * 5 + ["word/styles.xml", "word/numbering.xml", "word/footnotes.xml"]
    )
    survives(zipped({**ENTRIES, name: twist(ENTRIES[name], chance)}))


@given(st.integers(0, 2**32))
@settings(max_examples=60, deadline=None)
def test_twisted_files_can_be_commented(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    folder = tmp_path_factory.mktemp("f")
    entries = {
        **ENTRIES,
        "word/document.xml": twist(ENTRIES["word/document.xml"], random.Random(seed)),
    }
    file, out = write(folder / "a.docx", entries), folder / "b.docx"
    told = [found("x", n, quote) for n, quote in enumerate("一前框项甲乙丙目控", 1)] + [found("y")]
    try:
        write_comments(file, told, out)
    except Refused:
        assert not out.exists()
    else:
        assert said(read(out)) == said(read(file))


def said(stream: Stream) -> list[tuple[str, ...]]:
    """The texts of a stream with what is known of them."""
    return [
        (i.text, i.role, i.number, i.key) if isinstance(i, Text) else (type(i).__name__,)
        for i in stream.items
    ]


def test_relations_to_anything(tmp_path: Path) -> None:
    for target in ("", "/", "../../..", "document.xml", "%00", "styles.xml#x", "\\\\host\\x"):
        entries = package(para(INLINE), PARTS, (("I", "image", target),))
        assert survives(write(tmp_path / "a.docx", entries).read_bytes()) is not None


@pytest.mark.parametrize("width", ["9e999", "nan", "甲", "-5", ""])
def test_page_sizes_that_are_no_sizes(tmp_path: Path, width: str) -> None:
    size = f'<w:sectPr><w:pgSz w:w="{width}"/><w:pgMar w:left="{width}"/></w:sectPr>'
    entries = package(para(INLINE) + size, PARTS, IMAGE, raw=CONTENT)
    assert survives(write(tmp_path / "a.docx", entries).read_bytes()) is not None
