"""RK207 to RK210, RK219 to RK221: whether sections and cases hold what they should."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.blocks import Case
from ...model.diagnostic import Finding, Related, Severity
from ...model.standard import Content
from ..content import block_words, hollow, is_blank, kinds, length, section_length, texts, unwritten
from ..context import Context, Node, plain
from ..facts import standing
from ..registry import Basis, Needs, Source, rule
from ..settled import orphans

_CONTENT_NAMES = {
    Content.PROSE: "文字叙述",
    Content.TABLE: "表",
    Content.FIGURE: "图",
    Content.CASE: "典型案例",
    Content.LIST: "分项列举",
}


@rule(
    code="RK207",
    name="section-empty",
    title="标题下没有内容",
    severity=Severity.ERROR,
    source=Source(Basis.INFERRED, "已公布的报告中有只有标题的章节，读者无从得知情况"),
    why="只有标题的章节印出来是空的，等于没有写。",
    message="“{title}”下没有任何内容",
    expected="标题下有文字、表、图或案例",
    hint="写上内容；没有开展这项工作的，写明原因，或在规范允许时删去标题。"
    "{lost:另见的引用找不到对象，%s。}",
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

## 培训
""",
)
def section_empty(context: Context) -> Iterator[Finding]:
    """Nothing stands under a heading; told for the highest one where all below is empty too."""
    lost = orphans(context, "RK207")
    for node in context.nodes:
        if hollow(node) and not (node.parent and hollow(node.parent)):
            yield Finding(
                code="RK207",
                place=node.place,
                quote=node.section.title,
                at=node.at,
                args={
                    "title": node.heading or node.title or node.section.number or "（无标题）",
                    "lost": "可能指向这里" if lost else "",
                },
                related=lost,
            )
            lost = ()


@rule(
    code="RK208",
    name="section-thin",
    title="内容过少",
    severity=Severity.INFO,
    source=Source(Basis.STANDARD, "所选规范对一节字数的建议"),
    why="一两句话的章节往往说不清做法和成效。",
    message="“{title}”只有 {found} 字",
    expected="不少于 {limit} 字",
    hint="补充做法、数据或成效；确实无可补充的可以不改。",
    needs=(Needs.SUBMISSION, Needs.STANDARD),
    good="""
# 工作

## 服务

面向社区开展服务活动十二次，参加人员逐年增加。
""",
    bad="""
# 工作

## 服务

见附表。
""",
)
def section_thin(context: Context) -> Iterator[Finding]:
    """A mandated section without sections below is shorter than the standard suggests."""
    limit = context.standard.limits.section
    if limit is None or limit.at_least is None:
        return
    for node in context.nodes:
        if node.spec is None or node.children or unwritten(node):
            continue
        found = section_length(node)
        if found < limit.at_least and not kinds(node) - {Content.PROSE, Content.LIST}:
            yield Finding(
                code="RK208",
                place=node.place,
                quote=node.section.title,
                at=node.at,
                severity=limit.severity if limit.severity is Severity.INFO else None,
                args={
                    "title": node.title,
                    "found": found,
                    "limit": limit.at_least,
                    "basis": standing(limit),
                },
            )


@rule(
    code="RK209",
    name="content-missing",
    title="缺少应有的内容形式",
    severity=Severity.WARNING,
    source=Source(Basis.STANDARD, "所选规范写明本节应有的内容"),
    why="规范要求用案例、表或图说明的地方，只有文字就不完整；只有表而没有文字，读者也难以理解。",
    message="“{title}”缺少{missing}",
    expected="有{wanted}",
    hint="补上{missing}{explain:；确无相应内容的，在 explanations 中说明}。",
    hint_report="补上{missing}。",
    needs=(Needs.SUBMISSION, Needs.STANDARD),
    good="""
# 工作

## 文化

开展传统文化活动六次，全体人员参加。

::: case {title="节日活动进社区" owner="示例单位"}
组织人员走进社区，与居民共度节日。
:::
""",
    bad="""
# 工作

## 文化

开展传统文化活动六次，全体人员参加。
""",
)
def content_missing(context: Context) -> Iterator[Finding]:
    """A section lacks a kind of content that its spec expects."""
    tabled = {table.section for table in context.standard.tables}
    for node in context.nodes:
        spec = node.spec
        if spec is None or unwritten(node) or _incomplete(context, node):
            continue
        expected = [c for c in spec.expects if not (c is Content.TABLE and spec.id in tabled)]
        there = kinds(node)
        missing = [_CONTENT_NAMES[c] for c in expected if c not in there]
        if missing:
            yield Finding(
                code="RK209",
                place=node.place,
                quote=node.section.title,
                at=node.at,
                subject="\n".join(texts(node)),
                args={
                    "title": node.title,
                    "missing": missing,
                    "wanted": [_CONTENT_NAMES[c] for c in spec.expects],
                    "basis": standing(spec),
                },
            )


def _incomplete(context: Context, node: Node) -> bool:
    """Whether a mandated section below is missing, so that content is missed for that reason."""
    below = set(node.walk())
    return any(gap.parent in below for gap in context.outline.gaps)


@rule(
    code="RK210",
    name="topic-missing",
    title="没有谈到规定的方面",
    severity=Severity.WARNING,
    source=Source(Basis.STANDARD, "所选规范写明本章必须谈到的方面"),
    why="例如只写问题不写措施，就没有回答“怎样改进”。",
    message="“{title}”没有谈到“{topic}”",
    expected="出现下列说法之一：{words}",
    hint="补写这一方面{explain:；如已用别的说法写到，在 explanations 中说明}。",
    hint_report="补写这一方面。",
    needs=(Needs.SUBMISSION, Needs.STANDARD),
    good="""
=== chapters/3.md
# 总结

主要问题是经费来源单一，改进措施是拓宽渠道。
""",
    bad="""
=== chapters/3.md
# 总结

主要问题是经费来源单一，结构也不尽合理。
""",
)
def topic_missing(context: Context) -> Iterator[Finding]:
    """A section's text, headings included, has none of the wordings of a mandatory topic."""
    for node in context.nodes:
        if node.spec is None or not node.spec.covers:
            continue
        if unwritten(node) or _incomplete(context, node):
            continue
        words = "\n".join(texts(node))
        for topic in node.spec.covers:
            if not any(word in words for word in topic):
                yield Finding(
                    code="RK210",
                    place=node.place,
                    quote=node.section.title,
                    at=node.at,
                    subject=words,
                    args={
                        "title": node.title,
                        "topic": topic[0],
                        "words": topic,
                        "basis": standing(node.spec),
                    },
                )


@rule(
    code="RK219",
    name="body-length",
    title="正文篇幅超出规定",
    severity=Severity.WARNING,
    source=Source(Basis.STANDARD, "所选规范对正文字数的规定"),
    why="过长的报告难以审读，过短的说不清情况。",
    message="正文 {found} 字，{side}",
    expected="正文{wanted}",
    hint="增删内容{explain:，或在 explanations 中说明原因}。",
    hint_report="增删内容。",
    needs=(Needs.SUBMISSION, Needs.STANDARD, Needs.WHOLE),
    good="""
# 工作

## 服务

面向社区开展服务活动十二次，参加人员逐年增加。
""",
    bad="""
# 工作

## 服务

面向社区开展服务活动十二次，参加人员逐年增加。活动内容包括法律咨询、健康讲座、技能培训、
文化演出、图书借阅、环境整治、安全宣传、防灾演练、节水节电、垃圾分类、邻里互助、敬老助残，
各项活动均有计划、有记录、有总结，活动之后还听取了居民的意见，作为下一年安排的依据。
参加者多为单位职工和附近居民，也有外地来访的同行；每次活动之前都公布时间和地点。
""",
)
def body_length(context: Context) -> Iterator[Finding]:
    """The body has more or fewer Chinese characters than the standard allows."""
    limit = context.standard.limits.body
    if limit is None or context.outline.gaps or any(map(unwritten, context.chapters)):
        return
    body = [n for n in context.chapters if n.spec is None or n.spec.part == "body"]
    found = sum(map(section_length, body))
    over = limit.at_most is not None and found > limit.at_most
    under = limit.at_least is not None and found < limit.at_least
    if over or under:
        bounds = (f"不少于 {limit.at_least} 字" if limit.at_least else "",
                  f"不超过 {limit.at_most} 字" if limit.at_most else "")  # fmt: skip
        metadata = context.submission.metadata
        yield Finding(
            code="RK219",
            place=metadata.place_of("title") or context.chapters[0].place,
            quote=metadata.title,
            subject=str(found),
            severity=limit.severity,
            args={
                "found": found,
                "side": "超过上限" if over else "不到下限",
                "wanted": "，".join(bound for bound in bounds if bound),
                "basis": standing(limit),
            },
        )


@rule(
    code="RK220",
    name="case-too-long",
    title="案例过长",
    severity=Severity.WARNING,
    source=Source(Basis.STANDARD, "所选规范对案例字数的规定"),
    why="案例要求简明扼要、主题突出。",
    message="案例“{title}”有 {found} 字",
    expected="{advised:规定不超过 %s 字，最好}不超过 {limit} 字",
    hint="压缩到规定字数以内，或拆成两个案例。",
    needs=(Needs.SUBMISSION, Needs.STANDARD),
    good="""
# 工作

## 文化

开展传统文化活动六次，全体人员参加。

::: case {title="节日活动进社区" owner="示例单位"}
组织人员走进社区，与居民共度节日。
:::
""",
    bad="""
# 工作

## 文化

开展传统文化活动六次，全体人员参加。

::: case {title="节日活动进社区" owner="示例单位"}
组织人员走进社区，与居民共度节日。活动前征求意见，活动中分组负责，活动后回访居民，
并把做法整理成册，供其他部门参考，全年共开展三轮，受到各方好评。
:::
""",
)
def case_too_long(context: Context) -> Iterator[Finding]:
    """A case has more Chinese characters than the standard allows, or than it advises (milder)."""
    limit = context.standard.limits.case
    if limit is None:
        return
    bounds = ((limit.at_most, limit.severity), (limit.advised, _MILDER[limit.severity]))
    for node, block, _ in context.blocks:
        if not isinstance(block, Case):
            continue
        found = length(block.blocks)
        over = next(((most, how) for most, how in bounds if most and found > most), None)
        if over is not None:
            yield Finding(
                code="RK220",
                place=block.place_of("title") or node.place,
                quote=block.title,
                at=block.id or node.at,
                severity=over[1],
                subject="\n".join(block_words((block,))),
                args={
                    "title": plain(block.title),
                    "found": found,
                    "limit": over[0],
                    "advised": "" if over[0] == limit.at_most else limit.at_most or "",
                    "basis": standing(limit),
                },
            )


_MILDER = {
    Severity.ERROR: Severity.WARNING,
    Severity.WARNING: Severity.INFO,
    Severity.INFO: Severity.INFO,
}


@rule(
    code="RK221",
    name="case-incomplete",
    title="案例缺少标题、单位或正文",
    severity=Severity.ERROR,
    source=Source(Basis.INFERRED, "已公布的报告中，案例均有标题、正文，多数注明单位"),
    why="案例目录按标题列出；没有单位名称，读者不知道是谁的做法。",
    message="案例{title:“%s”}没有{missing}",
    expected="案例有标题、所属单位和正文",
    hint="在 ::: case 的花括号中写 title 和 owner，正文写在两道 ::: 之间。"
    "综合多个单位做法的案例可以不写单位。",
    hint_report="在案例标题后用括号写明单位；综合多个单位做法的案例可以不写。",
    needs=(Needs.SUBMISSION,),
    good="""
# 工作

## 文化

开展传统文化活动六次，全体人员参加。

::: case {title="节日活动进社区" owner="示例单位"}
组织人员走进社区，与居民共度节日。
:::
""",
    bad="""
# 工作

## 文化

开展传统文化活动六次，全体人员参加。

::: case {owner="示例单位"}
组织人员走进社区，与居民共度节日。
:::
""",
)
def case_incomplete(context: Context) -> Iterator[Finding]:
    """A case lacks title or text; those that only lack an owner are told once a chapter (info)."""
    anonymous: dict[Node, list[tuple[Node, Case]]] = {}
    for node, block, _ in context.blocks:
        if not isinstance(block, Case):
            continue
        missing = [] if block.title.strip() else ["标题"]
        if all(map(is_blank, block.blocks)):
            missing.append("正文")
        if missing:
            yield _incomplete_case(node, block, missing)
        elif not (block.owner or "").strip():
            anonymous.setdefault(node.root, []).append((node, block))
    for (node, block), *others in anonymous.values():
        yield _incomplete_case(node, block, ["所属单位"]).model_copy(
            update={
                "severity": Severity.INFO,
                "at": node.root.at,
                "related": tuple(
                    Related(place=other.place_of("title") or home.place, quote=other.title)
                    for home, other in others
                ),
            }
        )


def _incomplete_case(node: Node, case: Case, missing: list[str]) -> Finding:
    return Finding(
        code="RK221",
        place=case.place_of("title") or node.place,
        quote=case.title,
        at=case.id or node.at,
        args={"title": plain(case.title), "missing": missing},
    )
