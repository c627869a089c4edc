"""RK813 to RK816: a value that another organisation, or another year, contradicts."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ...composing.units import converted
from ...model.data import IndicatorKind
from ...model.diagnostic import Finding, Severity
from ..between.digest import Digest, Value
from ..between.gathering import (
    Gathering,
    Known,
    agree,
    label,
    number,
    other,
    room,
    same_name,
    shown,
    slack,
)
from ..ledger.indicators import before
from ..registry import Basis, Needs, Source, rule

SAME = Source(Basis.PRACTICE, "一数一源：同一单位、同一时期、同一口径的数处处相同")
_MOVED = """
== 甲处 (staff.total,2023,20; students.moved_out,2023,3,乙处)
== 乙处 (staff.total,2023,30; students.moved_in,2023,%s,甲处)
"""


@rule(
    code="RK813",
    name="mirrored-differs",
    title="双方说的对不上",
    severity=Severity.WARNING,
    source=SAME,
    why="从一家到另一家去了几个，两家说的应当是同一个数。",
    message="{name} 填报“{to}”{given}{unit}，对方填报的{mirrored}“{own}”是 {other}{unit}",
    expected="两家的数相等",
    hint="与对方核对名单后改正{explain:；时点、口径不同的，写明差别}。",
    needs=(Needs.OTHERS,),
    good=_MOVED % "3",
    bad=_MOVED % "2",
)
def mirrored_differs(gathering: Gathering) -> Iterator[Finding]:
    """What one says of another by name, against what that one says of it."""
    for one, its in gathering.limits.mirrored:
        for mine, theirs in ((one, its), (its, one)):
            for digest in gathering.this_year:
                yield from _mirror(gathering, digest, mine, theirs)


def _mirror(gathering: Gathering, digest: Digest, mine: str, theirs: str) -> Iterator[Finding]:
    for value in gathering.about_others(digest):
        if value.indicator != mine:
            continue
        for partner in gathering.by_name.get(same_name(value.scope), ()):
            if partner is digest or partner.data_period.end != digest.data_period.end:
                continue
            answer, whole = _answer(gathering, partner, theirs, digest)
            if answer is None and (whole is None or not _more(value, whole)):
                continue
            found = answer or whole
            amount = number(found, value.unit) if found else None
            if found is None or amount is None or amount == value.value:
                continue
            yield Finding(
                code="RK813",
                item=digest.item,
                place=value.place,
                quote=shown(value.value or Decimal(0)),
                subject=f"{mine} {value.scope} {value.value} {amount}",
                args={
                    "name": value.name,
                    "to": value.scope,
                    "given": shown(value.value or Decimal(0)),
                    "unit": value.unit,
                    "mirrored": found.name,
                    "own": found.scope or "全部",
                    "other": shown(amount),
                },
                related=(other(partner, found.place, shown(amount)),),
            )


def _answer(
    gathering: Gathering, partner: Digest, theirs: str, to: Digest
) -> tuple[Value | None, Value | None]:
    """What the partner says of ``to``, and of everybody."""
    name = same_name(to.organisation.name)
    said = (
        each
        for each in gathering.about_others(partner)
        if each.indicator == theirs and same_name(each.scope) == name
    )
    return next(said, None), gathering.values(partner).get((theirs, ""))


def _more(value: Value, whole: Value) -> bool:
    """Whether a part is more than the whole that it belongs to."""
    amount = number(whole, value.unit)
    return amount is not None and value.value is not None and value.value > amount


_SAID = """
== 甲处 (staff.total,2023,20)
== 总部 [example-area] (staff.total,2023,90; staff.total,2023,%s,甲处)
"""


@rule(
    code="RK814",
    name="fact-differs",
    title="两份报送件对同一单位的说法不同",
    severity=Severity.WARNING,
    source=SAME,
    why="本单位自己报的和别处写它的不一样，读者不知信哪个。",
    message="{owner}的{name}（{period}）这里是 {given}{unit}，“{item}”中是 {other}{unit}",
    expected="两处相同",
    hint="与对方核对，以填报系统的数为准改正{explain:；口径或时点不同的，写明差别}。",
    needs=(Needs.OTHERS,),
    good=_SAID % "20",
    bad=_SAID % "21",
)
def fact_differs(gathering: Gathering) -> Iterator[Finding]:
    """What a submission says of an organisation by name, against that one's own value."""
    for digest in gathering.digests:
        mirrored = {name for pair in gathering.limits.mirrored for name in pair}
        named = (value for value in (*digest.values, *digest.told) if value.scope)
        for value in named:
            if value.indicator in mirrored or value.value is None or value.computed:
                continue
            for owner in gathering.by_name.get(same_name(value.scope), ()):
                if owner is not digest and owner.data_period.end == digest.data_period.end:
                    yield from _differing(gathering, digest, value, owner)


def _differing(
    gathering: Gathering, digest: Digest, value: Value, owner: Digest
) -> Iterator[Finding]:
    period = owner.current if value.period in ("", digest.current) else value.period
    own = gathering.values(owner, period).get((value.indicator, ""))
    amount = number(own, value.unit) if own else None
    if own is None or amount is None or value.value is None:
        return
    if agree(value, own):
        return
    sides = ((digest, value, value.value, owner, own, amount),
             (owner, own, amount, digest, value, value.value))  # fmt: skip
    for here, said, given, there, against, its in sides:
        yield Finding(
            code="RK814",
            item=here.item,
            place=said.place,
            quote=shown(said.value or Decimal(0)),
            subject=f"{value.indicator} {value.scope} {shown(given)} {shown(its)}",
            args={
                "owner": owner.organisation.name,
                "name": value.name,
                "period": period,
                "given": shown(given),
                "unit": value.unit,
                "item": there.item,
                "other": shown(its),
            },
            related=(other(there, against.place, shown(against.value or Decimal(0))),),
        )


_YEARS = """
== 甲处2022 (staff.total,2022,48)
=== report.yaml
organisation: {name: 甲处}
title: 示例单位年度报告（2022）
title_year: 2022
data_period: {start: 2022-01-01, end: 2022-12-31}
== 甲处2023 (%s)
=== report.yaml
organisation: {name: 甲处}
"""


@rule(
    code="RK815",
    name="last-year-differs",
    title="上年值与上年报送件不符",
    severity=Severity.WARNING,
    source=SAME,
    why="上年的数已经报过，今年另写一个，两年的比较就没有根据。",
    message="{name}（{label}）填报 {given}{unit}，上年报送件中是 {other}{unit}",
    expected="上年报送件中的 {other}{unit}",
    hint="照上年报送件改正{explain:；上年的数后来更正过的，写明依据}。",
    needs=(Needs.OTHERS,),
    good=_YEARS % "staff.total,2023,50; staff.total,2022,48",
    bad=_YEARS % "staff.total,2023,50; staff.total,2022,46",
)
def last_year_differs(gathering: Gathering) -> Iterator[Finding]:
    """A value given for last year, against last year's submission of the same organisation."""
    for digest in gathering.digests:
        period = before(digest.current)
        if period is None:
            continue
        own = gathering.values(digest, period)
        last = gathering.last_year(digest)
        for key, value in own.items():
            if key not in last or value.computed or value.value is None:
                continue
            known = last[key]
            its = converted(known.value, known.unit or value.unit, value.unit)
            if its is None or abs(its - value.value) <= _room(value, known):
                continue
            yield Finding(
                code="RK815",
                item=digest.item,
                place=value.place,
                quote=shown(value.value),
                subject=f"{value.indicator} {value.scope} {shown(value.value)} {shown(its)}",
                args={
                    "name": value.name,
                    "label": label(value),
                    "given": shown(value.value),
                    "unit": value.unit,
                    "other": shown(its),
                },
                related=(known.where,),
            )


def _room(value: Value, known: Known) -> Decimal:
    """How far the two may lie apart by how they are written."""
    given, unit, kind = value.value or Decimal(0), value.unit, value.kind
    its = slack(known.value, known.unit or unit, kind, unit)
    return room(slack(given, unit, kind, unit), its)


@rule(
    code="RK816",
    name="jump-since-last-year",
    title="与上年报送件相比变动过大",
    severity=Severity.WARNING,
    source=Source(Basis.PRACTICE, "异常变动核查：成倍增减或比率大幅变动须说明"),
    why="变动这么大，常是单位、小数点或口径变了。",
    message="{name}（{label}）为 {given}{unit}，上年报送件为 {other}{unit}，{change}",
    expected="变动有缘由：{computation}",
    hint="核对单位、小数点和口径{explain:；确属实情的，说明原因}。",
    needs=(Needs.OTHERS,),
    good=_YEARS % "staff.total,2023,60",
    bad=_YEARS % "staff.total,2023,480",
)
def jump_since_last_year(gathering: Gathering) -> Iterator[Finding]:
    """A great change that the submission does not show, for it gives no value of last year."""
    for digest in gathering.digests:
        old, period = gathering.year_before(digest), before(digest.current)
        if old is None or period is None:
            continue
        own = gathering.values(digest, period)
        last = gathering.values(old, period)
        for key, value in gathering.values(digest).items():
            if key in last and key not in own and not value.computed:
                yield from _jump(gathering, digest, value, old, last[key])


def _jump(
    gathering: Gathering, digest: Digest, value: Value, old: Digest, was: Value
) -> Iterator[Finding]:
    bounds = gathering.limits
    new, last = value.value or Decimal(0), number(was, value.unit)
    if last is None:
        return
    if value.kind is IndicatorKind.RATE:
        points = new - last
        large = abs(points) >= bounds.jump_points
        change = f"{'升' if points > 0 else '降'} {shown(abs(points))} 个百分点"
        written = f"{shown(new)} − {shown(last)} = {shown(points)}"
    elif not last or max(abs(new), abs(last)) < bounds.jump_least:
        return
    else:
        rate = (new - last) * 100 / abs(last)
        large = rate >= bounds.jump_percent or new * (100 + bounds.jump_percent) <= last * 100
        change = f"{'增' if rate > 0 else '减'} {shown(round(abs(rate), 1))}%"
        written = f"（{shown(new)} − {shown(last)}）÷ {shown(last)} = {shown(round(rate, 1))}%"
    if large:
        yield Finding(
            code="RK816",
            item=digest.item,
            place=value.place,
            quote=shown(new),
            subject=f"{value.indicator} {value.scope} {shown(new)} {shown(last)}",
            args={
                "name": value.name,
                "label": label(value),
                "given": shown(new),
                "unit": value.unit,
                "other": shown(last),
                "change": change,
                "computation": written,
            },
            related=(other(old, was.place, shown(was.value or Decimal(0))),),
        )
