"""Text of paragraphs: what is visible, where it stands, and what is set aside."""

import pytest

from reportkit.model.base import Place
from reportkit.reading.importing.stream import Break, Text

from .word import Word, asides, cell, only_text, para, row, run, table, texts, told


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (run("甲") + run("乙"), "甲乙"),
        ("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r>", "甲\t乙"),
        ("<w:r><w:t>2020</w:t><w:noBreakHyphen/><w:t>2021</w:t></w:r>", "2020-2021"),
        ("<w:r><w:t>合</w:t><w:softHyphen/><w:t>作</w:t></w:r>", "合作"),
        (run("行\n内"), "行 内"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>', "☑"),
        (run("\uf0fc", '<w:rFonts w:ascii="Wingdings"/>'), "✓"),
        ('<w:hyperlink w:anchor="x">' + run("甲") + "</w:hyperlink>", "甲"),
        ("<w:smartTag>" + run("甲") + "</w:smartTag>", "甲"),
        ("<w:sdt><w:sdtPr/><w:sdtContent>" + run("甲") + "</w:sdtContent></w:sdt>", "甲"),
        (
            "<w:r><w:ruby><w:rt>" + run("hàn") + "</w:rt><w:rubyBase>" + run("汉")
            + "</w:rubyBase></w:ruby></w:r>",
            "汉",
        ),
        (
            "<m:oMath><m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num>"
            "<m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>",
            "(a+b)/2",
        ),
        (
            "<m:oMath><m:d><m:e><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e>"
            "<m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:e></m:d></m:oMath>",
            "(x^2)",
        ),
    ],
)  # fmt: skip
def test_what_is_visible(word: Word, content: str, text: str) -> None:
    assert only_text(word(para(content))).text == text


def test_alternatives_are_read_once(word: Word) -> None:
    both = (
        '<mc:AlternateContent><mc:Choice Requires="wps">' + run("新")
        + "</mc:Choice><mc:Fallback>" + run("旧") + "</mc:Fallback></mc:AlternateContent>"
    )  # fmt: skip
    assert texts(word(para("前", both, "后"))) == ["前新后"]


def test_places_count_paragraphs_and_visible_characters(word: Word) -> None:
    deleted = "<w:del><w:r><w:delText>删</w:delText></w:r></w:del>"
    cut = "<w:r><w:t>末</w:t><w:br/><w:t>行</w:t></w:r>"
    stream = word(para("首") + table(row("甲", "乙")) + para(deleted, cut))
    places = [item.place for item in stream.items if isinstance(item, Text)]
    file = stream.file
    assert places == [Place(file=file, paragraph=n, column=c) for n, c in [(1, 1), (4, 1), (4, 3)]]
    (grid,) = [item for item in stream.items if not isinstance(item, Text)]
    assert [c.place.cell for c in grid.cells] == ["r1c1", "r1c2"]
    assert [c.place.paragraph for c in grid.cells] == [2, 3]


def test_a_cell_of_several_paragraphs_knows_where_each_stands(word: Word) -> None:
    stream = word(table(row(cell("甲乙", "丙丁"), "戊")))
    first = stream.items[0].cells[0]  # type: ignore[union-attr]
    assert first.text == "甲乙\n丙丁"
    place = first.place.at(first.text, 4)
    assert (place.paragraph, place.column, place.cell) == (2, 2, "r1c1")


def test_bold_runs_are_spans_and_touching_ones_are_one(word: Word) -> None:
    bold = "<w:b/>"
    text = only_text(
        word(para(run("甲", bold), run("乙", bold), "丙", run("丁", '<w:b w:val="0"/>')))
    )
    assert [(s.kind, s.start, s.end) for s in text.spans] == [("bold", 0, 2)]


def test_links_lead_out_of_the_document_only(word: Word) -> None:
    body = para('<w:hyperlink r:id="L">' + run("网址") + "</w:hyperlink>")
    stream = word(body, related=(("L", "hyperlink", "https://example.org/"),))
    (span,) = only_text(stream).spans
    assert (span.kind, span.start, span.end, span.value) == ("link", 0, 2, "https://example.org/")


def test_tracked_changes_are_read_as_accepted(word: Word) -> None:
    body = para(
        "招生",
        '<w:ins w:id="1">' + run("253") + "</w:ins>",
        '<w:del w:id="2"><w:r><w:delText>235</w:delText></w:r></w:del>',
        '<w:moveFrom w:id="3">' + run("去年") + "</w:moveFrom>",
        "人",
    )
    stream = word(body)
    assert texts(stream) == ["招生253人"]
    assert asides(stream) == {"修订中删去的文字": "235", "修订中移走的文字": "去年"}
    assert told(stream) == {"修订": 3}


def test_a_deleted_paragraph_end_joins_two_paragraphs(word: Word) -> None:
    gone = '<w:rPr><w:del w:id="1"/></w:rPr>'
    text = only_text(word(para("前半", properties=gone) + para("后半")))
    assert text.text == "前半后半"
    assert text.place.at(text.text, 3) == Place(file="1.docx", paragraph=2, column=2)


def test_a_drop_cap_belongs_to_its_paragraph(word: Word) -> None:
    frame = '<w:framePr w:dropCap="drop"/>'
    assert texts(word(para("北", properties=frame) + para("京市"))) == ["北京市"]


def test_hidden_text_is_set_aside_whatever_hides_it(word: Word) -> None:
    styles = (
        '<w:style w:type="character" w:styleId="H"><w:name w:val="h"/>'
        "<w:rPr><w:vanish/></w:rPr></w:style>"
    )
    body = para("见", run("密", "<w:vanish/>"), run("藏", '<w:rStyle w:val="H"/>'), "得")
    stream = word(body, {"styles": styles})
    assert texts(stream) == ["见得"]
    assert asides(stream) == {"隐藏文字": "密藏"}


def test_line_breaks_cut_paragraphs_but_not_headings(word: Word) -> None:
    broken = "<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r>"
    heading = '<w:outlineLvl w:val="0"/>'
    stream = word(para(broken) + para(broken, properties=heading))
    assert texts(stream) == ["甲", "乙", "甲 乙"]


def test_page_breaks_are_items_between_the_texts(word: Word) -> None:
    broken = '<w:r><w:t>封面</w:t><w:br w:type="page"/><w:t>正文</w:t></w:r>'
    after = "<w:sectPr><w:pgSz/></w:sectPr>"
    flowing = '<w:sectPr><w:type w:val="continuous"/></w:sectPr>'
    body = para(broken) + para("甲", properties=after) + para("乙", properties=flowing)
    shown = [i.text if isinstance(i, Text) else "—" for i in word(body + para("丙")).items]
    assert shown == ["封面", "—", "正文", "甲", "—", "乙", "丙"]
    before = word(para("甲") + para("乙", properties="<w:pageBreakBefore/>"))
    assert [type(item) for item in before.items] == [Text, Break, Text]


def test_empty_paragraphs_are_gaps(word: Word) -> None:
    stream = word(para("甲") + para() + para(" ") + para("乙"))
    assert [item.gap for item in stream.items if isinstance(item, Text)] == [0, 2]


def test_looks_of_the_paragraph(word: Word) -> None:
    properties = '<w:jc w:val="center"/><w:ind w:firstLineChars="200" w:firstLine="420"/>'
    text = only_text(word(para(run("大字", '<w:sz w:val="44"/>'), "小", properties=properties)))
    assert (text.align, text.indent, text.size) == ("center", 2.0, 22.0)


def test_content_controls_give_their_tag(word: Word) -> None:
    def control(content: str) -> str:
        return (
            '<w:sdt><w:sdtPr><w:tag w:val="basics"/></w:sdtPr><w:sdtContent>'
            f"{content}</w:sdtContent></w:sdt>"
        )

    body = control(para("甲") + table(row("一", "二"))) + para(control(run("乙")))
    stream = word(body + para("丙", control(run("丁"))))
    assert [(getattr(i, "text", ""), i.key) for i in stream.items] == [  # type: ignore[union-attr]
        ("甲", "basics"), ("", "basics"), ("乙", "basics"), ("丙丁", ""),
    ]  # fmt: skip
