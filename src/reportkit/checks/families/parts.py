"""RK214, RK215: the parts around the body that a standard demands or forbids."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.diagnostic import Finding, Severity
from ...model.standard import Need, PartKind, PartSpec
from ..context import Context
from ..facts import standing
from ..registry import Basis, Needs, Source, rule

PARTS = Source(Basis.STANDARD, "所选规范列出的组成部分")

_NAMES = {
    PartKind.COVER: "封面",
    PartKind.STATEMENT: "声明",
    PartKind.PREFACE: "前言",
    PartKind.TOC: "目录",
    PartKind.LIST_OF_TABLES: "表目录",
    PartKind.LIST_OF_FIGURES: "图目录",
    PartKind.LIST_OF_CASES: "案例目录",
    PartKind.BODY: "正文",
    PartKind.ANNEX: "附件",
    PartKind.SIGN_OFF: "落款",
    PartKind.COLOPHON: "末页题署",
}
_WHERE = {
    PartKind.SIGN_OFF: "在 report.yaml 中填写 sign_off（单位、日期各一行）",
    PartKind.COLOPHON: "在 report.yaml 中填写 colophon",
    PartKind.PREFACE: "增加前言一章，列在 chapters 的最前面",
    PartKind.ANNEX: "增加附件一章，列在 chapters 的最后",
}


def _part_name(spec: PartSpec) -> str:
    return spec.title or _NAMES[spec.part]


@rule(
    code="RK214",
    name="part-missing",
    title="缺少必有的组成部分",
    severity=Severity.ERROR,
    source=PARTS,
    why="声明、落款、前言等虽不是正文，缺了同样不能受理。",
    message="缺少{title}",
    expected="有{title}",
    hint="{how}。{guidance:填写提示：%s}",
    hint_report="补写{title}。{guidance:填写提示：%s}",
    needs=(Needs.SUBMISSION, Needs.STANDARD, Needs.REPORT, Needs.WHOLE),
    good="""
=== report.yaml
colophon: 示例单位编印
""",
    bad="""
=== report.yaml
colophon: (删去)
""",
)
def part_missing(context: Context) -> Iterator[Finding]:
    """A required part that only the author can give is not in the report.

    Cover, statement and lists are made by the program; sections of the outline are told by RK201.
    """
    printed = {part.kind for part in context.report.parts}
    printed |= {PartKind(s.part) for s in context.standard.outline if s.need is Need.REQUIRED}
    if any(block.type == "sign_off" for _, block, _ in context.blocks):
        printed.add(PartKind.SIGN_OFF)
    for spec in context.standard.parts:
        if spec.part in _WHERE and spec.need is Need.REQUIRED and spec.part not in printed:
            yield Finding(
                code="RK214",
                place=context.manifest_place(spec.part),
                at=spec.part,
                args={
                    "title": _part_name(spec),
                    "how": _WHERE[spec.part],
                    "guidance": spec.guidance,
                    "basis": standing(spec),
                },
            )


@rule(
    code="RK215",
    name="part-forbidden",
    title="有规范不允许的组成部分",
    severity=Severity.ERROR,
    source=PARTS,
    why="规范写明不用的部分不会印出，留在报送件中容易造成误会。",
    message="不应有{title}",
    expected="没有{title}",
    hint="从 report.yaml 中删去 {key}。",
    needs=(Needs.SUBMISSION, Needs.STANDARD),
    good="""
=== report.yaml
colophon: 示例单位编印
""",
    bad="""
=== report.yaml
sign_off: [示例单位, 2024年1月10日]
""",
)
def part_forbidden(context: Context) -> Iterator[Finding]:
    """The manifest fills a part that the standard does not have."""
    metadata = context.submission.metadata
    given = {
        PartKind.STATEMENT: bool(metadata.statement),
        PartKind.SIGN_OFF: bool(metadata.sign_off),
        PartKind.COLOPHON: bool(metadata.colophon),
    }
    for spec in context.standard.parts:
        if spec.need is Need.FORBIDDEN and given.get(spec.part):
            yield Finding(
                code="RK215",
                place=context.manifest_place(spec.part),
                at=spec.part,
                args={"title": _part_name(spec), "key": spec.part, "basis": standing(spec)},
            )
