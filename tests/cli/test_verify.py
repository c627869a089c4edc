"""reportkit verify and build --exact-pages as their user calls them."""

from pathlib import Path

import docx

from .conftest import Run

SUBMISSION = Path(__file__).parents[2] / "submissions" / "2023" / "xicheng"


def test_verify(run: Run, tmp_path: Path) -> None:
    made = run("build", SUBMISSION, "--draft", "--to", "docx", "--out", "out")
    (file,) = (tmp_path / "out").glob("*.docx")
    assert made.code in (0, 1)
    fine = run("verify", file)
    assert fine.code == 0
    assert "未改动" in fine.out
    assert "sha256" in fine.out
    document = docx.Document(str(file))
    next(p for p in document.paragraphs if len(p.text) > 50).runs[0].text = "改了"
    document.save(str(file))
    changed = run("verify", file)
    assert changed.code == 1
    assert "改 1 处" in changed.out
    assert "现为“改了" in changed.out


def test_verify_what_has_no_record(run: Run, tmp_path: Path) -> None:
    docx.Document().save(str(tmp_path / "other.docx"))
    outcome = run("verify", "other.docx")
    assert outcome.code == 2
    assert "没有生成记录" in outcome.out
    assert run("verify", "none.docx").code == 2


def test_exact_pages_without_libreoffice(run: Run, tmp_path: Path) -> None:
    env = {"PATH": str(tmp_path)}
    made = run(
        "build", SUBMISSION, "--draft", "--to", "docx", "--out", "out", "--exact-pages", env=env
    )
    assert "没有 LibreOffice" in made.err
    assert list((tmp_path / "out").glob("*.docx"))
