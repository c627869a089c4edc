"""Last year's submission as history: its values fill earlier periods, and nothing else."""

from pathlib import Path

import pytest

from reportkit.checks.factbook import as_json, as_text, factbook
from reportkit.model.report import Para, plain
from reportkit.workflow import Opened, open_submission

from ..checks.examples import STANDARDS, write

TEXT = """
=== report.yaml
previous: {previous}
=== chapters/2.md
# 工作

## 服务

面向社区开展活动，现有人员 {{{{ staff.total | with_unit }}}}，
{{{{ staff.total | versus_last_year }}}}，另有 7 人。
=== data/indicators.csv
indicator,period,value
staff.total,2023,50
"""
OLD = """
=== data/indicators.csv
indicator,period,value
staff.total,2023,1
staff.total,2022,48
"""


def opened(root: Path, previous: str) -> Opened:
    write(OLD, root / "2022" / "unit")
    path = write(TEXT.format(previous=previous), root / "2023" / "unit")
    return open_submission(path, standards=STANDARDS)


def said(found: Opened) -> str:
    assert found.report is not None
    paras = [b for part in found.report.parts for b in part.blocks if isinstance(b, Para)]
    return "".join(plain(each.runs) for each in paras)


def test_last_years_values_fill_earlier_periods(tmp_path: Path) -> None:
    found = opened(tmp_path, "../../2022/unit")
    assert found.diagnostics == ()
    assert "现有人员 50人，较上年增加2人" in said(found)


@pytest.mark.parametrize(
    ("previous", "reason"),
    [
        ("../../2021/unit", "找不到"),
        ("/2022/unit", "相对路径"),
        ("C:/2022/unit", "相对路径"),
        ("'..\\2022'", "相对路径"),
        ("../../2022", "没有 report.yaml"),
        (".", "本报送件"),
        ("../../2022/unit/report.yaml", "找不到"),
    ],
)
def test_paths_that_cannot_be_used(previous: str, reason: str, tmp_path: Path) -> None:
    found = opened(tmp_path, previous)
    told = [d for d in found.diagnostics if d.code == "RK142"]
    assert len(told) == 1
    assert reason in told[0].message
    assert "〔缺" in said(found)


def test_facts_are_listed_with_their_places(tmp_path: Path) -> None:
    found = opened(tmp_path, "../../2022/unit")
    submission, standard, report = found.result.submission, found.standard, found.report
    assert submission is not None
    assert standard is not None
    assert report is not None
    book = factbook(submission, standard, report, found.result.history)
    listed = {(fact.period, fact.text, fact.origin): len(fact.uses) for fact in book.facts}
    assert listed == {("2023", "50", "填报"): 2, ("2022", "48", "往年"): 1}
    assert [literal.quote for literal in book.literals if "7" in literal.quote] == ["另有 7 人"]
    assert as_json(book)["facts"][0]["indicator"] == "staff.total"
    assert "用于 chapters/2.md:5" in as_text(book)
