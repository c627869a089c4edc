"""The check result as SARIF 2.1.0, for editors and code-scanning services."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from ...model.base import Place
from ...model.diagnostic import Diagnostic, Related, Severity
from ..catalogue import rules as all_rules
from ..registry import Rule
from .view import Checked, elsewhere

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def render_sarif(items: Sequence[Checked]) -> str:
    """One run with the results of all submissions and the rules that they name."""
    from importlib.metadata import version

    used = {diagnostic.code for item in items for diagnostic in item.diagnostics}
    rules = [rule for rule in all_rules() if rule.code in used]
    index = {rule.code: position for position, rule in enumerate(rules)}
    driver = {
        "name": "reportkit",
        "version": version("reportkit"),
        "rules": [_rule(rule) for rule in rules],
    }
    run = {
        "tool": {"driver": driver},
        "language": "zh-CN",
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(item, diagnostic, index[diagnostic.code])
            for item in items
            for diagnostic in item.diagnostics
        ],
    }
    document = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": "".join(word.title() for word in rule.name.split("-")),
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.why},
        "help": {"text": f"{rule.why}\n依据：{rule.source}"},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"source": str(rule.source), "kebabName": rule.name},
    }


def _result(item: Checked, found: Diagnostic, index: int) -> dict[str, Any]:
    text = found.message + (f"\n应为：{found.expected}" if found.expected else "")
    result: dict[str, Any] = {
        "ruleId": found.code,
        "ruleIndex": index,
        "level": _LEVELS[found.severity],
        "message": {"text": f"{text}\n{found.hint}".strip()},
        "locations": [_location(item, found.place, found.section, found.quote)],
        "partialFingerprints": {"content/v1": found.content},
    }
    if found.related:
        result["relatedLocations"] = [
            {"id": position, **_related(item, other)}
            for position, other in enumerate(found.related, 1)
        ]
    if found.explained is not None:
        result["suppressions"] = [{"kind": "external", "justification": found.explained}]
    return result


def _related(item: Checked, other: Related) -> dict[str, Any]:
    if other.item:  # another submission, which this log cannot point into
        text = f"{elsewhere(other)} {other.quote}".strip()
        return {"message": {"text": text}}
    return _location(item, other.place, other.section, other.quote)


def _location(item: Checked, place: Place, section: str, text: str) -> dict[str, Any]:
    whole = item.result.form == "json" or not place.file
    folder = item.path if item.result.form == "folder" else item.path.parent
    name = (item.path if whole else folder / place.file).as_posix()
    physical: dict[str, Any] = {"artifactLocation": {"uri": quote(name, safe="/._-~")}}
    if place.line is not None and place.page is None:  # a PDF has pages, no lines
        physical["region"] = _region(place, text)
    location: dict[str, Any] = {"physicalLocation": physical}
    if section:
        location["logicalLocations"] = [{"fullyQualifiedName": section, "kind": "module"}]
    return location


def _region(place: Place, text: str) -> dict[str, Any]:
    region: dict[str, Any] = {"startLine": place.line}
    if place.column is not None:
        region["startColumn"] = place.column
        if text and "\n" not in text:
            region["endColumn"] = place.column + len(text)
    if text:
        region["snippet"] = {"text": text}
    return region
