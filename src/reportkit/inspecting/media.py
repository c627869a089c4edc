"""Rules on fonts, pictures, links and what the file says about itself."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from reportkit.model.diagnostic import Finding
from reportkit.model.style import Style

from .measured import MM, Measured
from .pages import found

DPI = 150
"""Pixels an inch below which a printed picture shows its pixels."""
_SMALL = 10 * MM
_SCHEMES = ("http", "https", "mailto")


def fonts_missing(measured: Measured, style: Style | None) -> Iterator[Finding]:
    """RK713: fonts that are not in the file, so that each machine shows another one."""
    for name in sorted({font.name for font in measured.fonts if not font.embedded}):
        page = next(
            (s.index for s in measured.sheets if any(x.font == name for x in s.lines)), None
        )
        yield found("RK713", measured, page, font=name, value="未嵌入", limit="嵌入")


def glyphs_missing(measured: Measured, style: Style | None) -> Iterator[Finding]:
    """RK714: characters that a font does not have: they print as boxes, or not at all."""
    missing = {(char, font.name) for font in measured.fonts for char in font.unshown}
    for sheet in measured.sheets:
        for line in sheet.lines:
            missing |= {(char, line.font) for char in line.text if char == "�"}
            for char, font in sorted(missing):
                if font == line.font and char in line.text:
                    missing.discard((char, font))
                    yield found("RK714", measured, sheet.index, characters=char, font=font,
                                quote=line.text)  # fmt: skip
    for char, font in sorted(missing):
        yield found("RK714", measured, characters=char, font=font)


def pictures_coarse(measured: Measured, style: Style | None) -> Iterator[Finding]:
    """RK722: pictures with too few pixels for their printed size."""
    for sheet in measured.sheets:
        for picture in sheet.pictures:
            if min(picture.width, picture.height) >= _SMALL and picture.dpi < DPI:
                wide = f"{picture.width / MM:.0f} mm × {picture.height / MM:.0f} mm"
                size = f"{picture.pixels[0]}×{picture.pixels[1]}"
                yield found(
                    "RK722", measured, sheet.index, value=f"{picture.dpi} dpi",
                    limit=f"{DPI} dpi", what=f"{size} 像素，印成 {wide}",
                )  # fmt: skip


def links_broken(measured: Measured, style: Style | None) -> Iterator[Finding]:
    """RK723: links within the file that lead nowhere, or to a file of the writer's machine."""
    for sheet in measured.sheets:
        for link in sheet.links:
            if link.page is not None:
                continue
            if reason := address_fault(link.address):
                yield found("RK723", measured, sheet.index, what=link.address[:80] or "文内链接",
                            reason=reason)  # fmt: skip


def address_fault(address: str) -> str:
    """What is wrong with a link's address; empty if nothing is."""
    if not address:
        return "没有去处"
    try:
        parts = urlsplit(address)
    except ValueError:
        return "网址写法不对"
    if parts.scheme not in _SCHEMES:
        return "指向本机的文件，别人打不开"
    if parts.scheme != "mailto" and "." not in parts.netloc:
        return "网址不完整"
    return ""


def metadata_missing(measured: Measured, style: Style | None) -> Iterator[Finding]:
    """RK724: no title, language or tags: screen readers and archives need them."""
    for what, there in (
        ("文档标题", measured.title.strip()),
        ("语言（应为 zh-CN）", measured.language),
        ("标签（Tagged PDF）", measured.tagged),
    ):
        if not there:
            yield found("RK724", measured, what=what)
