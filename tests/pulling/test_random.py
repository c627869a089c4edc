"""Whatever is edited: what was taken over prints as it was edited, and nothing else changed."""

import io
import random
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as Word
from docx.oxml.ns import qn

from reportkit.reading import read

from .conftest import FILES, build, edit, pulled, stripped

_TYPED = (
    "甲乙",
    "*星*",
    "# 井",
    "[x](y)",
    "2030",
    "A word",
    "a|b",
    "",
    "{{ a }}",
    "<b>",
    "\\",
    "@tbl:x",
)
_LINES = (
    "新加一段。",
    "-像列表",
    "# 像标题",
    "1. 像编号",
    "::: 围栏",
    "[^x]: 像脚注",
    "| a | b |",
    "---",
    "    缩进",
)
_CELLS = ("9", "a|b", "<<", "^^", "*", "\\")
_P, _T, _TC = qn("w:p"), qn("w:t"), qn("w:tc")


def paragraphs(document: Word, *, cells: bool) -> list[object]:
    """Marked paragraphs, or those in cells of tables."""
    found = []
    for p in document.element.body.iter(_P):
        in_cell = p.getparent().tag == _TC
        marks = [b.get(qn("w:name"), "") for b in p.iter(qn("w:bookmarkStart"))]
        said = any(t.text for t in p.iter(_T))
        if said and in_cell == cells and (cells or any(m.startswith("_rk_") for m in marks)):
            found.append(p)
    return found


def typed(document: Word, rnd: random.Random) -> None:
    p = rnd.choice(paragraphs(document, cells=False))
    text = rnd.choice([t for t in p.iter(_T) if t.text])  # type: ignore[attr-defined]
    start = rnd.randrange(len(text.text))
    end = start + rnd.randint(0, 4)
    text.text = text.text[:start] + rnd.choice(_TYPED) + text.text[end:]


def removed(document: Word, rnd: random.Random) -> None:
    p = rnd.choice(paragraphs(document, cells=False))
    p.getparent().remove(p)  # type: ignore[attr-defined]


def added(document: Word, rnd: random.Random) -> None:
    p = rnd.choice(paragraphs(document, cells=False))
    new = deepcopy(p)
    for child in list(new)[1:]:  # type: ignore[call-overload]
        new.remove(child)  # type: ignore[attr-defined]
    p.addnext(new)  # type: ignore[attr-defined]
    run = new.makeelement(qn("w:r"))  # type: ignore[attr-defined]
    text = run.makeelement(_T)
    text.text = rnd.choice(_LINES)
    run.append(text)
    new.append(run)  # type: ignore[attr-defined]


def cell(document: Word, rnd: random.Random) -> None:
    p = rnd.choice(paragraphs(document, cells=True))
    next(t for t in p.iter(_T) if t.text).text = rnd.choice(_CELLS)  # type: ignore[attr-defined]


EDITS: tuple[Callable[[Word, random.Random], None], ...] = (typed, typed, removed, added, cell)


@pytest.mark.parametrize("seed", range(40))
def test_any_edit(folder: Path, seed: int) -> None:
    rnd = random.Random(seed)

    lost = seed % 4 == 3
    edits = [one for one in EDITS if not (lost and one is added)]

    def do(document: Word) -> None:
        for _ in range(rnd.randint(1, 6)):
            rnd.choice(edits)(document, rnd)

    content = edit(build(folder), do)
    found = pulled(folder, stripped(content) if lost else content)
    assert read(folder).submission is not None
    for name in ("report.yaml", "data/plan.csv", "data/indicators.csv"):
        assert (folder / name).read_text(encoding="utf-8") == FILES[name]
    for change in found.changes.items:
        assert change.state == "apply" or change.reason
    assert Document(io.BytesIO(content)) is not None
