"""Straight right edges, measured on the glyphs of the produced file."""

from ctypes import c_double
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
from pypdf import PdfReader

import reportkit.writing.pdf.typeset as typeset
from reportkit.model.report import Para, Part, Report, Run
from reportkit.model.standard import PartKind
from reportkit.writing import layout, load_style
from reportkit.writing.pdf import breaks

from ..sample_report import LONG, runs
from .made import page_texts, read

PROSE = (
    "2022年，全区中等职业学校招生1262人，比上年增加58人，增长4.82%；在校生3522人，其中女生1601人。"
    "学校获“国家级教学成果奖”（二等奖）1项、《职业教育法》宣传优秀组织单位称号。",
    "“双师型”教师占专业课教师的比例为68.5%——比上年提高2.4个百分点；企业兼职教师96人……详见表1-1、图1-2。",
    "与ABB（中国）有限公司、京东方等32家企业共建实训基地，设备总值1.2亿元，开出实训课2,840学时，师生满意度98.12%。",
    LONG,
)


def report() -> Report:
    blocks = []
    for n in range(240):
        text = "".join(PROSE[(n + k) % 4] for k in range(1 + n % 5)) + "工" * (n % 27)
        pieces = text.split("，", 2)
        if n % 3 == 0 and len(pieces) == 3:
            blocks.append(Para(runs=(*runs(pieces[0]), Run(text=pieces[1], bold=True),
                                     *runs("，" + pieces[2]))))  # fmt: skip
        else:
            blocks.append(Para(runs=runs(text)))
    part = Part(kind=PartKind.BODY, anchor="a", blocks=tuple(blocks))
    return Report(
        title="测试",
        title_year=2023,
        organisation="示例学校",
        standard="s",
        standard_title="s",
        parts=(part,),
    )


Row = tuple[float, float, float, float]


def edges(file: Path) -> list[list[Row]]:
    """(baseline from the top, left, right, blank at its end) of every line of every page, in pt.

    The blank is what a full-width mark at the end may reach over the edge: half its size.
    """
    document = pdfium.PdfDocument(file)
    found = []
    for page in document:
        height, text = page.get_height(), page.get_textpage()
        rows: dict[int, tuple[float, float, float]] = {}
        x, y, box = c_double(), c_double(), raw.FS_RECTF()
        for index in range(text.count_chars()):
            code = raw.FPDFText_GetUnicode(text, index)
            if code <= 32 or not raw.FPDFText_GetLooseCharBox(text, index, box):
                continue
            raw.FPDFText_GetCharOrigin(text, index, x, y)
            left, right, blank = rows.get(round(y.value), (1e9, 0.0, 0.0))
            if box.right > right:
                right, blank = box.right, breaks.spare(chr(code)) * (box.right - box.left)
            rows[round(y.value)] = min(left, box.left), right, blank
        found.append([(height - y, *row) for y, row in rows.items()])
    document.close()
    return found


@pytest.mark.parametrize("name", ["official", "plain"])
def test_full_lines_end_at_the_right_edge(name: str, tmp_path: Path) -> None:
    style = load_style(name).model_copy(update={"header": ""})
    file = tmp_path / "r.pdf"
    layout(report(), style).write(file)
    page = style.page
    full = straight = squeezed = 0
    for index, rows in enumerate(edges(file)):
        left = page.inside if index % 2 == 0 else page.outside
        block = (left / 25.4 * 72, (left + page.width - page.inside - page.outside) / 25.4 * 72)
        body = [row for row in sorted(rows) if row[0] < (page.height - page.bottom) / 25.4 * 72]
        for (_, _, right, blank), (_, following, *_) in pairwise(body):
            if abs(following - block[0]) < 1:  # the next line goes on with the paragraph
                full += 1
                straight += -0.5 <= right - block[1] <= blank + 0.5
                squeezed += blank > 0 and right - block[1] > 0.5
    assert full > 500
    assert straight / full >= 0.995, (straight, full)
    assert squeezed > 20


@pytest.mark.parametrize(("text", "lines"), [
    ("国" * 27 + "，" + "国" * 20, 2),  # the mark fits as it is
    ("11" + "国" * 26 + "。", 1),  # 1 + 0.25 + 26 + 0.5: fits with half a mark only
    ("11" + "国" * 26 + "（", 2),  # nothing ends with an opening mark
    ("1" + "国" * 26 + "。”", 1),  # two marks, the second half over the edge
    ("11" + "国" * 26 + "！", 2),  # its ink stands in the middle
])  # fmt: skip
def test_a_mark_at_the_end_of_a_line_takes_half_its_width(
    text: str, lines: int, tmp_path: Path
) -> None:
    file, style = tmp_path / "r.pdf", load_style()
    body = style.texts["body"].model_copy(update={"indent": 0})
    look = style.model_copy(update={"texts": {**style.texts, "body": body}})
    part = Part(kind=PartKind.BODY, anchor="a", blocks=(Para(runs=runs(text)),))
    layout(report().model_copy(update={"parts": (part,)}), look).write(file)
    rows = [row for row in sorted(edges(file)[0]) if 160 < row[0] < 700]
    assert len(rows) == lines
    for _, _, right, blank in rows:
        assert right - blank <= 184 / 25.4 * 72 + 0.1


def test_a_page_of_the_official_look_holds_22_lines_of_28_characters(tmp_path: Path) -> None:
    part = Part(kind=PartKind.BODY, anchor="a", blocks=(Para(runs=runs("国" * 1400)),))
    made = layout(report().model_copy(update={"parts": (part,)}), load_style())
    pages = [page.extract_text().splitlines() for page in read(made).pages]
    assert [len(page) - 1 for page in pages][1] == 22  # without the page number
    assert {len(line) for line in pages[1][:22]} == {28}


def test_text_is_the_same_without_our_line_setting(monkeypatch: Any) -> None:
    small = report()
    part = small.parts[0]
    small = small.model_copy(
        update={"parts": (part.model_copy(update={"blocks": part.blocks[:20]}),)}
    )
    ours = "".join(page_texts(read(layout(small, load_style()))))
    monkeypatch.setattr(typeset, "SUPPORTED", False)
    plain = "".join(page_texts(read(layout(small, load_style()))))
    assert [c for c in ours if c not in "—0123456789"] == [
        c for c in plain if c not in "—0123456789"
    ]


def test_runs_of_different_looks_stand_as_far_apart_as_one_run(tmp_path: Path) -> None:
    link = Run(text="68.5", link="https://example.org")
    file = tmp_path / "r.pdf"
    ends = []
    for pieces in (runs("比例为68.5个”，甲"), (*runs("比例为"), link, *runs("个”，甲"))):
        part = Part(kind=PartKind.BODY, anchor="a", blocks=(Para(runs=pieces),))
        layout(report().model_copy(update={"parts": (part,)}), load_style()).write(file)
        ends.append([end for row in sorted(edges(file)[0]) for end in row[1:3]])
        contents = PdfReader(file).pages[0].get_contents()
        assert contents is not None
        assert b" re\n" not in contents.get_data()  # no box is drawn around anything
    assert ends[0] == pytest.approx(ends[1], abs=0.1)
