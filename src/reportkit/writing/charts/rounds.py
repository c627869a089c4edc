"""Pies and rings: names, values and shares stand outside, led to by a line."""

from decimal import ROUND_HALF_UP, Decimal
from math import cos, pi, sin

from reportkit.model.report import RChart

from .axes import SIZE, heading, shown, value
from .scene import GRID, PAPER, Area, Point, Scene, Stroke, Words, looks, text_width, wrap

_TENTH = Decimal("0.1")


def drawable(chart: RChart) -> bool:
    """Whether the data can be shares of a whole: one series, nothing negative, not all zero."""
    if len(chart.series) != 1:
        return False
    found = [number for number in chart.series[0].values if number is not None]
    return bool(found) and min(found) >= 0 and sum(found) > 0


def rounds(scene: Scene, chart: RChart, colours: tuple[str, ...]) -> None:
    """One pie or ring, from the top clockwise."""
    top = heading(scene, chart)
    radius = (scene.height - top) / 2 - 14
    centre = (scene.width / 2, top + (scene.height - top) / 2)
    kinds = looks(colours, len(chart.categories))
    total = sum((n for n in chart.series[0].values if n is not None), Decimal(0))
    begin = Decimal(0)
    sides: dict[bool, list[tuple[float, str]]] = {True: [], False: []}
    for i, name in enumerate(chart.categories):
        number = value(chart.series[0], i)
        end = begin + (number or Decimal(0))
        angles = float(begin / total), float(end / total)
        if number:
            scene.add(Area(_slice(centre, radius, *angles), kinds[i].colour, PAPER))
        middle = sum(angles) / 2
        text = _label(chart, i, name, number, total)
        sides[middle <= 0.5].append((middle, text))
        begin = end
    if chart.kind == "ring":
        scene.add(Area(_slice(centre, radius * 0.56, 0, 1), PAPER))
    for right, labels in sides.items():
        _labels(scene, centre, radius, labels if right else labels[::-1], right, top)


def _label(chart: RChart, index: int, name: str, number: Decimal | None, total: Decimal) -> str:
    text = shown(chart.series[0], index)
    if number is None:
        return f"{name} {text}".strip()
    if "%" in text or "%" in (chart.unit or "") or "％" in (chart.unit or ""):
        return f"{name} {text}"
    return f"{name} {text}（{share(number, total)}%）"


def share(part: Decimal, whole: Decimal) -> Decimal:
    """Percent with one decimal; with more where that would say nothing (0.02, not 0.0)."""
    percent = part * 100 / whole
    digits = _TENTH
    while percent and not percent.quantize(digits, ROUND_HALF_UP):
        digits /= 10
    return percent.quantize(digits, ROUND_HALF_UP)


def _slice(centre: Point, radius: float, begin: float, end: float) -> tuple[Point, ...]:
    """A sector; angles in turns from the top, clockwise. A whole turn is a disc."""
    steps = max(2, round((end - begin) * 180))
    arc = [
        _on(centre, radius, begin + (end - begin) * k / steps)
        for k in range(steps + (end - begin < 1))
    ]
    return tuple(arc) if end - begin >= 1 else (centre, *arc)


def _on(centre: Point, radius: float, turn: float) -> Point:
    return centre[0] + radius * sin(2 * pi * turn), centre[1] - radius * cos(2 * pi * turn)


def _labels(
    scene: Scene,
    centre: Point,
    radius: float,
    labels: list[tuple[float, str]],
    right: bool,
    top: float,
) -> None:
    """Write the labels of one side from top to bottom, pushed apart where they would touch."""
    if not labels:
        return
    edge = centre[0] + (radius + 16) * (1 if right else -1)
    room = scene.width - edge - 4 if right else edge - 4
    rows = [wrap(text, SIZE, room) for _, text in labels]
    heights = [len(lines) * SIZE * 1.2 + 3 for lines in rows]
    squeeze = min(1.0, (scene.height - top) / sum(heights))
    size, heights = SIZE * squeeze, [height * squeeze for height in heights]
    tops = [
        _on(centre, radius, turn)[1] - height / 2
        for (turn, _), height in zip(labels, heights, strict=True)
    ]
    floor = top
    for i, height in enumerate(heights):
        tops[i] = floor = max(tops[i], floor)
        floor += height
    ceiling = scene.height
    for i in range(len(heights) - 1, -1, -1):
        tops[i] = ceiling = min(tops[i], ceiling - heights[i])
    for (turn, _), lines, y, height in zip(labels, rows, tops, heights, strict=True):
        middle = y + height / 2
        rim = _on(centre, radius + 1, turn)
        bend = (edge - (6 if right else -6), middle)
        ends = (edge - 2 if right else edge + 2, middle)
        scene.add(Stroke((rim, bend, ends), GRID.replace("D9", "A0"), 0.5))
        widest = max(text_width(line, size) for line in lines)
        x = edge if right else edge - widest
        for n, line in enumerate(lines):
            first = middle - len(lines) * size * 0.6 + size * 0.95
            scene.add(Words(x, first + n * size * 1.2, line, size))
