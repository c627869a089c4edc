"""Pictures of the source → assets of the submission."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from reportkit.model.submission import Asset

from .. import images
from ..source import Log
from .stream import Picture

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_TOTAL_LIMIT = 300_000_000
"""Bytes of pictures that one report may have."""


class Media:
    """The pictures that were taken over; the same picture twice is one asset."""

    def __init__(self, log: Log) -> None:
        self.log = log
        self.assets: dict[str, Asset] = {}
        self._known: dict[bytes, str] = {}
        self._size = 0

    def save(self, picture: Picture) -> str | None:
        """The path of the asset; None (and a finding) for what is no usable picture."""
        content = picture.content
        if content is None:
            return None
        if content in self._known:
            return self._known[content]
        path = self._path(picture.name, content)
        problem = images.problem(path, content)
        self._size += len(content)
        if problem is None and self._size > _TOTAL_LIMIT:
            problem = "RK119", "全部图片合计过大"
        if problem is not None:
            code, reason = problem
            self.log.add(code, picture.place, quote=picture.name, path=picture.name or path,
                         reason=reason)  # fmt: skip
            return None
        self._known[content] = path
        self.assets[path] = Asset(path=path, content=content)
        return path

    def _path(self, name: str, content: bytes) -> str:
        wanted = PurePosixPath(_UNSAFE.sub("-", name.rpartition("/")[2]) or "image")
        stem = wanted.stem.strip(".-") or "image"
        path, count = f"figures/{stem}{wanted.suffix.lower()}", 2
        while path in self.assets:
            path, count = f"figures/{stem}-{count}{wanted.suffix.lower()}", count + 1
        return path
