"""Writes a package anew with a few parts changed; all others keep their bytes."""

import io
import posixpath
import zipfile
from collections.abc import Mapping
from pathlib import Path

from lxml import etree

from reportkit.atomic import write_bytes
from reportkit.reading.ooxml import Element, Package, tighten

TYPES = "[Content_Types].xml"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_NEW = (1980, 1, 1, 0, 0, 0)


class Repack:
    """A package in work: the parts that change, and the relations and types that new ones need."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.changed: dict[str, bytes] = {}
        self._relations: dict[str, Element] = {}
        self._types: Element | None = None

    def put(self, name: str, root: Element) -> None:
        """Change or add an XML part."""
        content = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        self.changed[name] = tighten(content) if self.package.strict else content

    def free_name(self, wanted: str) -> str:
        """``wanted``, or the same with a number where there is such a part already."""
        stem, _, ending = wanted.rpartition(".")
        names = [wanted, *(f"{stem}{n}.{ending}" for n in range(1, len(self.package.names) + 99))]
        return next(n for n in names if n not in self.package and n not in self.changed)

    def relate(self, source: str, kind: str, target: str) -> str:
        """Relate a part to another; return the id."""
        name = _relations_of(source)
        if name not in self._relations:
            there = name in self.package
            self._relations[name] = (
                self.package.tree(name)
                if there
                else etree.Element(f"{{{_RELATIONS}}}Relationships", nsmap={None: _RELATIONS})  # type: ignore[dict-item]
            )
        root = self._relations[name]
        used = {item.get("Id") for item in root}
        identity = next(f"rId{n}" for n in range(1, len(used) + 2) if f"rId{n}" not in used)
        folder = "/" + posixpath.dirname(source)
        path = posixpath.relpath(f"/{target}", folder)
        attributes = {"Id": identity, "Type": _OFFICE + kind, "Target": path}
        etree.SubElement(root, f"{{{_RELATIONS}}}Relationship", attributes)
        return identity

    def declare(self, *, part: str = "", extension: str = "", content_type: str) -> None:
        """State the content type of a part, or of all parts with an extension."""
        if self._types is None:
            self._types = self.package.tree(TYPES)
        kind, key, wanted = (
            ("Override", "PartName", f"/{part}") if part else ("Default", "Extension", extension)
        )
        for item in self._types.iterfind(_TYPES + kind):
            if item.get(key, "").casefold() == wanted.casefold():
                item.set("ContentType", content_type)
                return
        made = etree.Element(_TYPES + kind, {key: wanted, "ContentType": content_type})
        first = next(self._types.iterfind(f"{_TYPES}Override"), None)
        if part or first is None:
            self._types.append(made)
        else:
            first.addprevious(made)

    def write(self, path: Path) -> None:
        """Write the package beside ``path``, then rename.

        Raises:
            OSError: it cannot be written; nothing is left behind.
        """
        for name, root in self._relations.items():
            self.put(name, root)
        if self._types is not None:
            self.put(TYPES, self._types)
        write_bytes(path, self._bytes(self.changed))

    def _bytes(self, changed: Mapping[str, bytes]) -> bytes:
        left = {name.casefold(): (name, content) for name, content in changed.items()}
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name in self.package.names:
                old = self.package.info(name)
                info = zipfile.ZipInfo(old.filename, old.date_time)
                info.compress_type, info.create_system = old.compress_type, old.create_system
                info.external_attr, info.comment = old.external_attr, old.comment
                _, content = left.pop(name.casefold(), ("", None))
                archive.writestr(info, self.package.read(name) if content is None else content)
            for name, content in left.values():
                info = zipfile.ZipInfo(name, _NEW)
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, content)
        return buffer.getvalue()


def _relations_of(source: str) -> str:
    folder, name = posixpath.split(source)
    return posixpath.join(folder, "_rels", f"{name}.rels")
