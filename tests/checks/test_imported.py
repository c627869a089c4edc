"""Numbers and references of reports as they stand: one finding for each slip, none for its echo."""

from pathlib import Path

from reportkit.model.diagnostic import Diagnostic
from reportkit.workflow import open_submission

from .examples import STANDARDS

FRAME = """示例单位年度报告（2023）

一、概况

（一）规模

全单位设三个部门，承担日常工作和年度任务。

（二）队伍

现有技师四十人、职员十人，结构较为稳定。

二、工作

（一）服务

{body}

三、总结

主要问题是经费来源单一，改进措施是拓宽渠道。

附表

人员情况表

类别\t人数
技师\t40
职员\t10
"""
CODES = ("RK311", "RK312", "RK313", "RK314", "RK315", "RK322", "RK323")


def found(tmp_path: Path, body: list[str]) -> list[Diagnostic]:
    """What is found about numbers where these paragraphs stand in chapter 二."""
    file = tmp_path / "report.txt"
    file.write_text(FRAME.format(body="\n\n".join(body)), encoding="utf-8")
    opened = open_submission(file, standard="example", standards=STANDARDS)
    return [d for d in opened.diagnostics if d.code in CODES]


def report(refs: list[str], captions: list[str]) -> list[str]:
    """A paragraph with a reference before each caption."""
    pairs = zip(refs, captions, strict=True)
    return [text for ref, caption in pairs for text in (f"各部门开展的工作{ref}。", caption)]


def codes(tmp_path: Path, refs: list[str], captions: list[str]) -> list[tuple[str, str]]:
    return [(d.code, d.quote) for d in found(tmp_path, report(refs, captions))]


FIGURES = [f"图2-{n} 第{name}项活动的现场" for n, name in enumerate("一二三四", 1)]
SEE = [f"见图2-{n}" for n in range(1, 5)]


def test_the_right_one_is_silent(tmp_path: Path) -> None:
    assert codes(tmp_path, SEE, FIGURES) == []


def test_a_caption_of_another_chapter(tmp_path: Path) -> None:
    wrong = [*FIGURES[:2], "图5-3 第三项活动的现场", FIGURES[3]]
    refs = [*SEE[:2], "见图5-3", SEE[3]]
    assert codes(tmp_path, refs, wrong) == [("RK311", "图5-3")]


def test_a_number_that_moved_is_told_once(tmp_path: Path) -> None:
    moved = [FIGURES[0], FIGURES[2], FIGURES[1], FIGURES[3]]
    refs = [SEE[0], SEE[2], SEE[1], SEE[3]]
    told = found(tmp_path, report(refs, moved))
    assert [d.code for d in told] == ["RK312"]
    assert told[0].quote in ("图2-2", "图2-3")


def test_a_number_used_twice(tmp_path: Path) -> None:
    twice = [FIGURES[0], FIGURES[1], "图2-2 第三项活动的现场", FIGURES[3]]
    assert [c for c, _ in codes(tmp_path, SEE, twice)] == ["RK313"]


def test_a_reference_to_nothing(tmp_path: Path) -> None:
    told = found(tmp_path, report([SEE[0], "见图2-9", *SEE[2:]], FIGURES))
    assert [(d.code, d.quote) for d in told] == [("RK322", "图2-9")]


def test_a_case_that_refers_to_the_figure_of_another(tmp_path: Path) -> None:
    own, other = (
        ["案例2-1 走进社区", "案例2-2 走进校园"],
        "各部门组织人员走进社区开展服务（{see}）。",
    )
    body = [own[0], other.format(see=SEE[0]), FIGURES[0],
            own[1], other.format(see=SEE[0]), FIGURES[1]]  # fmt: skip
    told = found(tmp_path, body)
    assert [(d.code, d.quote) for d in told] == [("RK323", "图2-1")]
    assert "图2-2" in told[0].message


def test_a_year_run_into_the_number(tmp_path: Path) -> None:
    run = [FIGURES[0], FIGURES[1], "图2-32019年第三项活动的现场", FIGURES[3]]
    assert [c for c, _ in codes(tmp_path, SEE, run)] == ["RK315"]


def test_a_table_without_caption_but_one_with_a_bare_figure_below(tmp_path: Path) -> None:
    rows = "项目\t数量\n甲\t1\n乙\t2"
    told = found(tmp_path, ["各部门的情况是这样的。", rows, "各部门继续努力推进各项工作。"])
    assert [d.code for d in told] == ["RK314"]
    drawn = ["各部门的情况见图2-1。", rows, "图2-1 各部门的数量"]
    assert found(tmp_path, drawn) == []
