"""Chinese words for what standards say in English keys."""

from collections.abc import Iterable

from reportkit.model.data import Status
from reportkit.model.standard import Need, PartKind

NEEDS = {
    Need.REQUIRED: "必有",
    Need.OPTIONAL: "可有",
    Need.CONDITIONAL: "有条件时应有",
    Need.FORBIDDEN: "不得有",
}
STATUSES = {Status.OFFICIAL: "官方", Status.PRACTICE: "惯例", Status.ASSUMED: "拟定"}
PARTS = {
    PartKind.COVER: "封面",
    PartKind.STATEMENT: "声明",
    PartKind.PREFACE: "前言",
    PartKind.TOC: "目录",
    PartKind.LIST_OF_TABLES: "表目录",
    PartKind.LIST_OF_FIGURES: "图目录",
    PartKind.LIST_OF_CASES: "案例目录",
    PartKind.BODY: "正文",
    PartKind.ANNEX: "附件",
    PartKind.SIGN_OFF: "落款",
    PartKind.COLOPHON: "末页题署",
}
CONTENTS = {"prose": "文字", "table": "表", "figure": "图", "case": "案例", "list": "条目"}
LEVELS = {
    "school": "校级",
    "district": "区级",
    "municipal": "市级",
    "enterprise": "企业",
    "other": "其他",
}


def offset_text(first: int, changes: Iterable[tuple[int, int]]) -> str:
    """How the title year relates to the data year; ``changes`` are (since, offset)."""
    later = (f"；{since} 年起{_offset(offset)}" for since, offset in changes)
    return _offset(first) + "".join(later)


def limit_text(at_least: int | None, at_most: int | None) -> str:
    """The bounds of a length in words."""
    bounds = [f"不少于 {at_least} 字"] if at_least else []
    bounds += [f"不超过 {at_most} 字"] if at_most else []
    return "，".join(bounds) or "不限"


def _offset(years: int) -> str:
    if years == 0:
        return "与数据年度相同"
    return f"比数据年度{'晚' if years > 0 else '早'} {abs(years)} 年"
