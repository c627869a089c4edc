"""What the rules between submissions tell, and above all what they do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportkit.checks.between import NO_ITEM
from reportkit.model.diagnostic import Severity

from .. import gatherings

STORY = (
    "清晨六点半，检修班的灯已经亮了。老张带着两名徒弟逐台查看泵机的油位和震动，把读数写在"
    "挂板上，再由值班员录入台账。这样坚持了十一个月，停机时间由每月九小时降到两小时。"
)
POLICY = (
    "深入学习贯彻上级会议精神，全面落实各项决策部署，坚持以服务发展为宗旨、以促进就业为导向，"
    "推动各项工作迈上新台阶，为经济社会高质量发展提供有力的人才支撑和技术支持。"
)


def chapter(text: str) -> str:
    return f"# 工作\n\n## 服务\n\n{text}\n"


def told(example: str, root: Path) -> list[tuple[str, str]]:
    found = gatherings.diagnose(example, root)
    return [(item, d.code) for item, listed in found.items() for d in listed]


def test_what_everybody_writes_is_no_copy(tmp_path: Path) -> None:
    names = "甲乙丙丁戊"
    found = gatherings.diagnose("".join(f"== {n}\n{chapter(POLICY)}" for n in names), tmp_path)
    (once,) = (d for listed in found.values() for d in listed)
    assert (once.code, once.severity, len(once.related)) == ("RK827", Severity.INFO, 5)
    assert found[NO_ITEM] == (once,)


def test_what_two_write_is_a_copy_though_one_embeds_it(tmp_path: Path) -> None:
    longer = chapter(f"今年的变化从一件小事说起。{STORY}其他班组随后也照着做了，各有各的办法。")
    found = told(f"== 甲\n{chapter(STORY)}\n== 乙\n{longer}", tmp_path)
    assert sorted(found) == [("乙", "RK821"), ("甲", "RK821")]


def test_who_is_over_others_may_tell_of_them(tmp_path: Path) -> None:
    example = f"== 甲 [example-unit]\n{chapter(STORY)}\n== 总部 [example-area]\n{chapter(STORY)}"
    assert told(example, tmp_path) == []


def test_the_writers_own_name_does_not_tell_texts_apart(tmp_path: Path) -> None:
    one, other = (chapter(f"{name}的做法。{STORY}") for name in ("第一检修站", "城南运行分部"))
    found = told(f"== 第一检修站\n{one}\n== 城南运行分部\n{other}", tmp_path)
    assert {code for _, code in found} == {"RK821"}


EXPLAINED = """
== 甲
=== report.yaml
organisation: {{name: 甲}}
explanations:
  - rule: RK821
    at: chapters/2.md
    content: {content}
    reason: 两家合办，文字共同商定。
=== chapters/2.md
{text}
== 乙
{text}
"""


def test_an_explanation_clears_as_long_as_the_text_stands(tmp_path: Path) -> None:
    first = gatherings.diagnose(
        EXPLAINED.format(content="0" * 12, text=chapter(STORY)), tmp_path / "1"
    )
    assert sorted(d.code for d in first["甲"]) == ["RK140", "RK821"]
    content = next(d.content for d in first["甲"] if d.code == "RK821")
    again = gatherings.diagnose(
        EXPLAINED.format(content=content, text=chapter(STORY)), tmp_path / "2"
    )
    (mine,) = again["甲"]
    assert mine.explained == "两家合办，文字共同商定。"
    assert [d.explained for d in again["乙"]] == [None]
    text = chapter(STORY + "还有一句。")
    changed = gatherings.diagnose(EXPLAINED.format(content=content, text=text), tmp_path / "3")
    assert sorted(d.code for d in changed["甲"]) == ["RK140", "RK821"]


def test_an_explanation_of_these_rules_is_left_alone_by_a_single_check(tmp_path: Path) -> None:
    example = EXPLAINED.format(content="0" * 12, text=chapter(STORY))
    items, _ = gatherings.opened(example, tmp_path)
    assert [d.code for d in items["甲"].diagnostics] == []


AREA = """
== 甲处 [example-unit] (staff.total,2023,{one})
=== report.yaml
organisation: {{name: 甲处, region: 东区}}
== 乙处 [example-unit] (staff.total,2023,{other})
=== report.yaml
organisation: {{name: 乙处, region: 东区}}
== 总部 [example-area] (staff.total,2023,{whole})
=== report.yaml
organisation: {{name: 总部, region: 东区}}
"""


@pytest.mark.parametrize(
    ("one", "other", "whole", "codes"),
    [
        ("20", "30", "60", {"RK812"}),  # nobody knows how many there are
        ("20", "30", "45", {"RK811", "RK812"}),  # but these two are too many already
        ("20", "30", "50", {"RK812"}),
    ],
)
def test_sums_without_a_roster(
    one: str, other: str, whole: str, codes: set[str], tmp_path: Path
) -> None:
    example = AREA.format(one=one, other=other, whole=whole)
    assert {code for _, code in told(example, tmp_path)} == codes


def test_a_sum_is_written_out(tmp_path: Path) -> None:
    roster = "== 名录\n单位名称,所在区\n甲处,东区\n乙处,东区\n"
    found = gatherings.diagnose(AREA.format(one=20, other=30, whole=55) + roster, tmp_path)
    (one,) = found["总部"]
    assert "20" in one.expected
    assert "= 50人" in one.expected
    assert [(r.item, r.place.file, r.place.cell) for r in one.related] == [
        ("乙处", "data/indicators.csv", "C2"),
        ("甲处", "data/indicators.csv", "C2"),
    ]


def test_one_that_filed_twice_leaves_its_sum_unjudged(tmp_path: Path) -> None:
    again = "== 甲处二 [example-unit] (staff.total,2023,20)\n=== report.yaml\n"
    again += "organisation: {name: 甲处, region: 东区}\n"
    found = told(AREA.format(one=20, other=30, whole=90) + again, tmp_path)
    assert {code for _, code in found} == {"RK801"}


def test_few_peers_are_no_measure(tmp_path: Path) -> None:
    few = "".join(f"== {n}处 (staff.total,2023,5{i})\n" for i, n in enumerate("甲乙丙丁"))
    assert told(few + "== 戊处 (staff.total,2023,5000)\n", tmp_path) == []


def test_an_outlier_that_was_one_before_is_only_told(tmp_path: Path) -> None:
    peers = "".join(f"== {n}处 (staff.total,2023,5{i})\n" for i, n in enumerate("甲乙丙丁戊己庚辛"))
    last = (
        "== 壬处2022 (staff.total,2022,610)\n=== report.yaml\norganisation: {name: 壬处}\n"
        "title: 示例单位年度报告（2022）\ntitle_year: 2022\n"
        "data_period: {start: 2022-01-01, end: 2022-12-31}\n"
        "== 壬处2023 (staff.total,2023,630)\n=== report.yaml\norganisation: {name: 壬处}\n"
    )
    found = gatherings.diagnose(peers + last, tmp_path)
    assert [(d.code, d.severity) for d in found["壬处2023"]] == [("RK831", Severity.INFO)]


def test_a_missing_one_and_a_slip_in_its_name(tmp_path: Path) -> None:
    station = "== 站\n=== report.yaml\norganisation: {name: 示例第一工作占}\n"
    found = gatherings.diagnose(f"== 名录\n名称\n示例第一工作站\n{station}", tmp_path)
    (missing,) = found[NO_ITEM]
    (unknown,) = found["站"]
    assert (missing.code, unknown.code) == ("RK803", "RK804")
    assert "示例第一工作占" in missing.message
    assert "示例第一工作站" in unknown.message


CASE = '\n::: case {{title="看油位" owner="{owner}"}}\n' + STORY[:55] + "\n:::\n"


@pytest.mark.parametrize(
    ("one", "its", "codes"),
    [
        ("第一机电工作站", "第一机电工作站、第二站", set()),  # both together
        ("第一机电工作站", "一机站", set()),  # a short form
        ("第一机电工作站", "第二站", {"RK822"}),
        ("第一机电工作站", "第十一机电工作站", {"RK822"}),  # no short form: another one filed
    ],
)
def test_whose_case_it_is(one: str, its: str, codes: set[str], tmp_path: Path) -> None:
    body = chapter("面向社区开展服务活动十二次，人员增加。" + CASE)
    other = "第十一机电工作站"
    example = f"== 第一机电工作站\n{body.format(owner=one)}\n== {other}\n{body.format(owner=its)}"
    assert {code for _, code in told(example, tmp_path)} == codes


def test_who_is_over_others_may_show_what_they_have(tmp_path: Path) -> None:
    body = chapter("面向社区开展服务活动十二次，人员增加。" + CASE)
    example = "== 甲处 [example-unit]\n{}\n== 总部 [example-area]\n{}"
    mine = body.format(owner="甲处")
    assert told(example.format(mine, body.replace('owner="{owner}"', "")), tmp_path / "1") == []
    found = told(example.format(mine, body.format(owner="丙站")), tmp_path / "2")
    assert {code for _, code in found} == {"RK822"}


DECIMALS = """
== 甲处 (staff.total,2023,{own})
== 总部 [example-area] (staff.total,2023,90; staff.total,2023,{told},甲处)
"""


@pytest.mark.parametrize(
    ("own", "said", "codes"),
    [("20", "20", set()), ("20.4", "20.44", set()), ("20.4", "20.5", {"RK814"})],
)
def test_rounded_values_agree(own: str, said: str, codes: set[str], tmp_path: Path) -> None:
    found = told(DECIMALS.format(own=own, told=said), tmp_path)
    assert {code for _, code in found} == codes


TABLE = """# 工作

## 服务

面向社区开展服务活动十二次，人员增加，见 @tbl:moved。

::: table {#tbl:moved caption="人员去向"}
| 去向 | 转出人数（人） |
|---|---|
| 城南第二工作站 | 3 |
| 城北第三工作站 | 5 |
:::
"""


@pytest.mark.parametrize(
    ("rows", "items"),
    [
        ("students.moved_in,2023,3,第一工作站", set()),
        ("students.moved_in,2023,4,第一工作站", {"第一工作站", "城南第二工作站"}),
        ("students.moved_in,2023,2", {"第一工作站"}),  # of all together fewer than from there
        ("students.moved_in,2023,9", set()),
    ],
)
def test_those_who_moved_as_tables_tell_it(rows: str, items: set[str], tmp_path: Path) -> None:
    found = told(f"== 第一工作站\n{TABLE}== 城南第二工作站 ({rows})\n", tmp_path)
    assert {item for item, _ in found} == items
    assert {code for _, code in found} <= {"RK813"}


def test_what_a_table_says_of_others(tmp_path: Path) -> None:
    table = TABLE.replace("转出人数", "人员总数")
    found = told(
        f"== 总部 [example-area]\n{table}== 城南第二工作站 (staff.total,2023,4)\n", tmp_path
    )
    assert sorted(found) == [("城南第二工作站", "RK814"), ("总部", "RK814")]
