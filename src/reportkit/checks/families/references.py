"""RK321, RK322, RK326, RK327: references and footnotes that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from ...composing.patterns import canonical
from ...model.base import Place
from ...model.diagnostic import Finding, Severity
from ...model.report import Reference
from ..context import Context
from ..registry import Basis, Needs, Source, emitted, rule
from ..settled import mistyped
from .captions import captions, label_of, listed_labels

RESOLVES = Source(Basis.PRACTICE, "正文中的“见表1-1”应能找到对应的表、图、案例")
KINDS = {"table": "表", "figure": "图", "case": "案例", "section": "章节"}
PREFIXES = {"table": "tbl", "figure": "fig", "case": "case", "section": "sec"}
REFERENCES = (Needs.SUBMISSION, Needs.STANDARD, Needs.REPORT, Needs.WHOLE)


@rule(
    code="RK321",
    name="reference-dangling",
    title="引用的标识不存在",
    severity=Severity.ERROR,
    source=RESOLVES,
    why="引用落空，印出来是一处空缺。",
    message="引用“@{id}”找不到对应的{kind}",
    expected="有标识为 {id} 的{kind}",
    hint="{near:是否指 @%s？}核对标识，或给要引用的{kind}加上 {{#{id}}}。",
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

面向社区开展服务活动十二次，情况见 @tbl:visit。

::: table {#tbl:visits caption="服务情况表"}
| 类别 | 次数 |
|---|---|
| 社区 | 12 |
:::
""",
)
def reference_dangling(context: Context) -> Iterator[Finding]:
    """A reference by id leads nowhere.

    While something is missing it may lead there, and is told beside it (RK201, RK207).
    """
    for reference in context.report.references:
        if not reference.typed and reference.target is None:
            name = reference.id or ""
            near = mistyped(context, name)
            if near or not context.lacking:
                yield finding("RK321", reference, f"@{name}", id=name, near=near)


@rule(
    code="RK322",
    name="typed-reference-dangling",
    title="引用的编号不存在",
    severity=Severity.ERROR,
    source=RESOLVES,
    why="正文说“见表2-3”，报告里却没有表2-3，读者无处可查。",
    message="引用“{text}”，但没有这个{kind}",
    expected="报告中有{text}{range:（该章现有 %s）}",
    hint="改正编号；最好改用标识引用（如 @{prefix}:标识），编号变动时会自动更新。",
    hint_report="改正编号。",
    needs=REFERENCES,
    good="""
# 工作

## 服务

面向社区开展服务活动十二次，情况见表2-1。

::: table {caption="服务情况表"}
| 类别 | 次数 |
|---|---|
| 社区 | 12 |
:::
""",
    bad="""
# 工作

## 服务

面向社区开展服务活动十二次，情况见表2-4。

::: table {caption="服务情况表"}
| 类别 | 次数 |
|---|---|
| 社区 | 12 |
:::
""",
)
def typed_reference_dangling(context: Context) -> Iterator[Finding]:
    """A typed number names no object, neither by computed nor by typed caption numbers."""
    if context.lacking:
        return
    targets, listed = Targets(context), listed_labels(context)
    for reference in context.report.references:
        known = targets.of(reference) or (reference.kind, canonical(reference.text)) in listed
        if not reference.typed or known:
            continue
        yield finding(
            "RK322",
            reference,
            reference.text,
            text=reference.text,
            range=_range(context, reference),
            prefix=PREFIXES[reference.kind],
        )


class Targets:
    """Where references lead: what the author typed names the object of that typed number.

    Only where no caption has the number typed, it names the object that gets it when printed.
    """

    def __init__(self, context: Context) -> None:
        self._claimed: dict[tuple[str, str], str] = {}
        for caption in captions(context):
            if caption.block.number:
                key = (caption.computed.kind, label_of(caption.block.number))
                self._claimed.setdefault(key, caption.computed.anchor)

    def of(self, reference: Reference) -> str | None:
        """The anchor that the reference leads to; None if it leads nowhere."""
        if not reference.typed:
            return reference.target
        claimed = self._claimed.get((reference.kind, label_of(reference.text)))
        return claimed or reference.target


def _range(context: Context, reference: Reference) -> str:
    """The labels that there are in the chapter that the reference names: 表2-1 至 表2-3."""
    head = canonical(reference.text).rpartition("-")[0]
    labels = [
        label.label
        for label in context.report.labels
        if label.kind == reference.kind and canonical(label.label).rpartition("-")[0] == head
    ]
    labels = [label for label in labels if label]
    if len(labels) < 2:
        return labels[0] if labels else ""
    return f"{labels[0]} 至 {labels[-1]}"


def finding(code: str, reference: Reference, quote: str, **args: object) -> Finding:
    """The finding about a reference; ``kind`` is what it refers to."""
    return Finding(
        code=code,
        place=reference.place or Place(),
        quote=quote,
        args={"kind": KINDS[reference.kind], **args},
    )


FOOTNOTES = Source(Basis.PRACTICE, "脚注标记与注文一一对应")

emitted(
    code="RK326",
    name="footnote-undefined",
    title="脚注没有注文",
    severity=Severity.ERROR,
    source=FOOTNOTES,
    why="正文有脚注标记，却没有注文，印出来是一处空缺。",
    message="脚注“[^{label}]”没有注文",
    expected="本章文件中有一行“[^{label}]: 注文”",
    hint="补写注文，或删去标记。脚注的注文中不能再有脚注。",
    good="""
# 工作

## 服务

面向社区开展服务活动十二次[^1]，参加人员逐年增加。

[^1]: 不含节假日临时活动。
""",
    bad="""
# 工作

## 服务

面向社区开展服务活动十二次[^1]，参加人员逐年增加。
""",
)


@rule(
    code="RK327",
    name="footnote-unused",
    title="脚注没有被引用",
    severity=Severity.WARNING,
    source=FOOTNOTES,
    why="正文中没有标记的注文不会印出。",
    message="脚注“[^{label}]”在正文中没有标记",
    expected="正文中有“[^{label}]”",
    hint="在正文相应处加上标记，或删去这条注文。",
    good="""
# 工作

## 服务

面向社区开展服务活动十二次[^1]，参加人员逐年增加。

[^1]: 不含节假日临时活动。
""",
    bad="""
# 工作

## 服务

面向社区开展服务活动十二次，参加人员逐年增加。

[^1]: 不含节假日临时活动。
""",
)
def footnote_unused(context: Context) -> Iterator[Finding]:
    """A footnote without a mark. Waits while its chapter lacks something: the mark may too."""
    for finding in context.emitted("RK327"):
        node = context.node_at(finding.place)
        waits = context.unsettled if context.has_standard else frozenset()
        if not (node.root in waits if node else waits):
            yield finding.model_copy(update={"subject": _noted(context, finding)})


def _noted(context: Context, finding: Finding) -> str:
    """A footnote with its text, which an explanation is about."""
    label = str(finding.args["label"])
    chapters = context.submission.chapters if context.result.submission else ()
    notes = (c.footnotes[label].text for c in chapters if label in c.footnotes)
    return "\n".join((label, *notes))
