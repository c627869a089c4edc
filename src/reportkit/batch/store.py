"""Where results go: a local folder, or any place that fsspec knows. Nothing is ever half there.

A local file is written beside and then renamed. Stores of objects take a file in one piece; on
all other systems it is written beside and moved. An item's record comes after all its files, so
that a run that was killed goes on where it was.
"""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from ..atomic import write_bytes
from ..refusals import CannotDo
from .outcome import Outcome

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

RECORDS = ".reportkit/records"
"""Folder of the records, below the output folder."""
_WHOLE = {"memory", "s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "oci", "oss"}
"""Systems on which a file appears whole or not at all."""


class Store:
    """The output folder; paths are relative to it, with ``/``."""

    def __init__(self, fs: AbstractFileSystem, root: str, shown: str) -> None:
        self.fs, self.root, self.shown = fs, root.rstrip("/"), shown
        protocols = fs.protocol if isinstance(fs.protocol, tuple | list) else (fs.protocol,)
        self._whole = bool(_WHOLE.intersection(protocols))

    @property
    def local(self) -> Path | None:
        """The folder, where it is one of this machine."""
        protocols = self.fs.protocol if isinstance(self.fs.protocol, tuple) else (self.fs.protocol,)
        return Path(self.root) if "file" in protocols else None

    def put(self, path: str, content: bytes) -> None:
        """Write a file, in the place of one that is there.

        Raises:
            CannotDo: it cannot be written; what was there is still there, whole.
        """
        try:
            if self.local is not None:
                target = self.local / path
                target.parent.mkdir(parents=True, exist_ok=True)
                write_bytes(target, content)
            elif self._whole:
                self.fs.pipe_file(self._full(path), content)
            else:
                self._put_beside(self._full(path), content)
        except Exception as error:  # each file system raises its own
            raise CannotDo(f"写不进 {posixpath.join(self.shown, path)}：{_why(error)}") from error

    def get(self, path: str) -> bytes | None:
        """The bytes of a file; None if it is not there or cannot be read."""
        try:
            content = self.fs.cat_file(self._full(path))
        except Exception:  # each file system raises its own
            return None
        return content if isinstance(content, bytes) else None

    def remove(self, paths: Iterable[str]) -> None:
        """Take files away that are there; what cannot be removed stays."""
        for path in paths:
            try:
                self.fs.rm_file(self._full(path))
            except Exception:
                continue

    def record(self, name: str) -> Outcome | None:
        """What became of the item of that name in an earlier run, if that is known."""
        content = self.get(f"{RECORDS}/{name}.json")
        if content is None:
            return None
        try:
            return Outcome.model_validate_json(content)
        except ValueError:
            return None

    def complete(self, outcome: Outcome) -> bool:
        """Whether all files of an earlier run are there as they were written."""
        for file in outcome.files:
            content = self.get(file.path)
            if content is None or hashlib.sha256(content).hexdigest() != file.sha256:
                return False
        return True

    def keep(self, outcome: Outcome, files: dict[str, bytes], before: Outcome | None) -> None:
        """Write an item's files, remove those of an earlier run, and then write its record.

        Raises:
            CannotDo: something cannot be written; the record is not there then.
        """
        for path, content in files.items():
            self.put(path, content)
        if before is not None:
            self.remove(file.path for file in before.files if file.path not in files)
        text = outcome.model_dump_json(exclude_defaults=True)
        self.put(f"{RECORDS}/{outcome.item.name}.json", text.encode())

    def _full(self, path: str) -> str:
        return f"{self.root}/{path}"

    def _put_beside(self, full: str, content: bytes) -> None:
        folder, name = posixpath.split(full)
        beside = f"{folder}/.{name}.tmp"
        self.fs.makedirs(folder, exist_ok=True)
        try:
            self.fs.pipe_file(beside, content)
            if self.fs.exists(full):
                self.fs.rm_file(full)
            self.fs.mv(beside, full)
        except BaseException:
            if self.fs.exists(beside):
                self.fs.rm_file(beside)
            raise


def open_store(out: str) -> Store:
    """The store at a path or URL (``file://``, ``memory://``, ``s3://`` …).

    Raises:
        CannotDo: there is no such kind of place, or the program lacks what it needs for it.
    """
    from fsspec.core import url_to_fs

    url = out if "://" in out else Path(out).absolute().as_posix()
    try:
        fs, root = url_to_fs(url)
    except ImportError as error:
        kind = url.partition("://")[0]
        raise CannotDo(
            f"写到 {kind}:// 还缺组件（{error.name or kind}）；请先 pip install 它。"
        ) from error
    except ValueError as error:
        raise CannotDo(f"不认识输出位置 {out}；可以用文件夹、file://、s3:// 等。") from error
    return Store(fs, root, out)


def _why(error: Exception) -> str:
    if isinstance(error, PermissionError):
        return "没有写入权限。"
    number = getattr(error, "errno", None)
    return {28: "磁盘已满。", 30: "该位置只读。"}.get(
        number or 0, f"系统拒绝（{type(error).__name__}）。"
    )
