"""RK441: values that were pooled, against what each organisation contributed."""

from __future__ import annotations

from collections.abc import Iterator

from ...composing.pools import agrees, decimal, is_pooled
from ...model.data import Observation
from ...model.diagnostic import Finding, Related, Severity
from ...reading.folder import SOURCES
from ..context import Context
from ..ledger.indicators import catalogue, observation_place
from ..registry import Basis, Needs, Source, rule

_SHOWN = 10
_HEAD = "indicator,period,scope,organisation,region,group,value,unit,method,weight,item,file,line"
_EXAMPLE = f"""
=== data/indicators.csv
indicator,period,value,unit,source
staff.total,2023,{{value}},人,汇总：2 家之和
staff.total,2022,48,人,
=== data/sources.csv
{_HEAD}
staff.total,2023,,甲单位,甲区,,20,人,sum,,甲,data/indicators.csv,2
staff.total,2023,,乙单位,乙区,,0.003,万人,sum,,乙,data/indicators.csv,2
"""


@rule(
    code="RK441",
    name="pooled-disagrees",
    title="汇总数与各单位的来源数不符",
    severity=Severity.ERROR,
    source=Source(Basis.FORMAT, "data/sources.csv：汇总数由哪些单位的哪些数得来"),
    why="汇总数改了而来源没有改，或反过来，读者就无从追查这个数从哪里来。",
    message="{name}（{label}）为 {given}，"
    "{expected:按 data/sources.csv 汇总应为 %s}{lost:%s 中没有它的来源}",
    expected="与 data/sources.csv 中各单位的数一致",
    hint="重新汇总（reportkit compile --update）；改用别处的数时，把 source 一栏换成它的来源。",
    needs=(Needs.SUBMISSION, Needs.STANDARD),
    good=_EXAMPLE.format(value=50),
    bad=_EXAMPLE.format(value=51),
)
def pooled_disagrees(context: Context) -> Iterator[Finding]:
    """An observation that says it was pooled, and is not what its contributions give."""
    known = catalogue(context)
    for each in context.submission.data.observations:
        if each.value is None or not is_pooled(each):
            continue
        indicator = known.get(each.indicator)
        unit = each.unit or (indicator.unit if indicator else "")
        key = (each.indicator, each.period, each.scope)
        value = context.pools.value(*key, unit)
        if value is not None and agrees(each.value, value):
            continue
        exact = value is None or value.denominator == 1
        yield Finding(
            code="RK441",
            place=observation_place(context, each),
            quote=f"{each.value:f}",
            at=each.indicator,
            args={
                "name": indicator.name if indicator else each.indicator,
                "label": "，".join(filter(None, (each.period, each.scope))),
                "given": f"{each.value:f}{unit}",
                "expected": "" if value is None else f"{decimal(value, 0 if exact else 2):f}{unit}",
                "lost": SOURCES if value is None else "",
            },
            related=tuple(_contributions(context, each)),
        )


def _contributions(context: Context, each: Observation) -> Iterator[Related]:
    """Where the first of the contributions stand in the table of all."""
    for given in context.pools.of(each.indicator, each.period, each.scope)[:_SHOWN]:
        place = context.place_in(SOURCES)
        yield Related(place=place, quote=f"{given.organisation}：{given.value:f}{given.unit}")
