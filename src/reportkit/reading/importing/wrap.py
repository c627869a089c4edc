"""Joins lines to paragraphs: lines cut at a margin, and paragraphs cut by the end of a page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

from . import captions
from .contents import UNNUMBERED, announced, key
from .notes import may_define
from .pieces import Piece
from .stream import Text
from .units import Kind, Unit, Work, ends_line, ends_sentence, like_title

_BULLET = re.compile(r"[●○•◆◇■□▪▶►➢➤★☆※\uf0a7\uf0b7\uf0d8\uf06c\uf075\uf0fc]|[-–—*·]\s+\S")
_CONTINUES = re.compile(r"[，。；：、？！,;:?!）)」』】》”’…%％]")
_REACH = 6
_SLACK = 4
_SAME_SIZE = 0.06
_SAME_INDENT = 0.15
_ROOM = 1.6
"""Characters that have room at the end of a full line, by its width and by the page."""
_TITLE_WIDTH = 45
_ONE_LINE = 26
"""A text of this width without a stop is rather a line cut off than a title without number."""


Trait = Callable[["Unit", "Unit"], bool]
"""Something about a line and the one after it by which a paragraph may end between them."""


def _indented(last: Unit, unit: Unit) -> bool:
    return unit.indent >= 1.5


_TRAITS: tuple[Trait, ...] = (
    _indented,
    lambda last, unit: last.trailing,
    lambda last, unit: unit.gap > 0,
)


def join(work: Work) -> None:
    """Join the lines of each paragraph."""
    if not work.stream.lines:
        return
    lines = work.units
    full = _full_widths(lines) if work.wrapped else []
    habits = _habits(lines, full) if work.wrapped else []
    work.indented = _indented in habits
    first = _first_indent(lines)
    titles = announced(work)
    made: list[Unit] = []
    for index, unit in enumerate(lines):
        last = lines[index - 1] if index else None
        titled = key(unit.text) in titles or UNNUMBERED.fullmatch(unit.text)
        if last and made and not titled and not _starts(last, unit):
            is_full = bool(full) and _is_full(last, full[index - 1])
            whole = made[-1]
            if whole.kind is Kind.CAPTION and _caption_goes_on(whole, last, unit, is_full, habits):
                append(whole, unit)
                continue
            if whole.kind is Kind.NOTE and _note_goes_on(last, unit):
                append(whole, unit)
                continue
            if whole.kind is Kind.BODY or _is_run_in(whole):
                if work.wrapped:
                    hangs = _hangs(whole, unit) and not (
                        ends_sentence(last.text) and abs(unit.indent - first) < _SAME_INDENT
                    )
                    traits = [t for t in habits if t is not _indented or not hangs]
                    goes_on = _wrapped(last, unit, is_full, full[index - 1], traits)
                else:
                    goes_on = unfinished(whole, unit)
                if goes_on:
                    append(whole, unit)
                    continue
        made.append(unit)
    work.units = made


def mend(work: Work) -> None:
    """Join paragraphs that a footnote, a figure or the end of a page stood between."""
    made: list[Unit] = []
    for unit in work.units:
        target = _open_paragraph(made) if unit.kind is Kind.BODY and unit.text else None
        if target is not None and _mendable(target, unit, made[-1] is target, work.indented):
            append(target, unit)
        else:
            made.append(unit)
    work.units = made


def append(unit: Unit, more: Unit) -> None:
    """Add a line to a paragraph, with a blank where both sides are Latin letters or digits."""
    left, right = unit.text[-1:], more.text[:1]
    piece = unit.piece
    if left.isascii() and right.isascii() and left.isalnum() and right.isalpha():
        piece = piece.pad(" ")
    unit.piece = piece + more.piece
    unit.trailing, unit.slack, unit.joined = more.trailing, more.slack, True
    if unit.kind is Kind.CAPTION:
        unit.label = captions.read(unit.piece) or unit.label


def unfinished(unit: Unit, following: Unit) -> bool:
    """Whether a paragraph stops in the middle of a sentence that the next one goes on with."""
    text = unit.text
    if _CONTINUES.match(following.text):
        return not ends_sentence(text)
    if ends_line(text) or "\t" in text or "\t" in following.text:
        return False
    if text[-1] in "，、,":
        return unit.width >= 12
    if unit.number and like_title(unit.rest):
        return False
    if unit.width > _TITLE_WIDTH or open_bracket(text):
        return True
    prose = ends_sentence(following.text) or following.width > _TITLE_WIDTH
    enough = 20 if "，" in text or ends_inside(text) else _ONE_LINE
    return prose and unit.width >= enough


def open_bracket(text: str) -> bool:
    """Whether a bracket or quote is opened that closes later."""
    return any(text.count(left) > text.count(right) for left, right in ("“”", "（）", "《》"))


def ends_inside(text: str) -> bool:
    """Whether a text holds a whole sentence and the beginning of another."""
    return re.search(r"[。！？；]", text) is not None


def _starts(last: Unit, unit: Unit) -> bool:
    """Whether a line begins something new whatever stands before it."""
    hint = unit.hint
    if unit.kind is not Kind.BODY or not unit.text or hint is None:
        return True
    if hint.level is not None or hint.number or hint.role or _BULLET.match(unit.text):
        return True
    if last.hint and (last.hint.role, last.hint.align, last.hint.boxed) != (
        hint.role, hint.align, hint.boxed,
    ):  # fmt: skip
        return True
    if may_define(unit.text):
        return True
    if unit.number is None:
        return False
    return ends_line(last.text) or like_title(unit.rest, 32)


def _title_goes_on(last: Unit, unit: Unit) -> bool:
    """Whether a title stopped short of the margin because its last word did not fit."""
    tail = unit.width <= 10 and like_title(unit.text) and unit.number is None
    room = last.slack if last.slack is not None else 0.0
    return tail and (open_bracket(last.text) or 0 < room <= 3)


def _is_full(line: Unit, full: float) -> bool:
    """Whether a line ends at the margin."""
    if line.slack is not None:
        return line.slack <= _ROOM
    return abs(line.width - full) <= _SLACK


def _first_indent(lines: Sequence[Unit]) -> float:
    """How far the first lines of paragraphs are indented."""
    indents = Counter(line.indent for line in lines if line.indent >= 1.5)
    return indents.most_common(1)[0][0] if indents else 0.0


def _hangs(whole: Unit, unit: Unit) -> bool:
    """Whether a line is indented because the item that it goes on with hangs."""
    listed = is_bullet(whole.text) or whole.number is not None
    return listed and unit.indent >= whole.indent + 0.7


def _wrapped(last: Unit, unit: Unit, is_full: bool, full: float, habits: Sequence[Trait]) -> bool:
    """Whether a line goes on with the paragraph of the line before, in a file of cut lines."""
    if _CONTINUES.match(unit.text) and not ends_sentence(last.text):
        return True
    if not is_full:
        if last.number is not None and like_title(last.rest):
            return _title_goes_on(last, unit)
        if ends_line(last.text) or last.width < 0.6 * full:
            return False
        return ends_inside(last.text) or "，" in last.text
    return not any(has(last, unit) for has in habits)


def _full_widths(lines: Sequence[Unit]) -> list[float]:
    """For each line how wide lines around it get."""
    widths = [
        line.width if line.kind is Kind.BODY and "\t" not in line.text else 0 for line in lines
    ]
    usual = sorted(w for w in widths if w >= 15)
    most = usual[int(len(usual) * 0.9)] if usual else 0
    widths = [min(w, most + 3) for w in widths]
    return [
        max(max(widths[max(0, i - _REACH) : i + _REACH + 1]), 0.8 * most)
        for i in range(len(widths))
    ]


def _habits(lines: Sequence[Unit], full: Sequence[float]) -> list[Trait]:
    """The traits that tell the end of a paragraph here: those that are rare behind a sure cut."""
    cuts = [
        (line, following)
        for index, (line, following) in enumerate(pairwise(lines))
        if line.kind is following.kind is Kind.BODY
        and _is_full(line, full[index])
        and not ends_line(line.text)
        and following.number is None
    ]
    return [has for has in _TRAITS if cuts and sum(has(*pair) for pair in cuts) * 10 <= len(cuts)]


def _is_run_in(unit: Unit) -> bool:
    """Whether text of its case goes on behind a title."""
    return unit.kind is Kind.CAPTION and unit.label is not None and unit.label.body is not None


def _caption_goes_on(
    caption: Unit, last: Unit, unit: Unit, is_full: bool, habits: Sequence[Trait]
) -> bool:
    """Whether a line is the second one of a caption: its owner, or what the margin cut off."""
    label = caption.label
    if label is None or _is_run_in(caption):
        return False
    if open_bracket(last.text) and unit.number is None and like_title(unit.text):
        return True
    bracketed = unit.text[0] in "（(" and unit.text[-1] in "）)" and unit.width <= 40
    if (bracketed and unit.gap == 0 and label.owner is None) or unit.text[0] in "。，；":
        return True
    if _indented in habits and label.kind == "case" and unit.slack is not None:
        return unit.indent < 1.5 and unit.number is None and _same_size(last, unit)
    if not is_full or unit.number is not None or any(has(last, unit) for has in habits):
        return False
    return label.kind == "case"


def _note_goes_on(last: Unit, unit: Unit) -> bool:
    """Whether a note was cut at the margin, where the source knows where that is."""
    return (
        last.slack is not None
        and last.slack <= _ROOM
        and unit.kind is Kind.BODY
        and unit.gap == 0
        and unit.indent <= last.indent + 1
        and _same_size(last, unit)
    )


def _same_size(one: Unit, other: Unit) -> bool:
    """Whether two lines are set in the same size, as far as the source knows."""
    sizes = (one.hint and one.hint.size, other.hint and other.hint.size)
    if not sizes[0] or not sizes[1]:
        return True
    return abs(sizes[0] - sizes[1]) <= _SAME_SIZE * sizes[0]


def _open_paragraph(made: Sequence[Unit]) -> Unit | None:
    """The last paragraph, seen through figures and breaks that float over it."""
    for unit in reversed(made):
        floats = unit.kind is Kind.BREAK or (
            unit.kind is Kind.CAPTION and unit.label is not None and unit.label.kind == "figure"
        )
        if not floats:
            return unit if unit.kind is Kind.BODY else None
    return None


def _mendable(unit: Unit, following: Unit, adjacent: bool, indented: bool) -> bool:
    if unit.hint is None or following.hint is None or _starts(unit, following):
        return False
    if not isinstance(unit.item, Text) or unit.hint.level is not None:
        return False
    if indented and unit.slack is not None and _same_size(unit, following):
        full = unit.slack <= _ROOM
        return full and following.indent < 1 and (adjacent or unit.joined or unit.indent >= 1.5)
    if adjacent:
        return unfinished(unit, following)
    return unfinished(unit, following) and unit.width > _TITLE_WIDTH


def is_bullet(text: str) -> bool:
    """Whether a line begins with the sign of a list."""
    return _BULLET.match(text) is not None


def without_bullet(piece: Piece) -> tuple[Piece, Piece]:
    """The bullet with the blanks behind it, and the rest."""
    end = 1
    while end < len(piece.text) and piece.text[end] in " \t\u3000":
        end += 1
    return piece.cut(0, end), piece.cut(end)
