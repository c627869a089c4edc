"""RK203 to RK205, RK226: sections that the standard does not have, or has under another title."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.diagnostic import Finding, Severity
from ...model.standard import Need, SectionSpec
from ...standards.titles import bare, is_titled, is_variant
from ..context import Context, Node
from ..facts import standing
from ..registry import Basis, Needs, Source, rule
from .outline import OUTLINE, related


@rule(
    code="RK203",
    name="section-forbidden",
    title="有规范不允许的章节",
    severity=Severity.ERROR,
    source=OUTLINE,
    why="规范写明不得列入的内容，应当从报告中删去。",
    message="不应有“{title}”",
    expected="没有这一部分",
    hint="删去这一部分，或把其中仍需要的内容并入其他章节。",
    needs=(Needs.SUBMISSION, Needs.STANDARD),
    good="""
# 工作

## 服务

面向社区开展服务活动十二次，参加人员逐年增加。
""",
    bad="""
# 工作

## 服务

面向社区开展服务活动十二次，参加人员逐年增加。

## 广告

欢迎各界人士来函来电联系业务合作，详情面谈。
""",
)
def section_forbidden(context: Context) -> Iterator[Finding]:
    """A section stands for one that the standard does not allow."""
    for node in context.nodes:
        if node.spec is not None and node.spec.need is Need.FORBIDDEN:
            yield Finding(
                code="RK203",
                place=node.place,
                quote=node.section.title,
                at=node.at,
                args={"title": node.title, "basis": standing(node.spec)},
            )


@rule(
    code="RK204",
    name="section-extra",
    title="规范之外的章节",
    severity=Severity.INFO,
    source=OUTLINE,
    why="多数规范允许增加章节，但增加的章节不参与汇总；如果只是标题写法不同，应改成规范的标题。",
    message="“{title}”不在规范的提纲中",
    expected="规范所列的：{expected}",
    hint="确属增加的内容可以保留；否则请改用规范的标题，或并入相应章节。",
    needs=(Needs.SUBMISSION, Needs.STANDARD),
    good="""
# 工作

## 服务

面向社区开展服务活动十二次，参加人员逐年增加。
""",
    bad="""
=== chapters/5.md
# 大事记

全年共记录重要活动六项，均已归入单位档案。
""",
)
def section_extra(context: Context) -> Iterator[Finding]:
    """A chapter, or a section where the standard allows no other, is the author's own."""
    outline = context.outline
    for node in context.nodes:
        match = outline.matches[node]
        if node.spec is not None or match.suggestion is not None or not node.title:
            continue
        specs = _allowed_beside(context, node)
        if specs is not None:
            yield Finding(
                code="RK204",
                place=node.place,
                quote=node.section.title,
                at=node.at,
                args={"title": node.title, "expected": [spec.title for spec in specs]},
            )


def _allowed_beside(context: Context, node: Node) -> tuple[SectionSpec, ...] | None:
    """The sections that the standard has at this place; None where authors add their own."""
    if node.parent is None:
        return context.standard.outline
    spec = node.parent.spec
    if spec is None or spec.free_sections or not node.section.numbered:
        return None
    return spec.sections


@rule(
    code="RK205",
    name="section-renamed",
    title="标题与规范的写法不同",
    severity=Severity.INFO,
    source=OUTLINE,
    why="标题一致，汇总时才能找到同一章节；按标题认不出的章节会被当作缺少。",
    message="标题“{title}”与规范的“{wanted}”不同",
    expected="“{wanted}”{variants:，或“%s”}",
    hint="改用规范的标题。{own:如果是另外增加的一节，请换一个不会混淆的标题，并补上“%s”。}",
    needs=(Needs.SUBMISSION, Needs.STANDARD),
    good="""
# 工作

## 服务

面向社区开展服务活动十二次，参加人员逐年增加。
""",
    bad="""
=== chapters/3.md
# 全年总结

主要问题是经费来源单一，改进措施是拓宽渠道。
""",
)
def section_renamed(context: Context) -> Iterator[Finding]:
    """A section known by its id has another title, or an unknown one resembles a missing one.

    An error where the resembling section is required, because it is then not there.
    """
    for node in context.nodes:
        match = context.outline.matches[node]
        spec, severity, own = node.spec, Severity.INFO, ""
        if spec is None and match.suggestion is not None:
            spec, own = match.suggestion, match.suggestion.title
            severity = Severity.ERROR if spec.need is Need.REQUIRED else Severity.INFO
        elif spec is None or match.how != "id" or _titled(spec, node.section.title):
            continue
        yield Finding(
            code="RK205",
            place=node.place,
            quote=node.section.title,
            at=node.at,
            severity=severity,
            args={
                "title": node.title,
                "wanted": spec.title,
                "variants": "”“".join(v for v in spec.variants if "*" not in v),
                "own": own,
                "basis": standing(spec),
            },
        )


def _titled(spec: SectionSpec, title: str) -> bool:
    return not title or is_titled(spec, title) or is_variant(spec, title)


@rule(
    code="RK226",
    name="section-duplicate",
    title="同一章节写了两次",
    severity=Severity.ERROR,
    source=Source(Basis.PRACTICE, "同级标题不重复"),
    why="两个相同的标题多半是合并稿件时重复粘贴；读者和汇总程序都无法分辨。",
    message="标题“{title}”与前面的重复",
    expected="同级的标题各不相同",
    hint="合并两处内容，或改用能区分的标题。",
    needs=(Needs.SUBMISSION,),
    good="""
# 工作

## 服务

面向社区开展服务活动十二次，参加人员逐年增加。
""",
    bad="""
# 工作

## 服务

面向社区开展服务活动十二次，参加人员逐年增加。

## 服务

面向企业开展服务活动三次，参加人员较为稳定。
""",
)
def section_duplicate(context: Context) -> Iterator[Finding]:
    """Two siblings have the same title. Equal ids are told by RK127."""
    groups: dict[Node | None, dict[str, Node]] = {}
    for node in context.nodes:
        title = bare(node.section.title)
        first = groups.setdefault(node.parent, {}).setdefault(title, node)
        same_id = first.section.id is not None and first.section.id == node.section.id
        if title and first is not node and not same_id:
            yield Finding(
                code="RK226",
                place=node.place,
                quote=node.section.title,
                at=node.at,
                args={"title": node.title},
                related=(related(first),),
            )
