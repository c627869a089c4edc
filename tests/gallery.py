"""A page of each kind from DOCX (as LibreOffice prints it) and PDF, side by side: ``make gallery``.

    python -m tests.gallery [folder]

The pages are found by what stands on them, in the examples under ``submissions``.
"""

from __future__ import annotations

import html
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pypdfium2

from reportkit.inspecting.measured import Measured, Sheet
from reportkit.inspecting.pdf import measure
from reportkit.workflow import build, open_submission
from reportkit.writing.office import OfficeUnavailable, convert

ROOT = Path(__file__).parents[1]
DPI = 80
Kind = Callable[[Sheet, Measured], bool]


def _has(pattern: str) -> Kind:
    expression = re.compile(pattern)
    return lambda sheet, _: (
        not sheet.is_contents and any(expression.match(line.bare) for line in sheet.text)
    )


def _small(sheet: Sheet, measured: Measured) -> float:
    """The share of lines that are set smaller than the body."""
    small = sum(line.size < measured.body_size - 2 for line in sheet.text)
    return small / max(len(sheet.text), 1)


KINDS: dict[str, Kind] = {
    "封面": lambda sheet, _: sheet.index == 0,
    "目录": lambda sheet, _: sheet.is_contents,
    "正文": lambda sheet, m: sheet.index > 3 and len(sheet.text) >= 20 and _small(sheet, m) == 0,
    "表": lambda sheet, m: _has(r"表\d")(sheet, m) and 0.2 < _small(sheet, m) < 0.8,
    "长表": lambda sheet, m: (
        any("续" in line.bare for line in sheet.text) and _small(sheet, m) > 0.8
    ),
    "数据图": lambda sheet, m: _has(r"图\d")(sheet, m) and not sheet.pictures,
    "案例": _has(r"【?案例"),
    "脚注": lambda sheet, m: any(0 < line.size <= 9.2 and line.top < 250 for line in sheet.text),
    "附件": _has(r"附[件表]"),
}


def main() -> None:
    """Build every example, draw its pages, write index.html."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "build" / "gallery"
    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    for source in sorted((ROOT / "submissions").glob("*/*/report.yaml")):
        name = f"{source.parent.name}-{source.parent.parent.name}"
        rows.append(f"<h2>{html.escape(name)}</h2>")
        rows += _example(source.parent, folder / name)
    page = "<!doctype html><html lang=zh-CN><meta charset=utf-8><title>样张</title>"
    page += "<style>img{width:45%;border:1px solid #888;margin:4px}body{font-family:sans-serif}"
    page += f"</style><h1>样张（左 PDF，右 DOCX）</h1>{''.join(rows)}</html>"
    (folder / "index.html").write_text(page, encoding="utf-8")
    print(folder / "index.html")


def _example(source: Path, folder: Path) -> list[str]:
    folder.mkdir(exist_ok=True)
    built = build(open_submission(source, draft=False), folder)
    made = {file.suffix: file.read_bytes() for file in built.files}
    forms = {"pdf": made[".pdf"]}
    try:
        forms["docx"] = convert(made[".docx"], "docx", "pdf")
    except OfficeUnavailable as error:
        print(error, file=sys.stderr)
    rows: dict[str, str] = {}
    for form, content in forms.items():
        measured = measure(form, content)
        document = pypdfium2.PdfDocument(content)
        for number, (kind, wanted) in enumerate(KINDS.items(), 1):
            index = next((s.index for s in measured.sheets if wanted(s, measured)), None)
            if index is None:
                continue
            file = folder / f"{number}-{form}.png"
            document[index].render(scale=DPI / 72).to_pil().save(file)
            rows.setdefault(kind, f"<h3>{kind}</h3>")
            rows[kind] += f'<img src="{folder.name}/{file.name}" alt="{kind} {form}">'
        document.close()
    return list(rows.values())


if __name__ == "__main__":
    main()
