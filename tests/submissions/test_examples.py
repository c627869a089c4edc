"""The example submissions are in order, and their prose is their own."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

from reportkit.model.blocks import Block, Case, Figure, ListBlock, Note, Paragraph, Section
from reportkit.model.diagnostic import Severity
from reportkit.model.report import Report
from reportkit.model.submission import Submission
from reportkit.reading import read, write_document, write_folder
from reportkit.workflow import Opened, list_facts, open_submission

TOP = Path(__file__).parents[2]
ORIGINALS = TOP.parent / "shared" / "reports"
EXAMPLES = sorted(file.parent for file in (TOP / "submissions").glob("*/*/report.yaml"))
LINE = 28  # Hanzi on a printed line: no line of an original may stand in an example
SHORTEST_SENTENCE = 15
OFFICIAL_NAMES = frozenset(
    {"全国高等职业院校人才培养工作状态数据采集与管理平台", "全国中等职业学校管理信息系统"}
)

_QUOTED = re.compile(r"《[^》]*》|“[^”]*”|\{\{.*?\}\}|@[a-z]+:[\w.-]+|\[\^[^\]]*\]|\*\*.*?\*\*")
_NOT_HANZI = re.compile(r"[^\u4e00-\u9fff]+")
_SENTENCE_END = re.compile(r"[。！？]")

examples = pytest.mark.parametrize(
    "folder", EXAMPLES, ids=[f"{folder.parent.name}-{folder.name}" for folder in EXAMPLES]
)


@cache
def opened(folder: Path) -> Opened:
    return open_submission(folder)


@cache
def submission(folder: Path) -> Submission:
    found = read(folder).submission
    assert found is not None
    return found


@examples
def test_reads_and_checks_without_error_or_unexplained_warning(folder: Path) -> None:
    result = opened(folder)
    open_points = [
        f"{d.code} {d.place.file}:{d.place.line} {d.message}"
        for d in result.diagnostics
        if d.severity is not Severity.INFO and d.explained is None
    ]
    assert open_points == []
    assert result.ok


@examples
def test_composes_without_a_gap(folder: Path) -> None:
    report = opened(folder).report
    assert isinstance(report, Report)
    assert [problem.code for problem in report.problems] == []


@examples
def test_every_number_comes_from_the_data(folder: Path) -> None:
    book = list_facts(folder)
    assert [f"{each.place.file}:{each.place.line} {each.quote}" for each in book.unbacked] == []


@examples
def test_survives_both_forms(folder: Path, tmp_path: Path) -> None:
    first = submission(folder)
    content = first.model_dump()
    write_document(first, tmp_path / "one.json")
    second = read(tmp_path / "one.json")
    assert second.submission is not None
    assert second.submission.model_dump() == content
    write_folder(first, tmp_path / "two")
    third = read(tmp_path / "two")
    assert third.submission is not None
    assert third.submission.model_dump() == content
    assert (second.findings, third.findings) == ((), ())


@examples
def test_readme_says_where_it_comes_from(folder: Path) -> None:
    readme = (folder / "README.md").read_text(encoding="utf-8")
    assert submission(folder).metadata.standard in readme
    assert "示意图（占位）" in readme or not (folder / "figures").is_dir()


@examples
def test_names_a_schema_that_is_there(folder: Path) -> None:
    first = (folder / "report.yaml").read_text(encoding="utf-8").partition("\n")[0]
    prefix = "# yaml-language-server: $schema="
    assert first.startswith(prefix)
    assert (folder / first.removeprefix(prefix)).is_file()


@examples
def test_pictures_are_small(folder: Path) -> None:
    for picture in (folder / "figures").glob("*"):
        assert picture.stat().st_size < 60_000, picture.name


@examples
def test_prose_is_not_that_of_the_original(folder: Path) -> None:
    year = submission(folder).metadata.title_year
    file = ORIGINALS / f"{folder.name}-{year}.txt"
    if not file.is_file():
        return  # nothing to compare with: an invented report, or the originals are not here
    names = _names(submission(folder))
    original = _without(names, re.sub(r"\s+", "", file.read_text(encoding="utf-8")))
    texts = [_without(names, text) for text in _prose(submission(folder))]
    sentences = set(_sentences([original]))
    assert [s for s in _sentences(texts) if s in sentences] == []
    whole = _NOT_HANZI.sub("", original)
    assert [run for text in texts for run in _shared(text, whole)] == []


def _names(submission: Submission) -> list[str]:
    """Names of organisations and official systems: facts, not prose. Longest first."""
    owners = {
        name
        for block in _all_blocks(submission)
        if isinstance(block, Case | Figure) and block.owner
        for name in re.split("[、，]", block.owner)
    }
    return sorted(owners | OFFICIAL_NAMES, key=len, reverse=True)


def _without(names: Iterable[str], text: str) -> str:
    text = _QUOTED.sub("", text)
    for name in names:
        text = text.replace(name, "")
    return text


def _all_blocks(submission: Submission) -> Iterator[Block]:
    sections: list[Section] = list(submission.chapters)
    while sections:
        section = sections.pop()
        sections += section.sections
        blocks = list(section.blocks)
        while blocks:
            block = blocks.pop()
            yield block
            if isinstance(block, Case):
                blocks += block.blocks


def _prose(submission: Submission) -> Iterator[str]:
    """Every text that is prose: no titles, captions or cells."""
    for chapter in submission.chapters:
        yield from _section(chapter)
        yield from (note.text for note in chapter.footnotes.values())


def _section(section: Section) -> Iterator[str]:
    yield from _blocks(section.blocks)
    for each in section.sections:
        yield from _section(each)


def _blocks(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph() | Note():
                yield block.text
            case ListBlock():
                for item in block.items:
                    yield from _blocks(item.blocks)
            case Case():
                yield from _blocks(block.blocks)
            case _:
                pass


def _sentences(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        for sentence in _SENTENCE_END.split(text):
            hanzi = _NOT_HANZI.sub("", sentence)
            if len(hanzi) >= SHORTEST_SENTENCE:
                yield hanzi


def _shared(text: str, original: str) -> Iterator[str]:
    """Runs of Hanzi as long as a line that stand in ``original`` too."""
    hanzi = _NOT_HANZI.sub("", text)
    return (
        hanzi[at : at + LINE]
        for at in range(len(hanzi) - LINE + 1)
        if hanzi[at : at + LINE] in original
    )
