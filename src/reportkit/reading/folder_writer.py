"""Writes the folder form: all of it, or nothing."""

import csv
import io
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from reportkit.model.blocks import Chapter
from reportkit.model.data import Dataset, Observation
from reportkit.model.submission import Submission

from . import yaml_text
from .chapter_text import file_text
from .csv_table import COLUMNS
from .files import unsafe
from .folder import CONTENTS, INDICATORS, MANIFEST
from .plain import slim
from .result import OutputExists


def write(submission: Submission, directory: Path) -> None:
    """Write ``submission`` as a folder beside ``directory``, then give it that name.

    Raises:
        OutputExists: ``directory`` is there and not empty.
        ValueError: a file of the submission would lie outside.
        OSError: it cannot be written; nothing is left behind.
    """
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise OutputExists(directory)
    directory.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(prefix=f".{directory.name}.", dir=directory.parent))
    try:
        for path, content in _files(submission):
            target = beside / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        beside.chmod(0o755)
        if directory.exists():
            directory.rmdir()
        beside.replace(directory)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise


def _files(submission: Submission) -> Iterator[tuple[str, bytes]]:
    """Every file with its content."""
    taken = {MANIFEST, INDICATORS, CONTENTS, *submission.data.tables}
    taken |= {asset.path for asset in submission.assets}
    chapters = dict(_chapter_files(submission.chapters, taken))
    manifest = {**slim(submission.metadata), "chapters": list(chapters)}
    yield MANIFEST, yaml_text.dump(manifest).encode()
    for path, text in chapters.items():
        yield path, text.encode()
    yield from data_files(submission.data).items()
    if submission.contents:
        lines = [(c.kind, e.text, e.page) for c in submission.contents for e in c.entries]
        yield CONTENTS, _csv([("list", "text", "page"), *lines])
    for asset in submission.assets:
        yield _safe(asset.path), asset.content


def data_files(data: Dataset) -> dict[str, bytes]:
    """The files of the data, by name."""
    made = {INDICATORS: _observations(data.observations)} if data.observations else {}
    return made | {_safe(path): _csv(rows) for path, rows in data.tables.items()}


def _safe(path: str) -> str:
    """``path``; readers let no other through, so anything else is a mistake in a program."""
    if reason := unsafe(path):
        raise ValueError(f"{path}: {reason}")
    return path


def _chapter_files(chapters: tuple[Chapter, ...], taken: set[str]) -> Iterator[tuple[str, str]]:
    """Files with their texts: chapters that share a file stay together if they can."""
    groups: list[list[Chapter]] = []
    for chapter in chapters:
        if groups and chapter.file is not None and groups[-1][-1].file == chapter.file:
            groups[-1].append(chapter)
        else:
            groups.append([chapter])
    number = 0
    for group in groups:
        text = file_text(group)
        for part in [group] if text is not None else [[chapter] for chapter in group]:
            number += 1
            name = _file_name(part[0].file, number, taken)
            taken.add(name)
            yield name, text if text is not None else file_text(part) or ""


def _file_name(wanted: str | None, number: int, taken: set[str]) -> str:
    used = {name.casefold() for name in taken}
    usable = wanted and unsafe(wanted) is None and wanted.endswith(".md")
    if wanted and usable and wanted.casefold() not in used:
        return wanted
    name, extra = f"chapters/{number:02}.md", 1
    while name.casefold() in used:
        extra += 1
        name = f"chapters/{number:02}-{extra}.md"
    return name


def _observations(observations: tuple[Observation, ...]) -> bytes:
    rows = [
        [
            f"{item.value:f}"
            if name == "value" and item.value is not None
            else str(getattr(item, name) or "")
            for name in COLUMNS
        ]
        for item in observations
    ]
    used = [index for index in range(len(COLUMNS)) if index < 3 or any(row[index] for row in rows)]
    return _csv([COLUMNS, *rows], used)


def _csv(rows: object, columns: list[int] | None = None) -> bytes:
    """CSV as spreadsheets like it: UTF-8 with a byte order mark."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    for row in rows:  # type: ignore[attr-defined]
        writer.writerow([row[index] for index in columns] if columns else row)
    return buffer.getvalue().encode("utf-8-sig")
