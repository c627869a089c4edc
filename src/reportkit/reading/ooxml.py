"""Office Open XML packages (.docx, .xlsx): the only door into them, and what must be so first.

Nothing in a package is believed before the directory of the ZIP was looked at: number of entries,
sizes, ratio, encryption, names. XML parts may not have a DOCTYPE; entities and the network are
off; size and number of elements are bounded. What is refused says why and what to do.
"""

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Literal
from urllib.parse import unquote

from lxml import etree

from reportkit.model.base import Place
from reportkit.model.diagnostic import Finding

from .office_kinds import DISTRUST, SAVE_ANEW, advice_for, kind_of

Kind = Literal["docx", "xlsx"]
Element = etree._Element

FILE_LIMIT = 300_000_000
"""Bytes that a package may have."""
ENTRY_LIMIT = 10_000
"""Entries that its ZIP directory may have."""
PART_LIMIT = 150_000_000
"""Bytes that a part may have when unpacked."""
TOTAL_LIMIT = 1_000_000_000
"""Bytes that all parts may have when unpacked."""
RATIO_LIMIT, RATIO_FROM = 400, 5_000_000
"""How many times larger than packed a part may be, from this size on."""
TAG_LIMIT = 5_000_000
"""Tags that an XML part may have."""
_DIRECTORY_LIMIT = 4_000_000

_STRICT = b"http://purl.oclc.org/ooxml/"
_SPACES = {
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": b"http://schemas.openxmlformats"
    b".org/officeDocument/2006/relationships",
    b"http://purl.oclc.org/ooxml/officeDocument/math": b"http://schemas.openxmlformats"
    b".org/officeDocument/2006/math",
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats"
    b".org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/spreadsheetml/main": b"http://schemas.openxmlformats"
    b".org/spreadsheetml/2006/main",
    b"http://purl.oclc.org/ooxml/drawingml/": b"http://schemas.openxmlformats.org/drawingml/2006/",
}
_MAIN_TYPES = {
    "xlsb": ("excel.sheet.binary",),
    "docx": ("wordprocessingml", "ms-word"),
    "xlsx": ("spreadsheetml", "ms-excel"),
    "pptx": ("presentationml", "ms-powerpoint"),
}
"""What the content type of the main part has in it."""
_DOCTYPES = tuple("<!DOCTYPE".encode(codec) for codec in ("ascii", "utf-16-le", "utf-16-be"))
_BROKEN = (
    zipfile.BadZipFile, zlib.error, struct.error, OSError, EOFError, ValueError, RuntimeError,
    NotImplementedError, OverflowError, KeyError, AttributeError, IndexError,
)  # fmt: skip
"""What zipfile raises for archives that are not whole."""


class Refused(Exception):
    """A file that is not read. ``reason`` and ``advice`` are for the user."""

    def __init__(self, reason: str, advice: str = SAVE_ANEW) -> None:
        super().__init__(reason)
        self.reason = reason
        self.advice = advice

    def finding(self, file: str) -> Finding:
        """RK150 for this file."""
        args = {"file": file, "reason": self.reason, "advice": self.advice}
        return Finding(code="RK150", place=Place(file=file), args=args, at=file)


class Damaged(Refused):
    """A part that cannot be read; the rest of the package may be sound."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation of a part: ``kind`` is the last step of its type, such as ``image``."""

    kind: str
    target: str
    external: bool = False


class Package:
    """An open package. Use it as a context manager; names of parts have no leading slash."""

    def __init__(self, archive: zipfile.ZipFile, entries: Mapping[str, zipfile.ZipInfo]) -> None:
        self._archive = archive
        self._entries = entries
        self.strict = False

    def __enter__(self) -> "Package":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._archive.close()

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self._entries

    @property
    def names(self) -> list[str]:
        """Names of all entries, in the order of the directory."""
        return [entry.filename.replace("\\", "/") for entry in self._entries.values()]

    def info(self, name: str) -> zipfile.ZipInfo:
        """The entry of the ZIP directory, to write it anew as it was."""
        return self._entries[name.casefold()]

    def read(self, name: str) -> bytes:
        """The bytes of a part.

        Raises:
            Damaged: there is no such part, or it cannot be unpacked.
        """
        entry = self._entries.get(name.casefold())
        if entry is None:
            raise Damaged(f"缺少 {name}")
        try:
            with self._archive.open(entry) as stream:
                content = stream.read(entry.file_size + 1)
        except _BROKEN as error:
            raise Damaged(f"其中的 {name} 已损坏") from error
        if len(content) > entry.file_size:
            raise Damaged(f"其中的 {name} 与压缩包目录所写的大小不符")
        return content

    def tree(self, name: str, tags: int | None = None) -> Element:
        """The root of an XML part, without comments and processing instructions.

        ``tags`` is how many tags it may have; ``TAG_LIMIT`` unless given.

        Raises:
            Damaged: the part is missing, not XML, or not safe to parse.
        """
        content = self.read(name)
        if _STRICT in content:
            self.strict = True
            content = loosen(content)
        return parse(content, name, tags)

    def relations(self, source: str = "") -> dict[str, Relation]:
        """The relations of a part (or the package) by id; targets are names of parts."""
        folder, name = posixpath.split(source)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if rels not in self:
            return {}
        made = {}
        for item in self.tree(rels):
            target = item.get("Target", "")
            external = item.get("TargetMode") == "External"
            kind = item.get("Type", "").rpartition("/")[2]
            if not external:
                target = posixpath.normpath(posixpath.join("/", folder, unquote(target)))[1:]
            made[item.get("Id", "")] = Relation(kind, target, external)
        return made

    def related(self, source: str, kind: str) -> list[str]:
        """Names of the parts that ``source`` relates to by ``kind`` and that are there."""
        return [
            relation.target
            for relation in self.relations(source).values()
            if relation.kind == kind and not relation.external and relation.target in self
        ]

    @cached_property
    def content_types(self) -> dict[str, str]:
        """Content types by part name (in lower case); those of endings as ``*.png``."""
        made: dict[str, str] = {}
        if "[Content_Types].xml" in self:
            for item in self.tree("[Content_Types].xml"):
                kind = item.get("ContentType", "")
                if item.get("PartName"):
                    made[item.get("PartName", "").lstrip("/").casefold()] = kind
                elif item.get("Extension"):
                    made[f"*.{item.get('Extension', '').casefold()}"] = kind
        return made

    @cached_property
    def main(self) -> str:
        """The name of the main part (``word/document.xml``), or nothing."""
        named = self.related("", "officeDocument")
        usual = [n for n in ("word/document.xml", "xl/workbook.xml") if n in self]
        return (named + usual + [""])[0]

    @cached_property
    def main_type(self) -> str:
        """The content type of the main part, or nothing."""
        return self.content_types.get(self.main.casefold(), "")


def parse(content: bytes, name: str, tags: int | None = None) -> Element:
    """The root of an XML part, parsed with everything off that reaches out or grows.

    Raises:
        Damaged: it is not XML, has a DOCTYPE, or is too large.
    """
    if any(mark in content for mark in _DOCTYPES):
        raise Damaged(f"其中的 {name} 含有 DOCTYPE 声明，可能是恶意文件", DISTRUST)
    if content.count(b"<") > (TAG_LIMIT if tags is None else tags):
        raise Damaged(f"其中的 {name} 过大", "请分成几个文件，或删去多余的格式后另存。")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise Damaged(f"其中的 {name} 已损坏") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise Damaged(f"其中的 {name} 含有 DOCTYPE 声明，可能是恶意文件", DISTRUST)
    return root


def loosen(content: bytes) -> bytes:
    """A part in the strict namespaces as it would stand in the usual ones."""
    for strict, usual in _SPACES.items():
        content = content.replace(strict, usual)
    return content


def tighten(content: bytes) -> bytes:
    """The way back of :func:`loosen`."""
    for strict, usual in _SPACES.items():
        content = content.replace(usual, strict)
    return content


def open_package(source: Path | bytes, kind: Kind) -> Package:
    """Open a file, or its bytes, as a package of ``kind``.

    Raises:
        Refused: it is something else, encrypted, damaged, or not safe.
    """
    content = source if isinstance(source, bytes) else _load(source)
    found = kind_of(content)
    if found != "zip":
        raise Refused(*advice_for(found, kind))
    package = _open_archive(content)
    try:
        _must_be(package, kind)
    except BaseException:
        package.__exit__(None, None, None)
        raise
    return package


def _load(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size <= FILE_LIMIT:
            return path.read_bytes()
    except OSError as error:
        raise Refused("不存在或没有读取权限", "请核对路径和权限。") from error
    reason = f"文件有 {size / 1e6:.0f} MB，不能超过 {FILE_LIMIT / 1e6:.0f} MB"
    raise Refused(reason, "请压缩其中的图片后另存。")


def _open_archive(content: bytes) -> Package:
    _check_directory_size(content)
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except _BROKEN as error:
        raise Refused("文件不完整或已损坏", "请从原处重新复制或下载一份。") from error
    try:
        return Package(archive, _entries(archive))
    except BaseException:
        archive.close()
        raise


def _check_directory_size(content: bytes) -> None:
    """Bound the directory before zipfile builds an object for each of its entries."""
    tail = content[-70_000:]
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        raise Refused("文件不完整（压缩包没有结尾）", "请从原处重新复制或下载一份。")
    (size,) = struct.unpack_from("<L", tail, at + 12)
    zip64 = tail.rfind(b"PK\x06\x06")
    if zip64 >= 0 and len(tail) >= zip64 + 48:
        (size,) = struct.unpack_from("<Q", tail, zip64 + 40)
    if size > _DIRECTORY_LIMIT:
        raise Refused("压缩包的目录过大，可能是恶意文件", DISTRUST)


def _entries(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """The entries by name in lower case (names of parts do not tell cases apart)."""
    infos = archive.infolist()
    if len(infos) > ENTRY_LIMIT:
        raise Refused(f"压缩包中有 {len(infos)} 个文件，可能是恶意文件", DISTRUST)
    if sum(info.file_size for info in infos) > TOTAL_LIMIT:
        raise Refused("展开后过大，可能是压缩炸弹", DISTRUST)
    made: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        name = info.filename.replace("\\", "/")
        if info.is_dir():
            continue
        if name.startswith("/") or ".." in name.split("/") or name[1:2] == ":":
            raise Refused("压缩包中有指向外部的路径，可能是恶意文件", DISTRUST)
        if name.casefold() in made:
            raise Refused(f"压缩包中有两个 {name}，可能是恶意文件", DISTRUST)
        if info.flag_bits & 1:
            raise Refused("文件加了密码", "请用 Word 或 WPS 打开，去掉密码后另存。")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refused("压缩方式不是 Office 文件所用的")
        if info.file_size > PART_LIMIT or _bomb(info):
            raise Refused(f"其中的 {name} 展开后过大，可能是压缩炸弹", DISTRUST)
        made[name.casefold()] = info
    return made


def _bomb(info: zipfile.ZipInfo) -> bool:
    return info.file_size > RATIO_FROM and info.file_size > RATIO_LIMIT * max(1, info.compress_size)


def _must_be(package: Package, kind: Kind) -> None:
    """Refuse packages of another kind."""
    if "mimetype" in package and package.info("mimetype").file_size < 200:
        raise Refused(*advice_for("odf", kind))
    if "[Content_Types].xml" not in package and not package.main:
        raise Refused(*advice_for("archive", kind))
    found = _kind(package)
    if found != kind:
        raise Refused(*advice_for(found, kind))


def _kind(package: Package) -> str:
    for kind, words in _MAIN_TYPES.items():
        if any(word in package.main_type for word in words):
            return kind
    usual = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
    return usual.get(package.main, "archive")
