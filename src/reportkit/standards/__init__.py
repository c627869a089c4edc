"""Standards as data: load, match, compare, describe and scaffold them.

A standard is a folder with a ``standard.yaml``; docs/standards.md tells its maintainers how to
write one. Nothing here knows a particular one.
"""

from .errors import InvalidStandard, UnknownStandard
from .loader import available, lineage, load
from .match import Match, match_outline, walk

__all__ = [
    "InvalidStandard",
    "Match",
    "UnknownStandard",
    "available",
    "lineage",
    "load",
    "match_outline",
    "walk",
]
