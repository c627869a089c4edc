"""Fixtures for tests of the Word source."""

from pathlib import Path

import pytest

from .word import Word


@pytest.fixture
def word(tmp_path: Path) -> Word:
    """Reads what a test writes as a body."""
    return Word(tmp_path)
