"""How a report looks (版式): one source for the DOCX and the PDF writer. Lengths in mm or pt."""

from typing import Annotated, Literal

from pydantic import Field

from .base import Model

Colour = Annotated[str, Field(pattern=r"^#[0-9A-Fa-f]{6}$")]


class Page(Model):
    """Paper and margins in mm. ``inside``/``outside`` swap on even pages."""

    width: float = 210
    height: float = 297
    top: float
    bottom: float
    inside: float
    outside: float


class Font(Model):
    """A font role: the name for Word, and the families tried in turn for the PDF."""

    word: str = Field(description="East-Asian font name written into the DOCX.")
    word_alt: str | None = Field(default=None, description="w:altName, if the font is missing.")
    latin: str = Field(default="Times New Roman", description="Font of Latin letters and digits.")
    families: tuple[str, ...] = Field(description="Font families for the PDF, best first.")


class TextStyle(Model):
    """The look of one kind of paragraph."""

    font: str = Field(description="Key of Style.fonts.")
    size: float = Field(description="pt")
    bold: bool = False
    colour: Colour = "#000000"
    align: Literal["justify", "left", "center", "right"] = "justify"
    line: float | None = Field(default=None, description="Line pitch in pt; None is automatic.")
    indent: float = Field(default=0, description="First line indent in characters.")
    left: float = Field(default=0, description="Left indent in characters.")
    right: float = Field(default=0, description="Right indent in characters.")
    before: float = Field(default=0, description="Space before in pt.")
    after: float = Field(default=0, description="Space after in pt.")
    keep_with_next: bool = False


class PageNumber(Model):
    """Page numbers of front matter and body."""

    pattern: str = Field(default="— {n} —")
    side: Literal["outside", "center"] = "outside"
    font: str
    size: float
    front: Literal["roman", "none", "arabic"] = "roman"


class TableLook(Model):
    """Rules and fills of tables."""

    rules: Literal["grid", "three-line"] = "grid"
    line: float = Field(default=0.5, description="Rule width in pt.")
    heavy: float = Field(default=1.0, description="Top and bottom rule of three-line tables, pt.")
    header_fill: Colour | None = None
    group_fill: Colour | None = None
    padding: float = Field(default=2, description="Cell padding in pt.")
    long: Literal["justify", "left"] = Field(
        default="justify", description="How cells with running text are set."
    )


class CaseLook(Model):
    """Frame of cases."""

    fill: Colour | None = None
    border: Colour | None = None


class ChartLook(Model):
    """Colours of charts, in order of the series; readable in greyscale."""

    colours: tuple[Colour, ...]
    height: float = Field(default=75, description="mm")


class Style(Model):
    """A look. ``texts`` has these keys: body, heading1 … heading4, title, subtitle, cover_line,
    part_title, toc1 … toc3, table, table_header, table_caption, figure_caption, unit, note,
    footnote, case_heading, case_body, list, sign_off, header, statement, colophon."""

    id: str
    title: str
    description: str = ""
    page: Page
    fonts: dict[str, Font]
    texts: dict[str, TextStyle]
    page_number: PageNumber
    header: str = Field(default="", description="Running head; {title} is the report's title.")
    table: TableLook
    case: CaseLook
    chart: ChartLook
    chapter_new_page: bool = False
    body_on_right: bool = Field(
        default=False, description="Front matter and body begin on a right-hand page (duplex)."
    )
    table_caption: Literal["above", "below"] = "above"
    figure_caption: Literal["above", "below"] = "below"
