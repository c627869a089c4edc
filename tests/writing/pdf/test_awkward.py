"""Reports that no page was made for: nothing overlaps, nothing is cut, or it is said."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest

from reportkit.model.report import (
    FootnoteText,
    Heading,
    Label,
    Para,
    RCase,
    RCell,
    RFigure,
    RTable,
    Run,
)
from reportkit.model.submission import Asset
from reportkit.writing import Layout, layout, load_style

from ..sample_report import picture, runs
from .made import page_texts, read
from .rules import faults
from .test_hostile import figure, table
from .test_structure import report

MM = 72 / 25.4
LONG = "这是一个很长的题目用来看它怎样折行" * 8
TALL = Asset(path="figures/t.png", content=picture(300, 4000, "#778899"))
Box = tuple[float, float, float, float]


def made(*blocks: Any, notes: tuple[str, ...] = (), style: str = "official") -> Layout:
    given = tuple(FootnoteText(mark="①", runs=runs(text)) for text in notes)
    whole = report(*blocks, notes=given)
    return layout(
        whole.model_copy(update={"assets": (TALL,), "footnotes_restart": "page"}),
        load_style(style),
    )


def boxes(page: Any) -> list[tuple[str, Box]]:
    """Every character that shows, with the box of its ink."""
    text, found = page.get_textpage(), []
    numbers = [ctypes.c_double() for _ in range(4)]
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, index)
        raw.FPDFText_GetCharBox(text, index, *numbers)
        left, right, bottom, top = (number.value for number in numbers)
        if code > 32 and right > left and top > bottom:
            found.append((chr(code), (left, bottom, right, top)))
    return found


def sound(laid: Layout) -> list[str]:
    """The text of each page; fails if characters overlap or leave the paper's inner 10 mm."""
    content = laid.content()
    assert faults(content, archive=False) == []
    file = pdfium.PdfDocument(content)
    for page in file:
        width, height = page.get_size()
        taken: dict[tuple[int, int], list[tuple[str, Box]]] = {}
        for char, box in boxes(page):
            left, bottom, right, top = box
            assert left > 10 * MM, char
            assert right < width - 10 * MM, char
            assert bottom > 8 * MM, char
            assert top < height - 10 * MM, char
            for column in range(int(left // 20), int(right // 20) + 1):
                for row in range(int(bottom // 20), int(top // 20) + 1):
                    near = taken.setdefault((column, row), [])
                    for other, theirs in near:
                        assert not _overlap(box, theirs), (char, other)
                    near.append((char, box))
    file.close()
    return page_texts(read(laid))


def _overlap(one: Box, other: Box) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    along = min(one[3], other[3]) - max(one[1], other[1])
    return one != other and across > 1.2 and along > 1.2


def wide(columns: int, text: str, *, landscape: bool = False) -> RTable:
    found = table(columns, [[f"列{n}" for n in range(columns)], [text] * columns])
    return found.model_copy(update={"landscape": landscape})


def test_a_wide_table_is_set_smaller_until_its_numbers_fit() -> None:
    laid = made(wide(14, "12345.67"))
    assert not any(f.code == "RK704" for f in laid.findings)
    lines = read(laid).pages[0].extract_text().splitlines()
    assert sum(line.count("12345.67") for line in lines) == 14
    sound(laid)


def test_a_table_too_wide_for_any_size_is_told() -> None:
    laid = made(wide(30, "12345678.9", landscape=True))
    assert [f.args for f in laid.findings if f.code == "RK704"] == [
        {"table": "表1-1", "columns": 30}
    ]
    sound(laid)


def test_a_cell_longer_than_a_page_begins_below_its_header() -> None:
    rows = [["甲", "乙"], ["格" * 3000, "短"], ["尾", "末"]]
    pages = sound(made(Para(runs=runs("前文。" * 20)), table(2, rows)))
    assert [page.count("格") > 0 for page in pages] == [True, True, True]
    assert all("甲乙" in page for page in pages)
    assert "表1-1" in pages[0]
    assert "表1-1（续）" in pages[1]
    assert sum(page.count("格") for page in pages) == 3000


@pytest.mark.parametrize("style", ["official", "plain"])
def test_a_picture_taller_than_a_page_keeps_its_long_caption(style: str) -> None:
    label = Label(kind="figure", anchor="f", label="图1-1", label_print="图1-1 ", title=runs(LONG))
    tall: RFigure = figure("figures/t.png").model_copy(update={"caption": label})
    laid = made(tall, style=style)
    pages = sound(laid)
    file = pdfium.PdfDocument(laid.content())
    for index, page in enumerate(file):
        pictures = list(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]))
        assert len(pictures) == (LONG[:40] in pages[index])
    file.close()


def test_long_headings_and_captions_are_printed_whole() -> None:
    titled = table(2, [["甲", "乙"], ["一", "二"]])
    label = titled.caption.model_copy(update={"title": runs(LONG)})
    blocks = (
        Heading(level=1, anchor="h", number="一、", runs=runs(LONG[:100])),
        Para(runs=runs("正文。")),
        titled.model_copy(update={"caption": label}),
    )
    text = "".join(sound(made(*blocks)))
    assert LONG[:100] in text
    assert text.count(LONG) == 1


def test_rare_characters_formulas_and_other_scripts() -> None:
    laid = made(Para(runs=runs("喆堃昇珺、x²+y²、α≤0.05、√2、שלום、тест。𠀀")))
    text = "".join(sound(laid))
    for said in ("喆堃昇珺", "x²+y²", "α≤0.05", "√2", "тест"):
        assert said in text
    missing = {f.args["characters"] for f in laid.findings if f.code == "RK701"}
    assert "𠀀" in text or "𠀀" in missing


def test_a_case_of_ten_pages_has_a_frame_on_each() -> None:
    label = Label(kind="case", anchor="c", label="案例1-1", label_print="案例1-1 ")
    text = tuple(Para(runs=runs("案例正文很长。" * 70)) for _ in range(16))
    laid = made(RCase(caption=label, heading=runs("【案例1-1】题"), blocks=text))
    assert laid.page_count >= 10
    assert sum(page.count("很") for page in sound(laid)) == 16 * 70


def test_the_frame_of_a_case_ends_below_its_last_line() -> None:
    label = Label(kind="case", anchor="c", label="案例1-1", label_print="案例1-1 ")
    blocks = (Para(runs=runs("正文。" * 20)), figure("figures/t.png"), Para(runs=runs("结尾。")))
    laid = made(RCase(caption=label, heading=runs("【案例1-1】题"), blocks=blocks))
    file = pdfium.PdfDocument(laid.content())
    lowest_text = min(box[1] for char, box in boxes(file[0]) if char == "。")
    shapes = file[0].get_objects(filter=[raw.FPDF_PAGEOBJ_PATH])
    lowest = min(shape.get_bounds()[1] for shape in shapes)
    file.close()
    assert 0 < lowest_text - lowest < 40


def test_a_footnote_longer_than_a_page_goes_on_on_the_next() -> None:
    text = (*runs("前文" * 30), Run(text="", footnote=0), *runs("后文" * 300))
    pages = sound(made(Para(runs=text), notes=("长脚注文字。" * 600,)))
    assert sum(page.count("长脚注文字。") for page in pages) == 600
    assert "前文" in pages[0]
    assert "长脚注文字。" in pages[0]
    assert "长脚注文字。" in pages[1]


def test_two_hundred_footnotes_stand_where_they_are_called() -> None:
    text = tuple(
        run for n in range(200) for run in (*runs(f"第{n}句话。"), Run(text="", footnote=n))
    )
    notes = tuple(f"脚注{n}号说明情况。" for n in range(200))
    for page in sound(made(Para(runs=text), notes=notes)):
        for n in range(200):
            if f"第{n}句话。" in page:
                assert f"脚注{n}号" in page


def test_a_column_joined_over_many_rows_is_printed_over_pages() -> None:
    cells = [RCell(row=0, column=c, runs=runs("头")) for c in range(2)]
    cells.append(RCell(row=1, column=0, rowspan=70, runs=runs("合并")))
    cells += [RCell(row=r, column=1, runs=runs(f"第{r}行")) for r in range(1, 71)]
    joined = RTable(caption=Label(kind="table", anchor="t"), columns=2, header_rows=1,
                    row_kinds=("header", *["data"] * 70), cells=tuple(cells))  # fmt: skip
    text = "".join(sound(made(joined)))
    assert all(f"第{r}行" in text for r in range(1, 71))
