"""RK143 to RK145, RK222 to RK224, RK227: the facts about the report in ``report.yaml``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from ...model.base import Place
from ...model.data import Status
from ...model.diagnostic import Finding, Severity
from ..codes import CLASSES, PROVINCES, credit_check, province_of
from ..context import Context
from ..facts import standing
from ..registry import Basis, Needs, Source, rule

MANIFEST = "report.yaml"
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
EARLY, LATE = timedelta(days=45), timedelta(days=366)
"""How long before and after the end of the data window a report is plausibly filed."""


def _organisation(context: Context, key: str) -> Place:
    organisation = context.submission.metadata.organisation
    return organisation.place_of(key) or context.place_in(MANIFEST)


@rule(
    code="RK143",
    name="school-code",
    title="学校（机构）标识码不合规则",
    severity=Severity.ERROR,
    source=Source(Basis.PRACTICE, "学校（机构）标识码的编码方法：2 位类别、2 位省份、6 位序号"),
    why="标识码用于与统计系统对接，错一位就对不上。",
    message="标识码“{code}”{reason}",
    expected="10 位数字：2 位机构类别、2 位省份代码、6 位序号",
    hint="照标识码证书或统计系统核对。",
    needs=(Needs.SUBMISSION,),
    good="""
=== report.yaml
organisation: {name: 示例单位, code: "3611000001"}
""",
    bad="""
=== report.yaml
organisation: {name: 示例单位, code: "361100001"}
""",
)
def school_code(context: Context) -> Iterator[Finding]:
    """The code has not ten digits, or an unknown class or province. It has no check digit."""
    code = context.submission.metadata.organisation.code
    if code is None:
        return
    reason = ""
    if not re.fullmatch("[0-9]{10}", code):
        reason = (
            f"应为 10 位数字，现为 {len(code)} 位" if code.isdecimal() else "含有数字以外的字符"
        )
    elif code[:2] not in CLASSES:
        reason = f"的前两位 {code[:2]} 不是机构类别代码"
    elif code[2:4] not in PROVINCES:
        reason = f"的第 3、4 位 {code[2:4]} 不是省份代码"
    if reason:
        yield Finding(
            code="RK143",
            place=_organisation(context, "code"),
            quote=code,
            at=MANIFEST,
            args={"code": code, "reason": reason},
        )


@rule(
    code="RK144",
    name="credit-code",
    title="统一社会信用代码通不过校验",
    severity=Severity.WARNING,
    source=Source(Basis.CLAUSE, "GB 32100-2015《法人和其他组织统一社会信用代码编码规则》"),
    why="末位是校验码，抄错一位就通不过；少数早期赋码的单位例外，所以只作提醒。",
    message="统一社会信用代码“{code}”{reason}",
    expected="18 位，不含字母 I O S V Z{check:，末位应为 %s}",
    hint="照登记证书核对{explain:；证书上确实如此的，在 explanations 中说明}。",
    needs=(Needs.SUBMISSION,),
    good="""
=== report.yaml
organisation: {name: 示例单位, credit_code: 91350200MA2YJ1XR9G}
""",
    bad="""
=== report.yaml
organisation: {name: 示例单位, credit_code: 91350200MA2YJ1XR9A}
""",
)
def credit_code(context: Context) -> Iterator[Finding]:
    """The code has not 18 legal characters, or its check character does not fit."""
    code = context.submission.metadata.organisation.credit_code
    if code is None:
        return
    check = credit_check(code)
    if check is None:
        reason = f"应为 18 位，现为 {len(code)} 位" if len(code) != 18 else "含有不应出现的字符"
    elif check == code[-1]:
        return
    else:
        reason = "的校验码不符"
    yield Finding(
        code="RK144",
        place=_organisation(context, "credit_code"),
        quote=code,
        at=MANIFEST,
        args={"code": code, "reason": reason, "check": check},
    )


@rule(
    code="RK145",
    name="region-code",
    title="行政区划代码不合规则",
    severity=Severity.ERROR,
    source=Source(Basis.CLAUSE, "GB/T 2260《中华人民共和国行政区划代码》"),
    why="区划代码用于分地区汇总；各代码中的地区应当一致。",
    message="行政区划代码“{code}”{reason}",
    expected="6 位数字，前两位是省份代码，并与其他代码中的省份一致",
    hint="按单位所在的区（县）填写；学校（机构）标识码的第 3、4 位也是省份。",
    needs=(Needs.SUBMISSION,),
    good="""
=== report.yaml
organisation: {name: 示例单位, region_code: "110101", code: "3611000001"}
""",
    bad="""
=== report.yaml
organisation: {name: 示例单位, region_code: "310101", code: "3611000001"}
""",
)
def region_code(context: Context) -> Iterator[Finding]:
    """The code has not six digits, an unknown province, or another than the school code."""
    organisation = context.submission.metadata.organisation
    code = organisation.region_code
    if code is None:
        return
    reason = ""
    other = province_of(organisation.code)
    if not re.fullmatch("[0-9]{6}", code):
        reason = "应为 6 位数字"
    elif code[:2] not in PROVINCES:
        reason = f"的前两位 {code[:2]} 不是省份代码"
    elif other is not None and other != code[:2]:
        reason = f"与标识码中的省份 {other} 不一致"
    if reason:
        yield Finding(
            code="RK145",
            place=_organisation(context, "region_code"),
            quote=code,
            at=MANIFEST,
            args={"code": code, "reason": reason},
        )


@rule(
    code="RK222",
    name="title-year",
    title="标题中的年份与 title_year 不同",
    severity=Severity.ERROR,
    source=Source(Basis.INFERRED, "已公布的报告标题均含年份"),
    why="汇总和归档按年份进行，两处不一致就会归错年度。",
    message="标题写“{found}”，title_year 是 {year}",
    expected="两处是同一年份",
    hint="改正其中写错的一处。",
    needs=(Needs.SUBMISSION,),
    good="""
=== report.yaml
title: 示例单位年度报告（2023）
title_year: 2023
""",
    bad="""
=== report.yaml
title: 示例单位年度报告（2022）
title_year: 2023
""",
)
def title_year(context: Context) -> Iterator[Finding]:
    """The title names years, but not the title year."""
    metadata = context.submission.metadata
    years = YEAR.findall(metadata.title)
    if years and str(metadata.title_year) not in years:
        yield Finding(
            code="RK222",
            place=context.manifest_place("title"),
            quote=years[0],
            at=MANIFEST,
            args={"found": years[0], "year": metadata.title_year},
        )


@rule(
    code="RK223",
    name="year-offset",
    title="标题年度与数据时期的关系少见",
    severity=Severity.WARNING,
    source=Source(Basis.STANDARD, "所选规范适用年度内，标题年度与数据年度的关系"),
    why="标题年度的含义变过：有的年度是数据当年，有的是次年。弄错会把一年的数据报成另一年的。",
    message="标题年度 {title_year}，数据截止 {end}，相差 {found} 年",
    expected="相差 {wanted} 年：数据截止于 {year} 年",
    hint="核对 title_year 和 data_period{explain:；确实如此的，在 explanations 中说明}。",
    hint_report="核对标题中的年度和数据所属时期。",
    needs=(Needs.SUBMISSION, Needs.STANDARD),
    good="""
=== report.yaml
data_period: {start: 2023-01-01, end: 2023-12-31}
""",
    bad="""
=== report.yaml
data_period: {start: 2022-01-01, end: 2022-12-31}
filed_on: 2023-01-10
=== data/indicators.csv
indicator,period,value
staff.total,2022,50
""",
)
def year_offset(context: Context) -> Iterator[Finding]:
    """The title year lies otherwise to the end of the data than the standard's years have it."""
    offset = context.standard.year_offset
    metadata = context.submission.metadata
    if offset is None:
        return
    wanted = offset.at(metadata.title_year)
    found = metadata.title_year - metadata.data_period.end.year
    if found != wanted:
        yield Finding(
            code="RK223",
            place=context.manifest_place("title_year"),
            quote=str(metadata.title_year),
            at=MANIFEST,
            subject=f"{metadata.title_year} {metadata.data_period.end}",
            args={
                "title_year": metadata.title_year,
                "end": metadata.data_period.end,
                "found": found,
                "wanted": wanted,
                "year": metadata.title_year - wanted,
                "basis": standing(offset),
            },
        )


@rule(
    code="RK224",
    name="filing-date",
    title="报送日期与数据时期不相称",
    severity=Severity.WARNING,
    source=Source(Basis.INFERRED, "已公布的报告在数据时期结束前后至一年内报送"),
    why="数据时期还没结束就报送，或结束一年以后才报送，多半是日期写错。",
    message="报送日期 {filed}，数据截止 {end}，{side}",
    expected="报送日期在 {first} 至 {last} 之间",
    hint="核对 filed_on 和 data_period。",
    hint_report="核对落款日期和数据所属时期。",
    needs=(Needs.SUBMISSION,),
    good="""
=== report.yaml
filed_on: 2024-01-10
""",
    bad="""
=== report.yaml
filed_on: 2025-03-10
""",
)
def filing_date(context: Context) -> Iterator[Finding]:
    """The report is filed long before the data end, or more than a year after."""
    metadata = context.submission.metadata
    filed, end = metadata.filed_on, metadata.data_period.end
    if filed is None or end < metadata.data_period.start:
        return
    if not end - EARLY <= filed <= end + LATE:
        yield Finding(
            code="RK224",
            place=context.manifest_place("filed_on"),
            quote=str(filed),
            at=MANIFEST,
            subject=f"{filed} {end}",
            args={
                "filed": filed,
                "end": end,
                "side": "数据时期还没有结束" if filed < end else "已超过一年",
                "first": end - EARLY,
                "last": end + LATE,
            },
        )


@rule(
    code="RK227",
    name="standard-assumed",
    title="所选规范是推定的",
    severity=Severity.INFO,
    source=Source(Basis.STANDARD, "所选规范自己写明的依据"),
    why="有的规范没有见到正式文件，只是按惯例推定；按它检查合格，不等于符合正式要求。",
    message="规范《{title}》尚未见到正式文件",
    expected="以主管部门的正式文件为准",
    hint="取得正式文件后，请规范的维护人更新数据。",
    needs=(Needs.SUBMISSION, Needs.STANDARD),
    good="""
=== report.yaml
standard: example
""",
    bad="""
=== report.yaml
standard: example-assumed
""",
)
def standard_assumed(context: Context) -> Iterator[Finding]:
    """The standard as a whole is only assumed."""
    standard = context.standard
    if standard.status is Status.ASSUMED:
        yield Finding(
            code="RK227",
            place=context.manifest_place("standard"),
            quote=standard.id,
            at=MANIFEST,
            args={"title": standard.title, "basis": standing(standard)},
        )
