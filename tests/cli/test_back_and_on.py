"""Edits that come back, and next year's draft, on the command line."""

from pathlib import Path

from docx import Document

from .conftest import Run


def edited(run: Run, submission: Path, old: str, new: str) -> Path:
    """The built Word file with words typed over."""
    assert run("build", "报告", "--to", "docx", "--out", "成品").code in (0, 2)
    (file,) = (submission.parent / "成品").glob("*.docx")
    document = Document(str(file))
    for paragraph in document.paragraphs:
        for piece in paragraph.runs:
            piece.text = piece.text.replace(old, new)
    target = submission.parent / "改.docx"
    document.save(str(target))
    return target


def test_shown_applied_checked_and_undone(run: Run, submission: Path) -> None:
    edited(run, submission, "围绕专业建设开展工作", "围绕专业建设做好工作")
    file = submission / "chapters" / "1.md"
    before = file.read_text(encoding="utf-8")
    shown = run("pull", "改.docx", "报告")
    assert shown.code == 0
    assert "专业建设做好工作" in shown.out
    assert "--yes" in shown.out
    assert file.read_text(encoding="utf-8") == before
    done = run("pull", "改.docx", "报告", "--yes")
    assert done.code == 0
    assert "chapters/1.md" in done.out
    assert "合格" in done.out
    changed = before.replace("围绕专业建设开展工作", "围绕专业建设做好工作")
    assert file.read_text(encoding="utf-8") == changed
    assert run("pull", "改.docx", "报告").out.strip() == "没有改动。"
    assert run("pull", "--undo", "报告").code == 0
    assert file.read_text(encoding="utf-8") == before
    assert run("check", "报告").code == 0


def test_wrong_calls_of_pull(run: Run, submission: Path) -> None:
    assert "请写" in run("pull", "报告").err
    assert "找不到" in run("pull", "没有.docx", "报告").err
    (submission.parent / "坏.docx").write_text("不是", encoding="utf-8")
    assert "打不开" in run("pull", "坏.docx", "报告").err
    assert "convert" in run("pull", "坏.docx", "坏.docx").err
    assert "没有可以撤销" in run("pull", "--undo", "报告").err


def test_next_year(run: Run, submission: Path) -> None:
    words = ("roll-forward", "报告", "--standard", "moe-2024-school", "--out", "明年")
    made = run(*words)
    assert made.code == 0
    assert "（2024）" in made.out
    checked = run("check", "明年")
    assert checked.code == 1
    assert "RK230" in checked.out
    again = run(*words)
    assert again.code == 2
    assert "未写入" in again.err
    assert "之后" in run(*words[:-1], "别的", "--year", "2023").err
    assert "没有编制规范" in run("roll-forward", "报告", "--standard", "无", "--out", "乙").err
    assert (
        "读不出" in run("roll-forward", "没有", "--standard", "moe-2024-school", "--out", "丙").err
    )
