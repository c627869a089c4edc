"""Finds the submissions in a folder. Nothing is opened but the heads of files that may be one.

A folder with ``report.yaml`` is one submission, and nothing below it is looked at. Hidden files,
the output folder and results of earlier runs are passed over. Linked folders are followed, after
all others, and every real folder is visited once, so that links in a circle end.
"""

from __future__ import annotations

import os
import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ..kit import WORKBOOK_SUFFIXES, names_standard
from .naming import order, safe, unique
from .outcome import Item
from .parcel import is_file
from .store import RECORDS
from .summary import INDEX, LETTERS, WORKBOOK

MANIFEST = "report.yaml"
ENTRY_LIMIT = 500_000
"""Files and folders that are looked at."""
TAKEN = (INDEX, WORKBOOK, LETTERS)
"""Names that something else in the output folder has."""
DEPTH_LIMIT = 40
"""Levels of folders that are looked at."""
TEXT_FROM = 500
"""Chinese characters at the start of a text file that make it a report."""
_HEAD = 64_000
_WORD = (".docx", ".docm", ".doc", ".wps", ".rtf", ".odt")
_MARKDOWN, _TEXT, _PDF = (".md", ".markdown"), (".txt",), (".pdf",)
_RANK = {e: n for n, group in enumerate((_WORD, _MARKDOWN, _TEXT, _PDF)) for e in group}
"""Which of several files of the same name is taken: the one that tells most."""
_NO_REPORT = re.compile(r"(readme|license|licence|changelog|说明|导入说明)(\..*)?", re.IGNORECASE)
_HIDDEN = re.compile(r"\..*|~\$.*|thumbs\.db|desktop\.ini|__macosx", re.IGNORECASE)
_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass
class Found:
    """``root`` is the folder that the paths of ``items`` are relative to; ``passed`` are files
    that are no submission, ``same`` those of the same name as one (a PDF beside its Word file).
    ``cut`` tells that there was more than is looked at."""

    root: Path
    items: tuple[Item, ...] = ()
    passed: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    cut: bool = False


def scan(folder: Path, out: Path | None = None) -> Found:
    """The items in ``folder`` in an order that is the same on every system; ``out`` is left out.

    A folder that is itself a submission is the only item.

    Raises:
        OSError: the folder cannot be read.
    """
    if is_file(folder / MANIFEST):
        real = folder.resolve()
        item = Item(name=safe(real.name), paths=(real.name,), form="folder")
        return Found(real.parent, (item,))
    search = _Search(folder, out.resolve() if out else None)
    search.run()
    wished = {p[0]: p[0] if form == "folder" else _stem(p[0]) for p, form in search.items}
    names = unique(wished, TAKEN)
    items = (Item(name=names[p[0]], paths=p, form=form) for p, form in search.items)
    return Found(
        folder,
        tuple(sorted(items, key=lambda item: order(item.paths[0]))),
        tuple(sorted(search.passed, key=order)),
        tuple(sorted(search.same, key=order)),
        search.cut,
    )


@dataclass
class _Search:
    root: Path
    out: Path | None
    items: list[tuple[tuple[str, ...], str]] = field(default_factory=list)
    passed: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    cut: bool = False
    _seen: set[Path] = field(default_factory=set)
    _entries: int = 0

    def run(self) -> None:
        """Walk through all folders, real ones first."""
        with os.scandir(self.root):  # an unreadable top is an error, one below it is passed over
            pass
        waiting: list[str] = [""]
        linked: list[str] = []
        while waiting or linked:
            path = waiting.pop() if waiting else linked.pop(0)
            folders, links = self._folder(path)
            waiting += reversed(folders)
            linked += links

    def _folder(self, path: str) -> tuple[list[str], list[str]]:
        """Look at one folder; give the folders and links to folders in it."""
        top = self.root / path
        if not self._new(top):
            return [], []
        if path and is_file(top / MANIFEST):
            self.items.append(((path,), "folder"))
            return [], []
        if (top / RECORDS).is_dir() or path.count("/") >= DEPTH_LIMIT:
            return [], []
        files, folders, links = self._listed(top, path)
        self._files(files)
        return folders, links

    def _new(self, top: Path) -> bool:
        try:
            real = top.resolve()
        except (OSError, RuntimeError):
            return False
        if real == self.out or real in self._seen or self.cut:
            return False
        if top != self.root and self.root.resolve().is_relative_to(real):
            return False  # a link upwards, into all that lies beside the folder
        self._seen.add(real)
        return True

    def _listed(self, top: Path, path: str) -> tuple[list[str], list[str], list[str]]:
        files: list[str] = []
        folders: list[str] = []
        links: list[str] = []
        try:
            with os.scandir(top) as found:
                for entry in found:
                    self._entries += 1
                    if self._entries > ENTRY_LIMIT:
                        self.cut = True
                        break
                    if _HIDDEN.fullmatch(entry.name):
                        continue
                    full = posixpath.join(path, entry.name)
                    match _kind(entry):
                        case "file":
                            files.append(full)
                        case "folder":
                            folders.append(full)
                        case "link":
                            links.append(full)
        except OSError:  # no right to look into it
            self.passed.append(f"{path}/")
        return sorted(files, key=order), sorted(folders, key=order), sorted(links, key=order)

    def _files(self, files: list[str]) -> None:
        """The documents, kit pairs and reports among the files of one folder."""
        books = [f for f in files if _ending(f) in WORKBOOK_SUFFIXES and self._standard(f)]
        words = [f for f in files if _ending(f) in (".docx", ".docm")]
        pairs = dict(self._pairs(words, books)) if books else {}
        taken = {*pairs, *pairs.values()}
        self.items += [((word, book), "kit") for word, book in pairs.items()]
        self.items += [((book,), "kit") for book in books if book not in taken]
        best: dict[str, list[str]] = {}
        for file in files:
            if file in taken or file in books:
                continue
            if _ending(file) == ".json" and self._is_document(file):
                self.items.append(((file,), "json"))
            elif self._is_report(file):
                best.setdefault(_stem(file).casefold(), []).append(file)
            else:
                self.passed.append(file)
        for same in best.values():
            first, *others = sorted(same, key=lambda f: (_RANK[_ending(f)], order(f)))
            self.items.append(((first,), "report"))
            self.same += others

    def _pairs(self, words: list[str], books: list[str]) -> Iterator[tuple[str, str]]:
        """Template and workbook that belong together: of the same name, or the only ones."""
        stems = {_stem(book).casefold(): book for book in books}
        kits = {word: named for word in words if (named := self._standard(word))}
        for word, standard in kits.items():
            book = stems.get(_stem(word).casefold())
            if book is None and len(kits) == len(books) == 1:
                book = books[0]
            if book is not None and self._standard(book) == standard:
                yield word, book

    def _standard(self, file: str) -> str | None:
        return names_standard(self.root / file)

    def _is_document(self, file: str) -> bool:
        head = self._head(file)
        return b'"metadata"' in head or b'"reportkit/' in head

    def _is_report(self, file: str) -> bool:
        ending, name = _ending(file), posixpath.basename(file)
        if ending in _WORD or ending in _PDF:
            return True
        if ending not in _RANK or _NO_REPORT.fullmatch(name):
            return False
        return _chinese(self._head(file)) >= TEXT_FROM

    def _head(self, file: str) -> bytes:
        try:
            with (self.root / file).open("rb") as stream:
                return stream.read(_HEAD)
        except OSError:
            return b""


def _kind(entry: os.DirEntry[str]) -> str:
    """``file``, ``folder``, ``link`` to a folder, or nothing for what leads nowhere."""
    try:
        if entry.is_dir():
            return "link" if entry.is_symlink() else "folder"
        return "file" if entry.is_file() else ""
    except OSError:  # a link to itself
        return ""


def _ending(file: str) -> str:
    return posixpath.splitext(file)[1].lower()


def _stem(file: str) -> str:
    return posixpath.splitext(file)[0]


def _chinese(head: bytes) -> int:
    """How many Chinese characters stand in the bytes, whichever encoding they are in."""
    codecs: Iterable[str] = ("utf-8", "gb18030")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in head[:200]:
        codecs = ("utf-16", "utf-16-le", "utf-16-be")
    for codec in codecs:
        try:
            text = head[: len(head) // 2 * 2].decode(codec)
        except UnicodeDecodeError as error:
            if error.start < len(head) - 8:
                continue
            text = head[: error.start].decode(codec, "ignore")
        return len(_HAN.findall(text))
    return 0
