"""Charts with categories along the bottom: columns, stacked columns, lines."""

from decimal import Decimal

from reportkit.model.report import RChart

from .axes import (
    SIZE,
    SMALL,
    TINY,
    Placer,
    Scale,
    heading,
    legend,
    numbers,
    plain,
    plate,
    scale,
    shown,
    value,
)
from .scene import AXIS, GRID, Anchor, Look, Scene, Stroke, Words, looks, marker, text_width, wrap

_ROOM = 14.0
"""Room above the highest value, and below a negative one, for its label."""


class Plot:
    """The ground of a chart: scale, grid, categories, legend. ``slot`` is the width of one."""

    def __init__(
        self, scene: Scene, chart: RChart, measure: Scale, colours: tuple[str, ...]
    ) -> None:
        self.scene, self.chart, self.measure = scene, chart, measure
        self.looks = looks(colours, len(chart.series))
        lines = chart.kind == "line"
        foot = scene.height
        names = [series.name for series in chart.series]
        if any(names) and len(names) > 1:
            probe = Scene(scene.width, scene.height)
            foot -= legend(probe, names, self.looks, 0, lines=lines)
            legend(scene, names, self.looks, foot + 4, lines=lines)
        self.left = max(text_width(plain(tick), SIZE) for tick in measure.ticks) + 6
        self.right = scene.width - 4
        self.count = max(1, len(chart.categories))
        self.slot = (self.right - self.left) / self.count
        self.size, labels = self._labels()
        self.top = heading(scene, chart) + _ROOM
        self.bottom = foot - 6 - max(map(len, labels), default=1) * self.size * 1.2
        base = self.bottom
        self.bottom -= _ROOM if measure.low < 0 else 0
        self._grid()
        for i, rows in enumerate(labels):
            for n, row in enumerate(rows):
                y = base + 4 + self.size * (0.9 + 1.2 * n)
                scene.add(Words(self.centre(i), y, row, self.size, "middle"))

    def centre(self, index: int) -> float:
        """The middle of a category."""
        return self.left + (index + 0.5) * self.slot

    def y(self, value: Decimal) -> float:
        """The height of a value."""
        return self.bottom - self.measure.share(value) * (self.bottom - self.top)

    def _labels(self) -> tuple[float, list[list[str]]]:
        """The size of the category names and their lines."""
        rows: list[list[str]] = []
        for size in (SIZE, SMALL, 6.5, TINY):
            rows = [wrap(name, size, self.slot - 2) for name in self.chart.categories]
            if max(map(len, rows), default=1) * size * 1.2 <= self.scene.height * 0.3:
                return size, rows
        return TINY, rows

    def _grid(self) -> None:
        for tick in self.measure.ticks:
            y = self.y(tick)
            colour = AXIS if tick == 0 else GRID
            self.scene.add(Stroke(((self.left, y), (self.right, y)), colour, 0.5))
            self.scene.add(Words(self.left - 4, y + SIZE * 0.35, plain(tick), SIZE, "end"))
        self.scene.add(Stroke(((self.left, self.bottom), (self.right, self.bottom)), AXIS, 0.75))


def columns(scene: Scene, chart: RChart, colours: tuple[str, ...]) -> None:
    """Grouped columns, each with its value."""
    plot = Plot(scene, chart, scale(numbers(chart.series)), colours)
    pitch = plot.slot * 0.76 / max(1, len(chart.series))
    width = min(pitch, 46.0)
    texts = [shown(one, i) for one in chart.series for i in range(plot.count)]
    widest = max((text_width(text, 1) for text in texts), default=0)
    size = min(SIZE, max(SMALL, pitch / widest if widest else SIZE))
    turned = bool(widest) and widest * size > max(pitch, width) * 1.25
    if turned:
        size = min(SMALL, max(TINY, pitch * 0.95))
    for i in range(plot.count):
        start = plot.centre(i) - width * len(chart.series) / 2
        for k, one in enumerate(chart.series):
            x, number = start + k * width, value(one, i)
            base = plot.y(Decimal(0))
            y = base if number is None else plot.y(number)
            if number is not None:
                scene.box(x + 0.5, y, width - 1, base - y, plot.looks[k])
            _value(plot, x + width / 2, y, shown(one, i), size, turned, number)


def _value(
    plot: Plot, x: float, y: float, text: str, size: float, turned: bool, number: Decimal | None
) -> None:
    below = number is not None and number < 0
    if not text:
        return
    if turned:
        anchor: Anchor = "end" if below else "start"
        y += 3 if below else -3
        plot.scene.add(Words(x + size * 0.35, y, text, size, anchor, turned=True))
    else:
        plot.scene.add(Words(x, y + size if below else y - 3, text, size, "middle"))


def stacked(scene: Scene, chart: RChart, colours: tuple[str, ...]) -> None:
    """Stacked columns; values stand in their parts, or beside those that are too thin."""
    sums = [Decimal(0)]
    for i in range(len(chart.categories)):
        found = [number for one in chart.series if (number := value(one, i)) is not None]
        sums += [
            sum((n for n in found if n > 0), Decimal(0)),
            sum((n for n in found if n < 0), Decimal(0)),
        ]
    plot = Plot(scene, chart, scale(sums), colours)
    width = min(plot.slot * 0.5, 60.0)
    for i in range(plot.count):
        _stack(plot, i, plot.centre(i) - width / 2, width)


def _stack(plot: Plot, index: int, x: float, width: float) -> None:
    ends = {True: Decimal(0), False: Decimal(0)}
    beside = Placer(plot.scene)
    for k, one in enumerate(plot.chart.series):
        number = value(one, index)
        if number is None:
            continue
        begin = ends[number >= 0]
        ends[number >= 0] = begin + number
        low, high = plot.y(begin), plot.y(begin + number)
        plot.scene.box(x, high, width, low - high, plot.looks[k])
        text, middle = shown(one, index), (low + high) / 2
        size = min(SIZE, width / max(text_width(text, 1), 0.1))
        if abs(low - high) >= SIZE + 1 and size >= SMALL - 1:
            plate(plot.scene, x + width / 2, middle + size * 0.35, text, size, plot.looks[k])
        elif text:
            at = x + width + text_width(text, SMALL) / 2 + 2
            spots = ((at, middle + 3 + step) for step in (0, -8, 8, -16, 16, -24, 24))
            beside.put(text, SMALL, spots)


def lines(scene: Scene, chart: RChart, colours: tuple[str, ...]) -> None:
    """Lines with a mark for each value; gaps interrupt them."""
    plot = Plot(scene, chart, scale(numbers(chart.series), zero=False), colours)
    placer = Placer(scene)
    for k, one in enumerate(chart.series):
        stretch: list[tuple[float, float]] = []
        for i in range(plot.count):
            number = value(one, i)
            if number is None:
                _stretch(plot, stretch, plot.looks[k])
                stretch = []
                continue
            stretch.append((plot.centre(i), plot.y(number)))
            x, y = stretch[-1]
            placer.block(x - 3, y - 3, x + 3, y + 3)
        _stretch(plot, stretch, plot.looks[k])
    for one in chart.series:
        for i in range(plot.count):
            number = value(one, i)
            y = plot.bottom if number is None else plot.y(number)
            if text := shown(one, i):
                spots = [(plot.centre(i), y + step) for step in (-5, 13, -14, 22, -23, 31, -32)]
                placer.put(text, SIZE if plot.slot > 24 else SMALL, spots)


def _stretch(plot: Plot, points: list[tuple[float, float]], look: Look) -> None:
    if len(points) > 1:
        plot.scene.add(Stroke(tuple(points), look.colour, 1.75, look.dash))
    for x, y in points:
        plot.scene.add(marker(look.marker, x, y, 6, look.colour))
