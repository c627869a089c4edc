"""PDF with text: pages, tables over two pages, charts, footnotes; files that cannot be read."""

from functools import cache
from io import BytesIO
from pathlib import Path

import pytest

from reportkit.model.blocks import Figure, Paragraph, Table
from reportkit.reading import ReadResult, read
from reportkit.reading.importing.inline import plain

from .test_typographies import blocks, objects, outline, prose

NAMES = zip("数电烹护汽会园物幼美旅建", "控商饪理修计林流保术游筑", strict=True)
PROSE = [
    f"{name}专业在校学生一百余人，各年级人数相近，课程由企业与教师共同拟定，"
    f"实训在校内外轮流进行；{name}专业的学生每学期到企业不少于四周，回校后写出总结并向全班报告。"
    for name in map("".join, NAMES)
]
SECOND = "毕业生去向见表1-1，三年的变化见图1-1，其中本地就业的比例逐年上升。"
STYLE = """
@page { size: A4; margin: 28mm; @top-center { content: "某某学校质量报告"; font-size: 9pt }
  @bottom-center { content: "— " counter(page) " —"; font-size: 9pt } }
body { font: 14pt/1.8 serif; text-align: justify; margin: 0 }
p { text-indent: 2em; margin: 0 } h1 { font-size: 16pt; margin: 0; text-indent: 2em }
.caption { text-indent: 0; text-align: center; font-size: 12pt }
table { border-collapse: collapse; width: 100%; font-size: 10.5pt }
td, th { border: 1px solid; text-align: center; font-weight: normal }
.note { text-indent: 0; font-size: 9pt; position: absolute; bottom: 0 }
sup { font-size: 8pt } .new { break-before: page; position: relative; height: 236mm }
"""
CHART = """<svg width="400" height="150" style="display:block">
<g stroke="grey">{lines}</g><g fill="steelblue">{bars}</g>
<g font-size="11">{labels}</g></svg>"""


def chart() -> str:
    lines = "".join(f'<path d="M30 {y} H390"/>' for y in range(10, 131, 24))
    bars = "".join(f'<path d="M{x} {130 - h} h40 v{h} h-40 z"/>'
                   for x, h in [(70, 60), (190, 80), (310, 110)])  # fmt: skip
    labels = "".join(f'<text x="4" y="{134 - 24 * i}">{i * 10}</text>' for i in range(6))
    labels += "".join(f'<text x="{x}" y="146">{t}</text>'
                      for x, t in [(70, "去年"), (190, "今年"), (310, "明年")])  # fmt: skip
    return CHART.format(lines=lines, bars=bars, labels=labels)


def table(rows: int) -> str:
    body = "".join(f"<tr><td>专业{i}</td><td>{i * 10}</td><td>{i}.5</td></tr>" for i in range(rows))
    head = "<thead><tr><th>专业</th><th>人数</th><th>比例</th></tr></thead>"
    return f"<table>{head}<tbody>{body}</tbody></table>"


@cache
def made() -> bytes:
    """Three pages: prose over the end of a page, a table over two pages, a chart, a footnote."""
    import weasyprint

    page = "".join(f"<p>{text}</p>" for text in PROSE[:10])
    body = f"""<div><h1>一、基本情况</h1>{page}<h1>（一）规模</h1><p>{PROSE[10]}</p>
    <p class=caption>表1-1 各专业人数</p>{table(30)}</div>
    <div class=new><h1>二、毕业<sup>①</sup>情况</h1><p>{SECOND}</p>{chart()}
    <p class=caption>图1-1 三年的变化</p><p>{PROSE[11]}</p><h1>1.去向分布</h1><p>{SECOND}</p>
    <p class=note>①含提前毕业。</p></div>"""
    html = f"<style>{STYLE}</style><body>{body}</body>"
    return bytes(weasyprint.HTML(string=html).write_pdf())


def reading(tmp_path: Path, content: bytes, name: str = "report.pdf") -> ReadResult:
    file = tmp_path / name
    file.write_bytes(content)
    return read(file)


def codes(result: ReadResult) -> set[str]:
    return {finding.code for finding in result.findings}


@pytest.fixture
def result(tmp_path: Path) -> ReadResult:
    return reading(tmp_path, made())


def test_headings_and_paragraphs_over_pages(result: ReadResult) -> None:
    assert result.submission is not None
    assert list(outline(result.submission.chapters)) == [
        (1, "一、基本情况"), (2, "（一）规模"), (1, "二、毕业情况"), (2, "1.去向分布"),
    ]  # fmt: skip
    everything = list(blocks(result.submission.chapters))
    assert list(prose(everything)) == [*PROSE[:11], SECOND, PROSE[11], SECOND]
    assert "RK157" not in codes(result)


def test_places_name_page_and_line(result: ReadResult) -> None:
    assert result.submission is not None
    everything = list(blocks(result.submission.chapters))
    paragraphs = objects(everything, Paragraph)
    pages = [p.place.page or 0 for p in paragraphs]
    assert pages == sorted(pages)
    assert (pages[0], pages[-1]) == (1, 4)
    shown = next(iter(result.sources.values())).splitlines()
    for paragraph in paragraphs:
        assert plain(paragraph.text).startswith(shown[(paragraph.place.line or 0) - 1].strip())


def test_a_table_over_two_pages_is_one(result: ReadResult) -> None:
    assert result.submission is not None
    tables = objects(list(blocks(result.submission.chapters)), Table)
    assert [(t.number, t.caption, len(t.rows)) for t in tables] == [("表1-1", "各专业人数", 31)]
    assert tables[0].rows[30] == ("专业29", "290", "29.5")
    repeated = [a for a in result.asides if "表头" in a.reason]
    assert [a.text for a in repeated] == ["专业", "人数", "比例"]


def test_labels_of_charts_are_no_prose(result: ReadResult) -> None:
    assert result.submission is not None
    figures = objects(list(blocks(result.submission.chapters)), Figure)
    assert [(f.number, f.caption, f.image) for f in figures] == [("图1-1", "三年的变化", None)]
    inside = "".join(a.text for a in result.asides if a.reason == "图中的文字")
    assert all(label in inside for label in ("去年", "明年", "50"))


def test_heads_and_page_numbers_are_set_aside(result: ReadResult) -> None:
    reasons = {a.reason: a.text for a in result.asides}
    assert reasons["页眉"] == "某某学校质量报告"
    assert reasons["页码"].startswith("—")


def test_footnotes_find_their_marks(result: ReadResult) -> None:
    assert result.submission is not None
    chapter = result.submission.chapters[-1]
    assert [plain(note.text) for note in chapter.footnotes.values()] == ["含提前毕业。"]


def test_damaged(tmp_path: Path) -> None:
    assert codes(reading(tmp_path, made()[:400])) == {"RK150"}
    assert reading(tmp_path, made()[:400]).submission is None


def test_locked(tmp_path: Path) -> None:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(PdfReader(BytesIO(made())))
    writer.encrypt("secret", algorithm="RC4-128")
    locked = BytesIO()
    writer.write(locked)
    result = reading(tmp_path, locked.getvalue())
    assert codes(result) == {"RK150"}
    assert "密码" in str(result.findings[0].args)


def test_scanned(tmp_path: Path) -> None:
    from PIL import Image

    scan = BytesIO()
    Image.new("RGB", (600, 840), "white").save(scan, format="PDF")
    result = reading(tmp_path, scan.getvalue())
    assert codes(result) == {"RK155"}
    assert result.findings[0].args["scanned"] == 1
