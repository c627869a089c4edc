"""CSV files: values with their places, bodies of tables, contents lists."""

from decimal import Decimal
from pathlib import Path

import pytest

from reportkit.reading import ReadResult
from reportkit.reading.csv_table import cell_name, number

from .support import codes, only, submission


def values(root: Path, text: str) -> ReadResult:
    return submission(root, {"data/indicators.csv": text})


def test_values(tmp_path: Path) -> None:
    text = (
        "indicator,period,value,scope,unit,source,missing\n"
        "staff.total,2022, 85.40 ,中职,人,状态数据,\n"
        "staff.total,2021,,,,,不适用\n"
        ",,,,,,\n"
    )
    result = values(tmp_path, text)
    assert codes(result) == []
    assert result.submission is not None
    first, second = result.submission.data.observations
    assert (first.value, str(first.value), first.scope, first.unit) == (
        Decimal("85.4"), "85.40", "中职", "人",
    )  # fmt: skip
    assert (second.value, second.missing) == (None, "不适用")
    assert first.place is not None
    assert (first.place.file, first.place.line, first.place.cell) == (
        "data/indicators.csv",
        2,
        "C2",
    )
    place = first.place_of("scope")
    assert place is not None
    assert place.cell == "D2"


def test_chinese_header_and_quoted_line_breaks(tmp_path: Path) -> None:
    result = values(tmp_path, '指标,年度,数值,来源\nstaff,2022,1,"甲\n乙"\nstaff,2023,x,\n')
    finding = only(result, "RK135")
    assert (finding.place.line, finding.place.cell) == (4, "C3")


@pytest.mark.parametrize(
    ("text", "value", "says"),
    [
        ("1,234", "1234", "千位"),
        ("1，234.5", "1234.5", "千位"),
        ("１２３", "123", "半角"),
        ("−5", "-5", "半角"),
        ("1.2E+11", None, "科学计数法"),
        ("85%", None, "单位"),
        ("12人", None, "单位"),
        ("约300", None, "missing"),
        ("—", None, "missing"),
        ("=SUM(A1)", None, "missing"),
        ("9" * 60, None, "位数过多"),
    ],
)
def test_numbers_that_are_not_written_as_such(text: str, value: str | None, says: str) -> None:
    found, reason = number(text)
    assert found == (None if value is None else Decimal(value))
    assert says in reason


@pytest.mark.parametrize("text", ["0", "-1.50", "+3", "010010", "123456789.123456"])
def test_numbers(text: str) -> None:
    assert number(text) == (Decimal(text), "")


def test_text_in_the_value_column_is_not_lost(tmp_path: Path) -> None:
    result = values(tmp_path, "indicator,period,value\nstaff,2022,不适用\n")
    only(result, "RK135")
    assert result.submission is not None
    assert result.submission.data.observations[0].missing == "不适用"


def test_repeated_values(tmp_path: Path) -> None:
    text = "indicator,period,value,scope\na,2022,1,\na,2022,1,甲\na,2022,2,\n"
    finding = only(values(tmp_path, text), "RK134")
    assert (finding.place.line, finding.related[0].place.line) == (4, 2)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "RK124"),
        ("indicator;period;value\na;2022;1\n", "RK124"),
        ("indicator\tperiod\tvalue\n", "RK124"),
        ("indicator，period，value\n", "RK124"),
        ("indicator,period\na,2022\n", "RK108"),
        ("indicator,period,value,valu\n", "RK107"),
        ("indicator,period,value,value\n", "RK105"),
        ("indicator,period,value\nA,2022,1\n", "RK109"),
        ("indicator,period,value\na,,1\n", "RK108"),
        ("indicator,period,value\na,2022,1,2\n", "RK122"),
    ],
)
def test_faults(tmp_path: Path, text: str, code: str) -> None:
    assert codes(values(tmp_path, text))[0] == code


def test_place_of_a_wrong_cell(tmp_path: Path) -> None:
    finding = only(values(tmp_path, "indicator,period,value\nA,2022,1\n"), "RK109")
    assert (finding.place.line, finding.place.cell) == (2, "A2")


def test_bodies_of_tables(tmp_path: Path) -> None:
    body = '年度,招生\n2022,"1,234"\n\n 2021 ,\n,\n,,\n'
    chapter = "# 章\n\n::: table\ndata: data/x.csv\n:::\n"
    result = submission(tmp_path, {"data/x.csv": body, "chapters/1.md": chapter})
    assert codes(result) == []
    assert result.submission is not None
    assert result.submission.data.tables["data/x.csv"] == (
        ("年度", "招生"), ("2022", "1,234"), (" 2021 ", ""),
    )  # fmt: skip


def test_ragged_body(tmp_path: Path) -> None:
    chapter = "# 章\n\n::: table\ndata: data/x.csv\n:::\n"
    result = submission(tmp_path, {"data/x.csv": "a,b\n1\n", "chapters/1.md": chapter})
    finding = only(result, "RK122")
    assert (finding.place.line, finding.place.cell) == (2, "A2")


def test_unpaired_quote(tmp_path: Path) -> None:
    chapter = "# 章\n\n::: table\ndata: data/x.csv\n:::\n"
    result = submission(tmp_path, {"data/x.csv": 'a,b\n1,"二\n3,4\n', "chapters/1.md": chapter})
    assert only(result, "RK124").place.line == 2
    assert result.submission is not None
    assert result.submission.data.tables["data/x.csv"] == (("a", "b"), ("1", "二\n3,4\n"))


def test_unknown_column_is_told_once(tmp_path: Path) -> None:
    text = "indicator,period,remark,value\na,2022,x,1\nb,2022,y,2\n"
    result = values(tmp_path, text)
    assert only(result, "RK107").place.cell == "C1"
    assert result.submission is not None
    assert [str(o.value) for o in result.submission.data.observations] == ["1", "2"]


def test_indicators_are_no_body(tmp_path: Path) -> None:
    chapter = "# 章\n\n::: table\ndata: data/indicators.csv\n:::\n"
    text = "indicator,period,value\na,2022,1\n"
    result = submission(tmp_path, {"data/indicators.csv": text, "chapters/1.md": chapter})
    only(result, "RK124")
    assert result.submission is not None
    assert result.submission.data.tables == {}


@pytest.mark.parametrize(
    "text", ["toc,一、,1\n目次,二、,2\n", "list,text,page\ntoc,,\n", "toc,a,b,c\n"]
)
def test_contents_that_are_not_understood(tmp_path: Path, text: str) -> None:
    assert codes(submission(tmp_path, {"contents.csv": text})) == ["RK124"]


def test_names_of_cells() -> None:
    assert [cell_name(1, n) for n in (0, 25, 26, 701, 702)] == ["A1", "Z1", "AA1", "ZZ1", "AAA1"]
