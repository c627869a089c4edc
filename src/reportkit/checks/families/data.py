"""RK124, RK125, RK130 to RK136: data files, values and expressions."""

from __future__ import annotations

from collections.abc import Iterator

from ...model.base import Place
from ...model.diagnostic import Finding, Severity
from ..context import Context
from ..registry import Basis, Needs, Source, emitted, rule
from ..wanting import once_each

FILES = Source(Basis.FORMAT, "data 文件夹中 CSV 的格式")
VALUES = Source(Basis.FORMAT, "正文中 {{ 指标 }} 的写法")
_FINE = """
# 工作

## 服务

面向社区开展服务活动十二次，参加人员 {{ staff.total }} 人。
"""

emitted(
    code="RK124",
    name="csv-invalid",
    title="CSV 文件有误",
    severity=Severity.ERROR,
    source=FILES,
    why="读不懂的行会丢掉数据。",
    message="CSV 有误：{reason}",
    expected="UTF-8 编码、半角逗号分隔、首行是列名的 CSV",
    hint="在 Excel 中改好后另存为“CSV UTF-8（逗号分隔）”。",
    good=_FINE,
    bad="""
=== data/visits.csv
类别;次数
社区;12
=== chapters/2.md
# 工作

## 服务

面向社区开展服务活动十二次，情况见 @tbl:visits。

::: table {#tbl:visits caption="服务情况表" data="data/visits.csv"}
:::
""",
)

emitted(
    code="RK125",
    name="json-syntax",
    title="JSON 文档有误",
    severity=Severity.ERROR,
    source=Source(Basis.FORMAT, "JSON 文档的 JSON Schema"),
    why="读不懂的文档无法检查。",
    message="JSON 有误：{reason}",
    expected="符合 submission.schema.json 的 JSON 文档",
    hint="看标出的位置：常见的是少了逗号、引号或括号。",
    good=_FINE,
    bad="""
=== submission.json
{"format": "reportkit/1", "metadata": }
""",
)

emitted(
    code="RK130",
    name="expression-invalid",
    title="取值的写法有误",
    severity=Severity.ERROR,
    source=VALUES,
    why="取不到值，印出来是一处空缺。",
    message="“{expression}”写法有误：{reason}",
    expected="{{{{ 指标标识 }}}}，或其后加竖线和计算名称，如 {{{{ staff.total | growth }}}}",
    hint="改正写法；只能写指标标识、数字、加减乘除和规定的计算名称。",
    good=_FINE,
    bad="""
# 工作

## 服务

面向社区开展服务活动十二次，参加人员 {{ staff.total | }} 人。
""",
)


@rule(
    code="RK131",
    name="value-unknown",
    title="取不到指标值",
    severity=Severity.ERROR,
    source=VALUES,
    why="正文引用的数据没有，印出来是一处空缺。",
    message="取不到“{name}”的值：{reason}",
    expected="data/indicators.csv 中有 {name} {period:（%s）}的数值",
    hint="补上数据，或改正指标标识、时期。",
    hint_report="在填报数据的“指标”表中填好；没有数据的在“缺值原因”一栏写明。",
    good=_FINE,
    bad="""
# 工作

## 服务

面向社区开展服务活动十二次，参加人员 {{ staff.part_time }} 人。
""",
)
def value_unknown(context: Context) -> Iterator[Finding]:
    """An expression wants a value that is not there; told once for each value, or for a table."""
    yield from once_each(context, "RK131")


emitted(
    code="RK132",
    name="value-circular",
    title="指标的公式循环",
    severity=Severity.ERROR,
    source=VALUES,
    why="甲由乙算出，乙又由甲算出，永远得不到结果。",
    message="“{name}”的公式循环：{path}",
    expected="公式最终由填报的数值算出",
    hint="改正其中一个公式，或直接填报数值。",
    good=_FINE,
    bad="""
=== report.yaml
indicators:
  - {id: visits.a, name: 甲, formula: visits.b + 1}
  - {id: visits.b, name: 乙, formula: visits.a - 1}
=== chapters/2.md
# 工作

## 服务

面向社区开展服务活动 {{ visits.a }} 次，参加人员逐年增加。
""",
)


@rule(
    code="RK133",
    name="indicator-unknown",
    title="不认识的指标",
    severity=Severity.ERROR,
    source=Source(Basis.STANDARD, "所选规范的指标目录和 report.yaml 中自定的指标"),
    why="标识写错的数据不会被用到，汇总时也找不到。",
    message="没有指标“{name}”",
    expected="规范的指标目录或 report.yaml 的 indicators 中有这个标识",
    hint="{near:是否指 %s？}改正标识；自定的指标请在 report.yaml 的 indicators 中定义。",
    good=_FINE,
    bad="""
=== data/indicators.csv
indicator,period,value
staff.total,2023,50
staff.totol,2022,48
""",
    needs=(Needs.SUBMISSION, Needs.STANDARD),
)
def indicator_unknown(context: Context) -> Iterator[Finding]:
    """A table compares an unknown indicator, or a value's id is a slip of a known one (warning).

    A name in Chinese is the author's own indicator, unless it is the name of one that has an id.
    """
    yield from context.emitted("RK133")
    own = context.submission.metadata.indicators
    known = {indicator.id for indicator in (*context.standard.indicators, *own)}
    named = {indicator.name: indicator.id for indicator in (*context.standard.indicators, *own)}
    unknown = {o.indicator: o for o in reversed(context.submission.data.observations)}
    for name, observation in unknown.items():
        if name in known:
            continue
        near = _near(name, known) if name.isascii() else named.get(name, "")
        if near:
            yield Finding(
                code="RK133",
                place=observation.place_of("indicator") or Place(file="data/indicators.csv"),
                quote=name,
                at=name,
                severity=Severity.WARNING,
                args={"name": name, "near": near},
            )


def _near(name: str, known: set[str]) -> str:
    """A known id that differs by a slip of the fingers."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    found = process.extractOne(name, sorted(known), scorer=OSA.distance, score_cutoff=1)
    return str(found[0]) if found else ""


emitted(
    code="RK134",
    name="observation-duplicate",
    title="同一指标值填了两次",
    severity=Severity.ERROR,
    source=FILES,
    why="两个数不一样时，不知以哪个为准。",
    message="{indicator}（{period}{scope:，%s}）填了两次",
    expected="同一指标、时期、口径只填一次",
    hint="留下正确的一行；确有两种口径的，在 scope 一栏写明。",
    good=_FINE,
    bad="""
=== data/indicators.csv
indicator,period,value
staff.total,2023,50
staff.total,2023,51
""",
)

emitted(
    code="RK135",
    name="number-invalid",
    title="数值不是数字",
    severity=Severity.ERROR,
    source=FILES,
    why="带单位或文字的数值无法计算。",
    message="“{value}”不是数字：{reason}",
    expected="半角数字，可有负号和小数点，不带单位",
    hint="单位写在 unit 一栏；没有数据的留空，并在 missing 一栏写原因。",
    good=_FINE,
    bad="""
=== data/indicators.csv
indicator,period,value
staff.total,2023,五十人
""",
)


@rule(
    code="RK136",
    name="table-data-missing",
    title="表或图要用的数据没有",
    severity=Severity.ERROR,
    source=FILES,
    why="没有数据，表格印出来是空的。",
    message="{path:找不到数据文件 %s}{name:没有“%s”}{period: %s 的数值}{scope:（%s）}",
    expected="{path:文件夹中有 %s}{id:data/indicators.csv 中有 %s 的这一行}",
    hint="{suggestion:是否指 %s？}补上数据；确实没有的，在 missing 一栏写“不适用”等原因。",
    good=_FINE,
    bad="""
# 工作

## 服务

面向社区开展服务活动十二次，情况见 @tbl:visits。

::: table {#tbl:visits caption="服务情况表" data="data/visits.csv"}
:::
""",
)
def table_data_missing(context: Context) -> Iterator[Finding]:
    """A table or chart wants a file or a value that is not there; told once for each."""
    yield from once_each(context, "RK136")
