"""Commands that inform: standards, schemas, rules, and the state of the machine."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from .app import CANNOT, STANDARDS, app
from .chinese import ChineseCommand


@app.command(cls=ChineseCommand, short_help="列出、显示、比较编制规范")
@click.argument("words", metavar="[标识 | diff 甲 乙]", nargs=-1)
@STANDARDS
def standards(words: tuple[str, ...], standards_dir: Path | None) -> None:
    """列出编制规范；给出标识则显示其提纲；diff 比较两个规范。

    例：
        reportkit standards
        reportkit standards moe-2024-school
        reportkit standards diff moe-2023-district moe-2024-school

    提纲中 ◎ 必有，○ 可有，△ 有条件时应有，× 不得有。
    """
    from ..standards import diff, render_diff, render_list, render_standard
    from ..workflow import find_standard, list_standards

    match words:
        case ():
            click.echo(render_list(list_standards(standards_dir)))
        case ("diff", old, new):
            a, b = find_standard(old, standards_dir), find_standard(new, standards_dir)
            click.echo(render_diff(a, b, diff(a, b)))
        case ("diff", *_):
            raise click.UsageError("diff")
        case (one,):
            click.echo(render_standard(find_standard(one, standards_dir)))
        case _:
            raise click.UsageError("standards")


@app.command(cls=ChineseCommand, short_help="打印 JSON Schema")
@click.argument("standard", metavar="[规范]", required=False)
@click.option("--draft-07", "draft07", is_flag=True, help="编辑器常用的 draft-07 版本")
@STANDARDS
def schema(standard: str | None, draft07: bool, standards_dir: Path | None) -> None:
    """打印报送件（JSON 文档）的 JSON Schema；给出规范则含其必有章节和指标。

    例：
        reportkit schema > submission.schema.json
        reportkit schema moe-2024-school
    """
    from ..reading.schema import document_schema
    from ..reading.schema import draft07 as to_draft07
    from ..standards import schema as standard_schema
    from ..workflow import find_standard

    made = document_schema()
    if standard:
        made = standard_schema(find_standard(standard, standards_dir), document=made)
    click.echo(json.dumps(to_draft07(made) if draft07 else made, ensure_ascii=False, indent=2))


@app.command(cls=ChineseCommand, short_help="解释一条规则")
@click.argument("code", metavar="规则编号", required=False)
def explain(code: str | None) -> None:
    """解释一条规则：查什么、为什么、依据、正反例、怎样改。不给编号则列出全部。

    例：
        reportkit explain RK201
        reportkit explain section-missing
    """
    from ..checks import explain as text
    from ..checks import explain_all, suggestions

    if code is None:
        click.echo(explain_all())
        return
    found = text(code)
    if found is None:
        near = "、".join(suggestions(code))
        click.echo(f"错误：没有规则“{code}”。" + (f"是否指 {near}？" if near else ""), err=True)
        sys.exit(CANNOT)
    click.echo(found)


@app.command(cls=ChineseCommand, short_help="查看本机能输出什么、缺什么、怎样补")
def doctor() -> None:
    """检查本机的组件和字体：哪些已装、哪些字体被替代、缺的怎样补。

    例：
        reportkit doctor
    """
    from ..doctor import examine

    findings = examine()
    for item in findings:
        click.echo(f"{'✓' if item.ok else '✗' if item.needed else '·'} {item.name}：{item.state}")
        if item.remedy and not item.ok:
            click.echo(f"    {item.remedy}")
    missing = [item for item in findings if item.needed and not item.ok]
    click.echo("" if missing else "\n一切就绪，可以输出 DOCX 和 PDF。")
    if missing:
        click.echo(f"缺少 {'、'.join(item.name for item in missing)}。")
        sys.exit(1)
