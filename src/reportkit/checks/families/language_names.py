"""RK621, RK622: names of organisations and documents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from reportkit.claims.names import is_general, organisations
from reportkit.vocabulary import alternatives

from ...model.diagnostic import Finding, Related, Severity
from ..context import Context
from ..prose import Prose, prose
from ..registry import Basis, Needs, Source, rule

_KIND = re.compile(rf"(?:{alternatives('organisation_kinds')})$")
_AREA = re.compile("[省市区县]")
_COUNTED = frozenset("各两三四五多所等")
_SHORTEST = 6
_USUAL, _SURE = 2, 3
"""A spelling that stands so often is one that the writer means; how often, where more differs."""
_DROPPED = 2
_QUOTED = re.compile(rf"“([^“”《》]{{4,36}}(?:{alternatives('document_endings')}))”")


@dataclass(slots=True)
class _Named:
    """An organisation's name with the texts that it stands in."""

    name: str
    seen: list[tuple[Prose, int]] = field(default_factory=list)


@rule(
    code="RK621",
    name="two-spellings",
    title="同一单位疑有两种写法",
    severity=Severity.INFO,
    source=Source(Basis.INFERRED, "已公布的报告中，单位名称时常多字、漏字或用了旧称"),
    why="单位名称前后不一，读者会以为是两家，名录和统计也对不上。",
    message="“{name}”疑与“{usual}”（全文{times}处）是同一单位",
    expected="同一单位用同一个全称",
    hint="核对单位名称，改为全称；确是两家的，不必改。",
    needs=(Needs.SUBMISSION, Needs.REPORT),
    good=(
        "# 工作\n\n## 服务\n\n与甲州市江滨食品公司合作。\n\n甲州市江滨食品公司提供场地。\n\n"
        "甲州市山阳食品公司提供设备。\n"
    ),
    bad=(
        "# 工作\n\n## 服务\n\n与甲州市江滨食品公司合作。\n\n甲州市江滨食品公司提供场地。\n\n"
        "甲州江滨食品公司提供设备。\n"
    ),
)
def two_spellings(context: Context) -> Iterator[Finding]:
    """A rare name that differs from a usual one by characters left out, or in its kind."""
    names = _names(context)
    usual = sorted((n for n in names.values() if len(n.seen) >= _USUAL), key=lambda n: n.name)
    for rare in names.values():
        likes = [u for u in usual if len(u.seen) > len(rare.seen) and _alike(rare, u)]
        if not likes or len(rare.name) < _SHORTEST:
            continue
        best = max(likes, key=lambda n: len(n.seen))
        (text, at), *again = rare.seen
        found = text.finding(
            "RK621",
            at,
            at + len(rare.name),
            name=rare.name,
            usual=best.name,
            times=len(best.seen),
        )
        beside = (_related(*best.seen[0], best.name), *(_related(*s, rare.name) for s in again))
        yield found.model_copy(update={"related": beside})


def _related(text: Prose, at: int, name: str) -> Related:
    place = text.source.place.at(text.source.text, at)
    return Related(place=place, section=text.source.node.path, quote=name)


def _names(context: Context) -> dict[str, _Named]:
    """The organisations that the report names, in the order in which they come."""
    names: dict[str, _Named] = {}
    for text in prose(context, "body", "caption", "cell", "note", "footnote"):
        for found in organisations(text.text, 0, len(text.text)):
            if not is_general(found.text, context.book.region):
                names.setdefault(found.text, _Named(found.text)).seen.append((text, found.start))
    return names


def _alike(rare: _Named, usual: _Named) -> bool:
    """Whether two names may be of one organisation, and neither is a short form of the other."""
    one, other = rare.name, usual.name
    if one.endswith(other) or other.endswith(one) or other.startswith(one):
        return False
    if _AREA.sub("", one) == _AREA.sub("", other):
        return True
    if len(usual.seen) < _SURE or len(rare.seen) >= _SURE:
        return False
    if len(one) != len(other) and abs(len(one) - len(other)) <= _DROPPED and one[:2] == other[:2]:
        short, long = sorted((one, other), key=len)
        return _within(short, long) and not (set(long) - set(short)) & _COUNTED
    return _other_kind(one, other)


def _other_kind(one: str, other: str) -> bool:
    """Whether two names differ only in the end of the noun of their kind."""
    first, second = _KIND.search(one), _KIND.search(other)
    if first is None or second is None or first[0] == second[0]:
        return False
    same = one[: first.start()] == other[: second.start()]
    return same and first[0][:2] == second[0][:2]


def _within(short: str, long: str) -> bool:
    """Whether ``short`` is ``long`` with characters left out."""
    rest = iter(long)
    return all(char in rest for char in short)


@rule(
    code="RK622",
    name="document-in-quotes",
    title="文件名称用了引号",
    severity=Severity.INFO,
    source=Source(Basis.CLAUSE, "标点符号用法（GB/T 15834—2011）"),
    why="文件、著作的名称用书名号；用引号读者分不清是文件还是说法。",
    message="文件名称“{name}”用了引号",
    expected="用书名号：《{name}》",
    hint="把引号改为书名号。",
    needs=(Needs.SUBMISSION,),
    good="# 工作\n\n## 服务\n\n按照《社区服务实施方案》开展服务，人数逐年增加。\n",
    bad="# 工作\n\n## 服务\n\n按照“社区服务实施方案”开展服务，人数逐年增加。\n",
)
def document_in_quotes(context: Context) -> Iterator[Finding]:
    """Quoted words that end like the name of a document."""
    for text in prose(context, "body", "caption", "note", "footnote"):
        for found in _QUOTED.finditer(text.text):
            yield text.finding("RK622", *found.span(), name=found[1])
