"""Fonts are found by the names that their files carry; the user's own folder comes first."""

from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from reportkit.model.report import Para, plain
from reportkit.model.style import Font
from reportkit.writing import layout, load_style
from reportkit.writing.fonts import library

from .pdf.made import only, read
from .sample_report import PartKind, sample


def make_font(file: Path, family: str, text: str) -> None:
    """A font whose characters are all the same square."""
    names = [".notdef", *(f"u{ord(char):x}" for char in text)]
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    pen.lineTo((100, 800))
    pen.lineTo((900, 800))
    pen.lineTo((900, 0))
    pen.closePath()
    glyph = pen.glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(char): f"u{ord(char):x}" for char in text})
    builder.setupGlyf(dict.fromkeys(names, glyph))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (1000, 100)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": family, "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=880, usWinDescent=120)
    builder.setupPost()
    builder.save(file)


def test_coverage_knows_the_characters_of_a_font(tmp_path: Path) -> None:
    make_font(tmp_path / "a.ttf", "Test Song", "甲乙丙z")
    face = library(tmp_path).face("test song")
    assert face is not None
    assert [char in face.coverage for char in "甲乙丙z丁y\U00020000"] == [True] * 4 + [False] * 3
    assert not face.known


def test_the_own_folder_comes_first(tmp_path: Path) -> None:
    make_font(tmp_path / "a.ttf", "SimSun", "甲")
    font = Font(word="宋体", families=("Noto Serif CJK SC", "SimSun"))
    assert library(tmp_path).choose(font)[0] == "SimSun"
    assert library(tmp_path).has_own("simsun")


@pytest.mark.parametrize("content", [b"", b"not a font", b"\0\1\0\0" + b"\xff" * 60])
def test_broken_files_are_passed_over(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "broken.ttf").write_bytes(content)
    (tmp_path / "broken.ttc").write_bytes(b"ttcf" + content)
    assert not library(tmp_path).has_own("anything")
    assert library(tmp_path / "missing").family("nothing") == ()


def test_the_environment_names_the_own_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_font(tmp_path / "a.ttf", "Only Here", "甲")
    assert not library().family("Only Here")
    monkeypatch.setenv("REPORTKIT_FONTS", str(tmp_path))
    assert library().family("Only Here")


def test_a_font_of_the_own_folder_is_embedded(tmp_path: Path) -> None:
    report = only(sample(), PartKind.PREFACE)
    blocks = report.parts[0].blocks
    text = "".join(plain(block.runs) for block in blocks if isinstance(block, Para))
    make_font(tmp_path / "own.ttf", "仿宋_GB2312", "".join(sorted(set(text + report.title))))
    made = layout(report, load_style(), fonts=tmp_path)
    resources = read(made).pages[0]["/Resources"]
    fonts = [font.get_object()["/BaseFont"] for font in resources["/Font"].values()]
    assert any("GB2312" in name for name in fonts), fonts
    missing = [f.args for f in made.findings if "characters" not in f.args]
    assert not any(args["font"] == "仿宋_GB2312" for args in missing)
