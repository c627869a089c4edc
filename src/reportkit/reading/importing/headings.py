"""Which numbered lines are headings, which are numbered paragraphs, and which items of lists.

Decided for the whole file: a family of numbers that stands before titles is a level of the
outline; a run of such numbers before sentences is a list. Numbers themselves are claims: that one
is wrong, skipped or repeated does not change what the line is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from .contents import UNNUMBERED, announced, key
from .numbers import DECIMALS, Form
from .scheme import Scheme, runs
from .units import Kind, Unit, Work, like_title, width

_WEAK = {Form.ARABIC, Form.BRACKETS, Form.HALF_BRACKET, Form.CIRCLED}
_LISTED = {Form.ARABIC, Form.HALF_BRACKET}
_REPORT = re.compile(r"报\s*告|年\s*报")
_LEAD = re.compile(r"[^。！？；，,]{2,24}[。！]")
_LONGEST = 60
_LONGEST_JOINED = 80


def find(work: Work) -> Scheme:
    """Mark headings with their levels, and the items of numbered lists."""
    _title(work)
    finder = _Finder(work)
    finder.unnumbered()
    finder.strong()
    finder.decimal_chapters()
    finder.weak()
    scheme = Scheme.of(work.units)
    scheme.apply(work.units)
    return scheme


def _title(work: Work) -> None:
    """The only heading of the first level is the title of the report, if it says so."""
    first = [u for u in work.units if u.hint and u.hint.level == 1 and u.hint.role == "heading"]
    if len(first) != 1 or first[0].number or not _REPORT.search(first[0].text):
        return
    hint = first[0].hint
    if hint and any(u.hint and u.hint.level and u.hint.level > 1 for u in work.units):
        first[0].item = replace(hint, role="title", level=None)


class _Finder:
    def __init__(self, work: Work) -> None:
        self.units = work.units
        self.toc = announced(work)
        self.titled = {id(u): self._titled(u) for u in self._candidates()}
        self.decimal = self._is_decimal()

    def _candidates(self) -> Iterator[Unit]:
        for unit in self.units:
            if unit.kind is Kind.BODY and unit.text:
                yield unit

    def _titled(self, unit: Unit) -> bool:
        """Whether what stands behind the number could be a title."""
        rest = unit.rest
        if not rest.strip():
            return False
        if self.in_toc(unit):
            return True
        hint = unit.hint
        if hint and hint.level is not None and hint.role != "list":
            return like_title(rest.rstrip("。：:"), _LONGEST_JOINED)
        longest = _LONGEST_JOINED if unit.joined else _LONGEST
        return like_title(rest, longest) or (
            width(rest) <= 24 and like_title(rest.removesuffix("。"))
        )

    def in_toc(self, unit: Unit) -> bool:
        """Whether the line is an entry of a typed table of contents."""
        return bool(self.toc) and key(unit.text) in self.toc

    def _is_decimal(self) -> bool:
        """Whether 1. numbers chapters because 1.1 numbers their sections."""
        chapter, right, wrong = 0, 0, 0
        for unit in self._candidates():
            if unit.number is None or not self.titled[id(unit)]:
                continue
            if unit.number.form is Form.ARABIC:
                chapter = unit.number.own
            elif unit.number.form is Form.DECIMAL_2:
                right += unit.number.values[0] == chapter
                wrong += unit.number.values[0] != chapter
        return right > wrong

    def unnumbered(self) -> None:
        """Titles without number: by style, by the typed contents, or by what they say."""
        for unit in self._candidates():
            if not self.titled[id(unit)]:
                continue
            hint = unit.hint
            styled = hint is not None and hint.level is not None and hint.role != "list"
            known = UNNUMBERED.fullmatch(unit.text) or self.in_toc(unit)
            if styled or (unit.number is None and known):
                _head(unit)
            if unit.number is None and known:
                unit.level = 1

    def strong(self) -> None:
        """Numbers of a family that only headings have; before sentences, numbered paragraphs."""
        for unit in self._candidates():
            if unit.number is None or unit.number.form in _WEAK:
                continue
            if self.titled[id(unit)]:
                _head(unit)
        present = {u.number.form for u in self.units if u.kind is Kind.HEADING and u.number}
        for unit in self._candidates():
            number = unit.number
            if number is None or number.form in _WEAK:
                continue
            lead = _LEAD.match(unit.rest)
            if number.form in DECIMALS:
                _head(unit, run_in=number.end)
            elif number.form in present:
                run_in = number.end
                if lead and lead.end() < len(unit.rest) and not unit.rest[0].isdigit():
                    run_in += lead.end()
                _head(unit, run_in=run_in)

    def decimal_chapters(self) -> None:
        """Chapters numbered 1. 2. 3. where their sections are 1.1; other lines may be lists."""
        if not self.decimal:
            return
        last = 0
        for index, unit in enumerate(self.units):
            number = unit.number
            if unit.kind is not Kind.BODY or number is None or number.form is not Form.ARABIC:
                continue
            if not self.titled.get(id(unit)):
                continue
            first = next(self._sections_after(index), None)
            fits = number.own == first or number.own == last + 1 or self.in_toc(unit)
            if fits and (first is None or number.own >= last):
                _head(unit)
                last = number.own

    def _sections_after(self, index: int) -> Iterator[int]:
        """The chapter that the next section claims, if it comes before another chapter could."""
        for unit in self.units[index + 1 :]:
            number = unit.number
            if unit.kind is Kind.HEADING and number and number.form in DECIMALS:
                yield number.values[0]
                return
            if number and number.form is Form.ARABIC and self.titled.get(id(unit)):
                return

    def weak(self) -> None:
        """Numbers that headings and lists share: decided for each run from 1 on."""
        for form in sorted(_WEAK, key=list(Form).index):
            for run in runs(self.units, form):
                self._run([self.units[i] for i in run], run, form)

    def _run(self, items: Sequence[Unit], where: Sequence[int], form: Form) -> None:
        items = [unit for unit in items if unit.kind is Kind.BODY]
        if not items:
            return
        titled = [unit for unit in items if self.titled[id(unit)]]
        followed = sum(self._has_body(i) for i in where)
        listed = any(u.hint and u.hint.role == "list" for u in items)
        known = any(map(self.in_toc, items))
        enough = len(items) >= 2 or form is Form.ARABIC
        bodies = followed * 2 >= len(where) or len(items) <= 2
        if known or (len(titled) * 2 > len(items) and bodies and enough and not listed):
            for unit in items:
                assert unit.number is not None
                _head(unit, run_in=None if self.titled[id(unit)] else unit.number.end)
        elif form in _LISTED and len(items) >= 2 and _in_order(items):
            for unit in items:
                unit.kind = Kind.ITEM

    def _has_body(self, index: int) -> bool:
        following = self.units[index + 1] if index + 1 < len(self.units) else None
        if following is None or following.kind is Kind.BREAK:
            return False
        own, other = self.units[index].number, following.number
        return not (own and other and own.form is other.form)


def _head(unit: Unit, run_in: int | None = None) -> None:
    unit.kind, unit.run_in = Kind.HEADING, run_in


def _in_order(items: Sequence[Unit]) -> bool:
    """Whether the numbers go up by one, as the numbers of a list are printed."""
    numbers = [unit.number.own for unit in items if unit.number]
    return numbers == list(range(numbers[0], numbers[0] + len(items)))
