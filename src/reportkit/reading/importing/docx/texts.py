"""Puts the pieces of paragraphs together: text, marks over it, and the place of each stretch."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reportkit.model.base import Place

from ..stream import Span, SpanKind
from .inline import Piece

_LOOKS: tuple[SpanKind, ...] = ("bold", "italic", "raised")


@dataclass(frozen=True, slots=True)
class Stood:
    """A piece, the place of its paragraph, and the column of its first character there."""

    piece: Piece
    paragraph: Place
    column: int

    @property
    def place(self) -> Place:
        """The place of the first character."""
        return self.paragraph.model_copy(update={"column": self.column})


@dataclass(frozen=True, slots=True)
class Joined:
    """A text with its marks; ``place`` has steps where its stretches stand apart."""

    text: str
    spans: tuple[Span, ...]
    place: Place

    @property
    def blank(self) -> bool:
        """Whether nothing is seen of it."""
        return not self.text.strip() and not any(span.kind == "note" for span in self.spans)


def stand(pieces: Iterable[Piece], place: Place) -> list[Stood]:
    """The pieces of one paragraph with their places."""
    made, column = [], 1
    for piece in pieces:
        made.append(Stood(piece, place, column))
        if piece.visible:
            column += len(piece.text)
    return made


def join(stood: Sequence[Stood], default: Place) -> Joined:
    """The text of pieces, line and page breaks as blanks; ``default`` is for nothing at all."""
    texts: list[str] = []
    spans: list[Span] = []
    steps: list[tuple[int, Place]] = []
    at = 0
    for one in stood:
        piece = one.piece
        if piece.kind == "note" and not piece.reason:
            spans.append(Span("note", at, at, piece.mark.note))
        if not piece.visible or not piece.text:
            continue
        text = piece.text if piece.kind == "text" else " "
        if not steps or steps[-1][1].paragraph != one.paragraph.paragraph:
            steps.append((at, one.place))
        for kind, value in _marks(piece):
            _mark(spans, kind, at, at + len(text), value)
        texts.append(text)
        at += len(text)
    spans.sort(key=lambda span: span.start)
    return Joined("".join(texts), tuple(spans), stepped(steps, default))


def stepped(steps: Sequence[tuple[int, Place]], default: Place) -> Place:
    """A place for a text whose stretches begin at ``steps``."""
    if not steps:
        return default
    first = steps[0][1]
    return first.model_copy(update={"steps": tuple(steps)}) if len(steps) > 1 else first


def _marks(piece: Piece) -> Iterable[tuple[SpanKind, str]]:
    mark = piece.mark
    for kind, there in zip(_LOOKS, (mark.bold, mark.italic, mark.raised), strict=True):
        if there:
            yield kind, ""
    if mark.link:
        yield "link", mark.link
    if mark.note:
        yield "note", mark.note


def _mark(spans: list[Span], kind: SpanKind, start: int, end: int, value: str) -> None:
    """Add a span, or lengthen the one that ends here; an empty note mark takes its text in."""
    for index in range(len(spans) - 1, max(-1, len(spans) - 8), -1):
        span = spans[index]
        if span.kind == kind and span.end == start and span.value == value:
            spans[index] = Span(kind, span.start, end, value)
            return
    spans.append(Span(kind, start, end, value))


def without_looks(joined: Joined) -> tuple[Span, ...]:
    """The marks without bold and italic that cover the whole text: its style says so already."""
    start = len(joined.text) - len(joined.text.lstrip())
    end = len(joined.text.rstrip())
    return tuple(
        span
        for span in joined.spans
        if span.kind not in ("bold", "italic") or span.start > start or span.end < end
    )


def main_size(stood: Sequence[Stood]) -> float | None:
    """The size in points that most characters have."""
    sizes: Counter[float] = Counter()
    for one in stood:
        if one.piece.kind == "text" and one.piece.mark.size:
            sizes[one.piece.mark.size] += len(one.piece.text)
    return sizes.most_common(1)[0][0] if sizes else None


def lines(parts: Sequence[Joined], default: Place) -> Joined:
    """Several texts as the lines of one."""
    texts, spans, steps, at = [], [], [], 0
    for part in parts:
        texts.append(part.text)
        spans += [Span(s.kind, s.start + at, s.end + at, s.value) for s in part.spans]
        steps += [(offset + at, place) for offset, place in part.place.steps or ((0, part.place),)]
        at += len(part.text) + 1
    return Joined("\n".join(texts), tuple(spans), stepped(steps, default))


def numbered(text: Joined, number: str) -> Joined:
    """A text behind the number that Word counts for it, as it prints."""
    if not number:
        return text
    if text.blank:
        return Joined(number, text.spans, text.place)
    at = len(number) + 1
    spans = tuple(Span(s.kind, s.start + at, s.end + at, s.value) for s in text.spans)
    before = text.place.model_copy(update={"column": None, "steps": ()})
    steps = [(offset + at, place) for offset, place in text.place.steps or ((0, text.place),)]
    return Joined(f"{number} {text.text}", spans, stepped([(0, before), *steps], text.place))
