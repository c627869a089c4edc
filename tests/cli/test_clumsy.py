"""Wrong calls and wrong files: a Chinese message with its place, exit code 1 or 2, no traceback."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import Run


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["chek", "x"], "check"),
        (["check"], "缺少"),
        (["check", "a", "--fromat", "json"], "--format"),
        (["check", "a", "--format", "xml"], "sarif"),
        (["build", "a", "b"], "参数"),
        (["new", "moe-2024-scool", "d"], "moe-2024-school"),
        (["new", "moe-2024-school", "d", "--year", "二〇二四"], "整数"),
        (["standards", "diff", "moe-2024-school"], "参数"),
        (["standards", "nothing"], "没有编制规范"),
        (["explain", "RK999"], "没有规则"),
        (["convert", "a", "--to", "docx", "--out", "b"], "folder"),
        (["schema", "no"], "没有编制规范"),
    ],
)
def test_wrong_calls(run: Run, words: list[str], says: str) -> None:
    outcome = run(*words)
    assert outcome.code == 2
    assert says in outcome.err


def _missing(folder: Path) -> Path:
    return folder.with_name("没有")


def _empty(folder: Path) -> Path:
    (folder.with_name("空")).mkdir()
    return folder.with_name("空")


def _file(folder: Path) -> Path:
    path = folder.with_name("x.bin")
    path.write_bytes(bytes(range(256)))
    return path


def _edit(name: str, old: str, new: str) -> object:
    def change(folder: Path) -> Path:
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return folder

    return change


def _encode(encoding: str) -> object:
    def change(folder: Path) -> Path:
        path = folder / "chapters/1.md"
        path.write_bytes(path.read_text(encoding="utf-8").encode(encoding))
        return folder

    return change


@pytest.mark.parametrize(
    ("change", "code", "rule"),
    [
        (_missing, 2, "RK101"),
        (_empty, 2, "RK101"),
        (_file, 2, "RK1"),
        (_encode("gbk"), 1, "RK103"),
        (_encode("utf-16"), 1, "RK103"),
        (
            _edit(
                "report.yaml",
                "title:",
                "title: [",
            ),
            2,
            "RK104",
        ),
        (
            _edit("report.yaml", "title_year: 2023", "title_year: 2023\ntitle_year: 2022"),
            1,
            "RK105",
        ),
        (_edit("report.yaml", "standard: ", "standard: &a "), 2, "RK106"),
        (_edit("report.yaml", "title_year", "titel_year"), 2, "RK107"),
        (_edit("report.yaml", "title_year: 2023", "title_year: 今年"), 2, "RK109"),
        (_edit("report.yaml", "moe-2023-district", "moe-2023-distrct"), 1, "RK110"),
        (_edit("report.yaml", "chapters/3.md", "chapters/33.md"), 1, "RK111"),
        (_edit("report.yaml", "chapters/3.md", "chapters/2.md"), 1, "RK112"),
        (_edit("report.yaml", "chapters/3.md", "../../etc/passwd"), 1, "RK114"),
        (_edit("chapters/1.md", "围绕", "![图](figures/none.png)\n\n围绕"), 1, "RK117"),
        (_edit("chapters/1.md", "围绕", '::: case {title="甲"}\n围绕'), 1, "RK120"),
        (_edit("chapters/1.md", "围绕", "::: tabel\n\n:::\n\n围绕"), 1, "RK121"),
        (_edit("chapters/1.md", "围绕", "{{ ''.__class__ }}围绕"), 1, "RK130"),
        (_edit("chapters/1.md", "围绕", "{{ 9**9**9**9 }}围绕"), 1, "RK130"),
        (_edit("chapters/1.md", "围绕", "{{ no.such }}围绕"), 1, "RK131"),
        (_edit("chapters/1.md", "围绕", "见 @tbl:none。围绕"), 1, "RK321"),
    ],
)
def test_wrong_files(run: Run, submission: Path, change: object, code: int, rule: str) -> None:
    assert callable(change)
    path = change(submission)
    outcome = run("check", path)
    assert outcome.code == code, outcome.out
    assert rule in outcome.out
    assert outcome.out.rstrip().splitlines()[-1].startswith("不合格")


@pytest.mark.skipif(sys.platform == "win32", reason="file size limits are set with resource")
def test_a_full_disk_leaves_nothing_half_written(run: Run, submission: Path) -> None:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
        import signal

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)

    command = [sys.executable, "-m", "reportkit", "build", str(submission), "--out", "成品"]
    done = subprocess.run(
        command, cwd=submission.parent, capture_output=True, preexec_fn=limit, check=False
    )
    assert done.returncode == 2
    assert "写不进" in done.stderr.decode()
    assert list((submission.parent / "成品").iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="folders are locked in another way")
def test_an_output_folder_without_permission(run: Run, submission: Path) -> None:
    locked = submission.parent / "锁"
    locked.mkdir(mode=0o500)
    if os.geteuid() == 0:  # who may write everywhere but here
        locked = Path("/sys/kernel")
    outcome = run("build", submission, "--out", locked / "x")
    assert outcome.code == 2
    assert "权限" in outcome.err


def test_an_output_folder_that_is_a_file(run: Run, submission: Path) -> None:
    submission.with_name("file").write_text("mine", encoding="utf-8")
    outcome = run("build", submission, "--out", "file")
    assert outcome.code == 2
    assert submission.with_name("file").read_text(encoding="utf-8") == "mine"
