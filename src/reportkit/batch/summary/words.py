"""Texts that a committee may put in its own words: ``templates/batch/*.yaml``."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from ...resources import templates
from ...yamlio import parse

_SLOT = re.compile(r"\{(\w+)\}")


@cache
def words(name: str) -> dict[str, Any]:
    """The texts of one file by key."""
    path = templates() / "batch" / f"{name}.yaml"
    tree = parse(path.read_text(encoding="utf-8"))
    if tree.problems or not isinstance(tree.data, dict):
        raise ValueError(f"{path.name}: {tree.problems}")
    return tree.data


def fill(text: str, **values: object) -> str:
    """``text`` with values in place of ``{name}``; braces in a value stay as they are."""
    return _SLOT.sub(lambda slot: str(values.get(slot[1], slot[0])), text)
