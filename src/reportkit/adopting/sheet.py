"""Proposals as a sheet: a writer opens it in Excel or WPS, changes names, and gives it back."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from .proposals import Proposal

HEAD = ("采用", "文件", "行", "列", "数", "原文", "指标", "口径", "时期", "单位", "说明")
YES, NO = "是", "否"
MOST_SHOWN = 400


class BadSheet(Exception):
    """The sheet cannot be read; the text says where and why."""


def to_csv(proposals: Sequence[Proposal]) -> str:
    """The sheet as CSV text."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(HEAD)
    for each in proposals:
        writer.writerow(
            (YES if each.take else NO, each.file, each.line, each.column, each.digits, each.quote,
             each.indicator, each.scope, each.period, each.unit, each.reason)
        )  # fmt: skip
    return buffer.getvalue()


def from_csv(text: str) -> list[Proposal]:
    """The proposals of a sheet. Raises :class:`BadSheet`."""
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    if not rows or tuple(cell.strip() for cell in rows[0][: len(HEAD) - 1]) != HEAD[:-1]:
        raise BadSheet(f"首行应为 {'、'.join(HEAD)}")
    made: list[Proposal] = []
    for number, row in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in row):
            continue
        cells = [cell.strip() for cell in row] + [""] * (len(HEAD) - len(row))
        if cells[0] not in (YES, NO):
            raise BadSheet(f"第 {number} 行的“采用”应写“是”或“否”，不是“{cells[0]}”")
        if not (cells[2].isdecimal() and cells[3].isdecimal() and cells[4]):
            raise BadSheet(f"第 {number} 行的“行”“列”“数”不能改动")
        made.append(
            Proposal(
                cells[0] == YES, cells[1], int(cells[2]), int(cells[3]), cells[4], *cells[5:11]
            )
        )
    return made


def shown(proposals: Sequence[Proposal]) -> str:
    """The proposals for reading, by file."""
    taken = [each for each in proposals if each.take]
    left = [each for each in proposals if not each.take]
    lines = [f"可以取自数据的数 {len(taken)} 处："]
    for each in taken[:MOST_SHOWN]:
        whose = f"，{each.scope}" if each.scope else ""
        lines.append(f"  {each.file}:{each.line}:{each.column}  {each.quote}")
        lines.append(f"      → {each.indicator}（{each.period}{whose}）：{each.digits}{each.unit}")
    if len(taken) > MOST_SHOWN:
        lines.append(f"  … 另有 {len(taken) - MOST_SHOWN} 处，请用 --plan 存成表格查看")
    if left:
        lines += ["", f"请自己改的 {len(left)} 处："]
        lines += [
            f"  {each.file}:{each.line}:{each.column}  {each.quote}（{each.reason}）"
            for each in left[:MOST_SHOWN]
        ]
    return "\n".join(lines)
