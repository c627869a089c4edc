"""Last year's values as the year to compare with, and empty rows for the new one."""

from collections.abc import Iterable, Iterator

from reportkit.model.data import Dataset, Indicator, Observation
from reportkit.model.standard import Standard
from reportkit.model.submission import Submission
from reportkit.standards.scaffold import asked_indicators

from .content import Year, blank

MISSING = "待填报"
"""Why there is no value yet."""


def rolled_data(old: Submission, source: Standard, target: Standard, year: Year) -> Dataset:
    """All observations of last year, an empty one for the new year for each of its own, and the
    bodies of large tables without their numbers.
    """
    past = old.data.observations
    known = {(o.indicator, o.period, o.scope) for o in past}
    new = [
        Observation(
            indicator=o.indicator,
            period=year.this,
            scope=o.scope,
            unit=o.unit,
            source=o.source,
            missing=MISSING,
        )
        for o in past
        if o.period == year.last and (o.indicator, year.this, o.scope) not in known
    ]
    units = {indicator.id: indicator.unit for indicator in target.indicators}
    there = {o.indicator for o in (*past, *new) if o.period == year.this and not o.scope}
    new += [
        Observation(indicator=name, period=year.this, unit=units[name], missing=MISSING)
        for name in asked_indicators(target)
        if name not in there
    ]
    order = {name: n for n, name in enumerate(dict.fromkeys(o.indicator for o in (*past, *new)))}
    every = sorted((*past, *new), key=lambda o: order[o.indicator])
    tables = {name: blank(rows, 1, year) for name, rows in old.data.tables.items()}
    return Dataset(observations=tuple(map(_bare, every)), tables=tables)


def _bare(item: Observation) -> Observation:
    return item.model_copy(update={"place": None, "places": None})


def own_indicators(
    old: Submission,
    source: Standard,
    target: Standard,
    observed: Iterable[Observation],
    year: Year,
) -> tuple[Indicator, ...]:
    """Definitions that the new standard does not have: the report's own, and the old standard's
    that are still used.
    """
    theirs = {indicator.id for indicator in target.indicators}
    own = {indicator.id: indicator for indicator in old.metadata.indicators}
    used = {o.indicator for o in observed}
    formulas = " ".join(i.formula or "" for i in own.values())

    def wanted() -> Iterator[Indicator]:
        yield from (i for i in own.values() if i.id not in theirs)
        for indicator in source.indicators:
            needed = indicator.id in used or indicator.id in formulas
            if needed and indicator.id not in theirs and indicator.id not in own:
                yield indicator

    return tuple(
        each.model_copy(
            update={
                "place": None,
                "places": None,
                "formula": each.formula and year.formula(each.formula),
            }
        )
        for each in wanted()
    )
