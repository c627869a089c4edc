"""Chapter files: every feature of the syntax, and the place of everything."""

from pathlib import Path
from typing import Any

import pytest

from reportkit.model.blocks import (
    Block,
    Case,
    Chapter,
    Figure,
    ListBlock,
    Note,
    Paragraph,
    Raw,
    SignOff,
    Table,
)
from reportkit.reading.markdown import read_chapters
from reportkit.reading.review import inner, sections
from reportkit.reading.source import Log, Source

from .support import at, chapter, codes, only


def read(text: str) -> Chapter:
    log = Log()
    found = read_chapters(Source("c.md", text, log))
    assert not log.findings, log.findings
    assert len(found) == 1
    return found[0]


def block(text: str) -> Any:
    blocks = read(f"# 章\n\n{text}\n").blocks
    assert len(blocks) == 1, blocks
    return blocks[0]


def tree(chapters: list[Chapter]) -> list[Any]:
    def node(section: Any) -> Any:
        return (section.number, section.title, [node(child) for child in section.sections])

    return [node(chapter) for chapter in chapters]


def test_headings_make_the_tree() -> None:
    found = read("# 一、人才培养\n\n## （一）立德树人\n### 1. 思政\n## （二）专业\n")
    assert tree([found]) == [
        ("一、", "人才培养", [
            ("（一）", "立德树人", [("1.", "思政", [])]),
            ("（二）", "专业", []),
        ])
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "number", "title", "rest"),
    [
        ("## 标题 {#x}", None, "标题", {"id": "x"}),
        ("## 标题 {#a:b-c_d.e .unnumbered}", None, "标题", {"id": "a:b-c_d.e", "numbered": False}),
        ('## 标题 {number="一、"}', "一、", "标题", {}),
        ('## 一、标题 {number=""}', None, "一、标题", {}),
        ("## 3.2.1 {#x}", "3.2.1", "", {"id": "x"}),
        ("## {#x}", None, "", {"id": "x"}),
        ("##", None, "", {}),
        ("## 标题 ##", None, "标题", {}),
        ("## C# 语言", None, "C# 语言", {}),
        ("## C#", None, "C#", {}),
        ("## 招生 {{ n.total }}", None, "招生 {{ n.total }}", {}),
        ("## 集合 {甲}", None, "集合 {甲}", {}),
        ("## 标题 {#a} {}", None, "标题 {#a}", {}),
        ("   ## 缩进的标题", None, "缩进的标题", {}),
        ("##标题忘了空格", None, "标题忘了空格", {}),
        ('## {title="  a\\n\\"b\\"\\\\"}', None, '  a\n"b"\\', {}),
    ],
)
def test_heading_lines(line: str, number: str | None, title: str, rest: dict[str, Any]) -> None:
    section = read(f"# 章\n\n{line}\n").sections[0]
    assert (section.number, section.title) == (number, title)
    for name in ("id", "numbered"):
        assert getattr(section, name) == rest.get(name, {"id": None, "numbered": True}[name])


def test_hashtags_are_no_headings() -> None:
    assert block("#大国工匠进校园#活动已经举办。") == block("#大国工匠进校园#活动已经举办。")
    assert isinstance(block("#大国工匠进校园#活动已经举办。"), Paragraph)
    assert isinstance(block("#1 车间"), Paragraph)


def test_empty_heading_makes_a_numbered_paragraph() -> None:
    section = read("# 章\n\n### 3.2.1 {level=2}\n\n重视教研工作。\n").sections[0]
    assert (section.number, section.title) == ("3.2.1", "")
    assert [b.text for b in section.blocks if isinstance(b, Paragraph)] == ["重视教研工作。"]


def test_deep_levels() -> None:
    lines = [
        f"{'#' * min(n, 6)} 级{n}" + (f" {{level={n}}}" if n > 6 else "") for n in range(1, 10)
    ]
    depth, section = 1, read("\n".join(lines) + "\n")
    while section.sections:
        section, depth = section.sections[0], depth + 1  # type: ignore[assignment]
    assert (depth, section.title) == (9, "级9")


def test_several_chapters_in_a_file_share_its_footnotes() -> None:
    text = "# 甲\n\n一[^a]二[^b]\n\n# 乙\n\n三[^b]\n\n[^a]: A\n[^b]: B\n[^c]: C\n"
    first, second = read_chapters(Source("c.md", text, Log()))
    assert {k: n.text for k, n in first.footnotes.items()} == {"a": "A", "b": "B"}
    assert {k: n.text for k, n in second.footnotes.items()} == {"b": "B", "c": "C"}


def test_paragraphs_keep_their_inline_markdown() -> None:
    text = "**明确**定位，*见* @tbl:a 与 [网页](https://a.b)，{{ n.total | diff }} \\* [^1]"
    assert block(text) == Paragraph(text=text, place=block(text).place)


def test_indented_paragraphs_are_paragraphs() -> None:
    assert block("    四个空格").text == "四个空格"
    assert block("　　全角空格").text == "全角空格"
    assert block("\t制表符\n  第二行").text == "制表符\n第二行"


def test_line_under_a_paragraph_is_no_heading(tmp_path: Path) -> None:
    result = chapter(tmp_path, "# 章\n\n正文\n---\n")
    assert codes(result) == ["RK126"]
    assert result.submission is not None
    assert [b.type for b in result.submission.chapters[0].blocks] == ["paragraph", "raw"]


def test_link_definitions_are_kept_as_text() -> None:
    assert block("[甲]: https://example.org").text == "[甲]: https://example.org"


def test_lists() -> None:
    found = block("3. 甲\n4. 乙\n   乙二\n   - 丙\n\n     丁\n5.")
    assert isinstance(found, ListBlock)
    assert (found.ordered, found.start, len(found.items)) == (True, 3, 3)
    second = found.items[1].blocks
    assert isinstance(second[0], Paragraph)
    assert second[0].text == "乙\n乙二"
    assert isinstance(second[1], ListBlock)
    assert [b.text for b in second[1].items[0].blocks if isinstance(b, Paragraph)] == ["丙", "丁"]
    assert found.items[2].blocks == ()


def test_table_fence() -> None:
    found = block(
        '::: table {#tbl:x caption="表2-1 满意度"}\n'
        "unit: 人\nnotes: [甲, 乙]\nlandscape: true\nfold: 2\nperiods: [2021, 3:20]\nscope: no\n\n"
        "| 分类 | 满意度 | << |\n| ^^ | 数量 | 比例 |\n|---|---|:--:|\n| a\\|b | 010010 | — |\n"
        ":::"
    )
    assert isinstance(found, Table)
    assert (found.id, found.number, found.caption) == ("tbl:x", "表2-1", "满意度")
    assert (found.unit, found.notes, found.landscape, found.fold) == ("人", ("甲", "乙"), True, 2)
    assert (found.periods, found.scope) == (("2021", "3:20"), "no")
    assert found.header_rows == 2
    assert found.rows == (
        ("分类", "满意度", "<<"),
        ("^^", "数量", "比例"),
        ("a|b", "010010", "—"),
    )


def test_text_after_the_rows_of_a_table_is_a_note() -> None:
    found = block("::: table\n| a |\n|---|\n| 1 |\n\n注：甲。\n:::")
    assert found.notes == ("注：甲。",)
    found = block("::: table\n| a |\n|---|\n| 1 |\n\nsource: 某处\n:::")
    assert found.source == "某处"


def test_table_from_csv_and_from_indicators() -> None:
    found = block("::: table\ndata: ./data\\x.csv\n:::")
    assert (found.data, found.rows) == ("data/x.csv", ())
    found = block("::: table\ncompare: [a.b]\nperiods: [2021, 2022]\n:::")
    assert (found.compare, found.periods) == (("a.b",), ("2021", "2022"))


def test_tables_outside_of_fences() -> None:
    assert block("| a | b |\n|---|---|\n| 1 | 2 |").rows == (("a", "b"), ("1", "2"))
    assert block("a | b\n--- | ---\n1 | 2").rows == (("a", "b"), ("1", "2"))
    assert block("| a | b |\n| 1 | 2 |").header_rows == 1
    assert block("|---|\n| 1 |").header_rows == 0
    before, after = read("# 章\n\n如下：\n| a |\n|---|\n| 1 |\n").blocks
    assert isinstance(before, Paragraph)
    assert isinstance(after, Table)


def test_figures() -> None:
    found = block(
        '::: figure {#fig:a caption="图 2-3 校园" owner="某校"}\nimage: figures/a.png\n:::'
    )
    assert isinstance(found, Figure)
    assert (found.number, found.caption, found.owner) == ("图 2-3", "校园", "某校")
    found = block(
        "::: figure\nparts:\n  - image: figures/a.png\n    caption: 甲\n"
        "  - {image: figures/b.png}\ncredit: 摄影\nwidth: 60\n:::"
    )
    assert [part.image for part in found.parts] == ["figures/a.png", "figures/b.png"]
    assert (found.credit, found.width) == ("摄影", 60)


def test_image_alone_on_a_line_is_a_figure() -> None:
    found = block("![校园\\]](figures/a b.png)")
    assert (found.alt, found.image) == ("校园]", "figures/a b.png")
    assert block("![](<./figures\\a.png>)").image == "figures/a.png"
    found = block('![甲](a.png "图1-1 校园")')
    assert (found.number, found.caption) == ("图1-1", "校园")
    assert len(read("# 章\n\n![](a.png)\n![](b.png)\n").blocks) == 2


def test_chart() -> None:
    found = block(
        "::: chart {#fig:c caption=图1-1}\nkind: ring\n\n| 年 | 数 |\n|---|---|\n| 1 | 2 |\n:::"
    )
    assert (found.kind, found.number, found.caption) == ("ring", "图1-1", "")
    assert found.rows == (("年", "数"), ("1", "2"))


def test_cases_hold_blocks() -> None:
    found = block(
        ':::: case {#case:x title="【案例1-1】以“北斗”精神" owner=某校 run-in}\n'
        "第一段。\n\n- 甲\n\n::: table\n| a |\n|---|\n:::\n\n::: case {title=内}\n里\n:::\n\n"
        "![](a.png)\n::::"
    )
    assert isinstance(found, Case)
    assert (found.number, found.title, found.owner) == ("【案例1-1】", "以“北斗”精神", "某校")
    assert found.run_in
    assert [b.type for b in found.blocks] == ["paragraph", "list", "table", "case", "figure"]


def test_note_and_sign_off() -> None:
    found = block("::: note {label=数据来源}\n甲\n  乙\n:::")
    assert isinstance(found, Note)
    assert (found.label, found.text) == ("数据来源", "甲\n乙")
    found = block("::: sign-off\n某区教育委员会\n\n2022年12月23日\n:::")
    assert isinstance(found, SignOff)
    assert found.lines == ("某区教育委员会", "2022年12月23日")


def test_block_fence_spells_any_block_out() -> None:
    found = block(
        '::: block\ntype: list\nitems:\n  - blocks: [{type: paragraph, text: "# a"}]\n:::'
    )
    assert [b.model_dump() for b in found.items[0].blocks] == [{"type": "paragraph", "text": "# a"}]


def test_fences_may_be_typed_clumsily() -> None:
    assert isinstance(block("：：：note\n甲\n：：：："), Note)
    assert isinstance(block("::: {.note}\n甲\n:::"), Note)
    assert block("::: figure {caption=“校园“一角””}\nimage: a.png\n:::").caption == "校园“一角”"
    found = block("- 甲\n\n  ::: note\n  乙\n  :::")
    assert [b.type for b in found.items[0].blocks] == ["paragraph", "note"]
    found = block("- ::: note\n  乙\n  :::")
    assert [b.type for b in found.items[0].blocks] == ["note"]


def test_footnotes() -> None:
    found = read(
        '# 章[^1]\n\n甲[^注]\n\n[^1]: 一\n  二\n[^注]:   三\n\n::: footnotes\nc: " d"\n:::\n'
    )
    assert {k: n.text for k, n in found.footnotes.items()} == {"1": "一\n二", "注": "三", "c": " d"}


def every_text(chapter: Chapter) -> list[tuple[str, Any]]:
    """All texts of a chapter with their places."""
    found: list[tuple[str, Any]] = []

    def add(part: Any, name: str, text: str | None) -> None:
        if text:
            found.append((text, part.place_of(name)))

    for section in sections([chapter]):
        add(section, "title", section.title)
        add(section, "number", section.number)
        assert section.place is not None
        if section.title:
            found.append((section.title, section.place))
        for item in inner(section.blocks):
            for name in ("text", "caption", "title", "number", "unit", "source", "id"):
                add(item, name, getattr(item, name, None))
            for name in ("notes", "lines"):
                for index, text in enumerate(getattr(item, name, ())):
                    add(item, f"{name}.{index}", text)
            for r, row in enumerate(getattr(item, "rows", ())):
                for c, cell in enumerate(row):
                    add(item, f"rows.{r}.{c}", cell)
    for note in chapter.footnotes.values():
        add(note, "text", note.text)
    return found


PLACES = """\
# 一、人才 培养 {#top}

　　第一段开头，
  第二行[^a]
\t第三行。

##  1.1 规模 ##
### 3.2.1
- 甲
- 乙
  丙

  1. 丁
     戊
  2. | a | b |
     |---|---|
     | 1 |   2  |

:::: case {#case:x title="【案例1-1】好" owner="某校"}
  段落一
段落二

::: table {#tbl:x caption="表1-1 招生"}
unit: 人
source: "引号中"
notes:
  - 注一
  - '注二'

| 年度 |  招生|
| --- | ---|
| 2020 | 277 |
:::
::::

::: chart {caption='图1-1　趋势'}
| 年 | 数 |
|---|---|
| 1 | 2 |
:::

::: note
  说明一
说明二
:::

::: sign-off
  某区
:::

![alt](a.png "图2-1 校园")

[^a]:  脚注一
    脚注二
"""


def test_places_are_exact_to_the_character() -> None:
    chapter = read(PLACES)
    lines = PLACES.split("\n")
    texts = every_text(chapter)
    assert len(texts) > 40
    for text, place in texts:
        for offset, char in enumerate(text):
            if char == "\n":
                continue
            here = place.at(text, offset)
            assert lines[here.line - 1][here.column - 1] == char, (text, offset, here)


def test_places_where_text_does_not_stand_letter_by_letter() -> None:
    found = block("| a\\|b |\n|---|\n")
    place = found.place_of("rows.0.0")
    assert (place.line, place.column, place.columns) == (3, 3, ())
    assert place.at("a|b", 2) == place


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
