"""The folder form, tried as a clumsy user would: each mistake has its code and its place."""

import io
from pathlib import Path

import pytest
from PIL import Image

from reportkit.model.blocks import Figure
from reportkit.reading import OutputExists, read, write_document, write_folder
from reportkit.reading.images import problem

from .support import MANIFEST, at, codes, only, submission


def picture(form: str = "PNG", size: tuple[int, int] = (8, 8)) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, "white").save(buffer, form)
    return buffer.getvalue()


def test_missing_path(tmp_path: Path) -> None:
    result = read(tmp_path / "没有")
    assert result.submission is None
    assert "不存在" in only(result, "RK101").args["reason"]


def test_empty_folder(tmp_path: Path) -> None:
    result = read(tmp_path)
    assert result.submission is None
    only(result, "RK101")


def test_manifest_may_be_named_itself(tmp_path: Path) -> None:
    assert submission(tmp_path, {}).submission == read(tmp_path / "report.yaml").submission


def test_missing_manifest(tmp_path: Path) -> None:
    (tmp_path / "report.yml").write_text(MANIFEST, encoding="utf-8")
    result = read(tmp_path)
    assert only(result, "RK102").args["suggestion"] == "report.yml"
    assert result.submission is None


def test_good_submission_is_silent(tmp_path: Path) -> None:
    result = submission(
        tmp_path,
        {
            "report.yaml": "# 注释\n" + MANIFEST,
            "chapters/1.md": "# 章\n\n![](figures/a.png)\n\n::: table\ndata: data/x.csv\n:::\n",
            "figures/a.png": picture(),
            "data/x.csv": "a,b\n1,2\n",
            "data/indicators.csv": "indicator,period,value\nstaff,2022,010\n",
            "contents.csv": "list,text,page\ntoc,一、章,1\n表目录,表1,2\n",
            "README.md": "说明",
            ".hidden": "x",
            "~$x.docx": "x",
            "Thumbs.db": "x",
        },
    )
    assert codes(result) == []
    assert result.submission is not None
    assert result.submission.metadata.place_of("title") is not None
    assert dict(result.submission.data.tables) == {"data/x.csv": (("a", "b"), ("1", "2"))}
    assert [asset.path for asset in result.submission.assets] == ["figures/a.png"]
    assert [c.kind for c in result.submission.contents] == ["toc", "tables"]
    assert set(result.sources) == {
        "report.yaml", "chapters/1.md", "data/x.csv", "data/indicators.csv", "contents.csv",
    }  # fmt: skip


def test_scalars_are_what_the_schema_says(tmp_path: Path) -> None:
    text = MANIFEST.replace("organisation: {name: 某区教育委员会}", "").replace(
        "title_year: 2023", "title_year: 2023\nstyle: no\ncolophon: 3:20"
    )
    text += "organisation:\n  name: 010010\n  code: 1e5\n  region_code: 010010\n  region:\n"
    result = submission(tmp_path, {"report.yaml": text})
    assert codes(result) == []
    assert result.submission is not None
    metadata = result.submission.metadata
    assert (metadata.style, metadata.colophon, metadata.title_year) == ("no", "3:20", 2023)
    assert metadata.organisation.model_dump(exclude_none=True) == {
        "name": "010010", "code": "1e5", "region_code": "010010",
    }  # fmt: skip
    assert str(metadata.data_period.start) == "2022-01-01"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_byte_order_marks(tmp_path: Path, end: str, mark: bytes) -> None:
    files = {
        "report.yaml": MANIFEST,
        "chapters/1.md": "# 章\n\n甲\n乙\n\n## 节\n",
        "data/indicators.csv": "indicator,period,value\nstaff,2022,10\n",
    }
    encoded = {k: mark + text.replace("\n", end).encode() for k, text in files.items()}
    result = submission(tmp_path / "a", encoded)
    assert codes(result) == []
    plain = submission(tmp_path / "b", dict(files))
    assert result.submission == plain.submission


@pytest.mark.parametrize(
    ("codec", "name"), [("gbk", "GBK"), ("utf-16", "UTF-16"), ("utf-16-be", "UTF-16")]
)
@pytest.mark.parametrize("file", ["report.yaml", "chapters/1.md", "data/x.csv"])
def test_other_encodings_are_recognised(tmp_path: Path, codec: str, name: str, file: str) -> None:
    texts = {
        "report.yaml": MANIFEST,
        "chapters/1.md": "# 章\n\n中等职业教育。\n\n::: table\ndata: data/x.csv\n:::\n",
        "data/x.csv": "年度,招生\n2022,253\n",
    }
    result = submission(tmp_path, {**texts, file: texts[file].encode(codec)})
    finding = only(result, "RK103")
    assert (finding.args["encoding"], finding.place.file) == (name, file)
    assert result.submission is not None
    assert result.sources[file] == texts[file]


def test_unknown_encoding(tmp_path: Path) -> None:
    result = submission(tmp_path, {"chapters/1.md": b"# \xff\xff\xff\x81\n"})
    assert codes(result) == ["RK103"]


@pytest.mark.parametrize(
    ("change", "code", "line"),
    [
        (("title_year: 2023", "title_year: 二〇二三"), "RK109", 3),
        (("title_year: 2023", "title_year: 1800"), "RK109", 3),
        (("title_year: 2023\n", ""), "RK108", 1),
        (("title: ", "titel: "), "RK107", 2),
        (("2022-12-31", "2022-13-31"), "RK109", 4),
        (("2022-12-31", "2022年12月31日"), "RK109", 4),
        (("standard: bj-district-2020", "standard: 北京"), "RK109", 1),
        (("title_year: 2023", "title_year: 2023\ntitle_year: 2024"), "RK105", 4),
        (("title_year: 2023", "title_year: &y 2023"), "RK106", 3),
        (("title_year: 2023", "<<: {a: b}"), "RK106", 3),
        (("title_year: 2023", "title_year: !!int 2023"), "RK106", 3),
        (("title_year: 2023", "\ttitle_year: 2023"), "RK104", 3),
        (("title_year: 2023", "title_year：2023"), "RK104", 3),
        (("organisation: {name: 某区教育委员会}", "organisation: 某区教育委员会"), "RK109", 5),
        (("chapters: [chapters/1.md]", "chapters: chapters/1.md"), "RK109", 6),
        (("chapters: [chapters/1.md]", "chapters: []"), "RK109", 6),
        (("chapters: [chapters/1.md]", "place: x\nchapters: [chapters/1.md]"), "RK107", 6),
    ],
)
def test_faults_of_the_manifest(
    tmp_path: Path, change: tuple[str, str], code: str, line: int
) -> None:
    result = submission(tmp_path, {"report.yaml": MANIFEST.replace(*change)})
    found = [f for f in result.findings if f.code not in ("RK113", "RK108") or code == f.code]
    assert found[0].code == code
    assert found[0].place.file == "report.yaml"
    assert found[0].place.line == line
    assert found[0].place.column


def test_unknown_key_says_what_was_probably_meant(tmp_path: Path) -> None:
    text = MANIFEST + "colofon: 甲\n"
    finding = only(submission(tmp_path, {"report.yaml": text}), "RK107")
    assert (finding.args["key"], finding.args["suggestion"]) == ("colofon", "colophon")


def test_what_is_wrong_is_left_out_and_the_rest_is_read(tmp_path: Path) -> None:
    text = MANIFEST.replace("{name: 某区教育委员会}", "{name: 甲, regoin: 乙}")
    text += "filed_on: 明天\nexplanations:\n"
    text += "  - {rule: RK201, at: 甲, reason: 已经说明}\n  - {rule: X}\n"
    result = submission(tmp_path, {"report.yaml": text})
    assert sorted(codes(result)) == ["RK107", "RK108", "RK108", "RK109", "RK109"]
    assert result.submission is not None
    assert result.submission.metadata.filed_on is None
    assert [e.at for e in result.submission.metadata.explanations] == ["甲"]


def test_chapters_are_read_though_the_manifest_is_not_complete(tmp_path: Path) -> None:
    text = MANIFEST.replace("title: 某区中等职业教育质量年度报告（2023）\n", "")
    result = submission(
        tmp_path, {"report.yaml": text, "chapters/1.md": "# 章\n\n::: tabel\n:::\n"}
    )
    assert codes(result) == ["RK108", "RK121"]
    assert result.submission is None


def test_manifest_with_an_alias_bomb(tmp_path: Path) -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"{c}: &{c} [*{c}, *{c}]\n" for c in "bcdefgh")
    assert codes(submission(tmp_path, {"report.yaml": bomb})) == ["RK106"]


@pytest.mark.parametrize(
    "text", ["[" * 10_000, "- " * 10_000, "a:\n" * 3 + "{", "\x00", "%", "---\n---"]
)
def test_strange_manifests(tmp_path: Path, text: str) -> None:
    result = submission(tmp_path, {"report.yaml": text})
    assert result.submission is None
    assert codes(result)


def test_too_large_text(tmp_path: Path) -> None:
    result = submission(tmp_path, {"chapters/1.md": b"x" * 4_000_001})
    finding = only(result, "RK115")
    assert (finding.args["size"], finding.args["limit"]) == ("4.0 MB", "4.0 MB")


def test_chapter_file_missing(tmp_path: Path) -> None:
    text = MANIFEST.replace("[chapters/1.md]", "[chapters/1.md, chapters/2.md]")
    finding = only(submission(tmp_path, {"report.yaml": text}), "RK111")
    assert finding.args["file"] == "chapters/2.md"
    assert finding.args["suggestion"] == ""  # 1.md is already listed
    assert at(finding) == ("report.yaml", 6, 27)


def test_chapter_file_listed_twice(tmp_path: Path) -> None:
    text = MANIFEST.replace("[chapters/1.md]", "[chapters/1.md, .\\chapters\\1.md]")
    result = submission(tmp_path, {"report.yaml": text})
    finding = only(result, "RK112")
    assert finding.related[0].place.column == 12
    assert result.submission is not None
    assert len(result.submission.chapters) == 1


def test_empty_chapter_file(tmp_path: Path) -> None:
    result = submission(tmp_path, {"chapters/1.md": " \n"})
    assert only(result, "RK101").place.file == "chapters/1.md"


def test_unused_files_are_said_and_pictures_and_tables_kept(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "figures/b.png": picture(), "data/y.csv": "a\n", "chapters/2.md": "# 乙\n",
        "说明.txt": "x",
    }  # fmt: skip
    result = submission(tmp_path, files)
    assert [(f.code, f.args["file"]) for f in result.findings] == [
        ("RK113", name) for name in sorted(files)
    ]
    assert result.submission is not None
    assert [asset.path for asset in result.submission.assets] == ["figures/b.png"]
    assert "data/y.csv" in result.submission.data.tables


@pytest.mark.parametrize(
    "path",
    ["../x.md", "/etc/passwd", "C:\\x.md", "a/../../x.md", "file:///etc/passwd", "~/x", "a:b.md"],
)
def test_paths_that_leave_the_folder(tmp_path: Path, path: str) -> None:
    text = MANIFEST.replace("[chapters/1.md]", f"[chapters/1.md, '{path}']")
    (tmp_path / "x.md").write_text("# 外\n", encoding="utf-8")
    result = submission(tmp_path / "a", {"report.yaml": text})
    assert only(result, "RK114").quote == path.replace("\\", "/")


def test_links_that_leave_the_folder(tmp_path: Path) -> None:
    outside = tmp_path / "外.png"
    outside.write_bytes(picture())
    inside = tmp_path / "a" / "figures"
    inside.mkdir(parents=True)
    try:
        (inside / "a.png").symlink_to(outside)
        (inside / "b.png").symlink_to(inside / "b.png")
    except OSError:
        pytest.skip("cannot make links")
    text = "# 章\n\n![](figures/a.png)\n\n![](figures/b.png)\n"
    result = submission(tmp_path / "a", {"chapters/1.md": text})
    assert codes(result) == ["RK114", "RK114"]
    assert result.submission is not None
    assert result.submission.assets == ()


def test_control_characters(tmp_path: Path) -> None:
    result = submission(tmp_path, {"chapters/1.md": "# 章\n\n甲\x00乙\x0b丙\u2028丁\n"})
    finding = only(result, "RK116")
    assert finding.args == {"character": "U+0000", "count": 3}
    assert at(finding) == ("chapters/1.md", 3, 2)
    assert result.submission is not None
    assert result.submission.chapters[0].blocks[0].text == "甲\ufffd乙\ufffd丙\ufffd丁"  # type: ignore[union-attr]


def test_control_characters_by_escapes(tmp_path: Path) -> None:
    result = submission(tmp_path, {"report.yaml": MANIFEST + 'colophon: "甲\\x07乙"\n'})
    assert only(result, "RK116").place.line == 7
    assert result.submission is not None
    assert result.submission.metadata.colophon == "甲\ufffd乙"


def figure(tmp_path: Path, name: str, content: bytes | None) -> list[tuple[str, str]]:
    files: dict[str, str | bytes] = {"chapters/1.md": f"# 章\n\n![]({name})\n"}
    if content is not None:
        files[name] = content
    result = submission(tmp_path, files)
    assert result.submission is not None
    assert isinstance(result.submission.chapters[0].blocks[0], Figure)
    assert not result.submission.assets
    return [(f.code, f.args.get("reason", "")) for f in result.findings]


def test_missing_picture(tmp_path: Path) -> None:
    result = submission(
        tmp_path,
        {"chapters/1.md": "# 章\n\n![](figures/A.png)\n", "figures/a.jpg": picture("JPEG")},
    )
    assert codes(result) == ["RK117", "RK113"]
    finding = result.findings[0]
    assert (finding.args["suggestion"], finding.place.line) == ("figures/a.jpg", 3)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.png", b"", "空"),
        ("a.png", b"not a picture", "不是可用的图片"),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        ("a.png", b"%PDF-1.7", "PDF"),
        ("a.png", b"PK\x03\x04", "Office"),
        ("a.heic", b"\x00\x00\x00\x18ftypheic", "HEIC"),
        ("a.png", picture("JPEG"), "扩展名"),
        ("a", picture(), "扩展名"),
        ("a.png", picture(size=(90, 90))[:-30], "损坏"),
        ("a.jpg", picture("JPEG", (300, 300))[:-100], "不完整"),
        ("a.gif", picture("GIF", (300, 300))[:60], "损坏"),
        ("a.bmp", picture("BMP")[:60], "损坏"),
    ],
)
def test_broken_pictures(tmp_path: Path, name: str, content: bytes, says: str) -> None:
    ((code, reason),) = figure(tmp_path, name, content)
    assert code == "RK118"
    assert says in reason


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP", "TIFF", "BMP"])
def test_accepted_pictures(form: str) -> None:
    ending = {"JPEG": "jpg", "TIFF": "tif"}.get(form, form.lower())
    assert problem(f"a.{ending}", picture(form)) is None
    assert problem(f"a.{ending.upper()}", picture(form)) is None


def test_bombs() -> None:
    bomb = picture(size=(9000, 9000))
    assert len(bomb) < 1_000_000
    found = problem("a.png", bomb)
    assert found is not None
    assert found[0] == "RK119"


def test_pictures_that_are_too_large(tmp_path: Path) -> None:
    ((code, _),) = figure(tmp_path, "a.png", picture() + b"\0" * 20_000_000)
    assert code == "RK115"
    assert problem("a.png", b"\0" * 20_000_001) is not None


def test_body_of_a_table_is_missing(tmp_path: Path) -> None:
    text = "# 章\n\n::: table\ndata: data/x.csv\n:::\n"
    finding = only(submission(tmp_path, {"chapters/1.md": text}), "RK136")
    assert at(finding) == ("chapters/1.md", 4, 7)


def test_text_before_headings_is_exactly_one_finding(tmp_path: Path) -> None:
    only(submission(tmp_path, {"chapters/1.md": "前文\n\n# 章\n"}), "RK138")


def test_output_is_never_overwritten(tmp_path: Path) -> None:
    found = submission(tmp_path / "a", {}).submission
    assert found is not None
    target = tmp_path / "b"
    target.mkdir()
    write_folder(found, target)  # an empty folder is no obstacle
    with pytest.raises(OutputExists):
        write_folder(found, target)
    write_document(found, tmp_path / "b.json")
    with pytest.raises(OutputExists):
        write_document(found, tmp_path / "b.json")
    with pytest.raises(OutputExists):
        write_folder(found, tmp_path / "b.json")


def test_nothing_is_left_behind_when_writing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = submission(tmp_path / "a", {}).submission
    assert found is not None
    before = sorted(tmp_path.iterdir())

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="space"):
        write_folder(found, tmp_path / "b")
    with pytest.raises(OSError, match="space"):
        write_document(found, tmp_path / "b.json")
    assert sorted(tmp_path.iterdir()) == before


WRITTEN = """\
# 一、人才培养 {#cultivation}

正文[^a]。

::: table {#tbl:a caption="表1-1 招生"}
unit: 人

| 年度 | 招生 |
| --- | --- |
| 2022 | 253 |
:::

::: note {label="数据来源"}
甲
:::

1. 甲
2. 乙

[^a]: 脚注。
"""


def test_written_folder_reads_well(tmp_path: Path) -> None:
    found = submission(tmp_path / "a", {"chapters/1.md": WRITTEN}).submission
    assert found is not None
    write_folder(found, tmp_path / "b")
    assert (tmp_path / "b" / "chapters" / "1.md").read_text(encoding="utf-8") == WRITTEN
    assert (tmp_path / "b" / "report.yaml").read_text(encoding="utf-8") == MANIFEST.replace(
        "{start: 2022-01-01, end: 2022-12-31}", "\n  start: 2022-01-01\n  end: 2022-12-31"
    ).replace("{name: 某区教育委员会}", "\n  name: 某区教育委员会").replace(": \n", ":\n")
