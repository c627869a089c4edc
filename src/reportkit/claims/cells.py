"""Cells of tables as data: a quantity, a sign that there is none, or words."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from .numerals import fold
from .quantity import Bound, Quantity, scan, scan_folded
from .units import DIMENSIONS, words

MISSING = words("— —— ——— - -- --- – / \\ 无 ／ × 不适用 未统计 暂无 无数据 缺 N/A n/a NA 空 … *")
"""Signs in a cell that say that there is no value (domain rule TF-13)."""

_LEAD = re.compile(
    r"(?P<down>减少了?|下降了?|降低了?|减|降|↓|▼)|(?P<up>增加了?|增长了?|提高了?|上升了?|增|升|↑|▲|\+)"
)
_IN_BRACKETS = re.compile(r"[（(]\s*(?:单位[:：])?\s*([^（）()\d]{1,8})\s*[）)]")
_ALONE = re.compile(r"[\s()（）*¹²³⁴⁵⁶⁷⁸⁹①②③④⑤⑥⑦⑧⑨]*")
_BRACKETED = re.compile(r"^\((?P<number>[\d,.]+)\)$")


@dataclass(frozen=True, slots=True)
class CellValue:
    """A cell that holds one quantity. ``signed`` tells that it shows a direction (增加, -, ↓)."""

    quantity: Quantity
    signed: bool = False

    @property
    def value(self) -> Decimal:
        """The value in the base unit, negative where the cell says 减少."""
        return self.quantity.value


def is_missing(text: str) -> bool:
    """Whether a cell says that there is no value; an empty cell does not say so."""
    return text.strip() in MISSING


def cell_value(text: str) -> CellValue | None:
    """The quantity that a cell holds and nothing else, or None.

    ``253``, ``12,345.6``, ``43.7%``, ``2.5:1``, ``3.2万``, ``减少58人`` and ``↑4.5`` are such
    cells; ``3+2``, ``2022年`` and ``2人升学、3人就业`` are not. 减少 and ↓ make the value negative.
    """
    folded = fold(text).strip()
    if not folded or is_missing(text):
        return None
    folded = _BRACKETED.sub(lambda m: m["number"], folded)
    lead = _LEAD.match(folded)
    body = folded[lead.end() :].strip() if lead else folded
    found = scan_folded(body, body) or _bare_number(body)
    if len(found) != 1 or not _alone(body, found[0]):
        return None
    quantity = found[0]
    if lead and lead["down"]:
        quantity = negated(quantity)
    return CellValue(quantity, signed=bool(lead) or quantity.shown < 0)


def _bare_number(body: str) -> list[Quantity]:
    """A cell of digits alone is a number even if it could be a year; its column says which."""
    if not body.isdecimal():
        return []
    return [replace(q, unit="", end=len(body), text=body) for q in scan_folded(f"{body}个", body)]


def _alone(body: str, quantity: Quantity) -> bool:
    before = body[: quantity.start]
    if quantity.bound is not Bound.SHOWN:
        before = before.rstrip("约近超过逾不足突破")
    return bool(_ALONE.fullmatch(before) and _ALONE.fullmatch(body[quantity.end :]))


def negated(quantity: Quantity) -> Quantity:
    """The quantity with the opposite sign."""
    return replace(
        quantity,
        shown=-quantity.shown,
        value=-quantity.value,
        low=-quantity.high,
        high=-quantity.low,
    )


def unit_of(label: str) -> str:
    """The unit that a label gives in brackets, if it is one that is known."""
    for found in reversed(_IN_BRACKETS.findall(label)):
        unit = str(found).strip()
        probe = scan(f"10{unit}")
        if len(probe) == 1 and probe[0].unit in DIMENSIONS and probe[0].end == len(unit) + 2:
            return unit
    return ""


def with_unit(quantity: Quantity, unit: str) -> Quantity:
    """A bare number with the unit that its label gives; one with a unit of its own stays."""
    if quantity.unit or not unit:
        return quantity
    probe = scan(f"10{unit}")
    if not probe or not probe[0].unit or quantity.pair:
        return quantity
    worth = probe[0].scale
    return replace(
        quantity,
        unit=probe[0].unit,
        scale=quantity.scale * worth,
        value=quantity.value * worth,
        low=quantity.low * worth,
        high=quantity.high * worth,
        step=quantity.step * worth,
        text=f"{quantity.text}{unit}",
    )
