"""Charts: the data that a DrawingML chart keeps of itself, as rows."""

from decimal import Decimal, InvalidOperation
from typing import Literal

from .names import A, C, Element, number

Shape = Literal["auto", "column", "stacked", "bar", "line", "pie", "ring"]
Rows = tuple[tuple[str, ...], ...]
_SERIES_LIMIT, _POINT_LIMIT = 60, 5000


def title_of(chart: Element) -> str:
    """The title printed on the chart, or nothing."""
    title = chart.find(f".//{C}chart/{C}title")
    return "" if title is None else _said(title)


def rows_of(chart: Element) -> Rows:
    """The cached data: series in the first row, categories in the first column."""
    series = list(chart.iter(C + "ser"))[:_SERIES_LIMIT]
    if not series:
        return ()
    categories: dict[int, str] = {}
    columns: list[dict[int, str]] = []
    for one in series:
        for at, text in _points(_first(one, "cat", "xVal")).items():
            categories.setdefault(at, text)
        columns.append(_points(_first(one, "val", "yVal")))
    last = max([*categories, *(at for column in columns for at in column)], default=-1)
    names = [_name(one, index) for index, one in enumerate(series, 1)]
    body = [
        (categories.get(at, ""), *(column.get(at, "") for column in columns))
        for at in range(min(last + 1, _POINT_LIMIT))
    ]
    return (("", *names), *body)


def shape_of(chart: Element) -> Shape:
    """What the chart looks like; ``auto`` for what has no name here."""
    plots = chart.find(f".//{C}plotArea")
    found = [
        item for item in ([] if plots is None else plots) if item.tag.endswith(("Chart", "3DChart"))
    ]
    if len(found) != 1:
        return "auto"
    name = found[0].tag.rpartition("}")[2].replace("3DChart", "Chart")
    if name == "barChart":
        if _value(found[0], "barDir") == "bar":
            return "bar"
        return "stacked" if "tacked" in _value(found[0], "grouping") else "column"
    shapes: dict[str, Shape] = {"lineChart": "line", "pieChart": "pie", "doughnutChart": "ring"}
    return shapes.get(name, "auto")


def _value(parent: Element, name: str) -> str:
    found = parent.find(C + name)
    return "" if found is None else found.get("val", "")


def _first(series: Element, *names: str) -> Element | None:
    return next((found for name in names if (found := series.find(C + name)) is not None), None)


def _name(series: Element, index: int) -> str:
    text = series.find(C + "tx")
    return (_said(text) if text is not None else "") or f"系列{index}"


def _said(parent: Element) -> str:
    """The rich or cached text of a title or a name."""
    paragraphs = ["".join(t.text or "" for t in p.iter(A + "t")) for p in parent.iter(A + "p")] or [
        v.text or "" for v in parent.iter(C + "v")
    ]
    return " ".join(" ".join(paragraphs).split())


def _points(data: Element | None) -> dict[int, str]:
    """Cached points by index. Categories of several levels are joined, the widest first."""
    made: dict[int, str] = {}
    if data is None:
        return made
    levels = list(data.iter(C + "lvl"))
    if levels:
        count = max((number(p.get("idx")) for p in levels[0].iter(C + "pt")), default=-1) + 1
        for level in levels:
            spread = _spread(_cache(level), min(count, _POINT_LIMIT))
            for at, text in spread.items():
                made[at] = f"{text} {made[at]}" if at in made else text
        return made
    return _cache(data)


def _spread(points: dict[int, str], count: int) -> dict[int, str]:
    """Each point stands until the next one."""
    made, last = {}, ""
    for at in range(count):
        last = points.get(at, last)
        made[at] = last
    return made


def _cache(data: Element) -> dict[int, str]:
    code = next((item.text or "" for item in data.iter(C + "formatCode")), "")
    made = {}
    for point in data.iter(C + "pt"):
        at = number(point.get("idx"), -1)
        text = "".join(item.text or "" for item in point.iter(C + "v")).strip()
        if 0 <= at < _POINT_LIMIT:
            made[at] = _shown(" ".join(text.split()), point.get("formatCode") or code)
    return made


def _shown(text: str, code: str) -> str:
    """A cached number as its format shows it: without the noise of floats, shares in percent."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    if not value.is_finite() or (len(text) < 5 and "%" not in code):
        return text
    if "%" in code:
        decimals = len(code.partition("%")[0].rpartition(".")[2]) if "." in code else 0
        return f"{(value * 100).quantize(Decimal(1).scaleb(-min(decimals, 6)))}%"
    if abs(value.adjusted()) > 15:
        return text
    plain = f"{value:.12g}" if len(value.as_tuple().digits) > 12 else f"{value:f}"
    rounded = f"{Decimal(plain):f}"
    return rounded.rstrip("0").rstrip(".") if "." in rounded else rounded
