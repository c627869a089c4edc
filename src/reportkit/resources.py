"""Where the data that travel with the program are: ``schemas/`` and ``templates/``.

In an installed wheel they lie inside the package; in a checkout at the top of the tree.
"""

from functools import cache
from pathlib import Path


@cache
def _root() -> Path:
    packaged = Path(__file__).parent / "_data"
    return packaged if packaged.is_dir() else Path(__file__).parents[2]


def schemas() -> Path:
    """The folder with the published JSON Schemas and the standards."""
    return _root() / "schemas"


def templates() -> Path:
    """The folder with the styles."""
    return _root() / "templates"
