"""The writer's own workbook with comments in the cells in question; all else stays as it is."""

import posixpath
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from lxml import etree

from reportkit.model.diagnostic import Diagnostic
from reportkit.reading.ooxml import Element, Package, Refused

from .earlier_notes import forget, is_empty
from .repack import Repack
from .vml import add_notes, new_drawing, without_notes
from .words import AUTHOR, Remark, collected, remark, worth_saying

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_NAMESPACE = _S[1:-1]
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_VML = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_CELL = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")
_BEHIND = (
    "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems",
    "tableParts", "extLst",
)  # fmt: skip
"""Elements of a sheet that stand behind ``legacyDrawing``."""
_COLUMNS, _ROWS = 16_384, 1_048_576


@dataclass
class _Sheet:
    """A sheet and what is said in its cells, by (row, column) from 0."""

    part: str
    said: dict[tuple[int, int], list[Remark]] = field(default_factory=dict)


def comment(package: Package, diagnostics: Iterable[Diagnostic]) -> tuple[Repack, int]:
    """The package with a comment for each diagnostic, ready to write, and their number.

    Findings without a cell are collected in the first cell of the first sheet. Several in one
    cell share its one comment, behind what stands in it already.

    Raises:
        Refused: the workbook cannot be read.
    """
    sheets = _sheets(package)
    if not sheets:
        raise Refused("工作簿中没有工作表")
    homeless: list[Diagnostic] = []
    count = 0
    for diagnostic in worth_saying(diagnostics):
        found = _target(diagnostic, sheets)
        if found is None:
            homeless.append(diagnostic)
        else:
            sheet, cell = found
            sheet.said.setdefault(cell, []).append(remark(diagnostic))
            count += 1
    first = next(iter(sheets.values()))
    general = collected(homeless)
    if general:
        first.said[0, 0] = general + first.said.get((0, 0), [])
    work = Repack(package)
    for sheet in sheets.values():
        if sheet.said or package.related(sheet.part, "comments"):
            _write(sheet, work)
    return work, count + len(general)


def _sheets(package: Package) -> dict[str, _Sheet]:
    """The worksheets by name, in their order."""
    relations = package.relations(package.main)
    made = {}
    for item in package.tree(package.main).iter(_S + "sheet"):
        relation = relations.get(item.get(_R + "id", ""))
        if relation is not None and relation.kind == "worksheet" and relation.target in package:
            made[item.get("name", "")] = _Sheet(relation.target)
    return made


def _target(
    diagnostic: Diagnostic, sheets: dict[str, _Sheet]
) -> tuple[_Sheet, tuple[int, int]] | None:
    """The sheet and cell of ``表1!B4``; without a sheet the only one is meant."""
    name, mark, cell = (diagnostic.place.cell or "").rpartition("!")
    name = name.strip("'").replace("''", "'")
    sheet = sheets.get(name) if mark else next(iter(sheets.values())) if len(sheets) == 1 else None
    position = cell_position(cell.partition(":")[0])
    return (sheet, position) if sheet is not None and position is not None else None


def cell_position(name: str) -> tuple[int, int] | None:
    """Row and column from 0 of ``B4``; None if it is no cell."""
    match = _CELL.fullmatch(name.strip().upper())
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    row = int(match[2])
    return (row - 1, column - 1) if row <= _ROWS and column <= _COLUMNS else None


def cell_name(row: int, column: int) -> str:
    """``B4`` of row 3 and column 1."""
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def _write(sheet: _Sheet, work: Repack) -> None:
    """Comments and their drawing: both are needed, or Excel shows nothing."""
    package = work.package
    fresh, gone = _write_comments(sheet, work)
    if not fresh and not gone:
        return
    root = package.tree(sheet.part)
    drawing = root.find(_S + "legacyDrawing")
    relation = None
    if drawing is not None:
        relation = package.relations(sheet.part).get(drawing.get(_R + "id", ""))
    if relation is not None and relation.target in package:
        drawn = package.read(relation.target)
        left = without_notes(drawn, gone) if gone else drawn
        work.changed[relation.target] = add_notes(drawn if left is None else left, fresh)
        return
    folder = posixpath.dirname(posixpath.dirname(sheet.part))
    name = work.free_name(posixpath.join(folder, "drawings", "reportkitNotes.vml"))
    work.changed[name] = add_notes(new_drawing(len(work.changed)), fresh)
    work.declare(extension="vml", content_type=_VML)
    identity = work.relate(sheet.part, "vmlDrawing", name)
    _insert(root, etree.Element(_S + "legacyDrawing", {_R + "id": identity}))
    work.put(sheet.part, root)


def _insert(root: Element, drawing: Element) -> None:
    for old in root.findall(_S + "legacyDrawing"):
        root.remove(old)
    for child in root:
        if child.tag in {_S + name for name in _BEHIND}:
            child.addprevious(drawing)
            return
    root.append(drawing)


def _write_comments(
    sheet: _Sheet, work: Repack
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Exchange our remarks in the sheet's comments; give the cells new to them, and those gone."""
    package = work.package
    named = package.related(sheet.part, "comments")
    if named:
        name, root = named[0], package.tree(named[0])
    else:
        folder = posixpath.dirname(posixpath.dirname(sheet.part))
        name = work.free_name(posixpath.join(folder, "reportkitComments.xml"))
        root = etree.Element(_S + "comments", nsmap={None: _NAMESPACE})  # type: ignore[dict-item]
        work.relate(sheet.part, "comments", name)
        work.declare(part=name, content_type=_TYPE)
    author, listed = _author(root), root.find(_S + "commentList")
    if listed is None:
        listed = etree.SubElement(root, _S + "commentList")
    forgotten = [item for item in listed if forget(item)]
    known = {item.get("ref", ""): item for item in listed}
    fresh, gone = [], []
    for (row, column), remarks in sorted(sheet.said.items()):
        ref = cell_name(row, column)
        if ref not in known:
            fresh.append((row, column))
            item = etree.SubElement(listed, _S + "comment", {"ref": ref, "authorId": author})
            _say(etree.SubElement(item, _S + "text"), remarks)
        else:
            text = known[ref].find(_S + "text")
            _say(etree.SubElement(known[ref], _S + "text") if text is None else text, remarks)
    for item in forgotten:
        place = cell_position(item.get("ref", ""))
        if is_empty(item) and place is not None:
            listed.remove(item)
            gone.append(place)
    if sheet.said or forgotten:
        work.put(name, root)
    return fresh, gone


def _author(root: Element) -> str:
    """The number of our name among the authors, entered if it is not there."""
    authors = root.find(_S + "authors")
    if authors is None:
        authors = etree.Element(_S + "authors")
        root.insert(0, authors)
    names = [item.text or "" for item in authors]
    if AUTHOR not in names:
        etree.SubElement(authors, _S + "author").text = AUTHOR
        names.append(AUTHOR)
    return str(names.index(AUTHOR))


def _say(text: Element, remarks: Sequence[Remark]) -> None:
    """Add remarks to a comment's text, below what it says already."""
    plain = text.find(_S + "t")
    if plain is not None:  # a text without runs: make it one
        text.remove(plain)
        etree.SubElement(text, _S + "r").append(plain)
    for one in remarks:
        if len(text):
            _words(text, "\n\n", bold=False)
        _words(text, one.head, bold=True)
        lines = (" ".join(line.split("\n")) for line in one.lines)
        _words(text, "\n" + "\n".join(lines), bold=False)


def _words(text: Element, words: str, *, bold: bool) -> None:
    run = etree.SubElement(text, _S + "r")
    properties = etree.SubElement(run, _S + "rPr")
    if bold:
        etree.SubElement(properties, _S + "b")
    etree.SubElement(properties, _S + "sz", {"val": "9"})
    said = etree.SubElement(run, _S + "t", {_SPACE: "preserve"})
    said.text = "".join(c for c in words if c.isprintable() or c in "\t\n")
