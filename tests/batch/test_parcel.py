"""The snapshot of an item: whole, consistent, and what its key depends on."""

import os
from pathlib import Path
from typing import Any

import pytest

from reportkit.batch import Item, Options, State, parcel
from reportkit.batch.parcel import Unusable, snapshot
from tests.batch.support import Log, check, fill


def item(path: str, form: str = "folder") -> Item:
    return Item.model_validate({"name": "x", "paths": (path,), "form": form})


def test_last_year_travels_without_its_pictures(tmp_path: Path) -> None:
    fill(tmp_path / "2022", 1)
    fill(tmp_path / "in/2023", 1)
    (tmp_path / "2022/00/figures").mkdir(exist_ok=True)
    (tmp_path / "2022/00/figures/x.png").write_bytes(b"x")
    manifest = tmp_path / "in/2023/00/report.yaml"
    manifest.write_text(manifest.read_text() + "previous: ../../../2022/00\n")
    made = snapshot(tmp_path / "in", item("2023/00"))
    assert "../2022/00/report.yaml" in made.files
    assert "../2022/00/figures/x.png" not in made.files
    assert made.depth == 1
    result = check(tmp_path / "in", tmp_path / "out")
    assert "RK142" not in {d.code for d in result.outcomes[0].diagnostics}


def test_a_json_document_names_last_year_too(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"metadata": {"previous": "old.json"}}')
    (tmp_path / "old.json").write_text("{}")
    assert set(snapshot(tmp_path, item("a.json", "json")).files) == {"a.json", "old.json"}


@pytest.mark.parametrize("named", ["/etc", "~/x", "C:/x", "..\\x", "../" * 30 + "etc", "[]", "''"])
def test_what_last_year_may_not_be_is_left_to_the_check(tmp_path: Path, named: str) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/report.yaml").write_text(f"previous: {named}\n")
    assert set(snapshot(tmp_path, item("a")).files) == {"a/report.yaml"}


def test_pictures_of_a_markdown_report_travel_with_it(tmp_path: Path) -> None:
    (tmp_path / "图").mkdir()
    (tmp_path / "图/a.png").write_bytes(b"png")
    (tmp_path / "../outside.png").write_bytes(b"png")
    (tmp_path / "a.md").write_text("![](图/a.png) ![](../outside.png) ![](图/none.png)")
    made = snapshot(tmp_path, item("a.md", "report"))
    assert set(made.files) == {"a.md", "图/a.png"}


def test_a_link_out_of_a_submission_stays_outside(tmp_path: Path) -> None:
    source = fill(tmp_path / "in", 1)
    secret = tmp_path / "secret.csv"
    secret.write_text("秘密")
    try:
        (source / "00/data/more.csv").parent.mkdir(exist_ok=True)
        (source / "00/data/more.csv").symlink_to(secret)
    except OSError:
        pytest.skip("links need rights here")
    made = snapshot(source, item("00"))
    assert made.links == ("00/data/more.csv",)
    assert "秘密".encode() not in b"".join(made.files.values())
    outcome = check(source, tmp_path / "out").outcomes[0]
    assert "RK114" in {d.code for d in outcome.diagnostics}


def test_a_file_that_changes_while_it_is_read_is_told_and_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = fill(tmp_path / "in", 2)
    target = source / "01/chapters"
    file = next(target.iterdir())
    stat = os.fstat

    def growing(number: int) -> os.stat_result:
        found = stat(number)
        if found.st_ino == file.stat().st_ino:
            with file.open("a") as more:
                more.write("又写了一段。\n")
        return found

    monkeypatch.setattr(parcel.os, "fstat", growing)
    result = check(source, tmp_path / "out")
    assert [outcome.state for outcome in result.outcomes] == [State.PASSED, State.CHANGED]
    assert "正在变动" in result.outcomes[1].reason
    monkeypatch.undo()
    again = check(source, tmp_path / "out")
    assert again.reused == 1
    assert set(again.states) == {State.PASSED}


def test_too_large_and_unreadable_items_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = fill(tmp_path / "in", 1)
    monkeypatch.setattr(parcel, "LIMIT", 1000)
    with pytest.raises(Unusable, match="超过"):
        snapshot(source, item("00"))
    outcome = check(source, tmp_path / "out").outcomes[0]
    assert outcome.state is State.UNREADABLE
    assert "超过" in outcome.reason


def test_what_is_done_again_and_what_is_not(tmp_path: Path) -> None:
    source, out = fill(tmp_path / "in", 3), tmp_path / "out"

    def done(**more: Any) -> tuple[list[str], int]:
        log = Log()
        check(source, out, watch=log, **more)
        return sorted(outcome.item.name for outcome in log.outcomes), log.reused

    assert done() == (["00", "01", "02"], 0)
    assert done() == ([], 3)
    os.utime(source / "00/report.yaml", (2_000_000_000, 2_000_000_000))  # a clock that jumped
    chapter = next((source / "01/chapters").iterdir())
    chapter.write_text(chapter.read_text() + "\n又一段。\n")
    (out / "02/检查结果.html").write_text("改过")
    assert done() == (["01", "02"], 1)
    (out / "00/检查结果.json").unlink()
    (out / ".reportkit/records/01.json").write_text("{half")
    assert done() == (["00", "01"], 1)
    assert done(force=True) == (["00", "01", "02"], 0)
    assert done(options=Options(formats=("docx",))) == (["00", "01", "02"], 0)
    assert list(out.glob("00/*.docx"))
    assert done() == (["00", "01", "02"], 0)  # the options differ again
    assert not list(out.glob("00/*.docx"))
