"""The chapters in print order, each section beside what the standard says of it."""

from dataclasses import dataclass

from reportkit.model.blocks import Chapter
from reportkit.model.standard import PartKind, Standard
from reportkit.model.submission import Submission
from reportkit.standards import Match, match_outline

_SLOTS = {"preface": PartKind.PREFACE, "body": PartKind.BODY, "annex": PartKind.ANNEX}


@dataclass(frozen=True, slots=True)
class OutlinedChapter:
    """A chapter with its match, and the part of the report in which it is printed."""

    chapter: Chapter
    match: Match
    part: PartKind


def arrange(submission: Submission, standard: Standard) -> tuple[OutlinedChapter, ...]:
    """The chapters in the order in which the standard's parts print them.

    A chapter that the standard does not know belongs to the body.
    """
    slots = [spec.part for spec in standard.parts if spec.part in _SLOTS.values()]
    slots += [kind for kind in _SLOTS.values() if kind not in slots]
    matches = match_outline(submission.chapters, standard)
    chapters = [
        OutlinedChapter(chapter, match, _SLOTS[match.spec.part] if match.spec else PartKind.BODY)
        for chapter, match in zip(submission.chapters, matches, strict=True)
    ]
    return tuple(sorted(chapters, key=lambda each: slots.index(each.part)))


def numbered(match: Match) -> bool:
    """Whether both the author and the standard want a number."""
    return match.section.numbered and (match.spec is None or match.spec.numbered)
