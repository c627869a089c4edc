"""The page engine behind one door: imported only when a PDF is made."""

import gc
import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from typing import Any

from weasyprint import CSS, DEFAULT_OPTIONS, HTML, Attachment
from weasyprint.document import Document
from weasyprint.pdf import VARIANTS, generate_pdf
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from . import conformance, filing, subsetting
from .served import Served

subsetting.install()
ARCHIVE = "pdf/a-3a"
_NEVER = datetime(1980, 1, 1)
"""The date of attached files: no clock, so that the same input gives the same bytes."""
_ATTACHED = "本报告由此生成"
logging.getLogger("weasyprint").setLevel(logging.CRITICAL)
logging.getLogger("fontTools").setLevel(logging.ERROR)


class Fetcher(URLFetcher):  # type: ignore[misc]
    """Serves the report's own pictures and fonts; no file and no network address."""

    def __init__(self, served: Served) -> None:
        super().__init__(allowed_protocols=())
        self._served = served

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """The resource behind an address of ours; anything else is refused."""
        try:
            content, kind = self._served.load(url)
        except (KeyError, IndexError):
            raise ValueError("address not allowed") from None
        return URLFetcherResponse(url, content, {"Content-Type": kind} if kind else None)


def render(html: str, css: str, served: Served) -> Document:
    """Lay out the document; pages are drawn when it is written."""
    _sweep()
    fetcher = Fetcher(served)
    with _line_setting(), _frames(), _no_collector():
        fonts = FontConfiguration()
        sheet = CSS(string=css, url_fetcher=fetcher, font_config=fonts)
        source = HTML(string=html, url_fetcher=fetcher, base_url="reportkit:")
        made = source.render(stylesheets=[sheet], font_config=fonts, presentational_hints=False)
    _unswept.append(len(made.pages))
    return made


_unswept: list[int] = []
_SWEEP = 150
"""Pages after which those of earlier documents, which hold each other, are looked for."""


def _sweep() -> None:
    """Free what earlier documents left, so that a process that builds many stays small."""
    if sum(_unswept) > _SWEEP:
        _unswept.clear()
        gc.collect()


def _line_setting(thin: Iterable[str] = ()) -> AbstractContextManager[None]:
    """Chinese line setting; with an engine that is built otherwise, lines stay as they are."""
    try:
        from .typeset import chinese_typesetting
    except (ImportError, AttributeError):
        return nullcontext()
    return chinese_typesetting(thin)


def _frames() -> AbstractContextManager[None]:
    """Frames cut to what stands in them; with an engine that is built otherwise, as they are."""
    try:
        from .frames import fitting_frames
    except (ImportError, AttributeError):
        return nullcontext()
    return fitting_frames()


@contextmanager
def _no_collector() -> Iterator[None]:
    """Pause the search for unused cycles: a quarter of the time, and pages hold few of them."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def pdf(
    document: Document,
    identifier: bytes,
    thin: Iterable[str],
    variant: str | None,
    attached: Mapping[str, bytes],
) -> bytes:
    """The file: subset fonts, fixed identifier. ``thin`` are families without a bold face."""
    attachments = [
        Attachment(string=content, name=name, created=_NEVER, modified=_NEVER,
                   relationship="Source", description=_ATTACHED)
        for name, content in sorted(attached.items())  # as name trees are
    ]  # fmt: skip
    options = {
        **DEFAULT_OPTIONS,
        **(VARIANTS[variant][1] if variant else {}),
        "pdf_variant": variant,
        "optimize_images": False,
        "hinting": False,
        "attachments": attachments,
    }
    document.fonts.clear()
    with _line_setting(thin), _structure(document), _no_collector():
        file = generate_pdf(document, None, 1, **options)
        if variant == ARCHIVE:
            conformance.archive(file)
        made = filing.write(file, identifier)
    document.fonts.clear()  # each holds its whole font file
    return made


def _structure(document: Document) -> AbstractContextManager[None]:
    """Structure by elements; with an engine that is built otherwise, its own."""
    try:
        from .tagging import structure
    except (ImportError, AttributeError):
        return nullcontext()
    return structure(document)
