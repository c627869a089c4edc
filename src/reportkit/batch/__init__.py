"""Many submissions: found, checked and built side by side, with one result for all."""

from .engine import Watch
from .job import Limits, Options
from .outcome import File, Item, Outcome, State
from .running import Result, run

__all__ = ["File", "Item", "Limits", "Options", "Outcome", "Result", "State", "Watch", "run"]
