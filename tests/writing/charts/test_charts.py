"""Charts: every value shown, nothing off the drawing, labels apart, the same in both forms."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from reportkit.model.report import Label, RChart, Series
from reportkit.writing import load_style
from reportkit.writing.charts import chart_svg, scene
from reportkit.writing.charts.axes import label_colours, scale
from reportkit.writing.charts.rounds import share
from reportkit.writing.charts.scene import (
    Area,
    Scene,
    Stroke,
    Words,
    hatching,
    looks,
    text_width,
    wrap,
)

KINDS = ("column", "stacked", "bar", "line", "pie", "ring")
STYLE = load_style()


def series(name: str, *values: str | None) -> Series:
    return Series(
        name=name,
        values=tuple(None if value is None else Decimal(value) for value in values),
        shown=tuple("—" if value is None else value for value in values),
    )


def chart(kind: str, categories: list[str], *all_series: Series, unit: str = "单位：人") -> RChart:
    return RChart(
        caption=Label(kind="figure", anchor="c"),
        kind=kind,  # type: ignore[arg-type]
        unit=unit,
        categories=tuple(categories),
        series=all_series,
        alt="说明",
    )


def boxes(drawing: Scene) -> list[tuple[float, float, float, float]]:
    """The rectangles that texts cover."""
    found = []
    for mark in drawing.marks:
        if not isinstance(mark, Words) or not mark.text:
            continue
        width = text_width(mark.text, mark.size)
        shift = {"start": 0.0, "middle": width / 2, "end": width}[mark.anchor]
        if mark.turned:
            bottom = mark.y + shift
            found.append((mark.x - mark.size * 0.8, bottom - width, mark.x, bottom))
        else:
            left = mark.x - shift
            found.append((left, mark.y - mark.size * 0.8, left + width, mark.y))
    return found


def overlaps(drawing: Scene) -> int:
    found = boxes(drawing)
    return sum(
        a[0] + 0.5 < b[2] and b[0] + 0.5 < a[2] and a[1] + 0.5 < b[3] and b[1] + 0.5 < a[3]
        for i, a in enumerate(found)
        for b in found[:i]
    )


SCHOOLS = [f"第{n}示范性职业学校" for n in range(1, 21)]
EXAMPLES = {
    "two years": chart(
        "column", ["招生数", "在校生数", "毕业生数"],
        series("2021年", "1204", "3410", "1102"), series("2022年", "1262", "3522", None),
    ),
    "twenty": chart("column", SCHOOLS, series("人数", *[str(n * 137) for n in range(1, 21)])),
    "one": chart("column", ["唯一"], series("2022年", "5")),
    "negative": chart(
        "column", ["增长", "下降", "持平"],
        series("本年", "3.5", "-2.25", "0"), series("上年", "1.1", "-4", "0.2"),
    ),
    "large": chart(
        "column", [f"{year}年" for year in range(2018, 2023)],
        *(series(name, "96512", "97124", "98123", "90123", "95223") for name in "甲乙丙丁"),
    ),
    "stack": chart(
        "stacked", ["2020年", "2021年", "2022年"],
        series("高职", "300", "320", "350"), series("中职", "200", "190", "3"),
        series("其他", "1", "2", "2"),
    ),
    "long names": chart(
        "bar", ["学生对教育教学的总体满意度", "用人单位对毕业生综合素质的满意度调查结果（含实习）"],
        series("2021年", "96.5", "97.12"), series("2022年", "97.1", None),
    ),
    "many bars": chart("bar", SCHOOLS, series("人数", *[str((n - 5) * 13) for n in range(20)])),
    "lines": chart(
        "line", ["2018", "2019", "2020", "2021", "2022"],
        series("高职", "96.5", "97.12", "98", "90", "95.2"),
        series("中职", "97.1", "98.2", None, "96.4", "95.5"),
    ),
    "a point": chart("line", ["2022"], series("数", "0")),
    "pie": chart(
        "pie", ["财政拨款", "事业收入", "捐赠", "其他收入"],
        series("收入", "43680.5", "12000", "10", "3200"),
    ),
    "ring": chart(
        "ring", [*"甲乙丙丁戊己庚辛"],
        series("人数", "12", "230", "1800", "2200", "3", "4", "8", "1"),
    ),
    "no pie": chart("pie", ["负", "正"], series("数", "-12", "5")),
    "two pies": chart("ring", ["甲", "乙"], series("一", "1", "2"), series("二", "3", "4")),
    "nothing": chart("column", []),
    "all gaps": chart("line", ["甲", "乙"], series("数", None, None)),
}  # fmt: skip


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_value_and_name_is_written_once(name: str) -> None:
    example = EXAMPLES[name]
    words = [mark.text for mark in scene(example, STYLE).marks if isinstance(mark, Words)]
    text = "".join(words)
    for one in example.series:
        for shown in one.shown:
            assert shown in text
    for category in example.categories:
        assert category in text
    if len(example.series) > 1:
        assert all(words.count(one.name) == 1 for one in example.series)


@pytest.mark.parametrize("name", EXAMPLES)
def test_nothing_leaves_the_drawing_and_no_text_covers_another(name: str) -> None:
    drawing = scene(EXAMPLES[name], STYLE)
    for left, top, right, bottom in boxes(drawing):
        assert left >= -0.5
        assert top >= -0.5
        assert right <= drawing.width + 0.5
        assert bottom <= drawing.height + 0.5
    for mark in drawing.marks:
        if isinstance(mark, Area | Stroke):
            assert all(-1 <= x <= drawing.width + 1 for x, _ in mark.points)
            assert all(-1 <= y <= drawing.height + 1 for _, y in mark.points)
    assert overlaps(drawing) == 0


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=25, deadline=None)
@given(
    data=st.lists(
        st.tuples(
            st.text(alphabet="学校2021年abc（）", max_size=24),
            st.one_of(st.none(), st.decimals(-10_000, 10_000, places=2)),
        ),
        max_size=20,
    ),
    count=st.integers(min_value=1, max_value=4),
)
def test_any_data_can_be_drawn(
    kind: str, data: list[tuple[str, Decimal | None]], count: int
) -> None:
    values = tuple(value for _, value in data)
    shown = tuple("" if value is None else str(value) for value in values)
    all_series = [Series(name=f"系列{k}", values=values, shown=shown) for k in range(count)]
    example = chart(kind, [name for name, _ in data], *all_series)
    drawing = scene(example, STYLE)
    assert drawing.width > 0
    etree.fromstring(chart_svg(example, STYLE, "serif"))
    assert scene(example, STYLE).marks == drawing.marks


def test_values_on_surfaces_read_in_greyscale() -> None:
    for look in looks(STYLE.chart.colours, 8):
        ink, ground = label_colours(look)
        light, dark = sorted((grey(ink), grey(ground or look.colour)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 3, look
        assert ground is not None or not look.hatch


def grey(colour: str) -> float:
    """Relative luminance (WCAG 2.1)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_series_differ_without_colour() -> None:
    drawing = scene(EXAMPLES["large"], STYLE)
    hatched = [mark for mark in drawing.marks if isinstance(mark, Stroke) and mark.width == 0.6]
    assert len(hatched) > 20
    lines = scene(EXAMPLES["lines"], STYLE)
    dashes = {mark.dash for mark in lines.marks if isinstance(mark, Stroke) and mark.width > 1}
    assert len(dashes) == 2


def test_hostile_names_stay_text() -> None:
    evil = "</text><script>x</script>"
    root = etree.fromstring(chart_svg(chart("column", [evil], series(evil, "1")), STYLE, "serif"))
    assert not root.findall(".//{*}script")


@given(st.lists(st.decimals(-(10**9), 10**9, places=3), min_size=1, max_size=20))
def test_a_scale_holds_its_values_with_few_round_steps(values: list[Decimal]) -> None:
    found = scale(values)
    assert found.low <= min(values)
    assert found.high >= max(values)
    assert 2 <= len(found.ticks) <= 13
    assert found.low <= 0 <= found.high


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [(1, 3, "33.3"), (1, 2000, "0.1"), (1, 6000, "0.02"), (0, 5, "0.0")],
)
def test_small_shares_do_not_become_nothing(part: int, whole: int, percent: str) -> None:
    assert str(share(Decimal(part), Decimal(whole))) == percent


@given(st.text(alphabet="学校，。（）abc 12", max_size=40), st.floats(10, 200))
def test_wrapping_keeps_all_but_blanks(text: str, width: float) -> None:
    joined = "".join(wrap(text, 8, width))
    assert joined.replace(" ", "") == text.replace(" ", "")


def test_hatching_stays_in_its_rectangle() -> None:
    for pattern in ("/", "\\", "x", "-", "|"):
        lines = list(hatching(10, 20, 50, 90, pattern))
        assert lines
        for line in lines:
            assert all(9.99 <= x <= 50.01 and 19.99 <= y <= 90.01 for x, y in line)
