"""How sure a standard is of what it says, in the words that users read."""

from __future__ import annotations

from ..model.data import Status
from ..model.standard import Fact

STANDING = {
    Status.OFFICIAL: "正式规定",
    Status.PRACTICE: "通行做法",
    Status.ASSUMED: "推定，未见正式文件",
}


def standing(fact: Fact) -> str:
    """The certainty of a fact and where it was read; never sounds surer than it is."""
    label = STANDING[fact.status]
    return f"{label}（{fact.basis}）" if fact.basis else label
