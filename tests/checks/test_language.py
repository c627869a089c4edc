"""Rules of language: what they find, and what looks alike and is right."""

from pathlib import Path

import pytest

from .examples import diagnose

PROSE = "# 工作\n\n## 服务\n\n面向社区开展服务活动十二次，{text}参加人员逐年增加。\n"


@pytest.mark.parametrize(
    "text",
    [
        "比分为3:2，",
        "网址 https://example.org/a,b;c ，",
        "A,B,C三组，",
        "（1）宣传；（2）咨询；",
        "包括：（一）宣传，（二）咨询，",
        "“甲说：‘好。’”，",
        "共12345678901234人次，",
        "人数占20%～40%，",
        "比例在0.2-0.4之间，",
        "2023年10月至12月，",
        "2020-2023年，",
        "版本为2.0.1，",
        "住3号楼，5月1号线开通，",
        "约有300人，",
        "近三年，",
        "面积120平方米，",
        "“十四五”规划，",
        "称为“服务标准”，",
        "咨询电话010-12345678，",
    ],
)
def test_what_is_right_is_silent(text: str, tmp_path: Path) -> None:
    found = diagnose(PROSE.format(text=text), tmp_path)
    assert [(d.code, d.quote) for d in found if d.code.startswith("RK6")] == []


@pytest.mark.parametrize(
    ("text", "code", "quote"),
    [
        ("人员(含家属)较多，", "RK601", "(含家属)"),
        ("占比９２．１％，", "RK602", "９２．１"),
        ("占比92．1%，", "RK602", "92．1"),
        ("落实”互助”理念，", "RK603", "”互助"),
        ("称为《服务办法，", "RK603", "《服务办法"),
        ("人数增加。；", "RK604", "。；"),
        ("宣传、咨询、）", "RK604", "、）"),
        ("占20-40%，", "RK611", "20-40%"),
        ("截至2023年06月，", "RK612", "2023年06月"),
        ("5月3号，", "RK612", "5月3号"),
        ("2023.9.1，", "RK612", "2023.9.1"),
        ("23年9月，", "RK612", "23年"),
        ("近300余人，", "RK613", "近300余"),
        ("约300人左右，", "RK613", "约300人左右"),
        ("占地30平米，", "RK614", "平米"),
        ("身份证号11010519491231002X，", "RK616", "11010519491231002X"),
        ("依据“社区服务管理办法”，", "RK622", "“社区服务管理办法”"),
    ],
)
def test_slips_are_found(text: str, code: str, quote: str, tmp_path: Path) -> None:
    found = [d for d in diagnose(PROSE.format(text=text), tmp_path) if d.code.startswith("RK6")]
    assert code in {d.code for d in found}
    assert any(quote in d.quote for d in found if d.code == code)


def test_marks_that_go_over_paragraphs_are_paired(tmp_path: Path) -> None:
    text = "# 工作\n\n## 服务\n\n居民说：“服务很周到。\n\n活动也很多，希望继续办下去。”\n"
    assert diagnose(text, tmp_path) == ()


def test_a_habit_is_told_once_with_the_other_places(tmp_path: Path) -> None:
    lines = "\n\n".join(f"第{n}次活动,居民反映好。" for n in "一二三四五六七八九十百千")
    (found,) = diagnose(f"# 工作\n\n## 服务\n\n{lines}\n", tmp_path)
    assert "全文有12处" in found.message
    assert len(found.related) == 11


NAMES = "# 工作\n\n## 服务\n\n" + "与甲州市江滨食品公司合作。\n\n" * 3


@pytest.mark.parametrize(
    "other",
    ["甲州江滨食品公司", "甲州市江滨区食品公司", "甲州市江滨绿色食品公司"],
)
def test_another_spelling_of_a_name(other: str, tmp_path: Path) -> None:
    (found,) = diagnose(f"{NAMES}由{other}提供场地。\n", tmp_path)
    assert (found.code, found.quote) == ("RK621", other)
    assert found.related[0].quote == "甲州市江滨食品公司"


@pytest.mark.parametrize("other", ["江滨食品公司", "甲州市山阳食品公司"])
def test_names_of_others_and_short_forms(other: str, tmp_path: Path) -> None:
    assert diagnose(f"{NAMES}由{other}提供场地。\n", tmp_path) == ()
