"""Chapter files: every feature of the syntax, and the place of everything."""

from pathlib import Path
from typing import Any

import pytest

from reportkit.model.blocks import (
    Case,
    Chapter,
    Figure,
    ListBlock,
    Note,
    Paragraph,
    SignOff,
    Table,
)
from reportkit.reading.markdown import read_chapters
from reportkit.reading.review import inner, sections
from reportkit.reading.source import Log, Source

from .support import chapter, codes


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
