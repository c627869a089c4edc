"""The command that turns files of Word and Excel into a submission folder."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from .app import CANNOT, ERRORS, FINE, STANDARDS, SUBMISSION, app
from .chinese import ChineseCommand


@app.command("import", cls=ChineseCommand, short_help="把现成的报告或填好的模板转成报送件")
@click.argument("files", metavar="文件...", nargs=-1, required=True, type=SUBMISSION)
@click.option(
    "--out", type=SUBMISSION, required=True, metavar="文件夹", help="写到哪里；不覆盖已有内容"
)
@click.option("--standard", metavar="规范", help="报告所用的规范；缺省选最相符的（模板自己写明）")
@STANDARDS
def import_(
    files: tuple[Path, ...], out: Path, standard: str | None, standards_dir: Path | None
) -> None:
    """把一份现成的报告，或填好的填报模板和填报数据，转成报送件文件夹。

    例：
        reportkit import 年度报告.docx --out 我的报告
        reportkit import 填报模板.docx 填报数据.xlsx --out 我的报告

    退出码：0 已转成且合格；1 已转成，有必须改正的错误；2 没能转成。
    """
    from ..checks import render
    from ..exchange import import_files

    opened = import_files(files, out, standard=standard, standards=standards_dir)
    click.echo(render([opened], "text", colour=sys.stdout.isatty()))
    if opened.result.submission is None:
        sys.exit(CANNOT)
    click.echo(f"已写入 {out}")
    click.echo(f"下一步：对照原文件核对，改正上面列出的问题，再运行 reportkit check {out}")
    sys.exit(FINE if opened.ok else ERRORS)
