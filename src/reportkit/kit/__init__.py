"""The kit: what a school secretary fills in, a Word template and a workbook, and the way back.

    Standard ─> 填报模板.docx + 填报数据.xlsx ─ filled in ─> Submission

Whoever fills them in never sees a mark: tags of content controls, hidden cells and the words that
the kit itself prints tell what stands where. Tags win; without them headings and titles decide.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ..model.standard import Standard
    from ..model.style import Style
    from ..model.submission import Submission
    from ..reading import ReadResult

__all__ = ["WORKBOOK_SUFFIXES", "make_kit", "names_standard", "read_kit"]
WORKBOOK_SUFFIXES = (".xlsx", ".xlsm")


def make_kit(
    standard: Standard,
    organisation: str | None,
    year: int,
    style: Style,
    previous: Submission | None = None,
) -> dict[str, bytes]:
    """The files of a kit by name. ``previous`` is last year's submission, for its values."""
    from .template import template
    from .words import TEMPLATE, WORKBOOK
    from .workbook import last_values, workbook

    values = last_values(previous) if previous else None
    return {
        TEMPLATE: template(standard, organisation, year, style),
        WORKBOOK: workbook(standard, organisation, year, values),
    }


def names_standard(file: Path) -> str | None:
    """The standard that a file of a kit names; None if it is no file of a kit."""
    from .origin import origin

    return origin(file)


def read_kit(files: Sequence[Path], find: Callable[[str], Standard]) -> ReadResult:
    """The submission in a filled template, a filled workbook, or both. Never raises for bad input.

    ``find`` loads a standard by its id; whatever it raises is passed on.
    """
    from .reader import read

    return read(files, find)
