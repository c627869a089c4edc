"""Checking: the rule registry, the engine, and the output formats of diagnostics.

``families/`` holds the rules, one module a family; ``context`` and ``structure`` are what they
look at; ``engine`` runs them and ``wording`` makes their texts; ``render/`` shows the result.
Nothing else in the program knows a rule by name.
"""

from .catalogue import get, rules, suggestions
from .engine import check
from .explain import explain, explain_all, rules_page
from .registry import Rule
from .render import render
from .spoken import spoken_places

__all__ = [
    "Rule",
    "check",
    "explain",
    "explain_all",
    "get",
    "render",
    "rules",
    "rules_page",
    "spoken_places",
    "suggestions",
]
