"""A submission opened: read, composed and checked under its standard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .model.base import Place
from .model.diagnostic import Diagnostic, Finding, Severity
from .refusals import CannotDo

if TYPE_CHECKING:
    from .model.report import Report
    from .model.standard import Standard
    from .reading import ReadResult


@dataclass(frozen=True)
class Opened:
    """A submission as read, composed and checked.

    ``standard`` and ``report`` are None where reading failed before them.
    """

    path: Path
    result: ReadResult
    standard: Standard | None
    report: Report | None
    diagnostics: tuple[Diagnostic, ...]

    @property
    def title(self) -> str:
        """The report's title, or the path where it could not be read."""
        submission = self.result.submission
        return submission.metadata.title if submission else str(self.path)

    @property
    def ok(self) -> bool:
        """Whether no error stands (合格)."""
        return not self.count(Severity.ERROR)

    def count(self, severity: Severity) -> int:
        """Number of diagnostics of a severity; explained warnings are not counted."""
        return sum(d.severity is severity and d.explained is None for d in self.diagnostics)


def open_submission(
    path: Path,
    *,
    draft: bool = False,
    standard: str | None = None,
    standards: Path | None = None,
) -> Opened:
    """Read, compose and check what is at ``path``.

    That is a submission (a folder or a JSON document), or a report as it stands (Word, text,
    Markdown, PDF). A report does not say under which standard it was written: ``standard`` does,
    or the one that fits best is taken and told (RK154).

    Raises:
        CannotDo: ``standard`` is unknown, or given for a submission, which names its own.
    """
    from .reading import read

    result = filled_kit((path,), standards)
    if result is not None:
        chosen = None
    else:
        result, chosen = _with_standard(read(path), standard, standards)
    return opened_from(path, result, chosen, draft=draft, folder=standards)


def opened_from(
    path: Path, result: ReadResult, chosen: Standard | None, *, draft: bool, folder: Path | None
) -> Opened:
    """Compose and check what was read at ``path``; ``chosen`` is its standard, if known."""
    from .checks import check
    from .composing import compose
    from .reading.history import with_history

    report = problem = None
    if result.submission is not None and chosen is None:
        chosen, problem = _standard(result, folder)
    if problem is not None:
        result = result.with_findings((problem,))
    result = with_history(result)
    if result.submission is not None and chosen is not None:
        report = compose(result.submission, chosen, draft=draft, history=result.history)
    found = check(result, chosen, report)
    if result.form == "workbook":  # it has no text whose outline could be checked
        found = tuple(d for d in found if d.code == "RK218" or d.code[:3] in ("RK1", "RK4"))
    return Opened(path, result, chosen, report, found)


def filled_kit(paths: Sequence[Path], folder: Path | None) -> ReadResult | None:
    """The submission in filled files of a kit; None if none of them is one."""
    from .kit import names_standard, read_kit

    if not any(names_standard(path) for path in paths):
        return None
    return read_kit(paths, lambda name: find_standard(name, folder))


def _with_standard(
    result: ReadResult, wanted: str | None, folder: Path | None
) -> tuple[ReadResult, Standard | None]:
    """An imported report with the standard that was asked for, or else with the best-fitting."""
    from .standards import best_fit

    submission = result.submission
    if submission is None or not result.imported:
        if wanted is not None and submission is not None:
            raise CannotDo("报送件在 report.yaml 中写明了所用规范，不能另用 --standard 指定。")
        return result, None
    metadata = submission.metadata
    if wanted is not None:
        chosen, why = find_standard(wanted, folder), "由 --standard 指定"
    else:
        known = list_standards(folder)
        title, year = metadata.title, metadata.title_year
        best = best_fit(submission.chapters, known, title=title, year=year)[0]
        chosen, why = best.standard, "，".join(best.reasons)
    args = {"what": "编制规范", "value": f"《{chosen.title}》（{chosen.id}）：{why}", "unknown": ""}
    told = Finding(code="RK154", place=metadata.place or Place(), at="编制规范", args=args)
    named = metadata.model_copy(update={"standard": chosen.id})
    return result.with_metadata(named).with_findings((told,)), chosen


def _standard(result: ReadResult, folder: Path | None) -> tuple[Standard | None, Finding | None]:
    from .standards import InvalidStandard, UnknownStandard, load

    assert result.submission is not None
    wanted = result.submission.metadata.standard
    place = result.submission.metadata.place or Place(file="report.yaml")
    try:
        return load(wanted, extra=folder), None
    except UnknownStandard as unknown:
        near = "、".join(unknown.suggestions)
        args = {"standard": wanted, "suggestions": near}
    except InvalidStandard as invalid:
        raise CannotDo(str(invalid)) from invalid
    return None, Finding(code="RK110", place=place, quote=wanted, args=args, at="report.yaml")


def list_standards(standards: Path | None = None) -> list[Standard]:
    """All standards that can be used, those in the folder ``standards`` too.

    Raises:
        CannotDo: one of them is not valid.
    """
    from .standards import InvalidStandard, available

    try:
        return available(extra=standards)
    except InvalidStandard as invalid:
        raise CannotDo(str(invalid)) from invalid


def find_standard(name: str, standards: Path | None = None) -> Standard:
    """Load a standard by id, or by the path of its folder.

    Raises:
        CannotDo: there is none, or it is not valid.
    """
    from .standards import InvalidStandard, UnknownStandard, load

    try:
        return load(name, extra=standards)
    except UnknownStandard as unknown:
        near = f"是否指 {'、'.join(unknown.suggestions)}？" if unknown.suggestions else ""
        raise CannotDo(
            f"没有编制规范“{name}”。{near}运行 reportkit standards 可列出全部。"
        ) from unknown
    except InvalidStandard as invalid:
        raise CannotDo(str(invalid)) from invalid
