"""Many submissions: found, checked and built side by side, with one result for all."""

from .engine import Watch
from .job import Limits, Options
from .outcome import File, Item, Outcome, State
from .running import Result, run
from .scan import Found

__all__ = [
    "File",
    "Found",
    "Item",
    "Limits",
    "Options",
    "Outcome",
    "Result",
    "State",
    "Watch",
    "run",
]
