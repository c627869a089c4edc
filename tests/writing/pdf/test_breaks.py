"""Where Chinese lines may end, and how near characters stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportkit.writing.pdf import breaks
from reportkit.writing.pdf.breaks import Break
from reportkit.writing.pdf.typeset import first_line

TEXTS = st.text(alphabet="中文字，。、；：（）《》“”——……%0123456789.abc /-①年万元", max_size=60)


def ruler(token: str) -> float:
    """Ten to the em; Latin half as wide."""
    return sum(10.0 if ord(char) > 0x2000 else 5.0 for char in token)


def lines(text: str, width: float, *, anywhere: bool = True) -> list[str]:
    found = []
    while text:
        line = first_line(text, 10, ruler, width, anywhere)
        found.append(line.text)
        if line.resume is None:
            break
        assert line.resume > 0
        text = text[line.resume :]
    return found


@given(TEXTS, st.integers(min_value=10, max_value=300))
def test_breaking_loses_nothing_but_blanks_at_line_ends(text: str, width: int) -> None:
    joined = "".join(lines(text, width))
    assert joined.replace(" ", "") == text.replace(" ", "")


@given(TEXTS, st.integers(min_value=60, max_value=300))
def test_lines_fit_and_neither_begin_nor_end_badly(text: str, width: int) -> None:
    for number, line in enumerate(lines(text, width)):
        if len(list(breaks.tokens(line))) < 3:
            continue  # a single long word, cut where it must be
        assert ruler(line.rstrip()) <= width + 10 * line.count("“") + 5 * len(line)
        assert number == 0 or line[0] not in "，。、；：）》”%①" or width < 100


@given(TEXTS)
def test_tokens_put_together_are_the_text(text: str) -> None:
    assert "".join(token.text for token in breaks.tokens(text)) == text


def endings(text: str) -> str:
    """The text with | where a line may end and ¦ where it may if it must."""
    out = ""
    for token, joint in breaks.joints(text):
        out += token.text
        if joint is not None:
            out += {Break.NEVER: "", Break.POOR: "¦", Break.GOOD: "|"}[joint.ending]
    return out


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("招生1262人，", "招|生|1262¦人，"),
        ("共38.6%的", "共|38.6%|的"),
        ("3.5万元整", "3.5¦万元|整"),
        ("2.4个百分点", "2.4¦个¦百分点"),
        ("见表1-1。", "见|表1-1。"),
        ("说：“好。”", "说：|“好。”"),
        ("（一）甲《乙》", "（一）|甲|《乙》"),
        ("甲——乙……丙", "甲|——|乙……|丙"),
        ("use the 表", "use |the |表"),
    ],
)
def test_where_a_line_may_end(text: str, wanted: str) -> None:
    assert endings(text) == wanted


@pytest.mark.parametrize(
    ("pair", "shift"),
    [
        ("中A", 0.25),
        ("5年", 0.25),
        ("%的", 0.25),
        ("。”", -0.5),
        ("），", -0.5),
        ("》《", -0.5),
        ("（《", -0.5),
        ("（）", 0),
        ("中。", 0),
        ("中文", 0),
        ("——", 0),
        ("a5", 0),
    ],
)
def test_how_near_two_characters_stand(pair: str, shift: float) -> None:
    assert breaks.shift(*pair) == shift


def test_no_character_stands_alone_on_a_last_line() -> None:
    assert lines("一二三四五六", 50) == ["一二三四", "五六"]
    assert lines("一二三四五六。", 50) == ["一二三四", "五六。"]
    assert lines("一二三四五六七", 50) == ["一二三四五", "六七"]


def test_a_long_address_breaks_after_its_separators() -> None:
    address = "https://www.example.org/reports/2023/annual-quality-report.html"
    broken = lines(f"网址{address}。", 200)
    assert len(broken) > 1
    assert all(line[-1] in "/-._。" or line is broken[-1] for line in broken[:-1])
