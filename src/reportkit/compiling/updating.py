"""Pooling anew for a report that its editor works on: which files change, and how."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..composing.compare import MISSING
from ..composing.pools import is_pooled, tables
from ..model.blocks import Block, Case, Chapter, Section
from ..model.data import Dataset, Observation
from ..model.submission import Submission
from ..pulling.undo import write as write_undoable
from ..reading.chapter_text import file_text
from ..reading.folder import is_sources
from ..reading.folder_writer import data_files
from ..refusals import CannotDo
from .cases import Taken
from .choosing import Chosen
from .drafting import OWN, REPORTING, observations
from .pooling import Pooled
from .views import Laid


@dataclass(frozen=True)
class Changes:
    """The files to write; ``apart`` and ``new`` as in ``run.Compiled``."""

    files: dict[str, bytes]
    apart: tuple[str, ...]
    new: tuple[str, ...]


def is_compiled(submission: Submission) -> bool:
    """Whether a submission was begun by pooling."""
    return any(each.indicator == REPORTING for each in submission.data.observations)


def ids(submission: Submission) -> tuple[str, ...]:
    """The ids of all blocks."""

    def inside(blocks: Iterable[Block]) -> Iterator[str]:
        for block in blocks:
            if name := getattr(block, "id", None):
                yield name
            yield from inside(getattr(block, "blocks", ()))

    return tuple(name for s in _sections(submission.chapters) for name in inside(s.blocks))


def changes(
    root: Path,
    old: Submission,
    chosen: Chosen,
    pooled: Pooled,
    laid: Sequence[Laid],
    taken: Taken,
    notes: Mapping[str, str],
) -> Changes:
    """What has to be written in the folder ``root`` of ``old``.

    Rows of data that were not pooled are the editor's: they stay, also in the place of pooled ones.
    """
    shown = [each for each in laid if each.file in old.data.tables]
    own = [each for each in old.data.observations if not _is_ours(each)]
    kept = {_key(each) for each in own if not _is_blank(each)}
    made = observations(chosen, pooled, shown)
    ours = [each for each in made if _key(each) not in kept]
    filled = {_key(each) for each in ours}
    rows = (*ours, *(each for each in own if not _is_blank(each) or _key(each) not in filled))
    data = Dataset(observations=rows, tables=_tables(old, shown, pooled))
    files = data_files(data)
    files |= {name: text.encode() for name, text in notes.items()}
    files |= {asset.path: asset.content for asset in taken.assets}
    files |= _chapters(root, old, taken)
    return Changes(
        {name: content for name, content in files.items() if _differs(root / name, content)},
        tuple(dict.fromkeys(each.indicator for each in made if _key(each) in kept)),
        tuple(each.file for each in laid if each not in shown),
    )


def write(root: Path, files: Mapping[str, bytes]) -> None:
    """Write the files so that it can be undone; nothing at all if there are none."""
    if files:
        write_undoable(root, files)


def _differs(path: Path, content: bytes) -> bool:
    try:
        return path.read_bytes() != content
    except OSError:
        return True


def _is_ours(each: Observation) -> bool:
    return is_pooled(each) or each.indicator.startswith(OWN)


def _is_blank(each: Observation) -> bool:
    return each.value is None and not each.missing and not each.source


def _key(each: Observation) -> tuple[str, str, str]:
    return each.indicator, each.period, each.scope


def _tables(
    old: Submission, shown: Sequence[Laid], pooled: Pooled
) -> dict[str, tuple[tuple[str, ...], ...]]:
    """All tables: bodies laid out anew, those that have nothing to show left with their header."""
    made = {name: rows for name, rows in old.data.tables.items() if not is_sources(name)}
    stale = {name for name in made if name.startswith("data/pooled-")}
    made |= {each.file: each.rows for each in shown}
    for name in stale - {each.file for each in shown}:
        head = made[name][0]
        made[name] = (head, (MISSING,) * len(head))
    spare = {name: rows[:1] for name, rows in old.data.tables.items() if is_sources(name)}
    return made | spare | tables(pooled.contributions)


def _chapters(root: Path, old: Submission, taken: Taken) -> dict[str, bytes]:
    """The chapter files with the cases put at the end of their sections."""
    texts: dict[str, list[tuple[int, str]]] = {}
    for name, new in taken.cases.items():
        chapter = next((c for c in old.chapters if _holds(c, name)), None) or old.chapters[-1]
        if chapter.file is None:
            raise CannotDo(f"找不到放案例的章节文件（{name}）。")
        line = _end(chapter, name, old)
        texts.setdefault(chapter.file, []).append((line, "\n\n".join(map(_text, new))))
    return {file: _inserted(root / file, added) for file, added in texts.items()}


def _inserted(path: Path, added: list[tuple[int, str]]) -> bytes:
    lines = path.read_text(encoding="utf-8-sig").split("\n")
    for line, text in sorted(added, reverse=True):
        at = min(line - 1, len(lines)) if line else len(lines)
        lines[at:at] = ["", text, ""]
    return ("\n".join(lines).rstrip("\n") + "\n").encode()


def _end(chapter: Chapter, name: str, old: Submission) -> int:
    """The line of the heading that follows a section of a file; 0 where none does."""
    same = [c for c in old.chapters if c.file == chapter.file]
    found = list(_sections(same))
    at = next((n for n, section in enumerate(found) if section.id == name), None)
    if at is None:
        at = next(n for n, section in enumerate(found) if section is chapter)
        at += len(list(_sections([chapter]))) - 1
    after = found[at + 1].place if at + 1 < len(found) else None
    return (after.line or 0) if after else 0


def _holds(chapter: Chapter, name: str) -> bool:
    return any(section.id == name for section in _sections([chapter]))


def _sections(given: Iterable[Section]) -> Iterator[Section]:
    for section in given:
        yield section
        yield from _sections(section.sections)


def _text(case: Case) -> str:
    """A case as it stands in a chapter file."""
    text = file_text([Chapter(title="x", blocks=(case,))]) or ""
    return text.partition("\n")[2].strip("\n")
