"""``docs/standards.md`` says what the program does."""

import re
from pathlib import Path

import pytest

from reportkit.model.base import Placed
from reportkit.model.standard import (
    Limits,
    Numbering,
    PartKind,
    PartSpec,
    SectionSpec,
    Standard,
    TableSpec,
)
from reportkit.standards import available, load, render_standard
from reportkit.standards.labels import STATUSES
from reportkit.standards.source import MAIN

from .tools import write

TEXT = (Path(__file__).parents[2] / "docs" / "standards.md").read_text(encoding="utf-8")
STANDARDS = available()


@pytest.mark.parametrize(
    "model",
    [Standard, PartSpec, Numbering, SectionSpec, TableSpec, Limits],
    ids=lambda m: m.__name__,
)
def test_every_key_is_explained(model: type) -> None:
    for key in model.model_fields:  # type: ignore[attr-defined]
        if key not in Placed.model_fields:
            assert re.search(rf"(`{key}`|\b{key}:)", TEXT), key


@pytest.mark.parametrize("standard", STANDARDS, ids=lambda standard: standard.id)
def test_every_standard_is_listed_with_its_status(standard: Standard) -> None:
    (row,) = [line for line in TEXT.splitlines() if line.startswith(f"| `{standard.id}` |")]
    assert f"| {STATUSES[standard.status]} |" in row


def test_every_part_is_named() -> None:
    assert all(f"`{kind}`" in TEXT for kind in PartKind)


def example(heading: str) -> str:
    """The first indented block below a heading."""
    below = TEXT.split(f"\n{heading}\n", 1)[1]
    block = re.search(r"(?:^    .*\n|^\n)+", below[below.index("\n    ") + 1 :], re.MULTILINE)
    assert block
    return "".join(line.removeprefix("    ") for line in block[0].splitlines(keepends=True))


def test_the_shortest_example_is_a_standard(tmp_path: Path) -> None:
    write(tmp_path, "my-report-2026", example("## 最短的例子"))
    assert "总体情况" in render_standard(load("my-report-2026", extra=tmp_path))


def test_the_example_of_extending_works(tmp_path: Path) -> None:
    folder = write(tmp_path, "moe-2025-school", example("## 从上一年改起：extends"))
    assert (folder / MAIN).is_file()
    standard = load("moe-2025-school", extra=tmp_path)
    ids = [spec.id for spec in standard.outline]
    assert "heritage" not in ids
    assert ids.index("support") < ids.index("service")
    assert ids[ids.index("integration") + 1] == "digital"
