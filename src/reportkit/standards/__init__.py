"""Standards as data: load, match, compare, describe and scaffold them.

A standard is a folder with a ``standard.yaml``; docs/standards.md tells its maintainers how to
write one. Nothing here knows a particular one.
"""

from .compare import Change, Difference, diff
from .crosswalk import Topic, counterparts, crosswalk
from .errors import InvalidStandard, UnknownStandard
from .file_names import file_name, safe_name, unique_names
from .fit import Fit, best_fit
from .loader import available, lineage, load
from .match import Match, match_outline, walk
from .readme import guide
from .render import render_list, render_standard
from .render_diff import render_diff
from .scaffold import new_submission
from .submission_schema import schema

__all__ = [
    "Change",
    "Difference",
    "Fit",
    "InvalidStandard",
    "Match",
    "Topic",
    "UnknownStandard",
    "available",
    "best_fit",
    "counterparts",
    "crosswalk",
    "diff",
    "file_name",
    "guide",
    "lineage",
    "load",
    "match_outline",
    "new_submission",
    "render_diff",
    "render_list",
    "render_standard",
    "safe_name",
    "schema",
    "unique_names",
    "walk",
]
