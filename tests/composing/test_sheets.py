"""Tables of data files as facts: cells, sums, counts; whatever would be guessed is refused."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportkit.composing.facts import Facts, NoValueError
from reportkit.composing.sheets import Sheet, named
from reportkit.composing.values import Values
from reportkit.model.data import Dataset, Indicator
from reportkit.model.submission import DataPeriod
from tests.builders import observation

CLUBS = (("序号", "社团", "人数"), ("1", "甲", "12"), ("2", "乙", "30"), ("", "合计", "42"))
PLAN = (
    ("类别", "专业", "2023年", "<<", "2024年", "<<"),
    ("^^", "^^", "计划", "实际", "计划", "实际"),
    ("3+2", "甲", "40", "39", "40", "——"),
    ("^^", "乙", "36", "36", "{{ 1 }}", "35"),
    ("合计", "<<", "76", "75", "76", "35"),
)
GROUPS = (("专业", "一", "二"), ("东区", "<<", "<<"), ("甲", "1.50", "2"), ("乙", "0", "^^"))


def values(**tables: Sequence[Sequence[str]]) -> Values:
    data = Dataset(
        observations=(
            observation("total", "2023", "84"),
            observation("社区课程数", "2023", "12", scope="甲校", unit="门"),
            observation("学员", "2023", "1.2", unit="万人"),
            observation("学员", "2022", "9000", unit="人"),
            observation("讲师", "2023", "8", scope="东区", unit="人"),
            observation("讲师", "2023", "9", scope="西区", unit="人"),
            observation("讲师", "2019", "5", unit="名"),
            observation("经费", "2023", "3", unit="万元"),
        ),
        tables={f"data/{name}.csv": tuple(map(tuple, rows)) for name, rows in tables.items()},
    )
    indicators = (
        Indicator(id="total", name="总数", unit="人"),
        Indicator(id="面积", name="面积", formula="面积['东区'] + 面积['南区']"),
        Indicator(id="clubs.members", name="参加人数", formula="clubs | sum('人数')"),
    )
    period = DataPeriod(start=date(2023, 1, 1), end=date(2023, 12, 31))
    return Values(Facts(data, indicators, period))


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("clubs['乙', '人数']", "30"),
        ("clubs | sum", "42"),
        ("clubs | sum('人数')", "42"),
        ("clubs | sum('甲', '人数')", "12"),
        ("clubs | count", "2"),
        ("clubs.members", "42"),
        ("参加人数", "42"),
        ("(clubs | sum) / total * 100", "50"),
        ("clubs | sum('甲') | share_of('total', 2)", "14.29%"),
        ("clubs | count | in_words", "两"),
        ("plan['甲', '2023年实际']", "39"),
        ("plan | sum('2023年实际')", "75"),
        ("plan | sum('2023年', '甲')", "79"),
        ("plan | sum('3+2', '2024年实际')", "35"),
        ("groups | sum", "3.50"),
        ("groups | count", "2"),
        ("groups['乙', '二']", "2"),
    ],
)
def test_what_a_data_file_gives(expression: str, text: str) -> None:
    assert values(clubs=CLUBS, plan=PLAN, groups=GROUPS).text(expression) == text


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("clubs", "是一张表"),
        ("clubs | with_unit", "只能用于一个指标"),
        ("total | sum", "只能用于 data 文件夹中的表"),
        ("clubs['丙', '人数']", "没有“丙”，有的是"),
        ("clubs['甲', '人']", "没有“人”"),
        ("clubs['甲']", "表中的一格写行和列"),
        ("plan['甲', '计划']", "不止一处"),
        ("plan['甲', '2024年实际']", "不是数"),
        ("plan | sum('2024年计划')", "不能相加"),
        ("text | sum('人数')", "“约30”不是数"),
        ("blank | sum", "第 3 行空着"),
        ("club | count", "是否指 clubs？"),
    ],
)
def test_what_a_data_file_does_not_give(expression: str, reason: str) -> None:
    text = (("社团", "人数"), ("甲", "约30"), ("乙", "12"))
    blank = (("社团", "人数"), ("甲", "3"), ("乙", ""))
    with pytest.raises(NoValueError) as caught:
        values(clubs=CLUBS, plan=PLAN, text=text, blank=blank).text(expression)
    assert reason in caught.value.args_["reason"]


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("社区课程数", "12"),
        ("社区课程数 | with_unit", "12门"),
        ("讲师['东区']", "8"),
        ("讲师['2019']", "5"),
        ("讲师['2023', '西区']", "9"),
        ("学员 | in_unit('人')", "12000人"),
        ("学员 | change", "增加0.3万人"),
        ("学员 | difference", "0.3"),
        ("学员 | growth_rate(2)", "33.33"),
        ("(学员 - 学员['2022']) | in_unit('人')", "3000人"),
        ("学员 - 讲师['东区'] - 讲师['西区']", "1.20"),
        ("学员 - 100", "-98.8"),
        ("7 | in_words", "七"),
    ],
)
def test_own_indicators_need_no_definition(expression: str, text: str) -> None:
    assert values().text(expression) == text


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("讲师", "有 2 个口径（东区、西区），请写明是哪一个"),
        ("讲师['南区']", "只有口径 东区、西区 的"),
        ("社区课程", "是否指 社区课程数？"),
        ("面积", "数据中没有2023（东区）的数值"),
        ("学员 + 经费", "单位“万元”不能换算为“万人”"),
        ("学员 - 1 + 经费", "单位“万元”不能换算为“万人”"),
        ("1.5 | in_words", "整数"),
        ("社区课程数 | growth_rate", "数据中没有2022（甲校）的数值"),
    ],
)
def test_what_own_indicators_refuse(expression: str, reason: str) -> None:
    with pytest.raises(NoValueError) as caught:
        values().text(expression)
    assert reason in caught.value.args_["reason"]


def test_names_of_files() -> None:
    assert named("data/Plan-2.csv") == "plan_2"
    assert named("data\\社团.csv") == "社团"


_CELLS = st.lists(st.lists(st.sampled_from(["", "甲", "1", "2.5", "^^", "<<", "合计"])), min_size=1)


@given(_CELLS)
def test_any_table_is_summed_or_refused(rows: list[list[str]]) -> None:
    sheet = Sheet("data/x.csv", rows)
    assert 0 <= sheet.count() <= len(rows)
    try:
        numbers = sum((Decimal(c) for r in rows for c in r if c in ("1", "2.5")), Decimal(0))
        assert 0 <= sheet.total([]) <= numbers
    except LookupError:
        pass
