"""What a Word user finds: styles, lists, captions, fields, notes, sections, tables."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reportkit.model.report import Label, RCase, RList, RListItem, Run
from reportkit.model.standard import PartKind
from reportkit.writing import load_style
from reportkit.writing.docx.estimate import estimate
from tests.writing.docx import reports
from tests.writing.docx.conftest import Written
from tests.writing.sample_report import sample
from tests.writing.tools import W, part, pdf_pages, to_pdf


@pytest.fixture
def document(written: Written) -> Any:
    return part(written("chinese", "official"), "word/document.xml")


def value(element: Any, path: str) -> str | None:
    found = element.find(path.replace("w:", W))
    return None if found is None else found.get(f"{W}val")


def words(element: Any) -> str:
    return "".join(item.text or "" for item in element.iter(f"{W}t"))


def instructions(root: Any) -> list[str]:
    return [(item.text or "").strip() for item in root.iter(f"{W}instrText")]


def paragraphs(root: Any, style: str) -> list[Any]:
    return [p for p in root.iter(f"{W}p") if value(p, "w:pPr/w:pStyle") == style]


def test_styles_by_the_names_that_word_translates(written: Written) -> None:
    styles = part(written("chinese", "official"), "word/styles.xml")
    names = {s.get(f"{W}styleId"): value(s, "w:name") for s in styles.iter(f"{W}style")}
    assert {
        "Normal": "Normal",
        "NormalIndent": "Normal Indent",
        "Heading1": "heading 1",
        "Heading9": "heading 9",
        "Caption": "caption",
        "TOC1": "toc 1",
        "TableofFigures": "table of figures",
        "FootnoteText": "footnote text",
        "FootnoteReference": "footnote reference",
        "Header": "header",
        "Footer": "footer",
    }.items() <= names.items()
    headings = [s for s in styles.iter(f"{W}style") if s.get(f"{W}styleId") == "Heading2"]
    assert value(headings[0], "w:pPr/w:outlineLvl") == "1"
    assert value(headings[0], "w:pPr/w:numPr/w:ilvl") == "1"
    body = next(s for s in styles.iter(f"{W}style") if s.get(f"{W}styleId") == "NormalIndent")
    indent = body.find(f"{W}pPr/{W}ind")
    assert indent.get(f"{W}firstLineChars") == "200"
    assert value(body, "w:rPr/w:sz") == "32"
    assert value(body, "w:rPr/w:spacing") == "-5"


def test_chinese_fonts_by_name_and_language_on_every_run(written: Written) -> None:
    for name in ("styles", "document", "footnotes", "numbering"):
        root = part(written("chinese", "official"), f"word/{name}.xml")
        for fonts in root.iter(f"{W}rFonts"):
            assert fonts.get(f"{W}hint") == "eastAsia"
            assert not [key for key in fonts.attrib if "Theme" in key]
    document = part(written("chinese", "official"), "word/document.xml")
    for run in document.iter(f"{W}r"):
        if run.find(f"{W}t") is not None:
            language = run.find(f"{W}rPr/{W}lang")
            assert language.get(f"{W}eastAsia") == "zh-CN"
    table = part(written("chinese", "official"), "word/fontTable.xml")
    alternatives = {f.get(f"{W}name"): value(f, "w:altName") for f in table}
    assert alternatives["仿宋_GB2312"] == "仿宋"


def test_headings_are_numbered_by_their_styles(document: Any) -> None:
    assert words(paragraphs(document, "Heading1")[1]) == "基本概况"
    assert value(paragraphs(document, "Heading1")[0], "w:pPr/w:numPr/w:numId") == "0"
    assert value(paragraphs(document, "Heading2")[0], "w:pPr/w:numPr/w:numId") != "1"
    assert paragraphs(document, "Heading2")[3].find(f"{W}pPr/{W}numPr") is None


def test_captions_count_and_references_repeat_them(document: Any, written: Written) -> None:
    first = paragraphs(document, "Caption")[0]
    assert words(first) == "表1-1 招生、在校生规模与上年相比"
    assert instructions(first) == ["SEQ 章 \\c \\* ARABIC", "SEQ 表 \\* ARABIC \\s 1"]
    (name,) = (
        b.get(f"{W}name")
        for b in first.iter(f"{W}bookmarkStart")
        if b.get(f"{W}name").startswith("_Ref")
    )
    assert f"REF {name} \\h" in instructions(document)
    chapter = paragraphs(document, "Heading1")[1]
    assert instructions(chapter) == [
        "SEQ 图 \\h \\r 0",
        "SEQ 案例 \\h \\r 0",
        "SEQ 表 \\h \\r 0",
        "SEQ 章 \\h",
    ]
    decimal = part(written("decimal", "official"), "word/document.xml")
    assert instructions(paragraphs(decimal, "Caption")[0])[0] == "STYLEREF 1 \\s"


def test_contents_and_lists_are_fields_with_entries(document: Any) -> None:
    found = [text for text in instructions(document) if text.startswith("TOC")]
    assert found == [
        'TOC \\o "1-3" \\h \\z',
        'TOC \\h \\z \\c "表"',
        'TOC \\h \\z \\c "图"',
        "TOC \\h \\z \\f C",
    ]
    report = sample()
    entries = [entry.text for p in report.parts for entry in p.entries]
    lines = [p for n in (1, 2, 3) for p in paragraphs(document, f"TOC{n}")]
    lines += paragraphs(document, "TableofFigures")
    assert len(lines) == len(entries)
    assert all(words(line)[-1].isdigit() for line in lines)


def test_nothing_asks_to_be_updated(written: Written) -> None:
    settings = part(written("chinese", "official"), "word/settings.xml")
    assert settings.find(f"{W}updateFields") is None
    document = part(written("chinese", "official"), "word/document.xml")
    assert not [item for item in document.iter() if item.get(f"{W}dirty")]


def test_footnotes(document: Any, written: Written) -> None:
    notes = part(written("chinese", "official"), "word/footnotes.xml")
    ids = [note.get(f"{W}id") for note in notes]
    assert ids == ["-1", "0", "1", "2", "3"]
    marks = [r.get(f"{W}id") for r in document.iter(f"{W}footnoteReference")]
    assert sorted(marks) == ["1", "2", "3"]
    for section in document.iter(f"{W}sectPr"):
        notes_here = section.find(f"{W}footnotePr")
        assert value(notes_here, "w:numFmt") == "decimalEnclosedCircleChinese"
        assert value(notes_here, "w:numRestart") == "eachPage"


def test_sections(document: Any, written: Written) -> None:
    sections = list(document.iter(f"{W}sectPr"))
    numbers = [s.find(f"{W}pgNumType") for s in sections]
    assert [n.get(f"{W}fmt") for n in numbers[:3]] == ["decimal", "lowerRoman", "decimal"]
    assert [n.get(f"{W}start") for n in numbers] == ["1", "1", "1", None, None]
    turned = [s.find(f"{W}pgSz").get(f"{W}orient") for s in sections]
    assert turned == [None, None, None, "landscape", None]
    margins = sections[2].find(f"{W}pgMar")
    assert [margins.get(f"{W}{side}") for side in ("top", "left")] == ["2098", "1587"]
    settings = part(written("chinese", "official"), "word/settings.xml")
    assert settings.find(f"{W}mirrorMargins") is not None
    assert settings.find(f"{W}evenAndOddHeaders") is not None


def test_table(document: Any) -> None:
    table = next(document.iter(f"{W}tbl"))
    rows = list(table.iter(f"{W}tr"))
    assert [r.find(f"{W}trPr/{W}tblHeader") is not None for r in rows[:3]] == [True, True, False]
    assert all(r.find(f"{W}trPr/{W}cantSplit") is not None for r in rows)
    first = [value(cell, "w:tcPr/w:vMerge") for cell in rows[0].iter(f"{W}tc")]
    assert first == ["restart", None, None]
    assert value(next(rows[1].iter(f"{W}tc")), "w:tcPr/w:vMerge") == "continue"
    assert value(list(rows[0].iter(f"{W}tc"))[1], "w:tcPr/w:gridSpan") == "2"
    widths = [int(c.get(f"{W}w")) for c in table.iter(f"{W}gridCol")]
    assert sum(widths) == 8844


def test_chapters_on_new_pages_only_by_style(written: Written) -> None:
    for style, expected in (("official", False), ("plain", True)):
        styles = part(written("chinese", style), "word/styles.xml")
        heading = next(s for s in styles.iter(f"{W}style") if s.get(f"{W}styleId") == "Heading1")
        assert (heading.find(f"{W}pPr/{W}pageBreakBefore") is not None) is expected


def test_emphasis_is_kai_not_slanted(document: Any) -> None:
    run = next(r for r in document.iter(f"{W}r") if words(r) == "斜体")
    assert run.find(f"{W}rPr/{W}i") is None
    assert run.find(f"{W}rPr/{W}rFonts").get(f"{W}eastAsia") == "楷体_GB2312"


def test_estimated_pages_are_near_the_real_ones(written: Written) -> None:
    pages = pdf_pages(to_pdf(written("chinese", "official")))
    squeezed = ["".join(page.split()) for page in pages]
    first = next(n for n, page in enumerate(squeezed) if page.endswith("—1—"))
    report = sample()
    estimated = estimate(report, load_style("official"))
    toc = next(p for p in report.parts if p.kind is PartKind.TOC)
    for entry in toc.entries:
        text = "".join(entry.text.split())[:20]
        real = next(n for n, page in enumerate(squeezed) if n >= first and text in page)
        assert abs(int(estimated[entry.anchor]) - (real - first + 1)) <= 1


def test_a_report_without_cover_begins_with_its_title(write: Callable[..., Path]) -> None:
    made = part(write(reports.report([reports.body(reports.para("正文"))])), "word/document.xml")
    assert [words(p) for p in made.iter(f"{W}p")] == ["示例报告", "正文"]
    assert len(list(made.iter(f"{W}sectPr"))) == 1


def test_properties(written: Written) -> None:
    file: Path = written("chinese", "official")
    core = part(file, "docProps/core.xml")
    found = {child.tag.rpartition("}")[2]: child.text for child in core}
    assert found["title"] == "示例区职业教育质量年度报告"
    assert found["creator"] == "示例区教育委员会"
    assert found["language"] == "zh-CN"
    assert found["created"] == "2023-12-20T00:00:00Z"


def test_the_frame_of_a_case_runs_on_beside_its_tables(write: Callable[..., Path]) -> None:
    """Above a table no bottom line, below it no top line; the table has the frame's sides."""
    case = RCase(
        caption=Label(kind="case", anchor="case"),
        heading=(Run(text="案例"),),
        blocks=(reports.para("甲"), reports.grid(2, 2), reports.para("乙"), reports.para("丙")),
    )
    body = part(write(reports.report([reports.body(case)])), "word/document.xml")[0]
    sides: list[str] = []
    for item in body:
        lines = next(item.iter(f"{W}pBdr", f"{W}tblBorders"), None)
        if lines is not None:
            names = [line.tag.removeprefix(W)[0] for line in lines]
            sides.append(("table " if item.tag == f"{W}tbl" else "") + "".join(names))
    before, after = sides.index("table lr"), sides.index("table lr") + 1
    assert set(sides[:before]) == {"tlr"}
    assert set(sides[after:]) == {"lbr"}
    above = next(body.iter(f"{W}tbl")).getprevious()
    assert above.find(f"{W}pPr/{W}spacing").get(f"{W}after") == "0"


def test_two_cases_have_frames_of_their_own(write: Callable[..., Path]) -> None:
    """Word draws one frame around paragraphs with equal borders; a short line keeps them apart."""
    cases = [
        RCase(
            caption=Label(kind="case", anchor=name),
            heading=(Run(text=name),),
            blocks=(reports.para("文"),),
        )
        for name in ("甲", "乙")
    ]
    body = part(write(reports.report([reports.body(*cases)])), "word/document.xml")[0]
    framed = [next(p.iter(f"{W}pBdr"), None) is not None for p in body.iter(f"{W}p")]
    assert framed[1:] == [True, True, False, True, True]  # after the title


def test_a_list_in_a_case_stands_in_its_frame(write: Callable[..., Path]) -> None:
    """Word draws one frame only around paragraphs whose left and right indents are equal."""
    items = tuple(RListItem(marker=f"{n}.", blocks=(reports.para("文"),)) for n in (1, 2))
    case = RCase(
        caption=Label(kind="case", anchor="case"),
        heading=(Run(text="案例"),),
        blocks=(reports.para("甲"), RList(ordered=True, items=items), reports.para("乙")),
    )
    body = part(write(reports.report([reports.body(case)])), "word/document.xml")[0]
    framed = [p for p in body.iter(f"{W}p") if p.find(f"{W}pPr/{W}pBdr") is not None]
    indents = [p.find(f"{W}pPr/{W}ind") for p in framed]
    assert len(framed) == 5
    assert {(i.get(f"{W}left"), i.get(f"{W}right"), i.get(f"{W}hanging")) for i in indents} == {
        (indents[0].get(f"{W}left"), indents[0].get(f"{W}right"), None)
    }
