"""The work on one item: a pure function from its bytes to its outcome and its files.

The item is unpacked into a folder that becomes the working folder, under the path that it has in
the batch, so that every message and file names it as its user does.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from ..model.diagnostic import Severity
from ..refusals import CannotDo
from .job import INPUT, STANDARDS, STYLE, Job, Options
from .outcome import File, Outcome, State

if TYPE_CHECKING:
    from ..workflow import Opened

Kind = Literal["docx", "pdf", "html", "json", "comments", "letter"]
_CHECKED = ("检查结果.html", "检查结果.json")
OUTSIDE = "/-"
"""Where links that lead out of a submission point to after unpacking."""


@dataclass(frozen=True)
class Made:
    """A file that was made: where it lies, and the name that it gets."""

    kind: Kind
    path: Path
    name: str


@dataclass
class _Result:
    """What was made of an item so far."""

    opened: Opened
    reason: str = ""
    pages: int | None = None
    made: list[Made] = field(default_factory=list)


def work(job: Job, files: Mapping[str, bytes], folder: Path) -> tuple[Outcome, dict[str, bytes]]:
    """Check and build; gives the outcome, and the files by their path below the output folder.

    ``files`` are named ``in/…``, ``standards/…`` and ``style/…``; ``folder`` is empty. The working
    folder of the process is changed: one process does one item at a time.

    Raises:
        CannotDo: the standard or the style that was asked for is of no use.
        OSError, MemoryError and whatever a broken item can raise: the caller makes it an outcome.
    """
    home = folder.joinpath("x", *(["x"] * job.depth))
    home.mkdir(parents=True)
    _unpack(files, home, folder)
    _link(job.links, home)
    os.chdir(home)
    standards = folder / STANDARDS
    opened = _open(job, standards if standards.is_dir() else None)
    out = folder / "out"
    out.mkdir()
    result = _make(job, opened, folder, out)
    contents = {f"{job.item.name}/{one.name}": one.path.read_bytes() for one in result.made}
    listed = tuple(
        File(kind=one.kind, path=path, sha256=hashlib.sha256(content).hexdigest())
        for one, (path, content) in zip(result.made, contents.items(), strict=True)
    )
    return _outcome(job, result, listed), contents


def _unpack(files: Mapping[str, bytes], home: Path, folder: Path) -> None:
    roots = {INPUT: home, STANDARDS: folder / STANDARDS, STYLE: folder / STYLE}
    for name, content in files.items():
        where, _, path = name.partition("/")
        target = Path(os.path.normpath(roots[where] / path))
        if not target.is_relative_to(folder):
            raise CannotDo(f"{path} 不在可用的位置。")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _link(paths: tuple[str, ...], home: Path) -> None:
    """Set links that lead outside, as they are in the submission; reading refuses them."""
    for path in paths:
        target = home / path
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            target.symlink_to(OUTSIDE)
        except OSError:
            continue  # where links need rights, the file is only told as missing


def _open(job: Job, standards: Path | None) -> Opened:
    from ..exchange import open_files
    from ..workflow import open_submission

    paths = [Path(path) for path in job.item.paths]
    if len(paths) > 1:
        return open_files(paths, standards=standards)
    wanted = job.options.standard if job.item.form == "report" else None
    return open_submission(paths[0], standard=wanted, standards=standards)


def _make(job: Job, opened: Opened, folder: Path, out: Path) -> _Result:
    """What is made of an item: printed if it may be, checked, and with comments."""
    from ..workflow import build, write_check_result

    options, result = job.options, _Result(opened)
    report = opened.report
    if report is not None and not options.check_only and (opened.ok or options.draft):
        result.opened = replace(opened, report=report.model_copy(update={"draft": not opened.ok}))
        try:
            built = build(
                result.opened,
                out,
                formats=options.formats,
                style=_style(options, folder),
                pdf=options.pdf,
            )
        except CannotDo as error:
            result.reason = str(error)
        else:
            result.opened = replace(result.opened, diagnostics=built.diagnostics)
            result.pages = built.pages
            skipped = (f"未输出 {name.upper()}：{why}" for name, why in built.skipped)
            result.reason = "；".join(skipped)
            result.made += _printed(built.files)
    if not (out / _CHECKED[0]).exists():
        write_check_result([result.opened], out)
    result.made += [
        Made("html", out / _CHECKED[0], _CHECKED[0]),
        Made("json", out / _CHECKED[1], _CHECKED[1]),
        *_commented(job, result.opened, out),
    ]
    return result


def _printed(files: tuple[Path, ...]) -> Iterator[Made]:
    for file in files:
        if file.suffix == ".docx":
            yield Made("docx", file, file.name)
        elif file.suffix == ".pdf":
            yield Made("pdf", file, file.name)


def _commented(job: Job, opened: Opened, out: Path) -> Iterator[Made]:
    """The files that were handed in, with what was found as comments."""
    from ..workflow import comment
    from ..writing.comments import KINDS

    if not opened.result.as_handed_in:
        return
    for path in map(Path, job.item.paths):
        if path.suffix.lower() not in KINDS:
            continue
        own = tuple(d for d in opened.diagnostics if d.place.file in ("", path.name))
        name = f"{path.stem}（批注）{path.suffix.lower()}"
        target = out / f"comments{path.suffix.lower()}"
        try:
            comment(replace(opened, path=path, diagnostics=own), target, dated=False)
        except CannotDo:
            continue  # it could not be opened, which the check result says
        yield Made("comments", target, name)


def _style(options: Options, folder: Path) -> str | None:
    travelled = folder / STYLE
    return str(travelled) if travelled.is_dir() else options.style


def _outcome(job: Job, result: _Result, files: tuple[File, ...]) -> Outcome:
    from ..checks import spoken_places
    from ..checks.between import digest

    opened, submission = result.opened, result.opened.result.submission
    read, standard, report = opened.result, opened.standard, opened.report
    made = Outcome(
        item=job.item,
        key=job.key,
        state=State.PASSED if opened.ok and not result.reason else State.FAILED,
        reason=result.reason,
        pages=result.pages,
        diagnostics=opened.diagnostics,
        spots=spoken_places(read, standard, report, opened.diagnostics),
        files=files,
    )
    if submission is None:
        errors = [d.message for d in opened.diagnostics if d.severity is Severity.ERROR]
        reason = made.reason or "；".join(errors[:1])
        return made.model_copy(update={"state": State.UNREADABLE, "reason": reason})
    return made.model_copy(
        update={
            "title": submission.metadata.title,
            "explanations": submission.metadata.explanations,
            "digest": digest(job.item.name, read, standard, report),
        }
    )


def failed(job: Job, state: State, reason: str) -> Outcome:
    """The outcome of an item that came to no result."""
    return Outcome(item=job.item, key=job.key, state=state, reason=reason)
