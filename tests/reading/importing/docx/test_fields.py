"""Fields: results are read, instructions are not, and nothing is lost to a broken one."""

import pytest

from .word import Word, asides, field, only_text, para, run, texts

BEGIN = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
SEPARATE = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def code(instruction: str) -> str:
    return f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"


def test_results_are_read_and_instructions_are_not(word: Word) -> None:
    simple = '<w:fldSimple w:instr="SEQ 表">' + run("2") + "</w:fldSimple>"
    assert texts(word(para("见表", field("REF _Ref1 \\h", "1-1"), "、表", simple))) == [
        "见表1-1、表2"
    ]


def test_a_field_in_the_instruction_of_another(word: Word) -> None:
    inner = BEGIN + code("MERGEFIELD X") + SEPARATE + run("值") + END
    outer = BEGIN + code("IF ") + inner + code(' = "" ') + SEPARATE + run("果") + END
    stream = word(para("前", outer, "后"))
    assert texts(stream) == ["前果后"]
    assert asides(stream) == {"域代码": "值"}


@pytest.mark.parametrize(
    "broken",
    [
        BEGIN + code("TOC") + SEPARATE,
        BEGIN + code("REF x"),
        END,
        SEPARATE + END,
        BEGIN + '<w:r><w:fldChar w:fldCharType="nonsense"/></w:r>' + END,
    ],
)
def test_what_is_not_closed_is_no_field(word: Word, broken: str) -> None:
    assert texts(word(para("前", broken, "后") + para("又"))) == ["前后", "又"]


@pytest.mark.parametrize(
    ("instruction", "data", "shown"),
    [
        ("EQ \\o\\ac(○,3)", "", "③"),
        ("eq \\o\\ac(○,77)", "", "(77)"),
        ("EQ \\* jc2 \\* hps10 \\o\\ad(\\s\\up 9(hàn),汉)", "", "汉"),
        ('SYMBOL 254 \\f "Wingdings" \\s 10', "", "☑"),
        ("MACROBUTTON NoMacro [点击此处填写]", "", "[点击此处填写]"),
        (
            "FORMCHECKBOX",
            "<w:ffData><w:checkBox><w:default w:val='1'/></w:checkBox></w:ffData>",
            "☑",
        ),
        ("FORMCHECKBOX", "<w:ffData><w:checkBox/></w:ffData>", "☐"),
        (
            "FORMDROPDOWN",
            "<w:ffData><w:ddList><w:result w:val='1'/><w:listEntry w:val='甲'/>"
            "<w:listEntry w:val='乙'/></w:ddList></w:ffData>",
            "乙",
        ),
        ("TC &quot;条目&quot;", "", ""),
    ],
)
def test_fields_without_result_show_what_they_print(
    word: Word, instruction: str, data: str, shown: str
) -> None:
    begin = f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>'
    stream = word(para("前", begin, code(instruction), END, "后"))
    assert texts(stream) == [f"前{shown}后"]


def test_a_link_by_field(word: Word) -> None:
    text = only_text(word(para(field('HYPERLINK "https://example.org"', "网址"), "后")))
    assert [(s.kind, s.start, s.end, s.value) for s in text.spans] == [
        ("link", 0, 2, "https://example.org")
    ]
    assert not only_text(word(para(field("HYPERLINK \\l x", "内部")))).spans
