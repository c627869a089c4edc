"""Numbers as authors type them before headings and items, and what family they are of."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from .. import claims


class Form(StrEnum):
    """The families of typed numbers, from the highest level to the lowest."""

    CHAPTER = "第一章"
    SECTION = "第一节"
    CHINESE = "一、"
    CHINESE_BRACKETS = "（一）"
    ARABIC = "1."
    DECIMAL_2 = "1.1"
    DECIMAL_3 = "1.1.1"
    DECIMAL_4 = "1.1.1.1"
    BRACKETS = "（1）"
    HALF_BRACKET = "1）"
    CIRCLED = "①"


DECIMALS = (Form.DECIMAL_2, Form.DECIMAL_3, Form.DECIMAL_4)
_CN = "〇零一二三四五六七八九"
_NARROW = str.maketrans("０１２３４５６７８９．", "0123456789.")
_UNITS = {"十": 10, "百": 100}
_BARE = re.compile(r"([1-9]\d?)[ \u3000\u00a0]+(?=[\u4e00-\u9fff“《「])")
_FORMS = (
    (Form.CHAPTER, re.compile(r"第([\d〇零一二三四五六七八九十百]+)(?:部分|[章部编篇讲])[、:.]?")),
    (Form.SECTION, re.compile(r"第([\d〇零一二三四五六七八九十百]+)节[、:.]?")),
    (Form.CHINESE, re.compile(r"([〇零一二三四五六七八九十百]+)[、.,:]?")),
    (Form.CHINESE_BRACKETS, re.compile(r"[(\[〔]([〇零一二三四五六七八九十百]+)[)\]〕][、.]?")),
    (Form.ARABIC, re.compile(r"(\d+)[、.,:]?")),
    (Form.BRACKETS, re.compile(r"\((\d+)\)[、.]?")),
    (Form.HALF_BRACKET, re.compile(r"(\d+)\)")),
)
_DOTTED = re.compile(r"(\d+(?:\.\d+)+)[、.]?")


@dataclass(frozen=True, slots=True)
class Typed:
    """A number at the start of a text. ``end`` is where the wording begins behind it."""

    form: Form
    values: tuple[int, ...]
    text: str
    end: int

    @property
    def own(self) -> int:
        """The number among siblings."""
        return self.values[-1]


def typed(text: str) -> Typed | None:
    """The number with which ``text`` begins, if it is one and not part of the wording."""
    number, end = claims.heading(text.translate(_NARROW))
    return None if number is None else parse(text[: len(number)], end)


def parse(number: str, end: int = 0) -> Typed | None:
    """A number that stands by itself, such as an automatic one."""
    bare = "".join(number.split())
    if len(bare) == 1 and unicodedata.category(bare) == "No":
        return Typed(Form.CIRCLED, (int(unicodedata.numeric(bare)),), number, end)
    bare = unicodedata.normalize("NFKC", bare)
    if found := _DOTTED.fullmatch(bare):
        values = tuple(int(part) for part in found[1].split("."))
        if len(values) <= 4:
            return Typed(DECIMALS[len(values) - 2], values, number, end)
        return None
    for form, pattern in _FORMS:
        if found := pattern.fullmatch(bare):
            value = integer(found[1])
            return Typed(form, (value,), number, end) if value else None
    return None


def integer(text: str) -> int:
    """The value of digits or Chinese numerals: 12, 十二, 一二."""
    if text.isdecimal():
        return int(text[:9])
    if not set(text) & _UNITS.keys():
        return int("".join(str(max(0, _CN.index(char) - 1)) for char in text)[:9])
    total = digit = 0
    for char in text:
        if char in _UNITS:
            total += (digit or 1) * _UNITS[char]
            digit = 0
        else:
            digit = max(0, _CN.index(char) - 1)
    return total + digit
