"""Every command, called as its user would."""

import json
from pathlib import Path

import pytest

from .conftest import Run


def test_help_teaches_with_examples(run: Run) -> None:
    commands = ("new", "check", "build", "convert", "standards", "schema", "explain", "doctor")
    assert all(name in run("--help").out for name in commands)
    for name in commands:
        page = run(name, "--help")
        assert page.code == 0
        assert "例：" in page.out
        assert f"reportkit {name}" in page.out


def test_a_faultless_submission_is_checked_and_built(run: Run, submission: Path) -> None:
    checked = run("check", submission)
    assert checked.code == 0, checked.out
    assert checked.out.rstrip().splitlines()[-1].startswith("合格")

    built = run("build", submission, "--out", "成品")
    assert built.code == 0, built.err
    out = submission.parent / "成品"
    names = {path.name for path in out.iterdir()}
    title = "示例区职业教育质量年度报告（2023）"
    assert names == {f"{title}.docx", f"{title}.pdf", "检查结果.html", "检查结果.json"}
    assert (out / f"{title}.pdf").read_bytes().startswith(b"%PDF-")


def test_json_has_the_promised_shape(run: Run, submission: Path) -> None:
    (submission / "chapters/1.md").unlink()
    checked = run("check", submission, "--format", "json")
    assert checked.code == 1
    document = json.loads(checked.out)
    assert set(document) == {"version", "submissions"}
    (item,) = document["submissions"]
    promised = {"path", "title", "standard", "ok", "counts", "diagnostics"}
    assert promised <= set(item)
    assert item["ok"] is False
    assert set(item["counts"]) >= {"error", "warning", "info"}
    keys = (
        "code rule severity message file line column cell section quote expected hint source "
        "explained related"
    )
    for diagnostic in item["diagnostics"]:
        assert set(keys.split()) <= set(diagnostic)


@pytest.mark.parametrize("form", ["sarif", "html", "json", "text"])
def test_the_result_can_go_to_a_file(run: Run, submission: Path, form: str) -> None:
    assert run("check", submission, "--format", form, "--output", "结果").code == 0
    assert (submission.parent / "结果").read_text(encoding="utf-8").strip()


def test_errors_stop_the_final_print_but_not_the_draft(run: Run, submission: Path) -> None:
    chapter = submission / "chapters/1.md"
    chapter.write_text(chapter.read_text(encoding="utf-8") + "\n见 @tbl:none。\n", encoding="utf-8")
    refused = run("build", submission, "--out", "成品", "--to", "docx")
    assert refused.code == 1
    assert "--draft" in refused.err
    assert not list((submission.parent / "成品").glob("*.docx"))
    assert (submission.parent / "成品/检查结果.html").exists()

    drafted = run("build", submission, "--out", "成品", "--to", "docx", "--draft")
    assert drafted.code == 1
    assert [path.stem for path in (submission.parent / "成品").glob("*.docx")] == [
        "示例区职业教育质量年度报告（2023）（草稿）"
    ]


def test_both_forms_are_equal(run: Run, submission: Path) -> None:
    assert run("convert", submission, "--to", "json", "--out", "a.json").code == 0
    assert run("convert", "a.json", "--to", "folder", "--out", "b").code == 0
    assert run("convert", "b", "--to", "json", "--out", "c.json").code == 0
    folder = submission.parent
    assert (folder / "a.json").read_bytes() == (folder / "c.json").read_bytes()
    assert run("check", "a.json").code == 0


def test_nothing_is_overwritten(run: Run, submission: Path) -> None:
    (submission.parent / "a.json").write_text("mine", encoding="utf-8")
    assert run("convert", submission, "--to", "json", "--out", "a.json").code == 2
    assert (submission.parent / "a.json").read_text(encoding="utf-8") == "mine"
    assert run("convert", submission, "--to", "folder", "--out", submission).code == 2
    assert run("new", "moe-2023-district", submission).code == 2
    assert run("build", submission, "--out", submission).code == 2


def test_a_new_submission_waits_to_be_filled_in(run: Run, tmp_path: Path) -> None:
    made = run("new", "moe-2024-school", "新", "--org", "示例学校", "--year", "2024")
    assert made.code == 0, made.err
    checked = run("check", "新", "--format", "json")
    assert checked.code == 1
    codes = {d["code"] for d in json.loads(checked.out)["submissions"][0]["diagnostics"]}
    assert "RK228" in codes
    assert not {code for code in codes if code.startswith(("RK10", "RK12", "RK3"))}, codes
    first = (tmp_path / "新/report.yaml").read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# yaml-language-server: $schema=")


def test_reference_commands(run: Run) -> None:
    assert "moe-2024-school" in run("standards").out
    assert "人才培养" in run("standards", "moe-2024-school").out
    assert run("standards", "diff", "moe-2023-district", "moe-2024-school").code == 0
    assert json.loads(run("schema").out)["$schema"].endswith("2020-12/schema")
    assert "draft-07" in json.loads(run("schema", "moe-2024-school", "--draft-07").out)["$schema"]
    assert "section-missing" in run("explain", "rk201").out
    assert "RK201" in run("explain").out
    assert "Python" in run("doctor").out
