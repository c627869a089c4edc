"""One bad item never stops the rest, and whoever interrupts a run can go on with it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reportkit.batch import Limits, Options, State, run, slot
from reportkit.refusals import CannotDo
from tests.batch.support import Log, fill, tree

CHECK = Options(check_only=True)


def test_hang_bomb_and_crash_become_lines_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slot, "CHILD", "tests.batch.bad_child")
    root = str(Path(__file__).parents[2])
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((root, os.environ.get("PYTHONPATH", ""))))
    source = fill(tmp_path / "in", 7)
    names = ("hang", "bomb", "die", "fail", "swell")
    for number, name in enumerate(names):
        (source / f"{number:02}").rename(source / name)
    limits = Limits(seconds=4, memory=400_000_000)
    result = run(source, tmp_path / "out", options=CHECK, limits=limits, workers=2)
    states = {outcome.item.name: outcome.state for outcome in result.outcomes}
    assert states == {
        "05": State.PASSED,
        "06": State.PASSED,
        "hang": State.TIMEOUT,
        "bomb": State.MEMORY,
        "die": State.CRASHED,
        "fail": State.CRASHED,
        "swell": State.MEMORY,
    }
    reasons = {outcome.item.name: outcome.reason for outcome in result.outcomes}
    assert "--time-limit" in reasons["hang"]
    assert "--memory-limit" in reasons["bomb"]
    assert "信号 6" in reasons["die"] or os.name == "nt"
    assert "KeyError" in reasons["fail"]
    assert not any(str(tmp_path) in reason for reason in reasons.values())

    monkeypatch.undo()  # a better program: what failed is tried anew, what passed is not
    again = run(source, tmp_path / "out", options=CHECK, workers=2)
    assert again.reused == 2
    assert set(again.states) == {State.PASSED}


def test_too_little_memory_to_start_is_told(tmp_path: Path) -> None:
    source = fill(tmp_path / "in", 1)
    with pytest.raises(CannotDo, match="内存上限 20 MB 太小"):
        run(source, tmp_path / "out", options=CHECK, limits=Limits(memory=20_000_000))


def _start(source: Path, out: Path) -> "subprocess.Popen[str]":
    words = ("batch", source, "--out", out, "--to", "docx", "--workers", "2")
    return subprocess.Popen(
        [sys.executable, "-m", "reportkit", *map(str, words)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def _await_records(out: Path, count: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if len(list(out.glob(".reportkit/records/*.json"))) >= count:
            return
        time.sleep(0.02)
    raise AssertionError("nothing was made")


def test_a_run_that_was_killed_goes_on_and_gives_the_same_bytes(tmp_path: Path) -> None:
    source, out = fill(tmp_path / "in", 8), tmp_path / "out"
    options = Options(formats=("docx",))
    run(source, tmp_path / "whole", options=options, workers=2)

    process = _start(source, out)
    _await_records(out, 2)
    process.kill()
    process.wait()
    half = list(out.glob("*/*.docx"))
    assert 1 < len(half) < 8

    log = Log()
    run(source, out, options=options, workers=2, watch=log)
    assert log.reused >= 2
    assert tree(out) == tree(tmp_path / "whole")


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_ctrl_c_ends_cleanly_and_says_how_to_go_on(tmp_path: Path) -> None:
    source, out = fill(tmp_path / "in", 8), tmp_path / "out"
    process = _start(source, out)
    _await_records(out, 1)
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=30)
    assert process.returncode == 2
    assert "从断处接着做" in said
    assert "Traceback" not in said
    assert not list(out.rglob(".*.tmp"))
    again = run(source, out, options=Options(formats=("docx",)), workers=2)
    assert again.reused >= 1
    assert set(again.states) == {State.PASSED}
