"""What the modules of the writer share while one document is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docx.opc.constants import CONTENT_TYPE

from reportkit.model.base import Place
from reportkit.model.diagnostic import Finding
from reportkit.model.report import Heading, Report
from reportkit.model.style import Style
from reportkit.model.submission import Asset
from reportkit.writing.record import Record

from .captions import Captions
from .fields import Bookmarks
from .looks import text_height, text_width
from .marks import Marks
from .numbering import Numbering
from .package import DOCUMENT, FOOTNOTES, Package
from .walk import blocks_of
from .xml import root

if TYPE_CHECKING:
    from reportkit.writing.images import Image

__all__ = ["DOCUMENT", "FOOTNOTES", "Context"]


@dataclass
class Context:
    """A report being written: its plans made beforehand, and what has been gathered so far.

    ``width`` and ``height`` are the text block in mm where the next block will stand; a landscape
    section, a case and a table cell change them.
    """

    report: Report
    style: Style
    pages: Mapping[str, str]
    record: Record | None = None
    marks: Marks | None = None
    package: Package = field(default_factory=Package)
    findings: list[Finding] = field(default_factory=list)
    drawings: int = 0
    notes_used: set[int] = field(default_factory=set)
    images: "dict[str, tuple[Image, str] | None]" = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.width = text_width(self.style)
        self.height = text_height(self.style)
        self.footnotes = root("w:footnotes", "w r")
        self.package.add(FOOTNOTES, self.footnotes, CONTENT_TYPE.WML_FOOTNOTES)
        self.package.relate(DOCUMENT, "footnotes", FOOTNOTES)
        self.numbering = Numbering(self.report)
        self.bookmarks = Bookmarks()
        self.captions = Captions(self.report, self.numbering, self.bookmarks)
        self.assets: dict[str, Asset] = {asset.path: asset for asset in self.report.assets}
        self.headings: dict[str, Heading] = {
            block.anchor: block for block in blocks_of(self.report) if isinstance(block, Heading)
        }

    def next_drawing(self) -> int:
        """A drawing id that no other drawing has; Word refuses files where two are equal."""
        self.drawings += 1
        return self.drawings

    def report_finding(self, code: str, place: Place | None, quote: str, **args: str) -> None:
        """Keep a finding about the produced file."""
        found = Finding(code=code, place=place or Place(), quote=quote[:400], args=args)
        self.findings.append(found)
