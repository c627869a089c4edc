"""What a typed number should be called: the noun that is counted, as its sentence or table says."""

from __future__ import annotations

import re

from reportkit.checks.literals import Cell, Typed
from reportkit.claims.claim import Claim, Role
from reportkit.claims.periods import Kind, Period
from reportkit.claims.quantity import Quantity
from reportkit.claims.sheets import context

_ILLEGAL = re.compile(r"[^a-z0-9_一-鿿]")
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_YEAR = re.compile(r"(?:19|20)\d\d(?:[-—–]+(?:19|20)\d\d)?(?:学年|年度|年|届|级)?")
_PLAIN = re.compile(r"合计|总计|数据|数量|数值|情况")
LONGEST = 18
_SUFFIXES = {
    Role.GROWTH: "增长率",
    Role.CHANGE: "增减量",
    Role.POINTS: "变化",
    Role.SHARE: "占比",
    Role.RATIO: "比",
    Role.TIMES: "倍数",
}
_COUNTS = {"人": "人数", "名": "人数", "位": "人数", "人次": "人次", "%": "率"}


def identifier(typed: Typed) -> str:
    """An id for what the number counts; empty where the text does not say."""
    said = typed.said
    if isinstance(said, Cell):
        return _clean(_PLAIN.sub("", _label(said.row) + _label(said.column)) or said.caption)
    core = _clean(said.subject.core)
    suffix = _SUFFIXES.get(said.role) or _COUNTS.get(typed.quantity.unit, "")
    if not core:
        return ""
    return core if core.endswith(suffix[-1:] or "\0") else (core + suffix)


def _label(text: str) -> str:
    return "".join(_YEAR.sub("", _BRACKETS.sub("", text)).split()).lstrip("年度")


def _clean(text: str) -> str:
    kept = _ILLEGAL.sub("", text.lower())
    return kept.lstrip("0123456789_")[-LONGEST:].lstrip("0123456789_")


def scope(typed: Typed) -> str:
    """Whose number it is: the organisation or the kind that is named for it."""
    said = typed.said
    if isinstance(said, Cell):
        own = context(f"{said.row}，{said.column}", ())[0]
        return "、".join(own.organisations or sorted(own.scopes)) or said.owner
    return "、".join(said.whom.organisations or sorted(said.whom.scopes))


def period(typed: Typed, current: str) -> str:
    """The period in the words of the data; ``current`` where none other is named."""
    said = typed.said
    found = said.period if isinstance(said, Claim) and said.own_period else None
    if isinstance(said, Cell):
        found = context(f"{said.row}，{said.column}", ())[1]
    return _named(found, current) if found else current


def _named(found: Period, current: str) -> str:
    if found.kind is Kind.SCHOOL_YEAR and found.first and found.last:
        return current if str(found.first) in current else found.text
    if found.kind in (Kind.YEAR, Kind.CLASS) and found.year and str(found.year) not in current:
        return str(found.year)
    return current


def unit(quantity: Quantity, digits: str) -> str:
    """The unit of the number as written, with 万 or 亿 but without 余."""
    rest = quantity.text.partition(digits)[2]
    rest = re.sub(r"以上|以下|以内|左右|上下|有余|[余多 ]", "", rest)
    return rest if rest and not rest[0].isdigit() else quantity.unit
