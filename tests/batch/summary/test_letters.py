"""The letters of a batch: what they say, how they look, any number of findings."""

import re
from pathlib import Path

import pytest

from reportkit.batch.outcome import Outcome, State
from reportkit.batch.summary.figures import Row, summarise
from reportkit.batch.summary.letter import PER_RULE, ROWS, Letterhead, compose_letter, print_letter
from reportkit.checks import rules
from reportkit.model.base import Place
from reportkit.model.diagnostic import Severity
from reportkit.model.report import RTable
from tests.batch.outcomes import diagnostic
from tests.writing.tools import pdf_pages, to_pdf, traps, validate

from .sample import STANDARDS, outcome, summary
from .support import expect, words_of

HEAD = Letterhead(committee="示例审核组", date="2025年3月1日", deadline="3月15日")


def row(made: Outcome) -> Row:
    (found,) = summarise([made], {}, STANDARDS, {}).rows
    return found


def written(folder: Path, found: Row, head: Letterhead = HEAD) -> Path:
    file = folder / f"{found.item}.docx"
    file.write_bytes(print_letter(compose_letter(found, head)))
    return file


@pytest.mark.parametrize("name", ["甲", "丙", "戊", "坏 文件", "慢文件"])
def test_golden(tmp_path: Path, name: str) -> None:
    found = next(found for found in summary().rows if found.item == name)
    file = written(tmp_path, found)
    expect(f"letter-{name}.txt", words_of(file))
    assert traps(file) == []


def test_valid_by_the_open_xml_sdk(tmp_path: Path) -> None:
    found = next(found for found in summary().rows if found.item == "丙")
    assert validate(written(tmp_path, found)) == []


def test_placeholders_where_nobody_is_named(tmp_path: Path) -> None:
    text = words_of(written(tmp_path, summary().rows[0], Letterhead()))
    assert "〔审核单位〕" in text
    assert "请于〔　　年　月　日〕前" in text


def test_the_same_letter_has_the_same_bytes() -> None:
    one, other = (print_letter(compose_letter(summary().rows[0], HEAD)) for _ in range(2))
    assert one == other


def many(count: int) -> Outcome:
    codes = [rule.code for rule in rules() if rule.severity is Severity.ERROR][:40]
    found = [
        diagnostic(
            codes[n % len(codes)],
            f"第 {n} 处",
            Place(file="chapters/1.md", line=n),
            section=f"一、工作 › （{n % 7}）",
        )
        for n in range(count)
    ]
    return outcome("多", *found)


def test_five_hundred_findings_are_bounded_and_the_rest_is_counted() -> None:
    report = compose_letter(row(many(500)), HEAD)
    (table,) = [
        block for part in report.parts for block in part.blocks if isinstance(block, RTable)
    ]
    shown = sum(kind == "data" for kind in table.row_kinds)
    assert shown == ROWS < 40 * PER_RULE
    said = " ".join(
        run.text for part in report.parts for b in part.blocks for run in getattr(b, "runs", ())
    )
    assert "有500处问题必须改正" in said
    counted = re.search(r"还有(\d+)处", said)
    assert counted
    assert int(counted[1]) == 500 - shown


def test_pages_are_numbered_and_the_table_repeats_its_head(tmp_path: Path) -> None:
    pages = pdf_pages(to_pdf(written(tmp_path, row(many(120)))))
    assert len(pages) > 2
    assert all(f"— {n} —" in page for n, page in enumerate(pages, 1))
    assert all("应为及改法" in page for page in pages[1:-1])


def test_a_title_may_say_anything(tmp_path: Path) -> None:
    made = outcome("甲", state=State.PASSED, title="{organisation}<b>&\x00的{title}")
    assert "{organisation}<b>&" in words_of(written(tmp_path, row(made)))
