"""The rules, one module a family; importing this package registers them all."""

from . import (
    captions,
    completeness,
    contents,
    data,
    files,
    leftovers,
    markup,
    mentions,
    metadata,
    numbering,
    outline,
    parts,
    produced,
    references,
    tables,
    unexpected,
)

__all__ = [
    "captions",
    "completeness",
    "contents",
    "data",
    "files",
    "leftovers",
    "markup",
    "mentions",
    "metadata",
    "numbering",
    "outline",
    "parts",
    "produced",
    "references",
    "tables",
    "unexpected",
]
