"""The README of a new submission."""

from pathlib import Path

import pytest

from reportkit.model.blocks import Case, Chart, Figure, Table
from reportkit.model.standard import Standard
from reportkit.reading import read
from reportkit.standards import available, guide, load
from reportkit.standards.scaffold import asked_indicators
from reportkit.workflow import new

from .tools import SMALL, write

STANDARDS = available()


@pytest.mark.parametrize("standard", STANDARDS, ids=lambda standard: standard.id)
def test_every_indicator_that_is_asked_for_is_explained(standard: Standard) -> None:
    text = guide(standard)
    names = {indicator.id: indicator.name for indicator in standard.indicators}
    for name in asked_indicators(standard):
        assert f"| `{name}` | {names[name]} |" in text
    assert standard.title in text
    assert "$" not in text


def test_a_standard_without_indicators(tmp_path: Path) -> None:
    write(tmp_path, "small", SMALL)
    assert "## 指标" not in guide(load("small", extra=tmp_path))


def test_a_new_folder_has_it(tmp_path: Path) -> None:
    new("moe-2024-school", tmp_path / "x", organisation="示例单位", year=2024)
    text = (tmp_path / "x" / "README.md").read_text(encoding="utf-8")
    assert text == guide(load("moe-2024-school"))
    assert not read(tmp_path / "x").findings


def test_its_examples_are_what_the_reader_understands(tmp_path: Path) -> None:
    new("moe-2023-district", tmp_path / "x", organisation="示例单位", year=2024)
    chapter = tmp_path / "x" / "chapters" / "01-preface.md"
    examples = [
        line.removeprefix("    ")
        for line in guide(load("moe-2023-district")).splitlines()
        if line.startswith("    ") or not line
    ]
    chapter.write_text("# {.unnumbered}\n\n" + "\n".join(examples), encoding="utf-8")
    submission = read(tmp_path / "x").submission
    assert submission is not None
    kinds = [type(block) for block in submission.chapters[0].blocks]
    assert kinds == [Table, Figure, Chart, Case]
