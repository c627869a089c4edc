"""Kits on the command line: made, filled, read back."""

from pathlib import Path

from .conftest import Run


def test_made_and_read_back(run: Run, tmp_path: Path) -> None:
    made = run("kit", "moe-2023-district", "--out", "填报", "--org", "示例区教委", "--year", "2024")
    assert made.code == 0
    assert sorted(file.name for file in (tmp_path / "填报").iterdir()) == [
        "填报数据.xlsx",
        "填报模板.docx",
    ]
    back = run("import", "填报/填报模板.docx", "填报/填报数据.xlsx", "--out", "报告")
    assert back.code == 1
    assert "RK228" in back.out
    assert (tmp_path / "报告" / "report.yaml").is_file()
    assert run("check", "报告").code == 1


def test_nothing_is_overwritten(run: Run, tmp_path: Path) -> None:
    words = ("kit", "moe-2023-district", "--out", "填报", "--year", "2024")
    assert run(*words).code == 0
    again = run(*words)
    assert again.code == 2
    assert "未覆盖" in again.err


def test_previous_that_cannot_be_read(run: Run) -> None:
    outcome = run("kit", "moe-2023-district", "--out", "填报", "--previous", "没有")
    assert outcome.code == 2
    assert "没有 读不出报送件" in outcome.err


def test_workbook_alone(run: Run) -> None:
    run("kit", "moe-2024-school", "--out", "填报", "--year", "2024")
    assert "RK218" in run("check", "填报/填报数据.xlsx").out
    alone = run("import", "填报/填报数据.xlsx", "--out", "报告")
    assert alone.code == 2
    assert "填报模板" in alone.err


def test_reports_are_imported_one_by_one(run: Run, tmp_path: Path) -> None:
    for name in ("甲.txt", "乙.txt"):
        (tmp_path / name).write_text("一、工作\n面向社区开展服务活动十二次。\n", "utf-8")
    assert run("import", "甲.txt", "--out", "甲").code in (0, 1)
    assert (tmp_path / "甲" / "report.yaml").is_file()
    assert run("import", "甲.txt", "乙.txt", "--out", "丙").code == 2
