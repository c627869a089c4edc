"""Kits of all shipped standards, made once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reportkit.kit import make_kit, read_kit
from reportkit.model.standard import Standard
from reportkit.reading import ReadResult
from reportkit.standards import available, load
from reportkit.writing import load_style

STANDARDS = [standard.id for standard in available()]
Kit = Callable[[str], Path]


@pytest.fixture(scope="session")
def made() -> Callable[[str], dict[str, bytes]]:
    kits: dict[str, dict[str, bytes]] = {}

    def make(name: str) -> dict[str, bytes]:
        if name not in kits:
            kits[name] = make_kit(load(name), "示例学校", 2024, load_style())
        return kits[name]

    return make


@pytest.fixture
def kit(made: Callable[[str], dict[str, bytes]], tmp_path: Path) -> Kit:
    """Write the kit of a standard; give its folder."""

    def write(name: str) -> Path:
        for file, content in made(name).items():
            (tmp_path / file).write_bytes(content)
        return tmp_path

    return write


def read(*files: Path) -> ReadResult:
    """Read filled files, each standard as shipped."""

    def find(name: str) -> Standard:
        return load(name)

    return read_kit(files, find)
