"""The produced PDF, read back: words, order, pages, bookmarks, fonts, metadata."""

import io
import re
from typing import Any

import pytest
from pypdf import PdfReader

from reportkit.model.report import FootnoteText, Para, Part, Report, Run, plain
from reportkit.model.standard import PartKind
from reportkit.writing import layout, load_style, write_pdf
from reportkit.writing.charts import scene
from reportkit.writing.charts.scene import Words
from reportkit.writing.plan import missing_picture

from ..sample_report import sample
from ..words import block_texts
from .made import laid_out, only, page_texts, printed_labels, read, reader, squeezed

STYLES = ("official", "plain")


def expected_words(report: Report) -> str:
    """All words of the body, with those in place of missing pictures, in print order."""
    found: list[str] = []
    for part in report.parts:
        for block in part.blocks:
            if block.type == "figure":
                found += [missing_picture(p) for p in block.pictures if p.asset is None]
            found += block_texts(block)
    return squeezed("".join(found)).replace("\x07", "")


def without_charts(text: str, report: Report, style: Any) -> str:
    """The text of the body without that inside of charts, which must be there."""
    for part in report.parts:
        for block in part.blocks:
            if block.type == "chart":
                marks = scene(block, style).marks
                words = squeezed("".join(m.text for m in marks if isinstance(m, Words)))
                assert words in text
                text = text.replace(words, "", 1)
    return text


@pytest.mark.parametrize("name", STYLES)
def test_the_words_of_the_body_stand_in_the_order_of_the_report(name: str) -> None:
    report, style = only(sample(), PartKind.BODY), load_style(name)
    style = style.model_copy(update={"header": ""})
    pages = page_texts(read(layout(report, style)))
    numbers = style.page_number.pattern.replace(" ", "")
    text = "".join(
        page.removesuffix(numbers.replace("{n}", str(n))) for n, page in enumerate(pages, 1)
    )
    text = without_charts(text, report, style)
    for note in report.footnotes:
        mark = squeezed(plain(note.runs))
        assert mark in text
        text = text.replace(mark, "", 1)
    assert text == squeezed(report.title) + expected_words(report)


@pytest.mark.parametrize("name", STYLES)
def test_every_contents_line_shows_the_page_on_which_its_heading_stands(name: str) -> None:
    report, made = sample(), laid_out(name)
    pages = page_texts(reader(name))
    lists = [part for part in report.parts if part.entries]
    assert len(lists) == 4
    contents = "".join(pages)
    for part in lists:
        for entry in part.entries:
            label = made.pages[entry.anchor]
            assert squeezed(entry.text) + label in contents
            assert label != "0"


def test_page_labels_are_those_printed_at_the_foot() -> None:
    made, labels = laid_out("official"), printed_labels(reader("official"))
    assert labels[0] == ""  # the cover
    assert [label for label in labels if label][:6] == ["i", "ii", "iii", "iv", "v", "vi"]
    body = labels[labels.index("1") :]
    assert body == [str(n) for n in range(1, len(body) + 1)]
    pages = page_texts(reader("official"))
    for entry in next(p for p in sample().parts if p.kind is PartKind.TOC).entries:
        page = pages[labels.index(made.pages[entry.anchor])]
        assert squeezed(entry.text) in page


@pytest.mark.parametrize("name", STYLES)
def test_bookmarks_follow_the_headings(name: str) -> None:
    outline: list[tuple[int, str]] = []

    def walk(items: list[Any], level: int) -> None:
        for item in items:
            if isinstance(item, list):
                walk(item, level + 1)
            else:
                outline.append((level, item.title))

    walk(reader(name).outline, 1)
    headings = [
        (block.level, block.text)
        for part in sample().parts
        for block in part.blocks
        if block.type == "heading"
    ]
    assert [item for item in outline if item in headings] == headings
    assert (1, "前言") in outline


@pytest.mark.parametrize("name", STYLES)
def test_all_fonts_are_embedded_as_subsets(name: str) -> None:
    fonts = set()
    for page in reader(name).pages:
        for reference in page["/Resources"]["/Font"].values():
            font = reference.get_object()
            descendant = font["/DescendantFonts"][0].get_object()
            descriptor = descendant["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & descriptor.keys()
            assert re.match(r"/[A-Z]{6}\+", font["/BaseFont"])
            fonts.add(font["/BaseFont"])
    assert len(fonts) >= 3


def test_metadata_say_what_the_report_is() -> None:
    pdf = reader("official")
    assert pdf.metadata is not None
    assert pdf.metadata.title == "示例区职业教育质量年度报告"
    assert pdf.metadata.author == "示例区教育委员会"
    assert str(pdf.metadata["/CreationDate"]).startswith("D:20231220")
    assert pdf.trailer["/Root"]["/Lang"] == "zh-CN"


def test_links_lead_to_web_addresses_and_into_the_report() -> None:
    targets, inside = set(), 0
    for page in reader("official").pages:
        for annotation in page.get("/Annots", ()):
            action = annotation.get_object()
            if "/A" in action and "/URI" in action["/A"]:
                targets.add(action["/A"]["/URI"])
            else:
                inside += 1
    assert "https://www.example.org/moe" in targets
    assert inside > 20


def test_a_wide_table_stands_on_a_page_on_its_side() -> None:
    sizes = {(float(page.mediabox.width) > 700) for page in reader("official").pages}
    assert sizes == {True, False}
    wide = [t for p, t in zip(reader("official").pages, page_texts(reader("official")), strict=True)
            if float(p.mediabox.width) > 700]  # fmt: skip
    assert len(wide) == 1
    assert "各项指标一览" in wide[0]


def test_page_numbers_stand_outside_and_gutters_change_sides() -> None:
    left: dict[bool, set[int]] = {True: set(), False: set()}
    number: dict[bool, set[bool]] = {True: set(), False: set()}
    for index, page in enumerate(reader("official").pages):
        if float(page.mediabox.width) > 700 or index < 2:
            continue
        found: list[tuple[str, float]] = []

        def visit(text: str, _: Any, matrix: Any, *rest: Any, into: Any = found) -> None:
            if text.strip():
                into.append((text.strip(), matrix[4]))

        page.extract_text(visitor_text=visit)
        odd = index % 2 == 0
        number[odd].add(found[-1][1] > 300)
        left[odd].add(round(min(x for _, x in found[:-1])))
    assert number == {True: {True}, False: {False}}
    assert 106 in left[True]  # 28 mm in CSS pixels
    assert 98 in left[False]  # 26 mm


def test_a_long_table_repeats_its_header_and_says_that_it_goes_on() -> None:
    report = sample()
    annex = next(part for part in report.parts if part.kind is PartKind.ANNEX)
    table = annex.blocks[1]
    assert table.type == "table"
    caption = table.caption.model_copy(update={"label": "表4-1", "label_print": "表4-1 "})
    table = table.model_copy(update={"caption": caption})
    annex = annex.model_copy(update={"blocks": (annex.blocks[0], table, annex.blocks[0])})
    pages = page_texts(read(layout(report.model_copy(update={"parts": (annex,)}), load_style())))
    assert len(pages) == 3
    assert all("指标2021年2022年比值" in page for page in pages)
    assert ["表4-1（续）" in page for page in pages] == [False, True, True]


def test_footnotes_begin_anew_on_each_page_or_run_on() -> None:
    notes = tuple(FootnoteText(mark=f"{n + 1}", runs=(Run(text=f"脚注{n}。"),)) for n in range(4))
    blocks = tuple(
        Para(runs=(Run(text=f"第{n}段" + "文字" * 320), Run(footnote=n), Run(text="。")))
        for n in range(4)
    )
    part = Part(kind=PartKind.BODY, anchor="a", blocks=blocks)
    report = sample().model_copy(update={"parts": (part,), "footnotes": notes})

    def marks(report: Report) -> list[str]:
        text = "".join(page.extract_text() for page in read(layout(report, load_style())).pages)
        return re.findall(r"(\S)\s*脚注\s*\d", text.replace("\u2060", ""))

    assert marks(report.model_copy(update={"footnotes_restart": "report"})) == list("1234")
    assert set(marks(report)) <= {"①", "②"}
    assert marks(report)[0] == "①"


def test_a_draft_says_so_on_every_page() -> None:
    report = sample(draft=True)
    pages = page_texts(read(layout(only(report, PartKind.PREFACE, PartKind.BODY), load_style())))
    assert all("草稿" in page for page in pages)
    assert not any("草稿" in page for page in page_texts(reader("official")))


def test_the_file_appears_whole_or_not_at_all(tmp_path: Any, monkeypatch: Any) -> None:
    target = tmp_path / "r.pdf"
    made = write_pdf(only(sample(), PartKind.PREFACE), load_style("plain"), target)
    before = target.read_bytes()
    assert before.startswith(b"%PDF-")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(type(target), "replace", full)
    with pytest.raises(OSError, match="No space"):
        made.write(target)
    assert [file.name for file in tmp_path.iterdir()] == ["r.pdf"]
    assert target.read_bytes() == before


def test_the_file_is_tagged_for_screen_readers() -> None:
    root = reader("official").trailer["/Root"]
    kinds: list[str] = []
    alternatives: list[str] = []

    def walk(node: Any) -> None:
        node = node.get_object()
        if not isinstance(node, dict):
            return
        kinds.append(str(node.get("/S", "")))
        if node.get("/S") == "/Figure":
            alternatives.append(str(node.get("/Alt", "")))
        below = node.get("/K", [])
        for child in below if isinstance(below, list) else [below]:
            if not isinstance(child, int):
                walk(child)

    walk(root["/StructTreeRoot"])
    assert {"/H1", "/H2", "/P", "/Table", "/TH", "/TD", "/L", "/LI", "/Figure", "/Link"} <= {*kinds}
    assert "实训基地的平面布置。" in alternatives
    assert any(text.startswith("柱形图：") for text in alternatives)
    assert all(alternatives)


@pytest.mark.parametrize("form", ["ua", "a3", "plain"])
def test_the_forms_of_the_file(form: Any) -> None:
    made = layout(only(sample(), PartKind.PREFACE), load_style("plain"))
    content = made.content(form)
    assert content == made.content(form)
    root = PdfReader(io.BytesIO(content)).trailer["/Root"]
    metadata = root["/Metadata"].get_data() if "/Metadata" in root else b""
    assert (b"pdfuaid" in metadata) == (form != "plain")
    assert (b"pdfaid" in metadata) == (form == "a3")
