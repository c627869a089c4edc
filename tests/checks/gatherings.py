"""Turns the examples of rules between submissions into submissions side by side.

``== name`` begins a submission, in the form of ``examples``; the organisation is called like it if
nothing else is said, and ``== name (rows)`` gives rows of its data, separated by ``;``.
``== 名录`` begins the roster. ``== name [standard]`` takes another standard of the examples.
"""

import re
from collections.abc import Mapping
from pathlib import Path

from reportkit.checks.between import check_between, digest
from reportkit.model.diagnostic import Diagnostic
from reportkit.model.submission import Explanation
from reportkit.reading.roster import Roster, read_roster
from reportkit.workflow import Opened

from . import examples

_HEAD = re.compile(r"^== (\S+)(?: \[(.+)\])?(?: \((.+)\))?$", re.MULTILINE)
ROSTER = "名录"


def opened(example: str, root: Path) -> tuple[dict[str, Opened], Roster | None]:
    """The submissions of an example by name, and its roster."""
    pieces = _HEAD.split("\n" + example)
    assert not pieces[0].strip(), pieces[0]
    found: dict[str, Opened] = {}
    roster = None
    for name, standard, rows, body in zip(*(pieces[i::4] for i in (1, 2, 3, 4)), strict=True):
        if name == ROSTER:
            file = root / "名录.csv"
            file.write_text(body.strip() + "\n", encoding="utf-8")
            roster = read_roster(file)
        else:
            text = _with(body.lstrip("\n"), name, standard, rows)
            found[name] = examples.opened(text, root / name)
    return found, roster


def _with(body: str, name: str, standard: str | None, rows: str | None) -> str:
    """The example of one submission with what its first line says."""
    entries = [f"standard: {standard}"] if standard else []
    if "organisation:" not in body:
        entries.append(f"organisation: {{name: {name}}}")
    if entries:
        head = "=== report.yaml\n"
        added = "\n".join(entries) + "\n"
        body = body.replace(head, head + added) if head in body else f"{body}\n{head}{added}"
    if rows:
        lines = "\n".join(row.strip() for row in rows.split(";"))
        body += f"\n=== data/indicators.csv\nindicator,period,value,scope\n{lines}\n"
    return body


def diagnose(example: str, root: Path) -> Mapping[str, tuple[Diagnostic, ...]]:
    """What is found between the submissions of an example; a rule that fails raises."""
    items, roster = opened(example, root)
    digests = []
    explanations: dict[str, tuple[Explanation, ...]] = {}
    for name, each in items.items():
        assert each.result.submission is not None, each.diagnostics
        digests.append(digest(name, each.result, each.standard, each.report))
        explanations[name] = each.result.submission.metadata.explanations
    return check_between(digests, roster, explanations, strict=True)
