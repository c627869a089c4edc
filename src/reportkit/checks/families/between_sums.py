"""RK811, RK812: what one reports of its whole area, against what those in it report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from ...model.diagnostic import Finding, Severity
from ..between.digest import Digest, Value
from ..between.gathering import Gathering, label, number, other, shown, slack
from ..between.parts import Parts, wholes
from ..registry import Basis, Needs, Source, rule

SUMS = Source(Basis.PRACTICE, "逐级汇总：上级单位的数等于所辖各单位之和")
_SUMMANDS = 12
"""Parts of a sum that are written out."""
_AREA = """
== 甲处 [example-unit] (staff.total,2023,20)
=== report.yaml
organisation: {name: 甲处, region: 东区}
== 乙处 [example-unit] (staff.total,2023,30)
=== report.yaml
organisation: {name: 乙处, region: 东区}
"""
_ALL = "== 名录\n单位名称,所在区\n甲处,东区\n乙处,东区\n"
_WHOLE = "== 总部 [example-area] (staff.total,2023,%s)\n=== report.yaml\n" + (
    "organisation: {name: 总部, region: 东区}\n"
)


@rule(
    code="RK811",
    name="sum-of-parts",
    title="与所辖单位的合计不符",
    severity=Severity.WARNING,
    source=SUMS,
    why="上级报的数和各单位报的加不拢，必有一处错，或口径不同。",
    message="{name}（{label}）填报 {given}{unit}，{which}合计 {total}{unit}，"
    "{how} {difference}{unit}",
    expected="合计：{sum} = {total}{unit}",
    hint="逐家核对，改正错的一处{explain:；口径不同的，写明差别在哪里}。",
    needs=(Needs.OTHERS,),
    good=_AREA + _ALL + _WHOLE % "50",
    bad=_AREA + _ALL + _WHOLE % "55",
)
def sum_of_parts(gathering: Gathering) -> Iterator[Finding]:
    """A sum that differs where all parts filed; one below its parts whoever filed."""
    for parts in wholes(gathering):
        values = [gathering.values(part) for part in parts.filed]
        for value in _summed(gathering, parts.whole):
            summands = _summands(gathering, parts, values, value)
            total = sum((amount for _, amount, _ in summands), Decimal(0))
            room = _room(value, summands)
            whole = value.value or Decimal(0)
            all_there = parts.complete and len(summands) == len(parts.filed)
            over = total - whole > room and all(amount >= 0 for _, amount, _ in summands)
            if over or (all_there and whole - total > room):
                yield _unequal(parts, value, summands, total, all_there)


def _summed(gathering: Gathering, whole: Digest) -> Iterator[Value]:
    """Values of the current period that are sums of those of parts, as given."""
    for value in gathering.values(whole).values():
        if (
            value.adds
            and not value.computed
            and value.indicator not in gathering.limits.counts_parts
        ):
            yield value


_Summand = tuple[Digest, Decimal, Value | None]


def _summands(
    gathering: Gathering, parts: Parts, values: Sequence[Mapping[tuple[str, str], Value]], of: Value
) -> list[_Summand]:
    """What each part says, in the unit of the whole; without those that do not say."""
    found: list[_Summand] = []
    for part, known in zip(parts.filed, values, strict=True):
        value = known.get((of.indicator, of.scope))
        amount = number(value, of.unit) if value else None
        if value is not None and amount is not None:
            found.append((part, amount, value))
        elif value is None and _nothing(gathering, part, of):
            found.append((part, Decimal(0), None))
    return found


def _room(value: Value, summands: Sequence[_Summand]) -> Decimal:
    """How far the sum may lie from the whole, each number rounded as it is written."""
    terms = (value, *(part for _, _, part in summands if part))
    amounts = (slack(v.value or Decimal(0), v.unit, value.kind, value.unit) for v in terms)
    return sum(amounts, Decimal(0))


def _nothing(gathering: Gathering, part: Digest, of: Value) -> bool:
    """Whether a part says that there is nothing to count."""
    return any(
        value.missing in gathering.limits.counts_as_nothing
        for value in part.values
        if (value.indicator, value.scope, value.period) == (of.indicator, of.scope, part.current)
    )


def _unequal(
    parts: Parts, value: Value, summands: list[_Summand], total: Decimal, all_there: bool
) -> Finding:
    whole = value.value or Decimal(0)
    terms = [f"{part.organisation.name} {shown(amount)}" for part, amount, _ in summands]
    written = " + ".join(terms[:_SUMMANDS])
    if len(terms) > _SUMMANDS:
        rest = sum((amount for _, amount, _ in summands[_SUMMANDS:]), Decimal(0))
        written += f" + 其余 {len(terms) - _SUMMANDS} 家 {shown(rest)}"
    which = f"全部 {len(terms)} 家" if all_there else f"只算已报的 {len(terms)} 家，"
    return Finding(
        code="RK811",
        item=parts.whole.item,
        place=value.place,
        quote=shown(whole),
        subject=f"{value.indicator} {value.scope} {shown(whole)} {shown(total)}",
        args={
            "name": value.name,
            "label": label(value),
            "given": shown(whole),
            "unit": value.unit,
            "which": which,
            "total": shown(total),
            "how": "相差" if all_there else "已多出",
            "difference": shown(abs(total - whole)),
            "sum": written,
        },
        related=tuple(
            other(part, of.place, shown(amount))
            for part, amount, of in summands[:_SUMMANDS]
            if of is not None
        ),
    )


@rule(
    code="RK812",
    name="parts-incomplete",
    title="所辖单位没有收齐，合计未核对",
    severity=Severity.INFO,
    source=SUMS,
    why="缺了单位，各家之和当然小于总数，不能据此判断对错。",
    message="有 {count} 项数可与所辖单位的合计核对，但{why}，只看了是否小于已报部分之和",
    expected="所辖单位全部报送，或用名录说明应有哪些单位",
    hint="收齐后重新核对；名录写明各单位的所在区。",
    needs=(Needs.OTHERS,),
    good=_AREA + _ALL + _WHOLE % "50",
    bad=_AREA + _ALL + "丙处,东区\n" + "== 丙处 [example-unit] (staff.total,2022,5)\n"
    "=== report.yaml\norganisation: {name: 丙处, region: 东区}\n"
    "data_period: {start: 2023-01-01, end: 2023-06-30}\n" + _WHOLE % "60",
)
def parts_incomplete(gathering: Gathering) -> Iterator[Finding]:
    """A whole whose parts have not all filed, or nobody knows how many they are."""
    for parts in wholes(gathering):
        if parts.complete:
            continue
        known = {key for part in parts.filed for key in gathering.values(part)}
        values = [v for v in _summed(gathering, parts.whole) if (v.indicator, v.scope) in known]
        if not values:
            continue
        filed = len(parts.filed)
        why = f"收到 {filed} 家，不知应有几家"
        if parts.known:
            absent = "、".join(parts.absent[:_SUMMANDS])
            rest = f"（缺 {absent}{' 等' * (len(parts.absent) > _SUMMANDS)}）" if absent else ""
            why = f"按{parts.known}应有 {parts.expected} 家，收到 {filed} 家{rest}"
        yield Finding(
            code="RK812",
            item=parts.whole.item,
            place=values[0].place,
            args={"count": len(values), "why": why},
        )
