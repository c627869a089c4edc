"""Pictures as they are compared: their bytes, and what they look like.

The look is 256 bits: whether each of 16 × 16 patches of the picture, made small and grey, is
clearly brighter than its left neighbour. It outlives other sizes, formats and compressions, but
drawings made from one template share it; they differ in ``small``, the picture itself in 24 × 24
patches of 16 greys, by more than one grey somewhere. The same picture does not, however it was
saved.
"""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from ...model.base import Place
from ...model.blocks import Figure
from ..context import Context, Node, plain
from .digest import Picture
from .limits import limits

if TYPE_CHECKING:
    from PIL import Image

SIDE, SMALL = 16, 24
BITS = SIDE * SIDE
_LONGEST = 200
_CLEARLY = 3
"""Grey levels (of 256) between neighbours that count as brighter."""
PIXEL_LIMIT = 24_000_000
"""Pixels of one picture that is looked at; larger ones are known by their bytes alone."""
TOTAL_LIMIT = 160_000_000
"""Pixels of all pictures of a submission that are looked at."""


def pictures(context: Context) -> Iterator[Picture]:
    """Every picture in a figure, in reading order. Small ones (icons) are left out."""
    assets = {asset.path: asset.content for asset in context.submission.assets}
    order: dict[Node, int] = {node: at for at, node in enumerate(context.chapters)}
    seen: dict[str, Looks] = {}
    left = TOTAL_LIMIT
    for node, block, _ in context.blocks:
        if not isinstance(block, Figure):
            continue
        for path, caption, place in _images(block):
            content = _content(assets, path)
            if content is None:
                continue
            sha = hashlib.sha256(content).hexdigest()
            if sha not in seen:
                seen[sha] = looked_at(content, left)
                left -= seen[sha].width * seen[sha].height
            looks = seen[sha]
            if min(looks.width, looks.height) >= limits().picture_pixels:
                yield Picture(
                    chapter=order[node.root],
                    path=path,
                    caption=plain(caption)[:_LONGEST],
                    owner=" ".join((block.owner or "").split()),
                    width=looks.width,
                    height=looks.height,
                    sha256=sha,
                    look=looks.look,
                    small=looks.small,
                    place=(place or node.place).bare,
                )


def _images(figure: Figure) -> Iterator[tuple[str, str, Place | None]]:
    if figure.image:
        yield figure.image, figure.caption, figure.place_of("image")
    for at, part in enumerate(figure.parts):
        place = part.place or figure.place_of(f"parts.{at}")
        yield part.image, part.caption or figure.caption, place


def _content(assets: Mapping[str, bytes], path: str) -> bytes | None:
    while path.startswith("./"):
        path = path[2:]
    return assets.get(path)


class Looks(NamedTuple):
    """Width and height in pixels; the look in 64, the small picture in 576 hexadecimal digits.

    Both are empty where the picture is too large, or has too little in it to be told from others;
    width and height are 0 where it cannot be opened.
    """

    width: int
    height: int
    look: str = ""
    small: str = ""


def looked_at(content: bytes, left: int = TOTAL_LIMIT) -> Looks:
    """What a picture looks like; ``left`` are the pixels that may still be looked at."""
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(io.BytesIO(content)) as image:
                width, height = image.size
                if not 0 < width * height <= min(PIXEL_LIMIT, left):
                    return Looks(width, height)
                image.draft("L", (8 * SMALL, 8 * SMALL))
                look = _look(_grey(image, (SIDE + 1, SIDE)))
                small = _small(_grey(image, (SMALL, SMALL))) if look else ""
                return Looks(width, height, look, small)
        except Exception:  # a broken picture can make the decoders raise anything
            return Looks(0, 0)


def _grey(image: Image.Image, size: tuple[int, int]) -> bytes:
    """The picture in patches, row by row; what can be seen through shows white paper."""
    from PIL import Image

    if image.mode in ("P", "LA", "PA", "RGBA"):
        clear = image.convert("RGBA").resize(size, Image.Resampling.BOX)
        image = Image.new("RGBA", size, "white")
        image.alpha_composite(clear)
    return image.convert("L").resize(size, Image.Resampling.BOX).tobytes()


def _look(grey: bytes) -> str:
    bits = 0
    for row in range(SIDE):
        for at in range(row * (SIDE + 1), row * (SIDE + 1) + SIDE):
            bits = bits << 1 | (grey[at + 1] - grey[at] >= _CLEARLY)
    return f"{bits:0{BITS // 4}x}" if bits.bit_count() >= limits().picture_detail else ""


def _small(grey: bytes) -> str:
    return "".join(f"{value >> 4:x}" for value in grey)


def distance(one: str, other: str) -> int:
    """In how many bits two looks differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def same_greys(one: str, other: str) -> bool:
    """Whether two small pictures differ nowhere by more than one grey."""
    return all(abs(int(a, 16) - int(b, 16)) <= 1 for a, b in zip(one, other, strict=True))
