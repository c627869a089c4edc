"""What users and programs see of a check result. UPDATE_GOLDEN=1 writes the golden files anew."""

import json
import os
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import jsonschema
import pytest

from reportkit.checks import render
from reportkit.checks.quoting import Sources, width
from reportkit.checks.render.view import excerpt
from reportkit.model.base import Place
from reportkit.workflow import Opened

from .examples import opened
from .sarif_schema import SCHEMA

GOLDEN = Path(__file__).parent / "golden"
BROKEN = """
=== report.yaml
title: 示例单位年度报告（2022）
filed_on: 2025-03-10
explanations:
  - {rule: RK224, at: report.yaml, content: 8b0daec5f8a5, reason: 因机构调整，经同意推迟报送}
=== chapters/1.md
# 一、概况

## （一）规模

全单位设三个部门，承担日常工作和年度任务。

## （三）队伍

现有技师 XX 人、职员十人，**结构**较为稳定，情况如下表。

| 类别 | 人数 |
|---|---|
| 技师 | 40 |
=== chapters/2.md
# 二、工作

## 服务

面向社区开展服务活动十二次，情况见 @tbl:visit 和“<走访>”名单。

::: table {#tbl:visits caption="表3-1 服务情况表"}
| 类别 | 次数 |
|---|---|
| 社区 | 12 |
:::
=== chapters/3.md
# 三、总结
"""
FINE = "=== report.yaml\ntitle: 示例单位年度报告（2023）\n"


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> list[Opened]:
    made = [opened(text, tmp_path_factory.mktemp("made")) for text in (BROKEN, FINE)]
    paths = (Path("submissions/broken"), Path("submissions/fine"))
    return [replace(item, path=path) for item, path in zip(made, paths, strict=True)]


@pytest.mark.parametrize(("form", "name"), [("text", "txt"), ("json", "json"), ("html", "html")])
def test_output_is_as_before(results: list[Opened], form: str, name: str) -> None:
    made = render(results, form)
    file = GOLDEN / f"result.{name}"
    if os.environ.get("UPDATE_GOLDEN"):
        file.write_text(made, encoding="utf-8", newline="\n")
    assert made == file.read_text(encoding="utf-8")


def test_one_submission_needs_no_table(results: list[Opened]) -> None:
    text = render(results[1:], "text")
    assert text.splitlines()[-1] == "合格：没有发现问题"
    assert "<table>" not in render(results[1:], "html")


def test_json_has_the_agreed_keys_in_order(results: list[Opened]) -> None:
    document = json.loads(render(results, "json"))
    assert list(document) == ["version", "submissions"]
    submission = document["submissions"][0]
    assert list(submission) == ["path", "title", "standard", "ok", "counts", "diagnostics"]
    assert list(submission["counts"]) == ["error", "warning", "info"]
    agreed = (
        "code rule severity message file line column cell section quote expected hint source "
        "explained related"
    )
    for diagnostic in submission["diagnostics"]:
        assert list(diagnostic)[:15] == agreed.split()
        for other in diagnostic["related"]:
            assert list(other) == ["file", "line", "column", "cell", "section", "quote"]


def test_quotes_stand_in_the_source_where_they_are_said_to(results: list[Opened]) -> None:
    sources = results[0].result.sources
    for found in results[0].diagnostics:
        if found.quote and found.place.line and found.place.column:
            line = sources[found.place.file].split("\n")[found.place.line - 1]
            assert line.startswith(found.quote, found.place.column - 1), found


def test_marker_stands_under_the_quote(results: list[Opened]) -> None:
    lines = render(results[:1], "text").split("\n")
    marked = 0
    for line, marker in pairwise(lines):
        if marker.strip().startswith("│") and set(marker.partition("│")[2]) == {" ", "^"}:
            shown, marks = line.partition("│ ")[2], marker.partition("│ ")[2]
            start = len(marks) - len(marks.lstrip())
            columns = "".join(char * width(char) for char in shown)
            assert columns[start : start + 1] not in ("", " ")
            marked += 1
    assert marked == len(results[0].diagnostics)


def test_an_explained_warning_is_shown_and_not_counted(results: list[Opened]) -> None:
    submission = json.loads(render(results, "json"))["submissions"][0]
    explained = [d for d in submission["diagnostics"] if d["explained"]]
    assert [d["code"] for d in explained] == ["RK224"]
    assert "已说明 1 条" in render(results, "text")
    open_warnings = [d for d in submission["diagnostics"] if d["severity"] == "warning"]
    assert submission["counts"]["warning"] == len(open_warnings) - 1


def test_sarif_is_valid(results: list[Opened]) -> None:
    document = json.loads(render(results, "sarif"))
    jsonschema.Draft7Validator(SCHEMA).validate(document)
    run = document["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        assert uri.startswith("submissions/broken/")
    assert [r["ruleId"] for r in run["results"] if "suppressions" in r] == ["RK224"]


def test_colour_changes_nothing_but_colour(results: list[Opened]) -> None:
    import re

    coloured = render(results, "text", colour=True)
    assert "\x1b[" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == render(results, "text")


def test_sources_of_rules_are_told_on_demand(results: list[Opened]) -> None:
    assert "依据：" not in render(results, "text")
    assert "依据：通行做法：正文中的“见表1-1”应能找到" in render(results, "text", sources=True)


def test_text_of_a_submission_cannot_become_markup(results: list[Opened]) -> None:
    page = render(results, "html")
    assert "<走访>" not in page
    assert "&lt;走访&gt;" in page


def test_an_unknown_format_is_refused(results: list[Opened]) -> None:
    with pytest.raises(ValueError, match="pdf"):
        render(results, "pdf")


def test_long_lines_are_cut_around_the_mark() -> None:
    line = "甲" * 5000 + "目标" + "乙" * 5000
    shown = excerpt(Sources({"a.md": line}), Place(file="a.md", line=1, column=5001), "目标", 90)
    assert shown is not None
    assert shown.marked == "目标"
    assert shown.before.startswith("…")
    assert shown.after.endswith("…")
    assert width(shown.before + shown.marked + shown.after) <= 92


def test_tabs_and_controls_do_not_move_the_mark() -> None:
    sources = Sources({"a.md": "\t前\x1b文XX"})
    shown = excerpt(sources, Place(file="a.md", line=1, column=5), "XX", 90)
    assert shown is not None
    assert (shown.before, shown.marked) == ("    前\ufffd文", "XX")
