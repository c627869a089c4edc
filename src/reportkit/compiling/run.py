"""The public calls: begin a report from a folder of submissions, and pool them anew later.

A draft is written beside its place and then renamed. Pooling anew writes ``data/`` and the two
files that tell the editor of it, and can be undone; the chapters stay as they are, but for cases
that the editor asks for.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..batch import Watch
from ..exchange import open_files
from ..model.standard import Standard
from ..model.submission import DataPeriod, Submission
from ..opening import Opened, find_standard
from ..reading.roster import Roster, read_roster
from ..refusals import CannotDo
from . import account, cases, updating
from .choosing import Chosen, choose
from .collecting import Collected, LeftOut, collect
from .contributing import Contributed, Contributing
from .drafting import draft
from .pooling import Pooled, pool
from .views import Laid, lay_out, planned, wanted_of

STATE = Path(".reportkit") / "compile.json"
"""Which level was pooled, for the next time."""


@dataclass(frozen=True)
class Sources:
    """What the submissions are, and how they are to be read."""

    directory: Path
    level: str | None = None
    roster: Path | None = None
    standards: Path | None = None
    workers: int | None = None
    watch: Watch | None = None


@dataclass(frozen=True)
class Compiled:
    """What came of it. ``laid`` are the tables and charts, ``left`` what was not pooled.

    After an update ``files`` are those that were written, ``apart`` values that the editor gives
    otherwise, ``new`` tables and charts that no chapter shows yet.
    """

    chosen: Chosen
    contributed: Contributed
    pooled: Pooled
    laid: tuple[Laid, ...]
    unread: tuple[LeftOut, ...]
    cases: int
    files: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    new: tuple[str, ...] = ()


def compile_report(
    sources: Sources,
    standard: str,
    out: Path,
    *,
    organisation: str | None = None,
    year: int | None = None,
    take: Sequence[str] = (),
) -> Compiled:
    """Begin the report under ``standard`` in the folder ``out``, from what ``sources`` hold.

    ``take`` are keys of cases to be taken over. Submissions that cannot be read or do not belong
    are told, never fatal.

    Raises:
        CannotDo: ``out`` is there, the standard is unknown, nothing can be pooled, or there is no
            case of such a key.
        OSError: it cannot be written; nothing is left behind.
    """
    target = find_standard(standard, sources.standards)
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise CannotDo(
            f"{out} 已经存在且不是空文件夹，未写入；请换一个名字。"
            f"要按新的报送件更新其中的汇总数，请用 --update {out}"
        )
    made = _Made(sources, target, year=year)
    taken = made.take(take)
    submission = draft(
        target,
        made.chosen,
        made.pooled,
        made.laid,
        organisation=organisation,
        cases=taken.cases,
    )
    submission = submission.model_copy(update={"assets": tuple(taken.assets)})
    _write(submission, out, {**made.notes(), str(STATE): made.state()})
    return made.result()


def update_report(sources: Sources, out: Path, *, take: Sequence[str] = ()) -> Compiled:
    """Pool anew for the report in ``out``: its data are written, its chapters are not touched.

    Only cases that are asked for are added to the chapters.

    Raises:
        CannotDo: ``out`` holds no submission that was compiled, or nothing can be pooled.
        OSError: a file cannot be written; all files are as they were.
    """
    opened = open_files([out], standards=sources.standards)
    old = opened.result.submission
    if old is None or opened.result.form != "folder" or opened.standard is None:
        raise CannotDo(f"{out} 不是能读出的报送件文件夹，未更新。")
    if not updating.is_compiled(old):
        raise CannotDo(f"{out} 不是用 reportkit compile 汇总出来的，未更新。")
    metadata = old.metadata
    made = _Made(
        sources,
        opened.standard,
        period=metadata.data_period,
        level=_level(out),
    )
    taken = made.take(take, updating.ids(old))
    changes = updating.changes(out, old, made.chosen, made.pooled, made.laid, taken, made.notes())
    updating.write(out, changes.files)
    return made.result(tuple(changes.files), changes.apart, changes.new)


def undo_update(out: Path) -> list[str]:
    """Bring back what the last update changed; give the names of the files.

    Raises:
        CannotDo: there is nothing to undo, or a file was changed since.
    """
    from ..exchange import undo_pull

    return undo_pull(out)


class _Made:
    """All that is made of the submissions, for a new report or an existing one."""

    def __init__(
        self,
        sources: Sources,
        target: Standard,
        *,
        year: int | None = None,
        period: DataPeriod | None = None,
        level: str | None = None,
    ) -> None:
        self.sources = sources
        self.target = target
        roster = _roster(sources.roster)
        self.collected: Collected = collect(
            sources.directory,
            workers=sources.workers,
            standards=sources.standards,
            watch=sources.watch,
        )
        self.chosen = choose(
            self.collected.digests,
            target,
            level=sources.level or level,
            year=year,
            period=period,
            roster=roster,
        )
        self.known = self._standards()
        self.contributed = Contributing(self.chosen, target).run()
        views = planned(target, list(self.known.values()), self.contributed)
        self.pooled = pool(self.chosen, target, self.contributed, wanted_of(views))
        self.laid = tuple(lay_out(views, target, self.chosen, self.pooled))
        self.offered = cases.offers(self.chosen, target, self.known)

    def _standards(self) -> Mapping[str, Standard]:
        """The standards of the members, as far as they are known here."""
        names = dict.fromkeys(member.digest.standard for member in self.chosen.members)
        found: dict[str, Standard] = {}
        for name in names:
            try:
                found[name] = find_standard(name, self.sources.standards)
            except CannotDo:
                continue
        return found

    def take(self, keys: Sequence[str], used: Sequence[str] = ()) -> cases.Taken:
        """The cases of these keys."""
        return cases.take(keys, self.offered, self.target, self.known, self._reopen, used)

    def _reopen(self, item: str) -> Opened:
        root, found = self.collected.root, self.collected.items.get(item)
        if root is None or found is None:
            raise CannotDo(
                "这是成批检查的结果，里面没有案例原文；取案例时请给出报送件所在的文件夹。"
            )
        return open_files([root / path for path in found.paths], standards=self.sources.standards)

    def notes(self) -> dict[str, str]:
        """The files that tell the editor of the compilation, by name."""
        texts = {
            account.FILE: account.account(
                self.target, self.chosen, self.contributed, self.pooled, self.collected.unread
            )
        }
        return texts | {cases.FILE: cases.listing(self.offered)}

    def state(self) -> str:
        """What the next update should know."""
        return json.dumps({"level": self.chosen.level}) + "\n"

    def result(
        self,
        files: tuple[str, ...] = (),
        apart: tuple[str, ...] = (),
        new: tuple[str, ...] = (),
    ) -> Compiled:
        """What is told to the user."""
        return Compiled(
            self.chosen,
            self.contributed,
            self.pooled,
            self.laid,
            self.collected.unread,
            len(self.offered),
            files,
            apart,
            new,
        )


def _roster(path: Path | None) -> Roster | None:
    if path is None:
        return None
    if not path.is_file():
        raise CannotDo(f"没有名单文件 {path}。")
    return read_roster(path)


def _level(out: Path) -> str | None:
    """The level that was pooled before, if that is still known."""
    try:
        found = json.loads((out / STATE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    level = found.get("level") if isinstance(found, dict) else None
    return level if isinstance(level, str) else None


def _write(submission: Submission, out: Path, texts: Mapping[str, str]) -> None:
    """Write the folder with the files beside its chapters, all of it or nothing."""
    from ..reading import write_folder

    out.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
    try:
        write_folder(submission, beside / "made")
        for name, text in texts.items():
            target = beside / "made" / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text.encode())
        if out.exists():
            out.rmdir()
        (beside / "made").replace(out)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
