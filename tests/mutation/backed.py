"""The examples take every number from their data: what becomes of a number that is changed?

* ``printed``: a number that an expression prints gives way to a literal with one digit changed, in
  prose, titles, tables and charts. Rules may find that it disagrees; ``facts`` must list it.
* ``data``: one digit of an observation or of a cell of a data file changes, and with it every place
  that prints it. Only what the data say twice (totals, parts, formulas, prose about both) tells.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from reportkit.checks.factbook import factbook
from reportkit.composing import compose, values_of
from reportkit.composing.facts import NoValueError
from reportkit.model.standard import Standard
from reportkit.model.submission import Submission
from reportkit.reading import read
from reportkit.standards import load

from .harness import found
from .sentences import digit

_EXPRESSION = re.compile(r"\{\{(.*?)\}\}")
_DIGITS = re.compile(r"\d+(?:\.\d+)?")
_TEXTS = ("text", "title", "caption", "rows", "notes")


@dataclass
class Outcome:
    """Mutants of one kind: how many rules told of, how many ``facts`` listed, what nobody saw."""

    mutants: int = 0
    by_rules: int = 0
    listed: int = 0
    either: int = 0
    rules: Counter[str] = field(default_factory=Counter)
    unseen: list[str] = field(default_factory=list)


Draft = dict[str, Any]
Spot = tuple[Any, Any, re.Match[str]]


def of_examples(folder: Path, each: int, seed: int = 0) -> dict[str, Outcome]:
    """``each`` mutants of either kind of every example in ``folder``."""
    outcomes = {"printed": Outcome(), "data": Outcome()}
    for manifest in sorted(folder.glob("*/*/report.yaml")):
        submission = read(manifest.parent).submission
        assert submission is not None
        work = _Example(submission, load(submission.metadata.standard))
        random = Random(seed)
        for _ in range(each):
            work.tell(outcomes["printed"], *work.printed(random))
            work.tell(outcomes["data"], *work.datum(random))
    return outcomes


class _Example:
    def __init__(self, submission: Submission, standard: Standard) -> None:
        self.submission = submission
        self.standard = standard
        self.before = found(submission, standard)
        self.values = values_of(submission, standard)

    def printed(self, random: Random) -> tuple[Submission, str]:
        """An expression gives way to what it prints, with one digit changed."""
        draft = self.submission.model_dump(mode="python")
        spots = [spot for chapter in draft["chapters"] for spot in _spots(chapter)]
        while True:
            holder, key, match = random.choice(spots)
            shown = self._shown(match[1].strip())
            number = _DIGITS.search(shown)
            if number is not None:
                changed = digit(random, number[0])
                text = shown[: number.start()] + changed + shown[number.end() :]
                holder[key] = match.string[: match.start()] + text + match.string[match.end() :]
                return Submission.model_validate(draft), f"{match[0]} → {text}"

    def _shown(self, expression: str) -> str:
        try:
            return self.values.text(expression)
        except NoValueError:
            return ""

    def datum(self, random: Random) -> tuple[Submission, str]:
        """One number of the data changes."""
        draft = self.submission.model_dump(mode="python")
        spots: list[tuple[Any, Any, str]] = [
            (each, "value", f"{each['value']:f}")
            for each in draft["data"]["observations"]
            if each["value"] is not None
        ]
        tables = draft["data"]["tables"]
        for name, rows in tables.items():
            tables[name] = [list(row) for row in rows]
            for row in tables[name][1:]:
                spots += [(row, at, t) for at, t in enumerate(row) if at and _DIGITS.fullmatch(t)]
        holder, key, text = random.choice(spots)
        holder[key] = digit(random, text)
        named = holder["indicator"] if isinstance(holder, dict) else holder[0]
        return Submission.model_validate(draft), f"{named} {text} → {holder[key]}"

    def tell(self, outcome: Outcome, mutant: Submission, said: str) -> None:
        """Note what became of a mutant."""
        new = found(mutant, self.standard) - self.before
        codes = {code for code, _, _ in new}
        book = factbook(mutant, self.standard, compose(mutant, self.standard))
        outcome.mutants += 1
        outcome.by_rules += bool(codes)
        outcome.listed += bool(book.unbacked)
        outcome.either += bool(codes or book.unbacked)
        outcome.rules.update(codes)
        if not codes and not book.unbacked:
            outcome.unseen.append(said)


def _spots(node: Any) -> Iterator[Spot]:
    """The expressions in the texts of a chapter as data."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in _TEXTS and isinstance(value, str):
                yield from ((node, key, match) for match in _EXPRESSION.finditer(value))
            elif key in ("rows", "notes") and value:
                node[key] = [list(row) if isinstance(row, tuple) else row for row in value]
                yield from _rows(node[key])
            else:
                yield from _spots(value)
    elif isinstance(node, list | tuple):
        for item in node:
            yield from _spots(item)


def _rows(rows: list[Any]) -> Iterator[Spot]:
    for at, row in enumerate(rows):
        cells = row if isinstance(row, list) else rows
        for column in range(len(row)) if isinstance(row, list) else (at,):
            for match in _EXPRESSION.finditer(cells[column]):
                yield cells, column, match


def as_text(outcomes: dict[str, Outcome]) -> str:
    """The figures as a table, with some of what nobody saw."""
    lines = ["examples       mutants  by rules  by facts  either"]
    for kind, o in outcomes.items():
        lines.append(f"{kind:14} {o.mutants:7} {o.by_rules:9} {o.listed:9} {o.either:7}")
        lines += [f"    {code} {n}" for code, n in o.rules.most_common(8)]
        lines += [f"    unseen: {said}" for said in o.unseen[:5]]
    return "\n".join(lines)


if __name__ == "__main__":
    print(as_text(of_examples(Path("submissions"), 20)))
