"""Places as writers speak of them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from reportkit.checks.spoken import spoken_places
from reportkit.workflow import open_submission

MANIFEST = """\
standard: moe-2024-school
title: 甲校职业教育质量年度报告（2024年度）
title_year: 2024
data_period: {start: 2023-09-01, end: 2024-08-31}
organisation: {name: 甲校}
chapters: [chapters/1.md]
"""
CHAPTER = """\
# 人才培养

## 立德树人

第一段。

1. 列表一
2. 列表二，见 @tbl:none。

::: table {#tbl:a caption="开班 @tbl:none"}
| 项目 | 数 |
|---|---|
| 合计@tbl:none | 3 |
| ^^ | @tbl:none |
:::

::: case {title="做法"}
案例第一段。

案例第二段 @tbl:none。
:::

脚注在此[^1]。

[^1]: 见 @tbl:none。
"""


@pytest.fixture
def said(tmp_path: Path) -> Callable[[str], set[str]]:
    (tmp_path / "chapters").mkdir()
    (tmp_path / "data").mkdir()
    (tmp_path / "report.yaml").write_text(MANIFEST, encoding="utf-8")
    (tmp_path / "chapters/1.md").write_text(CHAPTER, encoding="utf-8")
    (tmp_path / "data/indicators.csv").write_text(
        "indicator,period,value\nteachers.total,2024,x\n", encoding="utf-8"
    )
    opened = open_submission(tmp_path)
    places = spoken_places(opened.result, opened.standard, opened.report, opened.diagnostics)
    assert len(places) == len(opened.diagnostics)
    assert all(
        len(p) == 1 + len(d.related) for p, d in zip(places, opened.diagnostics, strict=True)
    )

    def found(code: str) -> set[str]:
        pairs = zip(opened.diagnostics, places, strict=True)
        return {place[0] for diagnostic, place in pairs if diagnostic.code == code}

    return found


def test_text_tables_cases_and_footnotes(said: Callable[[str], set[str]]) -> None:
    assert said("RK321") == {
        "第 3 段",
        "表1-1的表题",
        "表1-1“合计@tbl:none”一行",
        "表1-1第 3 行",
        "案例1-1 第 2 段",
        "脚注 1",
    }


def test_data_and_what_is_missing(said: Callable[[str], set[str]]) -> None:
    assert said("RK135") == {"指标数据“专任教师数”2024"}
    assert "报告信息（report.yaml）第 6 行" in said("RK201")
