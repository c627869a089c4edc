"""A new submission: everything to fill in is there, and evident."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from reportkit.checks import check
from reportkit.checks.content import GUIDANCE
from reportkit.composing import compose
from reportkit.model.blocks import Block, Case, Paragraph, Section, Table
from reportkit.model.standard import Need, Standard
from reportkit.model.submission import Submission
from reportkit.reading import ReadResult
from reportkit.standards import available, load
from reportkit.standards.crosswalk import sections
from reportkit.standards.scaffold import MARKER, new_submission

from .tools import DATA, heir

STANDARDS = [*available(), load("information-disclosure-2021", extra=DATA)]
each = pytest.mark.parametrize("standard", STANDARDS, ids=lambda standard: standard.id)


def made(standard: Standard, year: int = 2024) -> Submission:
    return new_submission(standard, "示例单位", year)


def every(items: tuple[Section, ...]) -> Iterator[Section]:
    for item in items:
        yield item
        yield from every(item.sections)


def blocks(submission: Submission) -> Iterator[Block]:
    for section in every(submission.chapters):
        for block in section.blocks:
            yield block
            if isinstance(block, Case):
                yield from block.blocks


def test_the_marker_is_the_one_that_checks_know() -> None:
    assert MARKER == GUIDANCE


@each
def test_every_section_that_is_allowed_is_there_with_guidance(standard: Standard) -> None:
    found = {section.id: section for section in every(made(standard).chapters)}
    wanted = [spec for spec in sections(standard) if spec.need is not Need.FORBIDDEN]
    assert list(found) == [spec.id for spec in wanted]
    for spec in wanted:
        first = found[spec.id].blocks[0]
        assert isinstance(first, Paragraph)
        assert first.text.startswith(MARKER)
        assert (spec.guidance or "") in first.text


@each
def test_mandatory_tables_stand_in_their_sections(standard: Standard) -> None:
    found = {block.id: block for block in blocks(made(standard)) if isinstance(block, Table)}
    wanted = [table for table in standard.tables if table.need is Need.REQUIRED]
    assert list(found) == [f"tbl:{table.id}" for table in wanted]
    for spec in wanted:
        table = found[f"tbl:{spec.id}"]
        assert table.rows[: table.header_rows] == spec.header
        body = table.rows[table.header_rows :]
        assert [row[0] for row in body] == [row[0] for row in spec.rows]
        shown = [name for name in spec.indicators if name]
        assert [cell for row in body for cell in row if cell.startswith("{{")] == [
            f"{{{{ {name} }}}}" for name in shown
        ]


@each
def test_every_indicator_asked_for_has_a_row_without_value(standard: Standard) -> None:
    submission = made(standard)
    found = {item.indicator for item in submission.data.observations}
    assert {item.id for item in standard.required_indicators} <= found
    assert found <= {indicator.id for indicator in standard.indicators}
    assert all(item.value is None for item in submission.data.observations)
    assert len(found) == len(submission.data.observations)


@each
def test_it_is_complete_but_not_filled_in(standard: Standard) -> None:
    """Nothing of the outline is missing; what is left to write is told, and nothing breaks."""
    submission = made(standard)
    result = ReadResult(submission, Path(), "json")
    report = compose(submission, standard)
    codes = {finding.code for finding in check(result, standard, report)}
    assert "RK228" in codes
    required = any(item.need is Need.REQUIRED for item in standard.required_indicators)
    assert ("RK218" in codes) is required
    assert not codes & {f"RK2{number:02d}" for number in (*range(1, 7), 14, 15, 16, 17, 26)}
    assert not {code for code in codes if code.startswith("RK3")}


@pytest.mark.parametrize(
    ("name", "year", "start", "end", "label"),
    [
        ("bj-district-2020", 2020, date(2020, 1, 1), date(2020, 12, 31), None),
        ("bj-district-2020", 2023, date(2022, 1, 1), date(2022, 12, 31), None),
        ("moe-2023-district", 2023, date(2023, 1, 1), date(2023, 12, 31), None),
        ("moe-2024-school", 2024, date(2023, 9, 1), date(2024, 8, 31), "2023—2024学年"),
    ],
)
def test_the_data_period_follows_the_standard(
    name: str, year: int, start: date, end: date, label: str | None
) -> None:
    metadata = made(load(name), year).metadata
    period = metadata.data_period
    assert (metadata.title_year, period.start, period.end) == (year, start, end)
    assert period.label == label


def test_a_leap_day_does_no_harm(tmp_path: Path) -> None:
    standard = heir(tmp_path, "data_window: {start: '03-01'}\n")
    period = made(standard, 2024).metadata.data_period
    assert (period.start, period.end) == (date(2023, 3, 1), date(2024, 2, 29))


def test_metadata_name_the_organisation_and_leave_the_rest_open() -> None:
    metadata = made(load("moe-2024-school")).metadata
    assert metadata.title == "示例单位职业教育质量年度报告（2024年度）"
    assert list(metadata.statement.values()) == ["", "", ""]
    assert metadata.sign_off == ("示例单位", "××××年××月××日")


def test_a_long_name_still_gives_a_title_that_is_allowed() -> None:
    submission = new_submission(load("bj-district-2020"), "某" * 100, 2024)
    assert len(submission.metadata.title) == 100


def test_an_untitled_preface_has_no_title() -> None:
    assert made(load("bj-district-2020")).chapters[0].title == ""
    assert made(load("bj-municipal-2025")).chapters[0].title == "前言"
