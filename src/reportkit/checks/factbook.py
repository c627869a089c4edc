"""Every fact of a submission with the places that use it, and the numbers that no fact backs.

``reportkit facts`` prints it. A number in prose that was typed, not taken from the data, is listed
with the fact that it equals, if there is one: it could be written as ``{{ … }}``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from reportkit.claims import Book
from reportkit.composing.assemble import uses
from reportkit.composing.context import Use
from reportkit.composing.facts import Fact, NoValueError, Wanted
from reportkit.composing.sheets import Sheet
from reportkit.composing.units import split
from reportkit.composing.values import Values
from reportkit.model.base import Place
from reportkit.model.data import Observation
from reportkit.model.report import Report
from reportkit.model.standard import Standard
from reportkit.model.submission import Submission

from .literals import Apart, Typed, typed


@dataclass(frozen=True, slots=True)
class Listed:
    """A fact as listed, or a data file that facts are taken from.

    ``origin`` is 填报, 往年, 公式 or 数据表; ``text`` may say why a value is missing.
    """

    id: str
    name: str
    period: str
    scope: str
    text: str
    unit: str
    origin: str
    source: str
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class Literal:
    """A typed number; ``fact`` is what to write for a fact that it equals, or empty.

    ``apart`` says why it is wording and no datum.
    """

    quote: str
    place: Place
    section: str
    fact: str = ""
    apart: Apart = Apart.NO


@dataclass(frozen=True, slots=True)
class FactBook:
    """All facts and all typed numbers of a submission."""

    facts: tuple[Listed, ...]
    literals: tuple[Literal, ...]

    @property
    def unbacked(self) -> list[Literal]:
        """The typed numbers that should come from the data."""
        return [literal for literal in self.literals if not literal.apart]


def factbook(
    submission: Submission,
    standard: Standard,
    report: Report,
    history: tuple[Observation, ...] = (),
) -> FactBook:
    """The facts in the order of the catalogue, the literals in reading order."""
    values, used = uses(submission, standard, history)
    facts = tuple(_facts(submission, values, used, history))
    found = typed(submission, report, Book(report))
    return FactBook(facts, tuple(_literals(found, values, facts)))


def _facts(
    submission: Submission, values: Values, used: tuple[Use, ...], history: tuple[Observation, ...]
) -> Iterator[Listed]:
    places: dict[tuple[str, str, str], dict[Use, None]] = {}
    for use in used:
        places.setdefault((use.indicator, use.period, use.scope), {})[use] = None
    own = {(o.indicator, o.period, o.scope): o for o in submission.data.observations}
    old = {(o.indicator, o.period, o.scope): o for o in history}
    order = {name: at for at, name in enumerate(values.facts.indicators)}
    sheets = {(name, "", ""): sheet for name, sheet in values.facts.sheets.items()}
    keys = {**dict.fromkeys(own), **dict.fromkeys(old), **dict.fromkeys(places)}
    keys = {key: None for key in keys if key not in sheets}
    for key in sorted(keys, key=lambda k: (order.get(k[0], len(order)), k[2], k[1])):
        name, period, scope = key
        observed = own.get(key) or old.get(key)
        indicator = values.facts.indicators.get(name)
        fact = _find(values, key)
        missing = (observed.missing if observed else "") or "缺"
        given = observed is not None and observed.value is not None
        yield Listed(
            id=name,
            name=indicator.name if indicator else name,
            period=period,
            scope=scope,
            text=fact.text if fact else missing,
            unit=fact.unit if fact else "",
            origin=("填报" if key in own else "往年") if given else "公式" if fact else "无",
            source=observed.source if observed else (indicator.formula or "") if indicator else "",
            uses=tuple(places.get(key, {})),
        )
    yield from _tables(sheets, places)


def _tables(
    sheets: Mapping[tuple[str, str, str], Sheet],
    places: Mapping[tuple[str, str, str], Mapping[Use, None]],
) -> Iterator[Listed]:
    """The data files from which expressions take cells, sums or counts."""
    for key, sheet in sheets.items():
        if uses := tuple(places.get(key, {})):
            rows = f"{sheet.count()} 行"
            yield Listed(key[0], sheet.path, "", "", rows, "", "数据表", "", uses)


def _find(values: Values, key: tuple[str, str, str]) -> Fact | None:
    try:
        return values.facts.find(Wanted(*key))
    except NoValueError:
        return None


def _literals(found: list[Typed], values: Values, facts: tuple[Listed, ...]) -> Iterator[Literal]:
    known: dict[tuple[Decimal, str], str] = {}
    for listed in facts:
        fact = _find(values, (listed.id, listed.period, listed.scope))
        if fact is not None:
            worth, base = split(fact.unit)
            asked = values.expression(listed.id, listed.period, listed.scope)
            known.setdefault((fact.value * worth, base), asked)
    for each in found:
        key = (each.quantity.value, split(each.quantity.unit)[1])
        fact_of = "" if each.apart else known.get(key, "")
        yield Literal(each.quote, each.place, each.section, fact_of, each.apart)


def as_json(book: FactBook) -> dict[str, Any]:
    """The book as plain data, for other programs."""
    return {
        "facts": [
            {
                "indicator": fact.id,
                "name": fact.name,
                "period": fact.period,
                "scope": fact.scope,
                "value": fact.text,
                "unit": fact.unit,
                "origin": fact.origin,
                "source": fact.source,
                "uses": [{**_place(use.place), "section": use.section} for use in fact.uses],
            }
            for fact in book.facts
        ],
        "literals": [
            {
                "quote": literal.quote,
                **_place(literal.place),
                "section": literal.section,
                "fact": literal.fact or None,
                "apart": literal.apart or None,
            }
            for literal in book.literals
        ],
    }


def _place(place: Place) -> dict[str, Any]:
    return place.model_dump(include={"file", "line", "column"}, exclude_none=True)


def as_text(book: FactBook) -> str:
    """The book for reading: each fact with its places, then the typed numbers by section."""
    lines = [f"指标值 {len(book.facts)} 个，其中正文、表、图用到 {_used(book)} 个", ""]
    for fact in book.facts:
        scope = f"，{fact.scope}" if fact.scope else ""
        when = f"（{fact.period}{scope}）" if fact.period else ""
        lines.append(f"{fact.name}{when}：{fact.text}{fact.unit}")
        lines.append(f"    {fact.id}，{fact.origin}" + (f"：{fact.source}" if fact.source else ""))
        lines += [f"    用于 {_at(use.place)}  {use.section}" for use in fact.uses]
    equal = [literal for literal in book.unbacked if literal.fact]
    unbacked = [literal for literal in book.unbacked if not literal.fact]
    if equal:
        lines += ["", f"直接写出、与指标值相同的数 {len(equal)} 处，可改为取值："]
        lines += [
            f"    {_at(each.place)}  {each.quote}  →  {{{{ {each.fact} }}}}" for each in equal
        ]
    if unbacked:
        lines += ["", f"没有指标值可对照的数 {len(unbacked)} 处："]
        lines += [f"    {_at(each.place)}  {each.quote}" for each in unbacked]
    if not book.unbacked:
        lines += ["", "正文、标题、表、图中的数都取自数据。"]
    apart = Counter(each.apart for each in book.literals if each.apart)
    if apart:
        told = "、".join(f"{why} {n} 处" for why, n in apart.items())
        lines += ["", f"不算数据的数未列出：{told}（--format json 可以看到）"]
    return "\n".join(lines)


def _used(book: FactBook) -> int:
    return sum(bool(fact.uses) for fact in book.facts)


def _at(place: Place) -> str:
    where = [place.file, str(place.line or place.paragraph or ""), str(place.column or "")]
    return ":".join(part for part in where if part)
