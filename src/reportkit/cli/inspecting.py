"""The command that measures produced files."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from .app import ERRORS, FINE, SUBMISSION, app
from .chinese import ChineseCommand


@app.command(cls=ChineseCommand, short_help="量一量 DOCX、PDF 的版面、字体、目录、图片")
@click.argument("file", metavar="文件", type=SUBMISSION)
@click.option("--style", metavar="版式", help="应有的版式（名称或文件夹）；不给则不查版式数值")
@click.option("--against", type=SUBMISSION, metavar="文件", help="同一份报告的另一种文件，逐字比较")
@click.option(
    "--no-print", "unprinted", is_flag=True, help="DOCX 不用 LibreOffice 排印，只看文件里写的"
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="text（缺省）或 json",
)
def inspect(
    file: Path, style: str | None, against: Path | None, unprinted: bool, form: str
) -> None:
    """检查一份成品文件，不论是否由 reportkit 输出：纸张、页边距、行数字数、字体、标题和
    表头的位置、页码、目录、图片清晰度、链接；每条写明实测值、应有值和依据。

    例：
        reportkit inspect 年度报告.pdf --style official
        reportkit inspect 年度报告.docx --against 年度报告.pdf
        reportkit inspect 年度报告.pdf --format json

    退出码：0 没有错误；1 有必须改正的错误；2 读不了这个文件。
    """
    from ..inspection import inspect as examine
    from ..inspection import render

    found = examine(file, style=style, against=against, printed=not unprinted)
    click.echo(render(found, form), nl=False)
    sys.exit(FINE if found.ok else ERRORS)
