"""Tables of every shape."""

from reportkit.model.report import RTable, plain
from tests.builders import texts
from tests.features.folder import TABLE, Folder, feature, labels, only, rows


@feature(10, "tables numbered by chapter")
def tables(folder: Folder) -> None:
    chapters = (f"# 情况\n\n{TABLE}\n{TABLE}", f"# 保障\n\n{TABLE}")
    assert labels(folder.compose(*chapters)) == ["表1-1 规模", "表1-2 规模", "表2-1 规模"]


@feature(11, "tables without caption after an introducing phrase")
def tables_without_caption(folder: Folder) -> None:
    report = folder.compose("# 情况\n\n规模如下表。\n\n| 校 | 数 |\n|---|---|\n| 甲 | 1 |\n")
    assert labels(report) == [""]
    assert rows(only(report, RTable)) == ["校 数", "甲 1"]


@feature(12, "two-level merged header")
def merged_header(folder: Folder) -> None:
    chapter = """\
        # 情况

        ::: table {caption="问卷"}
        | 分类 | 课堂 | << | 实训 | << |
        | ^^ | 数量 | 比例 | 数量 | 比例 |
        |---|---|---|---|---|
        | 满意 | 45 | 90.0 | 44 | 88.0 |
        :::
        """
    table = only(folder.compose(chapter), RTable)
    assert rows(table)[:2] == ["分类(2×1) 课堂(1×2) 实训(1×2)", "数量 比例 数量 比例"]
    assert table.header_rows == 2


@feature(13, "row spans of stub, school and group subtotal")
def row_spans(folder: Folder) -> None:
    chapter = """\
        # 情况

        ::: table {caption="等级"}
        | 校 | 等级 | 数 | 合并数 |
        |---|---|---|---|
        | 甲校 | A+ | 19 | 59 |
        | ^^ | A | 40 | ^^ |
        | 乙校 | B | 22 | 22 |
        :::
        """
    assert rows(only(folder.compose(chapter), RTable)) == [
        "校 等级 数 合并数",
        "甲校(2×1) A+ 19 59(2×1)",
        "A 40",
        "乙校 B 22 22",
    ]


@feature(14, "group rows, with numbers that start again")
def group_rows(folder: Folder) -> None:
    chapter = """\
        # 情况

        ::: table {caption="名单"}
        | 序号 | 校名 |
        |---|---|
        | 公办学校 | << |
        | 1 | 甲 |
        | 民办学校 | << |
        | 1 | 乙 |
        :::
        """
    table = only(folder.compose(chapter), RTable)
    assert table.row_kinds == ("header", "group", "data", "group", "data")


@feature(15, "其中 rows and blank 序号")
def part_rows(folder: Folder) -> None:
    chapter = """\
        # 情况

        ::: table {caption="满意度"}
        | 序号 | 项目 | 数 |
        |---|---|---|
        | 1 | 在校生 | 95.1 |
        | | 其中：课堂育人 | 94.2 |
        :::
        """
    assert only(folder.compose(chapter), RTable).row_kinds == ("header", "data", "part")


@feature(16, "missing values")
def missing_values(folder: Folder) -> None:
    chapter = """\
        # 情况

        ::: table {caption="指标"}
        | 项目 | 甲 | 乙 | 丙 |
        |---|---|---|---|
        | 数 | —— | — | -- |
        :::
        """
    table = only(folder.compose(chapter), RTable)
    assert rows(table)[1] == "数 —— — --"
    assert [cell.numeric for cell in table.rows()[1]] == [False, True, True, True]


@feature(17, "unit in column, header, row label and caption")
def units(folder: Folder) -> None:
    chapter = """\
        # 情况

        ::: table {caption="指标（单位：%）" unit="人"}
        | 指标 | 单位 | 数（人） |
        |---|---|---|
        | 专业总数（个） | 个 | 6 |
        :::
        """
    table = only(folder.compose(chapter), RTable)
    assert table.unit == "单位：人"
    assert rows(table) == ["指标 单位 数（人）", "专业总数（个） 个 6"]
    assert table.caption.text == "表1-1 指标（单位：%）"


@feature(18, "long tables folded into paired columns")
def folded(folder: Folder) -> None:
    lines = "".join(f"{n},校{n}\n" for n in range(1, 6))
    report = folder.compose(
        '# 情况\n\n::: table {caption="名单"}\ndata: data/list.csv\nfold: 2\n:::\n',
        data__list_csv=f"序号,校名\n{lines}",
    )
    table = only(report, RTable)
    assert rows(table)[:2] == ["序号 校名 序号 校名", "1 校1 4 校4"]
    assert (table.columns, table.header_rows, len(table.row_kinds)) == (4, 1, 4)


@feature(19, "subtotal and total rows")
def totals(folder: Folder) -> None:
    chapter = """\
        # 情况

        ::: table {caption="名额"}
        | 级别 | 等次 | 数 |
        |---|---|---|
        | 国家级 | 一等 | 1 |
        | ^^ | 小计 | 1 |
        | 合计 | << | 1 |
        :::
        """
    kinds = only(folder.compose(chapter), RTable).row_kinds
    assert kinds == ("header", "data", "subtotal", "total")


@feature(20, "year-on-year table with growth")
def comparison(folder: Folder) -> None:
    chapter = """\
        # 情况

        招生{{ enrolment.total }}人，{{ enrolment.total | versus_last_year }}。

        ::: table {caption="招生"}
        compare: [enrolment.total, placement.rate]
        :::
        """
    more = """\
        indicators:
          - {id: enrolment.total, name: 招生数, unit: 人}
          - {id: placement.rate, name: 就业率, unit: "%", kind: rate, decimals: 2}
        """
    data = (
        "indicator,period,value\nenrolment.total,2021,195\nenrolment.total,2022,253\n"
        "placement.rate,2021,94.2\nplacement.rate,2022,95.4\n"
    )
    report = folder.compose(chapter, more=more, data__indicators_csv=data)
    assert texts(report)[1] == "招生253人，较上年增加58人。"
    assert rows(only(report, RTable)) == [
        "指标 单位 2021年 2022年 增长量 增长率（%）",
        "招生数 人 195 253 58 29.74",
        "就业率 % 94.20 95.40 1.20个百分点 —",
    ]


@feature(21, "ratio cells")
def ratios(folder: Folder) -> None:
    table = '::: table {caption="比"}\n| 项目 | 数 |\n|---|---|\n| 生师比 | 12.1:1 |\n:::\n'
    cell = only(folder.compose(f"# 情况\n\n{table}"), RTable).cells[-1]
    assert (plain(cell.runs), cell.numeric) == ("12.1:1", True)


@feature(22, "codes and document numbers")
def codes(folder: Folder) -> None:
    chapter = """\
        # 情况

        依据京教职〔2022〕11号和ISO 9000。

        ::: table {caption="专业"}
        | 专业 | 代码 | 衔接 |
        |---|---|---|
        | 数控 | 010010 | 660103W |
        :::
        """
    report = folder.compose(chapter)
    assert texts(report)[1] == "依据京教职〔2022〕11号和ISO 9000。"
    assert [(plain(c.runs), c.numeric) for c in only(report, RTable).rows()[1]] == [
        ("数控", False),
        ("010010", False),
        ("660103W", False),
    ]


@feature(23, "notes and sources")
def notes(folder: Folder) -> None:
    chapter = """\
        # 情况

        ::: table {caption="规模"}
        notes: [不含民办, 截至年底]
        source: 学籍系统
        | 校 | 数 |
        |---|---|
        | 甲 | 1 |
        :::

        ::: note {label="资料来源"}
        年鉴
        :::
        """
    report = folder.compose(chapter)
    assert [plain(line) for line in only(report, RTable).notes] == [
        "注1：不含民办",
        "注2：截至年底",
        "数据来源：学籍系统",
    ]
    assert texts(report)[-1] == "资料来源：年鉴"
