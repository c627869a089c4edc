"""Codes of organisations: their parts and check characters."""

from __future__ import annotations

_PROVINCES = (
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 "
    "50 51 52 53 54 61 62 63 64 65 71 81 82"
)
PROVINCES = frozenset(_PROVINCES.split(" "))
"""First two digits of GB/T 2260."""
_CLASSES = "11 21 22 31 32 33 34 35 36 37 41 42 51 91 92 93"
CLASSES = frozenset(_CLASSES.split(" "))
"""First two digits of a school (institution) code: the class of institution."""
_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def credit_check(code: str) -> str | None:
    """The check character that belongs to a unified social credit code (GB 32100-2015).

    None if the code has not 18 characters of the code's alphabet (no I, O, S, V, Z).
    """
    if len(code) != 18 or any(char not in _LETTERS for char in code):
        return None
    total = sum(
        _LETTERS.index(char) * weight for char, weight in zip(code[:17], _WEIGHTS, strict=True)
    )
    return _LETTERS[-total % 31]


def province_of(school_code: str | None) -> str | None:
    """The province in a school code of ten digits; None if it is not one."""
    if school_code and len(school_code) == 10 and school_code[2:4] in PROVINCES:
        return school_code[2:4]
    return None
