"""The mandated outline of one year and level (编制规范), as data."""

from enum import StrEnum
from typing import Literal

from pydantic import Field

from .base import Model, Placed
from .data import Indicator, Status
from .diagnostic import Severity


class Need(StrEnum):
    """Whether a section, part or table must be there."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    CONDITIONAL = "conditional"
    FORBIDDEN = "forbidden"

    @property
    def mark(self) -> str:
        """The sign used in outline matrices."""
        return {"required": "◎", "optional": "○", "conditional": "△", "forbidden": "×"}[self.value]


class PartKind(StrEnum):
    """The parts of a printed report, in the order that a standard lists them."""

    COVER = "cover"
    STATEMENT = "statement"
    PREFACE = "preface"
    TOC = "toc"
    LIST_OF_TABLES = "list_of_tables"
    LIST_OF_FIGURES = "list_of_figures"
    LIST_OF_CASES = "list_of_cases"
    BODY = "body"
    ANNEX = "annex"
    SIGN_OFF = "sign_off"
    COLOPHON = "colophon"


class Fact(Model):
    """Something a standard says, with how sure it is and where it was read."""

    status: Status = Field(default=Status.ASSUMED, description="依据的确定程度")
    basis: str | None = Field(default=None, max_length=300, description="出处")


class PartSpec(Fact):
    """One part of the report: cover, table of contents, body …"""

    part: PartKind = Field(description="组成部分")
    need: Need = Field(default=Need.REQUIRED, description="必有、可有、有条件、不得有")
    title: str | None = Field(default=None, description="印出的标题，如 目录")
    guidance: str | None = Field(default=None, description="填写提示")
    text: str | None = Field(
        default=None, description="固定文字（声明的正文等）；{organisation} 等处由报告信息填入"
    )
    fields: tuple[str, ...] = Field(default=(), description="留待签字盖章或填写的各项")


class Numbering(Model):
    """Patterns of numbers.

    Placeholders: ``{n}`` own number, ``{cn}`` the same in Chinese numerals, ``{roman}``,
    ``{circled}``, ``{path}`` dotted numbers from the chapter down, ``{chapter}`` number of the
    numbered chapter. One heading pattern for each level, the separator before the title included.
    ``None`` leaves such objects unnumbered.
    """

    heading: tuple[str, ...] = Field(default=(), description="各级标题的编号，第一个是章")
    table: str | None = Field(default=None, description="表号，如 表{chapter}-{n}；空则不编号")
    figure: str | None = Field(default=None, description="图号，如 图{chapter}-{n}")
    case: str | None = Field(default=None, description="案例号，如 案例{chapter}-{n}")
    caption_gap: str = Field(default=" ", description="表号、图号与题名之间")
    case_heading: str = Field(
        default="{label} {title}{owner}", description="案例标题行，{owner} 为（单位）"
    )
    footnote: str = Field(default="{circled}", description="脚注号，如 {circled} 或 {n}")
    footnotes_restart: Literal["page", "report"] = Field(
        default="page", description="脚注号每页重编或全篇连续"
    )


class NumberingOverride(Model):
    """What a section numbers otherwise than the rest; omitted keys stay as they are."""

    heading: tuple[str, ...] | None = Field(default=None, description="自本节的下一级起的编号样式")
    table: str | None = Field(default=None, description="本节内的表号")
    figure: str | None = Field(default=None, description="本节内的图号")
    case: str | None = Field(default=None, description="本节内的案例号")


class Content(StrEnum):
    """Kinds of content that a section is expected to hold."""

    PROSE = "prose"
    TABLE = "table"
    FIGURE = "figure"
    CASE = "case"
    LIST = "list"


class SectionSpec(Fact, Placed):
    """One section of the outline."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$", description="节的标识，全篇不重复")
    title: str = Field(description="规定的标题，不含编号")
    variants: tuple[str, ...] = Field(default=(), description="可以接受的其他标题；* 代表任意文字")
    need: Need = Field(default=Need.REQUIRED, description="必有、可有、有条件、不得有")
    condition: str | None = Field(default=None, description="conditional 时的条件，供人判断")
    part: Literal["preface", "body", "annex"] = Field(
        default="body", description="印在前言、正文还是附件中（只用于章）"
    )
    numbered: bool = Field(default=True, description="是否编号")
    numbering: NumberingOverride | None = Field(default=None, description="本节内另用的编号样式")
    expects: tuple[Content, ...] = Field(default=(Content.PROSE,), description="应有的内容")
    covers: tuple[tuple[str, ...], ...] = Field(
        default=(), description="必须谈到的各方面；每一方面列出可以认得的说法"
    )
    at_least: int = Field(default=0, ge=0, description="下列各节中至少应有几节")
    free_sections: bool = Field(default=True, description="可以有规范之外的下级节")
    ordered: bool = Field(default=True, description="下级各节须按所列的次序")
    guidance: str | None = Field(default=None, description="填写提示")
    pools: tuple[str, ...] = Field(
        default=(), description="汇总各单位的报送件时在本节成表的指标；标识，可用 * 代表任意文字"
    )
    sections: tuple["SectionSpec", ...] = Field(default=(), description="下一级各节")


class TableSpec(Fact):
    """A mandated table."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$", description="表的标识")
    title: str = Field(description="表题，不含编号")
    variants: tuple[str, ...] = Field(default=(), description="可以接受的其他表题；* 代表任意文字")
    need: Need = Field(default=Need.REQUIRED, description="必有、可有、有条件、不得有")
    condition: str | None = Field(default=None, description="conditional 时的条件，供人判断")
    section: str | None = Field(default=None, description="所在节的标识")
    header: tuple[tuple[str, ...], ...] = Field(default=(), description="表头各行")
    rows: tuple[tuple[str, ...], ...] = Field(
        default=(), description="应有的行；首格是项目名，其余为空格待填"
    )
    indicators: tuple[str, ...] = Field(default=(), description="各行对应的指标，与 rows 等长")
    guidance: str | None = Field(default=None, description="填写提示")


class Limit(Fact):
    """A bound on length, in Hanzi."""

    at_most: int | None = Field(default=None, description="至多多少个汉字")
    at_least: int | None = Field(default=None, description="至少多少个汉字")
    advised: int | None = Field(
        default=None, description="最好不超过多少个汉字；超过的先提醒，比 severity 轻一级"
    )
    severity: Severity = Field(default=Severity.WARNING, description="超出时的严重程度")


class Limits(Model):
    """Bounds of a standard."""

    case: Limit | None = Field(default=None, description="每个案例")
    body: Limit | None = Field(default=None, description="全部正文")
    section: Limit | None = Field(default=None, description="没有下级节的每一节")


class Duty(Fact):
    """Something beside the outline that a report must say, or that must be filed with it."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$", description="标识")
    title: str = Field(description="应写明的事，如 统计范围；或应另报的材料")
    says: tuple[str, ...] = Field(
        default=(), description="正文、表注或脚注中有这些说法之一，就算写明了"
    )
    when: tuple[str, ...] = Field(
        default=(), description="只要求正文中有这些说法之一的报告；空着就是一律要求"
    )
    severity: Severity = Field(default=Severity.INFO, description="没有写明时的严重程度")
    guidance: str | None = Field(default=None, description="怎样写明")


class YearChange(Fact):
    """From which title year another offset applies."""

    since: int = Field(description="自哪个标题年度起")
    offset: int = Field(description="标题年度减数据截止年度")


class YearOffset(Fact):
    """How the year in the title relates to the year of the data; ``at`` tells it for a title."""

    offset: int = Field(description="标题年度减数据截止年度")
    changes: tuple[YearChange, ...] = Field(default=(), description="后来的变化，先旧后新")

    def at(self, title_year: int) -> int:
        """The offset that applies to a report whose title names ``title_year``."""
        offset = self.offset
        for change in self.changes:
            if title_year >= change.since:
                offset = change.offset
        return offset


class DataWindow(Fact):
    """The usual window of the data: a year from ``start``, ending in the data year."""

    start: str = Field(default="01-01", pattern=r"^\d\d-\d\d$", description="起始月日，如 09-01")
    label: str | None = Field(
        default=None, description="称呼，可含 {from} {to} 两个年份，如 {from}—{to}学年"
    )


class FileName(Fact):
    """How the files of a report are called."""

    pattern: str = Field(
        min_length=1,
        max_length=100,
        description="文件名，不含扩展名；可含 {title} {organisation} {code} {region} {year}",
    )


class Counted(Model):
    """What the organisations of a level are called when they are counted: 所 + a noun."""

    unit: str = Field(max_length=10, description="量词")
    noun: str = Field(max_length=20, description="名称")


class OrganisationGroup(Model):
    """Organisations that are shown apart; the first group whose words the name has holds it."""

    scope: str = Field(min_length=1, max_length=80, description="类别，即数据中的统计口径")
    names: tuple[str, ...] = Field(description="单位名称中的字样；* 为其余各单位")


class View(Fact):
    """A table or chart of pooled values."""

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=60, description="表或图的标识")
    section: str = Field(description="所在节的标识")
    title: str | None = Field(default=None, description="题名；与规定的表同标识时可省")
    table: str | None = Field(default=None, description="按哪一张规定的表的表头排")
    rows: Literal["indicators", "regions", "groups", "periods"] = Field(
        default="indicators",
        description="每行是一个指标 indicators、一个区 regions、一类单位 groups 或一个时期 periods",
    )
    show: Literal["pooled", "spread"] = Field(
        default="pooled",
        description="pooled 汇总值；spread 汇总值、中位数、最低和最高（只用于 rows: indicators）",
    )
    group: str | None = Field(default=None, description="只汇总哪一类单位")
    indicators: tuple[str, ...] = Field(description="指标标识，可用 * 代表任意文字")
    chart: Literal["auto", "column", "stacked", "bar", "line", "pie", "ring"] | None = Field(
        default=None, description="画成图：柱、堆积柱、横条、折线、饼、环；不写是表"
    )


class Compilation(Model):
    """How a report is begun from the submissions of others."""

    coverage: str = Field(
        default="基于 {count} {unit}{noun}填报", description="说明汇总范围的话；{count} 是数目"
    )
    partial: str = Field(
        default="；各项填报数不同，最少 {least} {unit}",
        description="不是每家都填时接着说的话；{least} 是最少的填报数",
    )
    organisations: dict[str, Counted] = Field(
        default_factory=dict, description="各报送层级的单位怎样计数：school、district 等"
    )
    groups: tuple[OrganisationGroup, ...] = Field(default=(), description="单位的类别")
    views: tuple[View, ...] = Field(default=(), description="汇总成的表和图")


class RequiredIndicator(Fact):
    """An indicator whose value a submission must give."""

    id: str = Field(description="指标标识，须在指标目录中")
    need: Need = Field(default=Need.REQUIRED, description="必有、可有、有条件、不得有")
    condition: str | None = Field(default=None, description="conditional 时的条件，供人判断")


class Standard(Fact):
    """A standard after everything that it extends has been merged in."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$", description="标识，与文件夹同名")
    title: str = Field(description="规范的名称")
    level: Literal["school", "district", "municipal", "enterprise", "other"] = Field(
        description="报送层级"
    )
    version: str = Field(default="1", description="规范数据的版本")
    extends: str | None = Field(default=None, description="所继承的规范")
    year: str | None = Field(default=None, description="适用年度，供人阅读")
    title_example: str | None = Field(
        default=None, description="标题的写法，可含 {organisation} {year}"
    )
    file_name: FileName | None = Field(default=None, description="文件名的写法")
    year_offset: YearOffset | None = Field(default=None, description="标题年度与数据年度之差")
    data_window: DataWindow | None = Field(default=None, description="数据所属时期的惯例")
    parts: tuple[PartSpec, ...] = Field(description="组成部分，按印刷次序")
    numbering: Numbering = Field(description="编号样式")
    outline: tuple[SectionSpec, ...] = Field(description="提纲：各章，按次序")
    tables: tuple[TableSpec, ...] = Field(default=(), description="规定的表")
    indicators: tuple[Indicator, ...] = Field(default=(), description="本规范的指标目录")
    required_indicators: tuple[RequiredIndicator, ...] = Field(
        default=(), description="须填报的指标"
    )
    duties: tuple[Duty, ...] = Field(default=(), description="提纲之外应写明或另报的")
    compilation: Compilation = Field(
        default_factory=Compilation, description="由各单位的报送件汇总时的表、图和说法"
    )
    limits: Limits = Field(default_factory=Limits, description="字数限制")
    severities: dict[str, Severity] = Field(
        default_factory=dict, description="对个别规则严重程度的规定"
    )
    placeholders: tuple[str, ...] = Field(default=(), description="视为未填写的字样")


SectionSpec.model_rebuild()
