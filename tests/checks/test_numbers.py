"""Typed numbers: what they say, and where a sequence of them breaks off."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportkit.checks.numbers import (
    Fault,
    Number,
    ObjectNumber,
    Style,
    breaks,
    heading_number,
    object_number,
)
from reportkit.composing.numerals import chinese, circled, roman

HEADINGS = {
    Style.CHAPTER: lambda n: f"第{chinese(n)}章",
    Style.CHINESE: lambda n: f"{chinese(n)}、",
    Style.CHINESE_BRACKETS: lambda n: f"（{chinese(n)}）",
    Style.DECIMAL: lambda n: f"{n}.",
    Style.BRACKETS: lambda n: f"（{n}）",
    Style.ROMAN: lambda n: f"{roman(n)}.",
}


@given(style=st.sampled_from(list(HEADINGS)), n=st.integers(1, 200))
def test_numbers_are_read_as_they_are_written(style: Style, n: int) -> None:
    number = heading_number(HEADINGS[style](n))
    if style is Style.ROMAN and n in (1, 5, 10, 50, 100):
        assert number is not None
    else:
        assert number == Number(style, (n,))
        assert number.with_own(n) == HEADINGS[style](n)


@given(st.integers(1, 50))
def test_circled_numbers(n: int) -> None:
    assert heading_number(circled(n)) == Number(Style.CIRCLED, (n,))


@given(st.lists(st.integers(1, 40), min_size=2, max_size=4))
def test_decimal_numbers(values: list[int]) -> None:
    text = ".".join(map(str, values))
    number = heading_number(text)
    assert number == Number(Style.DECIMAL, tuple(values))
    assert number.with_own(7) == ".".join(map(str, [*values[:-1], 7]))


@pytest.mark.parametrize("text", ["（一）", "(一)", "( 一 )", "（ 一 )"])
def test_width_and_blanks_do_not_count(text: str) -> None:
    assert heading_number(text) == Number(Style.CHINESE_BRACKETS, (1,))


@pytest.mark.parametrize("text", ["", "甲、", "2022年", "0.5", "一是", "A.1"])
def test_other_text_is_no_number(text: str) -> None:
    assert heading_number(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("表7-1", ObjectNumber("表", 7, 1)),
        ("图 5－8", ObjectNumber("图", 5, 8)),
        ("【案例1-10】", ObjectNumber("案例", 1, 10)),
        ("表一—2", ObjectNumber("表", 1, 2)),
        ("附表3", ObjectNumber("附表", None, 3)),
        ("案例二", ObjectNumber("案例", None, 2)),
    ],
)
def test_object_numbers(text: str, number: ObjectNumber) -> None:
    assert object_number(text) == number


SKIPPED, WRONG, DUPLICATE, MOVED = Fault.SKIPPED, Fault.WRONG, Fault.DUPLICATE, Fault.MOVED


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ([1, 2, 3], []),
        ([None, 2, None, 4], []),
        ([1, 2, 4], [(SKIPPED, 2)]),
        ([1, 2, 4, 5, 6], [(SKIPPED, 2)]),
        ([1, 2, 4, 5, 8, 9], [(SKIPPED, 2), (SKIPPED, 4)]),
        ([2, 3, 4], [(SKIPPED, 0)]),
        ([1, 2, 2, 3], [(DUPLICATE, 2)]),
        ([1, 2, 2, 4], [(DUPLICATE, 2)]),
        ([1, 9, 3, 4], [(WRONG, 1)]),
        ([1, 3, 3, 4], [(WRONG, 1)]),
        ([1, 3, 2, 4], [(WRONG, 1)]),
        ([2, 1, 3], [(WRONG, 0)]),
        ([1, 3, 4, 5, 2, 6], [(MOVED, 4)]),
        ([1, 3, 4, 5, 2, 6, 8, 9], [(MOVED, 4), (SKIPPED, 6)]),
        ([5, 1, 2, 3, 4, 6], [(MOVED, 0)]),
        ([1, None, 4, 5, 3, 6], [(MOVED, 4)]),
    ],
)
def test_breaks_are_told_once_for_each_cause(
    claims: list[int | None], expected: list[tuple[Fault, int]]
) -> None:
    found = list(breaks(claims, range(1, len(claims) + 1)))
    assert [(fault.fault, fault.index) for fault in found] == expected


@given(st.lists(st.one_of(st.none(), st.integers(1, 12)), max_size=12))
def test_there_is_a_break_where_and_only_where_a_claim_differs(claims: list[int | None]) -> None:
    numbers = range(1, len(claims) + 1)
    found = list(breaks(claims, numbers))
    differ = any(c is not None and c != n for c, n in zip(claims, numbers, strict=True))
    assert bool(found) == differ
