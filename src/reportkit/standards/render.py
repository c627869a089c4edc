"""Standards as Chinese text for a terminal: the list, and one outline with what belongs to it."""

import unicodedata
from collections.abc import Iterator, Sequence

from reportkit.model.standard import Need, Numbering, SectionSpec, Standard

from .labels import CONTENTS, LEVELS, PARTS, STATUSES, limit_text, offset_text

LEGEND = (
    "◎ 必有  ○ 可有  △ 有条件时应有  × 不得有；"
    "依据：官方 文件所载，惯例 见于已公布的报告，拟定 待核实"
)


def render_list(standards: Sequence[Standard]) -> str:
    """One line for each standard: id, title, years, how sure it is."""
    rows = [(s.id, s.title, s.year or "", STATUSES[s.status]) for s in standards]
    return _columns([("标识", "名称", "适用", "依据"), *rows])


def render_standard(standard: Standard) -> str:
    """The outline as a matrix of needs, with parts, tables, numbers and limits."""
    return "\n".join(_standard(standard))


def _standard(standard: Standard) -> Iterator[str]:
    yield f"{standard.id}  {standard.title}〔{STATUSES[standard.status]}〕"
    if standard.basis:
        yield f"  依据：{standard.basis}"
    for label, text in _facts(standard):
        yield f"  {label}：{text}"
    yield ""
    yield "组成部分（按印刷次序）"
    parts = [
        f"{spec.need.mark} {PARTS[spec.part]}"
        for spec in standard.parts
        if spec.need is not Need.FORBIDDEN or spec.title
    ]
    yield "  " + "  ".join(parts)
    yield ""
    yield f"提纲（{LEGEND}）"
    yield _columns([_section(spec, depth) for spec, depth in _walk(standard.outline)], indent=2)
    if standard.tables:
        yield ""
        yield "规定的表"
        yield _columns(
            [
                (
                    f"{table.need.mark} {table.title}",
                    _count(len(table.rows)),
                    STATUSES[table.status],
                )
                for table in standard.tables
            ],
            indent=2,
        )
    if standard.required_indicators:
        yield ""
        yield f"须填报的指标（指标目录共 {len(standard.indicators)} 项）"
        names = {indicator.id: indicator for indicator in standard.indicators}
        yield _columns(
            [
                (
                    f"{wanted.need.mark} {names[wanted.id].name}",
                    names[wanted.id].unit,
                    wanted.id,
                    STATUSES[wanted.status],
                    wanted.condition or "",
                )
                for wanted in standard.required_indicators
            ],
            indent=2,
        )


def _count(rows: int) -> str:
    return f"{rows} 行" if rows else "行自定"


def _facts(standard: Standard) -> Iterator[tuple[str, str]]:
    yield "层级", LEVELS[standard.level]
    if standard.year:
        yield "适用", standard.year
    if standard.title_example:
        yield "标题", standard.title_example
    if standard.file_name:
        named = standard.file_name
        yield "文件名", f"{named.pattern}〔{STATUSES[named.status]}〕"
    offset = standard.year_offset
    if offset:
        changes = [(change.since, change.offset) for change in offset.changes]
        yield "标题年度", f"{offset_text(offset.offset, changes)}〔{STATUSES[offset.status]}〕"
    yield "编号", _numbering(standard.numbering)
    limits = {"案例": standard.limits.case, "正文": standard.limits.body}
    for label, limit in limits.items():
        if limit:
            bounds = limit_text(limit.at_least, limit.at_most)
            yield f"{label}字数", f"{bounds}〔{STATUSES[limit.status]}〕"
    for duty in standard.duties:
        yield "还应写明或另报", f"{duty.title}〔{STATUSES[duty.status]}〕"


_SAMPLE = {"{n}": "1", "{cn}": "一", "{roman}": "I", "{circled}": "①", "{chapter}": "1"}


def _numbering(numbering: Numbering) -> str:
    """What numbers look like: 一、 → （一） → 1. ；表1-1、图1-1、案例1-1."""
    headings = [_filled(pattern, level) for level, pattern in enumerate(numbering.heading, 1)]
    captions = [numbering.table, numbering.figure, numbering.case]
    shown = [
        " → ".join(headings),
        "、".join(_filled(caption, 1) for caption in captions if caption),
    ]
    return "；".join(filter(None, shown))


def _filled(pattern: str, level: int) -> str:
    for slot, value in _SAMPLE.items():
        pattern = pattern.replace(slot, value)
    return pattern.replace("{path}", ".".join("1" * level)).strip()


def _walk(specs: Sequence[SectionSpec], depth: int = 0) -> Iterator[tuple[SectionSpec, int]]:
    for spec in specs:
        yield spec, depth
        yield from _walk(spec.sections, depth + 1)


def _section(spec: SectionSpec, depth: int) -> tuple[str, ...]:
    notes = [f"又作 {'、'.join(v for v in spec.variants if v)}"] if any(spec.variants) else []
    if spec.at_least:
        notes.append(f"下列各节至少 {spec.at_least} 节")
    if spec.condition:
        notes.append(spec.condition)
    expects = "＋".join(CONTENTS[content.value] for content in spec.expects)
    return (
        f"{'  ' * depth}{spec.need.mark} {spec.title}",
        expects,
        STATUSES[spec.status],
        "；".join(notes),
    )


def _columns(rows: Sequence[tuple[str, ...]], indent: int = 0) -> str:
    """Rows as aligned columns; full-width characters count two."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = [
            cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True)
        ]
        lines.append((" " * indent + "  ".join(cells)).rstrip())
    return "\n".join(lines)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)
