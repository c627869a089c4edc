"""Which standard a file of a kit was made for."""

from __future__ import annotations

import re
from pathlib import Path

from ..reading.cells import Sheet, read_sheets
from ..reading.ooxml import Package, Refused, open_package
from ..reading.workbook import INDICATORS, TABLES
from .words import STANDARD_PROPERTY

_PRINTED = re.compile(r"标识\s*([a-z0-9][a-z0-9-]*)\s*[，,]\s*版本")
_TAGS = re.compile(r"<[^>]*>")
_START = 200_000
"""Bytes of a document in which the first page prints its standard."""


def origin(file: Path) -> str | None:
    """The id of the standard; None for a file that is no kit, or cannot be read."""
    suffix = file.suffix.lower()
    if suffix not in (".docx", ".docm", ".xlsx", ".xlsm") or not file.is_file():
        return None
    workbook = suffix in (".xlsx", ".xlsm")
    try:
        with open_package(file, "xlsx" if workbook else "docx") as package:
            return _of_workbook(package) if workbook else _of_document(package)
    except Refused:
        return None


def _of_document(package: Package) -> str | None:
    """By the document's properties, else by what the first page prints."""
    for name in package.related("", "custom-properties"):
        for item in package.tree(name):
            if item.get("name") == STANDARD_PROPERTY:
                return "".join(map(str, item.itertext())).strip() or None
    start = package.read(package.main)[:_START].decode("utf-8", "ignore")
    found = _PRINTED.search(_TAGS.sub("", start))
    return found[1] if found else None


def _of_workbook(package: Package) -> str | None:
    for sheet in read_sheets(package):
        if isinstance(sheet, Sheet) and sheet.text(1, 1).startswith((INDICATORS, TABLES)):
            return sheet.text(2, 1) or None
    return None
