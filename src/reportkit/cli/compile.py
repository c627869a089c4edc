"""The command that begins a report from the submissions of others."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .app import STANDARDS, SUBMISSION, app
from .chinese import ChineseCommand

if TYPE_CHECKING:
    from ..compiling import Compiled

MOST = 5
"""Submissions that are named on the screen; the account has all."""


@app.command(name="compile", cls=ChineseCommand, short_help="由各单位的报送件汇总出一份报告的草稿")
@click.argument("folder", metavar="文件夹", type=SUBMISSION, required=False)
@click.option("--standard", metavar="规范", help="新报告的编制规范")
@click.option("--out", type=SUBMISSION, metavar="新报告", help="写到哪里；不覆盖已有内容")
@click.option(
    "--update", type=SUBMISSION, metavar="报告", help="只更新已汇总报告中的数据，不动正文"
)
@click.option("--undo", type=SUBMISSION, metavar="报告", help="撤销上一次更新")
@click.option("--org", metavar="单位", help="新报告的编制单位")
@click.option(
    "--year", type=click.IntRange(1990, 2100), metavar="年度", help="标题年度；缺省取最多的"
)
@click.option(
    "--level",
    type=click.Choice(["school", "district", "municipal", "enterprise", "other"]),
    help="汇总哪一级的报送件；缺省取份数最多的下级。各级不混在一起",
)
@click.option("--roster", type=SUBMISSION, metavar="文件", help="单位名录（CSV），补地区和类别")
@click.option("--take-case", "take", multiple=True, metavar="编号", help="取用一个案例，可以写几次")
@click.option("--workers", type=click.IntRange(1, 256), metavar="数", help="同时读几份")
@STANDARDS
def compile_(
    folder: Path | None,
    standard: str | None,
    out: Path | None,
    update: Path | None,
    undo: Path | None,
    org: str | None,
    year: int | None,
    level: str | None,
    roster: Path | None,
    take: tuple[str, ...],
    workers: int | None,
    standards_dir: Path | None,
) -> None:
    """由一个文件夹中的报送件汇总出一份报告的草稿，章节、表、图按所选规范。

    文件夹里可以是各种形式的报送件，也可以是 reportkit batch 的结果。计数和金额相加，比率按分母或
    权数加权平均，其余取中位数；同一单位只计一次，各级、各时期、各口径不混在一起。每个汇总数的来源
    在 data/sources.csv，没有计入的在 汇总说明.md，可选用的案例在 案例备选.md。

    例：
        reportkit compile 收到的报告 --standard bj-municipal-2025 --out 全市报告
        reportkit compile 收到的报告 --update 全市报告
        reportkit compile 收到的报告 --update 全市报告 --take-case 某单位#2
        reportkit compile --undo 全市报告
    """
    from ..compiling import Sources, compile_report, undo_update, update_report
    from ..refusals import CannotDo
    from .batch_progress import watching

    if undo is not None:
        click.echo(f"已撤销，恢复 {'、'.join(undo_update(undo))}")
        return
    if folder is None:
        raise CannotDo("请写明报送件所在的文件夹。")
    if (out is None) == (update is None):
        raise CannotDo("请用 --out 写明新报告放在哪里，或用 --update 写明更新哪一份。")
    if out is not None and standard is None:
        raise CannotDo("请用 --standard 写明新报告的编制规范。")
    with watching() as watch:
        sources = Sources(folder, level, roster, standards_dir, workers, watch)
        if update is not None:
            made = update_report(sources, update, take=take)
        else:
            assert standard is not None
            assert out is not None
            made = compile_report(sources, standard, out, organisation=org, year=year, take=take)
    target = update or out
    assert target is not None
    _tell(made, target, updated=update is not None)


def _tell(made: Compiled, out: Path, *, updated: bool) -> None:
    """What came of it, and what to do next."""
    chosen = made.chosen
    charts = sum(each.chart is not None for each in made.laid)
    values = sum(o.value is not None for o in made.pooled.observations.values())
    click.echo(
        f"汇总了 {len(chosen.members)} 份报送件的 {values} 个数，"
        f"成表 {len(made.laid) - charts} 张、图 {charts} 张；可选用的案例 {made.cases} 个"
    )
    left = [*made.unread, *chosen.left]
    for each in left[:MOST]:
        click.echo(f"  未计入 {each.item}：{each.reason}")
    if len(left) > MOST:
        click.echo(f"  未计入的共 {len(left)} 份")
    if made.contributed.refused:
        click.echo(f"  没有计入的数值 {len(made.contributed.refused)} 个")
    if made.apart:
        click.echo(f"  已有自己的数、没有改动：{'、'.join(made.apart)}")
    for file in made.new:
        click.echo(f"  新的汇总表 {file} 还没有用到；要用，在正文中写 ::: table {{data={file}}}")
    if not updated:
        click.echo(f"已写入 {out}；没有计入的和各指标的填报数见 {out / '汇总说明.md'}")
        click.echo(f"下一步：写正文，再运行 reportkit check {out}")
    elif made.files:
        click.echo(f"已更新 {'、'.join(made.files)}")
        click.echo(f"撤销请运行 reportkit compile --undo {out}")
    else:
        click.echo("没有变化，未写入。")
