"""Find the fonts that a style asks for, and tell which characters they hold.

The user's own folder comes first, then the fonts that the system knows, then those that lie on
the disk without the system knowing them (FandolFang of TeX). ``Face.known`` tells whether the
font engine finds a face by its name; the others are loaded from their file.
"""

import os
import struct
import sys
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from reportkit.model.style import Font, Style

OWN_FOLDER = "REPORTKIT_FONTS"
_SUFFIXES = frozenset({".ttf", ".otf", ".ttc", ".otc"})
_UNKNOWN = (
    f"{sys.prefix}/share/fonts/reportkit",  # where `make setup` puts them
    "/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol",
    "/usr/share/texmf/fonts/opentype",
    "/usr/local/texlive/texmf-local/fonts/opentype",
)
ALIKE = {
    "times new roman": ("Liberation Serif", "Tinos", "TeX Gyre Termes", "Nimbus Roman"),
    "arial": ("Liberation Sans", "Arimo", "TeX Gyre Heros", "Nimbus Sans"),
}
"""Latin families of the same widths, for machines without the office fonts."""
LAST_RESORT = (
    "Noto Serif CJK SC",
    "Noto Sans CJK SC",
    "Source Han Serif SC",
    "Source Han Sans SC",
    "SimSun",
    "SimSun-ExtB",
    "Microsoft YaHei",
    "PingFang SC",
    "Noto Sans Symbols",
    "Noto Sans Symbols2",
    "Segoe UI Symbol",
    "DejaVu Sans",
)
"""Families tried for a character that none of a role's own families holds."""


@dataclass(frozen=True)
class Face:
    """One face of a font file. ``index`` counts within a collection, -1 in a single-face file."""

    path: Path
    index: int
    families: tuple[str, ...]
    weight: int
    italic: bool
    known: bool

    @cached_property
    def coverage(self) -> "Coverage":
        """Which characters the face holds."""
        return Coverage(*_coverage(self.path, self.index))


class Coverage:
    """The characters of a face, as ascending ranges."""

    def __init__(self, starts: list[int], ends: list[int]) -> None:
        self._starts, self._ends = starts, ends

    def __contains__(self, char: str) -> bool:
        code = ord(char)
        at = bisect_right(self._starts, code) - 1
        return at >= 0 and code <= self._ends[at]


class Library:
    """All faces found, by family name. A family of the user's own folder hides the others."""

    def __init__(self, folder: Path | None = None) -> None:
        self._own = _index(_scan(folder, known=False)) if folder else {}
        self._system = _index(
            [face for root in _system_folders() for face in _scan(root, known=True)]
            + [face for root in _UNKNOWN for face in _scan(Path(root), known=False)]
        )

    def family(self, name: str) -> tuple[Face, ...]:
        """The faces of a family, or nothing if it is not there."""
        key = name.casefold()
        return self._own.get(key) or self._system.get(key, ())

    def faces(self) -> list[Face]:
        """All faces, each once, in an order that does not depend on where they lie."""
        found = {
            (face.path.name, face.index, face.path): face
            for index in (self._own, self._system)
            for faces in index.values()
            for face in faces
        }
        return [found[key] for key in sorted(found)]

    def has_own(self, name: str) -> bool:
        """Whether the family lies in the user's own folder."""
        return name.casefold() in self._own

    def choose(self, font: Font) -> tuple[str, ...]:
        """The families of a font role that are there: the user's own first, then best first."""
        wanted = (font.word, font.word_alt, *font.families)
        there = [name for name in dict.fromkeys(filter(None, wanted)) if self.family(name)]
        return tuple(sorted(there, key=lambda name: not self.has_own(name)))

    def fallbacks(self) -> tuple[str, ...]:
        """The families of ``LAST_RESORT`` that are there."""
        return tuple(name for name in LAST_RESORT if self.family(name))

    def face(self, name: str, *, bold: bool = False) -> Face | None:
        """The upright face of a family that is nearest to regular or bold weight."""
        target = 700 if bold else 400
        faces = [face for face in self.family(name) if not face.italic]
        return min(faces, key=lambda face: abs(face.weight - target), default=None)


def library(folder: Path | str | None = None) -> Library:
    """The fonts of this machine; ``folder`` defaults to the one in ``REPORTKIT_FONTS``."""
    chosen = folder or os.environ.get(OWN_FOLDER)
    return _library(Path(chosen).resolve() if chosen else None)


@cache
def _library(folder: Path | None) -> Library:
    return Library(folder)


def role_faces(style: Style, fonts: Library, role: str, *, bold: bool = False) -> list[Face]:
    """The faces that text of a font role is drawn with, best first, last resorts included."""
    names = [*fonts.choose(style.fonts[role]), *fonts.fallbacks()]
    faces = [fonts.face(name, bold=bold) for name in dict.fromkeys(names)]
    return [face for face in faces if face is not None]


def latin_family(font: Font, fonts: Library) -> str | None:
    """The family that draws the Latin letters of a font role, if it or its like is there."""
    names = (font.latin, *ALIKE.get(font.latin.casefold(), ()))
    return next((name for name in names if fonts.family(name)), None)


def latin_faces(font: Font, fonts: Library) -> list[Face]:
    """The upright face that draws Latin letters, if there is one."""
    name = latin_family(font, fonts)
    face = fonts.face(name) if name else None
    return [face] if face else []


def _system_folders() -> Iterator[Path]:
    home = Path.home()
    if sys.platform == "win32":
        yield Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts"
        if local := os.environ.get("LOCALAPPDATA"):
            yield Path(local) / "Microsoft" / "Windows" / "Fonts"
    elif sys.platform == "darwin":
        yield from map(Path, ("/System/Library/Fonts", "/Library/Fonts"))
        yield home / "Library" / "Fonts"
    else:
        yield from map(Path, ("/usr/share/fonts", "/usr/local/share/fonts"))
        yield home / ".fonts"
        yield Path(os.environ.get("XDG_DATA_HOME", home / ".local" / "share")) / "fonts"


def _index(faces: Iterable[Face]) -> dict[str, tuple[Face, ...]]:
    found: dict[str, tuple[Face, ...]] = {}
    for face in faces:
        for name in {name.casefold() for name in face.families}:
            found[name] = (*found.get(name, ()), face)
    return found


@cache
def _scan(folder: Path, *, known: bool) -> tuple[Face, ...]:
    try:
        files = sorted(path for path in folder.rglob("*") if path.suffix.lower() in _SUFFIXES)
    except OSError:
        return ()
    return tuple(face for path in files for face in _faces(path, known))


def _faces(path: Path, known: bool) -> list[Face]:
    """The faces of a file; none if it is not a font that can be read."""
    from fontTools.ttLib import TTFont, TTLibError

    try:
        count = _count(path)
        faces = []
        for index in range(count) if count else (-1,):
            with TTFont(path, fontNumber=index, lazy=True) as font:
                names = {
                    record.toUnicode() for record in font["name"].names if record.nameID in (1, 16)
                }
                weight = int(font["OS/2"].usWeightClass) if "OS/2" in font else 400
                italic = bool(font["head"].macStyle & 2)
            faces.append(Face(path, index, tuple(sorted(names)), weight, italic, known))
    except (TTLibError, OSError, KeyError, ValueError, struct.error, AssertionError):
        return []
    return faces


def _count(path: Path) -> int:
    """How many faces a collection holds; 0 for a single-face file."""
    with path.open("rb") as file:
        head = file.read(12)
    return int(struct.unpack(">L", head[8:12])[0]) if head[:4] == b"ttcf" else 0


def _coverage(path: Path, index: int) -> tuple[list[int], list[int]]:
    """First and last characters of the ranges that a face covers, ascending.

    The groups of a format 12 ``cmap`` are read as they stand, which is a hundred times faster
    than to unpack them; smaller fonts without one are unpacked.
    """
    from fontTools.ttLib import TTFont

    with TTFont(path, fontNumber=index, lazy=True) as font:
        cmap = bytes(font.reader["cmap"])
        count = struct.unpack(">H", cmap[2:4])[0]
        for platform, encoding, offset in struct.iter_unpack(">HHL", cmap[4 : 4 + 8 * count]):
            form = struct.unpack(">H", cmap[offset : offset + 2])[0]
            if (platform, encoding) in ((3, 10), (0, 4), (0, 6)) and form == 12:
                return _groups(cmap, offset)
        codes = sorted(font.getBestCmap() or ())
    return codes, codes


def _groups(cmap: bytes, offset: int) -> tuple[list[int], list[int]]:
    groups = struct.unpack(">L", cmap[offset + 12 : offset + 16])[0]
    values = array("I", cmap[offset + 16 : offset + 16 + 12 * groups])
    if sys.byteorder == "little":
        values.byteswap()
    return list(values[0::3]), list(values[1::3])
