"""The numbering scheme of a file: which family of numbers is which level."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .numbers import DECIMALS, Form
from .units import Kind, Unit

_RANKS = {
    Form.CHAPTER: 10,
    Form.SECTION: 20,
    Form.CHINESE: 30,
    Form.CHINESE_BRACKETS: 40,
    Form.DECIMAL_2: 42,
    Form.DECIMAL_3: 44,
    Form.DECIMAL_4: 46,
    Form.ARABIC: 50,
    Form.BRACKETS: 60,
    Form.HALF_BRACKET: 65,
    Form.CIRCLED: 70,
}
_FIRST = 10


def runs(units: Sequence[Unit], form: Form) -> Iterator[list[int]]:
    """The places of numbers of one family, cut where a heading of a higher one stands.

    A new run begins with the number 1 too.
    """
    run: list[int] = []
    for index, unit in enumerate(units):
        number = unit.number
        if unit.kind is Kind.HEADING and (number is None or _RANKS[number.form] < _RANKS[form]):
            if run:
                yield run
            run = []
        elif number and number.form is form and unit.kind in (Kind.BODY, Kind.HEADING):
            if run and number.own == 1:
                yield run
                run = []
            run.append(index)
    if run:
        yield run


@dataclass(slots=True)
class Scheme:
    """Levels by family. ``nested`` holds headings that count under an unnumbered chapter."""

    levels: dict[Form, int]
    styled: bool = True
    """Whether the levels that styles give can be believed: they go with the numbers."""
    nested: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, units: Sequence[Unit]) -> Scheme:
        """The scheme that the headings of a file have in common."""
        headings = [unit for unit in units if unit.kind is Kind.HEADING]
        forms = (Form.ARABIC, *DECIMALS)
        ranks = _RANKS | dict(zip(forms, _decimal_ranks(headings), strict=False))
        present = {unit.number.form for unit in headings if unit.number}
        ordered = sorted(present, key=ranks.__getitem__)
        styled = _styled(headings)
        given = [styled[form] for form in ordered if form in styled]
        believed = given == sorted(set(given))
        if not believed:
            styled = {}
        levels: dict[Form, int] = {}
        for form in ordered:
            levels[form] = styled.get(form, max(levels.values(), default=0) + 1)
        scheme = cls(levels, believed)
        top = [form for form in ordered if levels[form] == 1]
        if top:
            scheme._nest(headings, top[0])
        return scheme

    def _nest(self, headings: Sequence[Unit], top: Form) -> None:
        """Find runs of chapter numbers that stand under an unnumbered title, such as highlights.

        Only where the numbers begin anew: then the run without such a title has the chapters.
        """
        found: list[tuple[list[Unit], bool, bool]] = []
        owned, deep = False, False
        run: list[Unit] = []
        for unit in headings:
            number = unit.number
            if number is None and (unit.hint is None or unit.hint.level in (None, 1)):
                if run:
                    found.append((run, owned, deep))
                owned, run, deep = True, [], False
            elif number and number.form is top:
                if run and number.own == 1 and len(run) > 1:
                    found.append((run, owned, deep))
                    owned, run, deep = False, [], False
                run.append(unit)
            elif run:
                deep = True
        if run:
            found.append((run, owned, deep))
        self._choose(found)

    def _choose(self, found: list[tuple[list[Unit], bool, bool]]) -> None:
        if len(found) < 2:
            return
        free = [run for run, owned, _ in found if not owned]
        if not free:
            best = max(found, key=lambda each: (each[2], len(each[0])))
            free = [best[0]]
        for run, _, _ in found:
            if all(run is not other for other in free):
                self.nested.update(id(unit) for unit in run)

    def apply(self, units: Sequence[Unit]) -> None:
        """Give every heading its level."""
        inside = False
        last = 0
        for unit in units:
            if unit.kind is not Kind.HEADING:
                continue
            styled = unit.hint and unit.hint.role != "list" and self.styled
            hint = unit.hint.level if unit.hint and styled else None
            if unit.number is not None:
                level = self.levels[unit.number.form]
                if level == 1:
                    inside = id(unit) in self.nested
                unit.level = hint or level + inside
            else:
                unit.level = hint or unit.level or last + 1
                inside = inside and unit.level > 1
            last = unit.level if unit.number is not None or unit.level == 1 else last


def _decimal_ranks(headings: Sequence[Unit]) -> tuple[int, ...]:
    """Ranks of 1., 1.1, 1.1.1 …: above the rest where 1. numbers chapters."""
    chapter, right, wrong, chinese = 0, 0, 0, 0
    last = 0
    for unit in headings:
        number = unit.number
        if number is None:
            continue
        if number.form is Form.ARABIC:
            chapter = number.own
        elif number.form in (Form.CHINESE, Form.CHAPTER):
            last = number.own
        elif number.form is Form.DECIMAL_2:
            right += number.values[0] == chapter
            wrong += number.values[0] != chapter
            chinese += number.values[0] == last
    if right > wrong:
        return (_FIRST, _FIRST + 1, _FIRST + 2, _FIRST + 3)
    if chinese:
        return (_RANKS[Form.ARABIC], 31, 32, 33)
    return ()


def _styled(headings: Sequence[Unit]) -> dict[Form, int]:
    """The level that the file's styles give to each family of numbers."""
    counts: dict[Form, Counter[int]] = {}
    for unit in headings:
        if unit.number and unit.hint and unit.hint.level and unit.hint.role != "list":
            counts.setdefault(unit.number.form, Counter())[unit.hint.level] += 1
    return {form: count.most_common(1)[0][0] for form, count in counts.items()}
