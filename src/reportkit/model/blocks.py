"""What an author writes: blocks, sections and chapters, before numbers and values are bound.

Texts are inline Markdown: ``**bold**``, ``*italic*``, ``[^note]``, ``@tbl:id``, ``{{ value }}``,
``[text](url)`` and backslash escapes. They are kept as written; composing resolves them.
"""

from typing import Annotated, Literal

from pydantic import Field

from .base import Placed
from .data import CsvPath

Text = Annotated[str, Field(max_length=200_000)]
BlockId = Annotated[
    str,
    Field(
        pattern=r"^[A-Za-z][A-Za-z0-9_.:-]*$",
        max_length=80,
        description="标识，供引用；如 tbl:scale、fig:campus、case:moral",
    ),
]
Claim = Annotated[
    str | None,
    Field(
        min_length=1,
        max_length=40,
        description="作者自己写的编号（如“表1-1”“（一）”），只用于与自动编号核对，不会原样印出",
    ),
]


class Paragraph(Placed):
    """A paragraph of prose."""

    type: Literal["paragraph"] = "paragraph"
    text: Text = Field(description="正文，行内 Markdown")


class ListItem(Placed):
    """One item of a list; usually a single paragraph."""

    blocks: tuple["Block", ...] = Field(description="本项内容")


class ListBlock(Placed):
    """A bulleted or numbered list."""

    type: Literal["list"] = "list"
    ordered: bool = Field(default=False, description="是否编号")
    start: int = Field(default=1, ge=0, le=9999, description="起始编号")
    items: tuple[ListItem, ...] = Field(min_length=1, description="各项")


Row = Annotated[
    tuple[Annotated[str, Field(max_length=20_000)], ...],
    Field(min_length=1, description="一行的各格"),
]


class Table(Placed):
    """A table: written out, read from a CSV file, or computed from indicators.

    Exactly one of ``rows``, ``data``, ``compare`` and ``fill`` says where the body comes from.
    In cells ``^^`` joins with the cell above and ``<<`` with the cell to the left.
    """

    type: Literal["table"] = "table"
    id: BlockId | None = None
    caption: Text = Field(default="", description="表题，不含编号")
    number: Claim = None
    unit: str | None = Field(default=None, max_length=40, description="全表共用的计量单位，如“人”")
    header_rows: int = Field(default=1, ge=0, le=5, description="表头行数")
    rows: tuple[Row, ...] = Field(default=(), description="表格各行；^^ 与上格合并，<< 与左格合并")
    data: CsvPath | None = Field(default=None, description="表身所在的 CSV 文件，如 data/scale.csv")
    compare: tuple[str, ...] = Field(default=(), description="与上年对比表：列出指标标识")
    periods: tuple[str, ...] = Field(
        default=(), description="对比的时期，先旧后新，如 [2021, 2022]"
    )
    form: Literal["comparison", "series", "breakdown"] = Field(
        default="comparison",
        description="由指标成表：comparison 与上年对比，series 逐期一行，breakdown 构成和占比",
    )
    fill: str | None = Field(
        default=None, max_length=80, description="由数据填写规范规定的表：写该表的标识"
    )
    scope: str | None = Field(default=None, description="对比表取值的统计口径")
    notes: tuple[Text, ...] = Field(default=(), description="表注")
    source: Text | None = Field(default=None, description="数据来源")
    widths: tuple[float, ...] = Field(default=(), description="各列相对宽度")
    fold: int = Field(default=1, ge=1, le=4, description="长表折成并排的几栏")
    landscape: bool = Field(default=False, description="横排页面")


class FigurePart(Placed):
    """One picture of a composite figure."""

    image: str = Field(max_length=300, description="图片文件，如 figures/a.png")
    caption: Text = Field(default="", description="分图题")
    alt: str = Field(default="", max_length=1000, description="替代文字")


class Figure(Placed):
    """A picture, or several under one caption, with the school shown and the credit."""

    type: Literal["figure"] = "figure"
    id: BlockId | None = None
    caption: Text = Field(default="", description="图题，不含编号和单位名称")
    number: Claim = None
    image: str | None = Field(default=None, max_length=300, description="图片文件")
    parts: tuple[FigurePart, ...] = Field(default=(), description="组合图的各分图")
    alt: str = Field(default="", max_length=1000, description="替代文字，供读屏软件使用")
    owner: str | None = Field(
        default=None, max_length=200, description="所属单位，印在图题后的括号内"
    )
    credit: str | None = Field(default=None, max_length=200, description="图片来源或摄影者")
    width: int = Field(default=80, ge=10, le=100, description="占版心宽度的百分比")
    notes: tuple[Text, ...] = Field(default=(), description="图注")
    source: Text | None = Field(default=None, description="资料来源")


class Chart(Placed):
    """A chart drawn from data: the first column holds categories, each further column a series."""

    type: Literal["chart"] = "chart"
    id: BlockId | None = None
    caption: Text = Field(default="", description="图题，不含编号")
    number: Claim = None
    kind: Literal["auto", "column", "stacked", "bar", "line", "pie", "ring"] = Field(
        default="auto", description="图形：柱、堆积柱、横条、折线、饼、环；auto 由数据决定"
    )
    unit: str | None = Field(default=None, max_length=40, description="计量单位")
    rows: tuple[Row, ...] = Field(default=(), description="数据；第一行是系列名，第一列是类别")
    data: CsvPath | None = Field(default=None, description="数据所在的 CSV 文件")
    compare: tuple[str, ...] = Field(default=(), description="由指标作图：列出指标标识")
    periods: tuple[str, ...] = Field(default=(), description="由指标作图的时期")
    scope: str | None = Field(default=None, description="由指标作图的统计口径")
    alt: str = Field(default="", max_length=1000, description="替代文字；缺省时由数据写成")
    notes: tuple[Text, ...] = Field(default=(), description="图注")
    source: Text | None = Field(default=None, description="数据来源")


class Case(Placed):
    """A titled story with an owner, numbered by chapter."""

    type: Literal["case"] = "case"
    id: BlockId | None = None
    title: Text = Field(default="", description="案例标题，不含编号")
    number: Claim = None
    owner: str | None = Field(default=None, max_length=200, description="案例所属单位")
    run_in: bool = Field(default=False, description="标题与正文接排")
    blocks: tuple["Block", ...] = Field(default=(), description="案例内容")


class Note(Placed):
    """A note or source line that stands by itself in the text."""

    type: Literal["note"] = "note"
    label: str = Field(default="注", max_length=20, description="注、数据来源、资料来源等")
    text: Text = Field(description="内容")


class SignOff(Placed):
    """The issuing body and date, set at the right."""

    type: Literal["sign_off"] = "sign_off"
    lines: tuple[Text, ...] = Field(min_length=1, description="落款各行：单位、日期")


class Raw(Placed):
    """Content that was not understood: kept word for word and reported, printed as plain text."""

    type: Literal["raw"] = "raw"
    text: Text = Field(description="原文")
    reason: str = Field(default="", max_length=200, description="未能识别的原因")


Block = Annotated[
    Paragraph | ListBlock | Table | Figure | Chart | Case | Note | SignOff | Raw,
    Field(discriminator="type"),
]


FootnoteLabel = Annotated[
    str, Field(pattern=r"^[^\s\[\]^]+$", max_length=40, description="脚注标记，即 [^…] 中的文字")
]


class Footnote(Placed):
    """The text of a footnote; the label in ``[^label]`` is its key in the chapter."""

    text: Text = Field(description="脚注内容")


class Section(Placed):
    """A heading with what stands under it. An empty title makes a numbered paragraph."""

    id: BlockId | None = None
    title: Text = Field(default="", description="标题，不含编号；空标题表示只有编号的段落")
    number: Claim = None
    numbered: bool = Field(default=True, description="是否编号")
    blocks: tuple[Block, ...] = Field(default=(), description="标题下的内容块")
    sections: tuple["Section", ...] = Field(default=(), description="下一级节")


class Chapter(Section):
    """A section of the first level, with the footnotes used in it."""

    file: str | None = Field(default=None, max_length=300, description="文件夹形式中的文件名")
    footnotes: dict[FootnoteLabel, Footnote] = Field(default_factory=dict, description="脚注")


for _model in (ListItem, ListBlock, Case, Section, Chapter):
    _model.model_rebuild()
