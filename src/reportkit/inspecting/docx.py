"""Measure a Word document: what its parts say about pages, type, tables, pictures, links.

Where lines and pages end only a rendering tells: see ``rendered``.
"""

from __future__ import annotations

import io
import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from reportkit.model.base import Place
from reportkit.model.diagnostic import Finding, Severity
from reportkit.model.style import Style
from reportkit.reading.ooxml import Package, Refused, open_package

from .docx_fonts import fonts_of, other_body, strangers
from .measured import MM, Unreadable, millimetres
from .media import DPI, address_fault
from .pages import MARGIN_OFF, SIZE_OFF, grid

LONG = 20
"""Rows from which on a table is likely to run over a page."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_TWIPS, _EMU = 20, 12700
_FIELD = re.compile(r"^\s*(?:PAGE)?REF\s+(\S+)")


@dataclass
class _Type:
    """Size of type with its tracking, and line pitch if it is exact. Points."""

    size: float = 10.0
    tracking: float = 0.0
    line: float | None = None


class _Word:
    """The parts of a document that are measured."""

    def __init__(self, name: str, package: Package) -> None:
        self.name, self.package = name, package
        self.main = package.main
        self.root: Any = package.tree(self.main)
        self.relations = package.relations(self.main)
        self.order = {p: n for n, p in enumerate(self.root.iter(f"{_W}p"), 1)}

    def tree(self, name: str) -> Any:
        """A part beside the main one; None if there is none."""
        path = posixpath.join(posixpath.dirname(self.main), name)
        return self.package.tree(path) if path in self.package else None

    @cached_property
    def styles(self) -> dict[str, Any]:
        root = self.tree("styles.xml")
        return {} if root is None else {s.get(f"{_W}styleId"): s for s in root.iter(f"{_W}style")}

    @cached_property
    def body(self) -> _Type:
        """The look of the style in which most characters are set."""
        used: Counter[str] = Counter()
        for paragraph in self.root.iter(f"{_W}p"):
            name = paragraph.find(f"{_W}pPr/{_W}pStyle")
            length = sum(len(t.text or "") for t in paragraph.iter(f"{_W}t"))
            if next(paragraph.iterancestors(f"{_W}tbl"), None) is None:
                used["" if name is None else name.get(f"{_W}val")] += length
        default = next((key for key, style in self.styles.items() if _is_default(style)), "")
        style = used.most_common(1)[0][0] if used else ""
        return self._resolved(style or default)

    def _resolved(self, style: str) -> _Type:
        chain, seen = [], set()
        while style in self.styles and style not in seen:
            seen.add(style)
            chain.append(self.styles[style])
            base = self.styles[style].find(f"{_W}basedOn")
            style = base.get(f"{_W}val") if base is not None else ""
        root = self.tree("styles.xml")
        defaults = [] if root is None else list(root.iter(f"{_W}rPrDefault", f"{_W}pPrDefault"))
        made = _Type()
        for holder in [*defaults, *reversed(chain)]:
            size = holder.find(f"{_W}rPr/{_W}sz")
            tracking = holder.find(f"{_W}rPr/{_W}spacing")
            line = holder.find(f"{_W}pPr/{_W}spacing")
            if size is not None:
                made.size = _number(size.get(f"{_W}val")) / 2
            if tracking is not None:
                made.tracking = _number(tracking.get(f"{_W}val")) / _TWIPS
            if line is not None and line.get(f"{_W}line"):
                exact = line.get(f"{_W}lineRule") in ("exact", "atLeast")
                made.line = _number(line.get(f"{_W}line")) / _TWIPS if exact else None
        return made

    def found(self, code: str, element: Any = None, **args: str) -> Finding:
        """A finding at the paragraph that an element begins with or stands in."""
        place = Place(file=self.name)
        if element is not None:
            first = next(element.iter(f"{_W}p"), None)
            first = next(element.iterancestors(f"{_W}p"), None) if first is None else first
            place = Place(
                file=self.name, paragraph=None if first is None else self.order.get(first)
            )
        quote = args.pop("quote", "")[:80]
        return Finding(code=code, place=place, quote=quote, args=args, at=self.name)


def inspect_docx(
    name: str, content: bytes, style: Style | None
) -> tuple[list[tuple[str, str]], list[Finding]]:
    """Facts and findings of a Word document.

    Raises:
        Unreadable: it is no Word document, is encrypted, or is damaged.
    """
    try:
        with open_package(content, "docx") as package:
            word = _Word(name, package)
            rules = (
                _sections,
                _grid,
                _fonts,
                _tables,
                _numbers,
                _pictures,
                _links,
                _metadata,
            )
            findings = [finding for rule in rules for finding in rule(word, style)]
            return _facts(word), findings
    except Refused as refused:
        raise Unreadable(f"读不了 {name}：{refused.reason}。{refused.advice}") from refused


def _facts(word: _Word) -> list[tuple[str, str]]:
    tables = list(word.root.iter(f"{_W}tbl"))
    repeated = sum(next(t.iter(f"{_W}tblHeader"), None) is not None for t in tables)
    body = word.body
    line = f"，行距 {body.line:g} 磅" if body.line else ""
    return [
        ("段落", str(len(word.order))),
        ("正文", f"{body.size + body.tracking:g} 磅{line}"),
        ("表", f"{len(tables)} 个，设有重复标题行的 {repeated} 个"),
        ("图片", str(sum(1 for _ in word.root.iter(f"{_A}blip")))),
    ]


def _sections(word: _Word, style: Style | None) -> Iterator[Finding]:
    """RK710, RK711: paper and margins of each section against the look."""
    if style is None:
        return
    page, told = style.page, set[tuple[str, float]]()
    for section in word.root.iter(f"{_W}sectPr"):
        size, margins = section.find(f"{_W}pgSz"), section.find(f"{_W}pgMar")
        if size is None or margins is None:
            continue
        width, height = (_mm(size, key) for key in ("w", "h"))
        wide = width > height
        off = max(abs(min(width, height) - page.width), abs(max(width, height) - page.height))
        value = f"{width:.0f} mm × {height:.0f} mm"
        if off > SIZE_OFF and ("size", width) not in told:
            told.add(("size", width))
            wanted = f"{page.width:g} mm × {page.height:g} mm"
            yield word.found("RK710", section, value=value, limit=wanted)
        if wide:
            continue
        for key, side, limit in (
            ("top", "上边距", page.top), ("bottom", "下边距", page.bottom),
            ("left", "左（内）边距", page.inside), ("right", "右（外）边距", page.outside),
        ):  # fmt: skip
            measured = _mm(margins, key)
            if abs(measured - limit) > MARGIN_OFF and (key, measured) not in told:
                told.add((key, measured))
                yield word.found("RK711", section, side=side, value=f"{measured:.1f} mm",
                                 limit=f"{limit:g} mm（±{MARGIN_OFF:.0f} mm）")  # fmt: skip


def _grid(word: _Word, style: Style | None) -> Iterator[Finding]:
    """RK712: lines a page and characters a line, as size and pitch of the body give them."""
    wanted = grid(style) if style else None
    if style is None or wanted is None:
        return
    body, page = word.body, style.page
    pitch = body.size + body.tracking
    if abs(pitch - style.texts["body"].size) > 0.3:
        size = style.texts["body"].size
        yield word.found("RK712", what="正文字号", value=f"{pitch:g} 磅", limit=f"{size:g} 磅")
        return
    rows = int((page.height - page.top - page.bottom) * MM / body.line + 0.02) if body.line else 0
    if rows != wanted[0]:
        value = f"{rows} 行" if rows else "不定（行距不是固定值）"
        yield word.found("RK712", what="每面行数", value=value, limit=f"{wanted[0]} 行")


def _fonts(word: _Word, style: Style | None) -> Iterator[Finding]:
    """RK712, RK713: the body in another font than the look's; fonts that others do not have."""
    fonts = fonts_of(word.root, word.styles, word.tree("styles.xml"))
    other = other_body(fonts, style) if style is not None else None
    if other is not None:
        yield word.found("RK712", what="正文字体", value=other[0], limit=other[1])
    for name, run in strangers(fonts, word.tree("fontTable.xml")):
        made = word.found("RK713", run, font=name, value="没有嵌入，别的电脑上多半没有",
                          limit="用常见的字体，或嵌入")  # fmt: skip
        yield made.model_copy(update={"severity": Severity.WARNING})


def _tables(word: _Word, style: Style | None) -> Iterator[Finding]:
    """RK718: long tables whose first row is not repeated on further pages."""
    for table in word.root.iter(f"{_W}tbl"):
        rows = table.findall(f"{_W}tr")
        if len(rows) <= LONG or _on(rows[0].find(f"{_W}trPr/{_W}tblHeader")):
            continue
        first = "".join(text.text or "" for text in rows[0].iter(f"{_W}t"))
        yield word.found("RK718", table, header=first[:20], rows=str(len(rows)), quote=first)


def _numbers(word: _Word, style: Style | None) -> Iterator[Finding]:
    """RK720: no page number in any header or footer."""
    texts = []
    for relation in word.relations.values():
        if relation.kind in ("footer", "header") and relation.target in word.package:
            root: Any = word.package.tree(relation.target)
            texts += [x.text or "" for x in root.iter(f"{_W}instrText")]
            texts += [x.get(f"{_W}instr") or "" for x in root.iter(f"{_W}fldSimple")]
    if not any(text.split()[:1] == ["PAGE"] for text in texts):
        yield word.found("RK720", what="没有页码", value="无", limit="每页有页码")


def _pictures(word: _Word, style: Style | None) -> Iterator[Finding]:
    """RK722: pictures with too few pixels for their printed size."""
    for frame in word.root.iter(f"{_WP}inline", f"{_WP}anchor"):
        blip, extent = next(frame.iter(f"{_A}blip"), None), frame.find(f"{_WP}extent")
        relation = word.relations.get(blip.get(f"{_R}embed") or "") if blip is not None else None
        if relation is None or relation.external or extent is None:
            continue
        pixels = _pixels(word.package, relation.target)
        width, height = (_number(extent.get(key)) / _EMU for key in ("cx", "cy"))
        if pixels is None or min(width, height) < 10 * MM:
            continue
        dpi = round(min(pixels[0] / width, pixels[1] / height) * 72)
        if dpi < DPI:
            size = (
                f"{pixels[0]}×{pixels[1]} 像素，印成 {millimetres(width)} × {millimetres(height)}"
            )
            yield word.found("RK722", frame, what=size, value=f"{dpi} dpi", limit=f"{DPI} dpi")


def _pixels(package: Package, name: str) -> tuple[int, int] | None:
    from PIL import Image

    try:
        with Image.open(io.BytesIO(package.read(name))) as image:
            return image.size
    except (Refused, OSError, ValueError, Image.DecompressionBombError):
        return None


def _links(word: _Word, style: Style | None) -> Iterator[Finding]:
    """RK723: references to bookmarks that are not there, addresses that nobody else can open."""
    marks = {mark.get(f"{_W}name") for mark in word.root.iter(f"{_W}bookmarkStart")}
    for link in word.root.iter(f"{_W}hyperlink"):
        anchor, key = link.get(f"{_W}anchor"), link.get(f"{_R}id")
        relation = word.relations.get(key or "")
        if key and relation is not None:
            if reason := address_fault(relation.target):
                yield word.found("RK723", link, what=relation.target[:80], reason=reason)
        elif anchor and anchor not in marks and anchor != "_top":
            text = "".join(t.text or "" for t in link.iter(f"{_W}t"))
            yield word.found("RK723", link, what=text[:40] or anchor, reason="没有去处")
    for field in word.root.iter(f"{_W}instrText"):
        target = _FIELD.match(field.text or "")
        if target and target[1] not in marks:
            yield word.found(
                "RK723", field, what=(field.text or "").strip()[:40], reason="没有去处"
            )


def _metadata(word: _Word, style: Style | None) -> Iterator[Finding]:
    """RK724: no title, or no language for Chinese text."""
    core = next((r.target for r in word.package.relations().values()
                 if r.kind == "core-properties"), "")  # fmt: skip
    title = ""
    if core in word.package:
        title = word.package.tree(core).findtext("{http://purl.org/dc/elements/1.1/}title") or ""
    if not title.strip():
        yield word.found("RK724", what="文档标题")
    root = word.tree("styles.xml")
    languages = [] if root is None else [x.get(f"{_W}eastAsia") for x in root.iter(f"{_W}lang")]
    if not any(language and language.lower().startswith("zh") for language in languages):
        yield word.found("RK724", what="语言（应为 zh-CN）")


def _is_default(style: Any) -> bool:
    return bool(style.get(f"{_W}default") == "1" and style.get(f"{_W}type") == "paragraph")


def _on(element: Any) -> bool:
    return element is not None and element.get(f"{_W}val") not in ("0", "false", "off")


def _number(value: str | None) -> float:
    try:
        return float(value or 0)
    except ValueError:
        return 0.0


def _mm(element: Any, key: str) -> float:
    return _number(element.get(f"{_W}{key}")) / _TWIPS / MM
