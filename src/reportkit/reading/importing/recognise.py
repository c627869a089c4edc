"""Stream → submission: what the pieces of any source mean, decided in this order.

1. what belongs to the sheets: page numbers, running heads
2. typed tables of contents and lists
3. captions, then the rows of tables and the lines of notes around them
4. lines are joined to paragraphs; typed footnotes leave them, and what they parted is mended
5. headings, from the numbering scheme of the whole
6. cover, sign-off, colophon
7. the tree of chapters with its blocks, and the facts about the report

Nothing is thrown away: what does not go into the submission is among ``Recognised.asides``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reportkit.model.base import Place
from reportkit.model.submission import Submission

from ..source import Log
from . import (
    captions,
    contents,
    front,
    guesses,
    headings,
    layout,
    notes,
    paging,
    regions,
    units,
    wrap,
)
from .assemble import assemble
from .loss import account
from .media import Media
from .stream import Aside, Stream
from .units import AGAIN


@dataclass(frozen=True, slots=True)
class Recognised:
    """A submission, and what of the source it does not hold, with the reasons."""

    submission: Submission
    asides: tuple[Aside, ...]


def recognise(
    stream: Stream, log: Log, *, settle: Callable[[units.Work], None] | None = None
) -> Recognised | None:
    """The submission that a stream makes; None if it has no text at all.

    ``settle`` is for who knows more about the headings than the text shows: it may change them.
    """
    work = units.begin(stream)
    paging.drop(work)
    contents.take(work)
    captions.mark(work)
    layout.undo(work)
    regions.mark(work)
    regions.reunite(work, log)
    wrap.join(work)
    notes.take(work)
    if stream.lines:
        wrap.mend(work)
    headings.find(work)
    if settle is not None:
        settle(work)
    around = front.take(work)
    media = Media(log)
    chapters = assemble(work, media, log)
    if not chapters:
        log.add("RK155", Place(file=stream.file), at=stream.file, file=stream.file)
        return None
    submission = Submission(
        metadata=guesses.metadata(work, around, log),
        chapters=chapters,
        contents=tuple(work.contents),
        assets=tuple(asset for _, asset in sorted(media.assets.items())),
    )
    asides = tuple(work.asides)
    for text, place in account(stream, submission, asides):
        log.add("RK157", place, quote=text, text=text[:60], count=len(text))
    _told(asides, log)
    return Recognised(submission, asides)


def _told(asides: tuple[Aside, ...], log: Log) -> None:
    """Tell what was set aside, once for each reason; marks that are printed anew are no loss."""
    by_reason: dict[str, list[Aside]] = {}
    for aside in asides:
        if not aside.reason.endswith(AGAIN):
            by_reason.setdefault(aside.reason, []).append(aside)
    for reason, these in by_reason.items():
        log.add(
            "RK151",
            these[0].place,
            quote=these[0].text.strip(),
            related=[aside.place for aside in these[1:20]],
            what=reason,
            count=len(these),
            how="不列入正文",
            advice="",
        )
