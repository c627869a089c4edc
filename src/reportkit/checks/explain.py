"""The text of one rule for ``reportkit explain``, and the rules page made of all of them."""

from __future__ import annotations

from .catalogue import get, rules
from .registry import Rule
from .wording import fill_blank

_FAMILIES = {
    "RK1": "文件与数据的写法",
    "RK2": "章节与内容",
    "RK3": "编号、题名、引用与目录",
    "RK4": "数据",
    "RK5": "正文与数据互相印证",
    "RK6": "语言文字",
    "RK7": "输出的文件",
    "RK8": "各报送件之间",
}
HEADINGS = ("查什么", "为什么", "依据", "怎样改", "反例", "正例")
"""Every rule has these, in this order."""


def explain(code_or_name: str) -> str | None:
    """What a rule checks, why, its source, how to mend it, and examples; None if unknown."""
    rule = get(code_or_name)
    if rule is None:
        return None
    lines = [f"{rule.code} {rule.name}　{rule.title}", rule.severity.label, ""]
    for heading, text in _parts(rule):
        lines += [heading, *(f"    {line}".rstrip() for line in text.splitlines()), ""]
    return "\n".join(lines).rstrip()


def explain_all() -> str:
    """All rules, one a line, by family."""
    lines: list[str] = []
    family = ""
    for rule in rules():
        if rule.code[:3] != family:
            family = rule.code[:3]
            lines += [""] * bool(lines) + [f"{family}xx {_FAMILIES[family]}"]
        severity = rule.severity.label.partition("（")[0]
        lines.append(f"  {rule.code}  {severity:　<4}  {rule.title}（{rule.name}）")
    return "\n".join(lines)


def _parts(rule: Rule) -> list[tuple[str, str]]:
    what = (
        f"{rule.title}。结果写作：{fill_blank(rule.message)}；应为：{fill_blank(rule.expected)}。"
    )
    texts = (what, rule.why, str(rule.source), fill_blank(rule.hint), rule.bad, rule.good)
    return list(zip(HEADINGS, texts, strict=True))


_INTRODUCTION = """\
# 规则

本页由规则登记表生成，请勿手改（`python -m reportkit.checks > docs/rules.md`）。

严重程度沿用教育统计系统的叫法：

| 名称 | 意思 |
|---|---|
| 逻辑校验 | 必须改正；有一条就不合格，不能输出正式文件 |
| 经验校验 | 改正，或在 `report.yaml` 的 `explanations` 中说明；内容改动后说明自动失效 |
| 提示 | 供参考，可以不改 |

编制规范可以另行规定个别规则的严重程度。“依据”写明规则从何而来：

| 依据 | 意思 |
|---|---|
| 标准条文 | 国家标准中的条文 |
| 编制规范 | 所选规范的数据；每条结果另注明它是正式规定、通行做法，还是推定 |
| 通行做法 | 编写报告、出版物的习惯 |
| 由已公布的年报归纳 | 从公开的报告中看到的，没有成文规定 |
| 报送件格式 | 本程序的文件格式 |

例子都以一个虚构的“示例规范”为准：概况（规模、队伍）、工作（服务、文化中至少一节）、总结（须谈到
问题和措施）三章，另有附表；只列出与规则有关的文件，没有写文件名的是第二章 `chapters/2.md`。
RK8xx 的例子有几份报送件，每份以 `== 名称` 开头，方括号里是所用的规范，圆括号里是指标数据各行；
`== 名录` 是名录。
例子都作为测试运行：反例恰好触发这一条规则，正例一条也不触发。
"""


def rules_page() -> str:
    """``docs/rules.md``: every rule with all its headings."""
    pages = [_INTRODUCTION]
    family = ""
    for rule in rules():
        if rule.code[:3] != family:
            family = rule.code[:3]
            pages.append(f"## {family}xx {_FAMILIES[family]}\n")
        pages.append(_section(rule))
    return "\n".join(pages)


def _section(rule: Rule) -> str:
    lines = [f"### {rule.code} {rule.title}", "", f"`{rule.name}`　{rule.severity.label}", ""]
    for heading, text in _parts(rule):
        if heading in ("反例", "正例"):
            lines += [f"**{heading}**", "", "~~~~", text, "~~~~", ""]
        else:
            lines += [f"**{heading}**　{text.replace(chr(10), '')}", ""]
    return "\n".join(lines)
