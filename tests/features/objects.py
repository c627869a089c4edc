"""Footnotes, figures, charts, cases, references."""

from reportkit.model.report import Para, RCase, RChart, RFigure, RList, plain
from reportkit.model.standard import NumberingOverride, PartKind, SectionSpec
from tests.builders import DECIMAL, body, standard, texts
from tests.features.folder import TABLE, Folder, feature, labels, only, part
from tests.writing.sample_report import picture


@feature(24, "footnotes, also on headings and captions")
def footnotes(folder: Folder) -> None:
    chapter = """\
        # 情况[^a]

        有76所[^b]。

        ::: table {caption="数量[^c]"}
        | 校 | 数 |
        |---|---|
        | 甲 | 1 |
        :::

        [^b]: 乙注。
        [^a]: 甲注。
        [^c]: 丙注。
        """
    report = folder.compose(chapter)
    assert [(note.mark, plain(note.runs)) for note in report.footnotes] == [
        ("①", "甲注。"),
        ("②", "乙注。"),
        ("③", "丙注。"),
    ]
    assert part(report, PartKind.TOC).entries[0].text == "1 情况"
    assert [run.footnote for run in report.labels[0].title if run.footnote is not None] == [2]


@feature(25, "figures numbered by chapter, with the school")
def figures(folder: Folder) -> None:
    figure = '::: figure {caption="授课" owner="示例学校"}\nimage: figures/a.png\n:::\n'
    image = picture(40, 30, "#336699")
    report = folder.compose(f"# 情况\n\n{figure}\n{figure}", figures__a_png=image)
    assert labels(report) == ["图1-1 授课（示例学校）", "图1-2 授课（示例学校）"]


@feature(26, "charts drawn from the data")
def charts(folder: Folder) -> None:
    chapter = """\
        # 情况

        ::: chart {caption="院校数" unit="所"}
        | 类别 | 数量 |
        |---|---|
        | 高职 | 25 |
        | 中专 | 23 |
        :::
        """
    chart = only(folder.compose(chapter), RChart)
    assert isinstance(chart, RChart)
    assert chart.caption.text == "图1-1 院校数"
    assert (chart.kind, chart.categories) == ("column", ("高职", "中专"))
    assert chart.alt == "柱形图：院校数（单位：所）。高职 25，中专 23。"


@feature(27, "composite figures, credits")
def composite_figures(folder: Folder) -> None:
    chapter = """\
        # 情况

        ::: figure {caption="活动"}
        parts:
          - {image: figures/a.png, caption: 授课}
          - {image: figures/a.png, caption: 研学}
        credit: 示例网，某某/摄
        :::
        """
    report = folder.compose(chapter, figures__a_png=picture(40, 30, "#336699"))
    figure = only(report, RFigure)
    assert [plain(each.caption) for each in figure.pictures] == ["（a）授课", "（b）研学"]
    assert [each.asset for each in figure.pictures] == ["figures/a.png"] * 2
    assert [plain(line) for line in figure.notes] == ["图片来源：示例网，某某/摄"]


@feature(28, "cases as blocks")
def cases(folder: Folder) -> None:
    chapter = '# 情况\n\n::: case {title="做法" owner="示例学校"}\n第一段。\n\n第二段。\n:::\n'
    case = only(folder.compose(chapter), RCase)
    assert plain(case.heading) == "【案例1-1】做法（示例学校）"
    assert [plain(block.runs) for block in case.blocks] == ["第一段。", "第二段。"]


@feature(29, "cases run in")
def run_in_cases(folder: Folder) -> None:
    chapter = '# 情况\n\n::: case {title="做法" run-in=true}\n正文。\n:::\n'
    case = only(folder.compose(chapter), RCase)
    assert (case.run_in, plain(case.heading)) == (True, "【案例1-1】做法。")


@feature(30, "cases numbered by chapter, afresh, or not at all")
def case_numbers(folder: Folder) -> None:
    case = '::: case {title="做法"}\n正文。\n:::\n'
    chapters = (f"# 情况\n\n{case}\n{case}", f"# 特色\n\n{case}\n{case}")
    assert labels(folder.compose(*chapters))[1:3] == ["【案例1-2】做法", "【案例2-1】做法"]
    own = SectionSpec(id="own", title="特色", numbering=NumberingOverride(case="案例{cn}"))
    assert labels(folder.compose(*chapters, rules=standard(own)))[2:] == [
        "【案例一】做法",
        "【案例二】做法",
    ]
    plainly = DECIMAL.model_copy(update={"case": "案例分享"})
    assert set(labels(folder.compose(*chapters, rules=standard(numbering=plainly)))) == {
        "【案例分享】做法"
    }
    none = DECIMAL.model_copy(update={"case": None})
    assert set(labels(folder.compose(*chapters, rules=standard(numbering=none)))) == {"做法"}


@feature(31, "cases with figure, table and bold keys")
def rich_cases(folder: Folder) -> None:
    chapter = """\
        # 情况

        :::: case {title="做法"}
        **背景。**正文。

        ::: figure {caption="现场"}
        image: figures/a.png
        :::

        ::: table {caption="成效"}
        | 项目 | 数 |
        |---|---|
        | 甲 | 1 |
        :::
        ::::

        ::: figure {caption="校门"}
        image: figures/a.png
        :::
        """
    report = folder.compose(chapter, figures__a_png=picture(40, 30, "#336699"))
    case = only(report, RCase)
    assert [block.type for block in case.blocks] == ["paragraph", "figure", "table"]
    assert case.blocks[0].runs[0].bold
    assert labels(report) == ["【案例1-1】做法", "图1-1 现场", "表1-1 成效", "图1-2 校门"]


@feature(32, "cross-references")
def cross_references(folder: Folder) -> None:
    table = TABLE.replace("{caption", "{#tbl:a caption")
    chapters = (
        f"# 情况\n\n结果见@tbl:a（见表1-1、图9-9）。\n\n{table}",
        "# 保障\n\n规模如@tbl:a。见@sec:top。\n",
    )
    report = folder.compose(chapters[0].replace("情况", "情况 {#sec:top}", 1), chapters[1])
    assert texts(report)[1] == "结果见表1-1（见表1-1、图9-9）。"
    assert [(each.text, each.typed, each.target) for each in report.references] == [
        ("表1-1", False, "tbl-1"),
        ("表1-1", True, "tbl-1"),
        ("图9-9", True, None),
        ("表1-1", False, "tbl-1"),
        ("“1 情况”", False, "sec-1"),
    ]


@feature(33, "enumerations inside a paragraph, inline bold")
def enumerations(folder: Folder) -> None:
    text = "做法有：（1）走访；（2）座谈。一是**推动改革**。二是**健全体系**。"
    report = folder.compose(f"# 情况\n\n{text}\n\n1. 甲\n2. 乙\n")
    assert texts(report)[1] == text.replace("*", "")
    paragraph = next(block for block in body(report) if isinstance(block, Para))
    assert [run.text for run in paragraph.runs if run.bold] == ["推动改革", "健全体系"]
    assert [item.marker for item in only(report, RList).items] == ["1.", "2."]
