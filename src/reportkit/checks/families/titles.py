"""RK314, RK315: the titles of tables, figures and cases."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Literal

from ...model.blocks import Block, Case, Chart, Figure, Table
from ...model.diagnostic import Finding, Severity
from ..context import Context, Node
from ..registry import Basis, Needs, Source, rule
from .captions import Captioned, run_together


@rule(
    code="RK314",
    name="caption-missing",
    title="表或图没有题名",
    severity=Severity.WARNING,
    source=Source(Basis.PRACTICE, "每个表、图都有编号和题名，表题在上、图题在下"),
    why="没有题名的表图无法编号，也进不了表目录、图目录，正文只能写“如下表”。",
    message="{kind}没有题名",
    expected="有题名，并由程序编号",
    hint='用 ::: {fence} {{caption="题名"}} 写出题名'
    "{explain:；确实不需要的，在 explanations 中说明}。",
    hint_report="补写编号和题名。",
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

面向社区开展服务活动十二次，参加人员逐年增加。

| 类别 | 次数 |
|---|---|
| 社区 | 12 |
""",
)
def caption_missing(context: Context) -> Iterator[Finding]:
    """A table, figure or chart has no caption. In a section that it fills alone it needs none.

    Nor does a table that a figure without picture follows: it is what that figure shows.
    """
    everything = [block for _, block, _ in context.blocks]
    shown = {id(one) for one, other in pairwise(everything) if _is_bare_figure(other)}
    for node, block, _ in context.blocks:
        if not isinstance(block, Table | Figure | Chart) or block.caption.strip():
            continue
        if isinstance(block, Table) and id(block) in shown:
            continue
        if isinstance(block, Table) and _fills(node, block):
            continue
        kind: Literal["表", "图"] = "表" if isinstance(block, Table) else "图"
        yield Finding(
            code="RK314",
            place=block.place or node.place,
            at=block.id or node.at,
            subject=f"{kind} {_subject(block)}",
            args={"kind": kind, "fence": block.type},
        )


def _is_bare_figure(block: Block) -> bool:
    return isinstance(block, Figure) and not (block.image or block.parts)


def _fills(node: Node, table: Table) -> bool:
    """Whether the heading is the table's title: nothing else stands under it."""
    others = [b for b in node.section.blocks if b is not table and b.type != "note"]
    return bool(node.title) and not others and not node.children


def _subject(block: Table | Figure | Chart) -> str:
    if isinstance(block, Figure):
        return str(block.image or [part.image for part in block.parts])
    return str(block.rows or block.data or block.compare)


@rule(
    code="RK315",
    name="caption-run-together",
    title="编号与题名连写",
    severity=Severity.ERROR,
    source=Source(Basis.PRACTICE, "编号与题名之间空一格"),
    why="“表3-12025年…”会被读成表 3-12025。",
    message="“{written}”中编号与年份连在一起",
    expected="写作“{expected}”",
    hint="在编号后空一格，或删去手写的编号由程序编号。",
    hint_report="在编号后空一格。",
    needs=(Needs.SUBMISSION,),
    good="""
# 工作

## 服务

面向社区开展服务活动十二次，情况见 @tbl:visits。

::: table {#tbl:visits caption="表2-1 2023年服务情况表"}
| 类别 | 次数 |
|---|---|
| 社区 | 12 |
:::
""",
    bad="""
# 工作

## 服务

面向社区开展服务活动十二次，情况见 @tbl:visits。

::: table {#tbl:visits caption="表2-12023年服务情况表"}
| 类别 | 次数 |
|---|---|
| 社区 | 12 |
:::
""",
)
def caption_run_together(context: Context) -> Iterator[Finding]:
    """The number runs into the year with which the title begins."""
    for node, block, _ in context.blocks:
        if isinstance(block, Captioned) and (found := run_together(block)):
            expected = f"{found['word']}{found['chapter']}-{found['n']} {found['year']}"
            part = "title" if isinstance(block, Case) else "caption"
            yield Finding(
                code="RK315",
                place=block.place_of(part) or node.place,
                quote=found[0],
                at=block.id or node.at,
                args={"written": found[0], "expected": expected},
            )
