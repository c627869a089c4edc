"""Front matter, headings, sign-off: how a report is built."""

from reportkit.model.report import Heading, Para, RBlock, plain
from reportkit.model.standard import Need, NumberingOverride, PartKind, PartSpec, SectionSpec
from tests.builders import CHINESE, DECIMAL, body, standard, texts
from tests.features.folder import BOOK, PREFACE, SPACELESS, Folder, feature, part
from tests.writing.sample_report import picture


@feature(1, "cover")
def cover(folder: Folder) -> None:
    more = """\
        cover:
          issuer: 示例区年报编委会
          date: 2023年3月
          url: https://example.org/report
        """
    report = folder.compose("# 情况\n\n正文。", rules=standard(parts=BOOK), more=more)
    assert report.parts[0].lines == (
        ("title", "示例区职业教育质量年度报告（2023）"),
        ("issuer", "示例区年报编委会"),
        ("date", "2023年3月"),
        ("url", "https://example.org/report"),
    )


@feature(2, "title only, no cover")
def no_cover(folder: Folder) -> None:
    parts = (PartSpec(part=PartKind.COVER, need=Need.OPTIONAL), PartKind.BODY)
    report = folder.compose("# 情况\n\n正文。", rules=standard(parts=parts))
    assert [each.kind for each in report.parts] == [PartKind.BODY]
    assert report.title == "示例区职业教育质量年度报告（2023）"


@feature(3, "preface without number, signed and dated")
def preface(folder: Folder) -> None:
    chapter = """\
        # 前言

        本报告的观测期为2022年。

        1. 第一条亮点
        2. 第二条亮点

        ::: sign-off
        示例区年报编委会
        2023年3月
        :::
        """
    report = folder.compose(chapter, "# 情况\n\n正文。", rules=standard(PREFACE, parts=BOOK))
    made = part(report, PartKind.PREFACE)
    assert isinstance(made.blocks[0], Heading)
    assert made.blocks[0].text == "前言"
    assert [plain(b.runs) for b in made.blocks if isinstance(b, Para) and b.role == "sign_off"] == [
        "示例区年报编委会",
        "2023年3月",
    ]
    assert texts(report)[-2] == "1 情况"


@feature(4, "table of contents of three levels")
def contents(folder: Folder) -> None:
    chapter = "# 情况\n\n## 规模\n\n### 招生\n\n#### 春季\n\n正文。"
    report = folder.compose(chapter, rules=standard(numbering=CHINESE))
    toc = part(report, PartKind.TOC)
    assert [(entry.level, entry.text) for entry in toc.entries] == [
        (1, "一、情况"),
        (2, "（一）规模"),
        (3, "1. 招生"),
    ]
    anchors = [block.anchor for block in body(report) if isinstance(block, Heading)]
    assert [entry.anchor for entry in toc.entries] == anchors[:3]


@feature(5, "lists of tables, figures and cases")
def lists(folder: Folder) -> None:
    chapter = """\
        # 情况

        ::: table {caption="规模"}
        | 校 | 数 |
        |---|---|
        | 甲 | 1 |
        :::

        ::: figure {caption="校门" owner="示例学校"}
        image: figures/a.png
        :::

        ::: case {title="做法" owner="示例学校"}
        正文。
        :::
        """
    report = folder.compose(
        chapter, rules=standard(parts=BOOK), figures__a_png=picture(40, 30, "#336699")
    )
    listed = {each.kind.value: [entry.text for entry in each.entries] for each in report.parts}
    assert listed["list_of_tables"] == ["表1-1 规模"]
    assert listed["list_of_figures"] == ["图1-1 校门（示例学校）"]
    assert listed["list_of_cases"] == ["【案例1-1】做法（示例学校）"]


@feature(6, "highlights with their own 一 to 十")
def highlights(folder: Folder) -> None:
    spec = SectionSpec(
        id="highlights",
        title="发展亮点",
        numbered=False,
        numbering=NumberingOverride(heading=("{cn}、",)),
    )
    sections = "\n\n".join(f"## 亮点{n}\n\n正文。" for n in range(1, 11))
    chapters = (f"# 发展亮点\n\n{sections}", "# 概况\n\n## 规模\n\n正文。")
    found = texts(folder.compose(*chapters, rules=standard(spec, numbering=CHINESE)))
    assert found[0] == "发展亮点"
    assert [text for text in found if "亮点1" in text] == ["一、亮点1", "十、亮点10"]
    assert found[-3:] == ["一、概况", "（一）规模", "正文。"]


@feature(7, "numbering 一、（一）1.")
def chinese_numbering(folder: Folder) -> None:
    chapter = "# 一、情况\n\n## （一）规模\n\n### 1. 招生\n\n正文。\n\n### 2.毕业\n\n正文。"
    found = texts(folder.compose(chapter, rules=standard(numbering=CHINESE)))
    assert [text for text in found if text != "正文。"] == [
        "一、情况", "（一）规模", "1. 招生", "2. 毕业",
    ]  # fmt: skip


@feature(8, "numbering 1 / 1.1 / 1.1.1, with and without blank")
def decimal_numbering(folder: Folder) -> None:
    sections = "\n\n".join(f"### 专业{n}\n\n正文。" for n in range(1, 13))
    chapter = f"# 1.情况\n\n## 1.1布局\n\n{sections}"
    found = texts(folder.compose(chapter, rules=standard(numbering=SPACELESS)))
    assert found[:3] == ["1.情况", "1.1布局", "1.1.1专业1"]
    assert found[-2] == "1.1.12专业12"
    assert texts(folder.compose(chapter, rules=standard(numbering=DECIMAL)))[1] == "1.1 布局"


@feature(9, "lead sentences, and numbered paragraphs without title")
def lead_sentences(folder: Folder) -> None:
    chapter = """\
        # 保障

        **明确定位。**正文紧接其后。

        ## 质量保证

        ### {}

        第一段没有标题，只有编号。

        ### {}

        第二段也是这样。

        ### 有题的小节

        正文。
        """
    report = folder.compose(chapter.replace("{}", "{#x}", 1).replace("{}", "{#y}", 1))
    lead = next(block for block in body(report) if isinstance(block, Para))
    assert [(run.text, run.bold) for run in lead.runs] == [
        ("明确定位。", True),
        ("正文紧接其后。", False),
    ]
    assert texts(report)[3:] == [
        "1.1.1 第一段没有标题，只有编号。",
        "1.1.2 第二段也是这样。",
        "1.1.3 有题的小节",
        "正文。",
    ]


@feature(34, "sign-off at the end, colophon")
def sign_off(folder: Folder) -> None:
    parts = (PartKind.BODY, PartKind.SIGN_OFF, PartKind.COLOPHON)
    more = "sign_off: [示例区教育委员会, 2022年12月23日]\ncolophon: 《示例报告》 2022年\n"
    report = folder.compose("# 情况\n\n正文。", rules=standard(parts=parts), more=more)
    assert part(report, PartKind.SIGN_OFF).lines == (
        ("issuer", "示例区教育委员会"),
        ("date", "2022年12月23日"),
    )
    assert part(report, PartKind.COLOPHON).lines == (("text", "《示例报告》 2022年"),)


@feature(35, "year of the title and of the data differ")
def years(folder: Folder) -> None:
    data = "indicator,period,value\nstaff,2022,40\nstaff,2023,99\n"
    report = folder.compose("# 情况\n\n教职工{{ staff }}人。", data__indicators_csv=data)
    assert (report.title_year, texts(report)[1]) == (2023, "教职工40人。")


@feature(36, "sentences that split a sum")
def split_sums(folder: Folder) -> None:
    text = "经费100.50万元，其中人员60.25万元、公用30.15万元、项目10.10万元。"
    assert texts(folder.compose(f"# 经费\n\n{text}"))[1] == text


@feature(37, "closing chapter of problems, causes and measures")
def problems(folder: Folder) -> None:
    chapter = "# 问题和措施\n\n## 主要问题\n\n甲。\n\n## 原因分析\n\n乙。\n\n## 改进措施\n\n丙。"
    found = texts(folder.compose(chapter, rules=standard(numbering=CHINESE)))
    assert [text for text in found if len(text) > 2] == [
        "一、问题和措施", "（一）主要问题", "（二）原因分析", "（三）改进措施",
    ]  # fmt: skip


@feature(38, "text only")
def text_only(folder: Folder) -> None:
    report = folder.compose("# 培养\n\n## 育人\n\n正文。", "# 挑战\n\n只有一段。")
    found: list[RBlock] = body(report)
    assert {block.type for block in found} == {"heading", "paragraph"}
    assert report.labels == report.references == report.footnotes == ()
