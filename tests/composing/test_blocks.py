from reportkit.composing import compose
from reportkit.model.base import Place
from reportkit.model.blocks import (
    Case,
    Figure,
    FigurePart,
    ListBlock,
    ListItem,
    Note,
    Paragraph,
    Raw,
    SignOff,
    Table,
)
from reportkit.model.report import Para, RBlock, RCase, Report, RFigure, RList, plain
from reportkit.model.standard import Numbering
from tests.builders import (
    DECIMAL,
    body,
    chapter,
    para,
    paragraph_runs,
    section,
    standard,
    submission,
    texts,
)


def composed(*blocks: object, numbering: Numbering = DECIMAL, **options: object) -> Report:
    made = submission(chapter("甲", *blocks), **options)  # type: ignore[arg-type]
    return compose(made, standard(numbering=numbering))


def second(report: Report) -> RBlock:
    return body(report)[1]


def test_runs_have_their_own_places() -> None:
    place = Place(file="chapters/1.md", line=3, column=1, columns=(1, 3))
    paragraph = Paragraph(text="一是**推动**改革，\n  见 [站点](https://a.cn)。", place=place)
    runs = paragraph_runs(composed(paragraph))
    assert [run.text for run in runs] == ["一是", "推动", "改革，见 ", "站点", "。"]
    assert [(run.place.line, run.place.column) for run in runs if run.place] == [
        (3, 1), (3, 5), (3, 9), (4, 8), (4, 25),
    ]  # fmt: skip
    assert runs[1].bold
    assert runs[3].link == "https://a.cn"


def test_line_breaks_between_chinese_characters_are_nothing() -> None:
    report = composed("共有\n教师\n{{ a }}\n人，\nAI\n技术和 Web\n站点。", observations=())
    assert texts(report)[1] == "共有教师〔缺：a〕人，AI 技术和 Web 站点。".replace("，AI", "， AI")


def test_lists_are_marked() -> None:
    items = tuple(ListItem(blocks=(para(text),)) for text in ("甲", "乙"))
    report = composed(ListBlock(items=items), ListBlock(items=items, ordered=True, start=3))
    lists = [block for block in body(report) if isinstance(block, RList)]
    assert [item.marker for each in lists for item in each.items] == ["•", "•", "3.", "4."]


def test_notes_sign_off_and_raw() -> None:
    report = composed(
        Note(text="不含民办"),
        Note(label="资料来源", text="年鉴"),
        SignOff(lines=("示例单位", "2022年12月")),
        Raw(text="<table>*原样*", reason="HTML"),
    )
    assert [(b.role, plain(b.runs)) for b in body(report) if isinstance(b, Para)] == [
        ("note", "注：不含民办"),
        ("note", "资料来源：年鉴"),
        ("sign_off", "示例单位"),
        ("sign_off", "2022年12月"),
        ("raw", "<table>*原样*"),
    ]


def test_a_figure_shows_its_owner_credit_and_source() -> None:
    figure = Figure(
        caption="揭牌",
        image="figures/a.png",
        owner="示例学校",
        credit="示例网，某某/摄",
        notes=("2022年摄",),
        source="年鉴",
    )
    made = second(composed(figure, assets=["figures/a.png"]))
    assert isinstance(made, RFigure)
    assert made.caption.text == "图1-1 揭牌（示例学校）"
    assert made.pictures[0].asset == "figures/a.png"
    assert made.pictures[0].alt == "揭牌"
    assert [plain(line) for line in made.notes] == [
        "注：2022年摄",
        "资料来源：年鉴",
        "图片来源：示例网，某某/摄",
    ]


def test_a_missing_picture_has_no_asset() -> None:
    made = second(composed(Figure(caption="揭牌", image="figures/gone.png")))
    assert isinstance(made, RFigure)
    assert [picture.asset for picture in made.pictures] == [None]


def test_composite_figures_letter_their_parts() -> None:
    parts = (
        FigurePart(image="figures/a.png", caption="授课"),
        FigurePart(image="figures/b.png", alt="学员合影"),
    )
    made = second(composed(Figure(caption="培训", parts=parts), assets=["figures/a.png"]))
    assert isinstance(made, RFigure)
    assert [plain(picture.caption) for picture in made.pictures] == ["（a）授课", "（b）"]
    assert [picture.alt for picture in made.pictures] == ["授课", "学员合影"]
    assert [picture.asset for picture in made.pictures] == ["figures/a.png", None]


def heading(source: Case, pattern: str, **options: object) -> str:
    numbering = DECIMAL.model_copy(update={"case_heading": pattern, **options})
    made = second(composed(source, numbering=numbering))
    assert isinstance(made, RCase)
    return plain(made.heading)


def test_case_headings_follow_the_standard() -> None:
    case = Case(title="升级**体系**", owner="示例学校", blocks=(para("正文。"),))
    assert heading(case, "【{label}】{title}") == "【案例1-1】升级体系"
    assert heading(case, "{label} {title}{owner}") == "案例1-1 升级体系（示例学校）"
    assert heading(case, "【{label}】{title}", case=None) == "升级体系"
    run_in = case.model_copy(update={"run_in": True})
    assert heading(run_in, "【{label}】{title}{owner}") == "【案例1-1】升级体系（示例学校）。"
    asked = run_in.model_copy(update={"title": "怎么办？", "owner": None})
    assert heading(asked, "【{label}】{title}{owner}") == "【案例1-1】怎么办？"


def test_cases_hold_blocks() -> None:
    figure, table = Figure(caption="图", image="a.png"), Table(caption="表", rows=(("甲",),))
    made = second(composed(Case(title="题", blocks=(para("文"), figure, table))))
    assert isinstance(made, RCase)
    assert [block.type for block in made.blocks] == ["paragraph", "figure", "table"]
    assert made.caption.label == "案例1-1"
    assert made.blocks[1].caption.label == "图1-1"  # type: ignore[union-attr]


def test_footnotes_are_counted_where_they_appear() -> None:
    table = Table(caption="表[^c]", rows=(("甲[^d]",),), notes=("注[^e]",))
    made = submission(
        chapter("甲[^a]", "正文[^b]，再[^b]。", table,
                notes={key: f"说明{key}" for key in "edcba"}),
        chapter("乙", "[^a]", notes={"a": "另一章"}),
    )  # fmt: skip
    report = compose(made, standard())
    shown = [plain(note.runs) for note in report.footnotes]
    assert shown == ["说明a", "说明b", "说明b", "说明c", "说明d", "说明e", "另一章"]
    assert [note.mark for note in report.footnotes] == list("①②③④⑤⑥⑦")
    assert [run.footnote for run in paragraph_runs(report) if run.footnote is not None] == [1, 2, 6]
    assert texts(report)[0] == "1 甲"
    assert report.parts[0].entries[0].text == "1 甲"
    assert report.problems == ()


def test_footnotes_that_are_not_defined_or_not_used() -> None:
    made = submission(chapter("甲", "正文[^x]", notes={"y": "没有用[^y]"}))
    report = compose(made, standard())
    assert texts(report)[1] == "正文〔未找到：[^x]〕"
    assert [(each.code, each.args["label"]) for each in report.problems] == [
        ("RK326", "x"),
        ("RK327", "y"),
    ]


def test_a_footnote_in_a_footnote_is_not_followed() -> None:
    made = submission(chapter("甲", "正文[^x]", notes={"x": "自己[^x]"}))
    report = compose(made, standard())
    assert plain(report.footnotes[0].runs) == "自己〔未找到：[^x]〕"


def test_findings_name_their_section() -> None:
    made = submission(chapter("甲", section("子", "{{ x }}")))
    assert compose(made, standard()).problems[0].section == "1 甲 › 1.1 子"


def test_forbidden_links_html_and_code_are_reported() -> None:
    report = composed("[文件](file:///etc/passwd)，<b>粗</b>，`x`")
    assert texts(report)[1] == "文件，<b>粗</b>，x"
    assert [(each.code, each.quote) for each in report.problems] == [
        ("RK137", "file:///etc/passwd"),
        ("RK126", "<b>"),
        ("RK126", "</b>"),
        ("RK126", "`x`"),
    ]
