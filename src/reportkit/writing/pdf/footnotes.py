"""Footnote marks that begin anew on every page.

Which page a footnote falls on is known only after the layout, so the marks are exchanged then.
Calls and markers take the number of the page on which the call stands.
"""

from collections.abc import Iterator
from typing import Any

from reportkit.composing.numerals import circled


def renumber(pages: list[Any], pattern: str) -> None:
    """Number the footnotes of each page from one; ``pattern`` holds {circled} or {n}."""
    marks: dict[int, str] = {}
    pending: list[Any] = []
    for page in pages:
        root = page._page_box.children[0]
        notes = [box for area in page._page_box.children[1:] for box in _texts(area, "marker")]
        if not notes and not pending:
            continue
        count = 0
        for box in _texts(root, "call"):
            key = id(box.element)
            if key not in marks:
                count += 1
                marks[key] = mark(count, pattern)
            _write(box, marks[key])
        pending += notes
        pending = [box for box in pending if not _known(box, marks)]


def mark(n: int, pattern: str) -> str:
    """The mark of the n-th footnote."""
    return pattern.replace("{circled}", circled(n)).replace("{n}", str(n))


def _known(box: Any, marks: dict[int, str]) -> bool:
    found = marks.get(id(box.element))
    if found is not None:
        _write(box, found)
    return found is not None


def _texts(box: Any, pseudo: str) -> Iterator[Any]:
    """The text boxes of footnote calls or markers within a box."""
    if getattr(box, "text", None) is not None and hasattr(box, "pango_layout"):
        if (box.element_tag or "").endswith(f"::footnote-{pseudo}"):
            yield box
    else:
        for child in getattr(box, "children", ()):
            yield from _texts(child, pseudo)


def _write(box: Any, text: str) -> None:
    """Exchange the mark; marks are equally wide, so that nothing moves."""
    joined = "\u2060" if box.text.startswith("\u2060") else ""
    box.text = box.pango_layout.text = joined + text
