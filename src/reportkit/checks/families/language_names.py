"""RK621, RK622: names of organisations and documents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from reportkit.claims.names import organisations
from reportkit.vocabulary import alternatives

from ...model.diagnostic import Finding, Related, Severity
from ..context import Context
from ..prose import Prose, prose
from ..registry import Basis, Needs, Source, rule

_AREA = re.compile("[省市区县]")
_SHORTEST = 6
_USUAL = 2
"""A spelling that stands so often is one that the writer means."""
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
    needs=(Needs.SUBMISSION,),
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
        likes = [u for u in usual if len(u.seen) > len(rare.seen) and _alike(rare.name, u.name)]
        if not likes or len(rare.name) < _SHORTEST:
            continue
        best = max(likes, key=lambda n: len(n.seen))
        text, at = rare.seen[0]
        found = text.finding(
            "RK621",
            at,
            at + len(rare.name),
            name=rare.name,
            usual=best.name,
            times=len(best.seen),
        )
        other, start = best.seen[0]
        beside = Related(
            place=other.source.place.at(other.source.text, start),
            section=other.source.node.path,
            quote=best.name,
        )
        yield found.model_copy(update={"related": (beside,)})


def _names(context: Context) -> dict[str, _Named]:
    """The organisations that the report names, in the order in which they come."""
    names: dict[str, _Named] = {}
    for text in prose(context, "body", "caption", "cell", "note", "footnote"):
        for found in organisations(text.text, 0, len(text.text)):
            names.setdefault(found.text, _Named(found.text)).seen.append((text, found.start))
    return names


def _alike(rare: str, usual: str) -> bool:
    """Whether two names may be of one organisation, and neither is a short form of the other."""
    if rare.endswith(usual) or usual.endswith(rare) or usual.startswith(rare):
        return False
    if _AREA.sub("", rare) == _AREA.sub("", usual):
        return True
    if abs(len(rare) - len(usual)) <= _DROPPED and len(rare) != len(usual):
        short, long = sorted((rare, usual), key=len)
        return _within(short, long) and short[:2] == long[:2]
    return False


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
