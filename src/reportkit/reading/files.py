"""The only door to the disk: paths that stay inside the submission, bounded sizes, encodings."""

import os
import re
from collections.abc import Iterable
from pathlib import Path

from reportkit.model.base import Place

from .source import Log, Source

TEXT_LIMIT = 4_000_000
"""Bytes that a text file may have."""
TOTAL_LIMIT = 600_000_000
"""Bytes that all files that are read may have together."""
FILE_LIMIT = 5000
"""Files that a submission folder may have."""

_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f\x7f-\x9f]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[1-9]|lpt[1-9])(\..*)?", re.IGNORECASE)


def tidy(path: str) -> str:
    """``path`` as it is compared: with ``/``, without a leading ``./``."""
    path = path.strip().replace("\\", "/")
    while path.startswith("./"):
        path = path[2:]
    return path


def unsafe(path: str) -> str | None:
    """Why ``path`` cannot name a file of a submission on every system; None if it can."""
    if not path:
        return "没有写文件名"
    if path.startswith(("/", "~")) or re.match(r"[A-Za-z]:|[A-Za-z][A-Za-z0-9+.-]+:", path):
        return "只能写报送件文件夹内的相对路径"
    for name in path.split("/"):
        if name in ("", ".", ".."):
            return "路径不能离开报送件文件夹"
        if _FORBIDDEN.search(name) or _RESERVED.fullmatch(name) or name != name.strip(" .\u3000"):
            return "文件名中有 Windows 不允许的字符"
    return None


def nearest(wanted: str, known: Iterable[str]) -> str:
    """The name in ``known`` that ``wanted`` probably means, or nothing."""
    from rapidfuzz import fuzz, process

    names = {name: name.casefold() for name in known}
    found = process.extractOne(wanted.casefold(), names, scorer=fuzz.ratio, score_cutoff=65)
    return str(found[2]) if found else ""


class Folder:
    """The folder of a submission."""

    def __init__(self, root: Path, log: Log) -> None:
        self.root = root
        self.log = log
        self.sources: dict[str, str] = {}
        self._total = 0
        self.files = tuple(sorted(self._list()))

    def _list(self) -> Iterable[str]:
        found = 0
        for directory, folders, names in os.walk(self.root):
            folders[:] = sorted(f for f in folders if not f.startswith("."))
            for name in sorted(names):
                if name.startswith((".", "~$")) or name in ("Thumbs.db", "desktop.ini"):
                    continue
                found += 1
                if found > FILE_LIMIT:
                    self.log.add(
                        "RK115",
                        Place(file="."),
                        what="文件夹中的文件",
                        size=f"{FILE_LIMIT} 个以上",
                        limit=f"{FILE_LIMIT} 个",
                    )
                    return
                yield (Path(directory) / name).relative_to(self.root).as_posix()

    def resolve(self, path: str, place: Place) -> Path | None:
        """The real path of a file inside; None (and RK114) if it would leave the folder."""
        reason = unsafe(path)
        target = self.root / path
        if reason is None:
            try:
                inside = target.resolve().is_relative_to(self.root.resolve())
            except (OSError, RuntimeError):  # a loop of links
                inside = False
            reason = None if inside else "链接指向报送件文件夹之外"
        if reason is not None:
            self.log.add("RK114", place, quote=path, path=path, reason=reason)
            return None
        return target

    def read(self, path: str, limit: int, place: Place) -> bytes | None:
        """The bytes of a file; None (and a finding) if it is outside, too large or unreadable."""
        target = self.resolve(path, place)
        if target is None:
            return None
        try:
            size = target.stat().st_size
            self._total += size
            if size <= limit and self._total <= TOTAL_LIMIT:
                return target.read_bytes()
        except OSError:
            self.log.add("RK101", place, quote=path, path=path, reason="无法读取，请检查权限")
            return None
        if size <= limit:
            path, size, limit = "报送件", self._total, TOTAL_LIMIT
        self.log.add(
            "RK115", place, quote=path, what=path, size=megabytes(size), limit=megabytes(limit)
        )
        return None

    def text(self, path: str, place: Place) -> Source | None:
        """A text file; None (and a finding) if it cannot be read as text."""
        content = self.read(path, TEXT_LIMIT, place)
        if content is None:
            return None
        text = decode(content, path, self.log)
        if text is None:
            return None
        source = Source(path, text, self.log)
        self.sources[path] = source.text
        return source


def megabytes(size: int) -> str:
    """A size for people."""
    return f"{size / 1_000_000:.1f} MB" if size >= 100_000 else f"{size} 字节"


def decode(content: bytes, file: str, log: Log) -> str | None:
    """Text of UTF-8 bytes. Other encodings are reported (RK103) and, if known, read on."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\x00"
    if text.count("\x00") * 5 <= len(text):
        return text
    for name, codec in _guesses(content):
        try:
            text = content.decode(codec)
        except UnicodeDecodeError:
            continue
        log.add("RK103", Place(file=file, line=1, column=1), at=file, file=file, encoding=name)
        return text
    log.add("RK103", Place(file=file, line=1, column=1), at=file, file=file, encoding="未知编码")
    return None


def _guesses(content: bytes) -> list[tuple[str, str]]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return [("UTF-16", "utf-16")]
    nulls = [content[i::2].count(0) for i in (0, 1)]
    if sum(nulls) * 5 > len(content):
        return [("UTF-16", "utf-16-le" if nulls[1] > nulls[0] else "utf-16-be")]
    return [("GBK", "gb18030")]
