"""Word documents: python-docx, and lxml for what it lacks (fields, captions, footnotes, charts)."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportkit.model.diagnostic import Finding
    from reportkit.model.report import Report
    from reportkit.model.style import Style
    from reportkit.writing.record import Record


def write_docx(
    report: "Report",
    style: "Style",
    path: Path,
    *,
    pages: Mapping[str, str] | None = None,
    record: "Record | None" = None,
) -> "tuple[Finding, ...]":
    """Write ``report`` as a Word document; see :func:`.writer.write_docx`."""
    from .writer import write_docx as write

    return write(report, style, path, pages=pages, record=record)
