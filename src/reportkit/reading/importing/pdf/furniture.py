"""Heads and feet of pages: what stands near the edge again and again, and page numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from .chars import Row

_EDGE = 0.11
"""Share of the page's height at its top and bottom where heads and feet stand."""
_NUMBER = re.compile(r"[-—–－·•\s]*(?:第\s*)?(?:\d{1,4}|[ivxlcIVXLC]{1,7})(?:\s*页)?"
                     r"(?:\s*[/／共]+\s*\d{1,4}\s*页?)?[-—–－·•\s]*")  # fmt: skip
_REPEATED = 3
_LONGEST = 60
_SAME = 4.0
"""Points by which the height of a repeated head may differ."""


def furniture(pages: Sequence[tuple[float, Sequence[Row]]]) -> dict[int, str]:
    """The rows, by identity, that are heads or feet, with what they are.

    ``pages`` gives the height and the rows of each page.
    """
    edges = [(height, row) for height, rows in pages for row in _near_edge(height, rows)]
    heights: dict[str, list[float]] = defaultdict(list)
    for _, row in edges:
        heights[_shape(row.text)].append(row.y)
    enough = max(_REPEATED, len(pages) // 10)
    found: dict[int, str] = {}
    for height, row in edges:
        if _NUMBER.fullmatch(row.text):
            found[id(row)] = "页码"
        elif len(row.text) <= _LONGEST and enough <= sum(
            abs(y - row.y) <= _SAME for y in heights[_shape(row.text)]
        ):
            found[id(row)] = "页眉" if row.y > height / 2 else "页脚"
    return found


def _near_edge(height: float, rows: Sequence[Row]) -> list[Row]:
    """The outermost two rows at each end, if they stand near the edge."""
    outer = {id(row): row for row in (*rows[:2], *rows[-2:])}
    return [row for row in outer.values() if row.y > (1 - _EDGE) * height or row.y < _EDGE * height]


def _shape(text: str) -> str:
    return re.sub(r"\d+", "#", "".join(text.split()))
