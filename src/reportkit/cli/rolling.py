"""The command that makes this year's draft from last year's report."""

from __future__ import annotations

from pathlib import Path

import click

from .app import STANDARDS, SUBMISSION, app
from .chinese import ChineseCommand


@app.command(name="roll-forward", cls=ChineseCommand, short_help="由上年的报送件生成今年的草稿")
@click.argument("old", metavar="上年报送件", type=SUBMISSION)
@click.option("--standard", required=True, metavar="规范", help="今年的编制规范")
@click.option(
    "--out", type=SUBMISSION, required=True, metavar="文件夹", help="写到哪里；不覆盖已有内容"
)
@click.option(
    "--year", type=click.IntRange(1990, 2100), metavar="年度", help="标题年度，缺省为上年加一"
)
@STANDARDS
def roll_forward(
    old: Path, standard: str, out: Path, year: int | None, standards_dir: Path | None
) -> None:
    """由上年的报送件生成今年的草稿。上年报送件可以是文件夹、JSON 文档，也可以是 Word 文件。

    各节按新旧规范的对应关系放到新提纲中，没有位置的留在 unplaced.md；沿用的文字段首有
    〔上年文字，请改写〕，改写之前检查不通过；上年的数据成为对比年，今年的留空待填；
    表留下结构，数字清空；图照旧；标题年度、数据时期、日期顺延。

    例：
        reportkit roll-forward 2023年报告 --standard moe-2024-school --out 2024年报告
        reportkit roll-forward 去年.docx --standard moe-2024-school --out 今年 --year 2024
    """
    from ..exchange import roll_forward as make
    from ..rolling import UNPLACED

    made = make(old, standard, out, year=year, standards=standards_dir)
    metadata = made.submission.metadata
    click.echo(f"已写入 {out}：{metadata.title}")
    click.echo(f"沿用上年 {made.sections} 节的内容，段首有标记，改写后删去标记")
    if made.unplaced:
        click.echo(f"没有位置的内容在 {out / UNPLACED}，处理完请删去该文件")
    click.echo(f"下一步：填写 {out / 'data' / 'indicators.csv'}，改写正文，")
    click.echo(f"        再运行 reportkit check {out}")
