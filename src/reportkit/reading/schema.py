"""The published JSON Schemas, made from the models, with Chinese titles for editors to show."""

import json
import sys
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from reportkit.model import blocks
from reportkit.model.submission import Manifest, Submission

DRAFT_2020 = "https://json-schema.org/draft/2020-12/schema"
DRAFT_07 = "http://json-schema.org/draft-07/schema#"

TITLES = {
    "Asset": "文件",
    "Case": "典型案例",
    "Chapter": "章",
    "Chart": "数据图",
    "Contents": "作者自己排的目录",
    "ContentsEntry": "目录条目",
    "Cover": "封面",
    "DataPeriod": "数据所属时期",
    "Dataset": "数据",
    "Explanation": "对经验校验的说明",
    "Figure": "图片",
    "FigurePart": "分图",
    "Footnote": "脚注",
    "Indicator": "指标",
    "IndicatorKind": "指标类型",
    "ListBlock": "列表",
    "ListItem": "列表项",
    "Manifest": "报送件（report.yaml）",
    "Metadata": "报告信息",
    "Note": "注",
    "Observation": "指标值",
    "Organisation": "报送单位",
    "Paragraph": "段落",
    "PeriodKind": "时期的种类",
    "Pooling": "汇总方法",
    "Raw": "未能识别的内容",
    "Section": "节",
    "SignOff": "落款",
    "Status": "依据的确定程度",
    "Submission": "报送件",
    "Table": "表格",
    "Threshold": "对照的标准值",
}
BLOCKS: dict[str, type[BaseModel]] = {
    "paragraph": blocks.Paragraph,
    "list": blocks.ListBlock,
    "table": blocks.Table,
    "figure": blocks.Figure,
    "chart": blocks.Chart,
    "case": blocks.Case,
    "note": blocks.Note,
    "sign_off": blocks.SignOff,
    "raw": blocks.Raw,
}
"""Models of blocks by their ``type``."""
NUMBER = "^[+-]?[0-9]+([.][0-9]+)?$"
"""A decimal number as it may be written."""
_MEANINGS = {
    "IndicatorKind": "count 数量、amount 金额、rate 百分率、ratio 比、index 指数",
    "Pooling": "sum 相加、mean 加权平均、median 中位数、none 不汇总",
    "PeriodKind": "school_year 学年、calendar_year 自然年、date 时点、class 届",
    "Threshold": "读者用来对照的标准值；达不到只提示，不作判断",
    "Status": "official 有正式文件、practice 通行做法、assumed 推定",
}
_COMMON = {
    "id": "标识，供引用；如 tbl:scale、fig:campus、case:moral",
    "type": "内容块的种类",
    "standard": "编制规范的标识",
    "unit": "计量单位",
}


class _Chinese(GenerateJsonSchema):
    """Without the English of docstrings and without titles made from field names."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def model_schema(self, schema: Any) -> JsonSchemaValue:
        return _titled(super().model_schema(schema), schema["cls"].__name__)

    def bytes_schema(self, schema: Any) -> JsonSchemaValue:
        return {"type": "string", "contentEncoding": "base64"}

    def decimal_schema(self, schema: Any) -> JsonSchemaValue:
        return {"anyOf": [{"type": "number"}, {"type": "string", "pattern": NUMBER}]}


def _titled(made: JsonSchemaValue, name: str) -> JsonSchemaValue:
    made.pop("description", None)
    made["title"] = TITLES.get(name, name)
    for key, field in made.get("properties", {}).items():
        if key in _COMMON:
            field.setdefault("description", _COMMON[key])
    return made


@cache
def schema_of(model: type[BaseModel]) -> dict[str, Any]:
    """The JSON Schema 2020-12 of a model."""
    definitions: dict[str, Any] = {}
    made = _shared(model.model_json_schema(schema_generator=_Chinese), definitions)
    if definitions:
        made["$defs"] |= definitions
    for name, meaning in _MEANINGS.items():
        if name in made.get("$defs", {}):
            made["$defs"][name] |= {"title": TITLES[name], "description": meaning}
    return {"$schema": DRAFT_2020, "title": TITLES[model.__name__], **made}


def _shared(node: Any, definitions: dict[str, Any]) -> Any:
    """Name the union of all blocks once, and close mappings whose keys have a pattern."""
    if isinstance(node, list):
        return [_shared(item, definitions) for item in node]
    if not isinstance(node, dict):
        return node
    made = {key: _shared(value, definitions) for key, value in node.items()}
    if "patternProperties" in made:
        made["additionalProperties"] = False
    if "discriminator" in made and "oneOf" in made:
        tag = made["discriminator"]["propertyName"]
        definitions["Block"] = {"title": "内容块", "type": "object", "required": [tag], **made}
        return {"$ref": "#/$defs/Block"}
    return made


def manifest_schema() -> dict[str, Any]:
    """What ``report.yaml`` looks like."""
    return schema_of(Manifest)


def document_schema() -> dict[str, Any]:
    """What the whole JSON document looks like."""
    return schema_of(Submission)


def block_schemas() -> dict[str, dict[str, Any]]:
    """What the options of each block look like, by its type."""
    return {name: schema_of(model) for name, model in BLOCKS.items()}


def draft07(schema: dict[str, Any]) -> dict[str, Any]:
    """The same schema in draft-07, which editors understand."""
    return {**_older(schema), "$schema": DRAFT_07}


def _older(node: Any) -> Any:
    if isinstance(node, list):
        return [_older(item) for item in node]
    if not isinstance(node, dict):
        return node
    made: dict[str, Any] = {}
    for key, value in node.items():
        if key == "$defs":
            made["definitions"] = {name: _older(item) for name, item in value.items()}
        elif key == "$ref":
            made[key] = value.replace("#/$defs/", "#/definitions/")
        elif key == "discriminator":
            continue
        elif key == "prefixItems":
            made["items"] = _older(value)
        else:
            made[key] = _older(value)
    if "$ref" in made and len(made) > 1:  # draft-07 ignores what stands beside a reference
        made["allOf"] = [{"$ref": made.pop("$ref")}]
    return made


def write_schemas(directory: Path) -> list[Path]:
    """Write all schemas of submissions into ``directory`` and return their paths."""
    made = {"manifest": manifest_schema(), "submission": document_schema()}
    made |= {f"blocks/{name}": schema for name, schema in block_schemas().items()}
    paths = []
    for name, schema in made.items():
        for suffix, form in (("", schema), (".draft-07", draft07(schema))):
            path = directory / f"{name}{suffix}.schema.json"
            path.parent.mkdir(parents=True, exist_ok=True)
            text = json.dumps(form, ensure_ascii=False, indent=2) + "\n"
            path.write_text(text, encoding="utf-8", newline="\n")
            paths.append(path)
    return paths


if __name__ == "__main__":
    from reportkit.resources import schemas

    for written in write_schemas(Path(sys.argv[1]) if len(sys.argv) > 1 else schemas()):
        print(written.name)
