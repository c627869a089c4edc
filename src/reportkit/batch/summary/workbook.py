"""``summary.xlsx``: who fails what, every finding, all indicator values, ready to be analysed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...model.data import IndicatorKind
from ...model.diagnostic import Diagnostic, Related, Severity
from .figures import FORMS, Cell, Summary
from .places import at_place, other_place
from .sheets import Book, Column, Link, Look, Marked, Value

FILES = {
    "docx": "Word",
    "pdf": "PDF",
    "html": "检查结果",
    "comments": "批注",
    "letter": "审核意见",
}
"""Kinds of files that are linked to, with their names."""
_VERDICTS: dict[str, Look] = {"clean": "good", "explain": "soft", "failed": "bad"}
_SEVERITIES: dict[Severity, tuple[str, Look]] = {
    Severity.ERROR: ("逻辑校验", "bad"),
    Severity.WARNING: ("经验校验", "soft"),
    Severity.INFO: ("提示", "grey"),
}
_KINDS = {
    IndicatorKind.COUNT: "计数",
    IndicatorKind.AMOUNT: "金额",
    IndicatorKind.RATE: "百分率",
    IndicatorKind.RATIO: "比",
    IndicatorKind.INDEX: "人均等",
}

Rows = Iterator[tuple[Value, ...]]


def workbook(summary: Summary, title: str) -> bytes:
    """The bytes of the workbook; the same summary gives the same bytes."""
    book = Book(title)
    book.sheet("总表", _OVERVIEW, _overview(summary), keep=2)
    book.sheet("问题", _FINDINGS, _findings(summary))
    book.sheet("规则统计", _RULES, _rules(summary))
    columns = [*_WHO, *(Column(name, 10, "number") for name in summary.matrix.columns)]
    book.sheet("章节×单位", columns, _chapters(summary))
    book.sheet("指标值", _VALUES, _values(summary))
    book.sheet("说明", _EXPLANATIONS, _explanations(summary))
    book.sheet("报送件之间", _BETWEEN, _between(summary))
    return book.content()


_WHO = [Column("报送单位", 28), Column("所在区", 10), Column("规范", 18)]
_OVERVIEW = [
    Column("报送件", 24), Column("报送单位", 28), Column("标识码", 13), Column("所在区", 10),
    Column("层级", 8), Column("类别", 10), Column("规范", 18), Column("报告标题", 40),
    Column("形式", 9),
    Column("结果", 12), Column("逻辑校验", 8, "number"), Column("经验校验", 8, "number"),
    Column("提示", 7, "number"), Column("已说明", 7, "number"),
    Column("报送件之间", 8, "number"), Column("页数", 7, "number"),
    Column("汉字数", 9, "number"), *(Column(name, 9, "link") for name in FILES.values()),
    Column("情况", 40, "wrap"),
]  # fmt: skip


def _overview(summary: Summary) -> Rows:
    for row in summary.rows:
        outcome, digest = row.outcome, row.outcome.digest
        yield (
            row.item,
            row.organisation,
            row.code,
            row.region,
            row.level,
            row.entry.kind if row.entry else None,
            row.standard_id,
            outcome.title,
            FORMS[outcome.item.form],
            Marked(row.result, _VERDICTS.get(row.verdict, "bad")),
            row.counts[Severity.ERROR],
            row.counts[Severity.WARNING],
            row.counts[Severity.INFO],
            row.explained,
            len(row.between),
            outcome.pages,
            sum(chapter.hanzi for chapter in digest.chapters) if digest else None,
            *(next((Link(path, "打开") for path in row.files(kind)), None) for kind in FILES),
            outcome.reason,
        )


_FINDINGS = [
    Column("报送件", 24), Column("报送单位", 24), Column("所在区", 10), Column("规则编号", 9),
    Column("规则", 22), Column("严重程度", 10), Column("章节", 30, "wrap"),
    Column("位置", 24, "wrap"), Column("文件", 24), Column("行", 6, "number"),
    Column("原文", 36, "wrap"), Column("问题", 44, "wrap"), Column("应为", 36, "wrap"),
    Column("改法", 36, "wrap"), Column("依据", 36, "wrap"), Column("单位的说明", 30, "wrap"),
]  # fmt: skip


def _findings(summary: Summary) -> Rows:
    titles = {rule.code: rule.title for rule in summary.rules}
    for row in summary.rows:
        spots = row.outcome.spots
        for at, found in enumerate(row.outcome.diagnostics):
            yield (
                row.item,
                row.organisation,
                row.region,
                found.code,
                titles[found.code],
                _severity(found),
                found.section,
                spots[at][0] if at < len(spots) else "",
                found.place.file,
                found.place.line or found.place.paragraph,
                found.quote,
                found.message,
                found.expected,
                found.hint,
                found.source,
                found.explained,
            )


def _severity(found: Diagnostic) -> Marked:
    if found.explained is not None:
        return Marked("已说明", "grey")
    return Marked(*_SEVERITIES[found.severity])


_RULES = [
    Column("规则编号", 9), Column("规则", 30), Column("严重程度", 10), Column("处数", 8, "number"),
    Column("份数", 8, "number"), Column("已说明处数", 10, "number"), Column("依据", 70, "wrap"),
]  # fmt: skip


def _rules(summary: Summary) -> Rows:
    for rule in summary.rules:
        severity = Marked(*_SEVERITIES[rule.severity])
        yield (
            *(rule.code, rule.title, severity),
            *(rule.findings, rule.items, rule.explained, rule.source),
        )


def _chapters(summary: Summary) -> Rows:
    for row, cells in summary.matrix.cells:
        yield row.organisation, row.region, row.standard_id, *map(_chapter, cells)


def _chapter(cell: Cell) -> Value:
    match cell.kind:
        case "size":
            return cell.hanzi
        case "missing":
            return Marked("缺", "bad")
        case "empty":
            return Marked("空", "soft")
    return None


_VALUES = [
    Column("报送件", 24), Column("报送单位", 24), Column("标识码", 13), Column("所在区", 10),
    Column("层级", 8), Column("类别", 10), Column("规范", 18), Column("指标标识", 26),
    Column("指标", 26),
    Column("类型", 8), Column("时期", 14), Column("本期", 6), Column("口径", 14),
    Column("数值", 14, "number"), Column("计量单位", 10), Column("缺值原因", 14),
    Column("得来", 8), Column("自定", 6), Column("来源", 40, "wrap"),
]  # fmt: skip


def _values(summary: Summary) -> Rows:
    for row in summary.rows:
        digest = row.outcome.digest
        for value in digest.values if digest else ():
            yield (
                row.item,
                row.organisation,
                row.code,
                row.region,
                row.level,
                row.entry.kind if row.entry else None,
                row.standard_id,
                value.indicator,
                value.name,
                _KINDS[value.kind],
                value.period,
                "是" if digest and value.period == digest.current else "",
                value.scope,
                value.value,
                value.unit,
                value.missing,
                "计算" if value.computed else "填报",
                "是" if value.own else "",
                value.source,
            )


_EXPLANATIONS = [
    Column("报送件", 24), Column("报送单位", 24), Column("所在区", 10), Column("规则编号", 9),
    Column("规则", 22), Column("位置标识", 24), Column("说明", 60, "wrap"), Column("对应", 10),
]  # fmt: skip


def _explanations(summary: Summary) -> Rows:
    titles = {rule.code: rule.title for rule in summary.rules}
    for row in summary.rows:
        found = (*row.outcome.diagnostics, *row.between)
        answered = {(d.code, d.explained) for d in found if d.explained is not None}
        for given in row.outcome.explanations:
            used = (given.rule, given.reason) in answered
            yield (
                *(row.item, row.organisation, row.region, given.rule, titles.get(given.rule, "")),
                *(given.at, given.reason),
                "采用" if used else Marked("未对上", "soft"),
            )


_BETWEEN = [
    Column("规则编号", 9), Column("规则", 24), Column("严重程度", 10), Column("报送件", 24),
    Column("报送单位", 24), Column("所在区", 10), Column("位置", 34, "wrap"),
    Column("原文", 36, "wrap"), Column("问题", 44, "wrap"), Column("另一处", 50, "wrap"),
    Column("应为", 30, "wrap"), Column("改法", 36, "wrap"), Column("单位的说明", 30, "wrap"),
]  # fmt: skip


def _between(summary: Summary) -> Rows:
    titles = {rule.code: rule.title for rule in summary.rules}
    for row, found in summary.between:
        yield (
            *(found.code, titles[found.code], _severity(found)),
            *((row.item, row.organisation, row.region) if row else (None, None, None)),
            at_place(found.section, found.place),
            found.quote,
            found.message,
            "\n".join(_other(each, summary.names) for each in found.related),
            found.expected,
            found.hint,
            found.explained,
        )


def _other(other: Related, names: Mapping[str, str]) -> str:
    where = other_place(other, names)
    return f"{where}：{other.quote}" if other.quote else where
