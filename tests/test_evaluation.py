"""Measuring the checks against lists of known mistakes and of correct claims."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from reportkit.cli.app import app
from reportkit.evaluation import as_json, as_text, evaluate
from reportkit.refusals import CannotDo

TEXT = """\
示例区职业教育质量年度报告（2023）

一、基本情况

2023年，全区职业学校共有教职工320人，其中教师265人，占教职工总数的83.8%。

全年共有9名学员结业，4人升学、3人就业、1人参军。

社会培训1260人次，较上年增加60人次，增长5%。
"""


def write(path: Path, *entries: dict[str, Any]) -> Path:
    path.write_text("\n".join(json.dumps(e, ensure_ascii=False) for e in entries), encoding="utf-8")
    return path


def entry(line: int, quote: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"report": "sample", "line": line, "quote": quote, "kind": kind} | more


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    path = tmp_path / "sample.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_recall_by_kind_and_false_alarms(sample: Path, tmp_path: Path) -> None:
    gold = write(
        tmp_path / "gold.jsonl",
        entry(5, "占教职工总数的83.8%", "percent-of-total", confidence=0.9, id="a"),
        entry(7, "共有9名学员结业", "sum", confidence=0.9, id="b"),
        entry(9, "社会培训1260人次", "unit-wrong", confidence=0.5, id="c"),
    )
    right = write(tmp_path / "right.jsonl", entry(9, "增加60人次，增长5%", "growth-rate"))
    result = evaluate([sample], gold, right, numbers_only=True)
    assert result.kinds["percent-of-total"].found == 1
    assert result.kinds["sum"].sure_recall == 1
    assert [e.id for e in result.missed] == ["c"]
    assert result.false_alarms == []
    assert result.total().entries == 3
    assert not result.unmatched
    assert "67%" in as_text(result)
    assert json.loads(as_json(result))["missed"][0]["id"] == "c"


def test_a_finding_at_a_correct_claim_is_a_false_alarm(sample: Path, tmp_path: Path) -> None:
    gold = write(tmp_path / "gold.jsonl", entry(7, "共有9名学员结业", "sum"))
    right = write(tmp_path / "right.jsonl", entry(5, "占教职工总数的83.8%", "percent-of-total"))
    result = evaluate([sample], gold, right, numbers_only=True)
    assert len(result.false_alarms) == 1
    assert result.unmatched["RK502", "error"] == 1


def test_the_other_side_of_a_contradiction_counts(tmp_path: Path) -> None:
    path = tmp_path / "sample.txt"
    path.write_text(
        "示例区年度报告（2023）\n\n一、概况\n\n2023年全区社会培训规模1260人次。\n\n二、贡献\n\n"
        "2023年全区社会培训规模1480人次。\n",
        encoding="utf-8",
    )
    first = entry(5, "培训规模1260人次", "cross-chapter-conflict", also=["培训规模1480人次"])
    result = evaluate([path], write(tmp_path / "gold.jsonl", first))
    assert result.missed == []


@pytest.mark.parametrize("line", ["{", "[]", '{"report": "sample"}', '{"report":"s","line":"x"}'])
def test_lists_that_cannot_be_read_are_told(sample: Path, tmp_path: Path, line: str) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text(line, encoding="utf-8")
    with pytest.raises(CannotDo, match="第 1 行"):
        evaluate([sample], gold)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "不是 JSON（第 2 列附近）"),
        ("[1]", "不是 JSON 对象"),
        ('{"report": "sample", "line": 3}', "缺少 quote、kind"),
        ('{"report": "sample", "line": 0, "quote": "x", "kind": "sum"}', "行号"),
        ('{"report": "sample", "lines": "3", "quote": "x", "kind": "sum"}', "行号"),
        ('{"report": "sample", "line": 3, "quote": "x", "kind": "sum", "confidence": 7}', "0 与 1"),
        ('{"report": "sample", "line": 3, "quote": "x", "kind": "sum", "also": "y"}', "also"),
    ],
)
def test_what_is_wrong_with_a_line_is_named(
    sample: Path, tmp_path: Path, line: str, words: str
) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(CannotDo) as told:
        evaluate([sample], gold)
    assert "第 2 行" in str(told.value)
    assert words in str(told.value)


def test_entries_whose_quote_is_not_in_the_report_are_told(sample: Path, tmp_path: Path) -> None:
    gold = write(
        tmp_path / "gold.jsonl",
        entry(7, "共有9名学员结业", "sum"),
        entry(7, "共有十名学员结业", "sum", id="typo"),
    )
    result = evaluate([sample], gold, numbers_only=True)
    assert [e.id for e in result.lost] == ["typo"]
    assert "找不到" in as_text(result)


def test_a_list_about_other_reports_is_told(sample: Path, tmp_path: Path) -> None:
    gold = write(tmp_path / "gold.jsonl", entry(1, "x", "sum") | {"report": "other"})
    with pytest.raises(CannotDo, match="other"):
        evaluate([sample], gold)


def test_command(sample: Path, tmp_path: Path) -> None:
    from reportkit.cli import evaluation  # noqa: F401  (adds the command)

    gold = write(tmp_path / "gold.jsonl", entry(7, "共有9名学员结业", "sum", id="b"))
    run = CliRunner().invoke(app, ["evaluate", str(sample), "--gold", str(gold), "--numbers"])
    assert run.exit_code == 0
    assert "数字类合计" in run.output
    shown = CliRunner().invoke(app, ["evaluate", str(sample), "--gold", str(gold), "--json"])
    assert json.loads(shown.output)["kinds"]["sum"]["found"] == 1
