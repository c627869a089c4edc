"""RK824 to RK827: what one organisation tells or shows again, and what many tell."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.base import Place
from ...model.diagnostic import Finding, Related, Severity
from ..between.digest import Digest, Passage, Picture, Repeat
from ..between.gathering import Gathering, chapter_title, other
from ..registry import Needs, rule
from .between_copies import CASE, CHAPTER, FIGURE, OTHER_WORDS, OWN, WORDS, how, two

_SEVERAL = (("甲", WORDS), ("乙", OTHER_WORDS))
_PAIR = (
    FIGURE
    + """
::: figure {{#fig:b caption="{other}"}}
image: figures/a.png
alt: 现场
:::

又见 @fig:b。
"""
)


@rule(
    code="RK826",
    name="picture-again",
    title="同一张图片用了两次",
    severity=Severity.INFO,
    source=OWN,
    why="同一张图配两个图题，或今年仍用上年的图，读者会疑心不是当年的事。",
    message="图“{caption}”与{where}“{other}”{how}",
    expected="每图一题，用当年的图片",
    hint="换一张，或合并为一图。",
    needs=(Needs.OTHERS,),
    good=two(FIGURE.format(seed=1, caption="装配"), FIGURE.format(seed=2, caption="检修")),
    bad=two(
        _PAIR.format(seed=1, caption="装配", other="检修"), FIGURE.format(seed=2, caption="检修")
    ),
)
def picture_again(gathering: Gathering) -> Iterator[Finding]:
    """A picture under two captions in one submission, or one that last year's has too."""
    told: set[tuple[int, int]] = set()
    for pair in gathering.pictures:
        digest = gathering.digests[pair.first]
        if pair.first == pair.second and (pair.first, pair.other) not in told:
            told.add((pair.first, pair.other))
            mine, its = digest.pictures[pair.one], digest.pictures[pair.other]
            same = how(mine, its, pair.percent)
            related = Related(place=its.place, quote=its.caption)
            yield _again(digest, mine, "本报告的", its.caption, same, related)
    for digest in gathering.digests:
        for repeat, related in _repeated(gathering, digest, "picture"):
            mine = digest.pictures[repeat.index]
            yield _again(digest, mine, "上年报告的", repeat.quote, "是同一个文件", related)


def _again(
    digest: Digest, mine: Picture, where: str, its: str, same: str, related: Related
) -> Finding:
    return Finding(
        code="RK826",
        item=digest.item,
        place=mine.place,
        quote=mine.path,
        section=chapter_title(digest, mine.chapter),
        args={"caption": mine.caption, "where": where, "other": its, "how": same},
        related=(related,),
    )


_LAST = (
    "== 甲处2022\n=== report.yaml\norganisation: {name: 甲处}\n"
    "title: 示例单位年度报告（2022）\ntitle_year: 2022\n"
    "data_period: {start: 2022-01-01, end: 2022-12-31}\n=== chapters/2.md\n%s\n"
    "== 甲处2023\n=== report.yaml\norganisation: {name: 甲处}\n=== chapters/2.md\n%s\n"
)


@rule(
    code="RK824",
    name="text-of-last-year",
    title="与上年报告逐字相同",
    severity=Severity.INFO,
    source=OWN,
    why="年度报告写当年的事；连数字都没有变的段落，多半没有更新。",
    message="有 {count} 段（{hanzi} 字，占全文 {percent}%）与上年报告逐字相同",
    expected="写当年的情况",
    hint="逐段核对，改写为当年的情况{explain:；确实没有变化的，说明哪些}。",
    needs=(Needs.OTHERS,),
    good=_LAST % (CHAPTER % WORDS, CHAPTER % OTHER_WORDS),
    bad=_LAST % (CHAPTER % WORDS, CHAPTER % WORDS),
)
def text_of_last_year(gathering: Gathering) -> Iterator[Finding]:
    """Paragraphs of last year, digits and all; many of them are a warning."""
    for digest in gathering.digests:
        listed = [
            (digest.passages[repeat.index], related)
            for repeat, related in _repeated(gathering, digest, "passage")
            if digest.passages[repeat.index].case is None
        ]
        if not listed:
            continue
        first, count = listed[0][0], sum(passage.hanzi for passage, _ in listed)
        percent = count * 100 // max(digest.hanzi, 1)
        much = percent >= gathering.limits.last_year_percent
        yield Finding(
            code="RK824",
            item=digest.item,
            place=first.place,
            quote=first.quote,
            section=chapter_title(digest, first.chapter),
            subject=" ".join(passage.key for passage, _ in listed),
            args={"count": len(listed), "hanzi": count, "percent": percent, "explain": much},
            severity=Severity.WARNING if much else None,
            related=tuple(related for _, related in listed[: gathering.limits.places_listed]),
        )


@rule(
    code="RK825",
    name="case-of-last-year",
    title="案例与上年报告的相同",
    severity=Severity.WARNING,
    source=OWN,
    why="案例应当是当年的；上年登过的再登一遍，没有新的内容。",
    message="案例“{title}”与上年报告中的一字不差",
    expected="当年的案例",
    hint="换成当年的案例，或写出当年的新进展{explain:；需要保留的，说明原因}。",
    needs=(Needs.OTHERS,),
    good=_LAST % (CASE.format(title="看油位", owner="甲处"), CHAPTER % "另有一例未写。"),
    bad=_LAST
    % (CASE.format(title="看油位", owner="甲处"), CASE.format(title="记台账", owner="甲处")),
)
def case_of_last_year(gathering: Gathering) -> Iterator[Finding]:
    """Cases whose text stood in last year's submission."""
    for digest in gathering.digests:
        for repeat, related in _repeated(gathering, digest, "passage"):
            passage = digest.passages[repeat.index]
            if passage.case is not None:
                head = digest.cases[passage.case]
                yield Finding(
                    code="RK825",
                    item=digest.item,
                    place=head.place,
                    quote=head.title,
                    section=chapter_title(digest, passage.chapter),
                    subject=passage.key,
                    args={"title": head.title},
                    related=(related,),
                )


@rule(
    code="RK827",
    name="text-everywhere",
    title="许多单位有同一段文字",
    severity=Severity.INFO,
    source=OWN,
    why="许多单位都有的话多是政策用语，不算谁抄谁；也可能是同一个模板，收件人看一眼就知道。",
    message="{count} 家单位有同一段文字（{hanzi} 字），没有逐家指出",
    expected="只是政策用语或规定的说法",
    hint="看看是否同一个模板；是的，请各家改写为自己的情况。",
    needs=(Needs.OTHERS,),
    good="".join(f"== {name}处\n{CHAPTER % text}\n" for name, text in _SEVERAL),
    bad="".join(f"== {name}处\n{CHAPTER % WORDS}\n" for name in "甲乙丙丁戊"),
)
def text_everywhere(gathering: Gathering) -> Iterator[Finding]:
    """Passages, word for word, at so many organisations that nobody is told of a copy."""
    known: dict[str, dict[int, tuple[Digest, Passage]]] = {}
    for digest, owner in zip(gathering.digests, gathering.organisations, strict=True):
        for passage in digest.passages:
            known.setdefault(passage.key, {}).setdefault(owner, (digest, passage))
    most = gathering.limits.common(len(set(gathering.organisations)))
    common = [list(owners.values()) for owners in known.values() if len(owners) > most]
    common.sort(key=lambda held: (-len(held) * held[0][1].hanzi, held[0][1].key))
    for held in common[: gathering.limits.places_listed]:
        yield Finding(
            code="RK827",
            place=Place(),
            quote=held[0][1].quote,
            args={"count": len(held), "hanzi": held[0][1].hanzi},
            related=tuple(
                other(digest, passage.place, passage.quote, passage.chapter)
                for digest, passage in held[: gathering.limits.places_listed]
            ),
        )


def _repeated(
    gathering: Gathering, digest: Digest, kind: str
) -> Iterator[tuple[Repeat, Related]]:  # fmt: skip
    """What last year's submission has too: the one at hand, or else the one that is named."""
    old = gathering.year_before(digest)
    if old is None:
        for repeat in digest.repeats:
            if repeat.kind == kind:
                place, quote = repeat.place, repeat.quote
                yield repeat, Related(place=place, quote=quote, item=digest.previous)
    elif kind == "passage":
        said = {p.key: p for p in reversed(old.passages)}
        for index, passage in enumerate(digest.passages):
            if its := said.get(passage.key):
                repeat = Repeat(kind="passage", index=index, quote=its.quote, place=its.place)
                yield repeat, other(old, its.place, its.quote, its.chapter)
    else:
        shown = {p.sha256: p for p in reversed(old.pictures)}
        for index, picture in enumerate(digest.pictures):
            if seen := shown.get(picture.sha256):
                repeat = Repeat(kind="picture", index=index, quote=seen.caption, place=seen.place)
                yield repeat, other(old, seen.place, seen.caption, seen.chapter)
