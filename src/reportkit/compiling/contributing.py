"""What each organisation contributes: its values in the units of the catalogue, with weights."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from ..composing.facts import Facts, NoValueError, Wanted, rounded
from ..composing.pools import PLACES, Contribution
from ..composing.units import absurd, converted
from ..composing.values import Values
from ..model.base import Place
from ..model.data import Dataset, Indicator, IndicatorKind, Observation, Pooling
from ..model.standard import Standard
from .choosing import Chosen, Member, years_back

DIGITS = 24
"""Digits that no value needs."""
_ADDED = (IndicatorKind.COUNT, IndicatorKind.AMOUNT)
Key = tuple[str, str, str]
"""Indicator, period and scope."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A value that is not pooled, and why in Chinese; ``wanted`` if the report asks for such."""

    item: str
    organisation: str
    indicator: str
    period: str
    shown: str
    reason: str
    wanted: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """A value in the unit of its indicator, and where it stands."""

    value: Decimal
    place: Place


@dataclass
class Contributed:
    """All contributions by what they contribute to, and what was refused.

    ``weights`` are the indicators that values were weighted by, for those that were. ``own`` are
    the ids of indicators that the catalogue does not have, with how many gave them.
    """

    by_key: dict[Key, list[Contribution]] = field(default_factory=dict)
    weights: dict[Key, str] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)
    own: Counter[str] = field(default_factory=Counter)


class Contributing:
    """Reads the values of all members under the catalogue of the report to be."""

    def __init__(self, chosen: Chosen, standard: Standard) -> None:
        self.chosen = chosen
        self.catalogue = {indicator.id: indicator for indicator in standard.indicators}
        self.made = Contributed()
        groups = {group.scope for group in standard.compilation.groups}
        self.taken = groups | {member.region for member in chosen.members}
        window = chosen.period
        self.formulas = Values(Facts(Dataset(), self.catalogue.values(), window))
        self.given = [self._values(member) for member in chosen.members]

    def run(self) -> Contributed:
        """All contributions, in the order of the catalogue."""
        keys: dict[Key, None] = {}
        for given in self.given:
            keys.update(dict.fromkeys(given))
        order = {name: at for at, name in enumerate(self.catalogue)}
        for key in sorted(keys, key=lambda k: (order[k[0]], k[1] != self.chosen.current, k)):
            found = list(self._key(key))
            if found:
                self.made.by_key[key] = found
        return self.made

    def _values(self, member: Member) -> dict[Key, Given]:
        """What a member gives, by key; values by formula where it gives all that they need."""
        digest = member.digest
        given: dict[Key, Given] = {}
        for value in digest.values:
            if value.computed or value.value is None:
                continue
            if value.own or value.indicator not in self.catalogue:
                self.made.own[value.indicator] += 1
                continue
            unit = value.unit or self.catalogue[value.indicator].unit
            found = (value.indicator, value.period, value.scope)
            self._enter(given, member, found, value.value, unit, value.place)
        for old in digest.before:
            if old.value is not None and old.indicator in self.catalogue:
                unit = old.unit or self.catalogue[old.indicator].unit
                place = old.place.bare if old.place else Place()
                found = (old.indicator, old.period, old.scope)
                self._enter(given, member, found, old.value, unit, place, earlier=True)
        self._compute(given)
        return given

    def _enter(
        self,
        given: dict[Key, Given],
        member: Member,
        found: Key,
        value: Decimal,
        unit: str,
        place: Place,
        *,
        earlier: bool = False,
    ) -> None:
        """Put one value where it belongs, or tell why not; what is there stays."""
        name, period, scope = found
        indicator = self.catalogue[name]
        back = years_back(period, member.digest)
        known = back is not None and back < len(self.chosen.periods)
        if earlier and (not known or back == 0):
            return
        moved = converted(value, unit, indicator.unit)
        reason = self._unusable(indicator, value, unit, moved)
        if not known:
            reason = f"时期“{period}”与 {self.chosen.current} 对不上"
        elif not reason and scope in self.taken:
            reason = f"口径“{scope}”与汇总的类别同名，不混在一起"
        if reason or back is None or moved is None:
            shown = f"{value:f}{unit}" if abs(value.adjusted()) <= DIGITS else f"{value}{unit}"
            spot = (member.digest.item, member.name)
            wanted = back == 0 and not scope
            self.made.refused.append(Refused(*spot, name, period, shown[:60], reason, wanted))
            return
        key = (name, self.chosen.periods[back], scope)
        given.setdefault(key, Given(rounded(moved, PLACES), place))

    def _unusable(
        self, indicator: Indicator, value: Decimal, unit: str, moved: Decimal | None
    ) -> str:
        if moved is None:
            return f"单位“{unit}”不能换算为“{indicator.unit}”"
        if abs(value.adjusted()) > DIGITS or absurd(moved, indicator.unit):
            return "大得不可能"
        low, high = indicator.minimum, indicator.maximum
        if low is not None and moved < low:
            return f"小于下限 {low}"
        if high is not None and moved > high:
            return f"大于上限 {high}"
        return ""

    def _compute(self, given: dict[Key, Given]) -> None:
        """Values by formula, not rounded; they take the place of what was given beside them.

        So a mean by denominators is the sum of numerators over that of denominators.
        """
        spans = dict.fromkeys((period, scope) for _, period, scope in given)
        for period, scope in spans:
            known = {n: g.value for (n, p, s), g in given.items() if (p, s) == (period, scope)}
            rows = [Observation(indicator=n, period=period, value=v) for n, v in known.items()]
            data = Dataset(observations=tuple(rows))
            values = Values(Facts(data, self.catalogue.values(), self.chosen.period))
            for indicator in self.catalogue.values():
                needs = self._needs.get(indicator.id)
                if not needs or not known.keys() >= set(needs) or indicator.formula is None:
                    continue
                asked = Wanted("", period, above=(indicator.id,))
                try:
                    value = values.computed(indicator.formula, asked)
                except NoValueError:
                    continue
                if value is None or self._unusable(indicator, value, indicator.unit, value):
                    continue
                key = (indicator.id, period, scope)
                before = given.get(key) or given[(needs[0], period, scope)]
                given[key] = Given(rounded(value, PLACES), before.place)

    @cached_property
    def _needs(self) -> Mapping[str, tuple[str, ...]]:
        """What each formula that the program can compute is made of."""
        return {
            i.id: self.formulas.needs(i.formula)
            for i in self.catalogue.values()
            if i.formula and self.formulas.computes(i.formula)
        }

    def _key(self, key: Key) -> Iterator[Contribution]:
        """The contributions to one value; those without weight are refused, if others have it."""
        name, period, scope = key
        indicator = self.catalogue[name]
        method, weight = self._method(indicator, period, scope)
        if method is Pooling.NONE:
            return
        if weight:
            self.made.weights[key] = weight
        for member, given in zip(self.chosen.members, self.given, strict=True):
            found = given.get(key)
            if found is None:
                continue
            heavy = given.get((weight, period, scope)) if weight else None
            if weight and (heavy is None or heavy.value == 0):
                why = "是 0" if heavy else "没有填"
                reason = f"权数“{self.catalogue[weight].name}”{why}，不能计入平均"
                spot = (member.digest.item, member.name, name, period)
                wanted = period == self.chosen.current and not scope
                self.made.refused.append(Refused(*spot, _short(found.value), reason, wanted))
                continue
            yield Contribution(
                indicator=name,
                period=period,
                scope=scope,
                organisation=member.name,
                region=member.region,
                group=member.group,
                value=found.value,
                unit=indicator.unit,
                method=method,
                weight=heavy.value if heavy else None,
                item=member.digest.item,
                file=found.place.file,
                line=str(found.place.line or found.place.cell or ""),
            )

    def _method(self, indicator: Indicator, period: str, scope: str) -> tuple[Pooling, str]:
        """How an indicator is pooled, and the weight: the one that most who gave it gave, too."""
        wanted = indicator.pooling
        if wanted is None and indicator.kind in _ADDED:
            wanted = Pooling.SUM
        if wanted not in (None, Pooling.MEAN):
            return wanted, ""
        divisor = self.formulas.divisor(indicator.formula or "")
        names = dict.fromkeys(filter(None, (divisor, *indicator.weights)))
        having = [g for g in self.given if (indicator.id, period, scope) in g]
        counts = {n: sum((n, period, scope) in g for g in having) for n in names}
        best = max(counts, key=lambda n: counts[n], default="")
        return (Pooling.MEAN, best) if best and counts[best] else (Pooling.MEDIAN, "")


def _short(value: Decimal) -> str:
    return f"{rounded(value, 4).normalize():f}"
