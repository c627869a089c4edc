"""A submission with every kind of block, built once, and what edits it as a person would."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as Word
from docx.text.paragraph import Paragraph

from reportkit.exchange import pull, take_over
from reportkit.pulling import Pulled
from reportkit.workflow import load_look, open_submission
from reportkit.writing import write_docx

MANIFEST = """\
# 说明留在原处
standard: moe-2024-school
title: 某校年度报告（2024年度）
title_year: 2024
data_period: {start: 2023-09-01, end: 2024-08-31}
organisation: {name: 某校}
indicators:
  - {id: enrolment.all, name: 招录人数, unit: 人}
chapters:
  - chapters/1.md
  - chapters/2.md
"""
FIRST = """\
# 人才培养 {#training}

## 立德树人

本年招录 {{ enrolment.all }} 人，比上年多 12 人，见 @tbl:scale。**重点**工作有三项，
分两行写。

第二段有脚注[^甲]，也有 English words 和 a\\*b。

[^甲]: 脚注的内容在此。

- 第一条
- 第二条
- 第三条

::: table {#tbl:scale caption="在校规模"}
unit: 人
source: 学籍系统

| 年级 | 2023年 | 2024年 |
|------|-------:|-------:|
| 一年级 | 210 | {{ enrolment.all }} |
| 二年级 | 198 | 205 |
| 三年级 | 188 | 196 |
:::

## 技能培养

这一节只有一段，写得平常。

::: case {#case:moral title="把课堂搬进车间" owner="某校"}
案例第一段。

案例第二段。
:::

案例之后的一段。
"""
SECOND = """\
# 服务发展

服务的第一段，面向社区。

::: table {#tbl:plan caption="明细"}
data: data/plan.csv
:::

::: note
说明写在这里。
:::

最后一段文字。
"""
FILES = {
    "report.yaml": MANIFEST,
    "chapters/1.md": FIRST,
    "chapters/2.md": SECOND,
    "data/plan.csv": "项目,数量\n甲,31\n乙,42\n",
    "data/indicators.csv": "indicator,period,value\nenrolment.all,2024,235\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The submission."""
    root = tmp_path / "report"
    for name, text in FILES.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


def build(root: Path) -> bytes:
    """The Word file of a submission."""
    opened = open_submission(root)
    assert opened.report is not None
    target = root.parent / "built.docx"
    write_docx(opened.report, load_look(None), target)
    return target.read_bytes()


def edit(content: bytes, do: Callable[[Word], None]) -> bytes:
    """A Word file edited by python-docx."""
    document = Document(io.BytesIO(content))
    do(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def stripped(content: bytes) -> bytes:
    """A Word file whose marks are lost."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == "word/document.xml":
                data = re.sub(rb'<w:bookmarkStart [^>]*w:name="_rk_[^>]*/>', b"", data)
            new.writestr(name, data)
    return buffer.getvalue()


def find(document: Word, text: str) -> Paragraph:
    """The last paragraph with these words (the first may be a line of the contents)."""
    return next(p for p in reversed(document.paragraphs) if text in p.text)


def retype(paragraph: Paragraph, old: str, new: str) -> None:
    """Type over words of a paragraph, wherever its runs are cut."""
    for run in paragraph.runs:
        if old in run.text:
            run.text = run.text.replace(old, new)
            return
    raise AssertionError(old)


def pulled(root: Path, content: bytes, *, apply: bool = True) -> Pulled:
    """Take the edits of a Word file over."""
    file = root.parent / "edited.docx"
    file.write_bytes(content)
    found = pull(file, root)
    if apply and found.files:
        take_over(root, found)
        again = pull(file, root)
        assert [c for c in again.changes.items if c.state == "apply"] == []
    return found


def expect(root: Path, changes: dict[str, list[tuple[str, str]]]) -> None:
    """Each file is as it was but for these replacements."""
    for name, text in FILES.items():
        for old, new in changes.get(name, ()):
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        assert (root / name).read_text(encoding="utf-8") == text
