"""Units and measure words: what is counted in 人 is never compared with what is counted in 人次.

The table lists the units that official reports use, by the dimension they measure. Measure words
are an open class: a character that stands where a unit stands and is not known to be something
else is taken as one, of the dimension ``COUNT``.
"""

from decimal import Decimal
from enum import StrEnum

from reportkit import vocabulary


def words(*lists: str) -> frozenset[str]:
    """The words of lists that are parted by blanks."""
    return frozenset(word for each in lists for word in each.split())


class Dimension(StrEnum):
    """What a quantity measures; only quantities of one dimension can be compared."""

    PERSON = "人数"
    TURN = "人次"
    COUNT = "个数"
    MONEY = "金额"
    AREA = "面积"
    TIME = "时长"
    PERCENT = "百分数"
    POINTS = "百分点"
    TIMES = "倍数"
    RATIO = "比例"
    OTHER = "其他计量"
    NONE = "无单位"


_TABLE: tuple[tuple[Dimension, str], ...] = (
    (Dimension.PERSON, "人 名 位"),
    (Dimension.TURN, "人次 人·次 人/次"),
    (Dimension.MONEY, "元 元人民币 美元 欧元 元/月 元/生 元/人 元/年 元/学年 元/生·年"),
    (Dimension.AREA, "平方米 平米 ㎡ m² m2 亩 公顷 平方公里 平方米/生"),
    (
        Dimension.TIME,
        "年 个月 月 周 天 日 小时 学时 课时 分钟 秒 学期 学年 周年 个学期 个学年 个小时 个工作日",
    ),
    (Dimension.PERCENT, "% ‰"),
    (Dimension.POINTS, "个百分点 百分点 个点 个千分点"),
    (Dimension.TIMES, "倍 番"),
    (
        Dimension.OTHER,
        "公里 千米 米 厘米 毫米 km m cm 吨 公斤 千克 斤 克 升 度 千瓦 千瓦时 兆 M MB GB TB G Mbps "
        "Gbps 岁 分 立方米 台/百人 册/生 台/生 个/生 人/班 Gb Mb 兆瓦 赫兹",
    ),
    (
        Dimension.COUNT,
        "个 所 家 项 门 册 部 本 种 套 台 件 间 场 次 批 期 篇 部分 支 队 组 届次 座 处 份 张 幅 "
        "条 类 门次 场次 课次 项次 点 例 户 只 辆 栋 幢 片 块 颗 株 头 首 枚 金 银 铜 对 双 节 讲 "
        "段 章 层 级 档 轮 步 步骤 方面 大 国 省 市 区 县 乡 镇 村 校 班 系 人日 工位 席 床 床位 "
        "部门 学分 分册 款 道 顶 艘 架 眼 口 封 页 字 句 轨 路 环节 维 阶 式 型 堂 桌 营 园",
    ),
)

DIMENSIONS: dict[str, Dimension] = {
    unit: dimension for dimension, units in _TABLE for unit in units.split()
}
LONGEST = max(map(len, DIMENSIONS))

_NOUNS = frozenset(vocabulary.words("counted_nouns"))
"""Nouns that stand directly behind a number; they are no measure words of their own."""

SCALES: dict[str, Decimal] = {
    "亩": Decimal("666.667"),
    "公顷": Decimal(10000),
    "平方公里": Decimal(1000000),
    "‰": Decimal("0.1"),
}
"""Worth of a unit in the base unit of its dimension, where it is not 1."""

NOT_UNITS = frozenset(
    "的和与及或等在为由是有从到至被把将对以按向于之其该本各均已再并且但而又也都就还不未无成"
    "第新老原后前上下中内外左右级届号年月日版室楼层余多来约近超达共增减比占同较"
    "零〇一二两三四五六七八九十百千万亿"
)
"""Characters that follow a number without being its measure word."""

COUNTING = words(
    "人 名 位 人次 个 所 家 项 门 册 部 本 种 套 台 件 间 场 次 批 期 篇 支 组 座 处 份 张 幅 条",
    "类 枚 首 届 年 倍 元 个月 天 周 步 大 方面 环节 步骤 维 对 节 讲 户 亩 个百分点",
)
"""Measure words behind which a Chinese numeral is a quantity (三所, 五门), not a word."""


_INSTITUTIONS = words("所 家 校")
"""Measure words for schools and firms, which reports use one for the other."""


def dimension(unit: str) -> Dimension:
    """The dimension of a unit as written; an unknown measure word counts things."""
    if not unit:
        return Dimension.NONE
    if unit == ":":
        return Dimension.RATIO
    known = DIMENSIONS.get(unit)
    if known is not None:
        return known
    return Dimension.MONEY if unit.startswith("元/") else Dimension.COUNT


def unit_at(text: str, at: int) -> str:
    """The longest unit that stands at ``at`` of a folded text, or nothing.

    A single character that no table knows counts as a measure word (open class).
    """
    for size in range(LONGEST, 0, -1):
        unit = text[at : at + size]
        if len(unit) == size and unit in DIMENSIONS:
            return "" if unit in _NOUNS else _narrowed(text, at, unit)
    char = text[at : at + 1]
    if "\u4e00" <= char <= "\u9fff" and char not in NOT_UNITS:
        return char
    return ""


def _narrowed(text: str, at: int, unit: str) -> str:
    """A Latin unit must end there: ``5G`` and ``30 m`` are units, ``3D`` and ``2M2`` are names."""
    following = text[at + len(unit) : at + len(unit) + 1]
    if unit.isascii() and unit.isalpha() and following.isascii() and following.isalnum():
        return ""
    return unit


def comparable(one: str, other: str) -> bool:
    """Whether quantities in these units can be compared: same dimension, and for things counted
    the same measure word or the general 个."""
    first, second = dimension(one), dimension(other)
    if first is not second:
        return False
    if first is not Dimension.COUNT or one == other or "个" in (one, other):
        return True
    return {one, other} <= _INSTITUTIONS
