"""The public API: what every command does, in one call each.

    opened = open_submission(Path("submissions/2023/dongcheng"))
    opened.diagnostics                     # everything that is wrong, with its place
    build(opened, Path("build"))           # DOCX and PDF

Wrong input never raises: it becomes diagnostics. What cannot be done at all raises
:class:`CannotDo`, whose text is for the user.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .atomic import write_bytes
from .model.diagnostic import Diagnostic, Severity
from .opening import Opened, find_standard, list_standards, open_submission
from .refusals import CannotDo, ErrorsStand

if TYPE_CHECKING:
    from .checks.factbook import FactBook
    from .checks.tracing import Traced
    from .model.standard import Standard
    from .model.style import Style

__all__ = [
    "Built",
    "CannotDo",
    "ErrorsStand",
    "Opened",
    "build",
    "comment",
    "convert",
    "find_standard",
    "list_facts",
    "list_standards",
    "load_look",
    "new",
    "open_submission",
    "write_check_result",
    "write_text",
]

FORMATS = ("docx", "pdf")
Progress = Callable[[str], None]


@dataclass(frozen=True)
class Built:
    """What :func:`build` wrote, what it could not write and why, and ``notes`` on how it did."""

    files: tuple[Path, ...]
    skipped: tuple[tuple[str, str], ...]
    diagnostics: tuple[Diagnostic, ...]
    pages: int | None
    notes: tuple[str, ...] = ()


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


def comment(opened: Opened, out: Path, *, dated: bool = True) -> int:
    """Write the checked Word file or workbook as ``out``, with what was found as comments.

    The file itself is not touched. Gives the number of comments. Without ``dated`` they bear no
    time, and the same input gives the same bytes.

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
        return write_comments(path, opened.diagnostics, out, dated=dated)
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


def trace_fact(path: Path, name: str, *, standards: Path | None = None) -> tuple[Traced, ...]:
    """Where the values of an indicator come from; ``name`` is its id or name, perhaps ``@scope``.

    Raises:
        CannotDo: the submission could not be read, or there is no such value.
    """
    from .checks.tracing import trace

    opened = open_submission(path, standards=standards)
    submission, standard = opened.result.submission, opened.standard
    if submission is None or standard is None:
        raise CannotDo(f"{path} 读不出报送件；请先运行 reportkit check {path}")
    try:
        return trace(submission, standard, name)
    except LookupError as problem:
        raise CannotDo(f"查不到“{name}”：{problem}") from problem


def write_text(target: Path, text: str) -> None:
    """Write ``text`` as UTF-8 beside ``target``, then rename.

    Raises:
        CannotDo: it cannot be written; nothing is left behind.
    """
    if target.is_symlink():
        target = target.resolve()
    try:
        if target.is_char_device() or target.is_fifo():  # such as /dev/stdout
            target.write_text(text, encoding="utf-8", newline="\n")
        else:
            write_bytes(target, text.encode("utf-8"))
    except OSError as error:
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
