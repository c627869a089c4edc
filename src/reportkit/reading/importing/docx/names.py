"""Qualified names of WordprocessingML and its neighbours, and the choice between alternatives."""

from collections.abc import Iterator

from lxml import etree

Element = etree._Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
V = "{urn:schemas-microsoft-com:vml}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"

P, RUN, TEXT, TBL, TR, TC = W + "p", W + "r", W + "t", W + "tbl", W + "tr", W + "tc"
PPR, RPR, VAL, ID = W + "pPr", W + "rPr", W + "val", W + "id"
SDT, SDT_CONTENT, BOX = W + "sdt", W + "sdtContent", W + "txbxContent"
ALTERNATE, CHOICE, FALLBACK = MC + "AlternateContent", MC + "Choice", MC + "Fallback"

_NOT_UNDERSTOOD = ("cx", "am3d", "iact", "aink")
"""Prefixes of extensions whose fallback (a picture) says more than they do."""


def value(parent: Element | None, name: str) -> str | None:
    """``w:val`` of the child ``name`` (with namespace), or None."""
    if parent is None or (found := parent.find(name)) is None:
        return None
    return found.get(VAL)


def on(element: Element | None) -> bool:
    """Whether a switch such as ``w:b`` is there and not turned off."""
    return element is not None and element.get(VAL, "1") not in ("0", "false", "off", "none")


def number(text: str | None, default: int = 0) -> int:
    """A whole number from an attribute; the default where there is none."""
    try:
        return int(float(text)) if text else default
    except (ValueError, OverflowError):
        return default


def branch(alternate: Element) -> Element | None:
    """The one branch of ``mc:AlternateContent`` that counts; the others repeat it."""
    fallback = alternate.find(FALLBACK)
    for choice in alternate.iterfind(CHOICE):
        requires = choice.get("Requires", "").lower().split()
        if fallback is None or not any(r.startswith(_NOT_UNDERSTOOD) for r in requires):
            return choice
    return fallback


def walk(element: Element, stop: frozenset[str] = frozenset()) -> Iterator[Element]:
    """All descendants in document order, of alternatives the branch that counts.

    Elements in ``stop`` are given but not entered.
    """
    stack = [element.iterchildren()]
    while stack:
        for child in stack[-1]:
            if child.tag == ALTERNATE:
                chosen = branch(child)
                if chosen is not None:
                    stack.append(chosen.iterchildren())
                    break
                continue
            yield child
            if child.tag not in stop and len(child):
                stack.append(child.iterchildren())
                break
        else:
            stack.pop()
