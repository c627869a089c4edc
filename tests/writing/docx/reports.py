"""Small reports made for one question each."""

from collections.abc import Iterable, Sequence

from reportkit.composing.numerals import chinese, circled, roman
from reportkit.model.report import Heading, Label, Para, Part, RBlock, RCell, Report, RTable
from reportkit.model.standard import PartKind
from tests.writing.sample_report import runs

PATTERNS = (
    ("{cn}、", "（{cn}）", "{n}. ", "（{n}）"),
    ("{n} ", "{path} ", "{path} "),
    ("{n}.", "{path}", "{path}"),
    ("第{cn}章 ", "{path} ", "{path} "),
    ("第{n}章 ", "第{n}节 ", "{cn}、", "（{cn}）"),
    ("{cn}、", "{n}. "),
    ("{roman}. ", "{n}. ", "{circled}"),
    ("", "{n}. ", "（{n}）"),
    ("100%{n} ", "{n})"),
)
"""Heading numbers by level; the last is one that no list can make."""


def report(parts: Iterable[Part], title: str = "示例报告") -> Report:
    return Report(
        title=title,
        title_year=2023,
        organisation="示例学校",
        standard="sample",
        standard_title="示例规范",
        parts=tuple(parts),
    )


def body(*blocks: RBlock, kind: PartKind = PartKind.BODY, n: int = 1) -> Part:
    return Part(kind=kind, anchor=f"part-{n}", blocks=blocks)


def para(text: str) -> Para:
    return Para(runs=runs(text))


def outline(patterns: Sequence[str], chapters: int = 12) -> Report:
    """Twelve chapters with sections and subsections, one chapter without number in between."""
    parts = []
    for chapter in range(1, chapters + 1):
        blocks: list[RBlock] = [_heading(patterns, (chapter,))]
        for section in range(1, 3):
            blocks.append(_heading(patterns, (chapter, section)))
            if len(patterns) > 2:
                blocks += [_heading(patterns, (chapter, section, k)) for k in range(1, 12)]
        parts.append(body(*blocks, n=chapter))
        if chapter == 3:
            title = Heading(level=1, runs=runs("没有编号的章"), anchor="plain")
            inner = Heading(level=2, number="一、", runs=runs("自成一列"), anchor="plain-1")
            parts.append(body(title, inner, n=99))
    return report(parts)


def _heading(patterns: Sequence[str], path: tuple[int, ...]) -> Heading:
    pattern, n = patterns[len(path) - 1], path[-1]
    number = pattern.format(
        n=n,
        cn=chinese(n),
        roman=roman(n),
        circled=circled(n),
        path=".".join(map(str, path)),
    )
    anchor = "-".join(map(str, path))
    return Heading(level=len(path), number=number, runs=runs(f"标题{anchor}甲"), anchor=anchor)


def grid(rows: int, columns: int, *, header_rows: int = 1, text: str = "12.5") -> RTable:
    """A plain table."""
    cells = [
        RCell(row=row, column=column, runs=runs(text), numeric=row >= header_rows)
        for row in range(rows)
        for column in range(columns)
    ]
    kinds = ["header" if row < header_rows else "data" for row in range(rows)]
    return RTable(
        caption=Label(kind="table", anchor=f"grid-{rows}-{columns}", title=runs("一览表")),
        columns=columns,
        header_rows=header_rows,
        row_kinds=tuple(kinds),  # type: ignore[arg-type]
        cells=tuple(cells),
    )
