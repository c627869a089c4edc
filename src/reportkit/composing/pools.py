"""Values of many organisations made one, and the record of what each of them contributed.

A *contribution* is one organisation's value of an indicator for a period and scope, as a row of
``data/sources.csv``. What is pooled of them is an observation whose scope tells of whom: all (no
scope), those of a region or group, those that gave their value for that scope; or how: the median,
the lowest, the highest of all. Whoever has both can compute the one from the other.

Sums and means are computed as fractions: exact, and the same in any order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from reportkit.model.data import Observation, Pooling
from reportkit.model.submission import Submission
from reportkit.reading.csv_table import number
from reportkit.reading.folder import SOURCES, is_sources

from .facts import rounded
from .units import factor

MARK = "汇总："
"""How the source of a pooled observation begins."""
NOWHERE = "未注明"
"""The region of organisations that name none."""
PLACES = 10
"""Decimals to which a contribution is kept."""

FILE_LIMIT = 3_000_000
"""Bytes of contributions that one file holds."""

_SCALE = 10**PLACES
Exact = Fraction | int
Part = tuple[Exact, Exact]
"""A value and its weight."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """One organisation's value in ``unit``, where it stands, and the ``weight`` that it has."""

    indicator: str
    period: str
    scope: str
    organisation: str
    region: str
    group: str
    value: Decimal
    unit: str
    method: Pooling
    weight: Decimal | None = None
    item: str = ""
    file: str = ""
    line: str = ""


COLUMNS = tuple(field.name for field in fields(Contribution))


def pooled(method: Pooling, parts: Iterable[Part]) -> Exact | None:
    """The pooled value; None of nothing, and where all weights are 0."""
    given = list(parts)
    if not given or method is Pooling.NONE:
        return None
    if method is Pooling.MEDIAN:
        return _median([value for value, _ in given])
    if method is Pooling.SUM:
        return sum(value for value, _ in given)
    whole = sum(weight for _, weight in given)
    if whole <= 0:
        return None
    return Fraction(sum(value * weight for value, weight in given)) / whole


def _median(values: Sequence[Exact]) -> Exact:
    ordered, middle = sorted(values), len(values) // 2
    if len(ordered) % 2:
        return ordered[middle]
    return Fraction(ordered[middle - 1] + ordered[middle]) / 2


STATISTICS: dict[str, Callable[[Sequence[Exact]], Exact]] = {
    "中位数": _median,
    "最低": min,
    "最高": max,
}
"""Scopes that tell not of whom a value is, but which of the values of all."""


class Pools:
    """The contributions of a submission, by what they contribute to."""

    def __init__(self, contributions: Iterable[Contribution]) -> None:
        self._given: dict[tuple[str, str], list[Contribution]] = {}
        for each in contributions:
            self._given.setdefault((each.indicator, each.period), []).append(each)

    def __bool__(self) -> bool:
        return bool(self._given)

    def of(self, indicator: str, period: str, scope: str = "") -> tuple[Contribution, ...]:
        """Who contributes to the pooled value."""
        wanted = "" if scope in STATISTICS else scope
        return tuple(
            each
            for each in self._given.get((indicator, period), ())
            if each.scope == wanted
            or (wanted and not each.scope and wanted in (each.region, each.group))
        )

    def who(self, observation: Observation) -> frozenset[str]:
        """The organisations behind an observation; none behind one that is not pooled."""
        if not is_pooled(observation):
            return frozenset()
        key = (observation.indicator, observation.period, observation.scope)
        return frozenset(each.organisation for each in self.of(*key))

    def value(self, indicator: str, period: str, scope: str, unit: str) -> Fraction | None:
        """The pooled value in ``unit``; None where there is none, or a unit does not fit."""
        given = self.of(indicator, period, scope)
        parts = [part for each in given if (part := _part(each, unit)) is not None]
        if not parts or len(parts) < len(given):
            return None
        choose = STATISTICS.get(scope)
        made = choose([v for v, _ in parts]) if choose else pooled(given[0].method, parts)
        return None if made is None else Fraction(made) / _SCALE


def _part(each: Contribution, unit: str) -> Part | None:
    """Value and weight of a contribution, both times ``_SCALE``: mostly whole numbers, so fast."""
    value: Fraction | int = _scaled(each.value)
    if each.unit != unit:
        times = factor(each.unit, unit)
        if times is None:
            return None
        value = value * Fraction(times)
    return value, 1 if each.weight is None else _scaled(each.weight)


def _scaled(value: Decimal) -> int:
    return int(rounded(value, PLACES) * _SCALE)


def decimal(value: Fraction, places: int) -> Decimal:
    """A fraction to so many places, halves away from zero."""
    whole = int(abs(value) * 10**places + Fraction(1, 2))
    return Decimal(whole if value >= 0 else -whole).scaleb(-places)


def agrees(observed: Decimal, value: Fraction) -> bool:
    """Whether an observation says the value, perhaps with fewer decimals."""
    exponent = observed.as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    return decimal(value, places) == rounded(observed, places)


def is_pooled(observation: Observation) -> bool:
    """Whether an observation says that it was pooled."""
    return observation.source.startswith(MARK)


def pools_of(submission: Submission) -> Pools:
    """The contributions that a submission keeps; rows that are none are passed over."""
    made: list[Contribution] = []
    for path in sorted(filter(is_sources, submission.data.tables)):
        head, *body = submission.data.tables[path] or ((),)
        at = {name: index for index, name in enumerate(head) if name in COLUMNS}
        made += [found for row in body if (found := _read(row, at)) is not None]
    return Pools(made)


def _read(row: Sequence[str], at: dict[str, int]) -> Contribution | None:
    cells = {name: row[index].strip() if index < len(row) else "" for name, index in at.items()}
    value, wrong = number(cells.pop("value", ""))
    weight, odd = number(cells.pop("weight", ""))
    try:
        method = Pooling(cells.pop("method", ""))
    except ValueError:
        return None
    if value is None or wrong or odd:
        return None
    texts = dict.fromkeys(COLUMNS, "") | cells
    for name in ("value", "weight", "method"):
        texts.pop(name, None)
    return Contribution(value=value, weight=weight, method=method, **texts)


def tables(contributions: Iterable[Contribution]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The tables of contributions by file, each with the header first and of moderate size."""
    made: dict[str, tuple[tuple[str, ...], ...]] = {}
    rows: list[tuple[str, ...]] = []
    size = 0
    for each in contributions:
        row = tuple(_cell(name, getattr(each, name)) for name in COLUMNS)
        size += sum(len(cell.encode()) + 1 for cell in row)
        if size > FILE_LIMIT:
            made[_file(len(made))] = (COLUMNS, *rows)
            rows, size = [], 0
        rows.append(row)
    made[_file(len(made))] = (COLUMNS, *rows)
    return made


def _file(before: int) -> str:
    return SOURCES if not before else SOURCES.replace(".csv", f"-{before + 1}.csv")


def _cell(name: str, value: object) -> str:
    """A value as text; names of others make no formula in a spreadsheet."""
    text = _text(value)
    return text.lstrip("=+-@") if name in ("organisation", "item", "file") else text


def _text(value: object) -> str:
    if isinstance(value, Decimal):
        try:
            return f"{rounded(value, PLACES).normalize():f}"
        except InvalidOperation:
            return f"{value:f}"
    return "" if value is None else str(value)
