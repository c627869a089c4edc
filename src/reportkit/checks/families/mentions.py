"""RK323 to RK325: whether the text points to the right table or figure, and to each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.diagnostic import Finding, Related, Severity
from ...model.report import (
    Heading,
    Label,
    Para,
    RBlock,
    RCase,
    RChart,
    Reference,
    Report,
    RFigure,
    RList,
    RTable,
    Run,
)
from ..context import Context, Node
from ..registry import Basis, Needs, Source, rule
from .captions import Caption, captions
from .references import PREFIXES, REFERENCES, Targets, finding


@rule(
    code="RK323",
    name="typed-reference-wrong",
    title="引用的编号可能不是所指的对象",
    severity=Severity.WARNING,
    source=Source(Basis.INFERRED, "已公布的报告中，案例里引用本案例的图时常写错编号"),
    why="增删图表后手写的编号容易错位，读者会看到不相干的图。",
    message="案例中引用“{text}”，它在别处；本案例自己的{kind}是{own}，却没有被引用",
    expected="引用{own}",
    hint="核对所指的{kind}；最好改用标识引用（如 @{prefix}:标识）。",
    hint_report="核对所指的{kind}，改正编号。",
    needs=REFERENCES,
    good="""
# 工作

## 服务

服务情况见 @tbl:visits。

::: table {#tbl:visits caption="服务情况表"}
| 类别 | 次数 |
|---|---|
| 社区 | 12 |
:::

::: case {title="节日活动进社区" owner="示例单位"}
组织人员走进社区，天数见表2-2。

::: table {caption="服务天数表"}
| 类别 | 天数 |
|---|---|
| 社区 | 24 |
:::
:::
""",
    bad="""
# 工作

## 服务

服务情况见 @tbl:visits。

::: table {#tbl:visits caption="服务情况表"}
| 类别 | 次数 |
|---|---|
| 社区 | 12 |
:::

::: case {title="节日活动进社区" owner="示例单位"}
组织人员走进社区，天数见表2-1。

::: table {caption="服务天数表"}
| 类别 | 天数 |
|---|---|
| 社区 | 24 |
:::
:::
""",
)
def typed_reference_wrong(context: Context) -> Iterator[Finding]:
    """In a case, a typed number leads out of it though the case has an object of its own."""
    targets = Targets(context)
    mentioned = {targets.of(reference) for reference in context.report.references}
    inside: dict[str, list[Reference]] = {}
    for reference in context.report.references:
        if reference.case is not None and reference.typed and targets.of(reference):
            inside.setdefault(reference.case, []).append(reference)
    for case in _cases(context.report):
        own = [label for block in case.blocks if (label := _label(block))]
        for reference in inside.get(case.caption.anchor, ()):
            if targets.of(reference) in {label.anchor for label in own}:
                continue
            same = [o for o in own if o.kind == reference.kind and o.anchor not in mentioned]
            if same:
                yield finding(
                    "RK323",
                    reference,
                    reference.text,
                    text=reference.text,
                    own=[label.claim or label.label for label in same],
                    prefix=PREFIXES[reference.kind],
                )


def _cases(report: Report) -> Iterator[RCase]:
    for part in report.parts:
        yield from (block for block in part.blocks if isinstance(block, RCase))


def _label(block: RBlock) -> Label | None:
    return block.caption if isinstance(block, RTable | RFigure | RChart) else None


def all_runs(block: RBlock) -> Iterator[Run]:
    """The runs of a composed block and of those inside it."""
    match block:
        case Para(runs=runs) | Heading(runs=runs):
            yield from runs
        case RList(items=items):
            for item in items:
                for inner in item.blocks:
                    yield from all_runs(inner)
        case RCase(blocks=blocks):
            for inner in blocks:
                yield from all_runs(inner)
        case RTable(cells=cells, notes=notes):
            for cell in cells:
                yield from cell.runs
            for note in notes:
                yield from note
        case RFigure(notes=notes) | RChart(notes=notes):
            for note in notes:
                yield from note


@rule(
    code="RK324",
    name="object-unreferenced",
    title="表或图在正文中没有提到",
    severity=Severity.INFO,
    source=Source(Basis.PRACTICE, "表、图应先在正文中提及"),
    why="正文没有提到的表图，读者不知道它说明什么。",
    message="有 {count} 个表、图在正文中没有提到：{labels}",
    expected="每个表、图在正文中至少提到一次",
    hint="在正文相应处写“见 @标识”，编号会自动印出。",
    hint_report="在正文相应处写“见表1-1”一类的话。",
    needs=REFERENCES,
    good="""
# 工作

## 服务

面向社区开展服务活动十二次，情况见 @tbl:visits。

::: table {#tbl:visits caption="服务情况表"}
| 类别 | 次数 |
|---|---|
| 社区 | 12 |
:::
""",
    bad="""
# 工作

## 服务

面向社区开展服务活动十二次，参加人员逐年增加。

::: table {#tbl:visits caption="服务情况表"}
| 类别 | 次数 |
|---|---|
| 社区 | 12 |
:::
""",
)
def object_unreferenced(context: Context) -> Iterator[Finding]:
    """Tables and figures outside cases that no text names, told once a chapter.

    Waits until the outline is sound and no reference dangles: either may be the reason.
    """
    known = Targets(context)
    targets = {known.of(reference) for reference in context.report.references}
    if not context.settled or None in targets:
        return
    in_case = {id(block) for _, block, case in context.blocks if case is not None}
    annexes = {n for n in context.chapters if n.spec is not None and n.spec.part == "annex"}
    idle: dict[Node, list[Caption]] = {}
    for caption in captions(context):
        computed = caption.computed
        exempt = computed.kind == "case" or id(caption.block) in in_case
        exempt = exempt or caption.chapter in annexes or not computed.label or caption.disputed
        if not exempt and computed.anchor not in targets:
            idle.setdefault(caption.chapter, []).append(caption)
    for these in idle.values():
        first, *others = these
        yield Finding(
            code="RK324",
            place=first.place,
            quote=first.title,
            at=first.chapter.at,
            args={"count": len(these), "labels": [c.computed.label for c in these]},
            related=tuple(Related(place=c.place, quote=c.title) for c in others),
        )


@rule(
    code="RK325",
    name="vague-reference",
    title="“如下表”没有写明编号",
    severity=Severity.INFO,
    source=Source(Basis.PRACTICE, "正文引用表、图应写明编号"),
    why="排版后表图可能移到下一页，“下表”就不知指哪一个。",
    message="“{text}”没有写明编号",
    expected="写明编号，如“见表1-1”",
    hint="给{kind}加标识（{{#{prefix}:标识}}），再写“见 @{prefix}:标识”。",
    hint_report="写明编号，如“见表1-1”。",
    needs=(Needs.SUBMISSION,),
    good="""
# 工作

## 服务

面向社区开展服务活动十二次，情况见 @tbl:visits。

::: table {#tbl:visits caption="服务情况表"}
| 类别 | 次数 |
|---|---|
| 社区 | 12 |
:::
""",
    bad="""
# 工作

## 服务

面向社区开展服务活动十二次，情况如下表，汇总见 @tbl:visits。

::: table {#tbl:visits caption="服务情况表"}
| 类别 | 次数 |
|---|---|
| 社区 | 12 |
:::
""",
)
def vague_reference(context: Context) -> Iterator[Finding]:
    """Prose points to 下表, 上图 … instead of a number."""
    for text in context.texts:
        if text.role not in ("body", "footnote"):
            continue
        for found in _VAGUE.finditer(text.text):
            table = found[0].endswith("表")
            yield Finding(
                code="RK325",
                place=text.place.at(text.text, found.start()),
                quote=found[0],
                at=text.at,
                args={
                    "text": found[0],
                    "kind": "表" if table else "图",
                    "prefix": "tbl" if table else "fig",
                },
            )


_VAGUE = re.compile(
    r"(?:如|见|由|据|从|按)(?:下列|[下上左右])[表图](?![现示达明彰述演书纸])(?:所示)?"
    r"|(?<![以线网])[下上左右][表图](?=所示|所列|列出|反映|显示|给出)"
)
