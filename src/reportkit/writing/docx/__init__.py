"""Word documents: a small layer over lxml, since fields, captions and footnotes need one."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportkit.model.diagnostic import Finding
    from reportkit.model.report import Report
    from reportkit.model.style import Style


def write_docx(
    report: "Report", style: "Style", path: Path, *, pages: Mapping[str, str] | None = None
) -> "tuple[Finding, ...]":
    """Write ``report`` as a Word document; see :func:`.writer.write_docx`."""
    from .writer import write_docx as write

    return write(report, style, path, pages=pages)
