"""Writes changed files so that it can be undone: what was there is kept first.

``.reportkit/undo/0001/`` holds the files as they were and ``before.json``, which tells the digests
of what was written. Readers of submissions pass over folders whose names begin with a dot.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from reportkit.atomic import write_bytes

FOLDER = Path(".reportkit") / "undo"
_RECORD = "before.json"


class CannotUndo(Exception):
    """There is nothing to undo, or a file was changed since; the text says which."""


def write(root: Path, files: Mapping[str, bytes]) -> Path:
    """Write ``files`` (names relative to ``root``); give the folder that holds the former ones.

    Raises:
        OSError: a file cannot be written; those written before it are as they were.
    """
    kept = _next(root)
    for name in files:
        if not (root / name).exists():
            continue
        target = kept / "files" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((root / name).read_bytes())
    record = {"files": {name: _digest(content) for name, content in files.items()}}
    write_bytes(kept / _RECORD, json.dumps(record, ensure_ascii=False, indent=2).encode())
    done: list[str] = []
    try:
        for name, content in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            write_bytes(root / name, content)
            done.append(name)
    except OSError:
        for name in done:
            _restore(root, kept, name)
        (kept / _RECORD).unlink()
        raise
    return kept


def undo(root: Path) -> list[str]:
    """Bring back what the last :func:`write` changed; give the names of the files.

    Raises:
        CannotUndo: nothing was written, or a file is no longer as it was written.
        OSError: a file cannot be written.
    """
    records = sorted((root / FOLDER).glob(f"*/{_RECORD}"))
    if not records:
        raise CannotUndo("没有可以撤销的改动。")
    kept = records[-1].parent
    files: dict[str, str] = json.loads(records[-1].read_text(encoding="utf-8"))["files"]
    changed = [
        name
        for name, digest in files.items()
        if not (root / name).is_file() or _digest((root / name).read_bytes()) != digest
    ]
    if changed:
        raise CannotUndo(
            f"写入之后又改过 {'、'.join(changed)}，未撤销；写入之前的文件在 {kept / 'files'}。"
        )
    for name in files:
        _restore(root, kept, name)
    records[-1].replace(kept / "undone.json")
    return list(files)


def _restore(root: Path, kept: Path, name: str) -> None:
    """Bring a file back; one that was not there before goes."""
    former = kept / "files" / name
    if former.is_file():
        write_bytes(root / name, former.read_bytes())
    else:
        (root / name).unlink(missing_ok=True)


def _next(root: Path) -> Path:
    folder = root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    number = 1 + max((int(p.name) for p in folder.iterdir() if p.name.isdigit()), default=0)
    made = folder / f"{number:04}"
    made.mkdir()
    return made


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
