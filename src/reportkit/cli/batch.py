"""The command for a whole folder of submissions."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .app import CANNOT, ERRORS, FINE, STANDARD, STANDARDS, SUBMISSION, app
from .chinese import ChineseCommand

if TYPE_CHECKING:
    from ..batch import Result


@app.command(cls=ChineseCommand, short_help="成批检查、输出一个文件夹中的全部报送件")
@click.argument("folder", metavar="文件夹", type=SUBMISSION)
@click.option(
    "--out", required=True, metavar="输出", help="结果放在哪里：文件夹，或 s3:// 等网络位置"
)
@click.option("--check-only", is_flag=True, help="只检查，不输出 DOCX 和 PDF")
@click.option("--draft", is_flag=True, help="有错误的也输出，每页印“草稿”字样；缺省只输出合格的")
@click.option(
    "--to", "formats", default="docx,pdf", metavar="格式", help="docx、pdf，或 docx,pdf（缺省）"
)
@click.option("--style", metavar="版式", help="版式名称，或版式文件夹；缺省按各报送件所写")
@click.option(
    "--pdf",
    type=click.Choice(["ua", "a3", "plain"]),
    default="ua",
    help="ua 供读屏、上网（缺省）；a3 供归档，附报送件；plain 最小",
)
@click.option(
    "--workers", type=click.IntRange(1, 256), metavar="数", help="同时处理几份；缺省为核数"
)
@click.option(
    "--time-limit",
    type=click.IntRange(1),
    default=300,
    metavar="秒",
    help="每份最多用多久；缺省 300",
)
@click.option(
    "--memory-limit",
    type=click.IntRange(200),
    default=2000,
    metavar="MB",
    help="每份最多用多少内存；缺省 2000",
)
@click.option("--force", is_flag=True, help="没有改动的也重做")
@click.option(
    "--roster", type=SUBMISSION, metavar="文件", help="应报单位名录（CSV 或 XLSX），用来找出未报的"
)
@click.option("--committee", default="", metavar="名称", help="审核意见由谁发出；不写则留空待填")
@click.option("--date", default="", metavar="日期", help="审核意见的日期，如 2025年12月1日")
@click.option("--deadline", default="", metavar="日期", help="请各单位在何时以前改好")
@click.option("--scheduler", metavar="地址", help="交给 Dask 集群做，如 tcp://主机:8786")
@STANDARD
@STANDARDS
def batch(
    folder: Path,
    out: str,
    check_only: bool,
    draft: bool,
    formats: str,
    style: str | None,
    pdf: str,
    workers: int | None,
    time_limit: int,
    memory_limit: int,
    force: bool,
    roster: Path | None,
    committee: str,
    date: str,
    deadline: str,
    scheduler: str | None,
    standard: str | None,
    standards_dir: Path | None,
) -> None:
    """检查一个文件夹中的全部报送件，合格的输出 DOCX 和 PDF，并汇总成一份结果。

    报送件可以是文件夹（report.yaml）、JSON、填好的模板和数据，或现成的 Word、PDF、文本报告，
    放在几层文件夹里都可以；其他文件会跳过。

    例：
        reportkit batch 收到的报告 --out 结果
        reportkit batch 收到的报告 --out 结果 --check-only
        reportkit batch 收到的报告 --out 结果 --draft --roster 应报单位.csv
        reportkit batch 收到的报告 --out 结果 --committee 某某委员会 --deadline 2025年12月10日
        reportkit batch 收到的报告 --out 结果 --scheduler tcp://192.168.1.10:8786

    一份出问题不影响其他各份。中断后再运行同一命令，从断处接着做；没有改动的不重做。

    退出码：0 全部合格；1 有不合格的；2 有没能处理的，或没能做成。
    """
    from ..batch import Limits, Options, run
    from ..batch.running import GO_ON
    from ..batch.summary import Letterhead, SummaryOptions
    from .batch_progress import watching

    wanted = [name.strip().lower() for name in formats.split(",") if name.strip()]
    options = Options.model_validate(
        {
            "formats": _formats(wanted),
            "draft": draft,
            "check_only": check_only,
            "standard": standard,
            "style": style,
            "pdf": pdf,
        }
    )
    limits = Limits(seconds=time_limit, memory=memory_limit * 1_000_000)
    try:
        with watching() as watch:
            result = run(
                folder,
                out,
                options=options,
                limits=limits,
                workers=workers,
                force=force,
                roster=roster,
                scheduler=scheduler,
                standards=standards_dir,
                summary=SummaryOptions(
                    letterhead=Letterhead(committee=committee, date=date, deadline=deadline)
                ),
                watch=watch,
            )
    except KeyboardInterrupt:
        click.echo(f"已中断；{GO_ON}", err=True)
        sys.exit(CANNOT)
    _tell(result, out)


def _formats(wanted: list[str]) -> list[str]:
    from ..refusals import CannotDo
    from ..workflow import FORMATS

    formats = list(dict.fromkeys(wanted))
    if not formats or (unknown := [name for name in formats if name not in FORMATS]):
        named = "、".join(unknown) if formats else ""
        raise CannotDo(f"不能输出“{named}”格式；可以输出 {'、'.join(FORMATS)}。")
    return formats


def _tell(result: Result, out: str) -> None:
    """The summary, and the exit code."""
    from ..batch import State
    from ..batch.summary import INDEX
    from ..model.diagnostic import Severity

    states = result.states
    for state in State:
        if states[state]:
            click.echo(f"  {state.label:　<7}{states[state]:>5} 份")
    between = [d for found in result.between.values() for d in found if d.explained is None]
    counts = (
        f"{severity.label.partition('（')[0]} {number} 条"
        for severity in (Severity.ERROR, Severity.WARNING)
        if (number := sum(d.severity is severity for d in between))
    )
    if told := "，".join(counts):
        click.echo(f"各份之间（含名录）：{told}")
    reused = f"，其中 {result.reused} 份没有改动，未重做" if result.reused else ""
    click.echo(f"共 {len(result.outcomes)} 份{reused}；请看 {out.rstrip('/')}/{INDEX}")
    if result.ok:
        sys.exit(FINE)
    sys.exit(ERRORS if set(states) <= {State.PASSED, State.FAILED} else CANNOT)
