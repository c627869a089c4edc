"""Every rule: its texts are there, its bad example fires it alone, its good one nothing."""

import re
from pathlib import Path

import pytest

from reportkit.checks import Rule, rules
from reportkit.checks.registry import Needs
from reportkit.model.diagnostic import Severity

from .examples import diagnose

COMPANIONS = {"RK140": {"RK224"}}
"""Rules that speak about another finding."""
ALONE = [rule for rule in rules() if Needs.OTHERS not in rule.needs]
EXAMPLES = [rule for rule in ALONE if not rule.bad.startswith("（")]


@pytest.mark.parametrize("rule", EXAMPLES, ids=lambda rule: rule.code)
def test_bad_example_fires_exactly_its_rule(rule: Rule, tmp_path: Path) -> None:
    found = diagnose(rule.bad, tmp_path)
    others = {(d.code, d.message) for d in found if d.code != rule.code}
    assert {code for code, _ in others} == COMPANIONS.get(rule.code, set()), others
    assert rule.code in {d.code for d in found}


@pytest.mark.parametrize("good", sorted({rule.good for rule in ALONE}))
def test_good_example_is_silent(good: str, tmp_path: Path) -> None:
    found = diagnose(good, tmp_path)
    assert [(d.code, d.message) for d in found if d.explained is None] == []


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.code)
def test_rule_is_complete(rule: Rule) -> None:
    assert re.fullmatch(r"RK[1-8]\d\d", rule.code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
    for text in (rule.title, rule.why, rule.message, rule.expected, rule.hint, rule.source.text):
        assert re.search("[\u4e00-\u9fff]", text), text
    assert rule.find.__doc__ or rule.find.__qualname__.startswith("emitted")


PROSE = "# 工作\n\n## 服务\n\n面向社区开展服务活动十二次，{text}，参加人员逐年增加。\n"


@pytest.mark.parametrize("text", ["制度仍有待完善", "李××同学获奖", "选用XXL号服装", "规模为3×4"])
def test_ordinary_prose_is_no_placeholder(text: str, tmp_path: Path) -> None:
    assert diagnose(PROSE.format(text=text), tmp_path) == ()


@pytest.mark.parametrize(
    "text", ["共XX人", "（待补充）", "【请填写名称】", "姓名：______", "情况待完善", "时间？？？"]
)
def test_placeholders_are_found_in_prose(text: str, tmp_path: Path) -> None:
    assert [d.code for d in diagnose(PROSE.format(text=text), tmp_path)] == ["RK213"]


@pytest.mark.parametrize("text", ["以上表彰", "网上图书馆", "线上表演", "如上图书室所述", "上表明"])
def test_words_that_look_like_vague_references(text: str, tmp_path: Path) -> None:
    assert diagnose(PROSE.format(text=text), tmp_path) == ()


@pytest.mark.parametrize("text", ["如下表", "见下图", "下表所示", "由上图可见", "左图显示"])
def test_vague_references(text: str, tmp_path: Path) -> None:
    assert [d.code for d in diagnose(PROSE.format(text=text), tmp_path)] == ["RK325"]


TABLE = """
# 工作

## 服务

面向社区开展服务活动十二次，见{reference}。

::: table {{caption="{number} 服务情况表"}}
| 类别 | 次数 |
|---|---|
| 社区 | 12 |
:::
"""


@pytest.mark.parametrize(
    ("example", "codes"),
    [
        ("=== report.yaml\ndata_period: {start: 2023-12-31, end: 2023-01-01}\n", ["RK109"]),
        (TABLE.format(reference="表1", number="表1"), ["RK312"]),
        (TABLE.format(reference="表7-1", number="表7-1"), ["RK311"]),
        (TABLE.format(reference="表2-1", number="表7-1"), ["RK311"]),
        (TABLE.format(reference="表 2－1", number="表 2—1"), []),
        ("# 工作\n\n## 2.1 服务\n\n面向社区开展服务活动十二次，人数增加。\n", ["RK305"]),
        ("# 工作\n\n## 服务(社区)\n\n面向社区开展服务活动十二次，人数增加。\n", ["RK211", "RK306"]),
        ("=== chapters/1.md (删去)\n=== chapters/x.md\n# 概况\n\n写好了没有列入。\n", ["RK201"]),
    ],
)
def test_other_breaks(example: str, codes: list[str], tmp_path: Path) -> None:
    assert sorted(d.code for d in diagnose(example, tmp_path)) == codes


@pytest.mark.parametrize(
    ("text", "code", "severity"),
    [
        ("见 @tbl:规模", "RK321", Severity.ERROR),
        ("{% for i in range(9) %}", "RK130", Severity.ERROR),
        ("<b>重点</b>", "RK126", Severity.ERROR),
        ("`代码`", "RK126", Severity.WARNING),
    ],
)
def test_marks_that_would_print_as_they_stand(
    text: str, code: str, severity: Severity, tmp_path: Path
) -> None:
    found = diagnose(PROSE.format(text="甲").replace("甲", text), tmp_path)
    assert {(d.code, d.severity) for d in found} == {(code, severity)}


def test_a_message_repeats_only_the_start_of_a_long_expression(tmp_path: Path) -> None:
    (found,) = diagnose(PROSE.format(text="甲").replace("甲", f"{{{{ {'-' * 3000} }}}}"), tmp_path)
    assert found.code == "RK130"
    assert len(found.message) < 200


def test_numbers_in_cases_are_no_years(tmp_path: Path) -> None:
    head = "# 工作\n\n## 文化\n\n开展活动六次。\n\n"
    case = head + '::: case {title="甲" owner="乙"}\n参加2000人次。\n:::\n'
    assert diagnose(case, tmp_path) == ()


@pytest.mark.parametrize(("length", "found"), [(50, []), (55, ["info"]), (61, ["warning"])])
def test_length_of_a_case_in_two_stages(length: int, found: list[str], tmp_path: Path) -> None:
    """Above what is advised milder than above what is allowed."""
    case = f'::: case {{title="节日活动" owner="示例单位"}}\n{"活" * (length - 1)}动。\n:::\n'
    text = f"# 工作\n\n## 文化\n\n开展传统文化活动六次，全体人员参加。\n\n{case}"
    made = diagnose(text, tmp_path)
    assert [d.severity.value for d in made if d.code == "RK220"] == found


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("全年共三次", []),
        ("其中专项活动三次", ["RK232"]),
        ("其中专项活动三次，专项材料另报", []),
    ],
)
def test_duties_of_some(text: str, codes: list[str], tmp_path: Path) -> None:
    assert [d.code for d in diagnose(PROSE.format(text=text), tmp_path)] == codes
