"""What is found in a folder, and under which names."""

import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reportkit.batch import Found
from reportkit.batch.naming import BYTES, order, safe, unique
from reportkit.batch.scan import scan
from reportkit.kit import make_kit
from reportkit.standards import load
from reportkit.writing import load_style

TEXT = "围绕人才培养开展工作，制度健全，成效稳定，各方参与。" * 30


def submission(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "report.yaml").write_text("standard: x\n")


def forms(found: Found) -> dict[tuple[str, ...], str]:
    return {item.paths: item.form for item in found.items}


def test_every_form_is_found_and_nothing_below_a_submission(tmp_path: Path) -> None:
    submission(tmp_path / "甲/2023")
    (tmp_path / "甲/2023/附件.docx").write_bytes(b"PK")
    submission(tmp_path / ".隐藏")
    (tmp_path / "乙.json").write_text('{"format": "reportkit/1", "metadata": {}}')
    (tmp_path / "设置.json").write_text('{"a": 1}')
    (tmp_path / "丙.docx").write_bytes(b"PK")
    (tmp_path / "~$丙.docx").write_bytes(b"PK")
    (tmp_path / "旧.doc").write_bytes(b"old")
    (tmp_path / "丁.PDF").write_bytes(b"%PDF")
    (tmp_path / "丁.docx").write_bytes(b"PK")
    (tmp_path / "戊.txt").write_text(TEXT, encoding="gb18030")
    (tmp_path / "己.md").write_text(TEXT)
    (tmp_path / "庚.txt").write_text(TEXT, encoding="utf-16")
    (tmp_path / "README.md").write_text(TEXT)
    (tmp_path / "短.txt").write_text("几个字")
    (tmp_path / "表.xlsx").write_bytes(b"PK")
    found = scan(tmp_path)
    assert forms(found) == {
        ("甲/2023",): "folder",
        ("乙.json",): "json",
        ("丙.docx",): "report",
        ("旧.doc",): "report",
        ("丁.docx",): "report",
        ("戊.txt",): "report",
        ("己.md",): "report",
        ("庚.txt",): "report",
    }
    assert found.passed == tuple(sorted(("README.md", "表.xlsx", "短.txt", "设置.json"), key=order))
    assert found.same == ("丁.PDF",)


def test_the_folder_itself_may_be_the_submission(tmp_path: Path) -> None:
    submission(tmp_path / "我的 报告")
    found = scan(tmp_path / "我的 报告")
    assert found.root == tmp_path
    assert [(item.name, item.paths) for item in found.items] == [("我的 报告", ("我的 报告",))]


def test_kits_are_pairs_by_name_or_as_the_only_ones(tmp_path: Path) -> None:
    kit = make_kit(load("moe-2024-school"), "示例单位", 2024, load_style())
    template, workbook = kit.values()
    for folder, names in (
        ("甲", ("填报模板.docx", "填报数据.xlsx")),
        ("多", ("一校.docx", "一校.xlsx", "二校.docx", "二校.xlsx")),
        ("单", ("填报模板.docx",)),
        ("数", ("填报数据.xlsx",)),
    ):
        (tmp_path / folder).mkdir()
        for name in names:
            content = template if name.endswith(".docx") else workbook
            (tmp_path / folder / name).write_bytes(content)
    assert forms(scan(tmp_path)) == {
        ("甲/填报模板.docx", "甲/填报数据.xlsx"): "kit",
        ("多/一校.docx", "多/一校.xlsx"): "kit",
        ("多/二校.docx", "多/二校.xlsx"): "kit",
        ("单/填报模板.docx",): "report",
        ("数/填报数据.xlsx",): "kit",
    }


def test_ten_thousand_other_files_are_passed_over(tmp_path: Path) -> None:
    submission(tmp_path / "报告")
    for number in range(10_000):
        (tmp_path / f"{number}.dat").touch()
    found = scan(tmp_path)
    assert len(found.items) == 1
    assert len(found.passed) == 10_000


def test_links_in_a_circle_end_and_a_linked_folder_counts_once(tmp_path: Path) -> None:
    submission(tmp_path / "in/甲")
    submission(tmp_path / "elsewhere/乙")
    try:
        (tmp_path / "in/circle").symlink_to(tmp_path / "in", target_is_directory=True)
        (tmp_path / "in/up").symlink_to(tmp_path, target_is_directory=True)
        (tmp_path / "in/self").symlink_to(tmp_path / "in/self")
        (tmp_path / "in/again").symlink_to(tmp_path / "in/甲", target_is_directory=True)
        (tmp_path / "in/other").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    except OSError:
        pytest.skip("links need rights here")
    assert set(forms(scan(tmp_path / "in"))) == {("甲",), ("other/乙",)}


def test_output_folders_are_not_searched(tmp_path: Path) -> None:
    submission(tmp_path / "甲")
    (tmp_path / "out").mkdir()
    (tmp_path / "out/审核意见.docx").write_bytes(b"PK")
    (tmp_path / "earlier/.reportkit/records").mkdir(parents=True)
    (tmp_path / "earlier/审核意见.docx").write_bytes(b"PK")
    assert set(forms(scan(tmp_path, tmp_path / "out"))) == {("甲",)}


@pytest.mark.skipif(os.name == "nt", reason="names that Windows cannot hold")
def test_names_of_every_kind(tmp_path: Path) -> None:
    names = ["有 空格", "表情😀", "CON", "a:b", "名" * 80, "x" * 255, "结尾.", "A", "a"]
    for name in names:
        submission(tmp_path / name)
    submission(tmp_path / ("长" * 80) / ("名" * 80) / ("字" * 80))
    made = [item.name for item in scan(tmp_path).items]
    assert len({name.casefold() for name in made}) == len(names) + 1
    assert all(len(name.encode()) <= BYTES for name in made)
    assert all(safe(name) == name for name in made)


def test_a_zip_that_lies_about_itself_is_no_kit(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "x.xlsx", "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/workbook.xml", b"0" * 60_000_000)
    assert forms(scan(tmp_path)) == {}


@given(st.lists(st.text(min_size=1, max_size=60), unique=True, max_size=6))
@example(["index.html", "Index.HTML", "a/b", "a-b", "A-B"])
def test_names_are_safe_unique_and_do_not_depend_on_order(paths: list[str]) -> None:
    names = unique({path: path for path in paths}, ["index.html"])
    assert names == unique({path: path for path in reversed(paths)}, ["index.html"])
    assert len({name.casefold() for name in (*names.values(), "index.html")}) == len(paths) + 1
    for name in names.values():
        assert 0 < len(name.encode()) <= BYTES
        assert safe(name) == name
        assert not set(name) & set('<>:"/\\|?*')
