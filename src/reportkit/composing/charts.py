"""Charts: their series, the kind that suits the data, and a text that says what they show."""

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Literal

from reportkit.model.blocks import Chart
from reportkit.model.report import RChart, Series, plain

from .captions import caption, notes
from .compare import chart_rows
from .context import Context
from .grid import Cell, square
from .runs import GAP, plain_text, runs
from .tables import written

Kind = Literal["column", "stacked", "bar", "line", "pie", "ring"]
NAMES: dict[Kind, str] = {
    "column": "柱形图",
    "stacked": "堆积柱形图",
    "bar": "条形图",
    "line": "折线图",
    "pie": "饼图",
    "ring": "环形图",
}
_VALUE = re.compile(r"[-+−－]?[\d,]*\.?\d+")
_MISSING = frozenset({"", "-", "--", "—", "——", "–", "/", "…"})
_PERIOD = re.compile(r"(?:19|20)\d\d(?:[-—–~至](?:(?:19|20)\d\d|\d\d))?\s?(?:年|年度|学年|届|级)?")
LINE_FROM = 5
LONG_LABEL = 8
MANY_LABELS = 10
PIE_SLICES = range(2, 9)
MOST_IN_ALT = 12


def chart(context: Context, block: Chart) -> RChart:
    """The composed chart."""
    label = caption(context, block)
    rows = square(chart_rows(context, block) if block.compare else written(context, block))
    texts = [[_text(context, cell) for cell in row] for row in rows]
    head, body = texts[0], texts[1:]
    categories = tuple(row[0] for row in body)
    series = tuple(
        Series(
            name=name,
            values=tuple(
                _value(context, cells[column], row[column])
                for cells, row in zip(rows[1:], body, strict=True)
            ),
            shown=tuple(row[column] for row in body),
        )
        for column, name in enumerate(head[1:], 1)
    )
    kind = decide(categories, series) if block.kind == "auto" else block.kind
    title = plain_text(context, block.caption)
    return RChart(
        caption=label,
        kind=kind,
        unit=block.unit,
        categories=categories,
        series=series,
        alt=block.alt or describe(kind, title, block.unit, categories, series),
        notes=notes(context, block),
        place=block.place,
    )


def decide(categories: Sequence[str], series: Sequence[Series]) -> Kind:
    """The kind of chart that suits the data.

    Periods make a line from five points on, otherwise columns. One series whose shares are a
    whole makes a pie. Long or many labels make bars, anything else columns.
    """
    if categories and all(_PERIOD.fullmatch(each.strip()) for each in categories):
        return "line" if len(categories) >= LINE_FROM else "column"
    if len(series) == 1 and len(categories) in PIE_SLICES and _is_whole(series[0].values):
        return "pie"
    longest = max((len(each) for each in categories), default=0)
    if longest > LONG_LABEL or len(categories) > MANY_LABELS:
        return "bar"
    return "column"


def describe(
    kind: Kind,
    title: str,
    unit: str | None,
    categories: Sequence[str],
    series: Sequence[Series],
) -> str:
    """What the chart shows, for those who cannot see it."""
    head = NAMES[kind] + (f"：{title}" if title else "") + (f"（单位：{unit}）" if unit else "")
    lines = [
        (f"{each.name}：" if len(series) > 1 and each.name else "")
        + "，".join(
            f"{category} {shown or '无数据'}"
            for category, shown in zip(categories[:MOST_IN_ALT], each.shown, strict=False)
        )
        for each in series
    ]
    more = f"，等{len(categories)}项" if len(categories) > MOST_IN_ALT else ""
    return f"{head}。" + "；".join(f"{line}{more}" for line in lines) + ("。" if lines else "")


def _is_whole(values: Sequence[Decimal | None]) -> bool:
    """Whether the values are shares of one whole: they add up to 100 within rounding."""
    known = [value for value in values if value is not None]
    if len(known) != len(values) or min(known, default=Decimal(-1)) < 0:
        return False
    return abs(sum(known, Decimal(-100))) <= Decimal("0.05") * len(known)


def _text(context: Context, cell: Cell) -> str:
    if cell.computed:
        return cell.text
    found = runs(context, cell.text, cell.place, exact=cell.exact, scan=False, marks=False)
    return plain(found).strip()


def _value(context: Context, cell: Cell, text: str) -> Decimal | None:
    """The number in a cell; a unit or sign after it is passed over."""
    if text in _MISSING or text.startswith(GAP):
        return None
    match = _VALUE.match(text)
    try:
        if match:
            return Decimal(match[0].replace(",", "").replace("−", "-").replace("－", "-"))
    except InvalidOperation:
        pass
    context.report("RK135", cell.place, text, value=text, reason="图中的数据应为数字")
    return None
