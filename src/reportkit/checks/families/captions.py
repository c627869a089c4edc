"""RK311 to RK313: the numbers of tables, figures and cases.

Typed numbers are claims. A chapter is also known by the number that its author typed and by the
one it would have in the repaired outline, so that a wrong chapter number is told once, there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ...composing.numbering import ObjectNumber as Computed
from ...composing.patterns import canonical
from ...model.base import Place
from ...model.blocks import Case, Chart, Figure, Table
from ...model.diagnostic import Finding, Related, Severity
from ..context import Context, Node
from ..numbers import Break, Fault, ObjectNumber, breaks, object_number
from ..registry import Basis, Needs, Source, rule
from .numbering import claim_of

CHAPTERWISE = Source(Basis.PRACTICE, "表、图、案例按章编号并连续（表1-1、图1-1）")
_NEEDS = (Needs.SUBMISSION, Needs.STANDARD, Needs.WHOLE)
_NAMES = {"table": "表", "figure": "图", "case": "案例"}
_RUN_TOGETHER = re.compile(
    r"^[【\[]?(?P<word>表|图|案例)\s*(?P<chapter>\d{1,2})\s*[-－–—.．]\s*(?P<n>\d{1,2}?)"
    r"(?P<year>(?:19|20)\d\d)(?!\d)"
)

_LISTED = re.compile(r"[【\[〔]?\s*(?:表|图|案\s*例)\s*\d+(?:\s*[-－‐‑–—−.．]\s*\d+)?\s*[】\]〕]?")

Captioned = Table | Figure | Chart | Case


@dataclass(frozen=True, slots=True)
class Caption:
    """A table, figure, chart or case with its computed number and the author's claim."""

    node: Node
    chapter: Node
    block: Captioned
    computed: Computed
    claim: ObjectNumber | None

    @property
    def place(self) -> Place:
        """Where the typed number stands, or the block."""
        return self.block.place_of("number") or self.block.place or self.node.place

    @property
    def disputed(self) -> bool:
        """Whether the author gave another number, by which the text may well refer to it."""
        typed = self.block.number
        return typed is not None and canonical(typed) != canonical(self.computed.label)

    @property
    def title(self) -> str:
        """The caption or case title as written."""
        return self.block.title if isinstance(self.block, Case) else self.block.caption


def captions(context: Context) -> list[Caption]:
    """All tables, figures, charts and cases in print order."""
    numbers = iter(context.outline.plan.objects)
    inside: dict[Node, list[Captioned]] = {}
    for node, block, _ in context.blocks:
        if isinstance(block, Captioned):
            inside.setdefault(node, []).append(block)
    made = []
    for chapter in context.outline.chapters:
        for node in chapter.walk():
            for block in inside.get(node, ()):
                claim = None
                if block.number and not run_together(block):
                    claim = object_number(block.number)
                made.append(Caption(node, chapter, block, next(numbers), claim))
    return made


def label_of(typed: str) -> str:
    """A typed number without blanks and brackets: 【案例 1-1】 and 案例1－1 are the same."""
    return canonical(typed).strip("【】[]〔〕：:")


def listed_labels(context: Context) -> set[tuple[str, str]]:
    """Kind and number of what the author's own lists of tables, figures and cases name."""
    kinds = {"tables": "table", "figures": "figure", "cases": "case"}
    made = set()
    for contents in context.submission.contents:
        for entry in contents.entries:
            found = _LISTED.match(entry.text)
            if found and contents.kind in kinds:
                made.add((kinds[contents.kind], label_of(found[0])))
    return made


def run_together(block: Captioned) -> re.Match[str] | None:
    """The number that runs into the year behind it (表3-12025年…), which readers leave whole."""
    title = block.title if isinstance(block, Case) else block.caption
    return _RUN_TOGETHER.match(block.number or title)


def chapter_numbers(context: Context, chapter: Node) -> set[int]:
    """The numbers by which the chapter may be known: composed, repaired, typed."""
    outline = context.outline
    numbers = {outline.own(chapter), outline.repaired(chapter)}
    claim = claim_of(chapter)
    return numbers | {claim.own} if claim else numbers


@rule(
    code="RK311",
    name="caption-wrong-chapter",
    title="编号中的章与所在的章不符",
    severity=Severity.ERROR,
    source=CHAPTERWISE,
    why="第六章里的“表7-1”会与第七章的表混淆，正文引用也会引错。",
    message="“{claim}”在{where}，编号应为“{expected}”",
    expected="编号为“{expected}”",
    hint="改为“{expected}”，或删去手写的编号由程序编号；正文中引用它的地方一并改正。",
    hint_report="改为“{expected}”；正文中引用它的地方一并改正。",
    needs=_NEEDS,
    good="""
# 工作

## 服务

面向社区开展服务活动十二次，情况见 @tbl:visits。

::: table {#tbl:visits caption="表2-1 服务情况表"}
| 类别 | 次数 |
|---|---|
| 社区 | 12 |
:::
""",
    bad="""
# 工作

## 服务

面向社区开展服务活动十二次，情况见 @tbl:visits。

::: table {#tbl:visits caption="表3-1 服务情况表"}
| 类别 | 次数 |
|---|---|
| 社区 | 12 |
:::
""",
)
def caption_wrong_chapter(context: Context) -> Iterator[Finding]:
    """The chapter in a typed number is not that in which the object stands."""
    for caption in captions(context):
        if _wrong_chapter(context, caption):
            chapter = caption.computed.chapter
            where = f"第 {chapter} 章" if chapter else "不编号的一章"
            yield _finding("RK311", caption, where=where)


def _wrong_chapter(context: Context, caption: Caption) -> bool:
    if caption.claim is None or caption.claim.chapter is None:
        return False
    if caption.computed.chapter is None:
        return True
    in_label = _chapter_in_label(caption)
    return in_label and caption.claim.chapter not in chapter_numbers(context, caption.chapter)


def _chapter_in_label(caption: Caption) -> bool:
    label = object_number(caption.computed.label)
    return label is not None and label.chapter is not None


def _odd_shape(context: Context, caption: Caption) -> bool:
    """Whether the claim names a chapter where the standard does not, or the other way round."""
    if caption.claim is None or _wrong_chapter(context, caption):
        return False
    return (caption.claim.chapter is not None) is not _chapter_in_label(caption)


@rule(
    code="RK312",
    name="caption-number-wrong",
    title="表、图、案例的编号不连续",
    severity=Severity.ERROR,
    source=CHAPTERWISE,
    why="编号跳号或错位，说明漏了一个，或编号写错，正文引用会跟着错。",
    message="编号写作“{claim}”，{what}",
    expected="编号为“{expected}”",
    hint="改为“{expected}”，或删去手写的编号由程序编号；若前面漏了一个，请补上。",
    hint_report="改为“{expected}”，或移到应在的位置；若前面漏了一个，请补上。",
    needs=(*_NEEDS, Needs.REPORT),
    good="""
# 工作

## 服务

面向社区开展服务活动十二次，情况见 @tbl:visits。

::: table {#tbl:visits caption="表2-1 服务情况表"}
| 类别 | 次数 |
|---|---|
| 社区 | 12 |
:::
""",
    bad="""
# 工作

## 服务

面向社区开展服务活动十二次，情况见 @tbl:visits。

::: table {#tbl:visits caption="表2-2 服务情况表"}
| 类别 | 次数 |
|---|---|
| 社区 | 12 |
:::
""",
)
def caption_number_wrong(context: Context) -> Iterator[Finding]:
    """Typed numbers of a chapter leave their order; a shifted sequence is told once.

    So are numbers of another shape than the standard's (表1 for 表1-1), once for each kind.
    """
    odd: dict[str, list[Caption]] = {}
    for caption in captions(context):
        if _odd_shape(context, caption):
            odd.setdefault(caption.computed.kind, []).append(caption)
    for first, *others in odd.values():
        related = tuple(Related(place=c.place, quote=c.block.number or "") for c in others[:20])
        what = f"按次序应为“{first.computed.label}”"
        yield _finding("RK312", first, what=what).model_copy(update={"related": related})
    listed = listed_labels(context)
    for caption, fault in _faults(context):
        if fault.fault is Fault.MOVED:
            yield _moved(context, caption)
        elif fault.fault is not Fault.DUPLICATE and not _told_by_list(caption, fault, listed):
            expected = _with_number(caption, fault.expected)
            what = f"按次序应为“{expected}”"
            yield _finding("RK312", caption, what=what, expected=expected)


def _with_number(caption: Caption, n: int) -> str:
    """The label that the object would have with another number."""
    return re.sub(r"\d+(?=\D*$)", str(n), caption.computed.label)


def _told_by_list(caption: Caption, fault: Break, listed: set[tuple[str, str]]) -> bool:
    """Whether the author's own list names what the skipped numbers stood for (RK332 tells)."""
    left_out = range(fault.expected, fault.got) if fault.fault is Fault.SKIPPED else ()
    labels = [(caption.computed.kind, label_of(_with_number(caption, n))) for n in left_out]
    return bool(labels) and all(label in listed for label in labels)


def _moved(context: Context, caption: Caption) -> Finding:
    """An object that stands far from where its number belongs, with what refers to it."""
    number = caption.block.number or ""
    same = [
        c for c in captions(context)
        if c.computed.kind == caption.computed.kind and c.chapter is caption.chapter
    ]  # fmt: skip
    before = same[same.index(caption) - 1].block.number if same.index(caption) else None
    related = tuple(
        Related(place=reference.place, section=reference.section, quote=reference.text)
        for reference in context.report.references
        if reference.place and label_of(reference.text) == label_of(number)
    )
    what = f"却排在“{before}”之后" if before else "却排在最前"
    return _finding("RK312", caption, what=what).model_copy(update={"related": related})


@rule(
    code="RK313",
    name="caption-number-duplicate",
    title="两个表（图、案例）用了同一编号",
    severity=Severity.ERROR,
    source=CHAPTERWISE,
    why="同一编号指两个表，引用时分不清。",
    message="编号“{claim}”已经用过",
    expected="编号为“{expected}”",
    hint="改为“{expected}”，或删去手写的编号由程序编号。",
    hint_report="改为“{expected}”；正文中引用它的地方一并改正。",
    needs=_NEEDS,
    good="""
# 工作

## 服务

服务情况见 @tbl:visits 和 @tbl:days。

::: table {#tbl:visits caption="表2-1 服务情况表"}
| 类别 | 次数 |
|---|---|
| 社区 | 12 |
:::

::: table {#tbl:days caption="表2-2 服务天数表"}
| 类别 | 天数 |
|---|---|
| 社区 | 24 |
:::
""",
    bad="""
# 工作

## 服务

服务情况见 @tbl:visits 和 @tbl:days。

::: table {#tbl:visits caption="表2-1 服务情况表"}
| 类别 | 次数 |
|---|---|
| 社区 | 12 |
:::

::: table {#tbl:days caption="表2-1 服务天数表"}
| 类别 | 天数 |
|---|---|
| 社区 | 24 |
:::
""",
)
def caption_number_duplicate(context: Context) -> Iterator[Finding]:
    """A typed number was used before in the chapter."""
    everything = captions(context)
    for caption, fault in _faults(context):
        if fault.fault is Fault.DUPLICATE:
            related = tuple(
                Related(place=other.place, quote=other.block.number or "")
                for other in everything
                if other is not caption and _same(other, caption)
            )
            yield _finding("RK313", caption).model_copy(update={"related": related[:1]})


def _same(one: Caption, other: Caption) -> bool:
    """Whether two objects claim the same number in the same chapter."""
    if one.claim is None or other.claim is None or one.chapter is not other.chapter:
        return False
    return one.claim.n == other.claim.n and one.computed.kind == other.computed.kind


def _faults(context: Context) -> Iterator[tuple[Caption, Break]]:
    """Breaks in the typed numbers of each chapter and kind.

    Where sections of the chapter are missing or moved, so are the objects in them: then only
    repeated numbers count.
    """
    series: dict[tuple[Node | None, str], list[Caption]] = {}
    for caption in captions(context):
        if caption.computed.n is not None:
            home = caption.chapter if _chapter_in_label(caption) else None
            series.setdefault((home, caption.computed.kind), []).append(caption)
    for (chapter, _), these in series.items():
        claims = [
            c.claim.n
            if c.claim and not _wrong_chapter(context, c) and not _odd_shape(context, c)
            else None
            for c in these
        ]
        waits = chapter in context.unsettled if chapter else bool(context.unsettled)
        for fault in breaks(claims, [c.computed.n or 0 for c in these]):
            if fault.fault is Fault.DUPLICATE or not waits:
                yield these[fault.index], fault


def _finding(code: str, caption: Caption, **args: object) -> Finding:
    return Finding(
        code=code,
        place=caption.place,
        quote=caption.block.number or "",
        at=caption.block.id or caption.node.at,
        args={"claim": caption.block.number, "expected": caption.computed.label, **args},
    )
