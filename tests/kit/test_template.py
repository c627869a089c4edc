"""The template as Word sees it, and the workbook as Excel does."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from reportkit.kit import names_standard, words
from reportkit.standards import load

from ..writing.tools import W, part, pdf_pages, to_pdf, traps, validate
from .conftest import STANDARDS, Kit
from .person import Excel, Word

each = pytest.mark.parametrize("name", STANDARDS)


@each
def test_valid(kit: Kit, name: str) -> None:
    file = kit(name) / words.TEMPLATE
    assert validate(file) == []
    assert validate(file.with_name(words.WORKBOOK)) == []
    assert traps(file) == []


@each
def test_every_place_has_a_tag(kit: Kit, name: str) -> None:
    word = Word(kit(name) / words.TEMPLATE)
    sections = [spec.id for spec, _ in words.outline(load(name).outline)]
    assert word.tags(words.SECTION) == sections
    assert word.tags(words.HEADING) == sections
    assert word.tags(words.TABLE) == [spec.id for spec in words.mandated(load(name))]
    assert word.tags(words.FACT) == [fact.key for fact in words.facts(load(name))]


@each
def test_names_its_standard(kit: Kit, name: str) -> None:
    folder = kit(name)
    assert names_standard(folder / words.TEMPLATE) == name
    assert names_standard(folder / words.WORKBOOK) == name
    text = "".join(pdf_pages(to_pdf(folder / words.TEMPLATE))[0].split())
    assert f"标识{name}，版本{load(name).version}" in text


def test_known_without_properties(kit: Kit, tmp_path: Path) -> None:
    file = tmp_path / "bare.docx"
    source = kit("moe-2024-school") / words.TEMPLATE
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(file, "w") as new:
        for entry in old.namelist():
            content = old.read(entry)
            if entry == "_rels/.rels":
                content = content.replace(b"custom-properties", b"other")
            new.writestr(entry, content)
    assert names_standard(file) == "moe-2024-school"


def test_headings_are_protected_and_optional_ones_can_go(kit: Kit) -> None:
    root = part(kit("moe-2024-school") / words.TEMPLATE, "word/document.xml")
    locks = {
        control.find(f"{W}tag").get(f"{W}val"): control.find(f"{W}lock").get(f"{W}val")
        for control in root.iter(f"{W}sdtPr")
        if control.find(f"{W}tag") is not None and control.find(f"{W}lock") is not None
    }
    assert locks["heading:moral"] == "sdtContentLocked"
    assert locks["heading:courses"] == "contentLocked"
    assert locks["section:moral"] == "sdtLocked"
    assert "section:courses" not in locks


def test_styles_have_chinese_names(kit: Kit) -> None:
    root = part(kit("moe-2024-school") / words.TEMPLATE, "word/styles.xml")
    names = {item.get(f"{W}val") for item in root.iter(f"{W}name")}
    assert {"填写提示", "填报说明", "案例标题", "图题", "表注"} <= names


@each
def test_workbook_locks_what_is_computed(kit: Kit, name: str) -> None:
    book = load_workbook(kit(name) / words.WORKBOOK)
    assert book.sheetnames[:2] == ["说明", "指标"]
    assert load(name).version in book["说明"]["A2"].value
    for sheet in book.worksheets:
        assert sheet.protection.sheet
        assert sheet.protection.password is None
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f" or cell.protection.locked


def test_rates_are_bounded_and_reasons_offered(kit: Kit) -> None:
    excel = Excel(kit("moe-2024-school") / words.WORKBOOK)
    sheet = excel.sheet("reportkit:indicators")
    kinds = {rule.type for rule in sheet.data_validations.dataValidation}
    assert kinds == {"whole", "decimal", "list"}
    row = next(r for r in range(3, 200) if sheet.cell(r, 1).value == "satisfaction.students")
    (rule,) = [
        rule
        for rule in sheet.data_validations.dataValidation
        if f"G{row}" in rule.sqref and rule.type != "list"
    ]
    assert (rule.formula1, rule.formula2) == ("0", "100")


def test_growth_is_computed(kit: Kit) -> None:
    from ..writing.tools import saved_anew

    excel = Excel(kit("moe-2024-school") / words.WORKBOOK)
    excel.put("graduates.total", "previous", 800)
    excel.put("graduates.total", "current", 850)
    book = load_workbook(saved_anew(excel.save()), data_only=True)
    sheet = book["计分卡"]
    row = [sheet.cell(5, column).value for column in range(2, 8)]
    assert row == ["毕业生人数", "人", 850, 800, 50, 6.25]


def test_deeper_headings_are_numbered(kit: Kit) -> None:
    file = kit("moe-2024-school") / words.TEMPLATE
    styles = {
        item.get(f"{W}styleId"): item for item in part(file, "word/styles.xml").iter(f"{W}style")
    }
    for level in (1, 2, 3, 4):
        assert styles[f"Heading{level}"].find(f"{W}pPr/{W}numPr") is not None
    assert styles["Heading5"].find(f"{W}pPr/{W}numPr") is None
