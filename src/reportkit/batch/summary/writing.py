"""Write page, workbook and letters; a letter that would be the same is not written again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from ...model.base import Model
from ...model.standard import Standard
from ...reading.roster import Entry
from ...standards import file_name, safe_name, unique_names
from ..outcome import Outcome
from ..program import fingerprint
from .figures import Between, Row, Summary, summarise
from .letter import Letterhead, compose_letter, print_letter
from .page import page
from .workbook import workbook

INDEX, WORKBOOK, LETTERS = "index.html", "summary.xlsx", "审核意见"
MEMORY = ".reportkit/letters.json"
"""Of each letter that was written what it was made from, and the digest of its bytes."""


class SummaryOptions(Model):
    """What the summary is called, and who sends the letters."""

    title: str = "报送件审核汇总"
    letterhead: Letterhead = Letterhead()


class Files(Protocol):
    """Where the files go; paths are relative, with ``/``."""

    def put(self, path: str, content: bytes) -> None:
        """Write a file, whole or not at all."""

    def get(self, path: str) -> bytes | None:
        """The bytes of a file, if it is there."""

    def remove(self, paths: Iterable[str]) -> None:
        """Take files away."""


def write(
    outcomes: Sequence[Outcome],
    between: Between,
    store: Files,
    *,
    standards: Mapping[str, Standard],
    entries: Mapping[str, Entry] | None = None,
    options: SummaryOptions | None = None,
) -> Summary:
    """Write ``index.html``, ``summary.xlsx`` and a letter on each item; gives what they say.

    ``between`` is what was found between submissions, by item. ``standards`` are those that the
    submissions name, by id, ``entries`` what a roster says of the organisations, by item. The same
    input gives the same bytes, in whatever order it comes.

    Raises:
        CannotDo: the store cannot write.
    """
    options = options or SummaryOptions()
    paths = _letter_paths(outcomes, standards)
    summary = summarise(outcomes, between, standards, paths, entries)
    _write_letters(summary.rows, options.letterhead, store)
    store.put(WORKBOOK, workbook(summary, options.title))
    store.put(INDEX, page(summary, options.title, WORKBOOK).encode())
    return summary


def _letter_paths(
    outcomes: Sequence[Outcome], standards: Mapping[str, Standard]
) -> Mapping[str, str]:
    """Where the letter on each item goes, named as the standard names the report's files."""
    items = sorted(outcomes, key=lambda outcome: outcome.item.name)
    stems = unique_names(
        file_name(standards.get(outcome.digest.standard), outcome.digest)
        if outcome.digest
        else safe_name(outcome.item.name)
        for outcome in items
    )
    return {
        outcome.item.name: f"{LETTERS}/{stem}（{LETTERS}）.docx"
        for outcome, stem in zip(items, stems, strict=True)
    }


def _write_letters(rows: Iterable[Row], head: Letterhead, store: Files) -> None:
    before = _memory(store)
    now: dict[str, tuple[str, str]] = {}
    for row in rows:
        report = compose_letter(row, head)
        key = _digest(f"{fingerprint()} {report.model_dump_json()}".encode())
        made, known = before.get(row.letter, ("", ""))
        if made != key or (there := store.get(row.letter)) is None or _digest(there) != known:
            content = print_letter(report)
            store.put(row.letter, content)
            known = _digest(content)
        now[row.letter] = key, known
    store.remove(sorted(before.keys() - now.keys()))
    store.put(MEMORY, json.dumps(now, ensure_ascii=False, indent=0, sort_keys=True).encode())


def _memory(store: Files) -> dict[str, tuple[str, str]]:
    """What was written earlier; nothing where that cannot be told."""
    try:
        return dict(_entries(json.loads(store.get(MEMORY) or b"{}")))
    except ValueError:
        return {}


def _entries(data: object) -> Iterator[tuple[str, tuple[str, str]]]:
    for path, entry in data.items() if isinstance(data, dict) else ():
        match entry:
            case [str(key), str(digest)] if path.startswith(f"{LETTERS}/") and ".." not in path:
                yield path, (key, digest)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
