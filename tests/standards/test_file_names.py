"""What the files of a report are called: by the standard's pattern, safe on every system."""

import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportkit.model.blocks import Chapter, Paragraph
from reportkit.model.submission import DataPeriod, Metadata, Organisation, Submission
from reportkit.reading import write_document
from reportkit.standards import InvalidStandard, file_name, load, safe_name, unique_names
from reportkit.workflow import build, open_submission

from .tools import write

WINDOW = DataPeriod(start=date(2023, 1, 1), end=date(2023, 12, 31))
OWN = """\
id: own
extends: common
title: 自定
level: other
file_name: {{pattern: "{pattern}", status: assumed}}
outline:
  - {{id: one, title: 甲}}
"""


def metadata(title: str = "甲校年度报告（2024）", **facts: str) -> Metadata:
    organisation = Organisation(name="甲校", **facts)
    return Metadata(
        standard="own", title=title, title_year=2024, data_period=WINDOW, organisation=organisation
    )


def named(folder: Path, pattern: str, **facts: str) -> str:
    write(folder, "own", OWN.format(pattern=pattern))
    return file_name(load("own", extra=folder), metadata(**facts))


def test_the_pattern_is_filled(tmp_path: Path) -> None:
    pattern = "{region}-{code}{organisation}{year}年度报告"
    assert named(tmp_path, pattern, code="3111", region="城东区") == "城东区-3111甲校2024年度报告"


def test_what_is_not_given_leaves_nothing_at_the_edges(tmp_path: Path) -> None:
    assert named(tmp_path, "{region}-{organisation}_{code}") == "甲校"


def test_the_title_is_the_name_where_nothing_else_is_said() -> None:
    assert file_name(load("moe-2024-school"), metadata()) == "甲校年度报告（2024）"
    assert file_name(None, metadata("甲/乙：报告")) == "甲_乙：报告"


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("{organisation}{month}", "{month} 不认识；可以用 {code}、{organisation}、"),
        ("{organisation}/{title}", "文件名不能用的字符 /"),
        ("{region}{year}年度报告", "至少要有 {title}、{organisation}、{code} 之一"),
    ],
)
def test_a_slip_in_the_pattern_is_told(tmp_path: Path, pattern: str, told: str) -> None:
    with pytest.raises(InvalidStandard) as caught:
        named(tmp_path, pattern)
    assert told in str(caught.value)
    assert "own/standard.yaml:5:" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("CON", "_CON"),
        ("com1.报告", "_com1.报告"),
        (" ..报告.. ", "报告"),
        ("-rf", "rf"),
        ("甲\u202e乙\u0000丙", "甲乙丙"),
        ("a<b>c:d\"e|f?g*h\\i/j", "a_b_c_d_e_f_g_h_i_j"),
        ("", "report"),
        ("///", "report"),
    ],
)  # fmt: skip
def test_names_are_safe(text: str, safe: str) -> None:
    assert safe_name(text) == safe


@given(st.text(max_size=400), st.integers(20, 200))
def test_any_text_becomes_a_name_that_fits(text: str, longest: int) -> None:
    name = safe_name(text, longest)
    assert 0 < len(name.encode()) <= longest + 1
    assert not set(name) & set('<>:"/\\|?*')
    assert name == name.strip(" .")
    assert all(unicodedata.category(char)[0] != "C" for char in name)


@given(st.lists(st.sampled_from(["a", "A", "a（2）", "é", "e\u0301", "甲" * 80]), max_size=12))
def test_names_of_a_batch_differ_whatever_the_system_compares(names: list[str]) -> None:
    made = unique_names(names)
    assert len({unicodedata.normalize("NFC", name).casefold() for name in made}) == len(names)
    assert all(len(name.encode()) <= max(160, len(given.encode()))
               for name, given in zip(made, names, strict=True))  # fmt: skip


def test_the_second_of_a_name_is_marked() -> None:
    assert unique_names(["甲", "乙", "甲", "甲"]) == ["甲", "乙", "甲（2）", "甲（3）"]


def test_build_names_its_files_by_the_pattern(tmp_path: Path) -> None:
    write(tmp_path / "standards", "own", OWN.format(pattern="{code}{organisation}"))
    made = Submission(
        metadata=metadata(code="3111"),
        chapters=(Chapter(title="甲", blocks=(Paragraph(text="一段足够长的正文。"),)),),
    )
    write_document(made, tmp_path / "a.json")
    opened = open_submission(tmp_path / "a.json", standards=tmp_path / "standards", draft=True)
    built = build(opened, tmp_path / "out", formats=("docx",))
    assert built.files[0].name == "3111甲校（草稿）.docx"
