"""Last year's blocks as this year's draft: prose marked, numbers of tables blank, labels unique."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from reportkit.checks.content import LAST_YEAR
from reportkit.composing.grid import ABOVE, LEFT
from reportkit.composing.tables import is_number
from reportkit.model.base import Placed
from reportkit.model.blocks import (
    Block,
    Case,
    Chart,
    Figure,
    FigurePart,
    Footnote,
    ListBlock,
    ListItem,
    Note,
    Paragraph,
    Section,
    SignOff,
    Table,
)

from .years import shifted

Rows = tuple[tuple[str, ...], ...]
_NOTE = re.compile(r"\[\^([^\s\[\]^]+)\]")
_EXPRESSION = re.compile(r"\{\{.*?\}\}")
_LITERAL = re.compile(r"'[^']*'|\"[^\"]*\"")
_YEAR = re.compile(r"(?:19|20)\d\d")
_SECTION = re.compile(r"@sec:([A-Za-z][A-Za-z0-9_.:-]*)")
_TEXTS: dict[type, tuple[str, ...]] = {
    Paragraph: ("text",),
    Note: ("text",),
    Footnote: ("text",),
    Section: ("title",),
    Table: ("caption", "source"),
    Chart: ("caption", "source"),
    Figure: ("caption", "source"),
    FigurePart: ("caption",),
    Case: ("title",),
}


@dataclass
class Year:
    """How years move: ``by`` so many; ``known`` are those that captions and headers may name."""

    by: int
    last: str
    this: str
    known: frozenset[int]
    kept: dict[str, Rows] = field(default_factory=dict)

    def caption(self, text: str) -> str:
        """A caption or header with last year's years moved on."""
        return shifted(text, self.by, self.known)

    def formula(self, text: str) -> str:
        """A formula whose periods and labels are those of a year later."""
        return _LITERAL.sub(lambda found: self.caption(found[0]), text)

    def expressions(self, text: str) -> str:
        """A text whose expressions ask for a year later, except for years that it names itself."""
        named = {int(found) for found in _YEAR.findall(_EXPRESSION.sub("", text))}
        other = replace(self, known=self.known - named)
        return _EXPRESSION.sub(lambda found: other.formula(found[0]), text)


def rolled(block: Block, year: Year) -> Block:
    """A block as it stands in the draft."""
    match block:
        case Paragraph():
            return marked(block, year)
        case Note():
            return block.model_copy(update={"text": year.expressions(block.text)})
        case ListBlock():
            return _list(block, year)
        case Case():
            inner = tuple(rolled(item, year) for item in block.blocks)
            return block.model_copy(update={"number": None, "blocks": inner})
        case Table():
            return _table(block, year)
        case Chart():
            return _chart(block, year)
        case Figure():
            return block.model_copy(update={"number": None})
        case SignOff():
            lines = tuple(year.caption(line) for line in block.lines)
            return block.model_copy(update={"lines": lines})
    return block


def marked(block: Paragraph, year: Year) -> Paragraph:
    """A paragraph marked as last year's text."""
    return Paragraph(text=f"{LAST_YEAR}{year.expressions(block.text)}")


def _list(block: ListBlock, year: Year) -> ListBlock:
    items = []
    for item in block.items:
        inner = [rolled(each, year) for each in item.blocks]
        items.append(item.model_copy(update={"blocks": tuple(inner)}))
    return block.model_copy(update={"items": tuple(items)})


def _table(block: Table, year: Year) -> Table:
    header = min(block.header_rows, len(block.rows))
    return block.model_copy(
        update={
            "number": None,
            "caption": year.caption(block.caption),
            "periods": tuple(shifted(period, year.by) for period in block.periods),
            "rows": blank(block.rows, header, year),
            "places": None,
        }
    )


def blank(rows: Rows, header: int, year: Year) -> Rows:
    """Rows of a table without last year's numbers.

    Where the header names last year and the year before, last year's column becomes the column to
    compare with; all other numbers are for the new year to fill in. Expressions stay where they are
    and ask for a year later, as the labels of their row and column do.
    """
    heads = [_labels(row) for row in rows[:header]]
    width = max((len(row) for row in rows), default=0)
    named = [" ".join(row[c] for row in heads if c < len(row)) for c in range(width)]
    before = shifted(year.last, -year.by)
    latest = [c for c, text in enumerate(named) if year.last in text and c]
    earlier = [c for c, text in enumerate(named) if before in text and c]
    source = dict(zip(earlier, latest, strict=False)) if len(latest) == len(earlier) else {}
    made: list[tuple[str, ...]] = [
        tuple(year.caption(cell) for cell in row) for row in rows[:header]
    ]
    for row in rows[header:]:
        computed = any("{{" in cell for cell in row)
        cells = [
            row[source[c]]
            if c in source and source[c] < len(row) and not computed
            else _blank(cell, c)
            for c, cell in enumerate(row)
        ]
        made.append(tuple(map(year.caption, cells)) if computed else tuple(cells))
    return tuple(made)


def _labels(row: tuple[str, ...]) -> list[str]:
    """A row of a header in which joined cells repeat the one to their left."""
    made: list[str] = []
    for cell in row:
        made.append(made[-1] if cell.strip() == LEFT and made else cell.strip())
    return made


def _blank(cell: str, column: int) -> str:
    kept = column == 0 or cell.strip() in (ABOVE, LEFT) or not is_number(cell)
    return cell if kept else ""


def _chart(block: Chart, year: Year) -> Chart:
    """A chart over years gets the new year; of any other the data are told to be last year's."""
    periods = tuple(shifted(period, year.by) for period in block.periods)
    update: dict[str, Any] = {"number": None, "periods": periods, "places": None}
    rows, last = block.rows, block.rows[-1] if block.rows else ()
    if last and year.last in last[0]:
        update["rows"] = (*rows, (shifted(last[0], year.by), *("" for _ in last[1:])))
        update["caption"] = year.caption(block.caption)
    elif not block.compare:
        update["notes"] = (*block.notes, f"{LAST_YEAR}图中是上年的数据")
    return block.model_copy(update=update)


def renamed(item: Any, notes: Mapping[str, str], sections: Mapping[str, str]) -> Any:
    """A block, section or footnote whose marks of footnotes and references have their new names."""

    def text(value: str) -> str:
        value = _NOTE.sub(lambda m: f"[^{notes.get(m[1], m[1])}]", value)
        return _SECTION.sub(lambda m: f"@sec:{sections.get(m[1], m[1])}", value)

    return mapped(item, text)


def mapped(item: Any, text: Callable[[str], str]) -> Any:
    """A block, section or footnote with every inline text changed by ``text``."""
    update: dict[str, Any] = {}
    for name in _TEXTS.get(type(item), ()):
        value = getattr(item, name)
        if value:
            update[name] = text(value)
    if isinstance(item, Table | Chart):
        update["rows"] = tuple(tuple(text(cell) for cell in row) for row in item.rows)
    if isinstance(item, Table | Chart | Figure):
        update["notes"] = tuple(text(note) for note in item.notes)
    if isinstance(item, Figure):
        update["parts"] = tuple(mapped(part, text) for part in item.parts)
    if isinstance(item, SignOff):
        update["lines"] = tuple(text(line) for line in item.lines)
    if isinstance(item, ListBlock):
        update["items"] = tuple(mapped(each, text) for each in item.items)
    if isinstance(item, Case | ListItem | Section):
        update["blocks"] = tuple(mapped(each, text) for each in item.blocks)
    if isinstance(item, Section):
        update["title"] = text(item.title)
        update["sections"] = tuple(mapped(each, text) for each in item.sections)
    return item.model_copy(update=update)


def labels(item: Placed) -> set[str]:
    """Labels of the footnotes that are marked in a block, section or footnote."""
    found: set[str] = set()

    def look(text: str) -> str:
        found.update(_NOTE.findall(text))
        return text

    mapped(item, look)
    return found
