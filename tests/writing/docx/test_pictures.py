"""Pictures go in without what they tell about their maker, and none is ever a blank."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from reportkit.model.report import Label, Picture, Report, RFigure
from reportkit.model.submission import Asset
from reportkit.writing import load_style, write_docx
from reportkit.writing.images import load
from tests.writing.tools import WP, part

from .reports import body, report


def encoded(form: str, size: tuple[int, int] = (60, 40), mode: str = "RGB", **save: Any) -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, size, None).save(buffer, form, **save)
    return buffer.getvalue()


def figure(content: bytes | None, width: int = 80) -> Report:
    shown = Picture(asset="figures/a.png" if content else None, alt="两名学生操作机床")
    block = RFigure(caption=Label(kind="figure", anchor="f"), pictures=(shown,), width=width)
    made = report([body(block)])
    assets = (Asset(path="figures/a.png", content=content),) if content else ()
    return made.model_copy(update={"assets": assets})


def test_plain_pictures_are_kept_byte_for_byte() -> None:
    for form, extension in (("PNG", "png"), ("JPEG", "jpeg")):
        content = encoded(form)
        loaded = load(content)
        assert loaded is not None
        assert (loaded.content, loaded.extension) == (content, extension)


def test_exif_is_stripped_and_its_rotation_applied() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "相机"
    loaded = load(encoded("JPEG", exif=exif))
    assert loaded is not None
    assert (loaded.width, loaded.height) == (40, 60)
    with Image.open(io.BytesIO(loaded.content)) as image:
        assert not image.getexif()


@pytest.mark.parametrize("form", ["GIF", "WEBP", "TIFF", "BMP"])
def test_other_formats_become_png(form: str) -> None:
    loaded = load(encoded(form))
    assert loaded is not None
    assert loaded.extension == "png"
    with Image.open(io.BytesIO(loaded.content)) as image:
        assert image.format == "PNG"


def test_cmyk_becomes_rgb() -> None:
    loaded = load(encoded("JPEG", mode="CMYK"))
    assert loaded is not None
    with Image.open(io.BytesIO(loaded.content)) as image:
        assert image.mode == "RGB"


@pytest.mark.parametrize("content", [b"", b"not a picture", encoded("PNG")[:60]])
def test_broken_pictures_are_missing(content: bytes) -> None:
    assert load(content) is None


@pytest.mark.parametrize("content", [None, b"broken"])
def test_a_missing_picture_is_a_box_and_a_finding(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "report.docx"
    findings = write_docx(figure(content), load_style("official"), file)
    assert [finding.code for finding in findings] == ["RK703"]
    root = part(file, "word/document.xml")
    assert "（图片缺失：两名学生操作机床）" in "".join(root.itertext())


@pytest.mark.parametrize(("size", "fits"), [((3000, 100), "width"), ((100, 3000), "height")])
def test_pictures_fit_the_page(
    write: Callable[..., Path], size: tuple[int, int], fits: str
) -> None:
    file = write(figure(encoded("PNG", size), width=100))
    extent = next(part(file, "word/document.xml").iter(f"{WP}extent"))
    wide, high = int(extent.get("cx")) / 36000, int(extent.get("cy")) / 36000
    assert abs(wide / high - size[0] / size[1]) < 0.2
    if fits == "width":
        assert wide == pytest.approx(156, abs=0.1)
    else:
        assert 190 < high < 225


def test_alternative_text_and_one_copy_of_each_picture(write: Callable[..., Path]) -> None:
    made = figure(encoded("PNG"))
    twice = made.model_copy(update={"parts": (*made.parts, *made.parts)})
    file = write(twice)
    drawings = list(part(file, "word/document.xml").iter(f"{WP}docPr"))
    assert [d.get("descr") for d in drawings] == ["两名学生操作机床"] * 2
    with zipfile.ZipFile(file) as archive:
        assert [n for n in archive.namelist() if "media" in n] == ["word/media/image1.png"]
