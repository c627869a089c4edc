"""Explanations clear a warning as long as its content stays, and nothing else."""

from pathlib import Path

import pytest

from reportkit.model.diagnostic import Diagnostic, Severity

from .examples import diagnose

TABLE = """
=== chapters/2.md
# 工作

## 服务 {{#service}}

面向社区开展服务活动十二次，参加人员逐年增加。

| 类别 | 次数 |
|---|---|
| 社区 | {number} |
=== report.yaml
explanations:
  - {{rule: {rule}, at: {at}, content: {content}, reason: 表格只作示意，不编号}}
"""


def table(path: Path, **change: str) -> list[Diagnostic]:
    values = {"number": "12", "rule": "RK314", "at": "service", "content": "-"} | change
    return list(diagnose(TABLE.format(**values), path))


@pytest.fixture
def content(tmp_path_factory: pytest.TempPathFactory) -> str:
    found = table(tmp_path_factory.mktemp("first"))
    return next(d.content for d in found if d.code == "RK314")


def test_an_explanation_clears_its_warning(tmp_path: Path, content: str) -> None:
    (found,) = table(tmp_path, content=content)
    assert (found.code, found.explained) == ("RK314", "表格只作示意，不编号")
    assert found.severity is Severity.WARNING


@pytest.mark.parametrize("at", ["service", "chapters/2.md"])
def test_section_and_file_name_the_place(tmp_path: Path, content: str, at: str) -> None:
    (found,) = table(tmp_path, content=content, at=at)
    assert found.explained is not None


def test_it_lapses_when_the_content_changes(tmp_path: Path, content: str) -> None:
    lapsed, warning = table(tmp_path, content=content, number="13")
    assert (lapsed.code, warning.code, warning.explained) == ("RK140", "RK314", None)
    assert warning.content != content
    assert warning.content in lapsed.hint
    assert [other.place for other in lapsed.related] == [warning.place]


def test_without_content_it_explains_nothing(tmp_path: Path) -> None:
    assert [d.code for d in table(tmp_path, content='""')] == ["RK140", "RK314"]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"rule": "RK315"}, "没有出现该规则"),
        ({"at": "nowhere"}, "该问题在 service"),
    ],
)
def test_one_that_meets_nothing_is_told(
    tmp_path: Path, content: str, change: dict[str, str], why: str
) -> None:
    idle, warning = table(tmp_path, content=content, **change)
    assert (idle.code, warning.code, warning.explained) == ("RK141", "RK314", None)
    assert why in idle.message


def test_errors_cannot_be_explained_away(tmp_path: Path) -> None:
    text = """
=== chapters/3.md
# 总结
=== report.yaml
explanations:
  - {rule: RK207, at: chapters/3.md, content: "-", reason: 今年没有总结可写}
"""
    idle, error = diagnose(text, tmp_path)
    assert (idle.code, error.code, error.explained) == ("RK141", "RK207", None)
    assert "必须改正" in idle.message


def test_infos_need_no_explanation(tmp_path: Path) -> None:
    text = """
=== chapters/2.md
# 工作

## 服务

面向社区开展服务活动十二次，情况如下表，不再赘述。
=== report.yaml
explanations:
  - {rule: RK325, at: chapters/2.md, content: "-", reason: 表就在下面}
"""
    idle, info = diagnose(text, tmp_path)
    assert (idle.code, info.code) == ("RK141", "RK325")
    assert "不需要说明" in idle.message


def test_explanations_of_footnotes_lapse_with_their_text(tmp_path: Path) -> None:
    example = "# 工作\n\n## 服务\n\n面向社区开展服务活动十二次。\n\n[^a]: {}\n"
    marks = []
    for n, text in enumerate(("没有标记的注。", "没有标记的注，改了。")):
        (found,) = diagnose(example.format(text), tmp_path / str(n))
        assert found.code == "RK327"
        marks.append(found.content)
    assert marks[0] != marks[1]
