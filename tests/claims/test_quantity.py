"""Quantities in prose and cells: values, units, intervals, and what is none."""

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reportkit.claims.cells import cell_value, is_missing
from reportkit.claims.numerals import chinese_value, fold
from reportkit.claims.quantity import Bound, scan
from reportkit.claims.units import Dimension, comparable, dimension
from reportkit.composing.numerals import chinese


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("在校生 1 234 人", "1234", "人"),
        ("藏书12,345册", "12345", "册"),
        ("投入３．２５万元", "32500", "元"),
        ("投入 1.08 亿元", "108000000", "元"),
        ("完成率９８.５％", "98.5", "%"),
        ("提高1.2个百分点", "1.2", "个百分点"),
        ("设有五个专业", "5", "个"),
        ("百分之三十", "30", "%"),
        ("教师60名²", "60", "名"),
        ("增幅-3.5%", "-3.5", "%"),
        ("共 1 2 3 4 人", "1234", "人"),
        ("占地三千亩", "2000001.000", "亩"),
    ],
)
def test_value_and_unit(text: str, value: str, unit: str) -> None:
    (found,) = scan(text)
    assert found.value == Decimal(value)
    assert found.unit == unit
    assert text[found.start : found.end] == found.text


@pytest.mark.parametrize(
    ("text", "low", "high", "bound"),
    [
        ("招生3.62万人", "36150", "36250", Bound.SHOWN),
        ("占21%", "20.5", "21.5", Bound.SHOWN),
        ("招生253人", "253", "253", Bound.SHOWN),
        ("增加4100余人", "4100", "4200", Bound.MORE),
        ("服务1万余人次", "10000", "20000", Bound.MORE),
        ("服务超9000人次", "9000", "Infinity", Bound.ABOVE),
        ("达标率80%以上", "79.5", "Infinity", Bound.ABOVE),
        ("不足20人", "0", "20", Bound.BELOW),
        ("近5000人", "4000", "5000", Bound.NEARLY),
        ("20%～40%", "20", "40.5", Bound.RANGE),
        ("每班20至30人", "20", "30", Bound.RANGE),
    ],
)
def test_interval(text: str, low: str, high: str, bound: Bound) -> None:
    (found,) = scan(text)
    assert (found.low, found.high) == (Decimal(low), Decimal(high))
    assert found.bound is bound


@pytest.mark.parametrize(
    ("text", "pair"),
    [("生师比为12.5:1", ("12.5", "1")), ("比例1：2.5", ("1", "2.5")), ("1比20", ("1", "20"))],
)
def test_ratio(text: str, pair: tuple[str, str]) -> None:
    (found,) = scan(text)
    assert found.pair == (Decimal(pair[0]), Decimal(pair[1]))
    assert found.dimension is Dimension.RATIO


@pytest.mark.parametrize(
    "text",
    [
        "2022年9月1日",
        "2024-2025学年",
        "9月",
        "2023届",
        "第24届",
        "第三批",
        "见表2-10",
        "图 3-1",
        "3+2贯通培养",
        "1+X证书",
        "C919",
        "十四五规划",
        "一带一路",
        "统一部署",
        "教职成〔2022〕15号",
        "胡同21号",
        "上午9:30开课",
        "“四个一”工程",
    ],
)
def test_no_quantity(text: str) -> None:
    assert [found.text for found in scan(text) if found.unit] == []


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("253", "253"),
        ("2022", "2022"),
        ("12,345.6", "12345.6"),
        ("减少58人", "-58"),
        ("↑4.5", "4.5"),
        ("92．1", "92.1"),
        ("43.7%", "43.7"),
        ("（12）", "12"),
        ("约120人", "120"),
    ],
)
def test_cell(cell: str, value: str) -> None:
    found = cell_value(cell)
    assert found is not None
    assert found.value == Decimal(value)


@pytest.mark.parametrize("cell", ["", "—", "3+2", "2022年", "2人升学、3人就业", "优秀", "A+"])
def test_no_cell_value(cell: str) -> None:
    assert cell_value(cell) is None


def test_missing() -> None:
    assert is_missing(" —— ")
    assert not is_missing("")


def test_units_compare_by_dimension() -> None:
    assert comparable("人", "名")
    assert comparable("所", "个")
    assert not comparable("人", "人次")
    assert not comparable("门", "册")
    assert not comparable("%", "个百分点")
    assert dimension("元/生") is Dimension.MONEY


@given(st.integers(1, 9_999))
def test_chinese_numerals_come_back(number: int) -> None:
    assert chinese_value(chinese(number)) == number


@pytest.mark.parametrize("text", ["十四五", "三四", "百十", "两三", "二〇二二", "万一"])
def test_ill_formed_chinese_has_no_value(text: str) -> None:
    assert chinese_value(text) is None


@given(
    st.decimals(min_value=0, max_value=10**9, places=2),
    st.sampled_from(["人", "万元", "%", "册", "个百分点", "亿元", ""]),
    st.sampled_from(["共", "达到", "为 ", "约", "近", "，"]),
)
def test_any_decimal_is_found_once(number: Decimal, unit: str, before: str) -> None:
    assume(unit or not 1900 <= number < 2100)  # 2015.01 alone is a month
    text = f"{before}{number}{unit}。"
    (found,) = scan(text)
    assert found.shown == number
    assert found.low <= found.value <= found.high


@given(
    st.text(
        alphabet="0123456789０９．.,，%％:：-~约近余万亿千百十三五人次个元年月表图 +（）至",
        max_size=60,
    )
)
def test_scanner_never_fails_and_places_are_exact(text: str) -> None:
    end = 0
    for found in scan(text):
        assert found.start >= end
        assert found.end <= len(text)
        assert text[found.start : found.end] == found.text
        assert found.low <= found.high
        end = found.end


@given(st.text(max_size=80))
def test_folding_keeps_places(text: str) -> None:
    assert len(fold(text)) == len(text)
    scan(text)
