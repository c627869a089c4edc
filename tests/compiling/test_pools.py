"""The arithmetic of pooling: exact, in any order and unit; the record reads back the same."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportkit.composing.pools import (
    FILE_LIMIT,
    Contribution,
    Pools,
    agrees,
    decimal,
    pooled,
    pools_of,
    tables,
)
from reportkit.model.data import Dataset, Pooling
from reportkit.reading.folder import SOURCES, is_sources
from reportkit.standards import load, new_submission

NUMBERS = st.decimals(0, 10**9, places=3, allow_nan=False)
WEIGHTS = st.decimals(1, 10**6, places=1, allow_nan=False)
PAIRS = st.lists(st.tuples(NUMBERS, WEIGHTS), min_size=1, max_size=30)
METHODS = (Pooling.SUM, Pooling.MEAN, Pooling.MEDIAN)


def contribution(value: object, unit: str = "人", **known: object) -> Contribution:
    made = {"method": Pooling.SUM, "scope": "", "region": "甲区", "group": "", "organisation": "甲"}
    return Contribution(
        indicator="staff.total",
        period="2024",
        value=Decimal(str(value)),
        unit=unit,
        **{**made, **known},  # type: ignore[arg-type]
    )


def parts(pairs: list[tuple[Decimal, Decimal]]) -> list[tuple[Fraction, Fraction]]:
    return [(Fraction(value), Fraction(weight)) for value, weight in pairs]


@given(PAIRS)
def test_a_sum_is_the_sum_of_its_parts(pairs: list[tuple[Decimal, Decimal]]) -> None:
    whole = pooled(Pooling.SUM, parts(pairs))
    assert whole == sum(Fraction(value) for value, _ in pairs)


@given(PAIRS)
def test_means_and_medians_lie_between_the_extremes(pairs: list[tuple[Decimal, Decimal]]) -> None:
    values = [Fraction(value) for value, _ in pairs]
    for method in (Pooling.MEAN, Pooling.MEDIAN):
        made = pooled(method, parts(pairs))
        assert made is not None
        assert min(values) <= made <= max(values)


@given(PAIRS, st.randoms(use_true_random=False), st.sampled_from(METHODS))
def test_the_order_is_of_no_matter(pairs: list, random: object, method: Pooling) -> None:
    shuffled = pairs[:]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert pooled(method, parts(shuffled)) == pooled(method, parts(pairs))


@given(PAIRS, st.integers(0, 30), st.sampled_from((Pooling.SUM, Pooling.MEAN)))
def test_parts_pooled_first_give_the_same(pairs: list, cut: int, method: Pooling) -> None:
    """Districts first and then the city, or the city at once."""
    halves = [half for half in (pairs[:cut], pairs[cut:]) if half]
    above = []
    for half in halves:
        made = pooled(method, parts(half))
        assert made is not None
        above.append((made, sum((Fraction(w) for _, w in half), Fraction(0))))
    assert pooled(method, above) == pooled(method, parts(pairs))


@given(st.lists(st.tuples(NUMBERS, st.sampled_from(["元", "万元", "亿元"])), min_size=1))
def test_units_are_turned_into_one(given_: list[tuple[Decimal, str]]) -> None:
    worth = {"元": 1, "万元": 10**4, "亿元": 10**8}
    pools = Pools(contribution(value, unit) for value, unit in given_)
    whole = sum(Fraction(value) * worth[unit] for value, unit in given_)
    assert pools.value("staff.total", "2024", "", "万元") == whole / 10**4


def test_units_that_do_not_fit_give_no_number() -> None:
    pools = Pools([contribution(3, "人"), contribution(4, "元")])
    assert pools.value("staff.total", "2024", "", "人") is None


def test_nothing_and_weights_of_nothing_give_no_number() -> None:
    assert pooled(Pooling.SUM, []) is None
    assert pooled(Pooling.MEAN, [(Fraction(3), Fraction(0))]) is None
    assert pooled(Pooling.NONE, [(Fraction(3), Fraction(1))]) is None


def test_scopes_tell_of_whom_a_value_is() -> None:
    pools = Pools(
        [
            contribution(1, organisation="甲", region="甲区", group="大"),
            contribution(2, organisation="乙", region="乙区", group="大"),
            contribution(5, organisation="丙", region="乙区", group="小"),
            contribution(9, organisation="丙", region="乙区", group="小", scope="夜校"),
        ]
    )
    found = {
        scope: pools.value("staff.total", "2024", scope, "人")
        for scope in ("", "乙区", "大", "夜校", "中位数", "最低", "最高", "丁区")
    }
    assert found == {
        "": 8, "乙区": 7, "大": 3, "夜校": 9, "中位数": 2, "最低": 1, "最高": 5, "丁区": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        ("1/3", 2, "0.33"),
        ("2/3", 2, "0.67"),
        ("1/2", 0, "1"),
        ("-1/2", 0, "-1"),
        ("90", 2, "90.00"),
    ],
)
def test_rounding_is_half_away_from_zero(value: str, places: int, shown: str) -> None:
    made = decimal(Fraction(value), places)
    assert f"{made:f}" == shown
    assert agrees(made, Fraction(value))
    assert not agrees(made + 1, Fraction(value))


@settings(deadline=None)
@given(st.lists(st.tuples(NUMBERS, st.none() | WEIGHTS), min_size=1, max_size=20))
def test_the_record_reads_back(given_: list[tuple[Decimal, Decimal | None]]) -> None:
    made = [
        contribution(value, weight=weight, organisation=f"单位{n}", item=f"件,{n}", line=str(n))
        for n, (value, weight) in enumerate(given_)
    ]
    back = submission_with(tables(made)).of("staff.total", "2024")
    assert [(c.organisation, c.value, c.weight, c.item) for c in back] == [
        (c.organisation, c.value, c.weight, c.item) for c in made
    ]


def test_a_long_record_goes_on_in_more_files() -> None:
    long = "单位" * 20
    count = FILE_LIMIT // 150
    made = [contribution(n, organisation=f"{long}{n}") for n in range(count)]
    written = tables(made)
    assert len(written) > 1
    assert all(is_sources(name) for name in written)
    assert SOURCES in written
    assert len(submission_with(written).of("staff.total", "2024")) == count


def test_rows_that_are_none_are_passed_over() -> None:
    head, row = tables([contribution(5)])[SOURCES]
    broken = [
        tuple("五" if name == "value" else cell for name, cell in zip(head, row, strict=True)),
        tuple("mode" if name == "method" else cell for name, cell in zip(head, row, strict=True)),
        ("staff.total",),
        (),
    ]
    pools = submission_with({SOURCES: (head, row, *broken)})
    assert pools.value("staff.total", "2024", "", "人") == 5
    assert not submission_with({SOURCES: (("甲", "乙"), ("1", "2"))})


def submission_with(bodies: dict[str, tuple[tuple[str, ...], ...]]) -> Pools:
    made = new_submission(load("moe-2024-school"), "示例学校", 2024)
    return pools_of(made.model_copy(update={"data": Dataset.model_construct(tables=bodies)}))
