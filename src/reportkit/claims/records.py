"""The submission's own data, and last year's, as facts that prose can be compared with.

An indicator is known by its name and its aliases; a value speaks about the last year that its
period names. Values of a scope that is no kind of organisation are left out.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from reportkit.model.base import Place
from reportkit.model.data import Indicator, Observation

from .cells import cell_value, with_unit
from .names import Whom, scopes
from .periods import Kind, Period
from .quantity import Quantity
from .sheets import Fact
from .subjects import Subject, subject

_YEAR = re.compile(r"(?:19|20)\d\d")
_PLACES = 20
_MOST = 20_000


@dataclass(frozen=True)
class Records:
    """Observed values with the catalogue that names them; ``earlier`` are last year's."""

    own: tuple[Observation, ...] = ()
    earlier: tuple[Observation, ...] = ()
    indicators: Mapping[str, Indicator] | None = None

    def facts(self, region: tuple[str, ...]) -> Iterator[Fact]:
        """Each value under each name of its indicator; at most 20,000 values."""
        for source, observations in (("指标数据", self.own), ("上年报送件", self.earlier)):
            for each in observations[:_MOST]:
                yield from self._facts(source, each, region)

    def _facts(self, source: str, each: Observation, region: tuple[str, ...]) -> Iterator[Fact]:
        indicator = (self.indicators or {}).get(each.indicator)
        years = _YEAR.findall(each.period)
        quantity = _quantity(each, indicator) if indicator is not None else None
        kinds = scopes(each.scope)
        if indicator is None or quantity is None or not years or (each.scope and not kinds):
            return
        year = int(years[-1])
        for name, said in _named(indicator, region):
            yield Fact(
                sheet=None,
                quantity=quantity,
                labels=(f"{source} {name}", each.period),
                subject=said,
                whom=Whom(kinds),
                period=Period(Kind.YEAR, year, year, each.period),
                place=each.place_of("value") or Place(file="data/indicators.csv"),
                source=source,
            )


def _named(indicator: Indicator, region: Iterable[str]) -> Iterator[tuple[str, Subject]]:
    seen: set[str] = set()
    for name in (indicator.name, *indicator.aliases):
        said = subject(name, tuple(region))
        if said and said.bare not in seen:
            seen.add(said.bare)
            yield name, said


def _quantity(each: Observation, indicator: Indicator) -> Quantity | None:
    if each.value is None or abs(each.value) >= Decimal(10) ** _PLACES:
        return None
    unit = each.unit or indicator.unit
    shown = f"{each.value:f}"
    found = cell_value(f"{shown}:1" if unit == ":1" else shown)
    if found is None:
        return None
    return found.quantity if unit == ":1" else with_unit(found.quantity, unit)
