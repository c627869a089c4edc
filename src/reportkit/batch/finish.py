"""What is made of all outcomes together, at the end of a batch."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from .outcome import Outcome
from .store import Store


def finish(outcomes: Sequence[Outcome], store: Store, roster: Path | None) -> None:
    """Compare the submissions with each other, and write what is for all of them."""
