"""Comments in the writer's own Word file: at the exact words, and nothing else changed."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from reportkit.model.diagnostic import Diagnostic
from reportkit.reading.importing.stream import Text
from reportkit.writing.comments import Refused, write_comments
from tests.reading.importing.docx.test_fields import BEGIN, END, SEPARATE, code
from tests.reading.importing.docx.test_objects import box
from tests.reading.importing.docx.word import Word, cell, para, read, row, run, table

from .told import NO_COMMENTS, W, commented, found, marked, parts, without_marks

AFTER = NO_COMMENTS | {"word/comments.xml"}


@pytest.fixture
def word(tmp_path: Path) -> Word:
    return Word(tmp_path)


def answer(file: Path, *diagnostics: Diagnostic) -> Path:
    """The commented file; everything that is no comment must be as it was."""
    out = file.with_name(f"out-{file.name}")
    write_comments(file, diagnostics, out)
    before, after = parts(file), parts(out)
    assert {name: after.get(name) for name in before if name not in AFTER} == {
        name: content for name, content in before.items() if name not in AFTER
    }
    assert set(after) - set(before) <= {"word/comments.xml"}
    main = "word/document.xml"
    assert without_marks(after[main]) == without_marks(before[main])
    assert [i for i in read(out).items if isinstance(i, Text)] == [
        _renamed(i, out.name) for i in read(file).items if isinstance(i, Text)
    ]
    return out


def _renamed(item: Text, name: str) -> Text:
    from dataclasses import replace

    steps = tuple((at, p.model_copy(update={"file": name})) for at, p in item.place.steps)
    return replace(item, place=item.place.model_copy(update={"file": name, "steps": steps}))


def words(file: Path, *diagnostics: Diagnostic) -> list[str]:
    """The words that the comments mark."""
    return [text for text, _ in commented(answer(file, *diagnostics))]


def test_a_comment_says_what_and_how(word: Word) -> None:
    file = word.write(para("七、面临挑战"))
    ((text, said),) = commented(answer(file, found("编号“七、”应为“六、”", 1, "七、")))
    assert text == "七、"
    assert said.split("\n") == [
        "RK301 必须改正", "编号“七、”应为“六、”", "应为：六、", "怎么改：改正编号。",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("quote", "column", "marks"),
    [
        ("招生", None, "招生"),
        ("招生", 8, "招生"),
        ("253人", 1, "253人"),
        ("**招生**253人", None, "招生253人"),
        ("一、招生253", None, "招生253"),
        ("全文没有", None, "招生253人，毕业招生多"),
        ("", 4, "招生253人，毕业招生多"),
    ],
)
def test_the_words_are_found(word: Word, quote: str, column: int | None, marks: str) -> None:
    body = para(run("招", "<w:b/>") + run("生25") + run("3人，毕业招生多"))
    assert words(word.write(body), found("x", 1, quote, column)) == [marks]


def test_of_equal_words_those_at_the_column_are_meant(word: Word) -> None:
    file = word.write(para("甲校甲校甲校"))
    out = answer(file, found("x", 1, "甲校", 3))
    root = etree.fromstring(parts(out)["word/document.xml"])
    (start,) = root.iter(f"{W}commentRangeStart")
    before = "".join(t.text for t in start.xpath("preceding::w:t", namespaces={"w": W[1:-1]}))
    assert before == "甲校"


@pytest.mark.parametrize(
    "around",
    [
        "<w:hyperlink w:anchor='x'>{}</w:hyperlink>",
        "<w:ins w:id='9'>{}</w:ins>",
        "<w:smartTag>{}</w:smartTag>",
        "<w:fldSimple w:instr='REF x'>{}</w:fldSimple>",
        "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>",
    ],
)
def test_words_in_links_changes_and_controls(word: Word, around: str) -> None:
    file = word.write(para("前", around.format(run("见表1-1所示")), "后"))
    assert words(file, found("x", 1, "表1-1"), found("y", 1, "前见")) == ["表1-1", "前见"]


def test_fields_are_marked_whole_as_word_makes_their_result_anew(word: Word) -> None:
    made = BEGIN + code("REF x") + SEPARATE + run("表1-1") + END
    assert words(word.write(para("前见", made, "后")), found("x", 1, "1-1后")) == ["表1-1后"]


def test_lines_of_contents_are_marked_before_the_contents(word: Word) -> None:
    page = BEGIN + code("PAGEREF x") + SEPARATE + run("3") + END
    first = para(BEGIN + code("TOC") + SEPARATE, "一、概况", page)
    file = word.write(para("目录") + first + para("二、发展", page) + para(END, "正文"))
    out = answer(file, found("x", 3, "发展"), found("y", 4, "正文"))
    root = etree.fromstring(parts(out)["word/document.xml"])
    start, other = root.iter(f"{W}commentRangeStart")
    assert marked(root, start.get(f"{W}id")) == ""
    assert start.getparent() is list(root.iter(f"{W}p"))[1]
    assert marked(root, other.get(f"{W}id")) == "正文"


def test_controls_that_hold_plain_text_only_are_marked_around(word: Word) -> None:
    control = "<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    file = word.write(para("前", control.format(run("二〇二三年")), "后"))
    out = answer(file, found("x", 1, "二三"))
    root = etree.fromstring(parts(out)["word/document.xml"])
    (start,) = root.iter(f"{W}commentRangeStart")
    assert start.getparent().tag == f"{W}p"


def test_several_comments_on_the_same_and_on_crossing_words(word: Word) -> None:
    file = word.write(para("招生253人"))
    told = [found("a", 1, "招生"), found("b", 1, "招生"), found("c", 1, "生253"), found("d", 1)]
    assert words(file, *told) == ["招生", "招生", "生253", "招生253人"]


def test_deleted_words_are_stepped_over(word: Word) -> None:
    gone = "<w:del w:id='3'><w:r><w:delText>没有</w:delText></w:r></w:del>"
    assert words(word.write(para("共", gone, "有五所")), found("x", 1, "共有")) == ["共有"]


def test_tabs_breaks_and_symbols_in_the_words(word: Word) -> None:
    sign = '<w:sym w:font="Wingdings" w:char="F0FE"/>'
    mixed = f"<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/>{sign}</w:r>"
    file = word.write(para(mixed, "丙"))
    assert words(file, found("x", 1, "乙\n☑丙"), found("y", 1, "甲\t")) == ["乙丙", "甲"]


def test_words_in_cells_and_their_other_paragraphs(word: Word) -> None:
    file = word.write(table(row(cell("甲", "合计100"), "乙")))
    assert words(file, found("x", 1, "合计"), found("y", 3)) == ["合计", "乙"]


def test_a_text_box_is_marked_at_its_anchor(word: Word) -> None:
    file = word.write(para("前", box(para("框中文字")), "后"))
    ((text, said),) = commented(answer(file, found("x", 2, "文字")))
    assert "框中文字" in text
    assert "原文：“文字”" in said


def test_a_footnote_is_marked_where_it_is_called(word: Word) -> None:
    note = f'<w:footnote w:id="5">{para("含附设中职班")}</w:footnote>'
    body = para("在校生", '<w:r><w:footnoteReference w:id="5"/></w:r>', "1000人")
    out = answer(word.write(body, {"footnotes": note}), found("x", 1, "中职班"))
    root = etree.fromstring(parts(out)["word/document.xml"])
    (start,) = root.iter(f"{W}commentRangeStart")
    assert start.getnext().find(f"{W}footnoteReference") is not None


def test_findings_without_a_place_stand_at_the_top(word: Word) -> None:
    told = [
        found("缺少“服务贡献”", code="RK201"),
        found("缺少“面临挑战”", code="RK201"),
        found("没有写单位", code="RK108"),
        found("在段中", 2, "乙"),
    ]
    made = commented(answer(word.write(para("甲") + para("乙")), *told))
    assert [text for text, _ in made] == ["甲", "甲", "乙"]
    assert "1. 缺少“服务贡献”\n2. 缺少“面临挑战”" in made[1][1]


def test_empty_documents_and_paragraphs(word: Word) -> None:
    assert words(word.write(para()), found("x"), found("y", 1, "无")) == ["", ""]
    assert write_comments(word.write(""), [found("x")], word.folder / "none.docx") == 0


def test_explained_findings_are_not_repeated(word: Word) -> None:
    file = word.write(para("甲"))
    assert write_comments(file, [found("x", 1, explained="已说明")], file.with_name("o.docx")) == 0


def test_comments_of_others_are_kept(word: Word) -> None:
    old = f'<w:comment w:id="7" w:author="审核" w:initials="s">{para("请核对")}</w:comment>'
    body = para(
        '<w:commentRangeStart w:id="7"/>', "甲乙", '<w:commentRangeEnd w:id="7"/>',
        '<w:r><w:commentReference w:id="7"/></w:r>',
    )  # fmt: skip
    out = answer(word.write(body, {"comments": old}), found("x", 1, "乙"))
    content = parts(out)
    comments = etree.fromstring(content["word/comments.xml"])
    assert [c.get(f"{W}id") for c in comments] == ["7", "8"]
    assert marked(etree.fromstring(content["word/document.xml"]), "7") == "甲乙"


def test_what_cannot_be_read_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    file, out = tmp_path / "a.docx", tmp_path / "b.docx"
    file.write_bytes(b"%PDF-1.7")
    with pytest.raises(Refused, match="PDF"):
        write_comments(file, [found("x")], out)
    assert not out.exists()


RUNS = st.lists(st.text("甲乙丙12 <&", min_size=1, max_size=5), min_size=1, max_size=5)


@given(RUNS, st.lists(st.tuples(st.integers(0, 24), st.integers(1, 6)), min_size=1, max_size=5))
@settings(max_examples=60, deadline=None)
def test_any_words_of_any_runs(
    tmp_path_factory: pytest.TempPathFactory, runs: Sequence[str], ranges: list[tuple[int, int]]
) -> None:
    word = Word(tmp_path_factory.mktemp("c"))
    escape = {"<": "&lt;", "&": "&amp;"}
    body = para("".join(run("".join(escape.get(c, c) for c in text)) for text in runs))
    whole = "".join(runs)
    told, wanted = [], []
    for start, size in ranges:
        quote = whole[start : start + size]
        if quote.strip():
            told.append(found("x", 1, quote, start + 1))
            wanted.append(quote)
    if told:
        assert words(word.write(body), *told) == wanted
