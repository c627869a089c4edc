"""Measure a PDF with PDFium: what it shows, where, in which fonts."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator, Sequence
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from .measured import Font, Line, Link, Measured, Picture, Sheet, Unreadable

PAGES = 5000
"""Pages that a file may have."""
_GAP, _SAME_ROW = 0.7, 0.4
_CELLS = 1.6
"""Gaps, in sizes of type, that part two lines: at a new object, and anywhere."""
_MARKED = re.compile(rb"beginbf(?:char|range)(.*?)endbf", re.DOTALL)
_PAIR = re.compile(rb"^\s*<([0-9A-Fa-f]{4})>.*<((?:[0-9A-Fa-f]{4})+)>", re.MULTILINE)
_NOTDEF = re.compile(rb"<([0-9A-Fa-f]{4})> 0\s")


def measure(name: str, content: bytes) -> Measured:
    """The measured file.

    Raises:
        Unreadable: it is encrypted, damaged, empty, or too long.
    """
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        said = str(error).lower()
        why = "加了密码，请先去掉密码" if "password" in said else "文件已损坏或不完整，请重新输出"
        raise Unreadable(f"读不了 {name}：{why}。") from error
    try:
        if not 0 < len(document) <= PAGES:
            raise Unreadable(f"读不了 {name}：没有页面，或超过 {PAGES} 页。")
        sheets = [_sheet(document, index) for index in range(len(document))]
        titles = list(_bookmarks(document))
        title = document.get_metadata_dict().get("Title", "")
        tagged = bool(raw.FPDFCatalog_IsTagged(document))
        attachments = [
            document.get_attachment(n).get_name() for n in range(document.count_attachments())
        ]
    except pdfium.PdfiumError as error:
        raise Unreadable(f"读不了 {name}：有的页面已损坏，请重新输出。") from error
    finally:
        document.close()
    fonts, language = _fonts(name, content)
    return Measured(name, sheets, fonts, titles, title, language, tagged, attachments)


def _sheet(document: Any, index: int) -> Sheet:
    page = document[index]
    try:
        width, height = page.get_size()
        text = page.get_textpage()
        lines = list(_lines(text))
        text.close()
        pictures, shapes = _objects(page, width, height)
        links = list(_links(document, page))
    finally:
        page.close()
    return Sheet(index, width, height, lines, pictures, links, shapes)


def _lines(text: Any) -> Iterator[Line]:
    """The lines of a page in the order in which they were drawn."""
    box, line, last = raw.FS_RECTF(), None, 0
    turned = ""
    looks: dict[int, tuple[float, str]] = {}
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, index)
        if code in (0, 13, 10, 0xFFFE, 2) or not raw.FPDFText_GetLooseCharBox(text, index, box):
            continue
        holder = raw.FPDFText_GetTextObject(text, index)
        owner = ctypes.cast(holder, ctypes.c_void_p).value or 0
        if not owner:
            continue  # a blank that PDFium has put in
        if owner not in looks:
            looks[owner] = _look(text, index, holder)
        size, font = looks[owner]
        said = chr(code)
        low = 0xDC00 <= code <= 0xDFFF  # the second half of a character
        if low and not (line and "\ud800" <= line.text[-1] <= "\udbff"):
            turned = said  # text from right to left: the first half follows
            continue
        if turned:
            said, turned = said + turned, ""
        if line is not None and (low or _goes_on(line, box, size, owner != last)):
            line.text += said
            if font != line.font:
                if owner == last and line.others and line.others[-1][0] == font:
                    said = line.others.pop()[1] + said
                line.others.append((font, said))
            line.right = max(line.right, box.right)
            line.top, line.bottom = max(line.top, box.top), min(line.bottom, box.bottom)
        else:
            if line is not None:
                yield _whole(line)
            line = Line(said, box.left, box.right, box.bottom, box.top, size, font)
        last = owner
    if line is not None:
        yield _whole(line)


def _whole(line: Line) -> Line:
    """The line with pairs of surrogates as the characters that they stand for."""
    line.text = line.text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return line


def _goes_on(line: Line, box: Any, size: float, other: bool) -> bool:
    overlap = min(line.top, box.top) - max(line.bottom, box.bottom)
    if overlap < _SAME_ROW * min(line.top - line.bottom, box.top - box.bottom):
        return False
    gap = box.left - line.right
    return bool(-line.size < gap < (_GAP if other else _CELLS) * max(line.size, size))


def _look(text: Any, index: int, holder: Any) -> tuple[float, str]:
    """Printed size and font of the characters of a text object."""
    matrix = raw.FS_MATRIX()
    size = raw.FPDFText_GetFontSize(text, index)
    if raw.FPDFText_GetMatrix(text, index, matrix):
        size *= max(abs(matrix.d), abs(matrix.b)) or 1
    font = raw.FPDFTextObj_GetFont(holder)
    buffer = ctypes.create_string_buffer(256)
    raw.FPDFFont_GetBaseFontName(font, buffer, 256)
    return size, plain_name(buffer.value.decode("utf-8", "replace"))


def plain_name(name: str) -> str:
    """A font's name without the mark of a subset."""
    return re.sub(r"^/?(?:[A-Z]{6}\+)?", "", name)


def _objects(
    page: Any, width: float, height: float
) -> tuple[list[Picture], list[tuple[float, float, float, float]]]:
    pictures, shapes = [], []
    kinds = [raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_SHADING]
    for item in page.get_objects(filter=kinds, max_depth=4):
        try:
            left, bottom, right, top = item.get_bounds()
            if item.type == raw.FPDF_PAGEOBJ_IMAGE and right - left > 0 and top - bottom > 0:
                pictures.append(Picture(item.get_px_size(), right - left, top - bottom))
        except pdfium.PdfiumError:
            continue
        if right - left < 0.99 * width or top - bottom < 0.99 * height:
            shapes.append((left, bottom, right, top))
    return pictures, shapes


def _links(document: Any, page: Any) -> Iterator[Link]:
    position, found, box = ctypes.c_int(0), raw.FPDF_LINK(), raw.FS_RECTF()
    while raw.FPDFLink_Enumerate(page, position, found):
        raw.FPDFLink_GetAnnotRect(found, box)
        low, high = sorted((box.bottom, box.top))
        where = (box.left, low, box.right, high)
        target = raw.FPDFLink_GetDest(document, found)
        action = raw.FPDFLink_GetAction(found)
        if not target and action:
            target = raw.FPDFAction_GetDest(document, action)
        if target:
            index = raw.FPDFDest_GetDestPageIndex(document, target)
            yield Link(where, index if index >= 0 else None)
        else:
            yield Link(where, None, _address(document, action) if action else "")


def _address(document: Any, action: Any) -> str:
    length = raw.FPDFAction_GetURIPath(document, action, None, 0)
    buffer = ctypes.create_string_buffer(max(length, 1))
    raw.FPDFAction_GetURIPath(document, action, buffer, length)
    return buffer.value.decode("utf-8", "replace")


def _bookmarks(document: Any) -> Iterator[tuple[str, int]]:
    for item in document.get_toc():
        target = item.get_dest()
        index = target.get_index() if target is not None else None
        if index is not None:
            yield item.get_title(), index


def _fonts(name: str, content: bytes) -> tuple[Sequence[Font], str]:
    """The fonts that pages use, and the language that the file names."""
    import io
    import logging

    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    found: dict[Any, Font] = {}
    try:
        reader = PdfReader(io.BytesIO(content))
        language = str(reader.root_object.get("/Lang", ""))
        held = [page.raw_get("/Resources") for page in reader.pages if "/Resources" in page]
        shared = {getattr(one, "idnum", id(one)): one for one in held}
        for resources in shared.values():
            _gather(resources.get_object(), found, 0)
    except (PyPdfError, ValueError, LookupError, AttributeError, TypeError, OSError) as error:
        raise Unreadable(f"读不了 {name}：文件已损坏或不完整，请重新输出。") from error
    return list(found.values()), language


def _gather(resources: Any, found: dict[Any, Font], depth: int) -> None:
    fonts = resources.get("/Font")
    for key, value in (fonts.get_object() if fonts else {}).items():
        mark = getattr(value, "idnum", None) or (key, id(resources))
        if mark not in found:
            found[mark] = _font(value.get_object())
    forms = resources.get("/XObject")
    for value in (forms.get_object() if forms and depth < 3 else {}).values():
        mark = ("form", getattr(value, "idnum", id(value)))
        if mark in found:
            continue
        inner = value.get_object()
        if inner.get("/Subtype") == "/Form" and "/Resources" in inner:
            _gather(inner["/Resources"].get_object(), found, depth + 1)


def _font(font: Any) -> Font:
    name = plain_name(str(font.get("/BaseFont", "")))
    if font.get("/Subtype") == "/Type3":
        return Font(name or "Type3", True)
    inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
    descriptor = inner.get("/FontDescriptor")
    held = descriptor.get_object() if descriptor else {}
    embedded = any(f"/FontFile{n}" in held for n in ("", "2", "3"))
    return Font(name, embedded, _unshown(font))


def _unshown(font: Any) -> str:
    """Characters whose glyph is number 0, in a font with numbers of glyphs."""
    if "/DescendantFonts" not in font or "/ToUnicode" not in font:
        return ""
    codes = {"0000"}
    encoding = font.get("/Encoding").get_object()
    if hasattr(encoding, "get_data"):
        codes = {code.decode() for code in _NOTDEF.findall(encoding.get_data())}
    table, made = font["/ToUnicode"].get_object().get_data(), ""
    for block in _MARKED.findall(table):
        for code, character in _PAIR.findall(block):
            if code.decode() in codes:
                made += bytes.fromhex(character.decode()).decode("utf-16-be", "ignore")
    return "".join(char for char in made if not char.isspace())
