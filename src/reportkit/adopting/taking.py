"""Takes proposals over: edits the chapters, adds the observations, proves that the print is kept.

The edited submission is written beside the original and composed again; only if all that prints is
the same, letter by letter, are the new contents given back.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from reportkit.composing.units import factor
from reportkit.model.report import Report
from reportkit.pulling.texts import Folder, TextFile
from reportkit.reading.csv_table import COLUMNS, columns_of
from reportkit.reading.folder import INDICATORS

from .proposals import Proposal

_ID = re.compile(r"[a-z一-鿿][a-z0-9_一-鿿]*(?:\.[a-z0-9_一-鿿]+)*")
_SKIPPED = (".*", "build")


class Differs(Exception):
    """The proposals cannot be taken over as they are; the text says which one and why."""


Composed = Callable[[Path], Report | None]


def take(
    root: Path,
    proposals: Sequence[Proposal],
    current: str,
    observed: Mapping[tuple[str, str, str], tuple[str, str]],
    defined: frozenset[str],
    composed: Composed,
) -> dict[str, bytes]:
    """New contents of the files of ``root`` by name, with the proposals taken over.

    ``observed`` are the values of the data with their units, ``defined`` the indicators that need
    their scope said, ``composed`` composes the submission in a folder.

    Raises:
        Differs: a number is no longer where it was, two facts bear one name, or the print changes.
        OSError: the folder cannot be copied beside itself.
    """
    chosen = [each for each in proposals if each.take]
    rows = _rows(chosen, observed)
    scopes = _scopes([*observed, *((r[0], r[1], r[3]) for r in rows)])
    folder = Folder(root)
    for each in chosen:
        _edit(folder, each, _expression(each, current, scopes, defined))
    files = folder.changed()
    if rows:
        target = root / INDICATORS
        files[INDICATORS] = extended(target.read_bytes() if target.is_file() else b"", rows)
    _prove(root, files, composed)
    return files


def _rows(
    chosen: Sequence[Proposal], observed: Mapping[tuple[str, str, str], tuple[str, str]]
) -> list[tuple[str, ...]]:
    """The observations to add: indicator, period, value, scope, unit."""
    made: dict[tuple[str, str, str], tuple[str, str]] = {}
    for each in chosen:
        if not _ID.fullmatch(each.indicator):
            continue
        said = (each.digits, each.unit)
        before = made.get(each.key) or observed.get(each.key)
        if before is not None and not _same(before, said):
            raise Differs(
                f"{_at(each)}：“{each.indicator}”（{each.period}"
                f"{'，' + each.scope if each.scope else ''}）已是 {''.join(before)}，"
                f"不能又是 {''.join(said)}；请改指标名或口径"
            )
        if each.key not in observed:
            made.setdefault(each.key, said)
    return [(name, when, *_parts(whose, said)) for (name, when, whose), said in made.items()]


def _same(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two values are one in units that mean the same (人, 名)."""
    return one[0] == other[0] and (one[1] == other[1] or factor(one[1], other[1]) == 1)


def _parts(scope: str, said: tuple[str, str]) -> tuple[str, str, str]:
    return said[0], scope, said[1]


def _scopes(keys: Sequence[tuple[str, str, str]]) -> dict[tuple[str, str], set[str]]:
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for name, when, whose in keys:
        found[name, when].add(whose)
    return found


def _expression(
    each: Proposal,
    current: str,
    scopes: Mapping[tuple[str, str], set[str]],
    defined: frozenset[str],
) -> str:
    if not _ID.fullmatch(each.indicator):
        return each.indicator
    labels = [] if each.period == current else [each.period]
    alone = len(scopes[each.indicator, each.period]) == 1 and each.indicator not in defined
    if each.scope and not alone:
        labels.append(each.scope)
    inside = ", ".join(f"'{label}'" for label in labels)
    return f"{each.indicator}[{inside}]" if labels else each.indicator


def _edit(folder: Folder, each: Proposal, expression: str) -> None:
    file = folder.file(each.file) if each.file.endswith((".md", ".csv")) else None
    if file is None or not _stands(file, each):
        raise Differs(f"{_at(each)} 现在不是“{each.digits}”；请重新生成建议")
    start = file.starts[each.line - 1] + each.column - 1
    file.replace(start, start + len(each.digits), f"{{{{ {expression} }}}}")


def _stands(file: TextFile, each: Proposal) -> bool:
    if not 1 <= each.line <= len(file.lines):
        return False
    return file.lines[each.line - 1].startswith(each.digits, each.column - 1)


def _at(each: Proposal) -> str:
    return f"{each.file}:{each.line}:{each.column}"


def extended(content: bytes, rows: Sequence[tuple[str, ...]]) -> bytes:
    """``data/indicators.csv`` with rows (indicator, period, value, scope, unit) at its end.

    What was there stays as it is, unless a column has to be added.
    """
    text = content.decode("utf-8-sig")
    bom, ends = (
        content.startswith(b"\xef\xbb\xbf") or not content,
        "\r\n" if "\r\n" in text else "\n",
    )
    old = list(csv.reader(io.StringIO(text, newline=""))) if text.strip() else [list(COLUMNS)]
    known = columns_of(old[0])
    missing = [name for name in ("scope", "unit") if name not in known]
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator=ends)
    if missing or not text.strip():
        old = [row + [""] * (len(old[0]) - len(row)) for row in old]
        writer.writerow([*old[0], *missing])
        writer.writerows([*row, *([""] * len(missing))] for row in old[1:])
        known |= {name: len(old[0]) + at for at, name in enumerate(missing)}
    else:
        buffer.write(text if text.endswith("\n") else text + ends)
    width = len(old[0]) + len(missing)
    for row in rows:
        cells = [""] * width
        for name, value in zip(("indicator", "period", "value", "scope", "unit"), row, strict=True):
            cells[known[name]] = value
        writer.writerow(cells)
    return buffer.getvalue().encode("utf-8-sig" if bom else "utf-8")


def _prove(root: Path, files: Mapping[str, bytes], composed: Composed) -> None:
    """That the submission with the new files prints the same."""
    before = composed(root)
    copy = Path(tempfile.mkdtemp(prefix=f".{root.name}.", dir=root.resolve().parent))
    try:
        shutil.copytree(root, copy, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*_SKIPPED))
        for name, content in files.items():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            (copy / name).write_bytes(content)
        after = composed(copy)
    finally:
        shutil.rmtree(copy, ignore_errors=True)
    if before is None or after is None:
        raise Differs("改过的报送件读不出来，未写入")
    one, other = printed(before), printed(after)
    if one != other:
        raise Differs(f"印出的内容会变，未写入：{_first(one, other)}")


def printed(report: Report) -> Any:
    """All that prints, without what tells where it came from."""
    return _bare(report.model_dump(mode="json", exclude={"assets", "problems"}))


def _bare(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _bare(value) for key, value in data.items() if key != "value"}
    if not isinstance(data, list):
        return data
    made: list[Any] = []
    for item in map(_bare, data):
        joins = made and isinstance(item, dict) and "footnote" in item and item["footnote"] is None
        if joins and {**made[-1], "text": ""} == {**item, "text": ""}:
            made[-1]["text"] += item["text"]
        else:
            made.append(item)
    return made


def _first(one: Any, other: Any) -> str:
    """The first text that differs, before and after."""
    if isinstance(one, dict) and isinstance(other, dict):
        pairs = [(one[key], other.get(key)) for key in one]
    elif isinstance(one, list) and isinstance(other, list):
        pairs = list(zip(one, other, strict=False))
    else:
        return f"“{one}”变成“{other}”"
    found = next(((a, b) for a, b in pairs if a != b), None)
    return _first(*found) if found else "多出或少了内容"
