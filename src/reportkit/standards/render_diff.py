"""A comparison of two standards as Chinese text for a terminal."""

from collections.abc import Iterator, Sequence
from typing import Any

from reportkit.model.standard import PartKind, Standard

from .compare import Change, Difference
from .crosswalk import counterparts
from .labels import CONTENTS, LEVELS, NEEDS, PARTS, STATUSES, limit_text, offset_text


def render_diff(a: Standard, b: Standard, changes: Sequence[Change]) -> str:
    """What changed from ``a`` to ``b``, grouped, with what a removed section became."""
    return "\n".join(_diff(a, b, changes))


_GROUPS = {
    "standard": "总体",
    "part": "组成部分",
    "section": "提纲",
    "table": "规定的表",
    "required_indicator": "须填报的指标",
    "indicator": "指标目录",
    "numbering": "编号",
    "limit": "字数限制",
    "duty": "应写明或另报",
}
_SIGNS = {"added": "＋ 新增", "removed": "－ 去掉", "renamed": "～ 改名", "moved": "→ 移动"}
_KEYS = {
    "title": "名称",
    "name": "名称",
    "level": "层级",
    "year": "适用",
    "title_example": "标题写法",
    "file_name": "文件名",
    "pattern": "写法",
    "year_offset": "标题年度",
    "data_window": "数据时期",
    "status": "依据",
    "basis": "出处",
    "severities": "严重程度",
    "placeholders": "未填写字样",
    "need": "要求",
    "variants": "可用的其他标题",
    "condition": "条件",
    "part": "印在",
    "numbered": "编号",
    "numbering": "编号样式",
    "expects": "应有内容",
    "covers": "必须谈到",
    "says": "说法",
    "when": "何时要求",
    "at_least": "至少几节",
    "free_sections": "可自设下级节",
    "ordered": "须按次序",
    "guidance": "填写提示",
    "pools": "汇总的指标",
    "text": "固定文字",
    "fields": "填写项",
    "section": "所在节",
    "header": "表头",
    "rows": "行",
    "indicators": "对应指标",
    "heading": "标题编号",
    "table": "表号",
    "figure": "图号",
    "case": "案例",
    "caption_gap": "题号与题名之间",
    "case_heading": "案例标题行",
    "footnote": "脚注号",
    "footnotes_restart": "脚注重编",
    "body": "正文",
    "unit": "单位",
    "formula": "公式",
    "definition": "口径",
    "aliases": "别称",
    "pooling": "汇总方法",
    "weights": "权数",
}
_LONG = frozenset(
    {
        "guidance",
        "pools",
        "covers",
        "text",
        "rows",
        "header",
        "basis",
        "indicators",
        "placeholders",
        "definition",
    }
)


def _diff(a: Standard, b: Standard, changes: Sequence[Change]) -> Iterator[str]:
    yield f"{a.id}（{a.title}）→ {b.id}（{b.title}）"
    if not changes:
        yield "两个规范没有差别。"
    for what, label in _GROUPS.items():
        group = [change for change in changes if change.what == what]
        if group:
            yield f"\n{label}（{len(group)} 处）"
        for change in group:
            yield from _change(a, b, change)


def _change(a: Standard, b: Standard, change: Change) -> Iterator[str]:
    title = PARTS[PartKind(change.id)] if change.what == "part" else change.title
    path = " › ".join((*change.path, title))
    if change.kind == "moved":
        old = " › ".join(change.differences[0].old) if change.differences else ""
        came = f"（原在 {old or '第一级'}）" if _moved_up(change) else "（次序变了）"
        yield f"  {_SIGNS['moved']} {path}{came}"
        return
    if change.kind in ("added", "removed"):
        yield f"  {_SIGNS[change.kind]} {path}{_became(a, b, change)}"
        return
    sign = _SIGNS.get(change.kind, "· 改动")
    if path:
        yield f"  {sign} {path}"
    indent = "      " if path else "  "
    for text in _lines(change.differences):
        yield indent + text


def _moved_up(change: Change) -> bool:
    return bool(change.differences) and change.differences[0].old != change.differences[0].new


def _became(a: Standard, b: Standard, change: Change) -> str:
    if change.what != "section":
        return ""
    source, target = (a, b) if change.kind == "removed" else (b, a)
    found = [spec.title for spec in counterparts(change.id, source, target)]
    if not found:
        return ""
    word = "相当于新规范的" if change.kind == "removed" else "相当于原规范的"
    return f"（{word} {'、'.join(found)}）"


def _lines(differences: Sequence[Difference]) -> Iterator[str]:
    """One line a key; long texts are only named, together on the last line."""
    named = []
    for difference in differences:
        label = _KEYS.get(difference.key, difference.key)
        old, new = _shown(difference.key, difference.old), _shown(difference.key, difference.new)
        if difference.key in _LONG or old == new:
            named.append(label)
        else:
            yield f"{label}：{old} → {new}"
    if named:
        yield f"{'、'.join(named)}有改动"


def _shown(key: str, value: Any) -> str:
    if key == "year_offset" and value:
        changes = ((change["since"], change["offset"]) for change in value["changes"])
        return offset_text(value["offset"], changes)
    if isinstance(value, dict) and "at_most" in value:
        return f"{limit_text(value['at_least'], value['at_most'])}〔{_value(value['status'])}〕"
    if key == "data_window" and value:
        return f"{value['start']} 起一年"
    return _value(value)


_VALUES: dict[Any, str] = {
    **{need.value: text for need, text in NEEDS.items()},
    **{status.value: text for status, text in STATUSES.items()},
    **CONTENTS,
    **LEVELS,
    "page": "每页重编",
    "report": "全篇连续",
    None: "无",
    True: "是",
    False: "否",
    "": "空",
}


def _value(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(map(_value, value)) or "无"
    if isinstance(value, dict):
        empty: tuple[Any, ...] = (None, [], "")
        inner = {key: item for key, item in value.items() if item not in empty and key != "basis"}
        return "，".join(f"{_KEYS.get(key, key)} {_value(item)}" for key, item in inner.items())
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _VALUES.get(value, str(value))
