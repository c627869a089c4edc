"""Charts drawn from data, as vectors for the PDF; the DOCX has native ones of the same look."""

from reportkit.model.report import RChart
from reportkit.model.style import Style

from .bars import bars, height
from .rounds import drawable, rounds
from .scene import Scene
from .upright import columns, lines, stacked

__all__ = ["FONT", "chart_svg", "scene", "size_mm"]

_POINT = 72 / 25.4
FONT = "table_header"
"""The text style whose font the charts take."""


def scene(chart: RChart, style: Style) -> Scene:
    """The drawing of a chart, as wide as the text. What cannot be a pie becomes columns."""
    page = style.page
    width = (page.width - page.inside - page.outside) * _POINT
    colours = style.chart.colours
    tall = style.chart.height * _POINT
    kind = chart.kind
    if kind in ("pie", "ring") and not drawable(chart):
        kind = "column"
    if kind == "bar":
        most = (page.height - page.top - page.bottom - 40) * _POINT
        drawing = Scene(width, height(chart, width, most))
        bars(drawing, chart, colours)
        return drawing
    drawing = Scene(width, tall)
    {"column": columns, "stacked": stacked, "line": lines, "pie": rounds, "ring": rounds}[kind](
        drawing, chart, colours
    )
    return drawing


def chart_svg(chart: RChart, style: Style, family: str) -> str:
    """The chart as an SVG element; ``family`` is the CSS font family of its text."""
    from .svg import svg

    return svg(scene(chart, style), family, chart.alt)


def size_mm(chart: RChart, style: Style) -> tuple[float, float]:
    """Width and height of a chart on paper."""
    drawing = scene(chart, style)
    return drawing.width / _POINT, drawing.height / _POINT
