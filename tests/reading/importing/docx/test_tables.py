"""Tables: every position once, merged cells, nested and odd ones."""

from hypothesis import given, settings
from hypothesis import strategies as st

from reportkit.reading.importing.stream import Grid, Picture, Text

from .test_structure import level, lists, numbered
from .word import Word, asides, cell, grids, para, row, rows_of, table, texts, told

DOWN, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def wide(columns: int, text: str, more: str = "") -> str:
    return cell(text, properties=f'<w:gridSpan w:val="{columns}"/>{more}')


def spans(grid: Grid) -> list[tuple[str, int, int, int, int]]:
    return [(c.text, c.row, c.column, c.rowspan, c.colspan) for c in grid.cells]


def covered_once(grid: Grid) -> bool:
    seen = sorted(
        (c.row + down, c.column + right)
        for c in grid.cells
        for down in range(c.rowspan)
        for right in range(c.colspan)
    )
    return seen == [(r, c) for r in range(grid.rows) for c in range(grid.columns)]


def test_merged_cells(word: Word) -> None:
    body = table(
        row(cell("分类", properties=DOWN), wide(2, "人数")),
        row(cell("", properties=GOES_ON), "男", "女"),
        row("甲", "1", "2"),
    )
    (grid,) = grids(word(body))
    assert spans(grid) == [
        ("分类", 0, 0, 2, 1), ("人数", 0, 1, 1, 2), ("男", 1, 1, 1, 1), ("女", 1, 2, 1, 1),
        ("甲", 2, 0, 1, 1), ("1", 2, 1, 1, 1), ("2", 2, 2, 1, 1),
    ]  # fmt: skip
    assert covered_once(grid)


def test_ragged_rows_are_filled(word: Word) -> None:
    before = '<w:gridBefore w:val="1"/>'
    (grid,) = grids(word(table(row("甲", "乙", "丙"), row("丁", properties=before))))
    assert rows_of(grid) == [["甲", "乙", "丙"], ["", "丁", ""]]
    assert covered_once(grid)


def test_a_cell_that_continues_nothing_stands_for_itself(word: Word) -> None:
    (grid,) = grids(word(table(row(cell("甲", properties=GOES_ON), "乙"))))
    assert rows_of(grid) == [["甲", "乙"]]


def test_what_a_merged_cell_hides_is_set_aside(word: Word) -> None:
    stream = word(
        table(row(cell("甲", properties=DOWN), "乙"), row(cell("藏", properties=GOES_ON), "丙"))
    )
    assert asides(stream) == {"被合并的单元格": "藏"}


def test_header_rows_and_widths(word: Word) -> None:
    head = row("甲", "乙", properties="<w:tblHeader/>")
    body = table(head, row("1", "2")).replace(
        "<w:tblGrid/>", '<w:tblGrid><w:gridCol w:w="100"/><w:gridCol w:w="300"/></w:tblGrid>'
    )
    (grid,) = grids(word(body))
    assert (grid.header_rows, grid.widths) == (1, (100.0, 300.0))
    assert grids(word(table(row("甲", "乙"))))[0].header_rows is None


def test_a_table_of_one_cell_is_a_frame(word: Word) -> None:
    stream = word(table(row(cell("案例1-1 题", "正文", table(row("内", "表"))))))
    assert [(t.text, t.boxed) for t in stream.items if isinstance(t, Text)] == [
        ("案例1-1 题", True), ("正文", True),
    ]  # fmt: skip
    assert rows_of(grids(stream)[0]) == [["内", "表"]]


def test_a_table_in_a_cell_is_lines_of_the_cell(word: Word) -> None:
    inner = table(row("甲", "乙"), row("丙", "丁"))
    (grid,) = grids(word(table(row(cell("前", inner, "后"), "旁"))))
    first = grid.cells[0]
    assert first.text == "前\n甲\t乙\n丙\t丁\n后"
    assert first.place.at(first.text, first.text.index("丁")).cell == "r1c1 r2c2"


def test_numbers_that_word_counts_stand_in_the_cells(word: Word) -> None:
    body = table(*(row(cell(numbered("")), name) for name in "甲乙"))
    numbering = lists(level(0, "%1."))
    assert rows_of(grids(word(body, {"numbering": numbering}))[0]) == [["1.", "甲"], ["2.", "乙"]]
    body = table(*(row(cell(numbered(name)), "") for name in "甲乙"))
    (grid,) = grids(word(body, {"numbering": numbering}))
    second = grid.cells[2]
    assert second.text == "2. 乙"
    assert second.place.at(second.text, 3).column == 1


def test_rows_and_cells_in_content_controls(word: Word) -> None:
    def control(content: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"

    body = table(
        control(row("甲", "乙")), row("丙").replace("</w:tr>", control(cell("丁")) + "</w:tr>")
    )
    assert rows_of(grids(word(body))[0]) == [["甲", "乙"], ["丙", "丁"]]


def test_deleted_rows_are_set_aside(word: Word) -> None:
    stream = word(
        table(row("甲", "乙"), row("丙", "丁", properties="<w:del w:id='1'/>"), row("戊", "己"))
    )
    assert rows_of(grids(stream)[0]) == [["甲", "乙"], ["戊", "己"]]
    assert asides(stream) == {"修订中删去的文字": "丙丁"}


def test_absurd_spans_are_bounded(word: Word) -> None:
    stream = word(table(row(wide(10**9, "甲")), *[row("乙") for _ in range(50)]))
    (grid,) = grids(stream)
    assert grid.columns <= 200
    assert covered_once(grid)


def test_tables_that_are_too_wide_keep_their_words(word: Word) -> None:
    stream = word(table(row(*[str(n) for n in range(250)])))
    assert asides(stream)["过宽的表格的后几列"].endswith("249")
    assert told(stream) == {"表格": 50}


@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 4), st.sampled_from(["", DOWN, GOES_ON])), max_size=5),
        min_size=1,
        max_size=6,
    )
)
@settings(max_examples=60, deadline=None)
def test_every_position_is_covered_once(
    tmp_path_factory: object, rows: list[list[tuple[int, str]]]
) -> None:
    word = Word(tmp_path_factory.mktemp("t"))  # type: ignore[attr-defined]
    names = iter(range(1000))
    made = [
        row(*[wide(columns, f"c{next(names)}", merge) for columns, merge in one]) for one in rows
    ]
    stream = word(table(*made))
    for grid in grids(stream):
        assert covered_once(grid)
    said = "".join(c.text for g in grids(stream) for c in g.cells) + "".join(texts(stream))
    said += "".join(asides(stream).values())
    assert all(f"c{n}" in said for n in range(next(names)))


def test_pictures_in_cells_follow_the_table(word: Word) -> None:
    picture = '<w:r><w:drawing><a:blip r:embed="I"/></w:drawing></w:r>'
    body = table(row(cell(para(picture)), cell(para(picture, "图注"))))
    stream = word(body, related=(("I", "image", "media/a.png"),), raw={"word/media/a.png": b"x"})
    assert [type(item) for item in stream.items] == [Grid, Picture, Picture]
