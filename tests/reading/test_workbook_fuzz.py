"""Workbooks in any shape: never an exception, and no number is lost without a word."""

from __future__ import annotations

import io
import random
import tempfile
import zipfile
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from reportkit.checks import rules
from reportkit.reading.source import Log
from reportkit.reading.workbook import Book, read_book

from .test_workbook import ROWS, book

CODES = {rule.code for rule in rules()}
_FIRST = 5
"""The row of the first indicator."""


@cache
def _entries() -> dict[str, bytes]:
    stream = io.BytesIO()
    made = book()
    for row in range(_FIRST, _FIRST + len(ROWS)):
        made["指标"][f"F{row}"], made["指标"][f"G{row}"] = 10 * row, 11 * row
    made.save(stream)
    with zipfile.ZipFile(stream) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _zipped(entries: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return stream.getvalue()


def survives(content: bytes) -> tuple[Book | None, Log]:
    """Read: a book, or nothing and the reason."""
    log = Log()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "数据.xlsx")
        file.write_bytes(content)
        read = read_book(file, log)
    assert {finding.code for finding in log.findings} <= CODES
    if read is None:
        assert [finding.code for finding in log.findings] == ["RK150"]
    else:
        keys = [(one.indicator, one.period) for one in read.observations]
        assert len(keys) == len(set(keys))
        assert not set(read.blanks) & {one for one, period in keys if period == read.period}
    return read, log


@given(st.data())
@settings(max_examples=80, deadline=None)
def test_torn_bytes(data: st.DataObject) -> None:
    whole = _zipped(_entries())
    start = data.draw(st.integers(0, len(whole) - 1))
    length = data.draw(st.integers(0, 200))
    torn = whole[:start] + data.draw(st.binary(max_size=60)) + whole[start + length :]
    survives(torn)


@given(st.data())
@settings(max_examples=120, deadline=None)
def test_twisted_parts(data: st.DataObject) -> None:
    """Elements, attributes and texts of any part exchanged, doubled, taken away."""
    entries = dict(_entries())
    name = data.draw(st.sampled_from(sorted(entries)))
    root = etree.fromstring(entries[name])
    chance = random.Random(data.draw(st.integers(0, 10**6)))
    for _ in range(data.draw(st.integers(1, 4))):
        _twist(chance.choice(list(root.iter())), chance)
    entries[name] = etree.tostring(root)
    survives(_zipped(entries))


def _twist(item: Any, chance: random.Random) -> None:
    holder = item.getparent()
    kind = chance.randrange(5)
    if kind == 0 and holder is not None:
        holder.remove(item)
    elif kind == 1 and holder is not None:
        holder.append(etree.fromstring(etree.tostring(item)))
    elif kind == 2 and item.attrib:
        item.set(chance.choice(list(item.attrib)), chance.choice(["", "-1", "9" * 30, "甲", "A0"]))
    elif kind == 3:
        item.text = chance.choice(["", "1e999", "NaN", "reportkit:indicators", "=1+1", "\u202e"])
    elif len(item):
        item[:] = reversed(list(item))


@given(st.sampled_from(sorted(_entries())))
def test_parts_taken_away(name: str) -> None:
    survives(_zipped({key: value for key, value in _entries().items() if key != name}))


VALUES = st.one_of(
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.booleans(),
    st.text(st.characters(min_codepoint=32, exclude_categories=["Cs"]), max_size=30),
    st.sampled_from(["12人", "１２．５", "1,234", "95%", "——", "#DIV/0!", "=1/0", "约50"]),
    st.datetimes(min_value=datetime(1950, 1, 1), max_value=datetime(2050, 1, 1)),
)


@given(st.dictionaries(st.sampled_from(sorted(ROWS)), VALUES, min_size=1))
@settings(max_examples=80, deadline=None)
@example({"students.total": "12人", "teachers.total": True})
def test_whatever_is_typed_is_taken_or_told(typed: dict[str, Any]) -> None:
    """Each filled cell gives a value, a reason for its lack, or a finding at that cell."""
    made, stream = book(), io.BytesIO()
    cells = {identity: f"G{row}" for row, identity in enumerate(ROWS, _FIRST)}
    for identity, value in typed.items():
        made["指标"][cells[identity]] = value
    made.save(stream)
    read, log = survives(stream.getvalue())
    assert read is not None
    told = {finding.place.cell for finding in log.findings}
    taken = {one.indicator for one in read.observations if one.value is not None or one.missing}
    for identity, value in typed.items():
        if str(value).strip():
            assert identity in taken or f"指标!{cells[identity]}" in told


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x05\x06" + b"\x00" * 18])
def test_what_is_no_workbook(content: bytes) -> None:
    assert survives(content)[0] is None
