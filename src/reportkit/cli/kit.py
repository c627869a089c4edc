"""The command that makes a kit: a Word template and a workbook to fill in."""

from __future__ import annotations

from pathlib import Path

import click

from .app import STANDARDS, SUBMISSION, app
from .chinese import ChineseCommand


@app.command(cls=ChineseCommand, short_help="生成填报模板（Word）和填报数据（Excel）")
@click.argument("standard", metavar="规范")
@click.option(
    "--out", type=SUBMISSION, required=True, metavar="文件夹", help="写到哪里；不覆盖已有文件"
)
@click.option("--org", "organisation", metavar="名称", help="报送单位全称；不写则由填报人填写")
@click.option(
    "--year", type=click.IntRange(1990, 2100), metavar="年度", help="标题年度，缺省为今年"
)
@click.option(
    "--previous", type=SUBMISSION, metavar="报送件", help="上年的报送件，其数据作为上年值填好"
)
@click.option("--style", metavar="版式", help="版式名称，或版式文件夹；缺省 official")
@STANDARDS
def kit(
    standard: str,
    out: Path,
    organisation: str | None,
    year: int | None,
    previous: Path | None,
    style: str | None,
    standards_dir: Path | None,
) -> None:
    """按编制规范生成填报模板.docx 和填报数据.xlsx，给不用命令行的人填写。

    例：
        reportkit kit moe-2024-school --out 填报 --org 某某单位 --year 2024
        reportkit kit moe-2024-school --out 填报 --previous 去年的报告

    填好后读回：
        reportkit import 填报/填报模板.docx 填报/填报数据.xlsx --out 我的报告
    """
    from datetime import date

    from ..exchange import make_kit

    files = make_kit(
        standard,
        out,
        organisation=organisation,
        year=year or date.today().year,
        previous=previous,
        style=style,
        standards=standards_dir,
    )
    for file in files:
        click.echo(f"已写入 {file}")
    click.echo("下一步：在 Word 或 WPS 中填写，填好后运行")
    click.echo(f"        reportkit import {files[0]} {files[1]} --out 我的报告")
