"""Sentences that are right raise nothing; wrong ones are found by their rule alone.

``right.txt`` and ``wrong.txt`` hold one report a line, paragraphs parted by ``|``; a wrong one
begins with the code of its rule.
"""

from pathlib import Path

import pytest

from reportkit.claims import Book
from reportkit.model.diagnostic import Severity

from .support import case, codes, findings, heading, report, table

HERE = Path(__file__).parent
RIGHT = (HERE / "right.txt").read_text(encoding="utf-8").splitlines()
WRONG = [
    tuple(line.split(" ", 1))
    for line in (HERE / "wrong.txt").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("text", RIGHT)
def test_right_sentences_raise_nothing(text: str) -> None:
    assert [f.args for f in findings(*text.split("|"))] == []


@pytest.mark.parametrize(("code", "text"), WRONG)
def test_wrong_sentences_are_found_by_their_rule(code: str, text: str) -> None:
    assert set(codes(*text.split("|"))) == {code}


def test_a_finding_shows_computation_and_both_sides() -> None:
    (found,) = findings("志愿者共320人。", "其中教师65人，占志愿者的23.2%。")
    assert found.code == "RK502"
    assert found.args["working"] == "65人÷320人＝20.31%，应为20.3%"
    assert [(r.place.line, r.quote) for r in found.related] == [
        (2, "其中教师65人"),
        (1, "志愿者共320人"),
    ]
    assert (found.place.line, found.place.column) == (2, 9)


def test_truncation_is_told_as_such() -> None:
    (found,) = findings("现有员工313人，其中高级137人，占比43.7%。")
    assert "直接截断" in found.args["working"]
    assert codes("现有员工313人，其中高级65人，占比21%。") == []


SHEET = table(
    "2023年基本情况",
    [
        ("项目", "高职院校", "中职学校"),
        ("专任教师数（人）", "520", "380"),
        ("校外实训基地（个）", "96", "41"),
    ],
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("高职院校专任教师520人，中职学校专任教师380人。", []),
        ("全区专任教师900人。", []),
        ("高职院校专任教师502人。", ["RK505"]),
        ("全区专任教师960人。", ["RK505"]),
        ("全区校外实训基地137个，其中新建12个。", []),
        ("2022年全区专任教师860人。", []),
        ("全区公办学校专任教师600人。", []),
        ("约有900余名专任教师。", []),
    ],
)
def test_prose_against_a_table(text: str, expected: list[str]) -> None:
    assert codes(text, SHEET) == expected


def test_a_table_that_notes_its_scope_only_informs() -> None:
    noted = table(
        "2023年基本情况",
        [("项目", "数量"), ("专任教师数（人）", "520")],
        notes="含附设班教师，与正文口径不同。",
    )
    found = findings("全区专任教师480人。", noted)
    assert all(f.severity is Severity.INFO for f in found)


def test_rows_of_schools_add_up_to_the_whole() -> None:
    sheet = table(
        "2023年各校教材入选数量",
        [
            ("学校名称", "入选教材数量（部）"),
            ("甲城职业学校", "12"),
            ("乙城职业学校", "8"),
            ("丙城职业学校", "5"),
        ],
    )
    assert codes("全区入选教材25部。", sheet) == []
    assert codes("全区入选教材28部。", sheet) == ["RK505"]


def test_years_in_columns_are_periods() -> None:
    sheet = table("招生情况", [("项目", "2022年", "2023年"), ("招生规模（人）", "310", "352")])
    assert codes("2023年招生352人，比上年增加42人，增长13.55%。", sheet) == []
    assert codes("2023年招生352人，比上年增加52人。", sheet) == ["RK503"]
    assert codes("2023年招生325人。", sheet) == ["RK505"]


def test_other_schools_other_numbers() -> None:
    first = case("学校开设技能训练课程46门。", "甲城职业学校")
    second = case("学校开设技能训练课程52门。", "乙城职业学校")
    assert codes(first, second) == []
    assert codes(first, case("学校开设技能训练课程52门。", "甲城职业学校")) == ["RK504"]


def test_headings_say_whose_numbers_they_are() -> None:
    blocks = (
        heading("甲城职业学校", 2),
        "教学仪器设备台套数1260台。",
        heading("乙城职业学校", 2),
        "教学仪器设备台套数980台。",
    )
    assert codes(*blocks) == []


def test_periods_keep_numbers_apart() -> None:
    assert codes("2022年社会培训规模1260人次。", "2023年社会培训规模1480人次。") == []
    assert codes("2023年社会培训规模1260人次。", "2023年社会培训规模1480人次。") == ["RK504"]


def test_kinds_of_schools_make_up_the_whole() -> None:
    whole = "2023年新增专业24个。"
    parts = "2023年，中职学校新增专业9个，高职院校新增专业15个。"
    assert codes(whole, parts) == []
    assert codes(whole.replace("24", "28"), parts) == ["RK504"]


def test_an_imported_report_tells_its_year_by_its_claims() -> None:
    text = "2022年招生352人，2022年毕业298人，2022年就业290人，2021年招生310人。"
    assert Book(report(text), guess=2021).year == 2022
    assert Book(report(text), stated=2021).year == 2021
