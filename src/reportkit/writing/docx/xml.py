"""A small layer over lxml: elements of Office Open XML by their prefixed names."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from lxml import etree

Element = etree._Element
Attributes = Mapping[str, object]

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "w10": "urn:schemas-microsoft-com:office:word",
    "xml": "http://www.w3.org/XML/1998/namespace",
}

_LOCAL = {prefix: {prefix: NAMESPACES[prefix]} for prefix in ("a", "pic", "c")}
"""Namespaces that python-docx's document does not declare: each drawing does so itself, or their
prefixes would hang on what other libraries have registered."""

_ILLEGAL = {
    code: None
    for code in (*range(0x20), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000))
    if code not in (0x09, 0x0A)
}


@cache
def qname(name: str) -> str:
    """``w:p`` in Clark notation."""
    prefix, _, local = name.rpartition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if prefix else local


@cache
def _attribute(tag_prefix: str, name: str) -> str:
    """Attributes of ``w:`` elements are in the same namespace; elsewhere they have none."""
    if ":" in name:
        return qname(name)
    return qname(f"w:{name}") if tag_prefix == "w" else name


def el(tag: str, attributes: Attributes | None = None, *children: Element | None) -> Element:
    """Make an element; ``None`` children are left out."""
    prefix = tag.partition(":")[0]
    made = etree.Element(qname(tag), nsmap=_LOCAL.get(prefix))
    if attributes:
        for name, value in attributes.items():
            made.set(_attribute(prefix, name), str(value))
    made.extend([child for child in children if child is not None])
    return made


def val(tag: str, value: str | int) -> Element:
    """An element whose only content is the attribute ``w:val``."""
    return el(tag, {"val": value})


def root(tag: str, prefixes: str, *children: Element | None) -> Element:
    """The root of a part, declaring the namespaces of ``prefixes`` (separated by spaces)."""
    made = etree.Element(
        qname(tag), nsmap={prefix: NAMESPACES[prefix] for prefix in prefixes.split()}
    )
    made.extend([child for child in children if child is not None])
    return made


def plain_root(namespace: str, name: str, **prefixes: str) -> Element:
    """The root of a part whose elements carry no prefix."""
    spaces: dict[Any, str] = {None: namespace, **prefixes}
    return etree.Element(f"{{{namespace}}}{name}", nsmap=spaces)


def child(parent: Element, tag: str, text: str | None = None, **attributes: str) -> Element:
    """Add an element of the parent's namespace."""
    made = etree.SubElement(parent, f"{{{etree.QName(parent).namespace}}}{tag}", attributes)
    made.text = text
    return made


def clean(text: str) -> str:
    """``text`` without the characters that XML forbids."""
    return text if text.isprintable() else text.translate(_ILLEGAL)


def serialise(element: Element) -> bytes:
    """The bytes of a part."""
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True)
