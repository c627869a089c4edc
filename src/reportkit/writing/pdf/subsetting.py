"""Fonts that HarfBuzz fails to subset are subset by fontTools instead of being embedded whole.

HarfBuzz 6 refuses some fonts with a GDEF table (many glyphs kept, ids retained), and WeasyPrint
then embeds the whole file: 15 MB for one Chinese face. WeasyPrint 70's private method is wrapped;
with another version that lacks it, nothing is changed.
"""

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
            self._fonttools_subset(to_unicode, hinting)

    subset.with_fallback = True  # type: ignore[attr-defined]
    Font._harfbuzz_subset = subset
