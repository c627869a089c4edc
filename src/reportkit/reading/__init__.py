"""Reads a submission, whichever form it has, and writes both forms.

``read`` never raises for bad input: what is wrong is in ``ReadResult.findings``.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from .result import OutputExists, ReadResult

if TYPE_CHECKING:
    from reportkit.model.submission import Submission

__all__ = ["OutputExists", "ReadResult", "read", "write_document", "write_folder"]


def read(path: Path) -> ReadResult:
    """Read what is at ``path``: a submission folder, a JSON document, a workbook of a kit, or a
    report as it stands.

    A report (Word, text, Markdown, PDF) is known by its content and comes without a standard.
    """
    from reportkit.model.base import Place

    from .folder import read_folder
    from .source import Log

    if path.is_dir():
        return read_folder(path)
    if path.is_file() and path.name == "report.yaml":
        return read_folder(path.parent)
    if path.is_file() and path.suffix.lower() == ".json":
        from .document import read_document

        return read_document(path)
    if path.is_file() and path.suffix.lower() in (".xlsx", ".xlsm"):
        from .workbook import read_workbook

        return read_workbook(path)
    if path.is_file():
        from .importing import import_file

        return import_file(path)
    log = Log()
    log.add("RK101", Place(file=path.name), path=str(path), reason="不存在")
    return ReadResult(None, path.parent, "folder", tuple(log.findings))


def write_folder(submission: "Submission", directory: Path) -> None:
    """Write the folder form.

    Raises:
        OutputExists: ``directory`` is there and not empty.
        OSError: it cannot be written; nothing is left behind.
    """
    from .folder_writer import write

    write(submission, directory)


def write_document(submission: "Submission", file: Path) -> None:
    """Write the JSON form.

    Raises:
        OutputExists: ``file`` is there.
        OSError: it cannot be written; nothing is left behind.
    """
    from .document_writer import write

    write(submission, file)
