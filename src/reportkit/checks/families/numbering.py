"""RK301 to RK306: the numbers that authors typed before headings.

They are claims: the report prints computed numbers, and where a claim differs one of the two is a
mistake of the author's that must not vanish silently.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from ...model.diagnostic import Finding, Related, Severity
from ..context import Context, Node
from ..numbers import Break, Fault, Number, Style, breaks, heading_number
from ..registry import Basis, Needs, Source, rule
from ..structure import Outline

SEQUENCE = Source(Basis.PRACTICE, "同级标题连续编号，不跳号、不重号")
_NEEDS = (Needs.SUBMISSION, Needs.STANDARD, Needs.WHOLE)


@rule(
    code="RK301",
    name="heading-number-wrong",
    title="标题编号与位置不符",
    severity=Severity.ERROR,
    source=SEQUENCE,
    why="印出的编号由程序计算；手写的编号与它不同，说明标题放错了地方，或编号写错了。",
    message="标题编号写作“{claim}”，按位置应为“{expected}”",
    expected="编号为“{expected}”",
    hint="改正或删去手写的编号（{own:自动编号是“%s”}{none:这里%s}），或把标题移到对应的位置。",
    hint_report="改正编号，或把标题移到对应的位置。",
    needs=_NEEDS,
    good="""
# 二、工作

## （一）服务

面向社区开展服务活动十二次，参加人员逐年增加。

## （二）培训

组织各类培训六次，参加人员覆盖全部岗位。

## （三）交流

接待来访三次，组织外出学习两次，均有记录。
""",
    bad="""
# 二、工作

## （一）服务

面向社区开展服务活动十二次，参加人员逐年增加。

## （五）培训

组织各类培训六次，参加人员覆盖全部岗位。

## （三）交流

接待来访三次，组织外出学习两次，均有记录。
""",
)
def heading_number_wrong(context: Context) -> Iterator[Finding]:
    """A typed number does not fit its place, though the numbers behind it go on."""
    outline = context.outline
    for parent, group in groups(context):
        yield from (_found("RK301", *each) for each in _faults(outline, group, Fault.WRONG))
        yield from _wrong_prefix(outline, parent, group)
        for node in group:
            claim = node.section.number
            if claim and not outline.numbered[node] and heading_number(claim):
                yield _finding("RK301", node, claim=claim, expected="无编号", none="不编号")


@rule(
    code="RK302",
    name="heading-number-skipped",
    title="标题编号跳号",
    severity=Severity.ERROR,
    source=SEQUENCE,
    why="跳号意味着漏了一节，或删去一节后没有重新编号。",
    message="标题编号从“{before}”跳到“{claim}”，缺少{missing}",
    expected="编号为“{expected}”",
    hint="补上漏掉的一节；若确已删去，删去手写的编号即可，程序会连续编号。",
    hint_report="补上漏掉的一节；若确已删去，后面的编号依次提前。",
    needs=_NEEDS,
    good="""
# 二、工作

## （一）服务

面向社区开展服务活动十二次，参加人员逐年增加。

## （二）培训

组织各类培训六次，参加人员覆盖全部岗位。
""",
    bad="""
# 二、工作

## （一）服务

面向社区开展服务活动十二次，参加人员逐年增加。

## （三）培训

组织各类培训六次，参加人员覆盖全部岗位。
""",
)
def heading_number_skipped(context: Context) -> Iterator[Finding]:
    """Typed numbers leave out one or more; those that follow the shift are not told again."""
    for _, group in groups(context):
        for node, claim, fault in _faults(context.outline, group, Fault.SKIPPED):
            before = claim.with_own(fault.expected - 1) if fault.expected > 1 else "开头"
            left_out = [claim.with_own(n) for n in range(fault.expected, fault.got)][:5]
            yield _found("RK302", node, claim, fault, before=before, missing=left_out)


@rule(
    code="RK303",
    name="heading-number-duplicate",
    title="标题编号重号",
    severity=Severity.ERROR,
    source=SEQUENCE,
    why="同一编号出现两次，引用时分不清指哪一节。",
    message="标题编号“{claim}”在同级中用了两次",
    expected="编号为“{expected}”",
    hint="改正其中一个，或删去手写的编号，由程序连续编号。",
    hint_report="改正其中一个，后面的编号依次顺延。",
    needs=_NEEDS,
    good="""
# 二、工作

## （一）服务

面向社区开展服务活动十二次，参加人员逐年增加。

## （二）培训

组织各类培训六次，参加人员覆盖全部岗位。
""",
    bad="""
# 二、工作

## （一）服务

面向社区开展服务活动十二次，参加人员逐年增加。

## （一）培训

组织各类培训六次，参加人员覆盖全部岗位。
""",
)
def heading_number_duplicate(context: Context) -> Iterator[Finding]:
    """A typed number was already used by a sibling."""
    for _, group in groups(context):
        for node, claim, fault in _faults(context.outline, group, Fault.DUPLICATE):
            earlier = next(n for n in group if (c := claim_of(n)) and c.own == fault.got)
            other = Related(
                place=earlier.place, section=earlier.path, quote=earlier.section.number or ""
            )
            yield _found("RK303", node, claim, fault).model_copy(update={"related": (other,)})


@rule(
    code="RK304",
    name="heading-level-skipped",
    title="标题跳级",
    severity=Severity.ERROR,
    source=Source(Basis.PRACTICE, "标题逐级设置，不越级"),
    why="越级的标题在目录中没有上级，编号也无从计算。",
    message="标题跳级：这里是第 {level} 级，应为第 {wanted} 级",
    expected="第 {wanted} 级标题",
    hint="补上中间一级的标题，或减少一个 #。",
    hint_report="补上中间一级的标题，或把这个标题提升一级。",
    needs=(Needs.SUBMISSION,),
    good="""
# 工作

## 服务

### 社区服务

面向社区开展服务活动十二次，参加人员逐年增加。
""",
    bad="""
# 工作

## 服务

面向社区开展服务活动十二次，参加人员逐年增加。

#### 社区服务

主要在周末和节假日开展，由各部门轮流承担。
""",
)
def heading_level_skipped(context: Context) -> Iterator[Finding]:
    """The reader met a level without the one above, or a decimal number has too many parts."""
    yield from context.emitted("RK304")
    if not context.has_standard:
        return
    for node in context.nodes:
        claim = claim_of(node)
        if claim is not None and _too_deep(node, claim):
            yield _finding(
                "RK304", node, claim=node.section.number, level=len(claim.values), wanted=node.level
            )


@rule(
    code="RK305",
    name="heading-style-mixed",
    title="标题编号样式与规范不同",
    severity=Severity.WARNING,
    source=Source(Basis.STANDARD, "所选规范的编号样式；同一级标题用同一种样式"),
    why="印出时一律按规范的样式编号；手写的样式不同，正文中的引用（如“见第三节”）可能对不上。",
    message="第 {level} 级标题编号写作“{claim}”，{wanted}{count:（同样写法共 %s 处）}",
    expected="编号写作“{example}”",
    hint="改用规范的样式，或删去手写的编号。",
    hint_report="改用规范的样式。",
    needs=(Needs.SUBMISSION, Needs.STANDARD),
    good="""
# 二、工作

## （一）服务

面向社区开展服务活动十二次，参加人员逐年增加。
""",
    bad="""
# 二、工作

## 2.1 服务

面向社区开展服务活动十二次，参加人员逐年增加。
""",
)
def heading_style_mixed(context: Context) -> Iterator[Finding]:
    """Typed numbers of a level are of another family than the standard's; once for each."""
    odd: dict[tuple[int, Style, str], list[Node]] = {}
    for node in context.nodes:
        claim = claim_of(node)
        if claim is None or not context.outline.numbered[node] or _too_deep(node, claim):
            continue
        computed = heading_number(node.number)
        if computed is None:
            odd.setdefault((node.level, claim.style, ""), []).append(node)
        elif _family(claim) != _family(computed):
            odd.setdefault((node.level, claim.style, computed.style.value), []).append(node)
    for (level, _, wanted), (first, *others) in odd.items():
        yield _finding(
            "RK305",
            first,
            claim=first.section.number,
            level=level,
            wanted=f"规范用“{first.number}”这种样式" if wanted else "规范对这一级不编号",
            example=first.number or "无编号",
            count=len(others) + 1 if others else None,
        ).model_copy(update={"related": tuple(map(_related, others[:20]))})


@rule(
    code="RK306",
    name="heading-punctuation",
    title="标题末尾有标点",
    severity=Severity.WARNING,
    source=Source(Basis.PRACTICE, "标题末尾不用句号、分号等标点；括号用全角"),
    why="标题不是句子；目录中带着句号也不整齐。",
    message="标题“{title}”{what}",
    expected="标题写作“{wanted}”",
    hint="删去或改正标点。如果这一段不是标题，去掉前面的 #。",
    hint_report="删去或改正标点。如果这一段不是标题，请改为正文。",
    needs=(Needs.SUBMISSION,),
    good="""
# 工作

## 服务

### 面向社区开展服务（十二次）

参加人员逐年增加，活动内容不断丰富。
""",
    bad="""
# 工作

## 服务

### 面向社区开展服务。

参加人员逐年增加，活动内容不断丰富。
""",
)
def heading_punctuation(context: Context) -> Iterator[Finding]:
    """A heading ends with a stop, or has half-width brackets around Chinese (info)."""
    for node in context.nodes:
        title = node.title
        wanted, severity, what = title, None, ""
        if _END.search(title):
            wanted, what = _END.sub("", title), f"末尾有“{title[-1]}”"
        elif _HALF.search(title):
            wanted = _HALF.sub(r"（\1）", title)
            severity, what = Severity.INFO, "用了半角括号"
        if what:
            yield Finding(
                code="RK306",
                place=node.place,
                quote=node.section.title,
                at=node.at,
                severity=severity,
                args={"title": title, "what": what, "wanted": wanted},
            )


_END = re.compile(r"[。；，：、;,:.]+$")
_HALF = re.compile(r"\(([^()]*[\u4e00-\u9fff][^()]*)\)")


def groups(context: Context) -> Iterator[tuple[Node | None, Sequence[Node]]]:
    """All groups of siblings, with their parent; chapters in print order."""
    yield None, context.outline.chapters
    for node in context.nodes:
        if node.children:
            yield node, node.children


def claim_of(node: Node) -> Number | None:
    """The number that the author typed, if it can be understood."""
    return heading_number(node.section.number) if node.section.number else None


def _faults(
    outline: Outline, group: Sequence[Node], wanted: Fault
) -> Iterator[tuple[Node, Number, Break]]:
    """Breaks of one kind in the typed numbers of siblings.

    They are compared with the numbers as composed and with those of the repaired outline; the
    comparison that leaves fewer breaks counts.
    """
    nodes = [n for n in group if outline.numbered[n] and n not in outline.misplaced]
    read = [claim if (claim := claim_of(n)) and not _too_deep(n, claim) else None for n in nodes]
    if not any(read):
        return
    claims = [claim.own if claim else None for claim in read]
    composed = list(breaks(claims, [outline.own(n) for n in nodes]))
    repaired = list(breaks(claims, [outline.repaired(n) for n in nodes])) if composed else []
    found = min(composed, repaired, key=len)
    if all(f.fault is Fault.SKIPPED for f in found):
        left_out = sum(f.got - f.expected for f in found)
        found = found if left_out > outline.absent(nodes[0].parent) else []
    for fault in found:
        claim = read[fault.index]
        if fault.fault is wanted and claim is not None:
            yield nodes[fault.index], claim, fault


def _wrong_prefix(
    outline: Outline, parent: Node | None, group: Sequence[Node]
) -> Iterator[Finding]:
    """Decimal numbers that begin with the number of another parent; told once for each."""
    if parent is None:
        return
    accepted = {path(parent, outline.own), path(parent, outline.repaired)}
    above = claim_of(parent)
    if above is not None:
        accepted.add(above.values)
    for node in group:
        claim = claim_of(node)
        if claim is None or len(claim.values) != node.level or node in outline.misplaced:
            continue
        prefix = claim.values[:-1]
        if prefix not in accepted:
            accepted.add(prefix)
            yield _finding(
                "RK301", node, claim=node.section.number, expected=node.number, own=node.number
            )


def path(node: Node, own: Callable[[Node], int]) -> tuple[int, ...]:
    """The numbers from the chapter down to the section; ``own`` gives that among siblings."""
    return (*(path(node.parent, own) if node.parent else ()), own(node))


def _too_deep(node: Node, claim: Number) -> bool:
    """Whether a decimal number has more parts than its level, where the standard counts so."""
    computed = heading_number(node.number) if node.number else None
    counts_levels = computed is not None and len(computed.values) == node.level
    deeper = counts_levels and len(claim.values) > node.level
    return deeper and computed is not None and computed.style is claim.style is Style.DECIMAL


def _family(number: Number) -> tuple[Style, int]:
    return number.style, len(number.values)


def _found(code: str, node: Node, claim: Number, fault: Break, **more: object) -> Finding:
    expected = claim.with_own(fault.expected)
    return _finding(
        code, node, claim=node.section.number, expected=expected, own=node.number, **more
    )


def _finding(code: str, node: Node, **args: object) -> Finding:
    return Finding(
        code=code,
        place=node.section.place_of("number") or node.place,
        quote=node.section.number or "",
        at=node.at,
        args={"own": "", "none": "", **args},
    )


def _related(node: Node) -> Related:
    return Related(place=node.place, section=node.path, quote=node.section.number or "")
