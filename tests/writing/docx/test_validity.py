"""Every document passes the Open XML SDK validator and Word's further traps."""

from collections.abc import Callable
from pathlib import Path

import pytest

from reportkit.model.report import (
    FootnoteText,
    Heading,
    Label,
    Para,
    Part,
    RCase,
    RCell,
    Report,
    RFigure,
    RList,
    RListItem,
    RTable,
    Run,
)
from reportkit.model.standard import PartKind
from tests.writing.docx.conftest import Written
from tests.writing.sample_report import sample
from tests.writing.tools import W, part, traps, validate

from . import reports
from .reports import body, grid, para


@pytest.mark.parametrize("style", ["official", "plain"])
@pytest.mark.parametrize("numbering", ["chinese", "decimal"])
def test_the_sample_is_valid(written: Written, numbering: str, style: str) -> None:
    file = written(numbering, style)
    assert traps(file) == []
    assert validate(file) == []


def table(*cells: RCell, rows: int, columns: int) -> RTable:
    kinds = ("data",) * rows
    caption = Label(kind="table", anchor="odd")
    return RTable(
        caption=caption, columns=columns, header_rows=0, row_kinds=kinds, cells=tuple(cells)
    )


def footnoted(pattern: str, restart: str, count: int) -> Report:
    runs = tuple(Run(text="文", footnote=n) for n in range(count))
    notes = tuple(FootnoteText(mark=f"[{n + 1}]", runs=(Run(text="注"),)) for n in range(count))
    made = reports.report([body(Para(runs=runs))])
    return made.model_copy(
        update={
            "footnotes": notes,
            "footnote_pattern": pattern,
            "footnotes_restart": restart,
        }
    )


ODD: dict[str, Callable[[], Report]] = {
    "draft": lambda: sample(draft=True),
    "nothing": lambda: reports.report([]),
    "empty table": lambda: reports.report([body(table(rows=0, columns=0))]),
    "table without cells": lambda: reports.report([body(table(rows=2, columns=3))]),
    "spans beyond the edge": lambda: reports.report(
        [body(table(RCell(row=0, column=1, rowspan=9, colspan=9), rows=2, columns=3))]
    ),
    "cells that overlap": lambda: reports.report(
        [
            body(
                table(
                    RCell(row=0, column=0, colspan=2, rowspan=2),
                    RCell(row=1, column=1, colspan=2),
                    rows=2,
                    columns=3,
                )
            )
        ]
    ),
    "table wider than Word allows": lambda: reports.report([body(grid(3, 150))]),
    "two tables in a row": lambda: reports.report([body(grid(2, 2), grid(3, 3))]),
    "control characters": lambda: reports.report([body(para("甲\x00乙\x0b丙\ud800丁\n戊\t己"))]),
    "empty paragraphs and lists": lambda: reports.report(
        [body(para(""), RList(ordered=True, items=(RListItem(marker="", blocks=()),)))]
    ),
    "list that begins with a table": lambda: reports.report(
        [body(RList(ordered=False, items=(RListItem(marker="•", blocks=(grid(2, 2),)),)))]
    ),
    "numbered footnotes by text": lambda: footnoted("[{n}]", "report", 3),
    "many circled footnotes": lambda: footnoted("{circled}", "report", 30),
    "footnotes counted on": lambda: footnoted("{n}", "report", 3),
    "reference to nothing": lambda: reports.report(
        [
            body(
                Para(
                    runs=(
                        Run(text="表9-9", link="#none"),
                        Run(text="网", link="https://例子.cn/a b"),
                    )
                )
            )
        ]
    ),
    "deep headings": lambda: reports.report(
        [body(*[Heading(level=n, runs=(Run(text="题"),), anchor=f"h{n}") for n in range(1, 10)])]
    ),
    "headings outside the contents": lambda: reports.report(
        [body(Heading(level=1, number="一、", anchor="x", in_toc=False))]
    ),
    "landscape first and last": lambda: reports.report(
        [body(grid(2, 2).model_copy(update={"landscape": True}))]
    ),
    "empty parts": lambda: reports.report(
        [Part(kind=kind, title="题", anchor=kind.value) for kind in PartKind]
    ),
    "case in a case": lambda: reports.report(
        [
            body(
                RCase(
                    caption=Label(kind="case", anchor="c1"),
                    heading=(Run(text="外"),),
                    blocks=(
                        RCase(caption=Label(kind="case", anchor="c2"), heading=(), blocks=()),
                        RFigure(caption=Label(kind="figure", anchor="f"), pictures=()),
                        grid(2, 2),
                    ),
                )
            )
        ]
    ),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_reports_are_valid(write: Callable[..., Path], name: str) -> None:
    file = write(ODD[name]())
    assert traps(file) == []
    assert validate(file) == []


def test_wide_tables_are_sliced_within_words_limit(write: Callable[..., Path]) -> None:
    document = part(write(reports.report([body(grid(3, 150))])), "word/document.xml")
    columns = [len(list(t.iter(f"{W}gridCol"))) for t in document.iter(f"{W}tbl")]
    assert columns == [60, 60, 30]


def test_a_header_too_tall_is_not_repeated(write: Callable[..., Path]) -> None:
    tall = grid(3, 2, text="长" * 900)
    document = part(write(reports.report([body(tall)])), "word/document.xml")
    assert next(document.iter(f"{W}tblHeader"), None) is None
    assert next(document.iter(f"{W}cantSplit"), None) is None
