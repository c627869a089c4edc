"""Turns the examples of rules into submissions: a small fine folder with some files replaced.

An example is text. Lines ``=== path`` begin a file; what stands before the first is chapter 2.
``(删去)`` after the path takes the file away, ``(GBK)`` writes it in that encoding, ``(重复 n 次)``
writes it n times over, and ``(PNG w×h)`` draws a picture, ``(PNG w×h n)`` one full of patches.
Of ``report.yaml`` only the entries to
change are given; ``键: (删去)`` takes one away. A file whose name ends in ``.json`` is a document.
"""

import io
import random
import re
from pathlib import Path

from reportkit.checks import check
from reportkit.composing import compose
from reportkit.model.diagnostic import Diagnostic
from reportkit.model.standard import Standard
from reportkit.model.submission import Submission
from reportkit.reading.result import ReadResult
from reportkit.standards import load
from reportkit.workflow import Opened, open_submission

STANDARDS = Path(__file__).parent / "standards"
_FILE = re.compile(r"^=== (\S+)(?: \((.*)\))?$", re.MULTILINE)
_ENTRY = re.compile(r"^(\w+):.*\n(?:[ -].*\n)*", re.MULTILINE)

MANIFEST = """\
standard: example
title: 示例单位年度报告（2023）
title_year: 2023
data_period: {start: 2023-01-01, end: 2023-12-31}
filed_on: 2024-01-10
organisation: {name: 示例单位}
colophon: 示例单位编印
chapters: [chapters/1.md, chapters/2.md, chapters/3.md, chapters/4.md]
"""
FILES = {
    "chapters/1.md": """\
# 概况

## 规模

全单位设三个部门，承担日常工作和年度任务。

## 队伍

现有技师四十人、职员十人，结构较为稳定。
""",
    "chapters/2.md": """\
# 工作

## 服务

面向社区开展服务活动十二次，参加人员逐年增加。
""",
    "chapters/3.md": """\
# 总结

主要问题是经费来源单一，改进措施是拓宽渠道。
""",
    "chapters/4.md": """\
# 附表

::: table {#tbl:people caption="人员情况表"}
| 类别 | 人数 |
|---|---|
| 技师 | 40 |
| 职员 | 10 |
:::
""",
    "data/indicators.csv": "indicator,period,value\nstaff.total,2023,50\nstaff.total,2022,48\n",
}


def write(example: str, root: Path) -> Path:
    """Write the example as a folder below ``root``; the path to check."""
    files = {name: text.encode() for name, text in FILES.items()}
    manifest = MANIFEST
    for path, note, body in _split(example):
        if path == "report.yaml" and note != "删去":
            manifest = _change(manifest, body)
        elif note == "删去":
            files.pop(path, None)
            manifest = "" if path == "report.yaml" else manifest
        else:
            files[path] = _content(note, body)
    if manifest:
        listed = [name for name in sorted(files) if re.fullmatch(r"chapters/\d\.md", name)]
        if "chapters:" not in "".join(b for p, _, b in _split(example) if p == "report.yaml"):
            manifest = _change(manifest, f"chapters: [{', '.join(listed)}]\n")
        files["report.yaml"] = manifest.encode()
    for name, content in files.items():
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    document = next((name for name in files if name.endswith(".json")), None)
    return root / document if document else root


def opened(example: str, root: Path) -> Opened:
    """The example as read, composed and checked."""
    return open_submission(write(example, root), standards=STANDARDS)


def diagnose(example: str, root: Path) -> tuple[Diagnostic, ...]:
    """What is found in an example; a rule that fails raises."""
    found = opened(example, root)
    return check(found.result, found.standard, found.report, strict=True)


def recheck(submission: Submission, against: Standard) -> tuple[Diagnostic, ...]:
    """Compose and check a submission made in memory; a rule that fails raises."""
    result = ReadResult(submission, Path("made"), "folder")
    return check(result, against, compose(submission, against), strict=True)


def standard() -> Standard:
    """The standard of the examples."""
    return load("example", extra=STANDARDS)


def _split(example: str) -> list[tuple[str, str, str]]:
    pieces = _FILE.split(example)
    files = [("chapters/2.md", "", pieces[0])] if pieces[0].strip() else []
    for path, note, body in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        files.append((path, note or "", body.removeprefix("\n") + "\n" * bool(body.strip())))
    return files


def _change(manifest: str, entries: str) -> str:
    """Replace or add top-level entries."""
    keys = set(re.findall(r"^(\w+):", entries, re.MULTILINE))
    kept = "".join(m[0] for m in _ENTRY.finditer(manifest) if m[1] not in keys)
    return kept + re.sub(r"^\w+: \(删去\)\n", "", entries, flags=re.MULTILINE)


def _content(note: str, body: str) -> bytes:
    body = body.replace("␀", "\x00")
    if note.startswith("PNG"):
        return picture(*map(int, re.findall(r"\d+", note)))
    if note.startswith("重复"):
        body *= int(re.findall(r"\d+", note)[0])
    return body.encode("gb18030" if note == "GBK" else "utf-8")


def picture(width: int, height: int, seed: int | None = None) -> bytes:
    """A PNG: black, or with patches of grey that the seed decides."""
    from PIL import Image

    image = Image.new("1", (width, height))
    if seed is not None:
        patches = random.Random(seed).randbytes(12 * 12)
        image = Image.frombytes("L", (12, 12), patches).resize((width, height))
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()
