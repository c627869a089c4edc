"""Numbers as Word's number formats write them (ECMA-376 part 1, 17.18.59 ST_NumberFormat)."""

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LARGEST = 99_999


def rendered(number: int, form: str, pattern: str = "") -> str:
    """``number`` in a number format; ``pattern`` belongs to the format ``custom`` (``001, …``).

    Formats of other languages are written in digits, as Word does where they do not reach.
    """
    if form in ("none", "bullet"):
        return ""
    if not 0 <= number <= _LARGEST:
        return str(number)
    if form == "custom":
        return str(number).zfill(len(pattern.split(",")[0].strip()))
    made = _FORMS[form](number) if form in _FORMS else ""
    return made or str(number)


def _chinese(number: int, digits: str, units: str, *, short_ten: bool) -> str:
    """``number`` with units: 一百二十; ``short_ten`` writes 十二, not 一十二."""
    if number == 0:
        return digits[0]
    made, skipped = "", False
    for power, digit in zip(range(4, -1, -1), f"{number:05d}", strict=True):
        if digit == "0":
            skipped = bool(made)
            continue
        if skipped:
            made, skipped = made + "零", False
        made += digits[int(digit)] + (units[power - 1] if power else "")
    one_ten = digits[1] + units[0]
    return made[1:] if short_ten and made.startswith(one_ten) and number < 20 else made


def _thousand(number: int) -> str:
    return _chinese(number, _DIGITS, "十百千万", short_ten=True).replace("〇", "零")


def _counting(number: int) -> str:
    """Up to 99 with 十, from 100 on digit by digit."""
    return _thousand(number) if number < 100 else _digital(number)


def _legal(number: int) -> str:
    return _chinese(number, _LEGAL, "拾佰仟萬", short_ten=False).replace("萬", "万")


def _digital(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _roman(number: int) -> str:
    made = ""
    for size, letters in _ROMAN:
        count, number = divmod(number, size)
        made += letters * count
    return made if len(made) < 40 else ""


def _letters(number: int) -> str:
    """a … z, aa … zz, aaa …: one letter repeated."""
    if number == 0 or number > 26 * 30:
        return ""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)] if 0 < number <= len(signs) else ""


def circled(number: int) -> str:
    """① … ㊿, or nothing."""
    for first, last, sign in ((1, 20, "①"), (21, 35, "㉑"), (36, 50, "㊱")):
        if first <= number <= last:
            return chr(ord(sign) + number - first)
    return "⓪" if number == 0 else ""


def _from(sign: str, last: int) -> Callable[[int], str]:
    return lambda number: chr(ord(sign) + number - 1) if 0 < number <= last else ""


def _wide(number: int) -> str:
    return "".join(chr(ord("０") + int(digit)) for digit in str(number))


def _sexagenary(number: int) -> str:
    at = number - 1
    return _STEMS[at % 10] + _BRANCHES[at % 12] if 0 < number <= 60 else ""


_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda number: f"{number:02d}",
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "chineseCounting": _counting,
    "taiwaneseCounting": _counting,
    "chineseCountingThousand": _thousand,
    "taiwaneseCountingThousand": _thousand,
    "japaneseCounting": _thousand,
    "koreanCounting": _thousand,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal,
    "japaneseLegal": _legal,
    "ideographDigital": _digital,
    "japaneseDigitalTenThousand": _digital,
    "taiwaneseDigital": _digital,
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "ideographZodiacTraditional": _sexagenary,
    "decimalEnclosedCircle": circled,
    "decimalEnclosedCircleChinese": circled,
    "decimalEnclosedFullstop": _from("⒈", 20),
    "decimalEnclosedParen": _from("⑴", 20),
    "ideographEnclosedCircle": _from("㊀", 10),
    "decimalFullWidth": _wide,
    "decimalFullWidth2": _wide,
    "numberInDash": lambda number: f"- {number} -",
}
