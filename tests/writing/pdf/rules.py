"""Rules of PDF/UA-1 (ISO 14289-1) and PDF/A-3a (ISO 19005-3) that can be read off a file.

A test of our own: it looks for what such validators look for first, and is no certificate.
Each fault is a text; an empty list means that nothing was found.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pikepdf
from fontTools.ttLib import TTFont
from lxml import etree

_KIDS = {
    "/Table": {"/TR", "/THead", "/TBody", "/TFoot", "/Caption"},
    "/THead": {"/TR"},
    "/TBody": {"/TR"},
    "/TR": {"/TH", "/TD"},
    "/L": {"/L", "/LI", "/Caption"},
    "/LI": {"/Lbl", "/LBody"},
    "/TOC": {"/TOC", "/TOCI", "/Caption"},
    "/TOCI": {"/Lbl", "/Reference", "/NonStruct", "/P", "/TOC"},
}
_ABOVE = {
    "/TR": {"/Table", "/THead", "/TBody", "/TFoot"},
    "/TH": {"/TR"},
    "/TD": {"/TR"},
    "/THead": {"/Table"},
    "/TBody": {"/Table"},
    "/LI": {"/L"},
    "/LBody": {"/LI"},
    "/TOCI": {"/TOC"},
}
_PAINTS = frozenset(("Tj", "TJ", "'", '"', "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh"))


def faults(content: bytes, *, archive: bool) -> list[str]:
    """What is wrong with a file that says it is PDF/UA-1, and PDF/A-3a if ``archive``."""
    with pikepdf.open(io.BytesIO(content)) as file:
        found = list(file.check_pdf_syntax())
        found += _catalog(file, archive)
        found += _structure(file)
        found += _marks(file)
        found += _fonts(file)
        if archive:
            found += _objects(file)
            found += _attachments(file)
    return found


def _catalog(file: pikepdf.Pdf, archive: bool) -> Iterator[str]:
    root = file.Root
    if not re.fullmatch("[a-z]{2}-[A-Z]{2}", str(root.get("/Lang", ""))):
        yield "no language"
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "title is not shown"
    if not root.get("/MarkInfo", {}).get("/Marked"):
        yield "not marked"
    xml = etree.fromstring(root.Metadata.read_bytes())
    names = {"a": "http://www.aiim.org/pdfa/ns/id/", "u": "http://www.aiim.org/pdfua/ns/id/",
             "d": "http://purl.org/dc/elements/1.1/",
             "p": "http://www.aiim.org/pdfa/ns/property#"}  # fmt: skip
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    if len(list(xml.iter(f"{{{rdf}}}RDF"))) != 1:
        yield "metadata: not one RDF"

    def said(prefix: str, name: str) -> str:
        tag = f"{{{names[prefix]}}}{name}"
        told = [one.get(tag) for one in xml.iter(f"{{{rdf}}}Description") if one.get(tag)]
        told += [one.text for one in xml.iter(tag)]
        return "".join(filter(None, told))

    if said("u", "part") != "1":
        yield "metadata: not PDF/UA-1"
    if not "".join(xml.xpath("//d:title//text()", namespaces=names)).strip():
        yield "metadata: no title"
    if archive:
        if (said("a", "part"), said("a", "conformance")) != ("3", "A"):
            yield "metadata: not PDF/A-3a"
        if said("p", "name") != "part":
            yield "metadata: schema of pdfuaid is not described"
        intents = [one for one in root.get("/OutputIntents", []) if one.S == "/GTS_PDFA1"]
        if len(intents) != 1 or int(intents[0].DestOutputProfile.N) != 3:
            yield "no output intent"
        if len(file.trailer.get("/ID", [])) != 2:
            yield "no identifier"


def _structure(file: pikepdf.Pdf) -> Iterator[str]:
    root = file.Root.StructTreeRoot
    ids: list[str] = []
    level = 0
    for node in _nodes(root):
        role, above = str(node.S), str(node.P.get("/S", ""))
        kids = [str(kid.S) for kid in _kids(node) if "/S" in kid]
        if role in _KIDS and not set(kids) <= _KIDS[role]:
            yield f"{role} holds {set(kids) - _KIDS[role]}"
        if role in _KIDS and len(kids) != len(node.K):
            yield f"{role} holds text"
        if role in _ABOVE and above not in _ABOVE[role]:
            yield f"{role} stands in {above}"
        if "/Caption" in kids and (
            kids.count("/Caption") > 1
            or (role == "/Table" and kids.index("/Caption") not in (0, len(kids) - 1))
        ):
            yield f"captions of {role}"
        if re.fullmatch("/H[1-6]", role):
            if int(role[2]) > level + 1:
                yield f"{role} after level {level}"
            level = int(role[2])
        if role == "/Figure":
            if not str(node.get("/Alt", "")).strip():
                yield "figure without a text"
            if "/BBox" not in node.get("/A", {}):
                yield "figure without a box"
        if role == "/Note":
            ids.append(str(node.get("/ID", "")))
        if role == "/TH" and node.A.get("/Scope") is None:
            yield "header cell without scope"
        if role == "/Table":
            yield from _regular(node)
    if len(set(ids)) != len(ids) or "" in ids:
        yield "notes without identifiers of their own"
    known = [str(x) for x in root.IDTree.Names][::2] if "/IDTree" in root else []
    if known != ids:
        yield "identifiers not in the tree"


def _nodes(node: Any) -> Iterator[Any]:
    for kid in _kids(node):
        if "/S" in kid:
            yield kid
            yield from _nodes(kid)


def _kids(node: Any) -> Iterator[Any]:
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary):
            yield kid


def _regular(table: Any) -> Iterator[str]:
    """Rows of one width, spans counted."""
    held: dict[int, int] = {}
    widths = set()
    for row in (node for node in _nodes(table) if str(node.S) == "/TR"):
        width = sum(1 for left in held.values() if left > 0)
        covered = {column for column, left in held.items() if left > 0}
        held = {column: left - 1 for column, left in held.items() if left > 1}
        at = 0
        for cell in _kids(row):
            look = cell.get("/A", {})
            for _ in range(int(look.get("/ColSpan", 1))):
                while at in covered:
                    at += 1
                covered.add(at)
                width += 1
                if (rows := int(look.get("/RowSpan", 1))) > 1:
                    held[at] = rows - 1
        widths.add(width)
    if len(widths) > 1:
        yield f"table of rows of {sorted(widths)} columns"


def _marks(file: pikepdf.Pdf) -> Iterator[str]:
    """All that is painted is marked, and every mark is owned by the node that names it."""
    owners = {}
    numbers = file.Root.StructTreeRoot.ParentTree.Nums
    for at in range(0, len(numbers), 2):
        owners[int(numbers[at])] = numbers[at + 1]
    claimed: dict[tuple[Any, int], Any] = {}
    linked = set()
    for node in _nodes(file.Root.StructTreeRoot):
        for kid in node.K:
            if not isinstance(kid, pikepdf.Dictionary):
                claimed[node.Pg.objgen, int(kid)] = node.objgen
            elif kid.get("/Type") == "/MCR":
                claimed[kid.Pg.objgen, int(kid.MCID)] = node.objgen
            elif kid.get("/Type") == "/OBJR":
                linked.add(kid.Obj.objgen)
                if owners[int(kid.Obj.StructParent)].objgen != node.objgen:
                    yield "link that another node owns"
    for number, page in enumerate(file.pages, 1):
        marks = []
        for why, mark in _painted(page):
            if why:
                yield f"page {number}: {why}"
            elif mark is not None:
                marks.append(mark)
        row = owners[int(page.obj.StructParents)]
        if len(row) != len(marks) or sorted(marks) != list(range(len(marks))):
            yield f"page {number}: {len(marks)} marks, {len(row)} owners"
        for mark, owner in enumerate(row):
            if claimed.pop((page.obj.objgen, mark), None) != owner.objgen:
                yield f"page {number}: mark {mark} is not claimed by its owner"
        if page.obj.get("/Tabs") != "/S":
            yield f"page {number}: order of tabs"
        for note in page.obj.get("/Annots", []):
            if note.objgen not in linked or not str(note.get("/Contents", "")).strip():
                yield f"page {number}: link without node or description"
    if claimed:
        yield f"{len(claimed)} marks that are on no page"


def _painted(page: Any) -> Iterator[tuple[str, int | None]]:
    open_: list[bool] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BDC", "BMC"):
            look = operands[1] if name == "BDC" else {}
            if any(open_) and (str(operands[0]) != "/Artifact" or "/MCID" in look):
                yield "marks within marks", None
            open_.append(True)
            if "/MCID" in look:
                yield "", int(look["/MCID"])
            elif str(operands[0]) != "/Artifact":
                yield f"{operands[0]} without number", None
        elif name == "EMC":
            open_.pop()
        elif (name in _PAINTS or name == "Do") and not open_:
            yield f"{name} outside of marks", None


def _fonts(file: pikepdf.Pdf) -> Iterator[str]:
    seen = set()
    for page in file.pages:
        for font in page.obj.Resources.get("/Font", {}).values():
            if font.objgen not in seen and font.Subtype == "/Type0":
                seen.add(font.objgen)
                yield from (f"{font.BaseFont}: {why}" for why in _font(font))


def _font(font: Any) -> Iterator[str]:
    inner = font.DescendantFonts[0]
    held = inner.FontDescriptor
    program = next((held[key] for key in ("/FontFile2", "/FontFile3") if key in held), None)
    if program is None:
        yield "not embedded"
        return
    if "/ToUnicode" not in font:
        yield "no characters"
    else:
        table = font.ToUnicode.read_bytes()
        meant = re.findall(rb"<([0-9a-fA-F]{4})> <([0-9a-fA-F]+)>", table)
        if any(code.lower() in (b"0000", b"feff", b"fffe") for _, code in meant):
            yield "characters without meaning"
    if inner.Subtype == "/CIDFontType2" and "/CIDToGIDMap" not in inner:
        yield "no map of glyphs"
    if "/FontFile2" in held or program.get("/Subtype") == "/OpenType":
        with TTFont(io.BytesIO(program.read_bytes())) as drawn:
            yield from _widths(inner, drawn)


def _widths(inner: Any, drawn: TTFont) -> Iterator[str]:
    """Widths said and widths drawn may differ by a thousandth of an em."""
    order, unit = drawn.getGlyphOrder(), drawn["head"].unitsPerEm
    said: dict[int, float] = {}
    row = list(inner.get("/W", []))
    while row:
        first = int(row.pop(0))
        if isinstance(row[0], pikepdf.Array):
            said.update(enumerate(map(float, row.pop(0)), first))
        else:
            said.update(dict.fromkeys(range(first, int(row.pop(0)) + 1), float(row.pop(0))))
    for glyph, width in said.items():
        if glyph < len(order):
            drawn_width = drawn["hmtx"][order[glyph]][0] * 1000 / unit
            if abs(drawn_width - width) > 1:
                yield f"glyph {glyph} is {drawn_width:.1f} wide, said {width:.1f}"


def _objects(file: pikepdf.Pdf) -> Iterator[str]:
    for item in file.objects:
        if not isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            continue
        if str(item.get("/S", "")) in ("/JavaScript", "/Launch", "/Sound", "/Movie"):
            yield "action that the archive forbids"
        if str(item.get("/Subtype", "")) == "/Image" and item.get("/Interpolate"):
            yield "smoothed picture"
        if "LZW" in str(item.get("/Filter", "")) or "/TR" in item:
            yield "filter or function that the archive forbids"


def _attachments(file: pikepdf.Pdf) -> Iterator[str]:
    tree = file.Root.get("/Names", {}).get("/EmbeddedFiles", {}).get("/Names", [])
    specs = list(tree)[1::2]
    names = [bytes(name) for name in list(tree)[::2]]
    if sorted(names) != names:
        yield "attachments out of order"
    if [one.objgen for one in file.Root.get("/AF", [])] != [one.objgen for one in specs]:
        yield "attachments that are not associated"
    for spec in specs:
        if not {"/F", "/UF", "/EF", "/AFRelationship", "/Desc"} <= set(spec.keys()):
            yield "attachment that does not say what it is"
        if str(spec.EF.F.get("/Subtype", "")) != "/application/json":
            yield f"attachment of kind {spec.EF.F.get('/Subtype')}"
    for page in file.pages:
        if any(int(note.get("/F", 0)) & 4 == 0 for note in page.obj.get("/Annots", [])):
            yield "link that is not printed"
