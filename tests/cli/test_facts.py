"""``reportkit facts``: what a writer and a program get to see."""

import json
from pathlib import Path

from .conftest import Run


def test_facts(run: Run, submission: Path) -> None:
    data = submission / "data"
    data.mkdir(exist_ok=True)
    (data / "indicators.csv").write_text(
        "indicator,period,value\nstudents.total,2023,1200\n", encoding="utf-8"
    )
    listed = run("facts", str(submission))
    assert listed.code == 0
    assert "在校生人数（2023）：1200人" in listed.out
    made = json.loads(run("facts", str(submission), "--format", "json").out)
    assert [fact["value"] for fact in made["facts"]] == ["1200"]


def test_what_cannot_be_read_is_said(run: Run) -> None:
    outcome = run("facts", "nowhere")
    assert outcome.code == 2
    assert "读不出报送件" in outcome.err
