"""Content controls of Word (``w:sdt``): tagged places that a form asks for or protects."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Literal

from ..writing.docx.fields import text_run
from ..writing.docx.xml import Element, el, val

Lock = Literal["sdtLocked", "contentLocked", "sdtContentLocked"]
"""What is forbidden: to delete the control, to change what is in it, or both."""
PLACEHOLDER = "PlaceholderText"


class Controls:
    """Makes controls; ids are made of the tags, so that the same kit gives the same bytes."""

    def __init__(self) -> None:
        self._ids: set[int] = set()

    def block(
        self, content: Sequence[Element], tag: str, name: str, *, lock: Lock | None = None
    ) -> Element:
        """A control around paragraphs and tables.

        It is of the kind that Word puts around building blocks: LibreOffice 7.4 takes other
        controls around blocks for form fields, and writes their words four times.
        """
        gallery = el("w:docPartObj", None, val("w:docPartGallery", "Custom"))
        return self._control(content, tag, name, lock, gallery)

    def field(self, run: Element, tag: str, name: str, *, prompt: bool) -> Element:
        """A control in a line; ``prompt`` says that it shows what it asks for."""
        showing = el("w:showingPlcHdr") if prompt else None
        return self._control([run], tag, name, "sdtLocked", showing)

    def prompt(self, text: str) -> Element:
        """What is to be filled in: the first stroke replaces it, and the control is gone."""
        marks = (el("w:temporary"), el("w:showingPlcHdr"))
        return self._control([prompt_run(text)], "", "", None, *marks)

    def _control(
        self,
        content: Sequence[Element],
        tag: str,
        name: str,
        lock: Lock | None,
        *rest: Element | None,
    ) -> Element:
        properties = el(
            "w:sdtPr",
            None,
            val("w:alias", name[:60]) if name else None,
            val("w:tag", tag[:64]) if tag else None,
            val("w:id", self._id(tag)),
            val("w:lock", lock) if lock else None,
            *rest,
        )
        return el("w:sdt", None, properties, el("w:sdtContent", None, *content))

    def _id(self, tag: str) -> int:
        number = zlib.crc32(tag.encode()) % 2_000_000_000 + 1
        while number in self._ids:
            number += 1
        self._ids.add(number)
        return number


def prompt_run(text: str) -> Element:
    """A run that shows what is to be filled in, in grey."""
    look = el("w:rPr", None, val("w:rStyle", PLACEHOLDER), el("w:rFonts", {"hint": "eastAsia"}))
    return text_run(text, look)
