"""Indicators and their observed values."""

from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from .base import Model, Placed

IndicatorId = Annotated[
    str,
    Field(
        pattern=r"^[a-z一-鿿][a-z0-9_一-鿿]*(\.[a-z0-9_一-鿿]+)*$",
        max_length=80,
        description="指标标识",
    ),
]
"""Ids of catalogues are Latin words; a report's own indicators may be named in Chinese."""


CsvPath = Annotated[
    str,
    Field(pattern=r"^.*[.](csv|CSV)$", max_length=300, description="CSV 文件，如 data/scale.csv"),
]


class IndicatorKind(StrEnum):
    """What kind of quantity an indicator is; decides how change and totals are expressed."""

    COUNT = "count"
    AMOUNT = "amount"
    RATE = "rate"
    RATIO = "ratio"
    INDEX = "index"


class Status(StrEnum):
    """How sure a fact about a standard is."""

    OFFICIAL = "official"
    PRACTICE = "practice"
    ASSUMED = "assumed"


class PeriodKind(StrEnum):
    """What span of time the values of an indicator belong to."""

    SCHOOL_YEAR = "school_year"
    CALENDAR_YEAR = "calendar_year"
    DATE = "date"
    CLASS = "class"


class Pooling(StrEnum):
    """How the values of many organisations become one."""

    SUM = "sum"
    MEAN = "mean"
    MEDIAN = "median"
    NONE = "none"


class Threshold(Model):
    """A value that readers compare with (办学条件标准); falling short of it is told, not judged."""

    applies: str = Field(max_length=80, description="适用于哪类单位")
    at_least: Decimal | None = Field(default=None, description="不低于")
    at_most: Decimal | None = Field(default=None, description="不高于")
    basis: str = Field(max_length=300, description="出处")


class Indicator(Placed):
    """A defined metric (指标)."""

    id: IndicatorId
    name: str = Field(max_length=80, description="指标名称")
    aliases: tuple[str, ...] = Field(default=(), description="别称")
    unit: str = Field(default="", max_length=20, description="计量单位")
    kind: IndicatorKind = Field(default=IndicatorKind.COUNT, description="类型")
    decimals: int | None = Field(default=None, ge=0, le=6, description="小数位数；缺省按所填写的")
    minimum: Decimal | None = Field(default=None, description="下限")
    maximum: Decimal | None = Field(default=None, description="上限")
    formula: str | None = Field(default=None, max_length=300, description="计算公式")
    alternatives: tuple[str, ...] = Field(
        default=(), description="同样认可的其他算式（分母或折算不同），用指标标识写成"
    )
    denominator: str | None = Field(default=None, max_length=80, description="分母的口径")
    direction: str | None = Field(
        default=None, max_length=40, description="比的方向，如 甲:乙，甲在前"
    )
    period: PeriodKind | None = Field(
        default=None,
        description="时期：school_year 学年、calendar_year 自然年、date 时点、class 届",
    )
    part_of: IndicatorId | None = Field(default=None, description="是哪个指标的一部分；不会大于它")
    mean_of: tuple[IndicatorId, ...] = Field(
        default=(), description="是哪些指标的总体；应在它们的最小值与最大值之间"
    )
    thresholds: tuple[Threshold, ...] = Field(default=(), description="读者用来对照的标准值")
    pooling: Pooling | None = Field(
        default=None,
        description="各单位的值怎样汇总：sum 相加、mean 加权平均、median 中位数、none 不汇总；"
        "缺省时计数和金额相加，其余有权数的加权平均，没有的取中位数",
    )
    weights: tuple[IndicatorId, ...] = Field(
        default=(), description="加权平均的权数，用填得最多的一个；缺省为公式中的分母"
    )
    definition: str | None = Field(default=None, max_length=500, description="口径说明")
    status: Status = Field(default=Status.ASSUMED, description="依据：official、practice、assumed")
    basis: str | None = Field(default=None, max_length=300, description="出处")


class Observation(Placed):
    """The value of an indicator for a period and a scope (指标值).

    ``value`` is the number as written (decimal digits); ``missing`` says why there is none.
    """

    indicator: IndicatorId
    period: str = Field(min_length=1, max_length=40, description="时期，如 2022 或 2024-2025学年")
    scope: str = Field(default="", max_length=80, description="统计口径；空为全部")
    value: Decimal | None = Field(default=None, description="数值")
    missing: str | None = Field(default=None, max_length=80, description="无数值的原因，如 不适用")
    unit: str = Field(default="", max_length=20, description="计量单位；空为指标的单位")
    source: str = Field(default="", max_length=300, description="来源")


class Dataset(Model):
    """All data of a submission: observed values, and the bodies of large tables by file name."""

    observations: tuple[Observation, ...] = Field(default=(), description="指标值")
    tables: dict[CsvPath, tuple[Annotated[tuple[str, ...], Field(min_length=1)], ...]] = Field(
        default_factory=dict, description="CSV 表身：文件名 → 各行"
    )
