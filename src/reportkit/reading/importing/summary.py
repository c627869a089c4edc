"""导入说明.md: what an import guessed, read and set aside, to compare with the original."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from reportkit.model.base import Place
from reportkit.model.blocks import (
    Block,
    Case,
    Chart,
    Figure,
    Footnote,
    ListBlock,
    Paragraph,
    Section,
    Table,
)
from reportkit.model.diagnostic import Diagnostic
from reportkit.model.submission import Submission

from ..result import Aside, ReadResult
from .units import AGAIN

NAME = "导入说明.md"
"""The file in the folder; reading a folder leaves it out."""
_FORMS = {"text": "文本文件", "markdown": "Markdown 文件", "docx": "Word 文件", "pdf": "PDF 文件"}
_OWN = ("RK151", "RK154")
"""Findings that the summary tells in its own way."""
_NOTHING_LOST = "原件的每个字都已读入，或列在下面"
_MOST = 30
_LONGEST = 60
_MARKUP = re.compile(r"([\\`*_\[\]<>|#$])")
_KINDS: tuple[tuple[type[Block], str], ...] = (
    (Paragraph, "段"), (ListBlock, "列表"), (Table, "表"), (Figure, "图"), (Chart, "图表"),
    (Case, "案例"),
)  # fmt: skip


def summary(result: ReadResult, diagnostics: Sequence[Diagnostic]) -> str:
    """The page as Markdown; ``diagnostics`` are those of the report as it was read."""
    submission = result.submission
    assert submission is not None
    chosen = (d.message for d in diagnostics if d.code == "RK154" and d.at == "编制规范")
    standard = next(chosen, submission.metadata.standard).partition("：")[2]
    imports = [d for d in diagnostics if d.code[:4] == "RK15"]
    lost = [d for d in imports if d.code == "RK157"]
    lines = [
        "# 导入说明",
        "",
        f"原件：{_FORMS.get(result.form, '')} {_shown(_file(result))}。导入不改动原件。",
        "导入后逐字核对："
        + (
            f"有 {len(lost)} 处文字没有读入，见下。"
            if lost
            else "原件的每个字都已读入，或列在下面。"
        ),
        "",
        "## 从文中判断的信息（请核对，可在 report.yaml 中改正）",
        "",
        *(f"- {name}：{_shown(value)}" for name, value in _facts(submission, standard)),
        "",
        "## 读入的内容",
        "",
        f"- {_contents(submission)}",
        "",
    ]
    others = [d for d in imports if d.code not in _OWN]
    if others:
        lines += ["## 导入时发现的问题", ""]
        lines += [f"- {_where(d.place)}{_shown(d.message)}" for d in others]
        lines.append("")
    lines += _asides(result.asides)
    return "\n".join(lines)


def _file(result: ReadResult) -> str:
    place = result.submission.metadata.place if result.submission else None
    return place.file if place else next(iter(result.sources), "")


def _facts(submission: Submission, standard: str) -> Iterator[tuple[str, str]]:
    metadata = submission.metadata
    period = metadata.data_period
    yield "编制规范", standard
    yield "标题", metadata.title
    yield "标题年度", str(metadata.title_year)
    yield "报送单位", metadata.organisation.name
    yield "数据所属时期", period.label or f"{period.start} 至 {period.end}"
    yield "报送日期", str(metadata.filed_on or "未写明")


def _contents(submission: Submission) -> str:
    sections = list(_sections(submission))
    everything = [block for section in sections for block in _blocks(section.blocks)]
    counts = [f"章 {len(submission.chapters)}", f"节 {len(sections) - len(submission.chapters)}"]
    for kind, name in _KINDS:
        number = sum(isinstance(block, kind) for block in everything)
        if number:
            counts.append(f"{name} {number}")
    notes: list[Footnote] = [n for c in submission.chapters for n in c.footnotes.values()]
    if notes:
        counts.append(f"脚注 {len(notes)}")
    if submission.contents:
        counts.append(f"手排的目录、清单 {len(submission.contents)}")
    return "，".join(counts)


def _sections(submission: Submission) -> Iterator[Section]:
    waiting: list[Section] = list(submission.chapters)
    while waiting:
        section = waiting.pop()
        yield section
        waiting += section.sections


def _blocks(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        yield block
        if isinstance(block, Case):
            yield from _blocks(block.blocks)


def _asides(asides: Sequence[Aside]) -> Iterator[str]:
    """What is not in the text by reason; marks that are printed anew last, counted only."""
    by_reason: dict[str, list[Aside]] = {}
    for aside in asides:
        by_reason.setdefault(aside.reason, []).append(aside)
    told = {r: these for r, these in by_reason.items() if not r.endswith(AGAIN)}
    again = {r: these for r, these in by_reason.items() if r.endswith(AGAIN)}
    if told:
        yield "## 没有列入正文的文字"
        yield ""
    for reason, these in told.items():
        yield f"### {reason}（{len(these)} 处）"
        yield ""
        for aside in these[:_MOST]:
            text = " ".join(aside.text.split())
            cut = text[:_LONGEST] + ("……" if len(text) > _LONGEST else "")
            yield f"- {_where(aside.place)}{_shown(cut)}"
        if len(these) > _MOST:
            yield f"- 其余 {len(these) - _MOST} 处从略"
        yield ""
    if again:
        yield "## 由程序重新生成的标记"
        yield ""
        yield from (f"- {r.removesuffix(AGAIN)}：{len(these)} 处" for r, these in again.items())
        yield ""


def _where(place: Place) -> str:
    parts = [
        f"第 {place.page} 页" if place.page else "",
        f"第 {place.line} 行" if place.line and not place.page else "",
        f"第 {place.paragraph} 段" if place.paragraph else "",
    ]
    text = "".join(parts)
    return f"{text}：" if text else ""


def _shown(text: str) -> str:
    """Text as it stands, nothing in it taken for Markdown."""
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))
