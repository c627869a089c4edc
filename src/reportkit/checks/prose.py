"""Texts as rules of language read them: markup and values hidden, every character in its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..model.diagnostic import Finding
from .context import Context, Role, TextAt

HIDDEN = "\x00"
"""Stands for a character of markup, an address or a value; no pattern of language matches it."""
_MARKUP = re.compile(
    r"\{\{.*?\}\}|\[\^[^\]\s]+\]|\]\([^)\s]*\)|https?://[\x21-\x7e]+|[\w.+-]+@[\w-]+\.[\w.]+"
    r"|@(?:tbl|fig|case|sec):[\w.-]+|\*+|`[^`]*`",
    re.DOTALL,
)
_REACH = 12


@dataclass(frozen=True, slots=True)
class Prose:
    """A text of the submission. ``text`` is as long as what was written."""

    text: str
    source: TextAt

    def finding(self, code: str, start: int, end: int, **args: object) -> Finding:
        """A finding about characters ``start`` to ``end``, quoted as they were written."""
        written = self.source.text
        return Finding(
            code=code,
            place=self.source.place.at(written, start),
            quote=written[start:end],
            at=self.source.at,
            section=self.source.node.path,
            args=args,
        )

    def around(self, start: int, end: int) -> tuple[int, int]:
        """A few characters more on both sides, within the line."""
        first = max(self.text.rfind("\n", 0, start) + 1, start - _REACH)
        stop = self.text.find("\n", end)
        return first, min(len(self.text) if stop < 0 else stop, end + _REACH)


def prose(context: Context, *roles: Role) -> Iterator[Prose]:
    """The texts with these roles in reading order."""
    for source in context.texts:
        if source.role in roles:
            yield Prose(_MARKUP.sub(_hide, source.text), source)


def _hide(found: re.Match[str]) -> str:
    return HIDDEN * len(found[0])
