"""Edits come back: what someone changed in a Word file that ``build`` wrote returns to the folder.

    submission ─ compose, write ─> document as built ┐
                                                     ├ pair ─ compare ─> changes, edited files
    edited Word file ────────────────────────────────┘

The document is built once more in memory and both are read alike, so that whatever is the same in
print is no change. Marks (``writing/docx/marks``) pair their paragraphs and tables; where they are
lost, their words do. A difference is carried over to the Markdown that printed it, letter by
letter; what came from data is never changed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .changes import Change, Changes
from .show import show
from .undo import CannotUndo, undo, write

if TYPE_CHECKING:
    from reportkit.model.diagnostic import Finding
    from reportkit.model.report import Report
    from reportkit.model.style import Style
    from reportkit.model.submission import Submission

__all__ = ["CannotUndo", "Change", "Changes", "Pulled", "pull", "show", "undo", "write"]


@dataclass(frozen=True)
class Pulled:
    """What was changed, and the new contents of the files concerned, not yet written.

    ``findings`` say why the edited file could not be read; then there is nothing else.
    """

    changes: Changes
    files: Mapping[str, bytes]
    findings: tuple[Finding, ...] = ()


def pull(submission: Submission, report: Report, style: Style, root: Path, edited: Path) -> Pulled:
    """Find what was changed in the Word file ``edited`` and how the files of ``root`` take it over.

    Nothing is written.

    Raises:
        OSError: ``edited`` cannot be read.
    """
    from reportkit.writing.docx.context import Context
    from reportkit.writing.docx.writer import document

    from .compare import Comparison
    from .texts import Folder
    from .units import read_document

    changed, findings = read_document(edited.name, edited.read_bytes())
    if changed is None:
        return Pulled(Changes(), {}, findings)
    built, _ = read_document("", document(Context(report, style, {})))
    assert built is not None
    folder = Folder(root)
    changes = Comparison(submission, report, built, changed, folder).run()
    return Pulled(changes, folder.changed())
