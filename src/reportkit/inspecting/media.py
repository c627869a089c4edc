"""Rules on fonts, pictures, links and what the file says about itself."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

from reportkit.model.diagnostic import Finding
from reportkit.model.style import Style

from .measured import MM, Measured
from .pages import found

DPI = 150
"""Pixels an inch below which a printed picture shows its pixels."""
_SMALL = 10 * MM
_LENT, _OWN = 4, 5
"""Characters of a stretch that may be lent, and lines from which on a font has a use of its own."""
_BLANK = re.compile(r"[\s_,\-]")
_WEIGHT = re.compile(r"(?:regular|bold|mt|light|medium|black|roman|italic)+$")
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


def fonts_mixed(measured: Measured, style: Style | None) -> Iterator[Finding]:
    """RK725: Chinese characters lent by another font, in the middle of a line of body text."""
    usual, lent = measured.body_font, dict[str, tuple[int, str, list[str]]]()
    lines = Counter(line.font for line in measured.all_lines())
    own = {family(usual)} | {family(font) for font, count in lines.items() if count >= _OWN}
    for sheet in measured.sheets:
        for line in sheet.text:
            for font, text in line.others if line.font == usual else ():
                if len(text) <= _LENT and family(font) not in own and all(map(_word, text)):
                    lent.setdefault(font, (sheet.index, line.text, []))[2].append(text)
    for font, (page, quote, texts) in lent.items():
        characters = "".join(dict.fromkeys("".join(texts)))[:30]
        yield found("RK725", measured, page, characters=characters, font=font, usual=usual,
                    quote=quote)  # fmt: skip


def _word(char: str) -> bool:
    """Whether it is a Chinese character, not a mark."""
    return char > "\u2e7f" and char.isalpha()


def family(font: str) -> str:
    """A font's family as far as names in files tell it: no blanks, no weight."""
    return _WEIGHT.sub("", _BLANK.sub("", font.casefold()))


def body_font_other(measured: Measured, style: Style | None) -> Iterator[Finding]:
    """RK712: body text in a font that is none of those which the look names for it."""
    if style is None or not measured.body_font:
        return
    font = style.fonts[style.texts["body"].font]
    names = {family(name) for name in (font.word, font.word_alt or "", *font.families)}
    if family(measured.body_font) not in names:
        yield found("RK712", measured, what="正文字体", value=measured.body_font, limit=font.word)


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
