"""The values of indicators: bad input of every kind is told, good input is silent."""

from pathlib import Path

import pytest

from .examples import diagnose

DEFINITIONS = """
=== report.yaml
indicators:
  - {id: visits.all, name: 服务人次, unit: 人次}
  - {id: visits.young, name: 青年人次, unit: 人次, part_of: visits.all}
  - {id: visits.rate, name: 青年占比, unit: "%", kind: rate, minimum: 0, maximum: 100,
     formula: visits.young / visits.all * 100, alternatives: [visits.young / visits.open * 100]}
  - {id: visits.open, name: 开放人次, unit: 人次}
  - {id: visits.cost, name: 服务经费, unit: 万元, kind: amount}
  - {id: visits.good, name: 总体满意率, unit: "%", kind: rate,
     mean_of: [visits.good_a, visits.good_b]}
  - {id: visits.good_a, name: 甲满意率, unit: "%", kind: rate}
  - {id: visits.good_b, name: 乙满意率, unit: "%", kind: rate}
=== data/indicators.csv
indicator,period,value,unit
staff.total,2023,50,
staff.total,2022,48,
"""


def codes(tmp_path: Path, *rows: str) -> list[str]:
    found = diagnose(DEFINITIONS + "\n".join(rows) + "\n", tmp_path)
    return sorted(f"{d.code} {d.severity.value[0]} {d.quote}" for d in found)


@pytest.mark.parametrize(
    "rows",
    [
        ("visits.all,2023,1200,", "visits.young,2023,400,", "visits.rate,2023,33.3,"),
        ("visits.all,2023,1200,", "visits.young,2023,400,", "visits.rate,2023,33.33,"),
        ("visits.young,2023,400,", "visits.open,2023,800,", "visits.rate,2023,50,"),
        ("visits.all,2023,12,万人次", "visits.all,2022,120123,人次"),
        ("visits.cost,2023,0.12,亿元", "visits.cost,2022,1180,"),
        ("visits.all,2023,9,", "visits.all,2022,4,"),
        ("visits.good,2023,95,", "visits.good_a,2023,94,", "visits.good_b,2023,96,"),
    ],
)
def test_what_agrees_is_silent(rows: tuple[str, ...], tmp_path: Path) -> None:
    assert codes(tmp_path, *rows) == []


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (("visits.all,2023,1200,", "visits.young,2023,1400,"), ["RK422 e 1400"]),
        (
            ("visits.all,2023,1200,", "visits.young,2023,400,", "visits.rate,2023,43.3,"),
            ["RK403 w 43.3"],
        ),
        (
            ("visits.all,2023,300,", "visits.young,2023,200,", "visits.rate,2023,66.6,"),
            ["RK403 i 66.6"],
        ),
        (("visits.rate,2023,101.5,",), ["RK401 e 101.5"]),
        (("visits.cost,2023,12,人",), ["RK402 e 人"]),
        (("visits.cost,2023,1200,", "visits.cost,2022,7,"), ["RK404 e 1200"]),
        (("visits.cost,2023,1200,", "visits.cost,2022,700,"), ["RK415 w 1200"]),
        (
            ("visits.good,2023,91,", "visits.good_a,2023,94,", "visits.good_b,2023,96,"),
            ["RK423 w 91"],
        ),
    ],
)
def test_what_disagrees_is_found_alone(
    rows: tuple[str, ...], expected: list[str], tmp_path: Path
) -> None:
    assert codes(tmp_path, *rows) == expected


def broken(tmp_path: Path, definition: str, *rows: str) -> list[str]:
    example = f"=== report.yaml\nindicators:\n{definition}\n=== data/indicators.csv\n"
    example += "indicator,period,value\nstaff.total,2023,50\n" + "".join(f"{r}\n" for r in rows)
    return [f"{d.code} {d.message}" for d in diagnose(example, tmp_path)]


def test_formula_that_divides_by_nothing(tmp_path: Path) -> None:
    definition = "  - {id: a.x, name: 甲}\n  - {id: a.y, name: 乙, formula: staff.total / a.x}"
    (only,) = broken(tmp_path, definition, "a.x,2023,0")
    assert only == "RK406 指标“a.y”的公式算不出来：除数为 0，或结果过大"


def test_formulas_that_go_round(tmp_path: Path) -> None:
    definition = (
        "  - {id: a.x, name: 甲, formula: a.y + 1}\n  - {id: a.y, name: 乙, formula: a.x - 1}"
    )
    found = broken(tmp_path, definition)
    assert found
    assert all(each.startswith("RK406") and "循环" in each for each in found)


def test_formula_for_the_reader_is_left_alone(tmp_path: Path) -> None:
    assert broken(tmp_path, "  - {id: a.x, name: 甲, formula: 总数 ÷ 人数 × 100%}") == []
