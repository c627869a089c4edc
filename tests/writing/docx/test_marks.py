"""Every block carries an invisible mark of its source."""

import zipfile

import pytest
from lxml import etree

from reportkit.writing.docx.marks import Mark, parse
from tests.writing.docx.conftest import Written
from tests.writing.tools import W

_START = f"{{{W}}}bookmarkStart" if not W.startswith("{") else f"{W}bookmarkStart"
_NAME = _START.replace("bookmarkStart", "name")


def names(written: Written, numbering: str) -> list[str]:
    with zipfile.ZipFile(written(numbering)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    return [element.get(_NAME, "") for element in root.iter(_START)]


@pytest.mark.parametrize("numbering", ["chinese", "decimal"])
def test_marks_are_unique_and_valid_names(written: Written, numbering: str) -> None:
    found = [mark for name in names(written, numbering) if (mark := parse(name))]
    assert len({mark.name for mark in found}) == len(found) > 20
    assert all(len(mark.name) <= 40 for mark in found)
    (blocks,) = {mark.blocks for mark in found}
    assert {mark.block for mark in found} <= set(range(1, blocks + 1))
    roles = {mark.role for mark in found}
    assert {"text", "caption", "grid", "picture", "note"} <= roles


def test_other_bookmarks_are_no_marks() -> None:
    for name in ("_Toc100000001", "_rk_1", "_rk_1_2z0_00000000", "我的书签", "_rk_1_2t0_0000000g"):
        assert parse(name) is None
    mark = Mark(12, 345, "grid", 0, "0a1b2c3d")
    assert parse(mark.name) == mark
