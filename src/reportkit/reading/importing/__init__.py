"""Imports reports that exist as they stand: text, Markdown, Word, PDF.

    file ─ a source module ─> Stream ─ recognise ─> Submission
                                │
                                └─ loss: every character is in the submission or told as set aside

A source says what stands in the file, in reading order, each piece with its place, and what it
knows for sure (``stream``). What the pieces mean (headings, captions, cases …) is decided for all
sources in one place (``recognise``). No rule here knows a particular report, school or title.

Findings of this room and their arguments, besides those of the sources:

===== ================================================================================
RK150 ``file``, ``reason``, ``advice``
RK151 ``what``, ``count``, ``how``, ``advice``
RK153 ``file``, ``encoding``
RK154 ``what``, ``value``; ``unknown`` where it could not be guessed
RK155 ``file``
RK156 ``number``, ``reason``
RK157 ``text``, ``count``
===== ================================================================================
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from reportkit.model.base import Place

from ..files import megabytes
from ..office_kinds import advice_for, kind_of
from ..result import ReadResult
from ..source import Log

if TYPE_CHECKING:
    from .stream import Stream

FILE_LIMIT = 300_000_000
"""Bytes that a file may have."""

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
    if recognised is None:
        return ReadResult(None, path.parent, stream.form, tuple(log.findings), sources)
    return ReadResult(
        recognised.submission,
        path.parent,
        stream.form,
        tuple(log.findings),
        sources,
        recognised.asides,
    )


def _stream(path: Path, log: Log) -> Stream | None:
    content = _content(path, log)
    if content is None:
        return None
    kind = kind_of(content)
    reader = _reader(path, kind, content)
    if reader is not None:
        return reader(path.name, content, log)
    reason, advice = advice_for(kind, "docx")
    log.add("RK150", Place(file=path.name), at=path.name, file=path.name, reason=reason,
            advice=advice)  # fmt: skip
    return None


def _content(path: Path, log: Log) -> bytes | None:
    place = Place(file=path.name)
    try:
        size = path.stat().st_size
        if size <= FILE_LIMIT:
            return path.read_bytes()
    except OSError:
        log.add("RK101", place, path=path.name, reason="无法读取，请检查权限")
        return None
    log.add("RK115", place, what=path.name, size=megabytes(size), limit=megabytes(FILE_LIMIT))
    return None


def _reader(path: Path, kind: str, content: bytes) -> Reader | None:
    """The source for a kind of file; loaded only when such a file is read."""
    if kind == "zip":  # a Word file, or refused there with what it is
        from .docx import read_docx

        return read_docx
    if kind == "pdf" or b"%PDF-" in content[:1024]:
        from .pdf import read_pdf

        return read_pdf
    from .text_source import is_damaged_text, is_markdown, is_wide_text, read_text

    odd = kind == "unknown" and (is_wide_text(content[:4000]) or is_damaged_text(content))
    if kind != "text" and not odd:
        return None
    if is_markdown(path.name, content[:64_000]):
        from .markdown_source import read_markdown

        return partial(read_markdown, folder=path.parent)
    return read_text
