"""The words and numbers of a printed file, found on its pages in the order of the report.

A page holds more than the report's text: page number, running head, footnotes at its foot. They
are known, so they are taken away, and what is left is read in one go. Punctuation is left out:
marks that hang beyond the edge come out of a PDF in any order.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from reportkit.model.report import Report, Runs
from reportkit.model.style import Style
from tests.writing.words import texts

_MARK = "\ue000"
_KEPT = f".%‰+-{_MARK}"
_MARKS = r"(?:[①-⑳]|\d{1,2})?"


def squeezed(text: str) -> str:
    """The letters, figures and signs of numbers in ``text``."""
    return "".join(char for char in text if char.isalnum() or char in _KEPT)


def missing(report: Report, style: Style, pages: Sequence[str]) -> list[str]:
    """The strings of the report that do not stand after those before them on the pages."""
    read = "".join(_without_furniture(report, style, page) for page in pages)
    found, position = [], 0
    for text in texts(_marked(report)):
        said = squeezed(text)
        place = re.compile(re.escape(said).replace(_MARK, _MARKS)).search(read, position)
        if place is None:
            found.append(text.replace(_MARK, ""))
        else:
            position = place.end()
    return found + [text for text in _notes(report) if not _somewhere(text, pages)]


def _marked(report: Report) -> Report:
    """The report with a sign of its own for every footnote mark."""

    def mark(value: Any) -> Any:
        if isinstance(value, dict):
            if value.get("footnote") is not None:
                return {**value, "text": _MARK, "footnote": None}
            return {key: mark(item) for key, item in value.items() if key != "assets"}
        return [mark(item) for item in value] if isinstance(value, list | tuple) else value

    return Report.model_validate(mark(report.model_dump()))


def _without_furniture(report: Report, style: Style, page: str) -> str:
    """The squeezed text of a page without page number, running head and footnotes."""
    before, _, after = style.page_number.pattern.partition("{n}")
    around = re.escape(before.strip()), re.escape(after.strip())
    number = re.compile(rf"\s*{around[0]}\s*(?:\d+|[ivxlc]+)\s*{around[1]}\s*")
    head = squeezed(style.header.replace("{title}", report.title))
    lines = [line for line in page.splitlines() if not number.fullmatch(line)]
    text = "".join(said for line in lines if (said := squeezed(line)) != head)
    for note in _notes(report):
        text = re.sub(_MARKS + re.escape(note), "", text)
    return text


def _notes(report: Report) -> Iterator[str]:
    return (squeezed(_said(note.runs)) for note in report.footnotes)


def _said(runs: Runs) -> str:
    return "".join(run.text for run in runs)


def _somewhere(text: str, pages: Sequence[str]) -> bool:
    return any(text in squeezed(page) for page in pages)
