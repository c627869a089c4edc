"""Fills in a kit as a person would: in Word, in Excel, with clumsy hands."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph
from openpyxl import load_workbook
from PIL import Image

from reportkit.kit import words

PICTURE = io.BytesIO()
Image.new("RGB", (60, 40), (40, 90, 160)).save(PICTURE, "PNG")


class Word:
    """A template open in a word processor."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.document = Document(str(file))
        self.body = self.document.element.body

    def controls(self) -> Iterator[Any]:
        """All content controls that have a tag."""
        for control in self.body.iter(qn("w:sdt")):
            if control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}") is not None:
                yield control

    def control(self, tag: str) -> Any:
        """The content of the control with this tag."""
        for control in self.controls():
            if control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val")) == tag:
                return control.find(qn("w:sdtContent"))
        raise KeyError(tag)

    def tags(self, prefix: str) -> list[str]:
        """What follows ``prefix`` in tags."""
        found = [c.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val")) for c in self.controls()]
        return [tag.removeprefix(prefix) for tag in found if tag.startswith(prefix)]

    def type(self, section: str, *texts: str) -> Any:
        """Type paragraphs into the place of a section; the placeholder goes."""
        content = self.control(words.SECTION + section)
        first = content[0]
        for prompt in first.findall(qn("w:sdt")):
            first.remove(prompt)
        for text in texts:
            line = deepcopy(first)
            content.append(line)
            Paragraph(line, self.document._body).add_run(text)
        content.remove(first)
        return content

    def append(self, content: Any, text: str, style: str = "Normal Indent") -> Any:
        """A further paragraph in a place."""
        line = parse_xml(f"<w:p {nsdecls('w')}/>")
        content.append(line)
        made = Paragraph(line, self.document._body)
        made.style = self.document.styles[style]
        made.add_run(text)
        return made

    def paste_table(self, content: Any, rows: list[list[str]]) -> None:
        """A table from elsewhere, without any style."""
        table = self.document.add_table(len(rows), len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        content.append(table._tbl)

    def paste_picture(self, content: Any) -> None:
        """A picture in a paragraph of its own."""
        PICTURE.seek(0)
        self.append(content, "").add_run().add_picture(PICTURE, width=Mm(60))

    def fact(self, key: str, text: str) -> None:
        """Fill in a row of the first page."""
        content = self.control(words.FACT + key)
        run = content[0]
        for style in run.iter(qn("w:rStyle")):
            style.getparent().remove(style)
            break
        run.find(qn("w:t")).text = text

    def cell(self, table: str, row: int, column: int, text: str) -> None:
        """Type into a cell of a mandated table."""
        grid = self.control(words.TABLE + table)[0]
        cells = grid.findall(qn("w:tr"))[row].findall(qn("w:tc"))
        Paragraph(cells[column].find(qn("w:p")), self.document._body).add_run(text)

    def delete_guidance(self) -> None:
        """Delete all guidance."""
        for control in list(self.controls()):
            tag = control.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val"))
            if tag.startswith(words.GUIDANCE):
                control.getparent().remove(control)

    def strip_tags(self) -> None:
        """What programs do that know no content controls: the words stay."""
        while (control := next(self.body.iter(qn("w:sdt")), None)) is not None:
            content = control.find(qn("w:sdtContent"))
            for child in list(content):
                control.addprevious(child)
            control.getparent().remove(control)

    def save(self, file: Path | None = None) -> Path:
        """Save, and give the file."""
        target = file or self.file
        self.document.save(str(target))
        return target


class Excel:
    """A workbook open in a spreadsheet program."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.book = load_workbook(str(file))

    def sheet(self, mark: str) -> Any:
        """The sheet whose hidden cell says ``mark``."""
        return next(s for s in self.book.worksheets if s["A1"].value == mark)

    def put(self, indicator: str, key: str, value: object) -> str:
        """Fill in a cell of an indicator; give its place."""
        sheet = self.sheet("reportkit:indicators")
        columns = {cell.value: cell.column for cell in sheet[1]}
        row = next(r for r in range(3, sheet.max_row + 1) if sheet.cell(r, 1).value == indicator)
        cell = sheet.cell(row, columns[key])
        cell.value = value
        return f"{sheet.title}!{cell.coordinate}"

    def save(self, file: Path | None = None) -> Path:
        """Save, and give the file."""
        target = file or self.file
        self.book.save(str(target))
        return target


Change = Callable[[Word], None]
