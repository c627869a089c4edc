"""The part of the SARIF 2.1.0 schema that the program uses, closed against anything else."""

from typing import Any


def _object(required: tuple[str, ...] = (), **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "required": list(required),
        "properties": properties,
        "additionalProperties": False,
    }


def _list(item: Any) -> dict[str, Any]:
    return {"type": "array", "items": item}


TEXT = {"type": "string"}
COUNT = {"type": "integer", "minimum": 1}
MESSAGE = _object(("text",), text=TEXT)
BAG = {"type": "object"}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
REGION = _object(startLine=COUNT, startColumn=COUNT, endColumn=COUNT, snippet=MESSAGE)
PHYSICAL = _object(
    artifactLocation=_object(uri={"type": "string", "pattern": r"^[A-Za-z0-9._~%/-]+$"}),
    region=REGION,
)
LOCATION = _object(
    id={"type": "integer", "minimum": 0},
    physicalLocation=PHYSICAL,
    logicalLocations=_list(_object(fullyQualifiedName=TEXT, kind=TEXT)),
)
RULE = _object(
    ("id",),
    id=TEXT,
    name={"type": "string", "pattern": "^[A-Za-z0-9]+$"},
    shortDescription=MESSAGE,
    fullDescription=MESSAGE,
    help=MESSAGE,
    defaultConfiguration=_object(level=LEVEL),
    properties=BAG,
)
RESULT = _object(
    ("message",),
    ruleId=TEXT,
    ruleIndex={"type": "integer", "minimum": 0},
    level=LEVEL,
    message=MESSAGE,
    locations=_list(LOCATION),
    relatedLocations=_list(LOCATION),
    partialFingerprints={"type": "object", "additionalProperties": TEXT},
    suppressions=_list(
        _object(("kind",), kind={"enum": ["inSource", "external"]}, justification=TEXT)
    ),
)
DRIVER = _object(("name",), name=TEXT, version=TEXT, rules=_list(RULE))
RUN = _object(
    ("tool",),
    tool=_object(("driver",), driver=DRIVER),
    language={"type": "string", "pattern": "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$"},
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    results=_list(RESULT),
)
SCHEMA: dict[str, Any] = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    **_object(
        ("version", "runs"),
        **{"$schema": TEXT, "version": {"const": "2.1.0"}, "runs": _list(RUN)},
    ),
}
