"""Claims: what the prose and the tables of a report say in numbers, with exact places.

    Report ─ passages ─> sentences ─ reader ─> claims ┐
       └──── tables ──── sheets ───────────── facts   ┴─ book ─> verdicts

``numerals``, ``units`` and ``quantity`` know how officials write numbers; ``periods``, ``names``
and ``subjects`` know when, whose and what; ``roles`` tells a value from a change, a share or a
rate. Each further module compares claims in one way and yields verdicts: a computation that does
not hold, both sides with their places, and how sure it is. Rules of ``checks`` only word them.
"""

from .book import Book

__all__ = ["Book"]
