"""Workbooks (.xlsx) as cells: values only, of formulas the values that the program saved.

Read row by row, and never more than a bound: blank cells cost nothing, and a sheet with a million
cells is cut and told.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Literal

from lxml import etree

from .csv_table import cell_name
from .ooxml import Damaged, Package

CELL_LIMIT = 200_000
"""Cells with something in them that are read of one sheet."""
ROW_LIMIT = 1_048_576
SHEET_LIMIT = 200
STRING_LIMIT = 1_000_000
_TEXT_LIMIT = 32_767
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
Kind = Literal["text", "number", "bool", "error", "nothing"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: ``row`` and ``column`` from 1. ``nothing`` is a formula whose value was not saved."""

    row: int
    column: int
    text: str
    kind: Kind = "text"
    number: Decimal | None = None
    formula: bool = False

    @property
    def name(self) -> str:
        """``B4``."""
        return cell_name(self.row, self.column - 1)


@dataclass(slots=True)
class Sheet:
    """A sheet: its cells by row and column; ``cut`` says that it has more of them."""

    name: str
    hidden: bool = False
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    cut: bool = False

    def text(self, row: int, column: int) -> str:
        """The text of a cell without blanks around it."""
        cell = self.cells.get((row, column))
        return cell.text.strip() if cell else ""

    def row(self, row: int) -> dict[int, Cell]:
        """The cells of a row by column."""
        return {c: cell for (r, c), cell in self.cells.items() if r == row}

    def by_row(self) -> dict[int, dict[int, Cell]]:
        """All rows in order."""
        made: dict[int, dict[int, Cell]] = {}
        for (row, column), cell in sorted(self.cells.items()):
            made.setdefault(row, {})[column] = cell
        return made


def read_sheets(package: Package) -> Iterator[Sheet | Damaged]:
    """The sheets in their order; for one that cannot be read, why.

    Raises:
        Damaged: the list of sheets or the shared texts cannot be read.
    """
    relations = package.relations(package.main)
    shared = list(_shared(package))
    entries = package.tree(package.main).findall(f"{_S}sheets/{_S}sheet")
    for entry in entries[:SHEET_LIMIT]:
        relation = relations.get(entry.get(f"{_R}id", ""))
        if relation is None or relation.kind != "worksheet" or relation.external:
            continue
        sheet = Sheet(entry.get("name", ""), entry.get("state", "visible") != "visible")
        try:
            _read(package.read(relation.target), sheet, shared)
        except (Damaged, etree.XMLSyntaxError) as error:
            yield Damaged(f"工作表“{sheet.name}”读不出来：{error}")
            continue
        yield sheet


def _rows(content: bytes, tag: str) -> Iterator[etree._Element]:
    """Elements of a part one after the other, each forgotten after it was seen."""
    if b"<!DOCTYPE" in content:
        raise Damaged("含有 DOCTYPE 声明，可能是恶意文件，未读")
    found = etree.iterparse(
        io.BytesIO(content),
        events=("end",),
        tag=tag,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    for _, element in found:
        yield element
        element.clear()
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]


def _shared(package: Package) -> Iterator[str]:
    for name in package.related(package.main, "sharedStrings"):
        for count, item in enumerate(_rows(package.read(name), f"{_S}si")):
            if count >= STRING_LIMIT:
                raise Damaged("文字过多", "请删去与填报无关的工作表后另存。")
            yield _text(item)


def _text(item: etree._Element) -> str:
    """The words of a rich text, its readings left out."""
    parts = [
        part.text or ""
        for part in item.iter(f"{_S}t")
        if (above := part.getparent()) is None or above.tag != f"{_S}rPh"
    ]
    text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), "".join(parts))
    return text[:_TEXT_LIMIT].replace("\r\n", "\n").replace("\r", "\n")


def _read(content: bytes, sheet: Sheet, shared: list[str]) -> None:
    row_number = 0
    for row in _rows(content, f"{_S}row"):
        given = row.get("r", "")
        row_number = int(given) if given.isdecimal() else row_number + 1
        column = 0
        for element in row.iterfind(f"{_S}c"):
            found = _REFERENCE.fullmatch(element.get("r", ""))
            column = _column(found[1]) if found else column + 1
            cell = _cell(element, row_number, column, shared)
            if cell is None:
                continue
            if len(sheet.cells) >= CELL_LIMIT or row_number > ROW_LIMIT:
                sheet.cut = True
                return
            sheet.cells[row_number, column] = cell


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _cell(element: etree._Element, row: int, column: int, shared: list[str]) -> Cell | None:
    """A cell with its value; None for one that has neither value nor formula."""
    kind = element.get("t", "n")
    formula = element.find(f"{_S}f") is not None
    value = element.find(f"{_S}v")
    text = (value.text or "") if value is not None else ""
    if kind == "inlineStr":
        inline = element.find(f"{_S}is")
        text = _text(inline) if inline is not None else ""
    elif kind == "s":
        index = int(text) if text.isdecimal() else -1
        text = shared[index] if 0 <= index < len(shared) else ""
    elif kind == "n" and text:
        return _number(row, column, text, formula)
    if formula and not text:
        return Cell(row, column, "", "nothing", formula=True)
    if not text.strip():
        return None
    told: Kind = {"e": "error", "b": "bool"}.get(kind, "text")  # type: ignore[assignment]
    if told == "bool":
        text = "是" if text == "1" else "否"
    return Cell(row, column, text, told, formula=formula)


def _number(row: int, column: int, text: str, formula: bool) -> Cell:
    """A number as it was typed: 92.319999999999993 is how a program saves 92.32."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return Cell(row, column, text, "text", formula=formula)
    if not number.is_finite() or abs(number.adjusted()) > 40:
        return Cell(row, column, text, "error", formula=formula)
    if len(number.as_tuple().digits) > 15:
        number = Decimal(f"{float(number):.15g}")
    number = number.normalize()
    if number == number.to_integral_value():
        number = number.quantize(Decimal(1))
    return Cell(row, column, f"{number:f}", "number", number, formula)
