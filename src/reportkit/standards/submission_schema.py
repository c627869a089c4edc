"""The JSON Schema of a submission under one standard.

It adds the standard's mandated sections and indicators to the schema of the exchange document, so
that another system can check its own files with any validator.
"""

from collections.abc import Sequence
from typing import Any

from reportkit.model.standard import Need, SectionSpec, Standard

from .titles import ecma_pattern

DRAFT_2020 = "https://json-schema.org/draft/2020-12/schema"
DRAFT_07 = "http://json-schema.org/draft-07/schema#"
DOCUMENT = "../../submission.schema.json"
"""Where the schema of the exchange document lies, seen from a standard's folder."""

Schema = dict[str, Any]


def schema(
    standard: Standard, *, document: str | Schema = DOCUMENT, draft07: bool = False
) -> Schema:
    """The schema of a JSON document under ``standard``.

    ``document`` is the general schema: its address, to refer to, or itself, to be extended to one
    that stands alone. Draft-07 cannot count: there "at least two of these sections" becomes "at
    least one".
    """
    if draft07 and document == DOCUMENT:
        document = DOCUMENT.replace(".schema.json", ".draft-07.schema.json")
    chapters = _outline(standard.outline, draft07)
    own: Schema = {
        "properties": {
            "metadata": {"properties": {"standard": {"const": standard.id}}},
            "chapters": chapters,
        },
        "required": ["metadata", "chapters"],
    }
    if data := _data(standard):
        own["properties"]["data"] = data
        own["required"].append("data")
    head = {
        "title": standard.title,
        "description": f"按 {standard.id} 报送的文件；在通用格式之外，规定必有的章节和指标。",
    }
    if isinstance(document, dict):
        return {**document, **head, "allOf": [own]}
    draft = DRAFT_07 if draft07 else DRAFT_2020
    return {"$schema": draft, **head, "allOf": [{"$ref": document}, own]}


def _outline(specs: Sequence[SectionSpec], draft07: bool, at_least: int = 0) -> Schema:
    """What a list of sections must hold and must not hold, and what each of them must hold."""
    rules: list[Schema] = []
    for spec in specs:
        if spec.need is Need.REQUIRED:
            rules.append({"description": f"必有：{spec.title}", "contains": _is(spec)})
        elif spec.need is Need.FORBIDDEN:
            rules.append({"description": f"不得有：{spec.title}", "not": {"contains": _is(spec)}})
    if at_least:
        some: Schema = {"contains": {"anyOf": [_is(spec) for spec in specs]}}
        if not draft07:
            some["minContains"] = at_least
        rules.append({"description": f"规定的各节中至少有 {at_least} 节", **some})
    inner = [
        {"if": _is(spec), "then": {"properties": {"sections": below}, "required": ["sections"]}}
        for spec in specs
        if (below := _outline(spec.sections, draft07, spec.at_least))
    ]
    made: Schema = {"allOf": rules} if rules else {}
    if inner:
        made["items"] = {"allOf": inner}
    return made


def _is(spec: SectionSpec) -> Schema:
    """Whether a section is the one that ``spec`` describes: by id, by title, or untitled."""
    ways: list[Schema] = [
        {"properties": {"id": {"enum": [spec.id, f"sec:{spec.id}"]}}, "required": ["id"]},
        {"properties": {"title": {"pattern": ecma_pattern(spec)}}, "required": ["title"]},
    ]
    if "" in spec.variants:
        untitled = {"title": {"const": ""}, "numbered": {"const": False}}
        ways.append({"properties": untitled, "required": ["numbered"]})
    return {"anyOf": ways}


def _data(standard: Standard) -> Schema:
    names = {indicator.id: indicator.name for indicator in standard.indicators}
    rules = [
        {
            "description": f"必报指标：{names[wanted.id]}",
            "contains": {
                "properties": {"indicator": {"const": wanted.id}},
                "required": ["indicator"],
            },
        }
        for wanted in standard.required_indicators
        if wanted.need is Need.REQUIRED
    ]
    if not rules:
        return {}
    return {"properties": {"observations": {"allOf": rules}}, "required": ["observations"]}
