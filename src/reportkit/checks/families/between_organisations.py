"""RK801 to RK806: who filed, who filed twice, who is missing, and what the roster says."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ...model.diagnostic import Finding, Related, Severity
from ..between.digest import Digest
from ..between.gathering import Gathering, other, place_in, same_name
from ..registry import Basis, Needs, Source, rule

PRACTICE = Source(Basis.PRACTICE, "收件核对：一家单位一份，名称、代码与名录一致")
_TWO = """
== 单位甲
=== report.yaml
organisation: {name: 示例单位甲, code: "3611000001"}
== 单位乙
=== report.yaml
organisation: {name: 示例单位乙, code: "3611000002"}
"""
_ROSTER = """
== 名录
单位名称,标识码,所在区
示例单位甲,3611000001,东区
示例单位乙,3611000002,东区
"""


@rule(
    code="RK801",
    name="organisation-twice",
    title="同一单位报了两份",
    severity=Severity.WARNING,
    source=PRACTICE,
    why="汇总时会算两遍，也不知道以哪一份为准；弄清之前，上级的合计不核对。",
    message="“{name}”{year} 年度的报告收到 {count} 份：{items}",
    expected="同一单位、同一年度、同一规范只报一份",
    hint="留下定稿，撤回其余各份{explain:；确有两份的，说明各是什么}。",
    needs=(Needs.OTHERS,),
    good=_TWO,
    bad="""
== 单位甲
=== report.yaml
organisation: {name: 示例单位甲}
== 单位甲（修改稿）
=== report.yaml
organisation: {name: 示例单位甲}
""",
)
def organisation_twice(gathering: Gathering) -> Iterator[Finding]:
    """Several submissions of one name for the same year under the same standard."""
    for digest in gathering.digests:
        name = same_name(digest.organisation.name)
        twins = [d for d in gathering.editions(digest) if same_name(d.organisation.name) == name]
        if twins:
            items = sorted([digest.item, *(d.item for d in twins)])
            yield Finding(
                code="RK801",
                item=digest.item,
                place=place_in(digest),
                quote=digest.organisation.name,
                subject=" ".join(items),
                args={
                    "name": digest.organisation.name,
                    "year": digest.title_year,
                    "count": len(items),
                    "items": items,
                },
                related=tuple(other(d, place_in(d), d.organisation.name) for d in twins),
            )


_CODES: tuple[tuple[str, Callable[[Digest], str | None]], ...] = (
    ("标识码", lambda digest: digest.organisation.code),
    ("统一社会信用代码", lambda digest: digest.organisation.credit_code),
)


@rule(
    code="RK802",
    name="code-shared",
    title="两家单位用同一个代码",
    severity=Severity.WARNING,
    source=PRACTICE,
    why="代码一家一个；相同的多是抄错，或沿用了别家的模板。",
    message="{what} {code} 与“{others}”的相同",
    expected="各单位的{what}互不相同",
    hint="照证书核对{explain:；单位更名、合署的，说明情况}。",
    needs=(Needs.OTHERS,),
    good=_TWO,
    bad=_TWO.replace("3611000002", "3611000001"),
)
def code_shared(gathering: Gathering) -> Iterator[Finding]:
    """A code that submissions of the same year under different names claim."""
    for what, code_of in _CODES:
        claimed: dict[tuple[str, int], list[Digest]] = {}
        for digest in gathering.digests:
            if code := code_of(digest):
                key = (code, digest.title_year)
                claimed.setdefault(key, []).append(digest)
        for (code, _), digests in claimed.items():
            for digest in digests:
                name = same_name(digest.organisation.name)
                rest = [d for d in digests if same_name(d.organisation.name) != name]
                if rest:
                    names = list(dict.fromkeys(d.organisation.name for d in rest))
                    yield Finding(
                        code="RK802",
                        item=digest.item,
                        place=place_in(digest),
                        quote=code,
                        subject=" ".join([code, *names]),
                        args={"what": what, "code": code, "others": names},
                        related=tuple(other(d, place_in(d), code) for d in rest),
                    )


@rule(
    code="RK803",
    name="organisation-missing",
    title="名录中的单位没有报送",
    severity=Severity.WARNING,
    source=PRACTICE,
    why="缺一家，汇总就不全。",
    message="“{name}”在名录中，没有收到它 {year} 年度的报送件{near:；是否就是收到的“%s”？}",
    expected="名录中的单位都已报送",
    hint="催报；不须报送的，从名录中删去；名称写法不同的，改成一致。",
    needs=(Needs.OTHERS,),
    good=_TWO + _ROSTER,
    bad=_TWO + _ROSTER + "示例单位丙,3611000003,西区\n",
)
def organisation_missing(gathering: Gathering) -> Iterator[Finding]:
    """Entries of the roster without a submission for the year of most submissions."""
    if gathering.roster is None:
        return
    filed = {gathering.entries.get(digest.item) for digest in gathering.this_year}
    unknown = [d.organisation.name for d in gathering.this_year if d.item not in gathering.entries]
    for entry in gathering.roster.entries:
        if entry not in filed:
            yield Finding(
                code="RK803",
                place=entry.place,
                quote=entry.name,
                at=gathering.roster.file,
                args={
                    "name": entry.name,
                    "year": gathering.year,
                    "near": _nearest(entry.name, unknown),
                },
            )


@rule(
    code="RK804",
    name="organisation-unknown",
    title="报送单位不在名录中",
    severity=Severity.WARNING,
    source=PRACTICE,
    why="名录之外的单位不应计入汇总；多是名称写法与名录不同。",
    message="“{name}”不在名录中{near:；是否指“%s”？}",
    expected="名录中的单位，名称一字不差",
    hint="照名录改正单位名称{explain:；应当补进名录的，说明情况}。",
    needs=(Needs.OTHERS,),
    good=_TWO + _ROSTER,
    bad=_TWO + _ROSTER + "== 单位丁\n=== report.yaml\norganisation: {name: 分队}\n",
)
def organisation_unknown(gathering: Gathering) -> Iterator[Finding]:
    """Submissions without an entry in the roster, of a level that the roster has entries for."""
    if gathering.roster is None or not gathering.roster.entries:
        return
    levels = {d.level for d in gathering.digests if d.item in gathering.entries}
    filed = set(gathering.entries.values())
    rest = [entry.name for entry in gathering.roster.entries if entry not in filed]
    for digest in gathering.digests:
        if digest.item in gathering.entries:
            continue
        near = _nearest(digest.organisation.name, rest)
        if near or not levels or digest.level in levels:
            yield Finding(
                code="RK804",
                item=digest.item,
                place=place_in(digest),
                quote=digest.organisation.name,
                args={"name": digest.organisation.name, "near": near},
            )


def _nearest(name: str, known: list[str]) -> str:
    from rapidfuzz import fuzz, process

    found = process.extractOne(name, known, scorer=fuzz.ratio, score_cutoff=80)
    return str(found[0]) if found else ""


@rule(
    code="RK805",
    name="roster-differs",
    title="单位信息与名录不符",
    severity=Severity.WARNING,
    source=PRACTICE,
    why="名称、代码、所在区和规范用来归类和汇总，不一致就会归错。",
    message="{what}是“{given}”，名录中是“{wanted}”",
    expected="与名录一致：{what} {wanted}",
    hint="核对后改正报送件或名录{explain:；都对的，说明原因}。",
    needs=(Needs.OTHERS,),
    good=_TWO + _ROSTER,
    bad=_TWO + _ROSTER.replace("3611000002", "3611000022"),
)
def roster_differs(gathering: Gathering) -> Iterator[Finding]:
    """Name, codes, region or standard other than in the roster, where both say something."""
    for digest in gathering.this_year:
        entry = gathering.entries.get(digest.item)
        if entry is None:
            continue
        own = digest.organisation
        for what, given, wanted in (
            ("单位名称", same_name(own.name), same_name(entry.name)),
            ("标识码", own.code, entry.code),
            ("统一社会信用代码", own.credit_code, entry.credit_code),
            ("所在区", same_name(own.region or ""), same_name(entry.region)),
            ("编制规范", digest.standard, entry.standard),
        ):
            if given and wanted and given != wanted:
                yield Finding(
                    code="RK805",
                    item=digest.item,
                    place=place_in(digest),
                    quote=given,
                    subject=f"{what} {given} {wanted}",
                    args={"what": what, "given": given, "wanted": wanted},
                    related=(Related(place=entry.place, quote=entry.name, item="名录"),),
                )


@rule(
    code="RK806",
    name="roster-unclear",
    title="名录读不明白",
    severity=Severity.WARNING,
    source=Source(Basis.FORMAT, "名录：CSV 或工作簿，一行一家，表头有单位名称一列"),
    why="名录读错，缺谁、多谁就说不准。",
    message="名录：{reason}",
    expected="CSV（UTF-8、GBK、UTF-16 均可）或 XLSX，每行一家，名称、代码不重复",
    hint="改正名录：{advice}",
    needs=(Needs.OTHERS,),
    good=_TWO + _ROSTER,
    bad=_TWO + _ROSTER + "示例单位乙,,东区\n",
)
def roster_unclear(gathering: Gathering) -> Iterator[Finding]:
    """What reading the roster found."""
    if gathering.roster is not None:
        yield from gathering.roster.findings
