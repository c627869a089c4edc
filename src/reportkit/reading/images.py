"""Checks pictures: what they really are, whether they are whole, and that they are not bombs."""

import io
import warnings
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

IMAGE_LIMIT = 20_000_000
"""Bytes that a picture may have."""
PIXEL_LIMIT = 60_000_000
"""Pixels that a picture may have."""
FORMATS = {
    "PNG": {".png"},
    "JPEG": {".jpg", ".jpeg", ".jpe", ".jfif"},
    "MPO": {".jpg", ".jpeg"},
    "GIF": {".gif"},
    "WEBP": {".webp"},
    "TIFF": {".tif", ".tiff"},
    "BMP": {".bmp", ".dib"},
}
"""Accepted formats and the endings that belong to them."""
ENDINGS = set().union(*FORMATS.values())
_OPENERS = [name for name in FORMATS if name != "MPO"]  # an MPO is opened as a JPEG
_NAMES = "PNG、JPEG、GIF、WebP、TIFF、BMP"


def problem(path: str, content: bytes) -> tuple[str, str] | None:
    """The code and the reason why a picture cannot be used; None if it can."""
    from PIL import Image, ImageFile, UnidentifiedImageError

    ImageFile.LOAD_TRUNCATED_IMAGES = False  # other libraries turn it on for the whole process
    if len(content) > IMAGE_LIMIT:
        return "RK119", f"文件有 {len(content) / 1e6:.0f} MB，不能超过 {IMAGE_LIMIT / 1e6:.0f} MB"
    if not content:
        return "RK118", "文件是空的"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(io.BytesIO(content), formats=_OPENERS) as image:
                return _image_problem(image, path, content)
        except UnidentifiedImageError:
            return "RK118", _what_else(content)
        except Image.DecompressionBombError:
            return "RK119", "像素数过大"
        except Exception:  # a broken picture can make the decoders raise anything
            return "RK118", "图片已损坏，不能完整打开"


def _image_problem(image: "Image.Image", path: str, content: bytes) -> tuple[str, str] | None:
    width, height = image.size
    if width * height * getattr(image, "n_frames", 1) > PIXEL_LIMIT:
        return "RK119", f"图片为 {width}×{height} 像素，总数不能超过 {PIXEL_LIMIT // 10_000} 万"
    kind = image.format or ""
    ending = PurePosixPath(path).suffix.lower()
    if ending not in FORMATS[kind]:
        right = sorted(FORMATS[kind])[-1 if kind == "PNG" else 0]
        return "RK118", f"内容是 {kind} 图片，扩展名却是 {ending or '空的'}；应为 {right}"
    if kind == "PNG":
        image.verify()
    elif kind not in ("JPEG", "MPO"):
        image.load()
    elif content.rfind(b"\xff\xd9") < content.rfind(b"\xff\xda"):
        return "RK118", "图片不完整，后面一部分丢失了"  # no end after the last scan began
    return None


def _what_else(content: bytes) -> str:
    start = content[:1000].lstrip().lower()
    if start.startswith((b"<?xml", b"<svg", b"<!--")) and b"<svg" in content[:5000].lower():
        return f"是 SVG 图片；请转换为 PNG 后再用（可用 {_NAMES}）"
    if start.startswith(b"%pdf"):
        return f"是 PDF 文件，不是图片；请转换为 PNG（可用 {_NAMES}）"
    if content[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1"):
        return f"是 HEIC 图片；请转换为 JPEG（可用 {_NAMES}）"
    if content.startswith(b"PK"):
        return f"是 Office 文件或压缩包，不是图片（可用 {_NAMES}）"
    return f"不是可用的图片（可用 {_NAMES}）"
