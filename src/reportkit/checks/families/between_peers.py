"""RK831: values that stand out among those of similar organisations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import exp, log
from statistics import median

from ...model.data import IndicatorKind
from ...model.diagnostic import Finding, Severity
from ..between.digest import Digest, Value
from ..between.gathering import Gathering, Key, label, number, other, shown
from ..between.limits import Limits
from ..registry import Basis, Needs, Source, rule

_SCALE = 0.6745
"""Makes the median absolute deviation of normal values one standard deviation."""
_LEAST_LOG, _LEAST_SHARE = log(1.05), 0.01
"""The least deviation: 5 % of a quantity, 1 % of another value, where most peers say the same."""
_NEIGHBOURS = 3
_PEERS = "".join(
    f"== {name}处 (staff.total,2023,{value})\n"
    for name, value in zip("甲乙丙丁戊己庚辛", (41, 52, 47, 60, 55, 49, 58, 44), strict=True)
)


@dataclass(frozen=True, slots=True)
class _Member:
    """A value of a group: ``amount`` in the group's unit, ``measure`` as it is compared."""

    digest: Digest
    value: Value
    amount: Decimal
    measure: float


@dataclass(frozen=True, slots=True)
class _Group:
    """Values that are compared; ``ratio`` tells measures that are logarithms."""

    members: Sequence[_Member]
    name: str
    ratio: bool
    per: str = ""


@rule(
    code="RK831",
    name="outlier-among-peers",
    title="与同类单位相差悬殊",
    severity=Severity.WARNING,
    source=Source(
        Basis.PRACTICE,
        "稳健 z 值：0.6745×（本值−中位数）÷中位绝对偏差，超过 3.5 视为离群（Iglewicz 与"
        " Hoaglin，1993）；同类不到 20 家时中位数不稳，超过 5 才算",
    ),
    why="与大家差得太远的数，多是单位、小数点或口径有误；也可能确有特色，所以只请说明。",
    message="{name}（{label}）为 {given}{unit}{per}，{group} {count} 家的中位数是 {median}"
    "，稳健 z 值 {z}",
    expected="{computation}；多数在 {low} 与 {high} 之间",
    hint="核对单位、小数点和口径{explain:；确属实情的，说明原因}。",
    needs=(Needs.OTHERS,),
    good=_PEERS + "== 壬处 (staff.total,2023,63)\n",
    bad=_PEERS + "== 壬处 (staff.total,2023,630)\n",
)
def outlier_among_peers(gathering: Gathering) -> Iterator[Finding]:
    """Values far from the median of organisations of the same level, kind and size."""
    bounds = gathering.limits
    for group in _groups(gathering):
        middle = median(member.measure for member in group.members)
        spread = median(abs(member.measure - middle) for member in group.members)
        spread = max(spread, _LEAST_LOG if group.ratio else abs(middle) * _LEAST_SHARE) or 1.0
        many = len(group.members) > bounds.peers_many
        most = float(bounds.robust_z if many else bounds.robust_z_few)
        for member in group.members:
            z = _SCALE * (member.measure - middle) / spread
            if abs(z) >= most and _far(bounds, member, group, middle):
                yield _told(gathering, member, group, middle, spread, z)


def _groups(gathering: Gathering) -> Iterator[_Group]:
    """Values of one indicator and scope, by level, kind and size of the organisation.

    Where the roster tells no kind, those under one standard are of a kind.
    """
    sizes = {digest.item: _size(gathering, digest) for digest in gathering.this_year}
    seen: set[int] = set()
    classes: dict[tuple[str, str, str], list[Digest]] = {}
    for digest in gathering.this_year:
        if gathering.owner(digest) not in seen:
            seen.add(gathering.owner(digest))
            kind = gathering.kind(digest)
            under = "" if kind else digest.standard
            classes.setdefault((digest.level, under, kind), []).append(digest)
    for (_, _, kind), digests in classes.items():
        by_key: dict[Key, list[tuple[Digest, Value]]] = {}
        for digest in digests:
            for key, value in gathering.values(digest).items():
                if not (value.own or value.computed):
                    by_key.setdefault(key, []).append((digest, value))
        for key, values in by_key.items():
            yield from _by_size(
                gathering, key, values, sizes, f"同类（{kind}）" if kind else "同类"
            )


_Sizes = dict[str, Value | None]


def _size(gathering: Gathering, digest: Digest) -> Value | None:
    """The value that tells how large an organisation is."""
    values = gathering.values(digest)
    known = (values.get((name, "")) for name in gathering.limits.size_by)
    return next((v for v in known if v is not None and v.value and v.value > 0), None)


def _by_size(
    gathering: Gathering,
    key: Key,
    values: Sequence[tuple[Digest, Value]],
    sizes: _Sizes,
    name: str,
) -> Iterator[_Group]:
    """Groups of one class: quantities by head, other values within a step of size."""
    needed = gathering.limits.peers_at_least + 1
    first = values[0][1]
    members = _members(values, first)
    measured = {sizes[m.digest.item].indicator for m in members if sizes[m.digest.item]}  # type: ignore[union-attr]
    if first.kind in (IndicatorKind.COUNT, IndicatorKind.AMOUNT):
        by_head = len(measured) == 1 and key[0] not in measured
        by_head = by_head and all(sizes[member.digest.item] for member in members)
        members = [made for member in members if (made := _ratio(member, sizes, by_head))]
        per = ""
        if by_head and members:
            size = sizes[members[0].digest.item]
            per = f"与{size.name}之比" if size else ""
        if len(members) >= needed:
            yield _Group(members, name, True, per)
        return
    steps: dict[int, list[_Member]] = {}
    for member in members:
        steps.setdefault(_step(gathering.limits, sizes[member.digest.item]), []).append(member)
    if all(len(listed) >= needed for listed in steps.values()):
        for at, listed in sorted(steps.items()):
            yield _Group(listed, f"规模相近的{name}" if at >= 0 and len(steps) > 1 else name, False)
    elif len(members) >= needed:
        yield _Group(members, name, False)


def _members(values: Sequence[tuple[Digest, Value]], first: Value) -> list[_Member]:
    """The values in the unit of the first; without those that cannot be in it."""
    found = []
    for digest, value in values:
        amount = number(value, first.unit)
        if amount is not None:
            found.append(_Member(digest, value, amount, float(amount)))
    return found


def _ratio(member: _Member, sizes: _Sizes, by_head: bool) -> _Member | None:
    """A quantity, or what of it falls to one head, as a logarithm; None if there is none."""
    if member.amount <= 0:
        return None
    size = sizes[member.digest.item] if by_head else None
    heads = float(size.value) if size is not None and size.value else 1.0
    measure = log(float(member.amount) / heads)
    return _Member(member.digest, member.value, member.amount, measure)


def _step(bounds: Limits, size: Value | None) -> int:
    if size is None or size.value is None:
        return -1
    return sum(size.value >= most for most in bounds.size_steps)


def _far(bounds: Limits, member: _Member, group: _Group, middle: float) -> bool:
    """Whether the difference matters, however close the peers are to each other."""
    apart = abs(member.measure - middle)
    if group.ratio:
        return apart >= log(float(bounds.outlier_times))
    if member.value.kind is IndicatorKind.RATE:
        return apart >= bounds.outlier_points
    return apart * 100 >= float(bounds.outlier_percent) * abs(middle)


def _told(
    gathering: Gathering, member: _Member, group: _Group, middle: float, spread: float, z: float
) -> Finding:
    value = member.value
    unit = value.unit if not group.per else ""

    def worth(measure: float) -> str:
        return _brief(exp(measure) if group.ratio else measure) + unit

    written = f"{'ln ' if group.ratio else ''}{_brief(_plain(member.measure, group))}"
    centre = f"{'ln ' if group.ratio else ''}{_brief(_plain(middle, group))}"
    near = sorted(group.members, key=lambda each: (abs(each.measure - middle), each.digest.item))
    return Finding(
        code="RK831",
        item=member.digest.item,
        place=value.place,
        quote=shown(value.value or Decimal(0)),
        subject=f"{value.indicator} {value.scope} {shown(member.amount)}",
        severity=Severity.INFO if _steady(gathering, member) else None,
        args={
            "name": value.name,
            "label": label(value),
            "given": shown(value.value or Decimal(0)),
            "unit": value.unit,
            "per": f"，{group.per}为 {worth(member.measure)}" if group.per else "",
            "group": group.name,
            "count": len(group.members) - 1,
            "median": worth(middle),
            "z": f"{z:.1f}",
            "computation": f"0.6745 ×（{written} − {centre}）÷ {_brief(spread)} = {z:.1f}",
            "low": worth(middle - spread),
            "high": worth(middle + spread),
            "explain": not _steady(gathering, member),
        },
        related=tuple(
            other(each.digest, each.value.place, shown(each.value.value or Decimal(0)))
            for each in near[:_NEIGHBOURS]
            if each is not member
        ),
    )


def _plain(measure: float, group: _Group) -> float:
    return exp(measure) if group.ratio else measure


def _brief(number: float) -> str:
    """Four digits that count; whole numbers in full."""
    if abs(number) >= 1000:
        return f"{number:.0f}"
    return shown(Decimal(f"{number:.4g}"))


def _steady(gathering: Gathering, member: _Member) -> bool:
    """Whether the organisation itself reported about the same last year."""
    known = gathering.last_year(member.digest).get((member.value.indicator, member.value.scope))
    if known is None or not known.value:
        return False
    apart = abs(member.amount - known.value) * 100
    return apart <= gathering.limits.steady_percent * abs(known.value)
