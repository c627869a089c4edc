"""The command as its user calls it, on folders with everything that arrives at a desk."""

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from reportkit.kit import make_kit
from reportkit.reading import read, write_document
from reportkit.standards import load
from reportkit.writing import load_style
from tests.batch.support import fill
from tests.cli.conftest import Outcome

Run = Callable[..., Outcome]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Call ``reportkit batch`` in an empty folder; a traceback fails the test."""

    def call(*words: object) -> Outcome:
        done = subprocess.run(
            [sys.executable, "-m", "reportkit", "batch", *map(str, words)],
            cwd=tmp_path,
            capture_output=True,
            timeout=180,
            check=False,
        )
        outcome = Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())
        assert "Traceback" not in outcome.out + outcome.err, outcome.err
        return outcome

    return call


def records(out: Path) -> dict[str, dict[str, object]]:
    return {
        file.stem: json.loads(file.read_text())
        for file in sorted((out / ".reportkit/records").iterdir())
    }


def test_all_forms_at_once(run: Run, tmp_path: Path) -> None:
    source = fill(tmp_path / "in", 2)
    submission = read(source / "00").submission
    assert submission is not None
    write_document(submission, source / "文档.json")
    (source / "kit").mkdir()
    for name, content in make_kit(load("moe-2024-school"), "示例单位", 2024, load_style()).items():
        (source / "kit" / name).write_bytes(content)
    (source / "坏.docx").write_bytes(b"PK\x03\x04 not whole")
    (source / "旧.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"W\0o\0r\0d\0" * 9)
    (source / "照片.jpg").write_bytes(b"jpg")
    first = run("in", "--out", "out", "--to", "docx")
    assert first.code == 2
    assert "找到 6 份报送件" in first.err
    assert "跳过 1 个不是报送件的文件：照片.jpg" in first.err
    made = records(tmp_path / "out")
    states = {name: record["state"] for name, record in made.items()}
    assert states == {
        "00": "passed",
        "01": "passed",
        "文档": "passed",
        "kit-填报模板": "failed",
        "坏": "unreadable",
        "旧": "unreadable",
    }
    assert all("tmp" not in json.dumps(record) for record in made.values())
    kinds = sorted(f["kind"] for f in made["kit-填报模板"]["files"])  # type: ignore[attr-defined]
    assert kinds == ["comments", "comments", "html", "json"]
    again = run("in", "--out", "out", "--to", "docx")
    assert again.code == 2
    assert "其中 6 份没有改动" in again.err

    drafts = run("in", "--out", "out", "--to", "docx", "--draft")
    assert drafts.code == 2
    names = [file.name for file in (tmp_path / "out/kit-填报模板").iterdir()]
    assert any(name.endswith("（草稿）.docx") for name in names)


def test_two_of_the_same_id_and_a_roster_in_gbk(run: Run, tmp_path: Path) -> None:
    source = fill(tmp_path / "in", 1)
    fill(tmp_path / "in/再报", 1)
    roster = "单位名称\n示例单位\n没有报送的单位\n"
    (tmp_path / "名单.csv").write_text(roster, encoding="gbk")
    done = run("in", "--out", "out", "--check-only", "--roster", "名单.csv")
    assert done.code in (0, 1)
    assert "各份之间（含名录）：" in done.out
    assert "没有报送的单位" in (tmp_path / "out/index.html").read_text(encoding="utf-8")
    assert set(records(tmp_path / "out")) == {"00", "再报-00"}
    assert source.is_dir()


def test_a_bomb_of_a_word_file_is_a_line(run: Run, tmp_path: Path) -> None:
    fill(tmp_path / "in", 1)
    with zipfile.ZipFile(tmp_path / "in/炸弹.docx", "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr("word/document.xml", b" " * 400_000_000)
    done = run("in", "--out", "out", "--check-only")
    assert done.code == 2
    assert "炸弹.docx" in done.err
    assert {record["state"] for record in records(tmp_path / "out").values()} == {
        "passed",
        "unreadable",
    }


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("nowhere", "--out", "o"), "没有 nowhere 这个文件夹"),
        (("empty", "--out", "o"), "没有找到报送件"),
        (("file", "--out", "o"), "是一个文件"),
        (("in",), "缺少选项 --out"),
        (("in", "--out", "in"), "就是来源"),
        (("in", "--out", "in/00/out"), "在一份报送件里面"),
        (("in", "--out", "o", "--to", "odt"), "不能输出“odt”"),
        (("in", "--out", "o", "--workers", "0"), "--workers"),
        (("in", "--out", "o", "--style", "nothing"), "版式"),
        (("in", "--out", "o", "--standard", "nothing"), "没有编制规范"),
        (("in", "--out", "o", "--roster", "nothing.csv"), "没有名单文件"),
        (("in", "--out", "o", "--standards", "nowhere"), "没有 nowhere 这个文件夹"),
    ],
)
def test_what_cannot_be_done_is_told_before_any_work(
    run: Run, tmp_path: Path, words: tuple[str, ...], message: str
) -> None:
    fill(tmp_path / "in", 1)
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").touch()
    done = run(*words)
    assert done.code == 2
    assert message in done.err
    assert not (tmp_path / "o").exists()


@pytest.mark.skipif(os.name == "nt", reason="names that Windows cannot hold")
def test_standards_and_styles_of_ones_own_travel(run: Run, tmp_path: Path) -> None:
    source = fill(tmp_path / "in", 1)
    own = tmp_path / "规范/own-2023"
    own.mkdir(parents=True)
    head = "id: own-2023\nextends: moe-2023-district\ntitle: 自定规范\n"
    (own / "standard.yaml").write_text(head)
    manifest = source / "00/report.yaml"
    manifest.write_text(
        manifest.read_text().replace("standard: moe-2023-district", "standard: own-2023")
    )
    done = run("in", "--out", "out", "--check-only", "--standards", "规范")
    assert done.code == 0, done.out + done.err
    assert run("in", "--out", "other", "--check-only").code == 1
