"""Periods: which year, school year or class a claim speaks about, and impossible dates.

Rule of the language: a period stands before what it governs and holds until the next one. A year
behind 较, 比, 与 or 自 is the other side of a comparison or the beginning of a span, not the period
of the number.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What sort of period it is."""

    YEAR = "年"
    SCHOOL_YEAR = "学年"
    CLASS = "届"
    DAY = "日期"
    SPAN = "时段"
    TARGET = "目标"
    BASE = "比较期"
    LAST = "上年"


@dataclass(frozen=True, slots=True)
class Period:
    """A period: ``first`` and ``last`` are years. ``text`` is how it was written, ``at`` where."""

    kind: Kind
    first: int | None = None
    last: int | None = None
    text: str = ""
    at: int = -1

    @property
    def year(self) -> int | None:
        """The one year that it is, if it is one."""
        return self.first if self.first == self.last else None

    def same(self, other: "Period") -> bool:
        """Whether both are the same period."""
        if (self.kind, self.first, self.last) != (other.kind, other.first, other.last):
            return False
        return self.kind is not Kind.SPAN or self.text == other.text


_Y = r"(?:19|20)\d\d"
_COUNTED = "余多万千百亿人所个项名门次元家平台篇件本支位册种生学场亩套间吨米公"
_BASE = r"(?:较|比|与|同|相比于?|相较于?|对比)"
_FORMS: tuple[tuple[Kind, str], ...] = (
    (
        Kind.BASE,
        rf"{_BASE} ?(?:去年|上一?个?学?年度?|前一?年|往年|上届|{_Y} ?(?:-+ ?{_Y} ?)?学?年?度?)"
        r"(?:同期|末|底)?(?:相比(?:较|之下)?)?",
    ),
    (Kind.TARGET, rf"(?<!截)(?:到|至|力争|预计|计划|规划)(?:到|至|于)? ?(?P<target>{_Y}) ?年?"),
    (
        Kind.SPAN,
        rf"自 ?{_Y} ?年?(?:\d{{1,2}} ?月)?[^，,。；;]{{0,12}}?(?:以来|起|开始)|{_Y} ?年?以来"
        r"|近(?:[一二两三四五六七八九十\d]+)年来?|[一二两三四五六七八九十]+年来|历年|历届|多年来|累计"
        r"|[“十]?十[一二三四五]五[”]?(?:时期|期间|以来)|建校以来|至今",
    ),
    (Kind.SCHOOL_YEAR, rf"(?P<s1>{_Y}) ?年? ?(?:-+|~|至|—|–) ?(?P<s2>{_Y}) ?学年(?:度)?"),
    (Kind.SPAN, rf"{_Y} ?年? ?(?:-+|~|至|—|–|、|和) ?{_Y} ?(?:年|级|届)(?:间)?"),
    (Kind.CLASS, r"(?P<class>(?:19|20)?\d\d) ?[届级](?!别)"),
    (Kind.LAST, r"去年(?!同期)|上一?年度?(?!同期)|上一?学年"),
    (Kind.YEAR, rf"(?P<year>{_Y})(?: ?年(?:度|底|末|初)?(?!以来)|(?![\d.,%-]| ?[{_COUNTED}]))"),
)
_ALL = re.compile("|".join(f"(?P<k{i}>{form})" for i, (_, form) in enumerate(_FORMS)))


def periods(folded: str, start: int, end: int) -> Iterator[Period]:
    """The periods named in a stretch of folded text, in order."""
    for found in _ALL.finditer(folded, start, end):
        assert found.lastgroup is not None
        kind = next(kind for i, (kind, _) in enumerate(_FORMS) if found[f"k{i}"] is not None)
        first, last = _years(found)
        yield Period(kind, first, last, "".join(found[0].split()), found.start())


def _years(found: re.Match[str]) -> tuple[int | None, int | None]:
    for name in ("target", "year", "class"):
        if found[name]:
            year = int(found[name])
            year += 2000 if year < 100 else 0
            return year, year
    if found["s1"]:
        return int(found["s1"]), int(found["s2"])
    years = re.findall(_Y, found[0])
    return (int(years[0]), int(years[-1])) if years else (None, None)
