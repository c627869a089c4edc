"""What the editor should know of a compilation: a file beside the chapters, never printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ..composing.facts import show
from ..model.standard import Standard
from .choosing import LEVELS, Chosen
from .collecting import LeftOut
from .contributing import Contributed
from .pooling import Pooled

FILE = "汇总说明.md"
MOST = 200
"""Lines of one list."""
_CELL = str.maketrans({"|": "｜", "\n": " ", "\r": " "})


def account(
    target: Standard,
    chosen: Chosen,
    contributed: Contributed,
    pooled: Pooled,
    unread: Sequence[LeftOut],
) -> str:
    """The account as Markdown."""
    lines = [
        "# 汇总说明",
        "",
        f"汇总了 {len(chosen.members)} 份{LEVELS[chosen.level]}报送件，标题年度 {chosen.year}，"
        f"数据时期 {chosen.period.start:%Y-%m-%d} 至 {chosen.period.end:%Y-%m-%d}。"
        "这个文件不会印出，检查时也不看。",
        "",
        "每个汇总数由哪些单位的哪些数得来，在 data/sources.csv，也可以运行",
        "`reportkit facts 本报告 --trace 指标标识`。",
        *_section("未能读出，没有计入", (f"{e.item}：{e.reason}" for e in unread)),
        *_section(
            "没有计入的报送件",
            (f"{e.organisation}（{e.item}）：{e.reason}" for e in chosen.left),
        ),
        *_section("没有计入的数值", _refused(target, contributed)),
        *_section("往年的数，填报单位与本期不同，没有汇总", _uneven(target, pooled)),
        *_section("没有汇总的自定指标", _own(contributed)),
        *_section("没有单位填报的指标", _missing(target, chosen, pooled)),
        "",
        "## 各指标的填报数",
        "",
        "| 指标 | 标识 | 汇总值 | 填报数 | 方法 |",
        "|---|---|---|---|---|",
        *_counts(target, chosen, pooled),
        "",
        "## 参加汇总的单位",
        "",
        "| 单位 | 地区 | 类别 | 报送件 |",
        "|---|---|---|---|",
        *(
            _row(m.name, m.region, m.group, m.digest.item)
            for m in sorted(chosen.members, key=lambda m: (m.region, m.name))
        ),
    ]
    return "\n".join(lines) + "\n"


def _section(title: str, items: Iterator[str]) -> list[str]:
    """A list under a heading; nothing at all if it is empty."""
    told = [f"- {' '.join(item.split())}" for item in items]
    more = [f"- …… 共 {len(told)} 项"] if len(told) > MOST else []
    return ["", f"## {title}", "", *told[:MOST], *more] if told else []


def _refused(target: Standard, contributed: Contributed) -> Iterator[str]:
    names = {i.id: i.name for i in target.indicators}
    for each in contributed.refused:
        name = names.get(each.indicator, each.indicator)
        who = f"{each.organisation}（{each.item}）"
        yield f"{who} {name}（{each.period}）{each.shown}：{each.reason}"


def _uneven(target: Standard, pooled: Pooled) -> Iterator[str]:
    names = {i.id: i.name for i in target.indicators}
    found = Counter((name, period) for name, period, _ in pooled.uneven)
    for name, period in found:
        yield f"{names[name]}（{period}）"


def _own(contributed: Contributed) -> Iterator[str]:
    for name, count in contributed.own.most_common():
        yield f"{name}：{count} 处"


def _missing(target: Standard, chosen: Chosen, pooled: Pooled) -> Iterator[str]:
    for each in target.required_indicators:
        if (each.id, chosen.current, "") not in pooled.observations:
            name = next((i.name for i in target.indicators if i.id == each.id), each.id)
            yield f"{name}（{each.id}）：请在 data/indicators.csv 中填写"


def _counts(target: Standard, chosen: Chosen, pooled: Pooled) -> Iterator[str]:
    names = {i.id: i.name for i in target.indicators}
    for (name, period, scope), observed in pooled.observations.items():
        if period == chosen.current and not scope:
            value = "（空缺）" if observed.value is None else show(observed.value) + observed.unit
            count = f"{pooled.counts[(name, period, scope)]}/{len(chosen.members)}"
            yield _row(names[name], name, value, count, observed.source)


def _row(*cells: str) -> str:
    return "| " + " | ".join(cell.translate(_CELL) for cell in cells) + " |"
