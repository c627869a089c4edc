"""Charts are native: valid, editable with their workbook, and say what the report says."""

import io
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from openpyxl import load_workbook

from reportkit.model.report import Label, RChart, Series
from reportkit.writing.docx.chart_labels import number_format
from tests.writing.tools import part, traps, validate

from .reports import body, report

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
KINDS = get_args(RChart.model_fields["kind"].annotation)


def chart(kind: str, series: int = 2) -> RChart:
    values = ((Decimal("12.5"), Decimal("-3"), None), (Decimal(1204), Decimal(0), Decimal(7)))
    if kind in ("pie", "ring"):
        values, series = ((Decimal(5), Decimal(3), Decimal(2)),), 1
    return RChart(
        caption=Label(kind="figure", anchor=f"chart-{kind}"),
        kind=kind,  # type: ignore[arg-type]
        unit="单位：万元",
        categories=("甲校", "=1+1", "丙“校”"),
        series=tuple(
            Series(
                name=f"202{n}年",
                values=values[n],
                shown=tuple("—" if v is None else f"{v}" for v in values[n]),
            )
            for n in range(series)
        ),
        alt="图",
    )


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_valid(write: Callable[..., Path], kind: str) -> None:
    file = write(report([body(chart(kind))]))
    assert traps(file) == []
    assert validate(file) == []


def test_data_and_workbook_agree(write: Callable[..., Path]) -> None:
    file = write(report([body(chart("column"))]))
    with zipfile.ZipFile(file) as archive:
        book = archive.read("word/embeddings/Microsoft_Excel_Sheet1.xlsx")
        root = etree.fromstring(archive.read("word/charts/chart1.xml"))
    sheet = load_workbook(io.BytesIO(book)).active
    assert sheet is not None
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert cells == [
        ["单位：万元", "2020年", "2021年"],
        ["甲校", 12.5, 1204],
        ["=1+1", -3, 0],
        ["丙“校”", None, 7],
    ]
    assert sheet["A3"].data_type == "s"
    values = [[(p.get("idx"), p[0].text) for p in v.iter(f"{C}pt")] for v in root.iter(f"{C}val")]
    assert values == [[("0", "12.5"), ("1", "-3")], [("0", "1204"), ("1", "0"), ("2", "7")]]
    assert [f.text for f in root.iter(f"{C}f")][:3] == [
        "Sheet1!$B$1",
        "Sheet1!$A$2:$A$4",
        "Sheet1!$B$2:$B$4",
    ]


def test_axis_ids_are_positive(write: Callable[..., Path]) -> None:
    root: Any = part(write(report([body(chart("line"))])), "word/charts/chart1.xml")
    assert {int(axis.get("val")) > 0 for axis in root.iter(f"{C}axId")} == {True}


def test_labels_of_hatched_bars_have_a_plate(write: Callable[..., Path]) -> None:
    """White, so that no line of the hatching runs through a figure, and greyscale does no harm."""
    root = _chart(write(report([body(chart("stacked"))])))
    plain, hatched = root.iter(f"{C}ser")
    plates = [[x.get("val") for x in ser.iterfind(f".//{C}dLbls/{C}spPr/{A}solidFill/{A}srgbClr")]
              for ser in (plain, hatched)]  # fmt: skip
    assert plates[0] == []
    assert set(plates[1]) == {"FFFFFF"}


@pytest.mark.parametrize(("unit", "top", "ends"), [("%", 96, True), ("%", 101, False),
                                                   ("人", 96, False), ("%", 9, False)])  # fmt: skip
def test_axis_of_shares_ends_at_a_hundred(
    write: Callable[..., Path], unit: str, top: int, ends: bool
) -> None:
    one = Series(name="率", values=(Decimal(top),), shown=(str(top),))
    bars = chart("bar").model_copy(
        update={"unit": unit, "categories": ("甲",), "series": (one,), "kind": "bar"}
    )
    tops = [x.get("val") for x in _chart(write(report([body(bars)]))).iter(f"{C}max")]
    assert tops == (["100"] if ends else [])


def _chart(file: Path) -> Any:
    assert validate(file) == []
    return part(file, "word/charts/chart1.xml")


@pytest.mark.parametrize(
    ("value", "shown", "code"),
    [
        ("38.6", "38.6%", '0.0"%"'),
        ("38.60", "38.60", "0.00"),
        ("1204", "1,204", "#,##0"),
        ("1204", "约1204人", '"约"0"人"'),
        ("-3", "-3", "0"),
        ("5", "五", None),
    ],
)
def test_number_formats(value: str, shown: str, code: str | None) -> None:
    assert number_format(Decimal(value), shown) == code


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_a_plain_number_always_has_a_format(value: Decimal) -> None:
    assert number_format(value, f"{value:f}") == "0.00"
