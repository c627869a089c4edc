"""Native numbers are used where Word provably counts alike, and only there."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportkit.model.report import Heading, RList, RListItem
from reportkit.writing.docx.counting import MultiLevel, read
from reportkit.writing.docx.numbering import Numbering

from . import reports


@pytest.mark.parametrize(
    ("number", "level", "text", "values"),
    [
        ("一、", 1, "%1、", (1,)),
        ("（十二）", 2, "（%2）", (12,)),
        ("1. ", 3, "%3. ", (1,)),
        ("3.1.12 ", 3, "%1.%2.%3 ", (3, 1, 12)),
        ("第十章 ", 1, "第%1章 ", (10,)),
        ("②", 4, "%4", (2,)),
    ],
)
def test_numbers_taken_apart(number: str, level: int, text: str, values: tuple[int, ...]) -> None:
    taken = read(number, level)
    assert taken is not None
    assert (taken.form.text, taken.values) == (text, values)


@pytest.mark.parametrize("number", ["", "附件", "010 ", "一.1", "100% 1", "㊀"])
def test_numbers_that_no_list_makes(number: str) -> None:
    assert read(number, 2) is None


@given(st.lists(st.integers(1, 4), min_size=1, max_size=60))
def test_decimal_paths_counted_as_lists_count(steps: list[int]) -> None:
    """Any walk through levels that never skips one reads 1, 1.1, 1.2, 2 … from the list."""
    counter, path = MultiLevel(), []
    for wanted in steps:
        level = min(wanted, len(path) + 1)
        path = [*path[: level - 1], (path[level - 1] if len(path) >= level else 0) + 1]
        assert counter.take(level, ".".join(map(str, path)) + " ")


def test_a_number_out_of_turn_is_text() -> None:
    counter = MultiLevel()
    assert counter.take(1, "一、")
    assert not counter.take(1, "三、")
    assert counter.take(1, "二、")


def _places(report: Any) -> tuple[Numbering, list[Heading]]:
    return Numbering(report), [b for p in report.parts for b in p.blocks if isinstance(b, Heading)]


def test_chapters_share_the_list_of_the_heading_styles() -> None:
    numbering, headings = _places(reports.outline(reports.PATTERNS[0][:2]))
    own = [h for h in headings if h.anchor == "plain-1"]
    rest = [h for h in headings if h.number and h not in own]
    assert all((place := numbering.place(h)) and place.by_style for h in rest)
    place = numbering.place(own[0])
    assert place is not None
    assert not place.by_style
    assert place.num != 1


def test_arabic_sections_below_chinese_chapters_are_text() -> None:
    numbering, headings = _places(reports.outline(("第{cn}章 ", "{path} ")))
    texts = [h for h in headings if h.level == 2 and h.anchor != "plain-1"]
    assert all(numbering.place(h) is None for h in texts)
    assert all(numbering.place(h) for h in headings if h.level == 1 and h.number)


def test_markers_of_lists() -> None:
    def items(*markers: str) -> RList:
        made = tuple(RListItem(marker=m, blocks=(reports.para("内容"),)) for m in markers)
        return RList(ordered=not markers[0].startswith("•"), items=made)

    numbering = Numbering(reports.report([]))
    assert numbering.markers(items("•", "•")) == numbering.markers(items("•"))
    assert numbering.markers(items("3.", "4.", "5.")) is not None
    assert numbering.markers(items("（1）", "（3）")) is None
    assert numbering.markers(items("甲", "乙")) is None
