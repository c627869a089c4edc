"""What a hostile or clumsy report may hold: nothing is fetched, nothing is run, nothing breaks."""

from pathlib import Path
from typing import Any

import pytest

from reportkit.model.report import (
    Label,
    Para,
    Part,
    Picture,
    RCell,
    Report,
    RFigure,
    RTable,
    Run,
)
from reportkit.model.standard import PartKind
from reportkit.model.submission import Asset
from reportkit.writing import PdfUnavailable, layout, load_style
from reportkit.writing.fonts import library
from reportkit.writing.pdf.served import SCHEME, Served

from ..sample_report import picture, runs, sample
from .made import page_texts, read

EVIL = (
    '<link rel="attachment" href="file:///etc/passwd">',
    '<img src="file:///etc/passwd">',
    "<style>@import url(http://example.org/x.css)</style>",
    "<script>alert(1)</script></p></body></html>",
    "{{ 7 * 7 }}{% include 'x' %}{# x #}",
    "\x00\x07\ud800\ufffe",
    "</svg><foreignObject>",
    '" onload="x',
)


def report(*blocks: Any, assets: tuple[Asset, ...] = ()) -> Report:
    part = Part(kind=PartKind.BODY, anchor="a", blocks=blocks)
    return Report(
        title=EVIL[1],
        title_year=2023,
        organisation=EVIL[0],
        standard="s",
        standard_title=EVIL[7],
        parts=(part,),
        assets=assets,
    )


def figure(asset: str | None, alt: str = "说明") -> RFigure:
    label = Label(kind="figure", anchor="f", label_print="图1-1 ", title=runs("题"))
    return RFigure(caption=label, pictures=(Picture(asset=asset, alt=alt),))


def table(columns: int, rows: list[list[str]]) -> RTable:
    cells = [
        RCell(row=r, column=c, runs=runs(text))
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    ]
    return RTable(
        caption=Label(kind="table", anchor="t", label="表1-1", label_print="表1-1 "),
        columns=columns,
        header_rows=1,
        row_kinds=("header", *["data"] * (len(rows) - 1)),
        cells=tuple(cells),
    )


@pytest.mark.parametrize("evil", EVIL[:5] + EVIL[6:])
def test_markup_and_templates_are_printed_as_they_stand(evil: str) -> None:
    paragraph = Para(runs=(Run(text=f"前{evil}后"),))
    made = layout(report(paragraph, table(1, [[evil], [evil]])), load_style("plain"))
    pdf = read(made)
    text = "".join(page_texts(pdf))
    assert text.count("".join(evil.split())) >= 2
    assert not pdf.attachments


def test_control_characters_vanish() -> None:
    made = layout(report(Para(runs=(Run(text=f"前{EVIL[5]}后"),))), load_style("plain"))
    assert "前后" in "".join(page_texts(read(made)))


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/hostname",
        "http://127.0.0.1:9/",
        "data:text/plain,x",
        f"{SCHEME}asset/99",
        f"{SCHEME}asset/-1",
        f"{SCHEME}font/999",
        f"{SCHEME}../x",
        "figures/a.png",
    ],
)
def test_only_declared_resources_are_served(url: str) -> None:
    from reportkit.writing.pdf.engine import Fetcher

    served = Served(sample(), load_style(), library())
    with pytest.raises(ValueError, match="not allowed"):
        Fetcher(served).fetch(url)


def test_links_to_anything_but_the_web_are_plain_text() -> None:
    links = ("file:///etc/passwd", "javascript:alert(1)", "#nowhere", "//x", "\\\\host\\share")
    blocks = [Para(runs=(Run(text="点此", link=link),)) for link in links]
    pdf = read(layout(report(*blocks), load_style("plain")))
    assert not any(page.get("/Annots") for page in pdf.pages)


@pytest.mark.parametrize(
    "content",
    [b"", b"not a picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, b"<svg xmlns='x'><image/></svg>",
     b"%!PS-Adobe-3.0 EPSF-3.0\n", picture(60, 40, "#112233")[:120]],
)  # fmt: skip
def test_a_broken_picture_is_a_finding_and_a_visible_gap(content: bytes) -> None:
    assets = (Asset(path="figures/x.png", content=content),)
    made = layout(report(figure("figures/x.png"), assets=assets), load_style("plain"))
    assert [f.args for f in made.findings if f.code == "RK703"] == [{"picture": "figures/x.png"}]
    assert "（图片缺失：说明）" in "".join(page_texts(read(made)))


def test_pictures_lose_their_metadata() -> None:
    from PIL import Image

    exif = Image.Exif()
    exif[0x010E] = "secret place"
    content = picture(300, 200, "#445566", "JPEG", exif=exif)
    assert b"secret place" in content
    assets = (Asset(path="figures/x.jpg", content=content),)
    made = layout(report(figure("figures/x.jpg"), assets=assets), load_style("plain"))
    assert b"secret place" not in made.content()
    assert not any(f.code == "RK703" for f in made.findings)


def test_a_table_of_4000_rows_goes_over_many_pages() -> None:
    rows = [["序号", "名称"], *([str(n), f"第{n}项"] for n in range(4000))]
    made = layout(report(table(2, rows)), load_style("plain"))
    assert 60 < made.page_count < 200


def test_awkward_sizes_stay_on_the_page() -> None:
    tall = Asset(path="figures/t.png", content=picture(30, 4000, "#778899"))
    wide = Asset(path="figures/w.png", content=picture(3000, 20, "#778899"))
    blocks = (
        Para(runs=runs("长" * 20_000)),
        Para(runs=(Run(text="x" * 3000),)),
        table(2, [["甲", "乙"], ["格" * 3000, "短"], ["", ""]]),
        table(30, [[f"列{n}" for n in range(30)], ["12345.67"] * 30]),
        RTable(caption=Label(kind="table", anchor="e"), columns=0, header_rows=0, row_kinds=(),
               cells=()),
        figure("figures/t.png"),
        figure("figures/w.png"),
    )  # fmt: skip
    made = layout(report(*blocks, assets=(tall, wide)), load_style())
    pdf = read(made)
    text = "".join(page_texts(pdf))
    assert text.count("长") == 20_000
    assert text.count("x") >= 3000
    assert text.count("格") == 3000
    for page in pdf.pages:
        width, height = float(page.mediabox.width), float(page.mediabox.height)
        for x, y in _positions(page):
            assert 0 <= x <= width
            assert 0 <= y <= height


def _positions(page: Any) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []

    def visit(text: str, cm: Any, tm: Any, *_: Any) -> None:
        if text.strip():
            found.append((tm[4] * cm[0] + cm[4], tm[5] * cm[3] + cm[5]))

    page.extract_text(visitor_text=visit)
    return found


def test_without_the_page_engine_the_reason_is_said(monkeypatch: Any, tmp_path: Path) -> None:
    import sys

    import reportkit.writing.pdf as package

    monkeypatch.delattr(package, "engine", raising=False)
    monkeypatch.setitem(sys.modules, "reportkit.writing.pdf.engine", None)
    with pytest.raises(PdfUnavailable, match="Pango"):
        layout(report(), load_style())
