"""What users see of standards; golden files, renewed with ``UPDATE_GOLDEN=1``."""

import os
from pathlib import Path

import pytest

from reportkit.standards import available, diff, load, render_diff, render_list, render_standard

from .tools import DATA

GOLDEN = Path(__file__).parent / "golden"


def expect(name: str, text: str) -> None:
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text + "\n", encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text + "\n"


def test_list() -> None:
    expect("list.txt", render_list(available()))


@pytest.mark.parametrize("name", ["moe-2024-school", "information-disclosure-2021"])
def test_one(name: str) -> None:
    expect(f"{name}.txt", render_standard(load(name, extra=DATA)))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("moe-2023-district", "moe-2024-school"),
        ("bj-district-2020", "moe-2023-district"),
        ("bj-municipal-2022", "bj-municipal-2025"),
    ],
)
def test_comparison(old: str, new: str) -> None:
    a, b = load(old), load(new)
    expect(f"{old}-to-{new}.txt", render_diff(a, b, diff(a, b)))


def test_no_difference() -> None:
    standard = load("moe-2024-school")
    assert "没有差别" in render_diff(standard, standard, [])
