"""Fonts that HarfBuzz fails to subset are subset by fontTools instead of being embedded whole.

HarfBuzz 6 refuses some fonts with a GDEF table (many glyphs kept, ids retained), and WeasyPrint
then embeds the whole file: 15 MB for one Chinese face. WeasyPrint 70's private method is wrapped;
with another version that lacks it, nothing is changed.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.pdf.fonts import Font


def install() -> None:
    """Wrap the subsetting of WeasyPrint, once a process."""
    original = getattr(Font, "_harfbuzz_subset", None)
    if original is None or hasattr(original, "with_fallback"):
        return

    def subset(self: Any, to_unicode: Any, hinting: Any) -> None:
        whole = self.file_content
        original(self, to_unicode, hinting)
        if self.file_content is whole:
            with _no_time():
                self._fonttools_subset(to_unicode, hinting)

    subset.with_fallback = True  # type: ignore[attr-defined]
    Font._harfbuzz_subset = subset


@contextmanager
def _no_time() -> Iterator[None]:
    """Keep fontTools from writing the time into the font: the same input gives the same bytes."""
    name, given = "SOURCE_DATE_EPOCH", os.environ.get("SOURCE_DATE_EPOCH")
    os.environ[name] = given or "0"
    try:
        yield
    finally:
        if given is None:
            del os.environ[name]
