"""Inline pieces → runs: values bound, references resolved, footnotes counted.

What cannot be bound prints as a visible gap in 〔〕 and is reported.
"""

from bisect import bisect_right
from dataclasses import dataclass, field

from reportkit.model.base import Place
from reportkit.model.report import FootnoteText, Reference, Run, Runs

from .context import Context
from .facts import NoValueError
from .inline import Flaw, FlawKind, Piece, is_chinese, is_plain, parse
from .numbering import Kind, Target
from .patterns import Count, fill
from .references import Typed

_KINDS: dict[str, Kind] = {
    "tbl": "table",
    "table": "table",
    "fig": "figure",
    "chart": "figure",
    "case": "case",
    "sec": "section",
}
_NOUNS: dict[Kind, str] = {"table": "表", "figure": "图", "case": "案例", "section": "节"}
_FLAWS: dict[FlawKind, tuple[str, dict[str, str]]] = {
    "html": ("RK126", {"what": "HTML 标签"}),
    "code": ("RK126", {"what": "行内代码"}),
    "statement": ("RK130", {"expression": "{}", "reason": "不允许这种写法"}),
    "image": ("RK126", {"what": "行内图片"}),
    "link": ("RK137", {"url": "{}"}),
    "expression": ("RK130", {"expression": "{}", "reason": "缺少结尾的两个右花括号"}),
}
_MARKS = ".:-_"
GAP = "〔"
_Look = tuple[bool, bool, str | None]


def runs(
    context: Context,
    text: str,
    place: Place | None,
    *,
    exact: bool = True,
    scan: bool = True,
    marks: bool = True,
) -> Runs:
    """The runs of inline Markdown ``text``.

    ``exact``: ``place`` is where the text itself begins, so that every run has its own place.
    ``scan``: look for references that the author typed. ``marks``: print marks of footnotes.
    """
    if is_plain(text) and not (scan and context.scanner.find(text)):
        return (Run(text=text, place=place),) if text else ()
    return _Binder(context, text, place, exact, scan, marks).bind()


def plain_text(context: Context, text: str) -> str:
    """``text`` without looks, notes and references, for use inside other text."""
    shown = ""
    for piece in parse(text)[0]:
        if piece.kind == "text":
            shown += piece.text
        elif piece.kind == "value":
            try:
                shown += context.values.text(piece.text)
            except NoValueError as problem:
                shown += f"{GAP}{problem.gap}〕"
    return shown


@dataclass(slots=True)
class _Stretch:
    """Text of one look. ``starts`` and ``offsets`` tell where each part of it came from."""

    look: _Look
    text: str = ""
    starts: list[int] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)

    def add(self, text: str, offset: int) -> None:
        self.starts.append(len(self.text))
        self.offsets.append(offset)
        self.text += text

    def offset(self, position: int) -> int:
        index = bisect_right(self.starts, position) - 1
        return self.offsets[index] + position - self.starts[index]


class _Binder:
    """Makes the runs of one text."""

    def __init__(
        self,
        context: Context,
        text: str,
        place: Place | None,
        exact: bool,
        scan: bool,
        marks: bool,
    ) -> None:
        self.context = context
        self.source = text
        self.place = place
        self.exact = exact
        self.scan = scan
        self.marks = marks
        self.made: list[Run] = []
        self.stretch: _Stretch | None = None
        self.broken: Piece | None = None
        self.tail = ""
        self.filled = False

    def bind(self) -> Runs:
        pieces, flaws = parse(self.source)
        for flaw in flaws:
            self._flawed(flaw)
        for piece in pieces:
            match piece.kind:
                case "text":
                    self._text(piece.text, piece.offset, _look(piece))
                case "break":
                    self.broken = piece
                case "value":
                    self._value(piece)
                case "reference":
                    self._reference(piece)
                case "footnote" if self.marks:
                    self._footnote(piece)
                case _:
                    pass
        self._flush()
        return tuple(self.made)

    def _at(self, offset: int) -> Place | None:
        if self.place is None or not self.exact:
            return self.place
        return self.place.at(self.source, offset)

    def _flawed(self, flaw: Flaw) -> None:
        code, args = _FLAWS[flaw.what]
        given = {key: text.format(flaw.quote) for key, text in args.items()}
        note = self.context.warn if flaw.what == "code" else self.context.report
        note(code, self._at(flaw.offset), flaw.quote, **given)

    def _text(self, text: str, offset: int, look: _Look) -> None:
        if self.filled and _parted(self.tail + text[:2]):
            text, offset = text[1:], offset + 1
        self.filled = False
        self._close_break(text[0])
        self.tail = text[-1]
        if self.stretch is None or self.stretch.look != look:
            self._flush()
            self.stretch = _Stretch(look)
        self.stretch.add(text, offset)

    def _emit(self, piece: Piece, text: str, link: str | None = None, value: bool = False) -> None:
        self._close_break(text[0])
        self.tail = text[-1]
        if self.stretch is not None and _parted(self.stretch.text[-2:] + text[0]):
            self.stretch.text = self.stretch.text[:-1]
        self._flush()
        self.filled = True
        self.made.append(
            Run(
                text=text,
                bold=piece.bold,
                italic=piece.italic,
                link=link,
                value=value,
                place=self._at(piece.offset),
            )
        )

    def _close_break(self, following: str) -> None:
        """Print a line break as a blank, or as nothing between Chinese characters."""
        broken, self.broken = self.broken, None
        if broken is None or not self.tail:
            return
        if not (is_chinese(self.tail) and is_chinese(following)):
            self._text(" ", broken.offset, self.stretch.look if self.stretch else _look(broken))

    def _flush(self) -> None:
        stretch, self.stretch = self.stretch, None
        if stretch is None:
            return
        done = 0
        if self.scan and stretch.look[2] is None:
            for typed in self.context.scanner.find(stretch.text):
                anchor = self._typed(typed, stretch)
                if anchor is not None:
                    self._cut(stretch, done, typed.start, None)
                    self._cut(stretch, typed.start, typed.end, f"#{anchor}")
                    done = typed.end
        self._cut(stretch, done, len(stretch.text), None)

    def _cut(self, stretch: _Stretch, start: int, end: int, link: str | None) -> None:
        if start < end:
            bold, italic, own = stretch.look
            place = self._at(stretch.offset(start))
            text = stretch.text[start:end]
            self.made.append(
                Run(text=text, bold=bold, italic=italic, link=link or own, place=place)
            )

    def _typed(self, typed: Typed, stretch: _Stretch) -> str | None:
        """Note a typed reference, and those its range passes over; its anchor, if it has one."""
        place = self._at(stretch.offset(typed.start))
        labels = self.context.plan.labels
        for label in typed.through:
            self._note(typed.kind, label, labels.get((typed.kind, label)), place)
        anchor = labels.get((typed.kind, typed.label))
        self._note(typed.kind, stretch.text[typed.start : typed.end], anchor, place)
        return anchor

    def _note(self, kind: Kind, text: str, target: str | None, place: Place | None) -> None:
        self.context.references.append(
            Reference(
                kind=kind,
                text=text,
                typed=True,
                target=target,
                section=self.context.section,
                case=self.context.case,
                place=place,
            )
        )

    def _value(self, piece: Piece) -> None:
        try:
            with self.context.using(self._at(piece.offset)):
                text = self.context.values.text(piece.text)
            self._emit(piece, text, value=True)
        except NoValueError as problem:
            end = self.source.find("}}", self.source.find(piece.text, piece.offset)) + 2
            quote = self.source[piece.offset : end]
            self.context.report(problem.code, self._at(piece.offset), quote, **problem.args_)
            self._emit(piece, f"{GAP}{problem.gap}〕", value=True)

    def _reference(self, piece: Piece) -> None:
        name, kind, target = _resolve(self.context, piece.text)
        after, offset = piece.text[len(name) :], piece.offset + 1 + len(name)
        if kind is None:
            self._text("@" + piece.text, piece.offset, _look(piece))
            return
        shown = _shown(self.context, target) if target else f"{GAP}未找到：@{name}〕"
        self.context.references.append(
            Reference(
                kind=kind,
                text=shown,
                typed=False,
                id=name,
                target=target.anchor if target else None,
                section=self.context.section,
                case=self.context.case,
                place=self._at(piece.offset),
            )
        )
        self._emit(piece, shown, link=f"#{target.anchor}" if target else None)
        if after:
            self._text(after, offset, _look(piece))

    def _footnote(self, piece: Piece) -> None:
        context, label = self.context, piece.text
        note = context.notes.get(label)
        place = self._at(piece.offset)
        if note is None or context.in_note:
            context.report("RK326", place, f"[^{label}]", label=label)
            self._emit(piece, f"{GAP}未找到：[^{label}]〕")
            return
        self._flush()
        context.noted.add(label)
        index = len(context.footnotes)
        mark = fill(context.numbering.footnote, Count(index + 1))
        context.footnotes.append(FootnoteText(mark=mark, runs=(), place=note.place))
        context.in_note = True
        text = runs(context, note.text, note.place)
        context.in_note = False
        context.footnotes[index] = FootnoteText(mark=mark, runs=text, place=note.place)
        self.made.append(Run(footnote=index, place=place))


def _look(piece: Piece) -> _Look:
    return piece.bold, piece.italic, piece.link


def _parted(three: str) -> bool:
    """Whether a blank only sets a value or reference apart: Chinese stands on either side."""
    return len(three) == 3 and three[1] == " " and is_chinese(three[0]) and is_chinese(three[2])


def _resolve(context: Context, name: str) -> tuple[str, Kind | None, Target | None]:
    """The id at the start of ``name``, its kind, and what it leads to.

    Marks at the end may belong to the id or to the sentence: a known id wins. Without a known id
    or kind it is no reference at all.
    """
    known = name
    while known:
        if target := _target(context.plan.ids, known):
            return known, target.kind, target
        if known[-1] not in _MARKS:
            break
        known = known[:-1]
    prefix, colon, rest = known.partition(":")
    return known, _KINDS.get(prefix) if colon and rest else None, None


def _target(ids: dict[str, Target], name: str) -> Target | None:
    """What an id leads to; ``sec:basics`` also finds the section whose id is ``basics``."""
    if name in ids:
        return ids[name]
    prefix, _, rest = name.partition(":")
    target = ids.get(rest)
    return target if target and _KINDS.get(prefix) == target.kind else None


def _shown(context: Context, target: Target) -> str:
    """What a reference prints: the label, or the title in quotes where that alone is clear."""
    if target.shown:
        return target.shown
    title = target.number + plain_text(context, target.title)
    return f"“{title}”" if title else _NOUNS[target.kind]
