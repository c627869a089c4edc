"""Clumsy content as LibreOffice prints it: all of it is there, nothing overlaps, nothing is cut."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from reportkit.inspecting import differences
from reportkit.inspecting.compare import normal
from reportkit.inspecting.measured import MM, Line, Sheet
from reportkit.inspecting.pdf import measure
from reportkit.model.report import (
    FootnoteText,
    Heading,
    Label,
    Para,
    Picture,
    RBlock,
    RCase,
    RCell,
    Report,
    RFigure,
    RList,
    RListItem,
    RTable,
    Run,
)
from reportkit.model.submission import Asset
from reportkit.writing import load_style, write_docx
from tests.writing.sample_report import runs
from tests.writing.tools import W, part, to_pdf, traps, validate

from .reports import body, grid, para, report

STYLE = load_style("official")
TEXT = "面向社区开展服务活动十二次，参加人员逐年增加，制度健全，成效稳定，各方参与，共同推进。"
NAMES = "喆堃昇珺垚燊翀玥祎頔、𠮷𡈽𠀀"
SIGNS = "公式 E=mc²，∑∫√π≈3.14‰；😀；"
LONG = "abcdefghij" * 14


def label(kind: str, n: int, title: str) -> Label:
    name = {"table": "表", "figure": "图", "case": "案例"}[kind]
    return Label(
        kind=kind,  # type: ignore[arg-type]
        anchor=f"{kind}-{n}",
        label=f"{name}1-{n}",
        label_print=f"{name}1-{n} ",
        title=runs(title),
    )


def table(n: int, title: str, rows: int, columns: int, text: str = "12.5") -> RTable:
    return grid(rows, columns, text=text).model_copy(update={"caption": label("table", n, title)})


def long_cell() -> RTable:
    made = table(2, "长格", 3, 2, "短")
    cells = list(made.cells)
    cells[3] = cells[3].model_copy(update={"runs": runs(f"始{TEXT * 40}终"), "numeric": False})
    return made.model_copy(update={"cells": tuple(cells)})


def noted(text: str, n: int) -> tuple[Run, ...]:
    return (Run(text=text), Run(text="", footnote=n), Run(text="，后文"))


def odd_notes() -> list[RBlock]:
    """Footnotes in a heading, a caption, cells, a case and its list."""
    texts = ("头", "值", "格", "3")
    cells = [
        RCell(row=n // 2, column=n % 2, runs=noted(text, 2 + n // 2) if n % 2 == 0 else runs(text))
        for n, text in enumerate(texts)
    ]
    caption = label("table", 5, "").model_copy(update={"title": noted("表题", 1)})
    items = (RListItem(marker="1.", blocks=(Para(runs=noted("列", 5)),)),)
    return [
        Heading(level=2, runs=noted("标题", 0), anchor="noted"),
        RTable(caption=caption, columns=2, header_rows=1, row_kinds=("header", "data"),
               cells=tuple(cells)),
        RCase(caption=Label(kind="case", anchor="noted-case"), heading=noted("案例", 4),
              blocks=(RList(ordered=True, items=items), para(TEXT))),
    ]  # fmt: skip


def hostile() -> Report:
    picture = io.BytesIO()
    Image.linear_gradient("L").resize((60, 600)).save(picture, "PNG")
    empty = RTable(caption=label("table", 3, "空表"), columns=3, header_rows=1,
                   row_kinds=("header", "data"), cells=())  # fmt: skip
    tall = RFigure(
        caption=label("figure", 1, "高图"), pictures=(Picture(asset="tall.png", alt="高图"),)
    )
    inside: list[RBlock] = [para(TEXT * 6) for _ in range(24)]
    case = RCase(
        caption=label("case", 1, "十页的案例"),
        heading=runs("案例1-1 十页的案例"),
        blocks=(*inside, grid(6, 3), para(TEXT * 6)),
    )
    blocks: list[RBlock] = [
        Heading(level=1, number="一、", runs=runs("概况"), anchor="c1"),
        Heading(level=2, runs=runs("长标题" * 34), anchor="long"),
        para(NAMES + TEXT),
        para(SIGNS),
        para("网址一样的长词" + LONG),
        table(1, "宽表", 4, 24, "1234"),
        long_cell(),
        empty,
        para(TEXT),
        table(4, "五行的表题" * 26, 2, 2),
        tall,
        case,
        *odd_notes(),
        table(6, "长表", 300, 4),
        para(TEXT),
    ]
    notes = tuple(FootnoteText(mark="①", runs=runs(f"注{n}：{TEXT * 2}")) for n in range(6))
    return report([body(*blocks)]).model_copy(
        update={
            "footnotes": notes,
            "footnotes_restart": "page",
            "footnote_pattern": "{circled}",
            "assets": (Asset(path="tall.png", content=picture.getvalue()),),
        }
    )


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The document, and what LibreOffice prints."""
    file = tmp_path_factory.mktemp("hostile") / "report.docx"
    write_docx(hostile(), STYLE, file)
    return file, to_pdf(file)


def test_it_is_valid(files: tuple[Path, Path]) -> None:
    assert traps(files[0]) == []
    assert validate(files[0]) == []


def test_every_word_is_printed(files: tuple[Path, Path]) -> None:
    pair = [(file.name, file.read_bytes()) for file in files]
    signs = set(normal(SIGNS))  # lent by other fonts, and so drawn out of order
    told = [f for f in differences(pair[0], pair[1]) if not set(normal(f.quote)) <= signs]
    assert [(f.code, f.args) for f in told] == []
    printed = {
        char for page in measure(*pair[1]).sheets for line in page.lines for char in line.text
    }
    assert signs <= set(normal("".join(printed)))


def test_nothing_is_cut_and_nothing_overlaps(files: tuple[Path, Path]) -> None:
    """Every line stands within the paper's text block, and not on another one."""
    found = measure("a.pdf", files[1].read_bytes())
    assert len(found.sheets) > 20
    page = STYLE.page
    for sheet in found.sheets:
        sides = min(page.inside, page.outside) * MM
        for line in sheet.lines:
            where = (sheet.index + 1, line.text[:20])
            assert line.left >= sides - 2, where
            assert line.right <= sheet.width - sides + 18, where  # a mark may hang
            assert 0 < line.bottom < line.top < sheet.height, where
        for picture in sheet.pictures:
            assert picture.height <= sheet.height - (page.top + page.bottom) * MM + 1
        assert [(sheet.index + 1, a.text[:12], b.text[:12]) for a, b in overlapping(sheet)] == []


def overlapping(sheet: Sheet) -> Iterator[tuple[Line, Line]]:
    """Pairs of lines whose letters share more than a sliver of paper; raised marks may touch."""
    lines = [line for line in sheet.lines if len(line.bare) > 2 and line.size > 6]
    for index, one in enumerate(lines):
        for other in lines[index + 1 :]:
            across = min(one.right, other.right) - max(one.left, other.left)
            down = min(_top(one), _top(other)) - max(one.bottom, other.bottom)
            if across > 2 and down > 0.45 * min(one.size, other.size):
                yield one, other


def _top(line: Line) -> float:
    """The top of the letters: boxes of fonts for many scripts are higher."""
    return min(line.top, line.bottom + line.size * 1.1)


def test_four_thousand_rows(tmp_path: Path) -> None:
    file = tmp_path / "rows.docx"
    write_docx(report([body(table(1, "四千行", 4000, 5))]), STYLE, file)
    assert traps(file) == []
    rows = part(file, "word/document.xml").findall(f".//{W}tr")
    assert len(rows) == 4000
    assert [n for n, row in enumerate(rows) if row.find(f"{W}trPr/{W}tblHeader") is not None] == [0]
