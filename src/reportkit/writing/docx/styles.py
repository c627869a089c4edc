"""styles.xml and fontTable.xml: built-in styles by the names under which Word translates them.

``heading 1`` shows as 标题 1, ``caption`` as 题注, ``Normal Indent`` as 正文缩进, ``toc 1`` as
目录 1, ``table of figures`` as 图表目录, ``footnote text`` as 脚注文本. What Word has no name for
is named in Chinese.
"""

from collections.abc import Collection, Sequence
from copy import copy
from dataclasses import dataclass
from functools import lru_cache

from reportkit.model.style import Style, TextStyle
from reportkit.writing.plan import HEADING_LOOKS, heading_look

from .looks import (
    LANGUAGE,
    colour,
    mm,
    paragraph_look,
    pitch,
    run_look,
    text_width,
    twips,
)
from .xml import Element, el, root, val

HEADINGS = 9
TOC_LOOKS = 3


@dataclass(frozen=True)
class Spec:
    """A paragraph style: its id, its name in the file, and the key of its look.

    ``rank`` is its place in Word's lists, those of built-in styles as in Word's own templates; up
    to ``GALLERY`` it stands in the gallery, from which writers choose.
    """

    id: str
    name: str
    look: str
    based_on: str = "Normal"
    next: str | None = None
    custom: bool = True
    rank: int = 12


GALLERY = 38
NORMAL_INDENT = "NormalIndent"
PARAGRAPHS = (
    Spec(NORMAL_INDENT, "Normal Indent", "body", custom=False, rank=1),
    Spec("Title", "Title", "title", next=NORMAL_INDENT, custom=False, rank=10),
    Spec("Subtitle", "Subtitle", "subtitle", next=NORMAL_INDENT, custom=False, rank=11),
    Spec("CoverLine", "封面信息", "cover_line", rank=40),
    Spec("PartTitle", "部分标题", "part_title", next=NORMAL_INDENT),
    Spec("ListParagraph", "List Paragraph", "list", custom=False, rank=34),
    Spec("Caption", "caption", "table_caption", next=NORMAL_INDENT, custom=False, rank=35),
    Spec("FigureCaption", "图题", "figure_caption", "Caption", NORMAL_INDENT, rank=35),
    Spec("TableText", "表格正文", "table"),
    Spec("TableHeader", "表头", "table_header"),
    Spec("TableUnit", "表格单位", "unit"),
    Spec("TableNote", "表注", "note"),
    Spec("CaseHeading", "案例标题", "case_heading", next="CaseBody"),
    Spec("CaseBody", "案例正文", "case_body"),
    Spec("SignOff", "落款", "sign_off"),
    Spec("Statement", "声明正文", "statement", rank=40),
    Spec("Colophon", "题署", "colophon", rank=40),
    Spec("FootnoteText", "footnote text", "footnote", custom=False, rank=99),
    Spec("Header", "header", "header", custom=False, rank=99),
)


def heading_style(level: int, in_toc: bool) -> str:
    """The style of a heading; those that stay out of the contents have a style of their own."""
    return f"Heading{level}" if in_toc else f"PlainHeading{level}"


def all_styles(style: Style, counted: Collection[int]) -> list[Element]:
    """What stands in styles.xml; ``counted`` are the levels of headings in the first list."""
    made = _made(style.model_dump_json(), tuple(sorted(counted)))
    return [copy(element) for element in made]


@lru_cache(maxsize=16)
def _made(form: str, counted: Sequence[int]) -> list[Element]:
    """The styles of a look (as JSON): the same for each of many reports."""
    style = Style.model_validate_json(form)
    body = style.texts["body"]
    plain = body.model_copy(update={"indent": 0.0})
    spec = Spec("Normal", "Normal", "body", based_on="", custom=False, rank=0)
    look = paragraph_look(plain, base=True)
    normal = _paragraph(spec, plain, style, default=True, look=look)
    return [
        _defaults(style),
        el(
            "w:latentStyles",
            {
                "defLockedState": 0,
                "defUIPriority": 99,
                "defSemiHidden": 1,
                "defUnhideWhenUsed": 1,
                "defQFormat": 0,
                "count": 376,
            },
        ),
        normal,
        *_headings(style, counted),
        *[_paragraph(spec, style.texts[spec.look], style) for spec in PARAGRAPHS],
        *_contents(style),
        _picture(style),
        _footer(style),
        *_characters(),
        *_tables(style),
        el(
            "w:style",
            {"type": "numbering", "default": 1, "styleId": "NoList"},
            val("w:name", "No List"),
            val("w:uiPriority", 99),
            el("w:semiHidden"),
            el("w:unhideWhenUsed"),
        ),
    ]


def _defaults(style: Style) -> Element:
    look = run_look(style.texts["body"], style)
    look.append(el("w:lang", LANGUAGE))
    return el("w:docDefaults", None, el("w:rPrDefault", None, look), el("w:pPrDefault"))


def _paragraph(
    spec: Spec,
    text: TextStyle,
    style: Style,
    *,
    default: bool = False,
    look: Element | None = None,
) -> Element:
    attributes: dict[str, str | int] = {"type": "paragraph", "styleId": spec.id}
    if default:
        attributes["default"] = 1
    if spec.custom:
        attributes["customStyle"] = 1
    letters = run_look(text, style, explicit=spec.based_on not in ("", "Normal"))
    letters.append(el("w:lang", LANGUAGE))
    return el(
        "w:style",
        attributes,
        val("w:name", spec.name),
        val("w:basedOn", spec.based_on) if spec.based_on else None,
        val("w:next", spec.next) if spec.next else None,
        val("w:uiPriority", spec.rank),
        el("w:unhideWhenUsed") if spec.rank > GALLERY else None,
        el("w:qFormat") if spec.rank <= GALLERY else None,
        paragraph_look(text) if look is None else look,
        letters,
    )


def _headings(style: Style, counted: Collection[int]) -> list[Element]:
    made = []
    for level in range(1, HEADINGS + 1):
        for in_toc in (True, False):
            key = heading_look(level, in_toc=in_toc)
            text = style.texts[key]
            name = f"heading {level}" if in_toc else f"标题{level}（不入目录）"
            spec = Spec(
                heading_style(level, in_toc),
                name,
                key,
                next=NORMAL_INDENT,
                custom=not in_toc,
                rank=9 if in_toc and level <= HEADING_LOOKS else 45,
            )
            look = paragraph_look(
                text,
                page_break=level == 1 and style.chapter_new_page,
                outline=level - 1,
                numbered=_list_level(level) if in_toc and level in counted else None,
                keep_lines=True,
            )
            made.append(_paragraph(spec, text, style, look=look))
    return made


def _list_level(level: int) -> Element:
    return el("w:numPr", None, val("w:ilvl", level - 1), val("w:numId", 1))


def _contents(style: Style) -> list[Element]:
    """目录 1–9 and 图表目录, with leader dots to the right edge."""
    width = mm(text_width(style))
    made = []
    for level in range(1, HEADINGS + 1):
        key = f"toc{min(level, TOC_LOOKS)}"
        text = style.texts[key]
        spec = Spec(f"TOC{level}", f"toc {level}", key, next="Normal", custom=False, rank=39)
        look = paragraph_look(text, tabs=leader(width))
        made.append(_paragraph(spec, text, style, look=look))
    text = style.texts["toc2"].model_copy(update={"left": 0.0})
    spec = Spec("TableofFigures", "table of figures", "toc2", next="Normal", custom=False, rank=99)
    made.append(_paragraph(spec, text, style, look=paragraph_look(text, tabs=leader(width))))
    return made


def leader(width: int) -> Element:
    """A right tab with dots at ``width`` twips."""
    return el("w:tabs", None, el("w:tab", {"val": "right", "leader": "dot", "pos": width}))


def _picture(style: Style) -> Element:
    """Pictures stand in lines of automatic height, or an exact pitch would cut them off."""
    text = style.texts["figure_caption"].model_copy(
        update={
            "line": None,
            "align": "center",
            "indent": 0.0,
            "before": pitch(style, 0.25),
            "after": 0.0,
        }
    )
    text = text.model_copy(update={"keep_with_next": True})
    return _paragraph(Spec("Picture", "图片", "figure_caption"), text, style)


def _footer(style: Style) -> Element:
    number = style.page_number
    text = style.texts["header"].model_copy(
        update={"font": number.font, "size": number.size, "colour": "#000000", "line": None}
    )
    return _paragraph(Spec("Footer", "footer", "header", custom=False, rank=99), text, style)


def _characters() -> list[Element]:
    font = el("w:style", {"type": "character", "default": 1, "styleId": "DefaultParagraphFont"})
    font.extend([val("w:name", "Default Paragraph Font"), val("w:uiPriority", 1)])
    font.extend([el("w:semiHidden"), el("w:unhideWhenUsed")])
    looks = (
        ("FootnoteReference", "footnote reference", val("w:vertAlign", "superscript")),
        ("Hyperlink", "Hyperlink", None),
        ("PageNumber", "page number", None),
    )
    made = [font]
    for identity, name, look in looks:
        made.append(
            el(
                "w:style",
                {"type": "character", "styleId": identity},
                val("w:name", name),
                val("w:basedOn", "DefaultParagraphFont"),
                val("w:uiPriority", 99),
                el("w:unhideWhenUsed"),
                el("w:rPr", None, look) if look is not None else None,
            )
        )
    return made


def border(side: str, width: float, value: str = "auto", space: int = 0) -> Element:
    """A border of ``width`` points (Word counts in eighths); 0 is none."""
    kind = "single" if width else "nil"
    eighths = max(2, round(width * 8)) if width else 0
    return el(
        f"w:{side}",
        {"val": kind, "sz": eighths, "space": space, "color": value},
    )


def _tables(style: Style) -> list[Element]:
    look = style.table
    grid = look.rules == "grid"
    inner = look.line if grid else 0
    outer = look.line if grid else look.heavy
    sides = look.line if grid else 0
    borders = el(
        "w:tblBorders",
        None,
        border("top", outer),
        border("left", sides),
        border("bottom", outer),
        border("right", sides),
        border("insideH", inner),
        border("insideV", inner),
    )
    padding = twips(look.padding)
    cells = [
        el(f"w:{side}", {"w": width, "type": "dxa"})
        for side, width in (
            ("top", padding),
            ("left", max(padding, 60)),
            ("bottom", padding),
            ("right", max(padding, 60)),
        )
    ]
    fill = look.header_fill
    return [
        el(
            "w:style",
            {"type": "table", "default": 1, "styleId": "TableNormal"},
            val("w:name", "Normal Table"),
            val("w:uiPriority", 99),
            el("w:semiHidden"),
            el("w:unhideWhenUsed"),
            el("w:tblPr", None, el("w:tblInd", {"w": 0, "type": "dxa"}), _no_padding()),
        ),
        el(
            "w:style",
            {"type": "table", "customStyle": 1, "styleId": "ReportTable"},
            val("w:name", "报告表格"),
            val("w:basedOn", "TableNormal"),
            val("w:uiPriority", 59),
            el("w:qFormat"),
            el("w:tblPr", None, borders, el("w:tblCellMar", None, *cells)),
            el(
                "w:tblStylePr",
                {"type": "firstRow"},
                el("w:tcPr", None, shading(fill)) if fill else el("w:tcPr"),
            ),
        ),
    ]


def _no_padding() -> Element:
    sides = (("top", 0), ("left", 108), ("bottom", 0), ("right", 108))
    return el(
        "w:tblCellMar", None, *[el(f"w:{n}", {"w": width, "type": "dxa"}) for n, width in sides]
    )


def shading(fill: str) -> Element:
    """A plain fill."""
    return el("w:shd", {"val": "clear", "color": "auto", "fill": colour(fill)})


def font_table(style: Style) -> Element:
    """fontTable.xml: every font by name, with the name of one to take if it is missing."""
    made: dict[str, Element] = {}
    for font in style.fonts.values():
        made.setdefault(
            font.word,
            el(
                "w:font",
                {"name": font.word},
                val("w:altName", font.word_alt) if font.word_alt else None,
                val("w:charset", "86"),
                val("w:family", "auto"),
                val("w:pitch", "variable"),
            ),
        )
        made.setdefault(
            font.latin,
            el(
                "w:font",
                {"name": font.latin},
                val("w:charset", "00"),
                val("w:family", "auto"),
                val("w:pitch", "variable"),
            ),
        )
    return root("w:fonts", "w", *[made[name] for name in sorted(made)])
