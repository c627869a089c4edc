"""The record in a Word document: a custom XML part, with digests of what the document shows.

Word keeps custom XML when it saves a document anew, though it writes every part otherwise. So
the parts tell whether the file was touched at all, the words whether its text was changed, and
the pictures whether one was exchanged.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from docx.opc.constants import CONTENT_TYPE

from reportkit.model.base import Model
from reportkit.reading.ooxml import Damaged, parse
from reportkit.writing.record import NAMESPACE, Record, digest, from_element

from .package import DOCUMENT, Package, members
from .xml import Element, child, plain_root, qname

PART = "customXml/item1.xml"
_PROPERTIES = "customXml/itemProps1.xml"
_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_STORE_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_PARAGRAPH, _TEXT, _FIELD, _CODE = (qname(f"w:{n}") for n in ("p", "t", "fldChar", "instrText"))
_TAB, _BREAK, _MARK = qname("w:tab"), qname("w:br"), qname("v:textpath")
_RUN, _HIDDEN = qname("w:r"), qname("w:vanish")
_READ = (_PARAGRAPH, _TEXT, _TAB, _BREAK, _FIELD, _CODE, _MARK, _RUN, _HIDDEN)
_KIND, _VALUE = qname("w:fldCharType"), qname("w:val")
_COUNTED = ("PAGE", "NUMPAGES")
_RUNNING = "STYLEREF 1"
"""Fields whose results change with the pages, and the one for the heading on a page."""
_SHORT = 10
"""Hex digits by which a paragraph is known; many enough for the paragraphs of one document."""
_MOST = 200_000
"""Paragraphs that are told one by one; of longer documents only all together."""


class Shown(Model):
    """What a document shows, as digests.

    Of its paragraphs (text, notes), its headers and footers, its pictures, and its parts by name.
    """

    paragraphs: tuple[str, ...] = ()
    words: str
    margins: str
    pictures: tuple[str, ...]
    parts: Mapping[str, str]


def seal(package: Package, record: Record) -> None:
    """Add the record to a finished document."""
    root = record.element()
    identity = hashlib.sha256(record.submission_digest.encode()).hexdigest().upper()
    groups = (identity[:8], identity[8:12], identity[12:16], identity[16:20], identity[20:32])
    store = plain_root(_STORE, "datastoreItem", ds=_STORE)
    store.set(f"{{{_STORE}}}itemID", f"{{{'-'.join(groups)}}}")
    schema = child(child(store, "schemaRefs"), "schemaRef")
    schema.set(f"{{{_STORE}}}uri", NAMESPACE)
    package.add(PART, root, CONTENT_TYPE.XML)
    package.add(_PROPERTIES, store, _STORE_TYPE)
    package.relate(PART, "customXmlProps", _PROPERTIES)
    package.relate(DOCUMENT, "customXml", PART)
    shown = look(members(package.opc))
    facts = {"words": shown.words, "margins": shown.margins, "pictures": " ".join(shown.pictures)}
    content = child(root, "content", **facts)
    child(content, "paragraphs", " ".join(shown.paragraphs[: _MOST + 1]))
    for name, value in shown.parts.items():
        child(content, "part", name=name, sha256=value)


def unseal(parts: Mapping[str, bytes]) -> tuple[Record, Shown] | None:
    """The record in a document and what the document showed when it was written.

    The part is known by what it says, since programs name such parts as they like.
    """
    for name, content in parts.items():
        if name.startswith("customXml/") and NAMESPACE.encode() in content:
            try:
                root = parse(content, name)
            except Damaged:
                continue
            record, shown = from_element(root), _shown(root)
            if record is not None and shown is not None:
                return record, shown
    return None


def _shown(root: Element) -> Shown | None:
    content = root.find(f"{{{NAMESPACE}}}content")
    if content is None:
        return None
    said = (content.findtext(f"{{{NAMESPACE}}}paragraphs") or "").split()
    return Shown(
        paragraphs=tuple(said) if len(said) <= _MOST else (),
        words=content.get("words", ""),
        margins=content.get("margins", ""),
        pictures=tuple(content.get("pictures", "").split()),
        parts={
            part.get("name", ""): part.get("sha256", "")
            for part in content.iterfind(f"{{{NAMESPACE}}}part")
        },
    )


def look(parts: Mapping[str, bytes]) -> Shown:
    """What a document shows; ``parts`` are all entries of its package by name.

    Raises:
        Damaged: a part of text is not XML, or not safe to parse.
    """
    texts = list(words(parts))
    margins = {text for name in parts if _margin(name) for text in _texts(parse(parts[name], name))}
    pictures = {_sum(parts[name]) for name in parts if name.startswith("word/media/")}
    return Shown(
        paragraphs=tuple(digest(text)[:_SHORT] for text in texts),
        words=digest("\n".join(texts)),
        margins=digest("\n".join(sorted(margins))),
        pictures=tuple(sorted(pictures)),
        parts={name: _sum(parts[name]) for name in sorted(parts) if name != PART},
    )


def words(parts: Mapping[str, bytes]) -> Iterator[str]:
    """The texts of the paragraphs in the document and its notes; empty ones are left out."""
    for kind in ("document", "footnotes", "endnotes"):
        for name in sorted(parts):
            if name.startswith(f"word/{kind}") and name.endswith(".xml"):
                yield from _texts(parse(parts[name], name))


def _margin(name: str) -> bool:
    return name.startswith(("word/header", "word/footer")) and name.endswith(".xml")


def _sum(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@dataclass
class _Fields:
    """The fields that are open where the text is read: their codes, innermost last."""

    codes: list[str] = field(default_factory=list)

    def counted(self) -> bool:
        """Whether a field shows here what changes with the pages."""
        codes = [code.strip() for code in self.codes]
        return any(code.startswith(_COUNTED) or code == _RUNNING for code in codes)


def _texts(root: Element) -> Iterator[str]:
    """The texts of the paragraphs of a part, and the words that stand across its pages.

    Hidden runs are left out: they hold counters, to which programs give results or none.
    """
    fields, text, hidden = _Fields(), "", False
    for item in root.iter(*_READ):
        if item.tag == _RUN:
            hidden = False
        elif item.tag == _HIDDEN:
            hidden = item.get(_VALUE, "1") not in ("0", "false", "off")
        elif item.tag == _PARAGRAPH:
            if text.strip():
                yield text.strip()
            text = ""
        elif item.tag == _FIELD:
            if item.get(_KIND) == "begin":
                fields.codes.append("")
            elif item.get(_KIND) == "end" and fields.codes:
                fields.codes.pop()
        elif item.tag == _CODE:
            if fields.codes:
                fields.codes[-1] += item.text or ""
        elif item.tag == _MARK:
            text += item.get("string", "")
        elif not hidden and not fields.counted():
            text += (item.text or "") if item.tag == _TEXT else " "
    if text.strip():
        yield text.strip()
