"""``reportkit inspect`` and ``build --inspect`` as their user calls them."""

import json
from pathlib import Path

from .conftest import Run


def test_what_was_built_is_measured_and_compared(run: Run, submission: Path) -> None:
    built = run("build", submission, "--out", "out", "--pdf", "a3", "--inspect")
    assert built.code == 0, built.out + built.err
    assert built.out.count("合格：逻辑校验（必须改正） 0 条") == 2
    assert "附件：" in built.out
    assert "比较：与" in built.out
    file = next((submission.parent / "out").glob("*.pdf"))
    told = run("inspect", file, "--style", "official", "--format", "json")
    result = json.loads(told.out)
    assert result["ok"] is True
    assert result["measured"]["纸张"] == "210 mm × 297 mm"


def test_bad_files_end_in_a_message(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 torn")
    (tmp_path / "a.docx").write_bytes(b"PK\x03\x04 torn")
    (tmp_path / "a.txt").write_text("文字", encoding="utf-8")
    for name in ("a.pdf", "a.docx", "a.txt", "none.pdf"):
        told = run("inspect", name)
        assert (told.code, told.out) == (2, "")
        assert told.err.startswith("错误：")


def test_unknown_style(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
    assert run("inspect", "a.pdf", "--style", "nope").code == 2
