"""The command that measures the checks against a list of known mistakes."""

from __future__ import annotations

from pathlib import Path

import click

from .app import app
from .chinese import ChineseCommand

_FILE = click.Path(path_type=Path)


@app.command(cls=ChineseCommand, short_help="用差错清单测量检查的召回率和误报")
@click.argument("reports", metavar="报告…", nargs=-1, required=True, type=_FILE)
@click.option("--gold", required=True, type=_FILE, help="差错清单（JSON Lines）")
@click.option("--correct", type=_FILE, help="正确说法的清单（JSON Lines），其中的不应当报")
@click.option("--numbers", "numbers_only", is_flag=True, help="只看数字类的差错和规则")
@click.option("--json", "as_data", is_flag=True, help="输出 JSON")
def evaluate(
    reports: tuple[Path, ...], gold: Path, correct: Path | None, numbers_only: bool, as_data: bool
) -> None:
    """检查各份报告，与差错清单比较：每类差错的召回率，误报，对不上的检查结果，用时。

    例：
        reportkit evaluate a.txt b.docx --gold mistakes.jsonl --correct right.jsonl

    清单每行一个 JSON 对象：report（报告文件名，不带扩展名）、line、quote、kind，
    可有 also（矛盾的另一方）、confidence、id。
    """
    from ..evaluation import as_json, as_text
    from ..evaluation import evaluate as measure

    result = measure(reports, gold, correct, numbers_only=numbers_only)
    click.echo(as_json(result) if as_data else as_text(result))
