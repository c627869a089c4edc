"""What a maintainer with a slip in a standard sees on the command line."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from reportkit.cli.main import program
from reportkit.workflow import CannotDo

from .tools import write

BROKEN = """\
id: broken
extends: common
title: 有误的规范
level: other
numbering: {heading: ["{n}."]}
outline:
  - {id: one, title: 甲, need: must}
"""


@pytest.mark.parametrize(
    "words",
    [
        ["standards"],
        ["standards", "broken"],
        ["standards", "diff", "broken", "moe-2024-school"],
        ["schema", "broken"],
        ["new", "broken", "folder"],
    ],
)
def test_a_slip_is_told_with_its_line(tmp_path: Path, words: list[str]) -> None:
    write(tmp_path, "broken", BROKEN)
    outcome = CliRunner().invoke(program(), [*words, "--standards", str(tmp_path)])
    assert isinstance(outcome.exception, CannotDo)
    assert "broken/standard.yaml:7:" in str(outcome.exception)
    assert "need 的值“must”不对" in str(outcome.exception)
