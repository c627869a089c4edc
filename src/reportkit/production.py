"""Write the files of a report: DOCX and PDF, with the record of what they were made from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from .model.diagnostic import Finding

if TYPE_CHECKING:
    from .model.style import Style
    from .opening import Opened
    from .writing.pdf.document import Form
    from .writing.record import Record

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Job:
    """What to write: ``stem`` is the path without ending, ``exact`` asks for exact pages.

    ``pdf`` is the form of the PDF; the archive's (a3) carries the record as attached files."""

    opened: Opened
    style: Style
    stem: Path
    formats: tuple[str, ...]
    exact: bool = False
    pdf: Form = "ua"
    progress: Progress = lambda _: None


@dataclass
class Produced:
    """What was written; ``skipped`` formats with the reason, ``notes`` on what was done else."""

    files: list[Path]
    skipped: list[tuple[str, str]]
    findings: tuple[Finding, ...] = ()
    pages: int | None = None
    notes: tuple[str, ...] = ()


def produce(job: Job) -> Produced:
    """Write DOCX and PDF; the PDF's layout gives the DOCX its page numbers.

    Raises:
        OSError: a file cannot be written.
    """
    from .writing import PdfUnavailable, layout

    report = job.opened.report
    assert report is not None
    made = Produced([], [])
    laid = None
    job.progress("排版")
    try:
        laid = layout(report, job.style)
        made.pages, made.findings = laid.page_count, laid.findings
    except PdfUnavailable as error:
        if "pdf" in job.formats:
            made.skipped.append(("pdf", str(error)))
    if "docx" in job.formats:
        _docx(job, laid.pages if laid else None, made)
    if "pdf" in job.formats and laid is not None:
        job.progress("写 PDF")
        target = job.stem.with_name(job.stem.name + ".pdf")
        record = record_of(job.opened, job.style) if job.pdf == "a3" else None
        laid.write(target, job.pdf, record.files() if record is not None else None)
        made.files.append(target)
    return made


def _docx(job: Job, pages: Mapping[str, str] | None, made: Produced) -> None:
    from .writing import write_docx

    report = job.opened.report
    assert report is not None
    source = "estimate" if pages is None else "layout"
    if job.exact:
        job.progress("由 LibreOffice 核定页码")
        pages, exact = _exact_pages(job, pages, made)
        source = "exact" if exact else source
    job.progress("写 DOCX")
    target = job.stem.with_name(job.stem.name + ".docx")
    record = record_of(job.opened, job.style)
    if record is not None:
        record = record.model_copy(update={"pages": source})
    found = write_docx(report, job.style, target, pages=pages, record=record)
    made.findings += tuple(f for f in found if f not in made.findings)
    made.files.append(target)


def _exact_pages(
    job: Job, pages: Mapping[str, str] | None, made: Produced
) -> tuple[Mapping[str, str] | None, bool]:
    """The page numbers of LibreOffice's rendering; those given where it cannot tell, and why."""
    from .writing.docx.estimate import estimate
    from .writing.docx.exact import exact_pages
    from .writing.office import OfficeUnavailable

    report = job.opened.report
    assert report is not None
    try:
        exact = exact_pages(report, job.style, pages or estimate(report, job.style))
    except OfficeUnavailable as error:
        instead = "取自 PDF 的排版" if pages else "是估计的"
        made.notes += (f"{error}，未能核定 DOCX 目录的页码；其中的页码{instead}。",)
        return pages, False
    if not exact.stable:
        made.notes += ("DOCX 目录的页码核定三遍仍有变动，请在 Word 中更新目录后核对。",)
    return exact.pages, True


def record_of(opened: Opened, style: Style) -> Record | None:
    """The record of a file made from this; None where there is no submission."""
    from .checks import render
    from .writing.record import make

    submission, report = opened.result.submission, opened.report
    if submission is None or opened.standard is None or report is None:
        return None
    result = render([replace(opened, path=Path())], "json")
    return make(submission, opened.standard, style, result, draft=report.draft)
