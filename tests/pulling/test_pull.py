"""Build, edit as a person would, pull: the folder has the change and nothing else."""

import subprocess
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import pytest
from docx.document import Document as Word
from docx.table import Table

from reportkit.exchange import undo_pull
from reportkit.refusals import CannotDo

from .conftest import FILES, build, edit, expect, find, pulled, retype, stripped

Way = Callable[[bytes], bytes]


def as_is(content: bytes) -> bytes:
    return content


WAYS = pytest.mark.parametrize("way", [as_is, stripped])


def after(document: Word, text: str, new: str) -> None:
    """Type a new paragraph behind the one with ``text``, as the Enter key makes it."""
    paragraph = find(document, text)
    made = deepcopy(paragraph._p)
    for child in list(made)[1:]:
        made.remove(child)
    paragraph._p.addnext(made)
    type(paragraph)(made, paragraph._parent).add_run(new)


def remove(document: Word, text: str) -> None:
    element = find(document, text)._p
    element.getparent().remove(element)


def table(document: Word, text: str) -> Table:
    return next(t for t in document.tables if any(text in c.text for c in t._cells))


def set_cell(document: Word, old: str, new: str) -> None:
    cell = next(c for c in table(document, old)._cells if c.text == old)
    retype(cell.paragraphs[0], old, new)


@WAYS
def test_nothing_changed(folder: Path, way: Way) -> None:
    found = pulled(folder, way(build(folder)))
    assert found.changes.items == []
    expect(folder, {})


@WAYS
def test_typed_text(folder: Path, way: Way) -> None:
    def do(document: Word) -> None:
        retype(find(document, "本年招录"), "工作有三项", "工作共有四项")
        retype(find(document, "写得平常"), "写得平常", "写得平常*而已")

    pulled(folder, way(edit(build(folder), do)))
    expect(
        folder,
        {
            "chapters/1.md": [
                ("工作有三项", "工作共有四项"),
                ("写得平常", r"写得平常\*而已"),
            ]
        },
    )


def test_a_number_from_the_data_is_a_conflict(folder: Path) -> None:
    def do(document: Word) -> None:
        retype(find(document, "本年招录"), "235", "240")
        retype(find(document, "本年招录"), "多 12", "多 17")
        set_cell(document, "42", "43")
        set_cell(document, "235", "241")

    found = pulled(folder, edit(build(folder), do))
    conflicts = [(c.old, c.new) for c in found.changes.items if c.state == "conflict"]
    assert conflicts == [("235", "240"), ("235", "241"), ("42", "43")]
    expect(folder, {"chapters/1.md": [("比上年多 12 人", "比上年多 17 人")]})


@WAYS
def test_removed_and_added_paragraphs(folder: Path, way: Way) -> None:
    def do(document: Word) -> None:
        remove(document, "这一节只有一段")
        after(document, "服务的第一段", "新写的一段，# 不是标题。")
        after(document, "案例第二段", "案例里新写的一段。")

    pulled(folder, way(edit(build(folder), do)))
    expect(
        folder,
        {
            "chapters/1.md": [
                ("这一节只有一段，写得平常。\n\n", ""),
                ("案例第二段。\n", "案例第二段。\n\n案例里新写的一段。\n"),
            ],
            "chapters/2.md": [("面向社区。\n", "面向社区。\n\n新写的一段，# 不是标题。\n")],
        },
    )


@WAYS
def test_headings_captions_cells(folder: Path, way: Way) -> None:
    def do(document: Word) -> None:
        retype(find(document, "技能培养"), "技能培养", "技能培育")
        retype(find(document, "在校规模"), "在校规模", "在校规模与变化")
        retype(find(document, "把课堂搬进车间"), "搬进车间", "搬到车间")
        set_cell(document, "198", "199")

    pulled(folder, way(edit(build(folder), do)))
    expect(
        folder,
        {
            "chapters/1.md": [
                ("在校规模", "在校规模与变化"),
                ("| 198 |", "| 199 |"),
                ("## 技能培养", "## 技能培育"),
                ("搬进车间", "搬到车间"),
            ]
        },
    )


@WAYS
def test_rows(folder: Path, way: Way) -> None:
    def do(document: Word) -> None:
        rows = table(document, "三年级")._tbl.tr_lst
        new = deepcopy(rows[2])
        rows[3].addprevious(new)
        rows[1].getparent().remove(rows[1])
        for cell, text in zip(table(document, "三年级").rows[2].cells, "甲乙丙", strict=True):
            retype(cell.paragraphs[0], cell.text, text)

    pulled(folder, way(edit(build(folder), do)))
    expect(
        folder,
        {
            "chapters/1.md": [
                ("| 一年级 | 210 | {{ enrolment.all }} |\n", ""),
                ("| 三年级", "| 甲 | 乙 | 丙 |\n| 三年级"),
            ]
        },
    )


def test_list_items(folder: Path) -> None:
    def do(document: Word) -> None:
        after(document, "第二条", "第二条之后")
        remove(document, "第一条")
        retype(find(document, "第三条"), "第三条", "第三条，改了")

    pulled(folder, edit(build(folder), do))
    text = (folder / "chapters/1.md").read_text(encoding="utf-8")
    assert "。\n\n- 第二条\n- 第二条之后\n- 第三条，改了\n\n:::" in text


def test_footnotes(folder: Path) -> None:
    content = build(folder)
    import io
    import zipfile

    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/footnotes.xml":
                data = data.replace("在此".encode(), "改了".encode())
            new.writestr(name, data)
    pulled(folder, buffer.getvalue())
    expect(folder, {"chapters/1.md": [("内容在此", "内容改了")]})


def test_words_around_a_footnote(folder: Path) -> None:
    def do(document: Word) -> None:
        retype(find(document, "第二段有脚注"), "第二段有脚注", "这一段有脚注")
        retype(find(document, "这一段有脚注"), "English words", "English new words")

    pulled(folder, edit(build(folder), do))
    expect(
        folder,
        {"chapters/1.md": [("第二段有", "这一段有"), ("English words", "English new words")]},
    )


@WAYS
def test_a_moved_paragraph_keeps_its_source(folder: Path, way: Way) -> None:
    def do(document: Word) -> None:
        element = find(document, "本年招录")._p
        find(document, "最后一段文字")._p.addnext(element)

    pulled(folder, way(edit(build(folder), do)))
    now = (folder / "chapters/2.md").read_text(encoding="utf-8")
    moved = FILES["chapters/1.md"].split("\n\n")[2]
    assert now == FILES["chapters/2.md"] + "\n" + moved + "\n"
    first = (folder / "chapters/1.md").read_text(encoding="utf-8")
    assert first == FILES["chapters/1.md"].replace(moved + "\n\n", "")


def test_a_whole_table_and_a_whole_case_removed(folder: Path) -> None:
    def do(document: Word) -> None:
        grid = table(document, "三年级")._tbl
        for element in (find(document, "在校规模")._p, find(document, "单位：人")._p, grid,
                        find(document, "学籍系统")._p):  # fmt: skip
            element.getparent().remove(element)
        for text in ("把课堂搬进车间", "案例第一段", "案例第二段"):
            remove(document, text)

    pulled(folder, edit(build(folder), do))
    text = (folder / "chapters/1.md").read_text(encoding="utf-8")
    assert ":::" not in text
    assert "- 第三条\n\n## 技能培养\n" in text
    assert "写得平常。\n\n案例之后的一段。\n" in text


def test_a_new_heading_and_a_new_table(folder: Path) -> None:
    def do(document: Word) -> None:
        heading = find(document, "立德树人")
        last = find(document, "最后一段文字")
        made = deepcopy(heading._p)
        last._p.addnext(made)
        type(heading)(made, heading._parent).runs[0].text = "新的一节"
        grid = deepcopy(table(document, "甲")._tbl)
        made.addnext(grid)

    pulled(folder, edit(build(folder), do))
    added = "\n\n## 新的一节\n\n| 项目 | 数量 |\n| --- | --- |\n| 甲 | 31 |\n| 乙 | 42 |"
    expect(folder, {"chapters/2.md": [("最后一段文字。", "最后一段文字。" + added)]})


def test_what_is_printed_from_the_manifest_is_told(folder: Path) -> None:
    def do(document: Word) -> None:
        retype(document.paragraphs[0], document.paragraphs[0].text, "别的题名")

    found = pulled(folder, edit(build(folder), do))
    assert {c.state for c in found.changes.items} == {"left"}
    assert "report.yaml" in found.changes.items[0].reason
    expect(folder, {})


def test_a_submission_that_was_changed_since(folder: Path) -> None:
    content = build(folder)
    first = folder / "chapters/1.md"
    now = first.read_text(encoding="utf-8").replace("写得平常", "写得不平常")
    first.write_text(
        now.replace("# 人才培养", "# 人才培养 \n\n早先加的一段。\n\n"), encoding="utf-8"
    )

    def do(document: Word) -> None:
        retype(find(document, "案例第二段"), "案例第二段", "案例的第二段")
        remove(document, "最后一段文字")

    found = pulled(folder, edit(content, do))
    text = first.read_text(encoding="utf-8")
    assert "案例的第二段。" in text
    assert "写得不平常" in text
    assert "早先加的一段。" in text
    assert "最后一段文字。" in (folder / "chapters/2.md").read_text(encoding="utf-8")
    assert any(c.state == "left" and "最后一段" in c.old for c in found.changes.items)


def test_undo(folder: Path) -> None:
    pulled(folder, edit(build(folder), lambda d: remove(d, "最后一段文字")))
    assert undo_pull(folder) == ["chapters/2.md"]
    expect(folder, {})
    with pytest.raises(CannotDo):
        undo_pull(folder)


def test_undo_refuses_what_was_changed_since(folder: Path) -> None:
    pulled(folder, edit(build(folder), lambda d: remove(d, "最后一段文字")))
    file = folder / "chapters/2.md"
    file.write_text(file.read_text(encoding="utf-8") + "\n又写一段。\n", encoding="utf-8")
    with pytest.raises(CannotDo, match="又改过"):
        undo_pull(folder)


def test_line_ends_and_mark_stay(folder: Path) -> None:
    file = folder / "chapters/2.md"
    file.write_bytes(("\ufeff" + FILES["chapters/2.md"]).replace("\n", "\r\n").encode())
    pulled(folder, edit(build(folder), lambda d: retype(find(d, "面向社区"), "社区", "街道")))
    wanted = FILES["chapters/2.md"].replace("面向社区", "面向街道")
    assert file.read_bytes() == ("\ufeff" + wanted).replace("\n", "\r\n").encode()


def test_after_libreoffice(folder: Path) -> None:
    def do(document: Word) -> None:
        retype(find(document, "写得平常"), "平常", "不平常")
        remove(document, "最后一段文字")
        after(document, "服务的第一段", "新写的一段。")
        set_cell(document, "198", "199")

    file = folder.parent / "edited.docx"
    file.write_bytes(edit(build(folder), do))
    out = folder.parent / "office"
    profile = (folder.parent / "profile").as_uri()
    subprocess.run(
        ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "docx",
         "--outdir", str(out), str(file)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    pulled(folder, (out / "edited.docx").read_bytes())
    expect(
        folder,
        {
            "chapters/1.md": [("| 198 |", "| 199 |"), ("写得平常", "写得不平常")],
            "chapters/2.md": [
                ("面向社区。\n", "面向社区。\n\n新写的一段。\n"),
                ("\n最后一段文字。\n", ""),
            ],
        },
    )


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not a zip", "文字".encode()])
def test_what_is_no_word_file(folder: Path, content: bytes) -> None:
    with pytest.raises(CannotDo):
        pulled(folder, content)
