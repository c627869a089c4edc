"""Looks as data: ours are whole, a user's own is checked with every reason said."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from reportkit import resources
from reportkit.writing import (
    InvalidStyle,
    StyleProblem,
    UnknownStyle,
    available_styles,
    layout,
    load_style,
)
from reportkit.writing.plan import title_lines
from reportkit.writing.styles import TEXTS

from .sample_report import sample

OFFICIAL = resources.templates() / "official" / "style.yaml"


def own(folder: Path, **changes: object) -> Path:
    data = yaml.safe_load(OFFICIAL.read_text(encoding="utf-8"))
    data.update(changes)
    (folder / "style.yaml").write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return folder


def test_ours_are_two_and_the_official_one_comes_first() -> None:
    assert [style.id for style in available_styles()] == ["official", "plain"]
    assert load_style() == load_style("official")
    for style in available_styles():
        assert style.texts.keys() == TEXTS
        assert style.title
        assert style.description


def test_the_official_look_has_the_measures_of_gb_t_9704() -> None:
    style = load_style("official")
    page, body = style.page, style.texts["body"]
    assert (page.width, page.height) == (210, 297)
    assert (page.width - page.inside - page.outside, page.height - page.top - page.bottom) == (
        156,
        225,
    )
    assert body.line is not None
    assert int(225 / 25.4 * 72 / body.line) == 22
    assert int(156 / 25.4 * 72 / body.size) == 28


def test_a_folder_of_ones_own_is_a_look(tmp_path: Path) -> None:
    style = load_style(own(tmp_path, id="mine", title="本校版式", chapter_new_page=True))
    assert style.title == "本校版式"
    assert load_style(str(tmp_path / "style.yaml")) == style
    assert layout(sample(), style).page_count > layout(sample(), load_style()).page_count


def test_a_wrong_name_gets_a_suggestion() -> None:
    with pytest.raises(UnknownStyle, match=r"oficial.*是不是“official”") as caught:
        load_style("oficial")
    assert caught.value.suggestions == ("official",)
    with pytest.raises(StyleProblem, match="可用：official、plain"):
        load_style("/nowhere/at/all")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"colour": "red"}, "colour：不认识的键"),
        ({"page": {"top": 10}}, "page.bottom：缺少"),
        ({"page": {"top": 250, "bottom": 35, "inside": 28, "outside": 26}}, "版心不足"),
        ({"chapter_new_page": "maybe"}, "chapter_new_page：应是 true 或 false"),
        ({"table_caption": "left"}, "table_caption：取值不在可选范围内"),
        ({"case": {"fill": "red"}}, "case.fill：写法不对"),
        ({"texts": {"body": {"font": "nix", "size": 12}}}, "texts 缺少 title"),
        ({"texts": {"body": {"font": "nix", "size": 12}}}, "没有定义的字体 nix"),
        ({"page_number": {"pattern": "页", "font": "song", "size": 9}}, "应含 {n}"),
        ({"chart": {"colours": []}}, "chart.colours"),
    ],
)
def test_every_reason_is_said(tmp_path: Path, changes: dict[str, object], reason: str) -> None:
    with pytest.raises(InvalidStyle) as caught:
        load_style(own(tmp_path, **changes))
    assert any(reason in text for text in caught.value.reasons), caught.value.reasons


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"id: [", "不合 YAML 写法"),
        ("id: 版式".encode("gbk"), "UTF-8"),
        (b"- a\n- b\n", "键: 值"),
        (b"", "键: 值"),
        (b"a: &x [1]\nb: *x\n", "别名"),
        (b"#" * 300_000, "过大"),
    ],
)
def test_a_file_that_is_no_style(tmp_path: Path, content: bytes, reason: str) -> None:
    (tmp_path / "style.yaml").write_bytes(content)
    with pytest.raises(InvalidStyle, match=reason):
        load_style(tmp_path)


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("某某区质量年度报告（2023）", ["某某区质量年度报告（2023）"]),
        (
            "某某某某某职业教育质量年度报告（2024年度）",
            ["某某某某某职业教育质量年度报告", "（2024年度）"],
        ),
        ("甲" * 20, ["甲" * 10, "甲" * 10]),
        ("甲" * 14 + "2023—2024学年报告", ["甲" * 12, "甲甲2023—2024学年报告"]),
        ("", [""]),
    ],
)
def test_titles_break_between_words(title: str, lines: list[str]) -> None:
    """Lines alike in length, numbers and brackets whole."""
    assert list(title_lines(title, load_style("official"))) == lines


@given(st.text(st.sampled_from("甲乙（）“”2023年度—abc，、。"), max_size=80))
def test_titles_keep_every_character(title: str) -> None:
    assert "".join(title_lines(title, load_style("official"))) == title
