"""The tables and charts of pooled values that each section of the new report gets.

What the standard lays down (``compilation.views``) comes first; what is left of a section's
``pools`` goes into one table of its own. Cells are expressions, so that no number stands twice:
the table's body is a file below ``data/`` that can be written anew when more submissions came.
"""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from ..composing.compare import MISSING, period_name
from ..composing.pools import NOWHERE, STATISTICS
from ..model.data import Indicator, Pooling
from ..model.standard import SectionSpec, Standard, TableSpec, View
from ..standards import counterparts
from ..standards.crosswalk import sections
from .choosing import Chosen
from .contributing import Contributed
from .pooling import Pooled, Wanted

Rows = tuple[tuple[str, ...], ...]
Shape = Literal["auto", "column", "stacked", "bar", "line", "pie", "ring"]
_UNITS = ("单位", "计量单位")
_WHOLE = "全部"


@dataclass(frozen=True)
class Laid:
    """A table or chart: its body in ``file``, the unit of a chart, its least coverage."""

    id: str
    section: str
    caption: str
    rows: Rows
    header: int
    chart: Shape | None
    unit: str
    least: int
    table: str | None = None
    group: str | None = None

    @property
    def file(self) -> str:
        """Where its body stands."""
        return f"data/pooled-{self.id}.csv"

    @property
    def block(self) -> str:
        """The id of its block."""
        return f"{'fig' if self.chart else 'tbl'}:{self.id}"


def planned(
    target: Standard, sources: Sequence[Standard], contributed: Contributed
) -> tuple[View, ...]:
    """The views of a report under ``target``: those of the standard, and one for each section.

    ``sources`` are the standards of the submissions: an indicator that no section of ``target``
    pools goes where the crosswalk leads from a section that does.
    """
    known = [i.id for i in target.indicators if _is_given(i.id, contributed)]
    laid = tuple(
        view.model_copy(update={"indicators": _matching(view.indicators, known)})
        for view in target.compilation.views
    )
    shown = {name for view in laid if view.chart is None for name in view.indicators}
    rest: dict[str, list[str]] = {}
    for name in known:
        if name not in shown and (section := _home(name, target, sources)) is not None:
            rest.setdefault(section.id, []).append(name)
    titles = {spec.id: spec.title for spec in sections(target)}
    default = tuple(
        View(
            id=f"{section}-pooled",
            section=section,
            title=f"{titles[section]}汇总表",
            indicators=tuple(names),
        )
        for section, names in rest.items()
    )
    return tuple(view for view in (*laid, *default) if view.indicators)


def _is_given(name: str, contributed: Contributed) -> bool:
    refused = (each.indicator for each in contributed.refused if each.wanted)
    return any(key[0] == name for key in contributed.by_key) or name in refused


def _matching(patterns: Iterable[str], known: list[str]) -> tuple[str, ...]:
    """Indicators in the order of the patterns, then of the catalogue."""
    return tuple(dict.fromkeys(name for p in patterns for name in fnmatch.filter(known, p)))


def _home(name: str, target: Standard, sources: Sequence[Standard]) -> SectionSpec | None:
    """The section in whose table an indicator stands."""
    if (found := _pooling(name, target)) is not None:
        return found
    for source in sources:
        if (section := _pooling(name, source)) is not None:
            return next(_led_to(section, source, target), None)
    return None


def _led_to(section: SectionSpec, source: Standard, target: Standard) -> Iterator[SectionSpec]:
    """The sections of ``target`` for what a section, or one above it, treats; nearest first."""
    above = [spec for spec in sections(source) if section in _below(spec)]
    for spec in reversed(above):
        yield from (each for each in sections(target) if each.id == spec.id)
        yield from counterparts(spec.id, source, target)


def _below(spec: SectionSpec) -> Iterator[SectionSpec]:
    yield spec
    for child in spec.sections:
        yield from _below(child)


def _pooling(name: str, standard: Standard) -> SectionSpec | None:
    """The section of a standard that pools an indicator; of several the deepest, last one."""
    found = [s for s in sections(standard) if any(fnmatch.fnmatch(name, p) for p in s.pools)]
    return found[-1] if found else None


def wanted_of(views: Iterable[View]) -> Wanted:
    """For which indicators regions and extremes are shown."""
    regions = {n for view in views if view.rows == "regions" for n in view.indicators}
    spread = {n for view in views if view.show == "spread" for n in view.indicators}
    return Wanted(regions, spread)


def lay_out(
    views: Iterable[View], target: Standard, chosen: Chosen, pooled: Pooled
) -> Iterator[Laid]:
    """The tables and charts with their bodies; those that would be empty are left out."""
    layout = _Layout(target, chosen, pooled)
    for view in views:
        laid = layout.of(view)
        if laid is not None:
            yield laid


class _Layout:
    def __init__(self, target: Standard, chosen: Chosen, pooled: Pooled) -> None:
        self.chosen = chosen
        self.pooled = pooled
        self.catalogue = {indicator.id: indicator for indicator in target.indicators}
        self.tables = {table.id: table for table in target.tables}
        named = {member.group for member in chosen.members}
        self.groups = [g.scope for g in target.compilation.groups if g.scope in named]
        self.known = {group.scope for group in target.compilation.groups}
        self.regions = _in_order(chosen)
        counted = target.compilation.organisations.get(chosen.level)
        self.unit = counted.unit if counted else "家"
        self.counted = f"填报数（{self.unit}）"

    def of(self, view: View) -> Laid | None:
        """One view; None if there is nothing to show."""
        spec = self.tables.get(view.table or "")
        scope = view.group or ""
        names = [n for n in view.indicators if self._has(n, scope) or self._has(n, "")]
        if view.group and not any(self._has(n, scope) for n in names):
            return None
        if view.chart is not None:
            names = self._of_one_unit(names)
        make = {
            "indicators": self._by_indicator,
            "regions": self._by_region,
            "groups": self._by_group,
            "periods": self._by_period,
        }[view.rows]
        self.used: set[str] = set()
        header, body = make(view, names, spec) if names else ((), ())
        if not body or (view.chart is not None and len(body) < 2):
            return None
        counts = [self.pooled.counts.get((n, self.chosen.current, scope), 0) for n in self.used]
        caption = view.title or (spec.title if spec else view.id)
        return Laid(
            id=view.id,
            section=view.section,
            caption=f"{caption}（{view.group}）" if view.group else caption,
            rows=(*header, *body),
            header=len(header),
            chart=view.chart,
            unit=self.catalogue[names[0]].unit,
            least=min(counts, default=0),
            table=view.table,
            group=view.group,
        )

    def _has(self, name: str, scope: str, period: str = "") -> bool:
        return (name, period or self.chosen.current, scope) in self.pooled.observations

    def _of_one_unit(self, names: list[str]) -> list[str]:
        """A chart has one unit: that of its first indicator."""
        return [n for n in names if self.catalogue[n].unit == self.catalogue[names[0]].unit]

    def cell(self, name: str, scope: str = "", period: str = "") -> str:
        """The expression that prints a value; “—” where nobody gave one."""
        key = (name, period or self.chosen.current, scope)
        if key not in self.pooled.observations:
            return MISSING
        self.used.add(name)
        filters = f" | of('{period}')" if period and period != self.chosen.current else ""
        filters += f" | scope('{scope}')" if scope else ""
        return f"{{{{ {name}{filters} }}}}"

    def _by_indicator(
        self, view: View, names: list[str], spec: TableSpec | None
    ) -> tuple[Rows, Rows]:
        scope = view.group or ""
        if view.chart is not None:
            rows = [(self._name(n), self.cell(n, scope)) for n in names if self._has(n, scope)]
            return (("指标", "数值"),), tuple(rows)
        if spec is not None and spec.header:
            return self._as_laid_down(names, spec)
        several = self.groups if len(self.groups) > 1 and not scope else []
        columns = list(STATISTICS) if view.show == "spread" else several
        whole = "汇总值" if view.show == "spread" else _WHOLE
        header = ("指标", "单位", whole, *columns, self.counted)
        body = [
            (
                self._name(name),
                self.catalogue[name].unit or MISSING,
                self.cell(name, scope),
                *(self.cell(name, column) for column in columns),
                self._count(name, scope),
            )
            for name in names
        ]
        return (header,), tuple(body)

    def _as_laid_down(self, names: list[str], spec: TableSpec) -> tuple[Rows, Rows]:
        """Rows under the header of a mandated table: unit, a group's value, or that of all."""
        heads = spec.header[-1]
        units = any(head in _UNITS for head in heads)
        body = []
        for name in names:
            row = [self._name(name) if units else self._named(name)]
            for head in heads[1:]:
                if head in _UNITS:
                    row.append(self.catalogue[name].unit or MISSING)
                else:
                    row.append(self.cell(name, head if head in self.known else ""))
            body.append(tuple(row))
        return spec.header, tuple(body)

    def _by_region(self, view: View, names: list[str], spec: TableSpec | None) -> tuple[Rows, Rows]:
        return self._by_scope("地区", self.regions, names, view)

    def _by_group(self, view: View, names: list[str], spec: TableSpec | None) -> tuple[Rows, Rows]:
        return self._by_scope("类别", self.groups, names, view)

    def _by_scope(
        self, head: str, scopes: list[str], names: list[str], view: View
    ) -> tuple[Rows, Rows]:
        there = [s for s in scopes if any(self._has(n, s) for n in names)]
        if view.chart is not None:
            rows = [
                (scope, *(self.cell(n, scope) for n in names))
                for scope in there
                if all(self._has(n, scope) for n in names)
            ]
            return ((head, *map(self._name, names)),), tuple(rows)
        body = [(scope, *(self.cell(n, scope) for n in names)) for scope in there]
        added = all(self._is_added(n) for n in names)
        body.append(("合计" if added else _WHOLE, *(self.cell(n) for n in names)))
        if any(self._lacking(n) for n in names):
            body.append((self.counted, *(self._count(n) for n in names)))
        return ((head, *map(self._named, names)),), tuple(body)

    def _by_period(self, view: View, names: list[str], spec: TableSpec | None) -> tuple[Rows, Rows]:
        scope = view.group or ""
        header: Rows = (("年度", *map(self._named, names)),)
        if spec is not None and spec.header and len(spec.header[-1]) == len(names) + 1:
            header = spec.header
        body = [
            (period_name(period), *(self.cell(n, scope, period) for n in names))
            for period in reversed(self.chosen.periods)
            if any(self._has(n, scope, period) for n in names)
        ]
        if view.chart is None and any(self._lacking(n, scope) for n in names):
            body.append((self.counted, *(self._count(n, scope) for n in names)))
        return header, tuple(body)

    def _name(self, name: str) -> str:
        return self.catalogue[name].name

    def _named(self, name: str) -> str:
        unit = self.catalogue[name].unit
        return f"{self._name(name)}（{unit}）" if unit else self._name(name)

    def _count(self, name: str, scope: str = "") -> str:
        """How many organisations are behind the current value."""
        return str(self.pooled.counts.get((name, self.chosen.current, scope), 0))

    def _lacking(self, name: str, scope: str = "") -> bool:
        """Whether not every organisation gave the value."""
        among = [m for m in self.chosen.members if not scope or m.group == scope]
        return self.pooled.counts.get((name, self.chosen.current, scope), 0) < len(among)

    def _is_added(self, name: str) -> bool:
        observed = self.pooled.observations.get((name, self.chosen.current, ""))
        return observed is not None and _is_sum(self.catalogue[name])


def _in_order(chosen: Chosen) -> list[str]:
    """The regions by their codes, those without by name; what names none comes last."""
    codes: dict[str, str] = {}
    for member in chosen.members:
        code = member.digest.organisation.region_code or "~"
        codes[member.region] = min(code, codes.get(member.region, "~"))
    return sorted(codes, key=lambda name: (name == NOWHERE, codes[name], name))


def _is_sum(indicator: Indicator) -> bool:
    if indicator.pooling is not None:
        return indicator.pooling is Pooling.SUM
    return indicator.kind in ("count", "amount")
