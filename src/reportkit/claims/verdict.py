"""What is wrong with a claim: the computation, the other side, and how sure it is."""

from dataclasses import dataclass
from typing import Protocol

from reportkit.model.base import Place

SURE = 0.9
LIKELY = 0.6


class Said(Protocol):
    """Something that a report says at a place: a claim in prose, a fact in a table."""

    @property
    def place(self) -> Place:
        """Where it stands."""

    @property
    def quote(self) -> str:
        """How it was written."""


@dataclass(frozen=True, eq=False)
class Verdict:
    """A claim that does not hold.

    ``what`` says in a few words what does not hold, ``working`` is the computation in full,
    ``others`` are the other sides. ``confidence`` is the probability that a careful reader agrees.
    """

    claim: Said
    what: str
    working: str
    others: tuple[Said, ...]
    confidence: float
