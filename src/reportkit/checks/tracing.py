"""Where a pooled value comes from: each organisation's value, and where that stands.

``reportkit facts --trace`` prints it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from reportkit.composing.context import values_of
from reportkit.composing.facts import NoValueError, rounded
from reportkit.composing.pools import Contribution, Pools, is_pooled, pools_of
from reportkit.model.data import Observation
from reportkit.model.standard import Standard
from reportkit.model.submission import Submission

PLACES = 4


@dataclass(frozen=True, slots=True)
class Traced:
    """An observation of an indicator, and what it was pooled of; nothing if it was not."""

    name: str
    observation: Observation
    contributions: tuple[Contribution, ...]


def trace(submission: Submission, standard: Standard, wanted: str) -> tuple[Traced, ...]:
    """The values of an indicator, which is given by id or name, perhaps with ``@`` and a scope.

    Raises:
        LookupError: there is no such indicator, or it has no value of that scope.
    """
    name, asked, scope = wanted.partition("@")
    facts = values_of(submission, standard, ()).facts
    try:
        indicator = facts.indicator(name.strip())
    except NoValueError as problem:
        raise LookupError(problem.args_.get("reason", "没有这个指标")) from problem
    own = [o for o in submission.data.observations if o.indicator == indicator.id]
    found = [o for o in own if o.scope == scope.strip()] if asked or _has_whole(own) else own
    if not found:
        scopes = "、".join(dict.fromkeys(o.scope for o in own if o.scope))
        raise LookupError(
            f"没有这个口径的值，有的口径是 {scopes}" if scopes else "数据中没有它的值"
        )
    pools = pools_of(submission)
    return tuple(Traced(indicator.name, each, _given(pools, each)) for each in found)


def _has_whole(own: list[Observation]) -> bool:
    return any(not each.scope for each in own)


def _given(pools: Pools, each: Observation) -> tuple[Contribution, ...]:
    return pools.of(each.indicator, each.period, each.scope) if is_pooled(each) else ()


def as_text(traced: tuple[Traced, ...]) -> str:
    """For reading: each value with a line for every organisation."""
    return "\n".join(line for each in traced for line in _lines(each))


def _lines(each: Traced) -> Iterator[str]:
    observed = each.observation
    label = "，".join(filter(None, (observed.period, observed.scope)))
    shown = "（空缺）" if observed.value is None else f"{observed.value:f}{observed.unit}"
    source = f"　{observed.source}" if observed.source else ""
    yield f"{each.name}（{label}）：{shown}{source}"
    if not each.contributions:
        yield "    不是汇总得来的" if observed.value is not None else "    没有来源"
    for given in each.contributions:
        weight = f"，权数 {_number(given.weight)}" if given.weight is not None else ""
        kind = "，".join(filter(None, (given.region, given.group)))
        where = ":".join(filter(None, (given.file, given.line)))
        yield f"    {given.organisation}（{kind}）  {_number(given.value)}{given.unit}{weight}"
        yield f"        {given.item}  {where}"


def as_json(traced: tuple[Traced, ...]) -> dict[str, Any]:
    """As plain data, for other programs."""
    return {
        "values": [
            {
                "indicator": each.observation.indicator,
                "name": each.name,
                "period": each.observation.period,
                "scope": each.observation.scope,
                "value": None if each.observation.value is None else f"{each.observation.value:f}",
                "unit": each.observation.unit,
                "source": each.observation.source,
                "contributions": [
                    {
                        "organisation": given.organisation,
                        "region": given.region,
                        "group": given.group,
                        "value": f"{given.value:f}",
                        "unit": given.unit,
                        "weight": None if given.weight is None else f"{given.weight:f}",
                        "item": given.item,
                        "file": given.file,
                        "line": given.line,
                    }
                    for given in each.contributions
                ],
            }
            for each in traced
        ]
    }


def _number(value: Decimal) -> str:
    return f"{rounded(value, PLACES).normalize() + 0:f}"
