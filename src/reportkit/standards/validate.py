"""Turns merged data into a ``Standard`` and checks what types alone cannot."""

import fnmatch
import re
from collections.abc import Iterable, Iterator
from typing import Any, get_args

from pydantic import ValidationError

from reportkit.model.base import Place
from reportkit.model.data import IndicatorKind, Pooling, Status
from reportkit.model.diagnostic import Severity
from reportkit.model.standard import (
    Content,
    Fact,
    Need,
    Numbering,
    PartKind,
    SectionSpec,
    Standard,
    View,
)

from .errors import Faults
from .file_names import SLOTS
from .source import Entry


def validate(data: Entry, file: str) -> Standard:
    """The standard that ``data`` describe.

    Raises:
        InvalidStandard: with every fault and its place.
    """
    faults = Faults(file)
    try:
        standard = Standard.model_validate(_with_places(data))
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            faults.add(_place(data, detail["loc"]), _reason(dict(detail)))
        faults.stop_if_any()
        raise
    for loc, text in _faults(standard):
        faults.add(_place(data, loc), text)
    faults.stop_if_any()
    return standard


def _with_places(data: Any, key: str = "") -> Any:
    """Plain data; sections remember their place."""
    if isinstance(data, Entry):
        plain = {name: _with_places(value, name) for name, value in data.items()}
        if key in ("outline", "sections"):
            plain["place"] = data.place
        return plain
    if isinstance(data, list):
        return [_with_places(item, key) for item in data]
    return data


def _place(data: Any, loc: tuple[int | str, ...]) -> Place:
    """The nearest place on the way to ``loc``."""
    place: Place = data.place
    for step in loc:
        if isinstance(data, Entry) and step in data:
            place = data.places[str(step)]
            data = data[str(step)]
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            break
        if isinstance(data, Entry):
            place = data.place
    return place


def _reason(error: dict[str, Any]) -> str:
    """One of pydantic's errors in Chinese, by its type."""
    steps = [str(step) for step in error["loc"]]
    key, value, context = ".".join(steps), error.get("input"), error.get("ctx", {})
    match error["type"]:
        case "missing":
            return f"缺少 {key}"
        case "extra_forbidden":
            return f"不认识的键 {key}"
        case "enum" | "literal_error":
            return f"{key} 的值“{value}”不对；可以写 {'、'.join(_choices(error['loc']))}"
        case "string_pattern_mismatch":
            return f"{key} 的值“{value}”不合格式 {context.get('pattern')}"
        case "string_type":
            return f"{key} 应当是文字"
        case "tuple_type" | "list_type":
            return f"{key} 应当是列表"
        case "model_type" | "dict_type":
            return f"{key} 应当是“键: 值”的形式"
        case "string_too_long":
            return f"{key} 超过 {context.get('max_length')} 字"
        case kind if kind.startswith(("int", "decimal", "greater", "less", "bool")):
            return f"{key} 的值“{value}”不是合适的数或 true/false"
    return f"{key} 的值“{value}”不合要求"


_CHOICES: dict[str, Iterable[str]] = {
    "need": Need,
    "status": Status,
    "kind": IndicatorKind,
    "severity": Severity,
    "severities": Severity,
    "expects": Content,
    "part": PartKind,
    "level": get_args(Standard.model_fields["level"].annotation),
    "pooling": Pooling,
    "rows": get_args(View.model_fields["rows"].annotation),
    "show": get_args(View.model_fields["show"].annotation),
    "chart": get_args(get_args(View.model_fields["chart"].annotation)[0]),
    "footnotes_restart": get_args(Numbering.model_fields["footnotes_restart"].annotation),
}


def _choices(loc: tuple[int | str, ...]) -> Iterable[str]:
    """What may be written at ``loc``."""
    if loc[0] == "outline" and loc[-1] == "part":
        return get_args(SectionSpec.model_fields["part"].annotation)
    keys = [step for step in loc if step in _CHOICES]
    return _CHOICES[str(keys[-1])] if keys else ()


Found = Iterator[tuple[tuple[int | str, ...], str]]

_HEADING = frozenset({"n", "cn", "roman", "circled", "path"})
_CAPTION = _HEADING | {"chapter"}
_CASE = frozenset({"label", "title", "owner"})
_SLOT = re.compile(r"\{(\w*)\}")


def _faults(standard: Standard) -> Found:
    yield from _facts(standard, ())
    yield from _sections(standard)
    yield from _patterns(standard)
    yield from _file_name(standard)
    yield from _tables(standard)
    yield from _compilation(standard)
    parts = [spec.part for spec in standard.parts]
    if PartKind.BODY not in parts:
        yield ("parts",), "parts 中缺少 body（正文）"
    for rule in standard.severities:
        if not re.fullmatch(r"RK[1-8]\d\d", rule):
            yield ("severities", rule), f"{rule} 不是规则编号"


def _facts(value: Any, loc: tuple[int | str, ...]) -> Found:
    """Facts that claim more than assumed must name their source; conditions must be worded."""
    if isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _facts(item, (*loc, index))
        return
    if not hasattr(type(value), "model_fields"):
        return
    if isinstance(value, Fact) and value.status is not Status.ASSUMED and not value.basis:
        yield loc, f"status 写了 {value.status}，就要用 basis 写明出处"
    if getattr(value, "need", None) is Need.CONDITIONAL and not getattr(value, "condition", "-"):
        yield loc, "need 是 conditional，就要用 condition 写明条件"
    for name in type(value).model_fields:
        yield from _facts(getattr(value, name), (*loc, name))


def _sections(standard: Standard) -> Found:
    seen: set[str] = set()
    for loc, spec in _walk(standard.outline, ("outline",)):
        if spec.id in seen:
            yield loc, f"节的标识 {spec.id} 重复；全篇各节的标识不能相同"
        seen.add(spec.id)
        if len(loc) > 2 and spec.part != "body":
            yield loc, f"{spec.id}：只有章可以写 part"
        if spec.at_least > len(spec.sections):
            yield loc, f"{spec.id}：at_least 大于下级节的个数"
    for index, table in enumerate(standard.tables):
        if table.section is not None and table.section not in seen:
            yield ("tables", index), f"表 {table.id} 所在的节 {table.section} 不存在"


def _walk(
    sections: tuple[SectionSpec, ...], loc: tuple[int | str, ...]
) -> Iterator[tuple[tuple[int | str, ...], SectionSpec]]:
    for index, spec in enumerate(sections):
        yield (*loc, index), spec
        yield from _walk(spec.sections, (*loc, index, "sections"))


def _patterns(standard: Standard) -> Found:
    numbering = standard.numbering
    for pattern in numbering.heading:
        yield from _slots(("numbering", "heading"), pattern, _HEADING)
    for name in ("table", "figure", "case"):
        yield from _slots(("numbering", name), getattr(numbering, name), _CAPTION)
    yield from _slots(("numbering", "case_heading"), numbering.case_heading, _CASE)
    yield from _slots(("numbering", "footnote"), numbering.footnote, _HEADING)
    for loc, spec in _walk(standard.outline, ("outline",)):
        if spec.numbering is None:
            continue
        for pattern in spec.numbering.heading or ():
            yield from _slots((*loc, "numbering"), pattern, _HEADING)
        for name in ("table", "figure", "case"):
            yield from _slots((*loc, "numbering"), getattr(spec.numbering, name), _CAPTION)


def _slots(
    loc: tuple[int | str, ...], pattern: str | None, known: Iterable[str], what: str = "编号样式"
) -> Found:
    for slot in _SLOT.findall(pattern or ""):
        if slot not in known:
            names = "、".join(f"{{{name}}}" for name in sorted(known))
            yield loc, f"{what}“{pattern}”中的 {{{slot}}} 不认识；可以用 {names}"


def _file_name(standard: Standard) -> Found:
    """A pattern that tells submissions apart, with characters that every system takes in names."""
    if standard.file_name is None:
        return
    loc, pattern = ("file_name",), standard.file_name.pattern
    yield from _slots(loc, pattern, SLOTS, "文件名")
    if bad := sorted(set(re.findall(r'[<>:"/\\|?*\x00-\x1f]', pattern))):
        yield loc, f"文件名“{pattern}”中有文件名不能用的字符 {' '.join(bad)}"
    if not {"title", "organisation", "code"} & set(_SLOT.findall(pattern)):
        names = "{title}、{organisation}、{code}"
        yield loc, f"文件名“{pattern}”至少要有 {names} 之一，否则各单位的文件同名"


def _compilation(standard: Standard) -> Found:
    """Views of known sections, tables, groups and indicators; weights and patterns that fit."""
    catalogue = {indicator.id for indicator in standard.indicators}
    sections = {spec.id for _, spec in _walk(standard.outline, ("outline",))}
    compilation = standard.compilation
    groups = {group.scope for group in compilation.groups}
    known = (
        ("section", sections, "节"),
        ("table", {table.id for table in standard.tables}, "规定的表"),
        ("group", groups, "单位类别"),
    )
    for index, view in enumerate(compilation.views):
        loc: tuple[int | str, ...] = ("compilation", "views", index)
        for key, names, what in known:
            name = getattr(view, key)
            if name is not None and name not in names:
                yield loc, f"汇总表 {view.id} 的{what} {name} 不存在"
        if view.title is None and view.table is None:
            yield loc, f"汇总表 {view.id} 要有 title，或用 table 写明是哪张规定的表"
        yield from _patterns_fit(loc, f"汇总表 {view.id}", view.indicators, catalogue)
    if len({view.id for view in compilation.views}) < len(compilation.views):
        yield ("compilation", "views"), "views 中有标识写了两次"
    for at, spec in _walk(standard.outline, ("outline",)):
        yield from _patterns_fit(at, f"节 {spec.id} 的 pools", spec.pools, catalogue)
    for index, indicator in enumerate(standard.indicators):
        for weight in indicator.weights:
            if weight not in catalogue:
                where = ("indicators", index)
                yield where, f"指标 {indicator.id} 的权数 {weight} 不在指标目录中"
    texts = (("coverage", {"count", "unit", "noun"}), ("partial", {"least", "unit", "noun"}))
    for key, slots in texts:
        yield from _slots(
            ("compilation", key), getattr(compilation, key), slots, "说明汇总范围的话"
        )


def _patterns_fit(
    loc: tuple[int | str, ...], what: str, patterns: Iterable[str], catalogue: set[str]
) -> Found:
    for pattern in patterns:
        if not fnmatch.filter(catalogue, pattern):
            yield loc, f"{what}：指标 {pattern} 不在指标目录中"


def _tables(standard: Standard) -> Found:
    catalogue = {indicator.id for indicator in standard.indicators}
    for index, table in enumerate(standard.tables):
        loc = ("tables", index)
        if table.indicators and len(table.indicators) != len(table.rows):
            yield loc, f"表 {table.id} 的 indicators 有 {len(table.indicators)} 项，应与 rows 等长"
        width = {len(row) for row in (*table.header, *table.rows)}
        if len(width) > 1:
            yield loc, f"表 {table.id} 各行的格数不一"
        for name in table.indicators:
            if name and name not in catalogue:
                yield loc, f"表 {table.id} 的指标 {name} 不在指标目录中"
    for index, wanted in enumerate(standard.required_indicators):
        if wanted.id not in catalogue:
            yield ("required_indicators", index), f"指标 {wanted.id} 不在指标目录中"
    for index, indicator in enumerate(standard.indicators):
        low, high = indicator.minimum, indicator.maximum
        if low is not None and high is not None and low > high:
            yield ("indicators", index), f"指标 {indicator.id} 的下限大于上限"
