"""A produced file says what it was made from, and whether it was changed since."""

import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import pypdf
import pytest

from reportkit.production import record_of
from reportkit.refusals import CannotDo
from reportkit.verification import State, verify
from reportkit.workflow import build, load_look, open_submission
from reportkit.writing.record import FILES, SOURCE
from tests.writing.tools import traps, validate

SOURCE_FOLDER = Path(__file__).parents[1] / "submissions" / "2023" / "xicheng"


@pytest.fixture(scope="module")
def submission(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("verify") / "report"
    shutil.copytree(SOURCE_FOLDER, folder)
    return folder


@pytest.fixture(scope="module")
def built(submission: Path) -> dict[str, Path]:
    files = build(open_submission(submission, draft=True), submission.parent / "out").files
    return {file.suffix: file for file in files}


@pytest.fixture
def edited(built: dict[str, Path], tmp_path: Path) -> Callable[[Callable[[object], None]], Path]:
    """The Word file after a person has changed it."""

    def edit(change: Callable[..., None]) -> Path:
        document = docx.Document(str(built[".docx"]))
        change(document)
        target = tmp_path / "edited.docx"
        document.save(str(target))
        return target

    return edit


def long(document: object) -> Iterator[object]:
    return (p for p in document.paragraphs if len(p.text) > 50)  # type: ignore[attr-defined]


def repacked(source: Path, target: Path, change: Callable[[str, bytes], bytes | None]) -> Path:
    """The package with its parts changed; None drops one."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = change(name, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return target


def test_untouched(built: dict[str, Path], submission: Path) -> None:
    found = verify(built[".docx"], submission=submission)
    assert found.ok
    assert found.state is State.UNTOUCHED
    assert found.record is not None
    opened = open_submission(submission)
    assert opened.result.submission is not None
    assert found.record.title == opened.result.submission.metadata.title
    assert found.record.draft
    assert found.record.consistent
    assert found.rebuilt is not None
    assert found.rebuilt.identical
    assert found.rebuilt.other == ()


def test_the_file_is_valid_with_its_record(built: dict[str, Path]) -> None:
    assert validate(built[".docx"]) == []
    assert traps(built[".docx"]) == []


def test_each_changed_paragraph_is_told(edited: Callable[..., Path], submission: Path) -> None:
    def change(document: object) -> None:
        one, two, three, *_ = long(document)
        one.runs[0].text = "改了。" + one.runs[0].text  # type: ignore[attr-defined]
        two._p.getparent().remove(two._p)  # type: ignore[attr-defined]
        three.insert_paragraph_before("新的一段")  # type: ignore[attr-defined]

    file = edited(change)
    found = verify(file, submission=submission)
    assert not found.ok
    assert found.state is State.CHANGED
    changed, other = found.changes
    assert changed.text.startswith("改了。")
    assert changed.before == changed.text.removeprefix("改了。")
    assert other.text == "新的一段"
    assert other.before is not None
    assert len(other.before) > 50
    assert found.rebuilt is not None
    assert not found.rebuilt.alike


def test_saved_anew_by_another_program(built: dict[str, Path], tmp_path: Path) -> None:
    def reorder(name: str, content: bytes) -> bytes:
        return (
            content.replace(b"<w:sectPr", b"<w:sectPr ") if name == "word/document.xml" else content
        )

    found = verify(repacked(built[".docx"], tmp_path / "again.docx", reorder))
    assert found.state is State.RESAVED
    assert found.ok


def test_a_draft_mark_that_was_taken_away(built: dict[str, Path], tmp_path: Path) -> None:
    def unmark(name: str, content: bytes) -> bytes:
        return re.sub(rb"<w:pict>.*?</w:pict>", b"", content) if "header" in name else content

    found = verify(repacked(built[".docx"], tmp_path / "final.docx", unmark))
    assert found.state is State.CHANGED
    assert len(found.touched) == 1


def test_a_record_that_was_forged(built: dict[str, Path], tmp_path: Path) -> None:
    def forge(name: str, content: bytes) -> bytes:
        return content.replace(b"reportkit/1", b"reportkit/2") if "item1" in name else content

    found = verify(repacked(built[".docx"], tmp_path / "forged.docx", forge))
    assert found.record is not None
    assert not found.record.consistent
    assert not found.ok


def test_a_submission_that_has_changed_since(
    built: dict[str, Path], submission: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "newer"
    shutil.copytree(submission, folder)
    chapter = sorted(folder.glob("chapters/*.md"))[0]
    chapter.write_text(chapter.read_text("utf-8") + "\n后来添的一段。\n", "utf-8")
    found = verify(built[".docx"], submission=folder)
    assert found.state is State.UNTOUCHED
    assert found.rebuilt is not None
    assert found.rebuilt.other == ("报送件",)
    assert [change.before for change in found.rebuilt.changes if change.kind == "removed"] == [
        "后来添的一段。"
    ]
    assert not found.ok


def test_a_file_without_record(edited: Callable[..., Path], tmp_path: Path) -> None:
    plain = tmp_path / "plain.docx"
    docx.Document().save(str(plain))
    found = verify(plain)
    assert found.state is State.UNKNOWN
    assert not found.known


def test_a_pdf_is_built_again_and_compared(
    built: dict[str, Path], submission: Path, tmp_path: Path
) -> None:
    found = verify(built[".pdf"], submission=submission, style="official")
    if found.record is None:  # nothing tells that it is a draft
        assert found.rebuilt is not None
        assert not found.rebuilt.identical
    else:
        assert found.rebuilt is not None
        assert found.rebuilt.identical
    more = tmp_path / "more.pdf"
    more.write_bytes(built[".pdf"].read_bytes() + b"\n%%EOF\n")
    assert verify(more).state is State.CHANGED


def test_the_record_of_a_pdf_is_among_its_attachments(
    built: dict[str, Path], submission: Path, tmp_path: Path
) -> None:
    record = record_of(open_submission(submission, draft=True), load_look(None))
    assert record is not None
    files = record.files()
    assert set(files) == {*FILES.values(), SOURCE}
    writer = pypdf.PdfWriter()
    writer.append(str(built[".pdf"]))
    for name, content in files.items():
        writer.add_attachment(name, content)
    target = tmp_path / "with.pdf"
    with target.open("wb") as stream:
        writer.write(stream)
    assert verify(target).record == record


@pytest.mark.parametrize("content", [b"", b"text", b"PK\x03\x04", b"%PDF-1.7\n", b"PK" + b"0" * 99])
def test_what_is_no_such_file(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "file.docx"
    file.write_bytes(content)
    with pytest.raises(CannotDo):
        verify(file)
    with pytest.raises(CannotDo):
        verify(tmp_path / "none.docx")
