"""Typed numbers become facts: each gets an indicator with an observation, and is taken from it.

    Report ─ typed numbers ─> proposals (a sheet that can be edited) ─ take ─> edited files

A proposal names the indicator, scope, period and unit as the sentence or the table says them.
Nothing is written unless the report prints the same, letter by letter, before and after.
"""

from .proposals import Proposal, propose
from .sheet import BadSheet, from_csv, shown, to_csv
from .taking import Differs, take

__all__ = ["BadSheet", "Differs", "Proposal", "from_csv", "propose", "shown", "take", "to_csv"]
