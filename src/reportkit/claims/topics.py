"""What a bare noun is about, where a paragraph names it only once.

Rule of the language: a noun that stands for a whole takes the modifier that was named last before
it in its paragraph: in 甲部招新20人，在册90人 both count people of 甲部. Items of a list are about
what the line says that leads in to them (…情况是：).
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from reportkit.vocabulary import alternatives

from .claim import Claim, Role
from .names import WHOLE
from .passages import Passage
from .reader import Read
from .subjects import STOCK, Subject

_ENDS = re.compile(rf"(?:{alternatives('organisation_kinds')}|{'|'.join(sorted(STOCK))})$")
_ITSELF = re.compile(rf"^(?:{alternatives('organisation_itself')})")
_PART = re.compile("其中|包括|含")
_LEADS_IN = ("：", ":")
_ORGANISATIONS = ("所", "家")
"""Units in which organisations are counted."""
_REACH = 20
"""Paragraphs back in which the line is looked for that leads in to a list."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What a claim is about beyond its own words; empty where nothing is named.

    ``lead`` is the number of the passage that leads in to its list.
    """

    modifier: str = ""
    lead: int | None = None

    def key(self, subject: Subject) -> str:
        """The key of a subject with its modifier, in which word order does not matter."""
        return "".join(sorted(self.modifier + subject.core)) if self.modifier else subject.key


Kinds = Callable[[str], frozenset[str]]


def topics(passages: Iterable[tuple[Passage, tuple[Read, ...]]], kinds: Kinds) -> dict[int, Topic]:
    """The topic of each count, by the id of the claim.

    ``kinds`` gives the kinds of organisations that a text names.
    """
    found: dict[int, Topic] = {}
    before: list[Passage] = []
    for passage, read in passages:
        lead = _lead(before, passage)
        for claim, modifier in _modifiers(read, kinds):
            found[id(claim)] = Topic(modifier, lead)
        before.append(passage)
        del before[:-_REACH]
    return found


def _lead(before: list[Passage], passage: Passage) -> int | None:
    """The number of the passage that leads in to the list of this one."""
    for other in reversed(before):
        if other.headings != passage.headings or other.chapter != passage.chapter:
            break
        if other.folded.rstrip().endswith(_LEADS_IN):
            return other.number
    return None


def _modifiers(read: Iterable[Read], kinds: Kinds) -> Iterator[tuple[Claim, str]]:
    """The counts of a passage with the modifier in force for each."""
    modifier = ""
    for each in read:
        for claim in each.claims:
            if claim.role is not Role.COUNT or claim.former:
                continue
            named = "、".join(sorted(kinds(claim.lead)))
            core = claim.subject.core
            if core not in STOCK:
                yield claim, ""
                end = _ENDS.search(core)
                counted = end is not None or claim.quantity.unit in _ORGANISATIONS
                if counted and not _in_part(claim):
                    modifier = (core[: end.start()] if end else core) + named
                continue
            if named or WHOLE.search(claim.lead) or _ITSELF.search(claim.lead.strip()):
                modifier = named
            yield claim, modifier


def _in_part(claim: Claim) -> bool:
    """Whether a claim is one of the parts of a whole, whose name does not go on to hold."""
    items = claim.sentence.items
    segment = items[claim.item].segment
    start = next(item.start for item in items if item.segment == segment)
    text = claim.sentence.passage.folded[start : claim.quantity.start]
    return items[claim.item].depth > 0 or _PART.search(text) is not None
