"""The command that takes edits of a produced Word file back into the submission."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from .app import ERRORS, FINE, STANDARDS, SUBMISSION, app
from .chinese import ChineseCommand


@app.command(cls=ChineseCommand, short_help="把在 Word 成品里改的内容取回报送件")
@click.argument("paths", metavar="[改过的.docx] 报送件", nargs=-1, required=True, type=SUBMISSION)
@click.option("--yes", is_flag=True, help="不再询问，直接写入")
@click.option("--undo", is_flag=True, help="撤销上一次取回")
@STANDARDS
def pull(paths: tuple[Path, ...], yes: bool, undo: bool, standards_dir: Path | None) -> None:
    """把别人在 build 输出的 Word 文件里改的文字取回报送件文件夹。

    先按章节列出改了什么，确认后才写入；只改动过的几行会变，其余一字不动。
    取自数据的数（{{ }}、CSV 表、对比表）改了不写入，列为“冲突”，请改数据。

    例：
        reportkit pull 年度报告（领导改）.docx 我的报告
        reportkit pull 年度报告（领导改）.docx 我的报告 --yes
        reportkit pull --undo 我的报告

    退出码：0 没有错误；1 有冲突、有没取回的改动或检查有错误；2 没能做成。
    """
    from .. import exchange
    from ..refusals import CannotDo

    if undo:
        if len(paths) != 1:
            raise CannotDo("--undo 后面只写报送件文件夹。")
        files = exchange.undo_pull(paths[0])
        click.echo(f"已撤销，恢复 {'、'.join(files)}")
        return
    if len(paths) != 2:
        raise CannotDo("请写两项，例：reportkit pull 改过的.docx 我的报告")
    edited, path = paths
    pulled = exchange.pull(edited, path, standards=standards_dir)
    from ..pulling import show

    click.echo(show(pulled.changes))
    rest = pulled.changes.count("conflict") + pulled.changes.count("left")
    if not pulled.files:
        sys.exit(ERRORS if rest else FINE)
    if not yes and not _agreed():
        click.echo("没有写入。")
        return
    kept = exchange.take_over(path, pulled)
    click.echo(f"已写入 {'、'.join(pulled.files)}；原来的文件在 {kept}，")
    click.echo(f"撤销请运行 reportkit pull --undo {path}")
    sys.exit(_checked(path, standards_dir) or (ERRORS if rest else FINE))


def _agreed() -> bool:
    """Ask; where no one can answer, nothing is written."""
    if not sys.stdin.isatty():
        click.echo("要写入请加 --yes。")
        return False
    answer = click.prompt("写入报送件？（是/否）", prompt_suffix=" ")
    return answer.strip() in ("是", "y", "Y", "yes")


def _checked(path: Path, standards: Path | None) -> int:
    """Check the submission again and print the result; the exit code."""
    from ..checks import render
    from ..workflow import open_submission

    opened = open_submission(path, standards=standards)
    click.echo("")
    click.echo(render([opened], "text", colour=sys.stdout.isatty()))
    return FINE if opened.ok else ERRORS
