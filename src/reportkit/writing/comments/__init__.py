"""Answers in the writer's own file: check results as native comments of Word and Excel.

The file is never changed: a copy is written in which nothing differs but the comments, and the
marks that tie them to the words. Parts that have nothing to do with comments keep their bytes.
"""

from collections.abc import Iterable
from pathlib import Path

from reportkit.model.diagnostic import Diagnostic
from reportkit.reading.ooxml import Refused, open_package

__all__ = ["KINDS", "Refused", "write_comments"]

KINDS = (".docx", ".docm", ".xlsx", ".xlsm")
"""Endings of the files that can hold comments."""


def write_comments(
    source: Path, diagnostics: Iterable[Diagnostic], out: Path, *, dated: bool = True
) -> int:
    """Write ``source`` with comments as ``out``, beside and then renamed; give their number.

    Diagnostics are placed by ``Place.paragraph`` and ``column`` (Word) or ``cell`` as
    ``工作表!B4`` (Excel), and by their quote; those without a place stand together at the top.
    Explained ones are left out. Comments of Word bear the time unless ``dated`` is False.

    Raises:
        Refused: ``source`` cannot be read as Word or Excel.
        OSError: ``out`` cannot be written; nothing is left behind.
    """
    if source.suffix.lower() in (".xlsx", ".xlsm"):
        from .xlsx import comment as comment_sheets

        with open_package(source, "xlsx") as package:
            work, count = comment_sheets(package, diagnostics)
            work.write(out)
        return count
    from .docx import comment as comment_text

    with open_package(source, "docx") as package:
        work, count = comment_text(package, diagnostics, dated=dated)
        work.write(out)
    return count
