"""Would Word count the same number? Simulates its lists before a number is left to them.

A number stays text unless the simulation shows exactly what the report says, so that a visible
number can never differ from the composed one.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from reportkit.composing.numerals import chinese, circled, roman

LEVELS = 9
_CIRCLED = {circled(n): n for n in range(1, 11)}
_NUMERAL = re.compile(rf"\d+|[一二三四五六七八九十]+|[IVXL]+(?![A-Za-z])|[{''.join(_CIRCLED)}]")
_CHINESE = {chinese(n): n for n in range(1, 100)}
_ROMAN = {roman(n): n for n in range(1, 90)}
_SHOW: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "chineseCountingThousand": chinese,
    "upperRoman": roman,
    "decimalEnclosedCircleChinese": circled,
}


@dataclass(frozen=True)
class Form:
    """The form of the numbers of one level.

    ``text`` is Word's pattern, ``（%2）`` or ``%1.%2 ``; ``shown`` are the levels in it, from 0.
    """

    format: str
    text: str
    shown: tuple[int, ...]


@dataclass(frozen=True)
class Read:
    """A printed number taken apart: its form, and the values from the outermost shown level in."""

    form: Form
    values: tuple[int, ...]


def read(number: str, level: int) -> Read | None:
    """Take apart the number of an object of ``level`` (from 1), or None if lists cannot make it."""
    found = list(_NUMERAL.finditer(number))
    if not found or len(found) > level or "%" in number:
        return None
    pieces = [_value(match[0]) for match in found]
    if any(piece is None for piece in pieces):
        return None
    formats = [piece[0] for piece in pieces if piece]
    values = tuple(piece[1] for piece in pieces if piece)
    if len(pieces) > 1 and set(formats) != {"decimal"}:
        return None
    shown = tuple(range(level - len(found), level))
    text, end = "", 0
    for match, index in zip(found, shown, strict=True):
        text += number[end : match.start()] + f"%{index + 1}"
        end = match.end()
    return Read(Form(formats[-1], text + number[end:], shown), values)


def _value(numeral: str) -> tuple[str, int] | None:
    if numeral.isascii() and numeral.isdigit():
        plain = str(int(numeral)) == numeral and int(numeral) <= 32767
        return ("decimal", int(numeral)) if plain else None
    for format_, table in (
        ("chineseCountingThousand", _CHINESE),
        ("upperRoman", _ROMAN),
        ("decimalEnclosedCircleChinese", _CIRCLED),
    ):
        if numeral in table:
            return format_, table[numeral]
    return None


@dataclass
class MultiLevel:
    """A multilevel list: the forms of its levels, and counters that count as Word's do.

    A level begins again after a paragraph of a level above; a level that is shown but has not
    been counted yet shows its start.
    """

    forms: dict[int, Form] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)
    _counters: dict[int, int] = field(default_factory=dict)

    def makes(self, form: Form) -> bool:
        """Whether the levels above that the form shows are counted, and look as it shows them.

        1.1 below 第一章 is text: Word could show the 1 (``w:isLgl``), other programs show 一.1.
        """
        above = [self.forms.get(index + 1) for index in form.shown[:-1]]
        return all(other is not None and other.format == form.format for other in above)

    def learn(self, level: int, number: Read) -> bool:
        """Take the form for a level that has none yet; tell whether the number has its form."""
        if level not in self.forms:
            self.forms[level] = number.form
            self.starts[level] = number.values[-1] if level == 1 else 1
        return self.forms[level] == number.form

    def would_show(self, level: int) -> str:
        """The number that the next paragraph of ``level`` would get."""
        text = self.forms[level].text
        for index in self.forms[level].shown:
            shown = index + 1
            value = self._next(level) if shown == level else self._counters.get(shown, 1)
            text = text.replace(f"%{shown}", _SHOW[self.forms[shown].format](value))
        return text

    def _next(self, level: int) -> int:
        before = self._counters.get(level)
        return self.starts.get(level, 1) if before is None else before + 1

    def count(self, level: int) -> None:
        """Count a paragraph of ``level``."""
        self._counters[level] = self._next(level)
        for above in range(1, level):
            self._counters.setdefault(above, self.starts.get(above, 1))
        for below in range(level + 1, LEVELS + 1):
            self._counters.pop(below, None)

    def take(self, level: int, number: str) -> bool:
        """Count the paragraph if the list would show exactly ``number``."""
        taken = read(number, level)
        if taken is None or not self.makes(taken.form) or not self.learn(level, taken):
            return False
        if self.would_show(level) != number:
            return False
        self.count(level)
        return True
