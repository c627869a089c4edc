from hypothesis import given
from hypothesis import strategies as st

from reportkit.composing.numerals import chinese, circled, roman

DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")}
PLACES = {"十": 10, "百": 100, "千": 1000}


def read_chinese(text: str) -> int:
    """The number that a Chinese numeral says, by the rules of reading aloud."""
    total, digit = 0, None
    for char in text:
        if char in PLACES:
            total += (1 if digit is None else digit) * PLACES[char]
            digit = None
        elif char != "零":
            digit = DIGITS[char]
    return total + (digit or 0)


def read_roman(text: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}[c] for c in text]
    return sum(
        -now if now < after else now for now, after in zip(values, [*values[1:], 0], strict=True)
    )


@given(st.integers(1, 9999))
def test_chinese_numerals_say_their_number(number: int) -> None:
    text = chinese(number)
    assert read_chinese(text) == number
    assert "零零" not in text
    assert not text.endswith("零")


def test_chinese_numerals_are_unique() -> None:
    assert len({chinese(number) for number in range(1, 10000)}) == 9999


def test_chinese_numerals_read_as_lists_count() -> None:
    known = {
        1: "一",
        10: "十",
        11: "十一",
        20: "二十",
        21: "二十一",
        100: "一百",
        101: "一百零一",
        110: "一百一十",
        111: "一百一十一",
        1000: "一千",
        1001: "一千零一",
        1010: "一千零一十",
        1100: "一千一百",
        9999: "九千九百九十九",
    }
    assert {number: chinese(number) for number in known} == known
    assert chinese(0) == "0"
    assert chinese(10000) == "10000"


@given(st.integers(1, 3999))
def test_roman_numerals_say_their_number(number: int) -> None:
    assert read_roman(roman(number)) == number


def test_circled_numbers_are_one_character_up_to_fifty() -> None:
    assert [circled(number) for number in (1, 20, 21, 35, 36, 50)] == list("①⑳㉑㉟㊱㊿")
    assert circled(51) == "(51)"
