"""Nothing is lost: every character of documents that other programs wrote is read or set aside."""

import io
import zipfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from reportkit.model.report import Heading, plain
from reportkit.reading.importing.docx import read_docx
from reportkit.reading.importing.docx.names import W
from reportkit.reading.importing.stream import Grid, Plot, Stream, Text
from reportkit.reading.source import Log
from reportkit.writing import load_style, write_docx
from reportkit.writing.docx.walk import walk
from tests.writing.sample_report import sample
from tests.writing.tools import _convert
from tests.writing.words import texts

from .word import read

WORDS = st.text(st.sampled_from("甲乙丙丁一二三年表图案例（）、。 12345.%\tab"), max_size=12)
BLOCKS = st.lists(
    st.one_of(
        st.tuples(st.just("heading"), st.integers(1, 4), WORDS),
        st.tuples(st.just("para"), st.lists(WORDS, max_size=4), st.booleans()),
        st.tuples(st.just("list"), st.sampled_from(["List Bullet", "List Number"]), WORDS),
        st.tuples(st.just("table"), st.integers(1, 4), st.lists(WORDS, min_size=1, max_size=9)),
        st.tuples(st.just("margin"), WORDS, WORDS),
    ),
    max_size=8,
)


def build(blocks: list[tuple[str, object, object]]) -> bytes:
    """A document by python-docx."""
    made = docx.Document()
    for kind, first, second in blocks:
        if kind == "heading":
            made.add_heading(str(second), int(first))  # type: ignore[call-overload]
        elif kind == "para":
            paragraph = made.add_paragraph()
            for text in first:  # type: ignore[attr-defined]
                paragraph.add_run(text).bold = bool(second)
        elif kind == "list":
            made.add_paragraph(str(second), style=str(first))
        elif kind == "table":
            _table(made, int(first), second)  # type: ignore[call-overload,arg-type]
        else:
            made.sections[0].header.paragraphs[0].text = str(first)
            made.sections[0].footer.paragraphs[0].text = str(second)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def _table(made: docx.document.Document, columns: int, texts: list[str]) -> None:
    table = made.add_table(-(-len(texts) // columns), columns)
    cells = [cell for row in table.rows for cell in row.cells]
    for cell, text in zip(cells, texts, strict=False):
        cell.text = text
    if len(cells) > columns:
        cells[0].merge(cells[columns])


def characters(text: str) -> Counter[str]:
    """How often each character stands there; blanks do not count."""
    return Counter("".join(text.split()))


def all_text(stream: Stream) -> str:
    """Everything that a stream holds, automatic numbers left out."""
    made = [item.text for item in stream.items if isinstance(item, Text)]
    for item in stream.items:
        if isinstance(item, Grid):
            made += [cell.text for cell in item.cells]
        elif isinstance(item, Plot):
            made += [cell for row in item.rows for cell in row] + [item.title]
    made += [note.text for note in stream.notes.values()]
    return "".join(made + [aside.text for aside in stream.asides])


def in_file(content: bytes) -> str:
    """Every ``w:t`` of body, header and footer."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [
            n for n in archive.namelist() if n.startswith(("word/doc", "word/head", "word/foot"))
        ]
        roots = [etree.fromstring(archive.read(n)) for n in names if n.endswith(".xml")]
    return "".join(t.text or "" for root in roots for t in root.iter(f"{W}t"))


@given(BLOCKS)
@settings(max_examples=40, deadline=None)
def test_no_character_of_a_generated_document_is_lost(
    blocks: list[tuple[str, object, object]],
) -> None:
    content = build(blocks)
    stream = read_docx("a.docx", content, Log())
    assert stream is not None
    assert characters(all_text(stream)) == characters(in_file(content))


def shown(stream: Stream) -> str:
    """Texts, numbers and cells in their order, without blanks."""
    made = []
    for item in stream.items:
        if isinstance(item, Text):
            made.append(item.number + item.text)
        elif isinstance(item, Grid):
            made += [cell.text for cell in item.cells]
    return "".join("".join(made).split())


def missing(wanted: Sequence[str], text: str) -> list[str]:
    """What is wanted and does not stand in ``text`` in this order."""
    at, lost = 0, []
    for words in wanted:
        dense = _dense(words)
        found = text.find(dense, at)
        if found < 0:
            lost.append(words)
        else:
            at = found + len(dense)
    return lost


def outline(stream: Stream) -> list[tuple[int | None, str]]:
    """Headings with the numbers that Word counts, without blanks."""
    return [
        (item.level, "".join((item.number + item.text).split()))
        for item in stream.items
        if isinstance(item, Text) and item.role == "heading"
    ]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("whole")


@pytest.mark.parametrize("numbering", ["chinese", "decimal"])
def test_a_report_that_we_wrote_is_read_back(folder: Path, numbering: str) -> None:
    report = sample(numbering)
    file = folder / f"{numbering}.docx"
    write_docx(report, load_style("official"), file)
    stream = read(file)
    assert missing(texts(report), shown(stream)) == []
    wanted = [
        (block.level, "".join((block.number + plain(block.runs)).split()))
        for one in report.parts
        for block in walk(one.blocks)
        if isinstance(block, Heading) and block.in_toc
    ]
    assert [entry for entry in outline(stream) if entry in wanted] == wanted
    notes = [note.text for note in stream.notes.values()]
    assert list(map(_dense, notes)) == [_dense(plain(n.runs)) for n in report.footnotes]
    assert len([i for i in stream.items if isinstance(i, Grid)]) >= 3
    assert {i.role for i in stream.items if isinstance(i, Text)} >= {
        "heading", "caption", "toc", "case", "list", "note", "sign_off",
    }  # fmt: skip


def _dense(text: str) -> str:
    """Without blanks, and without the control character that no file can hold."""
    return "".join(text.replace("\x07", "").split())


@pytest.mark.parametrize("numbering", ["chinese", "decimal"])
def test_a_report_saved_by_libre_office_reads_the_same(folder: Path, numbering: str) -> None:
    report = sample(numbering)
    file = folder / f"{numbering}-{numbering}.docx"
    write_docx(report, load_style("official"), file)
    again = folder / "again"
    again.mkdir(exist_ok=True)
    odt = _convert(file, "odt", ".odt")
    saved = _convert(odt.rename(again / odt.name), "docx", ".docx")
    before, after = read(file), read(saved)
    assert outline(after) == outline(before)
    assert missing(texts(report), shown(after)) == []
    assert [_rows(i) for i in after.items if isinstance(i, Grid)] == [
        _rows(i) for i in before.items if isinstance(i, Grid)
    ]
    assert len(after.notes) == len(before.notes)


def _rows(grid: Grid) -> list[tuple[str, int, int, int, int]]:
    return [(_dense(c.text), c.row, c.column, c.rowspan, c.colspan) for c in grid.cells]
