"""Tables checked with pencil and paper: what is wrong is found, what is right is silent."""

from pathlib import Path

import pytest

from .examples import diagnose

PAGE = """
# 工作

## 服务

面向社区开展服务活动十二次，情况见 @tbl:visits。

::: table {{#tbl:visits caption="服务情况表"{options}}}
{rows}
:::
"""


def found(tmp_path: Path, rows: str, *, header: int = 1, options: str = "") -> list[str]:
    """Codes and severities of the RK4xx findings in a table of these lines."""
    lines = [f"| {' | '.join(cell.strip() for cell in line.split('|'))} |" for line in _lines(rows)]
    lines.insert(header, "|---" * (lines[0].count("|") - 1) + "|")
    example = PAGE.format(rows="\n".join(lines), options=f" {options}" if options else "")
    made = [d for d in diagnose(example, tmp_path) if d.code.startswith("RK4")]
    return [f"{d.code} {d.severity.value[0]} {d.quote}".strip() for d in made]


def _lines(rows: str) -> list[str]:
    return [line.strip() for line in rows.strip().splitlines()]


RIGHT = {
    "periods in rows": "年度|参加人数\n2021|200\n2022|300\n2022年相对2021年变化|增加100人",
    "newest period first": "年度|参加人数（人）\n2023年|300\n2022年|250\n增长率（%）|20",
    "two groups of periods": "项目|甲 2022年|甲 2023年|增长量|乙 2022年|乙 2023年|增长量\n"
    "参加（人）|40|50|10|30|20|-10",
    "decrease without sign": "项目|2022年|2023年|减少数（人）\n参加（人）|50|40|10",
    "rates in points": "项目|2022年|2023年|增减\n满意率|90.5%|92.0%|1.5个百分点",
    "money, rounded growth": "项目|2022年|2023年|增长率（%）\n经费（万元）|72.5|79.3|9.4",
    "change with unit": "项目|2022年|2023年|增减数\n经费（万元）|72.5|79.3|6.8万元",
    "total first": "类别|人数（人）\n总计|30\n男|12\n女|18",
    "total first, two ways to sort": "类别|人数（人）\n总计|60\n女|40\n副高级|10\n中级|30\n初级|20",
    "subtotals": "级别|等次|数量（项）\n市级|一等|1\n^^|二等|3\n^^|小计|4\n区级|一等|5\n"
    "^^|二等|6\n^^|小计|11\n合计|<<|15",
    "其中 rows are not added": "项目|人数（人）\n居民|60\n其中：老人|20\n职工|40\n合计|100",
    "averages are not added": "项目|平均年龄\n甲|40\n乙|50\n合计|44",
    "repeated persons said": "项目|人数（人）\n甲|40\n乙|50\n合计（去重）|70",
    "shares of the total": "对象|人数（人）|占比（%）\n甲|1|33.3\n乙|1|33.3\n丙|1|33.3\n合计|3|100",
    "shares beside counts": "项目|应到（人）|实到（人）|到会率（%）\n甲|40|30|75.0\n乙|60|45|75.0\n"
    "丙|30|24|80.0",
    "growth of a half": "项目|2022年|2023年|增长率（%）\n参加（人）|30|44|46.67",
    "missing marks": "项目|2022年|2023年|增长量\n参加（人）|—|50|—\n活动（次）|3|4|1",
    "ratio": "项目|2022年|2023年\n人员比|1:12|1:14",
    "codes and years": "序号|名称|设立年份\n1|甲|1998\n2|乙|2003",
}  # fmt: skip


@pytest.mark.parametrize("rows", RIGHT.values(), ids=RIGHT.keys())
def test_what_is_right_is_silent(rows: str, tmp_path: Path) -> None:
    assert found(tmp_path, rows) == []


WRONG = {
    "change in rows": (
        "年度|参加人数\n2021|200\n2022|300\n2022年相对2021年变化|增加110人",
        ["RK411 e 增加110人"],
    ),
    "sign lost": ("项目|2022年|2023年|增长量\n参加（人）|50|40|10", ["RK411 e 10"]),
    "growth of the wrong base": (
        "项目|2022年|2023年|增长率（%）\n参加（人）|320|400|20.0\n活动（次）|80|90|12.5",
        ["RK412 e 20.0"],
    ),
    "growth in rows, newest first": (
        "年度|参加人数（人）\n2023年|300\n2022年|250\n增长率（%）|25",
        ["RK412 e 25"],
    ),
    "cut off": ("项目|2022年|2023年|增幅\n参加（人）|300|317|5.6%", ["RK413 i 5.6%"]),
    "per cent of points": ("项目|2022年|2023年|增减\n满意率|90.5%|92.0%|1.5%", ["RK414 w 1.5%"]),
    "total of a column": ("类别|甲（人）|乙（人）\n一|10|20\n二|30|40\n合计|40|61", ["RK421 e 61"]),
    "total of a row": ("类别|甲（人）|乙（人）|合计\n一|10|20|30\n二|30|40|71", ["RK421 e 71"]),
    "subtotal": (
        "级别|等次|数量（项）\n市级|一等|1\n^^|二等|3\n^^|小计|5\n区级|一等|5\n^^|二等|6\n"
        "^^|小计|11",
        ["RK421 e 5"],
    ),
    "part above whole": ("项目|人数（人）\n居民|60\n其中：老人|66\n职工|40", ["RK422 e 66"]),
    "share of the total": (
        "对象|人数（人）|占比（%）\n甲|50|50.0\n乙|30|35.0\n丙|20|20.0\n合计|100|100.0",
        ["RK416 e 35.0"],
    ),
    "share of a column beside": (
        "项目|应到（人）|实到（人）|到会率（%）\n甲|40|30|75.0\n乙|60|45|57.0\n丙|30|24|80.0",
        ["RK416 e 57.0"],
    ),
    "shares short of a whole": (
        "对象|占比（%）\n甲|50.0\n乙|30.0\n丙|19.0\n合计|100.0",
        ["RK417 w 50.0"],
    ),
    "mean outside": (
        "对象|人数（人）|满意率（%）\n甲|50|95.0\n乙|50|92.0\n合计|100|96.0",
        ["RK423 w 96.0"],
    ),
    "money without unit": ("项目|金额\n甲|30\n乙|44", ["RK431 i 金额"]),
    "two units": ("项目|人数（人）\n甲|30\n乙|44%", ["RK432 w 44%"]),
    "fraction among per cents": (
        "项目|满意率（%）\n甲|95.10\n乙|92.30\n丙|91.20\n丁|0.9340",
        ["RK432 w 0.9340"],
    ),
    "decimals": ("项目|满意率（%）\n甲|95.10\n乙|92.3\n丙|91.20\n丁|93.40", ["RK433 i 92.3"]),
    "above 100 per cent": ("项目|满意率（%）\n甲|95.1\n乙|923.0", ["RK434 e 923.0"]),
    "negative count": ("项目|人数（人）\n甲|95\n乙|-3", ["RK434 e -3"]),
    "blank": ("项目|人数（人）\n甲|95\n乙|\n丙|30", ["RK435 i"]),
    "five times as much": ("项目|2022年|2023年\n参加（人）|50|500", ["RK415 w 500"]),
    "half as much again": ("项目|2022年|2023年\n参加（人）|50|90", ["RK415 i 90"]),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "codes"), WRONG.values(), ids=WRONG.keys())
def test_what_is_wrong_is_found_alone(rows: str, codes: list[str], tmp_path: Path) -> None:
    assert [code.split(" | ")[0] for code in found(tmp_path, rows)] == codes


def test_two_header_rows(tmp_path: Path) -> None:
    rows = """
    对象|甲|<<|乙|<<
    ^^|人数（人）|占比（%）|人数（人）|占比（%）
    好|45|90.0|48|96.0
    差|5|10.0|2|5.0
    """
    assert found(tmp_path, rows, header=2) == ["RK417 w 96.0"]


def test_computation_is_shown(tmp_path: Path) -> None:
    example = PAGE.format(
        options="", rows="| 项目 | 人数（人） |\n|---|---|\n| 甲 | 12 |\n| 乙 | 30 |\n| 合计 | 43 |"
    )
    (only,) = diagnose(example, tmp_path)
    assert only.message == "“合计”（人数（人））为 43，各项之和为 42，相差 1"
    assert only.expected == "各项之和：12 + 30 = 42"
    assert [related.quote for related in only.related] == ["12", "30"]


def test_rounded_parts_may_miss_their_total_by_a_digit(tmp_path: Path) -> None:
    rows = "项目|经费（万元）\n甲|0.14\n乙|0.14\n丙|0.14\n合计|0.43"
    assert found(tmp_path, rows) == ["RK421 i 0.43"]
