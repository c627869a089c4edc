"""PDF with text → lines and tables, by where the characters stand on the page.

PDFium gives the characters with their places and the drawn lines; everything else is geometry:
``chars`` makes rows of a page, ``lattice`` the cells of ruled tables, ``furniture`` tells heads and
feet of pages from the text, ``source`` puts the stream together. ``Place.page`` is the sheet,
``Place.line`` a line of the text as extracted.
"""

from ...source import Log
from ..stream import Stream

__all__ = ["read_pdf"]


def read_pdf(file: str, content: bytes, log: Log) -> Stream | None:
    """The items of a PDF named ``file``; None (RK150, RK155) if it holds no text to be read."""
    from .source import read

    return read(file, content, log)
