"""Places and quotes in words."""

from __future__ import annotations

from collections.abc import Mapping

from ...checks.context import SEPARATOR, plain
from ...model.base import Place
from ...model.diagnostic import Related


def place_words(section: str, spot: str = "") -> str:
    """A place as one says it: headings from the chapter down, then what stands below them."""
    return "，".join(filter(None, (*section.split(SEPARATOR), spot)))


def file_place(place: Place) -> str:
    """The file, and where in it."""
    if place.line is not None:
        where = f"第 {place.line} 行"
    elif place.paragraph is not None:
        where = f"第 {place.paragraph} 段"
    else:
        where = f"单元格 {place.cell}" if place.cell else ""
    return " ".join(filter(None, (place.file, where)))


def at_place(section: str, place: Place) -> str:
    """A place in words where only the file and the headings are known."""
    return "　".join(filter(None, (place_words(section), file_place(place))))


def other_place(other: Related, names: Mapping[str, str]) -> str:
    """A place in another submission, or further on in this one; ``names`` are those of items."""
    whose = names.get(other.item, other.item)
    return "　".join(filter(None, (whose, at_place(other.section, other.place))))


def quoted(text: str) -> str:
    """What a finding quotes, without markup; nothing where its numbers stand elsewhere."""
    return "" if "{{" in text else plain(text)
