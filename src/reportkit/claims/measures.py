"""Units that do not fit: 人次 counted in 人, money without 元, rates over 100 %, 生均 in 亿元."""

import re
from collections.abc import Iterator
from decimal import Decimal

from reportkit.vocabulary import alternatives

from .arithmetic import digits, number
from .claim import Claim, Role
from .reader import Read
from .units import Dimension
from .verdict import Verdict

_TURNS = re.compile("人次(?:数|总数|总量)?(?:共|达到?|为|有|约|累计|超过?|近| )*$")
_HEADS = re.compile("(?<!次)人数(?:共|达到?|为|有|约|累计|超过?|近| )*$")
_MONEY = re.compile(
    "经费|收入|资金|投入|金额|产值|总值|支出|拨款|到款|到账|学费|工资|销售额|营收|创收"
)
_AT_MOST_100 = re.compile(rf"(?:{alternatives('rates_within_100')})(?:率|度|比)|比例|占比|比重")
_MAY_EXCEED = re.compile(
    "增|完成|利用|使用|到位|提高|同比|执行|生均|师生|生师|超|扩|倍|人均|相当于|为上年"
)
_PER_HEAD = re.compile("生均|人均|每生|师均")
_LARGE = Decimal(100_000_000)
_MANY = Decimal(10_000)
_HEADED = frozenset({"册", "台", "个", "平方米", "种", "本", "台套"})
_GROUNDS = re.compile("(?:占地|校舍|用地|校园|总|建筑)面积(?:共|达到?|为|约|超过| )*$")
_SMALL = Decimal(500)
_RATE_OF = re.compile(
    rf"(?:{alternatives('rates_within_100')})(?:率|度)(?:为|达到?了?|约|是|高达| )*$"
)
_HUNDRED = Decimal(100)
_RATE = re.compile("(?:率|满意度)(?:为|达到?|约|是|高达| )*$")


def wrong_units(read: Read) -> Iterator[Verdict]:
    """The units of a sentence that contradict the words before them."""
    money = False
    for claim in read.claims:
        lead = claim.lead.rstrip()
        yield from _turns(claim, lead)
        yield from _points_of_rate(claim, lead)
        yield from _per_head(claim)
        yield from _without_percent(claim, lead)
        yield from _grounds(claim, lead)
        if claim.role is Role.TIMES and claim.sign < 0:
            yield _verdict(claim, "减少用了“倍”", "减少用百分数或分数，不用倍数", 0.8)
        yield from _without_yuan(claim, lead, money)
        money = claim.quantity.dimension is Dimension.MONEY


def _turns(claim: Claim, lead: str) -> Iterator[Verdict]:
    unit = claim.quantity.unit
    if _TURNS.search(lead) and unit in ("人", "名", "位"):
        yield _verdict(
            claim, f"人次数用了“{unit}”", f"{number(claim.quantity)[: -len(unit)]}人次", 0.85
        )
    elif _HEADS.search(lead) and unit == "人次":
        yield _verdict(claim, "人数用了“人次”", "按人统计写“人”，按次统计写“人次数”", 0.65)


def _points_of_rate(claim: Claim, lead: str) -> Iterator[Verdict]:
    if claim.role is Role.POINTS and not claim.sign and _RATE.search(lead):
        yield _verdict(
            claim,
            "比率用了“百分点”",
            f"{digits(claim.quantity.value)}%（百分点只用于两个比率之差）",
            0.8,
        )


def over_hundred(claim: Claim) -> Iterator[Verdict]:
    """A rate or share of more than 100 % that cannot be."""
    if claim.role not in (Role.RATE, Role.SHARE) or claim.quantity.unit != "%":
        return
    if claim.quantity.low <= 100 or _MAY_EXCEED.search(claim.lead):
        return
    if claim.role is Role.SHARE or _AT_MOST_100.search(claim.lead):
        yield _verdict(claim, f"{number(claim.quantity)}超过100%", "这一比率不能超过100%", 0.92)


def _per_head(claim: Claim) -> Iterator[Verdict]:
    quantity = claim.quantity
    if claim.role is not Role.COUNT or not _PER_HEAD.search(claim.lead):
        return
    if quantity.dimension is Dimension.MONEY and quantity.value >= _LARGE:
        yield _verdict(claim, "人均数达亿元", f"{number(quantity)}不可能是人均数，应为总额", 0.75)
    elif quantity.unit in _HEADED and quantity.value >= _MANY:
        text = f"{digits(quantity.shown)}{quantity.unit}"
        yield _verdict(claim, f"人均数达{number(quantity)}", f"{text}，或为总数", 0.75)


def _without_percent(claim: Claim, lead: str) -> Iterator[Verdict]:
    """就业率98.3，: a rate whose sign was lost."""
    quantity = claim.quantity
    bare = not quantity.unit and quantity.scale == 1 and not quantity.pair
    if not bare or not _RATE_OF.search(lead) or not 1 < quantity.value <= _HUNDRED:
        return
    behind = claim.sentence.passage.folded[quantity.end : quantity.end + 1]
    if not behind or behind in "，,。；;、）) ":
        text = digits(quantity.shown)
        yield _verdict(claim, f"比率{text}缺少“%”", f"{text}%", 0.8)


def _grounds(claim: Claim, lead: str) -> Iterator[Verdict]:
    """占地面积25.6平方米: grounds and buildings are counted in 万平方米 or 亩."""
    quantity = claim.quantity
    small = quantity.unit in ("平方米", "平米", "㎡") and 0 < quantity.value < _SMALL
    if small and quantity.plain and not _PER_HEAD.search(lead) and _GROUNDS.search(lead):
        yield _verdict(
            claim, f"面积{number(quantity)}过小", f"{digits(quantity.shown)}万平方米", 0.7
        )


def _without_yuan(claim: Claim, lead: str, money: bool) -> Iterator[Verdict]:
    quantity = claim.quantity
    if quantity.unit or quantity.scale < 10_000 or quantity.dimension is not Dimension.NONE:
        return
    behind = claim.sentence.passage.folded[quantity.end : quantity.end + 1]
    if behind and behind.isalnum():
        return
    of_money = claim.of is not None and claim.of.quantity.dimension is Dimension.MONEY
    if of_money or (money and claim.role in (Role.CHANGE, Role.COUNT)) or _MONEY.search(lead):
        text = quantity.text.strip()
        yield _verdict(claim, f"“{text}”缺少单位“元”", f"{text}元", 0.85)


def _verdict(claim: Claim, what: str, right: str, sure: float) -> Verdict:
    others = (claim.of,) if claim.of is not None else ()
    return Verdict(claim, what, right, others, sure)
