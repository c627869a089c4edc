"""RK201, RK202, RK206, RK211: sections that are missing, out of order or in the wrong place."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.diagnostic import Finding, Related, Severity
from ...model.standard import Need, SectionSpec
from ..context import Context, Node
from ..facts import standing
from ..registry import Basis, Needs, Source, rule
from ..settled import orphans, short_choices, told_gaps

OUTLINE = Source(Basis.STANDARD, "所选规范的提纲")


@rule(
    code="RK201",
    name="section-missing",
    title="缺少必有的章节",
    severity=Severity.ERROR,
    source=OUTLINE,
    why="受理单位首先核对内容框架是否完整；缺一章或一节，报告不能通过。",
    message="缺少“{title}”{where:，应在%s}",
    expected="有{level}“{title}”{variants:（也可写作“%s”）}",
    hint="补写这一{level}。{guidance:填写提示：%s}"
    "{unused:如果它就是未列入 chapters 的文件 %s，请列入。}{lost:另见的引用找不到对象，%s。}",
    needs=(Needs.SUBMISSION, Needs.STANDARD, Needs.WHOLE),
    good="""
# 工作

## 服务

面向社区开展服务活动十二次，参加人员逐年增加。
""",
    bad="""
=== chapters/1.md
# 概况

## 队伍

现有技师四十人、职员十人，结构较为稳定。
""",
)
def section_missing(context: Context) -> Iterator[Finding]:
    """A required section is not there under its title, a variant or its id."""
    lost = orphans(context, "RK201")
    for gap in told_gaps(context):
        parent = gap.parent
        neighbour = gap.after or gap.before
        side = "之后" if gap.after else "之前"
        where = f"“{neighbour.heading or neighbour.title}”{side}" if neighbour else ""
        if parent is not None and not where:
            where = f"“{parent.heading or parent.title}”之下"
        yield Finding(
            code="RK201",
            place=parent.place if parent else context.manifest_place("chapters"),
            quote=parent.section.title if parent else "",
            at=gap.spec.id,
            args={
                "title": gap.spec.title,
                "variants": "”“".join(v for v in gap.spec.variants if "*" not in v),
                "level": "章" if parent is None else "节",
                "where": where,
                "guidance": gap.spec.guidance,
                "unused": [] if parent else unlisted(context),
                "lost": "可能指向这里" if lost else "",
                "basis": standing(gap.spec),
            },
            related=lost,
        )
        lost = ()


def unlisted(context: Context) -> list[str]:
    """Chapter files that lie in the folder but are not listed."""
    files = [finding.place.file or finding.at for finding in context.emitted("RK113")]
    return [file for file in files if file.endswith(".md")]


@rule(
    code="RK202",
    name="section-order",
    title="章节次序与规范不符",
    severity=Severity.ERROR,
    source=OUTLINE,
    why="同一规范下各单位的报告按同样的次序排列，才能逐章汇总和比较。",
    message="“{title}”的次序不对{where:，应在%s}",
    expected="次序为：{order}",
    hint="把“{title}”移到应在的位置；编号会自动重排。",
    needs=(Needs.SUBMISSION, Needs.STANDARD, Needs.WHOLE),
    good="""
=== chapters/1.md
# 概况

## 规模

全单位设三个部门，承担日常工作和年度任务。

## 队伍

现有技师四十人、职员十人，结构较为稳定。
""",
    bad="""
=== chapters/1.md
# 概况

## 队伍

现有技师四十人、职员十人，结构较为稳定。

## 规模

全单位设三个部门，承担日常工作和年度任务。
""",
)
def section_order(context: Context) -> Iterator[Finding]:
    """Sections of one parent do not stand in the order of the standard; told once a parent."""
    for disorder in context.outline.disorders:
        first, *others = disorder.moved
        specs = list(dict.fromkeys(spec.title for spec in disorder.order))
        rank = specs.index(first.spec.title) if first.spec else 0
        where = f"“{specs[rank - 1]}”之后" if rank else f"“{specs[1]}”之前"
        yield Finding(
            code="RK202",
            place=first.place,
            quote=first.section.title,
            at=first.at,
            args={"title": first.title, "where": where, "order": specs},
            related=tuple(related(node) for node in others),
        )


def related(node: Node) -> Related:
    """A section as another place of a finding."""
    return Related(place=node.place, section=node.path, quote=node.section.title)


@rule(
    code="RK206",
    name="section-misplaced",
    title="章节放错了位置",
    severity=Severity.ERROR,
    source=OUTLINE,
    why="放在别的章下的内容，汇总时会被当作缺少。",
    message="“{title}”应在“{parent}”之下",
    expected="“{title}”是“{parent}”的一节",
    hint="把这一节连同内容移到“{parent}”之下。",
    needs=(Needs.SUBMISSION, Needs.STANDARD, Needs.WHOLE),
    good="""
=== chapters/1.md
# 概况

## 规模

全单位设三个部门，承担日常工作和年度任务。

## 队伍

现有技师四十人、职员十人，结构较为稳定。
""",
    bad="""
=== chapters/1.md
# 概况

## 队伍

现有技师四十人、职员十人，结构较为稳定。
=== chapters/2.md
# 工作

## 服务

面向社区开展服务活动十二次，参加人员逐年增加。

## 规模

全单位设三个部门，承担日常工作和年度任务。
""",
)
def section_misplaced(context: Context) -> Iterator[Finding]:
    """A mandated section stands somewhere else than the standard has it."""
    parents = dict(_parents(context.standard.outline, None))
    for node in context.nodes:
        if node.spec is not None and node in context.outline.misplaced:
            parent = parents.get(node.spec.id)
            yield Finding(
                code="RK206",
                place=node.place,
                quote=node.section.title,
                at=node.at,
                args={
                    "title": node.title,
                    "parent": parent.title if parent else context.standard.title,
                    "basis": standing(node.spec),
                },
            )


def _parents(
    specs: tuple[SectionSpec, ...], parent: SectionSpec | None
) -> Iterator[tuple[str, SectionSpec | None]]:
    for spec in specs:
        yield spec.id, parent
        yield from _parents(spec.sections, spec)


@rule(
    code="RK211",
    name="too-few-sections",
    title="应选写的节太少",
    severity=Severity.ERROR,
    source=OUTLINE,
    why="规范列出若干可选的节，要求至少写其中几节。",
    message="“{title}”下只有规范所列各节中的 {found} 节",
    expected="至少有下列中的 {wanted} 节：{sections}",
    hint="从所列各节中选写本单位已开展的工作。",
    needs=(Needs.SUBMISSION, Needs.STANDARD, Needs.WHOLE),
    good="""
# 工作

## 服务

面向社区开展服务活动十二次，参加人员逐年增加。
""",
    bad="""
# 工作

各部门按年度计划推进工作，完成了全部任务。
""",
)
def too_few_sections(context: Context) -> Iterator[Finding]:
    """Fewer of the listed sections are there than ``at_least`` asks."""
    for node, found in short_choices(context):
        if (spec := node.spec) is not None:
            listed = [s.title for s in spec.sections if s.need is not Need.FORBIDDEN]
            yield Finding(
                code="RK211",
                place=node.place,
                quote=node.section.title,
                at=node.at,
                args={
                    "title": node.title,
                    "found": found,
                    "wanted": spec.at_least,
                    "sections": listed,
                    "basis": standing(spec),
                },
            )
