"""Diagnostics as the best compilers write them: place, source line, marker, what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...model.diagnostic import Diagnostic
from ..quoting import Sources, width
from .view import (
    Checked,
    elsewhere,
    excerpt,
    groups,
    label,
    open_warnings,
    snippet,
    verdict,
    visible,
    where,
)

COLUMNS = 96
"""Width of source lines; the text itself is not wrapped, terminals do that."""
_COLOURS = {
    "逻辑校验": "1;31", "经验校验": "1;33", "提示": "1;36", "已说明": "2", "place": "36",
    "head": "1", "bar": "34", "合格": "1;32", "不合格": "1;31",
}  # fmt: skip


def render_text(items: Sequence[Checked], *, colour: bool = False, sources: bool = False) -> str:
    """The results of one or more submissions; a table of all at the end where there are several."""
    writer = _Writer(colour, sources)
    blocks = ["\n".join(writer.submission(item)) for item in items]
    if len(items) > 1:
        blocks.append("\n".join(writer.summary(items)))
    return "\n\n".join(blocks) + "\n"


class _Writer:
    def __init__(self, colour: bool, sources: bool) -> None:
        self.colour = colour
        self.sources = sources

    def paint(self, text: str, style: str) -> str:
        code = _COLOURS[style]
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour else text

    def submission(self, item: Checked) -> Iterator[str]:
        standard = f"　规范：{item.standard.title}（{item.standard.id}）" if item.standard else ""
        if item.title != str(item.path):
            yield self.paint(visible(item.title), "head")
        yield f"{item.path}{standard}"
        texts = Sources(item.result.sources)
        for name, diagnostics in groups(item.diagnostics):
            rule = "─" * max(4, 72 - width(name))
            yield ""
            yield self.paint(f"── {visible(name)} {rule}", "bar")
            for diagnostic in diagnostics:
                yield ""
                yield from self.diagnostic(texts, diagnostic)
        yield ""
        yield from self.explanations(open_warnings(item))
        result = verdict(item)
        yield self.paint(result, result.partition("：")[0])

    def diagnostic(self, texts: Sources, found: Diagnostic) -> Iterator[str]:
        name = label(found)
        yield f"{self.paint(f'{name} {found.code}', name)} {visible(found.message)}"
        yield f"  {self.paint('→', 'bar')} {self.paint(where(found.place), 'place')}"
        yield from self.source_line(texts, found, name)
        lines = [
            ("应为", found.expected),
            ("改法", found.hint if found.explained is None else ""),
            ("说明", found.explained or ""),
            ("依据", found.source if self.sources else ""),
        ]
        yield from (f"    {title}：{visible(text)}" for title, text in lines if text)
        for other in found.related:
            quote = f"　{visible(other.quote)}" if other.quote else ""
            yield f"    另见：{elsewhere(other)}{quote}"

    def source_line(self, texts: Sources, found: Diagnostic, style: str) -> Iterator[str]:
        shown = excerpt(texts, found.place, found.quote, COLUMNS)
        if shown is None:
            return
        number = str(shown.line)
        bar = self.paint("│", "bar")
        yield f"  {number} {bar} {shown.before}{shown.marked}{shown.after}"
        marker = " " * width(shown.before) + "^" * max(1, width(shown.marked))
        yield f"  {' ' * len(number)} {bar} {self.paint(marker, style)}"

    def explanations(self, warnings: Sequence[Diagnostic]) -> Iterator[str]:
        if not warnings:
            return
        yield "经验校验确属实情的，把对应条目写入 report.yaml，并写明原因："
        yield ""
        yield "explanations:"
        for warning in warnings:
            yield snippet(warning)
        yield ""

    def summary(self, items: Sequence[Checked]) -> Iterator[str]:
        fine = sum(item.ok for item in items)
        yield self.paint(f"共 {len(items)} 份，合格 {fine} 份", "head")
        for item in items:
            result = verdict(item)
            yield f"  {self.paint(result, result.partition('：')[0])}　{item.path}"
