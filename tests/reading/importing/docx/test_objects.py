"""Pictures, charts, text boxes, embedded objects; notes, comments, headers and footers."""

import pytest

from reportkit.reading.importing.stream import Picture, Plot, Text

from .word import Word, asides, only_text, para, part, run, table, texts, told

PICTURE = '<a:graphic><a:graphicData><pic:pic><pic:blipFill><a:blip r:embed="I"/></pic:blipFill></pic:pic></a:graphicData></a:graphic>'  # noqa: E501
INLINE = (
    '<w:r><w:drawing><wp:inline><wp:extent cx="2637155" cy="1"/><wp:docPr id="1" name="x" '
    f'descr="校门"/>{PICTURE}</wp:inline></w:drawing></w:r>'
)
IMAGE = (("I", "image", "media/image1.png"),)
CONTENT = {"word/media/image1.png": b"picture"}


def box(*paragraphs: str) -> str:
    """A text box as Word writes it: twice."""
    inside = "".join(paragraphs)
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wps:wsp>'
        f"<wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx></wps:wsp></wp:anchor>"
        "</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>"
        f"{inside}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def test_pictures_come_where_they_are_anchored(word: Word) -> None:
    stream = word(para(INLINE, "图下") + para("文前", INLINE, "文后"), related=IMAGE, raw=CONTENT)
    assert [getattr(item, "text", "图") for item in stream.items] == [
        "图",
        "图下",
        "文前文后",
        "图",
    ]
    picture = stream.items[0]
    assert isinstance(picture, Picture)
    assert (picture.name, picture.alt, picture.width) == ("image1.png", "校门", 50)
    assert picture.content == b"picture"


def test_pictures_that_are_not_in_the_file(word: Word) -> None:
    linked = '<w:r><w:drawing><a:blip r:link="L"/></w:drawing></w:r>'
    lost = '<w:r><w:drawing><a:blip r:embed="I"/></w:drawing></w:r>'
    related = (("L", "image", "file:///C:/图/a.png"), *IMAGE)
    stream = word(para(linked) + para(lost), related=related)
    assert [(i.name, i.content) for i in stream.items if isinstance(i, Picture)] == [
        ("a.png", None), ("image1.png", None),
    ]  # fmt: skip
    assert [f.code for f in stream.findings] == ["RK152", "RK151"]


def test_old_drawings(word: Word) -> None:
    old = (
        '<w:r><w:pict><v:shape alt="校徽"><v:imagedata r:id="I"/></v:shape>'
        '<v:shape><v:textpath string="艺术字"/></v:shape></w:pict></w:r>'
    )
    picture, words = word(para(old), related=IMAGE, raw=CONTENT).items
    assert isinstance(picture, Picture)
    assert isinstance(words, Text)
    assert (picture.alt, words.text, words.boxed) == ("校徽", "艺术字", True)


def test_text_boxes_are_read_once_and_stand_at_their_anchor(word: Word) -> None:
    stream = word(para("前", box(para("甲"), para("乙")), "后") + para("又"))
    assert [(t.text, t.boxed) for t in stream.items if isinstance(t, Text)] == [
        ("前后", False), ("甲", True), ("乙", True), ("又", False),
    ]  # fmt: skip
    places = [t.place.paragraph for t in stream.items if isinstance(t, Text)]
    assert places == [1, 2, 3, 6]  # the other branch counts as well


def test_a_table_in_a_text_box_and_a_box_in_a_box(word: Word) -> None:
    inner = box(para("里"), table("<w:tr><w:tc><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr>"))
    stream = word(para(box(para("外", inner))))
    assert texts(stream) == ["外", "里"]


def test_deleted_text_boxes_are_set_aside(word: Word) -> None:
    stream = word(para("<w:del>" + box(para("删")) + "</w:del>", "留"))
    assert texts(stream) == ["留"]
    assert asides(stream) == {"修订中删去的文字": "删"}


def test_boxes_in_boxes_without_end(word: Word) -> None:
    inside = para("底")
    for depth in range(16):
        inside = para(
            f"层{depth}", f"<w:r><w:pict><w:txbxContent>{inside}</w:txbxContent></w:pict></w:r>"
        )
    stream = word(inside)
    assert "底" in asides(stream)["嵌套过深的文本框"]


def series(name: str, values: str, code: str = "General") -> str:
    """A series of a chart."""
    points = "".join(
        f'<c:pt idx="{n}"><c:v>{v}</c:v></c:pt>' for n, v in enumerate(values.split()) if v != "-"
    )
    return (
        f"<c:ser><c:tx><c:strRef><c:strCache><c:pt idx='0'><c:v>{name}</c:v></c:pt></c:strCache>"
        "</c:strRef></c:tx><c:cat><c:strRef><c:strCache><c:pt idx='0'><c:v>2021</c:v></c:pt>"
        "<c:pt idx='1'><c:v>2022</c:v></c:pt></c:strCache></c:strRef></c:cat><c:val><c:numRef>"
        f"<c:numCache><c:formatCode>{code}</c:formatCode>{points}</c:numCache></c:numRef></c:val>"
        "</c:ser>"
    )


def chart(kind: str, inside: str, title: str = "") -> str:
    """A chart part."""
    head = (
        f"<c:title><c:tx><c:rich><a:p><a:r><a:t>{title}</a:t></a:r></a:p></c:rich></c:tx></c:title>"
    )
    return part(
        "c:chartSpace",
        f"<c:chart>{head}<c:plotArea><c:{kind}>{inside}</c:{kind}></c:plotArea></c:chart>",
    )


def test_charts_give_the_data_that_they_keep(word: Word) -> None:
    inside = (
        '<c:barDir val="col"/>' + series("招生", "195 253") + series("占比", "- 0.4377", "0.0%")
    )
    stream = word(
        para('<w:r><w:drawing><c:chart r:id="C"/></w:drawing></w:r>'),
        related=(("C", "chart", "charts/chart1.xml"),),
        raw={"word/charts/chart1.xml": chart("barChart", inside, "招生情况").encode()},
    )
    (plot,) = stream.items
    assert isinstance(plot, Plot)
    assert plot.rows == (("", "招生", "占比"), ("2021", "195", ""), ("2022", "253", "43.8%"))
    assert (plot.kind, plot.title) == ("column", "招生情况")


@pytest.mark.parametrize(
    ("kind", "inside", "shape"),
    [
        ("barChart", '<c:barDir val="bar"/>', "bar"),
        ("barChart", '<c:barDir val="col"/><c:grouping val="percentStacked"/>', "stacked"),
        ("lineChart", "", "line"), ("pieChart", "", "pie"), ("doughnutChart", "", "ring"),
        ("pie3DChart", "", "pie"), ("radarChart", "", "auto"),
    ],
)  # fmt: skip
def test_shapes_of_charts(word: Word, kind: str, inside: str, shape: str) -> None:
    stream = word(
        para('<w:r><w:drawing><c:chart r:id="C"/></w:drawing></w:r>'),
        related=(("C", "chart", "chart1.xml"),),
        raw={
            "word/chart1.xml": chart(kind, inside + series("甲", "12.300000000000001 2")).encode()
        },
    )
    (plot,) = stream.items
    assert isinstance(plot, Plot)
    assert (plot.kind, plot.rows[1]) == (shape, ("2021", "12.3"))


def test_smart_art_gives_its_words(word: Word) -> None:
    words = "<dgm:t><a:p><a:r><a:t>立德</a:t></a:r></a:p></dgm:t>"
    data = f"<dgm:ptLst><dgm:pt>{words}</dgm:pt></dgm:ptLst>"
    stream = word(
        para('<w:r><w:drawing><dgm:relIds r:dm="D"/></w:drawing></w:r>'),
        related=(("D", "diagramData", "data1.xml"),),
        raw={"word/data1.xml": part("dgm:dataModel", data).encode()},
    )
    assert texts(stream) == ["立德"]


def test_what_cannot_be_read_is_told(word: Word) -> None:
    body = (
        para('<w:r><w:object><o:OLEObject r:id="O"/><v:imagedata r:id="I"/></w:object></w:r>')
        + '<w:altChunk r:id="A"/>'
        + para('<w:r><w:drawing><cx:chart r:id="X"/></w:drawing></w:r>')
    )
    stream = word(body, related=IMAGE, raw=CONTENT)
    assert told(stream) == {"嵌入对象": 1, "插入的其他文件": 1, "图表": 1}
    assert [type(item) for item in stream.items] == [Picture]


def test_macros_are_told_and_not_read(word: Word) -> None:
    main = "application/vnd.ms-word.document.macroEnabled.main+xml"
    stream = word(para("甲"), main_type=main, related=(("V", "vbaProject", "vbaProject.bin"),))
    assert (texts(stream), told(stream)) == (["甲"], {"宏": 1})


def test_footnotes_and_endnotes(word: Word) -> None:
    notes = (
        '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
        f'<w:footnote w:id="5">{para("<w:r><w:footnoteRef/></w:r>", " 甲校", run("注", "<w:b/>"))}'
        f"{para('第二段')}</w:footnote><w:footnote w:id='9'>{para('孤儿')}</w:footnote>"
    )
    ends = f'<w:endnote w:id="2">{para("尾")}</w:endnote>'
    body = para("概况", '<w:r><w:footnoteReference w:id="5"/></w:r>', "，见") + para(
        "后", '<w:r><w:endnoteReference w:id="2"/></w:r>'
    )
    stream = word(body, {"footnotes": notes, "endnotes": ends})
    first = stream.items[0]
    assert isinstance(first, Text)
    assert [(s.kind, s.start, s.end, s.value) for s in first.spans] == [("note", 2, 2, "1")]
    note = stream.notes["1"]
    assert (note.text, note.place.paragraph, stream.notes["e1"].text) == ("甲校注 第二段", 1, "尾")
    assert [(s.kind, s.start, s.end) for s in note.spans] == [("bold", 2, 3)]
    assert asides(stream) == {"没有标记的脚注": "孤儿"}


def test_a_mark_that_the_author_chose_is_covered(word: Word) -> None:
    mark = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="5"/><w:t>①</w:t></w:r>'
    note = f'<w:footnote w:id="5">{para("① 注")}</w:footnote>'
    text = only_text(word(para("概况", mark, "后"), {"footnotes": note}))
    assert text.text == "概况①后"
    assert [(s.start, s.end, s.value) for s in text.spans] == [(2, 3, "1")]


def test_comments_headers_and_footers_are_set_aside(word: Word) -> None:
    comments = f'<w:comment w:id="1" w:author="审核">{para("请核对")}</w:comment>'
    body = para(
        "甲", '<w:commentRangeStart w:id="1"/>', "乙", '<w:r><w:commentReference w:id="1"/></w:r>'
    )
    watermark = '<w:r><w:pict><v:shape><v:textpath string="草稿"/></v:shape></w:pict></w:r>'
    margins = (("h", "header", "h.xml"), ("f", "footer", "f.xml"), ("g", "footer", "g.xml"))
    raw = {
        "word/h.xml": part("w:hdr", para("某校", watermark)).encode(),
        "word/f.xml": part("w:ftr", para("第1页")).encode(),
        "word/g.xml": part("w:ftr", para("第1页")).encode(),
    }
    stream = word(body, {"comments": comments}, related=margins, raw=raw)
    assert texts(stream) == ["甲乙"]
    assert asides(stream) == {"页眉": "某校 草稿", "页脚": "第1页", "批注（审核）": "请核对"}
    assert stream.asides[-1].place.paragraph == 1
    assert told(stream) == {"批注": 1}


def test_a_damaged_part_is_told_and_the_rest_is_read(word: Word) -> None:
    stream = word(
        para("甲"), related=(("S", "styles", "styles.xml"),), raw={"word/styles.xml": b"<w"}
    )
    assert texts(stream) == ["甲"]
    assert [(f.code, f.args["what"]) for f in stream.findings] == [("RK152", "样式")]
