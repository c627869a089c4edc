"""From contributions to observations: of all, of each group and region, medians and extremes.

A value of an earlier period is pooled only if the same organisations gave it that gave the current
one: otherwise the change between them would be one of who reported.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from ..composing.pools import MARK, PLACES, STATISTICS, Contribution, Pools, decimal
from ..model.data import Indicator, Observation, Pooling
from ..model.standard import Standard
from .choosing import Chosen
from .contributing import Contributed, Key

DECIMALS = 2
_METHODS = {Pooling.SUM: "之和", Pooling.MEAN: "加权平均", Pooling.MEDIAN: "的中位数"}


@dataclass
class Pooled:
    """The observations by key, how many organisations are behind each, and their contributions.

    ``uneven`` are values of earlier periods that others gave than those of the current one.
    """

    observations: dict[Key, Observation] = field(default_factory=dict)
    counts: dict[Key, int] = field(default_factory=dict)
    contributions: tuple[Contribution, ...] = ()
    uneven: list[Key] = field(default_factory=list)


@dataclass(frozen=True)
class Wanted:
    """For which indicators the views want more than the values of all and of each group."""

    regions: Collection[str] = ()
    spread: Collection[str] = ()


def pool(chosen: Chosen, standard: Standard, contributed: Contributed, wanted: Wanted) -> Pooled:
    """All pooled values, in the order of the catalogue."""
    return _Pooling(chosen, standard, contributed, wanted).run()


class _Pooling:
    def __init__(
        self, chosen: Chosen, standard: Standard, contributed: Contributed, wanted: Wanted
    ) -> None:
        self.chosen = chosen
        self.contributed = contributed
        self.wanted = wanted
        self.catalogue = {indicator.id: indicator for indicator in standard.indicators}
        counted = standard.compilation.organisations.get(chosen.level)
        self.unit = counted.unit if counted else "家"
        self.pools = Pools(each for group in contributed.by_key.values() for each in group)
        self.made = Pooled()

    def run(self) -> Pooled:
        kept: list[Contribution] = []
        for base, given in self.contributed.by_key.items():
            keys = [base, *self._derived(base, given)]
            pooled = [self._pool(base, key) for key in keys]
            if any(pooled):
                kept += given
        self._gaps()
        order = {name: at for at, name in enumerate(self.catalogue)}
        back = {name: at for at, name in enumerate(self.chosen.periods)}
        made = sorted(self.made.observations.items(), key=lambda o: (order[o[0][0]], back[o[0][1]]))
        self.made.observations = dict(made)
        self.made.contributions = tuple(kept)
        return self.made

    def _derived(self, base: Key, given: list[Contribution]) -> Iterator[Key]:
        """Values that are pooled of the same contributions."""
        name, period, scope = base
        if scope:
            return
        for group in dict.fromkeys(each.group for each in given if each.group):
            yield name, period, group
        if name in self.wanted.regions:
            for region in sorted({each.region for each in given}):
                yield name, period, region
        if name in self.wanted.spread and period == self.chosen.current:
            for statistic in STATISTICS:
                yield name, period, statistic

    def _pool(self, base: Key, key: Key) -> bool:
        """Enter one pooled value; whether there is one."""
        name, period, scope = key
        indicator = self.catalogue[name]
        who = self._who(key)
        if period != self.chosen.current and who != self._who((name, self.chosen.current, scope)):
            self.made.uneven.append(key)
            return False
        value = self.pools.value(name, period, scope, indicator.unit)
        if value is None:
            return False
        given = self.pools.of(name, period, scope)
        places = _places(indicator, given, scope)
        self.made.counts[key] = len(who)
        self.made.observations[key] = Observation(
            indicator=name,
            period=period,
            scope=scope,
            value=decimal(value, places),
            unit=indicator.unit,
            source=self._source(base, scope, given[0].method, len(who)),
        )
        return True

    def _who(self, key: Key) -> frozenset[str]:
        return frozenset(each.item for each in self.pools.of(*key))

    def _source(self, base: Key, scope: str, method: Pooling, count: int) -> str:
        if scope in STATISTICS:
            return f"{MARK}{count} {self.unit}中的{scope}"
        weight = self.contributed.weights.get(base, "")
        by = f"，权数为{self.catalogue[weight].name}" if weight else ""
        return f"{MARK}{count} {self.unit}{_METHODS[method]}{by}"

    def _gaps(self) -> None:
        """A row without value for what was given, but in no way that could be pooled."""
        for refused in self.contributed.refused:
            key = (refused.indicator, self.chosen.current, "")
            indicator = self.catalogue[refused.indicator]
            if (
                refused.wanted
                and indicator.pooling is not Pooling.NONE
                and key not in self.made.observations
            ):
                self.made.counts[key] = 0
                self.made.observations[key] = Observation(
                    indicator=refused.indicator,
                    period=self.chosen.current,
                    unit=indicator.unit,
                    source=f"{MARK}没有可用的值，{refused.reason}"[:300],
                )


def _places(indicator: Indicator, given: tuple[Contribution, ...], scope: str) -> int:
    """Decimals of a pooled value: sums are exact."""
    if indicator.decimals is not None:
        return indicator.decimals
    if given[0].method is not Pooling.SUM or scope in STATISTICS:
        return DECIMALS
    exponents = (each.value.normalize().as_tuple().exponent for each in given)
    return min(PLACES, max(0, *(-e for e in exponents if isinstance(e, int))))
