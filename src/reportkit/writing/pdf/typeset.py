"""Chinese line setting inside the page engine: the only module that reaches into its private parts.

WeasyPrint justifies by stretching spaces, of which Chinese has none, and knows neither squeezed
marks nor the gap between Chinese and Latin. While ``chinese_typesetting()`` is open, lines with
Chinese in them are broken and spread by the rules of ``breaks``; all other lines are left to the
engine. What is replaced, all in WeasyPrint 70:

* ``split_first_line`` (where a line breaks) as ``layout.inline`` and ``layout.preferred`` see it,
* ``justify_line`` in ``layout.inline`` (how a line fills its width),
* ``draw_text`` in ``draw`` (bold for fonts without a bold face).

Glyphs keep their order and no character is added, so that the text of the file is the same. With
any other version of the engine nothing is replaced: lines stay ragged and the report prints.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from math import ceil, floor
from typing import Any, NamedTuple

from weasyprint import draw
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline, preferred
from weasyprint.text.ffi import TO_UNITS, pango, unicode_to_char_p
from weasyprint.text.line_break import Layout, line_size, split_first_line, strut

from . import breaks
from .patching import SUPPORTED, replaced

_THOUSANDTH = 1000
_LOOSE = 0.5
"""A line whose gaps would grow beyond this, in em, is left ragged."""
_STRETCH = 0.07
"""Gaps may grow so much, in em, to keep a number and its unit together."""


class Line(NamedTuple):
    """Where a line ends: its text, where the next begins (None: nowhere), its width in px.

    ``spots`` are the places between its tokens; ``beyond`` is how far, in px, the blank half of
    its last mark reaches over its end.
    """

    text: str
    resume: int | None
    width: float
    spots: list[breaks.Joint]
    beyond: float = 0.0


class Place(NamedTuple):
    """Where a line may end: before character ``at``, at ``width`` px, after so many spots."""

    at: int
    width: float
    ending: breaks.Break
    before: int
    beyond: float

    def line(self, text: str, spots: list[breaks.Joint]) -> Line:
        """The line that ends here."""
        text = text[: self.at].rstrip(" ")
        return Line(text, self.at, self.width, spots[: self.before], self.beyond)


class Ruler:
    """Widths of tokens in one font, in px, measured once each; shapes lines to draw them."""

    def __init__(self, style: Any) -> None:
        self.style = style
        self.shaper = Layout(style)
        self._widths: dict[str, float] = {}
        self._struts: dict[Any, tuple[float, float]] = {}

    def __call__(self, token: str) -> float:
        """The advance width of a token."""
        width = self._widths.get(token)
        if width is None:
            self.shaper.set_text(token)
            line, _ = self.shaper.get_first_line()
            width = self._widths[token] = line_size(line, self.style)[0]
        return width

    def strut(self, style: Any) -> tuple[float, float]:
        """Height and baseline of lines in this font."""
        pitch = style["line_height"]
        found = self._struts.get(pitch)
        if found is None:
            found = self._struts[pitch] = strut(style)
        return found


class SpacedLayout(Layout):  # type: ignore[misc]
    """A line of text whose glyphs are drawn so that it is exactly ``width`` px wide."""

    def __init__(self, line: Line, ruler: Ruler, max_width: float | None) -> None:
        self.text, self.width, self.spots, self._ruler = line.text, line.width, line.spots, ruler
        self._beyond = line.beyond
        self.max_width = max_width
        self.justification_spacing = 0
        self.first_line_direction = 0
        self.layout: Any = None

    @property
    def stretch(self) -> int:
        """How many places can be stretched."""
        return sum(joint.stretchable for joint in self.spots)

    def deactivate(self) -> None:
        """Leave the shaper to others; the text and its width stay."""
        self.layout = None

    def reactivate(self, style: Any) -> None:
        """Shape the text again, to draw it."""
        self.layout = self._ruler.shaper.layout
        text, _ = unicode_to_char_p(self.text)
        pango.pango_layout_set_text(self.layout, text, -1)

    def get_first_line(self) -> Any:
        """The shaped line; its glyphs moved apart or together."""
        line, index = super().get_first_line()
        style = self._ruler.style
        missing = self.width + self._beyond - line_size(line, style)[0]
        _move(line, self.text, self.spots, missing, style["font_size"])
        return line, index


class Setter:
    """Breaks lines of one document; keeps its rulers."""

    def __init__(self) -> None:
        self._rulers: dict[tuple[Any, ...], Ruler] = {}

    def split(
        self,
        text: str,
        style: Any,
        context: Any,
        max_width: float | None,
        justification_spacing: float,
        is_line_start: bool = True,
        minimum: bool = False,
    ) -> tuple[Any, ...]:
        """Stands in for the engine's ``split_first_line``; returns what that returns."""
        wraps = style["white_space"] in ("normal", "pre-line")
        if not (wraps or style["white_space"] == "nowrap") or not _plain(style, text):
            return tuple(
                split_first_line(
                    text, style, context, max_width, justification_spacing, is_line_start, minimum
                )
            )
        limit = max_width if wraps else None
        anywhere = style["overflow_wrap"] == "anywhere" or (
            style["overflow_wrap"] == "break-word" and not minimum
        )
        ruler = self._ruler(style)
        line = first_line(text, style["font_size"], ruler, limit, anywhere and is_line_start)
        length = len(line.text.encode())
        resume = None if line.resume is None else len(text[: line.resume].encode())
        height, baseline = ruler.strut(style)
        layout = SpacedLayout(line, ruler, max_width)
        return layout, length, resume, line.width, height, baseline

    def _ruler(self, style: Any) -> Ruler:
        key = (
            *style["font_family"],
            style["font_size"],
            style["font_weight"],
            style["font_style"],
            id(style.font_config),
        )
        ruler = self._rulers.get(key)
        if ruler is None:
            ruler = self._rulers[key] = Ruler(style)
        return ruler


def _plain(style: Any, text: str) -> bool:
    """Whether a text can be set by the rules of ``breaks``."""
    return (
        style["letter_spacing"] == "normal"
        and style["direction"] == "ltr"
        and style["text_decoration_line"] == "none"
        and style["font_size"] > 0
        and breaks.settable(text if len(text) < 400 else text[:400])
    )


def first_line(
    text: str, size: float, ruler: Callable[[str], float], limit: float | None, anywhere: bool
) -> Line:
    """As much of the text as fits into ``limit`` px, by the rules for line ends and beginnings.

    With ``anywhere`` a token wider than the line is broken inside; otherwise it sticks out.
    """
    width = inked = 0.0
    spots: list[breaks.Joint] = []
    places: list[Place] = []
    room = float("inf") if limit is None else limit + 0.01
    for token, joint in breaks.joints(text):
        advance = ruler(token.text)
        width += advance
        if token.text != " ":
            inked = width
        beyond = 0.0
        if inked > room and advance > 0.9 * size:  # marks that the font draws half-width stay
            beyond = min(inked - room + 0.01, breaks.spare(token.text[-1]) * size)
            inked -= beyond
        if inked > room and places:
            return _choose(text, places, spots, size, room).line(text, spots)
        if inked > room and anywhere and (cut := _cut(text, ruler, room)) < len(text):
            return Line(text[:cut], cut, ruler(text[:cut]), [])
        if joint is None:
            return Line(text, None, width - beyond, spots, beyond)
        if joint.ending:
            places.append(Place(joint.at, inked, joint.ending, len(spots), beyond))
            if inked > room:
                return places[-1].line(text, spots)
        if joint.shift < 0 and advance < 0.9 * size:
            joint = joint._replace(shift=0.0)
        width += joint.shift * size
        spots.append(joint)
    return Line(text, None, width, spots)


def _choose(
    text: str, places: list[Place], spots: list[breaks.Joint], size: float, room: float
) -> Place:
    """The last place where a line may end, or the one before if that is much better."""
    last = places[-1]
    if len(places) == 1:
        return last
    other = places[-2]
    if len(text) - last.at < 6 and _lonely(text[last.at :]):
        return other
    if last.ending is breaks.Break.POOR:
        stretch = sum(joint.stretchable for joint in spots[: other.before])
        return other if room - other.width <= _STRETCH * size * stretch else last
    return last


def _cut(text: str, ruler: Callable[[str], float], room: float) -> int:
    """How many characters fit, at least one."""
    low, high = 1, min(len(text), 400)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if ruler(text[:middle]) <= room else (low, middle - 1)
    return low


def _lonely(rest: str) -> bool:
    """Whether no more than one character and its marks would stand on the last line."""
    rest = rest.strip()
    return len(rest) < 4 and sum(not breaks.is_mark(char) for char in rest) < 2


def justify(context: Any, line: Any, extra: float) -> None:
    """Stands in for the engine's ``justify_line``: spread ``extra`` px over a line."""
    leaves = list(_leaves(line))
    if not any(isinstance(box.pango_layout, SpacedLayout) for box in leaves):
        _ENGINE["justify_line"](context, line, extra)
        return
    follows = {
        id(a)
        for a, b in pairwise(leaves)
        if breaks.is_chinese(a.text[-1:] or " ") and breaks.is_chinese(b.text[:1] or " ")
    }
    extra += _trailing(line)
    places = sum(_places(box) for box in leaves) + len(follows)
    if places and extra / places <= _LOOSE * line.style["font_size"]:
        _spread(line, extra / places, 0.0, follows)


def _trailing(box: Any) -> float:
    """The gap after the last character of a line, which the margin swallows."""
    last = box.children[-1] if box.children else None
    return last.margin_right + _trailing(last) if isinstance(last, boxes.InlineBox) else 0.0


def _leaves(box: Any) -> Iterator[Any]:
    for child in box.children:
        if isinstance(child, boxes.TextBox):
            yield child
        elif isinstance(child, boxes.InlineBox) and child.is_in_normal_flow():
            yield from _leaves(child)


def _places(box: Any) -> int:
    """How many places of a text box can be stretched."""
    return box.pango_layout.stretch if isinstance(box.pango_layout, SpacedLayout) else 0


def _spread(box: Any, spacing: float, advance: float, follows: set[int]) -> float:
    """Widen the boxes of a line and move them; return how far the next one moves."""
    if isinstance(box, boxes.TextBox):
        box.position_x += advance
        if places := _places(box):
            box.width += places * spacing
            box.pango_layout.width = box.width
            advance += places * spacing
        return advance + (spacing if id(box) in follows else 0.0)
    if isinstance(box, (boxes.LineBox, boxes.InlineBox)):
        before = advance
        box.position_x += advance
        for child in box.children:
            if child.is_in_normal_flow():
                advance = _spread(child, spacing, advance, follows)
        box.width += advance - before
        return advance
    box.translate(advance, 0)
    return advance


def _move(line: Any, text: str, spots: list[breaks.Joint], missing: float, size: float) -> None:
    """Move the glyphs of a shaped line so that it becomes wider by ``missing`` px.

    All moves are whole thousandths of an em, as the file states them, so that nothing adds up.
    """
    unit = size * TO_UNITS / _THOUSANDTH
    moves = [round(joint.shift * _THOUSANDTH) for joint in spots]
    stretchable = [index for index, joint in enumerate(spots) if joint.stretchable]
    rest = round(missing * TO_UNITS / unit) - sum(moves)
    if stretchable and rest:
        each, more = divmod(rest, len(stretchable))
        for count, index in enumerate(stretchable):
            moves[index] += each + (count < more)
    if not any(moves):
        return
    run, start = line.runs[0], 0
    for joint, move in zip(spots, moves, strict=True):
        while joint.at > start + run.data.item.num_chars:
            start += run.data.item.num_chars
            run = run.next
        if move:
            exact = move * unit
            # The engine cuts thousandths off towards zero: stay on the far side.
            units = ceil(exact) + 1 if move > 0 else floor(exact) - 1
            _glyph(run.data, text, start, joint.at - 1).geometry.width += units


def _glyph(run: Any, text: str, start: int, at: int) -> Any:
    """The glyph of character ``at`` in a run that begins with character ``start``."""
    string = run.glyphs
    if string.num_glyphs == run.item.num_chars:
        return string.glyphs[at - start]
    offset = len(text[start:at].encode())  # two characters may share a glyph: ——
    clusters = [string.log_clusters[i] for i in range(string.num_glyphs)]
    return string.glyphs[bisect_right(clusters, offset) - 1]


def _bold(thin: frozenset[str]) -> Callable[..., None]:
    """Stands in for the engine's ``draw_text``: outline bold text of fonts without a bold face."""

    def draw_text(stream: Any, textbox: Any, *rest: Any) -> None:
        style = textbox.style
        if style["font_weight"] < 600 or not thin.intersection(style["font_family"][:2]):
            _ENGINE["draw_text"](stream, textbox, *rest)
            return
        with stream.stacked():
            stream.set_text_rendering(2)
            stream.set_line_width(style["font_size"] / 30)
            stream.set_color(style["color"], stroke=True)
            _ENGINE["draw_text"](stream, textbox, *rest)

    return draw_text


_ENGINE: dict[str, Any] = {"justify_line": inline.justify_line, "draw_text": draw.draw_text}


@contextmanager
def chinese_typesetting(thin: Iterable[str] = ()) -> Iterator[None]:
    """Set Chinese lines by our rules while open. ``thin`` are families without a bold face."""
    if not SUPPORTED:
        yield
        return
    setter = Setter()
    parts: list[tuple[Any, str, Callable[..., Any]]] = [
        (inline, "split_first_line", setter.split),
        (preferred, "split_first_line", setter.split),
        (inline, "justify_line", justify),
        (draw, "draw_text", _bold(frozenset(thin))),
    ]
    with replaced(parts):
        yield
