"""Small things that the writer of workbooks and their reader agree on."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_LONGEST = 31
_OLD, _NEW = re.compile(r"上年|上一年|去年"), re.compile(r"本年|当年|今年")
_DIFFERENCE = re.compile(r"增减数|增减量?|增长量|变化量?")
_RATE = re.compile(r"(?:增减|增长|变化)率.*")


def column_letter(column: int) -> str:
    """``A`` for 1."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def sheet_title(title: str, taken: Collection[str]) -> str:
    """A title that Excel accepts and no other sheet has."""
    base = _FORBIDDEN.sub("", title)[:_LONGEST] or "表"
    made, count = base, 2
    while made in taken:
        made = f"{base[: _LONGEST - 3]}（{count}）"
        count += 1
    return made


def computed(header: Sequence[str]) -> dict[int, tuple[str, int, int]]:
    """Columns that follow from two others: ``diff`` or ``rate``, the old and the new column."""
    old = next((i for i, name in enumerate(header) if _OLD.match(name)), None)
    new = next((i for i, name in enumerate(header) if _NEW.match(name)), None)
    if old is None or new is None:
        return {}
    made: dict[int, tuple[str, int, int]] = {}
    for index, name in enumerate(header):
        if _RATE.fullmatch(name):
            made[index] = ("rate", old, new)
        elif _DIFFERENCE.fullmatch(name):
            made[index] = ("diff", old, new)
    return made
