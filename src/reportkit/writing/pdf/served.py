"""What the page engine may load: the report's checked pictures and the declared fonts, only."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from html import escape
from pathlib import Path
from typing import Any

from reportkit.model.base import Place
from reportkit.model.diagnostic import Finding
from reportkit.model.report import Picture, Report
from reportkit.model.style import Style
from reportkit.writing.fonts import Face, Library, latin_family
from reportkit.writing.plan import DRAFT_MARK

from .coverage import check
from .text import Printable

SCHEME = "reportkit:"
_GENERIC = "serif"
LATIN = "U+0020-007E, U+00A1-00B6, U+00B8-02AF, U+2070-209F, U+20AC, U+2122"
"""What the Latin font draws. Quotes, dashes, … and · stay with the Chinese font."""


@dataclass(frozen=True)
class FontFace:
    """An ``@font-face`` rule."""

    family: str
    url: str
    weight: int
    style: str
    range: str = ""


class Served:
    """The fonts and pictures of one report, by the addresses that its HTML uses."""

    def __init__(self, report: Report, style: Style, fonts: Library) -> None:
        self._report, self.style, self.fonts = report, style, fonts
        self._pictures = _pictures(report)
        self._order = {path: index for index, path in enumerate(self._pictures)}
        self.checked = check(report, style, fonts)
        self.printable = Printable(self.checked.missing)
        self._files: dict[str, Face] = {}
        self.faces: list[FontFace] = []
        self._families = {role: self._role(role) for role in style.fonts}

    def families(self, role: str) -> str:
        """The CSS ``font-family`` of a font role."""
        return ", ".join([*map(quoted, self._families[role]), _GENERIC])

    @cached_property
    def thin(self) -> frozenset[str]:
        """The families in use that have no bold face."""
        names = {name for families in self._families.values() for name in families}
        return frozenset(
            name
            for name in names
            if (faces := self.fonts.family(name)) and max(face.weight for face in faces) < 600
        )

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Missing characters, substituted fonts, pictures that could not be printed."""
        lost = [
            Finding(
                code="RK703",
                place=picture.place or Place(),
                quote=what[:400],
                args={"picture": what},
            )
            for picture in pictures(self._report)
            if self.asset(picture.asset) is None
            for what in (picture.asset or picture.alt,)
        ]
        return (*self.checked.findings, *lost)

    def asset(self, path: str | None) -> str | None:
        """The address of a picture, or None if it is not among the report's assets."""
        return f"{SCHEME}asset/{self._order[path]}" if path in self._order else None

    @cached_property
    def watermark(self) -> str:
        """The address of the picture behind every page of a draft."""
        return f"{SCHEME}draft.svg"

    def load(self, url: str) -> tuple[bytes, str]:
        """The content and media type behind an address. Raises ``KeyError`` for any other."""
        if url == self.watermark:
            return self._watermark().encode(), "image/svg+xml"
        kind, _, rest = url.removeprefix(SCHEME).partition("/")
        if not url.startswith(SCHEME) or not rest.isdecimal():
            raise KeyError(url)
        if kind == "asset":
            return list(self._pictures.values())[int(rest)], ""
        if kind == "font":
            return font_bytes(self._files[url]), "font/otf"
        raise KeyError(url)

    def _role(self, role: str) -> list[str]:
        font = self.style.fonts[role]
        names = dict.fromkeys((*self.fonts.choose(font), *self.fonts.fallbacks()))
        found = [self._declared(name) for name in names]
        latin = latin_family(font, self.fonts)
        if latin is None:
            return found
        self._declare(f"Latin {latin}", latin, LATIN)
        return [f"Latin {latin}", *found]

    def _declared(self, name: str) -> str:
        """The family as CSS knows it; faces that the engine cannot find are declared."""
        faces = self.fonts.family(name)
        if faces and not all(face.known for face in faces):
            self._declare(name, name)
        return name

    def _declare(self, family: str, name: str, ranged: str = "") -> None:
        if any(face.family == quoted(family) for face in self.faces):
            return
        for face in self.fonts.family(name):
            url = f"{SCHEME}font/{len(self._files)}"
            self._files[url] = face
            style = "italic" if face.italic else "normal"
            self.faces.append(FontFace(quoted(family), url, face.weight, style, ranged))

    def _watermark(self) -> str:
        family = escape(self.families(self.style.texts["part_title"].font))
        return (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400">'
            f'<text x="200" y="250" font-size="150" text-anchor="middle" fill="#e6e6e6" '
            f'font-family="{family}" transform="rotate(-45 200 200)">{DRAFT_MARK}</text></svg>'
        )


def _pictures(report: Report) -> dict[str, bytes]:
    """The pictures that can be printed, by path, without metadata."""
    from reportkit.writing.images import load

    shown = {picture.asset for picture in pictures(report)}
    loaded = ((asset.path, load(asset.content)) for asset in report.assets if asset.path in shown)
    return {path: image.content for path, image in loaded if image is not None}


def pictures(report: Report) -> Iterator[Picture]:
    """All pictures of the report in print order."""
    for part in report.parts:
        yield from _in_blocks(part.blocks)


def _in_blocks(blocks: Iterable[Any]) -> Iterator[Picture]:
    for block in blocks:
        if block.type == "figure":
            yield from block.pictures
        elif block.type == "case":
            yield from _in_blocks(block.blocks)
        elif block.type == "list":
            for item in block.items:
                yield from _in_blocks(item.blocks)


def quoted(family: str) -> str:
    """A font family as a CSS string."""
    return '"' + family.replace("\\", "").replace('"', "") + '"'


@cache
def font_bytes(face: Face) -> bytes:
    """A face as a font file of its own; taken out of its collection if it is in one."""
    if face.index < 0:
        return Path(face.path).read_bytes()
    from io import BytesIO

    from fontTools.ttLib import TTFont

    buffer = BytesIO()
    with TTFont(face.path, fontNumber=face.index) as font:
        font.save(buffer, reorderTables=None)
    return buffer.getvalue()
