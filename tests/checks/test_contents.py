"""Typed tables of contents and lists against those composed."""

from pathlib import Path

import pytest

from reportkit.model.diagnostic import Diagnostic

from .examples import diagnose

TOC = [
    "一、概况,1",
    "（一）规模,1",
    "（二）队伍,2",
    "二、工作,3",
    "（一）服务,3",
    "三、总结,4",
    "附表,5",
]


def toc(lines: list[str], path: Path) -> list[Diagnostic]:
    rows = "".join(f"toc,{line}\n" for line in lines)
    return list(diagnose(f"=== contents.csv\nlist,text,page\n{rows}", path))


def test_the_right_one_is_silent(tmp_path: Path) -> None:
    assert toc(TOC, tmp_path) == []


def test_one_of_fewer_levels_is_right_too(tmp_path: Path) -> None:
    assert toc([line for line in TOC if "（" not in line], tmp_path) == []


@pytest.mark.parametrize(
    ("old", "new", "severity", "said"),
    [
        ("（二）队伍,2", "（二）队伍 ……,2", None, ""),
        ("（二）队伍,2", "(二) 队伍,2", None, ""),
        ("二、工作,3", "二、“工作”,3", "info", "正文是“二、工作”"),
        ("二、工作,3", "二、工作情况,3", "warning", "正文是“二、工作”"),
        ("二、工作,3", "三、工作,3", "warning", "正文是“二、工作”"),
        ("（一）服务,3", "（一）服务,1090", "warning", "页码 1090"),
        ("（一）服务,3", "（一）服务,1", "warning", "页码 1 "),
    ],
)
def test_a_line_that_differs(
    old: str, new: str, severity: str | None, said: str, tmp_path: Path
) -> None:
    found = toc([new if line == old else line for line in TOC], tmp_path)
    assert [(d.code, d.severity.value) for d in found] == (
        [("RK331", severity)] if severity else []
    )
    assert all(said in d.message for d in found)


def test_a_line_too_many_and_one_too_few(tmp_path: Path) -> None:
    found = toc([*TOC[:5], "（二）大事记补遗,4", *TOC[6:]], tmp_path)
    assert [d.message for d in found] == [
        "手排的目录中的“（二）大事记补遗”在正文中没有",
        "手排的目录中漏了“三、总结”",
    ]


def test_lines_that_changed_places_are_told_once(tmp_path: Path) -> None:
    pages = ["一、概况,1", "二、工作,2", "三、总结,3", "附表,4"]
    swapped = ["一、概况,1", "三、总结,2", "二、工作,3", "附表,4"]
    assert toc(pages, tmp_path / "right") == []
    assert ["次序" in d.message for d in toc(swapped, tmp_path / "swapped")] == [True]


def test_a_list_may_name_the_owner_or_not(tmp_path: Path) -> None:
    text = """
=== chapters/2.md
# 工作

## 文化

开展传统文化活动六次，全体人员参加。

::: case {title="节日活动进社区" owner="示例单位"}
组织人员走进社区，与居民共度节日。
:::
=== contents.csv
list,text,page
cases,案例2-1 节日活动进社区%s,3
"""
    for index, owner in enumerate(("", "（示例单位）", "(示例单位)")):
        assert diagnose(text % owner, tmp_path / str(index)) == ()
    found = diagnose(text % "（示范单位）", tmp_path / "other")
    assert [d.code for d in found] == ["RK332"]
