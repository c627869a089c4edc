"""The program: its group of commands, exit codes, and what several commands share."""

from __future__ import annotations

from pathlib import Path

import click

from .chinese import ChineseGroup

FINE, ERRORS, CANNOT = 0, 1, 2
"""Exit codes: no error; errors found; could not do it."""

SUBMISSION = click.Path(path_type=Path)
STANDARDS = click.option(
    "--standards",
    "standards_dir",
    type=SUBMISSION,
    metavar="文件夹",
    help="另外的编制规范所在的文件夹（每个规范一个子文件夹）",
)
STANDARD = click.option(
    "--standard",
    metavar="规范",
    help="现成报告（.docx、.pdf 等）按哪个规范检查；缺省选最相符的",
)


@click.group(
    cls=ChineseGroup,
    no_args_is_help=False,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option("--version", is_flag=True, help="显示版本")
@click.pass_context
def app(ctx: click.Context, version: bool) -> None:
    """质量年度报告：填写、检查、编号、输出 Word 和 PDF。

    第一次使用：
        reportkit standards                             看有哪些编制规范
        reportkit new moe-2024-school 我的报告 --org 某某单位 --year 2024
        reportkit check 我的报告                         看缺什么、错什么
        reportkit build 我的报告 --draft                 先印一份草稿看看
        reportkit build 我的报告                         没有错误后输出正式文件

    退出码：0 没有错误；1 有必须改正的错误；2 没能做成。
    """
    if version:
        from importlib.metadata import version as installed

        click.echo(f"reportkit {installed('reportkit')}")
    elif ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
