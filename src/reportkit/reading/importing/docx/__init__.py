"""Word documents → items, in the order in which they are read on paper.

The XML is read as it stands, never through a library that repairs or guesses. What Word computes
is taken as Word left it (results of fields) or counted as Word counts it (automatic numbers).

``Place.paragraph`` counts every ``w:p`` of the main part in document order from 1, whatever it
stands in (tables, text boxes, content controls, both branches of alternatives), and
``Place.column`` the visible characters of the paragraph as :mod:`.inline` gives them: whoever
writes into the file again finds the same words by the same walk. Tracked changes are read as
accepted. A table of one cell is a frame around paragraphs, which come as boxed items.
"""

from ...source import Log
from ..stream import Stream

__all__ = ["read_docx"]


def read_docx(file: str, content: bytes, log: Log) -> Stream | None:
    """The items of a Word document named ``file``; None (and RK150) if it cannot be read.

    What was not taken over (tracked deletions, comments, macros …) is told by RK151, damaged parts
    by RK152; both are in ``Stream.findings`` of the result.
    """
    from reportkit.reading.office_kinds import DISTRUST
    from reportkit.reading.ooxml import Refused, open_package

    from .reader import read

    try:
        with open_package(content, "docx") as package:
            return read(package, file)
    except Refused as refusal:
        log.findings.append(refusal.finding(file))
    except RecursionError:
        log.findings.append(Refused("内容嵌套过深，可能是恶意文件", DISTRUST).finding(file))
    return None
