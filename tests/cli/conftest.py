"""The program as its user calls it: a command line in, texts and an exit code out."""

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

REPORT = """\
standard: moe-2023-district
title: 示例区职业教育质量年度报告（2023）
title_year: 2023
data_period: {start: 2023-01-01, end: 2023-12-31}
filed_on: 2023-12-20
organisation: {name: 示例区教育委员会}
sign_off: [2023年12月]
chapters:
"""
CHAPTERS = {
    "人才培养": ("立德树人", "专业建设"),
    "服务贡献": ("服务地方社区",),
    "文化传承": ("传统文化传承", "企业文化传承", "红色文化传承"),
    "国际合作": ("助力“一带一路”建设",),
    "产教融合": ("校企双元育人",),
    "发展保障": ("党建引领", "经费投入"),
    "面临挑战": (),
}
CHALLENGE = "面临的主要问题是实训条件不足，今后的改进措施是增加投入、共建基地，并按年检查落实情况。"


@dataclass
class Outcome:
    """What a call printed and how it ended."""

    code: int
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Call the program in an empty folder; a traceback fails the test."""

    def call(*words: object, env: dict[str, str] | None = None) -> Outcome:
        done = subprocess.run(
            [sys.executable, "-m", "reportkit", *map(str, words)],
            cwd=tmp_path,
            capture_output=True,
            env={**os.environ, **(env or {})},
            timeout=120,
            check=False,
        )
        outcome = Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())
        assert "Traceback" not in outcome.out + outcome.err, outcome.err
        assert outcome.code in (0, 1, 2)
        return outcome

    return call


@pytest.fixture
def submission(tmp_path: Path) -> Path:
    """A small submission without a fault."""
    folder = tmp_path / "报告"
    (folder / "chapters").mkdir(parents=True)
    lines = []
    for n, (chapter, sections) in enumerate(CHAPTERS.items(), 1):
        name = f"chapters/{n}.md"
        body = "".join(
            f"## {s}\n\n围绕{s}开展工作，制度健全，成效稳定，各方参与。\n\n" for s in sections
        )
        (folder / name).write_text(f"# {chapter}\n\n{body or CHALLENGE}\n", encoding="utf-8")
        lines.append(f"  - {name}\n")
    (folder / "report.yaml").write_text(REPORT + "".join(lines), encoding="utf-8")
    return folder
