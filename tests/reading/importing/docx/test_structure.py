"""Styles, outline levels and automatic numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportkit.composing.numerals import chinese
from reportkit.reading.importing.docx.counters import rendered
from reportkit.reading.importing.stream import Stream, Text

from .word import Word, field, para, run, style, styled, texts

NUMBERS = "<w:numPr><w:ilvl w:val='{}'/><w:numId w:val='{}'/></w:numPr>"
STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    + style("1", "heading 1", '<w:pPr><w:outlineLvl w:val="0"/></w:pPr>')
    + style("mine", "学校一级标题", based_on="1")
    + style("T", "Title", "<w:rPr><w:b/><w:sz w:val='44'/></w:rPr>")
    + style("zh", "标题 2")
    + style("toch", "TOC Heading", '<w:pPr><w:outlineLvl w:val="9"/></w:pPr>', based_on="1")
    + style("toc2", "toc 2")
    + style("cap", "caption")
    + style("capx", "图题", based_on="cap")
    + style("case", "案例标题")
    + style("sign", "落款")
    + style("loop", "甲", based_on="pool")
    + style("pool", "乙", based_on="loop")
)


def level(depth: int, text: str, form: str = "decimal", more: str = "") -> str:
    """A level of a list."""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def lists(
    *levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
) -> str:
    """numbering.xml with one list."""
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{nums}'


def numbered(text: str, depth: int = 0, num: int = 1) -> str:
    """A paragraph in a list."""
    return para(text, properties=NUMBERS.format(depth, num))


def roles(stream: Stream) -> list[tuple[str, int | None]]:
    """Role and level of each text."""
    return [(item.role, item.level) for item in stream.items if isinstance(item, Text)]


def test_styles_tell_roles_by_name_and_by_what_they_are_based_on(word: Word) -> None:
    names = ["1", "mine", "T", "zh", "toch", "toc2", "cap", "capx", "case", "sign", "loop", "none"]
    stream = word("".join(styled(name, "文") for name in names), {"styles": STYLES})
    assert roles(stream) == [
        ("heading", 1), ("heading", 1), ("title", None), ("heading", 2), ("", None), ("toc", 2),
        ("caption", None), ("caption", None), ("case", None), ("sign_off", None), ("", None),
        ("", None),
    ]  # fmt: skip


def test_an_outline_level_makes_headings_and_unmakes_them(word: Word) -> None:
    body = (
        para("甲", properties='<w:outlineLvl w:val="2"/>')
        + styled("1", "乙", '<w:outlineLvl w:val="9"/>')
        + styled("cap", "丙", '<w:outlineLvl w:val="0"/>')
    )
    assert roles(word(body, {"styles": STYLES})) == [("heading", 3), ("", None), ("caption", None)]


def test_looks_of_a_heading_style_are_no_spans(word: Word) -> None:
    stream = word(styled("T", "题") + styled("a", "文"), {"styles": STYLES})
    title, plain = (item for item in stream.items if isinstance(item, Text))
    assert (title.spans, title.size, plain.size) == ((), 22.0, None)


def test_numbers_are_counted_by_level(word: Word) -> None:
    numbering = lists(
        level(0, "第%1章", "chineseCountingThousand"),
        level(1, "%1.%2", more="<w:isLgl/>"),
        level(2, "（%3）", "chineseCounting"),
    )
    body = "".join(numbered("题", depth) for depth in (0, 1, 1, 2, 0, 1, 2, 2))
    stream = word(body, {"numbering": numbering})
    shown = ["第一章", "1.1", "1.2", "（一）", "第二章", "2.1", "（一）", "（二）"]
    assert [item.number for item in stream.items if isinstance(item, Text)] == shown
    assert {(item.role, item.ordered) for item in stream.items if isinstance(item, Text)} == {
        ("list", True)
    }


def test_a_list_begins_anew_where_the_file_says_so(word: Word) -> None:
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    nums = "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="0"/>{more}</w:num>'
        for n, more in [(1, ""), (2, ""), (3, again)]
    )
    numbering = lists(level(0, "%1."), nums=nums)
    body = "".join(numbered("题", num=num) for num in (1, 1, 2, 3, 3, 1))
    assert texts(word(body, {"numbering": numbering})) == [
        "1.题", "2.题", "3.题", "1.题", "2.题", "3.题",
    ]  # fmt: skip


@pytest.mark.parametrize(("restart", "last"), [("", "a"), ('<w:lvlRestart w:val="0"/>', "b")])
def test_a_level_begins_anew_below_a_higher_one_unless_it_may_not(
    word: Word, restart: str, last: str
) -> None:
    numbering = lists(level(0, "%1."), level(1, "%2", "lowerLetter", restart))
    body = "".join(numbered("题", depth) for depth in (0, 1, 0, 1))
    assert texts(word(body, {"numbering": numbering}))[-1] == f"{last}题"


def test_numbers_come_by_style_too_and_zero_takes_them_away(word: Word) -> None:
    styles = style("h1", "heading 1", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
    styles += style("h2", "heading 2", '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>')
    numbering = lists(
        level(0, "%1、", "chineseCounting", '<w:pStyle w:val="h1"/>'),
        level(1, "（%2）", "chineseCounting", '<w:pStyle w:val="h2"/>'),
    )
    none = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    body = styled("h1", "甲") + styled("h2", "乙") + styled("h1", "丙", none) + styled("h1", "丁")
    stream = word(body, {"styles": styles, "numbering": numbering})
    assert texts(stream) == ["一、甲", "（一）乙", "丙", "二、丁"]
    assert roles(stream)[0] == ("heading", 1)


def test_bullets_are_lists_without_order(word: Word) -> None:
    symbol = '<w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr>'
    numbering = lists(
        f'<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/>{symbol}</w:lvl>'
    )
    (item,) = word(numbered("项"), {"numbering": numbering}).items
    assert isinstance(item, Text)
    assert (item.number, item.role, item.ordered, item.level) == ("•", "list", False, 0)


def test_deleted_paragraphs_are_not_counted(word: Word) -> None:
    gone = para(
        '<w:del w:id="1"><w:r><w:delText>删</w:delText></w:r></w:del>',
        properties=NUMBERS.format(0, 1) + '<w:rPr><w:del w:id="2"/></w:rPr>',
    )
    stream = word(numbered("甲") + gone + numbered("乙"), {"numbering": lists(level(0, "%1."))})
    assert texts(stream) == ["1.甲", "2.乙"]


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ("decimalZero", "10"), ("upperRoman", "X"), ("lowerLetter", "j"), ("chineseCounting", "十"),
        ("chineseLegalSimplified", "壹拾"), ("ideographDigital", "一〇"),
        ("ideographTraditional", "癸"), ("ideographZodiac", "酉"), ("decimalEnclosedCircle", "⑩"),
        ("decimalEnclosedParen", "⑽"),
        ("decimalEnclosedFullstop", "⒑"), ("ideographEnclosedCircle", "㊉"),
        ("numberInDash", "- 10 -"), ("decimalFullWidth", "１０"), ("none", ""), ("hebrew1", "10"),
    ],
)  # fmt: skip
def test_number_formats(form: str, shown: str) -> None:
    assert rendered(10, form) == shown


def test_custom_formats_and_numbers_without_a_sign() -> None:
    assert rendered(7, "custom", "001, 002, ...") == "007"
    assert [rendered(n, "decimalEnclosedCircle") for n in (20, 21, 50, 51)] == [
        "⑳",
        "㉑",
        "㊿",
        "51",
    ]


@given(st.integers(1, 9999))
def test_chinese_numbers_agree_with_those_that_are_printed(number: int) -> None:
    assert rendered(number, "chineseCountingThousand") == chinese(number)


def test_captions_are_known_by_what_they_count(word: Word) -> None:
    body = (
        para("表", field("SEQ 表 \\* ARABIC", "1"), " 招生情况")
        + para("案例", field("SEQ 案例", "1"))
        + para("这一年的情况比上一年有很大变化，参见图", field("SEQ 图", "1"))
        + para("第", field("SEQ 章", "1"), "章")
    )
    assert [role for role, _ in roles(word(body))] == ["caption", "case", "", ""]


def test_contents_are_known_by_their_field_over_several_paragraphs(word: Word) -> None:
    begin = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o</w:instrText></w:r>'
    )
    split = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    body = (
        para(begin, split, "一、概况", "<w:r><w:tab/></w:r>", field("PAGEREF x", "3"))
        + styled("toc2", "（一）规模")
        + para(end, "正文")
        + para(run("后文"))
    )
    stream = word(body, {"styles": STYLES})
    assert roles(stream) == [("toc", None), ("toc", 2), ("", None), ("", None)]
    assert texts(stream)[0] == "一、概况\t3"
