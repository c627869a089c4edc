"""Table against table: one thing, one year, one kind of schools, and two values.

Only what is named at length by the label of its row or column is compared, and only where no
organisation stands above one of the tables alone: 合计 and 人数 are said of many things.
"""

from collections import defaultdict
from collections.abc import Iterator

from .arithmetic import number
from .book import Book
from .names import organisations
from .sheets import Fact
from .subjects import subject
from .units import comparable
from .verdict import Verdict

_LEAST = 5
_MOST = 12


def tables_disagree(book: Book) -> Iterator[Verdict]:
    """Values of one thing that differ between two tables."""
    seen: dict[tuple[object, ...], list[Fact]] = defaultdict(list)
    for fact in book.facts:
        if fact.sheet is None or fact.parts or fact.total or not _named(fact):
            continue
        key = fact.subject.bare, fact.whom, book.year_of(fact.period), _owner(book, fact)
        rivals = [f for f in seen[key] if f.sheet is not fact.sheet and _alike(f, fact)]
        low, high = fact.quantity.low, fact.quantity.high
        if rivals and not any(f.quantity.meets(low, high) for f in rivals):
            yield _verdict(rivals[0], fact)
        if len(seen[key]) < _MOST:
            seen[key].append(fact)


def _named(fact: Fact) -> bool:
    """Whether the labels themselves, and not the caption, name the thing at length."""
    said = max((subject(label).core for label in fact.labels), key=len)
    return len(said) >= _LEAST and bool(fact.quantity.unit)


def _owner(book: Book, fact: Fact) -> tuple[str, ...]:
    """The organisations that the headings above a table name, and the case that it stands in."""
    assert fact.sheet is not None
    named = (
        name.text
        for heading in fact.sheet.headings
        for name in organisations(heading, 0, len(heading), book.region)
    )
    return (fact.sheet.owner, fact.sheet.case, *named)


def _alike(one: Fact, other: Fact) -> bool:
    same = one.quantity.plain and other.quantity.plain
    return same and comparable(one.quantity.unit, other.quantity.unit)


def _verdict(first: Fact, second: Fact) -> Verdict:
    return Verdict(
        claim=second,
        what=f"{first.where}为{number(first.quantity)}，{second.where}为{number(second.quantity)}",
        working=f"{number(first.quantity)}≠{number(second.quantity)}",
        others=(first,),
        confidence=0.65,
    )
