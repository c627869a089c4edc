"""A shelf for files, and letters as text."""

import os
from collections.abc import Iterable
from pathlib import Path

import docx
from docx.table import Table
from docx.text.paragraph import Paragraph

GOLDEN = Path(__file__).parent / "golden"


def expect(name: str, text: str) -> None:
    """Compare with a golden file; ``UPDATE_GOLDEN=1`` renews it."""
    path = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text


class Shelf:
    """Files in memory; ``written`` are the paths in the order of writing."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.written: list[str] = []

    def put(self, path: str, content: bytes) -> None:
        self.files[path] = content
        self.written.append(path)

    def get(self, path: str) -> bytes | None:
        return self.files.get(path)

    def remove(self, paths: Iterable[str]) -> None:
        for path in paths:
            self.files.pop(path, None)


def words_of(file: Path) -> str:
    """The text of a Word document: paragraphs, and tables one row a line."""
    document = docx.Document(str(file))
    lines = []
    for element in document.element.body:
        if element.tag.endswith("}p"):
            lines.append(Paragraph(element, document).text)
        elif element.tag.endswith("}tbl"):
            for row in Table(element, document).rows:
                cells = dict.fromkeys(row.cells)
                lines.append(" | ".join(cell.text.replace("\n", " / ") for cell in cells))
    return "\n".join(lines) + "\n"
