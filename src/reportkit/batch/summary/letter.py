"""审核意见: a letter to each organisation with what was found, and room for its answers.

It is composed as a ``Report``, so that it is printed by the same writer and in the same look.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ...composing.numerals import chinese
from ...model.base import Model
from ...model.diagnostic import Diagnostic, Severity
from ...model.report import (
    Heading,
    Label,
    Para,
    Part,
    RBlock,
    RCell,
    Report,
    RowKind,
    RTable,
    Run,
)
from ...model.standard import PartKind
from .figures import Row
from .places import file_place, place_words, quoted
from .words import fill, words

if TYPE_CHECKING:
    from ...model.style import Style

PER_RULE = 5
"""Findings of one rule that are listed; the rest is counted."""
ROWS = 100
"""Rows that a table may have."""
_QUOTE, _MESSAGE, _ADVICE = 60, 300, 400
_RELATED = 3
_TABLES = ("error", "warning", "between", "info", "explained")
_UNFINISHED = ("timeout", "memory", "crashed", "changed")


class Letterhead(Model):
    """Who sends the letters, when, and until when answers are wanted; placeholders if empty."""

    committee: str = ""
    date: str = ""
    deadline: str = ""


Found = tuple[Diagnostic, tuple[str, ...]]
"""A diagnostic with the words for its places."""


def print_letter(report: Report) -> bytes:
    """A composed letter as a Word document. The same letter gives the same bytes."""
    from ...writing.docx.writer import plain_document

    return plain_document(report, letter_style())


def letter_style() -> Style:
    """The official look, with a title of the size that letters have."""
    from ...writing import load_style

    style = load_style("official")
    title = style.texts["title"].model_copy(update={"size": 22, "line": 34, "after": 17})
    return style.model_copy(
        update={
            "texts": {**style.texts, "title": title},
            "table": style.table.model_copy(update={"long": "left"}),
            "body_on_right": False,
        }
    )


def compose_letter(row: Row, head: Letterhead) -> Report:
    """The letter as composed blocks."""
    return _Letter(row, head).report()


class _Letter:
    def __init__(self, row: Row, head: Letterhead) -> None:
        self.row, self.head, self.words = row, head, words("letter")
        self.blocks: list[RBlock] = []
        self.sections = 0

    def report(self) -> Report:
        """The whole letter."""
        row, outcome = self.row, self.row.outcome
        title = outcome.title or row.item
        self._para(self._text("address", organisation=row.organisation), "address")
        opening = "opening" if outcome.digest else "opening_unread"
        standard = row.standard.title if row.standard else row.standard_id
        self._para(self._text(opening, title=title, standard=standard))
        tables = self._tables()
        self._result(tables)
        for kind, found in tables.items():
            self._table(kind, found)
        self._section("request")
        clean = row.verdict == "clean"
        request = "request_clean" if clean else "request" if outcome.digest else "request_again"
        deadline = self.head.deadline or self.words["deadline"]
        self._para(self._text(request, deadline=deadline))
        named = fill(self.words["title"], title=title)
        return Report(
            title=named,
            title_year=outcome.digest.title_year if outcome.digest else 2000,
            organisation=self.head.committee or self.words["committee"],
            standard=row.standard_id,
            standard_title=standard,
            parts=(
                Part(kind=PartKind.BODY, anchor="letter", blocks=tuple(self.blocks)),
                Part(kind=PartKind.SIGN_OFF, anchor="sign-off", lines=self._sign_off()),
            ),
        )

    def _text(self, key: str, **values: object) -> str:
        return fill(self.words[key], **values)

    def _sign_off(self) -> tuple[tuple[str, str], ...]:
        who = self.head.committee or self.words["committee"]
        return (("organisation", who), ("date", self.head.date or self.words["date"]))

    def _tables(self) -> dict[str, list[Found]]:
        """What was found by the section of the letter that tells it."""
        row, outcome = self.row, self.row.outcome
        count = len(outcome.diagnostics)
        spots = outcome.spots if len(outcome.spots) == count else ((),) * count
        own: list[Found] = list(zip(outcome.diagnostics, spots, strict=True))
        between: list[Found] = [(found, ()) for found in row.between]
        made: dict[str, list[Found]] = {key: [] for key in _TABLES}
        for kind, pairs in (("", own), ("between", between)):
            for found, words_ in pairs:
                answered = found.explained is not None
                key = "explained" if answered else kind or found.severity.value
                made[key].append((found, words_))
        return {key: pairs for key, pairs in made.items() if pairs}

    def _result(self, tables: Iterable[str]) -> None:
        row, outcome = self.row, self.row.outcome
        self._section("result")
        errors = row.counts[Severity.ERROR]
        questions = row.counts[Severity.WARNING] + row.unexplained_between
        key = row.verdict
        if key in _UNFINISHED:
            key = "unfinished"
        elif key == "failed" and not questions:
            key = "failed_only"
        reason = outcome.reason.rstrip("。；") + "。" if outcome.reason else ""
        values = {"errors": errors, "questions": questions, "reason": reason}
        said = fill(self.words["results"][key], **values, state=outcome.state.label)
        if outcome.pages:
            said += self._text("printed", pages=outcome.pages)
        if row.explained:
            said += self._text("answered", explained=row.explained)
        self._para(said)
        notes = [self.words["notes"][key] for key in tables if key in self.words["notes"]]
        if notes:
            self._para(f"{self.words['lead']}{'；'.join(notes)}。")

    def _section(self, key: str) -> None:
        self.sections += 1
        title = Run(text=self.words["sections"][key])
        number = f"{chinese(self.sections)}、"
        anchor = f"section-{self.sections}"
        self.blocks.append(Heading(level=1, number=number, runs=(title,), anchor=anchor))

    def _para(self, text: str, role: str = "body") -> None:
        self.blocks.append(Para.model_validate({"role": role, "runs": (Run(text=text),)}))

    def _table(self, kind: str, found: Sequence[Found]) -> None:
        """A section with a table of these findings, each with the words for its places."""
        self._section(kind)
        shown, rest = _bounded(found)
        grid = _Grid(self.words["columns"][kind])
        names = self.row.names
        for number, (diagnostic, spots) in enumerate(shown, 1):
            grid.below(place_words(diagnostic.section) or self.words["whole"])
            grid.add([str(number), *_cells(kind, diagnostic, spots, names)])
        self.blocks.append(grid.table(self.words["widths"][kind], f"table-{kind}"))
        if rest:
            listed = "、".join(f"{title}（{code}）{count}处" for (code, title), count in rest)
            self._para(self._text("more", count=sum(c for _, c in rest), rules=listed))


def _bounded(
    found: Sequence[Found],
) -> tuple[list[Found], list[tuple[tuple[str, str], int]]]:
    """The first findings of each rule, and the number of others by code and title of the rule."""
    seen: Counter[str] = Counter()
    shown: list[Found] = []
    rest: Counter[str] = Counter()
    for pair in found:
        code = pair[0].code
        seen[code] += 1
        if seen[code] <= PER_RULE and len(shown) < ROWS:
            shown.append(pair)
        else:
            rest[code] += 1
    return shown, [((code, _title(code)), count) for code, count in rest.most_common()]


def _title(code: str) -> str:
    from ...checks import get

    rule = get(code)
    return rule.title if rule else code


def _cells(
    kind: str, found: Diagnostic, spots: Sequence[str], names: Mapping[str, str]
) -> Iterator[str]:
    """What stands beside the number: place, problem, advice."""
    own, *others = spots or ("",)
    known = kind != "between" and found.section
    yield own or ("" if known else file_place(found.place)) or "—"
    lines = [f"{_cut(found.message, _MESSAGE)}（{found.code}）"]
    if (quote := quoted(found.quote)) and quote not in found.message:
        lines.append(f"原文：{_cut(quote, _QUOTE)}")
    seen = _also(found, own, others, names)
    if kind == "between":
        yield "\n".join([*lines, _cut(found.hint, _ADVICE)]).rstrip()
        yield "\n".join(seen)
        return
    if seen:
        lines.append(f"另见：{'；'.join(seen)}")
    yield "\n".join(lines)
    if kind == "explained":
        yield found.explained or ""
        return
    advice = [f"应为：{found.expected}" if found.expected else "", found.hint]
    yield "\n".join(_cut(text, _ADVICE) for text in advice if text)


def _also(found: Diagnostic, own: str, spots: Sequence[str], names: Mapping[str, str]) -> list[str]:
    """Other places in words, each once, the first few; headings only where they differ."""
    said: dict[str, None] = {}
    for other, spot in zip(found.related, [*spots, *[""] * len(found.related)], strict=False):
        same = bool(other.section) and other.section == found.section and not other.item
        words_ = spot if same else place_words(other.section, spot) or other.place.file
        if other.item:
            words_ = f"{names.get(other.item, other.item)}：{words_}"
        if other.quote and not spot:
            words_ += f"“{_cut(quoted(other.quote) or '…', _QUOTE)}”"
        if words_ and not (same and spot == own):
            said[words_] = None
    shown = list(said)[:_RELATED]
    return [*shown, f"等{len(said)}处"] if len(said) > _RELATED else shown


class _Grid:
    """A table in the making: rows below the headings that they belong to."""

    def __init__(self, header: Sequence[str]) -> None:
        self.width = len(header)
        self.cells: list[RCell] = []
        self.kinds: list[RowKind] = []
        self.group = ""
        self._row("header", header)

    def below(self, group: str) -> None:
        """Begin the rows below a heading, if they have not begun."""
        if group != self.group:
            self.group = group
            self._row("group", [group], self.width)

    def add(self, texts: Sequence[str]) -> None:
        """A row; what it does not give is left for answers."""
        self._row("data", [*texts, *("" for _ in range(self.width - len(texts)))])

    def _row(self, kind: RowKind, texts: Sequence[str], span: int = 1) -> None:
        row = len(self.kinds)
        self.kinds.append(kind)
        for column, text in enumerate(texts):
            runs = (Run(text=text),) if text else ()
            numeric = kind == "data" and column == 0
            self.cells.append(
                RCell(row=row, column=column, colspan=span, runs=runs, numeric=numeric)
            )

    def table(self, widths: Sequence[str], anchor: str) -> RTable:
        """The table; ``widths`` are shares of the columns."""
        return RTable(
            caption=Label(kind="table", anchor=anchor),
            columns=self.width,
            header_rows=1,
            row_kinds=tuple(self.kinds),
            cells=tuple(self.cells),
            widths=tuple(map(float, widths)),
        )


def _cut(text: str, longest: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= longest else text[: longest - 1] + "…"
