"""The public API: what every command does, in one call each.

    opened = open_submission(Path("submissions/2023/dongcheng"))
    opened.diagnostics                     # everything that is wrong, with its place
    build(opened, Path("build"))           # DOCX and PDF

Wrong input never raises: it becomes diagnostics. What cannot be done at all raises
:class:`CannotDo`, whose text is for the user.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .model.base import Place
from .model.diagnostic import Diagnostic, Finding, Severity
from .refusals import CannotDo, ErrorsStand

if TYPE_CHECKING:
    from .checks.factbook import FactBook
    from .model.report import Report
    from .model.standard import Standard
    from .model.style import Style
    from .reading import ReadResult

FORMATS = ("docx", "pdf")
Progress = Callable[[str], None]


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


@dataclass(frozen=True)
class Built:
    """What :func:`build` wrote, what it could not write and why, and ``notes`` on how it did."""

    files: tuple[Path, ...]
    skipped: tuple[tuple[str, str], ...]
    diagnostics: tuple[Diagnostic, ...]
    pages: int | None
    notes: tuple[str, ...] = ()


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


def build(
    opened: Opened,
    out: Path,
    *,
    formats: Iterable[str] = FORMATS,
    style: str | None = None,
    exact_pages: bool = False,
    pdf: str = "ua",
    progress: Progress = lambda _: None,
) -> Built:
    """Write the report in ``formats`` and its check result (HTML and JSON) into ``out``.

    Refuses a final document while errors stand; a draft (``Opened.report.draft``) is always
    printed. Each file is written beside and then renamed, so that none is ever half there.
    ``exact_pages`` takes the page numbers in the DOCX from LibreOffice's rendering of it.
    ``pdf`` is ``ua`` (tagged for screen readers), ``a3`` (for archives, with submission, check
    result and explanations attached) or ``plain``.

    Raises:
        ErrorsStand: errors stand and this is no draft; only the check result was written.
        CannotDo: the output folder cannot be written, or it is the submission.
    """
    from .checks import check, get
    from .production import Job, produce

    formats = tuple(dict.fromkeys(formats))
    if unknown := [name for name in formats if name not in FORMATS]:
        raise CannotDo(f"不能输出“{'、'.join(unknown)}”格式；可以输出 {'、'.join(FORMATS)}。")
    if pdf not in ("ua", "a3", "plain"):
        raise CannotDo(f"没有“{pdf}”这种 PDF；可以用 ua、a3、plain。")
    folder = _output_folder(out, opened)
    report = opened.report
    if report is None or (not opened.ok and not report.draft):
        files = write_check_result([opened], folder)
        raise ErrorsStand(
            f"有 {opened.count(Severity.ERROR)} 处必须改正的错误，未输出正式文件；"
            f"检查结果见 {files[0]}。\n改正后重试，或加 --draft 输出带“草稿”字样的文件。"
        )
    look = load_look(style or opened.result.submission.metadata.style)  # type: ignore[union-attr]
    stem = folder / _file_name(opened)
    try:
        made = produce(Job(opened, look, stem, formats, exact_pages, pdf, progress))  # type: ignore[arg-type]
    except OSError as error:
        raise CannotDo(f"写不进 {folder}：{_reason(error)}") from error
    diagnostics = opened.diagnostics
    if made.findings:
        result = opened.result.with_findings(made.findings)
        concerned = [get(code) for code in dict.fromkeys(f.code for f in made.findings)]
        more = check(result, opened.standard, report, rules=[r for r in concerned if r])
        diagnostics = tuple(dict.fromkeys((*opened.diagnostics, *more)))
        opened = Opened(opened.path, result, opened.standard, report, diagnostics)
    files = [*made.files, *write_check_result([opened], folder)]
    return Built(tuple(files), tuple(made.skipped), diagnostics, made.pages, made.notes)


def load_look(name: str | None) -> Style:
    """The style of this name or folder, the usual one for None.

    Raises:
        CannotDo: there is none, or it cannot be used.
    """
    from .writing import StyleProblem, load_style

    try:
        return load_style(name or "official")
    except StyleProblem as error:
        raise CannotDo(str(error)) from error


def _output_folder(out: Path, opened: Opened) -> Path:
    source = opened.result.root.resolve()
    if out.resolve() == source:
        what = "原件所在的文件夹" if opened.result.imported else "报送件本身"
        raise CannotDo(f"输出文件夹 {out} 就是{what}，请用 --out 指定别的文件夹。")
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotDo(f"建不了输出文件夹 {out}：{_reason(error)}") from error
    return out


def write_check_result(opened: Iterable[Opened], folder: Path) -> list[Path]:
    """Write the check result as HTML (to read) and JSON (for programs) into ``folder``.

    Raises:
        CannotDo: the folder cannot be written.
    """
    from .checks import render

    items = list(opened)
    files = []
    for name, form in (("检查结果.html", "html"), ("检查结果.json", "json")):
        target = folder / name
        write_text(target, render(items, form))
        files.append(target)
    return files


def comment(opened: Opened, out: Path) -> int:
    """Write the checked Word file or workbook as ``out``, with what was found as comments.

    The file itself is not touched. Gives the number of comments.

    Raises:
        CannotDo: it is no such file, or ``out`` is there already or cannot be written.
    """
    from .writing.comments import KINDS, Refused, write_comments

    path = opened.path
    ending = path.suffix.lower()
    if not path.is_file():
        raise CannotDo(f"没有 {path} 这个文件，未写批注。")
    if ending not in KINDS:
        raise CannotDo(f"批注只能写进 Word 文件或工作簿（{'、'.join(KINDS)}），不能写进 {path}。")
    if out.suffix.lower() != ending:
        raise CannotDo(f"{out} 的扩展名应与原文件相同，即 {ending}。")
    if out.exists():
        what = "就是原文件，原文件不会改动" if out.samefile(path) else "已经存在，未覆盖"
        raise CannotDo(f"{out} {what}；请换一个名字。")
    try:
        return write_comments(path, opened.diagnostics, out)
    except Refused as refused:
        raise CannotDo(f"{path} 打不开：{refused.reason}。{refused.advice}") from refused
    except OSError as error:
        raise CannotDo(f"写不进 {out}：{_reason(error)}") from error


def convert(path: Path, to: str, out: Path) -> Opened:
    """Turn a submission into its other form: ``to`` is ``json`` or ``folder``.

    Raises:
        CannotDo: it could not be read, or ``out`` already exists.
    """
    from .reading import OutputExists, write_document, write_folder

    opened = open_submission(path)
    submission = opened.result.submission
    if submission is None:
        raise CannotDo(f"{path} 读不出报送件，未转换；请先运行 reportkit check {path}")
    try:
        (write_document if to == "json" else write_folder)(submission, out)
    except OutputExists as error:
        raise CannotDo(f"{out} 已经存在，未覆盖；请换一个名字，或先把它移走。") from error
    except OSError as error:
        raise CannotDo(f"写不进 {out}：{_reason(error)}") from error
    return opened


def new(
    standard: str, directory: Path, *, organisation: str, year: int, standards: Path | None = None
) -> Standard:
    """Make a submission folder with guidance in every section.

    Raises:
        CannotDo: the standard is unknown, or the folder exists and is not empty.
    """
    from .reading import OutputExists, write_folder
    from .standards import guide, new_submission

    loaded = find_standard(standard, standards)
    try:
        write_folder(new_submission(loaded, organisation, year), directory)
    except OutputExists as error:
        raise CannotDo(f"{directory} 已经存在且不是空文件夹，未写入；请换一个名字。") from error
    except OSError as error:
        raise CannotDo(f"写不进 {directory}：{_reason(error)}") from error
    _help_editors(directory)
    write_text(directory / "README.md", guide(loaded))
    return loaded


def _help_editors(directory: Path) -> None:
    """Let editors that know JSON Schema complete and explain ``report.yaml``."""
    import json

    from .reading.schema import draft07, manifest_schema

    schema = json.dumps(draft07(manifest_schema()), ensure_ascii=False, indent=2)
    write_text(directory / ".report.schema.json", schema)
    manifest = directory / "report.yaml"
    head = "# yaml-language-server: $schema=.report.schema.json\n"
    write_text(manifest, head + manifest.read_text(encoding="utf-8"))


def list_facts(path: Path, *, standards: Path | None = None) -> FactBook:
    """Every fact of a submission with the places that use it, and the numbers that none backs.

    Raises:
        CannotDo: it could not be read or composed.
    """
    from .checks.factbook import factbook

    opened = open_submission(path, standards=standards)
    submission, report, standard = opened.result.submission, opened.report, opened.standard
    if submission is None or report is None or standard is None:
        raise CannotDo(f"{path} 读不出报送件；请先运行 reportkit check {path}")
    return factbook(submission, standard, report, opened.result.history)


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


def write_text(target: Path, text: str) -> None:
    """Write ``text`` as UTF-8 beside ``target``, then rename.

    Raises:
        CannotDo: it cannot be written; nothing is left behind.
    """
    if target.is_symlink():
        target = target.resolve()
    beside = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        if target.is_char_device() or target.is_fifo():
            beside = target  # such as /dev/stdout: nothing that could be replaced
        beside.write_text(text, encoding="utf-8", newline="\n")
        if beside is not target:
            beside.replace(target)
    except OSError as error:
        if beside is not target:
            beside.unlink(missing_ok=True)
        raise CannotDo(f"写不进 {target}：{_reason(error)}") from error


def _file_name(opened: Opened) -> str:
    """The name of the files without ending, as the standard has it."""
    from .standards import file_name

    submission, report = opened.result.submission, opened.report
    assert submission is not None
    named = file_name(opened.standard, submission.metadata)
    return f"{named}（草稿）" if report is not None and report.draft else named


_REASONS = {
    1: "没有写入权限。",
    2: "上级文件夹不存在。",
    13: "没有写入权限。",
    20: "路径中有一段是文件，不是文件夹。",
    17: "已有同名文件。",
    28: "磁盘已满；没有留下不完整的文件。",
    30: "该位置只读。",
    36: "文件名太长。",
}


def _reason(error: OSError) -> str:
    return _REASONS.get(error.errno or 0, f"系统拒绝（错误号 {error.errno}）。")
