"""How the files of a report are called: by the standard's pattern, and safe on every system."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Protocol

from reportkit.model.standard import Standard
from reportkit.model.submission import Organisation

LONGEST = 200
"""Bytes of a whole file name in UTF-8; file systems take 255 of them, archives and shares less."""
SLOTS = ("title", "organisation", "code", "region", "year")
"""What a pattern may name in braces."""
_ROOM = 40
"""Bytes kept free for what is added to a name: the ending, which of several files it is."""
_RESERVED = re.compile(r'[<>:"/\\|?*]')
_DEVICES = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])\s*(\.|$)", re.IGNORECASE
)
_EDGES = " .-_—·、，"


class Named(Protocol):
    """What a report is called by: its metadata, or a digest of it."""

    @property
    def title(self) -> str:
        """The report's title."""

    @property
    def title_year(self) -> int:
        """The year in the title."""

    @property
    def organisation(self) -> Organisation:
        """Who files it."""


def file_name(standard: Standard | None, metadata: Named) -> str:
    """The name of the files of a report, without ending: the standard's pattern, filled.

    Without a standard, or one that says nothing, it is the title of the report.
    """
    pattern = standard.file_name.pattern if standard and standard.file_name else "{title}"
    organisation = metadata.organisation
    values = {
        "title": metadata.title,
        "organisation": organisation.name,
        "code": organisation.code or "",
        "region": organisation.region or "",
        "year": str(metadata.title_year),
    }
    filled = re.sub(r"\{(\w+)\}", lambda slot: values.get(slot[1], slot[0]), pattern)
    return safe_name(filled)


def safe_name(text: str, longest: int = LONGEST - _ROOM) -> str:
    """``text`` as a file name that every system takes, of at most ``longest`` bytes.

    Reserved characters become ``_``; what is not seen, such as a mark that turns the direction of
    writing around, goes away.
    """
    text = unicodedata.normalize("NFC", " ".join(text.split()))
    text = "".join(char for char in text if unicodedata.category(char)[0] != "C")
    text = _cut(_RESERVED.sub("_", text).strip(_EDGES), longest).rstrip(_EDGES)
    if _DEVICES.match(text):
        text = f"_{text}"
    return text or "report"


def unique_names(names: Iterable[str], longest: int = LONGEST - _ROOM) -> list[str]:
    """The names in their order, later ones that others would replace with （2）, （3） … behind.

    Names that differ in case only are the same file on some systems.
    """
    taken: set[str] = set()
    made = []
    for name in names:
        number, given = 1, name
        while _key(given) in taken:
            number += 1
            mark = f"（{number}）"
            given = _cut(name, longest - len(mark.encode())) + mark
        taken.add(_key(given))
        made.append(given)
    return made


def _key(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()


def _cut(text: str, longest: int) -> str:
    """As many whole characters as fit into ``longest`` bytes."""
    cut = text.encode()[:longest].decode(errors="ignore")
    while len(cut) < len(text) and cut and unicodedata.combining(text[len(cut)]):
        cut = cut[:-1]
    return cut
