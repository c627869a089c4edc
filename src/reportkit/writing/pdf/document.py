"""Lay a report out on pages, and write them."""

import contextlib
import hashlib
import io
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from reportkit.atomic import write_bytes
from reportkit.composing.numerals import roman
from reportkit.model.diagnostic import Finding
from reportkit.model.report import Report
from reportkit.model.style import Style
from reportkit.writing.fonts import library

from . import footnotes
from .html import Page
from .served import Served

Form = Literal["ua", "a3", "plain"]
"""Tagged for screen readers (PDF/UA-1), for the archive (PDF/A-3a), or neither."""
_VARIANTS: dict[Form, str | None] = {"ua": "pdf/ua-1", "a3": "pdf/a-3a", "plain": None}


class PdfUnavailable(RuntimeError):
    """The page engine cannot be loaded; its text says in Chinese what to install."""


class Layout:
    """A report on its pages. ``pages`` gives the printed page number of every anchor."""

    def __init__(self, report: Report, page: Page, source: str, document: Any) -> None:
        self._document = document
        self._identifier = hashlib.sha256(source.encode()).hexdigest()[:32].encode()
        self._thin = page.served.thin
        self.page_count: int = len(document.pages)
        self.findings: tuple[Finding, ...] = (*page.served.findings, *page.findings)
        self.pages = _labels(report, page, document)

    def content(self, form: Form = "ua", attached: Mapping[str, bytes] | None = None) -> bytes:
        """The PDF file; the same bytes for the same report, look, form and ``attached`` files."""
        from . import engine

        return engine.pdf(
            self._document, self._identifier, self._thin, _VARIANTS[form], attached or {}
        )

    def write(
        self, path: Path | str, form: Form = "ua", attached: Mapping[str, bytes] | None = None
    ) -> None:
        """Write the PDF, with ``attached`` files in it, beside its place; then rename."""
        write_bytes(Path(path), self.content(form, attached))


def layout(report: Report, style: Style, *, fonts: Path | str | None = None) -> Layout:
    """Lay the report out. ``fonts`` is the user's own folder of fonts.

    Raises ``PdfUnavailable`` if the page engine or the libraries behind it are missing.
    """
    engine = _engine()
    served = Served(report, style, library(fonts))
    page = Page(report, style, served)
    source = page.html()
    document = engine.render(source, page.css(), served)
    if report.footnotes and report.footnotes_restart == "page":
        footnotes.renumber(document.pages, report.footnote_pattern)
    return Layout(report, page, source, document)


def write_pdf(
    report: Report, style: Style, path: Path | str, *, fonts: Path | str | None = None
) -> Layout:
    """Lay the report out and write it to ``path``."""
    made = layout(report, style, fonts=fonts)
    made.write(path)
    return made


def _engine() -> Any:
    try:
        with contextlib.redirect_stdout(io.StringIO()), _libraries_by_file():
            from . import engine
    except (ImportError, OSError) as error:
        raise PdfUnavailable(
            "做不了 PDF：缺少排版所用的系统组件 Pango（DOCX 不受影响）。"
            "Debian、Ubuntu 请运行 apt install libpango-1.0-0 libpangoft2-1.0-0 "
            "libharfbuzz-subset0；macOS 请运行 brew install pango；"
            "Windows 请按 WeasyPrint 安装说明装 MSYS2 的 pango。"
        ) from error
    return engine


@contextlib.contextmanager
def _libraries_by_file() -> Iterator[None]:
    """Spare Linux to ask the compiler where libraries lie: the engine names their files, too."""
    import ctypes.util

    asked = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None
    try:
        yield
    finally:
        ctypes.util.find_library = asked


def _labels(report: Report, page: Page, document: Any) -> dict[str, str]:
    """Printed page number of every anchor, as the stylesheet counts them."""
    where: dict[str, int] = {}
    for index, sheet in enumerate(document.pages):
        for name in sheet.anchors:
            where.setdefault(name, index)
    starts: dict[str, int] = {}
    for part, zone in zip(report.parts, page.zones, strict=True):
        starts.setdefault(zone, where.get(page.ids[part.anchor], 0))
    found = {}
    for anchor, name in page.ids.items():
        zone = page.zone_of[anchor]
        if name in where and zone != "cover":
            number = where[name] - starts[zone] + 1
            front = zone == "front" and page.style.page_number.front == "roman"
            found[anchor] = roman(number).lower() if front else str(number)
    return found
