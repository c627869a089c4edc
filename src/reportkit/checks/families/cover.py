"""RK212, RK225, RK235: what the cover says, and whether cases tell of the year of the report."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...model.blocks import Case
from ...model.diagnostic import Finding, Severity
from ..content import block_words
from ..context import Context, plain
from ..registry import Basis, Needs, Source, rule
from .metadata import MANIFEST, YEAR

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?(?=年|学年|届|级)")
_WANTED = {"issuer": "发布单位", "date": "发布年月", "url": "公示网址"}


@rule(
    code="RK212",
    name="cover-year",
    title="封面的年份与标题年度、报送日期都不同",
    severity=Severity.WARNING,
    source=Source(Basis.INFERRED, "已公布的报告，封面年份是标题年度或报送的年份"),
    why="封面沿用上一年的文件，年份忘了改，是常见的差错。",
    message="封面日期写“{found}”，标题年度是 {year}",
    expected="封面年份是 {wanted}",
    hint="改正 cover 的 date{explain:；确实如此的，在 explanations 中说明}。",
    hint_report="改正封面日期。",
    needs=(Needs.SUBMISSION,),
    good="""
=== report.yaml
cover: {issuer: 示例单位, date: 2023年12月, url: https://example.com/}
""",
    bad="""
=== report.yaml
cover: {issuer: 示例单位, date: 2021年12月, url: https://example.com/}
""",
)
def cover_year(context: Context) -> Iterator[Finding]:
    """The date on the cover is neither of the title year nor of the year of its data or the next.

    The year of filing, where it is given, is as good.
    """
    metadata = context.submission.metadata
    cover = metadata.cover
    if not cover.date or not (years := YEAR.findall(cover.date)):
        return
    end = metadata.data_period.end
    filed = metadata.filed_on or end
    wanted = sorted({metadata.title_year, end.year, end.year + 1, filed.year})
    if not {int(year) for year in years} & set(wanted):
        yield Finding(
            code="RK212",
            place=cover.place_of("date") or context.manifest_place("cover"),
            quote=cover.date,
            at=MANIFEST,
            args={
                "found": cover.date,
                "year": metadata.title_year,
                "wanted": " 或 ".join(map(str, wanted)),
            },
        )


@rule(
    code="RK225",
    name="cover-incomplete",
    title="封面没有写全",
    severity=Severity.INFO,
    source=Source(Basis.INFERRED, "已公布的报告，封面写明发布单位和年月；年报按规定在网上公开"),
    why="读者从封面得知是谁在什么时候发布的，到哪里可以查到公开的文本。",
    message="封面没有写{missing}",
    expected="封面写有{wanted}",
    hint="在 report.yaml 的 cover 中补写 {keys}；还没有公开的，公开以后再补网址。",
    hint_report="在封面补写{missing}。",
    needs=(Needs.SUBMISSION,),
    good="""
=== report.yaml
cover: {issuer: 示例单位, date: 2023年12月, url: https://example.com/}
""",
    bad="""
=== report.yaml
cover: {issuer: 示例单位}
""",
)
def cover_incomplete(context: Context) -> Iterator[Finding]:
    """A cover that the author began lacks what covers have.

    No other cover is looked at: it is made from title and organisation. Files of Word and PDF are
    read before they are public, so that their address cannot be on them.
    """
    cover = context.submission.metadata.cover
    wanted = [key for key in _WANTED if key != "url" or not context.result.as_handed_in]
    missing = [key for key in wanted if not getattr(cover, key)]
    if missing and len(missing) < len(wanted):
        yield Finding(
            code="RK225",
            place=context.manifest_place("cover"),
            at=MANIFEST,
            args={
                "missing": [_WANTED[key] for key in missing],
                "keys": missing,
                "wanted": [_WANTED[key] for key in wanted],
            },
        )


@rule(
    code="RK235",
    name="case-year",
    title="案例不像是本年度的",
    severity=Severity.INFO,
    source=Source(Basis.PRACTICE, "案例反映本年度的做法和成效，不重复往年的"),
    why="年报写的是一年的工作；往年的案例留在新一年的报告里，多半是忘了更换。",
    message="案例“{title}”中最近的年份是 {found} 年，早于数据时期",
    expected="案例写到 {year} 年或以后的做法和成效",
    hint="补写本年度的进展，或换成本年度的案例；只是没有写年份的，不用改。",
    needs=(Needs.SUBMISSION,),
    good="""
# 工作

## 文化

开展传统文化活动六次，全体人员参加。

::: case {title="节日活动进社区" owner="示例单位"}
2020年开始试点，2023年组织人员走进社区，与居民共度节日。
:::
""",
    bad="""
# 工作

## 文化

开展传统文化活动六次，全体人员参加。

::: case {title="节日活动进社区" owner="示例单位"}
2020年组织人员走进社区，与居民共度节日。
:::
""",
)
def case_year(context: Context) -> Iterator[Finding]:
    """All years that a case names lie before the data window. Cases that name none are fine."""
    first = context.submission.metadata.data_period.start.year
    for node, block, _ in context.blocks:
        if not isinstance(block, Case):
            continue
        years = [int(year) for text in block_words((block,)) for year in _YEAR.findall(text)]
        if years and max(years) < first:
            yield Finding(
                code="RK235",
                place=block.place_of("title") or node.place,
                quote=block.title,
                at=block.id or node.at,
                args={"title": plain(block.title), "found": max(years), "year": first},
            )
