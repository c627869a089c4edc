"""From an opened submission to its digest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from ...composing.facts import Fact, Facts, NoValueError, Wanted
from ...composing.values import Values
from ...model.base import Place
from ...model.blocks import Case, Chart, Figure, Table
from ...model.data import Indicator, IndicatorKind, Observation, Pooling
from ...model.diagnostic import Severity
from ...model.report import plain as plain_runs
from ...vocabulary import alternatives
from ..content import length, section_length
from ..context import Context, Node, flatten, plain
from ..ledger.indicators import Group, Item, catalogue, observation_place, tabled
from .digest import CaseHead, Chapter, Digest, Passage, Picture, Repeat, Value
from .limits import limits
from .passages import packed_texts, passages
from .pictures import pictures

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
    chapters = tuple(_chapters(context))
    stated, told = _tables(context, values.facts.current)
    found = tuple(passages(context, values))
    texts, images = tuple(passage for passage, _ in found), tuple(pictures(context))
    previous = result.previous
    return Digest(
        item=item,
        organisation=metadata.organisation,
        place=(metadata.organisation.place_of("name") or context.place_in(MANIFEST)).bare,
        standard=metadata.standard,
        level=standard.level if standard else "other",
        title=metadata.title,
        title_year=metadata.title_year,
        data_period=metadata.data_period,
        current=values.facts.current,
        values=(*_values(context, values), *stated),
        before=previous.data.observations if previous else result.history,
        chapters=chapters,
        cases=tuple(_cases(context)),
        passages=texts,
        words=packed_texts(text for _, text in found),
        pictures=images,
        told=tuple(told),
        previous=(metadata.previous or "") if previous else "",
        repeats=tuple(_repeats(result, standard, texts, images)),
        hanzi=sum(chapter.hanzi for chapter in chapters),
        severities=_severities(standard),
    )


def _severities(standard: Standard | None) -> dict[str, Severity]:
    given = standard.severities if standard else {}
    return {code: severity for code, severity in given.items() if code.startswith("RK8")}


def _facts(context: Context) -> Values:
    """All values of the submission, those of formulas too."""
    data, history = context.submission.data, context.result.history
    period = context.submission.metadata.data_period
    return Values(Facts(data, catalogue(context).values(), period, history))


def _values(context: Context, values: Values) -> Iterator[Value]:
    """Values as observed in the order of the data, then those that only formulas give."""
    own = frozenset(i.id for i in context.submission.metadata.indicators)
    seen: dict[tuple[str, str], set[str]] = {(values.facts.current, ""): set()}
    for each in context.submission.data.observations:
        observed = seen.setdefault((each.period, each.scope), set())
        if each.indicator in observed:  # told as RK134
            continue
        observed.add(each.indicator)
        yield _observed(context, each, values, each.indicator in own)
    formulas = {
        name: (indicator.formula, set(values.needs(indicator.formula)))
        for name, indicator in values.facts.indicators.items()
        if indicator.formula and values.computes(indicator.formula)
    }
    for (period, scope), observed in sorted(seen.items()):
        whole = (period, scope) == (values.facts.current, "")
        for name, (formula, needed) in formulas.items():
            here = whole or ("[" not in formula and needed & observed)
            if here and name not in observed:
                fact = _computed(values, Wanted(name, period, scope))
                if fact is not None:
                    yield _derived(fact, formula, name in own)


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
        adds=_adds(indicator),
        place=observation_place(context, each).bare,
    )


def _adds(indicator: Indicator) -> bool:
    """Whether the values of many organisations are added up."""
    if indicator.pooling is not None:
        return indicator.pooling is Pooling.SUM
    return indicator.kind in (IndicatorKind.COUNT, IndicatorKind.AMOUNT)


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
        adds=_adds(fact.indicator),
    )


def _chapters(context: Context) -> Iterator[Chapter]:
    if context.has_standard:
        _ = context.outline  # finds the mandated section of each
    for node in context.chapters:
        blocks = [block for n in node.walk() for block, _ in flatten(n.section.blocks)]
        yield Chapter(
            title=node.title[:_LONGEST],
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
        title=(plain_runs(label.title) if label else plain(block.title))[:_LONGEST],
        owner=" ".join((block.owner or "").split()),
        number=label.label if label else block.number or "",
        chapter=chapter,
        hanzi=length(block.blocks),
        place=place.bare,
    )


MANIFEST = "report.yaml"
_LONGEST = 200
"""Characters of a title that are kept."""
_SHORTEST_NAME = 4
"""Characters that the name of an organisation has at least, to be known in a table."""
_Spot = tuple[str | int | None, ...]


def _spot(place: Place) -> _Spot:
    return place.file, place.line, place.column, place.paragraph, place.pointer


def _tables(context: Context, current: str) -> tuple[list[Value], list[Value]]:
    """What the author's tables say of the organisation itself, and of others by their names."""
    own: dict[tuple[str, str], Value] = {}
    told: list[Value] = []
    if not (context.has_report and context.has_standard):
        return [], []
    ending = re.compile(f"(?:{alternatives('organisation_endings')})$")
    for _, group in tabled(context):
        name = "".join(group.label.split())
        if len(name) >= _SHORTEST_NAME and ending.search(name):
            told += [_tabled(item, group.period, name) for item in group.items.values()]
        elif period := _own_period(context, group, name, current):
            for item in group.items.values():
                own.setdefault((item.indicator.id, period), _tabled(item, period, ""))
    return list(own.values()), told


def _own_period(context: Context, group: Group, heading: str, current: str) -> str:
    """The period of a column that tells of the whole organisation; empty if it does not.

    Tables are asked only of a report as it stands: a submission has its data. Its own are the
    columns that are headed by a year alone, or by a mere word for value.
    """
    if not context.result.imported:
        return ""
    if not group.topic:
        return group.period
    return current if heading in limits().value_headings else ""


def _tabled(item: Item, period: str, scope: str) -> Value:
    return Value(
        indicator=item.indicator.id,
        name=item.indicator.name,
        kind=item.indicator.kind,
        unit=item.indicator.unit,
        period=period,
        scope=scope,
        value=item.value,
        adds=_adds(item.indicator),
        place=item.place.bare,
    )


def _repeats(
    result: ReadResult,
    standard: Standard | None,
    texts: tuple[Passage, ...],
    images: tuple[Picture, ...],
) -> Iterator[Repeat]:
    """The passages and pictures that last year's submission has as well, word for word."""
    if result.previous is None:
        return
    old = Context(replace(result, submission=result.previous, history=()), standard, None)
    said = {p.key: p for p, _ in reversed(tuple(passages(old, _facts(old))))}
    shown = {p.sha256: p for p in reversed(tuple(pictures(old)))}
    for index, passage in enumerate(texts):
        if same := said.get(passage.key):
            yield Repeat(kind="passage", index=index, quote=same.quote, place=same.place)
    for index, picture in enumerate(images):
        if seen := shown.get(picture.sha256):
            yield Repeat(kind="picture", index=index, quote=seen.caption, place=seen.place)
