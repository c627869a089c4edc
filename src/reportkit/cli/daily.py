"""The commands of daily work: new, check, build, convert."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .app import CANNOT, ERRORS, FINE, STANDARD, STANDARDS, SUBMISSION, app
from .chinese import ChineseCommand

if TYPE_CHECKING:
    from ..workflow import Built, Opened


@app.command(cls=ChineseCommand, short_help="新建一份报送件，每一节都有填写提示")
@click.argument("standard", metavar="规范")
@click.argument("directory", metavar="文件夹", type=SUBMISSION)
@click.option("--org", "organisation", default="（单位全称）", metavar="名称", help="报送单位全称")
@click.option(
    "--year", type=click.IntRange(1990, 2100), metavar="年度", help="标题年度，缺省为今年"
)
@STANDARDS
def new(
    standard: str, directory: Path, organisation: str, year: int | None, standards_dir: Path | None
) -> None:
    """按编制规范新建一个报送件文件夹，每一节都有填写提示。

    例：
        reportkit new moe-2024-school 我的报告 --org 某某单位 --year 2024
    """
    from datetime import date

    from ..workflow import new as make

    made = make(
        standard,
        directory,
        organisation=organisation,
        year=year or date.today().year,
        standards=standards_dir,
    )
    click.echo(f"已按《{made.title}》（{made.id}）建立 {directory}")
    click.echo(f"下一步：填写 {directory / 'report.yaml'} 和 {directory / 'chapters'}，")
    click.echo(f"        再运行 reportkit check {directory}")


@app.command(cls=ChineseCommand, short_help="检查一份或多份报送件")
@click.argument("paths", metavar="报送件...", nargs=-1, required=True, type=SUBMISSION)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif", "html"]),
    default="text",
    help="结果的形式：text 供阅读，json、sarif 供程序，html 供浏览器",
)
@click.option("--output", type=SUBMISSION, metavar="文件", help="把结果写入文件，而不是屏幕")
@click.option(
    "--comments",
    type=SUBMISSION,
    metavar="文件",
    help="另存一份带批注的 Word 文件（.docx）或工作簿（.xlsx），批注写在有问题的原文上；原文件不动",
)
@STANDARD
@STANDARDS
def check(
    paths: tuple[Path, ...],
    form: str,
    output: Path | None,
    comments: Path | None,
    standard: str | None,
    standards_dir: Path | None,
) -> None:
    """检查报送件或现成的报告：文件、结构、编号、引用、数据。只看不改。

    报送件是文件夹或 JSON；现成的报告可以是 Word（.docx）、文本（.txt）、Markdown（.md）、
    有文字的 PDF，或填好的模板。

    例：
        reportkit check 我的报告
        reportkit check 年度报告.pdf --standard moe-2024-school
        reportkit check 甲校 乙校 丙校 --format html --output 检查结果.html
        reportkit check 我的报告 --format json > 结果.json
        reportkit check 年度报告.docx --comments 年度报告（批注）.docx

    退出码：0 合格；1 有必须改正的错误；2 没能检查。
    """
    from ..refusals import CannotDo
    from ..workflow import comment, open_submission, write_text

    if comments is not None and len(paths) != 1:
        raise CannotDo("--comments 一次只能检查一个文件。")
    opened = [open_submission(path, standard=standard, standards=standards_dir) for path in paths]
    text = _render(opened, form, colour=output is None)
    if output is not None:
        write_text(output, text)
        click.echo(f"检查结果已写入 {output}")
    else:
        click.echo(text, nl=not text.endswith("\n"))
    if comments is not None:
        click.echo(f"已写入 {comments}，批注 {comment(opened[0], comments)} 条", err=True)
    sys.exit(_exit_code(opened))


@app.command(cls=ChineseCommand, short_help="输出 DOCX 和 PDF")
@click.argument("path", metavar="报送件", type=SUBMISSION)
@click.option(
    "--to", "formats", default="docx,pdf", metavar="格式", help="docx、pdf，或 docx,pdf（缺省）"
)
@click.option("--out", type=SUBMISSION, metavar="文件夹", help="输出到哪里；缺省为 build/报送件名")
@click.option("--draft", is_flag=True, help="有错误也输出，每页印“草稿”字样")
@click.option("--style", metavar="版式", help="版式名称，或版式文件夹；缺省 official")
@click.option(
    "--pdf",
    type=click.Choice(["ua", "a3", "plain"]),
    default="ua",
    help="ua 供上网、读屏（缺省）；a3 供报送、归档，附报送件，也供读屏；plain 最小",
)
@click.option("--inspect", "measured", is_flag=True, help="输出后再量一遍成品，并比较 DOCX 和 PDF")
@click.option("--exact-pages", is_flag=True, help="DOCX 目录的页码按 LibreOffice 排出的结果核定")
@STANDARD
@STANDARDS
def build(
    path: Path,
    formats: str,
    out: Path | None,
    draft: bool,
    style: str | None,
    pdf: str,
    measured: bool,
    exact_pages: bool,
    standard: str | None,
    standards_dir: Path | None,
) -> None:
    """检查后输出可付印的 DOCX 和 PDF，连同检查结果。有错误时只输出检查结果。

    例：
        reportkit build 我的报告
        reportkit build 我的报告 --draft --to pdf
        reportkit build 我的报告 --style plain --out 成品
        reportkit build 我的报告 --pdf a3 --inspect
    """
    from ..refusals import ErrorsStand
    from ..workflow import build as make
    from ..workflow import open_submission
    from .progress import steps

    wanted = [name.strip().lower() for name in formats.split(",") if name.strip()]
    target = out or Path("build") / (path.resolve().stem or "report")
    with steps() as progress:
        progress("读取和检查")
        opened = open_submission(path, draft=draft, standard=standard, standards=standards_dir)
        try:
            built = make(
                opened,
                target,
                formats=wanted,
                style=style,
                exact_pages=exact_pages,
                pdf=pdf,
                progress=progress,
            )
        except ErrorsStand as refusal:
            click.echo(_render([opened], "text", colour=True))
            click.echo(str(refusal), err=True)
            sys.exit(_exit_code([opened]))
    look = style or opened.result.submission.metadata.style if opened.result.submission else style
    sound = not measured or _measure(built, look or "official")
    _tell(opened, built, sound)


def _measure(built: Built, style: str) -> bool:
    """Inspect what was built, and tell it; whether it has no error."""
    from ..inspection import inspect, render

    made = {file.suffix: file for file in built.files}
    sound = True
    for ending, against in ((".pdf", None), (".docx", made.get(".pdf"))):
        if ending in made:
            found = inspect(made[ending], style=style, against=against)
            click.echo(render(found, "text"))
            sound = sound and found.ok
    return sound


def _tell(opened: Opened, built: Built, sound: bool) -> None:
    from ..model.diagnostic import Severity

    pages = f"，共 {built.pages} 页" if built.pages else ""
    click.echo(f"{opened.title}{pages}")
    for file in built.files:
        click.echo(f"  已输出 {file}")
    for note in built.notes:
        click.echo(f"  {note}", err=True)
    for name, why in built.skipped:
        click.echo(f"  未输出 {name.upper()}：{why}", err=True)
    shown = [d for d in built.diagnostics if d.explained is None]
    counts = {s: sum(d.severity is s for d in shown) for s in Severity}
    click.echo("  " + "，".join(f"{s.label} {n} 条" for s, n in counts.items()))
    if built.skipped:
        sys.exit(CANNOT)
    sys.exit(ERRORS if counts[Severity.ERROR] or not sound else FINE)


@app.command(cls=ChineseCommand, short_help="文件夹与 JSON 两种形式互转")
@click.argument("path", metavar="报送件", type=SUBMISSION)
@click.option("--to", type=click.Choice(["json", "folder"]), required=True, help="转成哪种形式")
@click.option(
    "--out", type=SUBMISSION, required=True, metavar="目标", help="写到哪里；不覆盖已有内容"
)
def convert(path: Path, to: str, out: Path) -> None:
    """在文件夹和 JSON 文档两种形式之间转换，内容不变。

    例：
        reportkit convert 我的报告 --to json --out 我的报告.json
        reportkit convert 我的报告.json --to folder --out 新文件夹
    """
    from ..workflow import convert as make

    opened = make(path, to, out)
    click.echo(f"已写入 {out}")
    sys.exit(FINE if opened.ok else ERRORS)


def _render(opened: list[Opened], form: str, *, colour: bool) -> str:
    from ..checks import render

    if form == "text":
        return render(opened, form, colour=colour and sys.stdout.isatty())
    return render(opened, form)


def _exit_code(opened: list[Opened]) -> int:
    if any(o.result.submission is None for o in opened):
        return CANNOT if all(o.result.submission is None for o in opened) else ERRORS
    return FINE if all(o.ok for o in opened) else ERRORS
