"""Native charts: editable in Word, with their workbook, in the colours of the PDF's drawings."""

from collections.abc import Iterable
from decimal import Decimal

from docx.opc.constants import CONTENT_TYPE

from reportkit.model.report import RChart, Series
from reportkit.model.style import Style
from reportkit.writing.charts import FONT, size_mm
from reportkit.writing.charts.axes import label_colours
from reportkit.writing.charts.rounds import drawable
from reportkit.writing.charts.scene import AXIS, GRID, INK, Look, looks

from .chart_labels import SIZE, Labels, sides
from .context import DOCUMENT, Context
from .looks import colour, emu
from .pictures import inline_drawing
from .workbook import reference, workbook
from .xml import NAMESPACES, Element, clean, el, root

_CATEGORIES, _VALUES = 1, 2
"""Ids of the two axes; Word wants them positive."""
_PATTERNS = {
    "/": "wdUpDiag",
    "\\": "wdDnDiag",
    "-": "narHorz",
    "|": "narVert",
    "x": "openDmnd",
    "/|": "smGrid",
    "\\-": "smCheck",
}
_MARKERS = {
    "circle": "circle",
    "square": "square",
    "triangle": "triangle",
    "diamond": "diamond",
    "down": "dash",
    "cross": "x",
}
_DASHES = {0: "solid", 2: "dash", 4: "dashDot"}


def chart(item: RChart, context: Context, width: float) -> Element:
    """A run with the chart, at most ``width`` mm wide."""
    wide, high = size_mm(item, context.style)
    scale = min(1.0, width / wide)
    relation = _add(item, context)
    identity = context.next_drawing()
    graphic = el("a:graphicData", {"uri": NAMESPACES["c"]}, el("c:chart", {"r:id": relation}))
    properties: dict[str, str | int] = {
        "id": identity,
        "name": f"图表 {identity}",
        "descr": clean(item.alt),
    }
    return inline_drawing(graphic, properties, {"cx": emu(wide * scale), "cy": emu(high * scale)})


def _add(item: RChart, context: Context) -> str:
    """Put the chart and its workbook into the package; return the chart's relation."""
    package = context.package
    number = package.number("chart")
    name = f"word/charts/chart{number}.xml"
    book = f"word/embeddings/Microsoft_Excel_Sheet{number}.xlsx"
    package.add(book, workbook(_rows(item)), CONTENT_TYPE.SML_SHEET)
    space = chart_space(item, context.style)
    package.add(name, space, CONTENT_TYPE.DML_CHART)
    external = package.relate(name, "package", book)
    space.append(el("c:externalData", {"r:id": external}, _flag("c:autoUpdate", 0)))
    return package.relate(DOCUMENT, "chart", name)


def _rows(item: RChart) -> list[list[str | Decimal | None]]:
    head: list[str | Decimal | None] = [item.unit or "", *[one.name for one in item.series]]
    body: list[list[str | Decimal | None]] = [
        [name, *[_value(one, index) for one in item.series]]
        for index, name in enumerate(item.categories)
    ]
    return [head, *body]


def _value(series: Series, index: int) -> Decimal | None:
    return series.values[index] if index < len(series.values) else None


def chart_space(item: RChart, style: Style) -> Element:
    """The chart part, still without its workbook. What can be no pie becomes columns."""
    kind = item.kind
    if kind in ("pie", "ring") and not drawable(item):
        kind = "column"
    round_ = kind in ("pie", "ring")
    plot = [_round(item, kind, style)] if round_ else _upright(item, kind, style)
    legend = not round_ and len(item.series) > 1
    return root(
        "c:chartSpace",
        "c a r",
        _flag("c:date1904", 0),
        el("c:lang", {"val": "zh-CN"}),
        _flag("c:roundedCorners", 0),
        el(
            "c:chart",
            None,
            _unit(item.unit) if item.unit else None,
            _flag("c:autoTitleDeleted", 0 if item.unit else 1),
            el("c:plotArea", None, el("c:layout"), *plot, el("c:spPr", None, el("a:noFill"))),
            el("c:legend", None, el("c:legendPos", {"val": "b"}), _flag("c:overlay", 0))
            if legend
            else None,
            _flag("c:plotVisOnly", 1),
            el("c:dispBlanksAs", {"val": "gap"}),
        ),
        el("c:spPr", None, el("a:noFill"), el("a:ln", None, el("a:noFill"))),
        _text(style),
    )


def _flag(tag: str, value: int) -> Element:
    return el(tag, {"val": value})


def _solid(value: str) -> Element:
    return el("a:solidFill", None, el("a:srgbClr", {"val": colour(value)}))


def _text(style: Style) -> Element:
    font = style.fonts[style.texts[FONT].font]
    letters = el(
        "a:defRPr",
        {"sz": SIZE, "b": 0},
        _solid(INK),
        el("a:latin", {"typeface": font.latin}),
        el("a:ea", {"typeface": font.word}),
    )
    paragraph = el("a:p", None, el("a:pPr", None, letters), el("a:endParaRPr", {"lang": "zh-CN"}))
    return el("c:txPr", None, el("a:bodyPr"), el("a:lstStyle"), paragraph)


def _unit(unit: str) -> Element:
    """The unit at the top left, as the chart's title."""
    words = el("a:r", None, el("a:rPr", {"lang": "zh-CN", "sz": SIZE, "b": 0}), el("a:t"))
    words[1].text = clean(unit)
    properties = el("a:pPr", None, el("a:defRPr", {"sz": SIZE, "b": 0}))
    place = el(
        "c:manualLayout",
        None,
        el("c:xMode", {"val": "edge"}),
        el("c:yMode", {"val": "edge"}),
        el("c:x", {"val": "0.005"}),
        el("c:y", {"val": "0.005"}),
    )
    rich = el("c:rich", None, el("a:bodyPr"), el("a:lstStyle"), el("a:p", None, properties, words))
    return el(
        "c:title",
        None,
        el("c:tx", None, rich),
        el("c:layout", None, place),
        _flag("c:overlay", 0),
    )


def _strings(tag: str, cells: str, texts: Iterable[str]) -> Element:
    found = list(texts)
    cache = el("c:strCache", None, _flag("c:ptCount", len(found)))
    for index, text in enumerate(found):
        value = el("c:v")
        value.text = clean(text)
        cache.append(el("c:pt", {"idx": index}, value))
    formula = el("c:f")
    formula.text = cells
    return el(tag, None, el("c:strRef", None, formula, cache))


def _numbers(cells: str, series: Series, count: int) -> Element:
    formula, code = el("c:f"), el("c:formatCode")
    formula.text, code.text = cells, "General"
    cache = el("c:numCache", None, code, _flag("c:ptCount", count))
    for index in range(count):
        number = _value(series, index)
        if number is not None:
            value = el("c:v")
            value.text = f"{number:f}"
            cache.append(el("c:pt", {"idx": index}, value))
    return el("c:val", None, el("c:numRef", None, formula, cache))


def _fill(look: Look) -> Element:
    """The series' colour, hatched so that it is told from the others without colour too."""
    if look.hatch not in _PATTERNS:
        return _solid(look.colour)
    paper = el("a:fgClr", None, el("a:srgbClr", {"val": "FFFFFF"}))
    ground = el("a:bgClr", None, el("a:srgbClr", {"val": colour(look.colour)}))
    return el("a:pattFill", {"prst": _PATTERNS[look.hatch]}, paper, ground)


def _series(item: RChart, index: int, *looks_: Element) -> list[Element]:
    one, count = item.series[index], len(item.categories)
    head = [_flag("c:idx", index), _flag("c:order", index)]
    name = _strings("c:tx", reference(index + 1, 1, 1), [one.name])
    categories = _strings("c:cat", reference(0, 2, count + 1), item.categories)
    values = _numbers(reference(index + 1, 2, count + 1), one, count)
    return [*head, name, *looks_, categories, values]


def _upright(item: RChart, kind: str, style: Style) -> list[Element]:
    found = [number for one in item.series for number in one.values if number is not None]
    from_zero = kind != "line" and min(found, default=Decimal(0)) >= 0
    return [_bars_or_lines(item, kind, style), *_axes(kind, from_zero, _of_hundred(item, kind))]


def _of_hundred(item: RChart, kind: str) -> bool:
    """Whether the values are shares of 100, near enough to it for an axis to end there."""
    columns = zip(*[one.values for one in item.series], strict=False)
    tops = [
        sum(known) if kind == "stacked" else max(known)
        for column in columns
        if (known := [number for number in column if number is not None])
    ]
    percent = any(sign in (item.unit or "") for sign in "%％")
    return percent and 80 < max(tops, default=0) <= 100


def _bars_or_lines(item: RChart, kind: str, style: Style) -> Element:
    kinds = looks(style.chart.colours, len(item.series))
    axes = [_flag("c:axId", _CATEGORIES), _flag("c:axId", _VALUES)]
    count = len(item.categories)
    if kind == "line":
        lines = []
        for index, look in enumerate(kinds):
            labels = Labels(side="t", sides=sides(item, index)).element(item.series[index], count)
            stroke, mark = _stroke(look)
            made = _series(item, index, stroke, mark, labels)
            lines.append(el("c:ser", None, *made, _flag("c:smooth", 0)))
        return el(
            "c:lineChart",
            None,
            el("c:grouping", {"val": "standard"}),
            _flag("c:varyColors", 0),
            *lines,
            _flag("c:marker", 1),
            *axes,
        )
    stacked = kind == "stacked"
    bars = []
    for index, look in enumerate(kinds):
        place = "ctr" if stacked else "outEnd"
        ink, ground = label_colours(look) if stacked else (None, None)
        labels = Labels(side=place, ink=ink, ground=ground).element(item.series[index], count)
        shape = el("c:spPr", None, _fill(look))
        made = _series(item, index, shape, _flag("c:invertIfNegative", 0), labels)
        bars.append(el("c:ser", None, *made))
    return el(
        "c:barChart",
        None,
        el("c:barDir", {"val": "bar" if kind == "bar" else "col"}),
        el("c:grouping", {"val": "stacked" if stacked else "clustered"}),
        _flag("c:varyColors", 0),
        *bars,
        _flag("c:gapWidth", 60),
        _flag("c:overlap", 100) if stacked else None,
        *axes,
    )


def _stroke(look: Look) -> tuple[Element, Element]:
    """Line and marker of a series."""
    dash = el("a:prstDash", {"val": _DASHES.get(len(look.dash), "dash")})
    line = el("a:ln", {"w": 22225}, _solid(look.colour), dash, el("a:round"))
    mark = el(
        "c:marker",
        None,
        el("c:symbol", {"val": _MARKERS[look.marker]}),
        _flag("c:size", 6),
        el("c:spPr", None, _solid(look.colour), el("a:ln", None, _solid(look.colour))),
    )
    return el("c:spPr", None, line), mark


def _round(item: RChart, kind: str, style: Style) -> Element:
    """A pie or ring: a name, a value and its share beside each part."""
    kinds = looks(style.chart.colours, len(item.categories))
    points = []
    for index, look in enumerate(kinds):
        edge = el("a:ln", {"w": 9525}, _solid("#FFFFFF"))
        shape = el("c:spPr", None, _solid(look.colour), edge)
        points.append(el("c:dPt", None, _flag("c:idx", index), _flag("c:bubble3D", 0), shape))
    percent = any("%" in text or "％" in text for text in (item.unit or "", *item.series[0].shown))
    shows = {"CatName": 1, "Val": 1, "Percent": 0 if percent else 1}
    position = "outEnd" if kind == "pie" else None
    labels = Labels(shows, position).element(item.series[0], len(item.categories))
    labels.append(_flag("c:showLeaderLines", 1))
    series = el("c:ser", None, *_series(item, 0, *points, labels))
    if kind == "pie":
        return el("c:pieChart", None, _flag("c:varyColors", 1), series, _flag("c:firstSliceAng", 0))
    return el(
        "c:doughnutChart",
        None,
        _flag("c:varyColors", 1),
        series,
        _flag("c:firstSliceAng", 0),
        _flag("c:holeSize", 56),
    )


def _axes(kind: str, from_zero: bool, of_hundred: bool) -> list[Element]:
    """Both axes; the lengths of bars are true only if the values begin ``from_zero``."""
    flat = kind == "bar"
    return [
        el(
            "c:catAx",
            None,
            _flag("c:axId", _CATEGORIES),
            el("c:scaling", None, el("c:orientation", {"val": "maxMin" if flat else "minMax"})),
            _flag("c:delete", 0),
            el("c:axPos", {"val": "l" if flat else "b"}),
            *_axis_look(AXIS),
            _flag("c:crossAx", _VALUES),
            el("c:crosses", {"val": "autoZero"}),
            _flag("c:auto", 0),
            el("c:lblAlgn", {"val": "ctr"}),
            _flag("c:lblOffset", 100),
            _flag("c:noMultiLvlLbl", 1),
        ),
        el(
            "c:valAx",
            None,
            _flag("c:axId", _VALUES),
            el(
                "c:scaling",
                None,
                el("c:orientation", {"val": "minMax"}),
                _flag("c:max", 100) if of_hundred else None,
                _flag("c:min", 0) if from_zero else None,
            ),
            _flag("c:delete", 0),
            el("c:axPos", {"val": "t" if flat else "l"}),
            el("c:majorGridlines", None, _line(GRID)),
            *_axis_look(None),
            _flag("c:crossAx", _CATEGORIES),
            el("c:crosses", {"val": "max" if flat else "autoZero"}),
            el("c:crossBetween", {"val": "between"}),
        ),
    ]


def _axis_look(line: str | None) -> list[Element]:
    return [
        el("c:numFmt", {"formatCode": "General", "sourceLinked": 0}),
        el("c:majorTickMark", {"val": "none"}),
        el("c:minorTickMark", {"val": "none"}),
        el("c:tickLblPos", {"val": "low" if line else "nextTo"}),
        _line(line) if line else el("c:spPr", None, el("a:ln", None, el("a:noFill"))),
    ]


def _line(value: str) -> Element:
    return el("c:spPr", None, el("a:ln", {"w": 6350}, _solid(value)))
