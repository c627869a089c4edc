"""The JSON Schema of ``standard.yaml``, for the editors of those who maintain standards.

It is that of the model, with all that an heir may leave out made optional, and the directives of
merging added.
"""

from typing import Any

from reportkit.model.standard import Standard

from .merge import DIRECTIVES, IDENTITY

Schema = dict[str, Any]

_TITLES = {
    "Compilation": "由各单位的报送件汇总",
    "Content": "内容形式",
    "Counted": "怎样计数",
    "DataWindow": "数据所属时期的惯例",
    "Duty": "提纲之外应写明或另报的",
    "FileName": "文件名",
    "Indicator": "指标",
    "IndicatorKind": "指标类型",
    "Limit": "字数限制",
    "Limits": "各种字数限制",
    "Need": "要求",
    "Numbering": "编号样式",
    "NumberingOverride": "另用的编号样式",
    "OrganisationGroup": "单位的类别",
    "PartKind": "组成部分",
    "PeriodKind": "时期的种类",
    "PartSpec": "组成部分",
    "Pooling": "汇总方法",
    "RequiredIndicator": "须填报的指标",
    "SectionSpec": "节",
    "Severity": "严重程度",
    "Standard": "编制规范",
    "Status": "依据的确定程度",
    "TableSpec": "规定的表",
    "Threshold": "对照的标准值",
    "View": "汇总成的表或图",
    "YearChange": "标题年度的变化",
    "YearOffset": "标题年度与数据年度之差",
}
_ITEMS = {
    "Duty": "id",
    "PartSpec": "part",
    "SectionSpec": "id",
    "TableSpec": "id",
    "Indicator": "id",
    "RequiredIndicator": "id",
}
_WORDS = {
    "remove": {"const": True, "description": "删去从上级规范继承的这一项"},
    "before": {"type": "string", "description": "排在哪一项之前（写其标识）"},
    "after": {"type": "string", "description": "排在哪一项之后（写其标识）"},
}


def standard_schema(draft: str) -> Schema:
    """The schema of ``standard.yaml`` in the given draft."""
    made = Standard.model_json_schema()
    definitions: dict[str, Schema] = made.pop("$defs")
    definitions["Standard"] = made
    for name, definition in definitions.items():
        _chinese(name, definition)
    for name, key in _ITEMS.items():
        definitions[name]["required"] = [key]
        definitions[name]["properties"] |= {word: _WORDS[word] for word in DIRECTIVES}
    root = definitions.pop("Standard")
    root["required"] = ["id", "title"]
    root["properties"]["abstract"] = {
        "type": "boolean",
        "description": "只供其他规范继承，不能单独使用",
    }
    for key in IDENTITY:
        root["properties"][key]["type"] = "array"
    keyword = "definitions" if "draft-07" in draft else "$defs"
    return {
        "$schema": draft,
        **_referring(root, keyword),
        keyword: _referring(definitions, keyword),
    }


def list_schema(draft: str, key: str) -> Schema:
    """The schema of a list that stands in a file of its own, such as ``outline.yaml``."""
    made = standard_schema(draft)
    keyword = "definitions" if "draft-07" in draft else "$defs"
    return {"$schema": draft, **made["properties"][key], keyword: made[keyword]}


def _chinese(name: str, definition: Schema) -> None:
    """Replace what comes from English docstrings and field names."""
    definition.pop("description", None)
    definition["title"] = _TITLES[name]
    for field in definition.get("properties", {}).values():
        field.pop("title", None)


def _referring(node: Any, keyword: str) -> Any:
    """References in the words of the draft; nothing but a reference beside one (draft-07)."""
    if isinstance(node, list):
        return [_referring(item, keyword) for item in node]
    if not isinstance(node, dict):
        return node
    made = {key: _referring(value, keyword) for key, value in node.items()}
    if "$ref" in made:
        target = made.pop("$ref").replace("#/$defs/", f"#/{keyword}/")
        made = {**made, "allOf": [{"$ref": target}]} if made else {"$ref": target}
    return made
