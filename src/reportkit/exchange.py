"""The public API for whoever works in Word and Excel: kits go out, filled ones come back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from .atomic import write_bytes
from .opening import Opened, filled_kit, find_standard, open_submission, opened_from
from .refusals import CannotDo
from .workflow import load_look, write_text

if TYPE_CHECKING:
    from .adopting import Proposal
    from .model.data import Observation
    from .model.report import Report
    from .model.standard import Standard
    from .model.submission import Submission
    from .pulling import Pulled
    from .rolling import Rolled


def make_kit(
    standard: str,
    directory: Path,
    *,
    organisation: str | None,
    year: int,
    previous: Path | None = None,
    style: str | None = None,
    standards: Path | None = None,
) -> list[Path]:
    """Write the fillable Word template and workbook of a standard; give the files.

    ``previous`` is last year's submission, whose values stand in the workbook as last year's.

    Raises:
        CannotDo: the standard is unknown, or a file is already there.
        OSError: a file cannot be written; nothing is left half done.
    """
    from .kit import make_kit as make

    last = open_submission(previous, standards=standards).result.submission if previous else None
    if previous and last is None:
        raise CannotDo(f"{previous} 读不出报送件；请先运行 reportkit check {previous}")
    loaded = find_standard(standard, standards)
    made = make(loaded, organisation, year, load_look(style), last)
    files = [directory / name for name in made]
    if there := [str(file) for file in files if file.exists()]:
        raise CannotDo(f"{'、'.join(there)} 已经存在，未覆盖；请换一个文件夹，或先把它移走。")
    directory.mkdir(parents=True, exist_ok=True)
    for file in files:
        write_bytes(file, made[file.name])
    return files


def import_files(
    files: Sequence[Path],
    out: Path,
    *,
    standard: str | None = None,
    standards: Path | None = None,
) -> Opened:
    """Turn a report as it stands, or a filled template and workbook, into a submission folder.

    ``Opened.diagnostics`` has the places of the files that were given. ``standard`` is for a
    report, which does not name its own; those of a kit do.

    Raises:
        CannotDo: a file cannot be read, there is no text to write, or ``out`` is there.
    """
    from .reading import OutputExists, write_folder

    opened = open_files(files, standard=standard, standards=standards)
    submission = opened.result.submission
    if submission is None:
        return opened
    if opened.result.form == "workbook":
        raise CannotDo("只有填报数据，没有填报模板；请把两个文件一起给出。")
    try:
        write_folder(submission, out)
    except OutputExists as error:
        raise CannotDo(f"{out} 已经存在且不是空文件夹，未写入；请换一个名字。") from error
    if opened.result.imported:
        from .reading.importing import summary

        page = summary.summary(opened.result, opened.diagnostics)
        write_text(out / summary.NAME, page)
    return opened


def open_files(
    files: Sequence[Path], *, standard: str | None = None, standards: Path | None = None
) -> Opened:
    """Read, compose and check a report, or the files of a filled kit together.

    Raises:
        CannotDo: there are several files, and they are no kit; or as :func:`open_submission`.
    """
    result = filled_kit(files, standards)
    if result is not None:
        return opened_from(files[0], result, None, draft=False, folder=standards)
    if len(files) == 1:
        return open_submission(files[0], standard=standard, standards=standards)
    raise CannotDo("一次导入一份报告，或同一次生成的填报模板和填报数据各一份。")


def pull(edited: Path, path: Path, *, standards: Path | None = None) -> Pulled:
    """Find what was changed in a Word file that ``build`` wrote from the submission at ``path``.

    Nothing is written yet; :func:`take_over` does that.

    Raises:
        CannotDo: one of the two cannot be read, or the submission is no folder.
    """
    from .pulling import pull as find

    if not path.is_dir():
        raise CannotDo(
            f"{path} 不是报送件文件夹。"
            f"JSON 文档请先转成文件夹：reportkit convert {path} --to folder"
        )
    if not edited.is_file():
        raise CannotDo(f"找不到 {edited}。")
    opened = open_submission(path, standards=standards)
    submission, report = opened.result.submission, opened.report
    if submission is None or report is None:
        raise CannotDo(f"{path} 读不出报送件；请先运行 reportkit check {path}")
    look = load_look(submission.metadata.style)
    found = find(submission, report, look, path, edited)
    if found.findings:
        args = found.findings[0].args
        raise CannotDo(f"{edited} 打不开：{args.get('reason')}。{args.get('advice')}")
    return found


def take_over(path: Path, pulled: Pulled) -> Path:
    """Write what was found; give the folder that keeps the files as they were.

    Raises:
        OSError: a file cannot be written; all files are as they were.
    """
    from .pulling import write

    return write(path, pulled.files)


def undo_pull(path: Path) -> list[str]:
    """Bring back the files as they were before the last :func:`take_over`; give their names.

    Raises:
        CannotDo: there is nothing to undo, or a file was changed since.
    """
    from .pulling import CannotUndo, undo

    try:
        return undo(path)
    except CannotUndo as problem:
        raise CannotDo(str(problem)) from problem


def propose_facts(path: Path, *, standards: Path | None = None) -> list[Proposal]:
    """For each number typed into the submission folder at ``path`` the fact that it should be.

    Raises:
        CannotDo: it cannot be read, or is no folder.
    """
    from .adopting import propose

    submission, standard, report, history = _for_facts(path, standards)
    return propose(submission, standard, report, path, history)


def save_plan(target: Path, text: str) -> None:
    """Write proposals as a sheet that Excel opens.

    Raises:
        CannotDo: the file is there already, or cannot be written.
    """
    if target.exists():
        raise CannotDo(f"{target} 已经存在，未覆盖；请换一个名字，或先把它移走。")
    write_text(target, "\ufeff" + text)


def read_plan(source: Path) -> list[Proposal]:
    """The proposals of a sheet.

    Raises:
        CannotDo: the file cannot be read.
        BadSheet: a row cannot be understood.
    """
    from .adopting import from_csv

    try:
        return from_csv(source.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise CannotDo(f"读不出 {source}：{error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise CannotDo(f"{source} 不是 UTF-8；请另存为“CSV UTF-8”。") from error


def adopt_facts(
    path: Path, proposals: Sequence[Proposal], *, standards: Path | None = None
) -> tuple[dict[str, bytes], Path]:
    """Take the proposals over in the folder at ``path``; the files, and where the former ones are.

    Raises:
        CannotDo: they cannot be taken over so that the report prints the same.
    """
    from .adopting import Differs, take
    from .pulling import write

    submission, standard, _, history = _for_facts(path, standards)
    observed = {
        (each.indicator, each.period, each.scope): (f"{each.value:f}", each.unit)
        for each in (*history, *submission.data.observations)
        if each.value is not None
    }
    window = submission.metadata.data_period
    try:
        files = take(
            path,
            proposals,
            window.current or str(window.end.year),
            observed,
            frozenset(indicator.id for indicator in standard.indicators),
            lambda folder: open_submission(folder, standards=standards).report,
        )
        return files, write(path, files) if files else path
    except Differs as problem:
        raise CannotDo(str(problem)) from problem
    except OSError as error:
        raise CannotDo(f"{path} 或它旁边写不进文件：{error.strerror or error}") from error


def _for_facts(
    path: Path, standards: Path | None
) -> tuple[Submission, Standard, Report, tuple[Observation, ...]]:
    if not path.is_dir():
        raise CannotDo(
            f"{path} 不是报送件文件夹。"
            f"现成的报告请先转成文件夹：reportkit import {path} --out 我的报告"
        )
    opened = open_submission(path, standards=standards)
    submission, standard, report = opened.result.submission, opened.standard, opened.report
    if submission is None or standard is None or report is None:
        raise CannotDo(f"{path} 读不出报送件；请先运行 reportkit check {path}")
    return submission, standard, report, opened.result.history


def roll_forward(
    old: Path, standard: str, out: Path, *, year: int | None = None, standards: Path | None = None
) -> Rolled:
    """Make this year's draft under ``standard`` from last year's report at ``old``.

    ``old`` is whatever can be checked: a folder, a JSON document, a Word file. ``year`` is the
    title year, by default the one after last year's.

    Raises:
        CannotDo: ``old`` cannot be read, a standard is unknown, or ``out`` is there.
    """
    from .reading import OutputExists, write_folder
    from .rolling import UNPLACED
    from .rolling import roll_forward as roll

    target = find_standard(standard, standards)
    opened = open_submission(old, standards=standards)
    submission = opened.result.submission
    if submission is None or opened.standard is None:
        raise CannotDo(f"{old} 读不出报送件；请先运行 reportkit check {old}")
    last = submission.metadata.title_year
    wanted = last + 1 if year is None else year
    if wanted <= last:
        raise CannotDo(f"上年报送件的标题年度是 {last}，新的年度应在它之后，不能是 {wanted}。")
    made = roll(submission, opened.standard, target, wanted)
    try:
        write_folder(made.submission, out)
    except OutputExists as error:
        raise CannotDo(f"{out} 已经存在且不是空文件夹，未写入；请换一个名字。") from error
    if made.unplaced:
        write_bytes(out / UNPLACED, made.unplaced.encode())
    return made
