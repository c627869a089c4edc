import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportkit.composing.inline import Piece, parse

ALPHABET = "中文。，“”（） ab1*_[]()<>!&@{}\\`\n^:.-'\"|#"


def shown(text: str) -> str:
    """Pieces in a short form: looks as *…* and **…**, marks by kind."""
    made = ""
    for piece in parse(text)[0]:
        stars = "*" * (2 * piece.bold + piece.italic)
        text = {
            "text": piece.text,
            "break": "⏎",
            "value": f"<{piece.text}>",
            "reference": f"<@{piece.text}>",
            "footnote": f"<^{piece.text}>",
        }[piece.kind]
        made += f"{stars}{text}{stars}" + (f"→{piece.link}" if piece.link else "")
    return made


def flaws(text: str) -> list[tuple[str, str]]:
    return [(flaw.what, flaw.quote) for flaw in parse(text)[1]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**重点。**正文", "**重点。**正文"),
        ("**“双师型”**教师", "**“双师型”**教师"),
        ("教师**（专任）**增加", "教师**（专任）**增加"),
        ("一是**推动改革**。二是**健全体系**。", "一是**推动改革**。二是**健全体系**。"),
        ("增长**29.7%**，", "增长**29.7%**，"),
        ("*a **b** c*", "*a *" + "***b***" + "* c*"),
        ("***全部***", "***全部***"),
        ("** 不是 **", "** 不是 **"),
        ("姓名____电话____", "姓名____电话____"),
        ("（____）人（____）", "（____）人（____）"),
        (r"\*不是\*", "*不是*"),
        ("5 * 3 * 2", "5 * 3 * 2"),
        ("**没有结束", "**没有结束"),
    ],
)
def test_emphasis_works_next_to_chinese_punctuation(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("见@tbl:scale。", "见<@tbl:scale>。"),
        ("（@fig:a、@fig:b）", "（<@fig:a>、<@fig:b>）"),
        ("信箱 office@case:x.cn", "信箱 office@case:x.cn"),
        (r"\@tbl:a", "@tbl:a"),
        ("@ 单独", "@ 单独"),
        ("{{ a.b | of('}}') }}人", "<a.b | of('}}')>人"),
        ("{{a.b}}{{c}}", "<a.b><c>"),
        (r"\{{ a }}", "{{ a }}"),
        ("脚注[^n1]。", "脚注<^n1>。"),
        ("[文字](https://a.cn/b_(c))", "文字→https://a.cn/b_(c)"),
        ("<https://a.cn/x>", "https://a.cn/x→https://a.cn/x"),
        ("[普通方括号]", "[普通方括号]"),
        ("A&amp;B&nbsp;C&foo;", "A&B C&foo;"),
        ("第一行\n第二行", "第一行⏎第二行"),
        ("第一行  \n  第二行\\\n第三行", "第一行⏎第二行⏎第三行"),
    ],
)
def test_inline_marks(text: str, expected: str) -> None:
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("text", "expected", "found"),
    [
        ("a<br>b", "a<br>b", [("html", "<br>")]),
        ("<!-- 注 -->甲", "<!-- 注 -->甲", [("html", "<!-- 注 -->")]),
        ("3 < 5 且 7 > 6", "3 < 5 且 7 > 6", []),
        ("用`code*x*`写", "用code*x*写", [("code", "`code*x*`")]),
        ("单个`反引号", "单个`反引号", []),
        ("[文件](file:///etc/passwd)", "文件", [("link", "file:///etc/passwd")]),
        ("[脚本](javascript:alert(1))", "脚本", [("link", "javascript:alert(1)")]),
        (
            "前![图](figures/a.png)后",
            "前![图](figures/a.png)后",
            [("image", "![图](figures/a.png)")],
        ),
        ("{{ a.b", "{{ a.b", [("expression", "{{ a.b")]),
        ("{% for %}", "{% for %}", [("statement", "{% for %}")]),
        ("{% 5", "{% 5", []),
    ],
)
def test_what_is_not_understood_is_kept_and_told(
    text: str, expected: str, found: list[tuple[str, str]]
) -> None:
    assert shown(text) == expected
    assert flaws(text) == found


@given(st.text(ALPHABET, max_size=60))
def test_every_piece_stands_where_it_says(text: str) -> None:
    """Plain text, values, references and notes are found in the source at their offset."""
    for piece in parse(text)[0]:
        assert 0 <= piece.offset < len(text)
        if piece.kind == "text" and "&" not in text:
            begins = piece.text.split("\n")[0].rstrip()[:1]
            assert text.replace("\n", " ").startswith(begins, piece.offset)
        if piece.kind in ("reference", "footnote"):
            assert piece.text in text[piece.offset :]


@given(st.text("中文。，（）“”ab 1", min_size=1, max_size=40))
def test_text_without_marks_is_one_piece(text: str) -> None:
    assert parse(text) == ([Piece("text", text, 0)], [])


@given(st.text("中文。，（）“”", min_size=1, max_size=9), st.text("中文。，“”", max_size=9))
def test_chinese_text_in_stars_is_always_bold(inner: str, after: str) -> None:
    """Whatever Chinese characters and punctuation stand on either side."""
    pieces = parse(f"{after}**{inner}**{after}")[0]
    assert [piece.text for piece in pieces if piece.bold] == [inner]


def test_no_text_takes_long() -> None:
    """Inputs that make careless parsers quadratic; the suite's time limit would show it."""
    for unit in (
        "*",
        "**a",
        "[",
        "[a](",
        "`",
        "`a``b",
        "{{",
        "{{'",
        "<!--",
        "<a ",
        "&",
        "@a",
        "\\",
    ):
        parse(unit * (100_000 // len(unit)))
