from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportkit.composing import compose
from reportkit.composing.facts import Facts, NoValueError, rounded, year_before
from reportkit.composing.values import Values
from reportkit.model.data import Dataset, Indicator, IndicatorKind
from reportkit.model.submission import DataPeriod
from tests.builders import chapter, observation, paragraph_runs, standard, submission, texts

INDICATORS = (
    Indicator(id="enrolment.total", name="招生数", unit="人"),
    Indicator(id="staff", name="教职工数", unit="人"),
    Indicator(id="fund", name="经费", unit="万元", kind=IndicatorKind.AMOUNT, decimals=2),
    Indicator(id="rate", name="就业率", unit="%", kind=IndicatorKind.RATE, decimals=2),
    Indicator(id="none", name="上年为零", unit="项"),
    Indicator(id="ratio", name="生师比", kind=IndicatorKind.RATIO,
              formula="enrolment.total / staff"),
    Indicator(id="share", name="占比", kind=IndicatorKind.RATE, unit="%", decimals=1,
              formula="ratio * 100 / 2"),
    Indicator(id="documented", name="有说明", formula="招生数 ÷ 教职工数 × 100%"),
    Indicator(id="one", name="一", formula="two"),
    Indicator(id="two", name="二", formula="one + 1"),
)  # fmt: skip
OBSERVATIONS = (
    observation("parts.only", "2022", "4.5", scope="高职"),
    observation("parts.only", "2021", "4", scope="高职"),
    observation("enrolment.total", "2022", "253"),
    observation("enrolment.total", "2021", "195"),
    observation("enrolment.total", "2022", "200", scope="公办"),
    observation("enrolment.total", "2021", "210", scope="公办"),
    observation("staff", "2022", "40"),
    observation("staff", "2021", "40"),
    observation("fund", "2022", "1204.005"),
    observation("rate", "2022", "95.405"),
    observation("rate", "2021", "96.6"),
    observation("none", "2022", "3"),
    observation("none", "2021", "0"),
    observation("undefined.metric", "2022", "7.50"),
    observation("gone", "2022", None, missing="不适用"),
)


def values() -> Values:
    period = DataPeriod(start=date(2022, 1, 1), end=date(2022, 12, 31))
    return Values(Facts(Dataset(observations=OBSERVATIONS), INDICATORS, period))


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("enrolment.total", "253"),
        ("enrolment.total | with_unit", "253人"),
        ("enrolment.total['2021']", "195"),
        ("enrolment.total | of('2021') | with_unit", "195人"),
        ("enrolment.total | of(2021)", "195"),
        ("enrolment.total | scope('公办')", "200"),
        ("enrolment.total | scope('公办') | versus_last_year", "较上年减少10人"),
        ("enrolment.total | versus_last_year", "较上年增加58人"),
        ("enrolment.total | growth", "增长29.7%"),
        ("enrolment.total | growth(2)", "增长29.74%"),
        ("enrolment.total | scope('公办') | growth", "下降4.8%"),
        ("parts.only | scope('高职')", "4.5"),
        ("parts.only['2021'] | scope('高职')", "4"),
        ("parts.only | of('2021') | scope('高职')", "4"),
        ("staff | versus_last_year", "与上年持平"),
        ("staff | growth", "与上年持平"),
        ("fund", "1204.01"),
        ("fund | with_unit", "1204.01万元"),
        ("rate", "95.41"),
        ("rate | versus_last_year", "较上年下降1.19个百分点"),
        ("rate | growth", "下降1.19个百分点"),
        ("undefined.metric", "7.50"),
        ("ratio", "6.33"),
        ("share | with_unit", "316.5%"),
        ("enrolment.total - enrolment.total['2021']", "58"),
        ("((enrolment.total - 195) / 195 * 100) | decimals(1)", "29.7"),
        ("enrolment.total / 3", "84.33"),
        ("0.1 + staff * 0.2", "8.1"),
        ("-staff", "-40"),
        ("--staff", "40"),
        ("undefined.metric + 2.50", "10.00"),
        ("undefined.metric * 2", "15"),
        ("staff * 0.5 * 100", "2000"),
    ],
)
def test_expressions(expression: str, text: str) -> None:
    assert values().text(expression) == text


@pytest.mark.parametrize(
    "expression",
    [
        "''.__class__.__mro__",
        "enrolment.total.__class__()",
        "range(10)",
        "cycler('a')",
        "9 ** 9 ** 9",
        "staff ** 2",
        "staff // 2",
        "'x' * 99999",
        "'text'",
        "[1, 2]",
        "{'a': 1}",
        "staff if staff else 1",
        "not staff",
        "staff > 1",
        "staff ~ 'x'",
        "staff | upper",
        "staff | attr('value')",
        "staff * 100 | decimals(1)",
        "staff | of",
        "staff | of(period='2021')",
        "staff | of(enrolment.total)",
        "staff | growth(99)",
        "5 | versus_last_year",
        "staff[enrolment.total]",
        "staff[1:2]",
        "staff.2021['x'].y",
        "staff }}{% for x in y %}",
        "{# x",
        "1 / 0",
        "1e999 * 1e999",
        "9" * 100,
        "1e-300 * staff",
        "none | growth",
        "(" * 90 + "1" + ")" * 90,
        "x" * 300,
        "",
        " ",
        "。",
    ],
)
def test_anything_else_is_refused(expression: str) -> None:
    with pytest.raises(NoValueError) as caught:
        values().text(expression)
    assert caught.value.code in ("RK130", "RK131")
    assert caught.value.args_["reason"]


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        ("unknown.thing", "没有这个指标"),
        ("enrolment.total['1999']", "数据中没有1999的数值"),
        ("staff | scope('民办')", "数据中没有2022（民办）的数值"),
        ("gone", "数据中注明“不适用”"),
        ("documented", "数据中没有2022的数值"),
        ("fund | versus_last_year", "数据中没有2021的数值"),
    ],
)
def test_a_value_that_is_not_there(expression: str, reason: str) -> None:
    with pytest.raises(NoValueError) as caught:
        values().text(expression)
    assert caught.value.code == "RK131"
    assert caught.value.args_["reason"] == reason


def test_circular_formulas_are_told_with_their_circle() -> None:
    with pytest.raises(NoValueError) as caught:
        values().text("one")
    assert caught.value.code == "RK132"
    assert caught.value.args_["path"] == "one → two → one"


def chained(count: int, formula: str) -> Values:
    """Indicators a0 (5), a1 … of which each is computed from the one before."""
    period = DataPeriod(start=date(2022, 1, 1), end=date(2022, 12, 31))
    indicators = [
        Indicator(id=f"a{n}", name="", formula=formula.format(f"a{n - 1}")) for n in range(1, count)
    ]
    data = Dataset(observations=(observation("a0", "2022", "5"),))
    return Values(Facts(data, indicators, period))


def test_formulas_upon_formulas_stay_quick_and_bounded() -> None:
    assert chained(19, "{0} + {0} - {0}").text("a18") == "5"
    for count, formula in ((60, "{0} + {0}"), (19, "{0} * {0}")):
        with pytest.raises(NoValueError) as caught:
            chained(count, formula).text(f"a{count - 1}")
        assert caught.value.code == "RK130"


def test_gaps_print_and_are_reported_with_their_place() -> None:
    made = submission(
        chapter("情况", "招生{{ enrolment.total }}人，教师{{ nope }}人，{{ 2 ** 9 }}。"),
        indicators=INDICATORS,
        observations=OBSERVATIONS,
    )
    report = compose(made, standard())
    assert texts(report)[1] == "招生253人，教师〔缺：nope〕人，〔有误：2 ** 9〕。"
    assert [(each.code, each.quote) for each in report.problems] == [
        ("RK131", "{{ nope }}"),
        ("RK130", "{{ 2 ** 9 }}"),
    ]
    assert [run.text for run in paragraph_runs(report) if run.value][:1] == ["253"]


@pytest.mark.parametrize(
    ("period", "before"),
    [
        ("2022", "2021"),
        ("2024-2025学年", "2023-2024学年"),
        ("2022年秋", "2021年秋"),
    ],
)
def test_the_year_before(period: str, before: str) -> None:
    assert year_before(period) == before


@given(st.decimals(-(10**9), 10**9, places=6), st.integers(0, 5))
def test_rounding_is_half_up_and_close(value: Decimal, places: int) -> None:
    short = rounded(value, places)
    assert abs(short - value) <= Decimal("0.5").scaleb(-places)
    assert rounded(-value, places) == -short


@given(st.text("staff.enrolment.total |of('2021')[]+-*/0123456789{}%#\"~<>=!", max_size=40))
def test_no_expression_raises_anything_else(expression: str) -> None:
    with suppress(NoValueError):
        assert isinstance(values().text(expression), str)


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        ("staff | share_of('enrolment.total')", "15.8%"),
        ("staff | share_of('enrolment.total', 2)", "15.81%"),
        ("staff | ratio_to('enrolment.total')", "1:6.3"),
        ("enrolment.total | ratio_to('staff', 2)", "6.33:1"),
        ("enrolment.total | plus('staff')", "293"),
        ("fund | in_unit('亿元', 3)", "0.120亿元"),
        ("fund | in_unit('元')", "12040050元"),
        ("enrolment.total | in_unit('万', 2)", "0.03万人"),
        ("enrolment.total | versus('2021')", "较2021年增加58人"),
        ("staff | versus('2021')", "与2021年持平"),
        ("rate | growth", "下降1.19个百分点"),
    ],
)
def test_what_officials_write(expression: str, text: str) -> None:
    assert values().text(expression) == text


@pytest.mark.parametrize(
    "expression",
    ["staff | share_of('none', 1) | of('2021')", "fund | in_unit('人')", "staff | plus('fund')",
     "fund + staff", "staff | of('2021') | ratio_to('none')"],
)  # fmt: skip
def test_what_cannot_be_computed_is_refused(expression: str) -> None:
    with pytest.raises(NoValueError):
        values().text(expression)


def test_units_of_two_periods_are_made_one() -> None:
    made = Values(
        Facts(
            Dataset(
                observations=(
                    observation("fund", "2022", "1.5", unit="亿元"),
                    observation("fund", "2021", "12000"),
                )
            ),
            INDICATORS,
            DataPeriod(start=date(2022, 1, 1), end=date(2022, 12, 31)),
        )
    )
    assert made.text("fund | growth") == "增长25.0%"
    assert made.text("fund | versus_last_year") == "较上年增加0.30亿元"
