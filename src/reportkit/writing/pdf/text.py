"""Characters that would print badly or slowly, replaced by what they stand for."""

import re

_ODD = {
    "\u2011": "-",  # non-breaking hyphen: in few fonts, starts a slow search
    "\u2010": "-",
    "\u00ad": "",  # soft hyphen
    "\u200b": "",
    "\u2060": "",
    "\ufeff": "",
    "\u200e": "",
    "\u200f": "",
    "\t": " ",
}
_TABLE = str.maketrans(_ODD)
_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)


def printable(text: str) -> str:
    """The text without characters that no font draws."""
    return _CONTROL.sub("", text).translate(_TABLE)
