"""Pictures as both writers print them: decoded once, stripped of what they tell of their maker."""

import io
from dataclasses import dataclass

MAX_PIXELS = 60_000_000
MAX_SIDE = 4000
"""Longer sides are scaled down: 4000 pixels are 600 dpi on the width of A4's text block."""
_KEPT = {"PNG": "png", "JPEG": "jpeg"}
_READ = ("PNG", "JPEG", "GIF", "WEBP", "TIFF", "BMP")
"""Formats that are decoded; others may run programs (EPS) or hold pages."""


@dataclass(frozen=True)
class Image:
    """A picture ready to print: bytes, extension, size in pixels."""

    content: bytes
    extension: str
    width: int
    height: int


def load(content: bytes) -> Image | None:
    """Decode a picture and make it PNG or JPEG without metadata; None if that is impossible.

    A PNG or JPEG that carries no metadata is kept byte for byte.
    """
    from PIL import Image as Pillow
    from PIL import ImageFile, ImageOps

    ImageFile.LOAD_TRUNCATED_IMAGES = False  # the page engine turns it on: torn ones would pass
    try:
        with Pillow.open(io.BytesIO(content), formats=_READ) as image:
            if image.width * image.height > MAX_PIXELS or min(image.size) < 1:
                return None
            if _clean(image):
                image.load()
                return Image(content, _KEPT[str(image.format)], image.width, image.height)
            jpeg = image.format == "JPEG"
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((MAX_SIDE, MAX_SIDE))
            return _encode(upright, jpeg)
    except (OSError, ValueError, SyntaxError, Pillow.DecompressionBombError, MemoryError):
        return None


def _clean(image: object) -> bool:
    """Whether an image may go in as it is."""
    from PIL import Image as Pillow

    assert isinstance(image, Pillow.Image)
    noise = {"exif", "xmp", "XML:com.adobe.xmp", "comment", "photoshop", "Raw profile type exif"}
    plain = {"dpi", "jfif", "jfif_version", "jfif_unit", "jfif_density", "gamma", "transparency"}
    plain |= {"srgb", "aspect", "interlace", "icc_profile", "progressive", "progression"}
    return (
        image.format in _KEPT
        and image.mode in ("RGB", "RGBA", "L", "LA", "P", "1")
        and max(image.size) <= MAX_SIDE
        and not noise & image.info.keys()
        and plain >= image.info.keys()
    )


def _encode(image: object, jpeg: bool) -> Image:
    from PIL import Image as Pillow

    assert isinstance(image, Pillow.Image)
    if image.mode not in ("RGB", "RGBA", "L", "LA"):
        transparent = image.mode in ("PA", "P") and "transparency" in image.info
        image = image.convert("RGBA" if transparent else "RGB")
    fresh = Pillow.new(image.mode, image.size)
    fresh.paste(image)
    buffer = io.BytesIO()
    if jpeg and fresh.mode in ("RGB", "L"):
        fresh.save(buffer, "JPEG", quality=92)
        return Image(buffer.getvalue(), "jpeg", *fresh.size)
    fresh.save(buffer, "PNG")
    return Image(buffer.getvalue(), "png", *fresh.size)
