"""Codes of organisations."""

import pytest

from reportkit.checks.codes import credit_check, province_of


def test_check_character_of_a_credit_code() -> None:
    assert credit_check("91350200MA2YJ1XR9G") == "G"
    assert credit_check("91350203M0001QAY9B") == "9"


@pytest.mark.parametrize("code", ["", "9135020", "91350200MA2YJ1XRIG", "91350200ma2yj1xr9g"])
def test_what_is_no_credit_code_has_no_check_character(code: str) -> None:
    assert credit_check(code) is None


def test_province_of_a_school_code() -> None:
    assert province_of("4111010001") == "11"
    assert province_of("4199010001") is None
    assert province_of("41110") is None
    assert province_of(None) is None
