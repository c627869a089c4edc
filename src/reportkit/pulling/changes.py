"""What was changed in an edited document, as told to its writer."""

from dataclasses import dataclass, field
from typing import Literal

from reportkit.model.base import Place

State = Literal["apply", "conflict", "left"]
KINDS = {
    "value": "数据",
    "reference": "引用",
    "made": "编号或固定文字",
    "note": "脚注标记",
    "letter": "文字",
}


@dataclass(frozen=True)
class Change:
    """One change.

    ``what`` names the kind of text in Chinese, ``section`` is the heading path, ``place`` where the
    text stands in the submission. ``conflict``: it contradicts the data and was not applied;
    ``left``: it cannot be taken over for ``reason``.
    """

    what: str
    section: str
    place: Place | None
    old: str = ""
    new: str = ""
    state: State = "apply"
    reason: str = ""


@dataclass
class Changes:
    """All changes, in the order of the edited document."""

    items: list[Change] = field(default_factory=list)
    marks: bool = True
    same: bool = True

    def count(self, state: State) -> int:
        """Number of changes of a kind."""
        return sum(item.state == state for item in self.items)
