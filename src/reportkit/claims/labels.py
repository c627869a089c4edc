"""What the label of a row or column says that its numbers are.

Rule of the language: 增长量, 增减 and the like are differences, 增长率, 增幅 rates of growth; 合计
and 总计 are sums, 其中 begins a part; 占比 and 比例 are shares; what ends in 率, 满意度 or begins
with 生均 cannot be added up.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from reportkit.claims.numerals import fold

_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_YEAR = r"(?:19|20)\d\d"
_PERIOD = re.compile(
    rf"(?P<first>{_YEAR}) ?年? ?(?:-+|~|至|—+|–) ?(?P<last>{_YEAR}|\d\d) ?(?:学年度?|年度?)?"
    rf"|(?P<year>{_YEAR})(?!\d) ?(?:学年度?|年度?[末底]?|届|级)?"
    r"|(?P<now>本年度?|今年|本学年|本期|当年|本届)"
    r"|(?P<before>上一?年度?|去年|上一?学年|上期|上届)(?!同期)"
)
_CHANGE = re.compile(
    "增长量|增长数|增长额|增减|增加数|增加量|增量|净增|变化|变动|增幅|增速|增长|升降|同比|环比|增加值|差额|差值"
)
_GROWTH = re.compile("率|幅|速|百分比|%")
_TOTAL = re.compile("(?:合计|总计|共计|总和|累计|总数|汇总)(?:数|人数|金额|额)?")
_SUBTOTAL = re.compile(".{0,12}小计|.{1,8}(?:合计|总计|共计)")
_PART = re.compile(r"^(?:\d+[.、]?|[(（]\d+[)）])?其中")
_SHARE = re.compile("占比|比重|百分比|占.{1,20}(?:比例|比重|百分)|(?:^|[^师普学])比例|^比率")
_RATE = re.compile("率(?:$|[^先领])|满意度|百分比|占比|比重|比例|指数")
_MEAN = re.compile("[生人户班校]均|平均|每百|百名|人均|生师比|师生比|年龄|单价|标准$")
_ORDINAL = re.compile(
    "^(?:序号|编号|代码|排名|名次|位次|排序|年份?|年度|时间|日期|学制|.{0,8}代码|电话|邮编)$"
)
_NO_SUM = re.compile("去重|不重复|剔除重复|扣除重复|不计重复|重复")


class Kind(StrEnum):
    """What a line of a table is."""

    DATA = "data"
    TOTAL = "total"
    SUBTOTAL = "subtotal"
    PART = "part"
    CHANGE = "change"
    GROUP = "group"
    HEADER = "header"


@dataclass(frozen=True, slots=True)
class Named:
    """A label taken apart: its kind, the years it names, and what is left without them."""

    kind: Kind
    years: tuple[int, ...]
    topic: str


def named(label: str) -> Named:
    """What a label says. Years come in order; this year is 0 and last year -1 where unnamed."""
    folded = fold(label)
    years = [_year(found) for found in _PERIOD.finditer(folded)]
    rest = _PERIOD.sub("", folded) if years else folded
    bare = "".join(_BRACKETS.sub("", rest).split()).strip("：:、，.")
    if _CHANGE.search(bare):
        topic = _CHANGE.split(bare)[0] if not years else ""
        return Named(Kind.CHANGE, tuple(years), re.sub("[较比与相对于同]+$|[较比]$", "", topic))
    if _TOTAL.fullmatch(bare):
        return Named(Kind.TOTAL, tuple(years), "")
    if _SUBTOTAL.fullmatch(bare):
        return Named(Kind.SUBTOTAL, tuple(years), "")
    if _PART.match(bare):
        return Named(Kind.PART, tuple(years), bare)
    return Named(Kind.DATA, tuple(years), bare)


def _year(found: re.Match[str]) -> int:
    if found["now"]:
        return 0
    if found["before"]:
        return -1
    last = found["last"] or found["year"]
    return int(last) if len(last) == 4 else int(found["first"][:2] + last)


def is_growth(label: str) -> bool:
    """Whether a line of changes gives rates and not amounts, as far as its label tells."""
    return bool(_GROWTH.search(label))


def is_share(label: str) -> bool:
    """Whether a label names shares of a whole."""
    return bool(_SHARE.search(_BRACKETS.sub("", label)))


def is_rate(label: str) -> bool:
    """Whether a label names rates or shares, of which a table unit such as 人 says nothing."""
    return bool(_RATE.search(_BRACKETS.sub("", label)))


def adds_up(label: str) -> bool:
    """Whether numbers under this label can be added up."""
    return not (is_rate(label) or _MEAN.search(label) or _ORDINAL.match(label.strip()))


def is_ordinal(label: str) -> bool:
    """Whether a line counts or codes its rows and holds no data."""
    return bool(_ORDINAL.match(_BRACKETS.sub("", label).strip()))


def overlaps(text: str) -> bool:
    """Whether a label or note says that the total is no plain sum."""
    return bool(_NO_SUM.search(text))
