"""Published reports, where they lie beside the project: outlines as listed, nothing lost.

The list of headings, tables, cases and figures was made by people, in the README beside them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from reportkit.model.blocks import Block, Case, Figure, Section, Table
from reportkit.model.submission import Submission
from reportkit.reading import read
from reportkit.reading.importing import loss
from reportkit.reading.importing.inline import plain
from reportkit.reading.importing.text_source import read_text
from reportkit.reading.result import ReadResult
from reportkit.reading.source import Log

REPORTS = Path(__file__).parents[4] / "shared" / "reports"
NAMES = sorted(path.stem for path in REPORTS.glob("*.txt")) if REPORTS.is_dir() else []
pytestmark = pytest.mark.skipif(not NAMES, reason="the open reports are not here")

_ENTRY = re.compile(r"^( *)- (.*?) \(L(\d+)\)$")
_OBJECT = re.compile(r"[【\[]?(?:表|图|案例)\s*\d")
_LEFTOVER = re.compile(r"图\s*[\d-]+[)）]")
"""The end of a sentence that was cut off at the end of a page."""
_PARAGRAPH = "〔numbered body paragraph"


@dataclass(frozen=True)
class Entry:
    """A heading (with its level) or an object (level 0) as listed: its text and line."""

    level: int
    text: str
    line: int


def letters(text: str) -> str:
    return re.sub(r"[\s¹²³⁴（）()]", "", text)


def listed(name: str) -> list[Entry]:
    """The entries of the part of the README that is about this report."""
    lines = (REPORTS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    parts: list[list[Entry]] = [[]]
    for line in (REPORTS / "README.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            parts.append([])
        elif found := _ENTRY.match(line):
            text = found[2].strip("*`").replace("**", "")
            level = 0 if _OBJECT.match(text) else len(found[1]) // 2 + 1
            parts[-1].append(Entry(level, text, int(found[3])))

    def fits(entry: Entry) -> bool:
        at = lines[entry.line - 1] if entry.line <= len(lines) else ""
        return letters(at)[:6] == letters(entry.text)[:6]

    own = max(parts, key=lambda part: sum(map(fits, part)))
    return [entry for entry in own if not _LEFTOVER.fullmatch(entry.text)]


@pytest.fixture(scope="module", params=NAMES)
def opened(request: pytest.FixtureRequest) -> tuple[str, ReadResult]:
    return request.param, read(REPORTS / f"{request.param}.txt")


def sections(items: tuple[Section, ...], level: int = 1) -> Iterator[tuple[int, Section]]:
    for item in items:
        yield level, item
        yield from sections(item.sections, level + 1)


def blocks(items: tuple[Block, ...]) -> Iterator[Block]:
    for item in items:
        yield item
        if isinstance(item, Case):
            yield from blocks(item.blocks)


def headings(submission: Submission) -> list[Entry]:
    made = []
    for level, section in sections(submission.chapters):
        if section.number or section.title:
            number = section.place_of("number") or section.place
            assert number is not None
            text = f"{section.number or ''}{plain(section.title)}"
            made.append(Entry(level, text, number.line or 0))
    return made


def objects(submission: Submission) -> list[Entry]:
    made = []
    for _, section in sections(submission.chapters):
        for block in blocks(section.blocks):
            if isinstance(block, Table | Figure | Case) and (block.number or _caption(block)):
                owner = "" if isinstance(block, Table) else block.owner or ""
                text = f"{block.number or ''}{_caption(block)}{owner}"
                place = block.place_of("number") or block.place_of("caption")
                assert place is not None
                made.append(Entry(0, text, place.line or 0))
    return made


def _caption(block: Table | Figure | Case) -> str:
    return plain(block.title if isinstance(block, Case) else block.caption)


def test_outline_is_as_listed(opened: tuple[str, ReadResult]) -> None:
    name, result = opened
    assert result.submission is not None
    expected = [entry for entry in listed(name) if entry.level]
    found = [entry for entry in headings(result.submission) if not _is_preface(entry)]
    assert [(e.level, e.line) for e in found] == [(e.level, e.line) for e in expected]
    for one, other in zip(found, expected, strict=True):
        if _PARAGRAPH in other.text:
            assert letters(other.text).startswith(letters(one.text))
            assert re.fullmatch(r"[\d.]+", one.text)
        else:
            assert letters(one.text) == letters(other.text)


def _is_preface(entry: Entry) -> bool:
    return letters(entry.text) == "前言"


def test_tables_figures_and_cases_are_as_listed(opened: tuple[str, ReadResult]) -> None:
    name, result = opened
    assert result.submission is not None
    expected = sorted((e.line, letters(e.text)) for e in listed(name) if not e.level)
    found = sorted((e.line, letters(e.text)) for e in objects(result.submission))
    assert [line for line, _ in found] == [line for line, _ in expected]
    different = [
        (one, other)
        for (_, one), (_, other) in zip(found, expected, strict=True)
        if not (other.startswith(one) or one.startswith(other))
    ]
    assert different == []


def test_nothing_is_lost(opened: tuple[str, ReadResult]) -> None:
    name, result = opened
    assert result.submission is not None
    path = REPORTS / f"{name}.txt"
    stream = read_text(path.name, path.read_bytes(), Log())
    assert stream is not None
    assert loss.account(stream, result.submission, result.asides) == []
    assert not loss.gained(stream, result.submission, result.asides)
    told = {finding.code for finding in result.findings}
    assert told <= {"RK151", "RK154", "RK156"}


def test_places_lead_to_the_words(opened: tuple[str, ReadResult]) -> None:
    """The place of a character is where the file has this character."""
    name, result = opened
    assert result.submission is not None
    lines = (REPORTS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    for _, section in sections(result.submission.chapters):
        for block in blocks(section.blocks):
            if block.type != "paragraph":
                continue
            for offset in range(0, len(block.text), 7):
                place = block.place.at(block.text, offset)
                char = block.text[offset]
                if char not in "\\*[^]0123456789 ":
                    assert lines[place.line - 1][place.column - 1] == char, place


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("beijing-2025", {"toc": 140, "cases": 103, "figures": 112, "tables": 10}),
        ("dongcheng-2023", {}),
        ("xicheng-2023", {}),
    ],
)
def test_typed_lists_are_as_counted(name: str, counts: dict[str, int]) -> None:
    if name not in NAMES:
        pytest.skip(f"{name} is not here")
    submission = read(REPORTS / f"{name}.txt").submission
    assert submission is not None
    assert {c.kind: len(c.entries) for c in submission.contents} == counts


def test_footnotes_and_notes_are_as_counted() -> None:
    if "beijing-2025" not in NAMES:
        pytest.skip("beijing-2025 is not here")
    submission = read(REPORTS / "beijing-2025.txt").submission
    assert submission is not None
    assert sum(len(chapter.footnotes) for chapter in submission.chapters) == 4
    shown = [
        block
        for _, section in sections(submission.chapters)
        for block in blocks(section.blocks)
        if isinstance(block, Table | Figure)
    ]
    assert sum(len(block.notes) + bool(block.source) for block in shown) == 9
