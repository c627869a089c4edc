"""What one organisation files under a standard (报送件)."""

from datetime import date
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from .base import Model, Placed
from .blocks import Chapter
from .data import Dataset, Indicator

StandardId = Annotated[
    str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=60, description="编制规范的标识")
]


class Organisation(Placed):
    """Who files the report."""

    name: str = Field(min_length=1, max_length=100, description="单位全称")
    code: str | None = Field(default=None, max_length=20, description="学校（机构）标识码")
    credit_code: str | None = Field(default=None, max_length=20, description="统一社会信用代码")
    region_code: str | None = Field(default=None, max_length=6, description="行政区划代码")
    region: str | None = Field(default=None, max_length=40, description="所在区（市）")


class DataPeriod(Placed):
    """The window in which the data were observed; not the year in the title."""

    start: date = Field(description="起始日期，如 2022-01-01")
    end: date = Field(description="截止日期，如 2022-12-31")
    label: str | None = Field(default=None, max_length=40, description="称呼，如 2024-2025学年")
    current: str | None = Field(
        default=None, max_length=40, description="本期在指标数据中的写法；缺省为截止日期的年份"
    )


class Cover(Placed):
    """What the cover prints besides title and organisation."""

    subtitle: str | None = Field(default=None, max_length=100, description="副标题")
    issuer: str | None = Field(default=None, max_length=100, description="编制（发布）单位")
    date: str | None = Field(default=None, max_length=40, description="封面日期，如 2023年3月")
    url: str | None = Field(
        default=None, max_length=300, pattern=r"^https?://\S+$", description="公示网址"
    )


class Explanation(Placed):
    """A writer's answer to a warning, bound to the content that it explains."""

    rule: str = Field(pattern=r"^RK[1-8]\d\d$", description="规则编号，如 RK231")
    at: str = Field(max_length=200, description="位置：章节或内容块的标识，或文件名")
    content: str | None = Field(
        default=None, max_length=64, description="所说明内容的指纹，由检查结果给出"
    )
    reason: str = Field(min_length=4, max_length=1000, description="说明")


class Metadata(Placed):
    """The facts about a submission that stand in ``report.yaml``."""

    standard: StandardId
    title: str = Field(min_length=1, max_length=100, description="报告标题")
    title_year: int = Field(ge=1990, le=2100, description="标题中的年度")
    data_period: DataPeriod = Field(description="数据所属时期")
    filed_on: date | None = Field(default=None, description="报送（落款）日期")
    organisation: Organisation = Field(description="报送单位")
    cover: Cover = Field(default_factory=Cover, description="封面")
    statement: dict[str, str] = Field(
        default_factory=dict, description="内容真实性责任声明中的填写项"
    )
    sign_off: tuple[str, ...] = Field(default=(), description="文末落款各行")
    colophon: str | None = Field(default=None, max_length=300, description="末页题署")
    style: str | None = Field(default=None, max_length=60, description="版式名称")
    indicators: tuple[Indicator, ...] = Field(default=(), description="本报告自定的指标")
    previous: str | None = Field(
        default=None,
        max_length=300,
        description="上年报送件（文件夹或 JSON）的相对路径，如 ../2022/school；其数据作为往年数据",
    )
    explanations: tuple[Explanation, ...] = Field(default=(), description="对经验校验的说明")


class Manifest(Metadata):
    """``report.yaml`` of the folder form: the metadata and the list of chapter files."""

    chapters: tuple[Annotated[str, Field(max_length=300)], ...] = Field(
        min_length=1, description="各章文件，按顺序"
    )


class Asset(Model):
    """A file that blocks refer to, with its bytes (base64 in JSON)."""

    model_config = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")

    path: str = Field(max_length=300, description="相对路径，如 figures/a.png")
    content: bytes = Field(repr=False, description="文件内容，base64")


class ContentsEntry(Placed):
    """A line of a contents list that the author typed."""

    text: str = Field(min_length=1, max_length=400, description="条目，含编号")
    page: str = Field(default="", max_length=20, description="页码")


class Contents(Placed):
    """A table of contents or list that the author typed: a claim to compare, never printed."""

    kind: Literal["toc", "tables", "figures", "cases"] = Field(description="目录的种类")
    entries: tuple[ContentsEntry, ...] = Field(min_length=1, description="各条")


class Submission(Model):
    """The whole submission. Its JSON form is the exchange document."""

    format: Literal["reportkit/1"] = Field(default="reportkit/1", description="格式版本")
    metadata: Metadata = Field(description="报告信息")
    chapters: tuple[Chapter, ...] = Field(min_length=1, description="各章")
    contents: tuple[Contents, ...] = Field(
        default=(), description="作者自己排的目录，只用于与自动生成的目录核对"
    )
    data: Dataset = Field(default_factory=Dataset, description="数据")
    assets: tuple[Asset, ...] = Field(default=(), description="图片等文件")
