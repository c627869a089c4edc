"""The README of a new submission: what to do, how to write, and which indicators are asked for."""

from collections.abc import Iterator
from string import Template

from reportkit.model.data import Indicator
from reportkit.model.standard import Need, Standard

from .labels import NEEDS, STATUSES
from .scaffold import MARKER, asked_indicators

_STEPS = Template("""\
## 步骤

1. 填写 `report.yaml`：标题、数据所属时期、单位、封面、落款。
2. 逐个填写 `chapters/` 中的文件。以“$marker”开头的段落是提示，写好正文后整段删去；
   标明“可选”的节，不写就连标题一起删去。
3. 填写 `data/indicators.csv`：每行一个指标，在 value 栏写数；没有数的留空，
   加一栏 missing 写原因，如“不适用”。
4. 图片放进 `figures/`。
5. 运行 `reportkit check .` 查看还缺什么、哪里有错；
   全部改好后运行 `reportkit build .` 输出 Word 和 PDF。

各章、表、图、案例的编号和目录都由程序生成，不必自己写。

## 写法

| 要写什么 | 写成 |
|---|---|
| 下一级标题 | `## 标题`、`### 标题`（`#` 越多级别越低） |
| 加粗 | `**文字**` |
| 脚注 | 文中写 `[^1]`，另起一段写 `[^1]: 脚注内容` |
| 数据中的数 | `{{ 指标标识 }}`，如 `{{ $example }}` |
| 引用表、图、案例 | `@tbl:标识`、`@fig:标识`、`@case:标识` |

表：

    ::: table {#tbl:scale caption="规模与上年相比" unit="人"}
    | 指标 | 上年 | 本年 |
    |---|---|---|
    | 甲 | 100 | 120 |
    :::

图（图片先放进 `figures/`）：

    ::: figure {#fig:campus caption="活动现场" owner="单位全称"}
    image: figures/campus.jpg
    alt: 用一句话描述图片内容
    :::

数据图：

    ::: chart {#fig:trend caption="近三年的变化" unit="人"}
    | 年度 | 人数 |
    |---|---|
    | 2022 | 100 |
    | 2023 | 120 |
    :::

案例：

    ::: case {#case:first title="案例标题" owner="单位全称"}
    背景、做法和成效。
    :::
""")


def guide(standard: Standard) -> str:
    """The README, in Markdown."""
    return "\n".join(_guide(standard)) + "\n"


def _guide(standard: Standard) -> Iterator[str]:
    wanted = asked_indicators(standard)
    example = wanted[0] if wanted else "indicator.id"
    yield "# 填写说明\n"
    yield f"本文件夹按《{standard.title}》（{standard.id}）建立。本说明不会印进报告，可以删去。\n"
    yield _STEPS.substitute(marker=MARKER, example=example)
    if wanted:
        yield "## 指标\n"
        yield from _indicators(standard, wanted)


def _indicators(standard: Standard, wanted: list[str]) -> Iterator[str]:
    required = {item.id: item for item in standard.required_indicators}
    catalogue = {indicator.id: indicator for indicator in standard.indicators}
    yield "“依据”说明这一指标有多确定：官方 见于文件，惯例 见于已公布的报告，拟定 待核实。\n"
    yield "| 标识 | 名称 | 单位 | 要求 | 口径和公式 | 依据 |"
    yield "|---|---|---|---|---|---|"
    for name in wanted:
        indicator = catalogue[name]
        item = required.get(name)
        need = NEEDS[item.need] if item else "表中有此行"
        if item and item.need is Need.CONDITIONAL and item.condition:
            need = item.condition
        cells = (f"`{name}`", indicator.name, indicator.unit, need, _meaning(indicator))
        yield "| " + " | ".join((*cells, STATUSES[indicator.status])) + " |"


def _meaning(indicator: Indicator) -> str:
    formula = f"`{indicator.formula}`" if indicator.formula and "." in indicator.formula else ""
    parts = (indicator.definition, formula or indicator.formula)
    return "；".join(part.rstrip("。") for part in parts if part)
