"""Changes as text for the terminal: by section, old and new words beside each other."""

from collections.abc import Iterator
from difflib import SequenceMatcher

from .changes import Change, Changes, State

_MARKS = {"apply": "改", "conflict": "冲突", "left": "未取回"}
_COUNTED: tuple[tuple[State, str], ...] = (
    ("apply", "可以取回"),
    ("conflict", "与数据冲突"),
    ("left", "未取回"),
)
_AROUND = 24
"""Characters shown on either side of what was changed."""


def show(changes: Changes) -> str:
    """All changes, by section in reading order."""
    if not changes.items:
        return "没有改动。"
    lines: list[str] = []
    if not changes.marks:
        lines.append("文件中的来源标记已丢失（可能用别的软件另存过），按内容对应，请逐条核对。")
    elif not changes.same:
        lines.append("报送件在输出这份文件之后改过；没有把握的改动不取回。")
    section: str | None = None
    for item in sorted(changes.items, key=_where):
        if item.section != section:
            section = item.section
            lines += ["", section or "（正文之外）"]
        lines += _change(item)
    counts = [
        f"{label} {number} 处" for state, label in _COUNTED if (number := changes.count(state))
    ]
    return "\n".join([*lines, "", "，".join(counts) + "。"]).strip("\n")


def _where(item: Change) -> tuple[bool, str, int]:
    place = item.place
    return place is None, place.file if place else "", place.line or 0 if place else 0


def _change(item: Change) -> Iterator[str]:
    place = item.place
    where = f"{place.file}:{place.line}" if place and place.line else ""
    yield f"  [{_MARKS[item.state]}] {item.what}  {where}".rstrip()
    old, new = _focus(item.old, item.new)
    if old:
        yield f"    － {old}"
    if new:
        yield f"    ＋ {new}"
    if item.reason:
        yield f"    {item.reason}"


def _focus(old: str, new: str) -> tuple[str, str]:
    """Both texts on one line, cut to the neighbourhood of what differs."""
    old, new = (" ".join(text.split()) for text in (old, new))
    if not old or not new:
        return _cut(old, 0, len(old)), _cut(new, 0, len(new))
    regions = [
        op
        for op in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        if op[0] != "equal"
    ]
    if not regions:
        return old, new
    first, last = regions[0], regions[-1]
    return _cut(old, first[1], last[2]), _cut(new, first[3], last[4])


def _cut(text: str, start: int, end: int) -> str:
    start, end = max(0, start - _AROUND), min(len(text), end + _AROUND)
    if end - start > 240:
        return (
            ("…" if start else "")
            + text[start : start + 120]
            + " …… "
            + text[end - 100 : end]
            + ("…" if end < len(text) else "")
        )
    return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")
