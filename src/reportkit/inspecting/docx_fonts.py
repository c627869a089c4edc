"""Fonts of a Word document: which Chinese font each piece of text names, and who has it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from reportkit.model.style import Style

from .media import family

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHINESE = re.compile("[㐀-鿿𠀀-𱍏]")
_SHORT = 12
"""Paragraphs with fewer Chinese characters say nothing about the body."""
_USUAL = (
    "宋体", "SimSun", "新宋体", "NSimSun", "黑体", "SimHei", "楷体", "KaiTi", "楷体_GB2312",
    "仿宋", "FangSong", "仿宋_GB2312", "隶书", "幼圆", "微软雅黑", "等线", "华文宋体",
    "华文仿宋", "华文楷体", "华文黑体", "华文中宋", "STSong", "STFangsong", "STKaiti",
    "STHeiti", "方正小标宋简体", "方正小标宋_GBK", "方正仿宋_GBK", "方正仿宋简体",
    "方正楷体_GBK", "方正楷体简体", "方正黑体_GBK", "方正黑体简体", "方正舒体", "方正姚体",
    "思源宋体", "思源黑体",
)  # fmt: skip
"""Chinese fonts that come with Windows, Office or WPS, or that offices buy for their documents."""
USUAL = frozenset(map(family, _USUAL))


@dataclass
class Fonts:
    """Characters by font, the first element in each, and those of running text."""

    characters: Counter[str] = field(default_factory=Counter)
    body: Counter[str] = field(default_factory=Counter)
    first: dict[str, Any] = field(default_factory=dict)

    @property
    def usual(self) -> str:
        """The font of most running text; empty where none is named."""
        return (self.body or self.characters or Counter({"": 1})).most_common(1)[0][0]


def fonts_of(root: Any, styles: dict[str, Any], defaults: Any) -> Fonts:
    """The Chinese fonts by name that the text of a document is set in.

    ``styles`` are the style elements by id, ``defaults`` is the root of styles.xml or None. Text
    that takes its font from a theme counts under the empty name.
    """
    made, known = Fonts(), dict[str, str]()
    standard = next((key for key, style in styles.items() if _default(style)), "")
    base = "" if defaults is None else _named(defaults.find(f"{_W}docDefaults/{_W}rPrDefault"))
    for paragraph in root.iter(f"{_W}p"):
        holder = paragraph.find(f"{_W}pPr/{_W}pStyle")
        style = standard if holder is None else holder.get(f"{_W}val", "")
        if style not in known:
            known[style] = _inherited(style, styles) or base
        counted: Counter[str] = Counter()
        for run in paragraph.iter(f"{_W}r"):
            text = "".join(item.text or "" for item in run.findall(f"{_W}t"))
            count = len(_CHINESE.findall(text))
            if count:
                font = _named(run) or _of_run_style(run, styles) or known[style]
                counted[font] += count
                made.first.setdefault(font, run)
        made.characters += counted
        if counted.total() >= _SHORT and next(paragraph.iterancestors(f"{_W}tbl"), None) is None:
            made.body += counted
    return made


def _named(holder: Any) -> str:
    """The Chinese font that an element's run properties name."""
    fonts = None if holder is None else holder.find(f"{_W}rPr/{_W}rFonts")
    return "" if fonts is None else fonts.get(f"{_W}eastAsia", "")


def _of_run_style(run: Any, styles: dict[str, Any]) -> str:
    holder = run.find(f"{_W}rPr/{_W}rStyle")
    return "" if holder is None else _inherited(holder.get(f"{_W}val", ""), styles)


def _inherited(style: str, styles: dict[str, Any]) -> str:
    seen = set[str]()
    while style in styles and style not in seen:
        seen.add(style)
        if found := _named(styles[style]):
            return found
        base = styles[style].find(f"{_W}basedOn")
        style = base.get(f"{_W}val", "") if base is not None else ""
    return ""


def _default(style: Any) -> bool:
    return bool(style.get(f"{_W}default") == "1" and style.get(f"{_W}type") == "paragraph")


def strangers(fonts: Fonts, table: Any) -> Iterator[tuple[str, Any]]:
    """Fonts that other machines are unlikely to have: (name, first run).

    ``table`` is the root of fontTable.xml or None: a font that is embedded, or for which another
    one is named, is none.
    """
    helped = set[str]()
    for font in () if table is None else table.iter(f"{_W}font"):
        other = font.find(f"{_W}altName")
        if font.find(f"{_W}embedRegular") is not None or (
            other is not None and family(other.get(f"{_W}val", "")) in USUAL
        ):
            helped.add(font.get(f"{_W}name", ""))
    for name in fonts.characters:
        if name and name not in helped and family(name) not in USUAL:
            yield name, fonts.first[name]


def other_body(fonts: Fonts, style: Style) -> tuple[str, str] | None:
    """(font of the body, the one that the look names), if it is none of those of the look."""
    wanted = style.fonts[style.texts["body"].font]
    names = {family(name) for name in (wanted.word, wanted.word_alt or "", *wanted.families)}
    if not fonts.characters or family(fonts.usual) in names:
        return None
    return fonts.usual or "随主题", wanted.word
