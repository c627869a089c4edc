"""``reportkit facts``: every fact with the places that use it."""

from __future__ import annotations

import json
from pathlib import Path

import click

from .app import STANDARDS, SUBMISSION, app
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
@STANDARDS
def facts(path: Path, form: str, standards_dir: Path | None) -> None:
    """列出报送件的每个指标值、来源和所有用到它的地方，以及正文里直接写的数。

    例：
        reportkit facts 我的报告
        reportkit facts 我的报告 --format json > 指标值.json
    """
    from ..checks.factbook import as_json, as_text
    from ..workflow import list_facts

    book = list_facts(path, standards=standards_dir)
    if form == "json":
        click.echo(json.dumps(as_json(book), ensure_ascii=False, indent=2))
    else:
        click.echo(as_text(book))
