import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportkit.composing import compose
from reportkit.composing.tables import is_number
from reportkit.model.base import Place, Places
from reportkit.model.blocks import Table
from reportkit.model.data import Indicator, IndicatorKind
from reportkit.model.report import Report, RTable, plain
from reportkit.model.standard import TableSpec
from tests.builders import body, chapter, observation, standard, submission


def rows(text: str) -> tuple[tuple[str, ...], ...]:
    """Rows as they stand in a pipe table, one a line."""
    return tuple(
        tuple(cell.strip() for cell in line.strip("| ").split("|"))
        for line in text.strip().splitlines()
    )


def first_table(report: Report) -> RTable:
    return next(block for block in body(report) if isinstance(block, RTable))


def composed(text: str, **options: object) -> RTable:
    table = Table(caption="题", rows=rows(text), **options)  # type: ignore[arg-type]
    return first_table(compose(submission(chapter("甲", table)), standard()))


def drawn(table: RTable) -> list[str]:
    """One line a row: text, with ×rows,columns where a cell spans."""
    lines = []
    for row in table.rows():
        cells = []
        for cell in row:
            span = f"×{cell.rowspan},{cell.colspan}" if cell.rowspan * cell.colspan > 1 else ""
            cells.append(plain(cell.runs) + span)
        lines.append(" ".join(cells))
    return lines


def test_two_level_header_with_merged_cells() -> None:
    table = composed(
        """
        | 分类 | 课堂教学 | <<  | 专业课 | <<  |
        | ^^   | 数量     | 比例 | 数量  | 比例 |
        | 满意 | 450      | 91.5 | 453   | 92.1 |
        """,
        header_rows=2,
    )
    assert drawn(table) == [
        "分类×2,1 课堂教学×1,2 专业课×1,2",
        "数量 比例 数量 比例",
        "满意 450 91.5 453 92.1",
    ]
    assert table.row_kinds == ("header", "header", "data")


def test_row_spans_and_blocks() -> None:
    table = composed(
        """
        | 等级 | 数量 | 占比 | 数量 | 占比 |
        | A+   | 19   | 10.4 | 59   | 32.4 |
        | A    | 18   | 9.9  | ^^   | ^^   |
        | B    | 22   | 12.1 | 块   | <<   |
        | C    | 25   | 13.7 | ^^   | <<   |
        """
    )
    assert drawn(table) == [
        "等级 数量 占比 数量 占比",
        "A+ 19 10.4 59×2,1 32.4×2,1",
        "A 18 9.9",
        "B 22 12.1 块×2,2",
        "C 25 13.7",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("| ^^ | << |\n| a | b |", ["", "a b"]),
        ("| 头 |\n| ^^ |", ["头", ""]),
        ("| 头 | 尾 |\n| a | << |\n| ^^ | b |", ["头 尾", "a×1,2", " b"]),
        ("| 头 | 尾 | 三 |\n| a | << |\n| c |", ["头 尾 三", "a×1,2 ", "c  "]),
    ],
)
def test_impossible_merges_leave_empty_cells(text: str, expected: list[str]) -> None:
    got = [line.strip() for line in drawn(composed(text))]
    assert got == [line.strip() for line in expected]


CELLS = st.sampled_from(["甲", "1", "", "^^", "<<", "合计", "其中：乙"])


@given(
    st.lists(st.lists(CELLS, min_size=1, max_size=5), min_size=1, max_size=6).map(
        lambda body: tuple(map(tuple, body))
    ),
    st.integers(0, 3),
    st.integers(1, 3),
)
def test_every_place_of_the_grid_is_covered_once(
    body: tuple[tuple[str, ...], ...], header: int, fold: int
) -> None:
    table = first_table(
        compose(
            submission(chapter("甲", Table(rows=body, header_rows=header, fold=fold))), standard()
        )
    )
    covered = [
        (row, column)
        for cell in table.cells
        for row in range(cell.row, cell.row + cell.rowspan)
        for column in range(cell.column, cell.column + cell.colspan)
    ]
    whole = [(r, c) for r in range(len(table.row_kinds)) for c in range(table.columns)]
    assert sorted(covered) == whole
    assert all(cell.row + cell.rowspan <= table.header_rows for cell in table.cells
               if cell.row < table.header_rows)  # fmt: skip
    assert [cell.row for cell in table.cells] == sorted(cell.row for cell in table.cells)


def test_kinds_of_rows() -> None:
    table = composed(
        """
        | 序号 | 项目           | 数 |
        | 一、公办学校 | <<   | << |
        | 1    | 在校生         | 5  |
        |      | 其中：女生     | 2  |
        | 小 计 | <<            | 5  |
        | 合计（人） | <<       | 5  |
        | 总计 |                | 5  |
        | 合计划人数 |          | 5  |
        """
    )
    assert table.row_kinds == (
        "header", "group", "data", "part", "subtotal", "total", "total", "data",
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["12", "1,204", "-3.5%", "92.07％", "0.41:1", "12.1:1", "—", "——", "--", "/", "4.26万", "0"],
)
def test_numbers_in_cells(text: str) -> None:
    assert is_number(text)


@pytest.mark.parametrize("text", ["010010", "570102K", "一", "3次", "2021—2022", "", "1,20", "甲"])
def test_what_is_no_number(text: str) -> None:
    assert not is_number(text)


def test_only_body_cells_after_the_first_are_numeric() -> None:
    table = composed("| 年度 | 2021 |\n| 2022 | **253** |")
    assert [cell.numeric for cell in table.cells] == [False, False, False, True]


def test_authors_marks_for_missing_values_stay_as_they_are() -> None:
    table = composed("| 项目 | 高职 | 中职 |\n| 数 | —— | -- |")
    assert drawn(table)[1] == "数 —— --"


def test_folded_tables_repeat_their_header() -> None:
    table = composed(
        """
        | 序号 | 学校 |
        | 1    | 甲   |
        | 2    | 乙   |
        | 3    | ^^   |
        | 4    | 丁   |
        | 5    | 戊   |
        """,
        fold=2,
        widths=(1, 3),
    )
    assert drawn(table) == ["序号 学校 序号 学校", "1 甲 4 丁", "2 乙×2,1 5 戊", "3  "]
    assert table.widths == (1, 3, 1, 3)


def test_a_fold_parts_what_is_joined_across_it() -> None:
    table = composed("| 甲 | 乙 |\n| 组 | 1 |\n| ^^ | 2 |\n| ^^ | 3 |\n| ^^ | 4 |", fold=2)
    assert drawn(table) == ["甲 乙 甲 乙", "组×2,1 1 组×2,1 3", "2 4"]


def test_unit_notes_and_source() -> None:
    table = composed("| 甲 |", unit="人", notes=("不含民办",), source="统计系统")
    assert table.unit == "单位：人"
    assert [plain(line) for line in table.notes] == ["注：不含民办", "数据来源：统计系统"]
    table = composed("| 甲 |", notes=("注：甲", "乙"), source="数据来源：丙")
    assert table.unit is None
    assert [plain(line) for line in table.notes] == ["注：甲", "注2：乙", "数据来源：丙"]


def test_rows_from_a_csv_file_know_their_cell() -> None:
    table = Table(caption="题", data="data/t.csv")
    made = submission(
        chapter("甲", table), tables={"data/t.csv": [["校", "数"], ["甲", "{{ x }}"]]}
    )
    report = compose(made, standard())
    assert drawn(first_table(report)) == ["校 数", "甲 〔缺：x〕"]
    place = report.problems[0].place
    assert (place.file, place.line, place.cell) == ("data/t.csv", 2, "B2")


def test_cells_know_where_they_stand() -> None:
    cell = Place(file="chapters/1.md", line=7, column=9, columns=(9,))
    table = Table(
        caption="题",
        rows=(("甲", "见{{ x }}"),),
        place=Place(file="chapters/1.md", line=5),
        places=Places({"rows.0.1": cell}),
    )
    place = compose(submission(chapter("甲", table)), standard()).problems[0].place
    assert (place.line, place.column) == (7, 10)


INDICATORS = (
    Indicator(id="total", name="招生数", unit="人"),
    Indicator(id="rate", name="就业率", unit="%", kind=IndicatorKind.RATE, decimals=2),
    Indicator(id="zero", name="上年为零", unit="项"),
    Indicator(id="gap", name="缺上年", unit="项"),
    Indicator(id="excused", name="不适用项", unit="项"),
)
OBSERVATIONS = (
    observation("total", "2020", "210"),
    observation("total", "2021", "195"),
    observation("total", "2022", "253"),
    observation("rate", "2021", "96.6"),
    observation("rate", "2022", "95.41"),
    observation("zero", "2021", "0"),
    observation("zero", "2022", "3"),
    observation("gap", "2022", "3"),
    observation("excused", "2022", None, missing="不适用"),
    observation("excused", "2021", None, missing="不适用"),
)


def test_comparison_with_last_year() -> None:
    table = Table(caption="对比", compare=("total", "rate", "zero", "gap", "excused", "nowhere"))
    made = submission(chapter("甲", table), indicators=INDICATORS, observations=OBSERVATIONS)
    report = compose(made, standard())
    assert drawn(first_table(report)) == [
        "指标 单位 2021年 2022年 增长量 增长率（%）",
        "招生数 人 195 253 58 29.74",
        "就业率 % 96.60 95.41 -1.19个百分点 —",
        "上年为零 项 0 3 3 —",
        "缺上年 项 〔缺〕 3 — —",
        "不适用项 项 — — — —",
        "nowhere — 〔缺〕 〔缺〕 — —",
    ]
    assert [(each.code, each.quote) for each in report.problems] == [
        ("RK136", "gap"),
        ("RK133", "nowhere"),
    ]
    cells = first_table(report).cells
    assert all(run.value for cell in cells for run in cell.runs)


def test_comparison_of_given_periods_and_scope() -> None:
    table = Table(compare=("total",), periods=("2020", "2021", "2022"))
    made = submission(chapter("甲", table), indicators=INDICATORS, observations=OBSERVATIONS)
    assert drawn(first_table(compose(made, standard()))) == [
        "指标 单位 2020年 2021年 2022年 增长量 增长率（%）",
        "招生数 人 210 195 253 58 29.74",
    ]
    alone = Table(compare=("total",), periods=("2022",), scope="民办")
    made = submission(
        chapter("甲", alone),
        indicators=INDICATORS,
        observations=(observation("total", "2022", "9", scope="民办"),),
    )
    assert drawn(first_table(compose(made, standard()))) == ["指标 单位 2022年", "招生数 人 9"]


def test_time_series_has_a_period_a_row() -> None:
    table = Table(compare=("total", "excused"), periods=("2020", "2021", "2022"), form="series")
    made = submission(chapter("甲", table), indicators=INDICATORS, observations=OBSERVATIONS)
    lines = drawn(first_table(compose(made, standard())))
    assert lines[:3] == ["时期 招生数（人） 不适用项（项）", "2020年 210 〔缺〕", "2021年 195 —"]


def test_breakdown_adds_up_what_is_no_part() -> None:
    indicators = (
        Indicator(id="a", name="甲项", unit="人"),
        Indicator(id="a.b", name="乙项", unit="人", part_of="a"),
        Indicator(id="c", name="丙项", unit="人"),
    )
    observations = (
        observation("a", "2022", "30"),
        observation("a.b", "2022", "12"),
        observation("c", "2022", "0.006", unit="万人"),
    )
    table = Table(compare=("a", "a.b", "c"), form="breakdown")
    made = submission(chapter("甲", table), indicators=indicators, observations=observations)
    shown = first_table(compose(made, standard()))
    assert drawn(shown) == [
        "项目 数量（人） 占比（%）",
        "甲项 30 33.3",
        "其中：乙项 12 13.3",
        "丙项 60 66.7",
        "合计 90 100",
    ]
    assert shown.row_kinds == ("header", "data", "part", "data", "total")


def test_mandated_table_is_filled_from_the_data() -> None:
    spec = TableSpec(
        id="form",
        title="规定的表",
        header=(("项目", "单位", "数值", "调查人数"),),
        rows=(
            ("招生数", "人", "", ""),
            ("分组", "—", "—", "—"),
            ("不适用项", "项", "", ""),
            ("缺上年", "项", "", ""),
        ),
        indicators=("total", "", "excused", "gap"),
    )
    table = Table(fill="form", periods=("2021",))
    more = observation("total", "2021", "150", scope="调查人数")
    made = submission(
        chapter("甲", table), indicators=INDICATORS, observations=(*OBSERVATIONS, more)
    )
    report = compose(made, standard(tables=(spec,)))
    assert drawn(first_table(report)) == [
        "项目 单位 数值 调查人数",
        "招生数 人 195 150",
        "分组 — — —",
        "不适用项 项 不适用 —",
        "缺上年 项 〔缺〕 —",
    ]
    assert [each.code for each in report.problems] == ["RK136"]


def test_a_table_that_no_standard_lays_down_is_a_gap() -> None:
    made = submission(chapter("甲", Table(fill="nowhere")))
    report = compose(made, standard())
    assert drawn(first_table(report)) == ["〔缺：nowhere〕"]
    assert [each.code for each in report.problems] == ["RK130"]
