"""RK213, RK228, RK230: what was meant to be replaced before filing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.base import Place, Placed
from ...model.diagnostic import Finding, Severity
from ..content import GUIDANCE, LAST_YEAR, is_guidance, is_last_year
from ..context import Context
from ..registry import Basis, Needs, Source, rule

_ADDRESS = "同志|先生|女士|师傅|老师|同学"
"""Behind these a name is left out on purpose (李××同学)."""
_OWN = (
    r"[【〔（(\[]\s*(?:请|待|此处|在此)(?:填写?|补充|核实|插入|输入)[^】〕）)\]\n]{0,40}[】〕）)\]]",
    rf"(?<![A-Za-z])[XxＸ×]{{2,}}(?![A-Za-z]|{_ADDRESS})",
    r"\?{3,}|？{3,}|_{4,}|＿{3,}",
)
"""Marks that no finished text has, whatever the standard."""
_LETTERS = re.compile(r"[A-Za-zＸ×]")
_CLAUSE_VERBS = "有尚亟仍还均"


def _pattern(placeholders: tuple[str, ...]) -> re.Pattern[str]:
    """One expression for the marks of the standard and our own.

    待完善 after 有, 尚 … is ordinary prose (有待完善), and Latin marks stand alone.
    """
    words = []
    for mark in sorted(filter(None, placeholders), key=len, reverse=True):
        word = re.escape(mark)
        if mark.startswith("待"):
            word = rf"(?<![{_CLAUSE_VERBS}]){word}"
        if _LETTERS.fullmatch(mark[0]):
            word = rf"(?<![A-Za-z]){word}(?![A-Za-z]|{_ADDRESS})"
        words.append(word)
    return re.compile("|".join((*_OWN, *words)))


@rule(
    code="RK213",
    name="placeholder-left",
    title="留有未填写的字样",
    severity=Severity.ERROR,
    source=Source(Basis.PRACTICE, "报送稿不得留有待填内容；所选规范可以另列字样"),
    why="“XX”“待补充”之类是起草时的占位，印出去就是差错。",
    message="还有未填写的字样“{mark}”",
    expected="实际的内容",
    hint="换成实际内容；没有数据的写明“暂无”或“不适用”，不要留空位。",
    needs=(Needs.SUBMISSION,),
    good="""
# 工作

## 服务

面向社区开展服务活动十二次，制度仍有待完善。
""",
    bad="""
# 工作

## 服务

面向社区开展服务活动XX次，参加人员逐年增加。
""",
)
def placeholder_left(context: Context) -> Iterator[Finding]:
    """A mark that stands for something still to be written is in the text or the metadata."""
    extra = context.standard.placeholders if context.has_standard else ()
    pattern = _pattern(extra)
    for text in context.texts:
        if is_guidance(text.owner):
            continue
        for found in pattern.finditer(text.text):
            yield Finding(
                code="RK213",
                place=text.place.at(text.text, found.start()),
                quote=found[0],
                at=text.at,
                args={"mark": found[0]},
            )
    for value, place in _metadata(context):
        if found_one := pattern.search(value):
            yield Finding(
                code="RK213",
                place=place,
                quote=found_one[0],
                at=place.file,
                args={"mark": found_one[0]},
            )


def _metadata(context: Context) -> Iterator[tuple[str, Place]]:
    """Texts of the manifest that are printed, with their places."""
    metadata = context.submission.metadata
    owners: tuple[Placed, ...] = (metadata, metadata.organisation, metadata.cover)
    for owner in owners:
        for name in type(owner).model_fields:
            value = getattr(owner, name)
            place = owner.place_of(name) or metadata.place or Place(file="report.yaml")
            if isinstance(value, str):
                yield value, place
            elif name == "sign_off":
                for index, line in enumerate(value):
                    yield line, owner.place_of(f"{name}.{index}") or place


@rule(
    code="RK228",
    name="guidance-left",
    title="填写提示还没有换成正文",
    severity=Severity.ERROR,
    source=Source(Basis.FORMAT, f"新建的报送件在各节写有以 {GUIDANCE} 开头的提示"),
    why="提示是给填写人看的，不能印出。",
    message="“{title}”还留着填写提示",
    expected="实际的内容",
    hint="按提示写好内容，再删去整段提示。",
    needs=(Needs.SUBMISSION,),
    good="""
# 工作

## 服务

面向社区开展服务活动十二次，参加人员逐年增加。
""",
    bad=f"""
# 工作

## 服务

{GUIDANCE}写开展服务的次数和效果。
""",
)
def guidance_left(context: Context) -> Iterator[Finding]:
    """A paragraph of guidance that ``reportkit new`` wrote is still there."""
    for node, block, _ in context.blocks:
        if is_guidance(block):
            yield Finding(
                code="RK228",
                place=block.place or node.place,
                quote=GUIDANCE,
                at=node.at,
                args={"title": node.heading or node.title},
            )


@rule(
    code="RK230",
    name="last-year-text",
    title="上年的文字还没有改写",
    severity=Severity.ERROR,
    source=Source(Basis.FORMAT, f"由上年报送件滚动生成的草稿，沿用的文字以 {LAST_YEAR} 开头"),
    why="上年的文字原样报送，数字和事实就会是上年的。",
    message="“{title}”有 {count} 处上年的文字还没有改写",
    expected="今年的内容",
    hint="逐段改成今年的情况，再删去段首的标记；确实不变的，核对后只删标记。",
    needs=(Needs.SUBMISSION,),
    good="""
# 工作

## 服务

面向社区开展服务活动十二次，参加人员逐年增加。
""",
    bad=f"""
# 工作

## 服务

{LAST_YEAR}面向社区开展服务活动十次，参加人员逐年增加。

- {LAST_YEAR}进社区六次
""",
)
def last_year_text(context: Context) -> Iterator[Finding]:
    """Text that ``reportkit roll-forward`` took over is still marked; one finding a section."""
    found: dict[int, tuple[Place, str, str, int]] = {}
    for node, block, _ in context.blocks:
        if is_last_year(block):
            first = (block.place or node.place or Place(), node.at, node.heading or node.title, 0)
            place, at, title, count = found.get(id(node), first)
            found[id(node)] = (place, at, title, count + 1)
    for place, at, title, count in found.values():
        args = {"title": title, "count": count}
        yield Finding(code="RK230", place=place, quote=LAST_YEAR, at=at, args=args)
