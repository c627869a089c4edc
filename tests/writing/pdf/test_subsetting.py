"""A face that HarfBuzz refuses is subset all the same, not embedded whole."""

from typing import Any

import pytest
from weasyprint.pdf.fonts import Font

from reportkit.writing.pdf import subsetting


class Fake(Font):  # type: ignore[misc]
    """A font whose subsetting by HarfBuzz fails or works as told."""

    def __init__(self, *, works: bool) -> None:
        self.works = works
        self.file_content = b"whole"


@pytest.mark.parametrize(("works", "result"), [(True, b"harfbuzz"), (False, b"fonttools")])
def test_what_harfbuzz_refuses_is_left_to_fonttools(
    monkeypatch: pytest.MonkeyPatch, works: bool, result: bytes
) -> None:
    def harfbuzz(self: Any, gids: object, hinting: object) -> None:
        if self.works:
            self.file_content = b"harfbuzz"

    def fonttools(self: Any, gids: object, hinting: object) -> None:
        self.file_content = b"fonttools"

    monkeypatch.setattr(Font, "_harfbuzz_subset", harfbuzz)
    monkeypatch.setattr(Font, "_fonttools_subset", fonttools)
    subsetting.install()
    font: Any = Fake(works=works)
    font._harfbuzz_subset({1}, True)
    assert font.file_content == result
