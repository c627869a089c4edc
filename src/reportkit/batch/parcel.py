"""An item's bytes at one moment: what is checked is this copy, not files that may still change.

Paths in a parcel are relative to the folder of the batch, with ``/``; last year's submission,
which ``previous`` names, may lie above it (``../2022/x``).
"""

from __future__ import annotations

import hashlib
import json
import os
import posixpath
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..reading.images import ENDINGS
from ..yamlio import parse
from .outcome import Item

LIMIT = 300_000_000
"""Bytes that an item may have."""
FILE_LIMIT = 5000
"""Files that an item may have; a submission folder is read up to as many."""
DEPTH_LIMIT = 20
"""Steps that last year's submission may lie above the folder of the batch."""
_PICTURES = tuple(sorted(ENDINGS))
_TEXTS = (".md", ".csv", ".yaml", ".json", ".txt")
_PICTURE = re.compile(rb"!\[[^\]\n]{0,300}\]\(\s*<?([^)\s>\n]{1,300})")
_SKIPPED = ("Thumbs.db", "desktop.ini")

State = tuple[int, ...]


class Unstable(Exception):
    """A file changed while it was read."""


class Unusable(Exception):
    """An item that cannot be taken along; the text says why, in Chinese."""


@dataclass(frozen=True)
class Parcel:
    """The files of an item by path. ``links`` are links that lead out of the submission."""

    files: Mapping[str, bytes]
    links: tuple[str, ...] = ()
    sha256: str = ""
    depth: int = 0

    @property
    def size(self) -> int:
        """Bytes altogether."""
        return sum(map(len, self.files.values()))

    @property
    def weight(self) -> int:
        """About how much work it is: bytes of text, and a share for all else."""
        texts = sum(len(c) for path, c in self.files.items() if path.lower().endswith(_TEXTS))
        return 20_000 + texts + (self.size - texts) // 50


def snapshot(root: Path, item: Item) -> Parcel:
    """Copy the item's files out of ``root``. What changes meanwhile is read once more.

    Raises:
        Unstable: a file changed while it was read, twice.
        Unusable: it is too large, or cannot be read.
    """
    try:
        return _Reader(root, item).parcel()
    except Unstable:
        return _Reader(root, item).parcel()


@dataclass
class _Reader:
    root: Path
    item: Item
    files: dict[str, bytes] = field(default_factory=dict)
    links: list[str] = field(default_factory=list)
    size: int = 0

    def parcel(self) -> Parcel:
        for path in self.item.paths:
            if self.item.form == "folder":
                self._folder(path, "")
            else:
                self._file(path)
                self._pictures(path)
        self._previous()
        depth = max((_above(path) for path in self.files), default=0)
        files = dict(sorted(self.files.items()))
        return Parcel(files, tuple(sorted(self.links)), _digest(files, self.links), depth)

    def _folder(self, path: str, leave_out: str | tuple[str, ...]) -> None:
        """All files of a submission folder, but those whose names end with ``leave_out``."""
        top = self.root / path
        inside = top.resolve()
        before = list(_walk(top))
        for name in before:
            if leave_out and name.lower().endswith(leave_out):
                continue
            full = posixpath.join(path, name)
            target = top / name
            if target.is_symlink() and not _leads_inside(target, inside):
                self.links.append(full)
            elif is_file(target):
                self._file(full)
        if before != list(_walk(top)):
            raise Unstable(path)

    def _file(self, path: str) -> None:
        if path in self.files:
            return
        try:
            with (self.root / path).open("rb") as stream:
                before = _state(os.fstat(stream.fileno()))
                self.size += before[0]
                if self.size > LIMIT:
                    raise Unusable(f"文件共 {self.size / 1e6:.0f} MB，超过 {LIMIT / 1e6:.0f} MB")
                content = stream.read(before[0] + 1)
                after = _state(os.fstat(stream.fileno()))
            if before != after or len(content) != before[0]:
                raise Unstable(path)
            if _state((self.root / path).stat()) != after:  # another file came in its place
                raise Unstable(path)
        except FileNotFoundError as error:
            raise Unstable(path) from error
        except OSError as error:
            raise Unusable(f"{path} 读不了，请检查权限") from error
        self.files[path] = content

    def _pictures(self, path: str) -> None:
        """Pictures that a Markdown report shows."""
        if not path.lower().endswith((".md", ".markdown")):
            return
        folder = posixpath.dirname(path)
        for name in pictures_of(self.files[path]):
            target = self.root / folder / name
            if _leads_inside(target, (self.root / folder).resolve()) and is_file(target):
                self._file(posixpath.join(folder, name))

    def _previous(self) -> None:
        """Last year's submission, of which only the data are wanted: without pictures."""
        main = self.item.paths[0]
        if self.item.form == "folder":
            named = previous_of(self.files.get(f"{main}/report.yaml", b""), "folder")
            base = main
        else:
            named = previous_of(self.files[main], self.item.form)
            base = posixpath.dirname(main)
        if not named or named.startswith(("/", "~")) or "\\" in named or ":" in named:
            return
        path = posixpath.normpath(posixpath.join(base, named))
        if _above(path) > DEPTH_LIMIT:
            return
        if is_file(self.root / path / "report.yaml"):
            self._folder(path, _PICTURES)
        elif path.lower().endswith(".json") and is_file(self.root / path):
            self._file(path)


def previous_of(content: bytes, form: str) -> str:
    """The path that a submission names as last year's; nothing if there is none."""
    if b"previous" not in content:
        return ""
    text = content.decode("utf-8-sig", "replace")
    data: object = None
    if form == "folder":
        data = parse(text).data
    elif form == "json":
        try:
            document = json.loads(text)
        except (ValueError, RecursionError):
            document = None
        data = document.get("metadata") if isinstance(document, dict) else None
    named = data.get("previous") if isinstance(data, dict) else None
    return named if isinstance(named, str) else ""


def pictures_of(content: bytes) -> list[str]:
    """Names of the pictures that a Markdown text shows, as they stand in it."""
    names = dict.fromkeys(name.decode("utf-8", "replace") for name in _PICTURE.findall(content))
    return [name for name in names if name.lower().endswith(_PICTURES)][:FILE_LIMIT]


def _walk(top: Path) -> Iterator[str]:
    """Files below a submission folder, as reading it lists them: nothing hidden, no linked folders.

    One more than may be there is given at most; reading will tell it.
    """
    count = 0
    for directory, folders, names in os.walk(top):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.startswith((".", "~$")) or name in _SKIPPED:
                continue
            yield (Path(directory) / name).relative_to(top).as_posix()
            count += 1
            if count > FILE_LIMIT:
                return


def is_file(path: Path) -> bool:
    """Whether a file is there, as far as one is let know."""
    try:
        return path.is_file()
    except OSError:
        return False


def _leads_inside(target: Path, folder: Path) -> bool:
    try:
        return target.resolve().is_relative_to(folder)
    except (OSError, RuntimeError):
        return False


def _state(found: os.stat_result) -> State:
    """What changes with a file; times are compared for equality only."""
    if not stat.S_ISREG(found.st_mode):
        raise Unusable("不是普通文件")
    return found.st_size, found.st_mtime_ns, found.st_ino


def _above(path: str) -> int:
    """How many steps a path leads above the folder that it is relative to."""
    return posixpath.normpath(path).split("/").count("..")


def _digest(files: Mapping[str, bytes], links: list[str]) -> str:
    made = hashlib.sha256()
    for path, content in files.items():
        made.update(f"{len(path)} {path} {len(content)} ".encode("utf-8", "surrogatepass"))
        made.update(hashlib.sha256(content).digest())
    for path in sorted(links):
        made.update(f"link {path}".encode("utf-8", "surrogatepass"))
    return made.hexdigest()
