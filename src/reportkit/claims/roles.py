"""Grammar of the words around a number: is it a value, a share, a change, a growth rate?

Rule of the language: the verb of change stands directly before the number (增加 58 人, 增长 29.7%);
with 至 or 到 the number is the new value (提高到 98%). 占 takes the whole before 的 (占职工的 21%).
幅 and 率 behind a verb of change make a rate of it (增幅达 6.9%).
"""

import re
from dataclasses import dataclass

from .claim import Role
from .units import Dimension

UP = "新增|净增加|增加|增长|提高|提升|上升|上涨|升高|扩大|净增|增|升|多|高出|高"
DOWN = "净减少|减少|下降|降低|缩减|压缩|下滑|回落|减|降|少|低"
_UP = re.compile(f"(?:{UP})")
_WORDS = (
    "约|近|超过|超|突破|逾|达到了|达到|达|为|了|幅度|幅|率|比例|平均|分别|均|各|仅|只|又|再|共"
    "|:|在|有"
)
_CHANGE = re.compile(
    rf"(?P<verb>{UP}|{DOWN}|涨|跌)(?P<rate>幅度?|率|速|比例)?[量数额值]?(?:{_WORDS}| )*$"
)
_WHEN = re.compile(r"(?:(?:19|20)\d\d ?(?:学?年度?|届|级)?|上年|去年|目前|现在|当前)的? ?$")
_NOT_CHANGE = re.compile(r"(?:新|递|倍|很|最|更|不)$")
_NO_LEAD = re.compile(rf"(?:{_WORDS}|其中|[ ，])*")
_REACHED = re.compile(
    rf"(?:{UP}|{DOWN}|扩展|扩充|发展|达|完善|精简|优化|调整|压减)(?:至|到|为|成)(?:{_WORDS}| )*$"
)
_SHARE = re.compile(
    rf"占(?P<base>[^占]{{0,30}}?)(?:的?(?:比例|比重|百分比)|的|总数的?)?(?:{_WORDS}| )*$"
)
_SHARE_WORD = re.compile(
    rf"(?P<what>.*?)(?:所占|占|的)?(?:占比|所占比例|所占比重|占比例)(?:{_WORDS}| )*$"
)
_NAMED_RATE = re.compile(
    rf"(?P<name>[^，。；]*?(?:率|满意度|比例|比重|度|面))(?:{_WORDS}|高|整体|总体| )*$"
)
_COUNTED = frozenset(
    {Dimension.PERSON, Dimension.TURN, Dimension.COUNT, Dimension.MONEY, Dimension.AREA,
     Dimension.TIME, Dimension.OTHER, Dimension.NONE}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """The role of a number, the sign of a change, the base of a share."""

    role: Role
    sign: int = 0
    base: str = ""
    reached: bool = False
    cut: int | None = None
    """How much of the lead is subject: what stands before the verb of change or 占."""


def read(lead: str, tail: str, dimension: Dimension, *, compared: bool) -> Reading:
    """The reading of a number with the words before and behind it in its item.

    ``compared`` tells whether the item or one before names a period of comparison.
    """
    lead = _WHEN.sub("", lead.rstrip())
    reached = _REACHED.search(lead)
    if dimension is Dimension.RATIO:
        return Reading(Role.RATIO, reached=reached is not None)
    if dimension is Dimension.POINTS:
        return _points(lead)
    change = _change(lead, compared)
    if reached and not (change and change["rate"]):
        role = Role.RATE if dimension is Dimension.PERCENT else Role.COUNT
        return Reading(role, reached=True, cut=reached.start())
    if change and dimension is Dimension.TIMES:
        return Reading(Role.TIMES, _sign(change), cut=change.start())
    if dimension is Dimension.TIMES:
        return Reading(Role.TIMES)
    if dimension is Dimension.PERCENT:
        return _percent(lead, tail, change)
    if change and not change["rate"] and dimension in _COUNTED:
        return Reading(Role.CHANGE, _sign(change), cut=change.start())
    return Reading(Role.COUNT)


def _points(lead: str) -> Reading:
    change = _CHANGE.search(lead)
    if change is None:
        return Reading(Role.POINTS)
    return Reading(Role.POINTS, _sign(change), cut=change.start())


def _percent(lead: str, tail: str, change: re.Match[str] | None) -> Reading:
    if change is not None:
        return Reading(Role.GROWTH, _sign(change), cut=change.start())
    if word := _SHARE_WORD.search(lead):
        return Reading(Role.SHARE, cut=word.end("what"))
    share = _SHARE.search(lead)
    if share is not None:
        return Reading(Role.SHARE, base=share["base"].strip(), cut=share.start())
    if tail.startswith("的") and _NO_LEAD.fullmatch(lead):
        return Reading(Role.SHARE, base=tail[1:].strip())
    if _NAMED_RATE.search(lead):
        return Reading(Role.RATE)
    return Reading(Role.RATE)


def _change(lead: str, compared: bool) -> re.Match[str] | None:
    """The verb of change at the end; 新增 and short ones (多, 少) only in a comparison."""
    found = _CHANGE.search(lead)
    if found is None or _NOT_CHANGE.search(lead, 0, found.start("verb")):
        return None
    if found["verb"] in {"新增", "多", "少", "高", "低", "减", "降", "增", "升"} and not (
        compared or found["rate"]
    ):
        return None
    return found


def _sign(change: re.Match[str]) -> int:
    return 1 if _UP.match(change["verb"]) or change["verb"] == "涨" else -1
