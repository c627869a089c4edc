"""The JSON form: places, pointers, and every way in which a document can be wrong."""

import json
from pathlib import Path
from typing import Any

import pytest

from reportkit.model.blocks import Paragraph, Table
from reportkit.reading import ReadResult, read

from .support import codes, only
from .test_folder import picture

METADATA = {
    "standard": "bj-district-2020",
    "title": "某区中等职业教育质量年度报告（2023）",
    "title_year": 2023,
    "data_period": {"start": "2022-01-01", "end": "2022-12-31"},
    "organisation": {"name": "某区教育委员会"},
}


def raw(root: Path, text: str | bytes) -> ReadResult:
    path = root / "report.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read(path)


def document(root: Path, blocks: list[Any] | None = None, **more: Any) -> ReadResult:
    chapter = {"title": "章", "blocks": blocks or []}
    data = {"format": "reportkit/1", "metadata": METADATA, "chapters": [chapter], **more}
    return raw(root, json.dumps(data, ensure_ascii=False, indent=1))


def test_places_and_pointers(tmp_path: Path) -> None:
    rows = [["年度", "招生"], ["2022", "a\\b"]]
    blocks = [
        {"type": "paragraph", "text": "正文"},
        {"type": "table", "caption": "题", "rows": rows},
    ]
    result = document(tmp_path, blocks)
    assert (codes(result), result.form) == ([], "json")
    assert result.submission is not None
    lines = result.sources["report.json"].split("\n")
    paragraph, table = result.submission.chapters[0].blocks
    assert isinstance(paragraph, Paragraph)
    assert isinstance(table, Table)
    assert paragraph.place is not None
    assert paragraph.place.pointer == "/chapters/0/blocks/0/text"
    here = paragraph.place.at(paragraph.text, 1)
    assert lines[(here.line or 0) - 1][(here.column or 0) - 1] == "文"
    assert table.place is not None
    assert table.place.pointer == "/chapters/0/blocks/1"
    cell = table.place_of("rows.1.1")
    assert cell is not None
    assert (cell.pointer, cell.columns) == ("/chapters/0/blocks/1/rows/1/1", ())


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "没有写完"),
        ("{", "没有写完"),
        ('{"a": 1,}', "多写了逗号"),
        ("[1,]", "多写了逗号"),
        ('{"a" 1}', "这里应当是"),
        ('{"a": 1 "b": 2}', "漏写了逗号"),
        ("{'a': 1}", "双引号"),
        ("{“a”: 1}", "半角"),
        ('{"a"：1}', "半角"),
        ('{"a": "x\n"}', "引号没有成对"),
        ('{"a": "\\x"}', "转义"),
        ('{"a": 01}', "不认识"),
        ('{"a": NaN}', "不认识"),
        ("// 注释\n{}", "注释"),
        ("{} {}", "多余"),
        ("[" * 100, "嵌套"),
        ('{"a":' * 100_000, "嵌套"),
    ],
)
def test_broken_json(tmp_path: Path, text: str, says: str) -> None:
    result = raw(tmp_path, text)
    finding = only(result, "RK125")
    assert says in finding.args["reason"]
    assert finding.place.line
    assert result.submission is None


def test_repeated_keys(tmp_path: Path) -> None:
    text = json.dumps({"metadata": METADATA, "chapters": [{"title": "章"}]}, ensure_ascii=False)
    result = raw(tmp_path, text.replace('"title": "章"', '"title": "章",\n"title": "节"'))
    finding = only(result, "RK105")
    assert (finding.place.line, finding.related[0].place.line) == (2, 1)


@pytest.mark.parametrize(
    ("block", "code", "pointer"),
    [
        ({"type": "tabel"}, "RK109", "/chapters/0/blocks/0/type"),
        ({"text": "甲"}, "RK108", "/chapters/0/blocks/0"),
        ({"type": "paragraph"}, "RK108", "/chapters/0/blocks/0"),
        ({"type": "paragraph", "text": 5}, "RK109", "/chapters/0/blocks/0/text"),
        ({"type": "paragraph", "text": "甲", "txet": ""}, "RK107", "/chapters/0/blocks/0/txet"),
        ({"type": "table", "fold": "2"}, "RK109", "/chapters/0/blocks/0/fold"),
        ({"type": "table", "landscape": 1}, "RK109", "/chapters/0/blocks/0/landscape"),
        ({"type": "table", "rows": [[]]}, "RK109", "/chapters/0/blocks/0/rows/0"),
        ({"type": "table", "id": "a\n"}, "RK109", "/chapters/0/blocks/0/id"),
        ({"type": "table", "number": ""}, "RK109", "/chapters/0/blocks/0/number"),
        ("甲", "RK109", "/chapters/0/blocks/0"),
        (None, "RK109", "/chapters/0/blocks/0"),
        ({"type": "raw", "text": "<b>"}, "RK126", "/chapters/0/blocks/0/text"),
        ({"type": "table", "rows": [["a", "b"], ["c", "d"], ["e"]]}, "RK122", None),
        ({"type": "table", "rows": [["^^"]]}, "RK123", "/chapters/0/blocks/0/rows/0/0"),
        ({"type": "figure", "image": "x.png"}, "RK117", "/chapters/0/blocks/0/image"),
        ({"type": "figure", "image": "../x.png"}, "RK114", "/chapters/0/blocks/0/image"),
        ({"type": "table", "data": "data/x.csv"}, "RK136", "/chapters/0/blocks/0/data"),
        ({"type": "paragraph", "text": "甲" * 30_000}, "RK115", None),
        ({"type": "paragraph", "text": "甲\u0000"}, "RK116", "/chapters/0/blocks/0/text"),
        ({"type": "paragraph", "text": "\ud800"}, "RK116", "/chapters/0/blocks/0/text"),
    ],
)
def test_faults_of_blocks(tmp_path: Path, block: Any, code: str, pointer: str | None) -> None:
    chapter = {"title": "章", "blocks": [block]}
    text = json.dumps({"metadata": METADATA, "chapters": [chapter]})
    result = raw(tmp_path, text)
    finding = only(result, code)
    assert result.submission is not None
    if pointer:
        assert finding.place.pointer == pointer


def test_ids_are_unique_across_chapters(tmp_path: Path) -> None:
    chapters = [{"title": "甲", "id": "x"}, {"title": "乙", "id": "x"}]
    finding = only(document(tmp_path, chapters=chapters), "RK127")
    assert finding.place.pointer == "/chapters/1/id"


def test_whole_numbers_may_be_written_as_decimals(tmp_path: Path) -> None:
    result = document(tmp_path, [{"type": "table", "fold": 2.0, "widths": [1, 2.5, 3e0]}])
    assert codes(result) == []
    assert result.submission is not None
    table = result.submission.chapters[0].blocks[0]
    assert isinstance(table, Table)
    assert (table.fold, table.widths) == (2, (1.0, 2.5, 3.0))


def test_values_keep_their_digits(tmp_path: Path) -> None:
    observations = [
        {"indicator": name, "period": " 2022 ", "value": value}
        for name, value in (("a", "X"), ("b", "85.40"), ("c", "1e2"), ("d", "1e900"))
    ]
    data = {"observations": observations}
    text = json.dumps({"metadata": METADATA, "chapters": [{"title": "章"}], "data": data})
    for written in ('"85.40"', '"1e2"', '"1e900"'):
        text = text.replace(written, written.strip('"'))
    result = raw(tmp_path, text)
    assert codes(result) == ["RK109", "RK109"]
    assert result.submission is not None
    found = result.submission.data.observations
    assert [str(o.value) for o in found] == ["None", "85.40", "100", "None"]
    assert found[0].period == "2022"


def test_pictures_in_documents(tmp_path: Path) -> None:
    import base64

    good = base64.b64encode(picture()).decode()
    assets = [
        {"path": "figures/a.png", "content": good},
        {"path": "figures/a.png", "content": good},
        {"path": "../b.png", "content": good},
        {"path": "figures/c.png", "content": "!!"},
        {"path": "figures/d.png", "content": base64.b64encode(b"x").decode()},
        {"path": "figures/e.png", "content": base64.urlsafe_b64encode(picture()).decode()},
    ]
    result = document(tmp_path, [{"type": "figure", "image": "./figures\\a.png"}], assets=assets)
    assert codes(result) == ["RK109", "RK112", "RK114", "RK118", "RK113"]
    assert result.submission is not None
    assert [a.path for a in result.submission.assets] == ["figures/a.png", "figures/e.png"]


@pytest.mark.parametrize("name", ["report.yaml", "../x.csv", "data/indicators.csv", "x.txt"])
def test_names_of_tables(tmp_path: Path, name: str) -> None:
    result = document(tmp_path, data={"tables": {name: [["a"]]}})
    assert codes(result) in (["RK114"], ["RK107"])


def test_names_of_chapter_files(tmp_path: Path) -> None:
    chapters = [{"title": "甲", "file": "../../x.md"}]
    result = document(tmp_path, chapters=chapters)
    only(result, "RK114")
    assert result.submission is not None
    assert result.submission.chapters[0].file is None


@pytest.mark.parametrize("text", ["[]", "null", "5", '"甲"', "{}", '{"metadata": {}}'])
def test_documents_that_are_something_else(tmp_path: Path, text: str) -> None:
    result = raw(tmp_path, text)
    assert result.submission is None
    assert codes(result)


def test_encodings(tmp_path: Path) -> None:
    text = json.dumps({"metadata": METADATA, "chapters": [{"title": "章"}]}, ensure_ascii=False)
    assert codes(raw(tmp_path, b"\xef\xbb\xbf" + text.encode())) == []
    assert codes(raw(tmp_path, text.encode("gbk"))) == ["RK103"]
    assert codes(raw(tmp_path, text.encode("utf-16"))) == ["RK103"]
