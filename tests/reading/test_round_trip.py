"""Both forms hold the same: whatever a submission holds survives any number of conversions."""

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from reportkit.model.submission import Submission
from reportkit.reading import read, write_document, write_folder
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
