"""Prose against last year's submission and the submission's own data."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from .examples import diagnose

DATA = """
=== report.yaml
previous: ../last
indicators:
  - {id: visits.guests, name: 社区参观群众, unit: 人次}
=== data/indicators.csv
indicator,period,value
staff.total,2023,50
staff.total,2022,48
visits.guests,2023,500
=== chapters/2.md
# 工作

## 服务

{prose}
"""
LAST = "indicator,period,value\nvisits.guests,2022,{value}\n"


def codes(prose: str, folder: Path, before: int = 480) -> Sequence[str]:
    """What RK5xx says of a paragraph, where last year's file gives the number of guests."""
    last = folder / "last"
    diagnose("", last)
    (last / "data" / "indicators.csv").write_text(LAST.format(value=before), encoding="utf-8")
    found = diagnose(DATA.replace("{prose}", prose), folder / "this")
    return [f"{d.code} {d.severity.value}" for d in found if d.code.startswith("RK5")]


@pytest.mark.parametrize(
    "prose",
    [
        "2023年社区参观群众500人次，较上年增加20人次，增长4.2%。",
        "2023年社区参观群众500人次。",
        "2023年社区参观群众较上年增加20人次。",
        "2023年社区参观群众约500人次，与上年相比略有增加。",
        "2022年社区参观群众480人次。",
    ],
)
def test_prose_that_agrees_with_both_years_is_silent(prose: str, tmp_path: Path) -> None:
    assert codes(prose, tmp_path) == []


@pytest.mark.parametrize(
    ("prose", "expected"),
    [
        ("2023年社区参观群众500人次，较上年增加60人次。", ["RK503 warning"]),
        ("2023年社区参观群众500人次，较上年增长6.4%。", ["RK503 warning"]),
        ("2023年社区参观群众较上年减少20人次。", ["RK503 warning"]),
        ("2023年社区参观群众560人次，服务保持稳定。", ["RK505 warning"]),
        ("2022年社区参观群众840人次。", ["RK505 warning"]),
    ],
)
def test_prose_against_the_data(prose: str, expected: list[str], tmp_path: Path) -> None:
    assert codes(prose, tmp_path) == expected


def test_a_value_five_times_that_of_last_year_is_asked_about(tmp_path: Path) -> None:
    assert codes("2023年社区参观群众500人次。", tmp_path, before=5000) == ["RK519 warning"]
