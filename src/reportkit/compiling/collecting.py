"""The digests of all submissions in a folder, or of those that a batch went through before.

A folder of submissions is read by the batch room, so that one that hangs or bursts is a line in
the account and nothing more.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..batch import Item, Options, Outcome, Watch, run
from ..batch.store import RECORDS
from ..checks.between import Digest
from ..refusals import CannotDo

RECORD_LIMIT = 50_000_000
"""Bytes that the record of one submission may have."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A submission that is not pooled, and why in Chinese."""

    item: str
    reason: str
    organisation: str = ""


@dataclass(frozen=True)
class Collected:
    """``root`` is the folder that the items' paths are relative to, where they can be opened."""

    digests: tuple[Digest, ...]
    unread: tuple[LeftOut, ...]
    items: Mapping[str, Item]
    root: Path | None = None


def collect(
    directory: Path,
    *,
    workers: int | None = None,
    standards: Path | None = None,
    watch: Watch | None = None,
) -> Collected:
    """Read what is in ``directory``: submissions in any form, or the results of a batch.

    Raises:
        CannotDo: it is no folder, or there is no submission in it.
    """
    if not directory.is_dir():
        raise CannotDo(f"没有 {directory} 这个文件夹。")
    if (directory / RECORDS).is_dir():
        return _collected(_records(directory / RECORDS), None)
    with tempfile.TemporaryDirectory(prefix="reportkit-") as out:
        result = run(
            directory,
            out,
            options=Options(check_only=True),
            workers=workers,
            standards=standards,
            watch=watch,
        )
        return _collected(list(result.outcomes), result.found.root)


def _records(folder: Path) -> list[Outcome | LeftOut]:
    """The records of a batch; one that cannot be read is told."""
    made: list[Outcome | LeftOut] = []
    for file in sorted(folder.glob("*.json")):
        try:
            if file.stat().st_size > RECORD_LIMIT:
                raise ValueError
            made.append(Outcome.model_validate_json(file.read_bytes()))
        except (OSError, ValueError):
            made.append(LeftOut(file.stem, "成批检查的记录读不出，请重新运行 reportkit batch"))
    if not made:
        raise CannotDo(f"{folder.parent.parent} 是成批检查的结果，但其中没有记录。")
    return made


def _collected(outcomes: list[Outcome | LeftOut] | list[Outcome], root: Path | None) -> Collected:
    digests: list[Digest] = []
    unread: list[LeftOut] = []
    items: dict[str, Item] = {}
    for outcome in outcomes:
        if isinstance(outcome, LeftOut):
            unread.append(outcome)
        elif outcome.digest is None:
            reason = outcome.reason or outcome.state.label
            unread.append(LeftOut(outcome.item.name, reason))
        else:
            digests.append(outcome.digest)
            items[outcome.item.name] = outcome.item
    return Collected(tuple(digests), tuple(unread), items, root)
