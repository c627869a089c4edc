"""``reportkit facts``: every fact with the places that use it; typed numbers become facts."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from .app import ERRORS, FINE, STANDARDS, SUBMISSION, app
from .chinese import ChineseCommand


@app.command(cls=ChineseCommand, short_help="列出每个指标值用在哪里，哪些数没有指标值可对照")
@click.argument("path", metavar="报送件", type=SUBMISSION)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="结果的形式：text 供阅读，json 供程序",
)
@click.option("--trace", metavar="指标", help="汇总数由哪些单位的哪些数得来；口径写在 @ 后")
@click.option("--strict", is_flag=True, help="有直接写出的数时，退出码为 1")
@click.option("--adopt", is_flag=True, help="为直接写出的数提出指标；不加 --write 不改文件")
@click.option(
    "--plan",
    metavar="文件.csv",
    type=SUBMISSION,
    help="与 --adopt 合用：把建议存成表格；与 --write 合用：按改过的表格写入",
)
@click.option("--write", is_flag=True, help="与 --adopt 合用：写入报送件")
@click.option("--undo", is_flag=True, help="撤销上一次写入")
@STANDARDS
def facts(
    path: Path,
    form: str,
    trace: str | None,
    strict: bool,
    adopt: bool,
    plan: Path | None,
    write: bool,
    undo: bool,
    standards_dir: Path | None,
) -> None:
    """列出报送件的每个指标值、来源和所有用到它的地方，以及直接写出的数。

    加 --adopt，为直接写出的数提出指标名、口径、时期和单位；确认后，数值进入
    data/indicators.csv，原处改为取值。印出的内容须逐字不变，否则不写入。

    例：
        reportkit facts 我的报告
        reportkit facts 我的报告 --format json > 指标值.json
        reportkit facts 我的报告 --adopt                       先看建议
        reportkit facts 我的报告 --adopt --plan 建议.csv       存成表格，改名称，定取舍
        reportkit facts 我的报告 --adopt --plan 建议.csv --write
        reportkit facts 我的报告 --undo
        reportkit facts 全市报告 --trace enrolment.total       汇总数的来源
        reportkit facts 我的报告 --strict                      有直接写出的数，退出码为 1
    """
    from ..refusals import CannotDo

    if undo:
        from ..exchange import undo_pull

        click.echo(f"已撤销，恢复 {'、'.join(undo_pull(path))}")
    elif adopt:
        _adopt(path, plan, write, standards_dir)
    elif trace is not None:
        _trace(path, trace, form, standards_dir)
    elif plan or write:
        raise CannotDo("--plan 和 --write 要与 --adopt 合用")
    else:
        _list(path, form, strict, standards_dir)


def _list(path: Path, form: str, strict: bool, standards: Path | None) -> None:
    from ..checks.factbook import as_json, as_text
    from ..workflow import list_facts

    book = list_facts(path, standards=standards)
    if form == "json":
        click.echo(json.dumps(as_json(book), ensure_ascii=False, indent=2))
    else:
        click.echo(as_text(book))
    sys.exit(ERRORS if strict and book.unbacked else FINE)


def _trace(path: Path, name: str, form: str, standards: Path | None) -> None:
    from ..checks.tracing import as_json, as_text
    from ..workflow import trace_fact

    traced = trace_fact(path, name, standards=standards)
    if form == "json":
        click.echo(json.dumps(as_json(traced), ensure_ascii=False, indent=2))
    else:
        click.echo(as_text(traced))


def _adopt(path: Path, plan: Path | None, write: bool, standards: Path | None) -> None:
    from .. import exchange
    from ..adopting import BadSheet, shown, to_csv
    from ..refusals import CannotDo

    if plan and write:
        try:
            proposals = exchange.read_plan(plan)
        except BadSheet as problem:
            raise CannotDo(f"{plan}：{problem}") from problem
    else:
        proposals = exchange.propose_facts(path, standards=standards)
    if not write:
        if plan:
            exchange.save_plan(plan, to_csv(proposals))
            click.echo(f"已写出 {plan}，共 {len(proposals)} 行。改好后运行：")
            click.echo(f"reportkit facts {path} --adopt --plan {plan} --write")
        else:
            click.echo(shown(proposals))
            click.echo("\n没有写入。要写入请加 --write；要先改名称，请用 --plan 存成表格。")
        return
    files, kept = exchange.adopt_facts(path, proposals, standards=standards)
    taken = sum(each.take for each in proposals)
    if not files:
        click.echo("没有可以取自数据的数，没有写入。")
        return
    click.echo(f"{taken} 处改为取值，已写入 {'、'.join(files)}；原来的文件在 {kept}，")
    click.echo(f"撤销请运行 reportkit facts {path} --undo")
