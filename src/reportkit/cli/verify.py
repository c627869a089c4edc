"""The command that verifies a produced file."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .app import CANNOT, ERRORS, FINE, STANDARDS, SUBMISSION, app
from .chinese import ChineseCommand

if TYPE_CHECKING:
    from ..verification import Change, Kind, Rebuilt, Verified
    from ..writing.record import Record

_SHOWN = 20
_EXCERPT = 60
_KINDS: dict[Kind, str] = {"changed": "改", "added": "增", "removed": "删"}
_PAGES = {
    "layout": "取自 PDF 的排版",
    "exact": "由 LibreOffice 核定",
    "estimate": "是估计的",
}


@app.command(cls=ChineseCommand, short_help="核验输出的 DOCX、PDF：由什么生成、改过没有")
@click.argument("file", metavar="文件", type=SUBMISSION)
@click.option("--submission", type=SUBMISSION, metavar="报送件", help="据此重新生成一份，逐一比较")
@click.option("--style", metavar="版式", help="重新生成时用的版式；缺省用文件中记录的")
@STANDARDS
def verify(
    file: Path, submission: Path | None, style: str | None, standards_dir: Path | None
) -> None:
    """核验一份输出的文件：由哪份报送件、哪个规范生成，此后改过没有，能否重新生成。

    例：
        reportkit verify 我的报告.docx
        reportkit verify 我的报告.pdf --submission 我的报告

    Word 文件改过哪几段，会逐段列出。只是用 Word 重新保存过、文字未变的，不算改动。
    记录不是电子签名，防不了有意伪造；要确证，请用 --submission 重新生成比较。

    退出码：0 未改动；1 改动过，或与重新生成的不同；2 没能核验。
    """
    from ..verification import verify as examine

    found = examine(file, submission=submission, style=style, standards=standards_dir)
    for line in lines(found):
        click.echo(line)
    sys.exit(CANNOT if not found.known else FINE if found.ok else ERRORS)


def lines(found: Verified) -> list[str]:
    """The result in words."""
    return [
        str(found.path),
        *(f"  {line}" for line in _made_from(found.record)),
        *(f"  {line}" for line in _since(found)),
        *(f"  {line}" for line in (_again(found, found.rebuilt) if found.rebuilt else ())),
    ]


def _made_from(record: Record | None) -> list[str]:
    if record is None:
        return ["没有生成记录：不是 reportkit 输出的，或记录已被去掉。"]
    draft = "（草稿）" if record.draft else ""
    standard = f"{record.standard}，数据版本 {record.standard_version}"
    made = [
        f"标题：{record.title}{draft}",
        f"规范：《{record.standard_title}》（{standard}）",
        f"生成：reportkit {record.program}，版式 {record.style}，目录页码{_PAGES[record.pages]}",
        f"报送件摘要：sha256 {record.submission_digest}",
        *_check(record),
    ]
    if not record.submission:
        made.append("报送件过大，记录中只有摘要。")
    if not record.consistent:
        made.append("记录中的报送件与其摘要不符：记录本身被改过，以上各项不可信。")
    return made


def _check(record: Record) -> list[str]:
    try:
        result = json.loads(record.check)["submissions"][0]
        counts, explained = result["counts"], json.loads(record.explanations)
        said = "合格" if result["ok"] else f"不合格（错误 {counts['error']} 条）"
        return [f"检查结果：{said}，警告 {counts['warning']} 条，说明 {len(explained)} 条"]
    except (ValueError, KeyError, IndexError, TypeError):
        return []


def _since(found: Verified) -> list[str]:
    from ..verification import State

    match found.state:
        case State.UNTOUCHED:
            return ["与输出时相比：未改动，各部分逐字节相同。"]
        case State.RESAVED:
            return ["与输出时相比：重新保存过，文字、页眉页脚和图片未变；格式是否改动不能断定。"]
        case State.CHANGED:
            what = [*found.touched, *([_count(found.changes)] if found.changes else ())]
            return [f"与输出时相比：改动过——{'；'.join(what)}", *_listed(found.changes, "段")]
    if found.record is not None and found.rebuilt is None:
        return ["PDF 不记录自身的改动；要确证未改，请用 --submission 重新生成比较。"]
    return []


def _again(found: Verified, rebuilt: Rebuilt) -> list[str]:
    made = []
    if rebuilt.other:
        made.append(f"与记录的不是同一个：{'、'.join(rebuilt.other)}")
    if rebuilt.identical:
        return [*made, "重新生成比较：逐字节相同。"]
    if rebuilt.alike:
        return [*made, "重新生成比较：文件内容逐字节相同，只有附带的记录不同。"]
    if not rebuilt.changes:
        return [*made, "重新生成比较：文字相同，字节不同（重新保存过，或生成的环境不同）。"]
    if found.changes and len(found.changes) == len(rebuilt.changes):
        return [*made, "重新生成比较：不同，即上列各处。"]
    made.append(f"重新生成比较：不同——{_count(rebuilt.changes)}")
    return [*made, *_listed(rebuilt.changes, "页" if found.path.suffix == ".pdf" else "段")]


def _count(changes: tuple[Change, ...]) -> str:
    kinds = [change.kind for change in changes]
    counts = {name: kinds.count(kind) for kind, name in _KINDS.items()}
    return "，".join(f"{name} {count} 处" for name, count in counts.items() if count)


def _listed(changes: tuple[Change, ...], unit: str) -> list[str]:
    made = []
    for change in changes[:_SHOWN]:
        at = _first_difference(change.before, change.text) if change.before else 0
        now = f"现为“{_cut(change.text, at)}”" if change.kind != "removed" else ""
        was = f"原为“{_cut(change.before, at)}”" if change.before is not None else ""
        said = "，".join(filter(None, (was, now)))
        place = f"{_KINDS[change.kind]} 第 {change.number} {unit}"
        made.append(f"  {place}：{said}" if said else f"  {place}")
    if len(changes) > _SHOWN:
        made.append(f"  （另有 {len(changes) - _SHOWN} 处未列出）")
    return made


def _first_difference(before: str, text: str) -> int:
    return next((i for i, (a, b) in enumerate(zip(before, text, strict=False)) if a != b),
                min(len(before), len(text)))  # fmt: skip


def _cut(text: str, at: int) -> str:
    """The words around character ``at``."""
    start = max(0, at - _EXCERPT // 3)
    line = " ".join(text[start : start + _EXCERPT].split())
    return ("…" if start else "") + line + ("…" if start + _EXCERPT < len(text) else "")
