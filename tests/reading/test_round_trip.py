"""Both forms hold the same: whatever a submission holds survives any number of conversions."""

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from reportkit.model.blocks import (
    Block,
    Case,
    Chapter,
    ListBlock,
    ListItem,
    Paragraph,
    Section,
)
from reportkit.model.submission import Submission
from reportkit.reading import read, write_document, write_folder
from reportkit.reading.review import sections
from tests import strategies

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.filterwarnings("ignore::hypothesis.errors.HypothesisWarning")
whole = settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))


def held(submission: Submission, *, files: bool = True) -> dict[str, Any]:
    """Everything in a submission; names of chapter files are given where there are none."""
    data = submission.model_dump()
    if not files:
        for chapter in data["chapters"]:
            chapter["file"] = None
    return data


def through_folder(submission: Submission) -> Submission:
    with tempfile.TemporaryDirectory() as directory:
        target = Path(directory) / "报送件"
        write_folder(submission, target)
        result = read(target)
    assert result.submission is not None, result.findings
    return result.submission


def through_document(submission: Submission) -> Submission:
    with tempfile.TemporaryDirectory() as directory:
        target = Path(directory) / "report.json"
        write_document(submission, target)
        result = read(target)
    assert result.submission is not None, result.findings
    return result.submission


@whole
@given(strategies.submissions())
def test_document_loses_nothing(submission: Submission) -> None:
    assert held(through_document(submission)) == held(submission)


@whole
@given(strategies.submissions())
def test_folder_loses_nothing(submission: Submission) -> None:
    assert held(through_folder(submission), files=False) == held(submission, files=False)


@settings(whole, max_examples=12)
@given(strategies.submissions())
def test_forms_are_equal_after_the_first_writing(submission: Submission) -> None:
    once = through_folder(submission)
    assert held(through_folder(once)) == held(once)
    assert held(through_document(once)) == held(once)
    assert held(through_folder(through_document(once))) == held(once)


EXAMPLES = sorted(path.parent for path in (ROOT / "submissions").glob("*/*/report.yaml"))


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda path: path.name)
def test_examples_survive_and_stay_readable(folder: Path, tmp_path: Path) -> None:
    submission = read(folder).submission
    assert submission is not None
    write_document(submission, tmp_path / "a.json")
    middle = read(tmp_path / "a.json")
    assert middle.submission is not None
    assert held(middle.submission) == held(submission)
    write_folder(middle.submission, tmp_path / "b")
    again = read(tmp_path / "b")
    assert again.submission is not None
    assert held(again.submission) == held(submission)
    assert [f.code for f in again.findings] == [f.code for f in read(folder).findings]
    for chapter in (tmp_path / "b" / "chapters").glob("*.md"):
        assert "::: block" not in chapter.read_text(encoding="utf-8")


def nested(kind: str, depth: int) -> Block:
    block: Block = Paragraph(text="# 甲")
    for _ in range(depth):
        block = (
            ListBlock(items=(ListItem(blocks=(block,)),))
            if kind == "list"
            else Case(blocks=(block,))
        )
    return block


@pytest.mark.parametrize(("kind", "depth"), [("list", 9), ("list", 14), ("case", 9), ("case", 28)])
def test_deep_nesting_survives(kind: str, depth: int) -> None:
    submission = read(EXAMPLES[0]).submission
    assert submission is not None
    chapter = Chapter(title="章", blocks=(nested(kind, depth),))
    deep = submission.model_copy(update={"chapters": (chapter,)})
    assert held(through_document(deep)) == held(deep)
    assert held(through_folder(deep), files=False) == held(deep, files=False)


def test_sections_below_the_last_level_stand_beside_it() -> None:
    submission = read(EXAMPLES[0]).submission
    assert submission is not None
    section = Section(title="级13")
    for level in range(12, 1, -1):
        section = Section(title=f"级{level}", sections=(section,))
    deep = submission.model_copy(update={"chapters": (Chapter(title="级1", sections=(section,)),)})
    once = through_document(deep)
    titles = [s.title for s in sections(once.chapters)]
    assert titles == [f"级{level}" for level in range(1, 14)]
    assert held(through_folder(once), files=False) == held(once, files=False)
