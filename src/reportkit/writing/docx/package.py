"""An Open Packaging Conventions package: parts, their types and relations, written as a ZIP.

The same parts give the same bytes: entries are sorted, times fixed.
"""

import io
import posixpath
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field

from .xml import child, plain_root, serialise

_CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/"
_DEFAULTS = {
    "rels": "application/vnd.openxmlformats-package.relationships+xml",
    "xml": "application/xml",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass
class Package:
    """Parts by name (``word/document.xml``), with relations from part to part."""

    parts: dict[str, bytes] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    relations: dict[str, dict[tuple[str, str, bool], str]] = field(default_factory=dict)

    def add(self, name: str, content: bytes, content_type: str | None = None) -> None:
        """Add a part; without ``content_type`` the file extension tells it."""
        self.parts[name] = content
        if content_type:
            self.types[name] = content_type

    def relate(self, source: str, kind: str, target: str, *, external: bool = False) -> str:
        """Relate ``source`` (empty for the package) to a part or address; return the id.

        ``kind`` is the last step of an officeDocument relationship type, such as ``image``.
        """
        known = self.relations.setdefault(source, {})
        return known.setdefault((kind, target, external), f"rId{len(known) + 1}")

    def to_bytes(self) -> bytes:
        """The whole package as a ZIP archive."""
        files = dict(self.parts)
        files["[Content_Types].xml"] = self._content_types()
        for source, relations in self.relations.items():
            folder, name = posixpath.split(source)
            files[posixpath.join(folder, "_rels", f"{name}.rels")] = _relations(source, relations)
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name in sorted(files):
                info = zipfile.ZipInfo(name, _TIME)
                info.create_system = 0
                packed = name.endswith((".png", ".jpeg", ".xlsx"))
                info.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
                archive.writestr(info, files[name])
        return buffer.getvalue()

    def _content_types(self) -> bytes:
        made = plain_root(_CONTENT_TYPES, "Types")
        present = {name.rpartition(".")[2] for name in self.parts} | {"rels", "xml"}
        for extension, content_type in _DEFAULTS.items():
            if extension in present:
                child(made, "Default", Extension=extension, ContentType=content_type)
        for name, content_type in sorted(self.types.items()):
            child(made, "Override", PartName=f"/{name}", ContentType=content_type)
        return serialise(made)


def _relations(source: str, relations: Mapping[tuple[str, str, bool], str]) -> bytes:
    made = plain_root(_RELATIONS, "Relationships")
    folder = "/" + posixpath.dirname(source)
    for (kind, target, external), identity in relations.items():
        base = _PACKAGE if kind == "core-properties" else _OFFICE
        place = target if external else posixpath.relpath(f"/{target}", folder)
        item = child(made, "Relationship", Id=identity, Type=base + kind, Target=place)
        if external:
            item.set("TargetMode", "External")
    return serialise(made)
