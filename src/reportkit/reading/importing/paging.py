"""What belongs to the sheets and not to the text: page numbers and running heads."""

import re
from collections import Counter, defaultdict, deque

from .units import Kind, Unit, Work, ends_line

_NUMBER = re.compile(
    r"[-—–－·•\s]*(?:第\s*)?(\d{1,4})(?:\s*页)?(?:\s*[/／共]\s*\d{1,4}\s*页?)?[-—–－·•\s]*"
)
_MARKED = re.compile(r"[-—–－·•]\s*\d{1,4}\s*[-—–－·•]|第\s*\d{1,4}\s*页.*")
_REPEATED = 4
_WIDEST = 40
_APART = 12
_SHORTEST_CHAIN = 3


def drop(work: Work) -> None:
    """Set page numbers and running heads aside; a paragraph may go on behind them."""
    if not work.stream.lines:
        return
    alone = [i for i, u in enumerate(work.units) if u.kind is Kind.BODY and _value(u.text)]
    counted = _counted(work.units, alone)
    numbers = [work.units[i] for i in alone if i in counted or _is_page_number(work.units, i)]
    work.drop(numbers, "页码")
    work.drop(_running(work), "页眉页脚")


def _value(text: str) -> int:
    """The number that stands alone on a line; 0 if there is none."""
    found = _NUMBER.fullmatch(text)
    return int(found[1]) if found else 0


def _counted(units: list[Unit], alone: list[int]) -> set[int]:
    """Numbers that go up by one, some way apart: each page has one."""
    chains: list[list[int]] = []
    waiting: defaultdict[int, deque[list[int]]] = defaultdict(deque)
    for index in alone:
        value = _value(units[index].text)
        same = waiting[value]  # chains that go on with this number, the oldest first
        if same and index - same[0][-1] >= _APART:
            chain = same.popleft()
        else:
            chains.append(chain := [])
        chain.append(index)
        waiting[value + 1].append(chain)
    return {index for chain in chains if _is_counted(units, chain) for index in chain}


def _is_counted(units: list[Unit], chain: list[int]) -> bool:
    first = _value(units[chain[0]].text)
    return len(chain) >= _SHORTEST_CHAIN - (first == 1)


def _is_page_number(units: list[Unit], index: int) -> bool:
    """Whether a number alone on a line, known as such, is no cell of a table."""
    unit = units[index]
    if _MARKED.fullmatch(unit.text):
        return True
    before = units[index - 1] if index else None
    after = units[index + 1] if index + 1 < len(units) else None
    if before is None or after is None:
        return after is None
    if Kind.BREAK in (before.kind, after.kind):
        return True
    return _is_prose(before) and not _is_short(after)


def _is_prose(unit: Unit) -> bool:
    return unit.width >= 18 or ends_line(unit.text)


def _is_short(unit: Unit) -> bool:
    """Whether the line could be a cell of a table that was read cell by cell."""
    return unit.width < 12 and not ends_line(unit.text) and unit.number is None


def _running(work: Work) -> list[Unit]:
    """Lines that come back page by page, next to the ends of pages."""
    made: list[Unit] = []
    for index, unit in enumerate(work.units):
        around = work.units[max(0, index - 1) : index + 2]
        short = unit.kind is Kind.BODY and unit.width <= _WIDEST
        if short and any(other.kind is Kind.BREAK for other in around):
            made.append(unit)
    counts = Counter(unit.text for unit in made)
    return [unit for unit in made if counts[unit.text] >= _REPEATED]
