"""Exact places: finds what a finding quotes in the source text, and the lines to show."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from ..model.base import Place

REACH = 4000
"""Characters behind the place of a block in which its quote is looked for."""
LONGEST = 400
"""Characters that a quoted line may have."""
_COMPARED = 60
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


class Sources:
    """The text files of a submission, by line."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts
        self._starts: dict[str, list[int]] = {}

    def lines(self, file: str) -> list[int]:
        """Offsets at which the lines of a file begin."""
        if file not in self._starts:
            starts, at = [0], 0
            text = self._texts.get(file, "")
            while (at := text.find("\n", at) + 1) > 0:
                starts.append(at)
            self._starts[file] = starts
        return self._starts[file]

    def line(self, file: str, number: int) -> str | None:
        """Line ``number`` (from 1) without its end, or None if there is none."""
        text = self._texts.get(file)
        starts = self.lines(file)
        if text is None or not 1 <= number <= len(starts):
            return None
        end = starts[number] if number < len(starts) else len(text)
        return text[starts[number - 1] : end].rstrip("\r\n")

    def locate(self, place: Place, quote: str) -> tuple[Place, str]:
        """The exact place of ``quote``, and the quote as it stands in the source.

        Numbers of a quote may stand as ``{{ … }}`` in the source. A quote that is not there
        letter by letter gives way to the whole line, unless that holds such expressions; where the
        file is not text, place and quote stay as they are.
        """
        if place.line is None or (line := self.line(place.file, place.line)) is None:
            return place.bare, quote
        at = (place.column or 1) - 1
        if quote and line.startswith(quote, at):
            return _exact(place, place.line, at + 1), quote
        if quote:
            start = self.lines(place.file)[place.line - 1]
            text = self._texts[place.file]
            if place.column and _spread(quote).match(text, start + at):
                return _exact(place, place.line, place.column), quote
            found = text.find(quote, start, start + REACH)
            if found >= 0:
                row = text.count("\n", start, found)
                column = found - self.lines(place.file)[place.line - 1 + row]
                if row == 0 and place.column and column <= at < column + len(quote):
                    return _exact(place, place.line, place.column), quote
                return _exact(place, place.line + row, column + 1), quote
        if quote and "{{" in line:
            return self._bound(place, line, quote), quote
        shown = line.strip() if len(line) <= LONGEST else quote
        return _exact(place, place.line, place.column), shown

    def _bound(self, place: Place, line: str, quote: str) -> Place:
        """Where a quote begins whose numbers expressions print, from the place on if it can be."""
        assert place.line is not None
        spots = [found.start() + 1 for found in _with_expressions(quote).finditer(line)]
        behind = [spot for spot in spots if spot >= (place.column or 1)]
        column = behind[0] if behind else spots[-1] if spots else place.column
        return _exact(place, place.line, column)


@lru_cache(maxsize=256)
def _spread(quote: str) -> re.Pattern[str]:
    """Finds a quote that runs over several lines, or that has more escapes or fewer blanks."""
    letters = [char for char in quote if not char.isspace() and char != "\\"][:_COMPARED]
    return re.compile(r"\s*".join(map(re.escape, letters)) if letters else r"(?!)")


@lru_cache(maxsize=256)
def _with_expressions(quote: str) -> re.Pattern[str]:
    """Finds a quote in a line of which any number may be an expression."""
    parts = _NUMBER.split(quote[:LONGEST])
    numbers = _NUMBER.findall(quote[:LONGEST])
    pattern = re.escape(parts[0])
    for number, part in zip(numbers, parts[1:], strict=True):
        pattern += rf"(?:{re.escape(number)}|\{{\{{[^{{}}]*\}}\}})" + re.escape(part)
    return re.compile(pattern)


def _exact(place: Place, line: int, column: int | None) -> Place:
    return place.model_copy(update={"line": line, "column": column, "columns": (), "steps": ()})


@lru_cache(maxsize=4096)
def _wide(char: str) -> bool:
    from unicodedata import east_asian_width

    return east_asian_width(char) in "WF"


def width(text: str) -> int:
    """Columns that ``text`` takes on a terminal: two for Chinese characters, none for marks."""
    from unicodedata import combining

    return sum(0 if combining(char) else 2 if _wide(char) else 1 for char in text)
