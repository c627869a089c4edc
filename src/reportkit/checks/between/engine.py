"""Runs the rules that look at many submissions, and gives each what concerns it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ...model.base import Place
from ...model.diagnostic import Diagnostic, Finding
from ..explanations import explain_warnings
from ..registry import Needs, Rule
from ..wording import diagnose
from .gathering import MANIFEST, Gathering

if TYPE_CHECKING:
    from ...model.submission import Explanation
    from ...reading.roster import Roster
    from .digest import Digest

NO_ITEM = ""
"""The key of what concerns no submission at hand: the roster, and who did not file."""


def check_between(
    digests: Sequence[Digest],
    roster: Roster | None = None,
    explanations: Mapping[str, Sequence[Explanation]] | None = None,
    *,
    strict: bool = False,
) -> Mapping[str, tuple[Diagnostic, ...]]:
    """What is found between submissions, by item; what concerns none of them under ``NO_ITEM``.

    Every item has an entry. ``explanations`` are those of each item's ``report.yaml``; those about
    other rules are left alone. The result does not depend on the order of ``digests``. A rule that
    fails becomes a finding itself, unless ``strict`` lets it raise.

    Raises:
        ValueError: two digests bear the same name.
    """
    from ..catalogue import rules

    names = [digest.item for digest in digests]
    if len(set(names)) < len(names) or NO_ITEM in names:
        raise ValueError("items must have names, each its own")
    register = {rule.code: rule for rule in rules()}
    concerned = [rule for rule in register.values() if Needs.OTHERS in rule.needs]
    gathering = Gathering(digests, roster)
    found: dict[str, list[Diagnostic]] = {NO_ITEM: []}
    for digest in gathering.digests:
        found[digest.item] = []
    for rule in concerned:
        for finding in _findings(rule, gathering, strict):
            found[finding.item].append(_diagnostic(register[finding.code], finding, gathering))
    codes = {rule.code for rule in concerned}
    answers = {
        item: [each for each in listed if each.rule in codes]
        for item, listed in (explanations or {}).items()
    }
    return {
        item: _explained(list(dict.fromkeys(listed)), answers.get(item, []), register)
        for item, listed in found.items()
    }


def _findings(rule: Rule, gathering: Gathering, strict: bool) -> list[Finding]:
    try:
        return list(rule.find(gathering))
    except Exception as error:  # a fault of ours must not hide what other rules found
        if strict:
            raise
        what = f"规则 {rule.code} 出错（{type(error).__name__}）"
        return [Finding(code="RK100", place=Place(), args={"what": what})]


def _diagnostic(rule: Rule, finding: Finding, gathering: Gathering) -> Diagnostic:
    own = gathering.item(finding.item)
    asked = own.severities.get(rule.code) if own else None
    made = diagnose(rule, finding, finding.severity or asked or rule.severity)
    at = finding.at or finding.place.file or MANIFEST
    return made.model_copy(update={"at": at, "place": finding.place.bare})


def _explained(
    diagnostics: list[Diagnostic], answers: Sequence[Explanation], register: Mapping[str, Rule]
) -> tuple[Diagnostic, ...]:
    diagnostics, idle = explain_warnings(diagnostics, answers)
    for finding in idle:
        rule = register[finding.code]
        diagnostics.append(diagnose(rule, finding, finding.severity or rule.severity))
    return tuple(sorted(diagnostics, key=_order))


def _order(diagnostic: Diagnostic) -> tuple[object, ...]:
    place = diagnostic.place
    return (
        diagnostic.code,
        place.file,
        place.line or place.paragraph or 0,
        place.column or 0,
        diagnostic.message,
    )
