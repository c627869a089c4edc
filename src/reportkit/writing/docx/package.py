"""The package under construction: a python-docx document, emptied of what its template brings.

python-docx keeps the parts, their types and relations; what it cannot make (fields, footnotes,
native charts, custom XML) is put in as parts of its own kinds. Only the ZIP is written here: the
same parts give the same bytes, because entries are sorted and times fixed.
"""

import io
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import count
from typing import TYPE_CHECKING

from docx import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import CT_Types
from docx.opc.package import OpcPackage
from docx.opc.packuri import CONTENT_TYPES_URI, PACKAGE_URI, PackURI
from docx.opc.part import Part, XmlPart
from docx.opc.spec import default_content_types
from docx.package import Package as WordPackage

from .xml import Element, serialise

if TYPE_CHECKING:
    from docx.document import Document as WordDocument

DOCUMENT = "word/document.xml"
FOOTNOTES = "word/footnotes.xml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_KEPT = (RELATIONSHIP_TYPE.STYLES, RELATIONSHIP_TYPE.SETTINGS, RELATIONSHIP_TYPE.NUMBERING)
"""Parts of the template that are emptied and filled anew; all others are dropped."""
_STORED = (".png", ".jpeg", ".xlsx")
"""Parts that are packed already."""
_TIME = (1980, 1, 1, 0, 0, 0)


class Package:
    """A Word document by python-docx, whose further parts are known by their names."""

    def __init__(self) -> None:
        self.document: WordDocument = _blank()
        self._parts: dict[str, Part] = {DOCUMENT: self.document.part}
        self._relations: dict[tuple[str, str, str], str] = {}
        self._identities: dict[str, Iterator[str]] = defaultdict(_identities)
        self._counted: Counter[str] = Counter()

    @property
    def opc(self) -> WordPackage:
        """The package behind the document."""
        package: WordPackage = self.document.part.package
        return package

    def add(self, name: str, content: bytes | Element, content_type: str) -> None:
        """Add a part by its name, such as ``word/fontTable.xml``."""
        place = PackURI(f"/{name}")
        if isinstance(content, bytes):
            self._parts[name] = Part(place, content_type, content, self.opc)
        else:
            self._parts[name] = XmlPart(place, content_type, content, self.opc)  # type: ignore[arg-type]

    def put(self, name: str, part: Part) -> None:
        """Take in a part that python-docx has made."""
        self._parts[name] = part

    def number(self, kind: str) -> int:
        """1, 2, … for the names of parts of a kind."""
        self._counted[kind] += 1
        return self._counted[kind]

    def relate(self, source: str, kind: str, target: str, *, external: bool = False) -> str:
        """Relate a part (empty for the package) to a part or an address; return the id.

        ``kind`` is the last step of an officeDocument relationship type, such as ``image``. The
        library looks through all relations for every new one; here each is found at once.
        """
        key = (source, kind, target)
        if key not in self._relations:
            owner = self._parts[source] if source else self.opc
            identity = next(i for i in self._identities[source] if i not in owner.rels)
            aim = target if external else self._parts[target]
            owner.load_rel(RELATIONS + kind, aim, identity, external)
            self._relations[key] = identity
        return self._relations[key]

    def to_bytes(self) -> bytes:
        """The whole package as a ZIP archive."""
        return zipped(self.opc)


def _identities() -> Iterator[str]:
    return (f"rId{number}" for number in count(1))


def _blank() -> "WordDocument":
    """A document without content, styles, or the template's own theme, picture and data."""
    return Document(io.BytesIO(_emptied()))


@cache
def _emptied() -> bytes:
    """The library's template, emptied; kept, since reading all of it takes long."""
    document = Document()
    for owner in (document.part, document.part.package):
        for identity, relation in list(owner.rels.items()):
            if relation.reltype not in (
                *_KEPT,
                RELATIONSHIP_TYPE.OFFICE_DOCUMENT,
                RELATIONSHIP_TYPE.CORE_PROPERTIES,
            ):
                del owner.rels[identity]
    document.core_properties._element[:] = []
    for part in (document.styles, document.settings, document.part.numbering_part):
        part.element[:] = []
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def members(package: OpcPackage) -> dict[str, bytes]:
    """All entries of a package by name, relations and content types too."""
    types = CT_Types.new()  # type: ignore[no-untyped-call]
    parts = sorted(package.iter_parts(), key=lambda part: part.partname)
    common = {"rels": CONTENT_TYPE.OPC_RELATIONSHIPS, "xml": CONTENT_TYPE.XML}
    made = {PACKAGE_URI.rels_uri.membername: package.rels.xml}
    for part in parts:
        made[part.partname.membername] = part.blob
        if part.rels:
            made[part.partname.rels_uri.membername] = part.rels.xml
        if (part.partname.ext, part.content_type) in default_content_types:
            common[part.partname.ext] = part.content_type
    for extension in sorted(common):
        types.add_default(extension, common[extension])
    for part in parts:
        if common.get(part.partname.ext) != part.content_type:
            types.add_override(part.partname, part.content_type)
    return {**made, CONTENT_TYPES_URI.membername: serialise(types)}


def zipped(package: OpcPackage) -> bytes:
    """The bytes of a package: as python-docx saves it, but sorted and without times."""
    files = members(package)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, _TIME)
            info.create_system = 0
            stored = name.endswith(_STORED)
            info.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, files[name])
    return buffer.getvalue()
