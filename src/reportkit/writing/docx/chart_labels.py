"""Data labels of native charts: values as their author wrote them, kept alive by number formats."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from reportkit.model.report import RChart, Series

from .looks import colour
from .xml import Element, el

SIZE = 850
"""Type size in hundredths of a point, as in the PDF."""
_NEAR = Decimal("0.12")
"""Two points nearer than this share of the scale have their labels on different sides."""


def number_format(value: Decimal, shown: str) -> str | None:
    """The number format under which ``value`` reads ``shown``, or None if there is none."""
    decimals = max(0, -int(value.as_tuple().exponent))
    for grouped in (False, True):
        text = f"{abs(value):{',' if grouped else ''}.{decimals}f}"
        place = shown.find(text)
        if place < 0:
            continue
        before, after = shown[:place], shown[place + len(text) :]
        if value < 0 and before[-1:] in ("-", "−"):
            before = before[:-1]
        code = ("#,##0" if grouped else "0") + ("." + "0" * decimals if decimals else "")
        return _quoted(before) + code + _quoted(after)
    return None


def _quoted(text: str) -> str:
    return '"' + text.replace('"', "”") + '"' if text else ""


@dataclass(frozen=True)
class Labels:
    """How the labels of a series look: what they show, on which side, in which colour.

    ``ink`` is the colour of labels that stand on a surface, ``ground`` that of a plate under them
    where the surface is hatched; ``sides`` are the points whose labels stand elsewhere than the
    others'.
    """

    shows: Mapping[str, int] = field(default_factory=lambda: {"Val": 1})
    side: str | None = None
    ink: str | None = None
    ground: str | None = None
    sides: Mapping[int, str] = field(default_factory=dict)

    def element(self, series: Series, count: int) -> Element:
        """The labels of the first ``count`` points."""
        codes = {
            index: number_format(number, series.shown[index]) or "General"
            for index, number in enumerate(series.values[: min(count, len(series.shown))])
            if number is not None
        }
        usual = next(iter(codes.values()), "General")
        made = [
            el("c:dLbl", None, el("c:idx", {"val": index}), *self._tail(code, index))
            for index, code in codes.items()
            if code != usual or index in self.sides
        ]
        return el("c:dLbls", None, *made, *self._tail(usual))

    def _tail(self, code: str, index: int = -1) -> list[Element]:
        tail = [
            el("c:numFmt", {"formatCode": code, "sourceLinked": 0}),
            el("c:spPr", None, self._ground(), el("a:ln", None, el("a:noFill"))),
        ]
        if self.ink:
            tail.append(_letters(self.ink))
        side = self.sides.get(index, self.side)
        if side:
            tail.append(el("c:dLblPos", {"val": side}))
        names = ("LegendKey", "Val", "CatName", "SerName", "Percent", "BubbleSize")
        tail += [el(f"c:show{name}", {"val": self.shows.get(name, 0)}) for name in names]
        if sum(self.shows.values()) > 1:
            separator = el("c:separator")
            separator.text = " "
            tail.append(separator)
        return tail

    def _ground(self) -> Element:
        if self.ground is None:
            return el("a:noFill")
        return el("a:solidFill", None, el("a:srgbClr", {"val": colour(self.ground)}))


def _letters(ink: str) -> Element:
    fill = el("a:solidFill", None, el("a:srgbClr", {"val": colour(ink)}))
    letters = el("a:defRPr", {"sz": SIZE, "b": 0}, fill)
    words = el("a:p", None, el("a:pPr", None, letters), el("a:endParaRPr", {"lang": "zh-CN"}))
    return el("c:txPr", None, el("a:bodyPr"), el("a:lstStyle"), words)


def sides(item: RChart, index: int) -> dict[int, str]:
    """The points of a line that lie close below another line: their labels stand below."""
    found = [n for one in item.series for n in one.values if n is not None]
    near = (max(found) - min(found)) * _NEAR if found else Decimal(0)
    others = [one for n, one in enumerate(item.series) if n != index]
    return {
        place: "b"
        for place, number in enumerate(item.series[index].values)
        if number is not None and _close_above(number, place, others, near)
    }


def _close_above(number: Decimal, place: int, others: Sequence[Series], near: Decimal) -> bool:
    for one in others:
        other = one.values[place] if place < len(one.values) else None
        if other is not None and 0 < other - number < near:
            return True
    return False
