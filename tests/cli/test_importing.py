"""reportkit import, and check and build of a report as it stands."""

from pathlib import Path

from .conftest import Run

TEXT = """某某区中等职业教育质量年度报告（2020）

1 基本情况

1.1 规模和结构

全区有中等职业学校2所，在校生1530人，比上年增加30人，增长2.0%，毕业生456人，规模总体稳定。

- 1 -

1.3 教师队伍

专任教师150人，其中高级职称45人，占30%，全年组织培训1200人次，教师结构逐年改善。

某某区教育委员会
2020年12月10日
"""


def write(folder: Path, encoding: str = "utf-8") -> None:
    (folder / "报告.txt").write_text(TEXT, encoding=encoding)


def test_a_text_becomes_a_submission(run: Run, tmp_path: Path) -> None:
    write(tmp_path, "gb18030")
    done = run("import", "报告.txt", "--out", "报送件")
    assert done.code == 1  # chapters are missing
    assert "RK201" in done.out
    assert "编制规范判断为：《区级中等职业教育质量年度报告》" in done.out
    assert "GBK" in done.out
    page = (tmp_path / "报送件/导入说明.md").read_text(encoding="utf-8")
    for told in ("原件的每个字都已读入", "报送日期：2020-12-10", "页码（1 处）", r"第 9 行：- 1 -"):
        assert told in page
    again = run("check", "报送件")
    assert again.code == 1
    assert "导入说明" not in again.out
    assert "RK201" in again.out


def test_the_standard_may_be_named(run: Run, tmp_path: Path) -> None:
    write(tmp_path)
    done = run("check", "报告.txt", "--standard", "moe-2023-district")
    assert "moe-2023-district）：由 --standard 指定" in done.out
    assert run("check", "报告.txt", "--standard", "none").code == 2
    run("import", "报告.txt", "--out", "报送件", "--standard", "moe-2023-district")
    refused = run("check", "报送件", "--standard", "moe-2023-district")
    assert refused.code == 2
    assert "report.yaml" in refused.err


def test_a_draft_is_built_from_it_and_the_original_kept(run: Run, tmp_path: Path) -> None:
    write(tmp_path)
    built = run("build", "报告.txt", "--draft", "--to", "docx", "--out", "成品")
    assert built.code == 1
    assert len(list((tmp_path / "成品").glob("*.docx"))) == 1
    refused = run("build", "报告.txt", "--draft", "--out", ".")
    assert refused.code == 2
    assert "原件所在的文件夹" in refused.err
    assert (tmp_path / "报告.txt").read_text(encoding="utf-8") == TEXT


def test_nothing_is_written_over(run: Run, tmp_path: Path) -> None:
    write(tmp_path)
    (tmp_path / "报送件").mkdir()
    (tmp_path / "报送件/原有.txt").write_text("原有", encoding="utf-8")
    assert run("import", "报告.txt", "--out", "报送件").code == 2
    assert [p.name for p in (tmp_path / "报送件").iterdir()] == ["原有.txt"]


def test_what_cannot_be_read_says_what_to_do(run: Run, tmp_path: Path) -> None:
    (tmp_path / "报告.docx").write_text(r"{\rtf1 hello}", encoding="utf-8")
    done = run("import", "报告.docx", "--out", "报送件")
    assert done.code == 2
    assert "RTF" in done.out
    assert "另存为" in done.out
    assert not (tmp_path / "报送件").exists()
