"""Numerals as they stand in Chinese official prose, found with their exact place.

Arabic digits may be full-width, grouped (``12,345``), split by blanks (``12 345 人``) or carry a
glued footnote mark (``76所²``, which is no digit here). Chinese numerals are read strictly: what is
not a well-formed number (``十四五``) has no value.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_WIDE = "０１２３４５６７８９．％：∶／＋～〜－−–﹣（）\u00a0\u2002\u2003\u2009\u202f\u3000\t"
_NARROW = "0123456789.%::/+~~----()       "
_FOLD = str.maketrans(_WIDE, _NARROW)

CHINESE_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
MAGNITUDES = {char: Decimal(value) for char, value in (_SMALL | _LARGE).items()}

_GROUPED = r"\d{1,3}(?:,\d{3})+(?![\d,])"
_SPLIT = r"(?<![\d.] )[1-9](?:\d{0,2}(?: \d{3})+|(?: \d){2,})(?=\.\d| ?[\u4e00-\u9fff%])"
_ARABIC = re.compile(rf"(?<![\d.])(?:{_GROUPED}|{_SPLIT}|\d+)(?:\.\d+)?")
_CHINESE = re.compile("[零〇一二两三四五六七八九十百千万亿]+")


def fold(text: str) -> str:
    """``text`` with full-width digits and signs made narrow, character for character."""
    return text.translate(_FOLD)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number without sign and unit. ``step`` is the worth of its last digit shown."""

    start: int
    end: int
    value: Decimal
    step: Decimal
    chinese: bool = False


def arabic(text: str) -> Iterator[Numeral]:
    """Numbers in digits of a folded text, from left to right."""
    for found in _ARABIC.finditer(text):
        digits = found[0].replace(",", "").replace(" ", "")
        value = Decimal(digits)
        exponent = value.as_tuple().exponent
        assert isinstance(exponent, int)
        yield Numeral(found.start(), found.end(), value, Decimal(1).scaleb(exponent))


def chinese(text: str) -> Iterator[Numeral]:
    """Well-formed numbers in Chinese characters, from left to right."""
    for found in _CHINESE.finditer(text):
        value = chinese_value(found[0])
        if value is not None:
            yield Numeral(found.start(), found.end(), Decimal(value), Decimal(1), chinese=True)


def chinese_value(text: str) -> int | None:
    """The value of a Chinese numeral: 三十二 → 32, 两千 → 2000; None for 十四五, 三四, 百十."""
    total, section, digit, bound = 0, 0, None, 10**4
    for char in text:
        if char in CHINESE_DIGITS:
            if digit is not None and digit != 0:
                return None
            digit = CHINESE_DIGITS[char]
        elif char in _SMALL:
            worth = _SMALL[char]
            if worth >= bound or digit == 0:
                return None
            if digit is None and (worth != 10 or section) and text[0] != char:
                return None
            section += (1 if digit is None else digit) * worth
            digit, bound = None, worth
        else:
            section += digit or 0
            if not section and not total:
                return None
            total = (total + section) * _LARGE[char] if char == "亿" else total + section * 10**4
            section, digit, bound = 0, None, 10**4
    value = total + section + (digit or 0)
    return value if value or text in {"零", "〇"} else None
