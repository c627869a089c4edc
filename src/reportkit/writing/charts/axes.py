"""Scales with round steps, legends, and labels that keep out of each other's way."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from reportkit.model.report import RChart, Series

from .scene import INK, PAPER, Area, Look, Scene, Stroke, Words, marker, text_width

SIZE = 8.5
"""Size of the text in charts, in points."""
SMALL = 7.5
TINY = 5.0
_STEPS = tuple(Decimal(text) for text in ("1", "2", "2.5", "5", "10"))


@dataclass(frozen=True)
class Scale:
    """A linear scale from ``low`` to ``high`` with round steps between them."""

    low: Decimal
    high: Decimal
    step: Decimal

    @property
    def ticks(self) -> list[Decimal]:
        """All round values on the scale, ends included."""
        count = int((self.high - self.low) / self.step)
        return [self.low + self.step * i for i in range(count + 1)]

    def share(self, value: Decimal) -> float:
        """Where a value lies between the ends, 0 to 1."""
        return float((value - self.low) / (self.high - self.low))


def scale(values: Iterable[Decimal], *, zero: bool = True, steps: int = 5) -> Scale:
    """A scale that holds all values; it begins at zero unless ``zero`` is not asked for."""
    found = list(values) or [Decimal(0), Decimal(1)]
    low, high = min(found), max(found)
    if zero or low <= 0 or low < high * Decimal("0.6"):
        low, high = min(low, Decimal(0)), max(high, Decimal(0))
    if low == high:
        high = low + (abs(low) or Decimal(1))
    raw = (high - low) / steps
    power = Decimal(10) ** raw.adjusted()
    step = next(size * power for size in _STEPS if size * power >= raw)
    bottom = (low / step).to_integral_value("ROUND_FLOOR") * step
    top = (high / step).to_integral_value("ROUND_CEILING") * step
    return Scale(bottom, top, step)


def plain(value: Decimal) -> str:
    """A number as an axis shows it."""
    text = f"{value.normalize():f}"
    return text.replace("-", "−")


def numbers(series: Iterable[Series]) -> list[Decimal]:
    """All values that are there."""
    return [value for one in series for value in one.values if value is not None]


def shown(series: Series, index: int) -> str:
    """The value as its author wrote it; empty where there is nothing."""
    return series.shown[index] if index < len(series.shown) else ""


def value(series: Series, index: int) -> Decimal | None:
    """The value, or None for a gap."""
    return series.values[index] if index < len(series.values) else None


def heading(scene: Scene, chart: RChart) -> float:
    """Write the unit at the top left; return the height used."""
    if not chart.unit:
        return 4.0
    scene.add(Words(0, SIZE, chart.unit, SIZE))
    return SIZE + 7


def legend(
    scene: Scene, names: Sequence[str], looks: Sequence[Look], top: float, *, lines: bool = False
) -> float:
    """Write the names of the series in centred rows; return the height used."""
    widths = [18 + text_width(name, SIZE) + 14 for name in names]
    rows: list[list[int]] = [[]]
    for i, width in enumerate(widths):
        if rows[-1] and sum(widths[k] for k in rows[-1]) + width > scene.width:
            rows.append([])
        rows[-1].append(i)
    y = top
    for row in rows:
        x = (scene.width - sum(widths[k] for k in row) + 14) / 2
        for k in row:
            _sign(scene, looks[k], x, y, lines)
            scene.add(Words(x + 18, y + SIZE - 1, names[k], SIZE))
            x += widths[k]
        y += SIZE + 6
    return y - top


def _sign(scene: Scene, look: Look, x: float, y: float, lines: bool) -> None:
    if lines:
        middle = y + SIZE / 2
        scene.add(Stroke(((x, middle), (x + 14, middle)), look.colour, 1.5, look.dash))
        scene.add(marker(look.marker, x + 7, middle, 5, look.colour))
    else:
        scene.box(x + 1, y, 12, SIZE - 0.5, look)


@dataclass
class Placer:
    """Puts labels where nothing else is written."""

    scene: Scene
    taken: list[tuple[float, float, float, float]] = field(default_factory=list)

    def block(self, left: float, top: float, right: float, bottom: float) -> None:
        """Keep a rectangle free of labels."""
        self.taken.append((left, top, right, bottom))

    def put(self, text: str, size: float, places: Iterable[tuple[float, float]]) -> None:
        """Write a centred text at the first (centre, baseline) that is free, or at the last."""
        width = text_width(text, size)
        box = (0.0, 0.0, 0.0, 0.0)
        x = y = 0.0
        for centre, y in places:
            x = min(max(centre, width / 2), self.scene.width - width / 2)
            box = (x - width / 2, y - size * 0.85, x + width / 2, y + size * 0.15)
            if not any(_overlap(box, other) for other in self.taken):
                break
        self.taken.append(box)
        self.scene.add(Words(x, y, text, size, "middle"))


def _overlap(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def contrast(colour: str) -> str:
    """Ink or paper, whichever stands out more from a colour (contrast ratio of WCAG 2.1)."""
    ground = _luminance(colour)
    ink, paper = (ground + 0.05) / (_luminance(INK) + 0.05), 1.05 / (ground + 0.05)
    return INK if ink > paper else PAPER


def _luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb``, from 0 to 1."""
    shares = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def label_colours(look: Look) -> tuple[str, str | None]:
    """Ink of a value on the surface of a series, and the ground under it where that is hatched.

    On a hatching letters need a white ground: in greyscale no colour is far enough from the lines.
    """
    return (INK, PAPER) if look.hatch else (contrast(look.colour), None)


def plate(scene: Scene, x: float, y: float, text: str, size: float, look: Look) -> None:
    """A text in the middle of the surface of a series."""
    ink, ground = label_colours(look)
    width = text_width(text, size) / 2 + 1.5
    if ground is not None:
        left, top, right, bottom = x - width, y - size * 0.9, x + width, y + size * 0.2
        scene.add(Area(((left, top), (right, top), (right, bottom), (left, bottom)), ground))
    scene.add(Words(x, y, text, size, "middle", ink))
