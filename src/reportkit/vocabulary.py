"""The words of the field, as data: ``schemas/vocabulary.yaml``.

Reading and checking prose needs to know how organisations are called, which nouns name the same
thing, and from which year a programme can be spoken of. These are facts about the field, not
about the program, so that another field is another file.
"""

from functools import cache
from typing import Any

from .resources import schemas
from .yamlio import parse


@cache
def _data() -> dict[str, Any]:
    path = schemas() / "vocabulary.yaml"
    tree = parse(path.read_text(encoding="utf-8"))
    if tree.problems or not isinstance(tree.data, dict):
        raise ValueError(f"{path.name}: {tree.problems}")
    return tree.data


def words(key: str) -> tuple[str, ...]:
    """The words of a list, in the order of the file."""
    return tuple(_data()[key])


def groups(key: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Named lists of words: what they stand for, and the words."""
    return tuple((name, tuple(listed)) for name, listed in _data()[key].items())


def alternatives(key: str) -> str:
    """The words of a list as alternatives of a regular expression.

    An entry may itself be an expression; the order of the file is the order of trial.
    """
    return "|".join(words(key))
