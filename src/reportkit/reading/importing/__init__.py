"""Imports reports that exist as they stand: text, Markdown, Word, PDF.

    file ─ a source module ─> Stream ─ recognise ─> Submission
                                │
                                └─ loss: every character is in the submission or told as set aside

A source says what stands in the file, in reading order, each piece with its place, and what it
knows for sure (``stream``). What the pieces mean (headings, captions, cases …) is decided for all
sources in one place (``recognise``). No rule here knows a particular report, school or title.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from reportkit.model.base import Place

from ..files import megabytes
from ..result import ReadResult
from ..source import Log

if TYPE_CHECKING:
    from .stream import Stream

FILE_LIMIT = 100_000_000
"""Bytes that a file may have."""
TEXT_LIMIT = 20_000_000
"""Bytes that a text file may have."""

Reader = Callable[[str, bytes, Log], "Stream | None"]


def import_file(path: Path) -> ReadResult:
    """The report in the file at ``path`` as a submission. Never raises for bad input.

    The standard is not yet chosen: ``metadata.standard`` is ``guesses.UNKNOWN_STANDARD``.
    """
    log = Log()
    stream = _stream(path, log)
    if stream is None:
        return ReadResult(None, path.parent, "text", tuple(log.findings))
    from .recognise import recognise

    log.findings += stream.findings
    recognised = recognise(stream, log)
    sources = {} if stream.text is None else {stream.file: stream.text}
    return ReadResult(
        recognised.submission if recognised else None,
        path.parent,
        stream.form,
        tuple(log.findings),
        sources,
        asides=recognised.asides if recognised else (),
    )


def _stream(path: Path, log: Log) -> Stream | None:
    content = _content(path, log)
    if content is None:
        return None
    from .sniff import Refused, sniff

    found = sniff(path.name, content)
    place = Place(file=path.name)
    if isinstance(found, Refused):
        log.add("RK154", place, at=path.name, what=found.what, how=found.how)
        return None
    if found in ("text", "markdown") and len(content) > TEXT_LIMIT:
        _too_large(path, len(content), TEXT_LIMIT, log)
        return None
    return _reader(found)(path.name, content, log)


def _content(path: Path, log: Log) -> bytes | None:
    try:
        size = path.stat().st_size
        if size <= FILE_LIMIT:
            return path.read_bytes()
    except OSError:
        log.add("RK101", Place(file=path.name), path=path.name, reason="无法读取，请检查权限")
        return None
    _too_large(path, size, FILE_LIMIT, log)
    return None


def _too_large(path: Path, size: int, limit: int, log: Log) -> None:
    log.add(
        "RK115",
        Place(file=path.name),
        at=path.name,
        what=path.name,
        size=megabytes(size),
        limit=megabytes(limit),
    )


def _reader(kind: str) -> Reader:
    """The source module for a kind of file; loaded only when such a file is read."""
    match kind:
        case "docx":
            from .docx import read_docx

            return read_docx
        case "pdf":
            from .pdf_source import read_pdf

            return read_pdf
        case "markdown":
            from .markdown_source import read_markdown

            return read_markdown
        case _:
            from .text_source import read_text

            return read_text
