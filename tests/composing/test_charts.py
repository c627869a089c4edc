from decimal import Decimal

import pytest

from reportkit.composing import compose
from reportkit.model.blocks import Chart
from reportkit.model.data import Indicator
from reportkit.model.report import RChart, Report
from tests.builders import body, chapter, observation, standard, submission


def first_chart(report: Report) -> RChart:
    return next(block for block in body(report) if isinstance(block, RChart))


def composed(*rows: tuple[str, ...], **options: object) -> RChart:
    chart = Chart(caption="情况", rows=rows, **options)  # type: ignore[arg-type]
    return first_chart(compose(submission(chapter("甲", chart)), standard()))


def years(count: int) -> list[tuple[str, ...]]:
    return [(f"{2015 + n}年", str(100 + n)) for n in range(count)]


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        (years(2), "column"),
        (years(5), "line"),
        ([("2021-2022学年", "1"), ("2022-2023学年", "2")], "column"),
        ([("高职", "40.5"), ("中专", "30.2"), ("职高", "29.3")], "pie"),
        ([("高职", "25"), ("中专", "23"), ("职高", "28")], "column"),
        ([("很长很长的项目名称之一", "25"), ("乙", "23")], "bar"),
        ([(f"校{n}", "5") for n in range(12)], "bar"),
    ],
)
def test_the_data_decide_the_kind(rows: list[tuple[str, ...]], kind: str) -> None:
    assert composed(("类", "数"), *rows).kind == kind


def test_the_author_may_decide() -> None:
    assert composed(("类", "数"), *years(5), kind="ring").kind == "ring"


def test_series_keep_what_was_written() -> None:
    chart = composed(
        ("类", "高职", "中职"), ("规模", "1,204", "92.07%"), ("变化", "—", "-3.5"), ("空", "", "x")
    )
    assert chart.categories == ("规模", "变化", "空")
    assert [series.name for series in chart.series] == ["高职", "中职"]
    assert chart.series[0].values == (Decimal(1204), None, None)
    assert chart.series[1].values == (Decimal("92.07"), Decimal("-3.5"), None)
    assert chart.series[1].shown == ("92.07%", "-3.5", "x")


def test_what_is_no_number_is_reported() -> None:
    chart = Chart(caption="情况", rows=(("类", "数"), ("甲", "很多")))
    report = compose(submission(chapter("甲", chart)), standard())
    assert [(each.code, each.args["value"]) for each in report.problems] == [("RK135", "很多")]


def test_alt_text_is_written_from_the_data() -> None:
    chart = composed(("年度", "数"), ("2021", "195"), ("2022", "253"), unit="人")
    assert chart.alt == "柱形图：情况（单位：人）。2021 195，2022 253。"
    chart = composed(("年度", "甲", "乙"), ("2021", "1", "—"), ("2022", "2", ""))
    assert chart.alt == "柱形图：情况。甲：2021 1，2022 2；乙：2021 —，2022 无数据。"
    assert composed(("年度", "数"), ("2021", "195"), alt="自己写的").alt == "自己写的"


def test_charts_of_indicators() -> None:
    indicators = (
        Indicator(id="a", name="甲数", unit="人"),
        Indicator(id="b", name="乙数", unit="人"),
    )
    data = [
        observation(name, year, str(int(year) - 2000 + len(name)))
        for name in ("a", "b")
        for year in ("2020", "2021", "2022")
    ]

    def made(**options: object) -> RChart:
        chart = Chart(**options)  # type: ignore[arg-type]
        return first_chart(
            compose(
                submission(chapter("甲", chart), indicators=indicators, observations=data),
                standard(),
            )
        )

    chart = made(compare=("a", "b"))
    assert (chart.categories, [s.name for s in chart.series]) == (
        ("甲数", "乙数"),
        ["2021年", "2022年"],
    )
    chart = made(compare=("a",))
    assert (chart.categories, [s.name for s in chart.series]) == (("2021年", "2022年"), ["甲数"])
    chart = made(compare=("a", "b"), periods=("2020", "2021", "2022"))
    assert chart.categories == ("2020年", "2021年", "2022年")
    assert chart.series[1].shown == ("21", "22", "23")


def test_an_empty_chart_is_no_failure() -> None:
    chart = composed()
    assert (chart.categories, chart.series) == ((), ())
