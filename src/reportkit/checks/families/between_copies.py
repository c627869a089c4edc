"""RK821 to RK823: words, cases and pictures that two organisations have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from ...model.diagnostic import Finding, Related, Severity
from ..between.digest import CaseHead, Digest, Passage, Picture
from ..between.gathering import Gathering, chapter_title, other, same_name
from ..between.near import Pair
from ..registry import Basis, Needs, Source, rule

OWN = Source(Basis.PRACTICE, "年度报告写本单位、本年度的事；引用别人的，写明是谁的")
WORDS = (
    "清晨六点半，检修班的灯已经亮了。老张带着两名徒弟逐台查看泵机的油位和震动，把读数写在"
    "挂板上，再由值班员录入台账。这样坚持了十一个月，停机时间由每月九小时降到两小时。"
)
OTHER_WORDS = (
    "仓库原先靠纸条领料，月底常对不上账。今年改为扫码出库，谁领、领多少、用在哪台设备上一目"
    "了然。盘点由三天缩短为半天，差错从每月二十多笔减到一两笔，退料也有了记录。"
)
_Shown = CaseHead | Picture
CHAPTER = "# 工作\n\n## 服务\n\n面向社区开展服务活动十二次，人员增加。\n\n%s\n"
CASE = CHAPTER % (
    '::: case {{title="{title}" owner="{owner}"}}\n'
    "老张带着两名徒弟逐台查看泵机的油位和震动，把读数写在挂板上，再录入台账，停机时间由每月"
    "九小时降到两小时。\n:::"
)


def two(one: str, other: str) -> str:
    """An example of two submissions."""
    return f"== 甲处\n{one}\n== 乙处\n{other}\n"


@rule(
    code="RK821",
    name="text-shared",
    title="与别家的文字相同或相近",
    severity=Severity.WARNING,
    source=OWN,
    why="两家写得一样，必有一家不是写自己。政策用语和大家都有的提法不算。",
    message="有 {count} 段（{hanzi} 字）与“{owner}”的相同或相近（{percent}）",
    expected="写本单位自己的做法和成效",
    hint="改写为本单位的情况{explain:；两家合写、同一活动各自报道等，说明缘由}。",
    needs=(Needs.OTHERS,),
    good=two(CHAPTER % WORDS, CHAPTER % OTHER_WORDS),
    bad=two(CHAPTER % WORDS, CHAPTER % WORDS.replace("老张", "老李")),
)
def text_shared(gathering: Gathering) -> Iterator[Finding]:
    """Paragraphs of two organisations of one level that are nearly the same."""
    pairs = [
        (gathering.digests[p.first], p.one, gathering.digests[p.second], p.other, p.percent)
        for pair in gathering.passages
        for p in (pair, _turned(pair))
    ]
    kept = [
        (here, there, here.passages[one], there.passages[its], percent)
        for here, one, there, its, percent in pairs
        if here.level == there.level and here.passages[one].case is None
    ]
    kept.sort(key=lambda each: (each[0].item, each[1].item))
    for _, group in groupby(kept, key=lambda each: (each[0].item, each[1].item)):
        listed = list(group)
        here, there = listed[0][:2]
        own = list(dict.fromkeys(passage for _, _, passage, _, _ in listed))
        least, most = (bound(percent for *_, percent in listed) for bound in (min, max))
        yield Finding(
            code="RK821",
            item=here.item,
            place=own[0].place,
            quote=own[0].quote,
            section=chapter_title(here, own[0].chapter),
            subject=" ".join([there.organisation.name, *(p.key for p in own)]),
            args={
                "count": len(own),
                "hanzi": sum(passage.hanzi for passage in own),
                "owner": there.organisation.name,
                "percent": f"{most}%" if least == most else f"{least}%—{most}%",
            },
            related=_sides(here, there, listed, gathering.limits.places_listed),
        )


def _turned(pair: Pair) -> Pair:
    return Pair(pair.second, pair.other, pair.first, pair.one, pair.percent)


_Listed = tuple[Digest, Digest, Passage, Passage, int]


def _sides(
    here: Digest, there: Digest, listed: Sequence[_Listed], most: int
) -> tuple[Related, ...]:
    """Where each stands in the other submission; further own places before theirs."""
    sides: list[Related] = []
    told = listed[0][2]
    for _, _, own, its, _ in listed[:most]:
        if own is not told:
            section = chapter_title(here, own.chapter)
            sides.append(Related(place=own.place, quote=own.quote, section=section))
            told = own
        sides.append(other(there, its.place, its.quote, its.chapter))
    return tuple(sides)


@rule(
    code="RK822",
    name="case-shared",
    title="同一案例写在两家名下",
    severity=Severity.WARNING,
    source=OWN,
    why="一个案例只能是一家的；汇编时会登两遍。",
    message="案例“{title}”（{owner}）与“{item}”中的“{other}”（{its}）内容相同或相近（{percent}%）",
    expected="各写各的案例；转引的，案例所属单位写原单位",
    hint="换成本单位的案例，或把所属单位改为实际单位{explain:；两家共同的，说明分工}。",
    needs=(Needs.OTHERS,),
    good=two(CASE.format(title="看油位", owner="甲处"), CASE.format(title="看油位", owner="甲处")),
    bad=two(CASE.format(title="看油位", owner="甲处"), CASE.format(title="记台账", owner="乙处")),
)
def case_shared(gathering: Gathering) -> Iterator[Finding]:
    """Cases of nearly the same text whose owners differ."""
    for pair in gathering.passages:
        for p in (pair, _turned(pair)):
            here, there = gathering.digests[p.first], gathering.digests[p.second]
            own, its = here.passages[p.one], there.passages[p.other]
            if own.case is None or its.case is None:
                continue
            mine, theirs = here.cases[own.case], there.cases[its.case]
            if _both_own(gathering, here, mine, there, theirs):
                yield Finding(
                    code="RK822",
                    item=here.item,
                    place=mine.place,
                    quote=mine.title,
                    section=chapter_title(here, own.chapter),
                    subject=f"{there.organisation.name} {own.key}",
                    args={
                        "title": mine.title,
                        "owner": _owner(mine, here),
                        "item": there.item,
                        "other": theirs.title,
                        "its": _owner(theirs, there),
                        "percent": p.percent,
                    },
                    related=(other(there, theirs.place, theirs.title, its.chapter),),
                )


def _owner(of: _Shown, digest: Digest) -> str:
    return of.owner or digest.organisation.name


def _both_own(gathering: Gathering, here: Digest, one: _Shown, there: Digest, its: _Shown) -> bool:
    """Whether two organisations hold the same thing to be theirs.

    One that is over the other may show what the other has, if it says whose it is or nothing.
    """
    if here.level != there.level and not (one.owner and its.owner):
        return False
    mine, theirs = same_name(_owner(one, here)), same_name(_owner(its, there))
    if mine in gathering.by_name and theirs in gathering.by_name:
        return mine != theirs
    return not (_names(mine, theirs) or _names(theirs, mine))


def _names(short: str, long: str) -> bool:
    """Whether all characters of a name stand in another one in their order, as in a short form."""
    rest = iter(long)
    return all(char in rest for char in short)


FIGURE = """
=== figures/a.png (PNG 240×160 {seed})
=== chapters/2.md
# 工作

## 服务

面向社区开展服务活动十二次，人员增加，见 @fig:a。

::: figure {{#fig:a caption="{caption}"}}
image: figures/a.png
alt: 现场
:::
"""


@rule(
    code="RK823",
    name="picture-shared",
    title="同一张图片出现在两家的报告中",
    severity=Severity.WARNING,
    source=OWN,
    why="一张照片拍的是一处的事，不会既是这家的又是那家的。大家都有的徽标不算。",
    message="图“{caption}”（{owner}）与“{item}”中的“{other}”（{its}）{how}",
    expected="用本单位自己的图片；转用的，写明所属单位",
    hint="换成本单位的图片，或把所属单位改为实际单位{explain:；同一活动的合影等，说明缘由}。",
    needs=(Needs.OTHERS,),
    good=two(FIGURE.format(seed=1, caption="装配"), FIGURE.format(seed=2, caption="检修")),
    bad=two(FIGURE.format(seed=1, caption="装配"), FIGURE.format(seed=1, caption="检修")),
)
def picture_shared(gathering: Gathering) -> Iterator[Finding]:
    """Pictures of the same bytes or looks, of owners that differ."""
    for pair in gathering.pictures:
        if gathering.organisations[pair.first] == gathering.organisations[pair.second]:
            continue
        for p in (pair, _turned(pair)):
            here, there = gathering.digests[p.first], gathering.digests[p.second]
            mine, theirs = here.pictures[p.one], there.pictures[p.other]
            if _both_own(gathering, here, mine, there, theirs):
                yield Finding(
                    code="RK823",
                    item=here.item,
                    place=mine.place,
                    quote=mine.path,
                    section=chapter_title(here, mine.chapter),
                    subject=f"{mine.sha256} {there.organisation.name}",
                    args={
                        "caption": mine.caption,
                        "owner": _owner(mine, here),
                        "item": there.item,
                        "other": theirs.caption,
                        "its": _owner(theirs, there),
                        "how": how(mine, theirs, p.percent),
                    },
                    related=(other(there, theirs.place, theirs.caption, theirs.chapter),),
                )


def how(one: Picture, other: Picture, percent: int) -> str:
    """In what way two pictures are the same."""
    same = one.sha256 == other.sha256
    return "是同一个文件" if same else f"几乎相同（指纹相同 {percent}%）"
