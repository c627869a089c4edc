"""Chapter files with mistakes: each is found at its place, and nothing is lost."""

from pathlib import Path

import pytest

from reportkit.model.blocks import Block, Case, Paragraph, Raw

from .support import at, chapter, codes, only
from .test_markdown import tree


def test_unclosed_fences_do_not_swallow_the_chapter(tmp_path: Path) -> None:
    table = "::: table\nunit: 人\n\n| a |\n|---|"
    text = f"# 章\n\n::: case {{title=甲}}\n正文\n\n## 节\n\n{table}\n\n后文\n"
    result = chapter(tmp_path, text)
    assert [(f.code, f.place.line) for f in result.findings] == [("RK120", 3), ("RK120", 8)]
    assert result.submission is not None
    found = result.submission.chapters[0]
    assert [b.type for b in found.blocks] == ["case"]
    assert [b.type for b in found.sections[0].blocks] == ["table", "paragraph"]


@pytest.mark.parametrize("kind", ["note", "figure", "sign-off", "chart", "case", "block"])
def test_content_of_unclosed_fences_is_kept(tmp_path: Path, kind: str) -> None:
    result = chapter(tmp_path, f"# 章\n\n::: {kind}\nalt: 甲\n\n后文\n")
    assert "RK120" in codes(result)
    assert result.submission is not None
    dump = result.submission.chapters[0].model_dump_json()
    assert "甲" in dump
    assert "后文" in dump


def test_inner_fence_left_open_is_the_one_reported(tmp_path: Path) -> None:
    text = "# 章\n\n:::: case\n\n::: note\n甲\n\n乙\n::::\n\n丙\n"
    finding = only(chapter(tmp_path, text), "RK120")
    assert at(finding) == ("chapters/1.md", 5, 1)


def test_case_left_open_before_the_next_case(tmp_path: Path) -> None:
    result = chapter(tmp_path, "# 章\n\n::: case {title=甲}\n一\n\n::: case {title=乙}\n二\n:::\n")
    assert at(only(result, "RK120")) == ("chapters/1.md", 3, 1)
    assert result.submission is not None
    assert [b.title for b in result.submission.chapters[0].blocks if isinstance(b, Case)] == [
        "甲",
        "乙",
    ]


def test_unclosed_code_does_not_swallow_the_chapter(tmp_path: Path) -> None:
    result = chapter(tmp_path, "# 章\n\n```\nx\n\n## 节\n\n正文\n")
    assert codes(result) == ["RK120", "RK126"]
    assert result.submission is not None
    assert result.submission.chapters[0].sections[0].title == "节"


def test_unknown_fence(tmp_path: Path) -> None:
    result = chapter(tmp_path, "# 章\n\n::: tabel {#x}\n甲\n:::\n\n后\n")
    finding = only(result, "RK121")
    assert (finding.args["kind"], finding.args["suggestion"]) == ("tabel", "table")
    assert at(finding) == ("chapters/1.md", 3, 5)
    assert result.submission is not None
    raw = result.submission.chapters[0].blocks[0]
    assert isinstance(raw, Raw)
    assert raw.text == "::: tabel {#x}\n甲\n:::"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("<div>甲</div>", "HTML"),
        ("<!-- 注释 -->", "HTML"),
        ("```python\nx = 1\n```", "代码块"),
        ("> 引用", "引用（>）"),
        ("---", "分隔线"),
        (":::", "没有开头的“:::”"),
        ("![甲](file:///etc/passwd)", "不在报送件文件夹中的图片 file:///etc/passwd"),
        ("![甲](https://example.org/a.png)", "不在报送件文件夹中的图片 https://example.org/a.png"),
        ("123456. 甲", "编号超过 9999 的列表"),
    ],
)
def test_raw_content_is_kept_word_for_word(tmp_path: Path, text: str, what: str) -> None:
    result = chapter(tmp_path, f"# 章\n\n{text}\n")
    finding = only(result, "RK126")
    assert finding.args["what"] == what
    assert finding.place.line == 3
    assert result.submission is not None
    (block,) = result.submission.chapters[0].blocks
    assert isinstance(block, Raw)
    assert block.text == text


def test_heading_inside_a_case_is_kept(tmp_path: Path) -> None:
    result = chapter(tmp_path, "# 章\n\n::: case\n甲\n\n## 乙\n\n丙\n:::\n")
    only(result, "RK126")
    assert result.submission is not None
    (case,) = result.submission.chapters[0].blocks
    assert isinstance(case, Case)
    assert [b.type for b in case.blocks] == ["paragraph", "raw", "paragraph"]


def test_text_before_the_first_heading(tmp_path: Path) -> None:
    result = chapter(tmp_path, "甲\n\n乙\n\n# 章\n\n丙\n")
    assert at(only(result, "RK138")) == ("chapters/1.md", 1, 1)
    assert result.submission is not None
    first, second = result.submission.chapters
    assert (first.title, first.numbered, len(first.blocks)) == ("", False, 2)
    assert second.title == "章"


def test_skipped_levels(tmp_path: Path) -> None:
    result = chapter(tmp_path, "# 章\n\n### 节\n\n## 节\n")
    finding = only(result, "RK304")
    assert (finding.place.line, finding.args) == (3, {"level": 3, "wanted": 2})


def test_file_that_begins_with_a_lower_heading(tmp_path: Path) -> None:
    result = chapter(tmp_path, "## 章\n\n### 节\n")
    only(result, "RK304")
    assert result.submission is not None
    assert tree(list(result.submission.chapters)) == [(None, "章", [(None, "节", [])])]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("| a | b |\n|---|---|\n| 1 | 2 |\n| 1 |", 6),
        ("::: table\n| a | b |\n|---|---|\n| 1 | 2 | 3 |\n| 1 | 2 |\n:::", 6),
        ("| a | b |\n|---|---|---|\n| 1 | 2 |", 4),
        ("::: table\nrows: [[a, b], [c], [d, e]]\n:::", 4),
        ("::: chart\n| a | b |\n|---|---|\n| 1 | 2 |\n| 1 |\n:::", 7),
    ],
)
def test_ragged_tables(tmp_path: Path, text: str, line: int) -> None:
    finding = only(chapter(tmp_path, f"# 章\n\n{text}\n"), "RK122")
    assert finding.place.line == line


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ("| ^^ | b |\n|---|---|\n| 1 | 2 |", (3, 3)),
        ("| << | b |\n|---|---|\n| 1 | 2 |", (3, 3)),
        ("| a | b |\n|---|---|\n| 1 | ^^ |", (5, 7)),
        ("| a | b | c |\n|---|---|---|\n| 1 | 2 | << |\n| 1 | ^^ | 3 |", (6, 7)),
    ],
)
def test_merges_that_do_not_work(tmp_path: Path, rows: str, place: tuple[int, int]) -> None:
    finding = only(chapter(tmp_path, f"# 章\n\n{rows}\n"), "RK123")
    assert (finding.place.line, finding.place.column) == place


def test_merges_that_work(tmp_path: Path) -> None:
    header = "| a | b | << |\n| ^^ | c | d |\n|---|---|---|"
    table = f"{header}\n| e | << | << |\n| 1 | 2 | << |\n| ^^ | ^^ | << |"
    assert codes(chapter(tmp_path, f"# 章\n\n{table}\n")) == []


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("## 节 {#教学}", "RK109", (3, 8)),
        ("## 节 {titel=甲}", "RK107", (3, 7)),
        ('::: table {captoin="甲"}\n| a |\n:::', "RK107", (3, 12)),
        ("::: table\ncaptoin: 甲\n:::", "RK107", (4, 1)),
        ("::: table\nfold: 9\n:::", "RK109", (4, 7)),
        ("::: table\nlandscape: yes\n:::", "RK109", (4, 12)),
        ("::: table\nunit: [a\n:::", "RK104", None),
        ("::: table\nunit: 人\nunit: 所\n:::", "RK105", (5, 1)),
        ('::: table {unit="人"}\nunit: 所\n:::', "RK105", (4, 1)),
        ("::: table {unit=人 unit=所}\n:::", "RK105", (3, 19)),
        ("::: table\nunit: &a 人\n:::", "RK106", (4, 7)),
        ("::: table\nunit: !!str 人\n:::", "RK106", (4, 7)),
        ("::: figure\nparts: [{caption: 甲}]\n:::", "RK108", (4, 9)),
        ("::: block\ntype: tabel\n:::", "RK109", (4, 7)),
        ("::: case {titel=甲}\n甲\n:::", "RK107", (3, 11)),
    ],
)
def test_wrong_options_are_found_at_their_place(
    tmp_path: Path, text: str, code: str, place: tuple[int, int] | None
) -> None:
    finding = only(chapter(tmp_path, f"# 章\n\n{text}\n"), code)
    if place:
        assert (finding.place.line, finding.place.column) == place


def test_fence_with_unreadable_options_is_kept(tmp_path: Path) -> None:
    result = chapter(tmp_path, "# 章\n\n::: table\n这不是选项\n:::\n")
    only(result, "RK104")
    assert result.submission is not None
    (kept,) = result.submission.chapters[0].blocks
    assert isinstance(kept, Raw)
    assert kept.text == "::: table\n这不是选项\n:::"


def test_repeated_ids(tmp_path: Path) -> None:
    result = chapter(tmp_path, "# 章 {#x}\n\n::: note\n甲\n:::\n\n::: table {#x}\n| a |\n:::\n")
    finding = only(result, "RK127")
    assert (finding.place.line, finding.related[0].place.line) == (7, 1)


def test_repeated_footnote(tmp_path: Path) -> None:
    finding = only(chapter(tmp_path, "# 章[^a]\n\n[^a]: 一\n[^a]: 二\n"), "RK127")
    assert (finding.place.line, finding.related[0].place.line) == (4, 3)


def test_long_paragraph_is_read_and_mentioned(tmp_path: Path) -> None:
    text = "字" * 100_000
    result = chapter(tmp_path, f"# 章\n\n{text}\n")
    finding = only(result, "RK115")
    assert finding.severity == "warning"
    assert result.submission is not None
    (block,) = result.submission.chapters[0].blocks
    assert isinstance(block, Paragraph)
    assert block.text == text


def test_absurdly_long_paragraph_loses_nothing(tmp_path: Path) -> None:
    result = chapter(tmp_path, "# 章\n\n" + "字" * 450_000)
    assert result.submission is not None
    blocks: list[Block] = list(result.submission.chapters[0].blocks)
    assert sum(len(b.text) for b in blocks if isinstance(b, Paragraph)) == 450_000


def test_endless_nesting(tmp_path: Path) -> None:
    for text in (
        "- " * 500 + "甲",
        "> " * 500 + "甲",
        "::: case\n" * 500 + "甲",
        "#" * 500 + " 甲",
    ):
        result = chapter(tmp_path, f"# 章\n\n{text}\n")
        assert result.submission is not None
        assert "甲" in result.submission.chapters[0].model_dump_json()
