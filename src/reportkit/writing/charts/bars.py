"""Horizontal bars: room for long category names."""

from decimal import Decimal

from reportkit.model.report import RChart

from .axes import SIZE, SMALL, heading, legend, numbers, plain, scale, shown, value
from .scene import AXIS, GRID, Scene, Stroke, Words, looks, text_width, wrap

_BAR = 11.0
_GAP = 7.0


def rows_of(chart: RChart, width: float) -> list[list[str]]:
    """The category names in lines."""
    return [wrap(name, SIZE, width * 0.36) for name in chart.categories]


def height(chart: RChart, width: float, most: float) -> float:
    """How high the chart must be, in points; never more than ``most``."""
    rows = rows_of(chart, width)
    bars = max(1, len(chart.series)) * _BAR
    body = sum(max(bars, len(row) * SIZE * 1.25) + _GAP for row in rows)
    return min(body + 52 + (SIZE + 8 if len(chart.series) > 1 else 0), most)


def bars(scene: Scene, chart: RChart, colours: tuple[str, ...]) -> None:
    """Bars from the left, each with its value at its end."""
    kinds = looks(colours, len(chart.series))
    foot = scene.height
    if len(chart.series) > 1:
        names = [series.name for series in chart.series]
        foot -= legend(Scene(scene.width, 0), names, kinds, 0)
        legend(scene, names, kinds, foot + 4)
    top, bottom = heading(scene, chart) + 2, foot - SIZE - 8
    rows = rows_of(chart, scene.width)
    left = max((text_width(row, SIZE) for lines in rows for row in lines), default=0) + 8
    measure = scale(numbers(chart.series))
    texts = [shown(one, i) for one in chart.series for i in range(len(rows))]
    room = max((text_width(text, SMALL) for text in texts), default=0) + 6
    left += room if measure.low < 0 else 0
    right = scene.width - room

    def at(number: Decimal) -> float:
        return left + measure.share(number) * (right - left)

    for tick in measure.ticks:
        x = at(tick)
        scene.add(Stroke(((x, top), (x, bottom)), AXIS if tick == 0 else GRID, 0.5))
        scene.add(Words(x, bottom + SIZE + 2, plain(tick), SIZE, "middle"))
    count = max(1, len(chart.series))
    weights = [max(count * _BAR, len(lines) * SIZE * 1.25) + _GAP for lines in rows]
    shrink = (bottom - top) / sum(weights) if weights else 1
    y = top
    for i, lines in enumerate(rows):
        slot = weights[i] * shrink
        size = min(SIZE, slot / (len(lines) * 1.2))
        first = y + slot / 2 - size * 1.2 * len(lines) / 2 + size * 0.95
        names_x = left - (room if measure.low < 0 else 0) - 6
        for n, line in enumerate(lines):
            scene.add(Words(names_x, first + n * size * 1.2, line, size, "end"))
        thick = min((slot - _GAP * shrink) / count, 15.0)
        start = y + (slot - thick * count) / 2
        for k, one in enumerate(chart.series):
            number, base = value(one, i), at(Decimal(0))
            end = base if number is None else at(number)
            if number is not None:
                scene.box(base, start + k * thick + 0.5, end - base, thick - 1, kinds[k])
            negative = number is not None and number < 0
            label = min(SMALL, thick)
            scene.add(
                Words(
                    end - 3 if negative else end + 3,
                    start + (k + 0.5) * thick + label * 0.35,
                    shown(one, i),
                    label,
                    "end" if negative else "start",
                )
            )
        y += slot
