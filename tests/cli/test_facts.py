"""``reportkit facts``: what a writer and a program get to see; typed numbers become facts."""

import json
from pathlib import Path

import pytest

from .conftest import Run

HEAD = "indicator,period,value,scope,unit,source,missing\n"
PROSE = """\
2023年社区学员招生253人，比上年增加58人，占学员总数的21%。甲中心开设课程12门，受益1200余人次，\
见《3年行动》。全区共有四项工作。

::: table {#tbl:a caption="各中心课程"}
| 中心 | 课程（门） |
|---|---|
| 甲中心 | 12 |
| 乙中心 | 9 |
:::
"""


def put(submission: Path, text: str, data: str = "", **files: str) -> None:
    """Text in the second chapter, observations, other data files, lines of ``report.yaml``."""
    chapter = submission / "chapters" / "2.md"
    chapter.write_text(chapter.read_text(encoding="utf-8") + f"\n{text}\n", encoding="utf-8")
    (submission / "data").mkdir(exist_ok=True)
    if data:
        (submission / "data" / "indicators.csv").write_text(HEAD + data, encoding="utf-8")
    for name, content in files.items():
        (submission / "data" / f"{name}.csv").write_text(content, encoding="utf-8")


def define(submission: Path, *lines: str) -> None:
    """Indicators of the report's own."""
    manifest = submission / "report.yaml"
    body = "".join(f"  - {{{line}}}\n" for line in lines)
    manifest.write_text(manifest.read_text(encoding="utf-8") + f"indicators:\n{body}", "utf-8")


def test_facts(run: Run, submission: Path) -> None:
    put(submission, "", "students.total,2023,1200,,,,\n社区课程数,2023,12,,门,,\n")
    listed = run("facts", str(submission))
    assert listed.code == 0
    assert "在校生人数（2023）：1200人" in listed.out
    assert "社区课程数（2023）：12门" in listed.out
    made = json.loads(run("facts", str(submission), "--format", "json").out)
    assert [fact["value"] for fact in made["facts"]] == ["1200", "12"]


def test_typed_numbers_are_listed_and_wording_is_not(run: Run, submission: Path) -> None:
    put(submission, PROSE, "社区课程数,2023,9,,门,,\n")
    made = json.loads(run("facts", str(submission), "--format", "json").out)
    mine = [each for each in made["literals"] if each["line"] and each["line"] > 7]
    assert [each["quote"] for each in mine if each["fact"]] == ["乙中心，课程（门）：9"]
    apart = {each["quote"]: each["apart"] for each in mine if each["apart"]}
    assert set(apart.values()) == {"汉字数词", "名称"}
    assert len(mine) - len(apart) == 7
    assert run("facts", str(submission), "--strict").code == 1


def test_typed_numbers_become_facts_and_back(run: Run, submission: Path) -> None:
    put(submission, PROSE)
    chapter = submission / "chapters" / "2.md"
    before = chapter.read_bytes()
    shown = run("facts", str(submission), "--adopt")
    assert "社区学员招生人数（2023）：253人" in shown.out
    assert "增减量应当由两个数算出" in shown.out
    assert "没有写入" in shown.out
    assert chapter.read_bytes() == before
    written = run("facts", str(submission), "--adopt", "--write")
    assert written.code == 0, written.err
    assert "招生{{ 社区学员招生人数 }}人，比上年增加58人" in chapter.read_text(encoding="utf-8")
    data = (submission / "data" / "indicators.csv").read_text(encoding="utf-8-sig")
    assert "社区学员招生人数,2023,253,,人,," in data
    left = run("facts", str(submission)).out
    assert "58人" in left
    assert "253人" not in left.split("没有指标值")[-1]
    undone = run("facts", str(submission), "--undo")
    assert "已撤销" in undone.out
    assert chapter.read_bytes() == before
    assert not (submission / "data" / "indicators.csv").exists()


def test_a_plan_can_be_edited(run: Run, submission: Path, tmp_path: Path) -> None:
    put(submission, "2022年招生195人。2023年招生253人，比上年增加58人。")
    plan = tmp_path / "建议.csv"
    assert run("facts", str(submission), "--adopt", "--plan", str(plan)).code == 0
    assert run("facts", str(submission), "--adopt", "--plan", str(plan)).code == 2
    rows = plan.read_text(encoding="utf-8-sig").splitlines()
    edited = [rows[0]]
    for row in rows[1:]:
        cells = row.split(",")
        cells[0], cells[10:] = "是", [""]
        cells[6], cells[7] = (
            ("招生人数", "") if cells[4] != "58" else ("招生人数 - 招生人数['2022']", "")
        )
        edited.append(",".join(cells))
    plan.write_text("\n".join(edited) + "\n", encoding="utf-8")
    done = run("facts", str(submission), "--adopt", "--plan", str(plan), "--write")
    assert done.code == 0, done.err
    text = (submission / "chapters" / "2.md").read_text(encoding="utf-8")
    assert (
        "2022年招生{{ 招生人数['2022'] }}人。2023年招生{{ 招生人数 }}人，"
        "比上年增加{{ 招生人数 - 招生人数['2022'] }}人。"
    ) in text
    assert "都取自数据" in run("facts", str(submission)).out


def test_names_of_the_catalogue_get_its_ids(run: Run, submission: Path) -> None:
    put(submission, "在校生1200人，教职工86人。2022年在校生1150人。城东职业学院2023年在校生300人。")
    assert run("facts", str(submission), "--adopt", "--write").code == 0
    text = (submission / "chapters" / "2.md").read_text(encoding="utf-8")
    assert "在校生{{ students.total }}人，教职工{{ staff.total }}人" in text
    assert "2022年在校生{{ students.total['2022'] }}人" in text
    assert "城东职业学院2023年在校生{{ 分项在校生人数 }}人" in text


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("是,chapters", "对,chapters", "应写“是”或“否”"),
        (",253,", ",254,", "现在不是“254”"),
        ("采用", "取用", "首行应为"),
    ],
)
def test_a_plan_that_does_not_fit_is_refused(
    run: Run, submission: Path, tmp_path: Path, old: str, new: str, said: str
) -> None:
    put(submission, "社区学员招生253人。")
    plan, chapter = tmp_path / "a.csv", submission / "chapters" / "2.md"
    run("facts", str(submission), "--adopt", "--plan", str(plan))
    plan.write_text(plan.read_text(encoding="utf-8-sig").replace(old, new, 1), encoding="utf-8")
    before = chapter.read_bytes()
    refused = run("facts", str(submission), "--adopt", "--plan", str(plan), "--write")
    assert refused.code == 2
    assert said in refused.err
    assert chapter.read_bytes() == before


def test_what_would_change_the_print_is_not_written(
    run: Run, submission: Path, tmp_path: Path
) -> None:
    put(submission, "社区学员招生253人。", "社区学员,2023,99,,人,,\n")
    plan, chapter = tmp_path / "a.csv", submission / "chapters" / "2.md"
    run("facts", str(submission), "--adopt", "--plan", str(plan))
    text = plan.read_text(encoding="utf-8-sig").replace("社区学员招生人数", "社区学员 + 1")
    plan.write_text(text, encoding="utf-8")
    before = chapter.read_bytes()
    refused = run("facts", str(submission), "--adopt", "--plan", str(plan), "--write")
    assert refused.code == 2
    assert "印出的内容会变" in refused.err
    assert chapter.read_bytes() == before
    assert not list(submission.parent.glob(".*"))


def test_what_cannot_be_read_is_said(run: Run, tmp_path: Path) -> None:
    outcome = run("facts", "nowhere")
    assert outcome.code == 2
    assert "读不出报送件" in outcome.err
    assert "不是报送件文件夹" in run("facts", "nowhere", "--adopt").err
    assert "要与 --adopt 合用" in run("facts", "nowhere", "--write").err


def findings(run: Run, submission: Path) -> list[tuple[str, str, int, str]]:
    made = json.loads(run("check", str(submission), "--format", "json").out)["submissions"][0]
    return [
        (
            each["code"],
            each["cell"] or each["file"].rpartition("/")[2],
            each["line"],
            each["message"],
        )
        for each in made["diagnostics"]
        if each["severity"] == "error"
    ]


def test_bad_data_is_told_with_its_place(run: Run, submission: Path) -> None:
    define(
        submission,
        "id: 甲, name: 甲, formula: 乙 + 1",
        "id: 乙, name: 乙, formula: 甲 - 1",
        "id: 比率, name: 比率, unit: '%', formula: students.total / teachers.total * 100",
        "id: 丙, name: 丙, formula: staff.total",
        "id: 丙, name: 丙, formula: staff.total + 1",
    )
    put(
        submission,
        "{{ staff.totl }}，{{ 甲 }}，{{ 比率 }}，{{ staff.total + 投入 }}，{{ 场次 }}，{{ 表 }}。",
        "staff.total,2023,50,,万元,,\nteachers.total,2023,0,,,,\n投入,2023,3,,万元,,\n"
        "场次,2023,十二,,场,,\nstudents.total,2023,99999999999,,,,\n"
        "students.total,2023,7,,,,\ngraduates.total,,5,,,,\nfunding.total,2023,9e99,,,,\n",
        表="项,数\n甲,约3\n",
    )
    told = findings(run, submission)
    assert {(code, where) for code, where, _, _ in told} == {
        ("RK108", "C8"),
        ("RK130", "2.md"),
        ("RK131", "2.md"),
        ("RK132", "2.md"),
        ("RK134", "C7"),
        ("RK135", "C5"),
        ("RK135", "C9"),
        ("RK402", "E2"),
        ("RK404", "C6"),
        ("RK405", "report.yaml"),
        ("RK406", "report.yaml"),
    }
    messages = "\n".join(message for *_, message in told)
    for words in (
        "是否指 staff.total？",
        "甲 → 乙 → 甲",
        "除数为 0",
        "数据中注明“十二”",
        "是一张表",
    ):
        assert words in messages
