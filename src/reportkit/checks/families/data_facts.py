"""RK401 to RK409: the values of indicators."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.diagnostic import Finding
from ..context import Context


def jumps(context: Context) -> Iterator[Finding]:
    """RK415 for the data."""
    yield from ()


def means(context: Context) -> Iterator[Finding]:
    """RK423 by the catalogue."""
    yield from ()
