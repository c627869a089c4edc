"""Titles of tables, cases and figures in all spellings; what looks like one and is none."""

from pathlib import Path

import pytest

from reportkit.model.blocks import Case, Figure, Paragraph, Table
from reportkit.reading import read

from .test_typographies import blocks, objects

FRAME = (
    "某区职业教育质量报告（2023）\n\n一、人才培养\n\n全区有学校两所，学生一千人。\n\n"
    "{}\n\n二、服务贡献\n\n开展活动十二次。\n"
)


def blocks_of(tmp_path: Path, text: str) -> list[object]:
    file = tmp_path / "report.txt"
    file.write_text(FRAME.format(text), encoding="utf-8")
    result = read(file)
    assert result.submission is not None
    assert [f for f in result.findings if f.code == "RK157"] == []
    return list(blocks(result.submission.chapters))


@pytest.mark.parametrize(
    ("line", "number", "title"),
    [
        ("表1-1 招生情况", "表1-1", "招生情况"),
        ("表 1-1  招生情况", "表 1-1", "招生情况"),
        ("表1－1：招生情况", "表1－1", "招生情况"),
        ("表1.1 招生情况", "表1.1", "招生情况"),
        ("表1 招生情况", "表1", "招生情况"),
        ("附表1：招生情况", "附表1", "招生情况"),
        ("表一、招生情况", "表一", "招生情况"),
        ("表1-12023年招生情况", None, "表1-12023年招生情况"),
        ("2023年招生情况统计表", None, "2023年招生情况统计表"),
    ],
)
@pytest.mark.parametrize(
    "rows", ["学校\t人数\n甲校\t10\n乙校\t20", "学校 人数\n\n甲校 10\n\n乙校 20",
             "| 学校 | 人数 |\n|--|--|\n| 甲校 | 10 |\n| 乙校 | 20 |"]
)  # fmt: skip
def test_tables(tmp_path: Path, line: str, number: str | None, title: str, rows: str) -> None:
    (table,) = objects(blocks_of(tmp_path, f"{line}\n\n{rows}"), Table)
    assert (table.number, table.caption) == (number, title)
    assert table.rows == (("学校", "人数"), ("甲校", "10"), ("乙校", "20"))


@pytest.mark.parametrize(
    ("line", "number", "title", "owner"),
    [
        ("图1-1 校园一角", "图1-1", "校园一角", None),
        ("图 1-1 校园一角（某某学校）", "图 1-1", "校园一角", "某某学校"),
        ("图1-1校园一角（左上图）", "图1-1", "校园一角（左上图）", None),
    ],
)
def test_figures(tmp_path: Path, line: str, number: str, title: str, owner: str | None) -> None:
    (figure,) = objects(blocks_of(tmp_path, line), Figure)
    assert (figure.number, figure.caption, figure.owner) == (number, title, owner)
    assert figure.image is None


@pytest.mark.parametrize(
    ("text", "number", "title", "owner", "paragraphs"),
    [
        ("案例1-1 引企入校（甲学校）\n\n学校开放车间。", "案例1-1", "引企入校", "甲学校", 1),
        ("【案例1-1】引企入校促就业\n\n学校开放车间。", "【案例1-1】", "引企入校促就业", None, 1),
        ("【案例1-1】引企入校促就业。学校开放车间。", "【案例1-1】", "引企入校促就业", None, 1),
        ("【案例1】引企入校促就业\n\n引企。\n\n有成效。", "【案例1】", "引企入校促就业", None, 2),
        ("案例：引企入校促就业\n\n学校开放车间。", None, "引企入校促就业", None, 1),
        ("典型案例一 引企入校促就业\n\n学校开放车间。", "典型案例一", "引企入校促就业", None, 1),
        ("【案例分享】\n\n引企入校促就业\n\n学校开放车间。", None, "引企入校促就业", None, 1),
        ("【案例分享】引企入校促就业\n\n学校开放车间。", None, "引企入校促就业", None, 1),
    ],
)  # fmt: skip
def test_cases(
    tmp_path: Path, text: str, number: str | None, title: str, owner: str | None, paragraphs: int
) -> None:
    (case,) = objects(blocks_of(tmp_path, text), Case)
    assert (case.number, case.title, case.owner) == (number, title, owner)
    assert len(case.blocks) == paragraphs


@pytest.mark.parametrize(
    "text",
    [
        "表1-1所示为各校招生情况。",
        "图1-1、图1-2反映了变化。",
        "表1-1和表1-2的数据来自统计。",
        "案例教学在各校推广。",
        "图书馆藏书十万册。",
        "表彰先进教师二十人。",
        "招生情况见下表",
    ],
)
def test_sentences_are_no_titles(tmp_path: Path, text: str) -> None:
    found = blocks_of(tmp_path, text)
    assert objects(found, (Table, Figure, Case)) == []  # type: ignore[arg-type]
    assert text in [block.text for block in objects(found, Paragraph)]
