"""The words and numbers that LibreOffice reads are those of the report, in its order."""

from collections.abc import Callable
from pathlib import Path

import pytest

from reportkit.model.report import Report
from tests.writing.docx.conftest import Written
from tests.writing.sample_report import sample
from tests.writing.tools import to_text
from tests.writing.words import texts

from . import reports


def squeezed(text: str) -> str:
    return "".join(char for char in text if char.isprintable() and not char.isspace())


def missing(report: Report, read: str) -> list[str]:
    """The strings of the report that are not found after those before them.

    Footnote marks that run on are part of the text that LibreOffice writes.
    """
    found, position = [], 0
    read = squeezed(read)
    for text in map(squeezed, texts(report)):
        at = read.find(text, position)
        if at < 0:
            found.append(text)
        else:
            position = at + len(text)
    return found


@pytest.mark.parametrize("numbering", ["chinese", "decimal"])
def test_every_word_and_number_in_order(written: Written, numbering: str) -> None:
    assert missing(sample(numbering), to_text(written(numbering, "official"))) == []


@pytest.mark.parametrize("patterns", reports.PATTERNS, ids=lambda patterns: "".join(patterns))
def test_numbers_of_headings(write: Callable[..., Path], patterns: tuple[str, ...]) -> None:
    """Whether Word's lists or plain text make a number, it reads as the report says."""
    report = reports.outline(patterns)
    assert missing(report, to_text(write(report))) == []
