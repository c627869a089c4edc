"""Functions of the page engine replaced for a while, by one thread at a time."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import weasyprint

SUPPORTED = weasyprint.__version__.split(".")[0] == "70"
"""Whether the private parts of this engine are known. With any other nothing is replaced."""
_LOCK = threading.RLock()


@contextmanager
def replaced(parts: Iterable[tuple[Any, str, Callable[..., Any]]]) -> Iterator[None]:
    """Put (owner, name, function) in place while open."""
    with _LOCK:
        before = []
        try:
            for owner, name, function in parts:
                before.append((owner, name, getattr(owner, name)))
                setattr(owner, name, function)
            yield
        finally:
            for owner, name, function in reversed(before):
                setattr(owner, name, function)
