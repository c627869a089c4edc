"""``check --comments``: the findings in a copy of the writer's own file."""

from pathlib import Path

from tests.reading.importing.docx.test_structure import STYLES
from tests.reading.importing.docx.word import Word, para, styled
from tests.writing.comments.told import commented

from .conftest import Run

BODY = (
    styled("T", "示例区职业教育质量年度报告（2023）")
    + styled("1", "一、基本情况") + para("学校共有专任教师三百人，结构合理，队伍稳定。")
    + styled("1", "二、服务贡献") + para("面向社区开展服务活动十二次，参加人员逐年增加。")
)  # fmt: skip


def report(folder: Path) -> Path:
    """A short report in Word."""
    return Word(folder).write(BODY, {"styles": STYLES}).rename(folder / "年度报告.docx")


def test_comments_stand_at_the_words_and_the_file_is_untouched(run: Run, tmp_path: Path) -> None:
    file = report(tmp_path)
    before = file.read_bytes()
    done = run("check", file, "--comments", "批注.docx")
    assert done.code == 1
    assert "已写入 批注.docx" in done.err
    assert file.read_bytes() == before
    said = commented(tmp_path / "批注.docx")
    assert any(text == "服务贡献" and "RK208" in words for text, words in said), said
    assert any(text.startswith("示例区") and "RK201" in words for text, words in said), said


def test_what_is_there_is_never_overwritten(run: Run, tmp_path: Path) -> None:
    file = report(tmp_path)
    before = file.read_bytes()
    for target, words in ((file, "原文件不会改动"), (tmp_path / "x.docx", "已经存在")):
        (tmp_path / "x.docx").write_bytes(b"mine")
        done = run("check", file, "--comments", target)
        assert (done.code, words in done.err) == (2, True), done.err
    assert (file.read_bytes(), (tmp_path / "x.docx").read_bytes()) == (before, b"mine")


def test_what_cannot_be_done_is_said(run: Run, tmp_path: Path, submission: Path) -> None:
    file = report(tmp_path)
    bad = tmp_path / "坏.docx"
    bad.write_bytes(b"PK\x03\x04")
    for words, reason in (
        ((submission, "--comments", "a.docx"), "没有"),
        ((submission / "report.yaml", "--comments", "a.docx"), "批注只能写进"),
        ((file, file, "--comments", "a.docx"), "一次只能"),
        ((file, "--comments", "a.pdf"), "扩展名"),
        ((file, "--comments", "没有/a.docx"), "写不进"),
        ((bad, "--comments", "a.docx"), "打不开"),
    ):
        done = run("check", *words)
        assert (done.code, reason in done.err) == (2, True), done.err
        assert not (tmp_path / "a.docx").exists()
