"""Numbers that authors type: what is one, what is part of the wording."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportkit.reading import claims
from tests.strategies import texts


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("一、人才培养", "一、", "人才培养"),
        ("十二、 人才培养", "十二、", "人才培养"),
        ("一、三全育人", "一、", "三全育人"),
        ("（一）办学规模", "（一）", "办学规模"),
        ("(二) 教师队伍", "(二)", "教师队伍"),
        ("（1）甲", "（1）", "甲"),
        ("1.基本情况", "1.", "基本情况"),
        ("1. 立德树人", "1.", "立德树人"),
        ("1．立德树人", "1．", "立德树人"),
        ("1、立德树人", "1、", "立德树人"),
        ("1）甲", "1）", "甲"),
        ("①甲", "①", "甲"),
        ("1.1规模和结构", "1.1", "规模和结构"),
        ("4.2 学生实习情况", "4.2", "学生实习情况"),
        ("3.1.12北京市学校", "3.1.12", "北京市学校"),
        ("1.1.1.甲", "1.1.1.", "甲"),
        ("第一章 总则", "第一章", "总则"),
        ("第十二节　总则", "第十二节", "总则"),
        ("1 总则", "1", "总则"),
        ("2 人才培养", "2", "人才培养"),
        ("3 名师工作室", "3", "名师工作室"),
        ("第二部分 服务", "第二部分", "服务"),
        ("1.2022年招生", "1.", "2022年招生"),
        ("1.1+X证书", "1.", "1+X证书"),
        ("4.41+X证书", "4.4", "1+X证书"),
        ("2.3D打印", "2.", "3D打印"),
        ("3.5G应用", "3.", "5G应用"),
        ("（一）2022年招生", "（一）", "2022年招生"),
        ("一、“十四五”规划", "一、", "“十四五”规划"),
        ("3.2.1", "3.2.1", ""),
        ("一、", "一、", ""),
    ],
)
def test_numbers_of_headings(text: str, number: str, rest: str) -> None:
    split = claims.heading(text)
    assert (split.number, text[split.offset :]) == (number, rest)


@pytest.mark.parametrize(
    "text",
    [
        "2022年招生情况", "1+X证书试点", "3D打印", "5G应用", "1.5倍增长", "十四五规划",
        "十大亮点", "一流学校", "三教改革", "第一课堂", "第十四届技能大赛", "3.5万人次培训",
        "7.1%的增长", "2.0版", "3+2贯通培养", "12 所院校", "20世纪", "百年校庆",
        "3 名教师", "5 个专业", "2 年制专业",
        "（2023）年度", "", "人才培养",
    ],
)  # fmt: skip
def test_wording_that_only_looks_like_a_number(text: str) -> None:
    assert claims.heading(text) == (None, 0)


@pytest.mark.parametrize(
    ("text", "kind", "number", "rest"),
    [
        ("表7-1 减免学费", "table", "表7-1", "减免学费"),
        ("表7-1减免学费", "table", "表7-1", "减免学费"),
        ("表1　甲", "table", "表1", "甲"),
        ("表7-1：甲", "table", "表7-1", "甲"),
        ("表1.1 甲", "table", "表1.1", "甲"),
        ("图 2-3 校园", "figure", "图 2-3", "校园"),
        ("图 1-1 2025 年院校数量", "figure", "图 1-1", "2025 年院校数量"),
        ("图1-1", "figure", "图1-1", ""),
        ("【案例1-1】问题导向", "case", "【案例1-1】", "问题导向"),
        ("【案例 2-13】 甲", "case", "【案例 2-13】", "甲"),
        ("案例 1-1 实施", "case", "案例 1-1", "实施"),
        ("案例一 甲", "case", "案例一", "甲"),
        ("表 3-12025 年北京", "table", None, "表 3-12025 年北京"),
        ("图2-112 甲", "figure", None, "图2-112 甲"),
        ("图5G应用", "figure", None, "图5G应用"),
        ("表2023年招生", "table", None, "表2023年招生"),
        ("案例一般做法", "case", None, "案例一般做法"),
        ("【案例分享】甲", "case", None, "【案例分享】甲"),
        ("图1-1 甲", "table", None, "图1-1 甲"),
        ("招生表1-1", "table", None, "招生表1-1"),
    ],
)
def test_numbers_of_captions(text: str, kind: str, number: str | None, rest: str) -> None:
    split = claims.caption(text, kind)  # type: ignore[arg-type]
    assert (split.number, text[split.offset :]) == (number, rest)


@given(texts(), st.sampled_from(("table", "figure", "case")))
def test_nothing_but_blanks_and_signs_is_dropped(text: str, kind: str) -> None:
    for split in (claims.heading(text), claims.caption(text, kind)):  # type: ignore[arg-type]
        if split.number is None:
            assert split.offset == 0
        else:
            assert text.startswith(split.number)
            assert not text[len(split.number) : split.offset].strip(" \t\u3000：:、.．")
