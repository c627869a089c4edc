"""Numerals that headings, captions and footnotes are counted with."""

_DIGITS = "零一二三四五六七八九"
_PLACES = ((1000, "千"), (100, "百"), (10, "十"))
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_CIRCLED = ((1, 20, 0x2460), (21, 35, 0x3251), (36, 50, 0x32B1))


def chinese(number: int) -> str:
    """``number`` (1 … 9999) in Chinese numerals as lists count: 十, 十一, 二十, 一百零三.

    Greater or smaller numbers come back in Arabic digits.
    """
    if not 1 <= number <= 9999:
        return str(number)
    text, rest, gap = "", number, False
    for place, name in _PLACES:
        digit, rest = divmod(rest, place)
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + name
            gap = False
        else:
            gap = bool(text)
    if rest:
        text += ("零" if gap and text else "") + _DIGITS[rest]
    return text.removeprefix("一") if 10 <= number <= 19 else text


def roman(number: int) -> str:
    """``number`` (1 … 3999) in Roman numerals; others in Arabic digits."""
    if not 1 <= number <= 3999:
        return str(number)
    text = ""
    for value, sign in _ROMAN:
        times, number = divmod(number, value)
        text += sign * times
    return text


def circled(number: int) -> str:
    """``number`` (1 … 50) as one circled character: ①; others in Arabic digits in brackets."""
    for first, last, code in _CIRCLED:
        if first <= number <= last:
            return chr(code + number - first)
    return f"({number})"
