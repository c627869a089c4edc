"""Characters that would print badly or slowly, replaced by what they stand for."""

import re
from collections.abc import Iterable

MISSING = "〓"
"""The printer's mark for a character that no font holds."""
_ODD = {
    "\u2010": "-",
    "\u2011": "-",  # the unbreakable hyphen is in few fonts and starts a slow search
    "\u00a0": " ",
    "\u202f": " ",
    "\t": " ",
    "\n": " ",
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\ufe0e\ufe0f", ""),
}
_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)


class Printable:
    """Turns a text into one that every font can draw; ``missing`` characters become 〓."""

    def __init__(self, missing: Iterable[str] = ()) -> None:
        self._table = str.maketrans({**_ODD, **dict.fromkeys(missing, MISSING)})

    def __call__(self, text: str) -> str:
        """The text without characters that no font draws."""
        return _CONTROL.sub("", text).translate(self._table)
