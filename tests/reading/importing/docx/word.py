"""Small Word files written as XML, and what is read from them in a form that is easy to compare."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

from reportkit.reading.importing.docx import read_docx
from reportkit.reading.importing.stream import Grid, Stream, Text
from reportkit.reading.source import Log

SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    "cx": "http://schemas.microsoft.com/office/drawing/2014/chartex",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
}
_ALL = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in SPACES.items())
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
MAIN_TYPE = f"{_WORD}.document.main+xml"


def part(root: str, content: str) -> str:
    """A whole part: ``content`` in the root element ``root``."""
    return f'<?xml version="1.0" encoding="UTF-8"?><{root} {_ALL}>{content}</{root}>'


def relations(*items: tuple[str, str, str]) -> str:
    """A part of relations: id, kind (last step of the type) and target; ``:`` makes it external."""
    made = ""
    for identity, kind, target in items:
        mode = ' TargetMode="External"' if ":" in target else ""
        made += f'<Relationship Id="{identity}" Type="{_OFFICE}/{kind}" Target="{target}"{mode}/>'
    return f'<Relationships xmlns="{_RELATIONS}">{made}</Relationships>'


def package(
    body: str,
    parts: Mapping[str, str] | None = None,
    related: tuple[tuple[str, str, str], ...] = (),
    *,
    main_type: str = MAIN_TYPE,
    raw: Mapping[str, bytes] | None = None,
) -> dict[str, bytes]:
    """The entries of a Word file. ``parts`` are contents by kind (``styles``, ``footnotes`` …)."""
    parts = dict(parts or {})
    known = [(f"k{n}", kind, f"{kind}.xml") for n, kind in enumerate(parts)]
    entries = {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main_type}"/>'
        + "".join(
            f'<Override PartName="/word/{kind}.xml" ContentType="{_WORD}.{kind}+xml"/>'
            for kind in parts
        )
        + "</Types>",
        "_rels/.rels": relations(("rId1", "officeDocument", "word/document.xml")),
        "word/document.xml": part("w:document", f"<w:body>{body}</w:body>"),
        "word/_rels/document.xml.rels": relations(*known, *related),
    }
    entries |= {f"word/{kind}.xml": part(f"w:{kind}", text) for kind, text in parts.items()}
    return {name: text.encode() for name, text in entries.items()} | dict(raw or {})


def write(file: Path, entries: Mapping[str, bytes]) -> Path:
    """A ZIP archive with these entries."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return file


def read(file: Path) -> Stream:
    """The stream of a file that can be read."""
    log = Log()
    stream = read_docx(file.name, file.read_bytes(), log)
    assert stream is not None, log.findings
    assert not log.findings
    return stream


class Word:
    """Reads files that a test makes, one after the other, in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.count = 0

    def write(self, body: str, parts: Mapping[str, str] | None = None, **more: object) -> Path:
        """A Word file with this body."""
        self.count += 1
        entries = package(body, parts, **more)  # type: ignore[arg-type]
        return write(self.folder / f"{self.count}.docx", entries)

    def __call__(self, body: str, parts: Mapping[str, str] | None = None, **more: object) -> Stream:
        """What is read from a Word file with this body."""
        return read(self.write(body, parts, **more))


def run(text: str, properties: str = "") -> str:
    """A run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def para(*content: str, properties: str = "") -> str:
    """A paragraph; plain words become runs."""
    runs = "".join(item if item.startswith("<") else run(item) for item in content)
    return f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>"


def styled(style: str, text: str, properties: str = "") -> str:
    """A paragraph in a style."""
    return para(text, properties=f'<w:pStyle w:val="{style}"/>{properties}')


def style(identity: str, name: str, properties: str = "", based_on: str = "") -> str:
    """A paragraph style."""
    base = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{identity}"><w:name w:val="{name}"/>{base}'
        f"{properties}</w:style>"
    )


def field(instruction: str, result: str) -> str:
    """A complex field."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{run(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def cell(*paragraphs: str, properties: str = "") -> str:
    """A table cell; plain words become paragraphs."""
    inside = "".join(item if item.startswith("<") else para(item) for item in paragraphs)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def row(*cells: str, properties: str = "") -> str:
    """A table row; plain words become cells."""
    inside = "".join(item if item.startswith("<w:tc>") else cell(item) for item in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inside}</w:tr>"


def table(*rows: str) -> str:
    """A table."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def texts(stream: Stream) -> list[str]:
    """The texts among the items, automatic numbers in front."""
    return [item.number + item.text for item in stream.items if isinstance(item, Text)]


def only_text(stream: Stream) -> Text:
    """The one item, which must be a text."""
    (item,) = stream.items
    assert isinstance(item, Text)
    return item


def grids(stream: Stream) -> list[Grid]:
    """The tables among the items."""
    return [item for item in stream.items if isinstance(item, Grid)]


def rows_of(grid: Grid) -> list[list[str]]:
    """The texts of a table by row; joined cells once."""
    made: list[list[str]] = [[] for _ in range(grid.rows)]
    for item in grid.cells:
        made[item.row].append(item.text)
    return made


def asides(stream: Stream) -> dict[str, str]:
    """Texts set aside by reason."""
    made: dict[str, str] = {}
    for aside in stream.asides:
        made[aside.reason] = made.get(aside.reason, "") + aside.text
    return made


def told(stream: Stream) -> dict[str, int]:
    """What was not taken over, with counts."""
    return {f.args["what"]: f.args["count"] for f in stream.findings if f.code == "RK151"}
