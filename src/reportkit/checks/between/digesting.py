"""From an opened submission to its digest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...composing.facts import Fact, Facts, NoValueError, Wanted
from ...composing.values import Values
from ...model.base import Place
from ...model.blocks import Case, Chart, Figure, Table
from ...model.data import Observation
from ...model.report import plain as plain_runs
from ..content import length, section_length
from ..context import Context, Node, flatten, plain
from ..ledger.indicators import catalogue, observation_place
from .digest import CaseHead, Chapter, Digest, Value

if TYPE_CHECKING:
    from ...model.report import Label, Report
    from ...model.standard import Standard
    from ...reading import ReadResult


def digest(
    item: str, result: ReadResult, standard: Standard | None, report: Report | None
) -> Digest:
    """What others see of a submission; ``item`` is its name among them.

    ``standard`` and ``report`` may be None where reading did not get that far; then values that
    only a formula gives, mandated sections and numbers of cases are unknown.

    Raises:
        ValueError: nothing was read (``result.submission`` is None).
    """
    if result.submission is None:
        raise ValueError(f"{item}: there is no submission to make a digest of")
    context = Context(result, standard, report)
    metadata = result.submission.metadata
    values = _facts(context)
    return Digest(
        item=item,
        organisation=metadata.organisation,
        standard=metadata.standard,
        level=standard.level if standard else "other",
        title=metadata.title,
        title_year=metadata.title_year,
        data_period=metadata.data_period,
        current=values.facts.current,
        values=tuple(_values(context, values)),
        before=result.history,
        chapters=tuple(_chapters(context)),
        cases=tuple(_cases(context)),
    )


def _facts(context: Context) -> Values:
    """All values of the submission, those of formulas too."""
    data, history = context.submission.data, context.result.history
    period = context.submission.metadata.data_period
    return Values(Facts(data, catalogue(context).values(), period, history))


def _values(context: Context, values: Values) -> Iterator[Value]:
    """Values as observed in the order of the data, then those that only formulas give."""
    own = frozenset(i.id for i in context.submission.metadata.indicators)
    known = values.facts.indicators
    seen = set()
    spans = {(values.facts.current, "")}
    for each in context.submission.data.observations:
        key = (each.indicator, each.period, each.scope)
        if key in seen:  # told as RK134
            continue
        seen.add(key)
        spans.add((each.period, each.scope))
        yield _observed(context, each, values, each.indicator in own)
    for period, scope in sorted(spans):
        for name, indicator in known.items():
            if indicator.formula and (name, period, scope) not in seen:
                fact = _computed(values, Wanted(name, period, scope))
                if fact is not None:
                    yield _derived(fact, indicator.formula, name in own)


def _observed(context: Context, each: Observation, values: Values, own: bool) -> Value:
    indicator = values.facts.indicators[each.indicator]
    return Value(
        indicator=each.indicator,
        name=indicator.name,
        kind=indicator.kind,
        unit=each.unit or indicator.unit,
        period=each.period,
        scope=each.scope,
        value=each.value,
        missing=each.missing,
        source=each.source,
        own=own,
        place=observation_place(context, each).bare,
    )


def _computed(values: Values, wanted: Wanted) -> Fact | None:
    try:
        return values.facts.find(wanted)
    except NoValueError:
        return None


def _derived(fact: Fact, formula: str, own: bool) -> Value:
    return Value(
        indicator=fact.indicator.id,
        name=fact.indicator.name,
        kind=fact.indicator.kind,
        unit=fact.unit,
        period=fact.period,
        scope=fact.scope,
        value=fact.value,
        source=formula[:300],
        own=own,
        computed=True,
    )


def _chapters(context: Context) -> Iterator[Chapter]:
    if context.has_standard:
        _ = context.outline  # finds the mandated section of each
    for node in context.chapters:
        blocks = [block for n in node.walk() for block, _ in flatten(n.section.blocks)]
        yield Chapter(
            title=node.title,
            spec=node.spec.id if node.spec else None,
            hanzi=section_length(node),
            tables=sum(isinstance(block, Table) for block in blocks),
            figures=sum(isinstance(block, Figure | Chart) for block in blocks),
            cases=sum(isinstance(block, Case) for block in blocks),
            place=node.place.bare,
        )


def _cases(context: Context) -> Iterator[CaseHead]:
    printed = {
        _spot(label.place): label
        for label in (context.report.labels if context.has_report else ())
        if label.kind == "case" and label.place is not None
    }
    order: dict[Node, int] = {node: at for at, node in enumerate(context.chapters)}
    for node, block, _ in context.blocks:
        if isinstance(block, Case):
            place = block.place_of("title") or node.place
            yield case_head(block, order[node.root], printed.get(_spot(place)), place)


def case_head(block: Case, chapter: int, label: Label | None, place: Place) -> CaseHead:
    """What a list of cases says of one; ``label`` is how it is printed, if that is known."""
    return CaseHead(
        title=plain_runs(label.title) if label else plain(block.title),
        owner=" ".join((block.owner or "").split()),
        number=label.label if label else block.number or "",
        chapter=chapter,
        hanzi=length(block.blocks),
        place=place.bare,
    )


_Spot = tuple[str | int | None, ...]


def _spot(place: Place) -> _Spot:
    return place.file, place.line, place.column, place.paragraph, place.pointer
