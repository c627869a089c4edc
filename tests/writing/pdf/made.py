"""PDFs made for the tests, and what stands in them."""

import io
import re
from functools import cache

from pypdf import PdfReader

from reportkit.model.report import Report
from reportkit.model.standard import PartKind
from reportkit.writing import Layout, layout, load_style

from ..sample_report import sample

_MARKS = re.compile(r"[①-⑳\u2060]")
_LEADER = re.compile(r"(\. ?){3,}")


@cache
def laid_out(style: str) -> Layout:
    """The sample report in a look."""
    return layout(sample(), load_style(style))


@cache
def reader(style: str) -> PdfReader:
    """The sample's PDF."""
    return read(laid_out(style))


def read(made: Layout) -> PdfReader:
    return PdfReader(io.BytesIO(made.content()))


def squeezed(text: str) -> str:
    """The text without blanks, footnote marks and leaders."""
    return "".join(_MARKS.sub("", _LEADER.sub("", text)).split())


def page_texts(pdf: PdfReader) -> list[str]:
    return [squeezed(page.extract_text()) for page in pdf.pages]


def only(report: Report, *kinds: PartKind) -> Report:
    """The report with nothing but parts of these kinds."""
    return report.model_copy(update={"parts": tuple(p for p in report.parts if p.kind in kinds)})


def printed_labels(pdf: PdfReader) -> list[str]:
    """What each page of the official look prints as its number; empty where it prints none."""
    found = (re.search(r"—([ivxlc]+|\d+)—$", text) for text in page_texts(pdf))
    return [match.group(1) if match else "" for match in found]
